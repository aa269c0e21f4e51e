"""Changes to a routine that a program can carry out: what a fix says, as a value.

Each names its place by the JSON path that the finding names, and holds for that routine only.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import assert_never

import attrs

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model.constraints import (
    ID,
    Each,
    Instance,
    Member,
    Optional,
    Text,
    Whole,
    as_tuple,
    checked,
)
from sciatica_pt.model.doses import Dose, build_dose, dose_kind, dose_per_side, dose_values
from sciatica_pt.model.routine import Prescription, Routine
from sciatica_pt.model.vocabulary import DoseParameter, Side, as_dose_parameter

__all__ = [
    "ACTION",
    "Action",
    "AddEquipment",
    "ApplyModification",
    "DoBothSides",
    "MarkUnscreened",
    "RemoveForm",
    "RemoveItem",
    "ReorderSession",
    "SetBarrier",
    "SetNumber",
    "perform",
]

_INDEX = r"\[(?:[0-9]|[1-4][0-9])\]"
_AT_ITEM = Text(
    "the path of a prescription",
    rf"\$\.(?:sessions{_INDEX}\.prescriptions|habits){_INDEX}",
    60,
)
_AT_SESSION = Text("the path of a session", rf"\$\.sessions{_INDEX}", 60)


@attrs.frozen(kw_only=True, field_transformer=checked)
class RemoveItem:
    """Take a prescription out; a session left empty goes too.

    Attributes:
        path: the prescription's place.
    """

    path: str = attrs.field(validator=_AT_ITEM)


@attrs.frozen(kw_only=True, field_transformer=checked)
class SetNumber:
    """Put another number into a dose.

    Attributes:
        path: the prescription's place.
        parameter: which number.
        value: the number, in the parameter's unit.
    """

    path: str = attrs.field(validator=_AT_ITEM)
    parameter: DoseParameter = attrs.field(
        converter=as_dose_parameter, validator=Member(DoseParameter)
    )
    value: int = attrs.field(validator=Whole("its parameter's unit"))


@attrs.frozen(kw_only=True, field_transformer=checked)
class DoBothSides:
    """Do on both sides what is done on one.

    Attributes:
        path: the prescription's place.
    """

    path: str = attrs.field(validator=_AT_ITEM)


@attrs.frozen(kw_only=True, field_transformer=checked)
class SetBarrier:
    """Put something between the skin and what must not touch it.

    Attributes:
        path: the prescription's place.
        barrier: id of the equipment.
    """

    path: str = attrs.field(validator=_AT_ITEM)
    barrier: str = attrs.field(validator=ID)


@attrs.frozen(kw_only=True, field_transformer=checked)
class AddEquipment:
    """Name the equipment that is used.

    Attributes:
        path: the prescription's place.
        equipment: id of the equipment.
    """

    path: str = attrs.field(validator=_AT_ITEM)
    equipment: str = attrs.field(validator=ID)


@attrs.frozen(kw_only=True, field_transformer=checked)
class RemoveForm:
    """Take the form from what comes in no forms.

    Attributes:
        path: the prescription's place.
    """

    path: str = attrs.field(validator=_AT_ITEM)


@attrs.frozen(kw_only=True, field_transformer=checked)
class ApplyModification:
    """Do it the changed way that a restriction asks for.

    Attributes:
        path: the prescription's place.
        restriction: id of the restriction.
    """

    path: str = attrs.field(validator=_AT_ITEM)
    restriction: str = attrs.field(validator=ID)


@attrs.frozen(kw_only=True, field_transformer=checked)
class ReorderSession:
    """Do the same things in another order.

    Attributes:
        path: the session's place.
        order: the present places of its prescriptions, in the new order.
    """

    path: str = attrs.field(validator=_AT_SESSION)
    order: tuple[int, ...] = attrs.field(
        converter=as_tuple, validator=Each(Whole("places", 0, 49), 1, 50, unique="")
    )


@attrs.frozen(kw_only=True, field_transformer=checked)
class MarkUnscreened:
    """Say that the routine was made while red-flag questions were open."""


Action = (
    RemoveItem
    | SetNumber
    | DoBothSides
    | SetBarrier
    | AddEquipment
    | RemoveForm
    | ApplyModification
    | ReorderSession
    | MarkUnscreened
)
#: The constraint on a field that may hold an action of any kind.
ACTION = Optional(
    Instance(
        (
            RemoveItem,
            SetNumber,
            DoBothSides,
            SetBarrier,
            AddEquipment,
            RemoveForm,
            ApplyModification,
            ReorderSession,
            MarkUnscreened,
        )
    )
)


def perform(action: Action, routine: Routine) -> Routine:
    """Return the routine with a change carried out.

    Raises:
        InvalidValueError: the routine has no such place, or what would come out is refused.
    """
    try:
        match action:
            case MarkUnscreened():
                return attrs.evolve(routine, unscreened=True)
            case ReorderSession():
                return _reordered(action, routine)
            case RemoveItem():
                return _with_item(action.path, routine, lambda _: ())
            case _:
                return _with_item(action.path, routine, lambda item: (_changed(action, item),))
    except IndexError:
        raise InvalidValueError(
            where=f"{type(action).__name__}.path",
            expected="a place in the routine",
            found="a place that it doesn't have",
        ) from None


_Change = SetNumber | DoBothSides | SetBarrier | AddEquipment | RemoveForm | ApplyModification


def _changed(action: _Change, item: Prescription) -> Prescription:
    match action:
        case SetNumber():
            return attrs.evolve(item, dose=_with_number(action, item.dose))
        case DoBothSides():
            return attrs.evolve(item, side=Side.BOTH)
        case SetBarrier():
            return attrs.evolve(item, barrier=action.barrier)
        case AddEquipment():
            return attrs.evolve(item, equipment=item.equipment | {action.equipment})
        case RemoveForm():
            return attrs.evolve(item, form=None)
        case ApplyModification():
            return attrs.evolve(item, modifications=item.modifications | {action.restriction})
        case _:  # pragma: no cover
            assert_never(action)


def _with_number(action: SetNumber, dose: Dose) -> Dose:
    values = dose_values(dose)
    if action.parameter not in values:
        raise InvalidValueError(
            where="SetNumber.parameter",
            expected=f"a number of a {dose_kind(dose)} dose",
            found=f"{action.parameter}",
        )
    numbers = {name: number for name, number in values.items() if number is not None}
    numbers[action.parameter] = action.value
    return build_dose(dose_kind(dose), numbers, per_side=dose_per_side(dose))


def _with_item(
    path: str, routine: Routine, change: Callable[[Prescription], tuple[Prescription, ...]]
) -> Routine:
    *sessions, place = (int(number) for number in re.findall(r"[0-9]+", path))
    if not sessions:
        return attrs.evolve(routine, habits=_spliced(routine.habits, place, change))
    session = routine.sessions[sessions[0]]
    items = _spliced(session.prescriptions, place, change)
    return _with_session(routine, sessions[0], items)


def _spliced(
    items: tuple[Prescription, ...],
    place: int,
    change: Callable[[Prescription], tuple[Prescription, ...]],
) -> tuple[Prescription, ...]:
    return (*items[:place], *change(items[place]), *items[place + 1 :])


def _with_session(routine: Routine, index: int, items: tuple[Prescription, ...]) -> Routine:
    kept = (attrs.evolve(routine.sessions[index], prescriptions=items),) if items else ()
    sessions = (*routine.sessions[:index], *kept, *routine.sessions[index + 1 :])
    return attrs.evolve(routine, sessions=sessions)


def _reordered(action: ReorderSession, routine: Routine) -> Routine:
    index = int(action.path.removeprefix("$.sessions[").removesuffix("]"))
    items = routine.sessions[index].prescriptions
    if sorted(action.order) != list(range(len(items))):
        raise InvalidValueError(
            where="ReorderSession.order",
            expected=f"each place from 0 to {len(items) - 1} once",
            found=", ".join(map(str, action.order)),
        )
    return _with_session(routine, index, tuple(items[place] for place in action.order))
