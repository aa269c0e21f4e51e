"""The exact search: which option for each technique, and on which days.

The terms of the objective add up over techniques, so the best completion of a half-planned week
depends only on what its days have left.
`Search.value` computes that by recursion and remembers it; days that have the same left are
interchangeable, unless a technique still to come must keep its days apart.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import combinations, count

import attrs

from sciatica_pt.model.vocabulary import Weekday
from sciatica_pt.planning.objective import Block, Objective
from sciatica_pt.planning.options import Option, Part

__all__ = ["NodeLimitReached", "Search", "Vector", "Week"]

Week = tuple[Block, ...]
#: Shortfall, burden and evenness, compared in this order.
Vector = tuple[int, int, int]
#: What a day has: slots left, slots booked, activities that still fit.
Day = tuple[int, int, int]
Days = tuple[Day, ...]
#: The days, and how far each goal that speaks of several techniques is served.
State = tuple[Days, tuple[int, ...]]
Places = tuple[tuple[int, ...], ...]

_WEEK = tuple(Weekday)


class NodeLimitReached(Exception):
    """The search has looked at as many nodes as it may."""


def _add(a: Vector, b: Vector) -> Vector:
    return a[0] + b[0], a[1] + b[1], a[2] + b[2]


def _gaps(days: Sequence[int]) -> Iterator[int]:
    for place, day in enumerate(days):
        following = days[(place + 1) % len(days)]
        yield (following - day - 1) % len(_WEEK) + 1


def _least_gap(days: Sequence[int]) -> int:
    return min(_gaps(days), default=len(_WEEK))


@attrs.frozen(kw_only=True)
class Step:
    """A technique's turn.

    Attributes:
        options: its options, the cheapest first.
        apart: whether some option of this or a later step must keep its days apart.
        most_slots: the most slots that this and all later steps can book on a day.
        most_activities: the most activities that they can put into a session.
        bound: the first two terms that this and all later steps can't get below.
    """

    options: tuple[Option, ...]
    apart: bool
    most_slots: int
    most_activities: int
    bound: tuple[int, int]


def _steps(techniques: Sequence[tuple[Option, ...]]) -> tuple[Step, ...]:
    # Those that must keep days apart come first, so that the days after them are interchangeable.
    ordered = sorted(techniques, key=lambda options: -max(option.gap for option in options))
    steps: list[Step] = [
        Step(options=(), apart=False, most_slots=0, most_activities=0, bound=(0, 0))
    ]
    for options in reversed(ordered):
        after = steps[0]
        cheapest = min(option.cost for option in options)
        steps.insert(
            0,
            Step(
                options=options,
                apart=after.apart or any(option.gap > 1 for option in options),
                most_slots=after.most_slots + max(max(item.booked, default=0) for item in options),
                most_activities=after.most_activities + max(item.size for item in options),
                bound=(cheapest[0] + after.bound[0], cheapest[1] + after.bound[1]),
            ),
        )
    return tuple(steps)


class Search:
    """The search for one person's week.

    Args:
        techniques: the options of each technique.
        objective: what makes one week better than another.
        slots: the slots free on each day, Monday first.
        activities: the most activities in a session.
        node_limit: how many placements to look at before giving up.
    """

    def __init__(
        self,
        techniques: Sequence[tuple[Option, ...]],
        *,
        objective: Objective,
        slots: Sequence[int],
        activities: int,
        node_limit: int,
    ) -> None:
        self._steps = _steps(techniques)
        self._objective = objective
        self._cross = objective.cross
        self._start: State = (
            tuple((free, 0, activities) for free in slots),
            (0,) * len(self._cross),
        )
        self._left = node_limit
        self._known: dict[tuple[int, State], Vector] = {}

    @property
    def bound(self) -> tuple[int, int]:
        """The first two terms of the objective that no week gets below."""
        return self._steps[0].bound

    def _same(self, turn: int, state: State) -> State:
        """Return the state without what can't matter any more."""
        step = self._steps[turn]
        days = tuple(
            (
                min(free, step.most_slots),
                booked,
                min(fitting, step.most_activities),
            )
            for free, booked, fitting in state[0]
        )
        served = tuple(
            min(reached, goal.target) for reached, goal in zip(state[1], self._cross, strict=True)
        )
        return (days if step.apart else tuple(sorted(days))), served

    def value(self, turn: int, state: State) -> Vector:
        """Return the objective of the best completion from a turn on.

        Raises:
            NodeLimitReached: the search has looked at as many placements as it may.
        """
        if turn == len(self._steps) - 1:
            missing = sum(
                goal.weight * max(0, goal.target - reached)
                for goal, reached in zip(self._cross, state[1], strict=True)
            )
            return missing, 0, 0
        state = self._same(turn, state)
        known = self._known.get((turn, state))
        if known is not None:
            return known
        best: Vector | None = None
        after = self._steps[turn + 1].bound
        for option in self._steps[turn].options:
            lowest = (option.shortfall + after[0], option.burden + after[1])
            if best is not None and lowest > best[:2]:
                break
            for places in _placements(option, state[0], interchangeable=option.gap == 1):
                self._count()
                there, added = _place(option, state, places)
                total = _add((option.shortfall, option.burden, added), self.value(turn + 1, there))
                if best is None or total < best:
                    best = total
        # Leaving the technique out is always possible.
        assert best is not None
        self._known[turn, state] = best
        return best

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise NodeLimitReached

    def solve(self) -> tuple[Week, Vector]:
        """Return the best week and its objective; ties go to widely spread days, then by order.

        Raises:
            NodeLimitReached: the search has looked at as many placements as it may.
        """
        state = self._start
        best = wanted = self.value(0, state)
        week: Week = ()
        for turn in range(len(self._steps) - 1):
            choices: list[tuple[object, Option, Places, State, Vector]] = []
            for rank, option in enumerate(self._steps[turn].options):
                if option.cost > wanted[:2]:
                    break
                for places in _placements(option, state[0], interchangeable=False):
                    self._count()
                    there, added = _place(option, state, places)
                    rest = self.value(turn + 1, there)
                    here = (option.shortfall, option.burden, added)
                    if _add(here, rest) == wanted:
                        tie = (rank, [-_least_gap(part) for part in places], places)
                        choices.append((tie, option, places, there, rest))
            _, option, places, state, wanted = min(choices, key=lambda choice: choice[0])  # type: ignore[arg-type, return-value]
            week = (*week, *_blocks(option, places))
        return week, best

    def best_first(self) -> Iterator[tuple[Week, Vector]]:
        """Yield every week, the best first, for rules that must see a whole week.

        Raises:
            NodeLimitReached: the search has looked at as many placements as it may.
        """
        order = count()
        none: Vector = (0, 0, 0)
        # A node is first filed under a bound that costs nothing, and under its true value only
        # once it has come to the front.
        heap: list[tuple[Vector, int, bool, int, State, Vector, Week]] = [
            ((*self._steps[0].bound, 0), next(order), False, 0, self._start, none, ())
        ]
        while heap:
            total, _, exact, turn, state, so_far, week = heapq.heappop(heap)
            if turn == len(self._steps) - 1 and exact:
                yield week, total
                continue
            if not exact:
                true = _add(so_far, self.value(turn, state))
                heapq.heappush(heap, (true, next(order), True, turn, state, so_far, week))
                continue
            after = self._steps[turn + 1].bound
            for option in self._steps[turn].options:
                for places in _placements(option, state[0], interchangeable=False):
                    self._count()
                    there, added = _place(option, state, places)
                    spent = _add(so_far, (option.shortfall, option.burden, added))
                    lowest = _add(spent, (*after, 0))
                    further = (*week, *_blocks(option, places))
                    heapq.heappush(
                        heap, (lowest, next(order), False, turn + 1, there, spent, further)
                    )

    def beside(self, week: Week) -> Iterator[Week]:
        """Yield what a single technique may add to a week, the cheapest first."""
        days = list(self._start[0])
        for block in week:
            slots = self._objective.slots(block.seconds)
            for day in block.days:
                free, booked, fitting = days[day.order]
                days[day.order] = (free - slots, booked + slots, fitting - len(block.candidates))
        for option in self._steps[0].options:
            for places in _placements(option, tuple(days), interchangeable=False):
                yield _blocks(option, places)


def _placements(option: Option, days: Days, *, interchangeable: bool) -> Iterator[Places]:
    """Yield the ways to put an option on days: for each part, the places of its days."""
    return _place_parts(option, option.parts, days, (), interchangeable=interchangeable)


def _place_parts(
    option: Option, parts: tuple[Part, ...], days: Days, taken: Places, *, interchangeable: bool
) -> Iterator[Places]:
    if not parts:
        yield taken
        return
    part, later = parts[0], parts[1:]
    used = {place for places in taken for place in places}
    size = len(part.candidates)
    open_places = [
        place
        for place, (free, _, fitting) in enumerate(days)
        if place not in used and part.slots <= free and size <= fitting
    ]
    if interchangeable:
        ways = _ways(open_places, days, part.count)
    else:
        ways = combinations(open_places, part.count)
    for places in ways:
        if option.gap == 1 or _least_gap(places) >= option.gap:
            yield from _place_parts(
                option, later, days, (*taken, places), interchangeable=interchangeable
            )


def _ways(places: list[int], days: Days, wanted: int) -> Iterator[tuple[int, ...]]:
    """Yield one choice of days for each number of days taken from every kind of day."""
    kinds: dict[Day, list[int]] = {}
    for place in places:
        kinds.setdefault(days[place], []).append(place)
    groups = list(kinds.values())
    if len(places) >= wanted:
        yield from _take(groups, wanted)


def _take(groups: list[list[int]], wanted: int) -> Iterator[tuple[int, ...]]:
    if not groups:
        if wanted == 0:
            yield ()
        return
    group, others = groups[0], groups[1:]
    rest = sum(len(other) for other in others)
    for number in range(max(0, wanted - rest), min(len(group), wanted) + 1):
        for further in _take(others, wanted - number):
            yield (*group[:number], *further)


def _place(option: Option, state: State, places: Places) -> tuple[State, int]:
    """Return the state once an option stands on its days, and by how much evenness grew."""
    days = list(state[0])
    added = 0
    for part, chosen in zip(option.parts, places, strict=True):
        for place in chosen:
            free, booked, fitting = days[place]
            added += (booked + part.slots) ** 2 - booked**2
            days[place] = (
                free - part.slots,
                booked + part.slots,
                fitting - len(part.candidates),
            )
    served = tuple(a + b for a, b in zip(state[1], option.exposures, strict=True))
    return (tuple(days), served), added


def _blocks(option: Option, places: Places) -> Week:
    return tuple(
        Block(part.candidates, tuple(_WEEK[place] for place in sorted(chosen)))
        for part, chosen in zip(option.parts, places, strict=True)
    )
