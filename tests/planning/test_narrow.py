"""Weeks from no time at all to three hours every day: always a plan, and more time is no worse."""

from __future__ import annotations

from functools import cache

import attrs
import pytest

from sciatica_pt.model import Phase, Weekday
from sciatica_pt.planning import Plan, plan_week
from sciatica_pt.validation import validate
from tests.planning.people import PEOPLE

_MINUTES = (0, 1, 3, 5, 8, 12, 20, 30, 60, 120, 180)
#: The order in which days become free: from far apart to all of them.
_ORDER = ("mon", "thu", "sat", "tue", "fri", "wed", "sun")
#: How many days are free, of the person of each phase.
_DAYS = {"early": (1, 3, 7), "desk": (2, 5, 7), "runner": (1, 2, 3, 4, 5, 6, 7)}
_CASES = [(name, days) for name, numbers in _DAYS.items() for days in numbers]


@cache
def planned(name: str, days: int, minutes: int) -> Plan:
    """Return the week of a person with so much time on each of so many days."""
    free = dict.fromkeys(_ORDER[:days], minutes)
    return plan_week(attrs.evolve(PEOPLE[name], minutes=free))


def served(plan: Plan) -> tuple[int, int]:
    """Return what the goals miss and what the week takes, to be compared in this order."""
    shortfall, burden, _ = (term.value for term in plan.objective)
    return shortfall, burden


@pytest.mark.parametrize(("name", "days"), _CASES)
def test_there_is_a_week_however_much_time_there_is(name: str, days: int) -> None:
    """It is proven, conforms, keeps to the free minutes, and says so when nothing fits."""
    for minutes in _MINUTES:
        plan = planned(name, days, minutes)
        person = attrs.evolve(PEOPLE[name], minutes=dict.fromkeys(_ORDER[:days], minutes))
        assert plan.proven
        assert validate(plan.routine, profile=person) == plan.report
        assert plan.report.conforms
        assert {item.day for item in plan.routine.sessions} <= {
            Weekday(day) for day in _ORDER[:days]
        }
        for day in Weekday:
            on_day = sum(entry.seconds for entry in plan.trace if day in entry.days)
            assert on_day <= 60 * person.minutes.on(day)
        assert ("No session fits" in str(plan)) is (not plan.routine.sessions)
        assert plan.routine.sessions or minutes <= 1


@pytest.mark.parametrize(("name", "days"), _CASES)
def test_more_minutes_never_serve_the_goals_less(name: str, days: int) -> None:
    """With longer days the week is as good or better, goal points first and time second."""
    found = [served(planned(name, days, minutes)) for minutes in _MINUTES]
    assert found == sorted(found, reverse=True)


@pytest.mark.parametrize("name", PEOPLE)
def test_more_days_never_serve_the_goals_less(name: str) -> None:
    """With one more day of the same length the week is as good or better."""
    for minutes in _MINUTES:
        found = [served(planned(name, days, minutes)) for days in _DAYS[name]]
        assert found == sorted(found, reverse=True)


def test_people_of_each_phase_are_among_them() -> None:
    """What is tried is not only what is offered late."""
    assert {PEOPLE[name].phase for name in _DAYS} == set(Phase)
