"""Generated code from the library's values to plain values: all checks, no explanations.

It writes only what the reference in `_encode` writes, and raises one of `BALKS` on everything else,
whereupon the reference says what is wrong.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any, cast

from sciatica_pt.codec._encode import canonical_key
from sciatica_pt.codec._shapes import TAG, Leaf, Many, Maybe, One, OneOf, Shape, class_shape
from sciatica_pt.codec._source import Source, members
from sciatica_pt.model.constraints import Calendar, Finite, Member, Text

__all__ = ["Number", "Writer", "writer"]

#: What to write for a number that may have a fraction.
Number = Callable[[float], Any]
#: Turns a value into a plain object.
Writer = Callable[[Any], dict[str, Any]]


def writer(cls: type, number: Number, head: tuple[tuple[str, object], ...] = ()) -> Writer:
    """Return the function that writes values of a class.

    Args:
        cls: the class.
        number: what to write for a number that may have a fraction.
        head: members to write before the fields.
    """
    return _writer(cast("Any", cls), number, head)


@functools.cache
def _writer(cls: Any, number: Number, head: tuple[tuple[str, object], ...]) -> Writer:
    shape = class_shape(cls)
    source = Source()
    source.line("def write(value):")
    source.indent()
    source.balk_if(f"type(value) is not {source.use(cls, 'cls')}")
    members = [f"{key!r}: {held!r}" for key, held in head]
    for index, field in enumerate(shape.fields):
        name = f"field_{index}"
        source.line(f"{name} = value.{field.name}")
        result = _field(source, field.shape, name, number)
        members.append(f"{field.name!r}: {result}")
    if shape.checks:
        source.line("value.__attrs_post_init__()")
    source.line(f"return {{{', '.join(members)}}}")
    return source.function("write", f"write {shape.kind}")


def _field(source: Source, shape: Shape, name: str, number: Number) -> str:
    """Add the lines that check a field, and return the expression for its plain value."""
    match shape:
        case Leaf():
            _leaf_check(source, shape, name)
            return _leaf_result(source, shape, name, number)
        case Maybe(inner=inner):
            source.line(f"if {name} is not None:")
            source.indent()
            result = _field(source, inner, name, number)
            source.line(f"{name} = {result}" if result != name else "pass")
            source.dedent()
            return name
        case One() | OneOf():
            return _object_result(source, shape, name, number)
        case Many():
            return _many(source, shape, name, number)


def _leaf_check(source: Source, shape: Leaf, name: str) -> None:
    match shape.constraint:
        case Member(vocabulary=vocabulary):
            known = source.use(members(vocabulary), "members")
            source.balk_if(f"{known}[{name}._value_] is not {name}")
        case Calendar():
            source.balk_if(f"type({name}) is not {source.use(dt.date, 'date')}")
        case constraint:
            source.fits(constraint, name)


def _leaf_result(source: Source, shape: Leaf, name: str, number: Number) -> str:
    match shape.constraint:
        case Member():
            return f"{name}._value_"
        case Calendar():
            return f"{name}.isoformat()"
        case Finite():
            # There is one zero.
            return f"{source.use(number, 'number')}({name} + 0.0)"
        case _:
            return name


def _object_result(source: Source, shape: One | OneOf, name: str, number: Number) -> str:
    match shape:
        case One(cls=cls):
            return f"{source.use(writer(cls, number), 'write')}({name})"
        case OneOf(classes=classes):
            writers = {cls: writer(cls, number, ((TAG, tag),)) for tag, cls in classes.items()}
            return f"{source.use(writers, 'writers')}[type({name})]({name})"


def _many(source: Source, shape: Many, name: str, number: Number) -> str:
    each = shape.constraint
    source.balk_if(f"type({name}) is not {'tuple' if shape.ordered else 'frozenset'}")
    source.balk_if(f"not {each.minimum} <= len({name}) <= {each.maximum}")
    if shape.ordered and each.unique is not None:
        keys = f"{{item.{each.unique} for item in {name}}}" if each.unique else f"set({name})"
        source.balk_if(f"len({name}) > 1 and len({keys}) != len({name})")
    plain = source.fresh("plain")
    source.line(f"if {name}:")
    source.indent()
    source.line(f"{plain} = {_items(source, shape.inner, name, number)}")
    if not shape.ordered:
        source.line(f"{plain}.sort({_sorting(source, shape.inner)})")
    source.dedent()
    source.line("else:")
    source.indent()
    source.line(f"{plain} = []")
    source.dedent()
    return plain


def _sorting(source: Source, shape: Shape) -> str:
    if isinstance(shape, Leaf) and isinstance(shape.constraint, Text | Member | Calendar):
        return ""
    return f"key={source.use(canonical_key, 'canonical_key')}"


def _items(source: Source, shape: Shape, name: str, number: Number) -> str:
    """Add the lines that check the items, and return the expression for the list of them."""
    if isinstance(shape, One | OneOf):
        return f"[{_object_result(source, shape, 'item', number)} for item in {name}]"
    item, items = source.fresh("item"), source.fresh("items")
    source.line(f"{items} = []")
    source.line(f"for {item} in {name}:")
    source.indent()
    source.line(f"{items}.append({_field(source, shape, item, number)})")
    source.dedent()
    return items
