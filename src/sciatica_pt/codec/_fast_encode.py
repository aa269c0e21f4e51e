"""Generated code from the library's values to JSON text: all checks, no explanations.

It writes only what the reference in `_encode` and the standard library's json write together, and
raises one of `BALKS` on everything else, whereupon the reference says what is wrong.

For each class two functions are made, one for a value and one for the items of a list, in which
every check is written out: a call costs as much as checking and writing a number does.
What is written down here as fragments are pieces of f-strings, which may not hold quotes of their
own kind nor backslashes.
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from sciatica_pt.codec._remembered import (
    Head,
    KnownNumbers,
    careful,
    has_constant,
    known_by_word,
    known_sets,
    known_texts,
    needs_care,
    quoted,
    with_commas,
    word_of,
)
from sciatica_pt.codec._shapes import (
    TAG,
    ClassShape,
    FieldShape,
    Leaf,
    Many,
    Maybe,
    One,
    OneOf,
    Shape,
    class_shape,
)
from sciatica_pt.codec._source import Source, members
from sciatica_pt.model.constraints import EMPTY, Calendar, Finite, Flag, Member, Text, Whole

__all__ = ["Writer", "writer"]

#: The texts of list items that were written before, by their classes and identities.
Seen = dict[type, dict[int, str]]
#: Turns a value into JSON text; everything in one document shares what was seen.
Writer = Callable[[Any, Seen], str]
#: Turns values of one class into JSON texts.
WriterOfItems = Callable[[Iterable[Any], Seen], list[str]]

# Looking a number's text up is faster than making it, up to this number.
_MOST_NUMERAL = 1000
_NUMERALS = [str(number) for number in range(_MOST_NUMERAL + 1)]

# A class of no more fields, none with parts, is written where it stands instead of by a call.
_FEW_FIELDS = 8
# Asking for the members of a vocabulary one by one is faster than a look-up, up to so many.
_FEW_MEMBERS = 4

# What would end a literal part of an f-string, or mean something else in it.
_ESCAPES = str.maketrans({"{": "{{", "}": "}}", "'": "\\'", "\\": "\\\\"})

_NOTHING: tuple[object, ...] = ()


def writer(cls: type, head: Head = ()) -> Writer:
    """Return the function that writes values of a class on one line.

    Args:
        cls: the class.
        head: members to write before the fields; with any, the function takes the value's type
            for granted.
    """
    return _writer(cast("Any", cls), head)


@functools.cache
def _writer(cls: Any, head: Head) -> Writer:
    shape = class_shape(cls)
    source = Source()
    source.line("def write(value, seen):")
    source.indent()
    if not head:
        # Who writes a head has chosen this function by the value's type.
        _type_fits(source, cls, "value")
    source.line(f"return f'{_object(source, shape, 'value', head)}'")
    return source.function("write", f"write {shape.kind}")


def _writer_of_items(cls: type, *, nested: bool) -> WriterOfItems:
    """Return the function that writes each of several values of a class.

    In a list within a list, such as the prescriptions of sessions, one and the same may stand in
    several places, so it is written once.
    All are alive as long as the document that holds them: none can stand where another was.
    """
    return _cached_writer_of_items(cast("Any", cls), nested)


@functools.cache
def _cached_writer_of_items(cls: Any, nested: bool) -> WriterOfItems:
    shape = class_shape(cls)
    source = Source(nested=True)
    source.line("def write(items, seen):")
    source.indent()
    source.line("texts = []")
    if nested:
        source.line(f"known = seen.setdefault({source.use(cls, 'cls')}, {{}})")
    source.line("for value in items:")
    source.indent()
    if nested:
        source.line("place = id(value)")
        source.line("if place in known:")
        source.indent()
        source.line("texts.append(known[place])")
        source.line("continue")
        source.dedent()
    _type_fits(source, cls, "value")
    source.line(f"text = f'{_object(source, shape, 'value')}'")
    if nested:
        source.line("known[place] = text")
    source.line("texts.append(text)")
    source.dedent()
    source.line("return texts")
    return source.function("write", f"write each {shape.kind}")


def _type_fits(source: Source, cls: type, name: str) -> None:
    source.balk_if(f"type({name}) is not {source.use(cls, 'cls')}")


# --- Each adds the lines that check the value of a name, and returns the fragment of its text.


def _object(source: Source, shape: ClassShape, name: str, head: Head = ()) -> str:
    names = [(field, source.fresh(field.name)) for field in shape.fields]
    for field, held in names:
        source.line(f"{held} = {name}.{field.name}")
    if shape.fields and not shape.checks and all(_is_number(field.shape) for field in shape.fields):
        return _known_numbers(source, shape, names, head)
    if not shape.checks:
        return _mostly_a_word(source, shape.cls, names, head)
    fragment = _braced(source, names, head)
    source.line(f"{name}.__attrs_post_init__()")
    return fragment


def _mostly_a_word(
    source: Source, cls: type, names: list[tuple[FieldShape, str]], head: Head
) -> str:
    """Add the lines for an object; one with a word besides defaults is looked up by its word."""
    full = functools.partial(_braced, source, names, head)
    words = [(field, name) for field, name in names if word_of(field.shape) is not None]
    others = [(field, name) for field, name in names if word_of(field.shape) is None]
    if len(words) != 1 or not others or not all(has_constant(field) for field, _ in others):
        return full()
    ((_, name),) = words
    known = source.use(known_by_word(cast("Any", cls), head), "known")
    source.balk_if(f"type({name}) is not str")
    usual = " and ".join(f"{held} is {_constant(source, field)}" for field, held in others)
    return _branches(source, {usual: lambda: f"{{{known}[{name}]}}"}, full)


def _constant(source: Source, field: FieldShape) -> str:
    default = field.default
    return repr(default) if default is None or default is False else source.use(default, "default")


def _braced(source: Source, names: list[tuple[FieldShape, str]], head: Head) -> str:
    text = ",".join(f"{quoted(key)}:{quoted(held)}" for key, held in head)
    for usual, run in itertools.groupby(names, _has_usual):
        text += _run(source, list(run), bool(text), usual)
    return f"{{{{{text}}}}}"


def _run(source: Source, run: list[tuple[FieldShape, str]], comma: bool, usual: bool) -> str:
    """Add the lines for fields in a row, which are all of the kind that mostly holds nothing."""
    each = functools.partial(_members_of, source, run, comma)
    if not usual or len(run) == 1:
        return each()
    nothing = [_nothing(source, field.shape, name) for field, name in run]
    keys = [
        f"{',' if comma or index else ''}{quoted(field.name)}:{text}"
        for index, ((field, _), (_, text)) in enumerate(zip(run, nothing, strict=True))
    ]
    all_nothing = " and ".join(condition for condition, _ in nothing)
    return _branches(source, {all_nothing: _text("".join(keys))}, each)


def _members_of(source: Source, run: list[tuple[FieldShape, str]], comma: bool) -> str:
    return "".join(
        _field(source, field.shape, name, f"{',' if comma or index else ''}{quoted(field.name)}:")
        for index, (field, name) in enumerate(run)
    )


def _has_usual(named: tuple[FieldShape, str]) -> bool:
    match named[0].shape:
        case Maybe() | Leaf(constraint=Flag()):
            return True
        case Many(constraint=each):
            return each.minimum == 0
        case _:
            return False


def _nothing(source: Source, shape: Shape, name: str) -> tuple[str, str]:
    """Return the condition on which a name holds what it mostly does, and its text."""
    match shape:
        case Maybe():
            return f"{name} is None", "null"
        case Many(ordered=ordered):
            # The one empty tuple and the library's empty set; another one is no error either.
            return f"{name} is {source.use(_NOTHING if ordered else EMPTY, 'nothing')}", "[]"
        case _:
            return f"{name} is False", "false"


def _field(source: Source, shape: Shape, name: str, before: str = "") -> str:
    """Return a fragment that begins with some text, which saves pieces to put together."""
    match shape:
        case Leaf():
            return _leaf(source, shape, name, before)
        case Maybe(inner=inner):
            return _optional(source, inner, name, before)
        case One(cls=cls):
            if not _is_small(cls):
                return f"{before}{{{source.use(writer(cls), 'write')}({name}, seen)}}"
            _type_fits(source, cls, name)
            return before + _object(source, class_shape(cls), name)
        case OneOf():
            return _one_of(source, shape, name, before)
        case _:
            return _many(source, shape, name, before)


def _is_small(cls: type) -> bool:
    fields = class_shape(cls).fields
    return len(fields) <= _FEW_FIELDS and all(_is_leaf(field.shape) for field in fields)


def _is_leaf(shape: Shape) -> bool:
    return isinstance(shape.inner if isinstance(shape, Maybe) else shape, Leaf)


def _one_of(source: Source, shape: OneOf, name: str, before: str) -> str:
    if not all(map(_is_small, shape.classes.values())):
        writers = {cls: writer(cls, ((TAG, tag),)) for tag, cls in shape.classes.items()}
        return f"{before}{{{source.use(writers, 'writers')}[type({name})]({name}, seen)}}"
    kind = source.fresh("kind")
    source.line(f"{kind} = type({name})")
    branches = {
        f"{kind} is {source.use(cls, 'cls')}": functools.partial(
            _object, source, class_shape(cls), name, ((TAG, tag),)
        )
        for tag, cls in shape.classes.items()
    }
    return before + _branches(source, branches, None)


def _branches(
    source: Source,
    branches: Mapping[str, Callable[[], str]],
    otherwise: Callable[[], str] | None,
    before: str = "",
) -> str:
    """Add the lines that choose between fragments by conditions, or balk if none is true."""
    text = source.fresh("text")
    word = "if"
    for condition, fragment in branches.items():
        source.line(f"{word} {condition}:")
        source.indent()
        _assign(source, text, before + fragment())
        source.dedent()
        word = "elif"
    source.line("else:")
    source.indent()
    if otherwise is None:
        source.line("raise Unfit")
    else:
        _assign(source, text, before + otherwise())
    source.dedent()
    return f"{{{text}}}"


def _assign(source: Source, name: str, fragment: str) -> None:
    source.line(f"{name} = f'{fragment}'")


def _text(text: str) -> Callable[[], str]:
    """Return what returns the fragment of a text that is known."""
    fragment = text.translate(_ESCAPES)
    return lambda: fragment


def _optional(source: Source, shape: Shape, name: str, before: str) -> str:
    null = {f"{name} is None": _text("null")}
    if isinstance(shape, Leaf) and isinstance(shape.constraint, Member):
        return _member(source, shape.constraint, name, null, before)
    return before + _branches(source, null, functools.partial(_field, source, shape, name))


def _leaf(source: Source, shape: Leaf, name: str, before: str) -> str:
    match shape.constraint:
        case Member() as constraint:
            return _member(source, constraint, name, {}, before)
        case Calendar():
            _type_fits(source, dt.date, name)
            return f'{before}"{{{name}.isoformat()}}"'
        case Text(pattern=str()) as constraint:
            source.balk_if(f"type({name}) is not str")
            return f"{before}{{{source.use(known_texts(constraint), 'known')}[{name}]}}"
        case Text() as constraint:
            return before + _free(source, constraint, name)
        case Flag():
            words = {f"{name} is False": _text("false"), f"{name} is True": _text("true")}
            return _branches(source, words, None, before)
        case constraint:
            return before + _number(source, constraint, name)


def _member(
    source: Source,
    constraint: Member,
    name: str,
    first: dict[str, Callable[[], str]],
    before: str,
) -> str:
    # By the members' identities, which nothing can imitate.
    words = members(constraint.vocabulary)
    if len(words) <= _FEW_MEMBERS:
        each = {
            f"{name} is {source.use(member, 'member')}": _text(quoted(word))
            for word, member in words.items()
        }
        return _branches(source, first | each, None, before)
    table = source.use(_words(cast("Any", constraint.vocabulary)), "words")
    found = f"{{{table}[id({name})]}}"
    return _branches(source, first, lambda: found, before) if first else before + found


@functools.cache
def _words(vocabulary: Any) -> dict[int, str]:
    return {id(member): quoted(word) for word, member in members(vocabulary).items()}


def _number(source: Source, constraint: Whole | Finite, name: str) -> str:
    if isinstance(constraint, Finite):
        source.number_fits(constraint, name)
        # There is one zero.
        return f"{{{name} + 0.0!r}}"
    low, high = constraint.minimum, constraint.maximum
    # Two comparisons are faster than a chained one.
    source.balk_if(f"type({name}) is not int or {name} < {low} or {name} > {high}")
    if low < 0:
        return f"{{{name}}}"
    numeral = f"{source.use(_NUMERALS, 'numerals')}[{name}]"
    if high <= _MOST_NUMERAL:
        return f"{{{numeral}}}"
    return f"{{{numeral} if {name} <= {_MOST_NUMERAL} else {name}}}"


def _free(source: Source, constraint: Text, name: str) -> str:
    source.balk_if(f"type({name}) is not str or len({name}) > {constraint.maximum}")
    source.line(f"if {needs_care(name)}:")
    source.indent()
    source.line(f"{name} = {source.use(careful(constraint), 'careful')}({name})")
    source.dedent()
    return f'"{{{name}}}"'


# --- Objects of numbers alone, such as doses, of which documents repeat the same few


def _is_number(shape: Shape) -> bool:
    inner = shape.inner if isinstance(shape, Maybe) else shape
    return isinstance(inner, Leaf) and isinstance(inner.constraint, Whole | Flag)


def _known_numbers(
    source: Source, shape: ClassShape, names: list[tuple[FieldShape, str]], head: Head
) -> str:
    # Their bounds were checked when they were first met, but true equals one.
    source.balk_if(" or ".join(_wrong_type(field.shape, name) for field, name in names))
    known = source.use(_numbers(cast("Any", shape.cls), head), "known")
    return f"{{{known}[{', '.join(name for _, name in names)},]}}"


def _wrong_type(shape: Shape, name: str) -> str:
    match shape:
        case Maybe(inner=inner):
            return f"{name} is not None and {_wrong_type(inner, name)}"
        case Leaf(constraint=Flag()):
            return f"{name} is not False and {name} is not True"
        case _:
            return f"type({name}) is not int"


@functools.cache
def _numbers(cls: Any, head: Head) -> KnownNumbers:
    shape = class_shape(cls)
    source = Source()
    source.line("def write(numbers):")
    source.indent()
    names = [(field, source.fresh(field.name)) for field in shape.fields]
    source.line(f"{', '.join(name for _, name in names)}, = numbers")
    source.line(f"return f'{_braced(source, names, head)}'")
    return KnownNumbers(source.function("write", f"write the numbers of a {shape.kind}"))


# --- Lists


def _many(source: Source, shape: Many, name: str, before: str) -> str:
    full = functools.partial(_items, source, shape, name)
    if shape.constraint.minimum:
        return f"{before}[{full()}]"
    condition, _ = _nothing(source, shape, name)
    return f"{before}[{_branches(source, {condition: _text('')}, full)}]"


def _items(source: Source, shape: Many, name: str) -> str:
    each = shape.constraint
    source.balk_if(f"type({name}) is not {'tuple' if shape.ordered else 'frozenset'}")
    fits = f"{each.minimum} <= len({name})" if each.minimum else f"len({name})"
    source.balk_if(f"not {fits} <= {each.maximum}")
    if shape.ordered and each.unique is not None:
        keys = f"set({name})"
        if each.unique:
            key = source.use(_getter(each.unique), "key_of")
            keys = f"{{*map({key}, {name})}}"
        source.balk_if(f"len({name}) > 1 and len({keys}) != len({name})")
    match shape:
        case Many(ordered=False, inner=Leaf(constraint=Text(pattern=str()) as constraint)):
            _all_text(source, name)
            return f"{{{source.use(known_sets(constraint), 'known_sets')}[{name}]}}"
        case _:
            commas = source.use(with_commas, "with_commas")
            return f"{{{commas}({_texts(source, shape, name)})}}"


@functools.cache
def _getter(name: str) -> Callable[[Any], object]:
    return operator.attrgetter(name)


def _all_text(source: Source, name: str) -> None:
    item = source.fresh("item")
    source.line(f"for {item} in {name}:")
    source.indent()
    source.balk_if(f"type({item}) is not str")
    source.dedent()


def _texts(source: Source, shape: Many, name: str) -> str:
    """Add the lines that check the items, and return the expression for their texts."""
    match shape.inner:
        case One(cls=cls) if not _is_small(cls):
            write = _writer_of_items(cls, nested=source.nested)
            texts = f"{source.use(write, 'write_each')}({name}, seen)"
            return texts if shape.ordered else f"sorted({texts})"
        case Leaf():
            return _one_by_one(source, shape.inner, name if shape.ordered else f"sorted({name})")
        case _:
            texts = _one_by_one(source, shape.inner, name)
            return texts if shape.ordered else f"sorted({texts})"


def _one_by_one(source: Source, shape: Shape, items: str) -> str:
    item, texts = source.fresh("item"), source.fresh("texts")
    source.line(f"{texts} = []")
    source.line(f"for {item} in {items}:")
    source.indent()
    fragment = _field(source, shape, item)
    source.line(f"{texts}.append(f'{fragment}')")
    source.dedent()
    return texts
