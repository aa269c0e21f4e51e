"""Generated code from the library's values to JSON text: all checks, no explanations.

It writes only what the reference in `_encode` and the standard library's json write together, and
raises one of `BALKS` on everything else, whereupon the reference says what is wrong.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Callable
from typing import Any, cast

from sciatica_pt.codec._shapes import TAG, Leaf, Many, Maybe, One, OneOf, Shape, class_shape
from sciatica_pt.codec._source import Known, Source, members
from sciatica_pt.model.constraints import Calendar, Finite, Flag, Member, Text, Whole

__all__ = ["Writer", "writer"]

#: Turns a value into JSON text.
Writer = Callable[[Any], str]

# Looking a small number's text up is faster than making it, and tells that it is within its bounds.
_SMALL = 1000

# Sets of more ids than this are not remembered, and no more sets than this.
_SMALL_SET = 8
_REMEMBERED_SETS = 1024

_FLAGS = ("false", "true")
_ALL_STR = frozenset({str}).issuperset


def writer(cls: type, head: tuple[tuple[str, object], ...] = ()) -> Writer:
    """Return the function that writes values of a class on one line.

    Args:
        cls: the class.
        head: members to write before the fields; with any, the function takes the value's type
            for granted.
    """
    return _writer(cast("Any", cls), head)


@functools.cache
def _writer(cls: Any, head: tuple[tuple[str, object], ...]) -> Writer:
    shape = class_shape(cls)
    source = Source()
    source.line("def write(value):")
    source.indent()
    if not head:
        # Who writes a head has chosen this function by the value's type.
        source.balk_if(f"type(value) is not {source.use(cls, 'cls')}")
    parts = [f"{_quoted(key)}:{json.dumps(held)}" for key, held in head]
    for index, field in enumerate(shape.fields):
        name = f"field_{index}"
        source.line(f"{name} = value.{field.name}")
        parts.append(f"{_quoted(field.name)}:{{{_field(source, field.shape, name)}}}")
    if shape.checks:
        source.line("value.__attrs_post_init__()")
    source.line(f"return f'{{{{{','.join(parts)}}}}}'")
    return source.function("write", f"write {shape.kind}")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _field(source: Source, shape: Shape, name: str) -> str:
    """Add the lines that check a value, and return the expression for its JSON text.

    The expression has no quotes, so it can stand in an f-string.
    """
    match shape:
        case Leaf():
            return _leaf(source, shape, name)
        case Maybe(inner=inner):
            return _optional(source, inner, name)
        case One(cls=cls):
            return f"{source.use(writer(cls), 'write')}({name})"
        case OneOf(classes=classes):
            writers = {cls: writer(cls, ((TAG, tag),)) for tag, cls in classes.items()}
            return f"{source.use(writers, 'writers')}[type({name})]({name})"
        case _:
            return _many(source, shape, name)


def _optional(source: Source, shape: Shape, name: str) -> str:
    match shape:
        case Leaf(constraint=Member(vocabulary=vocabulary)):
            return f"{source.use(_words(cast('Any', vocabulary), True), 'words')}[id({name})]"
        case Leaf(constraint=Whole() as constraint) if _is_small(constraint):
            source.balk_if(f"type({name}) is not int and {name} is not None")
            return f"{source.use(_numerals(constraint, True), 'numerals')}[{name}]"
        case _:
            text = source.fresh("text")
            source.line(f"if {name} is None:")
            source.indent()
            source.line(f"{text} = 'null'")
            source.dedent()
            source.line("else:")
            source.indent()
            source.line(f"{text} = {_field(source, shape, name)}")
            source.dedent()
            return text


def _leaf(source: Source, shape: Leaf, name: str) -> str:
    match shape.constraint:
        case Member(vocabulary=vocabulary):
            return f"{source.use(_words(cast('Any', vocabulary), False), 'words')}[id({name})]"
        case Calendar():
            source.balk_if(f"type({name}) is not {source.use(dt.date, 'date')}")
            text = source.fresh("text")
            source.line(f"{text} = f'\"{{{name}}}\"'")
            return text
        case Text(pattern=str()) as constraint:
            source.balk_if(f"type({name}) is not str")
            return f"{source.use(_known(constraint), 'known')}[{name}]"
        case Text() as constraint:
            source.text_fits(constraint, name)
            return f"{source.use(_free, 'free')}({name})"
        case Flag():
            source.balk_if(f"{name} is not True and {name} is not False")
            return f"{source.use(_FLAGS, 'flags')}[{name}]"
        case constraint:
            return _number(source, constraint, name)


def _number(source: Source, constraint: Whole | Finite, name: str) -> str:
    if isinstance(constraint, Whole) and _is_small(constraint):
        source.balk_if(f"type({name}) is not int")
        return f"{source.use(_numerals(constraint, False), 'numerals')}[{name}]"
    source.number_fits(constraint, name)
    # There is one zero.
    return f"str({name})" if isinstance(constraint, Whole) else f"repr({name} + 0.0)"


def _is_small(constraint: Whole) -> bool:
    return constraint.maximum - constraint.minimum <= _SMALL


@functools.cache
def _numerals(constraint: Whole, optional: bool) -> dict[int | None, str]:
    """Return the texts of all numbers that a constraint accepts."""
    numbers = range(constraint.minimum, constraint.maximum + 1)
    return {number: str(number) for number in numbers} | ({None: "null"} if optional else {})


@functools.cache
def _words(vocabulary: Any, optional: bool) -> dict[int, str]:
    """Return the words by their members' identities, which nothing can imitate."""
    words = {id(member): _quoted(word) for word, member in members(vocabulary).items()}
    return {**words, id(None): "null"} if optional else words


@functools.cache
def _known(constraint: Text) -> Known:
    return Known(constraint, _quoted)


class _KnownSets(dict[frozenset[str], str]):
    """The texts of the sets of ids that occurred, while there is room."""

    def __init__(self, constraint: Text) -> None:
        super().__init__()
        self._known = _known(constraint)

    def __missing__(self, items: frozenset[str]) -> str:
        text = "[" + ",".join([self._known[item] for item in sorted(items)]) + "]"
        if len(items) <= _SMALL_SET and len(self) < _REMEMBERED_SETS:
            self[items] = text
        return text


@functools.cache
def _known_sets(constraint: Text) -> _KnownSets:
    return _KnownSets(constraint)


def _free(text: str) -> str:
    # The only control character that a text may hold is a line feed.
    if '"' in text or "\\" in text or "\n" in text:
        return _quoted(text)
    return f'"{text}"'


def _many(source: Source, shape: Many, name: str) -> str:
    each = shape.constraint
    source.balk_if(f"type({name}) is not {'tuple' if shape.ordered else 'frozenset'}")
    source.balk_if(f"not {each.minimum} <= len({name}) <= {each.maximum}")
    text = source.fresh("text")
    source.line(f"if {name}:")
    source.indent()
    if shape.ordered and each.unique is not None:
        keys = f"{{item.{each.unique} for item in {name}}}" if each.unique else f"set({name})"
        source.balk_if(f"len({name}) > 1 and len({keys}) != len({name})")
    match shape:
        case Many(ordered=False, inner=Leaf(constraint=Text(pattern=str()) as constraint)):
            source.balk_if(f"not {source.use(_ALL_STR, 'all_str')}(map(type, {name}))")
            source.line(f"{text} = {source.use(_known_sets(constraint), 'known_sets')}[{name}]")
        case _:
            source.line(f"{text} = {_items(source, shape, name)}")
            source.line(f"{text} = '[' + ','.join({text}) + ']'")
    source.dedent()
    source.line("else:")
    source.indent()
    source.line(f"{text} = '[]'")
    source.dedent()
    return text


def _items(source: Source, shape: Many, name: str) -> str:
    """Add the lines that check the items, and return the expression for their texts."""
    match shape.inner:
        case One() | OneOf():
            texts = f"[{_field(source, shape.inner, 'item')} for item in {name}]"
            return texts if shape.ordered else f"sorted({texts})"
        case Leaf(constraint=constraint):
            ordered = name if shape.ordered else f"sorted({name})"
            if isinstance(constraint, Member):
                return f"[{_leaf(source, shape.inner, 'item')} for item in {ordered}]"
            if isinstance(constraint, Text) and constraint.pattern is not None:
                source.balk_if(f"not {source.use(_ALL_STR, 'all_str')}(map(type, {name}))")
                known = source.use(_known(constraint), "known")
                return f"[{known}[item] for item in {ordered}]"
            return _one_by_one(source, shape.inner, ordered)
        case _:
            texts = _one_by_one(source, shape.inner, name)
            return texts if shape.ordered else f"sorted({texts})"


def _one_by_one(source: Source, shape: Shape, name: str) -> str:
    item, texts = source.fresh("item"), source.fresh("texts")
    source.line(f"{texts} = []")
    source.line(f"for {item} in {name}:")
    source.indent()
    source.line(f"{texts}.append({_field(source, shape, item)})")
    source.dedent()
    return texts
