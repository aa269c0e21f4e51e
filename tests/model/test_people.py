"""Profiles, screenings and decisions: what is known, and that nothing else is assumed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest
from hypothesis import given, settings

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model import (
    Clearance,
    Continuous,
    Decision,
    Fact,
    FactKind,
    Hold,
    Level,
    OutcomeScore,
    Pain,
    Phase,
    Profile,
    Provider,
    Provocation,
    RedFlag,
    Screening,
    Side,
    Weekday,
    WeekMinutes,
)
from sciatica_pt.testing import profiles, sample_guidance, sample_pack, screenings

FLAG = sample_pack().red_flags[0]
LEVEL = Level(activity="stroll", dose=Continuous(duration_seconds=600))


def test_a_profile_takes_plain_words_sets_and_a_dict_of_days() -> None:
    """The convenient form and the exact one are the same value."""
    easy = Profile(
        phase="subacute",
        affected_side="left",
        conditions=["a", "b"],
        provoked_by=("sitting",),
        equipment={"towel"},
        minutes={"mon": 30, Weekday.WED: 20},
        providers={"chiropractor"},
        levels=[LEVEL],
    )
    exact = Profile(
        phase=Phase.SUBACUTE,
        affected_side=Side.LEFT,
        conditions=frozenset({"a", "b"}),
        provoked_by=frozenset({Provocation.SITTING}),
        equipment=frozenset({"towel"}),
        minutes=WeekMinutes(mon=30, wed=20),
        providers=frozenset({Provider.CHIROPRACTOR}),
        levels=(LEVEL,),
    )
    assert easy == exact
    assert hash(easy) == hash(exact)


def test_an_empty_profile_knows_nothing() -> None:
    """No field has a default that says something of the person."""
    profile = Profile(phase="acute")
    for kind, value in (
        ("condition", "a"),
        ("provocation", "sitting"),
        ("flare", "yes"),
        ("directional-preference", "flexion"),
        ("irritability", "high"),
        ("leg-pain", "thigh"),
    ):
        assert profile.knows(Fact(kind=kind, value=value)) is None
    assert (profile.screening, profile.pain, profile.affected_side) == (None, None, None)
    assert profile.minutes.total == 0
    assert profile.level("stroll") is None


@pytest.mark.parametrize(
    ("fields", "fact", "known"),
    [
        ({"conditions": {"a"}}, ("condition", "a"), True),
        ({"ruled_out": {"a"}}, ("condition", "a"), False),
        ({"others_ruled_out": True}, ("condition", "a"), False),
        ({"conditions": {"a"}, "others_ruled_out": True}, ("condition", "a"), True),
        ({"provoked_by": {"sitting"}}, ("provocation", "sitting"), True),
        ({"not_provoked_by": {"sitting"}}, ("provocation", "sitting"), False),
        ({"flare": True}, ("flare", "yes"), True),
        ({"flare": False}, ("flare", "yes"), False),
        ({"directional_preference": "flexion"}, ("directional-preference", "flexion"), True),
        ({"directional_preference": "none"}, ("directional-preference", "flexion"), False),
        ({"irritability": "low"}, ("irritability", "high"), False),
        ({"leg_pain": "thigh"}, ("leg-pain", "thigh"), True),
    ],
)
def test_a_fact_is_known_when_the_profile_says_it(
    fields: dict[str, Any], fact: tuple[str, str], known: bool
) -> None:
    """Yes, no, and nothing in between."""
    kind, value = fact
    assert Profile(phase="acute", **fields).knows(Fact(kind=kind, value=value)) is known


@settings(max_examples=40)
@given(profiles(sample_guidance()))
def test_a_present_condition_is_never_answered_with_no(profile: Profile) -> None:
    """What is present is yes and what is ruled out is no, however the rest was asked."""
    for name in profile.conditions:
        assert profile.knows(Fact(kind=FactKind.CONDITION, value=name)) is True
    for name in profile.ruled_out:
        assert profile.knows(Fact(kind=FactKind.CONDITION, value=name)) is False
    assert sum(profile.minutes.on(day) for day in Weekday) == profile.minutes.total
    for level in profile.levels:
        assert profile.level(level.activity) == level.dose


@pytest.mark.parametrize(
    ("one", "other"),
    [("conditions", "ruled_out"), ("provoked_by", "not_provoked_by"), ("likes", "dislikes")],
)
def test_nothing_is_both_yes_and_no(one: str, other: str) -> None:
    """A word on both sides is refused and named."""
    both: dict[str, Any] = {one: {"sitting"}, other: {"sitting", "lying"}}
    with pytest.raises(InvalidValueError) as caught:
        Profile(phase="acute", **both)
    assert str(caught.value) == (
        f"Profile.{other}: expected nothing that is also in {one}, got sitting"
    )


@pytest.mark.parametrize(
    ("minutes", "message"),
    [
        ({"mon": -1}, r"WeekMinutes\.mon: expected a whole number of minutes from 0 to 1440"),
        ({"mon": 1441}, r"WeekMinutes\.mon"),
        ({"mon": 30.0}, r"WeekMinutes\.mon"),
        ({"mon": True}, r"WeekMinutes\.mon"),
        ({"mn": 30}, r'Profile\.minutes: expected weekdays .*got text "mn" \(did you mean "mon"'),
        ({"monday morning": 30}, r"Profile\.minutes: expected weekdays"),
        ({3: 30}, r"Profile\.minutes: expected weekdays .*got 3$"),
        (30, r"Profile\.minutes: expected a WeekMinutes, got 30"),
    ],
)
def test_minutes_are_never_negative_nor_on_no_day(minutes: Any, message: str) -> None:
    """A misspelt day is refused, since its minutes would be lost."""
    with pytest.raises(InvalidValueError, match=message):
        Profile(phase="acute", minutes=minutes)


def test_a_level_stands_once() -> None:
    """Two levels of one activity would leave open which one was reached."""
    with pytest.raises(InvalidValueError, match=r"Profile\.levels\[1\]: expected no repeats"):
        Profile(phase="acute", levels=[LEVEL, LEVEL])


def test_a_level_holds_one_kind_of_dose() -> None:
    """And nothing that merely has its numbers."""
    hold = Hold(sets=1, hold_seconds=5, rest_seconds=0)
    assert Level(activity="a", dose=hold).dose is hold
    with pytest.raises(InvalidValueError, match="expected a Repetitions or Hold or Continuous"):
        Level(activity="a", dose={"duration_seconds": 60})  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [-1, 11, 5.0, "5", True])
def test_pain_is_on_its_scale(value: Any) -> None:
    """0 to 10 in whole points, the back and the leg apart."""
    for field in ("back", "leg"):
        with pytest.raises(InvalidValueError, match=rf"Pain\.{field}.*NPRS.*from 0 to 10"):
            Pain(**{field: value})
    assert Pain(back=0, leg=10) != Pain(back=10, leg=0)


# --- Screening


@settings(max_examples=40)
@given(screenings(sample_guidance()))
def test_what_was_not_asked_is_unknown(screening: Screening) -> None:
    """Yes and no come from an answer; the rest is no only if all of it was asked."""
    for flag in (*screening.present, *screening.absent, "never-heard-of"):
        expected = (
            True
            if flag in screening.present
            else False
            if flag in screening.absent or screening.others_absent
            else None
        )
        assert screening.answer(flag) is expected


def test_a_flag_is_not_present_and_absent() -> None:
    """The flag with two answers is named."""
    with pytest.raises(InvalidValueError, match=r"Screening\.absent.*got fever"):
        Screening(by="person", present={"fever"}, absent={"fever", "falls"})


def test_clear_means_asked_and_answered() -> None:
    """Somebody says so, and every flag is absent."""
    clear = Screening.clear(by="clinician")
    assert clear.answer("whatever") is False
    with pytest.raises(TypeError):
        Screening.clear()  # type: ignore[call-arg]


def test_a_known_condition_is_a_flag_whatever_was_answered() -> None:
    """A no to the question does not outweigh a diagnosis."""
    flag: RedFlag = attrs.evolve(FLAG, conditions={"c"})
    clear, nobody = Screening.clear(by="person"), None
    assert flag.state(clear, frozenset({"c"})) is True
    assert flag.state(nobody, frozenset({"c"})) is True
    assert flag.state(clear, frozenset()) is False
    assert flag.state(nobody, frozenset()) is None
    assert flag.state(Screening(by="person", present={flag.id}), frozenset()) is True


# --- Decisions


def _decision(**fields: Any) -> Decision:
    arguments: dict[str, Any] = {
        "role": "physician",
        "reason": "examined",
        "comment": "Seen today.",
        "given": dt.date(2026, 1, 1),
        "expires": dt.date(2026, 2, 1),
    }
    return Decision(**(arguments | fields))


def test_a_decision_does_not_end_before_it_begins() -> None:
    """One day is enough."""
    assert _decision(expires=dt.date(2026, 1, 1)).expires == dt.date(2026, 1, 1)
    with pytest.raises(InvalidValueError, match="a day from 2026-01-01 on, got 2025-12-31"):
        _decision(expires=dt.date(2025, 12, 31))


def test_a_decision_says_who_why_and_how_long() -> None:
    """In a line that can stand in a report."""
    assert str(_decision()) == "let stand by a physician until 2026-02-01 (examined: Seen today.)"


def test_a_date_is_no_moment() -> None:
    """A time of day would make one day two."""
    moment = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
    with pytest.raises(InvalidValueError, match=r"Clearance\.expires: expected a date"):
        Clearance(restriction="r", role="physician", reason="R.", expires=moment)


def test_a_score_of_any_size_is_refused_in_words() -> None:
    """A whole score is fine; one too large for any scale is an invalid value and no overflow."""
    day = dt.date(2026, 1, 1)
    assert OutcomeScore(measure="odi", on=day, score=20).score == 20.0
    with pytest.raises(InvalidValueError, match=r"OutcomeScore\.score.*an enormous number"):
        OutcomeScore(measure="odi", on=day, score=10**400)
    with pytest.raises(InvalidValueError, match=r"OutcomeScore\.score.*got true"):
        OutcomeScore(measure="odi", on=day, score=True)
