"""Flare-ups and breaks: less for a while, then back in steps to what had been reached."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model.doses import Dose, dose_kind, dose_values
from sciatica_pt.model.log import SessionLog
from sciatica_pt.model.profile import Level, Pain
from sciatica_pt.model.progression import Effect, ProgressionRule
from sciatica_pt.model.vocabulary import DoseParameter
from sciatica_pt.progression.paths import bounded_by, cut, unit_of, with_number
from sciatica_pt.progression.readings import over_usual
from sciatica_pt.progression.situation import Situation
from sciatica_pt.progression.states import (
    Setback,
    SetbackKind,
    SetbackStage,
)

__all__ = ["Course", "course_of", "is_quiet", "next_usual", "reduced", "returned"]

_REST = DoseParameter.REST_SECONDS
_CAUSES = {SetbackKind.FLARE: Effect.FLARE, SetbackKind.BREAK: Effect.BREAK}


@attrs.frozen(kw_only=True)
class Course:
    """Where the person stands with setbacks, and what that means for the week.

    Attributes:
        setback: the setback that goes on; `None` when there is none.
        rule: the rule responsible; `None` when none speaks.
        cut: whether doses are to be cut now.
        back: whether doses are on their way back.
    """

    setback: Setback | None = None
    rule: ProgressionRule | None = None
    cut: bool = False
    back: bool = False

    @property
    def held(self) -> bool:
        """Whether a setback holds doses down."""
        return self.setback is not None and not self.back


def _worst_by_day(logs: Iterable[SessionLog], usual: Pain | None) -> dict[dt.date, int | None]:
    """Return for each day how far pain may have been over its usual level; `None` if unknown."""
    worst: dict[dt.date, list[int | None]] = {}
    for log in logs:
        moments = (
            (log.on, attrs.evolve(log, pain_next_morning=log.pain_before)),
            (log.on + dt.timedelta(days=1), attrs.evolve(log, pain_before=log.pain_next_morning)),
        )
        for day, at in moments:
            span = over_usual(at, usual)
            worst.setdefault(day, []).append(None if span is None else span[1])
    # The logs are in order, and so are the days.
    return {day: _max_known(found) for day, found in worst.items()}


def _max_known(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return max(known) if len(known) == len(values) else None


def _flare_days(
    rule: ProgressionRule, logs: Iterable[SessionLog], usual: Pain | None
) -> list[dt.date]:
    return [
        log.on
        for log in logs
        for criterion in rule.criteria
        if (span := over_usual(log, usual)) is not None and criterion.met(*span)
    ]


def course_of(situation: Situation) -> Course:
    """Return where the person stands after a week."""
    before = situation.state.setback
    flare = _flare(situation)
    if flare is not None:
        began, rule = flare
        if before is not None and before.stage is SetbackStage.REDUCED:
            # A cut is never cut again, but a break in which a flare-up comes is a flare-up now.
            return Course(setback=attrs.evolve(before, kind=SetbackKind.FLARE), rule=rule)
        setback = Setback(
            kind=SetbackKind.FLARE,
            stage=SetbackStage.REDUCED,
            began=began,
            reached=_reached(situation) if before is None else before.reached,
        )
        return Course(setback=setback, rule=rule, cut=True)
    return _after_break(situation) if before is None else _going_on(situation, before)


def _reached(situation: Situation) -> tuple[Level, ...]:
    return tuple(
        Level(activity=name, dose=item.dose)
        for name, item in situation.items.items()
        if situation.is_exercise(name)
    )


def _flare(situation: Situation) -> tuple[dt.date, ProgressionRule] | None:
    rule, logs, state = situation.rule(Effect.FLARE), situation.logs, situation.state
    if rule is None:
        return None
    days = _flare_days(rule, logs, state.usual)
    if rule.sessions is not None and len(set(days)) >= rule.sessions:
        return days[0], rule
    if situation.profile.flare is not True or _at_its_height(state.setback):
        return None
    # The person says so, whatever the numbers.
    began = logs[0].on if logs else situation.today
    if began is None:
        raise InvalidValueError(
            where="on",
            expected="the first day of the next week",
            found="no day and no log",
            hint="without either nobody knows since when symptoms have flared up",
        )
    return began, rule


def _at_its_height(setback: Setback | None) -> bool:
    return (
        setback is not None
        and setback.kind is SetbackKind.FLARE
        and setback.stage is SetbackStage.REDUCED
    )


def _going_on(situation: Situation, setback: Setback) -> Course:
    settle = situation.rule(Effect.SETTLE)
    if setback.stage is SetbackStage.RETURNING:
        return Course(setback=setback, rule=settle, back=True)
    if not _quiet(situation, setback):
        return Course(setback=setback, rule=situation.rule(_CAUSES[setback.kind]))
    back = attrs.evolve(setback, stage=SetbackStage.RETURNING)
    return Course(setback=back, rule=settle, back=True)


def _quiet(situation: Situation, setback: Setback) -> bool:
    if setback.kind is SetbackKind.BREAK:
        return situation.was_done()
    return is_quiet(situation)


def is_quiet(situation: Situation) -> bool:
    """Return whether pain is known to have been at its usual level on the last days of a week.

    Where guidance says nothing of quiet days, none are taken for enough.
    """
    settle = situation.rule(Effect.SETTLE)
    if settle is None:
        return False
    days = settle.number("quiet-days")
    last = list(_worst_by_day(situation.logs, situation.state.usual).values())[-days:]
    return len(last) == days and all(value == 0 for value in last)


def _after_break(situation: Situation) -> Course:
    rule, today, last = situation.rule(Effect.BREAK), situation.today, situation.state.last_done
    if rule is None or today is None or last is None or situation.was_done():
        return Course()
    if (today - last).days < rule.number("break-days"):
        return Course()
    setback = Setback(
        kind=SetbackKind.BREAK,
        stage=SetbackStage.REDUCED,
        began=today,
        reached=_reached(situation),
    )
    return Course(setback=setback, rule=rule, cut=True)


def _reached_before(situation: Situation, setback: Setback, activity: str) -> Dose | None:
    """Return the dose of an activity before a setback, within the limits of the phase now."""
    reached = setback.dose(activity)
    # Since then a phase may have begun that gives less of it, or asks for more.
    offer = situation.catalog.range(activity, situation.phase)
    return None if reached is None else bounded_by(offer, reached)


def reduced(situation: Situation, course: Course, activity: str) -> Dose:
    """Return the dose of an activity when a setback begins: cut from what had been reached.

    It is never more than the present dose, and a second setback cuts from the same level.
    """
    dose = situation.items[activity].dose
    if course.rule is None or course.setback is None or not situation.is_exercise(activity):
        return dose
    reached = _reached_before(situation, course.setback, activity)
    base = dose if reached is None or dose_kind(reached) is not dose_kind(dose) else reached
    percent = course.rule.number("cut-percent")
    lower = cut(situation.catalog, activity, base, situation.phase, percent)
    present = dose_values(dose)
    for parameter, value in dose_values(lower).items():
        now = present[parameter]
        if value is not None and now is not None and parameter is not _REST:
            dose = with_number(dose, parameter, min(value, now))
    return dose


def returned(situation: Situation, course: Course, activity: str, dose: Dose) -> Dose | None:
    """Return the next dose on the way back; `None` when what had been reached is reached again.

    One number comes back at a time, by the share of the cut that the rule's steps make.
    """
    setback, settle = course.setback, situation.rule(Effect.SETTLE)
    goal = None if setback is None else _reached_before(situation, setback, activity)
    if setback is None or goal is None or settle is None or dose_kind(goal) is not dose_kind(dose):
        return None
    source = situation.rule(_CAUSES[setback.kind])
    if source is None:
        return None
    percent = source.number("cut-percent")
    low = dose_values(cut(situation.catalog, activity, goal, situation.phase, percent))
    now, steps = dose_values(dose), settle.number("return-steps")
    for parameter, wanted in dose_values(goal).items():
        value = now[parameter]
        if value is None or wanted is None or value >= wanted or parameter is _REST:
            continue
        # A rule of the week may have cut it lower than the share does.
        below = wanted - min(value, low[parameter] or 0)
        unit = unit_of(situation.catalog, activity, parameter)
        share = -(-below // (steps * unit)) * unit
        return with_number(dose, parameter, min(wanted, value + share))
    return None


def next_usual(usual: Pain | None, logs: Iterable[SessionLog], *, settled: bool) -> Pain | None:
    """Return the usual level of pain after a week: it falls with the pain and never rises.

    Args:
        usual: the level before; `None` when unknown.
        logs: the week's logs.
        settled: whether no setback is going on; otherwise the level stays.
    """
    found = tuple(logs)
    if not settled:
        return usual
    sites = {
        site: [
            value
            for log in found
            if log.pain_before is not None and (value := getattr(log.pain_before, site)) is not None
        ]
        for site in ("back", "leg")
    }
    old = Pain() if usual is None else usual
    new = {
        site: min([max(values)] + [level] * (level is not None)) if values else level
        for site, values in sites.items()
        for level in (getattr(old, site),)
    }
    return None if set(new.values()) == {None} else Pain(back=new["back"], leg=new["leg"])
