"""Half-made options: what they hold, and which of them are worth keeping."""

from __future__ import annotations

from collections.abc import Sequence
from operator import le
from typing import NamedTuple

from sciatica_pt.planning.candidates import Candidate

__all__ = ["Label", "Rest", "Work", "added", "insert", "no_more", "rests_of", "worthwhile"]


class Work(NamedTuple):
    """What an activity is to its technique's options.

    `apart` says whether its days must keep a gap, for a muscle's sake.
    `lasting` is its time where longer work serves better, and turned around where it serves worse.
    `amounts` holds how much it adds to what rules add up, and `size` what it takes of a day.
    `served` says which goals about muscles it serves, and `where` on which days it may be.
    """

    place: int
    candidate: Candidate
    cost: int
    seconds: int
    slots: int
    active: int
    apart: bool
    lasting: tuple[int, ...]
    amounts: tuple[int, ...]
    size: int
    served: tuple[int, ...]
    where: int

    def is_like(self, other: Work) -> bool:
        """Return whether one may stand for the other wherever its days allow it."""
        return self[2:] == other[2:]


class Label(NamedTuple):
    """A half-made block or mixture: what it holds, and what decides whether it is worth keeping.

    `key` holds what is better the smaller it is.
    Whatever is in it may be on the days `surely`, and on days that are not in `maybe` nothing is.
    """

    key: tuple[int, ...]
    cost: int
    seconds: int
    active: int
    apart: bool
    booked: tuple[int, ...]
    amounts: tuple[int, ...]
    served: tuple[int, ...]
    parts: tuple[tuple[Work, int], ...]
    surely: int
    maybe: int


class Rest(NamedTuple):
    """What the works that come after one can still add.

    `longest` holds the most seconds that one of them lasts, and another one, and so on; `serving`
    says how many of them serve each goal about muscles.
    """

    longest: tuple[int, ...]
    serving: tuple[int, ...]


def no_more(values: Sequence[int], others: Sequence[int]) -> bool:
    """Return whether no value is more than its counterpart."""
    return all(map(le, values, others))


def added(values: tuple[int, ...], more: tuple[int, ...], count: int) -> tuple[int, ...]:
    """Return values with so many times some more."""
    if not values:
        return values
    return tuple([value + plus * count for value, plus in zip(values, more, strict=True)])


def insert(kept: list[Label], item: Label) -> None:
    """Add a label to a list of which no member beats another; of equals, the first stays."""
    key, surely, maybe = item.key, item.surely, item.maybe
    cost = key[0]
    for other in kept:
        if other[0][0] <= cost and not maybe & ~other.surely and all(map(le, other[0], key)):
            return
    kept[:] = [
        other
        for other in kept
        if other[0][0] < cost or other.maybe & ~surely or not all(map(le, key, other[0]))
    ]
    kept.append(item)


def worthwhile(works: list[Work], wanted: int, *, days: bool) -> list[Work]:
    """Leave out the activities that so many others beat that a better one is always free.

    Args:
        works: the activities.
        wanted: the most of them that an option holds.
        days: whether the days that an activity may be done on matter too.
    """
    kept: list[Work] = []
    for work in sorted(works, key=lambda item: (item.cost, item.seconds, item.place)):
        better: set[str] = set()
        for other in kept:
            if (
                other.cost <= work.cost
                and other.seconds <= work.seconds
                and other.apart <= work.apart
                and no_more(other.lasting, work.lasting)
                and no_more(other.amounts, work.amounts)
                and no_more(work.served, other.served)
                and not work.where & ~other.where
                and (not days or _covers(other, work))
            ):
                # An option holds one dose of an activity at most.
                better.add(other.candidate.id)
                if len(better) == wanted or other.candidate.id == work.candidate.id:
                    break
        else:
            kept.append(work)
    return sorted(kept, key=lambda item: item.place)


def _covers(a: Work, b: Work) -> bool:
    return a.candidate.days[0] <= b.candidate.days[0] and a.candidate.days[1] >= b.candidate.days[1]


def rests_of(works: Sequence[Work], muscles: int, most: int) -> list[Rest]:
    """Return, for each of some works, what those after it can add."""
    longest: list[int] = []
    serving = (0,) * muscles
    rests: list[Rest] = []
    for work in reversed(works):
        rests.append(Rest(tuple(longest), serving))
        longest = sorted([*longest, work.active], reverse=True)[:most]
        serving = added(serving, work.served, 1)
    return rests[::-1]
