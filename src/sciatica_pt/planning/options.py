"""What a technique can offer a week, what rules allow it, and what it may cost.

The first two terms of the objective add up over the techniques wherever their days are, so the
least that some techniques cost is known for every number of slots, before any day is chosen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence

import attrs

from sciatica_pt.model.vocabulary import Technique, Weekday
from sciatica_pt.planning._daily import together
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.rules import RuleSet, specs_of

__all__ = [
    "EVERY_DAY",
    "Caps",
    "Cost",
    "Frontier",
    "Limits",
    "Load",
    "Most",
    "Option",
    "Part",
    "both",
    "caps_of",
    "frontier_of",
    "options_frontier",
]

_HOURS_A_DAY = 24
_DAYS_A_WEEK = len(Weekday)
_NO_CAP = 1_000_000
#: The days of the week as bits, Monday's the lowest.
EVERY_DAY = (1 << _DAYS_A_WEEK) - 1

#: The first two terms of the objective: shortfall and burden.
Cost = tuple[int, int]


@attrs.frozen(kw_only=True)
class Load:
    """What a rule that adds something up over the week, or over each day, allows.

    Attributes:
        limit: the most of it a week or a day.
        amount: how much of it an activity with its dose adds on each of its days.
        daily: whether it is added up over each day.
    """

    limit: int
    amount: Callable[[Candidate], int]
    daily: bool = False


@attrs.frozen(kw_only=True)
class Limits:
    """What a week and its days hold beside their minutes.

    Attributes:
        activities: the most activities a day.
        loads: what rules add up over the week, or over each day.
    """

    activities: int
    loads: tuple[Load, ...] = ()

    @property
    def day(self) -> int:
        """What a day holds while nothing is on it, as one number."""
        return together((self.activities, *[load.limit for load in self.loads if load.daily]))

    def size(self, candidate: Candidate) -> int:
        """Return what an activity takes of that."""
        # What is too much is so however much it is.
        amounts = [min(load.amount(candidate), load.limit + 1) for load in self.loads if load.daily]
        return together((1, *amounts))

    def week(self, days: int) -> tuple[int, ...]:
        """Return the most of each load in so many days."""
        return tuple([load.limit * (days if load.daily else 1) for load in self.loads])


@attrs.frozen(kw_only=True)
class Caps:
    """What declarative rules allow a technique; read from the rules, so that they stand once.

    Attributes:
        activities: the most activities of the technique in a session.
        days: the most days of the technique a week.
        minutes: the most minutes of the technique a week.
        gap: the least days from one day of the technique to the next, where a muscle is used.
        rooms: the slots free on each day that has any, the most first.
        limits: what techniques may take of the week and its days together.
    """

    activities: int
    days: int
    minutes: int
    gap: int
    rooms: tuple[int, ...]
    limits: Limits


def _numbers(rules: RuleSet, check: str, name: str, technique: Technique) -> list[int]:
    return [spec.number(name) for spec in specs_of(rules, check) if technique in spec.techniques]


def caps_of(
    rules: RuleSet,
    technique: Technique,
    *,
    slots: Sequence[int],
    most: int,
    limits: Limits,
) -> Caps:
    """Return what the rules allow a technique.

    Args:
        rules: the rules, of which those made from data are read.
        technique: the technique.
        slots: the slots free on each day.
        most: the most activities of a technique that no rule sets a number for.
        limits: what techniques may take of the week and its days together.
    """
    hours = _numbers(rules, "recovery", "minimum-hours", technique)
    return Caps(
        activities=min(
            _numbers(rules, "block-size", "maximum-activities", technique), default=most
        ),
        days=min(
            _numbers(rules, "technique-days", "maximum-days", technique), default=_DAYS_A_WEEK
        ),
        minutes=min(
            _numbers(rules, "technique-minutes", "maximum-minutes", technique), default=_NO_CAP
        ),
        gap=max((-(-item // _HOURS_A_DAY) for item in hours), default=1),
        rooms=tuple(sorted((free for free in slots if free), reverse=True)),
        limits=limits,
    )


@attrs.frozen
class Part:
    """Activities done together on so many days.

    Attributes:
        candidates: the activities, by id.
        count: on how many days.
        slots: the slots that they book on each.
        size: what they take of what each day holds.
        where: the days on which they may be, as bits.
    """

    candidates: tuple[Candidate, ...]
    count: int
    slots: int
    size: int
    where: int = EVERY_DAY


@attrs.frozen(kw_only=True)
class Option:
    """One way for a technique to be in a week, before it is known on which days.

    Attributes:
        parts: its parts, on days of their own; none when the technique is left out.
        shortfall: what the technique's goals then still miss, in points.
        burden: what it costs, in the objective's unit.
        exposures: how far it serves each goal that speaks of several techniques.
        total: the slots that it books in the week.
        amounts: how much it adds to each rule that adds something up over the week.
        gap: the least days between two of its days.
    """

    parts: tuple[Part, ...]
    shortfall: int
    burden: int
    exposures: tuple[int, ...]
    total: int
    amounts: tuple[int, ...] = ()
    gap: int = 1

    @property
    def cost(self) -> Cost:
        """The first two terms of the objective."""
        return self.shortfall, self.burden


@attrs.frozen
class Frontier:
    """The first two terms that something can't get below, by the slots that it may book.

    Attributes:
        totals: slots a week, ascending from 0, at each of which it can get cheaper.
        costs: what it can't get below with so many slots.
    """

    totals: tuple[int, ...]
    costs: tuple[Cost, ...]

    @property
    def least(self) -> Cost:
        """What it can't get below with all the slots that there are."""
        return self.costs[-1]

    def at(self, slots: int) -> Cost:
        """Return what it can't get below with so many slots."""
        return self.costs[bisect_right(self.totals, slots) - 1]


def frontier_of(costs: Mapping[int, Cost]) -> Frontier:
    """Return the frontier of things of which each books some slots and has a cost.

    Args:
        costs: the least cost of those that book so many slots; one must book none.
    """
    totals: list[int] = []
    kept: list[Cost] = []
    for total in sorted(costs):
        if not kept or costs[total] < kept[-1]:
            totals.append(total)
            kept.append(costs[total])
    return Frontier(tuple(totals), tuple(kept))


def both(one: Frontier, other: Frontier, slots: int) -> Frontier:
    """Return the frontier of two things together that may book so many slots."""
    cheapest: dict[int, Cost] = {}
    for total, cost in zip(one.totals, one.costs, strict=True):
        for more, rest in zip(other.totals, other.costs, strict=True):
            booked = total + more
            if booked > slots:
                break
            whole = (cost[0] + rest[0], cost[1] + rest[1])
            if booked not in cheapest or whole < cheapest[booked]:
                cheapest[booked] = whole
    return frontier_of(cheapest)


def options_frontier(options: Sequence[Option]) -> Frontier:
    """Return the frontier of a technique with some options, the cheapest first."""
    lightest: dict[int, Cost] = {}
    least = options[0].total + 1
    for option in options:
        # Only an option that books less than every cheaper one can be worth it.
        if option.total < least:
            least = option.total
            lightest[least] = option.cost
    return frontier_of(lightest)


@attrs.frozen
class Most:
    """What an option may cost at most to be worth a look.

    Attributes:
        cost: what a week costs that there is.
        slots: the slots of the week.
        others: what the other techniques can't get below.
    """

    cost: Cost
    slots: int
    others: Frontier

    @property
    def spare(self) -> Cost:
        """What an option may cost if all other techniques have all the slots."""
        least = self.others.least
        return self.cost[0] - least[0], self.cost[1] - least[1]

    def admits(self, cost: Cost, total: int) -> bool:
        """Return whether a week with an option of so much cost and so many slots may be best."""
        left = self.slots - total
        if left < 0:
            return False
        rest = self.others.at(left)
        return (cost[0] + rest[0], cost[1] + rest[1]) <= self.cost
