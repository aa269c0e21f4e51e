"""What could stand in for an activity, each verified by planning the week with it."""

from __future__ import annotations

from typing import Unpack

import attrs

from sciatica_pt.errors import GuidanceError
from sciatica_pt.guidance import unknown_word
from sciatica_pt.model.activities import Habit
from sciatica_pt.model.constraints import ID, Each, Instance, Text, Whole, as_tuple, checked
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.routine import Routine
from sciatica_pt.planning._desk import Case, days_now
from sciatica_pt.planning._words import duration_words
from sciatica_pt.planning.compare import RoutineDiff, diff, difference
from sciatica_pt.planning.edits import Forbid, Pin
from sciatica_pt.planning.objective import ObjectiveTerm, reached
from sciatica_pt.planning.plan import NoConformingPlan, Plan
from sciatica_pt.planning.replanning import (
    ReplanOptions,
    Solved,
    known_options,
    numbers_of,
    solve_case,
)
from sciatica_pt.planning.requests import request_for

__all__ = ["Alternative", "GoalChange", "alternatives"]

_GOAL_UNITS = Whole("its kind's unit", 0, 1_000_000)


@attrs.frozen(kw_only=True, field_transformer=checked)
class GoalChange:
    """How far a goal is reached in one week and in another.

    Attributes:
        goal: the goal's id.
        target: how much is wanted, in the unit of the goal's kind.
        before: how much the one week reaches.
        after: how much the other reaches.
    """

    goal: str = attrs.field(validator=ID)
    target: int = attrs.field(validator=_GOAL_UNITS)
    before: int = attrs.field(validator=_GOAL_UNITS)
    after: int = attrs.field(validator=_GOAL_UNITS)

    def __str__(self) -> str:
        return f"{self.goal}: {self.before} -> {self.after} of {self.target}"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Alternative:
    """An activity that can stand in for another, and the week with it.

    Attributes:
        activity: the activity's id.
        name: its plain name.
        seconds: how much longer the week takes with it, in seconds; below zero is shorter.
        goals: the goals that the week reaches further or less far.
        terms: the objective less that of the week as it is, term by term.
        changes: what differs from the week as it is.
        plan: the week with it.
    """

    activity: str = attrs.field(validator=ID)
    name: str = attrs.field(validator=Text("a name"))
    seconds: int = attrs.field(validator=Whole("seconds", -604_800, 604_800))
    goals: tuple[GoalChange, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(GoalChange), unique="goal")
    )
    terms: tuple[ObjectiveTerm, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(ObjectiveTerm), unique="name")
    )
    changes: RoutineDiff = attrs.field(validator=Instance(RoutineDiff))
    plan: Plan = attrs.field(validator=Instance(Plan))

    def __str__(self) -> str:
        longer = f"{duration_words(abs(self.seconds))} {'longer' if self.seconds > 0 else 'less'}"
        time = longer if self.seconds else "no longer and no shorter"
        goals = "; ".join(str(change) for change in self.goals) or "no goal changes"
        return f"{self.name} ({self.activity}): the week takes {time}; {goals}"


def alternatives(
    before: Plan | Routine,
    activity: str,
    *,
    profile: Profile,
    **options: Unpack[ReplanOptions],
) -> tuple[Alternative, ...]:
    """Return what could stand in for an activity of a week, the best first.

    Each is an activity of the same technique that the week does not hold yet.
    The week is planned again without the one and with the other, with as much of the rest kept
    as rules allow; what rules forbid is no alternative.
    A habit has none, since habits do not take each other's time.

    Args:
        before: the week.
        activity: id of the activity to do without.
        profile: what is known of the person.
        options: see `ReplanOptions`.

    Raises:
        GuidanceError: the guidance or the profile's words don't fit, or the week has no such
            activity.
        ReferralRequired: a red flag is present.
        ScreeningIncomplete: red-flag questions are open, and nobody consented.
        NoConformingPlan: the week can't be kept under the rules as it is.

    >>> from sciatica_pt.model import Screening
    >>> from sciatica_pt.planning import plan_week
    >>> person = Profile(
    ...     phase="chronic",
    ...     minutes={"mon": 40, "wed": 40, "fri": 40},
    ...     not_provoked_by={"walking", "standing", "sitting"},
    ...     screening=Screening.clear(by="clinician"),
    ... )
    >>> plan = plan_week(person)
    >>> [item.activity for item in alternatives(plan, "bridge", profile=person)][:1]
    ['low-bridge']
    """
    known_options(options)
    request = request_for(
        profile,
        options.get("guidance"),
        options.get("rules"),
        allow_unscreened=options.get("allow_unscreened", False),
    )
    routine = before.routine if isinstance(before, Plan) else before
    case = Case(request=request, profile=profile, before=routine, numbers=numbers_of(options))
    now = days_now(routine)
    held = {*now, *(item.activity for item in routine.habits)} & set(request.guidance.activities)
    if activity not in held:
        raise GuidanceError(
            "the week has no such activity",
            [unknown_word("$", "an activity of the week that", activity, held)],
        )
    base = solve_case(case, (), options)
    if not isinstance(base, Solved):
        raise NoConformingPlan(base)
    known = request.guidance.activities
    found = [
        _alternative(case, base, solved, item.id, item.name)
        for item in known.values()
        if item.technique is known[activity].technique
        and not isinstance(item, Habit)
        and not isinstance(known[activity], Habit)
        and item.id not in held
        for solved in [
            solve_case(case, [Forbid(activity=activity), Pin(activity=item.id)], options)
        ]
        if isinstance(solved, Solved)
    ]
    return tuple(sorted(found, key=lambda item: (_values(item.terms), item.activity)))


def _values(terms: tuple[ObjectiveTerm, ...]) -> tuple[int, ...]:
    return tuple(term.value for term in terms)


def _alternative(case: Case, base: Solved, solved: Solved, activity: str, name: str) -> Alternative:
    plan = solved.plan()
    before, after = base.week, solved.week
    goals = [
        GoalChange(
            goal=goal.id,
            target=goal.target,
            before=reached(goal, before),
            after=reached(goal, after),
        )
        for goal in solved.desk.drafter.objective.goals
    ]
    return Alternative(
        activity=activity,
        name=name,
        seconds=_seconds(solved) - _seconds(base),
        goals=[change for change in goals if change.before != change.after],
        terms=difference(solved.terms, base.terms),
        changes=diff(case.before, plan.routine),
        plan=plan,
    )


def _seconds(solved: Solved) -> int:
    return sum(block.seconds * len(block.days) for block in solved.week)
