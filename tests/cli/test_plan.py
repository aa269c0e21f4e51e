"""`sciatica-pt plan`: a week for a person, printed or written."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

import sciatica_pt as spt
from sciatica_pt.cli import main

from .conftest import Run

EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "profiles"


def test_without_a_file_it_plans_for_the_bundled_example_and_says_so(run: Run) -> None:
    """The first command that a newcomer types prints a week, and for whom."""
    ended = run("plan")
    assert ended.code == 0
    assert "A week for the subacute phase" in ended.out
    assert ended.err == "No profile was given: this is the bundled example profile.\n"


def test_the_text_is_the_text_of_the_plan(run: Run, profile: Path) -> None:
    """What is printed is the library's own text of the plan, and how to look behind it."""
    plan = spt.plan_week(spt.loads(profile.read_bytes(), spt.Profile))
    ended = run("plan", profile)
    assert ended.out.startswith(f"{plan}\n")
    assert "sciatica-pt explain ID" in ended.out
    assert ended.err == ""


def test_json_is_the_whole_plan(run: Run, profile: Path) -> None:
    """The JSON is a document that reads back as the plan."""
    plan = spt.plan_week(spt.loads(profile.read_bytes(), spt.Profile))
    assert spt.loads(run("plan", profile, "--json").out, spt.Plan) == plan


def test_out_writes_what_would_be_printed(run: Run, profile: Path, tmp_path: Path) -> None:
    """A file gets the same bytes as standard output, nothing is printed and nothing else left."""
    printed = run("plan", profile, "--json").out
    before = set(tmp_path.iterdir())
    out = tmp_path / "week.json"
    ended = run("plan", profile, "--json", "--out", out)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert out.read_bytes() == printed.encode()
    assert set(tmp_path.iterdir()) == before | {out}


def test_out_replaces_a_file_and_keeps_a_link(run: Run, profile: Path, tmp_path: Path) -> None:
    """An older file is replaced, through a link too, which stays one."""
    out, link = tmp_path / "week.txt", tmp_path / "link.txt"
    out.write_text("older", encoding="utf-8")
    link.symlink_to(out)
    assert run("plan", profile, "--out", link).code == 0
    assert link.is_symlink()
    assert out.read_text(encoding="utf-8").startswith("A week")


def test_article_guidance_needs_no_screening(run: Run, unscreened: Path) -> None:
    """The article names no warning sign, so its week asks about none; the default does."""
    ended = run("plan", unscreened, "--guidance", "article")
    assert ended.code == 0
    assert "clinical-safety" not in ended.out.splitlines()[0]
    assert run("plan", "--guidance", "article").code == 0


def test_open_questions_refuse_a_plan(run: Run, unscreened: Path, tmp_path: Path) -> None:
    """Without answers about warning signs nothing is planned or written, and each is asked."""
    ended = run("plan", unscreened, "--out", tmp_path / "week.json")
    assert (ended.code, ended.out) == (1, "")
    asked = [flag for flag in spt.default_guidance().red_flags.values() if flag.ask in ended.err]
    assert len(asked) == len(spt.default_guidance().red_flags)
    assert "--allow-unscreened" in ended.err
    assert not (tmp_path / "week.json").exists()


def test_one_open_question_is_told_as_one(run: Run, tmp_path: Path) -> None:
    """The count of what is open is honest, in the singular too."""
    flags = sorted(spt.default_guidance().red_flags)
    person = spt.Profile(
        phase="acute", screening=spt.Screening(by="person", absent=frozenset(flags[1:]))
    )
    path = tmp_path / "me.json"
    path.write_text(spt.dumps(person), encoding="utf-8")
    assert "1 safety question must" in run("plan", path).err


def test_consent_plans_without_screening_and_the_week_says_so(run: Run, unscreened: Path) -> None:
    """Who consents gets a week that is marked as made without the questions."""
    ended = run("plan", unscreened, "--allow-unscreened", "--json")
    assert ended.code == 0
    assert spt.loads(ended.out, spt.Plan).routine.unscreened


def test_a_red_flag_refers_instead_of_planning(run: Run, tmp_path: Path) -> None:
    """A warning sign ends in what to do about it, with or without consent."""
    person = spt.Profile(
        phase="acute", screening=spt.Screening(by="person", present={"saddle-numbness"})
    )
    path = tmp_path / "me.json"
    path.write_text(spt.dumps(person), encoding="utf-8")
    ended = run("plan", path, "--allow-unscreened")
    assert (ended.code, ended.out) == (1, "")
    assert spt.default_guidance().red_flags["saddle-numbness"].action in ended.err


def test_every_id_on_a_page_is_explained_in_one_step(run: Run) -> None:
    """Anything in brackets on a printed week leads to its sentence with one command."""
    guidance = spt.default_guidance()
    pages = "".join(run("plan", profile).out for profile in sorted(EXAMPLES.glob("*.json")))
    pages += run("plan").out
    cited = " ".join(re.findall(r"\[([A-Z][^\]]*)\]", pages))
    statements = set(re.findall(r"\b[A-Z]\d{3}\b", cited))
    assert len(statements) > 100
    for name in statements:
        ended = run("explain", name)
        assert ended.code == 0
        assert guidance.statements[name].text in " ".join(ended.out.split())
    rules = set(re.findall(r"\bSPT\d{3}\b", pages))
    assert rules
    for code in rules:
        ended = run("explain", code)
        assert ended.code == 0
        assert guidance.rules[code].summary in " ".join(ended.out.split())


@pytest.mark.parametrize("arguments", [("--help",), ("plan", "--help"), ("--version",)])
def test_help_and_version_end_well(run: Run, arguments: tuple[str, ...]) -> None:
    """Help and version are printed and are no errors."""
    ended = run(*arguments)
    assert ended.code == 0
    assert "sciatica-pt" in ended.out


@pytest.mark.parametrize(
    "command",
    [
        "plan",
        "plan-many",
        "validate",
        "replan",
        "explain",
        "alternatives",
        "what-unlocks",
        "what-if",
        "catalog",
        "rules",
    ],
)
def test_the_help_of_each_command_has_an_example(run: Run, command: str) -> None:
    """Each command shows how it is typed."""
    assert f"example:\n  sciatica-pt {command}" in run(command, "--help").out


def test_it_prints_to_any_stream() -> None:
    """An app that captures standard output with a stream of its own gets the text."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()):
        assert main(["catalog", "bridge"]) == 0
    assert out.getvalue().startswith("Bridge (bridge)\n")
