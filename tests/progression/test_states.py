"""What a step hands on, and how a decision reads."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

import sciatica_pt as spt
from sciatica_pt.model import Continuous
from sciatica_pt.progression import GoodCount

from .made import a_step

LONG = Continuous(duration_seconds=1200)
LONGER = Continuous(duration_seconds=1260)
CITED = tuple(spt.Citation(statement=name) for name in ("A001", "A002"))


def decided(**changes: Any) -> str:
    """Return what a decision about walking says."""
    given: dict[str, Any] = {
        "activity": "walking",
        "name": "Walking",
        "adjustment": "hold",
        "reason": "It is kept.",
    }
    return str(spt.ProgressDecision(**given | changes))


def test_a_decision_reads_in_full() -> None:
    """It says what was decided by which rule, why, what is next, what was seen, and its sources."""
    seen = spt.Evidence(
        on=dt.date(2026, 1, 5), time_of_day="morning", signal="pain-during", least=2, most=2
    )
    text = decided(
        adjustment="advance",
        rule="SPT801",
        before=LONG,
        after=LONGER,
        evidence=[seen],
        questions=["How was it?"],
        citations=CITED,
    )
    assert text.splitlines() == [
        "Walking: advance (SPT801). It is kept. Next: 21 min.",
        f"  - {seen}",
        "  ? How was it?",
        "  [A001, A002]",
    ]


@pytest.mark.parametrize(
    ("changes", "following"),
    [
        ({}, ""),
        ({"before": LONG}, ""),
        ({"before": LONG, "after": LONG}, ""),
        ({"before": LONG, "after": LONGER}, " Next: 21 min."),
        ({"before": LONG, "after": LONGER, "days": 4}, " Next: 21 min, on 4 days a week."),
        ({"before": LONG, "after": LONG, "days": 4}, " Next: 20 min, on 4 days a week."),
        ({"before": LONG, "after": LONGER, "becomes": "swimming"}, ""),
        ({"before": LONG, "becomes": "swimming", "days": 4}, ""),
    ],
)
def test_only_what_changes_is_next(changes: dict[str, Any], following: str) -> None:
    """What is next is said where it is not as it was; another version is named in the reason."""
    assert decided(**changes) == f"Walking: hold. It is kept.{following}"


def test_each_activity_has_a_count_and_a_dose_of_its_own() -> None:
    """What is remembered of one activity is not said of another."""
    state = spt.ProgressState(
        good=[
            GoodCount(activity="plank", sessions=2),
            GoodCount(activity="squat", sessions=1),
        ],
        lowered=[
            spt.Level(activity="swimming", dose=LONGER),
            spt.Level(activity="walking", dose=LONG),
        ],
    )
    counts = [state.good_before(name) for name in ("squat", "plank", "walking")]
    assert counts == [1, 2, 0]
    assert [state.before(name) for name in ("walking", "plank")] == [LONG, None]


def test_at_the_beginning_nothing_is_counted() -> None:
    """A course begins without a week at a halt and without a session that spread symptoms."""
    state = spt.ProgressState()
    assert (state.stalled_weeks, state.spread_sessions) == (0, 0)


def test_a_report_comes_with_a_week() -> None:
    """A step with a week and no report is refused, and so is one with a report and no week."""
    step = a_step()
    cases: tuple[tuple[dict[str, Any], str], ...] = (
        ({"report": None}, "none"),
        ({"routine": None}, "a report"),
    )
    for changes, found in cases:
        with pytest.raises(spt.InvalidValueError, match=f"there is a routine, got {found}$"):
            attrs.evolve(step, **changes)
