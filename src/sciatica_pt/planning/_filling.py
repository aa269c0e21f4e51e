"""Refilling a week: the best additions that reach its goals again, one block a technique."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

import attrs

from sciatica_pt.model.activities import Exercise
from sciatica_pt.model.guidelines import WeeklyGoal
from sciatica_pt.model.vocabulary import GoalKind, Technique, Weekday
from sciatica_pt.planning._desk import Desk, Schedule, Vector, week_of
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.planning.objective import SECONDS_A_MINUTE, reached
from sciatica_pt.rules import Rule, days_apart, specs_of

__all__ = ["Budget", "fill"]

_HOURS_A_DAY = 24
_MANY = 1_000
#: At most so many activities of a technique that no rule caps are added.
_UNRULED = 2


@attrs.define
class Budget:
    """How much more may be looked at.

    Attributes:
        left: nodes left; below zero once it ran out.
    """

    left: int

    def spend(self) -> bool:
        """Return whether one more node may be looked at."""
        self.left -= 1
        return self.left >= 0


@attrs.frozen(kw_only=True)
class _Extra:
    """Activities that might be added together, on so many days.

    Attributes:
        group: the activities; none for adding nothing.
        count: on how many days.
        gain: how many points of shortfall they can make good at most.
        burden: what they cost, in the objective's unit.
    """

    group: tuple[Candidate, ...] = ()
    count: int = 0
    gain: int = 0
    burden: int = 0


@attrs.define(kw_only=True)
class _Best:
    vector: Vector | None
    schedule: Schedule | None


def fill(
    desk: Desk, base: Schedule, *, wanting: Rule | None, budget: Budget
) -> tuple[Vector, Schedule] | None:
    """Return the best additions to a week, with the objective's vector.

    Args:
        desk: what is decided over.
        base: the week without additions.
        wanting: a rule that the week breaks and that may want something added, so that the week is
            no answer by itself; `None` when it breaks none.
        budget: how much may be looked at; when it runs out, the best so far is returned.
    """
    best = _Best(vector=None, schedule=None)
    if wanting is None:
        best = _Best(vector=desk.vector(base), schedule=base)
    if wanting is not None or desk.aim.shortfall(week_of(base)):
        _Filler(desk=desk, base=base, wanting=wanting, budget=budget, best=best).run()
    if best.vector is None or best.schedule is None:
        return None
    return best.vector, best.schedule


@attrs.define(kw_only=True, slots=False)
class _Filler:
    desk: Desk
    base: Schedule
    wanting: Rule | None
    budget: Budget
    best: _Best

    def run(self) -> None:
        """Look for the best additions."""
        turns = [
            extras
            for technique in Technique
            # Kinds of aerobic work alternate, so two of them may be added on days of their own.
            for extras in [self._extras(technique)] * (2 if technique is Technique.AEROBIC else 1)
            if len(extras) > 1
        ]
        most = [max(extra.gain for extra in extras) for extras in turns]
        hopes = [sum(most[turn:]) for turn in range(len(turns) + 1)]
        week = week_of(self.base)
        self._dive(
            turns, hopes, dict(self.base), self.desk.aim.shortfall(week), self.desk.aim.burden(week)
        )

    def _dive(
        self,
        turns: list[list[_Extra]],
        hopes: list[int],
        schedule: Schedule,
        shortfall: int,
        burden: int,
    ) -> None:
        if not turns:
            self._weigh(schedule)
            return
        for extra in turns[0]:
            hoped = max(0, shortfall - extra.gain - hopes[1])
            if self.best.vector is not None and hoped > self.best.vector[0]:
                break  # The rest gain no more.
            if self.best.vector is not None and (
                (hoped, burden + extra.burden) > self.best.vector[:2]
            ):
                continue
            for larger in self._ways(extra, schedule):
                if not self.budget.spend():
                    return
                self._dive(
                    turns[1:], hopes[1:], larger, shortfall - extra.gain, burden + extra.burden
                )

    def _weigh(self, schedule: Schedule) -> None:
        vector = self.desk.vector(schedule)
        if self.best.vector is not None and vector >= self.best.vector:
            return
        # The rule that wants more is asked first, since it turns most of these weeks down.
        first = () if self.wanting is None else (self.wanting,)
        if not self.desk.broken(schedule, (*first, *self.desk.hard)):
            self.best.vector, self.best.schedule = vector, schedule

    def _extras(self, technique: Technique) -> list[_Extra]:
        """Return what might be added of a technique, the most useful first; nothing is last."""
        gains = _Gains.of(self.desk, self.base, technique)
        able = [
            item
            for item in self.desk.pool.values()
            if item.activity.technique is technique
            and (self.wanting is not None or gains.useful(item))
        ]
        extras = [
            _Extra(
                group=group,
                count=count,
                gain=gain,
                burden=sum(self.desk.aim.cost(item) for item in group) * count,
            )
            for size in range(1, self._most(technique) + 1)
            for group in combinations(able, size)
            for count in range(1, len(Weekday) + 1)
            if (gain := gains.most(group, count)) or self.wanting is not None
        ]
        return [*sorted(extras, key=lambda extra: (-extra.gain, extra.burden)), _Extra()]

    def _most(self, technique: Technique) -> int:
        """Return the most activities of a technique on a day."""
        if technique is Technique.AEROBIC:
            return 1
        return min(
            (
                spec.number("maximum-activities")
                for spec in specs_of(self.desk.drafter.rules, "block-size")
                if technique in spec.techniques
            ),
            default=_UNRULED,
        )

    def _ways(self, extra: _Extra, schedule: Schedule) -> Iterator[Schedule]:
        """Yield the weeks with something added, for each choice of days that has room."""
        if not extra.group:
            yield schedule
            return
        days = self._days(extra.group, schedule)
        for item in extra.group:
            now = sum(name == item.id for name, _ in schedule)
            if not item.days[0] <= now + extra.count <= item.days[1]:
                return
        gap = self._gap(extra.group[0].activity.technique)
        for chosen in combinations(days, extra.count):
            if _apart(chosen, gap):
                added = {(item.id, day): item for day in chosen for item in extra.group}
                yield {**schedule, **added}

    def _days(self, group: tuple[Candidate, ...], schedule: Schedule) -> list[Weekday]:
        """Return the days that have room for a group; rules may still turn some of them down."""
        desk, technique = self.desk, group[0].activity.technique
        left = desk.drafter.seconds_left(week_of(schedule))
        size = min(
            (
                spec.number("maximum-activities")
                for spec in specs_of(desk.drafter.rules, "session-size")
            ),
            default=_MANY,
        )
        most = self._most(technique)
        return [
            day
            for day in Weekday
            if (not desk.timed or left[day] >= sum(item.seconds for item in group))
            and all(desk.allows(item.id, day) and (item.id, day) not in schedule for item in group)
            and len(group) + sum(other is day for _, other in schedule) <= size
            and len(group)
            + sum(
                other is day and item.activity.technique is technique
                for (_, other), item in schedule.items()
            )
            <= most
        ]

    def _gap(self, technique: Technique) -> int:
        hours = [
            spec.number("minimum-hours")
            for spec in specs_of(self.desk.drafter.rules, "recovery")
            if technique in spec.techniques
        ]
        return max((-(-item // _HOURS_A_DAY) for item in hours), default=1)


def _apart(days: tuple[Weekday, ...], gap: int) -> bool:
    return all(days_apart(earlier, later) >= gap for earlier in days for later in days if gap > 1)


@attrs.frozen(kw_only=True)
class _Gains:
    """How much more of each goal a technique's additions can reach.

    Attributes:
        technique: the technique.
        goals: the goals that it can serve and that are not reached, each with what is reached.
        days: the days that have the technique already.
        present: the ids of its activities that are there already.
        active: the seconds of it that are there already.
    """

    technique: Technique
    goals: Mapping[WeeklyGoal, int]
    days: int
    present: frozenset[str]
    active: int

    @classmethod
    def of(cls, desk: Desk, base: Schedule, technique: Technique) -> _Gains:
        """Return the gains left open by a week."""
        week = week_of(base)
        mine = [block for block in week if block.technique is technique]
        return cls(
            technique=technique,
            goals={
                goal: now
                for goal in desk.aim.goals
                if goal.technique in (None, technique)
                and (now := reached(goal, week)) < goal.target
            },
            days=len({day for block in mine for day in block.days}),
            present=frozenset(item.id for block in mine for item in block.candidates),
            active=sum(block.active * len(block.days) for block in mine),
        )

    def useful(self, item: Candidate) -> bool:
        """Return whether an activity can serve an open goal."""
        return any(
            goal.kind is not GoalKind.MUSCLE_EXPOSURES or _works(item, goal) for goal in self.goals
        )

    def most(self, group: tuple[Candidate, ...], count: int) -> int:
        """Return the most points that a group on so many days can make good."""
        gain = 0
        for goal, now in self.goals.items():
            match goal.kind:
                case GoalKind.MUSCLE_EXPOSURES:
                    then = now + count * sum(_works(item, goal) for item in group)
                case GoalKind.TECHNIQUE_DAYS:
                    then = now + min(count, len(Weekday) - self.days)
                case GoalKind.DISTINCT_ACTIVITIES:
                    then = now + len({item.id for item in group} - self.present)
                case _:
                    active = self.active + count * sum(item.active for item in group)
                    # Rounded up, so that two additions together never gain more than they hope.
                    then = -(-active // SECONDS_A_MINUTE)
            gain += goal.weight * max(0, min(goal.target, then) - now)
        return gain


def _works(item: Candidate, goal: WeeklyGoal) -> bool:
    return isinstance(item.activity, Exercise) and goal.muscle in item.activity.muscles
