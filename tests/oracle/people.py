"""Plan for many people and check each plan: `python -m tests.oracle.people 10000 --workers 2`.

For each person the naive reading of the guidance says whether there may be a plan, and what it may
not hold; the library's own report is looked at only for rules that broke.
It prints each broken promise, how much memory the processes hold, and at the end how many people
there were and what became of them.
The first seven of ten consent to be planned for although questions are open.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import nullcontext
from functools import cache
from itertools import tee
from multiprocessing import get_context
from random import Random

import attrs

from sciatica_pt.codec import dumps
from sciatica_pt.errors import SciaticaPTError
from sciatica_pt.guidance import Catalog
from sciatica_pt.model import Profile
from sciatica_pt.planning import (
    NoConformingPlan,
    Plan,
    ReferralRequired,
    ScreeningIncomplete,
    WeeklyPlanner,
    plan_many,
)
from sciatica_pt.rules import RuleSet
from tools.memory import told

from .book import Book, Json
from .cases import person_for
from .naive import FAIL, Case, judge

__all__ = ["BrokenPromise", "Watched", "faults_in", "look_at", "main", "must_refer"]


def must_refer(book: Book, person: Json) -> bool:
    """Return whether some red flag is present, by an answer or by a condition."""
    answers = (person["screening"] or {}).get("present", [])
    conditions = set(person["conditions"])
    return bool(answers) or any(conditions & set(flag.get("conditions", [])) for flag in book.flags)


def is_open(book: Book, person: Json) -> bool:
    """Return whether some red flag was not asked for."""
    said = person["screening"]
    if said is None:
        return True
    asked = {*said["present"], *said["absent"]}
    return not said["others_absent"] and any(flag["id"] not in asked for flag in book.flags)


def faults_in(book: Book, plan: Plan, person: Json) -> Iterator[str]:
    """Yield what is wrong with a plan, by the naive reading of the guidance."""
    routine = json.loads(dumps(plan.routine))
    case = Case(book, routine, person)
    for entry in case.all:
        for limit in book.restrictions:
            if entry.id not in limit["activities"]:
                continue
            true = case.holds(limit["when"])
            if true and limit["level"] == "never":
                yield f"{entry.id} is contraindicated by {limit['id']}"
            if true is None and limit.get("when_unknown") == "withhold":
                yield f"{entry.id} should wait for the answer of {limit['id']}"
    errors = {code for code, rule in book.rules.items() if rule["severity"] == "error"}
    for code, verdict in judge(book, routine, person).items():
        if verdict == FAIL and code in errors:
            yield f"it breaks {code}"
    yield from (f"{x.code} ended in an error" for x in plan.report.results if x.outcome == "error")
    if not plan.report.conforms:
        yield "its report says that it does not conform"
    if routine["unscreened"] is not is_open(book, person):
        yield "it is marked wrongly as screened or not"


class BrokenPromise(SciaticaPTError):
    """A plan that the naive reading of the guidance turns down."""


@attrs.frozen
class Watched:
    """The library's own planner; each plan is checked where it is made.

    Raises:
        BrokenPromise: a plan has a fault.
    """

    def plan(
        self, profile: Profile, *, guidance: Catalog, rules: RuleSet, unscreened: bool
    ) -> Plan:
        """Return the plan of a person's week."""
        plan = WeeklyPlanner().plan(profile, guidance=guidance, rules=rules, unscreened=unscreened)
        faults = list(faults_in(_book(), plan, json.loads(dumps(profile))))
        if faults:
            raise BrokenPromise("; ".join(faults))
        return plan


@cache
def _book() -> Book:
    return Book()


def _planned(plan: Plan) -> str:
    del plan
    return "planned"


_ENDS = {
    ReferralRequired: "referred",
    ScreeningIncomplete: "to be asked",
    NoConformingPlan: "no plan",
}


def look_at(
    people: Iterator[Profile], *, consent: bool, executor: Executor | None = None
) -> Iterator[tuple[str, str]]:
    """Yield what became of each person, and the promise that was broken, if any."""
    shown, planned = tee(people)
    outcomes = plan_many(
        planned,
        executor=executor,
        planner=Watched(),
        allow_unscreened=consent,
        keep=_planned,
    )
    for person, outcome in zip(shown, outcomes, strict=True):
        end = outcome if isinstance(outcome, str) else _ENDS.get(type(outcome), "broken")
        plain = json.loads(dumps(person))
        if must_refer(_book(), plain):
            wanted = {"referred"}
        elif is_open(_book(), plain) and not consent:
            wanted = {"to be asked"}
        else:
            wanted = {"planned", "no plan"}
        yield (
            end,
            "" if end in wanted else f"{end}, and not {' or '.join(sorted(wanted))}: {outcome}",
        )


def main(arguments: Sequence[str]) -> int:
    """Look at people; return how many promises were broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle.people", description=__doc__)
    parser.add_argument("count", type=int, help="how many people")
    parser.add_argument("--start", type=int, default=0, help="the seed of the first")
    parser.add_argument("--workers", type=int, default=0, help="how many processes; 0 for here")
    given = parser.parse_args(arguments)
    ends, broken, done, started = Counter[str](), 0, 0, time.perf_counter()
    turn = given.start + given.count * 7 // 10
    stop = given.start + given.count
    pool = ProcessPoolExecutor(given.workers, get_context("spawn")) if given.workers else None
    with pool or nullcontext():
        for seeds, consent in ((range(given.start, turn), True), (range(turn, stop), False)):
            people = (person_for(Random(f"person {seed}"), _book()) for seed in seeds)
            found = look_at(people, consent=consent, executor=pool)
            for seed, (end, fault) in zip(seeds, found, strict=True):
                ends[end] += 1
                done += 1
                if fault:
                    broken += 1
                    sys.stdout.write(f"seed {seed}: {fault}\n")
                if done % max(1000, given.count // 20) == 0:
                    rate = done / (time.perf_counter() - started)
                    sys.stdout.write(
                        f"after {done}: {broken} broken; {rate:.0f} a second; "
                        f"MB held (most): {told()}; {dict(ends)}\n"
                    )
                    sys.stdout.flush()
    sys.stdout.write(
        f"{given.count} people from seed {given.start}: {broken} broken; {dict(ends)}\n"
    )
    return broken


if __name__ == "__main__":
    # The workers look for the classes under the module's own name.
    from tests.oracle.people import main as run

    sys.exit(bool(run(sys.argv[1:])))
