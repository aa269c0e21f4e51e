"""Physical therapy for sciatica: typed guidance, executable rules, weekly routines.

The library formats and checks home programs; it does not diagnose, treat or replace a clinician.
Every name here is loaded when it is first used: importing the package reads no data and loads
neither cattrs nor hypothesis.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sciatica_pt.codec import (
        dumps as dumps,
    )
    from sciatica_pt.codec import (
        json_schema as json_schema,
    )
    from sciatica_pt.codec import (
        loads as loads,
    )
    from sciatica_pt.errors import (
        DecodeError as DecodeError,
    )
    from sciatica_pt.errors import (
        EncodeError as EncodeError,
    )
    from sciatica_pt.errors import (
        ExtraMissingError as ExtraMissingError,
    )
    from sciatica_pt.errors import (
        GuidanceError as GuidanceError,
    )
    from sciatica_pt.errors import (
        InvalidValueError as InvalidValueError,
    )
    from sciatica_pt.errors import (
        Problem as Problem,
    )
    from sciatica_pt.errors import (
        SciaticaPTError as SciaticaPTError,
    )
    from sciatica_pt.guidance import (
        Catalog as Catalog,
    )
    from sciatica_pt.guidance import (
        GuidancePack as GuidancePack,
    )
    from sciatica_pt.guidance import (
        article_guidance as article_guidance,
    )
    from sciatica_pt.guidance import (
        bundled_pack as bundled_pack,
    )
    from sciatica_pt.guidance import (
        combine as combine,
    )
    from sciatica_pt.guidance import (
        default_guidance as default_guidance,
    )
    from sciatica_pt.model import (
        Activity as Activity,
    )
    from sciatica_pt.model import (
        ActivityLog as ActivityLog,
    )
    from sciatica_pt.model import (
        Application as Application,
    )
    from sciatica_pt.model import (
        Citation as Citation,
    )
    from sciatica_pt.model import (
        CitationRole as CitationRole,
    )
    from sciatica_pt.model import (
        Clearance as Clearance,
    )
    from sciatica_pt.model import (
        Continuous as Continuous,
    )
    from sciatica_pt.model import (
        Decision as Decision,
    )
    from sciatica_pt.model import (
        DirectionalPreference as DirectionalPreference,
    )
    from sciatica_pt.model import (
        Dispute as Dispute,
    )
    from sciatica_pt.model import (
        Dose as Dose,
    )
    from sciatica_pt.model import (
        DoseKind as DoseKind,
    )
    from sciatica_pt.model import (
        DoseParameter as DoseParameter,
    )
    from sciatica_pt.model import (
        DoseRange as DoseRange,
    )
    from sciatica_pt.model import (
        EquipmentNeed as EquipmentNeed,
    )
    from sciatica_pt.model import (
        Exercise as Exercise,
    )
    from sciatica_pt.model import (
        Fact as Fact,
    )
    from sciatica_pt.model import (
        FactKind as FactKind,
    )
    from sciatica_pt.model import (
        Form as Form,
    )
    from sciatica_pt.model import (
        GoalKind as GoalKind,
    )
    from sciatica_pt.model import (
        GuidanceRef as GuidanceRef,
    )
    from sciatica_pt.model import (
        GuidanceText as GuidanceText,
    )
    from sciatica_pt.model import (
        Habit as Habit,
    )
    from sciatica_pt.model import (
        Hold as Hold,
    )
    from sciatica_pt.model import (
        Irritability as Irritability,
    )
    from sciatica_pt.model import (
        Ladder as Ladder,
    )
    from sciatica_pt.model import (
        LegChange as LegChange,
    )
    from sciatica_pt.model import (
        LegPain as LegPain,
    )
    from sciatica_pt.model import (
        Level as Level,
    )
    from sciatica_pt.model import (
        Limit as Limit,
    )
    from sciatica_pt.model import (
        ManualTherapy as ManualTherapy,
    )
    from sciatica_pt.model import (
        Modality as Modality,
    )
    from sciatica_pt.model import (
        Modification as Modification,
    )
    from sciatica_pt.model import (
        Movement as Movement,
    )
    from sciatica_pt.model import (
        Origin as Origin,
    )
    from sciatica_pt.model import (
        Outcome as Outcome,
    )
    from sciatica_pt.model import (
        OutcomeScore as OutcomeScore,
    )
    from sciatica_pt.model import (
        Override as Override,
    )
    from sciatica_pt.model import (
        OverrideReason as OverrideReason,
    )
    from sciatica_pt.model import (
        OverrideRole as OverrideRole,
    )
    from sciatica_pt.model import (
        Pain as Pain,
    )
    from sciatica_pt.model import (
        Parameter as Parameter,
    )
    from sciatica_pt.model import (
        PersonalGoal as PersonalGoal,
    )
    from sciatica_pt.model import (
        Phase as Phase,
    )
    from sciatica_pt.model import (
        Position as Position,
    )
    from sciatica_pt.model import (
        Prescription as Prescription,
    )
    from sciatica_pt.model import (
        Profile as Profile,
    )
    from sciatica_pt.model import (
        Program as Program,
    )
    from sciatica_pt.model import (
        Provider as Provider,
    )
    from sciatica_pt.model import (
        Provocation as Provocation,
    )
    from sciatica_pt.model import (
        Question as Question,
    )
    from sciatica_pt.model import (
        Recurring as Recurring,
    )
    from sciatica_pt.model import (
        RedFlag as RedFlag,
    )
    from sciatica_pt.model import (
        Repetitions as Repetitions,
    )
    from sciatica_pt.model import (
        Respondent as Respondent,
    )
    from sciatica_pt.model import (
        Restriction as Restriction,
    )
    from sciatica_pt.model import (
        RestrictionLevel as RestrictionLevel,
    )
    from sciatica_pt.model import (
        Routine as Routine,
    )
    from sciatica_pt.model import (
        RuleSpec as RuleSpec,
    )
    from sciatica_pt.model import (
        Scope as Scope,
    )
    from sciatica_pt.model import (
        Screening as Screening,
    )
    from sciatica_pt.model import (
        ScreeningStatus as ScreeningStatus,
    )
    from sciatica_pt.model import (
        Session as Session,
    )
    from sciatica_pt.model import (
        SessionLog as SessionLog,
    )
    from sciatica_pt.model import (
        SetLog as SetLog,
    )
    from sciatica_pt.model import (
        Severity as Severity,
    )
    from sciatica_pt.model import (
        Side as Side,
    )
    from sciatica_pt.model import (
        SkipReason as SkipReason,
    )
    from sciatica_pt.model import (
        Source as Source,
    )
    from sciatica_pt.model import (
        SourceKind as SourceKind,
    )
    from sciatica_pt.model import (
        Stage as Stage,
    )
    from sciatica_pt.model import (
        Statement as Statement,
    )
    from sciatica_pt.model import (
        StatementKind as StatementKind,
    )
    from sciatica_pt.model import (
        StatementUse as StatementUse,
    )
    from sciatica_pt.model import (
        Step as Step,
    )
    from sciatica_pt.model import (
        Technique as Technique,
    )
    from sciatica_pt.model import (
        Term as Term,
    )
    from sciatica_pt.model import (
        TextKind as TextKind,
    )
    from sciatica_pt.model import (
        Tier as Tier,
    )
    from sciatica_pt.model import (
        TimeOfDay as TimeOfDay,
    )
    from sciatica_pt.model import (
        TraceStatus as TraceStatus,
    )
    from sciatica_pt.model import (
        UnknownPolicy as UnknownPolicy,
    )
    from sciatica_pt.model import (
        Weekday as Weekday,
    )
    from sciatica_pt.model import (
        WeeklyGoal as WeeklyGoal,
    )
    from sciatica_pt.model import (
        WeekMinutes as WeekMinutes,
    )
    from sciatica_pt.model import (
        dose_seconds as dose_seconds,
    )
    from sciatica_pt.overrides import (
        Overrides as Overrides,
    )
    from sciatica_pt.overrides import (
        override as override,
    )
    from sciatica_pt.planning import (
        NoConformingPlan as NoConformingPlan,
    )
    from sciatica_pt.planning import (
        Plan as Plan,
    )
    from sciatica_pt.planning import (
        Planner as Planner,
    )
    from sciatica_pt.planning import (
        PlanRefused as PlanRefused,
    )
    from sciatica_pt.planning import (
        Reason as Reason,
    )
    from sciatica_pt.planning import (
        ReferralRequired as ReferralRequired,
    )
    from sciatica_pt.planning import (
        RoutineDiff as RoutineDiff,
    )
    from sciatica_pt.planning import (
        ScreeningIncomplete as ScreeningIncomplete,
    )
    from sciatica_pt.planning import (
        TraceEntry as TraceEntry,
    )
    from sciatica_pt.planning import (
        WeeklyPlanner as WeeklyPlanner,
    )
    from sciatica_pt.planning import (
        WhatIf as WhatIf,
    )
    from sciatica_pt.planning import (
        diff as diff,
    )
    from sciatica_pt.planning import (
        plan_many as plan_many,
    )
    from sciatica_pt.planning import (
        plan_week as plan_week,
    )
    from sciatica_pt.planning import (
        what_if as what_if,
    )
    from sciatica_pt.repairing import (
        RefusedFix as RefusedFix,
    )
    from sciatica_pt.repairing import (
        Repaired as Repaired,
    )
    from sciatica_pt.repairing import (
        RepairStep as RepairStep,
    )
    from sciatica_pt.repairing import (
        repair as repair,
    )
    from sciatica_pt.rules import (
        Finding as Finding,
    )
    from sciatica_pt.rules import (
        Fix as Fix,
    )
    from sciatica_pt.rules import (
        Rule as Rule,
    )
    from sciatica_pt.rules import (
        RuleResult as RuleResult,
    )
    from sciatica_pt.rules import (
        RuleSet as RuleSet,
    )
    from sciatica_pt.rules import (
        Verdict as Verdict,
    )
    from sciatica_pt.rules import (
        rules_of as rules_of,
    )
    from sciatica_pt.screening import (
        IntakeItem as IntakeItem,
    )
    from sciatica_pt.screening import (
        ScreeningResult as ScreeningResult,
    )
    from sciatica_pt.screening import (
        intake as intake,
    )
    from sciatica_pt.screening import (
        screen as screen,
    )
    from sciatica_pt.validation import (
        FindingsError as FindingsError,
    )
    from sciatica_pt.validation import (
        Report as Report,
    )
    from sciatica_pt.validation import (
        iter_findings as iter_findings,
    )
    from sciatica_pt.validation import (
        validate as validate,
    )

# From the lowest layer up, so that looking a name up imports nothing that its home doesn't need.
_LAYERS = (
    "errors",
    "model",
    "codec",
    "guidance",
    "rules",
    "overrides",
    "validation",
    "screening",
    "repairing",
    "planning",
)

__all__ = [
    "Activity",
    "ActivityAmendment",
    "ActivityLog",
    "Application",
    "Catalog",
    "Citation",
    "CitationRole",
    "Clearance",
    "Continuous",
    "Decision",
    "DecodeError",
    "DirectionalPreference",
    "Dispute",
    "Dose",
    "DoseKind",
    "DoseParameter",
    "DoseRange",
    "EncodeError",
    "EquipmentNeed",
    "Exercise",
    "ExtraMissingError",
    "Fact",
    "FactKind",
    "Finding",
    "FindingsError",
    "Fix",
    "Form",
    "GoalKind",
    "GuidanceError",
    "GuidancePack",
    "GuidanceRef",
    "GuidanceText",
    "Habit",
    "Hold",
    "IntakeItem",
    "InvalidValueError",
    "Irritability",
    "Ladder",
    "LegChange",
    "LegPain",
    "Level",
    "Limit",
    "ManualTherapy",
    "Modality",
    "Modification",
    "Movement",
    "NoConformingPlan",
    "Origin",
    "Outcome",
    "OutcomeScore",
    "Override",
    "OverrideReason",
    "OverrideRole",
    "Overrides",
    "Pain",
    "Parameter",
    "PersonalGoal",
    "Phase",
    "Plan",
    "PlanRefused",
    "Planner",
    "Position",
    "Prescription",
    "Problem",
    "Profile",
    "Program",
    "Provider",
    "Provocation",
    "Question",
    "Reason",
    "Recurring",
    "RedFlag",
    "ReferralRequired",
    "RefusedFix",
    "RepairStep",
    "Repaired",
    "Repetitions",
    "Replacement",
    "Report",
    "Respondent",
    "Restriction",
    "RestrictionLevel",
    "Routine",
    "RoutineDiff",
    "Rule",
    "RuleAmendment",
    "RuleResult",
    "RuleSet",
    "RuleSpec",
    "SciaticaPTError",
    "Scope",
    "Screening",
    "ScreeningIncomplete",
    "ScreeningResult",
    "ScreeningStatus",
    "Session",
    "SessionLog",
    "SetLog",
    "Severity",
    "Side",
    "SkipReason",
    "Source",
    "SourceKind",
    "Stage",
    "Statement",
    "StatementKind",
    "StatementUse",
    "Step",
    "Technique",
    "Term",
    "TextKind",
    "Tier",
    "TimeOfDay",
    "TraceEntry",
    "TraceStatus",
    "UnknownPolicy",
    "Verdict",
    "WeekMinutes",
    "Weekday",
    "WeeklyGoal",
    "WeeklyPlanner",
    "WhatIf",
    "article_guidance",
    "bundled_pack",
    "combine",
    "default_guidance",
    "diff",
    "dose_seconds",
    "dumps",
    "intake",
    "iter_findings",
    "json_schema",
    "loads",
    "override",
    "plan_many",
    "plan_week",
    "repair",
    "rules_of",
    "screen",
    "validate",
    "what_if",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name in __all__:
        for layer in _LAYERS:
            value = getattr(import_module(f"{__name__}.{layer}"), name, None)
            if value is not None:
                globals()[name] = value
                return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
