"""What the search understands of a caller's own rules: days, and sums over the week or a day.

What it does not understand it asks about complete weeks; nothing is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, runtime_checkable

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model.activities import Activity
from sciatica_pt.model.constraints import shown
from sciatica_pt.model.routine import Prescription
from sciatica_pt.model.vocabulary import Outcome, Scope, Weekday
from sciatica_pt.planning._daily import MOST_AMOUNT, MOST_AMOUNTS
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.planning.drafting import Drafter
from sciatica_pt.planning.objective import Block
from sciatica_pt.planning.options import Load
from sciatica_pt.rules import (
    DayView,
    DeclarativeRule,
    Item,
    Rule,
    SessionView,
    WeekView,
    findings_on,
    is_grave,
    view,
)

__all__ = [
    "MonotoneRule",
    "SumRule",
    "accepts",
    "admits_of",
    "exceeds",
    "is_monotone",
    "loads_of",
    "own_rules",
]
#: An activity, and by how much its dose is shorter.
_Item = tuple[str, int]


@runtime_checkable
class SumRule(Protocol):
    """What a rule that adds something up may say beside its check, so that the search can keep it.

    Its scope says over what it adds up the amounts of everything that is scheduled: the week, each
    day or each session; a rule over one activity adds nothing up.
    It accepts no more than the limit.
    The check stays the judge: a week is returned only if it has nothing against it.
    """

    @property
    def limit(self) -> int:
        """The most a week, a day or a session, in the unit of the amounts."""
        ...

    def amount(self, prescription: Prescription, activity: Activity, /) -> int:
        """Return how much it adds to do something once; 0 or more."""
        ...


@runtime_checkable
class MonotoneRule(Protocol):
    """What a rule may say beside its check, so that the search can do without what breaks it.

    `monotone` says whether more never mends it: what it turns down, it also turns down with
    anything added.
    The check stays the judge: a week is returned only if it has nothing against it.
    """

    @property
    def monotone(self) -> bool:
        """Whether more never mends it."""
        ...


def is_monotone(rule: Rule) -> bool:
    """Return whether it is known of a rule that more never mends it.

    A rule about one activity sees nothing else.
    """
    return rule.scope == Scope.ACTIVITY or (isinstance(rule, MonotoneRule) and rule.monotone)


def own_rules(drafter: Drafter) -> list[Rule]:
    """Return a caller's rules of error severity: those that were not made from data."""
    return [
        rule
        for rule in drafter.rules.values()
        if is_grave(rule) and not isinstance(rule, DeclarativeRule)
    ]


def loads_of(drafter: Drafter) -> tuple[Load, ...]:
    """Return what a caller's rules add up over the week, or over each day.

    Raises:
        InvalidValueError: a limit is no whole number; later, when it is asked for, an amount.
    """
    loads: list[Load] = []
    for rule in own_rules(drafter):
        if isinstance(rule, SumRule) and rule.scope != Scope.ACTIVITY:
            load = _load(rule, code=rule.code, scope=rule.scope)
            # What is too much for the search is left to the check.
            if not load.daily or _is_small(load, sum(item.daily for item in loads)):
                loads.append(load)
    return tuple(loads)


def exceeds(rule: Rule, slots: Iterable[tuple[Candidate, Weekday]]) -> bool:
    """Return whether activities on days add up to more than a rule says that it accepts.

    Nothing that is added to them mends that.
    """
    if not isinstance(rule, SumRule) or rule.scope == Scope.ACTIVITY:
        return False
    load = _load(rule, code=rule.code, scope=rule.scope)
    sums: Counter[Weekday | None] = Counter()
    for candidate, day in slots:
        sums[day if load.daily else None] += load.amount(candidate)
    return any(total > load.limit for total in sums.values())


def _is_small(load: Load, others: int) -> bool:
    # The activities are counted beside what is added up.
    return 0 <= load.limit < MOST_AMOUNT and others + 1 < MOST_AMOUNTS


def _load(rule: SumRule, *, code: str, scope: Scope) -> Load:
    # The first session of a day holds whatever is done on it, each activity once.
    once = scope == Scope.SESSION

    def amount(item: Candidate) -> int:
        found = _whole(rule.amount(item.prescription, item.activity), f"{code}.amount({item.id})")
        if found < 0:
            raise InvalidValueError(
                where=f"{code}.amount({item.id})", expected="0 or more", found=str(found)
            )
        return (1 if once else item.times) * found

    return Load(limit=_whole(rule.limit, f"{code}.limit"), amount=amount, daily=scope != Scope.WEEK)


def _whole(value: object, where: str) -> int:
    if not isinstance(value, int):
        raise InvalidValueError(
            where=where,
            expected="a whole number",
            found=shown(value),
            hint="count in a unit so small that every amount is whole",
        )
    return value


def admits_of(drafter: Drafter) -> Callable[[Weekday, tuple[Candidate, ...]], bool] | None:
    """Return whether a day may hold some activities, by a caller's rules that look at one day.

    Each day with what is on it is asked about once.
    `None` says that there is no such rule.
    """
    rules = [rule for rule in own_rules(drafter) if rule.scope != Scope.WEEK]
    if not rules:
        return None
    known: dict[tuple[Weekday, tuple[_Item, ...]], bool] = {}

    def admits(day: Weekday, candidates: tuple[Candidate, ...]) -> bool:
        key = (day, tuple([(candidate.id, candidate.cut) for candidate in candidates]))
        if key not in known:
            known[key] = _day_accepted(rules, _day(drafter, day, candidates), drafter)
        return known[key]

    return admits


def _day(drafter: Drafter, day: Weekday, candidates: tuple[Candidate, ...]) -> DayView:
    blocks = tuple(Block((candidate,), (day,)) for candidate in candidates)
    return view(drafter.routine(blocks), drafter.context.catalog).days[day.order]


def accepts(rule: Rule, slots: Sequence[tuple[Candidate, Weekday]], drafter: Drafter) -> bool:
    """Return whether a caller's rule has nothing against a week that holds no more than this.

    Args:
        rule: the rule; one about less than a week is asked about each day.
        slots: activities on days.
        drafter: the person and the rules.
    """
    blocks = tuple(Block((candidate,), (day,)) for candidate, day in slots)
    week = view(drafter.routine(blocks), drafter.context.catalog)
    if rule.scope == Scope.WEEK:
        return _nothing_against(rule, week, drafter)
    return all(_day_accepted([rule], day, drafter) for day in week.days)


def _day_accepted(rules: list[Rule], day: DayView, drafter: Drafter) -> bool:
    subjects: dict[Scope, tuple[Item | SessionView | DayView, ...]] = {
        Scope.ACTIVITY: day.items,
        Scope.SESSION: day.sessions,
        Scope.DAY: (day,),
    }
    return all(
        _nothing_against(rule, subject, drafter)
        for rule in rules
        for subject in subjects[rule.scope]
    )


def _nothing_against(
    rule: Rule, subject: Item | SessionView | DayView | WeekView, drafter: Drafter
) -> bool:
    return all(
        finding.outcome is Outcome.INDETERMINATE
        for finding in findings_on(rule, subject, drafter.context)[1]
    )
