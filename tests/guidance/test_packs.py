"""The bundled packs: each statement is used as it says, and each thing rests on statements."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from sciatica_pt.errors import GuidanceError
from sciatica_pt.guidance import (
    BUNDLED,
    GuidancePack,
    Replacement,
    bundled_pack,
    combine,
    default_guidance,
    review_fingerprint,
    unreviewed,
    walk,
)
from sciatica_pt.model import Citation, RuleSpec, Statement, StatementUse
from sciatica_pt.rules import rules_of
from tools import review

GUIDANCE = default_guidance()
STATEMENTS = GUIDANCE.statements
each_pack = pytest.mark.parametrize("name", BUNDLED)


# A red flag and a restriction are data that a rule carries out, and a dispute is shown beside what
# it disputes.
_BOTH = {
    "rules": {StatementUse.RULE},
    "rule_amendments": {StatementUse.RULE},
    "progressions": {StatementUse.RULE},
    "paths": {StatementUse.RULE, StatementUse.DATUM},
    "red_flags": {StatementUse.RULE, StatementUse.DATUM},
    "restrictions": {StatementUse.RULE, StatementUse.DATUM},
    "texts": {StatementUse.TEXT},
    "disputes": {StatementUse.TEXT},
}


def _citing(pack: GuidancePack) -> Iterator[tuple[StatementUse, str, str]]:
    """Yield the use, the statement and the place of each citation in a pack."""
    for field in attrs.fields(GuidancePack):
        for path, value in walk(getattr(pack, field.name), f"$.{pack.id}.{field.name}"):
            if isinstance(value, Citation):
                for use in _BOTH.get(field.name, {StatementUse.DATUM}):
                    yield use, value.statement, path


USES = [use for pack in GUIDANCE.packs for use in _citing(pack)]


# --- From the statement to its use


@each_pack
def test_each_statement_is_used_as_it_says(name: str) -> None:
    """A statement marked rule, datum or text is cited by a rule, a datum or a text."""
    used = {(use, statement) for use, statement, _ in USES}
    idle = [
        f"{statement.id} is marked {statement.use}"
        for statement in bundled_pack(name).statements
        if statement.use is not StatementUse.EXCLUDED and (statement.use, statement.id) not in used
    ]
    assert not idle


@each_pack
def test_nothing_rests_on_an_excluded_statement(name: str) -> None:
    """What was left out is cited by no rule, datum or text, and its reason is a sentence."""
    excluded = {
        statement.id: statement.reason or ""
        for statement in bundled_pack(name).statements
        if statement.use is StatementUse.EXCLUDED
    }
    assert not [path for _, statement, path in USES if statement in excluded]
    assert all(reason.endswith(".") and reason.count(" ") >= 3 for reason in excluded.values())


def test_each_statement_stands_in_one_place() -> None:
    """Every statement has exactly one use, so the four uses share the statements out."""
    assert sum(len(pack.statements) for pack in GUIDANCE.packs) == len(STATEMENTS)


# --- From the use to its statement


def test_each_cited_statement_exists() -> None:
    """No citation, of whatever thing, leads nowhere."""
    cited = [
        (path, value.statement)
        for pack in GUIDANCE.packs
        for path, value in walk(pack)
        if isinstance(value, Citation)
    ]
    assert len(cited) > 1000
    assert not [(path, name) for path, name in cited if name not in STATEMENTS]


@each_pack
def test_whatever_is_shown_or_counted_cites_something(name: str) -> None:
    """Each value of the pack that can cite does, so no number and no sentence is without source."""
    bare = [
        path for path, value in walk(bundled_pack(name)) if not getattr(value, "citations", True)
    ]
    assert not bare


def test_each_rule_cites_a_statement_meant_for_rules() -> None:
    """A rule rests on at least one statement that says that it became a rule."""
    for pack in GUIDANCE.packs:
        for rule in pack.rules:
            uses = {STATEMENTS[citation.statement].use for citation in rule.citations}
            assert StatementUse.RULE in uses, rule.code


def test_each_rule_of_the_packs_is_one_that_runs() -> None:
    """What a pack calls a rule is compiled, with all the numbers that its check needs."""
    assert [rule.code for rule in GUIDANCE.rules.values()] == list(rules_of(GUIDANCE))


# --- Review


def test_every_rule_was_reviewed_against_its_statements_as_they_read_now() -> None:
    """No statement has changed under a rule; if one has, `python -m tools.review` shows it."""
    assert unreviewed(GUIDANCE) == ()


@pytest.mark.parametrize(
    "rule", [rule for pack in GUIDANCE.packs for rule in pack.rules], ids=lambda rule: rule.code
)
def test_a_changed_statement_leaves_each_rule_that_cites_it_unreviewed(rule: RuleSpec) -> None:
    """One other word in any one cited statement is noticed, and a word elsewhere is not."""
    cited = {citation.statement for citation in rule.citations}
    for name in cited:
        changed = attrs.evolve(STATEMENTS[name], text=STATEMENTS[name].text + " Or not.")
        assert review_fingerprint(rule, {**STATEMENTS, name: changed}) != rule.reviewed
    other = next(name for name in STATEMENTS if name not in cited)
    changed = attrs.evolve(STATEMENTS[other], text="Something else.")
    kept = {name: item for name, item in STATEMENTS.items() if name in cited} | {other: changed}
    numbers = {one.statement for item in rule.parameters for one in item.citations}
    kept |= {name: STATEMENTS[name] for name in numbers}
    assert review_fingerprint(rule, kept) == rule.reviewed


def test_unreviewed_rules_are_found_in_a_catalog() -> None:
    """A pack that changes a statement below it, with leave, leaves the rules on it unreviewed."""
    statement = attrs.evolve(STATEMENTS["L002"], text="Seven activities are enough.")
    above = GuidancePack(
        id="above",
        version="1",
        title="Above",
        summary="Changes a statement.",
        statements=(statement,),
        replacements=(Replacement(id="L002", reason="Tried out."),),
    )
    waiting = unreviewed(combine(bundled_pack("foundation"), above))
    assert [rule.code for rule in waiting] == ["SPT502"]


def test_where_one_statement_ends_and_the_next_begins_counts() -> None:
    """Words that move from one statement to the next are a change."""
    rule = bundled_pack("foundation").rules[0]
    rule = attrs.evolve(rule, citations=(Citation(statement="a"), Citation(statement="b")))

    def read(first: str, second: str) -> str:
        texts = {"a": first, "b": second}
        base = STATEMENTS["L001"]
        statements: dict[str, Statement] = {
            name: attrs.evolve(base, id=name, text=text) for name, text in texts.items()
        }
        return review_fingerprint(rule, statements)

    assert read("one two", "three") != read("one", "two three")


@pytest.fixture
def packs(tmp_path: Path) -> Path:
    """Return a folder with copies of the packs, none of whose rules was reviewed."""
    for path in review.PACKS.glob("*.json"):
        pack = json.loads(path.read_text("utf-8"))
        for rule in pack["rules"]:
            rule["reviewed"] = "0" * 16
        text = json.dumps(pack, indent=2, ensure_ascii=False) + "\n"
        (tmp_path / path.name).write_text(text, "utf-8")
    return tmp_path


def test_the_tool_stamps_the_rules_that_are_named_and_no_other(packs: Path) -> None:
    """Stamping every rule gives the packs as they are, byte for byte; one at a time, only that."""
    review.stamp(frozenset({"SPT101"}), packs)
    article = json.loads((packs / "article.json").read_text("utf-8"))
    stamped = [rule["code"] for rule in article["rules"] if rule["reviewed"] != "0" * 16]
    assert stamped == ["SPT101"]
    review.stamp(frozenset(rule.code for pack in GUIDANCE.packs for rule in pack.rules), packs)
    for path in review.PACKS.glob("*.json"):
        assert (packs / path.name).read_bytes() == path.read_bytes()


def test_the_tool_refuses_a_rule_that_it_does_not_know(packs: Path) -> None:
    """A misspelt code stamps nothing."""
    with pytest.raises(SystemExit, match="SPT999"):
        review.stamp(frozenset({"SPT101", "SPT999"}), packs)
    assert '"0000000000000000"' in (packs / "article.json").read_text("utf-8")


def test_the_tool_has_nothing_to_show(capsys: pytest.CaptureFixture[str]) -> None:
    """When all rules are reviewed it says so and ends well."""
    assert review.main([]) == 0
    assert capsys.readouterr().out == "0 rules to review\n"


# --- What the loader says


def test_an_unknown_bundled_pack_is_refused_with_the_nearest_name() -> None:
    """The message names the packs that there are."""
    with pytest.raises(GuidanceError, match=r'"artikel".*did you mean "article"') as caught:
        bundled_pack("artikel")
    assert "foundation, article, clinical-safety" in str(caught.value)
