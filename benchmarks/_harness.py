"""What all benchmarks share: a table, a race and the facts of the machine.

A benchmark is a module of this folder with a function `tables()` that yields `Table`s.
"""

from __future__ import annotations

import gc
import importlib.metadata
import os
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

__all__ = ["Table", "facts", "race", "shown_time", "times"]


@attrs.frozen
class Table:
    """One table of results.

    Attributes:
        title: what was measured.
        head: the names of the columns.
        rows: the cells, as texts.
        note: what a reader has to know besides; may be empty.
    """

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    def markdown(self) -> str:
        """Return the table in Markdown; the first column is words, the others are numbers."""
        lines = [f"### {self.title}", ""]
        lines.append(f"| {' | '.join(self.head)} |")
        lines.append(f"| --- |{' ---: |' * (len(self.head) - 1)}")
        lines += [f"| {' | '.join(row)} |" for row in self.rows]
        return "\n".join([*lines, *(["", self.note] if self.note else [])])


def facts(*packages: str) -> str:
    """Return the machine, the Python and the releases of some packages in one line."""
    versions = [f"{name} {importlib.metadata.version(name)}" for name in packages]
    python = f"{platform.python_implementation()} {platform.python_version()}"
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    return ", ".join([python, machine, *versions])


def race(
    runners: Mapping[str, Callable[[], Any]], *, rounds: int = 15, least: float = 0.02
) -> dict[str, float]:
    """Return the seconds that one call of each takes: the best of several rounds.

    All take turns within a round, so that a busy machine slows them alike, and the best round is
    the one that it slowed least.

    Args:
        runners: what to call, by name.
        rounds: how many turns each has.
        least: seconds that one turn takes at least.
    """
    calls = {name: _calls(run, least) for name, run in runners.items()}
    best = dict.fromkeys(runners, float("inf"))
    for _ in range(rounds):
        for name, run in runners.items():
            # What one leaves behind must not be charged to the next.
            gc.collect()
            best[name] = min(best[name], _once(run, calls[name]) / calls[name])
    return best


def _once(run: Callable[[], Any], calls: int) -> float:
    started = time.perf_counter()
    for _ in range(calls):
        run()
    return time.perf_counter() - started


def _calls(run: Callable[[], Any], least: float) -> int:
    # The first call makes whatever is made once.
    run()
    calls = 1
    while (taken := _once(run, calls)) < least:
        calls = max(calls * 2, int(calls * least / max(taken, 1e-9)))
    return calls


def times(ratio: float) -> str:
    """Return a ratio as a cell."""
    return f"{ratio:.1f}"


def shown_time(seconds: float) -> str:
    """Return a duration as a cell, in the unit that suits it.

    >>> shown_time(0.0000123), shown_time(0.0123), shown_time(12.3)
    ('12.3 µs', '12.3 ms', '12.3 s')
    """
    for unit, size in (("µs", 1e-6), ("ms", 1e-3)):
        if seconds < 1000 * size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.1f} s"
