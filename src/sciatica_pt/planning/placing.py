"""Where options stand in a week: the ways to put them on days.

A day is what it has left, what it has booked and what it still holds of what rules limit.
Days that are alike in these are interchangeable, as long as nothing still to come tells weekdays
apart; that is what keeps the number of ways small.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

import attrs

from sciatica_pt.model.vocabulary import Weekday
from sciatica_pt.planning._daily import holds
from sciatica_pt.planning._leveling import Day, Days, Shape
from sciatica_pt.planning.objective import Block
from sciatica_pt.planning.options import EVERY_DAY, Option

__all__ = [
    "Choice",
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


@attrs.frozen(eq=False)
class Choice:
    """An option as the search sees it.

    Attributes:
        option: the option.
        rank: its place among its technique's options, the cheapest first.
        parts: of each part: the slots on each of its days, what it takes of them, and the days.
        gap: the least days between two of its days.
        booked: the slots of each of its days and what it takes of them, the fullest first.
        total: the slots that it books in the week.
        where: of each part: the days on which it may be, as bits.
        anywhere: whether each part may be on every day.
    """

    option: Option
    rank: int
    parts: Shape
    gap: int
    booked: tuple[tuple[int, int], ...]
    total: int
    where: tuple[int, ...]
    anywhere: bool

    @property
    def shape(self) -> tuple[int, Shape, tuple[int, ...]]:
        """All that decides where it can stand."""
        return self.gap, self.parts, self.where


def choice_of(option: Option, rank: int) -> Choice:
    """Return an option as the search sees it."""
    parts = tuple((part.slots, part.size, part.count) for part in option.parts)
    booked = sorted(((slots, size) for slots, size, count in parts for _ in range(count)))
    where = tuple([part.where for part in option.parts])
    return Choice(
        option=option,
        rank=rank,
        parts=parts,
        gap=option.gap,
        booked=tuple(reversed(booked)),
        total=sum(slots * count for slots, _, count in parts),
        where=where,
        anywhere=all(days == EVERY_DAY for days in where),
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
        for chosen in _choose(choice, 0, days, (), alike=alike):
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
    for chosen in _choose(choice, turn, days, used, alike=alike):
        yield from _place_parts(choice, turn + 1, days, (*taken, chosen), alike=alike)


def _choose(
    choice: Choice, turn: int, days: Days, used: tuple[int, ...], *, alike: bool
) -> Iterator[tuple[int, ...]]:
    """Yield the choices of days for a part of a choice that has room on each."""
    slots, size, count = choice.parts[turn]
    where = choice.where[turn]
    places = tuple(
        [
            place
            for place, (free, _, fitting) in enumerate(days)
            if free >= slots and holds(fitting, size) and where >> place & 1 and place not in used
        ]
    )
    if len(places) < count:
        return
    if not alike:
        yield from _patterns(places, count, choice.gap)
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
    """Return what `place` does, or `None` if it may not be there or evenness grows by too much."""
    added = 0
    for (slots, size, _), where, chosen in zip(choice.parts, choice.where, places, strict=True):
        for day in chosen:
            free, booked, fitting = days[day]
            added += slots * (2 * booked + slots)
            if free < slots or not holds(fitting, size) or added > most or not where >> day & 1:
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
