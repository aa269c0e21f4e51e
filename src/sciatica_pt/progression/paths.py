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
from sciatica_pt.model.progression import PathStep
from sciatica_pt.model.vocabulary import DoseParameter, Phase

__all__ = ["Move", "cut", "downward", "higher", "raised", "upward", "waits_for_load", "with_number"]

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


@attrs.frozen(kw_only=True)
class Move:
    """One change of one activity.

    Attributes:
        activity: the activity's id.
        dose: its new dose; `None` when it is left out or another version takes its place.
        becomes: id of the version of the movement that takes its place.
        step: the path's step that it takes; `None` when none does.
    """

    activity: str
    dose: Dose | None = None
    becomes: str | None = None
    step: PathStep | None = None


def with_number(dose: Dose, parameter: DoseParameter, value: int) -> Dose:
    """Return a dose with one number changed."""
    numbers = {name: number for name, number in dose_values(dose).items() if number is not None}
    return build_dose(dose_kind(dose), numbers | {parameter: value}, per_side=dose_per_side(dose))


def raised(before: Dose, after: Dose) -> tuple[DoseParameter, ...]:
    """Return the numbers that ask more of the person in `after` than in `before`."""
    old, new = dose_values(before), dose_values(after)
    return tuple(
        parameter
        for parameter, value in new.items()
        if value is not None
        and (old.get(parameter) or 0) != value
        and (value > (old.get(parameter) or 0)) is not (parameter in _EASING)
    )


def higher(before: Dose, after: Dose) -> bool:
    """Return whether any number asks more of the person."""
    return bool(raised(before, after))


def _steps(catalog: Catalog, activity: str) -> tuple[PathStep, ...]:
    found = [path.steps for path in catalog.paths.values() if activity in path.activities]
    return found[-1] if found else ()


def waits_for_load(catalog: Catalog, activity: str) -> bool:
    """Return whether any step of an activity's path waits for the rule about more load."""
    return any(step.load for step in _steps(catalog, activity))


def _rung(catalog: Catalog, activity: str, *, harder: bool) -> str | None:
    beside = (
        ladder.harder(activity) if harder else ladder.easier(activity)
        for ladder in catalog.ladders.values()
    )
    return next((rung for rung in beside if rung is not None), None)


def upward(
    catalog: Catalog, activity: str, dose: Dose, phase: Phase, *, load: bool
) -> Iterator[Move]:
    """Yield the ways to do a little more, the first to be used first.

    Args:
        catalog: the guidance.
        activity: the activity's id.
        dose: its dose.
        phase: the phase, whose limits hold.
        load: whether more load is due.
    """
    offer = catalog.range(activity, phase)
    for step in _steps(catalog, activity):
        if step.load and not load:
            continue
        if step.parameter is None:
            rung = _rung(catalog, activity, harder=True)
            if rung is not None:
                yield Move(activity=activity, becomes=rung, step=step)
        elif (value := _risen(step, dose, offer)) is not None:
            yield Move(activity=activity, dose=with_number(dose, step.parameter, value), step=step)


def _risen(step: PathStep, dose: Dose, offer: DoseRange | None) -> int | None:
    parameter = step.parameter
    value = None if parameter is None else dose_values(dose).get(parameter)
    limit = None if parameter is None or offer is None else offer.limit(parameter)
    if value is None or limit is None:
        return None
    most = limit.maximum if step.ceiling is None else min(limit.maximum, step.ceiling)
    new = min(value + step.rise(value), most)
    return new if new > value else None


def downward(catalog: Catalog, activity: str, dose: Dose, phase: Phase) -> Move:
    """Return the way to do a little less: a number, else an easier version, else nothing of it."""
    offer = catalog.range(activity, phase)
    for step in reversed(_steps(catalog, activity)):
        parameter = step.parameter
        value = None if parameter is None else dose_values(dose).get(parameter)
        limit = None if parameter is None or offer is None else offer.limit(parameter)
        if parameter is not None and value is not None and limit is not None:
            less = max(limit.minimum, value - max(step.rise(value), step.grain))
            if less < value:
                return Move(activity=activity, dose=with_number(dose, parameter, less), step=step)
    return Move(activity=activity, becomes=_rung(catalog, activity, harder=False))


def cut(dose: Dose, offer: DoseRange | None, percent: int) -> Dose:
    """Return a dose with one number cut by a share, as far as guidance's limits let it.

    Args:
        dose: the dose.
        offer: the doses guidance allows; `None` when it gives none.
        percent: the share to take away, in percent.
    """
    values = dose_values(dose)
    for parameter in _CUT_FIRST:
        value = values.get(parameter) if parameter in PARAMETERS[dose_kind(dose)] else None
        limit = None if offer is None else offer.limit(parameter)
        if value is not None and limit is not None:
            less = max(limit.minimum, value * (_WHOLE - percent) // _WHOLE)
            if less < value:
                return with_number(dose, parameter, less)
    return dose
