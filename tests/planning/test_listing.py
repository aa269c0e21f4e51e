"""The lists of options: short where they would be long, without losing what is best."""

from __future__ import annotations

from random import Random

import pytest

from sciatica_pt.guidance import Catalog
from sciatica_pt.model import GoalKind, Technique
from sciatica_pt.planning.custom import loads_of
from sciatica_pt.planning.drafting import Drafter
from sciatica_pt.planning.layout import Layout
from sciatica_pt.planning.options import (
    Cost,
    Frontier,
    Most,
    both,
    frontier_of,
)
from sciatica_pt.planning.solving import solve

from .check import SumLimit
from .problem import drafter_for
from .synthetic import catalog, exercise, goal, profile, random_catalog, random_profile

_T = Technique
_PLENTY = 500_000


def _request(seed: int, size: int) -> Drafter:
    rng = Random(f"listing {seed} {size}")
    guidance = random_catalog(rng, size, cross=seed % 4 == 0)
    return drafter_for(random_profile(rng, guidance), guidance)


def _walks(more: int = 61) -> Catalog:
    made = [
        exercise(f"walk-{place}", _T.AEROBIC, seconds=300 + more * place, muscles=["calf"])
        for place in range(8)
    ]
    return catalog(made, [goal("minutes", GoalKind.MINUTES, _T.AEROBIC, 60)])


@pytest.mark.parametrize("size", [18, 30])
def test_what_is_left_out_of_long_lists_is_not_in_the_best_week(size: int) -> None:
    """The week from the short lists is the week from the whole lists, to the last tie."""
    shortened = 0
    for seed in range(12):
        drafter = _request(seed, size)
        layout = Layout(drafter=drafter, loads=loads_of(drafter))
        whole = [lister.options() for lister in layout.listers(prune=True)]
        short = layout.options(_PLENTY)
        shortened += sum(map(len, short)) < sum(map(len, whole))
        week, vector = layout.search(whole, _PLENTY).solve()
        assert layout.search(short, _PLENTY).solve() == (week, vector)
        assert drafter.objective.vector(week) == vector
    assert shortened >= 3


@pytest.mark.parametrize("slots", [20, 60])
def test_a_bound_leaves_out_what_costs_too_much_and_nothing_else(slots: int) -> None:
    """With a bound a technique's list is the whole list without what the bound does not admit."""
    rng = Random(slots)
    left_out = 0
    for seed in range(10):
        drafter = _request(seed, 24)
        layout = Layout(drafter=drafter, loads=loads_of(drafter))
        for lister in layout.listers(prune=True):
            whole = lister.options()
            dearer = rng.choice(whole)
            most = Most(dearer.cost, slots, Frontier((0,), ((0, 0),)))
            kept = tuple(item for item in whole if most.admits(item.cost, item.total))
            assert lister.options(most) == kept
            left_out += len(whole) - len(kept)
    assert left_out > 100


@pytest.mark.parametrize(("size", "seeds"), [(60, 4), (200, 2)])
def test_large_catalogs_are_solved_to_the_end(size: int, seeds: int) -> None:
    """A week from many activities is proven the best within a modest number of looks."""
    for seed in range(seeds):
        drafter = _request(seed, size)
        solution = solve(drafter, node_limit=100_000, week_limit=0)
        assert solution.proven
        assert drafter.objective.vector(solution.week) == solution.bound


def test_a_long_list_is_made_even_when_no_good_week_was_found_first() -> None:
    """Without a node to look at, the bound still holds and the week is still sound."""
    drafter = drafter_for(profile(20), _walks())
    early = solve(drafter, node_limit=0, week_limit=0)
    best = solve(drafter, node_limit=_PLENTY, week_limit=0)
    assert not early.proven
    assert best.proven
    assert drafter.conforms(early.week)
    assert early.bound <= best.bound <= drafter.objective.vector(early.week)


def test_a_limit_that_not_even_an_empty_week_keeps_leaves_long_lists_whole() -> None:
    """A sum that nothing keeps is no reason to break off: what there is, is not proven."""
    drafter = drafter_for(profile([20, 0, 0, 20, 0, 0, 0]), _walks(0), rules=(SumLimit(limit=-1),))
    assert not solve(drafter, node_limit=_PLENTY, week_limit=0).proven


def test_frontiers_of_two_things_add_up() -> None:
    """What two things can't get below together is the least over how they share the slots."""
    rng = Random(7)

    def random_costs() -> dict[int, Cost]:
        more = {rng.randint(1, 30): (rng.randint(0, 9), rng.randint(0, 99)) for _ in range(6)}
        return {0: (rng.randint(5, 10), 0), **more}

    for _ in range(50):
        one, other, slots = random_costs(), random_costs(), rng.randint(0, 40)
        together = both(frontier_of(one), frontier_of(other), slots)
        for given in range(slots + 1):
            sums = [
                (a[0] + b[0], a[1] + b[1])
                for first, a in one.items()
                for second, b in other.items()
                if first + second <= given
            ]
            assert together.at(given) == min(sums)
        assert together.least == together.at(slots)


def test_what_an_option_may_cost_depends_on_what_it_leaves_to_others() -> None:
    """An option is worth a look while what others need at least still makes a better week."""
    most = Most((10, 0), 20, Frontier((0, 5), ((6, 0), (2, 50))))
    assert most.admits((7, 900), 15)
    assert not most.admits((7, 0), 16)
    assert most.admits((4, 0), 20)
    assert not most.admits((0, 0), 21)
    assert not most.admits((8, 0), 15)
