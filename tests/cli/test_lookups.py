"""`explain`, `catalog` and `rules`: everything leads to its sentence, and back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import sciatica_pt as spt
from sciatica_pt.cli._pages import entry_page
from sciatica_pt.guidance import walk

from .conftest import Run

GUIDANCE = spt.default_guidance()


def _flat(text: str) -> str:
    return " ".join(text.split())


def _gives_every_sentence(page: str, value: object) -> None:
    cited = {item.statement for _, item in walk(value) if isinstance(item, spt.Citation)}
    assert cited
    text = _flat(page)
    for name in cited:
        assert _flat(GUIDANCE.statements[name].text) in text


# --- catalog


def test_catalog_lists_every_activity(run: Run) -> None:
    """Each activity has a line with its id, and no line is wider than the page."""
    ended = run("catalog")
    lines = ended.out.splitlines()
    assert {line.split()[0] for line in lines if line} >= set(GUIDANCE.activities)
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize("name", sorted(GUIDANCE.activities))
def test_catalog_shows_an_activity_with_every_sentence(run: Run, name: str) -> None:
    """An activity's page has its steps and the sentence behind each of its numbers."""
    activity = GUIDANCE.activities[name]
    ended = run("catalog", name)
    assert ended.code == 0
    text = _flat(ended.out)
    assert all(_flat(step.text) in text for step in activity.steps)
    offered = {phase for item in activity.doses for phase in item.phases}
    heads = " ".join(line for line in ended.out.splitlines() if line.startswith("Dose, "))
    assert {phase for phase in spt.Phase if re.search(rf"\b{phase}\b", heads)} == offered
    _gives_every_sentence(ended.out, activity)
    _gives_every_sentence(ended.out, GUIDANCE.restrictions.get(name, ()) or activity)
    assert max(map(len, ended.out.splitlines())) <= 100


def test_catalog_writes_json(run: Run) -> None:
    """The list is an array of documents, and one activity a document."""
    documents = json.loads(run("catalog", "--json").out)
    assert [item["id"] for item in documents] == list(GUIDANCE.activities)
    bridge = spt.loads(run("catalog", "bridge", "--json").out, spt.Exercise)
    assert bridge == GUIDANCE.activities["bridge"]


def test_catalog_of_the_article_alone(run: Run) -> None:
    """The article's own catalog has none of the added activities."""
    ended = run("catalog", "--guidance", "article")
    assert "neural-slider" in run("catalog").out
    assert "neural-slider" not in ended.out
    assert "E0" not in run("catalog", "bridge", "--guidance", "article").out


# --- rules


def test_rules_lists_every_rule(run: Run) -> None:
    """Each rule has a line with its code, name, severity and what it demands."""
    text = _flat(run("rules").out)
    for rule in GUIDANCE.rules.values():
        assert f"{rule.code} {rule.name} {rule.severity}" in text


@pytest.mark.parametrize("code", sorted(GUIDANCE.rules))
def test_rules_shows_a_rule_with_every_sentence(run: Run, code: str) -> None:
    """A rule's page has its reason, its numbers with their units, and the sentences behind them."""
    rule = GUIDANCE.rules[code]
    ended = run("rules", code)
    text = _flat(ended.out)
    assert _flat(rule.summary) in text
    assert _flat(rule.why) in text
    assert all(f"{item.value} {item.unit}" in text for item in rule.parameters)
    _gives_every_sentence(ended.out, rule)
    assert run("explain", code.lower()).out == ended.out


def test_rules_writes_json(run: Run) -> None:
    """The list is an array of documents, and one rule a document."""
    documents = json.loads(run("rules", "--json").out)
    assert [item["code"] for item in documents] == list(GUIDANCE.rules)
    rule = spt.loads(run("rules", "SPT105", "--json").out, spt.RuleSpec)
    assert rule == GUIDANCE.rules["SPT105"]


# --- explain


def test_explain_says_why_an_activity_is_in_the_week(run: Run, profile: Path) -> None:
    """A placed activity comes with its reasons and the sentence behind each."""
    plan = spt.plan_week(spt.loads(profile.read_bytes(), spt.Profile))
    entry = next(item for item in plan.trace if item.status is spt.TraceStatus.PLACED)
    ended = run("explain", profile, entry.activity)
    assert (ended.code, ended.err) == (0, "")
    text = _flat(ended.out)
    assert text.startswith(f"{entry.name} ({entry.activity}): placed")
    assert all(_flat(str(reason)) in text for reason in entry.reasons)
    _gives_every_sentence(ended.out, entry)


def test_explain_says_why_an_activity_is_not_in_the_week(run: Run, profile: Path) -> None:
    """A rejected activity names the rule that keeps it out."""
    ended = run("explain", profile, "swimming")
    assert "Swimming (swimming): rejected" in ended.out
    assert "SPT701" in ended.out


def test_explain_without_a_profile_uses_the_example(run: Run) -> None:
    """Without a file the week is that of the bundled example, which is said."""
    ended = run("explain", "bridge")
    assert ended.out.startswith("Bridge (bridge)")
    assert "bundled example" in ended.err


def test_explain_of_an_activity_refuses_as_planning_does(run: Run, unscreened: Path) -> None:
    """There is no reason to give where there is no plan."""
    assert run("explain", unscreened, "bridge").code == 1
    assert run("explain", unscreened, "bridge", "--allow-unscreened").code == 0


def test_an_entry_without_a_source_has_no_list_of_them() -> None:
    """A reason that rests on no statement is shown without an empty list."""
    entry = spt.TraceEntry(
        activity="bridge",
        name="Bridge",
        technique="strengthening",
        status="left-out",
        reasons=[spt.Reason(text="What was chosen serves the goals better.")],
    )
    page = entry_page(entry, GUIDANCE)
    assert page == ("Bridge (bridge): left-out\n  - What was chosen serves the goals better.")


def test_explain_follows_a_statement_both_ways(run: Run) -> None:
    """A statement's page has its sentence, its source, and each number that rests on it."""
    limit = next(
        limit
        for item in GUIDANCE.activities["cat-camel"].doses
        for limit in item.limits
        if limit.parameter is spt.DoseParameter.REPS and limit.origin is spt.Origin.ARTICLE
    )
    name = limit.citations[0].statement
    text = _flat(run("explain", name).out)
    assert _flat(GUIDANCE.statements[name].text) in text
    assert f"activity cat-camel: repetitions in a set {limit.minimum}" in text
    assert GUIDANCE.statements[name].source in text


def test_explain_finds_every_citation(run: Run) -> None:
    """What rests on a statement is all named: activities, rules, goals, restrictions, changes."""
    for name in ("A096", "A110", "E120", "E149", "E181"):
        text = run("explain", name).out
        for label, index in (
            ("activity", GUIDANCE.activities),
            ("goal", GUIDANCE.goals),
            ("rule", GUIDANCE.rules),
            ("text", GUIDANCE.texts),
            ("ladder", GUIDANCE.ladders),
            ("warning sign", GUIDANCE.red_flags),
        ):
            for key, item in index.items():
                cited = {
                    citation.statement
                    for _, citation in walk(item)
                    if isinstance(citation, spt.Citation)
                }
                assert (f"- {label} {key}" in text) is (name in cited), (name, label, key)


def test_explain_shows_a_dispute(run: Run) -> None:
    """A disputed statement is never shown without what speaks against it."""
    name = sorted(GUIDANCE.disputes)[0]
    dispute = GUIDANCE.disputes[name][0]
    ended = run("explain", name)
    assert _flat(dispute.text) in _flat(ended.out)
    _gives_every_sentence(ended.out, dispute)


def test_explain_says_why_a_statement_was_left_out(run: Run) -> None:
    """A statement that nothing rests on says why."""
    cited = {
        item.statement
        for pack in GUIDANCE.packs
        for _, item in walk(pack)
        if isinstance(item, spt.Citation)
    }
    statement = next(
        item for item in GUIDANCE.statements.values() if item.reason and item.id not in cited
    )
    text = _flat(run("explain", statement.id).out)
    assert _flat(f"Left out: {statement.reason}") in text
    assert "Cited by nothing." in text


@pytest.mark.parametrize("name", sorted(GUIDANCE.sources))
def test_explain_shows_a_source_with_what_it_says(run: Run, name: str) -> None:
    """A source's page has where to find it, and every statement taken from it."""
    source = GUIDANCE.sources[name]
    text = _flat(run("explain", name).out)
    assert _flat(source.title) in text
    assert (source.url or "") in text
    assert (source.doi or "") in text
    for statement in GUIDANCE.statements.values():
        if statement.source == name:
            assert _flat(statement.text) in text


def _restrictions() -> dict[str, spt.Restriction]:
    return {item.id: item for items in GUIDANCE.restrictions.values() for item in items}


@pytest.mark.parametrize("level", list(spt.RestrictionLevel))
def test_explain_shows_a_restriction(run: Run, level: spt.RestrictionLevel) -> None:
    """A restriction's page has its question, its reason, what it changes, and the sentences."""
    for restriction in [item for item in _restrictions().values() if item.level is level][:40]:
        ended = run("explain", restriction.id)
        text = _flat(ended.out)
        assert _flat(restriction.reason) in text
        assert _flat(GUIDANCE.questions[restriction.when].ask) in text
        change = restriction.modification
        if change is not None:
            assert _flat(change.cue) in text
            assert change.replace_with is None or f"Do instead: {change.replace_with}" in text
        _gives_every_sentence(ended.out, restriction)


def test_explain_shows_a_red_flag(run: Run) -> None:
    """A warning sign's page has its question, what to do, and the sentences."""
    for flag in GUIDANCE.red_flags.values():
        ended = run("explain", flag.id)
        assert _flat(flag.ask) in _flat(ended.out)
        assert _flat(flag.action) in _flat(ended.out)
        _gives_every_sentence(ended.out, flag)


def test_ids_are_unambiguous() -> None:
    """An id names one thing, so that `explain` never shows another one than was meant."""
    names = [
        *GUIDANCE.activities,
        *GUIDANCE.rules,
        *GUIDANCE.statements,
        *GUIDANCE.sources,
        *_restrictions(),
        *GUIDANCE.red_flags,
    ]
    assert len(names) == len(set(names))
