"""The closed vocabularies and their converters."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any, get_args, get_type_hints

import pytest

from sciatica_pt.model import vocabulary
from sciatica_pt.model.vocabulary import (
    DoseParameter,
    Severity,
    Tier,
    TimeOfDay,
    Weekday,
    as_stages,
)

VOCABULARIES: list[type[StrEnum]] = [getattr(vocabulary, name) for name in vocabulary.__all__]
CONVERTERS: list[Callable[[Any], Any]] = [
    function
    for name, function in inspect.getmembers(vocabulary, inspect.isfunction)
    if name.startswith("as_") and function.__module__ == vocabulary.__name__
]


def _of(converter: Callable[[Any], Any]) -> tuple[type[StrEnum], type | None]:
    """Return the vocabulary that a converter is for, and the collection that it makes of it."""
    hint = get_type_hints(converter)["return"]
    words = [item for item in get_args(hint) if item is not ...]
    return (words[0], hint.__origin__) if words else (hint, None)


@pytest.mark.parametrize("words", VOCABULARIES)
def test_words_are_plain_and_distinct(words: type[StrEnum]) -> None:
    """Each is in small letters with single joints, and each member is its word."""
    assert len({word.value for word in words}) == len(words) > 1
    assert all(re.fullmatch(r"[a-z]+(?:[-_][a-z]+)*", word.value) for word in words)
    assert all(word == word.value and str(word) == word.value for word in words)
    assert words.__doc__


@pytest.mark.parametrize("converter", CONVERTERS, ids=lambda item: item.__name__)
def test_a_converter_takes_words_and_members(converter: Callable[[Any], Any]) -> None:
    """Each word becomes its member, and what is no word is left for the constraint to refuse."""
    words, collection = _of(converter)
    if collection is None:
        assert [converter(word.value) for word in words] == list(words)
        assert all(type(converter(word.value)) is words for word in words)
        assert [converter(word) for word in words] == list(words)
        assert converter("no such word") == "no such word"
        assert converter(3) == 3
        return
    assert converter([word.value for word in words]) == collection(words)
    assert all(type(item) is words for item in converter([word.value for word in words]))
    assert converter(["no such word"]) == collection(["no such word"])
    assert converter("no collection") == "no collection"


def test_every_vocabulary_of_a_field_has_a_converter() -> None:
    """A constructor takes the plain word wherever it takes a member."""
    converted = {_of(converter)[0] for converter in CONVERTERS}
    assert converted == set(VOCABULARIES)


def test_stages_keep_their_order() -> None:
    """A rule about order needs the order that was given."""
    assert as_stages(["strength", "warmth"]) == ("strength", "warmth")


@pytest.mark.parametrize("words", [Weekday, TimeOfDay, Tier, Severity])
def test_what_has_an_order_has_it_from_its_listing(words: Any) -> None:
    """Days from Monday, times from morning, tiers and severities from the gravest."""
    assert [word.order for word in words] == list(range(len(words)))


def test_each_number_of_a_dose_has_a_unit() -> None:
    """And times are seconds, as their names say."""
    for parameter in DoseParameter:
        assert parameter.unit
        assert parameter.value.endswith("_seconds") is parameter.unit.startswith("seconds")
