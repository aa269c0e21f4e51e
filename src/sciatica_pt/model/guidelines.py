"""What guidance says beyond activities: rules, weekly goals, texts, and the words it uses."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model.constraints import (
    CODE,
    EMPTY,
    ID,
    KEY,
    Each,
    Instance,
    Member,
    Optional,
    Text,
    Whole,
    as_set,
    as_tuple,
    checked,
)
from sciatica_pt.model.evidence import CITATIONS, Citation
from sciatica_pt.model.vocabulary import (
    DoseParameter,
    GoalKind,
    Origin,
    Phase,
    Scope,
    Severity,
    Stage,
    Technique,
    TextKind,
    Weekday,
    as_dose_parameters,
    as_goal_kind,
    as_origin,
    as_phases,
    as_scope,
    as_severity,
    as_stages,
    as_technique,
    as_techniques,
    as_text_kind,
)

__all__ = ["PLANNING", "GuidanceText", "Parameter", "RuleSpec", "Term", "WeeklyGoal"]

#: The numbers that guidance may give a planner beside goals and rules, and what they may be.
PLANNING: Mapping[str, Whole] = MappingProxyType(
    {
        "liked-percent": Whole("percent", 0, 100),
        "slot-minutes": Whole("minutes", 1, 120),
        "most-activities": Whole("activities of one technique", 1, 50),
        "shortening-seconds": Whole("seconds", 30, 3600),
    }
)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Term:
    """A word of an open vocabulary: a piece of equipment, or a muscle or region.

    Attributes:
        id: stable id.
        name: plain name.
    """

    id: str = attrs.field(validator=ID)
    name: str = attrs.field(validator=Text("a name", maximum=120))


@attrs.frozen(kw_only=True, field_transformer=checked)
class Parameter:
    """A number of a rule, or of a planner.

    Attributes:
        name: which number, in the words of the rule's check or of the planner.
        value: the number, in `unit`.
        unit: the unit.
        origin: where it comes from.
        citations: the statements it rests on.
    """

    name: str = attrs.field(validator=ID)
    value: int = attrs.field(validator=Whole("the parameter's unit"))
    unit: str = attrs.field(validator=Text("a unit", maximum=60))
    origin: Origin = attrs.field(converter=as_origin, validator=Member(Origin))
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)


@attrs.frozen(kw_only=True, field_transformer=checked)
class RuleSpec:
    """A rule as data: which check, over what, with which numbers, and why.

    Attributes:
        code: stable code, never used again for another rule.
        name: stable name in kebab case.
        check: the kind of check that carries it out.
        scope: what it looks at.
        severity: how much a failure weighs.
        summary: what it demands, in a sentence.
        why: why, in a sentence or two.
        fix: what to do about a failure, in a sentence.
        techniques: the techniques it is about; empty for every one.
        phases: the phases it holds in; empty for every one.
        stages: the parts of a session it is about, in order where order matters.
        dose_parameters: the numbers of a dose it is about.
        parameters: its own numbers.
        citations: the statements it rests on.
        since: the library version that brought it.
        reviewed: fingerprint of the cited statements as they read when the rule was last
            reviewed against them.
    """

    code: str = attrs.field(validator=CODE)
    name: str = attrs.field(validator=ID)
    check: str = attrs.field(validator=ID)
    scope: Scope = attrs.field(converter=as_scope, validator=Member(Scope))
    severity: Severity = attrs.field(converter=as_severity, validator=Member(Severity))
    summary: str = attrs.field(validator=Text("a summary"))
    why: str = attrs.field(validator=Text("a reason"))
    fix: str = attrs.field(validator=Text("advice"))
    techniques: frozenset[Technique] = attrs.field(
        default=EMPTY, converter=as_techniques, validator=Each(Member(Technique))
    )
    phases: frozenset[Phase] = attrs.field(
        default=EMPTY, converter=as_phases, validator=Each(Member(Phase))
    )
    stages: tuple[Stage, ...] = attrs.field(
        default=(), converter=as_stages, validator=Each(Member(Stage), unique="")
    )
    dose_parameters: frozenset[DoseParameter] = attrs.field(
        default=EMPTY, converter=as_dose_parameters, validator=Each(Member(DoseParameter))
    )
    parameters: tuple[Parameter, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Parameter), unique="name")
    )
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)
    since: str = attrs.field(validator=KEY)
    reviewed: str = attrs.field(validator=Text("a fingerprint", r"[0-9a-f]{16}", 16))

    def number(self, name: str) -> int:
        """Return the value of a parameter, in its unit.

        Raises:
            InvalidValueError: the rule has no such parameter.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter.value
        raise InvalidValueError(
            where=f"RuleSpec.parameters of {self.code}",
            expected=f"a parameter named {name}",
            found=", ".join(parameter.name for parameter in self.parameters) or "none",
            hint=f"the check {self.check} needs it",
        )


@attrs.frozen(kw_only=True, field_transformer=checked)
class WeeklyGoal:
    """What a good week reaches, for a planner to aim at.

    Attributes:
        id: stable id.
        kind: what is counted; it also says the unit of `target`: days, activities, minutes or
            exposures a week.
        technique: the technique it is about; `None` only for a goal about a muscle.
        muscle: id of the muscle; exactly when the kind counts exposures of a muscle.
        phases: the phases it is for.
        target: how much is wanted a week.
        weight: what one missing unit costs, against the other goals; 0 for a goal that no longer
            counts, so that a pack can lift one that stands below it.
        text: the goal in a sentence.
        origin: where it comes from.
        citations: the statements it rests on.
    """

    id: str = attrs.field(validator=ID)
    kind: GoalKind = attrs.field(converter=as_goal_kind, validator=Member(GoalKind))
    technique: Technique | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(as_technique),
        validator=Optional(Member(Technique)),
    )
    muscle: str | None = attrs.field(default=None, validator=Optional(ID))
    phases: frozenset[Phase] = attrs.field(
        converter=as_phases, validator=Each(Member(Phase), minimum=1)
    )
    target: int = attrs.field(validator=Whole("its kind's unit", 1, 10_000))
    weight: int = attrs.field(validator=Whole("points for a missing unit", 0, 10_000))
    text: str = attrs.field(validator=Text("a goal"))
    origin: Origin = attrs.field(converter=as_origin, validator=Member(Origin))
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)

    def __attrs_post_init__(self) -> None:
        about_muscle = self.kind is GoalKind.MUSCLE_EXPOSURES
        if about_muscle is (self.muscle is None):
            raise InvalidValueError(
                where=f"WeeklyGoal.muscle of {self.id}",
                expected="a muscle exactly when exposures of a muscle are counted",
                found="none" if self.muscle is None else self.muscle,
            )
        if not about_muscle and self.technique is None:
            raise InvalidValueError(
                where=f"WeeklyGoal.technique of {self.id}", expected="a technique", found="none"
            )
        if self.kind is GoalKind.TECHNIQUE_DAYS and self.target > len(Weekday):
            raise InvalidValueError(
                where=f"WeeklyGoal.target of {self.id}",
                expected=f"1 to {len(Weekday)} days a week",
                found=f"{self.target}",
            )


@attrs.frozen(kw_only=True, field_transformer=checked)
class GuidanceText:
    """A text shown to a person.

    Attributes:
        id: stable id.
        kind: what it is for.
        text: the text.
        about: ids of the activities it is shown with; empty for the routine as a whole.
        origin: where it comes from.
        citations: the statements it rests on.
    """

    id: str = attrs.field(validator=ID)
    kind: TextKind = attrs.field(converter=as_text_kind, validator=Member(TextKind))
    text: str = attrs.field(validator=Text("a text"))
    about: frozenset[str] = attrs.field(
        default=EMPTY, converter=as_set, validator=Each(ID, maximum=1000)
    )
    origin: Origin = attrs.field(converter=as_origin, validator=Member(Origin))
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)
