"""The exact search: which option for each technique, and on which days.

The first two terms of the objective add up over techniques wherever their days are, so sets of
options are taken from a heap in the order of these terms, and only those that fit into the week
together are kept.
The first one is the optimum of both terms; among all that share it, the most even week is looked
for, and of the most even ones the first in a fixed order is taken.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from itertools import count, product

import attrs

from sciatica_pt.model.vocabulary import Weekday
from sciatica_pt.planning._leveling import Days
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.planning.objective import Block, Objective
from sciatica_pt.planning.options import Cost, Frontier, Option, Part, both, options_frontier
from sciatica_pt.planning.placing import (
    Choice,
    Packer,
    Places,
    blocks_of,
    choice_of,
    first_ways,
    has_room,
    place,
    place_there,
    placements,
)

__all__ = ["Admits", "NoWeek", "NodeLimitReached", "Room", "Search", "Vector", "Week"]

Week = tuple[Block, ...]
#: Shortfall, burden and evenness, compared in this order.
Vector = tuple[int, int, int]
#: The days that an activity may be on, whatever else is in the week.
DaysOf = Callable[[Candidate], frozenset[Weekday]]
#: Whether a day may hold these activities, whatever the other days hold.
Admits = Callable[[Weekday, tuple[Candidate, ...]], bool]

_WEEK = tuple(Weekday)
_NOTHING: Cost = (0, 0)
#: More than evenness can ever be.
_ENDLESS = 1 << 60


class NodeLimitReached(Exception):
    """The search has looked at as many nodes as it may."""


class NoWeek(Exception):
    """Not even a week without sessions is allowed."""


def _sum(a: Cost, b: Cost) -> Cost:
    return a[0] + b[0], a[1] + b[1]


@attrs.frozen(kw_only=True)
class Room:
    """What a week may hold.

    Attributes:
        days: the days, Monday first: slots free, none booked, the most activities in a session.
        limits: the most that the amounts of the options may add up to.
        days_of: the days that an activity may be on; `None` when it may be on any.
        admits: whether a day may hold some activities; `None` when every day may hold whatever
            there is room for.
    """

    days: Days
    limits: tuple[int, ...] = ()
    days_of: DaysOf | None = None
    admits: Admits | None = None


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


def _fits_alone(option: Option, room: Room) -> bool:
    """Return whether an option fits into the week; the slots of each day were looked at before."""
    days = room.days
    if any(len(_days_of(part, room.days_of)) < part.count for part in option.parts):
        return False
    most = max(fitting for _, _, fitting in days)
    crowded = any(len(part.candidates) > most for part in option.parts)
    if option.gap == 1:
        return not crowded
    return not crowded and has_room(choice_of(option, 0), days)


def _days_of(part: Part, days_of: DaysOf | None) -> frozenset[Weekday]:
    """Return the days that all activities of a part may be on."""
    every = frozenset(_WEEK)
    return every if days_of is None else every.intersection(*map(days_of, part.candidates))


def _turns(techniques: Sequence[tuple[Option, ...]], room: Room, goals: int) -> tuple[Turn, ...]:
    # Those that must keep days apart come first, so that the days after them are interchangeable.
    ordered = sorted(techniques, key=lambda options: -max(option.gap for option in options))
    listed: list[tuple[Option, ...]] = []
    base = _NOTHING
    for options in ordered:
        fitting = tuple(option for option in options if _fits_alone(option, room))
        if len(fitting) == 1 and not fitting[0].parts:
            base = _sum(base, fitting[0].cost)
        else:
            listed.append(fitting)
    slots = sum(free for free, _, _ in room.days)
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
        self._days = room.days
        self._slots = sum(free for free, _, _ in room.days)
        self._limits = room.limits
        self._left = node_limit
        self._days_of = room.days_of
        self._admits = room.admits
        self._packer = Packer(self._days, self._count)
        #: The objective that no week gets below, as far as the search has come.
        self.bound: Vector = (*self._reachable(0, _NOTHING, (0,) * len(self._cross)), 0)

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise NodeLimitReached

    def _reachable(self, turn: int, cost: Cost, served: tuple[int, ...]) -> Cost:
        """Return a cost with what goals that speak of several techniques will miss at least."""
        missing = 0
        for goal, reached, most in zip(self._cross, served, self._turns[turn].most, strict=True):
            missing += goal.weight * max(0, goal.target - reached - most)
        least = self._turns[turn].floor.least
        return cost[0] + least[0] + missing, cost[1] + least[1]

    def _sets(self, *, cheapest: bool = False) -> Iterator[tuple[Cost, tuple[Choice, ...]]]:
        """Yield the sets of options that fit into the week, the cheapest first.

        Args:
            cheapest: whether to end with those that cost as little as the first.
        """
        least: Cost | None = None
        order = count()
        last = len(self._turns) - 1
        # A node is first filed under a bound that costs nothing to make, and under a sharper one,
        # if it has come to the front, before it is looked at closely.
        heap: list[tuple[Cost, int, int, int, tuple[Choice, ...], bool]] = [
            (self.bound[:2], 0, next(order), -1, (), True)
        ]
        while heap:
            key, _, _, rank, chosen, sharp = heapq.heappop(heap)
            if least is not None and key > least:
                return
            self._count()
            if not sharp:
                self._push_next(heap, order, chosen[:-1], rank + 1)
                sharper = max(key, self._sharp(chosen))
                heapq.heappush(heap, (sharper, -len(chosen), next(order), rank, chosen, True))
                continue
            self.bound = max(self.bound, (*key, 0))
            if not self._bearable(chosen) or not self._packer.fits(chosen):
                continue
            if len(chosen) == last:
                least = key if cheapest else None
                yield key, chosen
            else:
                self._push_next(heap, order, chosen, 0)

    def _bearable(self, chosen: tuple[Choice, ...]) -> bool:
        """Return whether options add up to no more than rules allow a week."""
        return all(
            sum(choice.option.amounts[place] for choice in chosen) <= limit
            for place, limit in enumerate(self._limits)
        )

    def _push_next(
        self,
        heap: list[tuple[Cost, int, int, int, tuple[Choice, ...], bool]],
        order: Iterator[int],
        before: tuple[Choice, ...],
        rank: int,
    ) -> None:
        """File the option of a rank, in the turn after some options, under a bound."""
        further = self._turns[len(before)].choice(rank)
        if further is not None:
            cost = further.option.cost
            for choice in before:
                cost = _sum(cost, choice.option.cost)
            bound = _sum(cost, self._turns[len(before) + 1].floor.least)
            chosen = (*before, further)
            heapq.heappush(heap, (bound, -len(chosen), next(order), rank, chosen, False))

    def _sharp(self, chosen: tuple[Choice, ...]) -> Cost:
        """Return the first two terms that options can't get below, given the slots they leave."""
        cost, left, turn = _NOTHING, self._slots, len(chosen)
        for choice in chosen:
            cost = _sum(cost, choice.option.cost)
            left -= choice.total
        if left < 0:
            return _ENDLESS, 0
        after = self._turns[turn]
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
        return next((cost for cost, _ in self._sets()), None)

    def solve(self) -> tuple[Week, Vector]:
        """Return the best week and its objective; ties go to widely spread days, then by order.

        Raises:
            NodeLimitReached: the search has looked at as many nodes as it may.
            NoWeek: a sum over the week is too much even with nothing in it.
        """
        cost: Cost | None = None
        tied: list[tuple[int, int, tuple[Choice, ...]]] = []
        for found, chosen in self._sets(cheapest=True):
            cost = found
            low = self._packer.lowest(chosen, self._days)
            tied.append((_ENDLESS if low is None else low, len(tied), chosen))
        sets: list[tuple[Choice, ...]] = []
        even = _ENDLESS
        # Those that may become the most even come first, so that the others are soon done with.
        for _, _, chosen in sorted(tied):
            evenness = self._packer.evenness(chosen, self._days, even)
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
        days = self._days
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
            self._count()
            there, added = placed
            left = even - added
            fitting = [
                item
                for item in sets
                if self._packer.evenness(item[turn + 1 :], there, left) == left
            ]
            return (fitting, there, left) if fitting else None

        return next(
            (places, *found)
            for places in first_ways(choice)
            if (found := reaching(places)) is not None
        )

    def best_first(self) -> Iterator[tuple[Week, Vector]]:
        """Yield every week that each day admits, the best first.

        It is for rules that must see a whole week.

        Raises:
            NodeLimitReached: the search has looked at as many nodes as it may.
        """
        order = count()
        heap: list[tuple[Vector, int, _Half]] = []
        for cost, chosen in self._sets():
            while heap and heap[0][0][:2] < cost:
                yield from self._grow(heap, order)
            start = _Half(self._patterns(chosen), chosen, self._days, 0, ())
            self._file(heap, order, cost, start)
        while heap:
            yield from self._grow(heap, order)

    def _file(
        self, heap: list[tuple[Vector, int, _Half]], order: Iterator[int], cost: Cost, half: _Half
    ) -> None:
        rest = self._packer.lowest(half.chosen[len(half.places) :], half.days)
        if rest is not None:
            heapq.heappush(heap, ((*cost, half.even + rest), next(order), half))

    def _grow(
        self, heap: list[tuple[Vector, int, _Half]], order: Iterator[int]
    ) -> Iterator[tuple[Week, Vector]]:
        vector, _, half = heapq.heappop(heap)
        self.bound = max(self.bound, vector)
        turn = len(half.places)
        if turn == len(half.chosen):
            week: Week = ()
            for choice, places in zip(half.chosen, half.places, strict=True):
                week = (*week, *blocks_of(choice, places))
            yield week, vector
            return
        choice = half.chosen[turn]
        barred = self._barred(choice)
        for places in placements(choice, half.days, alike=False):
            self._count()
            if not all(days.isdisjoint(part) for days, part in zip(barred, places, strict=True)):
                continue
            there, added = place(choice, half.days, places)
            further = _Half(
                half.patterns, half.chosen, there, half.even + added, (*half.places, places)
            )
            if further.admitted():
                self._file(heap, order, vector[:2], further)

    def _barred(self, choice: Choice) -> list[frozenset[int]]:
        """Return the days on which each part of an option may not be."""
        allowed = [_days_of(part, self._days_of) for part in choice.option.parts]
        return [frozenset(day.order for day in _WEEK if day not in days) for days in allowed]

    def _patterns(self, chosen: tuple[Choice, ...]) -> _Patterns | None:
        """Return what each day may hold of some options, or `None` when it may hold anything."""
        admits = self._admits
        if admits is None:
            return None
        held = [(None, *range(len(choice.parts))) for choice in chosen]
        patterns: list[frozenset[_Pattern]] = []
        for day in _WEEK:
            allowed: set[_Pattern] = set()
            for pattern in product(*held):
                self._count()
                candidates = tuple(
                    candidate
                    for choice, part in zip(chosen, pattern, strict=True)
                    if part is not None
                    for candidate in choice.option.parts[part].candidates
                )
                if admits(day, candidates):
                    # What has been decided so far must be the beginning of something allowed.
                    allowed.update(pattern[:length] for length in range(len(pattern) + 1))
            patterns.append(frozenset(allowed))
        return tuple(patterns)

    def beside(self, week: Week) -> Iterator[Week]:
        """Yield what a single technique may add to a week, the cheapest first."""
        days = list(self._days)
        for block in week:
            slots = self._objective.slots(block.seconds)
            for day in block.days:
                free, booked, fitting = days[day.order]
                days[day.order] = (free - slots, booked + slots, fitting - len(block.candidates))
        for choice in self._turns[0].choices():
            for places in placements(choice, tuple(days), alike=False):
                yield blocks_of(choice, places)


#: Which part of each technique's option is on a day, turn by turn; `None` for none.
_Pattern = tuple[int | None, ...]
#: For each day, the beginnings of the patterns that it may hold.
_Patterns = tuple[frozenset[_Pattern], ...]


@attrs.frozen(eq=False, order=False)
class _Half:
    """A week of which some techniques stand on their days.

    Attributes:
        patterns: what each day may hold; `None` when it may hold anything.
        chosen: the options.
        days: what the days have left.
        even: the evenness of what stands.
        places: where the options of the turns so far stand.
    """

    patterns: _Patterns | None
    chosen: tuple[Choice, ...]
    days: Days
    even: int
    places: tuple[Places, ...]

    def admitted(self) -> bool:
        """Return whether every day may still become one that is admitted."""
        if self.patterns is None:
            return True
        return all(
            tuple(
                next((part for part, days in enumerate(places) if day in days), None)
                for places in self.places
            )
            in allowed
            for day, allowed in enumerate(self.patterns)
        )
