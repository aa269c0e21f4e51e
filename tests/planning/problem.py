"""The weekly problem as numbers, read from guidance and rules without the search's help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from sciatica_pt.guidance import Catalog
from sciatica_pt.model import (
    DoseParameter,
    Exercise,
    GoalKind,
    Habit,
    Phase,
    Profile,
    Routine,
    RuleSpec,
    Severity,
    Technique,
    Weekday,
    WeeklyGoal,
    dose_seconds,
)
from sciatica_pt.planning.candidates import Candidate, consider
from sciatica_pt.planning.drafting import Drafter
from sciatica_pt.planning.objective import Objective, goals_for
from sciatica_pt.planning.rungs import choose_rungs
from sciatica_pt.rules import Context, Rule, RuleSet, choose_rules

__all__ = ["Problem", "Schedule", "Vector", "Work", "drafter_for", "problem_of", "schedule_of"]

Vector = tuple[int, int, int]
#: The days on which each activity is done, by its id.
Schedule = Mapping[str, frozenset[int]]

#: What the planner assumes of a technique that no block-size rule speaks of.
UNRULED_BLOCK = 3
#: The most aerobic activities that alternate in a week.
ALTERNATIVES = 3


@attrs.frozen(kw_only=True)
class Work:
    """What one activity is to the weekly problem.

    Attributes:
        id: the activity's id, with its seconds where the dose is a shorter one.
        activity: the activity's id.
        technique: its technique.
        seconds: its seconds on a day.
        active: the seconds of these in which it is done, without getting ready.
        price: what a day of it adds to the burden, in hundredths of a second.
        least: the least days a week, if any.
        most: the most days a week.
        muscles: the muscles that it works.
    """

    id: str
    activity: str
    technique: Technique
    seconds: int
    active: int
    price: int
    least: int
    most: int
    muscles: frozenset[str]


@attrs.frozen(kw_only=True)
class Problem:
    """The weekly problem of one person.

    Attributes:
        works: the activities.
        minutes: the minutes free on each day, Monday first.
        slot_minutes: the length of a slot.
        rules: the rules made from data.
        goals: the goals of the phase.
        phase: the phase.
        kept_up: the techniques of the habits, which are in every week.
        times: how many times each activity is done on each of its days, by id.
    """

    works: tuple[Work, ...]
    minutes: tuple[int, ...]
    slot_minutes: int
    rules: tuple[RuleSpec, ...]
    goals: tuple[WeeklyGoal, ...]
    phase: Phase
    kept_up: frozenset[Technique]
    times: Mapping[str, int]

    def of(self, technique: Technique) -> tuple[Work, ...]:
        """Return the activities of a technique."""
        return tuple(work for work in self.works if work.technique is technique)

    def specs(self, check: str) -> tuple[RuleSpec, ...]:
        """Return the rules of a check that hold in the phase."""
        return tuple(
            spec
            for spec in self.rules
            if spec.check == check and (not spec.phases or self.phase in spec.phases)
        )

    def block_size(self, technique: Technique) -> int:
        """Return the most activities of a technique in a block."""
        sizes = [
            spec.number("maximum-activities")
            for spec in self.specs("block-size")
            if technique in spec.techniques
        ]
        return min(sizes, default=UNRULED_BLOCK)

    def slots(self, seconds: int) -> int:
        """Return the slots that so many seconds book, a begun one counted as whole."""
        slot = self.slot_minutes * 60
        return seconds // slot + (seconds % slot > 0)

    def booked(self, schedule: Schedule) -> list[int]:
        """Return the slots booked on each day, a technique's activities of a day as one block."""
        return [
            sum(
                self.slots(sum(w.seconds for w in self.of(kind) if day in schedule.get(w.id, ())))
                for kind in Technique
            )
            for day in range(7)
        ]

    def reached(self, goal: WeeklyGoal, schedule: Schedule) -> int:
        """Return how far a week comes with a goal."""
        mine = [
            (work, len(schedule[work.id]))
            for work in self.works
            if goal.technique in (None, work.technique) and schedule.get(work.id)
        ]
        if goal.kind is GoalKind.MUSCLE_EXPOSURES:
            return sum(days for work, days in mine if goal.muscle in work.muscles)
        if goal.kind is GoalKind.DISTINCT_ACTIVITIES:
            return len(mine)
        if goal.kind is GoalKind.MINUTES:
            return sum(work.active * days for work, days in mine) // 60
        return len({day for work, _ in mine for day in schedule[work.id]})

    def vector(self, schedule: Schedule) -> Vector:
        """Return shortfall, burden and evenness of a week."""
        shortfall = sum(
            goal.weight * max(0, goal.target - self.reached(goal, schedule)) for goal in self.goals
        )
        burden = sum(work.price * len(schedule.get(work.id, ())) for work in self.works)
        return shortfall, burden, sum(slots**2 for slots in self.booked(schedule))


def drafter_for(
    person: Profile,
    guidance: Catalog,
    *,
    rules: tuple[Rule, ...] | RuleSet = (),
    liked_percent: int = 50,
    slot_minutes: int = 1,
    shortening_seconds: int = 0,
) -> Drafter:
    """Return what the search is given for a person."""
    chosen = choose_rules(guidance, rules).for_phase(person.phase)
    context = Context(catalog=guidance, profile=person, phase=person.phase)
    considered = [
        consider(guidance.activities[name], context, chosen, person)
        for name in sorted(guidance.activities)
    ]
    kept, _ = choose_rungs(
        [item for item in considered if isinstance(item, Candidate)],
        context,
        chosen,
        step=shortening_seconds,
    )
    return Drafter(
        context=context,
        rules=chosen,
        objective=Objective(
            goals=goals_for(guidance, person.phase),
            likes=person.likes,
            liked_percent=liked_percent,
            slot_minutes=slot_minutes,
            most_activities=ALTERNATIVES,
            shortening_seconds=shortening_seconds,
        ),
        habits=tuple(item.prescription for item in kept if isinstance(item.activity, Habit)),
        candidates=tuple(item for item in kept if not isinstance(item.activity, Habit)),
        unscreened=True,
    )


def _doses(drafter: Drafter) -> Iterator[tuple[Candidate, int, int]]:
    """Yield each activity with the seconds of each dose and what is cut off it a day."""
    step = drafter.objective.shortening_seconds
    for candidate in drafter.candidates:
        whole = dose_seconds(candidate.prescription.dose)
        yield candidate, whole, 0
        limit = candidate.dose_range.limit(DoseParameter.DURATION_SECONDS)
        if step and candidate.activity.technique is Technique.AEROBIC and limit is not None:
            for cut in range(step, whole - limit.minimum + 1, step):
                yield candidate, whole - cut, cut * candidate.times


def problem_of(drafter: Drafter) -> Problem:
    """Return the problem that a drafter poses."""
    person = drafter.context.profile
    assert person is not None
    catalog = drafter.context.catalog
    # Less often than advised is wrong only where a rule makes an error of it.
    strict = any(
        rule.severity is Severity.ERROR and catalog.rules[code].check == "days-per-week-least"
        for code, rule in drafter.rules.items()
        if code in catalog.rules
    )
    works = []
    times: dict[str, int] = {}
    for candidate, dose, cut in _doses(drafter):
        activity = candidate.activity
        active = dose * candidate.times
        setup = candidate.dose_range.limit(DoseParameter.SETUP_SECONDS)
        seconds = active + (0 if setup is None else setup.first * candidate.times)
        name = f"{activity.id}@{dose}" if cut else activity.id
        times[name] = candidate.times
        days = candidate.dose_range.limit(DoseParameter.DAYS_PER_WEEK)
        assert days is not None
        liked = activity.id in person.likes
        works.append(
            Work(
                id=name,
                activity=activity.id,
                technique=activity.technique,
                seconds=seconds,
                active=active,
                price=(seconds + 2 * cut) * (drafter.objective.liked_percent if liked else 100),
                least=days.minimum if strict else 1,
                most=days.maximum,
                muscles=activity.muscles if isinstance(activity, Exercise) else frozenset(),
            )
        )
    codes = set(drafter.rules)
    return Problem(
        works=tuple(works),
        minutes=tuple(person.minutes.on(day) for day in Weekday),
        slot_minutes=drafter.objective.slot_minutes,
        rules=tuple(spec for code, spec in catalog.rules.items() if code in codes),
        goals=tuple(
            goal for goal in catalog.goals.values() if drafter.context.phase in goal.phases
        ),
        phase=drafter.context.phase,
        kept_up=frozenset(catalog.activities[habit.activity].technique for habit in drafter.habits),
        times=times,
    )


def schedule_of(routine: Routine, problem: Problem) -> Schedule:
    """Return on which days each work of a problem is done in a routine."""
    days: dict[str, set[int]] = {}
    for session in routine.sessions:
        for item in session.prescriptions:
            (name,) = (
                work.id
                for work in problem.works
                if work.activity == item.activity
                and work.active == dose_seconds(item.dose) * problem.times[work.id]
            )
            days.setdefault(name, set()).add(list(Weekday).index(session.day))
    return {name: frozenset(found) for name, found in days.items()}
