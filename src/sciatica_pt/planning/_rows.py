"""Options before they are made, and which of them are worth making."""

from __future__ import annotations

from typing import NamedTuple

from sciatica_pt.planning._daily import all_hold
from sciatica_pt.planning._labels import no_more
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.planning.options import Cost

__all__ = ["Row", "best"]


class Row(NamedTuple):
    """An option before it is made, in the order in which options are kept.

    `taken` is what it takes of the days, in the order of `booked`, and once where that is the same
    on all of them.
    `total` is the sum of `booked`, `parts` holds what its parts are made from, and on which days
    all and any of them may be stands in `surely` and `maybe`.
    """

    cost: Cost
    days: int
    ids: tuple[str, ...]
    booked: tuple[int, ...]
    taken: tuple[int, ...]
    gap: int
    amounts: tuple[int, ...]
    lacking: tuple[int, ...]
    total: int
    parts: tuple[tuple[tuple[Candidate, ...], int, int, int, int], ...]
    surely: int
    maybe: int


def _beats(a: Row, b: Row) -> bool:
    """Return whether a row that costs no more is no worse in any other respect."""
    return (
        a.days <= b.days
        and a.gap <= b.gap
        and no_more(a.booked, b.booked)
        and all_hold(b.taken, a.taken)
        and no_more(a.amounts, b.amounts)
        and no_more(a.lacking, b.lacking)
        and not b.maybe & ~a.surely
    )


def best(rows: list[Row]) -> list[Row]:
    """Return the rows, the cheapest first, that no other one beats; of equals, the first."""
    # Whatever beats a row is on no more days, books no more on its fullest one and no more in all.
    seen: list[tuple[int, int, int, Row]] = []
    same = 0  # Where those begin that cost as much as the row.
    for row in rows:
        booked, total = row.booked, row.total
        days, fullest = row.days, booked[0] if booked else 0
        beaten = False
        for its_days, its_fullest, its_total, other in seen:
            if (
                its_days <= days
                and its_fullest <= fullest
                and (its_total < total or other.booked == booked)
                and _beats(other, row)
            ):
                beaten = True
                break
        if beaten:
            continue
        # Of what came before it can only beat what costs the same and is on as many days.
        while same < len(seen) and seen[same][3].cost != row.cost:
            same += 1
        seen[same:] = [
            item
            for item in seen[same:]
            if item[0] != days
            or item[1] < fullest
            or (item[2] <= total and item[3].booked != booked)
            or not _beats(row, item[3])
        ]
        seen.append((days, fullest, total, row))
    return [row for _, _, _, row in seen]
