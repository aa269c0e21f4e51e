"""Every hazard in the log has its control, and the log names nothing that isn't there."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sciatica_pt as spt
from sciatica_pt.overrides import OVERRIDE_RULES
from sciatica_pt.rules import WeekView

from .oracle.book import Book
from .oracle.cases import case

ROOT = Path(__file__).parents[1]
BOOK = Book()
GUIDANCE = spt.default_guidance()
REFS = GUIDANCE.refs
PERSON = spt.Profile(
    phase="subacute",
    flare=True,
    equipment={"chair", "cold-pack", "heating-pad", "thin-towel", "towel"},
    minutes={"mon": 45, "wed": 45, "fri": 45},
    screening=spt.Screening.clear(by="clinician"),
)


@attrs.frozen
class Row:
    """One row of the log."""

    id: str
    cells: tuple[str, ...]
    codes: frozenset[str]
    tests: tuple[str, ...]


def rows() -> list[Row]:
    """Return the rows of the log."""
    found = []
    for line in (ROOT / "docs" / "hazards.md").read_text("utf-8").splitlines():
        if line.startswith("| H"):
            cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
            codes = frozenset() if cells[4] == "none" else frozenset(cells[4].split(", "))
            found.append(Row(cells[0], cells, codes, tuple(re.findall(r"`([^`]+)`", cells[5]))))
    return found


ROWS = rows()


@functools.cache
def names_in(path: str) -> frozenset[str]:
    """Return the names of the tests in a file."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    names = (node.name for node in tree.body if isinstance(node, ast.FunctionDef))
    return frozenset(name for name in names if name.startswith("test_"))


@pytest.mark.parametrize("row", ROWS, ids=[row.id for row in ROWS])
def test_each_row_names_rules_and_tests_that_exist(row: Row) -> None:
    """A hazard has a cause, a control and a test, and each rule and test it names is there."""
    assert len(row.cells) == 6
    assert all(row.cells)
    assert row.codes <= GUIDANCE.rules.keys() | OVERRIDE_RULES.keys()
    assert row.tests
    for name in row.tests:
        path, _, test = name.partition("::")
        assert test in names_in(path), name


def test_log_is_numbered_and_leaves_no_safety_rule_out() -> None:
    """Each row has the next number, and every rule about safety controls some hazard."""
    assert [row.id for row in ROWS] == [f"H{number:02}" for number in range(1, len(ROWS) + 1)]
    assert len(ROWS) >= 15
    named = frozenset[str]().union(*(row.codes for row in ROWS))
    assert {code for code in GUIDANCE.rules if code.startswith("SPT6")} <= named
    assert OVERRIDE_RULES.keys() <= named


@pytest.mark.parametrize("flag", sorted(GUIDANCE.red_flags))
def test_every_red_flag_stops_the_plan(flag: str) -> None:
    """One yes is enough for a referral that says what to do, consent or not."""
    person = attrs.evolve(
        PERSON, screening=spt.Screening(by="person", present={flag}, others_absent=True)
    )
    with pytest.raises(spt.ReferralRequired) as caught:
        spt.plan_week(person, allow_unscreened=True)
    assert GUIDANCE.red_flags[flag].action in str(caught.value)


@settings(max_examples=12)
@given(st.integers(0, 10**6))
def test_no_plan_holds_what_its_person_must_not_do(seed: int) -> None:
    """In the week of any person the naive reading of the restrictions finds nothing forbidden."""
    _, person = case(seed, BOOK, REFS)
    if person is None:
        return
    try:
        week = spt.plan_week(person, allow_unscreened=True).routine
    except spt.PlanRefused:
        return
    held = {item.activity for session in week.sessions for item in session.prescriptions}
    for limit in BOOK.restrictions:
        if limit["level"] == "never" and person.knows(spt.Fact(**limit["when"])):
            assert held.isdisjoint(limit["activities"])


def test_what_nobody_asked_never_passes() -> None:
    """Of a person of whom nothing is known no rule about the person passes."""
    week = spt.plan_week(PERSON).routine
    nobody = spt.Profile(phase="subacute", minutes=PERSON.minutes, equipment=PERSON.equipment)
    report = spt.validate(week, profile=nobody)
    outcomes = {result.code: result.outcome for result in report.results}
    assert outcomes["SPT601"] is spt.Outcome.INDETERMINATE
    assert outcomes["SPT602"] is spt.Outcome.INDETERMINATE
    assert len(report.questions) > len(GUIDANCE.red_flags)


@pytest.mark.parametrize(
    ("field", "word"),
    [
        ("conditions", "osteoporosys"),
        ("ruled_out", "pregnancys"),
        ("equipment", "towl"),
        ("dislikes", "walki"),
    ],
)
def test_a_misspelt_word_is_refused(field: str, word: str) -> None:
    """A word that the guidance doesn't know is an error that names the nearest."""
    given_word: dict[str, Any] = {field: {word}}
    person = attrs.evolve(PERSON, **given_word)
    with pytest.raises(spt.GuidanceError, match="did you mean"):
        spt.plan_week(person)
    with pytest.raises(spt.GuidanceError, match="did you mean"):
        spt.validate(spt.plan_week(PERSON).routine, profile=person)


@pytest.mark.parametrize("activity", ["heat", "cold"])
def test_heat_and_cold_wait_for_the_answer_about_the_skin(activity: str) -> None:
    """While nobody has said that the skin can feel, neither is planned, wanted or not."""
    plan = spt.plan_week(attrs.evolve(PERSON, likes={activity}))
    assert "numb" in str(plan.why_not(activity))


def test_a_damaged_document_is_refused() -> None:
    """A dropped key, a number as text or an unknown key is never read as something else."""
    text = spt.dumps(spt.plan_week(PERSON).routine)
    for good, bad in (
        ('"sets":', '"set":'),
        ('"duration_seconds":600', '"duration_seconds":"600"'),
        ('"duration_seconds":600', '"duration_seconds":600.5'),
        ('"phase":"subacute"', '"phase":"sub-acute"'),
        ('"unscreened":false', '"unscreened":0'),
    ):
        assert good in text
        with pytest.raises(spt.DecodeError):
            spt.loads(text.replace(good, bad, 1), spt.Routine)


def test_checks_run_while_attrs_validators_are_off() -> None:
    """No switch of another library lets a wrong dose through."""
    with attrs.validators.disabled(), pytest.raises(spt.InvalidValueError):
        spt.Hold(sets=1, hold_seconds=3000, rest_seconds=0)


@attrs.frozen
class Breaks:
    """A rule of one's own that raises."""

    code: str = "CLINIC001"
    name: str = "breaks"
    scope: spt.Scope = spt.Scope.WEEK
    severity: spt.Severity = spt.Severity.ERROR
    citations: tuple[spt.Citation, ...] = ()

    def check(self, week: WeekView, context: object, /) -> Iterator[spt.Verdict]:
        """Fail to judge."""
        del week, context
        raise ZeroDivisionError


def test_a_broken_rule_is_no_pass() -> None:
    """A rule that raises has judged nothing, so nothing conforms."""
    report = spt.validate(spt.plan_week(PERSON).routine, profile=PERSON, rules=[Breaks()])
    assert not report.conforms
    assert [item.outcome for item in report.errors] == [spt.Outcome.ERROR]


def test_no_text_names_an_emergency_number() -> None:
    """The same digits mean different things in different countries."""
    texts = [text.text for text in GUIDANCE.texts.values()]
    texts += [flag.action for flag in GUIDANCE.red_flags.values()]
    for text in texts:
        assert not re.search(r"\b(?:000|110|111|112|119|911|999)\b", text), text
