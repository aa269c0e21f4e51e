"""Whether options fit into a week together, and how evenly they can.

What decides that is kept, so that each question is looked at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from sciatica_pt.planning._daily import holds
from sciatica_pt.planning._leveling import (
    Days,
    Held,
    Shape,
    least_growth,
    level,
    packed,
    strides_of,
)
from sciatica_pt.planning.placing import Choice, Places, place, placements

__all__ = ["Packer"]

_DAYS_A_WEEK = 7
#: More than evenness can ever grow by.
_NO_ROOM = 1 << 60


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
            booked for free, booked, fitting in days if free >= slots and holds(fitting, size)
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
    sizes = {size for _, size in choice.booked}
    able = [day for day in days if day[0] >= least and day[2]]
    if not all(holds(fitting, size) for _, _, fitting in able for size in sizes):
        return False
    # Of days with the same load the roomiest come first, as they do for what needs the most room.
    loads = sorted((booked, -free) for free, booked, _ in able)
    return all(slots <= -free for (slots, _), (_, free) in zip(choice.booked, loads, strict=False))


@lru_cache(maxsize=1024)
def _held(shapes: tuple[Shape, ...], wheres: tuple[tuple[int, ...], ...]) -> Held:
    """Return what each day may hold of choices that may not be everywhere."""
    held: list[frozenset[int]] = []
    strides = strides_of(shapes)
    for day in range(_DAYS_A_WEEK):
        sums = [0]
        for turn, where in zip(strides, wheres, strict=True):
            here = [stride for stride, days in zip(turn, where, strict=True) if days >> day & 1]
            sums += [had + stride for had in sums for stride in here]
        held.append(frozenset(sums))
    return tuple(held)


def _held_by(choices: tuple[Choice, ...]) -> Held | None:
    """Return what each day may hold of choices, or `None` when they may be everywhere."""
    if all(item.anywhere for item in choices):
        return None
    return _held(tuple([item.parts for item in choices]), tuple([item.where for item in choices]))


#: What decides whether choices fit, and how evenly: their shapes and the days.
_Key = tuple[tuple[tuple[int, Shape, tuple[int, ...]], ...], Days]


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
        self._packed: dict[_Key, Days | None] = {}
        self._even: dict[_Key, tuple[int, bool]] = {}

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
        if choice.gap > 1 or not choice.anywhere:
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
        if not apart and all(item.anywhere for item in choices):
            days = roomiest
        key = (tuple([item.shape for item in choices]), days)
        if key in self._packed:
            return self._packed[key]
        left: Days | None = None
        if sum([item.total for item in choices]) > _capacity(choices, days):
            pass
        elif not apart:
            shapes = [item.parts for item in choices]
            left = packed(shapes, days, self._count, _held_by(choices))
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
        together = all(item.gap == 1 for item in choices)
        alike = together and all(item.anywhere for item in choices)
        if alike:
            days = tuple(sorted(days))
        key = (tuple([item.shape for item in choices]), days)
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
        if together:
            shapes = [item.parts for item in choices]
            best = least_growth(shapes, days, (low, most), self._count, _held_by(choices))
        else:
            best = self._search(choices, days, most)
        self._even[key] = (most + 1, False) if best is None else (best, True)
        return best

    def growth(self, choices: tuple[Choice, ...], days: Days, on: Held) -> int | None:
        """Return what evenness grows by at least when each day may hold only what is said.

        Whether choices must be apart is not looked at.

        Args:
            choices: the choices.
            days: the days.
            on: what each day may hold.
        """
        low = self.lowest(choices, days)
        if low is None:
            return None
        shapes = [item.parts for item in choices]
        return least_growth(shapes, days, (low, _NO_ROOM), self._count, on)

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
