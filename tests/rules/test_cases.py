"""Every outcome of every rule, case by case."""

from __future__ import annotations

import pytest

from sciatica_pt.model import Outcome
from sciatica_pt.rules import rules_of

from .build import GUIDANCE, Row, judged
from .said import PAGE, ROWS, text

#: Outcomes that a rule can't have, with the reason.
NEVER = {
    ("SPT104", "indeterminate"): "a prescription states its side",
    ("SPT108", "indeterminate"): "guidance and prescription are always known",
    ("SPT201", "indeterminate"): "a prescription states its barrier",
    ("SPT202", "indeterminate"): "heat is tied to a phase and to no flare-up",
    ("SPT204", "indeterminate"): "a prescription states its form",
    ("SPT301", "indeterminate"): "a prescription states its provider",
    ("SPT302", "indeterminate"): "a prescription states its provider",
    ("SPT303", "indeterminate"): "the week is all that it looks at",
    ("SPT401", "indeterminate"): "the week is all that it looks at",
    ("SPT402", "indeterminate"): "the week is all that it looks at",
    ("SPT402", "not-applicable"): "every week wants it",
    ("SPT403", "indeterminate"): "without a person the guidance's own number counts",
    ("SPT403", "not-applicable"): "every week wants it",
    ("SPT404", "indeterminate"): "the week is all that it looks at",
    ("SPT405", "indeterminate"): "the week is all that it looks at",
    ("SPT405", "not-applicable"): "every week wants it",
    ("SPT407", "indeterminate"): "the week is all that it looks at",
    ("SPT407", "not-applicable"): "every week wants it",
    ("SPT410", "indeterminate"): "the week is all that it looks at",
    ("SPT411", "indeterminate"): "the week is all that it looks at",
    ("SPT412", "indeterminate"): "the week is all that it looks at",
    ("SPT413", "indeterminate"): "the week is all that it looks at",
    ("SPT414", "indeterminate"): "the week is all that it looks at",
    ("SPT415", "indeterminate"): "the week is all that it looks at",
    ("SPT501", "indeterminate"): "the session is all that it looks at",
    ("SPT502", "indeterminate"): "the session is all that it looks at",
    ("SPT504", "indeterminate"): "the session is all that it looks at",
    ("SPT505", "indeterminate"): "the session is all that it looks at",
    ("SPT506", "indeterminate"): "the week is all that it looks at",
    ("SPT601", "not-applicable"): "the guidance has red flags",
    ("SPT901", "indeterminate"): "the guidance is always known",
    ("SPT902", "indeterminate"): "a week names its guidance",
    ("SPT902", "not-applicable"): "every week names its guidance",
    ("SPT903", "not-applicable"): "every week has a phase",
    ("SPT904", "not-applicable"): "every week is screened or not",
}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_case_has_its_outcome(row: Row) -> None:
    """A rule says of each week and person what its text says that it must."""
    result = judged(row.code, row.routine, row.profile)
    assert result.outcome.value == row.outcome, result.findings
    assert bool(result.findings) is (row.outcome in ("fail", "indeterminate"))


def test_every_outcome_of_every_rule_has_a_case() -> None:
    """Each rule passes, fails, can't judge and has nothing to judge somewhere in the tables."""
    shown = {(row.code, row.outcome) for row in ROWS}
    possible = {
        (code, outcome.value)
        for code in rules_of(GUIDANCE)
        for outcome in Outcome
        if outcome is not Outcome.ERROR
    }
    assert shown == possible - NEVER.keys()
    assert len({str(row) for row in ROWS}) == len(ROWS)


def test_each_finding_reads_as_it_was_reviewed() -> None:
    """Place, sentence, values, question and way out of each finding are those on the page."""
    assert text() == PAGE.read_text("utf-8"), "run python -m tests.rules.said, and read the change"
