"""Planning: from a person to the best week that fits and breaks no rule."""

from sciatica_pt.planning._words import dose_words, duration_words
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
from sciatica_pt.planning.weekly import Planner, WeeklyPlanner, plan_week, screening_gate

__all__ = [
    "NoConformingPlan",
    "Objective",
    "ObjectiveTerm",
    "Plan",
    "PlanRefused",
    "Planner",
    "Reason",
    "ReferralRequired",
    "ScreeningIncomplete",
    "TraceEntry",
    "WeeklyPlanner",
    "dose_words",
    "duration_words",
    "plan_week",
    "screening_gate",
]
