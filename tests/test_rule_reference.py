"""The page of rules says what the rules say."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

import sciatica_pt as spt
from sciatica_pt.overrides import OVERRIDE_RULES

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "rule-reference.md"


def test_page_is_what_the_guidance_says_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody edits the page, no rule changes without it, and its examples run."""
    monkeypatch.syspath_prepend(str(ROOT))
    tool = runpy.run_module("tools.rule_reference")
    render: Callable[[spt.Catalog], str] = tool["render"]
    assert PAGE.read_text("utf-8") == render(spt.default_guidance()), (
        "run python -m tools.rule_reference"
    )


def test_page_shows_every_rule_with_each_of_its_sources() -> None:
    """Each rule has its summary, its numbers and the sentences that it rests on."""
    text = PAGE.read_text("utf-8")
    sections = {part.split()[0]: part for part in text.split("### ")[1:]}
    guidance = spt.default_guidance()
    assert sections.keys() == guidance.rules.keys() | OVERRIDE_RULES.keys()
    for code, rule in spt.rules_of(guidance).items():
        assert guidance.rules[code].summary in sections[code]
        for citation in rule.citations:
            assert guidance.statements[citation.statement].text in sections[code]
        for number in guidance.rules[code].parameters:
            assert f"{number.value} {number.unit}" in sections[code]
