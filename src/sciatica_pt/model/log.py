"""What happened: sessions as they were done, and outcome scores over time.

Missing is unknown, never zero.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, cast

import attrs

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model.constraints import (
    ID,
    Calendar,
    Each,
    Finite,
    Flag,
    Instance,
    Member,
    Optional,
    Whole,
    as_set,
    as_tuple,
    checked,
    member,
)
from sciatica_pt.model.profile import Pain
from sciatica_pt.model.safety import Screening
from sciatica_pt.model.vocabulary import (
    LegChange,
    Side,
    SkipReason,
    TimeOfDay,
    as_leg_change,
    as_side,
    as_skip_reason,
    as_time_of_day,
)

__all__ = ["ActivityLog", "NewSymptom", "OutcomeScore", "SessionLog", "SetLog", "as_score"]


class NewSymptom(StrEnum):
    """A symptom that was not there before."""

    TINGLING = "tingling"
    NUMBNESS = "numbness"
    WEAKNESS = "weakness"


def _as_symptoms(value: Iterable[NewSymptom | str] | None) -> frozenset[NewSymptom] | None:
    symptoms: Any = None if value is None else as_set(value)
    if type(symptoms) is not frozenset:
        return cast("frozenset[NewSymptom] | None", symptoms)
    return frozenset(member(NewSymptom, item) for item in cast("frozenset[object]", symptoms))


_SYMPTOMS = Optional(Each(Member(NewSymptom), maximum=len(NewSymptom)))
_PAIN = Optional(Instance(Pain))


@attrs.frozen(kw_only=True, field_transformer=checked)
class SetLog:
    """One set as it was done.

    Attributes:
        side: the side worked; `None` when the activity has no sides.
        reps: repetitions done; `None` when not counted.
        hold_seconds: seconds held; `None` when nothing was held or nobody looked.
        duration_seconds: seconds it lasted; `None` when nobody looked.
    """

    side: Side | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(as_side),
        validator=Optional(Member(Side)),
    )
    reps: int | None = attrs.field(default=None, validator=Optional(Whole("repetitions", 0, 1000)))
    hold_seconds: int | None = attrs.field(
        default=None, validator=Optional(Whole("seconds of hold", 0, 3600))
    )
    duration_seconds: int | None = attrs.field(
        default=None, validator=Optional(Whole("seconds", 0, 86_400))
    )


@attrs.frozen(kw_only=True, field_transformer=checked)
class ActivityLog:
    """One activity of a session as it was done, or why it was not.

    Attributes:
        activity: id of the activity.
        sets: the sets done, in order; none when it was skipped or nobody counted.
        effort: rating of perceived exertion, 0 to 10; `None` when not asked.
        form_kept: whether good form lasted; `None` when nobody looked.
        pain_during: the worst pain while at it; `None` when only the session's was asked.
        leg_change: what leg symptoms did while at it; `None` when only the session's was asked.
        new_symptoms: symptoms that came up while at it, none of them as an empty set; `None` when
            only the session's were asked.
        skipped: why it was not done; `None` when it was done.
    """

    activity: str = attrs.field(validator=ID)
    sets: tuple[SetLog, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(SetLog), maximum=100)
    )
    effort: int | None = attrs.field(
        default=None, validator=Optional(Whole("points of effort (RPE)", 0, 10))
    )
    form_kept: bool | None = attrs.field(default=None, validator=Optional(Flag()))
    pain_during: Pain | None = attrs.field(default=None, validator=_PAIN)
    leg_change: LegChange | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(as_leg_change),
        validator=Optional(Member(LegChange)),
    )
    new_symptoms: frozenset[NewSymptom] | None = attrs.field(
        default=None, converter=_as_symptoms, validator=_SYMPTOMS
    )
    skipped: SkipReason | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(as_skip_reason),
        validator=Optional(Member(SkipReason)),
    )

    def __attrs_post_init__(self) -> None:
        if self.skipped is not None and self.sets:
            raise InvalidValueError(
                where=f"ActivityLog.sets of {self.activity}",
                expected="no sets of what was skipped",
                found=f"{len(self.sets)}",
            )


@attrs.frozen(kw_only=True, field_transformer=checked)
class SessionLog:
    """One session as it was done.

    The four moments of pain are four fields, because each answers a different question.

    Attributes:
        on: the day it was done.
        time_of_day: when on the day.
        activities: what was done or skipped, in order.
        pain_before: pain just before; `None` when not asked.
        pain_during: the worst pain while at it; `None` when not asked.
        pain_after: pain just after; `None` when not asked.
        pain_next_morning: pain on the next morning; `None` when not asked or not yet known.
        leg_change: what leg symptoms did; `None` when not asked.
        new_symptoms: symptoms that came up, none of them as an empty set; `None` when not asked.
        sleep_disturbed: whether symptoms disturbed the sleep afterwards; `None` when not asked.
        screening: the red-flag questions, asked again at this session; `None` when not asked.
    """

    on: dt.date = attrs.field(validator=Calendar())
    time_of_day: TimeOfDay = attrs.field(
        default=TimeOfDay.MORNING, converter=as_time_of_day, validator=Member(TimeOfDay)
    )
    activities: tuple[ActivityLog, ...] = attrs.field(
        converter=as_tuple,
        validator=Each(Instance(ActivityLog), 1, 50, unique="activity"),
    )
    pain_before: Pain | None = attrs.field(default=None, validator=_PAIN)
    pain_during: Pain | None = attrs.field(default=None, validator=_PAIN)
    pain_after: Pain | None = attrs.field(default=None, validator=_PAIN)
    pain_next_morning: Pain | None = attrs.field(default=None, validator=_PAIN)
    leg_change: LegChange | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(as_leg_change),
        validator=Optional(Member(LegChange)),
    )
    new_symptoms: frozenset[NewSymptom] | None = attrs.field(
        default=None, converter=_as_symptoms, validator=_SYMPTOMS
    )
    sleep_disturbed: bool | None = attrs.field(default=None, validator=Optional(Flag()))
    screening: Screening | None = attrs.field(default=None, validator=Optional(Instance(Screening)))


# The largest whole number up to which a float holds every whole number.
_EXACT = 2**53


def as_score(value: float) -> float:
    """Convert a whole score, which is a score too; a bool is left for the constraint to refuse."""
    # A number too large for a float is too large for any score, and is left to be refused as well.
    return float(value) if type(value) is int and -_EXACT <= value <= _EXACT else value


@attrs.frozen(kw_only=True, field_transformer=checked)
class OutcomeScore:
    """The total of an outcome questionnaire; its items are never stored.

    Attributes:
        measure: id of the measure, such as `odi`; guidance states its range.
        on: the day it was filled in.
        score: the total, in the measure's own points.
    """

    measure: str = attrs.field(validator=ID)
    on: dt.date = attrs.field(validator=Calendar())
    score: float = attrs.field(converter=as_score, validator=Finite("points", 0.0, 1000.0))
