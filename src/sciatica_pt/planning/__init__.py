"""Planning: from a person to the best week that fits and breaks no rule."""

from sciatica_pt.planning._words import dose_words, duration_words
from sciatica_pt.planning.compare import (
    ActivityChange,
    RoutineDiff,
    Scheduled,
    WhatIf,
    diff,
    what_if,
)
from sciatica_pt.planning.many import PlanOutcome, plan_many
from sciatica_pt.planning.objective import Objective, ObjectiveTerm
from sciatica_pt.planning.plan import (
    NoConformingPlan,
    Plan,
    PlanRefused,
    Reason,
    ReferralRequired,
    ScreeningIncomplete,
    TraceEntry,
)
from sciatica_pt.planning.weekly import Planner, WeeklyPlanner, plan_week

__all__ = [
    "ActivityChange",
    "NoConformingPlan",
    "Objective",
    "ObjectiveTerm",
    "Plan",
    "PlanOutcome",
    "PlanRefused",
    "Planner",
    "Reason",
    "ReferralRequired",
    "RoutineDiff",
    "Scheduled",
    "ScreeningIncomplete",
    "TraceEntry",
    "WeeklyPlanner",
    "WhatIf",
    "diff",
    "dose_words",
    "duration_words",
    "plan_many",
    "plan_week",
    "what_if",
]
