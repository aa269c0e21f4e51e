"""What a routine schedules: exercises, modalities, manual therapies and habits.

The four mean different things and so are four types.
The attributes that they share have the same names: `id`, `name`, `technique`, `stage`, `summary`,
`steps`, `equipment`, `doses`, `origin` and `citations`.
"""

from __future__ import annotations

import attrs

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model.constraints import (
    EMPTY,
    ID,
    Each,
    Flag,
    Instance,
    Member,
    Optional,
    Text,
    as_set,
    as_tuple,
    checked,
)
from sciatica_pt.model.doses import DoseRange
from sciatica_pt.model.evidence import CITATIONS, Citation
from sciatica_pt.model.vocabulary import (
    DoseKind,
    Movement,
    Origin,
    Phase,
    Position,
    Provider,
    Provocation,
    Stage,
    Technique,
    as_movement,
    as_movements,
    as_origin,
    as_phases,
    as_position,
    as_providers,
    as_provocations,
    as_stage,
    as_technique,
)

__all__ = [
    "Activity",
    "EquipmentNeed",
    "Exercise",
    "Form",
    "Habit",
    "Ladder",
    "ManualTherapy",
    "Modality",
    "Step",
    "dose_range_for",
]


@attrs.frozen(kw_only=True, field_transformer=checked)
class EquipmentNeed:
    """Equipment that does a job, with its alternatives: a towel *or* a band.

    Attributes:
        any_of: ids of equipment, the preferred one first; any one will do.
        citations: the statements that name them.
    """

    any_of: tuple[str, ...] = attrs.field(converter=as_tuple, validator=Each(ID, 1, 20, unique=""))
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Step:
    """One instruction, spoken to the person.

    Attributes:
        text: the instruction.
        movement: the direction the spine moves in; `None` when it doesn't matter.
        citations: the statements it rests on.
    """

    text: str = attrs.field(validator=Text("an instruction"))
    movement: Movement | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(as_movement),
        validator=Optional(Member(Movement)),
    )
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Form:
    """A way to give a modality or a manual therapy, such as a heating pad or Swedish massage.

    Attributes:
        id: stable id, unique within its activity.
        name: plain name.
        equipment: what it needs, each with alternatives.
        barrier: equipment that must lie between it and the skin; `None` when there is no surface
            to shield.
        citations: the statements it rests on.
    """

    id: str = attrs.field(validator=ID)
    name: str = attrs.field(validator=Text("a name"))
    equipment: tuple[EquipmentNeed, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(EquipmentNeed), maximum=20)
    )
    barrier: EquipmentNeed | None = attrs.field(
        default=None, validator=Optional(Instance(EquipmentNeed))
    )
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)


_NAME = Text("a name", maximum=120)
_STEPS = Each(Instance(Step), minimum=1, maximum=30)
_EQUIPMENT = Each(Instance(EquipmentNeed), maximum=20)
_DOSES = Each(Instance(DoseRange), maximum=10)
_FORMS = Each(Instance(Form), minimum=1, maximum=20, unique="id")


@attrs.frozen(kw_only=True, field_transformer=checked)
class Exercise:
    """Something the person does.

    Attributes:
        id: stable id.
        name: plain name.
        technique: which of the six techniques it belongs to.
        stage: its part of a session.
        summary: what it is for, in a sentence.
        position: the position it starts from.
        steps: how to do it, in order.
        feel: where it should be felt; `None` when guidance says nothing.
        stop_when: what ends it early; `None` when guidance says nothing.
        per_side: whether each side is worked in turn.
        form_limited: whether it lasts only while good form lasts, whatever the dose says.
        muscles: ids of the muscles or regions that it works.
        movements: the directions it takes the spine in, under load or to the end of range.
        provokes: the everyday postures that it resembles for an irritable nerve.
        equipment: what it needs, each with alternatives.
        doses: the doses guidance allows, by phase.
        origin: where the exercise comes from.
        citations: the statements it rests on.
    """

    id: str = attrs.field(validator=ID)
    name: str = attrs.field(validator=_NAME)
    technique: Technique = attrs.field(converter=as_technique, validator=Member(Technique))
    stage: Stage = attrs.field(converter=as_stage, validator=Member(Stage))
    summary: str = attrs.field(validator=Text("a summary"))
    position: Position = attrs.field(converter=as_position, validator=Member(Position))
    steps: tuple[Step, ...] = attrs.field(converter=as_tuple, validator=_STEPS)
    feel: str | None = attrs.field(default=None, validator=Optional(Text("a sensation")))
    stop_when: str | None = attrs.field(default=None, validator=Optional(Text("a stop rule")))
    per_side: bool = attrs.field(default=False, validator=Flag())
    form_limited: bool = attrs.field(default=False, validator=Flag())
    muscles: frozenset[str] = attrs.field(
        default=EMPTY, converter=as_set, validator=Each(ID, maximum=40)
    )
    movements: frozenset[Movement] = attrs.field(
        default=EMPTY, converter=as_movements, validator=Each(Member(Movement))
    )
    provokes: frozenset[Provocation] = attrs.field(
        default=EMPTY, converter=as_provocations, validator=Each(Member(Provocation))
    )
    equipment: tuple[EquipmentNeed, ...] = attrs.field(
        default=(), converter=as_tuple, validator=_EQUIPMENT
    )
    doses: tuple[DoseRange, ...] = attrs.field(default=(), converter=as_tuple, validator=_DOSES)
    origin: Origin = attrs.field(converter=as_origin, validator=Member(Origin))
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)

    def __attrs_post_init__(self) -> None:
        _check_doses(
            self,
            (DoseKind.REPETITIONS, DoseKind.HOLD)
            if self.per_side
            else (DoseKind.REPETITIONS, DoseKind.HOLD, DoseKind.CONTINUOUS),
        )
        if self.form_limited and self.stop_when is None:
            raise InvalidValueError(
                where=f"Exercise.stop_when of {self.id}",
                expected="the sign that form is lost",
                found="nothing",
                hint="a form-limited exercise must tell the person when to stop",
            )


@attrs.frozen(kw_only=True, field_transformer=checked)
class Modality:
    """Heat or cold that the person applies.

    Attributes:
        id: stable id.
        name: plain name.
        technique: which of the six techniques it belongs to.
        stage: its part of a session.
        summary: what it is for, in a sentence.
        steps: how to apply it, in order.
        stop_when: what ends it early; `None` when guidance says nothing.
        forms: the ways to apply it, the preferred one first.
        suits_phases: the phases guidance ties it to; empty when to none.
        suits_flare: whether guidance ties it to a flare-up, whatever the phase.
        equipment: what it needs besides its form's equipment.
        doses: the doses guidance allows, by phase.
        origin: where it comes from.
        citations: the statements it rests on.
    """

    id: str = attrs.field(validator=ID)
    name: str = attrs.field(validator=_NAME)
    technique: Technique = attrs.field(converter=as_technique, validator=Member(Technique))
    stage: Stage = attrs.field(converter=as_stage, validator=Member(Stage))
    summary: str = attrs.field(validator=Text("a summary"))
    steps: tuple[Step, ...] = attrs.field(converter=as_tuple, validator=_STEPS)
    stop_when: str | None = attrs.field(default=None, validator=Optional(Text("a stop rule")))
    forms: tuple[Form, ...] = attrs.field(converter=as_tuple, validator=_FORMS)
    suits_phases: frozenset[Phase] = attrs.field(
        default=EMPTY, converter=as_phases, validator=Each(Member(Phase))
    )
    suits_flare: bool = attrs.field(default=False, validator=Flag())
    equipment: tuple[EquipmentNeed, ...] = attrs.field(
        default=(), converter=as_tuple, validator=_EQUIPMENT
    )
    doses: tuple[DoseRange, ...] = attrs.field(default=(), converter=as_tuple, validator=_DOSES)
    origin: Origin = attrs.field(converter=as_origin, validator=Member(Origin))
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)

    def __attrs_post_init__(self) -> None:
        _check_doses(self, (DoseKind.APPLICATION,))


@attrs.frozen(kw_only=True, field_transformer=checked)
class ManualTherapy:
    """Hands-on treatment, given by a trained provider and never by the person.

    Attributes:
        id: stable id.
        name: plain name.
        technique: which of the six techniques it belongs to.
        stage: its part of a session.
        summary: what it is for, in a sentence.
        steps: what to expect and to say, in order.
        forms: the styles it comes in, the preferred one first.
        providers: the kinds of provider guidance names for it.
        thrust: whether it uses a quick thrust.
        equipment: what the person must bring, each with alternatives.
        doses: the doses guidance allows, by phase.
        origin: where it comes from.
        citations: the statements it rests on.
    """

    id: str = attrs.field(validator=ID)
    name: str = attrs.field(validator=_NAME)
    technique: Technique = attrs.field(converter=as_technique, validator=Member(Technique))
    stage: Stage = attrs.field(converter=as_stage, validator=Member(Stage))
    summary: str = attrs.field(validator=Text("a summary"))
    steps: tuple[Step, ...] = attrs.field(converter=as_tuple, validator=_STEPS)
    forms: tuple[Form, ...] = attrs.field(converter=as_tuple, validator=_FORMS)
    providers: frozenset[Provider] = attrs.field(
        converter=as_providers, validator=Each(Member(Provider), minimum=1)
    )
    thrust: bool = attrs.field(default=False, validator=Flag())
    equipment: tuple[EquipmentNeed, ...] = attrs.field(
        default=(), converter=as_tuple, validator=_EQUIPMENT
    )
    doses: tuple[DoseRange, ...] = attrs.field(default=(), converter=as_tuple, validator=_DOSES)
    origin: Origin = attrs.field(converter=as_origin, validator=Member(Origin))
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)

    def __attrs_post_init__(self) -> None:
        _check_doses(self, (DoseKind.APPLICATION,))


@attrs.frozen(kw_only=True, field_transformer=checked)
class Habit:
    """A way of sitting, standing, lifting or moving, kept up through the day.

    Attributes:
        id: stable id.
        name: plain name.
        technique: which of the six techniques it belongs to.
        stage: its part of a session.
        summary: what it is for, in a sentence.
        situation: when it applies, in a few words.
        steps: how to do it, in order.
        equipment: what it needs, each with alternatives.
        doses: how often guidance wants it, by phase.
        origin: where it comes from.
        citations: the statements it rests on.
    """

    id: str = attrs.field(validator=ID)
    name: str = attrs.field(validator=_NAME)
    technique: Technique = attrs.field(converter=as_technique, validator=Member(Technique))
    stage: Stage = attrs.field(converter=as_stage, validator=Member(Stage))
    summary: str = attrs.field(validator=Text("a summary"))
    situation: str = attrs.field(validator=Text("a situation"))
    steps: tuple[Step, ...] = attrs.field(converter=as_tuple, validator=_STEPS)
    equipment: tuple[EquipmentNeed, ...] = attrs.field(
        default=(), converter=as_tuple, validator=_EQUIPMENT
    )
    doses: tuple[DoseRange, ...] = attrs.field(default=(), converter=as_tuple, validator=_DOSES)
    origin: Origin = attrs.field(converter=as_origin, validator=Member(Origin))
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)

    def __attrs_post_init__(self) -> None:
        _check_doses(self, (DoseKind.RECURRING,))


Activity = Exercise | Modality | ManualTherapy | Habit


def _check_doses(activity: Activity, kinds: tuple[DoseKind, ...]) -> None:
    where = f"{type(activity).__name__}.doses of {activity.id}"
    seen: set[Phase] = set()
    for dose_range in activity.doses:
        if dose_range.kind not in kinds:
            raise InvalidValueError(
                where=where, expected=f"doses of kind {', '.join(kinds)}", found=dose_range.kind
            )
        if seen & dose_range.phases:
            raise InvalidValueError(
                where=where,
                expected="one dose range for a phase",
                found=f"two for {', '.join(sorted(seen & dose_range.phases))}",
            )
        seen |= dose_range.phases


def dose_range_for(activity: Activity, phase: Phase) -> DoseRange | None:
    """Return the doses guidance allows for an activity in a phase, or `None` when none."""
    return next((item for item in activity.doses if phase in item.phases), None)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Ladder:
    """Variants of one movement, the easiest first; both directions are read from the one order.

    Attributes:
        id: stable id.
        name: plain name.
        rungs: ids of the activities, easiest first.
        citations: the statements the order rests on.
    """

    id: str = attrs.field(validator=ID)
    name: str = attrs.field(validator=_NAME)
    rungs: tuple[str, ...] = attrs.field(converter=as_tuple, validator=Each(ID, 2, 20, unique=""))
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)

    def easier(self, activity: str) -> str | None:
        """Return the next easier rung's id, or `None` at the bottom or off the ladder."""
        return self._beside(activity, -1)

    def harder(self, activity: str) -> str | None:
        """Return the next harder rung's id, or `None` at the top or off the ladder."""
        return self._beside(activity, +1)

    def _beside(self, activity: str, step: int) -> str | None:
        if activity not in self.rungs:
            return None
        place = self.rungs.index(activity) + step
        return self.rungs[place] if 0 <= place < len(self.rungs) else None
