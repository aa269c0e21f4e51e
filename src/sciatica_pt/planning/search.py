"""The exact search: which option for each technique, and on which days.

The first two terms of the objective add up over techniques wherever their days are, so sets of
options are taken from a heap in the order of these terms, and only those that fit into the week
together are kept.
The first one is the optimum of both terms; among all that share it, the most even week is looked
for, and of the most even ones the first in a fixed order is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import count

import attrs

from sciatica_pt.planning._daily import holds
from sciatica_pt.planning._leveling import Days, Shape
from sciatica_pt.planning.objective import Block, Objective
from sciatica_pt.planning.options import (
    EVERY_DAY,
    Cost,
    Frontier,
    Limits,
    Option,
    both,
    options_frontier,
)
from sciatica_pt.planning.packing import Packer
from sciatica_pt.planning.placing import (
    Choice,
    Places,
    blocks_of,
    choice_of,
    first_ways,
    has_room,
    place_there,
    placements,
)

__all__ = ["NoWeek", "NodeLimitReached", "Room", "Search", "Vector", "Week"]

Week = tuple[Block, ...]
#: Shortfall, burden and evenness, compared in this order.
Vector = tuple[int, int, int]
#: Options that may become a week: their bound, minus how many they are, a number of its own, the
#: rank of the last, the options, what they cost, and whether the bound is the sharper one.
_Node = tuple[Cost, int, int, int, tuple[Choice, ...], Cost, bool]

_NOTHING: Cost = (0, 0)
#: More than evenness can ever be.
_ENDLESS = 1 << 60


class NodeLimitReached(Exception):
    """The search has looked at as many nodes as it may."""


class NoWeek(Exception):
    """Not even a week without sessions is allowed."""


def _sum(a: Cost, b: Cost) -> Cost:
    return a[0] + b[0], a[1] + b[1]


def _less(cost: Cost, option: Option) -> Cost:
    return cost[0] - option.shortfall, cost[1] - option.burden


@attrs.frozen(kw_only=True)
class Room:
    """What a week may hold.

    Attributes:
        slots: the slots free on each day, Monday first.
        limits: what else it holds.
    """

    slots: tuple[int, ...]
    limits: Limits

    @property
    def days(self) -> Days:
        """The days: slots free, none booked, and what else a day holds."""
        whole = self.limits.day
        return tuple([(free, 0, whole) for free in self.slots])

    @property
    def most(self) -> tuple[int, ...]:
        """The most that the amounts of the options may add up to."""
        # What each day holds no more of, the week holds no more of either.
        return self.limits.week(sum(1 for free in self.slots if free))


class Turn:
    """A technique's turn.

    Args:
        options: its options, the cheapest first.
        floor: what the turns from this one on can't get below.
        most: how far they can serve each goal that speaks of several techniques.
    """

    def __init__(
        self, options: tuple[Option, ...], *, floor: Frontier, most: tuple[int, ...]
    ) -> None:
        self._options = options
        self._choices: dict[int, Choice] = {}
        self.floor = floor
        self.most = most

    def choice(self, rank: int) -> Choice | None:
        """Return the option of a rank, or `None` when there are not so many."""
        if rank == len(self._options):
            return None
        if rank not in self._choices:
            self._choices[rank] = choice_of(self._options[rank], rank)
        return self._choices[rank]

    def choices(self) -> Iterator[Choice]:
        """Yield the options, the cheapest first."""
        return map(choice_of, self._options, count())


def _fitting(options: tuple[Option, ...], room: Room) -> tuple[Option, ...]:
    """Return the options that fit into the week; the slots of each day were looked at before."""
    whole, days = room.limits.day, room.days
    spaced: dict[tuple[int, Shape, tuple[int, ...]], bool] = {}
    found: list[Option] = []
    for option in options:
        parts = option.parts
        if not all(holds(whole, part.size) for part in parts):
            continue
        if option.gap > 1 or any(part.where != EVERY_DAY for part in parts):
            # Options differ in what they hold more than in their shape.
            choice = choice_of(option, 0)
            if choice.shape not in spaced:
                spaced[choice.shape] = has_room(choice, days)
            if not spaced[choice.shape]:
                continue
        found.append(option)
    return tuple(found)


def _turns(techniques: Sequence[tuple[Option, ...]], room: Room, goals: int) -> tuple[Turn, ...]:
    # Those that must keep days apart come first, so that the days after them are interchangeable.
    ordered = sorted(techniques, key=lambda options: -max(option.gap for option in options))
    listed: list[tuple[Option, ...]] = []
    base = _NOTHING
    for options in ordered:
        fitting = _fitting(options, room)
        if len(fitting) == 1 and not fitting[0].parts:
            base = _sum(base, fitting[0].cost)
        else:
            listed.append(fitting)
    slots = sum(room.slots)
    turns = [Turn((), floor=Frontier((0,), (base,)), most=(0,) * goals)]
    for fitting in reversed(listed):
        after = turns[0]
        floor = both(options_frontier(fitting), after.floor, slots)
        most = tuple(
            most + max(option.exposures[place] for option in fitting)
            for place, most in enumerate(after.most)
        )
        turns.insert(0, Turn(fitting, floor=floor, most=most))
    return tuple(turns)


class Search:
    """The search for one person's week.

    Args:
        techniques: the options of each technique; to leave it out is one of them.
        objective: what makes one week better than another.
        room: what the week may hold.
        node_limit: how many nodes to look at before giving up.
    """

    def __init__(
        self,
        techniques: Sequence[tuple[Option, ...]],
        *,
        objective: Objective,
        room: Room,
        node_limit: int,
    ) -> None:
        self._objective = objective
        self._cross = objective.cross
        self._turns = _turns(techniques, room, len(self._cross))
        self.days = room.days
        self._slots = sum(room.slots)
        self._size = room.limits.size
        self._most = room.most
        #: How many nodes may still be looked at.
        self.left = node_limit
        self.packer = Packer(self.days, self.count)
        #: The objective that no week gets below, as far as the search has come.
        self.bound: Vector = (*self._reachable(0, _NOTHING, (0,) * len(self._cross)), 0)

    def count(self) -> None:
        """Count a node.

        Raises:
            NodeLimitReached: there have been as many as there may be.
        """
        self.left -= 1
        if self.left < 0:
            raise NodeLimitReached

    def _reachable(self, turn: int, cost: Cost, served: tuple[int, ...]) -> Cost:
        """Return a cost with what goals that speak of several techniques will miss at least."""
        missing = 0
        for goal, reached, most in zip(self._cross, served, self._turns[turn].most, strict=True):
            missing += goal.weight * max(0, goal.target - reached - most)
        least = self._turns[turn].floor.least
        return cost[0] + least[0] + missing, cost[1] + least[1]

    def sets(self, *, cheapest: bool = False) -> Iterator[tuple[Cost, tuple[Choice, ...]]]:
        """Yield the sets of options that fit into the week, the cheapest first.

        Args:
            cheapest: whether to end with those that cost as little as the first.
        """
        least: Cost | None = None
        order = count()
        last = len(self._turns) - 1
        # A node is first filed under a bound that costs nothing to make, and under a sharper one,
        # if it has come to the front, before it is looked at closely.
        heap: list[_Node] = [(self.bound[:2], 0, next(order), -1, (), _NOTHING, True)]
        while heap:
            key, _, _, rank, chosen, cost, sharp = heappop(heap)
            if least is not None and key > least:
                return
            self.count()
            if not sharp:
                before = chosen[:-1]
                self._push_next(heap, order, before, _less(cost, chosen[-1].option), rank + 1)
                sharper = max(key, self._sharp(chosen, cost))
                heappush(heap, (sharper, -len(chosen), next(order), rank, chosen, cost, True))
                continue
            self.bound = max(self.bound, (*key, 0))
            if not self._bearable(chosen) or not self.packer.fits(chosen):
                continue
            if len(chosen) == last:
                least = key if cheapest else None
                yield key, chosen
            else:
                self._push_next(heap, order, chosen, cost, 0)

    def _bearable(self, chosen: tuple[Choice, ...]) -> bool:
        """Return whether options add up to no more than rules allow a week."""
        return all(
            sum(choice.option.amounts[place] for choice in chosen) <= limit
            for place, limit in enumerate(self._most)
        )

    def _push_next(
        self,
        heap: list[_Node],
        order: Iterator[int],
        before: tuple[Choice, ...],
        cost: Cost,
        rank: int,
    ) -> None:
        """File the option of a rank, in the turn after some options, under a bound."""
        turn = len(before)
        further = self._turns[turn].choice(rank)
        if further is not None:
            option = further.option
            missed, burden = cost[0] + option.shortfall, cost[1] + option.burden
            least = self._turns[turn + 1].floor.least
            bound = missed + least[0], burden + least[1]
            heappush(
                heap,
                (bound, -turn - 1, next(order), rank, (*before, further), (missed, burden), False),
            )

    def _sharp(self, chosen: tuple[Choice, ...], cost: Cost) -> Cost:
        """Return the first two terms that options can't get below, given the slots they leave.

        Args:
            chosen: the options.
            cost: what they cost.
        """
        left = self._slots - sum([choice.total for choice in chosen])
        if left < 0:
            return _ENDLESS, 0
        after = self._turns[len(chosen)]
        missing = 0
        for place_, goal in enumerate(self._cross):
            served = after.most[place_] + sum(item.option.exposures[place_] for item in chosen)
            missing += goal.weight * max(0, goal.target - served)
        rest = after.floor.at(left)
        return cost[0] + rest[0] + missing, cost[1] + rest[1]

    def cost(self) -> Cost | None:
        """Return the first two terms of the best week, or `None` when there is none.

        Raises:
            NodeLimitReached: the search has looked at as many nodes as it may.
        """
        return next((cost for cost, _ in self.sets()), None)

    def solve(self) -> tuple[Week, Vector]:
        """Return the best week and its objective; ties go to widely spread days, then by order.

        Raises:
            NodeLimitReached: the search has looked at as many nodes as it may.
            NoWeek: a sum over the week is too much even with nothing in it.
        """
        cost: Cost | None = None
        tied: list[tuple[int, int, tuple[Choice, ...]]] = []
        for found, chosen in self.sets(cheapest=True):
            cost = found
            low = self.packer.lowest(chosen, self.days)
            tied.append((_ENDLESS if low is None else low, len(tied), chosen))
        sets: list[tuple[Choice, ...]] = []
        even = _ENDLESS
        # Those that may become the most even come first, so that the others are soon done with.
        for _, _, chosen in sorted(tied):
            evenness = self.packer.evenness(chosen, self.days, even)
            if evenness is not None:
                sets = [*sets, chosen] if evenness == even else [chosen]
                even = evenness
        if cost is None:
            raise NoWeek
        self.bound = (*cost, even)
        return self._first(sets, even), self.bound

    def _first(self, sets: list[tuple[Choice, ...]], even: int) -> Week:
        """Return the first in order of the weeks that some sets of options make so evenly."""
        week: Week = ()
        days = self.days
        for turn in range(len(self._turns) - 1):
            # Each set that is left can become so even, so the first choice of all will do.
            choice = min((item[turn] for item in sets), key=lambda item: item.rank)
            mine = [item for item in sets if item[turn] is choice]
            places, sets, days, even = self._first_places(choice, turn, mine, days, even)
            week = (*week, *blocks_of(choice, places))
        return week

    def _first_places(
        self,
        choice: Choice,
        turn: int,
        sets: list[tuple[Choice, ...]],
        days: Days,
        even: int,
    ) -> tuple[Places, list[tuple[Choice, ...]], Days, int]:
        """Return the first places from which some sets of options become so even, as one can."""

        def reaching(places: Places) -> tuple[list[tuple[Choice, ...]], Days, int] | None:
            placed = place_there(choice, days, places, even)
            if placed is None:
                return None
            self.count()
            there, added = placed
            left = even - added
            fitting = [
                item for item in sets if self.packer.evenness(item[turn + 1 :], there, left) == left
            ]
            return (fitting, there, left) if fitting else None

        return next(
            (places, *found)
            for places in first_ways(choice)
            if (found := reaching(places)) is not None
        )

    def beside(self, week: Week) -> Iterator[Week]:
        """Yield what a single technique may add to a week, the cheapest first."""
        days = list(self.days)
        for block in week:
            slots = self._objective.slots(block.seconds)
            size = sum(map(self._size, block.candidates))
            for day in block.days:
                free, booked, fitting = days[day.order]
                days[day.order] = (free - slots, booked + slots, fitting - size)
        for choice in self._turns[0].choices():
            for places in placements(choice, tuple(days), alike=False):
                yield blocks_of(choice, places)
