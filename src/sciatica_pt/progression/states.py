"""What progress says and carries on: decisions, setbacks, and the state between two weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum

import attrs

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model.constraints import (
    CODE,
    EMPTY,
    ID,
    Calendar,
    Each,
    Instance,
    Member,
    Optional,
    Text,
    Whole,
    as_set,
    as_tuple,
    checked,
    member,
)
from sciatica_pt.model.doses import Dose
from sciatica_pt.model.evidence import Citation
from sciatica_pt.model.profile import DOSES, Level, Pain, Profile
from sciatica_pt.model.progression import Signal, as_signal
from sciatica_pt.model.routine import Routine
from sciatica_pt.model.vocabulary import TimeOfDay, Weekday, as_time_of_day, as_weekday
from sciatica_pt.planning import Reason, dose_words
from sciatica_pt.progression.adherence import Adherence
from sciatica_pt.validation import Report

__all__ = [
    "AddedDay",
    "Adjustment",
    "Evidence",
    "GoodCount",
    "ProgressDecision",
    "ProgressState",
    "ProgressStep",
    "Setback",
    "SetbackKind",
    "SetbackStage",
    "SpreadCount",
    "as_adjustment",
]


class Adjustment(StrEnum):
    """What becomes of an activity's dose, the most cautious first."""

    STOP = "stop"
    REGRESS = "regress"
    HOLD = "hold"
    INDETERMINATE = "indeterminate"
    ADVANCE = "advance"

    @property
    def order(self) -> int:
        """The order of caution, stop 0 to advance 4."""
        return list(Adjustment).index(self)


def as_adjustment(value: Adjustment | str) -> Adjustment:
    """Convert a word."""
    return member(Adjustment, value)


class SetbackKind(StrEnum):
    """Why less is done for a while."""

    FLARE = "flare"
    BREAK = "break"


class SetbackStage(StrEnum):
    """How far back the person is."""

    REDUCED = "reduced"
    RETURNING = "returning"


def as_setback_kind(value: SetbackKind | str) -> SetbackKind:
    """Convert a word."""
    return member(SetbackKind, value)


def as_setback_stage(value: SetbackStage | str) -> SetbackStage:
    """Convert a word."""
    return member(SetbackStage, value)


_ON = Calendar()
_CITED = Each(Instance(Citation), maximum=200)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Evidence:
    """One reading of a log that a decision rests on.

    Attributes:
        on: the day of the session.
        time_of_day: when on the day.
        signal: what was read.
        least: the least that the reading can be, in the signal's unit.
        most: the most that it can be; `None` for no bound. Both are alike when it is known.
    """

    on: dt.date = attrs.field(validator=_ON)
    time_of_day: TimeOfDay = attrs.field(converter=as_time_of_day, validator=Member(TimeOfDay))
    signal: Signal = attrs.field(converter=as_signal, validator=Member(Signal))
    least: int = attrs.field(validator=Whole("the signal's unit"))
    most: int | None = attrs.field(default=None, validator=Optional(Whole("the signal's unit")))

    def __str__(self) -> str:
        if self.least == self.most:
            value = f"{self.least}"
        else:
            value = f"from {self.least}" if self.most is None else f"{self.least} to {self.most}"
        return f"{self.on.isoformat()} {self.time_of_day}: {self.signal} {value}"


@attrs.frozen(kw_only=True, field_transformer=checked)
class ProgressDecision:
    """What becomes of one activity, and why.

    Attributes:
        activity: the activity's id.
        name: its plain name.
        adjustment: advance, hold, regress, stop, or indeterminate, which holds and asks.
        rule: code of the rule responsible, of progression or of the week; `None` when the caller
            decided or no rule speaks.
        reason: why, in a sentence.
        before: its dose in the week that was; `None` when that week did not hold it.
        after: its dose in the next week; `None` when it is left out.
        days: its days a week in the next week; `None` when they stay as they were.
        becomes: id of the version of the movement that takes its place; `None` when none does.
        evidence: the readings it rests on.
        questions: what an app should ask so that more can be said.
        citations: the statements it rests on.
    """

    activity: str = attrs.field(validator=ID)
    name: str = attrs.field(validator=Text("a name"))
    adjustment: Adjustment = attrs.field(converter=as_adjustment, validator=Member(Adjustment))
    rule: str | None = attrs.field(default=None, validator=Optional(CODE))
    reason: str = attrs.field(validator=Text("a reason"))
    before: Dose | None = attrs.field(default=None, validator=Optional(DOSES))
    after: Dose | None = attrs.field(default=None, validator=Optional(DOSES))
    days: int | None = attrs.field(default=None, validator=Optional(Whole("days a week", 0, 7)))
    becomes: str | None = attrs.field(default=None, validator=Optional(ID))
    evidence: tuple[Evidence, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Evidence), maximum=500)
    )
    questions: tuple[str, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Text("a question"), maximum=50, unique="")
    )
    citations: tuple[Citation, ...] = attrs.field(default=(), converter=as_tuple, validator=_CITED)

    def _following(self) -> Iterator[str]:
        """Yield what is next, in words, where it is not as it was."""
        if self.after is None or self.becomes is not None:
            return
        if self.days is not None:
            yield f"{dose_words(self.after)}, on {self.days} days a week"
        elif self.after != self.before:
            yield dose_words(self.after)

    def __str__(self) -> str:
        rule = "" if self.rule is None else f" ({self.rule})"
        following = "".join(f" Next: {text}." for text in self._following())
        parts = [f"{self.name}: {self.adjustment}{rule}. {self.reason}{following}"]
        parts.extend(f"  - {item}" for item in self.evidence)
        parts.extend(f"  ? {question}" for question in self.questions)
        if self.citations:
            parts.append(f"  [{', '.join(item.statement for item in self.citations)}]")
        return "\n".join(parts)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Setback:
    """A flare-up or a break, and the way back; the doses before it are kept, never forgotten.

    Attributes:
        kind: what it is.
        stage: whether less is done still, or the dose is on its way back.
        began: the day it was first seen.
        reached: the dose of each activity before it.
        comforts: ids of the modalities that were added for it.
    """

    kind: SetbackKind = attrs.field(converter=as_setback_kind, validator=Member(SetbackKind))
    stage: SetbackStage = attrs.field(converter=as_setback_stage, validator=Member(SetbackStage))
    began: dt.date = attrs.field(validator=_ON)
    reached: tuple[Level, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Level), unique="activity")
    )
    comforts: frozenset[str] = attrs.field(
        default=EMPTY, converter=as_set, validator=Each(ID, maximum=20)
    )

    def dose(self, activity: str) -> Dose | None:
        """Return the dose of an activity before the setback; `None` when it had none."""
        return next((level.dose for level in self.reached if level.activity == activity), None)


@attrs.frozen(kw_only=True, field_transformer=checked)
class SpreadCount:
    """How often an activity moved symptoms down the leg.

    Attributes:
        activity: the activity's id.
        sessions: the number of sessions.
    """

    activity: str = attrs.field(validator=ID)
    sessions: int = attrs.field(validator=Whole("sessions", 1))


@attrs.frozen(kw_only=True, field_transformer=checked)
class GoodCount:
    """How many sessions running of an activity went well enough for more, but were too few yet.

    Attributes:
        activity: the activity's id.
        sessions: the number of sessions.
    """

    activity: str = attrs.field(validator=ID)
    sessions: int = attrs.field(validator=Whole("sessions", 1))


@attrs.frozen(kw_only=True, field_transformer=checked)
class AddedDay:
    """A day a week that was the last thing that went up of an activity.

    Attributes:
        activity: the activity's id.
        day: the day.
        dose: its dose then; with another one the day was not the last thing that changed.
    """

    activity: str = attrs.field(validator=ID)
    day: Weekday = attrs.field(converter=as_weekday, validator=Member(Weekday))
    dose: Dose = attrs.field(validator=DOSES)


@attrs.frozen(kw_only=True, field_transformer=checked)
class ProgressState:
    """What one week hands on to the next beside the routine and the profile.

    Attributes:
        usual: the usual level of pain, against which a flare-up is seen; `None` when unknown.
        setback: the flare-up or the break that is going on; `None` when there is none.
        lowered: what a bad week took away: each activity with the dose that it had. The way back
            to it comes before anything new.
        added: the days a week that went up last, so that a step back takes them first.
        good: how many sessions running went well of what is done too seldom to go up in one week.
        spread: how often each activity moved symptoms down the leg.
        spread_sessions: the number of sessions in which anything did, since a clinician cleared
            everything that was stopped.
        last_done: the last day on which anything was done; `None` when unknown.
        stalled_weeks: weeks in a row in which nothing was ready for more.
    """

    usual: Pain | None = attrs.field(default=None, validator=Optional(Instance(Pain)))
    setback: Setback | None = attrs.field(default=None, validator=Optional(Instance(Setback)))
    lowered: tuple[Level, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Level), unique="activity")
    )
    added: tuple[AddedDay, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(AddedDay), unique="activity")
    )
    good: tuple[GoodCount, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(GoodCount), unique="activity")
    )
    spread: tuple[SpreadCount, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(SpreadCount), unique="activity")
    )
    spread_sessions: int = attrs.field(default=0, validator=Whole("sessions"))
    last_done: dt.date | None = attrs.field(default=None, validator=Optional(_ON))
    stalled_weeks: int = attrs.field(default=0, validator=Whole("weeks"))

    def before(self, activity: str) -> Dose | None:
        """Return the dose that a bad week took from an activity; `None` when none did."""
        return next((level.dose for level in self.lowered if level.activity == activity), None)

    def added_day(self, activity: str) -> AddedDay | None:
        """Return the day a week that went up last of an activity; `None` when none did."""
        return next((item for item in self.added if item.activity == activity), None)

    def good_before(self, activity: str) -> int:
        """Return how many sessions running of an activity went well before the week."""
        return next((item.sessions for item in self.good if item.activity == activity), 0)


@attrs.frozen(kw_only=True, field_transformer=checked)
class ProgressStep:
    """From one week to the next.

    Attributes:
        decisions: one for each activity of the week that was, by id.
        routine: the next week; `None` when no week satisfies every rule, and then `review` says
            who should look.
        report: what every rule says of the next week; `None` when there is none.
        profile: the person for the next week: levels reached, what was stopped, a flare-up.
        state: what the next call of `progress` is given.
        review: reasons to have a clinician look, each with its rule.
        adherence: how much of the week was done, as far as it was logged.
    """

    decisions: tuple[ProgressDecision, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(ProgressDecision), unique="activity")
    )
    routine: Routine | None = attrs.field(validator=Optional(Instance(Routine)))
    report: Report | None = attrs.field(validator=Optional(Instance(Report)))
    profile: Profile = attrs.field(validator=Instance(Profile))
    state: ProgressState = attrs.field(validator=Instance(ProgressState))
    review: tuple[Reason, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Reason), maximum=50)
    )
    adherence: Adherence = attrs.field(validator=Instance(Adherence))

    def __attrs_post_init__(self) -> None:
        if (self.routine is None) is not (self.report is None):
            raise InvalidValueError(
                where="ProgressStep.report",
                expected="a report exactly when there is a routine",
                found="none" if self.report is None else "a report",
            )

    def decision(self, activity: str) -> ProgressDecision:
        """Return the decision about an activity.

        Raises:
            KeyError: the week that was did not hold it.
        """
        for decision in self.decisions:
            if decision.activity == activity:
                return decision
        raise KeyError(activity)

    def __str__(self) -> str:
        parts = [str(decision) for decision in self.decisions]
        parts.extend(f"Have it looked at: {reason}" for reason in self.review)
        return "\n".join(parts)
