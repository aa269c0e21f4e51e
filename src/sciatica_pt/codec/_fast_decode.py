"""Generated code from plain values to the library's values: all checks, no explanations.

For each class a function is made that checks and builds in one go.
It accepts only what the reference in `_decode` accepts, and raises one of `BALKS` on everything
else, whereupon the reference says what is wrong, or that nothing is.

An attrs class that is frozen and slotted spends most of its construction in guarding its slots.
So each value is filled in as an instance of a subclass without that guard, and becomes an instance
of its own class when it is complete.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable
from typing import Any, cast

from sciatica_pt.codec._encode import encode
from sciatica_pt.codec._problems import Problems
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
from sciatica_pt.codec._source import Known, Source, Unfit, members
from sciatica_pt.model.constraints import EMPTY, Calendar, Finite, Flag, Member, Text, Whole

__all__ = ["Count", "Reader", "keys_of", "reader"]

#: Takes numbers of keys that were read; their sum counts.
Count = Callable[[int], object]
#: Turns a plain object into a value.
Reader = Callable[[Any, Count], Any]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_REMEMBERED = 4096


@functools.lru_cache(_REMEMBERED)
def _day(text: str) -> dt.date:
    if _DATE.fullmatch(text) is None:
        raise Unfit
    return dt.date.fromisoformat(text)


def reader(cls: type, extra: int = 0) -> Reader:
    """Return the function that reads plain objects of a class.

    Args:
        cls: the class.
        extra: the number of keys besides the fields, which the caller has read. With any, the
            function counts all keys itself; with none, it leaves the `keys_of` the class, which
            are in every document, to the caller.
    """
    return _reader(cast("Any", cls), extra)


@functools.cache
def _reader(cls: Any, extra: int) -> Reader:
    shape = class_shape(cls)
    size = len(shape.fields) + extra
    source = Source()
    source.line("def read(plain, count):")
    source.indent()
    source.balk_if("type(plain) is not dict")
    if extra:
        source.line(f"count({keys_of(cls) + extra})")
    source.line(f"if len(plain) != {size}:")
    source.indent()
    source.line(f"plain = {source.use(_filler(shape, size), 'fill')}(plain, count)")
    source.dedent()
    source.line(f"value = {source.use(_draft(cls), 'draft')}()")
    for field in shape.fields:
        source.line(f"it = plain[{field.name!r}]")
        _field(source, field.shape, "it", f"value.{field.name}")
    source.line(f"value.__class__ = {source.use(cls, 'cls')}")
    if shape.checks:
        source.line("value.__attrs_post_init__()")
    source.line("return value")
    return source.function("read", f"read {shape.kind}")


def keys_of(cls: type) -> int:
    """Return the number of keys that every complete object of a class has, with its parts'."""
    fields = class_shape(cls).fields
    return len(fields) + sum(
        keys_of(field.shape.cls) for field in fields if isinstance(field.shape, One)
    )


def _draft(cls: type) -> type:
    """Return the subclass in whose shape a value is filled in."""
    free: dict[str, Any] = {
        "__slots__": (),
        "__setattr__": object.__setattr__,
        # Both stand in one slot of the type: with one of them alone, setting stays slow.
        "__delattr__": object.__delattr__,
        "__init__": object.__init__,
    }
    return type(f"{cls.__name__}Draft", (cls,), free)


def _filler(shape: ClassShape, size: int) -> Callable[[dict[str, Any], Count], dict[str, Any]]:
    """Return the function that adds the fields that were left out."""
    problems = Problems(1)
    defaults = {
        field.name: encode(field.shape, field.default, f"{shape.kind}.{field.name}", problems)
        for field in shape.fields
        if field.default is not REQUIRED
    }
    if problems.items:
        raise TypeError(f"a default that its own field refuses: {problems.items[0]}")
    keys = {name: _keys_in(plain) for name, plain in defaults.items()}

    def fill(plain: dict[str, Any], count: Count) -> dict[str, Any]:
        full = {**defaults, **plain}
        if len(full) != size:
            raise Unfit
        # Reading the defaults will count keys that don't stand in the document.
        count(-sum(1 + number for name, number in keys.items() if name not in plain))
        return full

    return fill


def _keys_in(plain: object) -> int:
    if isinstance(plain, dict):
        members = cast("dict[str, object]", plain)
        return len(members) + sum(map(_keys_in, members.values()))
    return sum(map(_keys_in, cast("list[object]", plain))) if isinstance(plain, list) else 0


# --- Fields: these add the lines that check the plain value of a name and put what it stands for
# in a target.


def _field(source: Source, shape: Shape, name: str, target: str) -> None:
    match shape:
        case Leaf():
            source.line(f"{target} = {_leaf(source, shape, name)}")
        case Maybe(inner=inner):
            source.line(f"if {name} is None:")
            source.indent()
            source.line(f"{target} = None")
            source.dedent()
            source.line("else:")
            source.indent()
            if isinstance(inner, One):
                source.line(f"count({keys_of(inner.cls)})")
            _field(source, inner, name, target)
            source.dedent()
        case One() | OneOf():
            source.line(f"{target} = {_object(source, shape, name)}")
        case _:
            _many(source, shape, name, target)


def _leaf(source: Source, shape: Leaf, name: str) -> str:
    """Add the lines that check a leaf, and return the expression for what it stands for."""
    match shape.constraint:
        case Member(vocabulary=vocabulary):
            return f"{source.use(members(vocabulary), 'members')}[{name}]"
        case Calendar():
            return f"{source.use(_day, 'day')}({name})"
        case Text(pattern=str()) as constraint:
            return f"{source.use(_known(constraint), 'known')}[{name}]"
        case Finite() as constraint:
            source.line(f"if type({name}) is int:")
            source.indent()
            source.line(f"{name} = float({name})")
            source.dedent()
            source.number_fits(constraint, name)
            # There is one zero.
            return f"{name} + 0.0"
        case constraint:
            _same(source, constraint, name)
            return name


def _same(source: Source, constraint: Text | Whole | Flag, name: str) -> None:
    """Add the check of a leaf that stands for itself."""
    match constraint:
        case Text():
            source.text_fits(constraint, name)
        case Whole():
            source.number_fits(constraint, name)
        case _:
            source.balk_if(f"{name} is not True and {name} is not False")


@functools.cache
def _known(constraint: Text) -> Known:
    return Known(constraint, str)


def _object(source: Source, shape: One | OneOf, name: str) -> str:
    match shape:
        case One(cls=cls):
            return f"{source.use(reader(cls), 'read')}({name}, count)"
        case _:
            readers = {tag: reader(cls, 1) for tag, cls in shape.classes.items()}
            return f"{source.use(readers, 'readers')}[{name}[{TAG!r}]]({name}, count)"


def _many(source: Source, shape: Many, name: str, target: str) -> None:
    each = shape.constraint
    source.balk_if(f"type({name}) is not list")
    source.line(f"if {name}:")
    source.indent()
    source.balk_if(f"not {max(each.minimum, 1)} <= len({name}) <= {each.maximum}")
    items = _items(source, shape.inner, name)
    made = source.fresh("made")
    source.line(f"{made} = {'tuple' if shape.ordered else 'frozenset'}({items})")
    if not shape.ordered:
        source.balk_if(f"len({made}) != len({name})")
    elif each.unique is not None:
        keys = f"{{item.{each.unique} for item in {made}}}" if each.unique else f"set({made})"
        source.balk_if(f"len({name}) > 1 and len({keys}) != len({name})")
    source.line(f"{target} = {made}")
    source.dedent()
    source.line("else:")
    source.indent()
    if each.minimum:
        source.line("raise Unfit")
    else:
        source.line(f"{target} = {'()' if shape.ordered else source.use(EMPTY, 'empty')}")
    source.dedent()


def _items(source: Source, shape: Shape, name: str) -> str:
    """Add the lines that check a list's items, and return the expression for what they mean."""
    match shape:
        case One(cls=cls):
            source.line(f"count({keys_of(cls)} * len({name}))")
            return f"[{_object(source, shape, 'item')} for item in {name}]"
        case OneOf():
            return f"[{_object(source, shape, 'item')} for item in {name}]"
        case Leaf(constraint=Member() | Calendar() | Text(pattern=str())):
            return f"[{_leaf(source, shape, 'item')} for item in {name}]"
        case _:
            item, made, items = source.fresh("item"), source.fresh("made"), source.fresh("items")
            source.line(f"{items} = []")
            source.line(f"for {item} in {name}:")
            source.indent()
            _field(source, shape, item, made)
            source.line(f"{items}.append({made})")
            source.dedent()
            return items
