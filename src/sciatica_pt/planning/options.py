"""What each technique can offer a week: the blocks worth considering, and what they cost.

Goals speak of one technique, so the options of a technique can be listed without looking at the
others.
Options that another one beats in every respect are dropped while the list is made, which keeps it
short for large catalogs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import le
from typing import NamedTuple

import attrs

from sciatica_pt.model.activities import Exercise
from sciatica_pt.model.vocabulary import GoalKind, Technique, Weekday
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.planning.objective import SECONDS_A_MINUTE, Objective
from sciatica_pt.rules import RuleSet, specs_of

__all__ = ["Caps", "Load", "Option", "Part", "caps_of", "options_for"]

_HOURS_A_DAY = 24
_DAYS_A_WEEK = len(Weekday)
#: At most so many kinds of aerobic work alternate in a week; more are not remembered.
_ALTERNATIVES = 3
_NO_CAP = 1_000_000


@attrs.frozen(kw_only=True)
class Load:
    """What a rule that adds something up over the week allows.

    Attributes:
        limit: the most of it a week.
        amounts: how much of it each activity adds on each of its days, by id.
    """

    limit: int
    amounts: Mapping[str, int]


@attrs.frozen(kw_only=True)
class Caps:
    """What declarative rules allow a technique; read from the rules, so that they stand once.

    Attributes:
        activities: the most activities of the technique in a session.
        days: the most days of the technique a week.
        minutes: the most minutes of the technique a week.
        gap: the least days from one day of the technique to the next, where a muscle is used.
        rooms: the slots free on each day that has any, the most first.
        loads: what rules add up over the techniques of a week.
    """

    activities: int
    days: int
    minutes: int
    gap: int
    rooms: tuple[int, ...]
    loads: tuple[Load, ...] = ()


def _numbers(rules: RuleSet, check: str, name: str, technique: Technique) -> list[int]:
    return [spec.number(name) for spec in specs_of(rules, check) if technique in spec.techniques]


def caps_of(
    rules: RuleSet, technique: Technique, *, slots: Sequence[int], loads: tuple[Load, ...] = ()
) -> Caps:
    """Return what the rules allow a technique.

    Args:
        rules: the rules, of which those made from data are read.
        technique: the technique.
        slots: the slots free on each day.
        loads: what rules add up over the techniques of a week.
    """
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
        rooms=tuple(sorted((free for free in slots if free), reverse=True)),
        loads=loads,
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
        amounts: how much it adds to each rule that adds something up over the week.
        gap: the least days between two of its days.
    """

    parts: tuple[Part, ...]
    shortfall: int
    burden: int
    exposures: tuple[int, ...]
    amounts: tuple[int, ...] = ()
    gap: int = 1

    @property
    def cost(self) -> tuple[int, int]:
        """The first two terms of the objective."""
        return self.shortfall, self.burden

    @property
    def total(self) -> int:
        """The slots that it books in the week."""
        return sum(part.slots * part.count for part in self.parts)


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
    muscular: bool
    lasting: tuple[int, ...]
    amounts: tuple[int, ...]
    served: tuple[int, ...]


class _Label(NamedTuple):
    """A half-made block or mixture: what it holds, and what decides whether it is worth keeping.

    `key` holds what is better the smaller it is.
    """

    key: tuple[int, ...]
    cost: int
    seconds: int
    active: int
    booked: tuple[int, ...]
    amounts: tuple[int, ...]
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
    amounts: tuple[int, ...]
    lacking: tuple[int, ...]
    parts: tuple[Part, ...]


def _least(values: Sequence[int], others: Sequence[int]) -> bool:
    return all(map(le, values, others))


def _insert(kept: list[_Label], item: _Label) -> None:
    """Add a label to a list of which no member beats another; of equals, the first stays."""
    key = item[0]
    cost = key[0]
    for other in kept:
        if other[0][0] <= cost and all(map(le, other[0], key)):
            return
    kept[:] = [other for other in kept if other[0][0] < cost or not all(map(le, key, other[0]))]
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
                and _least(other.amounts, work.amounts)
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
        self,
        technique: Technique,
        objective: Objective,
        caps: Caps,
        *,
        prune: bool,
    ) -> None:
        goals = objective.goals_of(technique)
        self._objective = objective
        self._caps = caps
        self._rooms = caps.rooms
        self._prune = prune
        self._days = min(caps.days, len(caps.rooms))
        self._muscles = [goal for goal in (*goals, *objective.cross) if goal.muscle is not None]
        self._own = len(self._muscles) - len(objective.cross)
        self._plain = [goal for goal in goals if goal.muscle is None]
        #: Beyond these, more is worth nothing.
        self._enough = [goal.target for goal in self._muscles]
        self._long = SECONDS_A_MINUTE * max(
            (goal.target for goal in self._plain if goal.kind is GoalKind.MINUTES), default=0
        )

    def works(self, candidates: Sequence[Candidate]) -> list[_Work]:
        """Return what the activities are to the options.

        A minutes goal makes longer work worth more, and a cap on minutes makes it a risk.
        """
        timed = self._long > 0
        longest = max((candidate.active for candidate in candidates), default=0)
        most = longest * _DAYS_A_WEEK * self._caps.activities
        capped = most > self._caps.minutes * SECONDS_A_MINUTE
        works: list[_Work] = []
        for place, candidate in enumerate(candidates):
            if self._objective.slots(candidate.seconds) > self._rooms[0]:
                continue
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
                    muscular=bool(muscles),
                    lasting=(*((-active,) if timed else ()), *((active,) if capped else ())),
                    amounts=tuple(load.amounts[candidate.id] for load in self._caps.loads),
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
        for count in range(1, self._days + 1):
            able = [
                work for work in works if work.candidate.days[0] <= count <= work.candidate.days[1]
            ]
            for label in self._groups(able, count):
                slots = self._objective.slots(label.seconds)
                if label.active * count <= self._caps.minutes * SECONDS_A_MINUTE:
                    yield self._block(label, count, slots)

    def _groups(self, works: list[_Work], count: int) -> list[_Label]:
        room = self._rooms[count - 1]
        enough = self._enough_of(count)
        if self._prune:
            works = _worthwhile(works, self._caps.activities, days=False)
        sizes: list[list[_Label]] = [
            [self._nothing()],
            *([] for _ in range(self._caps.activities)),
        ]
        for work in works:
            for size in range(self._caps.activities, 0, -1):
                for label in sizes[size - 1]:
                    if self._objective.slots(label.seconds + work.seconds) <= room:
                        self._keep(sizes[size], self._longer(label, work, 1, enough))
        return [label for labels in sizes[1:] for label in labels]

    def _nothing(self) -> _Label:
        loads, muscles = len(self._caps.loads), len(self._muscles)
        return _Label((), 0, 0, 0, (), (0,) * loads, (0,) * muscles, ())

    def _keep(self, kept: list[_Label], label: _Label) -> None:
        if self._prune:
            _insert(kept, label)
        else:
            kept.append(label)

    def _enough_of(self, count: int) -> tuple[int, ...]:
        """Return the seconds and the exposures beyond which more is worth nothing.

        Args:
            count: on how many days the same is done again.
        """
        return tuple(-(-most // count) for most in (self._long, *self._enough))

    def _longer(
        self,
        label: _Label,
        work: _Work,
        count: int,
        enough: tuple[int, ...],
        booked: tuple[int, ...] = (),
    ) -> _Label:
        """Return a label with one more activity, on so many days."""
        cost = label.cost + work.cost * count
        seconds = label.seconds + work.seconds * count
        active = label.active + work.active * count
        served = tuple(
            reached + more * count for reached, more in zip(label.served, work.served, strict=True)
        )
        amounts = tuple(
            amount + more * count for amount, more in zip(label.amounts, work.amounts, strict=True)
        )
        key = (
            cost,
            *amounts,
            *(booked or (seconds,)),
            *(active if time > 0 else -min(active, enough[0]) for time in work.lasting),
            *map(int.__neg__, map(min, served, enough[1:])),
        )
        return _Label(
            key, cost, seconds, active, booked, amounts, served, (*label.parts, (work, count))
        )

    def _block(self, label: _Label, count: int, slots: int) -> _Row:
        exposed = tuple(reached * count for reached in label.served)
        group = tuple(work.candidate for work, _ in label.parts)
        return _Row(
            cost=(
                self._shortfall(count, len(group), label.active * count, exposed),
                label.cost * count,
            ),
            days=count,
            ids=tuple(candidate.id for candidate in group),
            booked=(slots,) * count,
            size=len(group),
            gap=self._caps.gap if any(work.muscular for work, _ in label.parts) else 1,
            amounts=tuple(amount * count for amount in label.amounts),
            lacking=tuple(-reached for reached in exposed[self._own :]),
            parts=(Part(group, count, slots),),
        )

    def mixtures(self, works: list[_Work]) -> Iterator[_Row]:
        """Yield the options in which each day has one activity, and activities may alternate."""
        if self._prune:
            works = _worthwhile(works, _ALTERNATIVES, days=True)
        made: dict[tuple[int, int], list[_Label]] = {(0, 0): [self._nothing()]}
        for work in works:
            slots = self._objective.slots(work.seconds)
            least, most = work.candidate.days
            for (days, distinct), labels in sorted(made.items(), reverse=True):
                if distinct == _ALTERNATIVES:
                    continue
                for count in range(least, min(most, self._days - days) + 1):
                    place = made.setdefault((days + count, distinct + 1), [])
                    for label in labels:
                        self._mix(place, label, work, count, slots)
        for (days, distinct), labels in sorted(made.items()):
            if days:
                yield from (self._mixture(label, days, distinct) for label in labels)

    def _mix(self, place: list[_Label], label: _Label, work: _Work, count: int, slots: int) -> None:
        booked = tuple(sorted((*label.booked, *(slots,) * count), reverse=True))
        minutes = label.active + work.active * count
        # The fullest days must be the roomiest ones.
        if minutes <= self._caps.minutes * SECONDS_A_MINUTE and _least(booked, self._rooms):
            self._keep(place, self._longer(label, work, count, self._enough_of(1), booked))

    def _mixture(self, label: _Label, days: int, distinct: int) -> _Row:
        return _Row(
            cost=(self._shortfall(days, distinct, label.active, label.served), label.cost),
            days=days,
            ids=tuple(work.candidate.id for work, _ in label.parts),
            booked=label.booked,
            size=1,
            gap=1,
            amounts=label.amounts,
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
        and _least(a.amounts, b.amounts)
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
    caps: Caps,
    prune: bool = True,
) -> tuple[Option, ...]:
    """Return the options of a technique, the cheapest first; leaving it out is one of them.

    Args:
        technique: the technique.
        candidates: its activities, by id.
        objective: what makes one week better than another.
        caps: what rules and the days allow the technique.
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
            amounts=(0,) * len(caps.loads),
            lacking=(0,) * len(objective.cross),
            parts=(),
        )
    ]
    if candidates and caps.rooms:
        maker = _Maker(technique, objective, caps, prune=prune)
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
            amounts=row.amounts,
            gap=row.gap,
        )
        for row in (_best(rows) if prune else rows)
    )
