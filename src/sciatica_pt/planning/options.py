"""What each technique can offer a week: the blocks worth considering, and what they cost.

Goals speak of one technique, so the options of a technique can be listed without looking at the
others.
Options that another one beats in every respect are dropped while the list is made, which keeps it
short for large catalogs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import attrs

from sciatica_pt.model.activities import Exercise
from sciatica_pt.model.guidelines import WeeklyGoal
from sciatica_pt.model.vocabulary import GoalKind, Technique, Weekday
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.planning.objective import SECONDS_A_MINUTE, Objective
from sciatica_pt.rules import RuleSet, specs_of

__all__ = ["Caps", "Option", "Part", "caps_of", "options_for"]

_T = TypeVar("_T")
_HOURS_A_DAY = 24
_DAYS_A_WEEK = len(Weekday)
#: At most so many kinds of aerobic work alternate in a week; more are not remembered.
_ALTERNATIVES = 3
_NO_CAP = 1_000_000


@attrs.frozen(kw_only=True)
class Caps:
    """What declarative rules allow a technique; read from the rules, so that they stand once.

    Attributes:
        activities: the most activities of the technique in a session.
        days: the most days of the technique a week.
        minutes: the most minutes of the technique a week.
        gap: the least days from one day of the technique to the next, where a muscle is used.
    """

    activities: int
    days: int
    minutes: int
    gap: int


def _numbers(rules: RuleSet, check: str, name: str, technique: Technique) -> list[int]:
    return [spec.number(name) for spec in specs_of(rules, check) if technique in spec.techniques]


def caps_of(rules: RuleSet, technique: Technique) -> Caps:
    """Return what the rules allow a technique."""
    hours = _numbers(rules, "recovery", "minimum-hours", technique)
    return Caps(
        activities=min(
            _numbers(rules, "block-size", "maximum-activities", technique), default=_ALTERNATIVES
        ),
        days=min(
            _numbers(rules, "technique-days", "maximum-days", technique), default=_DAYS_A_WEEK
        ),
        minutes=min(
            _numbers(rules, "technique-minutes", "maximum-minutes", technique), default=_NO_CAP
        ),
        gap=max((-(-item // _HOURS_A_DAY) for item in hours), default=1),
    )


@attrs.frozen
class Part:
    """Activities done together on so many days.

    Attributes:
        candidates: the activities, by id.
        count: on how many days.
        slots: the slots that they book on each.
    """

    candidates: tuple[Candidate, ...]
    count: int
    slots: int


@attrs.frozen(kw_only=True)
class Option:
    """One way for a technique to be in a week, before it is known on which days.

    Attributes:
        parts: its parts, on days of their own; none when the technique is left out.
        shortfall: what the technique's goals then still miss, in points.
        burden: what it costs, in the objective's unit.
        exposures: how far it serves each goal that speaks of several techniques.
        gap: the least days between two of its days.
    """

    parts: tuple[Part, ...]
    shortfall: int
    burden: int
    exposures: tuple[int, ...]
    gap: int = 1

    @property
    def cost(self) -> tuple[int, int]:
        """The first two terms of the objective."""
        return self.shortfall, self.burden

    @property
    def days(self) -> int:
        """On how many days it is done."""
        return sum(part.count for part in self.parts)

    @property
    def size(self) -> int:
        """The most activities it puts into a session."""
        return max((len(part.candidates) for part in self.parts), default=0)

    @property
    def booked(self) -> tuple[int, ...]:
        """The slots it books on each of its days, the fullest first."""
        slots = (part.slots for part in self.parts for _ in range(part.count))
        return tuple(sorted(slots, reverse=True))

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its activities, part by part."""
        return tuple(candidate.id for part in self.parts for candidate in part.candidates)


@attrs.frozen
class _Label:
    """A half-made part or mixture: what it holds, and what decides whether it is worth keeping."""

    parts: tuple[tuple[tuple[Candidate, ...], int], ...] = ()
    seconds: int = 0
    active: int = 0
    cost: int = 0
    exposures: tuple[int, ...] = ()
    booked: tuple[int, ...] = ()


def _insert(kept: list[_T], item: _T, beats: Callable[[_T, _T], bool]) -> None:
    """Add an item to a list of which no member beats another; of equals, the first stays."""
    if any(beats(other, item) for other in kept):
        return
    kept[:] = [other for other in kept if not beats(item, other)]
    kept.append(item)


def _least(values: Sequence[int], others: Sequence[int]) -> bool:
    return all(a <= b for a, b in zip(values, others, strict=True))


@attrs.frozen(kw_only=True)
class _Maker:
    """Makes the options of one technique.

    Attributes:
        technique: the technique.
        objective: what makes one week better than another.
        caps: what rules allow the technique.
        prune: whether to drop what another option beats; a rule that looks at a whole week may
            want an option that is otherwise worse.
    """

    technique: Technique
    objective: Objective
    caps: Caps
    prune: bool

    @property
    def _goals(self) -> tuple[WeeklyGoal, ...]:
        return self.objective.goals_of(self.technique)

    def _served(self, candidate: Candidate, goals: Iterable[WeeklyGoal]) -> tuple[int, ...]:
        muscles = (
            candidate.activity.muscles
            if isinstance(candidate.activity, Exercise)
            else frozenset[str]()
        )
        return tuple(int(goal.muscle in muscles) for goal in goals)

    def _shortfall(self, days: int, distinct: int, active: int, exposed: Sequence[int]) -> int:
        """Return what the technique's goals miss, in points."""
        muscles = iter(exposed)
        reached = {
            GoalKind.TECHNIQUE_DAYS: days,
            GoalKind.DISTINCT_ACTIVITIES: distinct,
            GoalKind.MINUTES: active // SECONDS_A_MINUTE,
        }
        return sum(
            goal.weight
            * max(0, goal.target - (reached[goal.kind] if goal.muscle is None else next(muscles)))
            for goal in self._goals
        )

    def _lasts(self, candidates: Sequence[Candidate]) -> Callable[[_Label, _Label], bool]:
        """Return whether a label's time serves at least as well as another's.

        A minutes goal makes longer work worth more, and a cap on minutes makes it a risk.
        """
        timed = any(goal.kind is GoalKind.MINUTES for goal in self._goals)
        longest = max((candidate.active for candidate in candidates), default=0)
        most = longest * _DAYS_A_WEEK * self.caps.activities
        capped = most > self.caps.minutes * SECONDS_A_MINUTE

        def lasts(a: _Label, b: _Label) -> bool:
            return (not timed or a.active >= b.active) and (not capped or a.active <= b.active)

        return lasts

    def blocks(self, candidates: Sequence[Candidate]) -> list[Option]:
        """Return the options in which the same block is done on all of the technique's days."""
        options: list[Option] = []
        for count in range(1, self.caps.days + 1):
            able = [item for item in candidates if item.days[0] <= count <= item.days[1]]
            for labels in self._groups(able, count):
                options.extend(self._block(label, count) for label in labels)
        return options

    def _groups(self, candidates: Sequence[Candidate], count: int) -> list[list[_Label]]:
        muscle_goals = [goal for goal in (*self._goals, *self.objective.cross) if goal.muscle]
        lasts = self._lasts(candidates)

        def beats(a: _Label, b: _Label) -> bool:
            return (
                self.prune
                and a.cost <= b.cost
                and a.seconds <= b.seconds
                and lasts(a, b)
                and _least(b.exposures, a.exposures)
            )

        sizes: list[list[_Label]] = [
            [_Label(parts=(((), count),), exposures=(0,) * len(muscle_goals))],
            *([] for _ in range(self.caps.activities)),
        ]
        for candidate in candidates:
            served = self._served(candidate, muscle_goals)
            for size in range(self.caps.activities, 0, -1):
                for label in sizes[size - 1]:
                    group = (*label.parts[0][0], candidate)
                    longer = _Label(
                        parts=((group, count),),
                        seconds=label.seconds + candidate.seconds,
                        active=label.active + candidate.active,
                        cost=label.cost + self.objective.cost(candidate),
                        exposures=tuple(
                            a + b for a, b in zip(label.exposures, served, strict=True)
                        ),
                    )
                    if longer.active * count <= self.caps.minutes * SECONDS_A_MINUTE:
                        _insert(sizes[size], longer, beats)
        return sizes[1:]

    def _block(self, label: _Label, count: int) -> Option:
        group = label.parts[0][0]
        exposed = [exposures * count for exposures in label.exposures]
        own = len(exposed) - len(self.objective.cross)
        uses_muscle = any(
            isinstance(item.activity, Exercise) and item.activity.muscles for item in group
        )
        return Option(
            parts=(Part(group, count, self.objective.slots(label.seconds)),),
            shortfall=self._shortfall(count, len(group), label.active * count, exposed[:own]),
            burden=label.cost * count,
            exposures=tuple(exposed[own:]),
            gap=self.caps.gap if uses_muscle else 1,
        )

    def mixtures(self, candidates: Sequence[Candidate]) -> list[Option]:
        """Return the options in which each day has one activity, and activities may alternate."""
        muscle_goals = [goal for goal in (*self._goals, *self.objective.cross) if goal.muscle]

        lasts = self._lasts(candidates)

        def beats(a: _Label, b: _Label) -> bool:
            return (
                self.prune
                and a.cost <= b.cost
                and lasts(a, b)
                and _least(a.booked, b.booked)
                and _least(b.exposures, a.exposures)
            )

        made: dict[tuple[int, int], list[_Label]] = {
            (0, 0): [_Label(exposures=(0,) * len(muscle_goals))]
        }
        for candidate in candidates:
            served = self._served(candidate, muscle_goals)
            for (days, distinct), labels in sorted(made.items(), reverse=True):
                if distinct == _ALTERNATIVES:
                    continue
                most = min(candidate.days[1], self.caps.days - days)
                for count in range(candidate.days[0], most + 1):
                    place = made.setdefault((days + count, distinct + 1), [])
                    for label in tuple(labels):
                        longer = self._mixed(label, candidate, count, served)
                        if longer.active <= self.caps.minutes * SECONDS_A_MINUTE:
                            _insert(place, longer, beats)
        return [
            self._mixture(label, days, distinct)
            for (days, distinct), labels in sorted(made.items())
            for label in labels
            if days
        ]

    def _mixed(
        self, label: _Label, candidate: Candidate, count: int, served: tuple[int, ...]
    ) -> _Label:
        slots = self.objective.slots(candidate.seconds)
        return _Label(
            parts=(*label.parts, ((candidate,), count)),
            active=label.active + candidate.active * count,
            cost=label.cost + self.objective.cost(candidate) * count,
            exposures=tuple(a + b * count for a, b in zip(label.exposures, served, strict=True)),
            booked=tuple(sorted((*label.booked, *(slots,) * count), reverse=True)),
        )

    def _mixture(self, label: _Label, days: int, distinct: int) -> Option:
        own = len(label.exposures) - len(self.objective.cross)
        return Option(
            parts=tuple(
                Part(group, count, self.objective.slots(group[0].seconds))
                for group, count in label.parts
            ),
            shortfall=self._shortfall(days, distinct, label.active, label.exposures[:own]),
            burden=label.cost,
            exposures=label.exposures[own:],
        )


def _option_beats(a: Option, b: Option) -> bool:
    return (
        a.cost <= b.cost
        and a.days <= b.days
        and _least(a.booked, b.booked[: a.days])
        and a.size <= b.size
        and a.gap <= b.gap
        and _least(b.exposures, a.exposures)
    )


def options_for(
    technique: Technique,
    candidates: Sequence[Candidate],
    *,
    objective: Objective,
    rules: RuleSet,
    prune: bool = True,
) -> tuple[Option, ...]:
    """Return the options of a technique, the cheapest first; leaving it out is one of them.

    Args:
        technique: the technique.
        candidates: its activities, by id.
        objective: what makes one week better than another.
        rules: the rules, of which those made from data are read.
        prune: whether to drop what another option beats.
    """
    maker = _Maker(
        technique=technique, objective=objective, caps=caps_of(rules, technique), prune=prune
    )
    alternate = technique is Technique.AEROBIC
    made = maker.mixtures(candidates) if alternate else maker.blocks(candidates)
    nothing = Option(
        parts=(),
        shortfall=sum(goal.weight * goal.target for goal in objective.goals_of(technique)),
        burden=0,
        exposures=(0,) * len(objective.cross),
    )
    kept: list[Option] = []
    for option in sorted([nothing, *made], key=lambda item: (item.cost, item.days, item.ids)):
        if prune:
            _insert(kept, option, _option_beats)
        else:
            kept.append(option)
    return tuple(kept)
