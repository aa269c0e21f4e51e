"""What a plan says of itself: how good it is at least, and when on a day things are done."""

from __future__ import annotations

import re

import attrs
import pytest

from sciatica_pt.codec import dumps, loads
from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model import DoseParameter, GoalKind, Limit, Origin, Technique, TimeOfDay, Weekday
from sciatica_pt.planning import ObjectiveTerm, Plan, WeeklyPlanner, plan_week
from tests.planning.people import PEOPLE, week_for
from tests.planning.synthetic import CITED, catalog, exercise, goal, profile


def values(terms: tuple[ObjectiveTerm, ...]) -> list[tuple[str, int, str]]:
    """Return terms without their meaning."""
    return [(term.name, term.value, term.unit) for term in terms]


@pytest.mark.parametrize("proven", [True, False])
def test_what_a_document_says_of_a_bound_is_kept_as_it_stands(proven: bool) -> None:
    """That nothing is said stays said, for a proven plan too; reading fills nothing in."""
    plan = attrs.evolve(week_for("runner"), proven=proven, bound=())
    assert plan.bound == ()
    assert '"bound":[]' in dumps(plan)
    assert loads(dumps(plan), Plan) == plan


def test_a_proven_plan_is_its_own_bound() -> None:
    """Nothing is better than what is proven the best."""
    plan = week_for("runner")
    assert plan.proven
    assert plan.bound == plan.objective
    assert "Not proven" not in str(plan)
    assert loads(dumps(plan), Plan) == plan


@pytest.mark.parametrize("node_limit", [0, 3, 10, 15])
def test_a_plan_that_is_not_proven_says_how_far_it_can_be_from_the_best(node_limit: int) -> None:
    """The bound has the objective's names and units, and lies at or below the best week."""
    best = week_for("runner")
    early = plan_week(PEOPLE["runner"], planner=WeeklyPlanner(node_limit=node_limit))
    assert not early.proven
    bound = values(early.bound)
    assert [(name, unit) for name, _, unit in bound] == [
        (term.name, term.unit) for term in early.objective
    ]
    assert bound <= values(best.objective) <= values(early.objective)
    text = re.sub(r"\s+", " ", str(early))
    for name, value, unit in bound:
        assert f"{name} {value} {unit}" in text.partition("No week comes below")[2]


def test_a_plan_may_know_nothing_of_its_bound() -> None:
    """A planner without a bound leaves it out, and nothing is said of it."""
    plan = attrs.evolve(week_for("runner"), proven=False, bound=())
    assert plan.bound == ()
    assert "Not proven" in str(plan)
    assert "No week comes below" not in str(plan)


@pytest.mark.parametrize(
    ("proven", "change"),
    [
        (True, -1),
        (False, 1),
    ],
)
def test_a_bound_that_can_not_hold_is_refused(proven: bool, change: int) -> None:
    """What is proven is its own bound, and no bound is worse than the week at hand."""
    plan = week_for("runner")
    first, *rest = plan.objective
    wrong = (attrs.evolve(first, value=first.value + change), *rest)
    with pytest.raises(InvalidValueError, match=r"Plan\.bound"):
        attrs.evolve(plan, proven=proven, bound=wrong)


def test_a_bound_on_other_terms_is_refused() -> None:
    """A bound that speaks of other numbers bounds nothing."""
    plan = week_for("runner")
    with pytest.raises(InvalidValueError, match=r"Plan\.bound"):
        attrs.evolve(plan, proven=False, bound=plan.objective[:-1])


@pytest.mark.parametrize("times", range(1, len(TimeOfDay) + 1))
def test_what_is_done_several_times_a_day_has_a_time_for_each(times: int) -> None:
    """Up to every two hours, each time is a session of its own, and its minutes count."""
    guidance = catalog(
        [exercise("slide", Technique.STRETCHING, seconds=60, times=times)],
        [goal("g", GoalKind.TECHNIQUE_DAYS, Technique.STRETCHING, 7)],
    )
    plan = plan_week(profile(times), guidance=guidance, allow_unscreened=True)
    for day in Weekday:
        on_day = plan.routine.on(day)
        assert len({session.time_of_day for session in on_day}) == len(on_day) == times
    assert plan.explain("slide").seconds == times * 60
    short = plan_week(profile(times - 1), guidance=guidance, allow_unscreened=True)
    assert short.routine.sessions == ()


def test_more_often_than_there_are_times_of_day_is_refused_with_the_guidance() -> None:
    """Guidance can't ask for what no week could hold."""
    with pytest.raises(InvalidValueError, match=f"times per day from 1 to {len(TimeOfDay)}"):
        Limit(
            parameter=DoseParameter.TIMES_PER_DAY,
            minimum=1,
            maximum=len(TimeOfDay) + 1,
            origin=Origin.SYNTHESIS,
            citations=CITED,
        )
