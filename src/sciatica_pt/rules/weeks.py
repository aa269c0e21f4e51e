"""SPT4xx: is the week balanced, regular, and does it leave time to recover?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sciatica_pt.model.actions import RemoveItem
from sciatica_pt.model.activities import Exercise
from sciatica_pt.model.doses import DoseRange, Limit, Recurring, dose_seconds
from sciatica_pt.model.guidelines import RuleSpec
from sciatica_pt.model.vocabulary import DoseParameter, Scope, Technique, Weekday
from sciatica_pt.rules.engine import Check
from sciatica_pt.rules.findings import PASSED, Verdict, failed, within
from sciatica_pt.rules.subjects import Context, DayView, Item, WeekView

__all__ = ["CHECKS", "days_apart"]

_HOURS_A_DAY = 24
_DAYS_A_WEEK = 7
_SECONDS_A_MINUTE = 60


def technique_kinds(spec: RuleSpec, week: WeekView, context: Context) -> Iterator[Verdict]:
    """A week with any session joins several techniques."""
    del context
    if not week.scheduled:
        return
    kinds = {item.activity.technique for item in week.items if item.activity is not None}
    wanted = spec.number("minimum-kinds")
    if len(kinds) >= wanted:
        yield PASSED
    else:
        yield failed(
            "the week uses too few of the six techniques",
            observed=", ".join(sorted(kinds)) or "none",
            expected=f"at least {wanted}",
            enlarge="Add an activity of another technique.",
        )


def technique_present(spec: RuleSpec, week: WeekView, context: Context) -> Iterator[Verdict]:
    """Each technique that the rule is about is in the week."""
    offered = {activity.technique for activity in context.catalog.activities.values()}
    used = {item.activity.technique for item in week.items if item.activity is not None}
    for technique in sorted(spec.techniques & offered):
        if technique in used:
            yield PASSED
        else:
            yield failed(
                f"the week holds nothing of the technique {technique}",
                observed="none",
                expected=f"some {technique}",
                enlarge=f"Add an activity of the technique {technique}.",
            )


def active_days(spec: RuleSpec, week: WeekView, context: Context) -> Iterator[Verdict]:
    """There is something to do on enough of the days that the person has time on."""
    wanted = spec.number("minimum-days")
    if context.profile is not None:
        free = sum(context.profile.minutes.on(day) > 0 for day in Weekday)
        wanted = min(wanted, free)
    active = sum(bool(day.sessions) for day in week.days)
    if active >= wanted:
        yield PASSED
    else:
        yield failed(
            "the week is not regular enough",
            observed=f"{active} days",
            expected=f"at least {wanted} days",
            enlarge="Spread the sessions over more days, or add a short one.",
        )


def recurring_prompt(spec: RuleSpec, week: WeekView, context: Context) -> Iterator[Verdict]:
    """Some habit of the week prompts the person through the day."""
    del spec
    if any(_prompts(activity.doses) for activity in context.catalog.activities.values()):
        if any(
            isinstance(item.prescription.dose, Recurring)
            and item.prescription.dose.every_seconds is not None
            for item in week.habits
        ):
            yield PASSED
        else:
            yield failed(
                "nothing in the week breaks up long sitting",
                observed="no habit with a prompt",
                expected="a habit with a prompt every so often",
                enlarge="Add regular movement breaks.",
            )


def _prompts(doses: tuple[DoseRange, ...]) -> bool:
    return any(item.limit(DoseParameter.EVERY_SECONDS) is not None for item in doses)


def _by_activity(items: tuple[Item, ...]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.prescription.activity, []).append(item)
    return found


def days_per_week(spec: RuleSpec, week: WeekView, context: Context) -> Iterator[Verdict]:
    """What is used is done on no more days than guidance allows."""
    del spec, context
    for items in _by_activity(week.scheduled).values():
        yield from _often(items, DoseParameter.DAYS_PER_WEEK)


def days_per_week_least(spec: RuleSpec, week: WeekView, context: Context) -> Iterator[Verdict]:
    """What is used is done on at least as many days as guidance advises."""
    del spec, context
    for items in _by_activity(week.scheduled).values():
        yield from _seldom(items, DoseParameter.DAYS_PER_WEEK)


def times_per_day(spec: RuleSpec, day: DayView, context: Context) -> Iterator[Verdict]:
    """What is done on a day is done as many times as guidance allows, no more and no less."""
    del spec, context
    for items in _by_activity(day.items).values():
        yield from _often(items, DoseParameter.TIMES_PER_DAY)
        yield from _seldom(items, DoseParameter.TIMES_PER_DAY)


def _count(items: list[Item], parameter: DoseParameter) -> tuple[int, Limit | None]:
    dose_range = items[0].dose_range
    by_day = parameter is DoseParameter.DAYS_PER_WEEK
    count = len({item.day for item in items}) if by_day else len(items)
    return count, None if dose_range is None else dose_range.limit(parameter)


def _often(items: list[Item], parameter: DoseParameter) -> Iterator[Verdict]:
    count, limit = _count(items, parameter)
    if limit is None:
        return
    if count <= limit.maximum:
        yield PASSED
    else:
        yield failed(
            f"{items[0].name} is done too often",
            path=items[0].path,
            observed=f"{count} {parameter.unit}",
            expected=within(limit),
            citations=limit.citations,
            reduce=f"Bring it down to {limit.maximum} {parameter.unit}.",
            action=RemoveItem(path=items[-1].path),
        )


def _seldom(items: list[Item], parameter: DoseParameter) -> Iterator[Verdict]:
    count, limit = _count(items, parameter)
    if limit is None:
        return
    if count >= limit.minimum:
        yield PASSED
    else:
        yield failed(
            f"{items[0].name} is done less often than guidance advises",
            path=items[0].path,
            observed=f"{count} {parameter.unit}",
            expected=within(limit),
            citations=limit.citations,
            enlarge=f"Bring it up to {limit.minimum} {parameter.unit}, if there is time.",
        )


def days_apart(earlier: Weekday, later: Weekday) -> int:
    """Return the days from one weekday to the next such other one, around the week's end.

    >>> days_apart(Weekday.SUN, Weekday.MON), days_apart(Weekday.MON, Weekday.MON)
    (1, 7)
    """
    return (later.order - earlier.order - 1) % _DAYS_A_WEEK + 1


def recovery(spec: RuleSpec, week: WeekView, context: Context) -> Iterator[Verdict]:
    """Each muscle group has enough hours between two days on which the rule's techniques use it."""
    hours = spec.number("minimum-hours")
    by_muscle: dict[str, dict[Weekday, Item]] = {}
    for item in week.scheduled:
        if (
            isinstance(item.activity, Exercise)
            and item.day is not None
            and item.activity.technique in spec.techniques
        ):
            for muscle in item.activity.muscles:
                by_muscle.setdefault(muscle, {}).setdefault(item.day, item)
    for muscle in sorted(by_muscle):
        days = by_muscle[muscle]
        ring = sorted(days, key=lambda day: day.order)
        for earlier, later in pairwise([*ring, ring[0]]):
            apart = days_apart(earlier, later) * _HOURS_A_DAY
            if apart >= hours:
                yield PASSED
            else:
                yield failed(
                    f"{_muscle(muscle, context)} has too little rest from {earlier.capitalize()} "
                    f"to {later.capitalize()}",
                    path=days[later].path,
                    observed=f"{apart} hours",
                    expected=f"at least {hours} hours",
                    reduce=f"Leave out or move what uses it on {later}.",
                    action=RemoveItem(path=days[later].path),
                )


def _muscle(muscle: str, context: Context) -> str:
    term = context.catalog.muscles.get(muscle)
    return muscle if term is None else term.name


def one_rung(spec: RuleSpec, week: WeekView, context: Context) -> Iterator[Verdict]:
    """The week holds one variant of a movement, not several rungs of its ladder."""
    del spec
    used = _by_activity(week.scheduled)
    for ladder in context.catalog.ladders.values():
        rungs = [rung for rung in ladder.rungs if rung in used]
        if len(rungs) == 1:
            yield PASSED
        elif rungs:
            yield failed(
                f"the week holds several versions of {ladder.name.lower()}",
                path=used[rungs[0]][0].path,
                observed=", ".join(rungs),
                expected="one of them",
                citations=ladder.citations,
                reduce="Keep the one that is right for the person now; the easiest is safe.",
                action=RemoveItem(path=used[rungs[-1]][-1].path),
            )


def _of_techniques(spec: RuleSpec, week: WeekView) -> list[Item]:
    return [
        item
        for item in week.scheduled
        if item.activity is not None and item.activity.technique in spec.techniques
    ]


def technique_minutes(spec: RuleSpec, week: WeekView, context: Context) -> Iterator[Verdict]:
    """The rule's techniques together stay below so many minutes a week, set-up not counted."""
    del context
    items = _of_techniques(spec, week)
    if not items:
        return
    most = spec.number("maximum-minutes")
    minutes = -(-sum(dose_seconds(item.prescription.dose) for item in items) // _SECONDS_A_MINUTE)
    if minutes <= most:
        yield PASSED
    else:
        yield failed(
            f"{_names(spec.techniques)} takes too many minutes in the week",
            observed=f"{minutes} minutes",
            expected=f"at most {most} minutes",
            reduce="Leave out or shorten a bout.",
            action=RemoveItem(path=items[-1].path),
        )


def technique_days(spec: RuleSpec, week: WeekView, context: Context) -> Iterator[Verdict]:
    """The rule's techniques together are used on at most so many days."""
    del context
    items = _of_techniques(spec, week)
    if not items:
        return
    most = spec.number("maximum-days")
    days = len({item.day for item in items})
    if days <= most:
        yield PASSED
    else:
        yield failed(
            f"{_names(spec.techniques)} is used on too many days",
            observed=f"{days} days",
            expected=f"at most {most} days",
            reduce="Leave it out on some days.",
            action=RemoveItem(path=items[-1].path),
        )


def _names(techniques: frozenset[Technique]) -> str:
    return " and ".join(sorted(techniques))


CHECKS: dict[str, tuple[Scope, Check]] = {
    "technique-kinds": (Scope.WEEK, technique_kinds),
    "technique-present": (Scope.WEEK, technique_present),
    "active-days": (Scope.WEEK, active_days),
    "recurring-prompt": (Scope.WEEK, recurring_prompt),
    "days-per-week": (Scope.WEEK, days_per_week),
    "days-per-week-least": (Scope.WEEK, days_per_week_least),
    "times-per-day": (Scope.DAY, times_per_day),
    "recovery": (Scope.WEEK, recovery),
    "one-rung": (Scope.WEEK, one_rung),
    "technique-minutes": (Scope.WEEK, technique_minutes),
    "technique-days": (Scope.WEEK, technique_days),
}
