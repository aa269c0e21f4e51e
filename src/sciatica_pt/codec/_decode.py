"""Plain values to the library's values, recording everything that is wrong.

This is the reference: the generated code must agree with it, and hands over to it for errors.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from typing import Any, cast

from sciatica_pt.codec._names import at_index, at_key
from sciatica_pt.codec._problems import MISSING, Problems
from sciatica_pt.codec._shapes import (
    REQUIRED,
    TAG,
    ClassShape,
    Leaf,
    Many,
    Maybe,
    One,
    OneOf,
    Shape,
    class_shape,
)
from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model.constraints import Calendar, Finite, Flaw, Member, shown

__all__ = ["decode", "decode_object", "decode_tagged", "misfit_path"]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def decode(shape: Shape, value: object, path: str, problems: Problems) -> Any:
    """Return the value of a shape, or `MISSING` after recording why there is none."""
    if value is MISSING:
        return MISSING
    match shape:
        case Leaf():
            return _leaf(shape, value, path, problems)
        case Maybe(inner=inner):
            return None if value is None else decode(inner, value, path, problems)
        case Many():
            return _many(shape, value, path, problems)
        case One(cls=cls):
            return decode_object(cls, value, path, problems)
        case _:
            return decode_tagged(shape, value, path, problems)


def _leaf(shape: Leaf, value: object, path: str, problems: Problems) -> Any:
    constraint = shape.constraint
    match constraint:
        case Member(vocabulary=vocabulary) if type(value) is str:
            value = cast("dict[str, Any]", vocabulary._value2member_map_).get(value, value)
        case Finite() if type(value) is int:
            # A number beyond every float is left for the constraint to refuse.
            with contextlib.suppress(OverflowError):
                value = float(value)
        case Finite() if type(value) is float:
            # There is one zero.
            value += 0.0
        case Calendar():
            return _date(value, path, problems)
        case _:
            pass
    return _held(constraint.flaw(value), value, path, problems)


def _held(flaw: Flaw | None, value: object, path: str, problems: Problems) -> Any:
    if flaw is None:
        return value
    return problems.add(path + flaw.suffix, flaw.expected, flaw.found, flaw.hint)


def _date(value: object, path: str, problems: Problems) -> Any:
    if type(value) is str and _DATE.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return problems.add(path, "a day of the calendar", shown(value))
    return problems.add(path, "a date as YYYY-MM-DD", shown(value))


def _many(shape: Many, value: object, path: str, problems: Problems) -> Any:
    if type(value) is not list:
        return problems.add(path, "a list", shown(value))
    raw = cast("list[object]", value)
    items = [
        decode(shape.inner, item, at_index(path, index), problems) for index, item in enumerate(raw)
    ]
    if MISSING in items:
        return MISSING
    if not shape.ordered and len(items) != len(set(items)):
        seen: set[object] = set()
        for index, item in enumerate(items):
            if item in seen:
                problems.add(at_index(path, index), "no repeats", f"{shown(raw[index])} again")
            seen.add(item)
        return MISSING
    held = tuple(items) if shape.ordered else frozenset(items)
    return _held(shape.constraint.flaw(held), held, path, problems)


def decode_tagged(shape: OneOf, value: object, path: str, problems: Problems) -> Any:
    """Return the object of one of a union's classes, or `MISSING` after recording why."""
    if type(value) is not dict:
        return problems.add(path, "an object", shown(value))
    fields = cast("dict[str, object]", value)
    tags = list(shape.classes)
    expected = f"one of {', '.join(tags)}"
    if TAG not in fields:
        hint = problems.instead_of(TAG, path, fields)
        return problems.add(at_key(path, TAG), expected, "no such key", hint)
    tag = fields[TAG]
    if tag is MISSING:
        return MISSING
    if type(tag) is not str or tag not in shape.classes:
        hint = problems.did_you_mean(tag, tags)
        return problems.add(at_key(path, TAG), expected, shown(tag), hint)
    rest = {key: item for key, item in fields.items() if key != TAG}
    return decode_object(shape.classes[tag], rest, path, problems, also=(TAG,))


def decode_object(
    cls: type, value: object, path: str, problems: Problems, *, also: tuple[str, ...] = ()
) -> Any:
    """Return the object of a class, or `MISSING` after recording why there is none.

    Args:
        cls: the class.
        value: the plain value.
        path: its place.
        problems: where to record.
        also: keys that were read already, to be suggested for misspelt ones.
    """
    if type(value) is not dict:
        return problems.add(path, "an object", shown(value))
    shape = class_shape(cls)
    fields = cast("dict[str, object]", value)
    before = len(problems.items)
    for key in fields:
        if key not in shape.by_name:
            missing = [name for name in (*also, *shape.by_name) if name not in fields]
            problems.add(
                at_key(path, key),
                f"only the keys of {shape.kind}",
                "an unknown key",
                problems.did_you_mean(key, missing or list(shape.by_name)),
            )
    arguments: dict[str, object] = {}
    for field in shape.fields:
        if field.name in fields:
            arguments[field.name] = decode(
                field.shape, fields[field.name], at_key(path, field.name), problems
            )
        elif field.default is REQUIRED:
            problems.add(at_key(path, field.name), "a value", "no such key")
    if len(problems.items) > before or MISSING in arguments.values():
        return MISSING
    try:
        return cls(**arguments)
    except InvalidValueError as error:
        problems.add(misfit_path(shape, error, path), error.expected, error.found, error.hint)
        return MISSING


def misfit_path(shape: ClassShape, error: InvalidValueError, path: str) -> str:
    """Return the place that a constructor complains of, as exactly as it says."""
    match = re.match(rf"{shape.cls.__name__}\.([a-z_0-9]+)((?:\[[0-9]+\])*)", error.where)
    if match is None or match[1] not in shape.by_name:
        return path
    return at_key(path, match[1]) + match[2]
