"""What the generated code that writes takes for granted, and what it must not."""

from __future__ import annotations

import datetime as dt
import json
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sciatica_pt.codec import dumps, loads
from sciatica_pt.codec._remembered import needs_care
from sciatica_pt.errors import EncodeError
from sciatica_pt.model import Profile, Program, Screening
from sciatica_pt.model.constraints import Text
from sciatica_pt.model.evidence import Citation
from sciatica_pt.model.vocabulary import CitationRole
from sciatica_pt.planning import plan_week

from .plainly import document_of

# Every character of ASCII, and others that are hidden, unseen, or as plain as can be.
_ODD = [*map(chr, range(0x80)), *"\x80\xa0\xad\u200b\u200d\u2028\u202e\u3000\ud800\ufeffäλ膝😀"]
_TEXTS = st.text(st.sampled_from(_ODD), max_size=5) | st.text(max_size=5)
# What may stand in a text in any place but the first, where no blank may, and needs no escape.
_PLAIN = frozenset(map(chr, range(0x20, 0x7F))) - {'"', "\\"}

PERSON = Profile(
    phase="chronic",
    minutes={"mon": 30, "wed": 30, "fri": 30},
    screening=Screening.clear(by="clinician"),
)


class _Word(str):
    __slots__ = ()


@given(_TEXTS)
def test_a_text_that_needs_no_care_stands_for_itself(text: str) -> None:
    """Only what is visible and needs no escape is copied as it is, and all such ASCII is."""
    careless = not eval(needs_care("text"), {"text": text})
    if careless:
        assert json.dumps(text, ensure_ascii=False) == f'"{text}"'
        assert text.isprintable()
        assert not text.isspace()
    # Otherwise the quick way would be none.
    assert careless or text[:1] in {"", " "} or not set(text) <= _PLAIN


@given(_TEXTS)
@example("\x7f")
@example("a\nb")
@example('"\\')
@example("\u3000")
@example("x" * 4000)
@example("x" * 4001)
def test_a_free_text_is_written_exactly_if_it_can_be_read(text: str) -> None:
    """A tampered text is refused by the writer when the field refuses it, else written exactly."""
    citation = Citation(statement="A001", note="to be replaced")
    object.__setattr__(citation, "note", text)
    if Text("a note").flaw(text) is not None:
        with pytest.raises(EncodeError, match=r"\$\.note: expected"):
            dumps(citation)
    else:
        assert dumps(citation) == document_of(citation)
        assert loads(dumps(citation), Citation) == citation


def test_an_object_that_is_looked_up_by_its_word_is_written_like_any_other() -> None:
    """A class whose fields mostly hold their defaults is written in full for whatever they hold."""
    for role, note, word in product(CitationRole, (None, "seen"), ("A001", "b-2.c", "A001")):
        citation = Citation(statement=word, role=role, note=note)
        assert dumps(citation) == document_of(citation)


@pytest.mark.parametrize(
    ("name", "imitation"),
    [
        ("statement", _Word("A001")),
        ("statement", "not a key"),
        ("statement", None),
        ("role", "supports"),
        ("role", None),
        ("note", False),
        ("note", ""),
    ],
)
def test_what_equals_a_remembered_word_or_default_is_refused(name: str, imitation: object) -> None:
    """An object that was written before is not taken for another that resembles it."""
    citation = Citation(statement="A001")
    dumps(citation)
    object.__setattr__(citation, name, imitation)
    with pytest.raises(EncodeError) as caught:
        dumps(citation)
    assert [item.path for item in caught.value.problems] == [f"$.{name}"]


def test_what_stands_in_several_places_is_written_in_each() -> None:
    """A planner prescribes one and the same on several days; so does the document."""
    week = plan_week(PERSON).routine
    items = [item for session in week.sessions for item in session.prescriptions]
    assert len({id(item) for item in items}) < len(items)
    program = Program(starts=dt.date(2026, 1, 5), weeks=(week, week), review_weeks=2)
    for value in (week, program):
        assert dumps(value) == document_of(value)
        assert loads(dumps(value), type(value)) == value


def test_what_was_written_in_its_place_is_refused_in_another() -> None:
    """That a value was seen before says nothing of where something else belongs."""
    week = plan_week(PERSON).routine
    first, second = week.sessions[:2]
    object.__setattr__(second, "prescriptions", (first,))
    program = Program(starts=dt.date(2026, 1, 5), weeks=(week,), review_weeks=1)
    for value in (week, program):
        with pytest.raises(EncodeError, match=r"sessions\[1\]\.prescriptions\[0\]: expected"):
            dumps(value)
