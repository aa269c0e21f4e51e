"""Strategies for what stands on its own: doses, dose ranges and activities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, cast

import attrs

from sciatica_pt.model.activities import (
    Activity,
    EquipmentNeed,
    Exercise,
    Form,
    Habit,
    ManualTherapy,
    Modality,
    Step,
)
from sciatica_pt.model.constraints import Flag, Optional, Whole, constraint_of
from sciatica_pt.model.doses import (
    PARAMETERS,
    Application,
    Continuous,
    Dose,
    DoseRange,
    Hold,
    Limit,
    Recurring,
    Repetitions,
)
from sciatica_pt.model.vocabulary import (
    DoseKind,
    DoseParameter,
    Movement,
    Origin,
    Phase,
    Position,
    Provider,
    Provocation,
    Stage,
    Technique,
)
from sciatica_pt.testing._extra import SearchStrategy, st
from sciatica_pt.testing._sample_rules import CITED

_Draw = Callable[[SearchStrategy[Any]], Any]

__all__ = ["EQUIPMENT", "MUSCLES", "activities", "dose_ranges", "doses", "ids", "texts"]

_TEXTS = ("A", "two words", "à la française", "10–15 × 3", "'\"<&>", "背中", "line\nbreak", "0")
#: The equipment and the muscles that `activities` names when it is told no others.
EQUIPMENT = ("band", "gel-pack", "heating-pad", "towel")
MUSCLES = ("core", "hamstrings")

_CLASSES: dict[DoseKind, type[Dose]] = {
    DoseKind.REPETITIONS: Repetitions,
    DoseKind.HOLD: Hold,
    DoseKind.CONTINUOUS: Continuous,
    DoseKind.APPLICATION: Application,
    DoseKind.RECURRING: Recurring,
}
# What belongs to a week or to an activity has no field in a dose to read its bounds from.
_AROUND = {
    DoseParameter.DAYS_PER_WEEK: (1, 7),
    DoseParameter.TIMES_PER_DAY: (1, 3),
    DoseParameter.SETUP_SECONDS: (0, 600),
}


def ids() -> SearchStrategy[str]:
    """Return a strategy for ids in kebab case."""
    part = st.text("abcxyz0", min_size=1, max_size=5)
    return st.lists(part, min_size=1, max_size=2).map("-".join)


def texts() -> SearchStrategy[str]:
    """Return a strategy for short texts, with marks and letters beyond ASCII."""
    return st.sampled_from(_TEXTS)


def _bounds(constraint: object) -> tuple[int, int]:
    inner = constraint.inner if isinstance(constraint, Optional) else constraint
    whole = cast("Whole", inner)
    return whole.minimum, whole.maximum


def _field(constraint: object) -> SearchStrategy[Any]:
    if isinstance(constraint, Flag):
        return st.booleans()
    numbers = st.integers(*_bounds(constraint))
    return st.none() | numbers if isinstance(constraint, Optional) else numbers


def doses(kind: DoseKind | str | None = None) -> SearchStrategy[Dose]:
    """Return a strategy for every dose that can be built.

    Args:
        kind: which member of the union; `None` for any.
    """
    if kind is None:
        return st.one_of([doses(each) for each in DoseKind])
    cls = _CLASSES[DoseKind(kind)]
    fields = {field.name: _field(constraint_of(field)) for field in attrs.fields(cast("Any", cls))}
    return st.builds(cls, **fields)


def _limit(draw: _Draw, parameter: DoseParameter, bounds: tuple[int, int]) -> Limit:
    number = st.integers(*bounds)
    least, most = sorted((draw(number), draw(number)))
    return Limit(
        parameter=parameter,
        minimum=least,
        maximum=most,
        start=draw(st.sampled_from((None, least, most))),
        origin=Origin.SYNTHESIS,
        citations=CITED,
    )


@st.composite
def dose_ranges(
    draw: _Draw,
    kind: DoseKind | str,
    *,
    phases: frozenset[Phase] = frozenset(Phase),
) -> DoseRange:
    """Return a strategy for dose ranges with all the limits that a plan needs.

    Args:
        draw: hypothesis' own; leave it out.
        kind: the kind of dose.
        phases: the phases they are for.
    """
    kind = DoseKind(kind)
    fields = attrs.fields_dict(cast("Any", _CLASSES[kind]))
    bounds = {
        parameter: _bounds(constraint_of(fields[parameter.value])) for parameter in PARAMETERS[kind]
    }
    wanted = [name for name, required in PARAMETERS[kind].items() if required]
    wanted += [DoseParameter.DAYS_PER_WEEK, DoseParameter.TIMES_PER_DAY]
    others = [name for name in (*bounds, DoseParameter.SETUP_SECONDS) if name not in wanted]
    wanted += [name for name in others if draw(st.booleans())]
    bounds |= _AROUND
    limits = tuple(_limit(draw, parameter, bounds[parameter]) for parameter in wanted)
    return DoseRange(phases=phases, kind=kind, limits=limits)


_PHASES = (
    (),
    (frozenset(Phase),),
    (frozenset({Phase.ACUTE}), frozenset({Phase.SUBACUTE, Phase.CHRONIC})),
)


@st.composite
def _all_doses(draw: _Draw, *kinds: DoseKind) -> tuple[DoseRange, ...]:
    # No doses, one range for all phases, or one for each of some phases.
    return tuple(
        draw(dose_ranges(draw(st.sampled_from(kinds)), phases=phases))
        for phases in draw(st.sampled_from(_PHASES))
    )


def _tuples(items: SearchStrategy[Any], least: int = 0) -> SearchStrategy[tuple[Any, ...]]:
    return st.lists(items, min_size=least, max_size=2).map(tuple)


def _id(value: Form) -> str:
    return value.id


@cache
def _activities(equipment: tuple[str, ...], muscles: tuple[str, ...]) -> SearchStrategy[Activity]:
    steps = st.builds(
        Step,
        text=texts(),
        movement=st.sampled_from((None, *Movement)),
        citations=st.just(CITED),
    )
    needs = st.sampled_from(
        [
            EquipmentNeed(any_of=(first, *second), citations=CITED)
            for first in equipment
            for second in ((), *((other,) for other in equipment if other != first))
        ]
    )
    forms = st.lists(
        st.builds(
            Form,
            id=ids(),
            name=texts(),
            equipment=_tuples(needs),
            barrier=st.none() | needs,
            citations=st.just(CITED),
        ),
        min_size=1,
        max_size=2,
        unique_by=_id,
    ).map(tuple)
    shared: dict[str, SearchStrategy[Any]] = {
        "id": ids(),
        "name": texts(),
        "technique": st.sampled_from(Technique),
        "stage": st.sampled_from(Stage),
        "summary": texts(),
        "steps": steps.map(lambda step: (step,)),
        "equipment": _tuples(needs),
        "origin": st.sampled_from(Origin),
        "citations": st.just(CITED),
    }
    repetitions, hold, bout = DoseKind.REPETITIONS, DoseKind.HOLD, DoseKind.CONTINUOUS
    exercise: dict[str, SearchStrategy[Any]] = {
        **shared,
        "position": st.sampled_from(Position),
        "stop_when": texts(),
        "form_limited": st.booleans(),
        "muscles": st.frozensets(st.sampled_from(muscles)),
        "movements": st.frozensets(st.sampled_from(Movement)),
        "provokes": st.frozensets(st.sampled_from(Provocation), max_size=2),
    }
    kinds: list[SearchStrategy[Activity]] = [
        st.builds(
            Exercise, **exercise, per_side=st.just(value=True), doses=_all_doses(repetitions, hold)
        ),
        st.builds(Exercise, **exercise, doses=_all_doses(repetitions, hold, bout)),
        st.builds(
            Modality,
            **shared,
            forms=forms,
            suits_phases=st.frozensets(st.sampled_from(Phase)),
            suits_flare=st.booleans(),
            doses=_all_doses(DoseKind.APPLICATION),
        ),
        st.builds(
            ManualTherapy,
            **shared,
            forms=forms,
            providers=st.frozensets(st.sampled_from(Provider), min_size=1),
            thrust=st.booleans(),
            doses=_all_doses(DoseKind.APPLICATION),
        ),
        st.builds(Habit, **shared, situation=texts(), doses=_all_doses(DoseKind.RECURRING)),
    ]
    return st.one_of(kinds)


@st.composite
def activities(
    draw: _Draw, *, equipment: Sequence[str] = EQUIPMENT, muscles: Sequence[str] = MUSCLES
) -> Activity:
    """Return a strategy for activities of all four types.

    Each offers doses in every phase, in some or in none; what it cites stands in `sample_pack`.

    Args:
        draw: hypothesis' own; leave it out.
        equipment: the ids of equipment to choose from; at least one.
        muscles: the ids of muscles to choose from; at least one.
    """
    activity: Activity = draw(_activities(tuple(equipment), tuple(muscles)))
    return activity
