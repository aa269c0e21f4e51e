"""`sciatica-pt validate`: the exit code says whether a week conforms."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

import sciatica_pt as spt

from .conftest import Run


@pytest.fixture
def routine(profile: Path, tmp_path: Path) -> Path:
    """The week planned for the profile."""
    plan = spt.plan_week(spt.loads(profile.read_bytes(), spt.Profile))
    path = tmp_path / "week.json"
    path.write_text(spt.dumps(plan.routine), encoding="utf-8")
    return path


def test_a_planned_week_conforms(run: Run, profile: Path, routine: Path) -> None:
    """A week from the planner passes, and the report is printed."""
    ended = run("validate", routine, "--profile", profile)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("The routine conforms")


def test_the_file_of_a_plan_will_do(run: Run, profile: Path, tmp_path: Path) -> None:
    """What `plan --json --out` wrote can be checked as it is."""
    path = tmp_path / "plan.json"
    assert run("plan", profile, "--json", "--out", path).code == 0
    assert run("validate", path, "--profile", profile).code == 0


def test_findings_are_exit_code_1(run: Run, profile: Path, routine: Path) -> None:
    """A week for somebody with no time at all does not conform, and the rule is named."""
    person = spt.loads(profile.read_bytes(), spt.Profile)
    busy = attrs.evolve(person, minutes=spt.WeekMinutes())
    profile.write_text(spt.dumps(busy), encoding="utf-8")
    ended = run("validate", routine, "--profile", profile)
    assert (ended.code, ended.err) == (1, "")
    assert "does not conform" in ended.out
    assert "SPT503" in ended.out


def test_json_is_the_report(run: Run, profile: Path, routine: Path) -> None:
    """The JSON is a document that reads back as the report."""
    expected = spt.validate(
        spt.loads(routine.read_bytes(), spt.Routine),
        profile=spt.loads(profile.read_bytes(), spt.Profile),
    )
    ended = run("validate", routine, "--profile", profile, "--json")
    assert spt.loads(ended.out, spt.Report) == expected
