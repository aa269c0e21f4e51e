"""What has to hold for any bytes whatever, told without the code that is being tested."""

from __future__ import annotations

import json
from typing import Any

from sciatica_pt.codec import DEFAULT_LIMITS, Limits, dump_bytes, loads
from sciatica_pt.codec._backend import FAST, PLAIN
from sciatica_pt.codec._document import judged, quick
from sciatica_pt.codec._problems import MISSING
from sciatica_pt.codec._shapes import class_shape
from sciatica_pt.errors import DecodeError

__all__ = ["check", "ends_well", "same_meaning"]


def _outcome(raw: bytes, cls: type[object], limits: Limits) -> object:
    try:
        return loads(raw, cls, limits=limits)
    except DecodeError as error:
        _check_error(error)
        return MISSING


def _check_error(error: DecodeError) -> None:
    assert error.problems
    assert all(problem.path.startswith("$") for problem in error.problems)
    json.dumps(error.as_json(), allow_nan=False).encode()
    assert str(error).replace("\n", "").isprintable()


def ends_well(raw: bytes, cls: type[object]) -> bool:
    """Check that reading gives a value or the public error; return whether it is a value."""
    try:
        value = loads(raw, cls)
    except DecodeError as error:
        _check_error(error)
        return False
    assert type(value) is cls
    return True


def check(raw: bytes, cls: type[object], limits: Limits = DEFAULT_LIMITS) -> bool:
    """Check everything that `loads` promises of some bytes; return whether they are a document."""
    value: object = _outcome(raw, cls, limits)
    shape = class_shape(cls)
    for backend in (FAST, PLAIN):
        fast: Any = quick(raw, shape, limits, backend)
        assert fast is MISSING or (value is not MISSING and fast == value), (cls, raw)
    if value is MISSING:
        return False
    assert judged(raw, shape, limits) == value
    assert type(value) is cls
    written = dump_bytes(value)
    assert loads(written, cls) == value
    assert dump_bytes(loads(written, cls)) == written
    assert same_meaning(json.loads(raw, object_pairs_hook=_once), json.loads(written)), (cls, raw)
    return True


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    assert len(plain) == len(pairs), f"a repeated key was accepted among {list(plain)}"
    return plain


def same_meaning(given: Any, written: Any) -> bool:
    """Return whether everything in a document stands in another, in any order within sets."""
    match given:
        case dict():
            return isinstance(written, dict) and all(
                key in written and same_meaning(value, written[key]) for key, value in given.items()
            )
        case list():
            return isinstance(written, list) and _same_items(given, written)
        case bool():
            return given is written
        case int() | float():
            return type(written) in (int, float) and bool(given == written)
        case _:
            return type(given) is type(written) and bool(given == written)


def _same_items(given: list[Any], written: list[Any]) -> bool:
    if len(given) != len(written):
        return False
    if all(map(same_meaning, given, written)):
        return True
    # A set is written in its own order.
    remaining = list(written)
    for item in given:
        same = [other for other in remaining if same_meaning(item, other)]
        if not same:
            return False
        remaining.remove(same[0])
    return written == sorted(written, key=_order)


def _order(item: Any) -> Any:
    if isinstance(item, str | int | float):
        return item
    return json.dumps(item, ensure_ascii=False, separators=(",", ":"))
