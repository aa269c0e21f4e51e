"""What logs say: each signal as the least and the most that it can be, so nothing is made up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import attrs

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.guidance import Catalog
from sciatica_pt.model.doses import (
    Application,
    Continuous,
    Dose,
    Hold,
    Recurring,
    Repetitions,
    dose_per_side,
)
from sciatica_pt.model.log import ActivityLog, NewSymptom, SessionLog, SetLog
from sciatica_pt.model.profile import Pain
from sciatica_pt.model.progression import Signal
from sciatica_pt.model.safety import Screening
from sciatica_pt.model.vocabulary import LegChange, ScreeningStatus, Side, SkipReason, TimeOfDay
from sciatica_pt.screening import screen

__all__ = ["Reader", "Reading", "Span", "in_order", "over_usual", "read"]

#: The least and the most that a number can be; no most when nothing bounds it.
Span = tuple[int, int | None]

_YES: Span = (1, 1)
_NO: Span = (0, 0)
_MAYBE: Span = (0, 1)
_WORST = 10
_WHOLE = 100
_DEFICITS = {
    Signal.NEW_NUMBNESS: NewSymptom.NUMBNESS,
    Signal.NEW_WEAKNESS: NewSymptom.WEAKNESS,
}


@attrs.frozen(kw_only=True)
class Reading:
    """What the log of one session says of one activity.

    Attributes:
        on: the day of the session.
        time_of_day: when on the day.
        activity: the activity's id.
        done: whether it was done, as far as the log says; a skipped one was not.
        values: the signals that make sense for it, each from its least to its most.
    """

    on: dt.date
    time_of_day: TimeOfDay
    activity: str
    done: bool
    values: Mapping[Signal, Span]


def in_order(logs: Iterable[SessionLog]) -> tuple[SessionLog, ...]:
    """Return logs by day and time of day, so that the order they are given in can't matter.

    Raises:
        InvalidValueError: two logs are of the same session.
    """
    ordered = tuple(sorted(logs, key=lambda log: (log.on, log.time_of_day.order)))
    slots = [(log.on, log.time_of_day) for log in ordered]
    for slot in slots:
        if slots.count(slot) > 1:
            raise InvalidValueError(
                where="logs",
                expected="one log for a session",
                found=f"two for {slot[0].isoformat()} {slot[1]}",
                hint="put what was done into one log",
            )
    return ordered


@attrs.frozen(kw_only=True)
class Reader:
    """What reading a log takes beside the log.

    Attributes:
        usual: the usual level of pain; `None` when unknown.
        conditions: ids of the person's conditions, some of which are red flags in themselves.
        guidance: whose red-flag questions count.
    """

    usual: Pain | None
    conditions: frozenset[str]
    guidance: Catalog
    #: What is known of red flags from answers, each asked about once.
    known: dict[Screening | None, Span] = attrs.field(
        init=False, factory=dict[Screening | None, Span], eq=False, repr=False
    )


def read(
    reader: Reader, log: SessionLog, entry: ActivityLog, dose: Dose, *, shared: bool
) -> Reading:
    """Return what a session's log says of one activity.

    Args:
        reader: what reading takes beside the log.
        log: the session.
        entry: the activity in it.
        dose: what was prescribed.
        shared: whether what was noted for the session as a whole may be its doing, as for
            exercises; otherwise only what was noted for it counts.
    """
    values: dict[Signal, Span] = {
        Signal.RED_FLAG: _flagged(reader, log),
        Signal.PAIN_NEXT_MORNING_RISE: _rise(log.pain_before, log.pain_next_morning),
        Signal.SLEEP_DISTURBED: _flag(log.sleep_disturbed),
        Signal.SKIPPED_FOR_PAIN: _YES if entry.skipped is SkipReason.PAIN else _NO,
        Signal.SIGN_IN_SESSION: _sign(log),
    }
    over = over_usual(log, reader.usual)
    if over is not None:
        values[Signal.PAIN_OVER_USUAL] = over
    if entry.skipped is None:
        values.update(_nerve(log, entry, shared=shared))
        values[Signal.PAIN_DURING] = _worst(
            log.pain_during if entry.pain_during is None else entry.pain_during
        )
        values[Signal.FORM_KEPT] = _flag(entry.form_kept)
        values[Signal.DOSE_DONE] = _done(entry, dose)
        values.update(_reserve(entry, dose))
    return Reading(
        on=log.on,
        time_of_day=log.time_of_day,
        activity=entry.activity,
        done=entry.skipped is None,
        values=values,
    )


def _flag(value: bool | None) -> Span:
    if value is None:
        return _MAYBE
    return _YES if value else _NO


def _flagged(reader: Reader, log: SessionLog) -> Span:
    answers = log.screening
    if answers not in reader.known:
        found = screen(answers, conditions=reader.conditions, guidance=reader.guidance)
        reader.known[answers] = _FLAGGED[found.status]
    return reader.known[answers]


_FLAGGED = {
    ScreeningStatus.CLEAR: _NO,
    ScreeningStatus.REFER: _YES,
    ScreeningStatus.INCOMPLETE: _MAYBE,
}


def _nerve(log: SessionLog, entry: ActivityLog, *, shared: bool) -> dict[Signal, Span]:
    """Return what the activity did to the nerve; its own note comes before the session's."""
    values: dict[Signal, Span] = {}
    change = log.leg_change if entry.leg_change is None and shared else entry.leg_change
    if shared or change is not None:
        values[Signal.LEG_SPREAD] = _flag(
            None if change is None else change is LegChange.PERIPHERALIZED
        )
    own = log.new_symptoms if entry.new_symptoms is None and shared else entry.new_symptoms
    if shared or own is not None:
        values[Signal.NEW_TINGLING] = _flag(None if own is None else NewSymptom.TINGLING in own)
    # Numbness and weakness are the person's, whatever was being done.
    noted = [log.new_symptoms, *(item.new_symptoms for item in log.activities)]
    for signal, symptom in _DEFICITS.items():
        found = any(symptom in symptoms for symptoms in noted if symptoms is not None)
        values[signal] = _flag(True if found else None if own is None else False)
    return values


def _sign(log: SessionLog) -> Span:
    """Return whether anything in the session irritated the nerve, whichever activity it was."""
    changes = [log.leg_change, *(entry.leg_change for entry in log.activities)]
    symptoms = [log.new_symptoms, *(entry.new_symptoms for entry in log.activities)]
    return _flag(LegChange.PERIPHERALIZED in changes or any(symptoms))


def _sites(pain: Pain | None) -> tuple[Span, Span]:
    values = (None, None) if pain is None else (pain.back, pain.leg)
    back, leg = ((0, _WORST) if value is None else (value, value) for value in values)
    return back, leg


def _most(span: Span) -> int:
    return _WORST if span[1] is None else span[1]


def _worst(pain: Pain | None) -> Span:
    sites = _sites(pain)
    return max(least for least, _ in sites), max(_most(site) for site in sites)


def _rise(before: Pain | None, after: Pain | None) -> Span:
    pairs = list(zip(_sites(before), _sites(after), strict=True))
    least = max(later[0] - _most(earlier) for earlier, later in pairs)
    most = max(_most(later) - earlier[0] for earlier, later in pairs)
    return max(0, least), max(0, most)


def over_usual(log: SessionLog, usual: Pain | None) -> Span | None:
    """Return how far pain before a session and after it rose over its usual level.

    Returns:
        The least and the most, in points; `None` when the usual level is unknown.
    """
    spans: list[tuple[int, int]] = []
    if usual is not None:
        for level, before, morning in zip(
            (usual.back, usual.leg),
            _sites(log.pain_before),
            _sites(log.pain_next_morning),
            strict=True,
        ):
            if level is not None:
                least, most = max(before[0], morning[0]), max(_most(before), _most(morning))
                spans.append((max(0, least - level), max(0, most - level)))
    if not spans:
        return None
    return max(least for least, _ in spans), max(most for _, most in spans)


def _done(entry: ActivityLog, dose: Dose) -> Span:
    """Return what share of the dose was done in the set with the least, in percent."""
    if not entry.sets or isinstance(dose, Recurring):
        return 0, None
    sets = 1 if isinstance(dose, (Continuous, Application)) else dose.sets
    spans = [
        span
        for done in _by_side(entry.sets, dose)
        for span in _shares(done[:sets], dose, missing=sets - len(done))
    ]
    # The least set bounds the share, however little is known of the others.
    known = [most for _, most in spans if most is not None]
    return min(least for least, _ in spans), min(known, default=None)


def _by_side(sets: tuple[SetLog, ...], dose: Dose) -> list[tuple[SetLog, ...]]:
    if not dose_per_side(dose):
        return [sets]
    # A set whose side nobody noted counts for either, so that it is never taken for a lack.
    return [
        tuple(item for item in sets if item.side in (None, Side.BOTH, side))
        for side in (Side.LEFT, Side.RIGHT)
    ]


def _shares(done: tuple[SetLog, ...], dose: Dose, *, missing: int) -> list[Span]:
    spans: list[Span] = [_NO] * max(0, missing)
    for item in done:
        match dose:
            case Repetitions():
                wanted, got = dose.reps, item.reps
            case Hold():
                wanted, got = dose.hold_seconds, item.hold_seconds
            case _:
                wanted, got = getattr(dose, "duration_seconds", 1), item.duration_seconds
        share = None if got is None else got * _WHOLE // wanted
        spans.append((0, None) if share is None else (share, share))
        if item.side is None and dose_per_side(dose):
            spans.append((0, None))
    return spans


def _reserve(entry: ActivityLog, dose: Dose) -> dict[Signal, Span]:
    """Return the signals that make sense for some doses only."""
    values: dict[Signal, Span] = {}
    prescribed = None if isinstance(dose, (Application, Recurring)) else dose.effort
    if prescribed is not None and entry.effort is None:
        values[Signal.EFFORT_OVER] = (0, _WORST - prescribed)
    elif prescribed is not None and entry.effort is not None:
        over = max(0, entry.effort - prescribed)
        values[Signal.EFFORT_OVER] = (over, over)
    if isinstance(dose, Repetitions):
        last = [done[-1:] for done in _by_side(entry.sets, dose)]
        extra = [
            max(0, item.reps - dose.reps) for done in last for item in done if item.reps is not None
        ]
        complete = len(extra) == len(last) and len(extra) > 0
        values[Signal.EXTRA_REPS] = (min(extra), min(extra)) if complete else (0, None)
    return values
