"""Doses and times in plain words."""

from __future__ import annotations

from typing import assert_never

from sciatica_pt.model.doses import (
    Application,
    Continuous,
    Dose,
    Hold,
    Recurring,
    Repetitions,
)

__all__ = ["dose_words", "duration_words"]

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
