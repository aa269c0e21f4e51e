"""Weeks that follow from one another: `progress`, its decisions, and programs of several weeks."""

from sciatica_pt.progression.adherence import Adherence, MissedPolicy, SkipCount, adherence
from sciatica_pt.progression.judging import Assessment, Decide, Judgment
from sciatica_pt.progression.outcomes import OutcomeChange, ScoreChange, outcome_change
from sciatica_pt.progression.readings import Reading
from sciatica_pt.progression.responders import (
    RESPONDERS,
    Responder,
    done_as_told,
    dropping_out,
    flaring,
    peripheralizing,
    slow,
    steady,
)
from sciatica_pt.progression.simulating import (
    SimulatedCourse,
    SimulationOptions,
    review_dates,
    simulate,
)
from sciatica_pt.progression.states import (
    AddedDay,
    Adjustment,
    Evidence,
    GoodCount,
    ProgressDecision,
    ProgressState,
    ProgressStep,
    Setback,
    SetbackKind,
    SetbackStage,
    SpreadCount,
)
from sciatica_pt.progression.stepping import ProgressOptions, progress

__all__ = [
    "RESPONDERS",
    "AddedDay",
    "Adherence",
    "Adjustment",
    "Assessment",
    "Decide",
    "Evidence",
    "GoodCount",
    "Judgment",
    "MissedPolicy",
    "OutcomeChange",
    "ProgressDecision",
    "ProgressOptions",
    "ProgressState",
    "ProgressStep",
    "Reading",
    "Responder",
    "ScoreChange",
    "Setback",
    "SetbackKind",
    "SetbackStage",
    "SimulatedCourse",
    "SimulationOptions",
    "SkipCount",
    "SpreadCount",
    "adherence",
    "done_as_told",
    "dropping_out",
    "flaring",
    "outcome_change",
    "peripheralizing",
    "progress",
    "review_dates",
    "simulate",
    "slow",
    "steady",
]
