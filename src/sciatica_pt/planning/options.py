"""What each technique can offer a week: the blocks worth considering, and what they cost.

Goals speak of one technique, so the options of a technique can be listed without looking at the
others.
Options that another one beats in every respect are dropped while the list is made, which keeps it
short for large catalogs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import le
from typing import NamedTuple

import attrs

from sciatica_pt.model.activities import Exercise
from sciatica_pt.model.vocabulary import GoalKind, Technique, Weekday
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.planning.objective import SECONDS_A_MINUTE, Objective
from sciatica_pt.rules import RuleSet, specs_of

__all__ = ["Caps", "Option", "Part", "caps_of", "options_for"]

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


class _Work(NamedTuple):
    """What an activity is to its technique's options.

    `served` says which goals about muscles it serves; `lasting` is its time where longer work
    serves better, and `lasting` turned around where it serves worse.
    """

    place: int
    candidate: Candidate
    cost: int
    seconds: int
    active: int
    lasting: tuple[int, ...]
    served: tuple[int, ...]


class _Label(NamedTuple):
    """A half-made block: what it holds, and what decides whether it is worth keeping."""

    cost: int
    seconds: int
    active: int
    burdens: tuple[int, ...]
    served: tuple[int, ...]
    works: tuple[_Work, ...]


class _Mixture(NamedTuple):
    """A half-made mixture: what it holds, and what decides whether it is worth keeping."""

    cost: int
    active: int
    burdens: tuple[int, ...]
    booked: tuple[int, ...]
    served: tuple[int, ...]
    parts: tuple[tuple[_Work, int], ...]


class _Row(NamedTuple):
    """An option before it is made, in the order in which options are kept."""

    cost: tuple[int, int]
    days: int
    ids: tuple[str, ...]
    booked: tuple[int, ...]
    size: int
    gap: int
    lacking: tuple[int, ...]
    parts: tuple[Part, ...]


def _least(values: Sequence[int], others: Sequence[int]) -> bool:
    return all(map(le, values, others))


def _sum(values: Sequence[int], others: Sequence[int]) -> tuple[int, ...]:
    return tuple(map(int.__add__, values, others))


def _insert_label(kept: list[_Label], item: _Label) -> None:
    """Add a label to a list of which no member beats another; of equals, the first stays."""
    cost, seconds, _, burdens, _, _ = item
    for other in kept:
        if other[0] <= cost and other[1] <= seconds and _least(other[3], burdens):
            return
    kept[:] = [
        other
        for other in kept
        if cost > other[0] or seconds > other[1] or not _least(burdens, other[3])
    ]
    kept.append(item)


def _insert_mixture(kept: list[_Mixture], item: _Mixture) -> None:
    cost, _, burdens, booked, _, _ = item
    for other in kept:
        if other[0] <= cost and _least(other[2], burdens) and _least(other[3], booked):
            return
    kept[:] = [
        other
        for other in kept
        if cost > other[0] or not _least(burdens, other[2]) or not _least(booked, other[3])
    ]
    kept.append(item)


def _worthwhile(works: list[_Work], wanted: int, *, days: bool) -> list[_Work]:
    """Leave out the activities that so many others beat that a better one is always free.

    Args:
        works: the activities.
        wanted: the most of them that an option holds.
        days: whether the days that an activity may be done on matter too.
    """
    kept: list[_Work] = []
    for work in sorted(works, key=lambda item: (item.cost, item.seconds, item.place)):
        better = 0
        for other in kept:
            if (
                other.cost <= work.cost
                and other.seconds <= work.seconds
                and _least(other.lasting, work.lasting)
                and _least(work.served, other.served)
                and (not days or _covers(other, work))
            ):
                better += 1
                if better == wanted:
                    break
        else:
            kept.append(work)
    return sorted(kept, key=lambda item: item.place)


def _covers(a: _Work, b: _Work) -> bool:
    return a.candidate.days[0] <= b.candidate.days[0] and a.candidate.days[1] >= b.candidate.days[1]


class _Maker:
    """Makes the options of one technique.

    Args:
        technique: the technique.
        objective: what makes one week better than another.
        caps: what rules allow the technique.
        prune: whether to drop what another option beats; a rule that looks at a whole week may
            want an option that is otherwise worse.
    """

    def __init__(
        self, technique: Technique, objective: Objective, caps: Caps, *, prune: bool
    ) -> None:
        goals = objective.goals_of(technique)
        self._objective = objective
        self._caps = caps
        self._prune = prune
        self._muscles = [goal for goal in (*goals, *objective.cross) if goal.muscle is not None]
        self._own = len(self._muscles) - len(objective.cross)
        self._plain = [goal for goal in goals if goal.muscle is None]

    def works(self, candidates: Sequence[Candidate]) -> list[_Work]:
        """Return what the activities are to the options.

        A minutes goal makes longer work worth more, and a cap on minutes makes it a risk.
        """
        timed = any(goal.kind is GoalKind.MINUTES for goal in self._plain)
        longest = max((candidate.active for candidate in candidates), default=0)
        most = longest * _DAYS_A_WEEK * self._caps.activities
        capped = most > self._caps.minutes * SECONDS_A_MINUTE
        works: list[_Work] = []
        for place, candidate in enumerate(candidates):
            activity = candidate.activity
            muscles = activity.muscles if isinstance(activity, Exercise) else frozenset[str]()
            active = candidate.active
            works.append(
                _Work(
                    place=place,
                    candidate=candidate,
                    cost=self._objective.cost(candidate),
                    seconds=candidate.seconds,
                    active=active,
                    lasting=(*((-active,) if timed else ()), *((active,) if capped else ())),
                    served=tuple(int(goal.muscle in muscles) for goal in self._muscles),
                )
            )
        return works

    def _shortfall(self, days: int, distinct: int, active: int, exposed: Sequence[int]) -> int:
        """Return what the technique's goals miss, in points."""
        missing = 0
        for goal in self._plain:
            if goal.kind is GoalKind.TECHNIQUE_DAYS:
                got = days
            elif goal.kind is GoalKind.DISTINCT_ACTIVITIES:
                got = distinct
            else:
                got = active // SECONDS_A_MINUTE
            if got < goal.target:
                missing += goal.weight * (goal.target - got)
        # What goals of several techniques miss is known only with the other techniques.
        for goal, got in zip(self._muscles[: self._own], exposed, strict=False):
            if got < goal.target:
                missing += goal.weight * (goal.target - got)
        return missing

    def blocks(self, works: list[_Work]) -> Iterator[_Row]:
        """Yield the options in which the same block is done on all of the technique's days."""
        made: dict[tuple[int, ...], list[_Label]] = {}
        for count in range(1, self._caps.days + 1):
            able = [
                work for work in works if work.candidate.days[0] <= count <= work.candidate.days[1]
            ]
            key = tuple(work.place for work in able)
            if key not in made:
                made[key] = self._groups(able)
            for label in made[key]:
                if label.active * count <= self._caps.minutes * SECONDS_A_MINUTE:
                    yield self._block(label, count)

    def _groups(self, works: list[_Work]) -> list[_Label]:
        if self._prune:
            works = _worthwhile(works, self._caps.activities, days=False)
        sizes: list[list[_Label]] = [
            [_Label(0, 0, 0, (), (0,) * len(self._muscles), ())],
            *([] for _ in range(self._caps.activities)),
        ]
        for work in works:
            for size in range(self._caps.activities, 0, -1):
                for label in sizes[size - 1]:
                    served = _sum(label.served, work.served)
                    active = label.active + work.active
                    longer = _Label(
                        cost=label.cost + work.cost,
                        seconds=label.seconds + work.seconds,
                        active=active,
                        burdens=(
                            *(active if time > 0 else -active for time in work.lasting),
                            *(-reached for reached in served),
                        ),
                        served=served,
                        works=(*label.works, work),
                    )
                    if self._prune:
                        _insert_label(sizes[size], longer)
                    else:
                        sizes[size].append(longer)
        return [label for labels in sizes[1:] for label in labels]

    def _block(self, label: _Label, count: int) -> _Row:
        exposed = tuple(reached * count for reached in label.served)
        group = tuple(work.candidate for work in label.works)
        slots = self._objective.slots(label.seconds)
        uses_muscle = any(
            isinstance(item.activity, Exercise) and item.activity.muscles for item in group
        )
        return _Row(
            cost=(
                self._shortfall(count, len(group), label.active * count, exposed),
                label.cost * count,
            ),
            days=count,
            ids=tuple(candidate.id for candidate in group),
            booked=(slots,) * count,
            size=len(group),
            gap=self._caps.gap if uses_muscle else 1,
            lacking=tuple(-reached for reached in exposed[self._own :]),
            parts=(Part(group, count, slots),),
        )

    def mixtures(self, works: list[_Work]) -> Iterator[_Row]:
        """Yield the options in which each day has one activity, and activities may alternate."""
        if self._prune:
            works = _worthwhile(works, _ALTERNATIVES, days=True)
        made: dict[tuple[int, int], list[_Mixture]] = {
            (0, 0): [_Mixture(0, 0, (), (), (0,) * len(self._muscles), ())]
        }
        for work in works:
            least, most = work.candidate.days
            for (days, distinct), labels in sorted(made.items(), reverse=True):
                if distinct == _ALTERNATIVES:
                    continue
                for count in range(least, min(most, self._caps.days - days) + 1):
                    place = made.setdefault((days + count, distinct + 1), [])
                    for label in tuple(labels):
                        self._mix(place, label, work, count)
        for (days, distinct), labels in sorted(made.items()):
            if days:
                yield from (self._mixture(label, days, distinct) for label in labels)

    def _mix(self, place: list[_Mixture], label: _Mixture, work: _Work, count: int) -> None:
        active = label.active + work.active * count
        if active > self._caps.minutes * SECONDS_A_MINUTE:
            return
        served = _sum(label.served, [reached * count for reached in work.served])
        slots = self._objective.slots(work.seconds)
        longer = _Mixture(
            cost=label.cost + work.cost * count,
            active=active,
            burdens=(
                *(active if time > 0 else -active for time in work.lasting),
                *(-reached for reached in served),
            ),
            booked=tuple(sorted((*label.booked, *(slots,) * count), reverse=True)),
            served=served,
            parts=(*label.parts, (work, count)),
        )
        if self._prune:
            _insert_mixture(place, longer)
        else:
            place.append(longer)

    def _mixture(self, label: _Mixture, days: int, distinct: int) -> _Row:
        return _Row(
            cost=(self._shortfall(days, distinct, label.active, label.served), label.cost),
            days=days,
            ids=tuple(work.candidate.id for work, _ in label.parts),
            booked=label.booked,
            size=1,
            gap=1,
            lacking=tuple(-reached for reached in label.served[self._own :]),
            parts=tuple(
                Part((work.candidate,), count, self._objective.slots(work.seconds))
                for work, count in label.parts
            ),
        )


def _beats(a: _Row, b: _Row) -> bool:
    """Return whether a row that costs no more is no worse in any other respect."""
    return (
        a.days <= b.days
        and a.size <= b.size
        and a.gap <= b.gap
        and _least(a.booked, b.booked)
        and _least(a.lacking, b.lacking)
    )


def _best(rows: list[_Row]) -> list[_Row]:
    """Return the rows, the cheapest first, that no other one beats; of equals, the first."""
    kept: list[_Row] = []
    for row in rows:
        if not any(_beats(other, row) for other in kept):
            if kept and kept[-1].cost == row.cost:
                kept = [item for item in kept if item.cost != row.cost or not _beats(row, item)]
            kept.append(row)
    return kept


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
    rows = [
        _Row(
            cost=(sum(goal.weight * goal.target for goal in objective.goals_of(technique)), 0),
            days=0,
            ids=(),
            booked=(),
            size=0,
            gap=1,
            lacking=(0,) * len(objective.cross),
            parts=(),
        )
    ]
    if candidates:
        maker = _Maker(technique, objective, caps_of(rules, technique), prune=prune)
        works = maker.works(candidates)
        alternate = technique is Technique.AEROBIC
        rows.extend(maker.mixtures(works) if alternate else maker.blocks(works))
    rows.sort(key=lambda row: row[:3])
    return tuple(
        Option(
            parts=row.parts,
            shortfall=row.cost[0],
            burden=row.cost[1],
            exposures=tuple(-lacking for lacking in row.lacking),
            gap=row.gap,
        )
        for row in (_best(rows) if prune else rows)
    )
