"""The packs hold what the evidence says, at least as strictly, row by row."""

from __future__ import annotations

import re

import attrs
import pytest

from sciatica_pt.model import Fact, Phase, Profile
from sciatica_pt.model.vocabulary import DoseParameter, Origin, RestrictionLevel, Tier
from sciatica_pt.planning import plan_week

from .build import GUIDANCE, PERSON
from .evidence_table import DOSES, LEVELS, OMITTED, RADICULAR, TIERS

_ORDER = {"modify": 1, "clearance": 2, "never": 3}
ROWS = [
    (activity, Fact(kind="condition", value=condition), level)
    for activities, level, conditions in LEVELS
    for activity in activities
    for condition in conditions
] + [
    (activity, Fact(kind=kind, value=value), level) for (kind, value), activity, level in RADICULAR
]


def strictness(activity: str, fact: Fact) -> int:
    """Return how strictly the packs hold an activity when a fact is true; 0 for not at all."""
    levels = [0]
    for limit in GUIDANCE.restrictions.get(activity, ()):
        if limit.when == fact:
            change = limit.modification
            replaced = change is not None and change.replace_with is not None
            levels.append(_ORDER["never" if replaced else limit.level.value])
    return max(levels)


@pytest.mark.parametrize(("activity", "fact", "level"), ROWS, ids=[f"{a}-{f}" for a, f, _ in ROWS])
def test_a_condition_limits_an_activity_as_the_evidence_does(
    activity: str, fact: Fact, level: str
) -> None:
    """No restriction of the evidence is missing from the packs or laxer in them."""
    assert strictness(activity, fact) >= _ORDER[level]


def test_every_activity_of_the_article_is_in_the_table() -> None:
    """The table speaks of each exercise, modality and treatment that the article names."""
    article = {
        item.id
        for pack in GUIDANCE.packs
        if pack.id == "article"
        for item in pack.activities
        if item.technique != "posture"
    }
    spoken = {activity for activity, _, _ in ROWS}
    assert article <= spoken


@pytest.mark.parametrize(("place", "numbers"), DOSES.items(), ids=[f"{a}-{p}" for a, p in DOSES])
def test_doses_are_those_of_the_evidence(
    place: tuple[str, str], numbers: dict[str, tuple[int, int]]
) -> None:
    """A beginner starts within the evidence's numbers, and nobody goes beyond them."""
    offer = GUIDANCE.range(place[0], Phase(place[1]))
    assert offer is not None
    for name, (least, most) in numbers.items():
        limit = offer.limit(DoseParameter(name))
        assert limit is not None, name
        assert limit.maximum == most, name
        assert limit.minimum <= least, name
        assert least <= limit.first <= most, name


@pytest.mark.parametrize("activity", OMITTED)
def test_what_is_too_much_at_first_is_not_offered(activity: str) -> None:
    """In the acute phase the evidence leaves these out."""
    assert GUIDANCE.range(activity, Phase.ACUTE) is None


def test_warning_signs_have_the_tier_of_the_evidence() -> None:
    """No sign is missing, none is less urgent than the evidence says, and none is made up."""
    found = {
        tier.value: {flag.id for flag in GUIDANCE.red_flags.values() if flag.tier is tier}
        for tier in Tier
    }
    assert found == {tier: set(names) for tier, names in TIERS.items()}


@pytest.mark.parametrize("flag", GUIDANCE.red_flags)
def test_a_warning_sign_says_what_to_do_and_how_soon(flag: str) -> None:
    """The action fits the tier, names no number to call, and its question is answered by yes."""
    item = GUIDANCE.red_flags[flag]
    wanted = {
        Tier.EMERGENCY: r"emergency department now, or call your local emergency number",
        Tier.URGENT: r"(?:today|tomorrow|next day or two)",
        Tier.ROUTINE: r"Make an appointment",
    }[item.tier]
    assert re.search(wanted, item.action), item.action
    assert item.action.startswith(("Stop exercising", "Make an appointment"))
    assert not re.search(r"\d{3}", item.action)
    assert item.ask.endswith("?")
    assert not re.search(r"\b(?:not|no)\b.*\bnot\b", item.ask)


def test_variants_are_marked_as_not_from_the_article() -> None:
    """Each easier version that a modification needs is there, and says that it was added."""
    added = {
        "sit-to-stand",
        "partial-squat",
        "wall-plank",
        "knee-plank",
        "supine-figure-four",
        "bent-knee-hamstring-stretch",
        "pelvic-tilt",
        "seated-cat-camel",
        "low-bridge",
        "water-walking",
        "short-bout-walking",
        "neural-slider",
        "press-up",
    }
    (article,) = (pack for pack in GUIDANCE.packs if pack.id == "article")
    assert added == GUIDANCE.activities.keys() - {item.id for item in article.activities}
    for name in added:
        assert GUIDANCE.activities[name].origin is not Origin.ARTICLE
    for item in article.activities:
        assert item.origin is Origin.ARTICLE


def test_each_restriction_says_where_it_comes_from() -> None:
    """None is the article's, which names none; each cites a source that is named and dated."""
    for limits in GUIDANCE.restrictions.values():
        for limit in limits:
            assert limit.origin is not Origin.ARTICLE
            assert limit.citations
    assert {limit.level for limits in GUIDANCE.restrictions.values() for limit in limits} == set(
        RestrictionLevel
    )


def movements(profile: Profile) -> dict[str, tuple[str, ...]]:
    """Return what is planned for a person: each activity with the changes that were applied."""
    week = plan_week(profile).routine
    return {
        item.activity: tuple(sorted(item.modifications))
        for session in week.sessions
        for item in session.prescriptions
    }


@pytest.mark.parametrize("phase", ["acute", "subacute", "chronic"])
def test_stenosis_leans_forward_and_walks_in_short_bouts(phase: str) -> None:
    """Flexion bias: no long walk, no sagging plank, no full bridge, no breaststroke."""
    plan = movements(
        attrs.evolve(
            PERSON,
            phase=phase,
            conditions={"lumbar-spinal-stenosis"},
            directional_preference="flexion",
        )
    )
    assert not plan.keys() & {"walking", "press-up", "bridge"}
    cues = {
        limit.id: limit.modification.cue
        for limits in GUIDANCE.restrictions.values()
        for limit in limits
        if limit.modification is not None
    }
    for name in plan.keys() & {"plank", "knee-plank", "wall-plank"}:
        assert any("sag" in cues[change] for change in plan[name])
    for name in plan.keys() & {"cycling-stationary", "cycling-outdoor"}:
        assert any("forward" in cues[change] for change in plan[name])
    if "swimming" in plan:
        assert any("breaststroke" in cues[change] for change in plan["swimming"])


@pytest.mark.parametrize("phase", ["acute", "subacute", "chronic"])
def test_an_extension_responder_does_not_round_and_cycles_upright(phase: str) -> None:
    """Whom bending backward eases gets no rounding, and sits upright on a bike."""
    plan = movements(attrs.evolve(PERSON, phase=phase, directional_preference="extension"))
    assert not plan.keys() & {"cat-camel", "seated-cat-camel", "pelvic-tilt"}
    assert "press-up" in plan
    bikes = {"cycling-stationary", "cycling-outdoor"}
    for name in plan.keys() & bikes:
        assert any("extension" in change for change in plan[name]), plan[name]


@pytest.mark.parametrize("condition", ["lumbar-disc-herniation", "lumbar-spinal-stenosis"])
def test_no_diagnosis_alone_chooses_a_direction(condition: str) -> None:
    """The press-up comes with what eases the person, never with the name of a disease."""
    ill = attrs.evolve(PERSON, conditions={condition})
    assert "press-up" not in movements(ill)
    assert "press-up" not in movements(attrs.evolve(ill, directional_preference="flexion"))
    unknown = attrs.evolve(ill, directional_preference=None)
    assert "press-up" not in movements(unknown)
    disc = attrs.evolve(PERSON, conditions={"lumbar-disc-herniation"})
    healthy = movements(PERSON)
    assert ("cat-camel" in healthy) is ("cat-camel" in movements(disc))


def test_easily_stirred_symptoms_get_the_easiest_of_each_movement() -> None:
    """High irritability plans the lowest rung of what it plans at all."""
    plan = movements(attrs.evolve(PERSON, irritability="high"))
    for ladder in GUIDANCE.ladders.values():
        for rung in plan.keys() & set(ladder.rungs):
            assert rung == ladder.rungs[0], rung


def test_symptoms_below_the_knee_bend_the_knee() -> None:
    """The straight-leg stretch gives way to the one with a bent knee."""
    plan = movements(attrs.evolve(PERSON, leg_pain="below-knee", likes={"hamstring-stretch"}))
    assert "hamstring-stretch" not in plan
