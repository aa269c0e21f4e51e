"""Compare the planner with OR-Tools on many random requests: `python -m tests.planning 2000`."""

from __future__ import annotations

import sys
from collections import Counter

from .check import KINDS, SIZES, compare, request


def _tell(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(number: int, start: int = 0) -> int:
    """Compare so many requests, print the counts, and return how many differ."""
    counts: Counter[tuple[str, str]] = Counter()
    cases = [(size, kind) for size in SIZES for kind in KINDS]
    for place in range(start, start + number):
        size, kind = cases[place % len(cases)]
        drafter, extras = request(place, size, kind)
        verdict, solution, best = compare(drafter, extras, seconds=5.0)
        counts[kind, verdict] += 1
        if verdict == "differs":
            _tell(f"{place} {size} {kind}: {solution.bound} against {best}")
        if place % 100 == 99:
            _tell(f"{place + 1} {dict(counts)}")
    for (kind, verdict), count in sorted(counts.items()):
        _tell(f"{kind:15} {verdict:10} {count}")
    return sum(count for (_, verdict), count in counts.items() if verdict == "differs")


if __name__ == "__main__":
    sys.exit(1 if main(*(int(text) for text in sys.argv[1:])) else 0)
