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
    assert answer.changes == diff(answer.before.routine, answer.after.routine)
    assert "shortfall: " in str(answer)
    assert isinstance(answer, WhatIf)


def test_what_if_nothing_changes_nothing_changes() -> None:
    """The same circumstances give the same week."""
    answer = what_if(PERSON, PERSON)
    assert not answer.changes
    assert str(answer) == "no change"
