"""How much of a week was done, and what the next one makes of missed days."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import attrs

from sciatica_pt.model.constraints import (
    Each,
    Instance,
    Member,
    Whole,
    as_tuple,
    checked,
    member,
)
from sciatica_pt.model.log import SessionLog
from sciatica_pt.model.routine import Routine
from sciatica_pt.model.vocabulary import SkipReason, Weekday, as_skip_reason

__all__ = ["Adherence", "MissedPolicy", "SkipCount", "adherence", "as_missed_policy"]

_WHOLE = 100
_DAYS = tuple(Weekday)


class MissedPolicy(StrEnum):
    """What the next week makes of days that were missed.

    Skip lets them go; shift moves a missed day's session to a day that has time; shrink leaves
    missed days out when little of the week was done.
    """

    SKIP = "skip"
    SHIFT = "shift"
    SHRINK = "shrink"


def as_missed_policy(value: MissedPolicy | str) -> MissedPolicy:
    """Convert a word."""
    return member(MissedPolicy, value)


@attrs.frozen(kw_only=True, field_transformer=checked)
class SkipCount:
    """How often something was skipped for one reason.

    Attributes:
        reason: why.
        times: how many times.
    """

    reason: SkipReason = attrs.field(converter=as_skip_reason, validator=Member(SkipReason))
    times: int = attrs.field(validator=Whole("times", 1))


@attrs.frozen(kw_only=True, field_transformer=checked)
class Adherence:
    """How much of a week was done; what nobody logged is unknown, not undone.

    Attributes:
        planned: prescriptions in the week.
        done: prescriptions logged as done.
        skipped: prescriptions logged as skipped.
        unknown: prescriptions nobody logged.
        reasons: why things were skipped, by reason.
        missed_days: days on which all that was planned was logged as skipped, Monday first.
    """

    planned: int = attrs.field(validator=Whole("prescriptions"))
    done: int = attrs.field(validator=Whole("prescriptions"))
    skipped: int = attrs.field(validator=Whole("prescriptions"))
    unknown: int = attrs.field(validator=Whole("prescriptions"))
    reasons: tuple[SkipCount, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(SkipCount), unique="reason")
    )
    missed_days: tuple[Weekday, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Member(Weekday), maximum=7, unique="")
    )

    @property
    def percent(self) -> int | None:
        """The share that was done, in percent; `None` while anything is unknown."""
        if self.unknown or not self.planned:
            return None
        return self.done * _WHOLE // self.planned


def adherence(routine: Routine, logs: Iterable[SessionLog]) -> Adherence:
    """Return how much of a week was done.

    Args:
        routine: the week.
        logs: the logs of that week; each belongs to the planned session of its weekday and time
            of day, and what was done beside the plan is not counted.
    """
    entries = {
        (_DAYS[log.on.weekday()], log.time_of_day, entry.activity): entry.skipped
        for log in logs
        for entry in log.activities
    }
    planned = [
        (session.day, session.time_of_day, item.activity)
        for session in routine.sessions
        for item in session.prescriptions
    ]
    skipped = [entries[key] for key in planned if entries.get(key) is not None]
    reasons = [reason for reason in SkipReason if reason in skipped]
    done = sum(key in entries for key in planned) - len(skipped)
    days = [
        day
        for day in Weekday
        if routine.on(day) and all(entries.get(key) is not None for key in planned if key[0] is day)
    ]
    return Adherence(
        planned=len(planned),
        done=done,
        skipped=len(skipped),
        unknown=len(planned) - done - len(skipped),
        reasons=[SkipCount(reason=reason, times=skipped.count(reason)) for reason in reasons],
        missed_days=days,
    )
