"""Documents: the header, its versions, and the way from text to value and back."""

from __future__ import annotations

import contextlib
import functools
import json
from typing import Any, TypeVar, cast

from sciatica_pt.codec._backend import FAST, Backend
from sciatica_pt.codec._bounds import within_limits
from sciatica_pt.codec._decode import decode_object
from sciatica_pt.codec._duplicates import each_key_once
from sciatica_pt.codec._encode import encode_object, joined
from sciatica_pt.codec._fast_decode import keys_of, reader
from sciatica_pt.codec._fast_encode import Writer, writer
from sciatica_pt.codec._limits import DEFAULT_LIMITS, Limits
from sciatica_pt.codec._names import at_key, kind_of
from sciatica_pt.codec._problems import MISSING, Problems, TooManyProblems
from sciatica_pt.codec._reader import Unreadable, decoded, read
from sciatica_pt.codec._shapes import HEADER, ClassShape, class_shape, has_shape
from sciatica_pt.codec._source import BALKS
from sciatica_pt.codec._versions import MIGRATIONS, Migrations
from sciatica_pt.errors import DecodeError, EncodeError
from sciatica_pt.model.constraints import shown

__all__ = ["BODY", "judged", "quick", "read_document", "version_of", "write_document"]

_T = TypeVar("_T")
_KIND, _VERSION = HEADER
#: The key of the fields in a document whose fields would collide with its header.
BODY = "body"
_MOST_INDENT = 8
# How many classes' writers are at hand; the library has fewer.
_REMEMBERED = 1024


def version_of(cls: type, migrations: Migrations = MIGRATIONS) -> int:
    """Return the version in which documents of a class are written."""
    return 1 + len(migrations.get(class_shape(cls).kind, ()))


# --- Reading


def read_document(
    text: str | bytes,
    cls: type[_T],
    *,
    limits: Limits = DEFAULT_LIMITS,
    backend: Backend = FAST,
    migrations: Migrations = MIGRATIONS,
) -> _T:
    """Return the value that a document holds."""
    shape = class_shape(cls)
    value = quick(text, shape, limits, backend, migrations)
    if value is MISSING:
        value = judged(text, shape, limits, migrations)
    return cast("_T", value)


def quick(
    text: str | bytes,
    shape: ClassShape,
    limits: Limits,
    backend: Backend,
    migrations: Migrations = MIGRATIONS,
) -> Any:
    """Return the value of a document that is right, or `MISSING` when that isn't sure."""
    if len(text) > limits.size:
        return MISSING
    counts: list[int] = []
    try:
        raw = text.encode() if isinstance(text, str) else text
        if not within_limits(raw, shape, limits):
            return MISSING
        plain: dict[str, Any] = backend.parse(raw)
        version = plain[_VERSION]
        if (
            plain[_KIND] != shape.kind
            or type(version) is not int
            or version != version_of(shape.cls, migrations)
        ):
            return MISSING
        if shape.wrapped:
            if len(plain) != len(HEADER) + 1:
                return MISSING
            counts.append(len(plain) + keys_of(shape.cls))
            value = reader(shape.cls)(plain[BODY], counts.append)
        else:
            value = reader(shape.cls, len(HEADER))(plain, counts.append)
    except BALKS:
        return MISSING
    return value if each_key_once(raw, sum(counts)) else MISSING


def judged(
    text: str | bytes, shape: ClassShape, limits: Limits, migrations: Migrations = MIGRATIONS
) -> Any:
    """Return the value of a document, by the strict reader and the reference.

    Raises:
        DecodeError: the document is wrong.
    """
    problems = Problems(limits.problems)
    value: Any = MISSING
    try:
        tree = read(decoded(text, limits, problems), limits, problems)
        fields = _fields(tree, shape, migrations, problems)
        if fields is not MISSING:
            path = at_key("$", BODY) if shape.wrapped else "$"
            also = () if shape.wrapped else HEADER
            value = decode_object(shape.cls, fields, path, problems, also=also)
    except (Unreadable, TooManyProblems):
        # Either has left its problem.
        pass
    if problems.items:
        raise DecodeError(f"this {shape.kind} document can't be read", problems.items)
    return value


def _fields(tree: Any, shape: ClassShape, migrations: Migrations, problems: Problems) -> Any:
    """Return the fields of the present version, or `MISSING` when there's no sense in them."""
    if type(tree) is not dict:
        return problems.add("$", f"a {shape.kind} document, which is an object", shown(tree))
    document = cast("dict[str, Any]", tree)
    kind = document.get(_KIND, MISSING)
    if _KIND not in document:
        hint = problems.instead_of(_KIND, "$", document)
        problems.add("$.kind", f'"{shape.kind}"', "no such key", hint)
    elif kind is not MISSING and kind != shape.kind:
        return problems.add(
            "$.kind", f'"{shape.kind}"', shown(kind), problems.did_you_mean(kind, [shape.kind])
        )
    version = _version(document, shape, version_of(shape.cls, migrations), problems)
    if version is MISSING:
        return MISSING
    fields = {key: value for key, value in document.items() if key not in HEADER}
    if version < version_of(shape.cls, migrations):
        if problems.items:
            return MISSING
        return _migrated(fields, migrations[shape.kind][version - 1 :], version, problems)
    return _unwrapped(fields, problems) if shape.wrapped else fields


def _version(document: dict[str, Any], shape: ClassShape, newest: int, problems: Problems) -> Any:
    version = document.get(_VERSION, MISSING)
    expected = f"a whole number from 1 to {newest}"
    if _VERSION not in document:
        hint = problems.instead_of(_VERSION, "$", document)
        problems.add("$.schema_version", expected, "no such key", hint)
        return newest
    if version is MISSING:
        return newest
    if type(version) is not int or not 1 <= version <= newest:
        newer = type(version) is int and version > newest
        hint = f"a newer release reads this {shape.kind}" if newer else None
        return problems.add("$.schema_version", expected, shown(version), hint)
    return version


def _migrated(
    fields: dict[str, Any], steps: tuple[Any, ...], version: int, problems: Problems
) -> Any:
    for step in steps:
        try:
            fields = step(fields)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            return problems.add(
                "$", f"fields as in version {version}", f"what can't be migrated ({error!r:.80})"
            )
        version += 1
    return fields


def _unwrapped(fields: dict[str, Any], problems: Problems) -> Any:
    for key in fields:
        if key != BODY:
            hint = problems.did_you_mean(key, [*HEADER, BODY])
            problems.add(at_key("$", key), "only a header and a body", "an unknown key", hint)
    if BODY not in fields:
        return problems.add(at_key("$", BODY), "an object with the fields", "no such key")
    return fields[BODY]


# --- Writing


def write_document(value: object, *, indent: int | None = None) -> str:
    """Return the document of a value."""
    if indent is not None and (type(indent) is not int or not 1 <= indent <= _MOST_INDENT):
        raise TypeError(f"indent must be None or a whole number from 1 to {_MOST_INDENT}")
    if indent is None:
        try:
            return _line_writer(cast("Any", type(value)))(value, {})
        except BALKS:
            # The reference says why, or writes it all the same.
            pass
    plain = _checked(value)
    if indent is None:
        return joined(plain)
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=indent)


def _header(shape: ClassShape) -> tuple[tuple[str, object], ...]:
    return (_KIND, shape.kind), (_VERSION, version_of(shape.cls))


@functools.lru_cache(_REMEMBERED)
def _line_writer(cls: Any) -> Writer:
    # A type that is none of ours raises an error that is one of `BALKS`.
    shape = class_shape(cls)
    if not shape.wrapped:
        return writer(cls, _header(shape))
    before, write = f'{joined(dict(_header(shape)))[:-1]},"{BODY}":', writer(cls)
    return lambda value, seen: f"{before}{write(value, seen)}}}"


def _checked(value: object) -> dict[str, Any]:
    cls = type(value)
    problems = Problems(DEFAULT_LIMITS.problems)
    plain: Any = MISSING
    with contextlib.suppress(TooManyProblems):
        if has_shape(cls):
            plain = encode_object(cls, value, "$", problems)
        else:
            problems.add("$", "a value that can be a document", shown(value))
    if problems.items:
        raise EncodeError(f"this {kind_of(cls)} can't be written", problems.items)
    shape = class_shape(cls)
    header = dict(_header(shape))
    return {**header, BODY: plain} if shape.wrapped else {**header, **plain}
