"""The rules of the made-up pack: every check of the library at least once."""

from __future__ import annotations

from typing import Any

from sciatica_pt.model.evidence import Citation
from sciatica_pt.model.guidelines import Parameter, RuleSpec
from sciatica_pt.model.vocabulary import DoseParameter, Origin, Phase, Severity, Stage, Technique
from sciatica_pt.rules import CHECKS

__all__ = ["CITED", "sample_rules"]

#: What everything in the made-up pack cites.
CITED = (Citation(statement="S001"),)

_P = DoseParameter
_T = Technique
_BOUNDED = frozenset(_P) - {_P.EFFORT, _P.DAYS_PER_WEEK, _P.TIMES_PER_DAY, _P.SETUP_SECONDS}


def _rule(code: str, check: str, numbers: dict[str, int] | None = None, **other: Any) -> RuleSpec:
    values: dict[str, Any] = {
        "name": check,
        "severity": Severity.ERROR,
        "parameters": tuple(
            Parameter(
                name=name,
                value=value,
                unit=name.split("-", 1)[1],
                origin=Origin.SYNTHESIS,
                citations=CITED,
            )
            for name, value in (numbers or {}).items()
        ),
    }
    return RuleSpec(
        code=code,
        check=check,
        scope=CHECKS[check][0],
        summary="What was invented holds.",
        why="It was invented that way.",
        fix="Invent something else.",
        citations=CITED,
        since="1.0.0",
        reviewed="0" * 16,
        **(values | other),
    )


def sample_rules() -> tuple[RuleSpec, ...]:
    """Return the rules, in the order of their codes."""
    strength = frozenset({_T.STRENGTHENING})
    hands_on = frozenset({_T.MANUAL_THERAPY})
    return (
        _rule("TRY101", "dose-bounds", dose_parameters=_BOUNDED),
        _rule(
            "TRY102",
            "dose-bounds",
            name="effort-bounds",
            severity=Severity.WARNING,
            dose_parameters=frozenset({_P.EFFORT}),
        ),
        _rule("TRY104", "both-sides", techniques=frozenset({_T.STRETCHING})),
        _rule(
            "TRY105",
            "earned-dose",
            techniques=strength,
            dose_parameters=frozenset({_P.HOLD_SECONDS, _P.REPS}),
        ),
        _rule("TRY108", "offered"),
        _rule("TRY201", "barrier"),
        _rule(
            "TRY202",
            "suited-phase",
            severity=Severity.INFO,
            stages=(Stage.WARMTH, Stage.COLD),
        ),
        _rule("TRY204", "known-form"),
        _rule("TRY301", "provider"),
        _rule("TRY302", "thrust-provider"),
        _rule("TRY303", "not-alone", techniques=hands_on),
        _rule("TRY401", "technique-kinds", numbers={"minimum-kinds": 2}),
        _rule(
            "TRY402",
            "technique-present",
            severity=Severity.WARNING,
            techniques=frozenset({_T.POSTURE}),
        ),
        _rule("TRY403", "active-days", severity=Severity.WARNING, numbers={"minimum-days": 2}),
        _rule(
            "TRY404",
            "technique-present",
            name="strength-present",
            severity=Severity.WARNING,
            techniques=strength,
            phases=frozenset({Phase.CHRONIC}),
        ),
        _rule("TRY407", "recurring-prompt", severity=Severity.WARNING),
        _rule("TRY410", "days-per-week"),
        _rule("TRY411", "times-per-day"),
        _rule("TRY415", "days-per-week-least", severity=Severity.WARNING),
        _rule("TRY412", "recovery", techniques=strength, numbers={"minimum-hours": 48}),
        _rule(
            "TRY413",
            "technique-minutes",
            techniques=frozenset({_T.AEROBIC}),
            numbers={"maximum-minutes": 90},
        ),
        _rule("TRY414", "technique-days", techniques=hands_on, numbers={"maximum-days": 2}),
        _rule("TRY501", "stage-order", stages=tuple(stage for stage in Stage if stage != "habit")),
        _rule("TRY502", "session-size", numbers={"maximum-activities": 6}),
        _rule("TRY503", "day-minutes"),
        _rule("TRY504", "no-repeats"),
        _rule("TRY505", "block-size", techniques=frozenset(_T), numbers={"maximum-activities": 2}),
        _rule("TRY506", "one-rung"),
        _rule("TRY601", "red-flags"),
        _rule("TRY602", "restriction-never"),
        _rule("TRY603", "restriction-clearance"),
        _rule("TRY604", "restriction-modify"),
        _rule("TRY605", "aggravation"),
        _rule("TRY701", "equipment"),
        _rule("TRY702", "provider-access"),
        _rule("TRY703", "dislikes"),
        _rule("TRY840", "stopped"),
        _rule("TRY901", "known-activity"),
        _rule("TRY902", "guidance-version", severity=Severity.WARNING),
        _rule("TRY903", "phase-match"),
        _rule("TRY904", "screening-stated"),
    )
