"""Prescriptions, sessions, routines and programs; and the changes that a fix makes to them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model import (
    Action,
    AddEquipment,
    Application,
    ApplyModification,
    Continuous,
    DoBothSides,
    GuidanceRef,
    Hold,
    MarkUnscreened,
    PersonalGoal,
    Prescription,
    Program,
    Recurring,
    RemoveForm,
    RemoveItem,
    ReorderSession,
    Routine,
    Session,
    SetBarrier,
    SetNumber,
    Side,
    Weekday,
    perform,
)
from sciatica_pt.testing import routines, sample_guidance

WALK = Prescription(activity="walk", dose=Continuous(duration_seconds=600))
STRETCH = Prescription(
    activity="stretch",
    dose=Hold(sets=1, hold_seconds=30, rest_seconds=0, per_side=True),
    side="left",
)
COLD = Prescription(activity="cold", dose=Application(duration_seconds=600), form="gel")
HABIT = Prescription(activity="sit", dose=Recurring())
REFS = [GuidanceRef(id="article", version="1")]
WEEK = Routine(
    phase="acute",
    guidance=REFS,
    sessions=[
        Session(day="mon", prescriptions=[WALK, STRETCH, COLD]),
        Session(day="mon", time_of_day="evening", prescriptions=[WALK]),
    ],
    habits=[HABIT],
)


def test_a_side_belongs_to_what_has_sides() -> None:
    """A walk has none, and a one-sided stretch needs one."""
    with pytest.raises(InvalidValueError, match=r"Prescription\.side of walk.*got left"):
        attrs.evolve(WALK, side="left")
    with pytest.raises(InvalidValueError, match=r"Prescription\.side of stretch.*got no side"):
        attrs.evolve(STRETCH, side=None)


def test_a_habit_is_no_part_of_a_session_and_a_bout_no_habit() -> None:
    """Each refusal says where the thing belongs instead."""
    with pytest.raises(InvalidValueError, match=r"prescriptions\[1\].*put it in Routine\.habits"):
        Session(day="mon", prescriptions=[WALK, HABIT])
    with pytest.raises(InvalidValueError, match=r"Routine\.habits\[0\].*put it in a session"):
        Routine(phase="acute", guidance=REFS, habits=[WALK])


@pytest.mark.parametrize(
    "slots",
    [
        [("tue", "morning"), ("mon", "morning")],
        [("mon", "evening"), ("mon", "morning")],
        [("mon", "morning"), ("mon", "morning")],
    ],
)
def test_sessions_are_in_order_and_one_for_each_time(slots: list[tuple[str, str]]) -> None:
    """A week reads from its first session to its last."""
    sessions = [Session(day=day, time_of_day=time, prescriptions=[WALK]) for day, time in slots]
    with pytest.raises(InvalidValueError, match="sorted by day and time of day, one for each"):
        Routine(phase="acute", guidance=REFS, sessions=sessions)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"guidance": ()}, r"Routine\.guidance: expected 1 to 50 items"),
        ({"guidance": REFS * 2}, r"Routine\.guidance\[1\]: expected no repeats"),
        ({"habits": [HABIT, HABIT]}, r"Routine\.habits\[1\]: expected no repeats"),
        ({"sessions": set(WEEK.sessions)}, r"Routine\.sessions: expected a list, got a set of 2"),
        ({"unscreened": 1}, r"Routine\.unscreened: expected true or false"),
    ],
)
def test_a_routine_says_what_it_was_made_from_and_repeats_nothing(
    fields: dict[str, Any], message: str
) -> None:
    """It can be judged, and nothing in it hides another."""
    with pytest.raises(InvalidValueError, match=message):
        attrs.evolve(WEEK, **fields)


def test_an_empty_session_is_none() -> None:
    """A session holds something."""
    with pytest.raises(InvalidValueError, match=r"Session\.prescriptions: expected 1 to 50"):
        Session(day="mon", prescriptions=[])


@settings(max_examples=25)
@given(routines(sample_guidance()))
def test_the_days_share_the_sessions_out(routine: Routine) -> None:
    """Day by day, nothing is lost and nothing is double."""
    assert tuple(one for day in Weekday for one in routine.on(day)) == routine.sessions


def test_a_program_is_a_number_of_weeks() -> None:
    """With a start, goals in the person's words and a date to look again."""
    goal = PersonalGoal(text="Play with the children.", due=dt.date(2026, 5, 1))
    program = Program(starts=dt.date(2026, 1, 5), weeks=[WEEK], goals=[goal], review_weeks=4)
    assert program.weeks == (WEEK,)
    with pytest.raises(InvalidValueError, match=r"Program\.weeks"):
        attrs.evolve(program, weeks=())
    with pytest.raises(InvalidValueError, match=r"Program\.review_weeks.*from 1 to 104"):
        attrs.evolve(program, review_weeks=0)


# --- Changes

FIRST = "$.sessions[0].prescriptions"


def _items(routine: Routine) -> list[list[Prescription]]:
    return [[*session.prescriptions] for session in routine.sessions] + [[*routine.habits]]


@pytest.mark.parametrize(
    ("action", "items"),
    [
        (RemoveItem(path=f"{FIRST}[1]"), [[WALK, COLD], [WALK], [HABIT]]),
        (RemoveItem(path="$.sessions[1].prescriptions[0]"), [[WALK, STRETCH, COLD], [HABIT]]),
        (RemoveItem(path="$.habits[0]"), [[WALK, STRETCH, COLD], [WALK], []]),
        (
            SetNumber(path=f"{FIRST}[0]", parameter="duration_seconds", value=300),
            [
                [attrs.evolve(WALK, dose=Continuous(duration_seconds=300)), STRETCH, COLD],
                [WALK],
                [HABIT],
            ],
        ),
        (
            SetNumber(path="$.habits[0]", parameter="every_seconds", value=600),
            [
                [WALK, STRETCH, COLD],
                [WALK],
                [attrs.evolve(HABIT, dose=Recurring(every_seconds=600))],
            ],
        ),
        (
            DoBothSides(path=f"{FIRST}[1]"),
            [[WALK, attrs.evolve(STRETCH, side=Side.BOTH), COLD], [WALK], [HABIT]],
        ),
        (
            SetBarrier(path=f"{FIRST}[2]", barrier="towel"),
            [[WALK, STRETCH, attrs.evolve(COLD, barrier="towel")], [WALK], [HABIT]],
        ),
        (
            AddEquipment(path=f"{FIRST}[2]", equipment="pack"),
            [
                [WALK, STRETCH, attrs.evolve(COLD, equipment=frozenset({"pack"}))],
                [WALK],
                [HABIT],
            ],
        ),
        (
            RemoveForm(path=f"{FIRST}[2]"),
            [[WALK, STRETCH, attrs.evolve(COLD, form=None)], [WALK], [HABIT]],
        ),
        (
            ApplyModification(path=f"{FIRST}[0]", restriction="slowly"),
            [
                [attrs.evolve(WALK, modifications=frozenset({"slowly"})), STRETCH, COLD],
                [WALK],
                [HABIT],
            ],
        ),
        (
            ReorderSession(path="$.sessions[0]", order=[2, 0, 1]),
            [[COLD, WALK, STRETCH], [WALK], [HABIT]],
        ),
        (MarkUnscreened(), _items(WEEK)),
    ],
    ids=lambda item: type(item).__name__,
)
def test_a_change_does_what_it_says_and_nothing_else(
    action: Action, items: list[list[Prescription]]
) -> None:
    """At its place; the rest of the week, and the week that was given, stay as they are."""
    before = attrs.evolve(WEEK)
    changed = perform(action, WEEK)
    assert before == WEEK
    assert _items(changed) == items
    assert changed.unscreened is isinstance(action, MarkUnscreened)
    assert (changed.phase, changed.guidance) == (WEEK.phase, WEEK.guidance)


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (RemoveItem(path=f"{FIRST}[3]"), r"RemoveItem\.path: expected a place in the routine"),
        (RemoveItem(path="$.sessions[9].prescriptions[0]"), r"RemoveItem\.path"),
        (DoBothSides(path="$.habits[1]"), r"DoBothSides\.path"),
        (ReorderSession(path="$.sessions[2]", order=[0]), r"ReorderSession\.path"),
        (ReorderSession(path="$.sessions[0]", order=[0, 1]), r"each place from 0 to 2 once"),
        (ReorderSession(path="$.sessions[0]", order=[0, 1, 3]), r"got 0, 1, 3"),
        (
            SetNumber(path=f"{FIRST}[0]", parameter="reps", value=3),
            r"SetNumber\.parameter: expected a number of a continuous dose, got reps",
        ),
        (
            SetNumber(path=f"{FIRST}[0]", parameter="duration_seconds", value=0),
            r"Continuous\.duration_seconds",
        ),
        (DoBothSides(path=f"{FIRST}[0]"), r"Prescription\.side of walk"),
    ],
    ids=lambda item: type(item).__name__ if not isinstance(item, str) else "",
)
def test_a_change_that_cannot_be_made_is_refused(action: Action, message: str) -> None:
    """A place that is not there, an order that loses something, or what would be no week."""
    with pytest.raises(InvalidValueError, match=message):
        perform(action, WEEK)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "$",
        "$.sessions[0]",
        "$.sessions[0].prescriptions",
        "$.habits[50]",
        "$.habits[-1]",
        "$.habits[0] ",
        "$.habits[00]",
        "sessions[0].prescriptions[0]",
    ],
)
def test_a_place_is_written_like_the_place_of_a_finding(path: str) -> None:
    """No other path can be built into a change."""
    with pytest.raises(InvalidValueError, match=r"RemoveItem\.path"):
        RemoveItem(path=path)


@settings(max_examples=25)
@given(routines(sample_guidance()), st.data())
def test_reordering_back_gives_the_same_week(routine: Routine, data: st.DataObject) -> None:
    """An order and its inverse undo each other."""
    if not routine.sessions:
        return
    place = data.draw(st.integers(0, len(routine.sessions) - 1))
    count = len(routine.sessions[place].prescriptions)
    order = data.draw(st.permutations(range(count)))
    back = sorted(range(count), key=order.__getitem__)
    path = f"$.sessions[{place}]"
    there = perform(ReorderSession(path=path, order=order), routine)
    assert perform(ReorderSession(path=path, order=back), there) == routine
