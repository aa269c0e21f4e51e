"""How the library is used, for type checkers only: this file is checked and never run.

`nox -s types` checks it with mypy and pyright, so a change of a public type shows here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, assert_type

import sciatica_pt as spt

# --- Values: plain words, sets and dicts go in, the library's own types come out.

screening = spt.Screening.clear(by="clinician")
assert_type(screening, spt.Screening)
assert_type(screening.answer("saddle-numbness"), bool | None)

profile = spt.Profile(
    phase="subacute",
    affected_side="left",
    conditions={"lumbar-disc-herniation"},
    provoked_by=["sitting"],
    equipment=("towel", "chair"),
    minutes={"mon": 30, spt.Weekday.SAT: 45},
    providers={spt.Provider.CHIROPRACTOR, "massage-therapist"},
    pain=spt.Pain(back=3, leg=None),
    levels=[spt.Level(activity="walking", dose=spt.Continuous(duration_seconds=600))],
    screening=screening,
)
assert_type(profile.phase, spt.Phase)
assert_type(profile.affected_side, spt.Side | None)
assert_type(profile.conditions, frozenset[str])
assert_type(profile.provoked_by, frozenset[spt.Provocation])
assert_type(profile.minutes, spt.WeekMinutes)
assert_type(profile.minutes.total, int)
assert_type(profile.levels, tuple[spt.Level, ...])
assert_type(profile.knows(spt.Fact(kind="flare", value="yes")), bool | None)
assert_type(profile.level("walking"), spt.Dose | None)

hold = spt.Hold(sets=2, hold_seconds=30, rest_seconds=10, per_side=True)
assert_type(hold.effort, int | None)
assert_type(spt.dose_seconds(hold), int)

# --- Guidance

guidance = spt.default_guidance()
assert_type(guidance, spt.Catalog)
assert_type(guidance.activities, Mapping[str, spt.Activity])
assert_type(guidance.range("bridge", spt.Phase.CHRONIC), spt.DoseRange | None)
assert_type(spt.article_guidance(), spt.Catalog)
assert_type(spt.bundled_pack("article"), spt.GuidancePack)
assert_type(spt.combine(*guidance.packs), spt.Catalog)


def name_of(activity: spt.Activity) -> str:
    """The attributes that the four types share need no question which of them it is."""
    assert_type(activity.technique, spt.Technique)
    assert_type(activity.steps, tuple[spt.Step, ...])
    assert_type(activity.citations, tuple[spt.Citation, ...])
    match activity:
        case spt.Exercise():
            assert_type(activity.position, spt.Position)
        case spt.Modality():
            assert_type(activity.forms, tuple[spt.Form, ...])
        case spt.ManualTherapy():
            assert_type(activity.providers, frozenset[spt.Provider])
        case spt.Habit():
            assert_type(activity.situation, str)
    return activity.name


def kind_of(dose: spt.Dose) -> str:
    """A match over all kinds of dose is complete, without a default."""
    match dose:
        case spt.Repetitions():
            return f"{dose.reps} repetitions"
        case spt.Hold():
            return f"{dose.hold_seconds} s"
        case spt.Continuous() | spt.Application():
            return f"{dose.duration_seconds} s"
        case spt.Recurring():
            return "through the day"


# --- Planning and judging

plan = spt.plan_week(profile, guidance=guidance, rules=spt.rules_of(guidance))
assert_type(plan, spt.Plan)
assert_type(plan.routine, spt.Routine)
assert_type(plan.report, spt.Report)
assert_type(plan.report.conforms, bool)
assert_type(plan.trace, tuple[spt.TraceEntry, ...])
assert_type(plan.routine.on(spt.Weekday.MON), tuple[spt.Session, ...])

report = spt.validate(plan.routine, profile=profile)
assert_type(report, spt.Report)
assert_type(report.findings, tuple[spt.Finding, ...])
assert_type(report.indeterminate, tuple[spt.Finding, ...])
assert_type(report.results, tuple[spt.RuleResult, ...])
assert_type(spt.iter_findings(plan.routine), Iterator[spt.Finding])
assert_type(spt.repair(plan.routine, profile=profile).routine, spt.Routine)
assert_type(spt.diff(plan.routine, plan.routine), spt.RoutineDiff)
assert_type(spt.what_if(profile, profile), spt.WhatIf)
assert_type(spt.screen(profile.screening), spt.ScreeningResult)
assert_type(spt.intake(), tuple[spt.IntakeItem, ...])

for finding in report.findings:
    assert_type(finding.severity, spt.Severity)
    assert_type(finding.fixes, tuple[spt.Fix, ...])
    decision = spt.Decision(
        role="physician",
        reason="examined",
        comment="Seen today.",
        given=dt.date(2026, 1, 1),
        expires=dt.date(2026, 2, 1),
    )
    given = spt.override(finding, routine=plan.routine, decision=decision)
    assert_type(given, spt.Override)
    overrides = spt.Overrides(given=[given], on=dt.date(2026, 1, 1))
    assert_type(spt.validate(plan.routine, overrides=overrides), spt.Report)

# --- JSON

assert_type(spt.dumps(plan.routine), str)
assert_type(spt.loads("{}", spt.Routine), spt.Routine)
assert_type(spt.loads(b"{}", spt.Profile), spt.Profile)
assert_type(spt.json_schema(spt.Routine), dict[str, Any])


# --- What satisfies a protocol needs no base class.


class Fixed:
    """A planner of one's own."""

    def plan(
        self, profile: spt.Profile, *, guidance: spt.Catalog, rules: spt.RuleSet, unscreened: bool
    ) -> spt.Plan:
        """Return the same plan for everybody."""
        del profile, guidance, rules, unscreened
        return plan


own: spt.Planner = Fixed()
assert_type(spt.plan_week(profile, planner=own), spt.Plan)

# --- Errors have fields.

try:
    spt.loads("{}", spt.Profile)
except spt.DecodeError as error:
    assert_type(error.problems, tuple[spt.Problem, ...])
except spt.InvalidValueError as error:
    assert_type(error.where, str)
    assert_type(error.hint, str | None)
