"""How much: concrete doses, and the ranges guidance gives for them.

Every time is a whole number of seconds, in a field named for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

import attrs

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model.constraints import (
    Each,
    Flag,
    Instance,
    Member,
    Optional,
    Whole,
    as_tuple,
    checked,
)
from sciatica_pt.model.evidence import CITATIONS, Citation
from sciatica_pt.model.vocabulary import (
    DoseKind,
    DoseParameter,
    Origin,
    Phase,
    TimeOfDay,
    as_dose_kind,
    as_dose_parameter,
    as_origin,
    as_phases,
)

__all__ = [
    "PARAMETERS",
    "Application",
    "Continuous",
    "Dose",
    "DoseRange",
    "Hold",
    "Limit",
    "Recurring",
    "Repetitions",
    "build_dose",
    "dose_kind",
    "dose_per_side",
    "dose_seconds",
    "dose_values",
]

# The caps below only keep typing errors out (a hold of 3000 s); what is right for a person is
# stated by guidance.
_SETS = Whole("sets", 1, 20)
_REPS = Whole("repetitions", 1, 200)
_HOLD = Whole("seconds of hold", 1, 600)
_REP_TIME = Whole("seconds per repetition", 1, 60)
_REST = Whole("seconds of rest", 0, 600)
_DURATION = Whole("seconds", 1, 14_400)
_EVERY = Whole("seconds between prompts", 60, 43_200)
_EFFORT = Optional(Whole("points of effort (RPE)", 0, 10))


@attrs.frozen(kw_only=True, field_transformer=checked)
class Repetitions:
    """Sets of repeated movements.

    Attributes:
        sets: number of sets, on each side when `per_side`.
        reps: repetitions in a set.
        rep_seconds: seconds that one repetition takes, without its hold.
        hold_seconds: seconds held at the end of each repetition; `None` for no hold.
        rest_seconds: seconds between two sets.
        per_side: whether each side is worked in turn, which doubles the time.
        effort: rating of perceived exertion, 0 to 10; `None` when not prescribed.

    >>> dose_seconds(Repetitions(sets=2, reps=10, rep_seconds=3, hold_seconds=2, rest_seconds=60))
    160
    """

    sets: int = attrs.field(validator=_SETS)
    reps: int = attrs.field(validator=_REPS)
    rep_seconds: int = attrs.field(validator=_REP_TIME)
    hold_seconds: int | None = attrs.field(default=None, validator=Optional(_HOLD))
    rest_seconds: int = attrs.field(validator=_REST)
    per_side: bool = attrs.field(default=False, validator=Flag())
    effort: int | None = attrs.field(default=None, validator=_EFFORT)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Hold:
    """A position held still, one or several times; it has no repetitions.

    Attributes:
        sets: number of holds, on each side when `per_side`.
        hold_seconds: seconds of one hold.
        rest_seconds: seconds between two holds.
        per_side: whether each side is worked in turn, which doubles the time.
        effort: rating of perceived exertion, 0 to 10; `None` when not prescribed.

    >>> dose_seconds(Hold(sets=2, hold_seconds=30, rest_seconds=10, per_side=True))
    150
    """

    sets: int = attrs.field(validator=_SETS)
    hold_seconds: int = attrs.field(validator=_HOLD)
    rest_seconds: int = attrs.field(validator=_REST)
    per_side: bool = attrs.field(default=False, validator=Flag())
    effort: int | None = attrs.field(default=None, validator=_EFFORT)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Continuous:
    """One unbroken bout.

    Attributes:
        duration_seconds: length of the bout in seconds.
        effort: rating of perceived exertion, 0 to 10; `None` when not prescribed.
    """

    duration_seconds: int = attrs.field(validator=_DURATION)
    effort: int | None = attrs.field(default=None, validator=_EFFORT)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Application:
    """Something applied to the body, by a pack or by a provider's hands.

    Attributes:
        duration_seconds: length of the application in seconds.
    """

    duration_seconds: int = attrs.field(validator=_DURATION)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Recurring:
    """Something kept up through the day, which takes no booked time.

    Attributes:
        every_seconds: seconds from one prompt to the next; `None` for whenever the situation
            arises.
    """

    every_seconds: int | None = attrs.field(default=None, validator=Optional(_EVERY))


Dose = Repetitions | Hold | Continuous | Application | Recurring

_KINDS: dict[type, DoseKind] = {
    Repetitions: DoseKind.REPETITIONS,
    Hold: DoseKind.HOLD,
    Continuous: DoseKind.CONTINUOUS,
    Application: DoseKind.APPLICATION,
    Recurring: DoseKind.RECURRING,
}
_CLASSES: dict[DoseKind, Callable[..., Dose]] = {kind: cls for cls, kind in _KINDS.items()}
_SIDED = frozenset({DoseKind.REPETITIONS, DoseKind.HOLD})

_P = DoseParameter
#: The parameters of each kind of dose; those mapped to `True` are required.
PARAMETERS: dict[DoseKind, dict[DoseParameter, bool]] = {
    DoseKind.REPETITIONS: {
        _P.SETS: True,
        _P.REPS: True,
        _P.REP_SECONDS: True,
        _P.HOLD_SECONDS: False,
        _P.REST_SECONDS: True,
        _P.EFFORT: False,
    },
    DoseKind.HOLD: {
        _P.SETS: True,
        _P.HOLD_SECONDS: True,
        _P.REST_SECONDS: True,
        _P.EFFORT: False,
    },
    DoseKind.CONTINUOUS: {_P.DURATION_SECONDS: True, _P.EFFORT: False},
    DoseKind.APPLICATION: {_P.DURATION_SECONDS: True},
    DoseKind.RECURRING: {_P.EVERY_SECONDS: False},
}
_FREQUENCY = (_P.DAYS_PER_WEEK, _P.TIMES_PER_DAY)
_AROUND = (*_FREQUENCY, _P.SETUP_SECONDS)
#: What guidance may bound for each kind of dose.
_ALLOWED: dict[DoseKind, dict[DoseParameter, None]] = {
    kind: dict.fromkeys((*parameters, *_AROUND)) for kind, parameters in PARAMETERS.items()
}
_BOUNDS: dict[DoseParameter, Whole] = {
    _P.SETS: _SETS,
    _P.REPS: _REPS,
    _P.HOLD_SECONDS: _HOLD,
    _P.REP_SECONDS: _REP_TIME,
    _P.REST_SECONDS: _REST,
    _P.DURATION_SECONDS: _DURATION,
    _P.EVERY_SECONDS: _EVERY,
    _P.EFFORT: Whole("points of effort (RPE)", 0, 10),
    _P.SETUP_SECONDS: Whole("seconds of set-up", 0, 1800),
    _P.DAYS_PER_WEEK: Whole("days per week", 1, 7),
    # As many as there are times of day to do it at; what comes more often is a habit with a prompt.
    _P.TIMES_PER_DAY: Whole("times per day", 1, len(TimeOfDay)),
}


def dose_kind(dose: Dose) -> DoseKind:
    """Return which member of the union a dose is."""
    return _KINDS[type(dose)]


def dose_per_side(dose: Dose) -> bool:
    """Return whether the dose is done on each side in turn."""
    # By the very type, which is faster; no class of the union has subclasses.
    return (type(dose) is Repetitions or type(dose) is Hold) and dose.per_side


def dose_values(dose: Dose) -> dict[DoseParameter, int | None]:
    """Return the dose's numbers by parameter, each in the parameter's unit."""
    return {parameter: getattr(dose, parameter) for parameter in PARAMETERS[dose_kind(dose)]}


def dose_seconds(dose: Dose) -> int:
    """Return the honest time of a dose in seconds: work, holds, both sides and rests.

    Set-up is not in it: that belongs to the activity.
    """
    match dose:
        case Repetitions():
            rounds = dose.sets * (2 if dose.per_side else 1)
            work = dose.reps * (dose.rep_seconds + (dose.hold_seconds or 0))
            return rounds * work + (rounds - 1) * dose.rest_seconds
        case Hold():
            rounds = dose.sets * (2 if dose.per_side else 1)
            return rounds * dose.hold_seconds + (rounds - 1) * dose.rest_seconds
        case Continuous() | Application():
            return dose.duration_seconds
        case Recurring():
            return 0
        case _:  # pragma: no cover
            assert_never(dose)


def build_dose(kind: DoseKind, values: dict[DoseParameter, int], *, per_side: bool) -> Dose:
    """Build a dose of one kind from its numbers.

    Args:
        kind: which member of the union.
        values: the numbers, each in its parameter's unit; frequency parameters are ignored.
        per_side: whether each side is worked in turn; only repetitions and holds can be.

    Raises:
        InvalidValueError: a number is missing or out of bounds, or the kind has no sides.
    """
    numbers = {
        parameter.value: values[parameter] for parameter in PARAMETERS[kind] if parameter in values
    }
    missing = [
        parameter.value
        for parameter, required in PARAMETERS[kind].items()
        if required and parameter not in values
    ]
    if missing:
        raise InvalidValueError(
            where=f"a {kind} dose", expected=f"the numbers {', '.join(missing)}", found="nothing"
        )
    if per_side and kind not in _SIDED:
        raise InvalidValueError(
            where=f"a {kind} dose", expected="no sides", found="a dose for each side"
        )
    sides = {"per_side": per_side} if kind in _SIDED else {}
    return _CLASSES[kind](**numbers, **sides)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Limit:
    """The bounds guidance sets to one number, with the statements they rest on.

    Attributes:
        parameter: which number; its `unit` is the unit of the three below.
        minimum: the least allowed.
        maximum: the most allowed.
        start: where a beginner starts; `None` for the minimum.
        origin: where the bounds come from.
        citations: the statements they rest on.
    """

    parameter: DoseParameter = attrs.field(
        converter=as_dose_parameter, validator=Member(DoseParameter)
    )
    minimum: int = attrs.field(validator=Whole("its parameter's unit"))
    maximum: int = attrs.field(validator=Whole("its parameter's unit"))
    start: int | None = attrs.field(default=None, validator=Optional(Whole("its parameter's unit")))
    origin: Origin = attrs.field(converter=as_origin, validator=Member(Origin))
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)

    def __attrs_post_init__(self) -> None:
        if self.minimum > self.maximum:
            raise InvalidValueError(
                where=f"Limit.maximum of {self.parameter}",
                expected=f"at least the minimum {self.minimum}",
                found=f"{self.maximum}",
            )
        if self.start is not None and not self.minimum <= self.start <= self.maximum:
            raise InvalidValueError(
                where=f"Limit.start of {self.parameter}",
                expected=f"{self.minimum} to {self.maximum} {self.parameter.unit}",
                found=f"{self.start}",
            )
        bounds = _BOUNDS[self.parameter]
        for name, value in (("minimum", self.minimum), ("maximum", self.maximum)):
            # Most fit, which takes no call to see.
            flaw = None if bounds.minimum <= value <= bounds.maximum else bounds.flaw(value)
            if flaw is not None:
                raise InvalidValueError(
                    where=f"Limit.{name} of {self.parameter}",
                    expected=flaw.expected,
                    found=flaw.found,
                )

    @property
    def first(self) -> int:
        """Where a beginner starts, in the parameter's unit."""
        return self.minimum if self.start is None else self.start

    def allows(self, value: int) -> bool:
        """Return whether `value` lies within the bounds."""
        return self.minimum <= value <= self.maximum


@attrs.frozen(kw_only=True, field_transformer=checked)
class DoseRange:
    """The doses and frequencies of one activity that guidance allows in some phases.

    Attributes:
        phases: the phases it is for.
        kind: which kind of dose.
        limits: the bounds, at least one, and at most one for a parameter.
    """

    phases: frozenset[Phase] = attrs.field(
        converter=as_phases, validator=Each(Member(Phase), minimum=1)
    )
    kind: DoseKind = attrs.field(converter=as_dose_kind, validator=Member(DoseKind))
    limits: tuple[Limit, ...] = attrs.field(
        converter=as_tuple,
        validator=Each(Instance(Limit), minimum=1, maximum=20, unique="parameter"),
    )

    def __attrs_post_init__(self) -> None:
        allowed = _ALLOWED[self.kind]
        for limit in self.limits:
            if limit.parameter not in allowed:
                raise InvalidValueError(
                    where=f"DoseRange.limits of a {self.kind} dose",
                    expected=", ".join(allowed),
                    found=f"{limit.parameter}",
                )

    def limit(self, parameter: DoseParameter) -> Limit | None:
        """Return the bounds of one parameter, or `None` when guidance sets none."""
        for limit in self.limits:
            if limit.parameter is parameter:
                return limit
        return None

    @property
    def missing(self) -> tuple[DoseParameter, ...]:
        """The numbers without which no dose and no week can be made from this range."""
        known = {limit.parameter for limit in self.limits}
        needed = [name for name, required in PARAMETERS[self.kind].items() if required]
        return tuple(name for name in (*needed, *_FREQUENCY) if name not in known)

    def starting_values(self) -> dict[DoseParameter, int]:
        """Return each bounded parameter's starting number."""
        return {limit.parameter: limit.first for limit in self.limits}
