"""Made-up people, so that a builder can try a planner before a person does.

None of this is evidence: the numbers below are chosen to exercise every rule of progression, and
say nothing about how people with sciatica fare.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import Protocol, assert_never

import attrs

from sciatica_pt.model.doses import (
    Application,
    Continuous,
    Dose,
    Hold,
    Recurring,
    Repetitions,
    dose_per_side,
)
from sciatica_pt.model.log import ActivityLog, SessionLog, SetLog
from sciatica_pt.model.profile import Pain, Profile
from sciatica_pt.model.routine import Prescription, Routine, Session
from sciatica_pt.model.safety import Screening
from sciatica_pt.model.vocabulary import LegChange, Side, SkipReason, Weekday

__all__ = [
    "RESPONDERS",
    "Responder",
    "done_as_told",
    "dropping_out",
    "flaring",
    "peripheralizing",
    "slow",
    "steady",
]

_START = Pain(back=3, leg=3)
_WORST = 10
_EXTRA = 2
_FLARE_EVERY, _FLARE_FROM, _FLARE_RISE = 6, 2, 3
_TIRED_FROM, _GONE_FROM, _BACK_FROM = 3, 5, 8
_SPREAD_FROM, _SPREAD_EVERY = 1, 3
_SLOW_WEEKS, _SLOW_CHANCE = 3, 0.25


class Responder(Protocol):
    """A model of a person: what they log of a week."""

    def __call__(
        self, routine: Routine, *, profile: Profile, week: int, starts: dt.date, random: Random
    ) -> tuple[SessionLog, ...]:
        """Return the logs of a week.

        Args:
            routine: the week.
            profile: the person as the program began.
            week: the number of the week, from 0.
            starts: the first day of the week.
            random: chance, made from the seed and the week.
        """
        ...


def _sets(dose: Dose, extra: int) -> tuple[SetLog, ...]:
    each: list[dict[str, int]]
    match dose:
        case Repetitions():
            last = dose.sets - 1
            each = [
                {"reps": dose.reps + (extra if place == last else 0)} for place in range(dose.sets)
            ]
        case Hold():
            each = [{"hold_seconds": dose.hold_seconds}] * dose.sets
        case Continuous() | Application():
            each = [{"duration_seconds": dose.duration_seconds}]
        case Recurring():
            return ()
        case _:  # pragma: no cover
            assert_never(dose)
    sides = (Side.LEFT, Side.RIGHT) if dose_per_side(dose) else (None,)
    return tuple(SetLog(side=side, **numbers) for side in sides for numbers in each)


def done_as_told(item: Prescription, extra: int = 0) -> ActivityLog:
    """Return the log of an activity that was done just as prescribed, in good form.

    Args:
        item: what was prescribed.
        extra: repetitions beyond it in the last set.
    """
    dose = item.dose
    effort = None if isinstance(dose, (Application, Recurring)) else dose.effort
    return ActivityLog(
        activity=item.activity,
        sets=_sets(dose, extra),
        effort=effort,
        form_kept=True,
        leg_change=LegChange.UNCHANGED,
        new_symptoms=frozenset(),
    )


def _level(profile: Profile, drop: int) -> Pain:
    start = _START if profile.pain is None else profile.pain
    back = _START.back if start.back is None else start.back
    leg = _START.leg if start.leg is None else start.leg
    return Pain(back=max(0, (back or 0) - drop), leg=max(0, (leg or 0) - drop))


def _over(pain: Pain, points: int) -> Pain:
    return Pain(
        back=min(_WORST, (pain.back or 0) + points), leg=min(_WORST, (pain.leg or 0) + points)
    )


def _day(starts: dt.date, day: Weekday) -> dt.date:
    return starts + dt.timedelta(days=(day.order - starts.weekday()) % len(Weekday))


_Do = Callable[[Prescription], ActivityLog]


def _logged(session: Session, starts: dt.date, pain: Pain, do: _Do) -> SessionLog:
    return SessionLog(
        on=_day(starts, session.day),
        time_of_day=session.time_of_day,
        activities=[do(item) for item in session.prescriptions],
        pain_before=pain,
        pain_during=pain,
        pain_after=pain,
        pain_next_morning=pain,
        leg_change=LegChange.UNCHANGED,
        new_symptoms=frozenset(),
        sleep_disturbed=False,
        screening=Screening.clear(by="person"),
    )


def _in_order(logs: list[SessionLog]) -> tuple[SessionLog, ...]:
    return tuple(sorted(logs, key=lambda log: (log.on, log.time_of_day.order)))


def steady(
    routine: Routine, *, profile: Profile, week: int, starts: dt.date, random: Random
) -> tuple[SessionLog, ...]:
    """Log a week of someone who does everything and gets better by a point of pain a week."""
    pain = _level(profile, week)

    def do(item: Prescription) -> ActivityLog:
        return done_as_told(item, _EXTRA if random.random() < 1 - _SLOW_CHANCE else 0)

    return _in_order([_logged(session, starts, pain, do) for session in routine.sessions])


def slow(
    routine: Routine, *, profile: Profile, week: int, starts: dt.date, random: Random
) -> tuple[SessionLog, ...]:
    """Log a week of someone who gets better slowly, with sore mornings and lost form in between."""
    pain = _level(profile, week // _SLOW_WEEKS)
    logs: list[SessionLog] = []

    def do(item: Prescription) -> ActivityLog:
        kept = random.random() >= _SLOW_CHANCE
        return attrs.evolve(done_as_told(item), form_kept=kept)

    for session in routine.sessions:
        log = _logged(session, starts, pain, do)
        if random.random() < _SLOW_CHANCE:
            log = attrs.evolve(log, pain_next_morning=_over(pain, 1))
        logs.append(log)
    return _in_order(logs)


def flaring(
    routine: Routine, *, profile: Profile, week: int, starts: dt.date, random: Random
) -> tuple[SessionLog, ...]:
    """Log a week of someone who does well but for a flare-up of a week every six weeks."""
    calm = steady(routine, profile=profile, week=week, starts=starts, random=random)
    if week % _FLARE_EVERY != _FLARE_FROM:
        return calm
    return tuple(
        attrs.evolve(
            log,
            pain_before=_over(_level(profile, week), _FLARE_RISE),
            pain_during=_over(_level(profile, week), _FLARE_RISE),
            pain_after=_over(_level(profile, week), _FLARE_RISE),
            pain_next_morning=_over(_level(profile, week), _FLARE_RISE),
        )
        for log in calm
    )


def dropping_out(
    routine: Routine, *, profile: Profile, week: int, starts: dt.date, random: Random
) -> tuple[SessionLog, ...]:
    """Log a week of someone who does less and less, then nothing, and later comes back."""
    whole = steady(routine, profile=profile, week=week, starts=starts, random=random)
    if week < _TIRED_FROM or week >= _BACK_FROM:
        return whole
    gone = week >= _GONE_FROM
    return tuple(_skipped(log) if gone or log.on.toordinal() % _EXTRA else log for log in whole)


def _skipped(log: SessionLog) -> SessionLog:
    left = [
        ActivityLog(activity=entry.activity, skipped=SkipReason.NO_TIME) for entry in log.activities
    ]
    return attrs.evolve(log, activities=left, pain_during=None)


def peripheralizing(
    routine: Routine, *, profile: Profile, week: int, starts: dt.date, random: Random
) -> tuple[SessionLog, ...]:
    """Log a week of someone in whom now and then an exercise moves symptoms down the leg."""
    calm = steady(routine, profile=profile, week=week, starts=starts, random=random)
    if week % _SPREAD_EVERY != _SPREAD_FROM or not calm:
        return calm
    place = random.randrange(len(calm))
    which = random.randrange(len(calm[place].activities))
    entries = [
        attrs.evolve(entry, leg_change=LegChange.PERIPHERALIZED) if index == which else entry
        for index, entry in enumerate(calm[place].activities)
    ]
    log = attrs.evolve(calm[place], activities=entries, leg_change=LegChange.PERIPHERALIZED)
    return (*calm[:place], log, *calm[place + 1 :])


#: The made-up people by name.
RESPONDERS: dict[str, Responder] = {
    "steady": steady,
    "slow": slow,
    "flaring": flaring,
    "dropping-out": dropping_out,
    "peripheralizing": peripheralizing,
}
