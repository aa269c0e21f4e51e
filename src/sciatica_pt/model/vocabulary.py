"""The closed vocabularies: words that mean the same in every pack, document and message.

Conditions, muscles, equipment, sources and activities are open instead: packs name them by id.
Each vocabulary has a converter (`as_phase` for `Phase`), so a constructor takes the plain word.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, cast

from sciatica_pt.model._words import (
    CitationRole,
    DirectionalPreference,
    DoseKind,
    DoseParameter,
    FactKind,
    GoalKind,
    Irritability,
    LegChange,
    LegPain,
    Movement,
    Origin,
    Outcome,
    OverrideReason,
    OverrideRole,
    Phase,
    Position,
    Provider,
    Provocation,
    Respondent,
    RestrictionLevel,
    Scope,
    ScreeningStatus,
    Severity,
    Side,
    SkipReason,
    SourceKind,
    Stage,
    StatementKind,
    StatementUse,
    Technique,
    TextKind,
    Tier,
    TimeOfDay,
    TraceStatus,
    UnknownPolicy,
    Weekday,
)
from sciatica_pt.model.constraints import as_set, as_tuple, member

__all__ = [
    "CitationRole",
    "DirectionalPreference",
    "DoseKind",
    "DoseParameter",
    "FactKind",
    "GoalKind",
    "Irritability",
    "LegChange",
    "LegPain",
    "Movement",
    "Origin",
    "Outcome",
    "OverrideReason",
    "OverrideRole",
    "Phase",
    "Position",
    "Provider",
    "Provocation",
    "Respondent",
    "RestrictionLevel",
    "Scope",
    "ScreeningStatus",
    "Severity",
    "Side",
    "SkipReason",
    "SourceKind",
    "Stage",
    "StatementKind",
    "StatementUse",
    "Technique",
    "TextKind",
    "Tier",
    "TimeOfDay",
    "TraceStatus",
    "UnknownPolicy",
    "Weekday",
]


def as_technique(value: Technique | str) -> Technique:
    """Convert a word."""
    return member(Technique, value)


def as_phase(value: Phase | str) -> Phase:
    """Convert a word."""
    return member(Phase, value)


def as_side(value: Side | str) -> Side:
    """Convert a word."""
    return member(Side, value)


def as_weekday(value: Weekday | str) -> Weekday:
    """Convert a word."""
    return member(Weekday, value)


def as_time_of_day(value: TimeOfDay | str) -> TimeOfDay:
    """Convert a word."""
    return member(TimeOfDay, value)


def as_stage(value: Stage | str) -> Stage:
    """Convert a word."""
    return member(Stage, value)


def as_position(value: Position | str) -> Position:
    """Convert a word."""
    return member(Position, value)


def as_directional_preference(value: DirectionalPreference | str) -> DirectionalPreference:
    """Convert a word."""
    return member(DirectionalPreference, value)


def as_irritability(value: Irritability | str) -> Irritability:
    """Convert a word."""
    return member(Irritability, value)


def as_leg_pain(value: LegPain | str) -> LegPain:
    """Convert a word."""
    return member(LegPain, value)


def as_provider(value: Provider | str) -> Provider:
    """Convert a word."""
    return member(Provider, value)


def as_dose_kind(value: DoseKind | str) -> DoseKind:
    """Convert a word."""
    return member(DoseKind, value)


def as_dose_parameter(value: DoseParameter | str) -> DoseParameter:
    """Convert a word."""
    return member(DoseParameter, value)


def as_origin(value: Origin | str) -> Origin:
    """Convert a word."""
    return member(Origin, value)


def as_source_kind(value: SourceKind | str) -> SourceKind:
    """Convert a word."""
    return member(SourceKind, value)


def as_statement_kind(value: StatementKind | str) -> StatementKind:
    """Convert a word."""
    return member(StatementKind, value)


def as_statement_use(value: StatementUse | str) -> StatementUse:
    """Convert a word."""
    return member(StatementUse, value)


def as_citation_role(value: CitationRole | str) -> CitationRole:
    """Convert a word."""
    return member(CitationRole, value)


def as_text_kind(value: TextKind | str) -> TextKind:
    """Convert a word."""
    return member(TextKind, value)


def as_tier(value: Tier | str) -> Tier:
    """Convert a word."""
    return member(Tier, value)


def as_restriction_level(value: RestrictionLevel | str) -> RestrictionLevel:
    """Convert a word."""
    return member(RestrictionLevel, value)


def as_unknown_policy(value: UnknownPolicy | str) -> UnknownPolicy:
    """Convert a word."""
    return member(UnknownPolicy, value)


def as_respondent(value: Respondent | str) -> Respondent:
    """Convert a word."""
    return member(Respondent, value)


def as_override_reason(value: OverrideReason | str) -> OverrideReason:
    """Convert a word to an override reason."""
    return member(OverrideReason, value)


def as_override_role(value: OverrideRole | str) -> OverrideRole:
    """Convert a word."""
    return member(OverrideRole, value)


def as_scope(value: Scope | str) -> Scope:
    """Convert a word."""
    return member(Scope, value)


def as_severity(value: Severity | str) -> Severity:
    """Convert a word."""
    return member(Severity, value)


def as_outcome(value: Outcome | str) -> Outcome:
    """Convert a word."""
    return member(Outcome, value)


def as_skip_reason(value: SkipReason | str) -> SkipReason:
    """Convert a word."""
    return member(SkipReason, value)


def _members(vocabulary: type[StrEnum], value: Any) -> Any:
    if type(value) is not frozenset:
        return value
    return frozenset(member(vocabulary, item) for item in cast("frozenset[object]", value))


def as_phases(value: Iterable[Phase | str]) -> frozenset[Phase]:
    """Convert a collection of words."""
    return cast("frozenset[Phase]", _members(Phase, as_set(value)))


def as_providers(value: Iterable[Provider | str]) -> frozenset[Provider]:
    """Convert a collection of words."""
    return cast("frozenset[Provider]", _members(Provider, as_set(value)))


def as_movements(value: Iterable[Movement | str]) -> frozenset[Movement]:
    """Convert a collection of words."""
    return cast("frozenset[Movement]", _members(Movement, as_set(value)))


def as_provocations(value: Iterable[Provocation | str]) -> frozenset[Provocation]:
    """Convert a collection of words."""
    return cast("frozenset[Provocation]", _members(Provocation, as_set(value)))


def as_techniques(value: Iterable[Technique | str]) -> frozenset[Technique]:
    """Convert a collection of words."""
    return cast("frozenset[Technique]", _members(Technique, as_set(value)))


def as_stages(value: Iterable[Stage | str]) -> tuple[Stage, ...]:
    """Convert an ordered collection of words."""
    items: Any = as_tuple(value)
    if type(items) is tuple:
        items = tuple(member(Stage, item) for item in cast("tuple[object, ...]", items))
    return cast("tuple[Stage, ...]", items)


def as_movement(value: Movement | str) -> Movement:
    """Convert a word."""
    return member(Movement, value)


def as_fact_kind(value: FactKind | str) -> FactKind:
    """Convert a word."""
    return member(FactKind, value)


def as_leg_change(value: LegChange | str) -> LegChange:
    """Convert a word."""
    return member(LegChange, value)


def as_dose_parameters(value: Iterable[DoseParameter | str]) -> frozenset[DoseParameter]:
    """Convert a collection of words."""
    return cast("frozenset[DoseParameter]", _members(DoseParameter, as_set(value)))


def as_goal_kind(value: GoalKind | str) -> GoalKind:
    """Convert a word."""
    return member(GoalKind, value)


def as_trace_status(value: TraceStatus | str) -> TraceStatus:
    """Convert a word."""
    return member(TraceStatus, value)


def as_screening_status(value: ScreeningStatus | str) -> ScreeningStatus:
    """Convert a word."""
    return member(ScreeningStatus, value)
