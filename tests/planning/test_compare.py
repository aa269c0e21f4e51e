"""Comparing weeks: what changed, and what a change would do."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

from sciatica_pt.model import Profile, Routine, Screening
from sciatica_pt.planning import RoutineDiff, WhatIf, diff, plan_week, what_if

PERSON = Profile(
    phase="subacute",
    equipment={"towel", "chair"},
    minutes={"mon": 25, "thu": 25},
    screening=Screening.clear(by="person"),
    not_provoked_by={"walking", "standing"},
)
WEEK = plan_week(PERSON).routine


def test_equal_weeks_do_not_differ() -> None:
    """A week compared with itself is empty, false, and says so."""
    same = diff(WEEK, WEEK)
    assert same == RoutineDiff(changes=())
    assert not same
    assert str(same) == "no change"


def test_what_is_new_gone_and_different_is_told_apart() -> None:
    """Each activity that stands differently is named once, with how it stood and stands."""
    first, *others = WEEK.sessions
    shorter = attrs.evolve(first, prescriptions=first.prescriptions[1:])
    changed = attrs.evolve(WEEK, sessions=[shorter, *others], habits=WEEK.habits[1:])
    lost = first.prescriptions[0].activity
    text = str(diff(WEEK, changed))
    assert f"~ {lost}: " in text
    assert f"- {WEEK.habits[0].activity}: " in text
    assert f"+ {WEEK.habits[0].activity}: " in str(diff(changed, WEEK))
    assert "every day" in text


@given(data=st.data())
def test_a_difference_turned_around_swaps_its_sides(data: st.DataObject) -> None:
    """Going back undoes going forth."""
    keep = data.draw(
        st.lists(st.booleans(), min_size=len(WEEK.sessions), max_size=len(WEEK.sessions))
    )
    sessions = [session for session, kept in zip(WEEK.sessions, keep, strict=True) if kept]
    other: Routine = attrs.evolve(WEEK, sessions=sessions)
    forth, back = diff(WEEK, other), diff(other, WEEK)
    assert [(c.activity, c.before, c.after) for c in forth.changes] == [
        (c.activity, c.after, c.before) for c in back.changes
    ]
    assert bool(forth) is (sessions != list(WEEK.sessions))


def test_what_if_shows_both_plans_and_the_terms_that_move() -> None:
    """More time changes the week, and the answer says by how much the goals gain."""
    more = attrs.evolve(PERSON, minutes={"mon": 40, "wed": 30, "thu": 40, "sat": 30})
    answer = what_if(PERSON, more, rules=iter(()))
    assert answer.before == plan_week(PERSON)
    assert answer.after == plan_week(more)
    assert answer.changes == diff(answer.before, answer.after)
    assert answer.changes.changes == diff(answer.before.routine, answer.after.routine).changes
    assert "shortfall -" in str(answer)
    assert isinstance(answer, WhatIf)


def test_what_if_nothing_changes_nothing_changes() -> None:
    """The same circumstances give the same week."""
    answer = what_if(PERSON, PERSON)
    assert not answer.changes
    assert str(answer) == "no change"


def test_a_dose_that_differs_on_one_day_is_seen() -> None:
    """A change of one day's dose, side, barrier or time of day is a difference, told in words."""
    first, *others = WEEK.sessions
    item = first.prescriptions[0]
    seen = set()
    for change in (
        {"equipment": {"mat"}},
        {"barrier": "towel"},
        {"provider": "physical-therapist"},
        {"form": "warm-pack"},
        {"modifications": {"slowly"}},
    ):
        other = attrs.evolve(item, **change)
        session = attrs.evolve(first, prescriptions=[other, *first.prescriptions[1:]])
        found = diff(WEEK, attrs.evolve(WEEK, sessions=[session, *others]))
        assert [one.activity for one in found.changes] == [item.activity]
        assert len(found.changes[0].after) == len(found.changes[0].before) + (len(others) > 0)
        seen.add(str(found))
    assert len(seen) == 5
    later = attrs.evolve(first, time_of_day="evening")
    moved = diff(WEEK, attrs.evolve(WEEK, sessions=[later, *others]))
    assert len(moved.changes) == len(first.prescriptions)
    assert "(evening)" in str(moved)


def test_one_side_is_said() -> None:
    """A dose for one side only is not mistaken for one on both."""
    sided = [
        item for session in WEEK.sessions for item in session.prescriptions if item.side is not None
    ]
    assert sided
    name = sided[0].activity
    left = attrs.evolve(
        WEEK,
        sessions=[
            attrs.evolve(
                session,
                prescriptions=[
                    attrs.evolve(item, side="left") if item.activity == name else item
                    for item in session.prescriptions
                ],
            )
            for session in WEEK.sessions
        ],
    )
    assert "left side" in str(diff(WEEK, left))


def test_two_plans_are_compared_by_their_objective_too() -> None:
    """Terms that stay are left out, and weeks without a plan have none."""
    plan = plan_week(PERSON)
    more = plan_week(attrs.evolve(PERSON, minutes={"mon": 40, "wed": 30, "thu": 40}))
    assert diff(plan, plan).terms == ()
    found = diff(plan, more)
    assert {term.name for term in found.terms} <= {term.name for term in plan.objective}
    assert all(term.value for term in found.terms)
    assert diff(plan, more.routine).terms == ()
