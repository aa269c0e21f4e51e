"""One step more or one step less of an activity, along the path that guidance gives it."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sciatica_pt.guidance import Catalog
from sciatica_pt.model.doses import (
    PARAMETERS,
    Dose,
    DoseRange,
    build_dose,
    dose_kind,
    dose_per_side,
    dose_values,
)
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.progression import PathStep, ProgressionPath
from sciatica_pt.model.vocabulary import DoseParameter, Phase, Weekday

__all__ = [
    "Move",
    "Place",
    "a_day_less",
    "bounded_by",
    "cut",
    "downward",
    "grain_of",
    "higher",
    "higher_of",
    "least",
    "no_more",
    "raised",
    "regained",
    "rung_of",
    "unit_of",
    "upward",
    "with_number",
]

_WHOLE = 100
#: More of these is less to do.
_EASING = (DoseParameter.REST_SECONDS, DoseParameter.EVERY_SECONDS)
#: What a cut takes from, in turn; only the first that can give is cut.
_CUT_FIRST = (
    DoseParameter.SETS,
    DoseParameter.DURATION_SECONDS,
    DoseParameter.REPS,
    DoseParameter.HOLD_SECONDS,
)
#: What more of asks more of the person, unlike a slower repetition.
_RISING = (*_CUT_FIRST, DoseParameter.EFFORT)


@attrs.frozen(kw_only=True)
class Move:
    """One change of one activity.

    Attributes:
        activity: the activity's id.
        dose: its new dose; `None` when it is left out or another version takes its place.
        becomes: id of the version of the movement that takes its place.
        days: its new number of days a week; `None` for the days that it has.
        off: the day that goes, when there is one day less.
        step: the path's step that it takes; `None` when none does.
    """

    activity: str
    dose: Dose | None = None
    becomes: str | None = None
    days: int | None = None
    off: Weekday | None = None
    step: PathStep | None = None


def with_number(dose: Dose, parameter: DoseParameter, value: int) -> Dose:
    """Return a dose with one number changed."""
    numbers = {name: number for name, number in dose_values(dose).items() if number is not None}
    return build_dose(dose_kind(dose), numbers | {parameter: value}, per_side=dose_per_side(dose))


def raised(before: Dose, after: Dose) -> tuple[DoseParameter, ...]:
    """Return the numbers that ask more of the person in `after` than in `before`."""
    old = dose_values(before)
    gains = {
        parameter: value - (old.get(parameter) or 0)
        for parameter, value in dose_values(after).items()
        if value is not None
    }
    return tuple(
        parameter
        for parameter, gain in gains.items()
        if (gain < 0 if parameter in _EASING else gain > 0)
    )


def higher(before: Dose, after: Dose) -> bool:
    """Return whether any number asks more of the person."""
    return bool(raised(before, after))


def _path(catalog: Catalog, activity: str) -> ProgressionPath | None:
    found = [path for path in catalog.paths.values() if activity in path.activities]
    return found[-1] if found else None


def _steps(catalog: Catalog, activity: str) -> tuple[PathStep, ...]:
    path = _path(catalog, activity)
    return () if path is None else path.steps


def grain_of(catalog: Catalog, activity: str, parameter: DoseParameter) -> int | None:
    """Return what a number is cut to a multiple of, in its unit; `None` when guidance says none."""
    grains = (step.grain for step in _steps(catalog, activity) if step.parameter is parameter)
    return next((grain for grain in grains if grain is not None), None)


def unit_of(catalog: Catalog, activity: str, parameter: DoseParameter) -> int:
    """Return by what a number is counted, in its own unit: the step that everybody takes, or 1."""
    for step in _steps(catalog, activity):
        if step.parameter is parameter and step.when is None:
            return step.grain or step.amount or 1
    return 1


def no_more(dose: Dose, than: Dose, offer: DoseRange) -> Dose:
    """Return a dose in which nothing that may rise is more than in another, or at its least."""
    other = dose_values(than)
    for parameter, value in dose_values(dose).items():
        limit, most = offer.limit(parameter), other.get(parameter)
        if parameter in _RISING and limit is not None and value is not None and most is not None:
            dose = with_number(dose, parameter, min(value, max(limit.minimum, most)))
    return dose


def rung_of(catalog: Catalog, activity: str, *, harder: bool) -> str | None:
    """Return the next harder or easier version of a movement, or `None` when there is none."""
    beside = (
        ladder.harder(activity) if harder else ladder.easier(activity)
        for ladder in catalog.ladders.values()
    )
    return next((rung for rung in beside if rung is not None), None)


@attrs.frozen(kw_only=True)
class Place:
    """Where an activity stands in a week.

    Attributes:
        activity: the activity's id.
        dose: its dose.
        days: its days a week.
    """

    activity: str
    dose: Dose
    days: int

    def number(self, parameter: DoseParameter) -> int | None:
        """Return the number that a parameter has, in its unit; `None` when it has none."""
        if parameter is DoseParameter.DAYS_PER_WEEK:
            return self.days
        return dose_values(self.dose).get(parameter)

    def changed(self, step: PathStep, parameter: DoseParameter, value: int) -> Move:
        """Return the move to another number."""
        if parameter is DoseParameter.DAYS_PER_WEEK:
            return Move(activity=self.activity, dose=self.dose, days=value, step=step)
        return Move(
            activity=self.activity, dose=with_number(self.dose, parameter, value), step=step
        )


def upward(catalog: Catalog, place: Place, profile: Profile, *, load: bool) -> Iterator[Move]:
    """Yield the ways to do a little more, the first to be used first.

    Args:
        catalog: the guidance.
        place: where the activity stands.
        profile: the person, in whose phase the limits hold.
        load: whether more load is due.
    """
    offer = catalog.range(place.activity, profile.phase)
    for step in _steps(catalog, place.activity):
        if step.load and not load:
            continue
        if step.when is not None and profile.knows(step.when) is not True:
            continue
        if step.parameter is None:
            rung = rung_of(catalog, place.activity, harder=True)
            if rung is not None:
                yield Move(activity=place.activity, becomes=rung, step=step)
        elif (value := _risen(step, place.number(step.parameter), offer)) is not None:
            yield place.changed(step, step.parameter, value)


def _risen(step: PathStep, value: int | None, offer: DoseRange | None) -> int | None:
    parameter = step.parameter
    limit = None if parameter is None or offer is None else offer.limit(parameter)
    if value is None or limit is None:
        return None
    most = limit.maximum if step.ceiling is None else min(limit.maximum, step.ceiling)
    new = min(value + step.rise(value), most)
    return new if new > value else None


def downward(catalog: Catalog, activity: str, dose: Dose, phase: Phase) -> Move:
    """Return the way to do a little less: a number, else an easier version, else nothing of it.

    Days a week stay: what one session asks is lessened, and moving gently goes on. A day that was
    added last is taken back by `a_day_less`.
    """
    offer, path = catalog.range(activity, phase), _path(catalog, activity)
    for place, step in reversed(list(enumerate(_steps(catalog, activity)))):
        parameter = step.parameter
        value = None if parameter is None else dose_values(dose).get(parameter)
        limit = None if parameter is None or offer is None else offer.limit(parameter)
        if path is not None and parameter is not None and value is not None and limit is not None:
            less = max(limit.minimum, path.begins(place), value - step.fall(value))
            if less < value:
                return Move(activity=activity, dose=with_number(dose, parameter, less), step=step)
    return Move(activity=activity, becomes=rung_of(catalog, activity, harder=False))


def a_day_less(catalog: Catalog, place: Place, phase: Phase, day: Weekday) -> Move | None:
    """Return the way to do an activity on one day less, or `None` where guidance asks for all."""
    parameter, offer = DoseParameter.DAYS_PER_WEEK, catalog.range(place.activity, phase)
    limit = None if offer is None else offer.limit(parameter)
    if limit is None or place.days <= limit.minimum:
        return None
    steps = (step for step in _steps(catalog, place.activity) if step.parameter is parameter)
    return Move(
        activity=place.activity,
        dose=place.dose,
        days=place.days - 1,
        off=day,
        step=next(steps, None),
    )


def least(dose: Dose, offer: DoseRange) -> Dose:
    """Return a dose with each number that a path may raise at the least that guidance gives."""
    for parameter, value in dose_values(dose).items():
        limit = offer.limit(parameter)
        if value is not None and limit is not None and parameter in _RISING:
            dose = with_number(dose, parameter, min(value, limit.minimum))
    return dose


def bounded_by(offer: DoseRange | None, dose: Dose) -> Dose:
    """Return a dose with each number brought to the nearest that guidance allows."""
    for parameter, value in dose_values(dose).items():
        limit = None if offer is None else offer.limit(parameter)
        if value is not None and limit is not None:
            dose = with_number(dose, parameter, max(limit.minimum, min(limit.maximum, value)))
    return dose


def higher_of(dose: Dose, other: Dose) -> Dose:
    """Return a dose in which each number asks what the one of two doses does that asks more.

    A dose of another kind says nothing of it.
    """
    if dose_kind(dose) is not dose_kind(other):
        return dose
    more = raised(dose, other)
    for parameter, value in dose_values(other).items():
        if value is not None and parameter in more:
            dose = with_number(dose, parameter, value)
    return dose


def regained(catalog: Catalog, activity: str, dose: Dose, goal: Dose) -> Move | None:
    """Return the next step back to a dose that was reached before; `None` when it is reached.

    One number comes back at a time, by the step that everybody takes. A dose of another kind is
    no level to go back to.
    """
    if dose_kind(goal) is not dose_kind(dose):
        return None
    now = dose_values(dose)
    steps = [step for step in _steps(catalog, activity) if step.when is None]
    for parameter, wanted in dose_values(goal).items():
        value = now.get(parameter)
        if value is None or wanted is None or value >= wanted or parameter in _EASING:
            continue
        step = next((step for step in steps if step.parameter is parameter), None)
        new = wanted if step is None else min(wanted, value + step.fall(value))
        return Move(activity=activity, dose=with_number(dose, parameter, new), step=step)
    return None


def cut(catalog: Catalog, activity: str, dose: Dose, phase: Phase, percent: int) -> Dose:
    """Return a dose with one number cut by a share, as far as guidance's limits let it.

    What is left is the nearest multiple of what the number rises by, so that it can be counted.

    Args:
        catalog: the guidance.
        activity: the activity's id.
        dose: the dose.
        phase: the phase, whose limits hold.
        percent: the share to take away, in percent.
    """
    values, offer = dose_values(dose), catalog.range(activity, phase)
    for parameter in _CUT_FIRST:
        value = values.get(parameter) if parameter in PARAMETERS[dose_kind(dose)] else None
        limit = None if offer is None else offer.limit(parameter)
        if value is not None and limit is not None:
            unit = unit_of(catalog, activity, parameter)
            left = value * (_WHOLE - percent)
            # The nearest multiple; of two as near, the lower one.
            less = max(limit.minimum, -(-(2 * left - unit * _WHOLE) // (2 * unit * _WHOLE)) * unit)
            if less < value:
                return with_number(dose, parameter, less)
    return dose
