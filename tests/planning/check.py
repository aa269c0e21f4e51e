"""One random request, solved twice: by the planner's search and by the independent solver."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import attrs

from sciatica_pt.guidance import default_guidance
from sciatica_pt.model import Activity, Citation, Prescription, Scope, Severity, Weekday
from sciatica_pt.planning.drafting import Drafter
from sciatica_pt.planning.solving import Solution, solve
from sciatica_pt.rules import PASSED, Context, DayView, Item, Verdict, WeekView, failed
from sciatica_pt.screening import screen

from .oracle import Extra, Model, Undecided, optimum
from .problem import Vector, drafter_for, problem_of, schedule_of
from .synthetic import bundled_profile, random_catalog, random_profile

__all__ = [
    "KINDS",
    "SIZES",
    "DayOff",
    "DaySumLimit",
    "NeverTogether",
    "NotOnADay",
    "NotThen",
    "Refusing",
    "SumLimit",
    "compare",
    "request",
]

#: What a request may hold beside the guidance's rules.
KINDS = (
    "plain",
    "cross",
    "not-then",
    "day-off",
    "not-on-a-day",
    "sum",
    "never-together",
    "shorter",
    "bundled",
)
SIZES = (3, 6, 12, 30)


@attrs.frozen(kw_only=True)
class _Own:
    """What rules of a test have in common."""

    code: str
    name: str = "made-up"
    scope: Scope = Scope.WEEK
    severity: Severity = Severity.ERROR
    citations: tuple[Citation, ...] = ()
    monotone: bool = False
    """Whether the rule says that more never mends it; all of these could."""


@attrs.frozen(kw_only=True)
class NotThen(_Own):
    """A rule over one activity: some activities are not done on some days."""

    activities: frozenset[str]
    days: frozenset[Weekday]
    code: str = "OWN400"
    scope: Scope = Scope.ACTIVITY

    def check(self, subject: Item, context: Context, /) -> Iterator[Verdict]:
        """Fail when one of them is done on such a day."""
        del context
        barred = subject.prescription.activity in self.activities and subject.day in self.days
        yield failed("not then") if barred else PASSED

    def tell(self, model: Model) -> None:
        """Say the same to the solver."""
        for work in model.problem.works:
            for day in self.days:
                if work.activity in self.activities:
                    model.cp.add(model.done[work.id, day.order] == 0)


@attrs.frozen(kw_only=True)
class DayOff(_Own):
    """A rule over one day: nothing is done on it."""

    day: Weekday
    code: str = "OWN401"
    scope: Scope = Scope.DAY

    def check(self, subject: DayView, context: Context, /) -> Iterator[Verdict]:
        """Fail when there is anything to do on the day off."""
        del context
        if subject.day is self.day and subject.sessions:
            yield failed("there is something to do on the day off")
        else:
            yield PASSED

    def tell(self, model: Model) -> None:
        """Say the same to the solver."""
        for work in model.problem.works:
            model.cp.add(model.done[work.id, self.day.order] == 0)


@attrs.frozen(kw_only=True)
class NotOnADay(_Own):
    """A rule over one day: not both of two activities, or not as many activities."""

    first: str
    second: str
    most: int
    code: str = "OWN405"
    scope: Scope = Scope.DAY

    def check(self, subject: DayView, context: Context, /) -> Iterator[Verdict]:
        """Fail when the day holds both, or more than so many."""
        del context
        held = {item.prescription.activity for item in subject.items}
        both = {self.first, self.second} <= held
        yield failed("not on one day") if both or len(held) > self.most else PASSED

    def tell(self, model: Model) -> None:
        """Say the same to the solver."""
        for day in range(7):
            done = [model.done[work.id, day] for work in model.problem.works]
            model.cp.add(sum(done) <= self.most)
            pair = [
                model.done[work.id, day]
                for work in model.problem.works
                if work.activity in {self.first, self.second}
            ]
            model.cp.add(sum(pair) <= 1)


@attrs.frozen(kw_only=True)
class SumLimit(_Own):
    """A rule that adds something up over the week, and says so."""

    limit: int
    code: str = "OWN402"

    def amount(self, prescription: Prescription, activity: Activity, /) -> int:
        """Return the number of muscles that it works."""
        del prescription
        return len(getattr(activity, "muscles", ()))

    def check(self, subject: WeekView, context: Context, /) -> Iterator[Verdict]:
        """Fail when the week adds up to more."""
        del context
        total = sum(
            self.amount(item.prescription, item.activity)
            for item in subject.scheduled
            if item.activity is not None
        )
        yield PASSED if total <= self.limit else failed("the week adds up to too much")

    def tell(self, model: Model) -> None:
        """Say the same to the solver."""
        times = model.problem.times
        model.cp.add(
            sum(
                len(work.muscles) * times[work.id] * model.done[work.id, day]
                for work in model.problem.works
                for day in range(7)
            )
            <= self.limit
        )


@attrs.frozen(kw_only=True)
class DaySumLimit(SumLimit):
    """A rule that adds something up over each day, and says so."""

    code: str = "OWN406"
    scope: Scope = Scope.DAY

    def check(self, subject: DayView | WeekView, context: Context, /) -> Iterator[Verdict]:
        """Fail when the day adds up to more."""
        del context
        total = sum(
            self.amount(item.prescription, item.activity)
            for item in subject.items
            if item.activity is not None
        )
        yield PASSED if total <= self.limit else failed("the day adds up to too much")

    def tell(self, model: Model) -> None:
        """Say the same to the solver."""
        times = model.problem.times
        for day in range(7):
            done = [
                len(work.muscles) * times[work.id] * model.done[work.id, day]
                for work in model.problem.works
            ]
            model.cp.add(sum(done) <= self.limit)


@attrs.frozen(kw_only=True)
class NeverTogether(_Own):
    """A rule that only a whole week shows: not both of two activities."""

    first: str
    second: str
    code: str = "OWN403"

    def check(self, subject: WeekView, context: Context, /) -> Iterator[Verdict]:
        """Fail when the week holds both."""
        del context
        held = {item.prescription.activity for item in subject.scheduled}
        yield failed("both") if {self.first, self.second} <= held else PASSED

    def tell(self, model: Model) -> None:
        """Say the same to the solver."""
        # Of an activity no more than one dose is in a week.
        works = model.problem.works
        pair = [work for work in works if work.activity in {self.first, self.second}]
        model.cp.add(sum(model.used[work.id] for work in pair) <= 1)


@attrs.frozen(kw_only=True)
class Refusing(_Own):
    """A rule that only a whole week shows, and that every week breaks."""

    code: str = "OWN404"
    name: str = "refusing"

    def check(self, subject: WeekView, context: Context, /) -> Iterator[Verdict]:
        """Fail."""
        del subject, context
        yield failed("no week is right")


def _own_rule(rng: Random, kind: str, plain: Drafter) -> Any:
    """Return the rule of one's own that a kind of request holds, or `None`."""
    names = [item.id for item in plain.candidates]
    if kind == "not-then":
        return NotThen(
            activities=frozenset(name for name in names if rng.random() < 0.5),
            days=frozenset(day for day in Weekday if rng.random() < 0.4),
        )
    if kind == "day-off":
        return DayOff(day=rng.choice(tuple(Weekday)), monotone=rng.random() < 0.5)
    if kind in {"sum", "sum-of-a-week", "sum-of-a-day"}:
        limit = rng.randint(0, 20)
        daily = rng.random() >= 0.5 if kind == "sum" else kind == "sum-of-a-day"
        return DaySumLimit(limit=limit // 3) if daily else SumLimit(limit=limit)
    if kind not in {"not-on-a-day", "never-together"} or len(names) < 2:
        return None
    first, second = rng.sample(names, 2)
    if kind == "never-together":
        return NeverTogether(first=first, second=second, monotone=rng.random() < 0.5)
    most, monotone = rng.choice((3, 4, 9)), rng.random() < 0.5
    return NotOnADay(first=first, second=second, most=most, monotone=monotone)


def request(
    seed: int, size: int, kind: str, *, said: bool | None = None
) -> tuple[Drafter, tuple[Extra, ...]]:
    """Return a random request, and what to tell the solver of the rules it adds.

    Args:
        seed: decides it.
        size: the activities of made-up guidance.
        kind: one of `KINDS`; of the sums also "sum-of-a-week" and "sum-of-a-day" alone.
        said: whether the rule says that more never mends it; `None` for half of them.
    """
    rng = Random(f"{seed}-{size}-{kind}")
    if kind == "bundled":
        guidance = default_guidance()
        person = bundled_profile(rng)
        while screen(person.screening, conditions=person.conditions).present:
            person = bundled_profile(rng)
        return drafter_for(person, guidance, shortening_seconds=300), ()
    step = rng.choice((120, 300)) if kind == "shorter" else 0
    guidance = random_catalog(rng, size, cross=kind == "cross", cut=step > 0)
    person = random_profile(rng, guidance)
    plain = drafter_for(person, guidance, shortening_seconds=step)
    own = _own_rule(rng, kind, plain)
    if own is None:
        return plain, ()
    if said is not None:
        own = attrs.evolve(own, monotone=said)
    return drafter_for(person, guidance, rules=(own,)), (own.tell,)


def compare(
    drafter: Drafter,
    extras: tuple[Extra, ...],
    *,
    node_limit: int = 500_000,
    week_limit: int = 2_000,
    seconds: float = 20.0,
) -> tuple[str, Solution, Vector | None]:
    """Return whether the search and the solver agree, and what each found.

    Returns:
        the verdict - `equal`, `undecided` when the solver proves nothing in its time, `unproven`
        when the search did not and its bound holds, else `differs` - then the search's solution
        and the solver's optimum.
    """
    problem = problem_of(drafter)
    solution = solve(drafter, node_limit=node_limit, week_limit=week_limit)
    own = problem.vector(schedule_of(drafter.routine(solution.week), problem))
    honest = own == drafter.objective.vector(solution.week)
    try:
        best, _ = optimum(problem, extras, seconds=seconds)
    except Undecided:
        return "undecided" if honest else "differs", solution, None
    if solution.proven:
        agree = honest and own == best == solution.bound
        return "equal" if agree else "differs", solution, best
    # Not proven: the week is no better than the optimum, and the bound no worse.
    holds = honest and own >= best >= solution.bound
    return "unproven" if holds else "differs", solution, best
