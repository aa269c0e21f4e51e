"""The example profiles: each gets a week that one would hand to a person."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import attrs
import pytest

import sciatica_pt as spt

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "examples" / "profiles"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
BUNDLED = "bundled"


def _document(name: str) -> str:
    if name == BUNDLED:
        return files("sciatica_pt.cli").joinpath("example.json").read_text(encoding="utf-8")
    return (FOLDER / f"{name}.json").read_text(encoding="utf-8")


def _profile(name: str) -> spt.Profile:
    return spt.loads(_document(name), spt.Profile)


@cache
def _plan(name: str) -> spt.Plan:
    return spt.plan_week(_profile(name))


def _activities(plan: spt.Plan) -> set[str]:
    sessions = {
        item.activity for session in plan.routine.sessions for item in session.prescriptions
    }
    return sessions | {item.activity for item in plan.routine.habits}


def _seconds(item: spt.Prescription, phase: spt.Phase) -> int:
    dose_range = spt.default_guidance().range(item.activity, phase)
    assert dose_range is not None
    setup = dose_range.limit(spt.DoseParameter.SETUP_SECONDS)
    return spt.dose_seconds(item.dose) + (0 if setup is None else setup.first)


every_example = pytest.mark.parametrize("name", [BUNDLED, *NAMES])


def test_there_are_enough_and_all_are_listed() -> None:
    """There are at least eight profiles, no two alike, and the folder's page names each."""
    assert len(NAMES) >= 8
    assert len({_profile(name) for name in [BUNDLED, *NAMES]}) == len(NAMES) + 1
    listed = re.findall(r"^\| `([a-z-]+)` \|", (FOLDER / "README.md").read_text("utf-8"), re.M)
    assert listed == NAMES


@every_example
def test_its_week_conforms(name: str) -> None:
    """The week keeps every rule, judged for this very person."""
    report = _plan(name).report
    assert report.conforms
    assert report.profiled


@every_example
def test_its_week_conforms_after_json(name: str) -> None:
    """Written and read back, profile and week are the same, and an independent check agrees."""
    profile, plan = _profile(name), _plan(name)
    assert spt.loads(spt.dumps(profile), spt.Profile) == profile
    routine = spt.loads(spt.dumps(plan.routine), spt.Routine)
    assert routine == plan.routine
    assert spt.validate(routine, profile=profile) == plan.report


@every_example
def test_its_week_fits_into_the_minutes_of_each_day(name: str) -> None:
    """Sets, holds, both sides, rests and set-up together stay within every day's minutes."""
    profile, plan = _profile(name), _plan(name)
    for day in spt.Weekday:
        seconds = sum(
            _seconds(item, profile.phase)
            for session in plan.routine.on(day)
            for item in session.prescriptions
        )
        assert seconds <= 60 * profile.minutes.on(day), day


@every_example
def test_its_week_has_something_to_do(name: str) -> None:
    """The week is worth its paper: several days, several techniques, and habits of posture."""
    plan = _plan(name)
    assert len({session.day for session in plan.routine.sessions}) >= 3
    placed = [entry for entry in plan.trace if entry.status is spt.TraceStatus.PLACED]
    assert {"strengthening", "aerobic", "posture"} <= {entry.technique for entry in placed}


@every_example
def test_every_line_has_a_reason_and_a_source(name: str) -> None:
    """Whatever is in the week says why, and on which statements that rests."""
    plan = _plan(name)
    known = spt.default_guidance().statements
    for activity in _activities(plan):
        reasons = plan.explain(activity).reasons
        cited = {item.statement for reason in reasons for item in reason.citations}
        assert cited
        assert cited <= set(known)


@every_example
def test_its_text_fits_the_page(name: str) -> None:
    """The table fits into a terminal of 80 columns, and the reasons below it into 100."""
    table, _, reasons = str(_plan(name)).partition("Every day:")
    assert max(map(len, table.splitlines()[1:])) <= 80
    assert max(map(len, reasons.splitlines())) <= 100


@every_example
def test_its_text_has_every_number_that_makes_up_the_minutes(name: str) -> None:
    """Sets, times, rests, pace and getting ready: what the minutes are made of is on the page."""
    profile, plan = _profile(name), _plan(name)
    for session in plan.routine.sessions:
        for item in session.prescriptions:
            limits = spt.default_guidance().range(item.activity, profile.phase)
            assert limits is not None
            setup = limits.limit(spt.DoseParameter.SETUP_SECONDS)
            said = any(
                r.text.startswith("Getting ready: ") for r in plan.explain(item.activity).reasons
            )
            assert said == (setup is not None and setup.first > 0)


#: What a clinician would not want to see in the week of each profile.
NEVER = {
    BUNDLED: {"cat-camel", "seated-cat-camel", "cycling-stationary"},
    "acute-disc-chair-only": {"hamstring-stretch", "cat-camel", "squat", "plank", "walking"},
    "anticoagulants": {"spinal-manipulation", "massage", "plank", "cycling-stationary"},
    "chronic-stenosis-pool": {"walking", "press-up", "bridge", "plank", "hamstring-stretch"},
    "diabetic-neuropathy": {"heat", "cold", "hamstring-stretch"},
    "manual-worker": {"cat-camel", "squat"},
    "office-flare-up": {"cycling-stationary", "heat"},
    "osteoporosis": {"cat-camel", "seated-cat-camel", "spinal-manipulation", "mobilization"},
    "pregnancy": {"press-up", "plank", "knee-plank", "heat", "spinal-manipulation"},
    "returning-runner": {"spinal-manipulation", "press-up"},
}


@every_example
def test_its_week_has_nothing_that_the_profile_forbids(name: str) -> None:
    """What the profile's conditions and symptoms speak against is not in its week."""
    assert not _activities(_plan(name)) & NEVER[name]


def test_the_runner_starts_from_the_levels_reached() -> None:
    """Doses that were done well are where the week begins."""
    profile, plan = _profile("returning-runner"), _plan("returning-runner")
    doses = {
        item.activity: item.dose
        for session in plan.routine.sessions
        for item in session.prescriptions
    }
    reached = [level for level in profile.levels if level.activity in doses]
    assert reached
    for level in reached:
        assert doses[level.activity] == level.dose


@every_example
def test_it_holds_nothing_that_identifies_a_person(name: str) -> None:
    """A profile has the fields of its class and no name, date of birth or note."""
    fields = {field.name for field in attrs.fields(spt.Profile)}
    assert set(json.loads(_document(name))) <= {"kind", "schema_version", *fields}


def test_the_profile_in_the_documentation_can_be_planned() -> None:
    """The profile that the documentation shows is one that the command takes."""
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    found = re.findall(r"^```json\n(.*?)^```$", page, flags=re.DOTALL | re.MULTILINE)
    assert len(found) == 1
    assert spt.plan_week(spt.loads(found[0], spt.Profile)).report.conforms


@every_example
def test_no_rule_breaks(name: str) -> None:
    """No activity is kept out of a plan because a rule broke: each refusal is a judgment."""
    entries = _plan(name).trace
    assert entries
    broken = [entry.activity for entry in entries for r in entry.reasons if "broke" in r.text]
    assert not broken
