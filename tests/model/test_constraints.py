"""The constraints: what each refuses, and how it says so."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model.constraints import (
    CODE,
    HIDDEN,
    ID,
    KEY,
    Calendar,
    Constraint,
    Each,
    Finite,
    Flag,
    Flaw,
    Instance,
    Member,
    Optional,
    Text,
    Whole,
    as_set,
    as_tuple,
    checked,
    constraint_of,
    member,
    shown,
)
from sciatica_pt.model.vocabulary import Phase, Side

SCORE = Finite("points", 0.0, 10.0)


class _Own(str):
    """A text that may lie about itself."""

    __slots__ = ()


class _Number(int):
    pass


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "nothing"),
        (True, "true"),
        (False, "false"),
        ("30", 'text "30"'),
        ("x" * 41, 'text "' + "x" * 37 + '..."'),
        ("\u202eb\u00e9", 'text "\\u202eb\\u00e9"'),
        (7, "7"),
        (-(10**400), "an enormous number"),
        (0.5, "0.5"),
        ({}, "an empty object"),
        ({"a": 1}, "an object"),
        ([1, 2], "a list of 2"),
        ((1,), "a list of 1"),
        ({1}, "a set of 1"),
        (frozenset(), "a set of 0"),
        (b"x", "a bytes"),
        (object(), "an object"),
        (Side.LEFT, "a Side"),
    ],
)
def test_a_value_is_shown_short_and_printable(value: object, text: str) -> None:
    """A message never grows with what was given, and never carries a hidden character."""
    assert shown(value) == text
    assert text.isascii()
    assert len(text) < 60


@pytest.mark.parametrize(
    ("constraint", "good", "bad", "expected"),
    [
        (
            Whole("sets", 1, 20),
            [1, 20],
            [0, 21, 1.0, True, "1", None, _Number(3)],
            "a whole number of sets from 1 to 20",
        ),
        (
            SCORE,
            [0.0, 10.0, 0.5],
            [-0.1, 10.1, 5, True, float("nan"), float("inf"), "1"],
            "a number of points from 0.0 to 10.0",
        ),
        (Flag(), [True, False], [0, 1, "true", None], "true or false"),
        (
            Calendar(),
            [dt.date(2024, 2, 29)],
            [dt.datetime(2024, 1, 1, tzinfo=dt.UTC), "2024-01-01"],
            "a date",
        ),
        (
            Member(Side),
            list(Side),
            ["left", "up", None, Phase.ACUTE],
            "a Side (left, right, both)",
        ),
        (Instance(Flaw), [Flaw("a", "b")], [Flag(), None, Flaw], "a Flaw"),
        (Instance((int, str)), [1, "a"], [True, _Own("a"), 1.0], "an int or str"),
        (Optional(Flag()), [None, True], [0, "no"], "true or false"),
    ],
    ids=lambda item: getattr(type(item), "__name__", None),
)
def test_a_constraint_takes_what_fits_and_refuses_what_resembles_it(
    constraint: Constraint, good: list[Any], bad: list[Any], expected: str
) -> None:
    """The flaw says what would have been right and what was given instead."""
    assert [value for value in good if constraint.flaw(value) is not None] == []
    for value in bad:
        flaw = constraint.flaw(value)
        assert flaw is not None
        assert (flaw.expected, flaw.found) == (expected, shown(value))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (3, "a name"),
        (_Own("a"), "a name"),
        ("", "a name of 1 to 9 characters"),
        ("x" * 10, "a name of 1 to 9 characters"),
        (" \n", "a name with a visible character"),
        ("a\u200bb", "a name of visible characters"),
        ("a\ud800", "a name of visible characters"),
    ],
)
def test_a_text_has_visible_characters_only(value: object, expected: str) -> None:
    """Nothing unseen can stand on a patient's sheet and change how a dose reads."""
    flaw = Text("a name", maximum=9).flaw(value)
    assert flaw is not None
    assert flaw.expected == expected


def test_a_hidden_character_is_named_with_its_place() -> None:
    """An author can find what can't be seen."""
    flaw = Text().flaw("ab\u202ec")
    assert flaw is not None
    assert flaw.found == "U+202E at position 2"


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=30))
def test_a_free_text_is_refused_only_for_what_is_hidden_or_blank(text: str) -> None:
    """Every other text of every script passes, line breaks included."""
    refused = Text().flaw(text) is not None
    assert refused is (text.isspace() or HIDDEN.search(text) is not None)


@pytest.mark.parametrize("good", ["a", "cold-pack", "a-1-b2", "0"])
def test_an_id_is_kebab_case(good: str) -> None:
    """Small letters, digits and single hyphens."""
    assert ID.flaw(good) is None


@pytest.mark.parametrize(
    "bad", ["", "A", "a_b", "a--b", "-a", "a-", "a b", "a\n", "\u00e9", "\u0663", "a" * 81]
)
def test_nothing_else_is_an_id(bad: str) -> None:
    """No capitals, blanks, line ends or letters of other scripts."""
    assert ID.flaw(bad) is not None


def test_keys_and_codes_have_their_own_shape() -> None:
    """A key may have capitals and dots; a code is letters, then digits."""
    assert [KEY.flaw(word) for word in ("A021", "1.0", "2026.1-rc")] == [None] * 3
    assert all(KEY.flaw(word) for word in ("", ".", "1.", "a b", "a_b"))
    assert [CODE.flaw(word) for word in ("SPT101", "AB0001")] == [None] * 2
    assert all(CODE.flaw(word) for word in ("S101", "SPT10", "spt101", "SPT101A"))


def test_a_misspelt_member_is_refused_with_the_nearest_word() -> None:
    """The message lists the vocabulary and names the word that was meant."""
    flaw = Member(Phase).flaw("subacut")
    assert flaw is not None
    assert flaw.hint == 'did you mean "subacute"?'
    other = Member(Phase).flaw("xyz")
    assert other is not None
    assert other.hint is None


# --- Collections


def test_each_says_which_item_is_wrong() -> None:
    """The place is part of the flaw, also inside an item."""
    rows = Each(Each(Whole("sets", 1, 9)))
    flaw = rows.flaw(((1, 2), (3, 0)))
    assert flaw is not None
    assert (flaw.suffix, flaw.found) == ("[1][1]", "0")


def test_each_counts_and_finds_repeats() -> None:
    """Too few, too many, the same twice or two with the same id are refused."""
    some = Each(Whole("sets"), 1, 2, unique="")
    assert some.flaw((1, 2)) is None
    for value, found in (((), "a list of 0"), ((1, 2, 3), "a list of 3"), ((1, 1), "1 twice")):
        flaw = some.flaw(value)
        assert flaw is not None
        assert flaw.found == found
    by_text = Each(Instance(Flaw), unique="found")
    flaw = by_text.flaw((Flaw("a", "x"), Flaw("b", "x")))
    assert flaw is not None
    assert (flaw.suffix, flaw.found) == ("[1]", 'text "x" twice')


def test_the_wrong_item_of_a_set_is_the_same_in_every_process() -> None:
    """A set has no places, and of several wrong words always the same one is named."""
    words = frozenset({"Zeta", "Alpha", "good", "Mid"})
    flaw = Each(ID).flaw(words)
    assert flaw is not None
    assert (flaw.suffix, flaw.found) == ("", 'text "Alpha"')


@attrs.frozen(kw_only=True, field_transformer=checked)
class _Box:
    ordered: tuple[str, ...] = attrs.field(default=(), converter=as_tuple, validator=Each(ID))
    loose: frozenset[str] = attrs.field(default=frozenset(), converter=as_set, validator=Each(ID))


@pytest.mark.parametrize(
    "given_as",
    [
        list,
        tuple,
        iter,
        lambda items: (item for item in items),
        lambda items: dict.fromkeys(items).keys(),
    ],
    ids=["list", "tuple", "iterator", "generator", "keys"],
)
def test_any_collection_of_items_is_convenient_input(given_as: Any) -> None:
    """Lists, tuples and iterators become what the field holds."""
    box = _Box(ordered=given_as(["b", "a"]), loose=given_as(["b", "a"]))
    assert box == _Box(ordered=("b", "a"), loose=frozenset({"a", "b"}))


@pytest.mark.parametrize("wrong", [{"a"}, frozenset({"a"})])
def test_a_set_is_no_list(wrong: Any) -> None:
    """Where order means something, what has none is refused."""
    with pytest.raises(InvalidValueError, match=r"_Box\.ordered: expected a list, got a set of 1"):
        _Box(ordered=wrong)
    assert _Box(loose=wrong).loose == {"a"}


@pytest.mark.parametrize("wrong", ["ab", b"ab", bytearray(b"ab"), {"a": 1}, 3, None])
def test_a_text_or_a_mapping_is_no_collection(wrong: Any) -> None:
    """A bare word is not taken for its letters, nor an object for its keys."""
    for name in ("ordered", "loose"):
        with pytest.raises(InvalidValueError, match=f"_Box.{name}: expected a list"):
            _Box(**{name: wrong})


def test_items_that_cannot_be_hashed_are_refused_by_their_place() -> None:
    """A list inside a set is an invalid value and no bare TypeError."""
    with pytest.raises(InvalidValueError, match=r"_Box\.loose\[1\]: expected an id"):
        _Box(loose=["a", ["b"]])


# --- Words and fields


class _Word(StrEnum):
    ONE = "one"


def test_only_a_plain_word_becomes_a_member() -> None:
    """A member of another vocabulary with the same word stays what it is, and is refused."""
    assert member(Side, "left") is Side.LEFT
    assert member(Side, Side.LEFT) is Side.LEFT
    assert member(Side, "one") == "one"
    other: object = member(Side, _Word.ONE)
    assert other is _Word.ONE
    number: object = member(Side, 3)
    assert number == 3


def test_a_field_without_a_constraint_is_a_mistake_of_ours() -> None:
    """The class is refused when it is made, long before a value could slip through."""
    with pytest.raises(TypeError, match="field loose states no constraint"):
        attrs.make_class("Loose", {"loose": attrs.field()}, field_transformer=checked)


def test_a_constraint_is_a_validator_of_attrs_too() -> None:
    """Called as one, it says nothing of what fits and names the field of what doesn't."""
    field = attrs.fields_dict(_Box)["ordered"]
    Flag()(_Box(), field, True)
    with pytest.raises(InvalidValueError, match=r"_Box\.ordered: expected true or false, got 3"):
        Flag()(_Box(), field, 3)


def test_a_fields_constraint_can_be_read() -> None:
    """Codec and schema read the very object that checks the constructor."""
    fields = attrs.fields_dict(_Box)
    assert constraint_of(fields["ordered"]) == Each(ID, ordered=True)
    assert constraint_of(fields["loose"]) == Each(ID, ordered=False)
