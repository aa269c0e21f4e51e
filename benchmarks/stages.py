"""Where a plan's time goes: judging, searching, asking the rules, validating, telling why."""

from __future__ import annotations

import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from benchmarks._harness import Table, shown_time
from sciatica_pt.codec import loads
from sciatica_pt.guidance import default_guidance
from sciatica_pt.model import Profile
from sciatica_pt.planning import Plan, plan_week, weekly
from sciatica_pt.planning.drafting import Drafter
from sciatica_pt.validation import validate

__all__ = ["STAGES", "people", "spent", "tables"]

_PROFILES = Path(__file__).parent.parent / "examples" / "profiles"
#: How often each person is planned for; the quickest counts, because a busy machine only slows.
_ROUNDS = 15
#: The stages of a plan, each with the functions that it consists of, by module and name; what a
#: function of another stage takes meanwhile is not counted twice.
STAGES: dict[str, tuple[tuple[Any, str], ...]] = {
    "judging each activity": ((weekly, "consider"), (weekly, "choose_rungs")),
    "listing options and searching": ((weekly, "solve"),),
    "asking the rules of the week found": ((Drafter, "conforms"),),
    "validating": ((weekly, "validate"),),
    "telling why": ((weekly, "trace_of"),),
}
_REST = "the rest"
_WHOLE = "the whole plan"


def people() -> list[Profile]:
    """Return the people of the example profiles."""
    return [loads(path.read_text("utf-8"), Profile) for path in sorted(_PROFILES.glob("*.json"))]


def spent(profile: Profile) -> dict[str, float]:
    """Return the seconds of processor time that each stage of a plan takes."""
    taken = dict.fromkeys(STAGES, 0.0)
    under_way: list[str] = []

    def clocked(stage: str, run: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            under_way.append(stage)
            started = time.process_time()
            try:
                return run(*args, **kwargs)
            finally:
                seconds = time.process_time() - started
                taken[under_way.pop()] += seconds
                if under_way:
                    taken[under_way[-1]] -= seconds

        return timed

    with ExitStack() as stack:
        for stage, functions in STAGES.items():
            for owner, name in functions:
                timed = clocked(stage, getattr(owner, name))
                stack.enter_context(mock.patch.object(owner, name, timed))
        started = time.process_time()
        plan_week(profile)
        whole = time.process_time() - started
    return {**taken, _REST: whole - sum(taken.values()), _WHOLE: whole}


def _least(profile: Profile, rounds: int) -> dict[str, float]:
    """Return the stages of the quickest of several plans, after one that warms up."""
    plan_week(profile)
    return min((spent(profile) for _ in range(rounds)), key=lambda stages: stages[_WHOLE])


def _memory(run: Callable[[], object]) -> tuple[int, int]:
    """Return the bytes that a call peaks at, and those that its result keeps."""
    run()
    tracemalloc.start()
    try:
        held = run()
        kept, peak = tracemalloc.get_traced_memory()
        del held
    finally:
        tracemalloc.stop()
    return peak, kept


def _kilobytes(number: float) -> str:
    return f"{number / 1000:.0f} kB"


def tables(rounds: int = _ROUNDS) -> Iterator[Table]:
    """Yield the tables."""
    who = people()
    default_guidance()
    measured = [_least(profile, rounds) for profile in who]
    wholes = [stages[_WHOLE] for stages in measured]
    yield Table(
        "Where a plan's time goes",
        ("stage", "median", "longest", "share of the time"),
        [
            [
                stage,
                shown_time(statistics.median(stages[stage] for stages in measured)),
                shown_time(max(stages[stage] for stages in measured)),
                f"{sum(stages[stage] for stages in measured) / sum(wholes):.0%}",
            ]
            for stage in (*STAGES, _REST, _WHOLE)
        ],
        f"Processor time of `plan_week` for the {len(who)} example profiles with the bundled "
        f"guidance, one thread: the quickest of {rounds} plans for each.",
    )
    plans = [plan_week(profile) for profile in who]
    checks = [_check(plan, profile, rounds) for plan, profile in zip(plans, who, strict=True)]
    memory = [_memory(partial(plan_week, profile)) for profile in who]
    yield Table(
        "What a plan costs",
        ("number", "median", "least", "most"),
        [
            _row("plans a second", [1 / whole for whole in wholes], lambda it: f"{it:.0f}"),
            _row("`validate` of the planned week", checks, shown_time),
            _row("memory at the peak", [peak for peak, _ in memory], _kilobytes),
            _row("memory of the plan kept", [kept for _, kept in memory], _kilobytes),
        ],
        "Of the same plans, by one process.",
    )


def _check(plan: Plan, profile: Profile, rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        validate(plan.routine, profile=profile)
        best = min(best, time.process_time() - started)
    return best


def _row(name: str, values: list[Any], shown: Callable[[Any], str]) -> list[str]:
    return [name, shown(statistics.median(values)), shown(min(values)), shown(max(values))]
