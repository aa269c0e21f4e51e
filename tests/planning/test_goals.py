"""Goals and the planner's numbers are data: the guidance's, or what a caller puts in place."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from sciatica_pt.errors import GuidanceError, InvalidValueError
from sciatica_pt.guidance import Catalog, GuidancePack, Replacement, combine, default_guidance
from sciatica_pt.model import GoalKind, Phase, Technique
from sciatica_pt.model.guidelines import PLANNING
from sciatica_pt.planning import Plan, WeeklyPlanner, alternatives, plan_week, replan
from sciatica_pt.planning.objective import Numbers, Objective, goals_for
from sciatica_pt.rules import rules_of
from sciatica_pt.validation import validate
from tests.planning.people import PEOPLE
from tests.planning.synthetic import catalog, exercise, goal, profile

DEFAULT = default_guidance()
LIKING = attrs.evolve(PEOPLE["desk"], likes={"walking", "bridge"})


def layered(**fields: Any) -> Catalog:
    """Return the bundled guidance with a pack of a caller's on top."""
    named = [item for items in fields.values() for item in items]
    ids = [getattr(item, "id", None) or item.name for item in named]
    pack = GuidancePack(
        id="mine",
        version="1",
        title="Mine",
        summary="It says what I want.",
        replacements=[Replacement(id=name, reason="I want it so.") for name in ids],
        **fields,
    )
    return combine(*DEFAULT.packs, pack)


def numbers(**values: int) -> Catalog:
    """Return the bundled guidance with other numbers for the planner."""
    return layered(
        planning=[
            attrs.evolve(DEFAULT.planning[name.replace("_", "-")], value=value)
            for name, value in values.items()
        ]
    )


def term(plan: Plan, name: str) -> int:
    """Return a number of a plan's objective."""
    return next(item.value for item in plan.objective if item.name == name)


def test_a_goal_that_a_pack_replaces_is_the_one_that_counts() -> None:
    """Target and weight are the caller's, and the week's reasons name them."""
    mine = attrs.evolve(DEFAULT.goals["goal-aerobic-minutes"], target=1000, weight=7)
    guidance = layered(goals=[mine])
    plan = plan_week(PEOPLE["runner"], guidance=guidance)
    assert plan.proven
    served = [goal for entry in plan.trace for goal in entry.goals if goal.goal == mine.id]
    assert served
    assert {goal.target for goal in served} == {1000}


def test_a_goal_without_weight_no_longer_counts() -> None:
    """A pack can lift a goal of one that stands below it."""
    lifted = [attrs.evolve(item, weight=0) for item in DEFAULT.goals.values()]
    guidance = layered(goals=lifted)
    assert all(goals_for(guidance, phase) == () for phase in Phase)
    # Nothing is left to be done for its own sake; what rules want of a week remains.
    plan = plan_week(PEOPLE["desk"], guidance=guidance)
    assert term(plan, "shortfall") == 0
    assert plan.routine.sessions == ()


@pytest.mark.parametrize("percent", [0, 30, 100])
def test_what_is_liked_counts_as_the_guidance_says_or_as_the_caller_does(percent: int) -> None:
    """A number in a pack and the same one as an argument give the same week."""
    by_pack = plan_week(LIKING, guidance=numbers(liked_percent=percent))
    by_caller = plan_week(LIKING, planner=WeeklyPlanner(liked_percent=percent))
    assert by_pack.objective == by_caller.objective
    assert by_pack.routine.sessions == by_caller.routine.sessions
    seconds = sum(
        entry.seconds * len(entry.days) * (percent if entry.activity in LIKING.likes else 100)
        for entry in by_pack.trace
    )
    assert term(by_pack, "burden") == seconds // 100


def test_the_bundled_numbers_are_the_guidance_s() -> None:
    """What the planner does without being told is what a pack says, with its source."""
    assert set(DEFAULT.planning) == set(PLANNING)
    for number in DEFAULT.planning.values():
        assert number.citations
    said = {name.replace("-", "_"): number.value for name, number in DEFAULT.planning.items()}
    assert plan_week(LIKING) == plan_week(LIKING, planner=WeeklyPlanner(**said))


def test_without_numbers_nothing_is_changed_by_them() -> None:
    """Guidance that says nothing gives likes no discount, books minutes and caps nothing."""
    bare = catalog([exercise("pull", Technique.STRETCHING)])
    objective = Numbers().objective(bare, profile(10, likes={"pull"}))
    assert objective == Objective(goals=(), likes=frozenset({"pull"}))
    assert (objective.liked_percent, objective.slot_minutes, objective.most_activities) == (
        100,
        1,
        7,
    )


@pytest.mark.parametrize("percent", [20, 100])
def test_a_week_is_replanned_with_the_numbers_it_was_planned_with(percent: int) -> None:
    """The objective of a week that nothing is asked of is the one it had, term by term."""
    guidance, planner = numbers(liked_percent=percent), WeeklyPlanner(liked_percent=percent)
    ways: list[Any] = [{"guidance": guidance}, {"planner": planner}]
    for options in ways:
        plan = plan_week(LIKING, **options)
        again = replan(plan, profile=LIKING, **options).plan
        assert {item.name: item.value for item in again.objective} == {
            "changes": 0,
            "shortfall": term(plan, "shortfall"),
            "burden": term(plan, "burden"),
            "scatter": term(again, "scatter"),
            "evenness": term(plan, "evenness"),
        }


def test_alternatives_are_judged_with_the_same_numbers() -> None:
    """What the planner discounts is discounted in what could stand in, too."""
    planner = WeeklyPlanner(liked_percent=0)
    liking = attrs.evolve(PEOPLE["runner"], likes=set(DEFAULT.activities))
    plan = plan_week(liking, planner=planner)
    assert term(plan, "burden") == 0
    found = alternatives(plan, "bridge", profile=liking, planner=planner)
    assert found
    assert all(term(item.plan, "burden") == 0 for item in found)


def test_time_is_booked_in_slots_of_the_guidance_s_length() -> None:
    """With longer slots no day holds more blocks than slots, and the week still conforms."""
    guidance = numbers(slot_minutes=15)
    plan = plan_week(PEOPLE["desk"], guidance=guidance)
    assert plan.proven
    for session in plan.routine.sessions:
        kinds = {guidance.activities[item.activity].technique for item in session.prescriptions}
        assert len(kinds) <= PEOPLE["desk"].minutes.on(session.day) // 15
    assert validate(plan.routine, profile=PEOPLE["desk"], guidance=guidance).conforms


def test_what_no_rule_caps_is_capped_by_the_guidance_s_number() -> None:
    """Refilling a week adds no more activities of an uncapped technique than that."""
    pulls = [exercise(name, Technique.STRETCHING) for name in ("pull", "reach", "bend")]
    goals = [goal("g", GoalKind.DISTINCT_ACTIVITIES, Technique.STRETCHING, 3)]
    guidance = catalog(pulls, goals)
    who = profile(30)
    options: Any = {
        "guidance": guidance,
        "rules": rules_of(guidance).without("TRY505"),
        "allow_unscreened": True,
    }
    empty = attrs.evolve(plan_week(who, **options).routine, sessions=())
    for most in (1, 2, 3):
        planner = WeeklyPlanner(most_activities=most)
        plan = replan(empty, profile=who, improve=True, planner=planner, **options).plan
        held = {item.activity for week in plan.routine.sessions for item in week.prescriptions}
        assert len(held) == most


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("liked-procent", 50, 'mean "liked-percent"'),
        ("liked-percent", 101, "percent from 0 to 100"),
        ("slot-minutes", 0, "minutes from 1 to 120"),
    ],
)
def test_a_number_that_no_planner_could_use_is_refused(name: str, value: int, says: str) -> None:
    """With the guidance, and not when a week is planned."""
    number = attrs.evolve(DEFAULT.planning["liked-percent"], name=name, value=value)
    pack = GuidancePack(
        id="mine",
        version="1",
        title="Mine",
        summary="It is wrong.",
        planning=[number],
        replacements=[Replacement(id=name, reason="Wrong.")] if name in DEFAULT.planning else [],
    )
    with pytest.raises(GuidanceError, match=says):
        combine(*DEFAULT.packs, pack)


@pytest.mark.parametrize(
    "wrong", [{"liked_percent": -1}, {"slot_minutes": 0}, {"most_activities": 0}]
)
def test_a_planner_with_a_number_that_can_not_be_is_not_made(wrong: dict[str, int]) -> None:
    """An argument is held to the same bounds as the guidance."""
    with pytest.raises(InvalidValueError, match=next(iter(wrong)).replace("_", "-")):
        WeeklyPlanner(**wrong)
