"""How a week follows from the last one, as data: rules of progression, paths, outcome measures."""

from __future__ import annotations

from enum import StrEnum

import attrs

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model.constraints import (
    CODE,
    EMPTY,
    ID,
    KEY,
    Each,
    Finite,
    Flag,
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
from sciatica_pt.model.evidence import CITATIONS, Citation
from sciatica_pt.model.guidelines import Parameter
from sciatica_pt.model.log import as_score
from sciatica_pt.model.safety import Fact
from sciatica_pt.model.vocabulary import (
    DoseParameter,
    Origin,
    Technique,
    as_dose_parameter,
    as_origin,
    as_techniques,
)

__all__ = [
    "Bound",
    "Criterion",
    "Effect",
    "OutcomeMeasure",
    "PathStep",
    "ProgressionPath",
    "ProgressionRule",
    "Signal",
]


class Signal(StrEnum):
    """What is read from the log of one activity in one session; `unit` says in what."""

    RED_FLAG = "red-flag"
    LEG_SPREAD = "leg-spread"
    SIGN_IN_SESSION = "sign-in-session"
    NEW_TINGLING = "new-tingling"
    NEW_NUMBNESS = "new-numbness"
    NEW_WEAKNESS = "new-weakness"
    PAIN_DURING = "pain-during"
    PAIN_NEXT_MORNING_RISE = "pain-next-morning-rise"
    PAIN_OVER_USUAL = "pain-over-usual"
    SLEEP_DISTURBED = "sleep-disturbed"
    SKIPPED_FOR_PAIN = "skipped-for-pain"
    EFFORT_OVER = "effort-over"
    DOSE_DONE = "dose-done"
    FORM_KEPT = "form-kept"
    EXTRA_REPS = "extra-reps"

    @property
    def unit(self) -> str:
        """The unit of the signal's numbers."""
        return _UNITS.get(self, "1 for yes, 0 for no")

    @property
    def ask(self) -> str:
        """The question that an app asks to learn it."""
        return _ASK[self]


_UNITS = {
    Signal.PAIN_DURING: "points of 10 (NPRS)",
    Signal.PAIN_NEXT_MORNING_RISE: "points of 10 (NPRS)",
    Signal.PAIN_OVER_USUAL: "points of 10 (NPRS)",
    Signal.EFFORT_OVER: "points of 10 (RPE)",
    Signal.DOSE_DONE: "percent of the dose, in the set with the least",
    Signal.EXTRA_REPS: "repetitions",
}
_ASK = {
    Signal.RED_FLAG: "Were all the safety questions asked again at this session?",
    Signal.LEG_SPREAD: "Did the symptoms move further down the leg, draw back, or stay?",
    Signal.SIGN_IN_SESSION: "Did anything in the session irritate the leg?",
    Signal.NEW_TINGLING: "Was there any new tingling?",
    Signal.NEW_NUMBNESS: "Was there any new numbness?",
    Signal.NEW_WEAKNESS: "Was there any new weakness?",
    Signal.PAIN_DURING: "What was the worst pain meanwhile, in the back and in the leg?",
    Signal.PAIN_NEXT_MORNING_RISE: (
        "What was the pain before and on the next morning, in the back and in the leg?"
    ),
    Signal.PAIN_OVER_USUAL: (
        "What was the pain before and on the next morning, in the back and in the leg?"
    ),
    Signal.SLEEP_DISTURBED: "Did the symptoms disturb the sleep afterwards?",
    Signal.SKIPPED_FOR_PAIN: "Why was it skipped?",
    Signal.EFFORT_OVER: "How hard was it, from 0 to 10?",
    Signal.DOSE_DONE: "What was done in each set, on each side?",
    Signal.FORM_KEPT: "Did good form last to the end?",
    Signal.EXTRA_REPS: "How many repetitions were done in the last set?",
}


class Bound(StrEnum):
    """The direction of a criterion: more is not better for pain, and less is not for form."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"


class Effect(StrEnum):
    """What a rule of progression does when it is met."""

    STOP = "stop"
    REGRESS = "regress"
    HOLD = "hold"
    ADVANCE = "advance"
    LOAD = "load"
    RAMP = "ramp"
    PHASE = "phase"
    FLARE = "flare"
    SETTLE = "settle"
    REVIEW = "review"
    BREAK = "break"
    MISSED = "missed"

    @property
    def cautious(self) -> bool:
        """Whether it bounds what any other rule or a caller may raise."""
        return self in (Effect.STOP, Effect.REGRESS, Effect.HOLD)


def as_signal(value: Signal | str) -> Signal:
    """Convert a word."""
    return member(Signal, value)


def as_bound(value: Bound | str) -> Bound:
    """Convert a word."""
    return member(Bound, value)


def as_effect(value: Effect | str) -> Effect:
    """Convert a word."""
    return member(Effect, value)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Criterion:
    """A comparison of one signal with a number.

    Attributes:
        signal: what is read from the log.
        bound: the direction.
        value: the number, in the signal's unit.
    """

    signal: Signal = attrs.field(converter=as_signal, validator=Member(Signal))
    bound: Bound = attrs.field(converter=as_bound, validator=Member(Bound))
    value: int = attrs.field(validator=Whole("the signal's unit", 0, 1000))

    def __str__(self) -> str:
        return f"{self.signal} {self.bound.replace('-', ' ')} {self.value}"

    def met(self, least: int, most: int | None) -> bool | None:
        """Return whether a reading meets it, or `None` when that can't be told.

        Args:
            least: the least that the reading can be.
            most: the most that it can be; `None` for no bound.
        """
        if self.bound is Bound.AT_LEAST:
            if least >= self.value:
                return True
            return False if most is not None and most < self.value else None
        if most is not None and most <= self.value:
            return True
        return False if least > self.value else None


@attrs.frozen(kw_only=True, field_transformer=checked)
class ProgressionRule:
    """A rule about the way from one week to the next.

    A cautious rule (stop, regress, hold, flare) is met when any criterion is met in so many of the
    sessions; a rule that lets more be done, when all criteria are met in each of the last so many.

    Attributes:
        code: stable code, never used again for another rule.
        name: stable name in kebab case.
        effect: what it does when it is met.
        summary: what it says, in a sentence.
        why: why, in a sentence or two.
        techniques: the techniques it is about; empty for every one.
        criteria: what is read from the logs.
        sessions: how many sessions must show it; `None` exactly when there are no criteria.
        when: what must be true of the person for it to hold; `None` for nothing. While that is
            unknown, a rule that asks for caution holds and any other doesn't.
        omits: whether an activity that can't be lessened any more is left out; otherwise its
            least goes on. Only for a rule that asks for less.
        red_flags: ids of the red flags that are present when it is met.
        parameters: its other numbers.
        origin: where the criteria and the sessions come from.
        citations: the statements it rests on.
        since: the library version that brought it.
    """

    code: str = attrs.field(validator=CODE)
    name: str = attrs.field(validator=ID)
    effect: Effect = attrs.field(converter=as_effect, validator=Member(Effect))
    summary: str = attrs.field(validator=Text("a summary"))
    why: str = attrs.field(validator=Text("a reason"))
    techniques: frozenset[Technique] = attrs.field(
        default=EMPTY, converter=as_techniques, validator=Each(Member(Technique))
    )
    criteria: tuple[Criterion, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Criterion), maximum=20)
    )
    sessions: int | None = attrs.field(default=None, validator=Optional(Whole("sessions", 1, 50)))
    when: Fact | None = attrs.field(default=None, validator=Optional(Instance(Fact)))
    omits: bool = attrs.field(default=False, validator=Flag())
    red_flags: frozenset[str] = attrs.field(
        default=EMPTY, converter=as_set, validator=Each(ID, maximum=50)
    )
    parameters: tuple[Parameter, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Parameter), unique="name")
    )
    origin: Origin = attrs.field(converter=as_origin, validator=Member(Origin))
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)
    since: str = attrs.field(validator=KEY)

    def __attrs_post_init__(self) -> None:
        if bool(self.criteria) is (self.sessions is None):
            raise InvalidValueError(
                where=f"ProgressionRule.sessions of {self.code}",
                expected="a number of sessions exactly when there are criteria",
                found="none" if self.sessions is None else f"{self.sessions}",
            )

    def number(self, name: str) -> int:
        """Return the value of a parameter, in its unit.

        Raises:
            InvalidValueError: the rule has no such parameter.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter.value
        raise InvalidValueError(
            where=f"ProgressionRule.parameters of {self.code}",
            expected=f"a parameter named {name}",
            found=", ".join(parameter.name for parameter in self.parameters) or "none",
        )


_BESIDE = {"amount": "a parameter rises", "grain": "the rise is in percent"}


@attrs.frozen(kw_only=True, field_transformer=checked)
class PathStep:
    """One way to do a little more of an activity; read backwards, to do a little less.

    A step in days a week is read backwards only where it was the last to be taken; otherwise less
    is asked of a session, and moving gently goes on.

    Attributes:
        parameter: the number that rises, of the dose or the days a week; `None` for the next rung
            of the activity's ladder.
        amount: by how much, in the parameter's unit; for a rise in percent the most; `None`
            exactly when no number rises.
        percent: the rise as a share of the present number; `None` when `amount` is the rise.
        grain: a rise in percent is cut to a multiple of this, in the parameter's unit; `None`
            exactly when the rise is not in percent.
        ceiling: where this step ends, in the parameter's unit; `None` for guidance's own limit. A
            later step may go on from there.
        when: what must be true of the person for it; `None` for nothing. Unknown is not true.
        load: whether it waits for the rule about a rise of load.
        origin: where the numbers come from.
        citations: the statements they rest on.
    """

    parameter: DoseParameter | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(as_dose_parameter),
        validator=Optional(Member(DoseParameter)),
    )
    amount: int | None = attrs.field(
        default=None, validator=Optional(Whole("the parameter's unit", 1, 3600))
    )
    percent: int | None = attrs.field(default=None, validator=Optional(Whole("percent", 1, 100)))
    grain: int | None = attrs.field(
        default=None, validator=Optional(Whole("the parameter's unit", 1, 3600))
    )
    ceiling: int | None = attrs.field(
        default=None, validator=Optional(Whole("the parameter's unit", 1, 14_400))
    )
    when: Fact | None = attrs.field(default=None, validator=Optional(Instance(Fact)))
    load: bool = attrs.field(default=False, validator=Flag())
    origin: Origin = attrs.field(converter=as_origin, validator=Member(Origin))
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)

    def __attrs_post_init__(self) -> None:
        for name, number, beside in (
            ("amount", self.amount, self.parameter),
            ("grain", self.grain, self.percent),
        ):
            if (number is None) is not (beside is None):
                raise InvalidValueError(
                    where=f"PathStep.{name}",
                    expected=f"a number exactly when {_BESIDE[name]}",
                    found="none" if number is None else f"{number}",
                )

    def rise(self, value: int) -> int:
        """Return by how much a number may rise at once, in the parameter's unit; 0 for not at all.

        >>> step = PathStep(
        ...     parameter="duration_seconds",
        ...     amount=300,
        ...     percent=10,
        ...     grain=30,
        ...     origin="synthesis",
        ...     citations=[Citation(statement="E228")],
        ... )
        >>> step.rise(1200), step.rise(100)
        (120, 0)
        """
        if self.amount is None:
            return 0
        if self.percent is None or self.grain is None:
            return self.amount
        share = value * self.percent // 100
        return min(self.amount, share - share % self.grain)

    def fall(self, value: int) -> int:
        """Return by how much a number falls at once, in the parameter's unit.

        A share of a small number can be nothing, but a step back is always one.

        >>> step = PathStep(
        ...     parameter="reps",
        ...     amount=1,
        ...     origin="synthesis",
        ...     citations=[Citation(statement="P008")],
        ... )
        >>> step.fall(8)
        1
        """
        return max(self.rise(value), self.grain or 0)


@attrs.frozen(kw_only=True, field_transformer=checked)
class ProgressionPath:
    """The order in which an activity's numbers rise.

    An activity follows the last path that names it, in layering order.

    Attributes:
        id: stable id.
        activities: ids of the activities that follow it.
        steps: the ways to do more, the first to be used first. One parameter may have several,
            each after one that ends earlier or holds for fewer people.
    """

    id: str = attrs.field(validator=ID)
    activities: frozenset[str] = attrs.field(
        converter=as_set, validator=Each(ID, minimum=1, maximum=200)
    )
    steps: tuple[PathStep, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(PathStep), 1, 20)
    )

    def __attrs_post_init__(self) -> None:
        for place, step in enumerate(self.steps):
            if any(_covers(before, step) for before in self.steps[:place]):
                raise InvalidValueError(
                    where=f"ProgressionPath.steps[{place}] of {self.id}",
                    expected="something that no step before it does already",
                    found=f"another step of {step.parameter or 'the ladder'}",
                )

    def begins(self, place: int) -> int:
        """Return the number from which a step is for, in its parameter's unit; 0 for the least."""
        own = self.steps[place]
        ends = [
            step.ceiling
            for step in self.steps[:place]
            if step.parameter is own.parameter and step.ceiling is not None
        ]
        return max((end for end in ends if end != own.ceiling), default=0)


def _covers(before: PathStep, after: PathStep) -> bool:
    """Return whether a later step could never be used because of one before it."""
    if before.parameter is not after.parameter or before.when not in (None, after.when):
        return False
    return before.ceiling is None or (after.ceiling is not None and after.ceiling <= before.ceiling)


@attrs.frozen(kw_only=True, field_transformer=checked)
class OutcomeMeasure:
    """A questionnaire whose total says how a person is; only totals are ever stored.

    Attributes:
        id: stable id, which a score names.
        name: its name.
        about: what it asks for, in a sentence.
        least: the lowest total, in points.
        most: the highest total, in points.
        lower_is_better: whether a lower total means a better state.
        important_points: the change that matters to a person, in points; `None` when none is
            agreed.
        important_percent: the same as a share of the first total; either is enough; `None` when
            none is agreed.
        error_points: the change that is within the error of measurement, in points; `None` when
            unknown.
        origin: where the numbers come from.
        citations: the statements they rest on.
    """

    id: str = attrs.field(validator=ID)
    name: str = attrs.field(validator=Text("a name", maximum=120))
    about: str = attrs.field(validator=Text("a sentence"))
    least: float = attrs.field(converter=as_score, validator=Finite("points", 0.0, 1000.0))
    most: float = attrs.field(converter=as_score, validator=Finite("points", 0.0, 1000.0))
    lower_is_better: bool = attrs.field(validator=Flag())
    important_points: float | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(as_score),
        validator=Optional(Finite("points", 0.0, 1000.0)),
    )
    important_percent: int | None = attrs.field(
        default=None, validator=Optional(Whole("percent", 1, 100))
    )
    error_points: float | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(as_score),
        validator=Optional(Finite("points", 0.0, 1000.0)),
    )
    origin: Origin = attrs.field(converter=as_origin, validator=Member(Origin))
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)

    def __attrs_post_init__(self) -> None:
        if self.least >= self.most:
            raise InvalidValueError(
                where=f"OutcomeMeasure.most of {self.id}",
                expected=f"more than {self.least}",
                found=f"{self.most}",
            )
