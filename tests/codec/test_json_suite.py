"""The public JSON parsing test suite: what has to be read is read, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sciatica_pt.codec import loads
from sciatica_pt.codec._limits import Limits
from sciatica_pt.codec._problems import Problems
from sciatica_pt.codec._reader import Unreadable, decoded, read
from sciatica_pt.errors import DecodeError, Problem

from .make import DOCUMENTS

_FILE = Path(__file__).with_name("json_test_suite.json")
_CASES: dict[str, bytes] = {
    name: text.encode("latin-1") for name, text in json.loads(_FILE.read_text())["cases"].items()
} | {
    "n_structure_100000_opening_arrays": b"[" * 100_000,
    "n_structure_open_array_object": b'[{"":' * 50_000 + b"\n",
}
# Valid JSON that is refused on purpose: the same key twice has no one meaning.
_REPEATED = {"y_object_duplicated_key", "y_object_duplicated_key_and_value"}
# What the grammar leaves to the reader, and what is done with it here.
_READ = {
    "i_number_double_huge_neg_exp",
    "i_number_huge_exp",
    "i_number_neg_int_huge_exp",
    "i_number_pos_double_huge_exp",
    "i_number_real_neg_overflow",
    "i_number_real_pos_overflow",
    "i_number_real_underflow",
    "i_number_too_big_neg_int",
    "i_number_too_big_pos_int",
    "i_number_very_big_negative_int",
    "i_object_key_lone_2nd_surrogate",
    "i_string_1st_surrogate_but_2nd_missing",
    "i_string_1st_valid_surrogate_2nd_invalid",
    "i_string_incomplete_surrogate_and_escape_valid",
    "i_string_incomplete_surrogate_pair",
    "i_string_incomplete_surrogates_escape_valid",
    "i_string_invalid_lonely_surrogate",
    "i_string_invalid_surrogate",
    "i_string_inverted_surrogates_U+1D11E",
    "i_string_lone_second_surrogate",
}


# The suite has numbers of more digits than any document of the library.
_LIMITS = Limits(digits=200)


def _read(raw: bytes) -> tuple[Any, list[Problem]]:
    problems = Problems(_LIMITS.problems)
    try:
        return read(decoded(raw, _LIMITS, problems), _LIMITS, problems), problems.items
    except Unreadable:
        return None, problems.items


def test_the_suite_is_whole() -> None:
    """All 318 cases of the suite are here."""
    assert {kind: sum(name[0] == kind for name in _CASES) for kind in "yni"} == {
        "y": 95,
        "n": 188,
        "i": 35,
    }


@pytest.mark.parametrize("name", [name for name in _CASES if name.startswith("y_")])
def test_what_is_json_is_read(name: str) -> None:
    """Every valid text gives what the standard library makes of it, but for repeated keys."""
    value, problems = _read(_CASES[name])
    if name in _REPEATED:
        assert [problem.expected for problem in problems] == ["each key once"]
    else:
        assert not problems
        expected = json.loads(_CASES[name])
        assert (value, repr(value)) == (expected, repr(expected))


@pytest.mark.parametrize("name", [name for name in _CASES if name.startswith("n_")])
def test_what_is_no_json_is_refused(name: str) -> None:
    """No invalid text is read, and each is refused with one problem or more."""
    assert _read(_CASES[name])[1]


@pytest.mark.parametrize("name", [name for name in _CASES if name.startswith("i_")])
def test_what_the_grammar_leaves_open_is_decided(name: str) -> None:
    """Huge numbers and half pairs are read, to be refused by what a field may hold, or refused."""
    assert (not _read(_CASES[name])[1]) is (name in _READ)


@pytest.mark.parametrize("name", _CASES)
def test_no_case_is_a_document(name: str) -> None:
    """As a document each case ends in the public error, and in no other."""
    for cls in DOCUMENTS[:3]:
        with pytest.raises(DecodeError):
            loads(_CASES[name], cls)
