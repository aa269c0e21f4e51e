"""The commands that look beyond one week: replan, alternatives, what-unlocks and what-if."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest

import sciatica_pt as spt

from .conftest import Run
from .test_bad_input import _refused

EDITS = (
    "--pin",
    "cat-camel:mon,fri",
    "--dose",
    "plank:hold_seconds=25,sets=2",
    "--forbid",
    "neural-slider",
    "--move",
    "walking:fri:mon",
)


@pytest.fixture
def person() -> spt.Profile:
    """Somebody with little time."""
    return spt.Profile(
        phase="chronic",
        others_ruled_out=True,
        not_provoked_by=set(spt.Provocation),
        screening=spt.Screening.clear(by="person"),
        equipment={"chair", "mat"},
        minutes={"mon": 20, "wed": 20, "fri": 20},
    )


@pytest.fixture
def me(tmp_path: Path, person: spt.Profile) -> Path:
    """The file with that person's profile."""
    path = tmp_path / "me.json"
    path.write_text(spt.dumps(person), encoding="utf-8")
    return path


@pytest.fixture
def week(tmp_path: Path, person: spt.Profile) -> Path:
    """The file with the person's plan."""
    path = tmp_path / "week.json"
    path.write_text(spt.dumps(spt.plan_week(person)), encoding="utf-8")
    return path


def test_a_week_is_replanned_as_asked(run: Run, me: Path, week: Path, person: spt.Profile) -> None:
    """The JSON is the library's own answer to the same edits, in their order."""
    ended = run("replan", week, "--profile", me, *EDITS, "--json")
    assert (ended.code, ended.err) == (0, "")
    plan = spt.plan_week(person)
    plank = next(
        item.dose
        for session in plan.routine.sessions
        for item in session.prescriptions
        if item.activity == "plank"
    )
    assert isinstance(plank, spt.Hold)
    edits: list[Any] = [
        spt.Pin(activity="cat-camel", days={"mon", "fri"}),
        spt.ChangeDose(activity="plank", dose=attrs.evolve(plank, hold_seconds=25)),
        spt.Forbid(activity="neural-slider"),
        spt.Move(activity="walking", day="fri", to="mon"),
    ]
    answer = spt.replan(plan, profile=person, edits=edits)
    assert spt.loads(ended.out, spt.Replanned) == answer
    text = run("replan", week, "--profile", me, *EDITS).out
    assert text == f"{answer}\n\n{answer.plan}\n"


def test_what_was_replanned_can_be_replanned_and_validated(
    run: Run, me: Path, week: Path, tmp_path: Path
) -> None:
    """What one call writes the next one reads, and nothing is asked of it twice."""
    out = tmp_path / "next.json"
    ended = run("replan", week, "--profile", me, "--forbid", "plank:mon", "--json", "--out", out)
    assert (ended.code, ended.out) == (0, "")
    assert run("validate", out, "--profile", me).code == 0
    again = run("replan", out, "--profile", me)
    assert again.out.startswith("no change\n")
    better = run("replan", out, "--profile", me, "--improve", "--json")
    first, second = (spt.loads(text, spt.Replanned) for text in (out.read_text(), better.out))
    missed = [
        {term.name: term.value for term in answer.plan.objective}["shortfall"]
        for answer in (second, first)
    ]
    assert missed == sorted(missed)


def test_what_can_not_be_had_is_refused_with_the_demands(run: Run, me: Path, week: Path) -> None:
    """A clash is no bad input: it says what can't be met, and why."""
    ended = run("replan", week, "--profile", me, "--pin", "bridge:mon,tue")
    assert (ended.code, ended.out) == (1, "")
    assert "keep bridge on Monday and Tuesday" in ended.err
    assert "SPT412" in ended.err


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (("--pin", "bridgee"), ('mean "bridge"',)),
        (("--pin", "bridge:monn"), ("monn", 'mean "mon"')),
        (("--pin", "bridge:mon:tue"), ("expected ID[:DAY,DAY]",)),
        (("--forbid", "bridge:xx"), ('"xx" is no day', "mon, tue")),
        (("--move", "bridge:mon"), ("expected ID:DAY:DAY",)),
        (("--move", "bridge:mon:mon"), ("--move bridge:mon:mon", "another day")),
        (("--dose", "plank"), ("expected ID:NUMBER=VALUE",)),
        (("--dose", "plank:setts=3"), ("sets, hold_seconds", 'mean "sets"')),
        (("--dose", "plank:weight=3"), ("sets, hold_seconds",)),
        (("--dose", "plank:sets=three"), ('whole number, got "three"',)),
        (("--dose", "plank:sets=1000"), ("--dose plank:sets=1000", "20")),
        (("--dose", "plnak:sets=3"), ('holds no "plnak"', 'mean "plank"')),
        (("--dose", "zzzzz:reps=3"), ('holds no "zzzzz"',)),
        (("--pin", "Bridge"), ("Pin.activity",)),
    ],
)
def test_an_edit_that_can_not_be_read_is_one_error(
    run: Run, me: Path, week: Path, edit: tuple[str, str], says: tuple[str, ...]
) -> None:
    """Each slip is told with the nearest known word, and nothing is written."""
    out = week.with_name("next.json")
    _refused(run, "replan", week, "--profile", me, *edit, "--out", out, says=says)
    assert not out.exists()


@pytest.mark.parametrize("read", ["week", "me"])
def test_what_is_read_is_not_written_over(run: Run, me: Path, week: Path, read: str) -> None:
    """Neither the week nor the profile is lost to a slip."""
    out = {"week": week, "me": me}[read]
    before = out.read_bytes()
    _refused(run, "replan", week, "--profile", me, "--out", out, says=("read itself",))
    assert out.read_bytes() == before


def test_a_broken_plan_within_what_was_replanned_is_told_its_place(
    run: Run, me: Path, week: Path, tmp_path: Path
) -> None:
    """A document of a known kind is told its own problems, and one of no such kind its kind."""
    made = run("replan", week, "--profile", me, "--json").out
    path = tmp_path / "broken.json"
    path.write_text(made.replace('"proven"', '"provn"', 1), encoding="utf-8")
    _refused(run, "replan", path, "--profile", me, says=("$.plan.provn",))
    _refused(run, "replan", me, "--profile", me, says=("$.kind", '"routine"', '"profile"'))


def test_alternatives_are_those_of_the_library(
    run: Run, me: Path, week: Path, person: spt.Profile
) -> None:
    """In order, each with its week; of a week that is planned, or of one that is given."""
    found = spt.alternatives(spt.plan_week(person), "plank", profile=person)
    assert found
    ended = run("alternatives", me, "plank", "--week", week, "--json")
    assert ended.code == 0
    documents = [json.dumps(item) for item in json.loads(ended.out)]
    assert tuple(spt.loads(text, spt.Alternative) for text in documents) == found
    text = " ".join(run("alternatives", me, "plank").out.split())
    assert text.startswith("In place of plank, the best first:")
    assert [text.index(str(item)) for item in found] == sorted(
        text.index(str(item)) for item in found
    )


def test_an_activity_without_alternatives_says_so(run: Run, me: Path) -> None:
    """Nothing is an answer too, in words and in JSON."""
    ended = run("alternatives", me, "movement-breaks")
    assert (ended.code, ended.err) == (0, "")
    assert "can stand in for movement-breaks" in ended.out
    assert run("alternatives", me, "movement-breaks", "--json").out == "[]\n"


def test_what_unlocks_an_activity_is_what_the_library_says(
    run: Run, me: Path, person: spt.Profile
) -> None:
    """As text and as JSON, for a person or for the bundled example."""
    found = spt.what_unlocks("cold", profile=person)
    assert found.steps
    text = run("what-unlocks", me, "cold").out
    assert " ".join(text.split()) == str(found)
    assert spt.loads(run("what-unlocks", me, "cold", "--json").out, spt.Unlock) == found
    assert run("what-unlocks", "cold").code == 0


def test_what_if_sets_two_plans_side_by_side(
    run: Run, me: Path, tmp_path: Path, person: spt.Profile
) -> None:
    """What would differ, as text and as JSON."""
    changed = attrs.evolve(person, equipment={"chair", "mat", "bicycle"}, dislikes={"walking"})
    other = tmp_path / "other.json"
    other.write_text(spt.dumps(changed), encoding="utf-8")
    found = spt.what_if(person, changed)
    assert "- walking" in str(found)
    assert run("what-if", me, other).out == f"{found}\n"
    assert spt.loads(run("what-if", me, other, "--json").out, spt.WhatIf) == found


@pytest.mark.parametrize("command", ["alternatives", "what-unlocks"])
def test_an_unknown_activity_is_told_its_neighbor(run: Run, me: Path, command: str) -> None:
    """A slip in an id names the nearest one."""
    _refused(run, command, me, "bridgee", says=('no activity "bridgee"', 'mean "bridge"'))


def test_an_activity_that_is_not_in_the_week_has_no_alternatives(run: Run, me: Path) -> None:
    """Nothing can stand in for what is not there."""
    _refused(run, "alternatives", me, "cold", says=("the week has no such activity",))


@pytest.mark.parametrize("command", ["alternatives", "what-unlocks"])
def test_open_questions_come_first(run: Run, unscreened: Path, command: str) -> None:
    """Nothing is said about a person who was not asked, unless somebody consents."""
    assert run(command, unscreened, "walking").code == 1
    ended = run(command, unscreened, "walking", "--allow-unscreened")
    assert (ended.code, ended.err) in {(0, ""), (2, ended.err)}
