"""Whoever reads a disputed statement reads the dispute beside it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import sciatica_pt as spt
from sciatica_pt.cli import main
from sciatica_pt.guidance import walk

GUIDANCE = spt.default_guidance()
DISPUTES = {item.id: item for items in GUIDANCE.disputes.values() for item in items}
PERSON = spt.Profile(
    phase="chronic",
    others_ruled_out=True,
    flare=False,
    equipment=list(GUIDANCE.equipment),
    providers=list(spt.Provider),
    minutes=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), 60),
    screening=spt.Screening.clear(by="clinician"),
)


def page(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    """Return what a command prints, with its lines joined."""
    assert main(list(argv)) == 0
    return re.sub(r"\s+", " ", capsys.readouterr().out)


def disputes_of(value: object) -> set[str]:
    """Return the texts of the disputes about what something cites."""
    return {
        re.sub(r"\s+", " ", item.text)
        for _, part in walk(value)
        if isinstance(part, spt.Citation)
        for item in GUIDANCE.disputes.get(part.statement, ())
    }


def test_there_are_eighteen_disputes() -> None:
    """Each cites what limits or contradicts the statements that it is about."""
    assert len(DISPUTES) == 18
    for item in DISPUTES.values():
        assert any(citation.role != "supports" for citation in item.citations)
        assert set(item.statements) <= GUIDANCE.statements.keys()


@pytest.mark.parametrize("dispute", DISPUTES)
def test_a_disputed_statement_shows_its_dispute(
    dispute: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`explain` of each statement gives the dispute with what speaks against it."""
    item = DISPUTES[dispute]
    for statement in item.statements:
        text = page(capsys, "explain", statement)
        assert re.sub(r"\s+", " ", item.text) in text
        for citation in item.citations:
            assert f"{citation.statement} {citation.role}" in text


@pytest.mark.parametrize("kind", ["activities", "rules"])
def test_what_cites_a_disputed_statement_shows_the_dispute(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """So do the pages of activities and of rules."""
    index = getattr(GUIDANCE, kind)
    command = {"activities": "catalog", "rules": "rules"}[kind]
    shown = 0
    for name, item in index.items():
        wanted = disputes_of(item)
        if wanted:
            text = page(capsys, command, name)
            assert all(dispute in text for dispute in wanted), name
            shown += 1
    assert shown > 5


def test_a_plan_s_reasons_show_the_dispute(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Why an activity is in the week is told with what speaks against it."""
    plan = spt.plan_week(PERSON)
    file = tmp_path / "person.json"
    file.write_text(spt.dumps(PERSON), "utf-8")
    shown = 0
    for entry in plan.trace:
        wanted = disputes_of(entry.reasons)
        if wanted:
            text = page(capsys, "explain", str(file), entry.activity)
            assert all(dispute in text for dispute in wanted), entry.activity
            shown += 1
    assert shown > 5
