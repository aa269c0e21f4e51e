"""Changes to a week, and what is read off it."""

from __future__ import annotations

import attrs

import sciatica_pt as spt
from sciatica_pt.model import Continuous, Weekday
from sciatica_pt.progression.editing import (
    activities_of,
    days_of,
    dropped,
    most_days,
    refreshed,
    swapped,
)

from .made import person, week_of

GUIDANCE = spt.default_guidance()
SHORT = Continuous(duration_seconds=600, effort=3)
LONG = Continuous(duration_seconds=1200, effort=3)
HARD = Continuous(duration_seconds=600, effort=4)


def test_an_activity_counts_as_it_asks_the_least() -> None:
    """Of an activity with several doses the shortest counts, of equal ones the first; by name."""
    for doses, wanted in (
        ((LONG, SHORT), SHORT),
        ((SHORT, LONG), SHORT),
        ((SHORT, HARD), SHORT),
        ((HARD, SHORT), HARD),
    ):
        weeks = [
            week_of(("walking", dose), ("cycling-stationary", dose), days=(day,))
            for dose, day in zip(doses, ("mon", "tue"), strict=True)
        ]
        week = attrs.evolve(weeks[0], sessions=(*weeks[0].sessions, *weeks[1].sessions))
        found = activities_of(week)
        assert [day.day for day in week.sessions] == [Weekday.MON, Weekday.TUE]
        assert found["walking"].dose == wanted
        assert list(found) == sorted(found)


def test_days_are_by_name() -> None:
    """The days of each activity are read off by name, in whatever order they come."""
    week = week_of(("walking", SHORT), ("cycling-stationary", SHORT))
    assert list(days_of(week)) == ["cycling-stationary", "walking"]


def test_what_is_dropped_is_nowhere() -> None:
    """An activity that goes is in no session and no habit, and a session without work goes too."""
    week = week_of(("walking", SHORT))
    assert dropped(week, "walking").sessions == ()
    assert dropped(week, "walking").habits == week.habits
    habit = week.habits[0].activity
    left = dropped(week, habit)
    assert left == attrs.evolve(week, habits=week.habits[1:])


def test_what_takes_a_place_has_days_of_its_own() -> None:
    """Another activity comes on as many days as it may, the first ones, and as often a day."""
    week = week_of(("walking", SHORT), days=("mon", "tue", "wed", "thu"))
    twice = attrs.evolve(
        week,
        sessions=[
            attrs.evolve(session, time_of_day=time)
            for session in week.sessions
            for time in ("morning", "midday", "evening")
        ],
    )
    (item,) = week_of(("cycling-stationary", LONG), days=("mon",)).sessions[0].prescriptions
    for days in (1, 2, 4, 7):
        for times in (1, 2):
            found = swapped(twice, "walking", item, days=days, times=times)
            assert [session.day for session in found.sessions] == [
                day for day in list(Weekday)[: min(days, 4)] for _ in range(times)
            ]
            assert {x for session in found.sessions for x in session.prescriptions} == {item}


def test_a_change_goes_when_its_reason_is_known_to_be_gone() -> None:
    """What a condition asked for stays while the condition is there or nobody knows."""
    restriction = next(
        item
        for found in GUIDANCE.restrictions.values()
        for item in found
        if item.when.kind is spt.FactKind.CONDITION
    )
    week = week_of(("walking", SHORT))
    changed = attrs.evolve(
        week,
        sessions=[
            attrs.evolve(
                session,
                prescriptions=[
                    attrs.evolve(item, modifications=frozenset({restriction.id}))
                    for item in session.prescriptions
                ],
            )
            for session in week.sessions
        ],
    )
    free = person()
    assert refreshed(changed, free, GUIDANCE) == week
    unknown = attrs.evolve(free, others_ruled_out=False)
    there = attrs.evolve(free, conditions=frozenset({restriction.when.value}))
    for who, known in ((free, False), (unknown, None), (there, True)):
        assert who.knows(restriction.when) is known
        assert refreshed(changed, who, GUIDANCE) == (week if known is False else changed)


def test_how_often_something_may_be_done() -> None:
    """The most days a week and the usual times a day are those of the phase; else each day once."""
    week = week_of(("walking", SHORT))
    for name in ("walking", "short-bout-walking", "bridge"):
        offer = GUIDANCE.range(name, week.phase)
        assert offer is not None
        days = offer.limit(spt.DoseParameter.DAYS_PER_WEEK)
        times = offer.limit(spt.DoseParameter.TIMES_PER_DAY)
        assert days is not None
        assert times is not None
        assert most_days(GUIDANCE, name, week) == (days.maximum, times.first)
    acute = attrs.evolve(week, phase=spt.Phase.ACUTE)
    assert GUIDANCE.range("plank", acute.phase) is None
    assert most_days(GUIDANCE, "plank", acute) == (7, 1)
