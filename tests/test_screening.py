"""Screening: what is asked, in what order, and what the answers mean."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sciatica_pt import codec
from sciatica_pt.errors import InvalidValueError
from sciatica_pt.guidance import article_guidance, default_guidance
from sciatica_pt.model import Clearance, Outcome, Screening, ScreeningStatus, Tier
from sciatica_pt.screening import ScreeningResult, intake, screen

from .rules.build import PERSON, judged, rx, week

FLAGS = tuple(default_guidance().red_flags)


def test_intake_asks_for_every_flag_and_every_fact_once() -> None:
    """A form made from `intake` misses no question that a rule needs, and asks none twice."""
    items = intake()
    asked = [item.flag.id for item in items if item.flag is not None]
    facts = [item.fact for item in items if item.fact is not None]
    assert sorted(asked) == sorted(FLAGS)
    assert set(facts) == set(default_guidance().questions)
    assert len(facts) == len(set(facts))
    assert len(items) == len(asked) + len(facts)


def test_red_flags_come_first_and_the_most_urgent_lead() -> None:
    """A yes that ends the form is asked for before anything that a yes would make pointless."""
    items = intake()
    tiers = [item.flag.tier.order for item in items if item.flag is not None]
    assert tiers == sorted(tiers)
    assert all(item.flag is not None for item in items[: len(tiers)])


def test_facts_on_which_more_depends_are_asked_earlier() -> None:
    """Within a kind of fact, the question that bars most activities leads."""
    guidance = default_guidance()
    conditions = [item.fact for item in intake() if item.fact and item.fact.kind == "condition"]
    weights = [
        sum(
            restriction.when == fact
            for restrictions in guidance.restrictions.values()
            for restriction in restrictions
        )
        for fact in conditions
    ]
    assert weights == sorted(weights, reverse=True)


def test_guidance_without_questions_asks_nothing_and_clears_nobody_wrongly() -> None:
    """The article alone knows no red flag, so there is nothing to ask."""
    assert intake(article_guidance()) == ()
    assert screen(None, guidance=article_guidance()).status is ScreeningStatus.CLEAR


def test_one_flag_is_enough_whatever_else_is_open() -> None:
    """Open questions never hide a flag that is present."""
    result = screen(Screening(by="person", present={"saddle-numbness"}))
    assert result.status is ScreeningStatus.REFER
    assert result.tier is Tier.EMERGENCY
    assert len(result.open) == len(FLAGS) - 1


def test_the_most_urgent_flag_leads() -> None:
    """The tier of several flags is that of the most urgent."""
    result = screen(Screening(by="person", present={"no-better", "saddle-numbness"}))
    assert [flag.id for flag in result.present] == ["saddle-numbness", "no-better"]


def test_a_condition_can_be_a_flag_in_itself() -> None:
    """A known worsening deficit refers, even when the question was answered with no."""
    result = screen(Screening.clear(by="clinician"), conditions=frozenset({"progressive-deficit"}))
    assert result.status is ScreeningStatus.REFER


def test_what_was_not_asked_is_incomplete_and_has_no_tier() -> None:
    """Nobody is clear who was not asked."""
    result = screen(None)
    assert result.status is ScreeningStatus.INCOMPLETE
    assert result.tier is None
    assert {flag.id for flag in result.open} == set(FLAGS)


@given(present=st.sets(st.sampled_from(FLAGS)), absent=st.sets(st.sampled_from(FLAGS)))
def test_each_flag_is_counted_once(present: set[str], absent: set[str]) -> None:
    """Present, open and answered with no divide the flags between them, and decide the status."""
    result = screen(Screening(by="person", present=present, absent=absent - present))
    found = {flag.id for flag in result.present}
    unasked = {flag.id for flag in result.open}
    assert found == present
    assert unasked == set(FLAGS) - present - absent
    expected = (
        ScreeningStatus.REFER
        if present
        else ScreeningStatus.INCOMPLETE
        if unasked
        else ScreeningStatus.CLEAR
    )
    assert result.status is expected


@given(present=st.sets(st.sampled_from(FLAGS)))
def test_results_survive_json(present: set[str]) -> None:
    """A result and a form can be sent to another program and back."""
    result = screen(Screening(by="person", present=present))
    assert codec.loads(codec.dumps(result), ScreeningResult) == result


def test_a_clearance_that_ran_out_counts_no_longer() -> None:
    """A profile as it stands after a clearance's last day is told to ask again."""
    cleared = Clearance(
        restriction="massage-anticoagulants",
        role="physician",
        reason="Light pressure was agreed.",
        expires=dt.date(2026, 3, 31),
    )
    person = attrs.evolve(PERSON, conditions={"anticoagulants"}, clearances=[cleared])
    routine = week(mon=(rx("massage"),))
    last = judged("SPT603", routine, person.on(dt.date(2026, 3, 31)))
    after = judged("SPT603", routine, person.on(dt.date(2026, 4, 1)))
    assert (last.outcome, after.outcome) == (Outcome.PASS, Outcome.FAIL)
    assert person.on(dt.date(2026, 3, 31)) == person


@pytest.mark.parametrize("name", ["present", "open"])
def test_a_result_names_each_flag_once(name: str) -> None:
    """A flag that stands in a list twice is a mistake of whoever made it."""
    flag = next(iter(default_guidance().red_flags.values()))
    result = ScreeningResult(status="refer", present=(flag,), open=(flag,))
    twice: dict[str, Any] = {name: (flag, flag)}
    with pytest.raises(InvalidValueError, match=name):
        attrs.evolve(result, **twice)
