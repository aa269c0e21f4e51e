"""Planning: from a person to the best week that fits and breaks no rule."""

from sciatica_pt.planning._words import days_words, dose_words, duration_words
from sciatica_pt.planning.alternatives import Alternative, GoalChange, alternatives
from sciatica_pt.planning.compare import (
    ActivityChange,
    RoutineDiff,
    Scheduled,
    WhatIf,
    diff,
    what_if,
)
from sciatica_pt.planning.conflicts import Conflict
from sciatica_pt.planning.custom import MonotoneRule, SumRule
from sciatica_pt.planning.edits import ChangeDose, Edit, Forbid, Move, Pin
from sciatica_pt.planning.many import PlanOutcome, plan_many
from sciatica_pt.planning.objective import Objective, ObjectiveTerm
from sciatica_pt.planning.plan import (
    GoalServed,
    NoConformingPlan,
    Plan,
    PlanRefused,
    Reason,
    ReferralRequired,
    ScreeningIncomplete,
    TraceEntry,
    TradeOff,
)
from sciatica_pt.planning.replanning import EditCost, Replanned, ReplanOptions, replan
from sciatica_pt.planning.unlocking import Unlock, what_unlocks
from sciatica_pt.planning.weekly import Planner, WeeklyPlanner, plan_week

__all__ = [
    "ActivityChange",
    "Alternative",
    "ChangeDose",
    "Conflict",
    "Edit",
    "EditCost",
    "Forbid",
    "GoalChange",
    "GoalServed",
    "MonotoneRule",
    "Move",
    "NoConformingPlan",
    "Objective",
    "ObjectiveTerm",
    "Pin",
    "Plan",
    "PlanOutcome",
    "PlanRefused",
    "Planner",
    "Reason",
    "ReferralRequired",
    "ReplanOptions",
    "Replanned",
    "RoutineDiff",
    "Scheduled",
    "ScreeningIncomplete",
    "SumRule",
    "TraceEntry",
    "TradeOff",
    "Unlock",
    "WeeklyPlanner",
    "WhatIf",
    "alternatives",
    "days_words",
    "diff",
    "dose_words",
    "duration_words",
    "plan_many",
    "plan_week",
    "replan",
    "what_if",
    "what_unlocks",
]
