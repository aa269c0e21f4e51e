"""What generated code that writes looks up, and how it tells which texts stand for themselves."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any, cast

from sciatica_pt.codec._encode import encode, joined
from sciatica_pt.codec._problems import Problems
from sciatica_pt.codec._shapes import REQUIRED, FieldShape, Leaf, Shape, class_shape
from sciatica_pt.codec._source import Known, Unfit
from sciatica_pt.model.constraints import Text

__all__ = [
    "Head",
    "KnownNumbers",
    "careful",
    "has_constant",
    "known_by_word",
    "known_sets",
    "known_texts",
    "needs_care",
    "quoted",
    "with_commas",
    "word_of",
]

#: Members of an object that its class has no fields for.
Head = tuple[tuple[str, object], ...]

# Sets of more ids than this are not remembered, and no more sets than this.
_SMALL_SET = 8
_REMEMBERED_SETS = 1024
# No more objects of numbers than this are remembered of a class.
_REMEMBERED_NUMBERS = 1024

#: Puts the items of a list together.
with_commas = ",".join


def quoted(value: object) -> str:
    """Return the JSON text of a text or another leaf."""
    return json.dumps(value, ensure_ascii=False)


# --- Free texts


def needs_care(name: str) -> str:
    """Return the condition on which a text may hold what can't stand between quotes as it is."""
    # What is less than the first visible character is empty, or begins with a blank.
    return f"{name} < '!' or not {name}.isprintable() or '\"' in {name} or '\\\\' in {name}"


@functools.cache
def careful(constraint: Text) -> Callable[[str], str]:
    """Return the function from any text to what stands for it between quotes."""

    def care(text: str) -> str:
        # Nothing printable is hidden, and only a blank is printable and unseen; a text that is not
        # so plain may still be welcome.
        if (text < "!" or not text.isprintable()) and constraint.flaw(text) is not None:
            raise Unfit
        return quoted(text)[1:-1]

    return care


# --- Words


@functools.cache
def known_texts(constraint: Text) -> Known:
    """Return the texts of the words of a pattern."""
    return Known(constraint, quoted)


class _KnownSets(dict[frozenset[str], str]):
    """The texts of the items of the sets of ids that occurred, while there is room."""

    def __init__(self, constraint: Text) -> None:
        super().__init__()
        self._known = known_texts(constraint)

    def __missing__(self, items: frozenset[str]) -> str:
        text = with_commas([self._known[item] for item in sorted(items)])
        if len(items) <= _SMALL_SET and len(self) < _REMEMBERED_SETS:
            self[items] = text
        return text


@functools.cache
def known_sets(constraint: Text) -> _KnownSets:
    """Return the texts of the sets of words of a pattern, without brackets."""
    return _KnownSets(constraint)


def word_of(shape: Shape) -> Text | None:
    """Return the constraint of a text that has a pattern, or `None` for anything else."""
    match shape:
        case Leaf(constraint=Text(pattern=str()) as constraint):
            return constraint
        case _:
            return None


def has_constant(field: FieldShape) -> bool:
    """Return whether a field has a default that nobody can tamper with."""
    return field.default is not REQUIRED and (isinstance(field.shape, Leaf) or not field.default)


@functools.cache
def known_by_word(cls: Any, head: Head) -> Known:
    """Return the texts of the objects of a class that have a word besides defaults, by the word."""
    fields = class_shape(cls).fields
    (word,) = (field for field in fields if word_of(field.shape) is not None)
    defaults = {
        field.name: encode(field.shape, field.default, field.name, Problems(1))
        for field in fields
        if field is not word
    }

    def text(found: str) -> str:
        members = {
            **dict(head),
            **{field.name: defaults.get(field.name, found) for field in fields},
        }
        return joined(members)

    return Known(cast("Text", word_of(word.shape)), text)


# --- Numbers


class KnownNumbers(dict[tuple[object, ...], str]):
    """The texts of the objects of numbers that occurred, while there is room."""

    def __init__(self, write: Callable[[Any], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, numbers: tuple[object, ...]) -> str:
        text = self._write(numbers)
        if len(self) < _REMEMBERED_NUMBERS:
            self[numbers] = text
        return text
