"""The planner: time to the proven optimum against CP-SAT, and where a plan's time goes."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from random import Random

from benchmarks._harness import Table, shown_time, times
from sciatica_pt.planning.drafting import Drafter
from sciatica_pt.planning.solving import solve
from tests.planning.check import request
from tests.planning.oracle import Undecided, optimum
from tests.planning.problem import drafter_for, problem_of
from tests.planning.synthetic import random_catalog, random_profile

__all__ = ["tables"]

#: Activities in the catalog, requests for the planner, and how many of these CP-SAT gets too.
_USUAL = ((12, 60, 8), (30, 60, 8), (60, 30, 4), (200, 10, 2), (1000, 3, 1))
_ODD = ((12, 60, 4), (30, 60, 4))
#: Random people for the bundled guidance.
_PEOPLE, _PEERS = 60, 8
#: How much work CP-SAT may do for each of the three terms, in its own unit, about seconds.
_PATIENCE = 2.0


def _seconds(run: Callable[[], object]) -> float:
    gc.collect()
    started = time.process_time()
    run()
    return time.process_time() - started


def _late(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _usual(seed: int, size: int) -> Drafter:
    rng = Random(f"{seed}-{size}")
    guidance = random_catalog(rng, size, odd=False)
    return drafter_for(random_profile(rng, guidance), guidance)


def _odd(seed: int, size: int) -> Drafter:
    rng = Random(f"{seed}-{size}")
    guidance = random_catalog(rng, size)
    return drafter_for(random_profile(rng, guidance), guidance)


def _bundled(seed: int, size: int) -> Drafter:
    return request(seed, size, "bundled")[0]


def _row(name: str, drafters: list[Drafter], peers: int) -> list[str]:
    own: list[float] = []
    peer: list[float] = []
    proven = decided = 0
    for drafter in drafters:

        def ours() -> None:
            nonlocal proven
            proven += solve(drafter, node_limit=500_000, week_limit=2_000).proven  # noqa: B023

        own.append(_seconds(ours))
    for drafter in drafters[:peers]:

        def theirs() -> None:
            nonlocal decided
            try:
                optimum(problem_of(drafter), seconds=_PATIENCE)  # noqa: B023
                decided += 1
            except Undecided:
                pass

        peer.append(_seconds(theirs))
    ratios = [b / a for a, b in zip(own, peer, strict=False)]
    return [
        name,
        f"{proven} of {len(drafters)}",
        shown_time(statistics.median(own)),
        shown_time(_late(own)),
        f"{decided} of {peers}",
        shown_time(statistics.median(peer)),
        shown_time(_late(peer)),
        times(statistics.median(peer) / statistics.median(own[:peers])),
        times(_late(peer) / _late(own[:peers])),
        times(min(ratios)),
    ]


def tables() -> Iterator[Table]:
    """Yield the tables."""
    rows = [_row("bundled", [_bundled(seed, 0) for seed in range(_PEOPLE)], _PEERS)]
    for kind, make, sizes in (("", _usual, _USUAL), (", odd times", _odd, _ODD)):
        for size, number, peers in sizes:
            drafters = [make(seed, size) for seed in range(number)]
            rows.append(_row(f"{size} activities{kind}", drafters, peers))
    yield Table(
        "Time to the proven optimum, one thread",
        (
            "catalog",
            "planner proved",
            "median",
            "p95",
            "CP-SAT proved",
            "median",
            "p95",
            "ratio of medians",
            "ratio of p95",
            "least ratio",
        ),
        rows,
        "Processor time over random requests: the bundled guidance, and made-up guidance of so "
        "many activities. Odd times are not whole minutes, and the minutes of stretching may be a "
        "goal. One problem for both, all three terms, CP-SAT with one worker and a limit on its "
        "work; its time counts in full when it gives up. The ratios are over the requests that "
        "both had.",
    )
