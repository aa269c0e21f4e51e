"""The most even way to put blocks on days that may stand anywhere, by dynamic programming.

What is left to place is a number of days for each part of each choice, and all ways to come so far
are one whole number: a bit for each combination of days placed.
A day adds one of a few patterns, each a shift of that number, so that thousands of ways are
carried on at once.
The ways are kept apart by their *excess*: how much less even they are than the same time poured
over the days like water.
The most even week has little of it, so days far from the water's level are never looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import prod
from typing import NamedTuple

from sciatica_pt.planning._daily import OVER

__all__ = ["Day", "Days", "Held", "Shape", "least_growth", "level", "packed", "strides_of"]

#: What a day has: slots left, slots booked, and what it still holds of what rules limit.
Day = tuple[int, int, int]
Days = tuple[Day, ...]
#: Of each part of a choice: the slots on each of its days, what it takes of them, and the days.
Shape = tuple[tuple[int, int, int], ...]
#: For each day what it may hold: sums of the strides of the parts that are on it together.
Held = Sequence[frozenset[int]]

#: The first excess to be tried, and by how much more of it is tried when that was not enough.
_EXCESS, _MORE = 32, 4
#: A pattern: its slots, what it takes, by how many bits it shifts, and which bits may be shifted.
_Pattern = tuple[int, int, int, int]
_Step = tuple[int, list[tuple[int, int]]]


class _Table(NamedTuple):
    """What days may hold, and the bit that says that all days of all parts are placed.

    `on` says what each day may hold, or is `None` when that is whatever it has room for.
    """

    patterns: list[_Pattern]
    last: int
    on: Held | None


def level(total: int, days: Days) -> tuple[int, int] | None:
    """Return what evenness grows by when so many slots are poured over the days like water.

    No way to book them is more even.

    Returns:
        the growth, and the slots to which a day is filled at most; `None` says that the days have
        not so many.
    """
    open_days = [(booked, booked + free) for free, booked, _ in days if free > 0]
    most = sum([full - booked for booked, full in open_days])
    if total > most:
        return None
    low, high = 0, max([full for _, full in open_days], default=0)
    # The least level to which all can be poured: every day up to it or full.
    while low < high:
        middle = (low + high) // 2
        poured = sum([min(middle, full) - booked for booked, full in open_days if middle > booked])
        if poured < total:
            low = middle + 1
        else:
            high = middle
    over = -total
    grown = 0
    for booked, full in open_days:
        now = max(booked, min(low, full))
        over += now - booked
        grown += now * now - booked * booked
    # So many days stand one slot lower.
    return grown - over * (2 * low - 1), low


@lru_cache(maxsize=1024)
def _counters(counts: tuple[int, ...]) -> tuple[tuple[tuple[int, int], ...], int]:
    """Return how the days placed of some parts are counted in one number's bits.

    Args:
        counts: the days of each part.

    Returns:
        for each part the shift that stands for one more of its days, and the bits in which one
        more fits; then the bit that says that all days are placed.
    """
    whole = (1 << prod([count + 1 for count in counts])) - 1
    counters: list[tuple[int, int]] = []
    stride = 1
    for count in counts:
        turn = stride * (count + 1)
        counters.append((stride, ((1 << (stride * count)) - 1) * (whole // ((1 << turn) - 1))))
        stride = turn
    return tuple(counters), 1 << (stride - 1)


def strides_of(shapes: Sequence[Shape]) -> list[list[int]]:
    """Return for each part of each choice the number that stands for it in what a day may hold."""
    counters, _ = _counters(tuple([count for parts in shapes for _, _, count in parts]))
    strides = iter([stride for stride, _ in counters])
    return [[next(strides) for _ in parts] for parts in shapes]


def _table(shapes: Sequence[Shape], most: int, on: Held | None) -> _Table:
    """Return what a day may hold of some choices, one part of each at most.

    Args:
        shapes: the choices.
        most: the slots of the day that has the most.
        on: what each day may hold.
    """
    counters, last = _counters(tuple([count for parts in shapes for _, _, count in parts]))
    patterns: list[_Pattern] = [(0, 0, 0, -1)]
    turn = 0
    for parts in shapes:
        further = patterns
        for slots, size, _ in parts:
            shift, able = counters[turn]
            turn += 1
            further = further + [
                (booked + slots, held + size, shifted + shift, mask & able)
                for booked, held, shifted, mask in patterns
                if booked + slots <= most
            ]
        patterns = further
    return _Table(patterns, last, on)


def _steps(day: Day, patterns: list[_Pattern], price: int, excess: int) -> list[_Step]:
    """Return what a day may hold with so much excess at most, by the excess.

    Args:
        day: the day.
        patterns: what days may hold.
        price: what a slot more costs at the water's level.
        excess: the most of interest.
    """
    free, booked, fitting = day
    found = [
        (slots * (2 * booked + slots - price), shift, mask)
        for slots, size, shift, mask in patterns
        if slots <= free and not (fitting - size) & OVER
    ]
    # The day filled like water is what the excess is measured from, also if no pattern does that.
    filled = max(0, min(free, (price + 1) // 2 - booked))
    least = filled * (2 * booked + filled - price)
    steps: dict[int, list[tuple[int, int]]] = {}
    for cost, shift, mask in found:
        if cost - least <= excess:
            steps.setdefault(cost - least, []).append((shift, mask))
    return sorted(steps.items())


def _excess(days: list[list[_Step]], last: int, most: int, count: Callable[[], None]) -> int | None:
    """Return the least excess with which every day of every part is placed, if it is not more."""
    reached = {0: 1}
    for steps in days:
        count()
        further: dict[int, int] = {}
        for had, ways in reached.items():
            for added, shifts in steps:
                if had + added > most:
                    break
                there = further.get(had + added, 0)
                for shift, mask in shifts:
                    there |= (ways & mask) << shift
                further[had + added] = there
        # What is reached with less excess need not be reached with more.
        reached, seen = {}, 0
        for had in sorted(further):
            fresh = further[had] & ~seen
            if fresh:
                reached[had] = fresh
                seen |= fresh
    return next((had for had, ways in reached.items() if ways & last), None)


def _filled(
    days: Days,
    table: _Table,
    price: int,
    excess: int,
    count: Callable[[], None],
) -> int | None:
    """Return the least excess with which the days hold everything, if it is not more."""
    if table.on is None:
        known = {day: _steps(day, table.patterns, price, excess) for day in set(days)}
        steps = [known[day] for day in days]
    else:
        steps = [
            _steps(day, [item for item in table.patterns if item[2] in held], price, excess)
            for day, held in zip(days, table.on, strict=True)
        ]
    # Days that can hold little come first, so that few ways are carried on.
    return _excess(sorted(steps, key=len), table.last, excess, count)


def _spread(days: Days, table: _Table, count: Callable[[], None]) -> list[_Pattern] | None:
    """Return what each day may hold so that the days hold everything, or `None` if they can't."""
    known = {
        day: [
            item for item in table.patterns if item[0] <= day[0] and not (day[2] - item[1]) & OVER
        ]
        for day in set(days)
    }
    able = [known[day] for day in days]
    if table.on is not None:
        able = [
            [item for item in patterns if item[2] in held]
            for patterns, held in zip(able, table.on, strict=True)
        ]
    ways = 1
    before: list[int] = []
    for patterns in able:
        count()
        before.append(ways)
        there = 0
        for _, _, shift, mask in patterns:
            there |= (ways & mask) << shift
        ways = there
    bit = table.last
    if not ways & bit:
        return None
    found: list[_Pattern] = []
    for patterns, ways in zip(reversed(able), reversed(before), strict=True):
        pattern = next(item for item in patterns if (bit >> item[2]) & ways & item[3])
        found.append(pattern)
        bit >>= pattern[2]
    return found[::-1]


def packed(
    shapes: Sequence[Shape], days: Days, count: Callable[[], None], on: Held | None = None
) -> Days | None:
    """Return what some way to put choices on days leaves of them, or `None` if there is none.

    Args:
        shapes: the choices, whose days need not be apart.
        days: the days.
        count: called for each day looked at; it may raise to end the search.
        on: what each day may hold; `None` when that is whatever it has room for.
    """
    table = _table(shapes, max([free for free, _, _ in days]), on)
    held = _spread(days, table, count)
    if held is None:
        return None
    return tuple(
        [
            (free - slots, booked + slots, fitting - size)
            for (free, booked, fitting), (slots, size, _, _) in zip(days, held, strict=True)
        ]
    )


def least_growth(
    shapes: Sequence[Shape],
    days: Days,
    within: tuple[int, int],
    count: Callable[[], None],
    on: Held | None = None,
) -> int | None:
    """Return the least that evenness grows by when choices are put on days, if it is not too much.

    Args:
        shapes: the choices, whose days need not be apart.
        days: the days.
        within: a growth that nothing gets below, and the most that is of interest.
        count: called for each day looked at; it may raise to end the search.
        on: what each day may hold; `None` when that is whatever it has room for.
    """
    total = sum([slots * times for parts in shapes for slots, _, times in parts])
    poured = level(total, days)
    if poured is None:
        return None
    growth, low = poured
    least, most = within
    table = _table(shapes, max([free for free, _, _ in days]), on)
    most -= growth
    excess = min(max(least - growth, 0) + _EXCESS, most)
    price = 2 * low - 1
    found = _filled(days, table, price, excess, count)
    if found is None and excess < most and _spread(days, table, count) is None:
        return None
    while found is None and excess < most:
        excess = min(excess * _MORE, most)
        found = _filled(days, table, price, excess, count)
    return None if found is None else growth + found
