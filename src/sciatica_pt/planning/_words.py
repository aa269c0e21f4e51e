"""Doses and times in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from sciatica_pt.model.doses import (
    Application,
    Continuous,
    Dose,
    Hold,
    Recurring,
    Repetitions,
)
from sciatica_pt.model.vocabulary import DoseParameter, Origin, Weekday

__all__ = [
    "amount_words",
    "bare_amount",
    "counted",
    "day_words",
    "days_words",
    "dose_words",
    "duration_words",
    "origin_words",
]

_SECONDS_A_MINUTE = 60
_WORDED_SECONDS = 120


def duration_words(seconds: int) -> str:
    """Return a length of time in words.

    >>> duration_words(45), duration_words(90), duration_words(600)
    ('45 s', '90 s', '10 min')
    """
    if seconds % _SECONDS_A_MINUTE == 0 and seconds:
        return f"{seconds // _SECONDS_A_MINUTE} min"
    if seconds < _WORDED_SECONDS:
        return f"{seconds} s"
    return f"{seconds // _SECONDS_A_MINUTE} min {seconds % _SECONDS_A_MINUTE} s"


def dose_words(dose: Dose) -> str:
    """Return a dose in words.

    >>> dose_words(Hold(sets=2, hold_seconds=30, rest_seconds=10, per_side=True))
    '2 x 30 s hold, each side, 10 s rest'
    """
    if isinstance(dose, Recurring):
        every = dose.every_seconds
        return "all day" if every is None else f"every {duration_words(every)}"
    parts = [_amount(dose)]
    if isinstance(dose, (Repetitions, Hold)):
        if dose.per_side:
            parts.append("each side")
        rounds = dose.sets * (2 if dose.per_side else 1)
        if rounds > 1 and dose.rest_seconds:
            parts.append(f"{duration_words(dose.rest_seconds)} rest")
    if not isinstance(dose, Application) and dose.effort is not None:
        parts.append(f"effort {dose.effort}/10")
    return ", ".join(parts)


def _amount(dose: Repetitions | Hold | Continuous | Application) -> str:
    match dose:
        case Repetitions():
            hold = dose.hold_seconds
            held = "" if hold is None else f" with {duration_words(hold)} hold"
            return f"{dose.sets} x {dose.reps}{held}"
        case Hold():
            return f"{dose.sets} x {duration_words(dose.hold_seconds)} hold"
        case Continuous() | Application():
            return duration_words(dose.duration_seconds)
        case _:  # pragma: no cover
            assert_never(dose)


_P = DoseParameter
#: How a sentence about a number begins, and the noun that is counted; no noun for a time.
_LABELS: dict[DoseParameter, tuple[str, str | None]] = {
    _P.SETS: ("", "set"),
    _P.REPS: ("", "repetition"),
    _P.REP_SECONDS: ("Pace of a repetition: ", None),
    _P.HOLD_SECONDS: ("Hold: ", None),
    _P.REST_SECONDS: ("Rest between sets: ", None),
    _P.DURATION_SECONDS: ("Time: ", None),
    _P.EVERY_SECONDS: ("Every ", None),
    _P.EFFORT: ("Effort: ", ""),
    _P.SETUP_SECONDS: ("Getting ready: ", None),
    _P.DAYS_PER_WEEK: ("", "day"),
    _P.TIMES_PER_DAY: ("", "time"),
}
_PER = {
    _P.REPS: " a set",
    _P.EFFORT: " of 10",
    _P.DAYS_PER_WEEK: " a week",
    _P.TIMES_PER_DAY: " a day",
}

_DAY_NAMES = {
    Weekday.MON: "Monday",
    Weekday.TUE: "Tuesday",
    Weekday.WED: "Wednesday",
    Weekday.THU: "Thursday",
    Weekday.FRI: "Friday",
    Weekday.SAT: "Saturday",
    Weekday.SUN: "Sunday",
}
_ORIGINS = {
    Origin.ARTICLE: "as the article says",
    Origin.EXTERNAL: "as other sources say",
    Origin.SYNTHESIS: "our reading of the sources",
}


def day_words(day: Weekday) -> str:
    """Return a day's name.

    >>> day_words(Weekday.MON)
    'Monday'
    """
    return _DAY_NAMES[day]


def days_words(days: Iterable[Weekday]) -> str:
    """Return the names of some days, Monday first.

    >>> days_words({Weekday.THU, Weekday.MON}), days_words(Weekday)
    ('Monday and Thursday', 'every day')
    """
    names = [day_words(day) for day in sorted(set(days), key=lambda day: day.order)]
    if len(names) == len(Weekday):
        return "every day"
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def origin_words(origin: Origin) -> str:
    """Return where something comes from, in words.

    >>> origin_words(Origin.ARTICLE)
    'as the article says'
    """
    return _ORIGINS[origin]


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "day"), counted(3, "day")
    ('1 day', '3 days')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def bare_amount(parameter: DoseParameter, value: int) -> str:
    """Return a number of a prescription, a time with its unit.

    >>> bare_amount(DoseParameter.SETS, 2), bare_amount(DoseParameter.HOLD_SECONDS, 30)
    ('2', '30 s')
    """
    return duration_words(value) if _LABELS[parameter][1] is None else f"{value}"


def amount_words(parameter: DoseParameter, value: int) -> str:
    """Return a number of a prescription in words.

    >>> amount_words(DoseParameter.DAYS_PER_WEEK, 1), amount_words(DoseParameter.EFFORT, 3)
    ('1 day a week', 'Effort: 3 of 10')
    """
    label, noun = _LABELS[parameter]
    amount = counted(value, noun) if noun else bare_amount(parameter, value)
    return f"{label}{amount}{_PER.get(parameter, '')}"
