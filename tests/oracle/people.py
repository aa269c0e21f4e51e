"""Plan for many people and check each plan: `python -m tests.oracle.people 10000`.

For each person the naive reading of the guidance says whether there may be a plan, and what it may
not hold; the library's own report is looked at only for rules that broke.
It prints each broken promise, and at the end how many people there were and what became of them.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from random import Random

from sciatica_pt.codec import dumps
from sciatica_pt.errors import GuidanceError
from sciatica_pt.model import Profile
from sciatica_pt.planning import (
    NoConformingPlan,
    Plan,
    PlanRefused,
    ReferralRequired,
    ScreeningIncomplete,
    plan_week,
)

from .book import Book, Json
from .cases import person_for
from .naive import FAIL, Case, judge

__all__ = ["faults_in", "look_at", "main", "must_refer"]


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


def look_at(book: Book, person: Profile, *, consent: bool) -> tuple[str, list[str]]:
    """Return what became of a person, and each promise that was broken."""
    plain = json.loads(dumps(person))
    plan: Plan | None = None
    try:
        plan = plan_week(person, allow_unscreened=consent)
    except ReferralRequired:
        end = "referred"
    except ScreeningIncomplete:
        end = "to be asked"
    except NoConformingPlan:
        end = "no plan"
    except (PlanRefused, GuidanceError) as error:
        return "broken", [f"an unexpected {type(error).__name__}"]
    else:
        end = "planned"
    refer = must_refer(book, plain)
    wanted = (
        {"referred"}
        if refer
        else {"to be asked"}
        if is_open(book, plain) and not consent
        else {"planned", "no plan"}
    )
    faults = [] if end in wanted else [f"{end}, and not {' or '.join(sorted(wanted))}"]
    if plan is not None:
        faults.extend(faults_in(book, plan, plain))
    return end, faults


def main(count: int, start: int = 0) -> int:
    """Look at `count` people from the seed `start` on; return how many promises were broken."""
    book, ends = Book(), Counter[str]()
    broken = 0
    for seed in range(start, start + count):
        random = Random(f"person {seed}")
        person = person_for(random, book)
        end, faults = look_at(book, person, consent=random.random() < 0.7)
        ends[end] += 1
        broken += len(faults)
        for fault in faults:
            sys.stdout.write(f"seed {seed}: {fault}\n")
        if faults or (seed - start + 1) % 1000 == 0:
            sys.stdout.write(f"after {seed - start + 1}: {broken} broken; {dict(ends)}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{count} people from seed {start}: {broken} broken; {dict(ends)}\n")
    return broken


if __name__ == "__main__":
    sys.exit(bool(main(*(int(argument) for argument in sys.argv[1:]))))
