"""Simulate many weeks of anybody: `python -m tests.progression [weeks [seed]]`.

`python -m tests.progression courses [words]` prints twelve weeks of each example profile with each
made-up person, or of those whose name has the words in it, to be read.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from random import Random

import sciatica_pt as spt

from .courses import courses
from .laws import Case, broken
from .weeks import anyone, anything, changed

_START = dt.date(2026, 1, 5)
_LONGEST = 12
_NEWS_EVERY = 10_000


def course(random: Random, counts: Counter[str]) -> int:
    """Go through the weeks of one person and return how many there were.

    Raises:
        AssertionError: a step broke a law.
    """
    profile = anyone(random)
    try:
        routine = spt.plan_week(profile).routine
    except spt.PlanRefused:
        counts["no first week"] += 1
        return 0
    state: spt.ProgressState | None = None
    for week in range(_LONGEST):
        starts = _START + dt.timedelta(days=7 * week)
        profile = changed(profile, random)
        # Now and then a week passes of which nobody tells anything.
        told = random.random() > 0.04
        logs = anything(routine, random, starts, random.choice((2, 3, 5, 9))) if told else ()
        missed = random.choice(list(spt.MissedPolicy))
        step = spt.progress(
            routine,
            profile=profile,
            logs=logs,
            state=state,
            on=starts + dt.timedelta(days=7),
            missed=missed,
        )
        case = Case(
            before=routine,
            profile=profile,
            logs=logs,
            state=state,
            step=step,
            moved=missed is not spt.MissedPolicy.SKIP,
        )
        faults = list(broken(case, spt.default_guidance()))
        if faults:
            names = (spt.dumps(routine), spt.dumps(profile), *map(spt.dumps, logs))
            raise AssertionError("\n".join([*faults, *names]))
        counts.update(decision.adjustment.value for decision in step.decisions)
        if step.routine is None:
            counts["no week left"] += 1
            return week + 1
        routine, profile, state = step.routine, step.profile, step.state
    return _LONGEST


def main(arguments: list[str]) -> None:
    """Simulate so many weeks, 1000 if nothing is said, and print what came of them."""
    if arguments[:1] == ["courses"]:
        for name, made in courses(" ".join(arguments[1:])):
            sys.stdout.write(f"# {name}\n{made}\n\n")
        return
    wanted = int(arguments[0]) if arguments else 1000
    seed = int(arguments[1]) if len(arguments) > 1 else 0
    counts: Counter[str] = Counter()
    weeks = people = said = 0
    while weeks < wanted:
        weeks += course(Random(f"{seed} {people}"), counts)
        if weeks // _NEWS_EVERY > said:
            said = weeks // _NEWS_EVERY
            sys.stderr.write(f"{weeks} of {wanted} weeks\n")
        people += 1
    told = ", ".join(f"{number} {word}" for word, number in sorted(counts.items()))
    sys.stdout.write(f"{weeks} weeks of {people} people, no law broken: {told}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
