"""Nobody gets a plan that their guidance forbids, and no rule ever breaks."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sciatica_pt.codec import dumps
from sciatica_pt.guidance import default_guidance
from sciatica_pt.model import Outcome, Profile, Routine, Screening
from sciatica_pt.planning import plan_week
from sciatica_pt.planning.candidates import Candidate, consider
from sciatica_pt.rules import Context, rules_of
from sciatica_pt.testing import profiles, routines
from sciatica_pt.validation import validate

from .book import Book
from .cases import person_for
from .faults import base
from .people import BrokenPromise, Watched, faults_in, look_at

BOOK = Book()
GUIDANCE = default_guidance()
RULES = rules_of(GUIDANCE)


@pytest.mark.parametrize("consent", [True, False])
def test_generated_people_get_what_the_naive_reading_allows(consent: bool) -> None:
    """A plan that is safe and conforms, or the referral or the questions that they need."""
    people = (person_for(Random(f"person {seed}"), BOOK) for seed in range(6))
    assert [fault for _, fault in look_at(people, consent=consent)] == [""] * 6


def test_the_check_of_plans_finds_each_kind_of_fault() -> None:
    """A plan for somebody else is caught by the naive reading, whatever is wrong with it."""
    _, person = base()
    plan = plan_week(attrs.evolve(person, minutes={"mon": 30, "wed": 30}))

    def found(**changes: Any) -> set[str]:
        someone = attrs.evolve(person, **changes)
        return set(faults_in(BOOK, plan, json.loads(dumps(someone))))

    assert found() == set()
    assert "bridge is contraindicated by progressive-deficit-exercise" in found(
        conditions={"progressive-deficit"}
    )
    assert "it breaks SPT602" in found(conditions={"progressive-deficit"})
    assert "it is marked wrongly as screened or not" in found(screening=None)
    waiting = found(others_ruled_out=False, ruled_out=GUIDANCE.conditions - {"numb-skin"})
    assert any("should wait for the answer" in fault for fault in waiting) is any(
        item.activity in ("heat", "cold")
        for session in plan.routine.sessions
        for item in session.prescriptions
    )


def test_a_plan_that_breaks_a_promise_stops_its_planner() -> None:
    """Without the rule against it the planner gives what is contraindicated, and is found out."""
    _, person = base()
    weak = attrs.evolve(person, conditions={"progressive-deficit"})
    unsafe = RULES.without("SPT601", "SPT602")
    with pytest.raises(BrokenPromise, match="is contraindicated by progressive-deficit-exercise"):
        Watched().plan(weak, guidance=GUIDANCE, rules=unsafe, unscreened=False)


def test_a_person_who_must_be_referred_is_missed_by_no_check() -> None:
    """What became of a person is held against the naive reading of the answers."""
    _, person = base()
    flagged = attrs.evolve(person, screening=Screening(by="person", present={"saddle-numbness"}))
    assert list(look_at(iter([flagged]), consent=True)) == [("referred", "")]
    silent = attrs.evolve(person, screening=None)
    assert list(look_at(iter([silent]), consent=False)) == [("to be asked", "")]


@settings(max_examples=40)
@given(routines() | routines(arbitrary=True), st.none() | profiles())
def test_no_rule_breaks_on_any_week(routine: Routine, person: Profile | None) -> None:
    """Whatever the week, mistakes included, each rule judges it."""
    report = validate(routine, profile=person)
    assert not [item for item in report.results if item.outcome is Outcome.ERROR]


@settings(max_examples=25)
@given(profiles())
def test_no_rule_breaks_while_activities_are_considered(person: Profile) -> None:
    """An activity that is turned down is turned down by a rule that judged it and says why."""
    context = Context(catalog=GUIDANCE, profile=person, phase=person.phase)
    for activity in GUIDANCE.activities.values():
        found = consider(activity, context, RULES, person)
        if not isinstance(found, Candidate):
            assert found.findings
            for finding in found.findings:
                assert finding.outcome in (Outcome.FAIL, Outcome.INDETERMINATE), finding
                assert finding.outcome is Outcome.FAIL or finding.question
