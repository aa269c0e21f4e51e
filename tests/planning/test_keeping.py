"""What of a week is kept when guidance, time, rules or the budget of the search are others."""

from __future__ import annotations

import attrs
import pytest

from sciatica_pt.guidance import default_guidance
from sciatica_pt.model import GoalKind, Hold, Outcome, RuleSpec, Technique, Weekday
from sciatica_pt.planning import NoConformingPlan, plan_week, replan
from sciatica_pt.planning._desk import days_now
from sciatica_pt.rules import Context, DeclarativeRule, Item, Verdict, rules_of
from sciatica_pt.validation import validate
from tests.planning.people import PEOPLE, placed, week_for
from tests.planning.synthetic import catalog, exercise, goal, profile, rule
from tests.planning.test_edits import terms


def test_an_activity_that_guidance_no_longer_knows_is_dropped_from_its_days() -> None:
    """What is unknown, and what has lost its doses, can't be kept; the rest stays."""
    both = [exercise("pull", Technique.STRETCHING), exercise("reach", Technique.STRETCHING)]
    who = profile(30)
    goals = [goal("g", GoalKind.DISTINCT_ACTIVITIES, Technique.STRETCHING, 2)]
    before = plan_week(who, guidance=catalog(both, goals), allow_unscreened=True)
    assert set(placed(before)) == {"pull", "reach"}
    for fewer in (both[:1], [both[0], attrs.evolve(both[1], doses=())]):
        answer = replan(before, profile=who, guidance=catalog(fewer, goals), allow_unscreened=True)
        assert placed(answer.plan) == {"pull": placed(before)["pull"]}
        assert terms(answer)["changes"] == len(placed(before)["reach"])


def test_doses_that_differ_from_day_to_day_are_kept_as_they_are() -> None:
    """A harder Thursday than Monday is no slip to be evened out."""
    before, who = week_for("desk").routine, PEOPLE["desk"]
    stretch, days = next(
        item for item in days_now(before).items() if item[0].startswith("hamstring")
    )
    last = max(days, key=lambda day: day.order)
    assert len(days) > 1
    dose = Hold(sets=3, hold_seconds=10, rest_seconds=10, per_side=True)
    sessions = [
        attrs.evolve(
            session,
            prescriptions=[
                attrs.evolve(item, dose=dose)
                if item.activity == stretch and session.day is last
                else item
                for item in session.prescriptions
            ],
        )
        for session in before.sessions
    ]
    week = attrs.evolve(before, sessions=sessions)
    assert week != before
    assert replan(week, profile=who).plan.routine == week


def test_without_a_rule_about_time_no_day_is_too_short() -> None:
    """Only a rule keeps a day within the person's time; without it the week stays as it is."""
    hurried = attrs.evolve(PEOPLE["desk"], minutes={"mon": 5, "wed": 5, "thu": 5})
    rules = rules_of(default_guidance()).without("SPT503")
    assert not replan(week_for("desk"), profile=hurried, rules=rules).changes


def test_a_rule_of_data_that_looks_at_the_day_still_turns_a_week_down() -> None:
    """A check that could not be asked before there was a day is not overheard at the end."""

    def not_on_monday(spec: RuleSpec, subject: object, context: Context) -> list[Verdict]:
        del spec, context
        assert isinstance(subject, Item)
        monday = subject.day is Weekday.MON
        return [Verdict(outcome=Outcome.FAIL if monday else Outcome.PASS, message="not today")]

    mine = DeclarativeRule(spec=rule("MINE001", "dislikes"), function=not_on_monday)
    with pytest.raises(NoConformingPlan) as caught:
        replan(week_for("desk"), profile=PEOPLE["desk"], rules=[mine])
    assert {finding.code for finding in caught.value.findings} == {"MINE001"}


def test_more_budget_never_loses_more() -> None:
    """Wherever the search is cut, the week is sound, and looking further only keeps more."""
    hurried = attrs.evolve(PEOPLE["desk"], minutes={"mon": 20, "wed": 12, "thu": 20})
    lost: list[int] = []
    for limit in range(8):
        plan = replan(week_for("desk"), profile=hurried, node_limit=limit).plan
        assert validate(plan.routine, profile=hurried).conforms
        lost.append(terms(plan)["changes"])
    assert lost == sorted(lost, reverse=True)
