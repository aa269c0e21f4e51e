"""The planner: time to the proven optimum against CP-SAT, and where a plan's time goes."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from random import Random

from benchmarks._harness import Table, shown_time, times
from sciatica_pt.planning.solving import solve
from tests.planning.oracle import Undecided, optimum
from tests.planning.problem import drafter_for, problem_of
from tests.planning.synthetic import random_catalog, random_profile

__all__ = ["tables"]

#: Activities in the catalog, requests for the planner, and how many of these CP-SAT gets too.
_SIZES = ((12, 40, 8), (30, 40, 8))
#: How much work CP-SAT may do for each of the three terms, in its own unit, about seconds.
_PATIENCE = 2.0


def _seconds(run: Callable[[], object]) -> float:
    gc.collect()
    started = time.process_time()
    run()
    return time.process_time() - started


def _late(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def tables() -> Iterator[Table]:
    """Yield the tables."""
    rows: list[list[str]] = []
    for size, number, peers in _SIZES:
        own: list[float] = []
        peer: list[float] = []
        proven = decided = 0
        for seed in range(number):
            rng = Random(f"{seed}-{size}")
            guidance = random_catalog(rng, size)
            drafter = drafter_for(random_profile(rng, guidance), guidance)

            def ours() -> None:
                nonlocal proven
                proven += solve(drafter, node_limit=500_000, week_limit=2_000).proven  # noqa: B023

            def theirs() -> None:
                nonlocal decided
                try:
                    optimum(problem_of(drafter), seconds=_PATIENCE)  # noqa: B023
                    decided += 1
                except Undecided:
                    pass

            own.append(_seconds(ours))
            if seed < peers:
                peer.append(_seconds(theirs))
        ratio = statistics.median(peer) / statistics.median(own[:peers])
        rows.append(
            [
                f"{size} activities",
                f"{proven} of {number}",
                shown_time(statistics.median(own)),
                shown_time(_late(own)),
                f"{decided} of {peers}",
                shown_time(statistics.median(peer)),
                shown_time(_late(peer)),
                times(ratio),
            ]
        )
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
        ),
        rows,
        "Processor time over random requests with made-up guidance: one problem for both, all "
        "three terms, CP-SAT with one worker and a limit on its work; its time counts in full "
        "when it gives up. The ratio is over the requests that both had.",
    )
