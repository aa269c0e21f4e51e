"""Where options stand in a week: the ways to put them on days, and how even the days become.

A day is what it has left, what it has booked and how many activities still fit.
Days that are alike in these are interchangeable, as long as nothing still to come tells weekdays
apart; that is what keeps the number of ways small.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations

import attrs

from sciatica_pt.model.vocabulary import Weekday
from sciatica_pt.planning._leveling import Day, Days, Shape, least_growth, level, packed
from sciatica_pt.planning.objective import Block
from sciatica_pt.planning.options import Option

__all__ = [
    "Choice",
    "Packer",
    "Places",
    "blocks_of",
    "choice_of",
    "first_ways",
    "has_room",
    "place",
    "place_there",
    "placements",
]

#: For each part of an option, the places of its days.
Places = tuple[tuple[int, ...], ...]

_WEEK = tuple(Weekday)
_DAYS_A_WEEK = len(_WEEK)
_EVERY_DAY = range(_DAYS_A_WEEK)
#: More than evenness can ever grow by.
_NO_ROOM = 1 << 60


@attrs.frozen(eq=False)
class Choice:
    """An option as the search sees it.

    Attributes:
        option: the option.
        rank: its place among its technique's options, the cheapest first.
        parts: of each part: the slots and the activities on each of its days, and the days.
        gap: the least days between two of its days.
        booked: the slots and the activities of each of its days, the fullest first.
        total: the slots that it books in the week.
    """

    option: Option
    rank: int
    parts: Shape
    gap: int
    booked: tuple[tuple[int, int], ...]
    total: int


def choice_of(option: Option, rank: int) -> Choice:
    """Return an option as the search sees it."""
    parts = tuple((part.slots, len(part.candidates), part.count) for part in option.parts)
    booked = sorted(((slots, size) for slots, size, count in parts for _ in range(count)))
    return Choice(
        option=option,
        rank=rank,
        parts=parts,
        gap=option.gap,
        booked=tuple(reversed(booked)),
        total=sum(slots * count for slots, _, count in parts),
    )


@lru_cache(maxsize=1 << _DAYS_A_WEEK)
def least_gap(days: tuple[int, ...]) -> int:
    """Return the least days from one of some days to the next, around the week's end."""
    return min(
        (
            (days[(place + 1) % len(days)] - day - 1) % _DAYS_A_WEEK + 1
            for place, day in enumerate(days)
        ),
        default=_DAYS_A_WEEK,
    )


@lru_cache(maxsize=4096)
def _patterns(places: tuple[int, ...], count: int, gap: int) -> tuple[tuple[int, ...], ...]:
    """Return the choices of so many places that keep the gap."""
    return tuple(
        chosen for chosen in combinations(places, count) if gap == 1 or least_gap(chosen) >= gap
    )


def placements(choice: Choice, days: Days, *, alike: bool) -> Iterator[Places]:
    """Yield the ways to put a choice on days.

    Args:
        choice: the choice.
        days: the days.
        alike: whether days that have the same are interchangeable; of such ways one is given.
    """
    if len(choice.parts) == 1:
        for chosen in _choose(choice.parts[0], days, (), choice.gap, alike=alike):
            yield (chosen,)
    else:
        yield from _place_parts(choice, 0, days, (), alike=alike)


def _place_parts(
    choice: Choice, turn: int, days: Days, taken: Places, *, alike: bool
) -> Iterator[Places]:
    if turn == len(choice.parts):
        yield taken
        return
    used = tuple(place for places in taken for place in places)
    for chosen in _choose(choice.parts[turn], days, used, choice.gap, alike=alike):
        yield from _place_parts(choice, turn + 1, days, (*taken, chosen), alike=alike)


def _choose(
    part: tuple[int, int, int], days: Days, used: tuple[int, ...], gap: int, *, alike: bool
) -> Iterator[tuple[int, ...]]:
    """Yield the choices of days for a part that has room on each."""
    slots, size, count = part
    places = tuple(
        [
            place
            for place, (free, _, fitting) in enumerate(days)
            if free >= slots and fitting >= size and place not in used
        ]
    )
    if len(places) < count:
        return
    if not alike:
        yield from _patterns(places, count, gap)
        return
    kinds: dict[Day, list[int]] = {}
    for place in places:
        kinds.setdefault(days[place], []).append(place)
    # Those with the most room first: most ways that fail later fail for want of room.
    yield from _take(tuple([tuple(kinds[day]) for day in sorted(kinds, reverse=True)]), count)


@lru_cache(maxsize=4096)
def _take(groups: tuple[tuple[int, ...], ...], wanted: int) -> tuple[tuple[int, ...], ...]:
    """Return the ways to take so many from groups of interchangeable ones."""
    group, others = groups[0], groups[1:]
    if not others:
        return (group[:wanted],)
    least = max(0, wanted - sum(map(len, others)))
    return tuple(
        [
            (*group[:number], *further)
            for number in range(min(len(group), wanted), least - 1, -1)
            for further in (_take(others, wanted - number) if number < wanted else ((),))
        ]
    )


def place(choice: Choice, days: Days, places: Places) -> tuple[Days, int]:
    """Return the days once a choice stands on them, and by how much evenness grew."""
    now = list(days)
    added = 0
    for (slots, size, _), chosen in zip(choice.parts, places, strict=True):
        for day in chosen:
            free, booked, fitting = now[day]
            added += slots * (2 * booked + slots)
            now[day] = (free - slots, booked + slots, fitting - size)
    return tuple(now), added


def place_there(choice: Choice, days: Days, places: Places, most: int) -> tuple[Days, int] | None:
    """Return what `place` does, or `None` if there is no room or evenness grows by too much."""
    added = 0
    for (slots, size, _), chosen in zip(choice.parts, places, strict=True):
        for day in chosen:
            free, booked, fitting = days[day]
            added += slots * (2 * booked + slots)
            if free < slots or fitting < size or added > most:
                return None
    return place(choice, days, places)


def first_ways(choice: Choice) -> tuple[Places, ...]:
    """Return the ways to put a choice on empty days: the most widely spread first, then by day."""
    return _first_ways(tuple([count for _, _, count in choice.parts]), choice.gap)


@lru_cache(maxsize=512)
def _first_ways(counts: tuple[int, ...], gap: int) -> tuple[Places, ...]:
    ways: list[Places] = [()]
    for count in counts:
        ways = [
            (*taken, chosen)
            for taken in ways
            for chosen in _patterns(
                tuple([day for day in _EVERY_DAY if all(day not in part for part in taken)]),
                count,
                gap,
            )
        ]
    return tuple(sorted(ways, key=lambda way: ([-least_gap(part) for part in way], way)))


def blocks_of(choice: Choice, places: Places) -> tuple[Block, ...]:
    """Return the blocks that a choice puts on its days."""
    return tuple(
        Block(part.candidates, tuple(_WEEK[day] for day in sorted(chosen)))
        for part, chosen in zip(choice.option.parts, places, strict=True)
    )


def has_room(choice: Choice, days: Days) -> bool:
    """Return whether there is a way to put a choice on days."""
    return next(placements(choice, days, alike=False), None) is not None


def _roomiest(days: Days) -> Days:
    """Return interchangeable days as far as they matter for room, the roomiest first."""
    return tuple(sorted([(free, 0, fitting) for free, _, fitting in days], reverse=True))


def _may_have_room(choice: Choice, days: Days) -> bool:
    """Return whether the roomiest days have the slots for a choice, if nothing else comes.

    Args:
        choice: the choice.
        days: the days, the roomiest first.
    """
    booked = choice.booked
    if len(choice.parts) == 1:
        return booked[0][0] <= days[len(booked) - 1][0]
    # A day that has room for a fuller part has it for a lighter one.
    return all(slots <= day[0] for (slots, _), day in zip(booked, days, strict=False))


def _capacity(choices: tuple[Choice, ...], days: Days) -> int:
    """Return the most slots of the days that choices can book: some may stay free in any case.

    A day takes one part of each choice at most, so what it can hold is one of a few sums.
    """
    sums = 1  # The bit of each number of slots that some parts add up to.
    for choice in choices:
        longer = 0
        for slots, _, _ in choice.parts:
            longer |= sums << slots
        sums |= longer
    return sum([(sums & ((2 << free) - 1)).bit_length() - 1 for free, _, _ in days])


def _lowest(choice: Choice, days: Days) -> int | None:
    """Return what evenness grows by at least when a choice is put on days, whatever the gap.

    It is exact when the choice is one part and needs no gap; `None` says that there is no room.
    """
    if len(choice.parts) == 1:
        slots, size, count = choice.parts[0]
        loads = sorted(
            booked for free, booked, fitting in days if free >= slots and fitting >= size
        )
        if len(loads) < count:
            return None
        return slots * (2 * sum(loads[:count]) + count * slots)
    if not choice.booked:
        return 0
    least = choice.booked[-1][0]
    loads = sorted(booked for free, booked, fitting in days if free >= least and fitting)
    if len(loads) < len(choice.booked):
        return None
    # The fullest on the emptiest: no other order is more even.
    return sum(
        slots * (2 * booked + slots)
        for (slots, _), booked in zip(choice.booked, loads, strict=False)
    )


def _reached(choice: Choice, days: Days) -> bool:
    """Return whether the least growth that `_lowest` gives can be reached, if no gap is needed."""
    if len(choice.parts) == 1:
        return True
    least = choice.booked[-1][0]
    # Of days with the same load the roomiest come first, as they do for what needs the most room.
    loads = sorted((booked, -free) for free, booked, fitting in days if free >= least and fitting)
    return all(slots <= -free for (slots, _), (_, free) in zip(choice.booked, loads, strict=False))


class Packer:
    """Puts choices on days: whether they fit together, and how evenly.

    Args:
        days: the days as they are before anything stands on them.
        count: called for each way looked at; it may raise to end the search.
    """

    def __init__(self, days: Days, count: Callable[[], None]) -> None:
        self._days = days
        self._count = count
        #: What is left of the days once some choices stand somewhere.
        self._left: dict[tuple[Choice, ...], Days] = {(): days}
        self._packed: dict[tuple[tuple[tuple[int, Shape], ...], Days], Days | None] = {}
        self._even: dict[tuple[tuple[tuple[int, Shape], ...], Days], tuple[int, bool]] = {}

    def fits(self, choices: Sequence[Choice]) -> bool:
        """Return whether choices fit into the week together."""
        booking = tuple(item for item in choices if item.booked)
        if booking in self._left:
            return True
        # Mostly the last one fits beside the others where they happen to stand.
        beside = self._left.get(booking[:-1])
        left = None if beside is None else self._added(booking[-1], beside)
        if left is None:
            left = self._pack(booking, self._days)
        if left is None:
            return False
        self._left[booking] = left
        return True

    def _added(self, choice: Choice, days: Days) -> Days | None:
        """Return what a choice leaves of days if it goes to the roomiest, if it can."""
        if choice.gap > 1:
            return None
        days = _roomiest(days)
        if not _may_have_room(choice, days):
            return None
        self._count()
        first = next(placements(choice, days, alike=True), None)
        return None if first is None else place(choice, days, first)[0]

    def _pack(self, choices: tuple[Choice, ...], days: Days) -> Days | None:
        """Return what choices leave of days, somehow put there, or `None` if they don't fit."""
        if not choices:
            return days
        roomiest = _roomiest(days)
        for item in choices:
            if not _may_have_room(item, roomiest):
                return None
        apart = choices[0].gap > 1
        days = days if apart else roomiest
        key = (tuple([(item.gap, item.parts) for item in choices]), days)
        if key in self._packed:
            return self._packed[key]
        left: Days | None = None
        if sum([item.total for item in choices]) > _capacity(choices, days):
            pass
        elif not apart:
            left = packed([item.parts for item in choices], days, self._count)
        else:
            for places in self._counted(placements(choices[0], days, alike=False)):
                left = self._pack(choices[1:], place(choices[0], days, places)[0])
                if left is not None:
                    break
        self._packed[key] = left
        return left

    def _counted(self, ways: Iterator[Places]) -> Iterator[Places]:
        for way in ways:
            self._count()
            yield way

    def lowest(self, choices: Sequence[Choice], days: Days) -> int | None:
        """Return what evenness grows by at least when choices are put on days.

        Each choice alone, on the emptiest days, and what two of them add to each other where they
        must share days, or all of them poured over the days like water, if that is more; `None`
        says that there is no room.
        """
        total = 0
        open_days = sum(1 for day in days if day[0] > 0)
        for turn, choice in enumerate(choices):
            alone = _lowest(choice, days)
            if alone is None:
                return None
            total += alone
            for other in choices[:turn]:
                shared = len(choice.booked) + len(other.booked) - open_days
                if shared > 0:
                    total += 2 * shared * choice.booked[-1][0] * other.booked[-1][0]
        if len(choices) > 1:
            poured = level(sum([choice.total for choice in choices]), days)
            return None if poured is None else max(total, poured[0])
        return total

    def evenness(self, choices: tuple[Choice, ...], days: Days, most: int) -> int | None:
        """Return the least that evenness grows by when choices are put on days.

        Args:
            choices: the choices.
            days: the days.
            most: more than this is of no interest.

        Returns:
            the least growth, or `None` when it is more than `most`.
        """
        choices = tuple(item for item in choices if item.booked)
        if not choices:
            return 0 if most >= 0 else None
        alike = all(item.gap == 1 for item in choices)
        if alike:
            days = tuple(sorted(days))
        key = (tuple([(item.gap, item.parts) for item in choices]), days)
        known = self._even.get(key)
        if known is not None and (known[1] or known[0] > most):
            return known[0] if known[0] <= most else None
        low = self.lowest(choices, days)
        if low is None or low > most:
            # Beyond every possible growth when there is no room at all.
            self._even[key] = (low, False) if low is not None else (_NO_ROOM, True)
            return None
        if alike and len(choices) == 1 and _reached(choices[0], days):
            self._even[key] = low, True
            return low
        if alike:
            shapes = [item.parts for item in choices]
            best = least_growth(shapes, days, low, most, self._count)
        else:
            best = self._search(choices, days, most)
        self._even[key] = (most + 1, False) if best is None else (best, True)
        return best

    def _search(self, choices: tuple[Choice, ...], days: Days, most: int) -> int | None:
        first, later = choices[0], choices[1:]
        ways: list[tuple[int, int, int, Days]] = []
        for places in self._counted(placements(first, days, alike=False)):
            there, added = place(first, days, places)
            low = self.lowest(later, there)
            if low is not None and added + low <= most:
                ways.append((added + low, len(ways), added, there))
        ways.sort()
        best: int | None = None
        for low, _, added, there in ways:
            if low > most:
                break
            rest = self.evenness(later, there, most - added)
            if rest is not None:
                best = added + rest
                if best == low:
                    break
                most = best - 1
        return best
