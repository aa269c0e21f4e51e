"""Write docs/rule-reference.md from the bundled guidance: `python -m tools.rule_reference`.

The examples on it are the faults that the tests inject, so it is run from the project's folder.
The page is committed so that a change of a rule shows in review; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sciatica_pt.guidance import Catalog, default_guidance
from sciatica_pt.model import Citation, RuleSpec
from sciatica_pt.overrides import OVERRIDE_RULES, OverrideRule
from sciatica_pt.rules import Finding
from sciatica_pt.validation import validate
from tests.oracle.faults import FAULTS, base
from tests.rules.said import ROWS

PAGE = Path(__file__).parents[1] / "docs" / "rule-reference.md"

HEAD = """\
# Rule reference

This page is written from the bundled guidance by `python -m tools.rule_reference`.
Change the guidance, not the page.

Each rule names the statements that it rests on, each with its source.
"Limits" and "contradicts" mark evidence against it.
The unsafe example is a fault in a week that breaks no rule, and what the rule says of it.
The safe examples are cases of the tests in which the rule passes.
The examples were run to write this page, and the tests run them again.
Limits of doses stand with the activities: `sciatica-pt explain` shows those of a plan.
"""

OVERRIDES = """\
## Overrides

These judge a clinician's overrides and not routines, so no pack states them.
A report has them only where overrides were given.
"""

FLAGS = """\
## Red flags

Any one of them stops the program; no override can let it stand.

| id | how soon | question |
| --- | --- | --- |
"""

RESTRICTIONS = """\
## Contraindications and precautions

What a fact about a person does to activities.
They are done never, only with a clinician's clearance, or only as modified.
"Withheld" activities are left out by the planner while the fact is unknown.

| when | level | activities | reason | sources |
| --- | --- | --- | --- | --- |
"""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _source(catalog: Catalog, citation: Citation) -> str:
    statement = catalog.statements[citation.statement]
    source = catalog.sources[statement.source]
    year = f", {source.year}" if source.year is not None else ""
    title = f"[{source.title}]({source.url})" if source.url else source.title
    role = "" if citation.role == "supports" else f" ({citation.role})"
    checked = "" if statement.verified else ", not verified"
    return f"- {statement.id}{role}: {statement.text} ({title}{year}{checked})"


def _examples() -> dict[str, str]:
    """Return for each rule the fault that breaks the fewest others, and what the rule says."""
    found: dict[str, str] = {}
    for name, (fault, codes) in sorted(FAULTS.items(), key=lambda item: len(item[1][1])):
        week, person = fault(*base())
        said = {item.code: item for item in reversed(validate(week, profile=person).findings)}
        for code in sorted(codes - found.keys()):
            found[code] = f"{name}: {_said(said[code])}"
    return found


def _said(finding: Finding) -> str:
    details = (("got", finding.observed), ("expected", finding.expected))
    parts = [f"{word} {text}" for word, text in details if text is not None]
    message = finding.message.removesuffix(".")
    return f"{message} ({'; '.join(parts)})" if parts else message


def _safe(code: str) -> str:
    """Return the cases that pass, which the tests run."""
    return "; ".join(row.name for row in ROWS if row.code == code and row.outcome == "pass")


def _rule(catalog: Catalog, rule: RuleSpec, example: str) -> Iterator[str]:
    yield f"### {rule.code} {rule.name}\n"
    yield f"{rule.summary}\n"
    yield f"- Why: {rule.why}"
    yield f"- What to do: {rule.fix}"
    yield f"- Unsafe: {example}"
    yield f"- Safe: {_safe(rule.code)}"
    yield f"- Looks at: {rule.scope}; severity: {rule.severity}; check: `{rule.check}`"
    yield f"- Since: {rule.since}"
    words: dict[str, Iterable[str]] = {
        "Techniques": sorted(rule.techniques),
        "Phases": sorted(rule.phases),
        "Stages": rule.stages,
        "Numbers of a dose": sorted(rule.dose_parameters),
    }
    yield from (f"- {name}: {', '.join(found)}" for name, found in words.items() if found)
    cited = {item.statement: item for item in rule.citations}
    for number in rule.parameters:
        cited.update({item.statement: item for item in number.citations})
        ids = ", ".join(item.statement for item in number.citations)
        name = number.name.replace("-", " ")
        yield f"- Number: {name} {number.value} {number.unit} ({number.origin}; {ids})"
    yield "\nSources:\n"
    yield from (_source(catalog, item) for item in cited.values())
    yield ""


def _override_rule(rule: OverrideRule) -> Iterator[str]:
    yield f"### {rule.code} {rule.name}\n"
    yield f"{rule.summary}\n"
    yield f"- Why: {rule.why}"
    yield f"- What to do: {rule.fix}"
    yield f"- Severity: {rule.severity}; since {rule.since}\n"


def _restrictions(catalog: Catalog) -> Iterator[str]:
    found = {item.id: item for items in catalog.restrictions.values() for item in items}
    for item in sorted(found.values(), key=lambda item: (str(item.when), item.level, item.id)):
        level = f"{item.level}, withheld" if item.when_unknown == "withhold" else item.level
        reason = item.reason
        if item.modification is not None:
            reason = f"{reason} {item.modification.cue}"
        ids = ", ".join(citation.statement for citation in item.citations)
        names = ", ".join(sorted(item.activities))
        yield f"| {item.when} | {level} | {names} | {_cell(reason)} | {ids} |"


def _lines(catalog: Catalog) -> Iterator[str]:
    yield HEAD
    yield "## Rules\n"
    examples = _examples()
    for rule in catalog.rules.values():
        yield from _rule(catalog, rule, examples[rule.code])
    yield OVERRIDES
    for about in OVERRIDE_RULES.values():
        yield from _override_rule(about)
    yield FLAGS.rstrip("\n")
    for flag in catalog.red_flags.values():
        yield f"| {flag.id} | {flag.tier} | {_cell(flag.ask)} |"
    yield ""
    yield RESTRICTIONS.rstrip("\n")
    yield from _restrictions(catalog)


def render(catalog: Catalog) -> str:
    """Return the page."""
    return _joined(_lines(catalog))


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    PAGE.write_text(render(default_guidance()), "utf-8")
