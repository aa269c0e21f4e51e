"""What a person reads instead of a plan is plain, says what to do next and blames nobody."""

from __future__ import annotations

import pickle
import re

import attrs
import pytest

import sciatica_pt as spt

from .rules.build import GUIDANCE, PERSON

FLAGS = tuple(GUIDANCE.red_flags.values())
HOW_SOON = {
    "emergency": "right now",
    "urgent": "soon, today or in the next days",
    "routine": "first, by appointment",
}


def referral(*flags: str) -> spt.ReferralRequired:
    """Return the referral of a person who has some warning signs."""
    said = spt.Screening(by="person", present=flags, others_absent=True)
    with pytest.raises(spt.ReferralRequired) as caught:
        spt.plan_week(attrs.evolve(PERSON, screening=said))
    return caught.value


@pytest.mark.parametrize("flag", FLAGS, ids=[flag.id for flag in FLAGS])
def test_a_referral_says_what_to_do_and_how_soon(flag: spt.RedFlag) -> None:
    """It names the sign, the action and the time, and what opens the way to a plan again."""
    refusal = referral(flag.id)
    assert refusal.tier is flag.tier
    assert str(refusal).splitlines() == [
        "No exercise plan for now: something that was said needs to be looked at "
        f"{HOW_SOON[flag.tier]}.",
        f"  - {flag.name}: {flag.action}",
        "A plan can be made as soon as a clinician has said that exercise is safe.",
    ]


def test_the_most_urgent_sign_leads_a_referral() -> None:
    """Several signs are all named, and the most urgent sets the time."""
    refusal = referral("no-better", "worsening-weakness", "saddle-numbness")
    assert [flag.id for flag in refusal.flags] == [
        "saddle-numbness",
        "worsening-weakness",
        "no-better",
    ]
    assert "right now" in str(refusal).splitlines()[0]


def test_a_known_condition_refers_like_an_answer() -> None:
    """A worsening deficit stops the plan although every question was answered with no."""
    with pytest.raises(spt.ReferralRequired, match="soon, today"):
        spt.plan_week(attrs.evolve(PERSON, conditions={"progressive-deficit"}))


def test_open_questions_are_read_out_with_the_reason() -> None:
    """Each open question stands there with its id, and why it is asked."""
    asked = spt.Screening(by="person", absent=[flag.id for flag in FLAGS[2:]])
    with pytest.raises(spt.ScreeningIncomplete) as caught:
        spt.plan_week(attrs.evolve(PERSON, screening=asked))
    head, *lines = str(caught.value).splitlines()
    assert "because exercise is not right for everybody" in head
    assert "a yes says what to do instead" in head
    assert lines == [f"  - {flag.ask} ({flag.id})" for flag in FLAGS[:2]]
    assert caught.value.questions == FLAGS[:2]


def test_no_plan_says_what_stands_in_the_way_and_what_would_help() -> None:
    """It reads as sentences, with the rule's code at the end for whoever looks it up."""
    habits = [item.id for item in GUIDANCE.activities.values() if item.technique == "posture"]
    with pytest.raises(spt.NoConformingPlan) as caught:
        spt.plan_week(attrs.evolve(PERSON, minutes={}, dislikes=habits))
    assert str(caught.value).splitlines() == [
        "No plan: no week fits all that has to hold. What stands in the way:",
        "  - The week holds nothing of the technique posture. "
        "Add an activity of the technique posture. (SPT402)",
        "Change one of these, for instance the free time or what was declined, or ask a physical "
        "therapist.",
    ]
    assert [item.code for item in caught.value.findings] == ["SPT402"]


@pytest.mark.parametrize("kind", ["referral", "open", "none"])
def test_a_refusal_survives_the_way_to_another_process(kind: str) -> None:
    """Its text and its fields are the same after pickling."""
    refusal: spt.PlanRefused = {
        "referral": referral("saddle-numbness"),
        "open": spt.ScreeningIncomplete(FLAGS[:1]),
        "none": spt.NoConformingPlan(()),
    }[kind]
    again = pickle.loads(pickle.dumps(refusal))
    assert type(again) is type(refusal)
    assert str(again) == str(refusal)
    assert vars(again) == vars(refusal)


def test_no_text_for_people_shouts_or_blames() -> None:
    """No capitals, no exclamation marks, no fault of the person's."""
    texts = [text.text for text in GUIDANCE.texts.values()]
    texts += [text for flag in FLAGS for text in (flag.ask, flag.action)]
    texts += [limit.reason for limits in GUIDANCE.restrictions.values() for limit in limits]
    texts += [item.ask for item in GUIDANCE.questions.values()]
    for text in texts:
        assert not re.search(r"!|\b[A-Z]{4,}\b", text), text
        assert not re.search(r"\b(?:forbidden|refuse|your fault|fail)", text), text
