"""The library's values to plain values, recording everything that reading back would refuse.

This is the reference: the generated code must agree with it, and hands over to it for errors.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, cast

from sciatica_pt.codec._decode import misfit_path
from sciatica_pt.codec._names import at_index, at_key
from sciatica_pt.codec._problems import MISSING, Problems
from sciatica_pt.codec._shapes import TAG, Leaf, Many, Maybe, One, OneOf, Shape, class_shape
from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model.constraints import Calendar, Finite, Member, shown

__all__ = ["encode", "encode_object", "joined"]


def joined(plain: object) -> str:
    """Return the JSON text of a plain value, on one line."""
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def encode(shape: Shape, value: object, path: str, problems: Problems) -> Any:
    """Return the plain value, or `MISSING` after recording why there is none."""
    match shape:
        case Leaf():
            return _leaf(shape, value, path, problems)
        case Maybe(inner=inner):
            return None if value is None else encode(inner, value, path, problems)
        case Many():
            return _many(shape, value, path, problems)
        case One(cls=cls):
            return encode_object(cls, value, path, problems)
        case _:
            return _encode_tagged(shape, value, path, problems)


def _encode_tagged(shape: OneOf, value: object, path: str, problems: Problems) -> Any:
    for tag, cls in shape.classes.items():
        if type(value) is cls:
            plain = encode_object(cls, value, path, problems)
            return MISSING if plain is MISSING else {TAG: tag, **plain}
    names = " or ".join(cls.__name__ for cls in shape.classes.values())
    return problems.add(path, f"a {names}", shown(value))


def _leaf(shape: Leaf, value: object, path: str, problems: Problems) -> Any:
    flaw = shape.constraint.flaw(value)
    if flaw is not None:
        return problems.add(path, flaw.expected, flaw.found, flaw.hint)
    match shape.constraint:
        case Member(vocabulary=vocabulary):
            if not any(value is member for member in vocabulary):
                return problems.add(path, f"a member of {vocabulary.__name__}", "an imitation")
            return cast("Any", value).value
        case Calendar():
            return cast("dt.date", value).isoformat()
        case Finite():
            # There is one zero.
            return cast("float", value) + 0.0
        case _:
            return value


def _many(shape: Many, value: object, path: str, problems: Problems) -> Any:
    if type(value) is not (tuple if shape.ordered else frozenset):
        what = "a tuple" if shape.ordered else "a frozenset"
        return problems.add(path, what, shown(value))
    items = [
        encode(shape.inner, item, at_index(path, index), problems)
        for index, item in enumerate(cast("tuple[object, ...]", value))
    ]
    if MISSING in items:
        return MISSING
    flaw = shape.constraint.flaw(cast("object", value))
    if flaw is not None:
        return problems.add(path + flaw.suffix, flaw.expected, flaw.found, flaw.hint)
    if shape.ordered:
        return items
    # Words, numbers and dates in their own order, everything else by its JSON.
    return sorted(items, key=None if isinstance(shape.inner, Leaf) else joined)


def encode_object(cls: type, value: object, path: str, problems: Problems) -> Any:
    """Return the plain object of a value's fields, or `MISSING` after recording why not."""
    if type(value) is not cls:
        return problems.add(path, f"a {cls.__name__}", shown(value))
    shape = class_shape(cls)
    before = len(problems.items)
    plain: dict[str, Any] = {}
    for field in shape.fields:
        place = at_key(path, field.name)
        try:
            held = getattr(value, field.name)
        except AttributeError:
            problems.add(place, "a value", "an empty slot")
        else:
            plain[field.name] = encode(field.shape, held, place, problems)
    if len(problems.items) > before:
        return MISSING
    if shape.checks:
        try:
            cast("Any", value).__attrs_post_init__()
        except InvalidValueError as error:
            place = misfit_path(shape, error, path)
            return problems.add(place, error.expected, error.found, error.hint)
    return plain
