"""All weeks that a caller's rules over days admit, the best first.

It is for rules that the search can't look into: they are asked about complete weeks.
Sets of options come from the search in the order of the first two terms; their weeks grow
technique by technique, and what is left to place has a sharp bound, the days' own rules included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from itertools import count, product

import attrs

from sciatica_pt.model.vocabulary import Weekday
from sciatica_pt.planning._daily import holds
from sciatica_pt.planning._leveling import Days, strides_of
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.planning.options import Cost
from sciatica_pt.planning.placing import Choice, Places, blocks_of, first_ways, place_there
from sciatica_pt.planning.search import Search, Vector, Week

__all__ = ["Admits", "Ranking"]

#: Whether a day may hold these activities, whatever the other days hold.
Admits = Callable[[Weekday, tuple[Candidate, ...]], bool]
#: Which part of each technique's option is on a day, turn by turn; `None` for none.
_Pattern = tuple[int | None, ...]
#: What a day may hold.
_Patterns = frozenset[_Pattern]

_WEEK = tuple(Weekday)
#: More than evenness can ever be.
_ENDLESS = 1 << 60


@attrs.frozen(eq=False)
class _Half:
    """A week of which some techniques stand on their days.

    Attributes:
        chosen: the options.
        days: what the days have left.
        even: the evenness of what stands.
        places: where the options of the turns so far stand.
        patterns: what each day may hold of the turns to come; `None` when it may hold anything.
        sums: what has been worked out of patterns for these options, by the turn.
    """

    chosen: tuple[Choice, ...]
    days: Days
    even: int
    places: tuple[Places, ...]
    patterns: tuple[_Patterns, ...] | None
    sums: dict[tuple[int, _Patterns], frozenset[int]] = attrs.field(
        factory=dict[tuple[int, _Patterns], frozenset[int]]
    )

    @property
    def week(self) -> Week:
        """What stands."""
        return tuple(
            block
            for choice, places in zip(self.chosen, self.places, strict=False)
            for block in blocks_of(choice, places)
        )


_Heap = list[tuple[Vector, int, int, _Half]]


class Ranking:
    """The weeks of a search, the best first.

    Args:
        search: the search.
        admits: whether a day may hold some activities; `None` when every day may hold whatever
            there is room for.
    """

    def __init__(self, search: Search, *, admits: Admits | None) -> None:
        self._search = search
        self._admits = admits
        self._order = count()
        #: The objective that no week gets below, as far as it has come.
        self.bound: Vector = search.bound

    def weeks(self, *, below: Vector | None = None) -> Iterator[tuple[Week, Vector]]:
        """Yield every week that each day admits, the best first.

        Args:
            below: only weeks better than this; `None` for all.

        Raises:
            NodeLimitReached: the search has looked at as many nodes as it may.
        """
        most = (_ENDLESS, 0, 0) if below is None else below
        heap: _Heap = []
        for cost, chosen in self._search.sets():
            if cost > most[:2]:
                break
            while heap and heap[0][0][:2] < cost:
                yield from self._grow(heap, most)
            # No week of the sets before is left that costs less, and none of those to come will.
            self.bound = max(self.bound, (*cost, 0))
            self._file(heap, cost, self._start(chosen), most)
        while heap:
            yield from self._grow(heap, most)

    def _start(self, chosen: tuple[Choice, ...]) -> _Half:
        return _Half(chosen, self._search.days, 0, (), self._patterns(chosen))

    def _file(self, heap: _Heap, cost: Cost, half: _Half, most: Vector) -> None:
        rest = self._rest(half)
        if rest is not None:
            vector = (*cost, half.even + rest)
            if vector < most:
                # Among equals what has more decided goes first, so that a whole week is met soon.
                heappush(heap, (vector, -len(half.places), next(self._order), half))

    def _rest(self, half: _Half) -> int | None:
        """Return by how much evenness grows at least, or `None` when not all can be placed."""
        later = half.chosen[len(half.places) :]
        if half.patterns is None:
            return self._search.packer.evenness(later, half.days, _ENDLESS)
        on = tuple([_sums_of(half, later, patterns) for patterns in half.patterns])
        return self._search.packer.growth(later, half.days, on)

    def _grow(self, heap: _Heap, most: Vector) -> Iterator[tuple[Week, Vector]]:
        vector, _, _, half = heappop(heap)
        self.bound = max(self.bound, vector)
        turn = len(half.places)
        if turn == len(half.chosen):
            yield half.week, vector
            return
        choice = half.chosen[turn]
        further = _further(half.patterns)
        for places in first_ways(choice):
            placed = place_there(choice, half.days, places, _ENDLESS)
            if placed is None:
                continue
            self._search.count()
            patterns = None if further is None else _after(further, places)
            if further is None or patterns is not None:
                there, added = placed
                after = attrs.evolve(
                    half,
                    days=there,
                    even=half.even + added,
                    places=(*half.places, places),
                    patterns=patterns,
                )
                self._file(heap, vector[:2], after, most)

    def _patterns(self, chosen: tuple[Choice, ...]) -> tuple[_Patterns, ...] | None:
        """Return what each day may hold of some options, or `None` when it may hold anything."""
        admits = self._admits
        if admits is None:
            return None
        held = [(None, *range(len(choice.parts))) for choice in chosen]
        found: list[_Patterns] = []
        for day, (free, _, fitting) in zip(_WEEK, self._search.days, strict=True):
            allowed: set[_Pattern] = set()
            for pattern in product(*held):
                self._search.count()
                parts = [
                    choice.option.parts[part]
                    for choice, part in zip(chosen, pattern, strict=True)
                    if part is not None
                ]
                candidates = tuple([item for part in parts for item in part.candidates])
                if (
                    sum([part.slots for part in parts]) <= free
                    and holds(fitting, sum([part.size for part in parts]))
                    and all(part.where >> day.order & 1 for part in parts)
                    and admits(day, candidates)
                ):
                    allowed.add(pattern)
            found.append(frozenset(allowed))
        return tuple(found)


def _sums_of(half: _Half, later: tuple[Choice, ...], patterns: _Patterns) -> frozenset[int]:
    """Return what the patterns of one day are to the packer, worked out once for some options."""
    key = len(half.places), patterns
    if key not in half.sums:
        strides = strides_of([choice.parts for choice in later])
        half.sums[key] = frozenset(
            sum(turn[part] for turn, part in zip(strides, pattern, strict=True) if part is not None)
            for pattern in patterns
        )
    return half.sums[key]


def _further(
    patterns: tuple[_Patterns, ...] | None,
) -> list[dict[int | None, _Patterns]] | None:
    """Return for each day what it may hold after one turn, by what it holds of that turn."""
    if patterns is None:
        return None
    found: list[dict[int | None, _Patterns]] = []
    for day in patterns:
        after: dict[int | None, set[_Pattern]] = {}
        for first, *rest in day:
            after.setdefault(first, set()).add(tuple(rest))
        found.append({first: frozenset(rests) for first, rests in after.items()})
    return found


def _after(
    further: list[dict[int | None, _Patterns]], places: Places
) -> tuple[_Patterns, ...] | None:
    """Return what each day may hold once an option stands, or `None` if it may not stand so."""
    on: list[int | None] = [None] * len(_WEEK)
    for part, days in enumerate(places):
        for day in days:
            on[day] = part
    found: list[_Patterns] = []
    for after, held in zip(further, on, strict=True):
        if held not in after:
            return None
        found.append(after[held])
    return tuple(found)
