"""Validation: three doors to one engine, and what a report says."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sciatica_pt as spt
from sciatica_pt.rules import RuleSet, rules_of
from sciatica_pt.validation import conforms

from .oracle.book import Book
from .oracle.cases import case
from .rules.build import PERSON, rx, week

BOOK = Book()
REFS = spt.default_guidance().refs
RULES = rules_of(spt.default_guidance())
#: Breaks two rules of error severity, two of less, and leaves a question open.
BAD = week(mon=(rx("bridge", reps=13), rx("walking")), wed=(rx("cold"),))
DOUBTFUL = attrs.evolve(PERSON, flare=None, irritability=None)


def test_a_report_sorts_what_it_found() -> None:
    """The gravest come first, then the codes; questions are no findings, and warnings no errors."""
    report = spt.validate(BAD, profile=DOUBTFUL)
    assert [(item.severity.value, item.code) for item in report.findings] == [
        ("error", "SPT101"),
        ("error", "SPT402"),
        ("error", "SPT501"),
        ("warning", "SPT403"),
        ("warning", "SPT407"),
        ("warning", "SPT415"),
        ("warning", "SPT415"),
    ]
    assert [item.code for item in report.errors] == ["SPT101", "SPT402", "SPT501"]
    assert not report.conforms
    assert not report.overridden
    assert {item.outcome for item in report.indeterminate} == {spt.Outcome.INDETERMINATE}
    assert report.profiled
    assert report.guidance == REFS
    assert [result.code for result in report.results] == list(RULES)


def test_questions_are_asked_once_in_the_order_of_the_rules() -> None:
    """A question that several rules have is on the list once."""
    report = spt.validate(BAD, profile=DOUBTFUL)
    asked = [item.question for item in report.indeterminate]
    assert len(asked) > len(set(asked))
    assert list(report.questions) == list(dict.fromkeys(asked))


def test_a_report_rests_on_some_packs_and_names_each_once() -> None:
    """It names one pack at least and fifty at most; no pack and no rule stands in it twice."""
    report = spt.validate(BAD, profile=PERSON)
    ref, result = report.guidance[0], report.results[0]
    fifty = tuple(attrs.evolve(ref, id=f"pack-{place}") for place in range(50))
    for guidance in ((ref,), fifty):
        assert attrs.evolve(report, guidance=guidance).guidance == guidance
    for guidance in ((), (*fifty, ref), (ref, attrs.evolve(ref, version="9.9.9"))):
        with pytest.raises(spt.InvalidValueError, match="guidance"):
            attrs.evolve(report, guidance=guidance)
    with pytest.raises(spt.InvalidValueError, match="results"):
        attrs.evolve(report, results=(result, attrs.evolve(result, outcome="error")))


def counts(report: spt.Report) -> str:
    """Return how many rules had each outcome."""
    said = [result.outcome for result in report.results]
    return (
        f"{len(RULES)} rules, {said.count(spt.Outcome.PASS)} pass, "
        f"{said.count(spt.Outcome.FAIL)} fail, "
        f"{said.count(spt.Outcome.NOT_APPLICABLE)} not-applicable, "
        f"{said.count(spt.Outcome.INDETERMINATE)} indeterminate, 0 error"
    )


def test_a_report_reads_as_a_page() -> None:
    """It says whether the week conforms, how many rules said what, what failed and what to ask."""
    report = spt.validate(BAD, profile=DOUBTFUL)
    head, *lines = str(report).splitlines()
    assert head == f"The routine does not conform: {counts(report)}."
    assert lines[: len(report.findings)] == [f"  {item}" for item in report.findings]
    asked = lines[len(report.findings) :]
    assert asked == [
        "Not judged until someone answers:",
        *(f"  - {question}" for question in report.questions),
    ]


def test_a_report_without_questions_asks_none() -> None:
    """Where everything is known there is no list of questions."""
    fine = week(
        mon=(rx("walking"), rx("bridge")),
        wed=(rx("walking"),),
        fri=(rx("walking"), rx("bridge")),
        habits=(rx("movement-breaks"),),
    )
    report = spt.validate(fine, profile=PERSON)
    assert report.conforms
    assert not report.findings
    assert not report.questions
    assert str(report) == f"The routine conforms: {counts(report)}."
    report.raise_for_findings()


def test_the_exception_says_what_the_report_says() -> None:
    """It carries the report, counts the errors, and lists them."""
    report = spt.validate(BAD, profile=PERSON)
    with pytest.raises(spt.FindingsError) as caught:
        report.raise_for_findings()
    assert caught.value.report == report
    assert str(caught.value).splitlines() == [
        "the routine does not conform; to mend (3):",
        *(str(item) for item in report.errors),
    ]


@settings(max_examples=10)
@given(st.integers(1, 10**6))
def test_all_doors_lead_to_one_engine(seed: int) -> None:
    """Lazy findings, the report and the exception never disagree."""
    routine, person = case(seed, BOOK, REFS)
    report = spt.validate(routine, profile=person)
    lazy = list(spt.iter_findings(routine, profile=person))
    assert lazy == [item for result in report.results for item in result.findings]
    assert report.conforms is not any(
        item.severity is spt.Severity.ERROR and item.outcome is not spt.Outcome.INDETERMINATE
        for item in lazy
    )
    assert report.profiled is (person is not None)
    assert spt.loads(spt.dumps(report), spt.Report) == report


def test_every_door_runs_the_rules_that_it_is_given() -> None:
    """A rule set is run instead of the guidance's rules, by each door."""
    few = RuleSet([RULES["SPT501"]])
    assert [item.code for item in spt.iter_findings(BAD, profile=PERSON, rules=few)] == ["SPT501"]
    report = spt.validate(BAD, profile=PERSON, rules=few)
    assert [result.code for result in report.results] == ["SPT501"]


def test_every_door_checks_against_the_guidance_that_it_is_given() -> None:
    """The article alone forbids nothing, and a word that it doesn't know is refused."""
    article = spt.article_guidance()
    report = spt.validate(BAD, guidance=article)
    assert [ref.id for ref in report.guidance] == ["foundation", "article"]
    assert {item.code for item in spt.iter_findings(BAD, guidance=article)} == {
        item.code for result in report.results for item in result.findings
    }
    ill = attrs.evolve(PERSON, others_ruled_out=True, conditions={"raynaud"})
    with pytest.raises(spt.GuidanceError, match="raynaud"):
        spt.validate(BAD, profile=ill, guidance=article)
    with pytest.raises(spt.GuidanceError, match="raynaud"):
        list(spt.iter_findings(BAD, profile=ill, guidance=article))


@pytest.mark.parametrize("seed", range(0, 60, 3))
def test_whether_a_week_conforms_is_known_without_a_report(seed: int) -> None:
    """The shorter question has the answer of the report, for a person and for nobody."""
    routine, person = case(seed, BOOK, REFS)
    for profile in (person, None):
        report = spt.validate(routine, profile=profile)
        guidance = spt.default_guidance()
        assert report.conforms is conforms(routine, profile=profile, guidance=guidance, rules=RULES)


def test_a_good_week_conforms_by_both() -> None:
    """A planned week does, and the same week for someone who won't do a part of it does not."""
    plan, guidance = spt.plan_week(PERSON), spt.default_guidance()
    assert conforms(plan.routine, profile=PERSON, guidance=guidance, rules=RULES)
    dislikes = {plan.routine.sessions[0].prescriptions[0].activity}
    other = attrs.evolve(PERSON, dislikes=dislikes, likes=())
    assert not conforms(plan.routine, profile=other, guidance=guidance, rules=RULES)
