"""The bounds of what a step hands on: at the edge it is taken, beyond it is refused by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import attrs
import pytest

import sciatica_pt as spt
from sciatica_pt.model import Continuous
from sciatica_pt.progression import AddedDay, GoodCount, SkipCount, SpreadCount, steady
from sciatica_pt.progression.adherence import MissedPolicy
from sciatica_pt.progression.asked import asked_for
from sciatica_pt.progression.outcomes import ScoreChange

from .made import MONDAY, a_step, planned

WALK = Continuous(duration_seconds=600)
EVIDENCE = spt.Evidence(on=MONDAY, time_of_day="morning", signal="pain-during", least=0)
CITED = spt.Citation(statement="A001")
REASON = spt.Reason(text="Ask.")


def decision(**changes: Any) -> spt.ProgressDecision:
    """Return a decision with some fields changed."""
    given: dict[str, Any] = {
        "activity": "walking",
        "name": "Walking",
        "adjustment": "hold",
        "reason": "It stays.",
    }
    return spt.ProgressDecision(**given | changes)


def setback(**changes: Any) -> spt.Setback:
    """Return a setback with some fields changed."""
    given: dict[str, Any] = {"kind": "flare", "stage": "reduced", "began": MONDAY}
    return spt.Setback(**given | changes)


def state(**changes: Any) -> spt.ProgressState:
    """Return a state with some fields given."""
    return spt.ProgressState(**changes)


def step(**changes: Any) -> spt.ProgressStep:
    """Return a step with some fields changed."""
    return attrs.evolve(a_step(), **changes)


def kept(**changes: Any) -> spt.Adherence:
    """Return how much was done, with some fields changed."""
    given: dict[str, Any] = {"planned": 0, "done": 0, "skipped": 0, "unknown": 0}
    return spt.Adherence(**given | changes)


def course(**changes: Any) -> spt.SimulatedCourse:
    """Return a course with some fields given."""
    program = spt.Program(starts=MONDAY, weeks=[planned()], review_weeks=6)
    given: dict[str, Any] = {
        "program": program,
        "profile": a_step().profile,
        "state": state(),
        "seed": 0,
    }
    return spt.SimulatedCourse(**given | changes)


def level(name: str) -> spt.Level:
    """Return a level of an activity."""
    return spt.Level(activity=name, dose=WALK)


def added(name: str) -> AddedDay:
    """Return a day that was added."""
    return AddedDay(activity=name, day="mon", dose=WALK)


def good(name: str) -> GoodCount:
    """Return a count of good sessions."""
    return GoodCount(activity=name, sessions=1)


def spread(name: str) -> SpreadCount:
    """Return a count of sessions with spreading symptoms."""
    return SpreadCount(activity=name, sessions=1)


@pytest.mark.parametrize(
    ("make", "name", "edge", "beyond", "said"),
    [
        (decision, "days", 0, -1, "a whole number of days a week from 0 to 7"),
        (decision, "days", 7, 8, "a whole number of days a week from 0 to 7"),
        (decision, "evidence", [EVIDENCE] * 500, [EVIDENCE] * 501, "0 to 500 items"),
        (decision, "citations", [CITED] * 200, [CITED] * 201, "0 to 200 items"),
        (
            decision,
            "questions",
            [f"Is it {number}?" for number in range(50)],
            [f"Is it {number}?" for number in range(51)],
            "0 to 50 items",
        ),
        (setback, "comforts", {f"c-{n}" for n in range(20)}, {f"c-{n}" for n in range(21)}, "20"),
        (state, "spread_sessions", 0, -1, "a whole number of sessions from 0"),
        (state, "stalled_weeks", 0, -1, "a whole number of weeks from 0"),
        (step, "review", [REASON] * 50, [REASON] * 51, "0 to 50 items"),
        (kept, "planned", 0, -1, "a whole number of prescriptions from 0"),
        (kept, "done", 0, -1, "a whole number of prescriptions from 0"),
        (kept, "skipped", 0, -1, "a whole number of prescriptions from 0"),
        (kept, "unknown", 0, -1, "a whole number of prescriptions from 0"),
        (course, "seed", 0, -1, "a whole number of seed from 0"),
        (course, "steps", [a_step()] * 104, [a_step()] * 105, "0 to 104 items"),
    ],
)
def test_a_bound_is_allowed_and_nothing_beyond(
    make: Callable[..., Any], name: str, edge: object, beyond: object, said: str
) -> None:
    """A number or a list at its bound is taken; one beyond is refused, and the field is named."""
    assert len(repr(getattr(make(**{name: edge}), name))) > 0
    with pytest.raises(spt.InvalidValueError, match=rf"\.{name}: expected .*{said}"):
        make(**{name: beyond})


@pytest.mark.parametrize(
    ("make", "name", "one", "other"),
    [
        (decision, "questions", "Is it so?", "Is it not?"),
        (setback, "reached", level("walking"), level("swimming")),
        (state, "lowered", level("walking"), level("swimming")),
        (state, "added", added("walking"), added("swimming")),
        (state, "good", good("walking"), good("swimming")),
        (state, "spread", spread("walking"), spread("swimming")),
        (step, "decisions", decision(), decision(activity="swimming")),
        (
            kept,
            "reasons",
            SkipCount(reason="pain", times=1),
            SkipCount(reason="no-time", times=1),
        ),
        (kept, "missed_days", spt.Weekday.MON, spt.Weekday.TUE),
    ],
)
def test_nothing_is_said_twice(
    make: Callable[..., Any], name: str, one: object, other: object
) -> None:
    """Where two entries about the same would contradict, a second one is refused."""
    assert len(getattr(make(**{name: [one, other]}), name)) == 2
    with pytest.raises(spt.InvalidValueError, match=rf"\.{name}"):
        make(**{name: [one, one]})


@pytest.mark.parametrize("make", [GoodCount, SpreadCount])
def test_a_count_is_of_something(make: Callable[..., Any]) -> None:
    """A count of no session is none."""
    assert make(activity="walking", sessions=1).sessions == 1
    with pytest.raises(spt.InvalidValueError, match="a whole number of sessions from 1"):
        make(activity="walking", sessions=0)


def test_a_skip_is_counted_from_one() -> None:
    """A reason that nobody gave is not counted."""
    assert SkipCount(reason="pain", times=1).times == 1
    with pytest.raises(spt.InvalidValueError, match="a whole number of times from 1"):
        SkipCount(reason="pain", times=0)


def test_the_words_of_documents() -> None:
    """What stands in documents is spelt as the documentation says."""
    words: tuple[tuple[type[StrEnum], str], ...] = (
        (spt.Adjustment, "stop regress hold indeterminate advance"),
        (spt.SetbackKind, "flare break"),
        (spt.SetbackStage, "reduced returning"),
        (MissedPolicy, "skip shift shrink"),
        (ScoreChange, "better worse unimportant unknown"),
    )
    for kind, wanted in words:
        assert [str(item) for item in kind] == wanted.split()


def test_a_share_is_in_percent() -> None:
    """All of a week is 100 percent, and what nobody logged makes the share unknown."""
    shares = {
        (4, 4, 0): 100,
        (3, 1, 0): 33,
        (4, 0, 0): 0,
        (4, 4, 1): None,
        (0, 0, 0): None,
    }
    for (planned_, done, unknown), share in shares.items():
        assert kept(planned=planned_, done=done, unknown=unknown).percent == share


def test_what_was_asked_is_a_grave_rule_about_an_activity() -> None:
    """What people asked for binds a planner as an error does, for each activity by itself."""
    asked = asked_for([spt.Forbid(activity="bridge")], planned(), spt.default_guidance())
    assert (asked.name, asked.scope, asked.severity) == (
        "as-asked",
        spt.Scope.ACTIVITY,
        spt.Severity.ERROR,
    )


def test_a_course_begins_on_a_monday() -> None:
    """Where no day is given the first week begins on a fixed Monday, and each a week later."""
    made = spt.simulate(a_step().profile, weeks=2, responder=steady, seed=0)
    assert made.program.starts == dt.date(2024, 1, 1)
    assert made.program.starts.weekday() == 0
    assert {(log.on - made.program.starts).days // 7 for log in made.logs} == {0, 1}
