"""The planner: time to the proven optimum against CP-SAT, also under rules of a caller's own."""

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
from tests.planning.oracle import Extra, Undecided, optimum
from tests.planning.problem import drafter_for, problem_of
from tests.planning.synthetic import random_catalog, random_profile

__all__ = ["tables"]

#: Activities in the catalog, requests for the planner, and how many of these CP-SAT gets too.
_USUAL = ((12, 60, 8), (30, 60, 8), (60, 30, 4), (200, 10, 2), (1000, 3, 1))
_ODD = ((12, 60, 4), (30, 60, 4))
#: Rules of a caller's own: the kind of request, and whether it says that more never mends it.
_OWN = (
    ("over one activity", "not-then", None),
    ("a sum over the week", "sum-of-a-week", None),
    ("a sum over each day", "sum-of-a-day", None),
    ("nothing on a day, said", "day-off", True),
    ("nothing on a day", "day-off", False),
    ("not two things on a day, nor many, said", "not-on-a-day", True),
    ("not two things on a day, nor many", "not-on-a-day", False),
    ("not two things in a week, said", "never-together", True),
    ("not two things in a week", "never-together", False),
)
_OWN_SIZE, _OWN_REQUESTS, _OWN_PEERS = 30, 24, 6
#: Random people for the bundled guidance.
_PEOPLE, _PEERS = 60, 8
#: How much work CP-SAT may do for each of the three terms, in its own unit, about seconds.
_PATIENCE = 2.0


_Request = tuple[Drafter, tuple[Extra, ...]]
_HEAD = (
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
)


def _seconds(run: Callable[[], object]) -> float:
    gc.collect()
    started = time.process_time()
    run()
    return time.process_time() - started


def _late(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def _usual(seed: int, size: int) -> _Request:
    rng = Random(f"{seed}-{size}")
    guidance = random_catalog(rng, size, odd=False)
    return drafter_for(random_profile(rng, guidance), guidance), ()


def _odd(seed: int, size: int) -> _Request:
    rng = Random(f"{seed}-{size}")
    guidance = random_catalog(rng, size)
    return drafter_for(random_profile(rng, guidance), guidance), ()


def _row(name: str, requests: list[_Request], peers: int) -> list[str]:
    own: list[float] = []
    peer: list[float] = []
    proven = decided = 0
    for drafter, _ in requests:

        def ours() -> None:
            nonlocal proven
            proven += solve(drafter, node_limit=500_000, week_limit=2_000).proven  # noqa: B023

        own.append(_seconds(ours))
    for drafter, extras in requests[:peers]:

        def theirs() -> None:
            nonlocal decided
            try:
                optimum(problem_of(drafter), extras, seconds=_PATIENCE)  # noqa: B023
                decided += 1
            except Undecided:
                pass

        peer.append(_seconds(theirs))
    ratios = [b / a for a, b in zip(own, peer, strict=False)]
    return [
        name,
        f"{proven} of {len(requests)}",
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
    bundled = [request(seed, 0, "bundled") for seed in range(_PEOPLE)]
    rows = [_row("bundled", bundled, _PEERS)]
    for kind, make, sizes in (("", _usual, _USUAL), (", odd times", _odd, _ODD)):
        for size, number, peers in sizes:
            requests = [make(seed, size) for seed in range(number)]
            rows.append(_row(f"{size} activities{kind}", requests, peers))
    yield Table(
        "Time to the proven optimum, one thread",
        _HEAD,
        rows,
        "Processor time over random requests: the bundled guidance, and made-up guidance of so "
        "many activities. Odd times are not whole minutes, and the minutes of stretching may be a "
        "goal. One problem for both, all three terms, CP-SAT with one worker and a limit on its "
        "work; its time counts in full when it gives up. The ratios are over the requests that "
        "both had.",
    )
    rows = []
    for name, kind, said in _OWN:
        requests = [request(seed, _OWN_SIZE, kind, said=said) for seed in range(_OWN_REQUESTS)]
        rows.append(_row(name, requests, _OWN_PEERS))
    yield Table(
        f"Time with a rule of one's own, {_OWN_SIZE} activities, one thread",
        ("rule", *_HEAD[1:]),
        rows,
        "The same, with a rule written in Python, which CP-SAT is given as a constraint. Said: the "
        "rule says that more never mends it.",
    )
