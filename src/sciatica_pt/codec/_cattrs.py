"""Our strictness as a cattrs converter, to be composed into a caller's own.

Three traps are avoided here.
A hook for `str` is given enumerations of texts as well, and one for `int` those of numbers,
because cattrs asks its class table first; so both look at the target.
For the same reason a predicate never sees `int`, `str`, `float` and `bool`, which get hooks by
class.
And cattrs takes any iterable for a collection, so that "mon" becomes a list of letters.
"""

from __future__ import annotations

import datetime as dt
import functools
import types
import typing
from collections.abc import Callable
from enum import Enum
from typing import Any, cast

from cattrs import Converter

from sciatica_pt.codec._decode import decode
from sciatica_pt.codec._encode import encode, joined
from sciatica_pt.codec._fast_decode import reader
from sciatica_pt.codec._limits import DEFAULT_LIMITS
from sciatica_pt.codec._names import did_you_mean, kind_of
from sciatica_pt.codec._problems import Problems
from sciatica_pt.codec._shapes import Leaf, Maybe, One, OneOf, Shape, has_shape
from sciatica_pt.codec._source import BALKS
from sciatica_pt.errors import DecodeError, EncodeError
from sciatica_pt.model.constraints import Calendar, shown

__all__ = ["build_converter"]

_NAMES = {str: "a text", int: "a whole number", float: "a finite number", bool: "true or false"}
_MANY = (tuple, frozenset, list, set)


def build_converter() -> Converter:
    """Return a new converter with strict hooks."""
    converter = Converter(forbid_extra_keys=True)
    for plain in (str, int, float, bool):
        converter.register_structure_hook(plain, _structure_plain)
    converter.register_structure_hook_func(_is_enum, _structure_enum)
    converter.register_structure_hook_func(_is_date, _structure_date)
    converter.register_unstructure_hook_func(_is_date, dt.date.isoformat)
    converter.register_structure_hook_factory(_is_many, functools.partial(_list_hook, converter))
    converter.register_unstructure_hook_factory(_is_set, functools.partial(_set_hook, converter))
    converter.register_structure_hook_factory(_is_ours, _decoder)
    converter.register_unstructure_hook_factory(_is_ours, _encoder)
    return converter


# --- Values of the library


def _shape_of(target: Any) -> Shape | None:
    """Return the shape of a class of the library or of a union of them, with None or without."""
    if has_shape(target):
        return One(target)
    if typing.get_origin(target) not in (types.UnionType, typing.Union):
        return None
    args = typing.get_args(target)
    classes = [arg for arg in args if arg is not type(None)]
    if len(classes) <= 1 or not all(map(has_shape, classes)):
        return None
    shape = OneOf({kind_of(cls): cls for cls in classes})
    return Maybe(shape) if len(classes) < len(args) else shape


def _is_ours(target: Any) -> bool:
    return _shape_of(target) is not None


def _ignore(keys: int) -> None:
    """Plain values repeat no keys, so there is nothing to count them for."""


def _decoder(target: Any) -> Callable[[Any, Any], Any]:
    shape = _shape_of(target)
    assert shape is not None

    def structure(value: Any, _: Any) -> Any:
        if isinstance(shape, One):
            try:
                return reader(shape.cls)(value, _ignore)
            except BALKS:
                pass
        problems = Problems(DEFAULT_LIMITS.problems)
        result = decode(shape, value, "$", problems)
        if problems.items:
            raise DecodeError("this value can't be read", problems.items)
        return result

    return structure


def _encoder(target: Any) -> Callable[[Any], Any]:
    shape = _shape_of(target)
    assert shape is not None

    def unstructure(value: Any) -> Any:
        problems = Problems(DEFAULT_LIMITS.problems)
        plain = encode(shape, value, "$", problems)
        if problems.items:
            raise EncodeError("this value can't be written", problems.items)
        return plain

    return unstructure


# --- Everything else in a caller's classes


def _refusal(expected: str, value: object, hint: str | None = None) -> DecodeError:
    return DecodeError.one(
        "this value can't be read", path="$", expected=expected, found=shown(value), hint=hint
    )


def _structure_plain(value: Any, target: Any) -> Any:
    if _is_enum(target):
        return _structure_enum(value, target)
    if target is float and type(value) is int and abs(value) < 1 << 1023:
        return float(value)
    if type(value) is not target or (target is float and value - value != 0.0):
        raise _refusal(_NAMES.get(target, f"a {target.__name__}"), value)
    return value


def _is_enum(target: Any) -> bool:
    return isinstance(target, type) and issubclass(target, Enum)


def _structure_enum(value: Any, target: type[Enum]) -> Any:
    for member in target:
        # By type as well, because True and 1.0 equal 1.
        if type(value) is type(member.value) and value == member.value:
            return member
    words = [str(member.value) for member in target]
    raise _refusal(f"one of {', '.join(words)}", value, did_you_mean(value, words))


def _is_date(target: Any) -> bool:
    return target is dt.date


def _structure_date(value: Any, _: Any) -> Any:
    problems = Problems(1)
    result = decode(Leaf(Calendar()), value, "$", problems)
    if problems.items:
        raise DecodeError("this value can't be read", problems.items)
    return result


def _is_many(target: Any) -> bool:
    origin, args = typing.get_origin(target), typing.get_args(target)
    return origin in _MANY and (origin is not tuple or args[1:] == (...,))


def _list_hook(converter: Converter, target: Any) -> Callable[[Any, Any], Any]:
    collection: Callable[[list[Any]], Any] = typing.get_origin(target)
    inner = typing.get_args(target)[0]

    def structure(value: Any, _: Any) -> Any:
        if type(value) is not list:
            raise _refusal("a list", value)
        given = cast("list[Any]", value)  # type: ignore[redundant-cast] # pyright sees no type
        items = [converter.structure(item, inner) for item in given]
        result = collection(items)
        if len(result) != len(items):
            raise _refusal("no repeats", given)
        return result

    return structure


def _is_set(target: Any) -> bool:
    return typing.get_origin(target) in (frozenset, set)


def _set_hook(converter: Converter, target: Any) -> Callable[[Any], Any]:
    inner = typing.get_args(target)[0]

    def unstructure(value: Any) -> Any:
        return sorted((converter.unstructure(item, inner) for item in value), key=joined)

    return unstructure
