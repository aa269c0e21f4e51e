"""Blocks on days: whether they fit, how evenly they can stand, and which way comes first."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from sciatica_pt.planning._daily import together
from sciatica_pt.planning._leveling import Days, least_growth, level
from sciatica_pt.planning.options import Option, Part
from sciatica_pt.planning.packing import Packer
from sciatica_pt.planning.placing import (
    Choice,
    choice_of,
    first_ways,
    least_gap,
    place,
    place_there,
    placements,
)
from sciatica_pt.planning.search import NodeLimitReached

_MUCH = 1 << 30


def _choice(*parts: tuple[int, int], gap: int = 1, loads: tuple[int, ...] = ()) -> Choice:
    """Return a choice of parts of so many slots on so many days.

    Args:
        parts: slots and days.
        gap: the least days from one to the next.
        loads: what an activity of each part adds to a load of its day; none without.
    """
    sizes = [together((1, load)) for load in (*loads, *(0,) * len(parts))]
    option = Option(
        parts=tuple(
            Part((), count, slots, size) for (slots, count), size in zip(parts, sizes, strict=False)
        ),
        shortfall=0,
        burden=0,
        exposures=(),
        total=sum(slots * count for slots, count in parts),
        gap=gap,
    )
    return choice_of(option, 0)


def _growths(choices: tuple[Choice, ...], days: Days) -> Iterator[int]:
    """Yield by how much evenness grows, for each way there is to put choices on days."""
    if not choices:
        yield 0
        return
    for places in placements(choices[0], days, alike=False):
        there, added = place(choices[0], days, places)
        yield from (added + more for more in _growths(choices[1:], there))


def _random_choices(rng: Random, heavy: int) -> tuple[Choice, ...]:
    mixture = [(rng.randint(1, 8), rng.randint(1, 2)) for _ in range(rng.randint(1, 2))]

    def loads(count: int) -> tuple[int, ...]:
        return tuple([rng.randint(0, heavy) if heavy else 0 for _ in range(count)])

    return (
        _choice((rng.randint(1, 6), rng.randint(1, 2)), gap=rng.choice((1, 1, 2)), loads=loads(1)),
        _choice((rng.randint(1, 8), rng.randint(1, 4)), loads=loads(1)),
        _choice(*mixture, loads=loads(2)),
    )


@pytest.mark.parametrize("heavy", [0, 3])
def test_no_week_is_more_even_than_the_least_that_its_blocks_can_add(heavy: int) -> None:
    """What fits, and how evenly, is what a look at all ways to put blocks on days says."""
    rng = Random(11)
    impossible = 0
    for _ in range(80):
        days = tuple(
            (
                rng.randint(0, 16),
                rng.randint(0, 4),
                together((10, rng.randint(2, 5) if heavy else 0)),
            )
            for _ in range(5)
        )
        choices = _random_choices(rng, heavy)
        for choice in choices:
            alone = min(_growths((choice,), days), default=None)
            assert Packer(days, lambda: None).evenness((choice,), days, _MUCH) == alone
        packer = Packer(days, lambda: None)
        found = min(_growths(choices, days), default=None)
        low = packer.lowest(choices, days)
        assert packer.fits(choices) is (found is not None)
        assert packer.evenness(choices, days, _MUCH) == found
        if found is None:
            impossible += low is None
        else:
            assert low is not None
            assert low <= found
            assert packer.evenness(choices, days, found - 1) is None
    assert impossible > 5


@pytest.mark.parametrize("most", [40, 150, 600])
def test_water_is_never_less_even_than_blocks(most: int) -> None:
    """The days' least growth is no less than the same slots poured, and `None` beyond the limit."""
    rng = Random(most)
    shown = 0
    for _ in range(40):
        days = tuple((rng.randint(1, 14), rng.randint(0, 5), 9) for _ in range(4))
        choices = (_choice((9, 1)), _choice((rng.randint(1, 9), rng.randint(1, 3)), (1, 1)))
        poured = level(sum(item.total for item in choices), days)
        found = min(_growths(choices, days), default=None)
        shapes = [item.parts for item in choices]
        if poured is None:
            assert found is None
            assert least_growth(shapes, days, (0, _MUCH), lambda: None) is None
            continue
        within = found is not None and found <= poured[0] + most
        got = least_growth(shapes, days, (poured[0], poured[0] + most), lambda: None)
        assert got == (found if within else None)
        shown += within
    assert shown > 2


def test_days_looked_at_are_counted() -> None:
    """A count that ends the search ends it in the middle of the days too."""
    looks = 0

    def count() -> None:
        nonlocal looks
        looks += 1
        if looks > 3:
            raise NodeLimitReached

    choices = (_choice((3, 4)), _choice((2, 5)), _choice((4, 2)))
    with pytest.raises(NodeLimitReached):
        Packer(((9, 0, 9),) * 7, count).evenness(choices, ((9, 0, 9),) * 7, _MUCH)


@pytest.mark.parametrize("gap", [1, 2])
def test_widely_spread_days_come_first(gap: int) -> None:
    """All ways to put an option on days are there once, ordered by spread and then by day."""
    choice = _choice((2, 2), (1, 2), gap=gap)
    ways = first_ways(choice)
    empty = ((5, 0, 5),) * 7
    assert sorted(ways) == sorted(placements(choice, empty, alike=False))
    assert list(ways) == sorted(ways, key=lambda way: ([-least_gap(part) for part in way], way))


def test_there_is_no_place_where_room_lacks_or_the_day_gets_too_heavy() -> None:
    """A way is taken if each of its days has the room and the week stays even enough."""
    choice = _choice((3, 2))
    days = ((5, 1, 5), (2, 0, 5), (4, 0, 5))
    way = ((0, 2),)
    assert place_there(choice, days, way, 24) == place(choice, days, way)
    assert place_there(choice, days, way, 23) is None
    assert place_there(choice, days, ((0, 1),), _MUCH) is None
