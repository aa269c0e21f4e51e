"""Refilling a week: the best additions that reach its goals again, one block a technique."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import combinations

import attrs

from sciatica_pt.model.activities import Exercise
from sciatica_pt.model.guidelines import WeeklyGoal
from sciatica_pt.model.vocabulary import GoalKind, Technique, Weekday
from sciatica_pt.planning._desk import Desk, Schedule, Vector, week_of
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.planning.objective import SECONDS_A_MINUTE, reached
from sciatica_pt.rules import days_apart, specs_of

__all__ = ["Budget", "fill"]

_HOURS_A_DAY = 24
_MANY = 1_000


@attrs.define
class Budget:
    """How much more may be looked at.

    Attributes:
        left: nodes left; below zero once it ran out.
        cut: whether something was left out of account.
    """

    left: int
    cut: bool = False

    def spend(self) -> bool:
        """Return whether one more node may be looked at."""
        self.left -= 1
        self.cut = self.cut or self.left < 0
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


def fill(desk: Desk, base: Schedule, *, budget: Budget) -> tuple[Vector, Schedule]:
    """Return the best additions to a sound week, with the numbers that it is judged by.

    Args:
        desk: what is decided over.
        base: the week without additions.
        budget: how much may be looked at; when it runs out, the best so far is returned.
    """
    filler = _Filler(desk=desk, base=base, budget=budget, best=desk.vector(base), schedule=base)
    if not desk.hurried and desk.aim.shortfall(week_of(base)):
        filler.run()
    return filler.best, filler.schedule


@attrs.define(kw_only=True, slots=False)
class _Filler:
    desk: Desk
    base: Schedule
    budget: Budget
    best: Vector
    schedule: Schedule

    def run(self) -> None:
        """Look for the best additions."""
        turns = [
            extras
            for technique in Technique
            # Kinds of aerobic work alternate, so two of them may be added on days of their own.
            for extras in [self._extras(technique)] * (2 if technique is Technique.AEROBIC else 1)
            if len(extras) > 1
        ]
        most = [extras[0].gain for extras in turns]
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
        room = _Room.of(self.desk, schedule)
        for extra in turns[0]:
            hoped = max(0, shortfall - extra.gain - hopes[1])
            if hoped > self.best[0]:
                break  # The rest gain no more.
            if (hoped, burden + extra.burden) > self.best[:2]:
                continue
            for larger in self._ways(extra, schedule, room):
                if not self.budget.spend():
                    return
                self._dive(
                    turns[1:], hopes[1:], larger, shortfall - extra.gain, burden + extra.burden
                )

    def _weigh(self, schedule: Schedule) -> None:
        vector = self.desk.vector(schedule)
        if vector < self.best and not self.desk.broken(schedule, self.desk.hard):
            self.best, self.schedule = vector, schedule

    def _extras(self, technique: Technique) -> list[_Extra]:
        """Return what might be added of a technique, the most useful first; nothing is last."""
        gains = _Gains.of(self.desk, self.base, technique)
        able = [
            item
            for item in self.desk.offered
            if item.activity.technique is technique and gains.useful(item)
        ]
        extras = [
            _Extra(
                group=group,
                count=count,
                gain=gain,
                burden=sum(self.desk.aim.cost(item) for item in group) * count,
            )
            for size in range(1, self._sizes[technique] + 1)
            for group in combinations(able, size)
            for count in range(1, len(Weekday) + 1)
            if (gain := gains.most(group, count))
        ]
        return sorted([_Extra(), *extras], key=lambda extra: (-extra.gain, extra.burden))

    def _most(self, technique: Technique) -> int:
        """Return the most activities of a technique on a day."""
        if technique is Technique.AEROBIC:
            return 1
        sizes = self._numbers("block-size", "maximum-activities", technique)
        return min(sizes, default=self.desk.aim.most_activities)

    def _numbers(self, check: str, number: str, technique: Technique) -> list[int]:
        specs = specs_of(self.desk.drafter.rules, check)
        return [spec.number(number) for spec in specs if technique in spec.techniques]

    @cached_property
    def _sizes(self) -> dict[Technique, int]:
        return {technique: self._most(technique) for technique in Technique}

    @cached_property
    def _session(self) -> int:
        """The most activities in a session."""
        specs = specs_of(self.desk.drafter.rules, "session-size")
        return min((spec.number("maximum-activities") for spec in specs), default=_MANY)

    @cached_property
    def _gaps(self) -> dict[Technique, int]:
        """The least days from one day of a technique to the next."""
        return {
            technique: max(
                (
                    -(-hours // _HOURS_A_DAY)
                    for hours in self._numbers("recovery", "minimum-hours", technique)
                ),
                default=1,
            )
            for technique in Technique
        }

    def _ways(self, extra: _Extra, schedule: Schedule, room: _Room) -> Iterator[Schedule]:
        """Yield the weeks with something added, for each choice of days that has room."""
        if not extra.group:
            yield schedule
            return
        for item in extra.group:
            now = room.days.get(item.id, 0)
            if not item.days[0] <= now + extra.count <= item.days[1]:
                return
        for place, load in enumerate(self.desk.loads):
            more = extra.count * sum(map(load.amount, extra.group))
            if not load.daily and room.week[place] + more > load.limit:
                return
        gap = self._gaps[extra.group[0].activity.technique]
        days = self._days(extra.group, schedule, room)
        for chosen in combinations(days, extra.count):
            if _apart(chosen, gap):
                added = {(item.id, day): item for day in chosen for item in extra.group}
                yield {**schedule, **added}

    def _days(
        self, group: tuple[Candidate, ...], schedule: Schedule, room: _Room
    ) -> tuple[Weekday, ...]:
        """Return the days that have room for a group; rules may still turn some of them down."""
        key = tuple(item.id for item in group)
        if key not in room.known:
            technique, size = group[0].activity.technique, len(group)
            seconds = sum(item.seconds for item in group)
            room.known[key] = tuple(
                day
                for day in Weekday
                if (not self.desk.timed or room.left[day] >= seconds)
                and room.held[day] + size <= self._session
                and room.held_of[technique, day] + size <= self._sizes[technique]
                and all((name, day) not in schedule and self.desk.allows(name, day) for name in key)
                and all(
                    room.day[place, day] + sum(map(load.amount, group)) <= load.limit
                    for place, load in enumerate(self.desk.loads)
                    if load.daily
                )
                and self.desk.admits(group, day)
            )
        return room.known[key]


@attrs.define(kw_only=True)
class _Room:
    """What a week leaves free.

    Attributes:
        left: the seconds left on each day.
        held: the activities on each day.
        held_of: the activities of each technique on each day.
        days: the days of each activity.
        day: what each of the rules that add something up has on each day, by the rule's place.
        week: the same in the week.
        known: the days found for a group of activities.
    """

    left: dict[Weekday, int]
    held: Counter[Weekday] = attrs.field(factory=Counter[Weekday])
    held_of: Counter[tuple[Technique, Weekday]] = attrs.field(
        factory=Counter[tuple[Technique, Weekday]]
    )
    days: Counter[str] = attrs.field(factory=Counter[str])
    day: Counter[tuple[int, Weekday]] = attrs.field(factory=Counter[tuple[int, Weekday]])
    week: Counter[int] = attrs.field(factory=Counter[int])
    known: dict[tuple[str, ...], tuple[Weekday, ...]] = attrs.field(
        factory=dict[tuple[str, ...], tuple[Weekday, ...]]
    )

    @classmethod
    def of(cls, desk: Desk, schedule: Schedule) -> _Room:
        """Return what a week leaves free."""
        room = cls(left={day: desk.drafter.seconds_on(day) for day in Weekday})
        for (name, day), item in schedule.items():
            room.left[day] -= item.seconds
            room.held[day] += 1
            room.held_of[item.activity.technique, day] += 1
            room.days[name] += 1
            for place, load in enumerate(desk.loads):
                amount = load.amount(item)
                room.day[place, day] += amount
                room.week[place] += amount
        return room


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
