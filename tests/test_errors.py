"""Errors are values: typed fields, plain text, and whole again after pickle and copy."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sciatica_pt import errors
from sciatica_pt.errors import (
    DecodeError,
    EncodeError,
    ExtraMissingError,
    GuidanceError,
    InvalidValueError,
    Problem,
    SciaticaPTError,
    nearest,
)

PROBLEM = Problem(path="$.a", expected="a word", found="5", hint="say it")
BARE = Problem(path="$.b[0]", expected="a list", found="nothing")
INVALID = InvalidValueError(where="Hold.sets", expected="sets", found="none", hint="add some")
EXAMPLES: list[SciaticaPTError] = [
    INVALID,
    InvalidValueError(where="Hold.sets", expected="sets", found="none"),
    DecodeError("no routine", [PROBLEM, BARE]),
    EncodeError("no routine", [PROBLEM]),
    GuidanceError.one("no such pack", path="$", expected="a pack", found="none"),
    ExtraMissingError(feature="testing", extra="testing"),
]
each_error = pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)


def test_every_error_is_tried_here() -> None:
    """A new error is added to the examples above, or this fails."""
    public = {getattr(errors, name) for name in errors.__all__}
    raised = {item for item in public if isinstance(item, type) and issubclass(item, Exception)}
    assert raised == {type(error) for error in EXAMPLES} | {SciaticaPTError}


@each_error
def test_an_error_has_one_root(error: SciaticaPTError) -> None:
    """One except clause catches all that is raised on purpose."""
    assert isinstance(error, SciaticaPTError)
    builtin = ImportError if isinstance(error, ExtraMissingError) else ValueError
    assert isinstance(error, builtin)


@each_error
@pytest.mark.parametrize("protocol", range(2, 6))
def test_an_error_survives_pickle_and_copy(error: SciaticaPTError, protocol: int) -> None:
    """It comes out of another process with its type, text and fields."""
    for again in (
        pickle.loads(pickle.dumps(error, protocol)),
        copy.copy(error),
        copy.deepcopy(error),
    ):
        assert type(again) is type(error)
        assert str(again) == str(error)
        assert vars(again) == vars(error)


def test_notes_survive_too() -> None:
    """What was added on the way up is not lost between processes."""
    error = DecodeError("no routine", [PROBLEM])
    error.add_note("in file a.json")
    assert pickle.loads(pickle.dumps(error)).__notes__ == ["in file a.json"]


def test_an_invalid_value_says_where_what_and_what_to_do() -> None:
    """All in one line, and each part as a field."""
    assert str(INVALID) == "Hold.sets: expected sets, got none (add some)"
    assert str(EXAMPLES[1]) == "Hold.sets: expected sets, got none"
    assert (INVALID.where, INVALID.expected, INVALID.found, INVALID.hint) == (
        "Hold.sets",
        "sets",
        "none",
        "add some",
    )


def test_all_problems_of_a_document_are_listed() -> None:
    """One line each, with a count that is good English."""
    assert str(DecodeError("no routine", [PROBLEM, BARE])) == (
        "no routine: 2 problems\n"
        "  $.a: expected a word, got 5 (say it)\n"
        "  $.b[0]: expected a list, got nothing"
    )
    assert str(DecodeError("no routine", iter([BARE]))).startswith("no routine: 1 problem\n")


@each_error
def test_a_list_of_problems_is_plain_json(error: Any) -> None:
    """An app can send it on; what was wrong is not only prose."""
    if not hasattr(error, "problems"):
        return
    plain = json.loads(json.dumps(error.as_json()))
    assert plain["error"] == type(error).__name__
    assert "\n" not in plain["message"]
    assert [Problem(**item) for item in plain["problems"]] == list(error.problems)


def test_a_missing_extra_says_what_to_type() -> None:
    """The command can be pasted."""
    error = ExtraMissingError(feature="sciatica_pt.testing", extra="testing")
    assert "pip install 'sciatica-pt[testing]'" in str(error)
    assert (error.feature, error.extra) == ("sciatica_pt.testing", "testing")


@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=10), max_size=5))
def test_the_nearest_word_is_one_of_the_known(word: str, known: list[str]) -> None:
    """Whatever was typed, the hint is a word that exists, and the word itself if it does."""
    found = nearest(word, known)
    assert found is None or found in known
    if word in known:
        assert found == word


@given(st.lists(st.sampled_from(["towel", "towels", "chair", "hair"]), min_size=1))
def test_the_nearest_word_does_not_depend_on_order(known: list[str]) -> None:
    """The same hint for the same words, in whatever order a set gave them."""
    assert nearest("towe", known) == nearest("towe", reversed(known))


def test_a_long_word_costs_no_time() -> None:
    """A megabyte in place of a word is answered at once."""
    assert nearest("x" * 1_000_000, ["towel"]) is None
