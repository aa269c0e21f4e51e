"""Activities, evidence, rules and goals: what can't be built, and what they answer."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model import (
    Activity,
    Citation,
    Dispute,
    Exercise,
    Fact,
    GoalKind,
    Habit,
    Ladder,
    ManualTherapy,
    Modality,
    Phase,
    Restriction,
    Source,
    Statement,
    WeeklyGoal,
    dose_range_for,
)
from sciatica_pt.testing import activities, dose_ranges, sample_pack

PACK = sample_pack()
CITED = (Citation(statement="S001"),)
STRETCH, CURL, SIDE_HOLD, STROLL, WARM, COOL, GLIDE, THRUST, SIT, STAND = PACK.activities
RULE = next(rule for rule in PACK.rules if rule.code == "TRY502")
MODIFIED = next(item for item in PACK.restrictions if item.modification is not None)


def _exercise(activity: Activity) -> Exercise:
    assert isinstance(activity, Exercise)
    return activity


@pytest.mark.parametrize(
    ("activity", "donor"),
    [(STRETCH, STROLL), (CURL, WARM), (WARM, CURL), (GLIDE, STROLL), (SIT, WARM), (STROLL, SIT)],
    ids=lambda item: item.id,
)
def test_an_activity_has_doses_of_its_own_kind(activity: Activity, donor: Activity) -> None:
    """Nobody sits in sets, holds a heating pad by effort or walks for each side."""
    with pytest.raises(InvalidValueError) as caught:
        attrs.evolve(activity, doses=donor.doses)
    assert caught.value.where == f"{type(activity).__name__}.doses of {activity.id}"
    assert caught.value.found == donor.doses[0].kind


@pytest.mark.parametrize("activity", [STRETCH, WARM, GLIDE, SIT], ids=lambda item: item.id)
def test_a_phase_has_one_range(activity: Activity) -> None:
    """Two ranges for a phase would leave open which one holds."""
    with pytest.raises(InvalidValueError, match="one dose range for a phase, got two for acute"):
        attrs.evolve(activity, doses=activity.doses * 2)


@given(activities(), st.sampled_from(Phase))
def test_the_range_of_a_phase_is_found(activity: Activity, phase: Phase) -> None:
    """By the one door, whatever the type of activity."""
    found = dose_range_for(activity, phase)
    assert found in (*activity.doses, None)
    assert (found is not None) is any(phase in item.phases for item in activity.doses)
    assert found is None or phase in found.phases


def test_what_lasts_as_long_as_form_does_says_what_ends_it() -> None:
    """The person must be told when to stop."""
    with pytest.raises(InvalidValueError, match="must tell the person when to stop"):
        attrs.evolve(_exercise(SIDE_HOLD), stop_when=None)


@pytest.mark.parametrize(
    ("activity", "fields", "where"),
    [
        (STRETCH, {"steps": ()}, "Exercise.steps"),
        (WARM, {"forms": ()}, "Modality.forms"),
        (WARM, {"forms": (*WARM.forms, *WARM.forms)}, "Modality.forms[2]"),  # type: ignore[union-attr]
        (GLIDE, {"providers": ()}, "ManualTherapy.providers"),
        (SIT, {"citations": ()}, "Habit.citations"),
        (SIT, {"citations": CITED * 2}, "Habit.citations[1]"),
        (STRETCH, {"muscles": "hamstrings"}, "Exercise.muscles"),
    ],
)
def test_what_an_activity_needs_is_never_left_out(
    activity: Activity, fields: dict[str, Any], where: str
) -> None:
    """Steps, forms, providers and citations are there, and none of them twice."""
    with pytest.raises(InvalidValueError) as caught:
        attrs.evolve(activity, **fields)
    assert caught.value.where == where


def test_the_four_kinds_share_the_names_of_what_they_share() -> None:
    """Code that shows any activity need not ask which kind it is."""
    shared = {"id", "name", "technique", "stage", "summary", "steps", "equipment", "doses"}
    for cls in (Exercise, Modality, ManualTherapy, Habit):
        assert shared | {"origin", "citations"} <= {field.name for field in attrs.fields(cls)}


def test_a_ladder_is_read_in_both_directions() -> None:
    """The harder of the easier is the activity itself, and beyond the ends there is nothing."""
    ladder = Ladder(id="l", name="L", rungs=["a", "b", "c"], citations=CITED)
    assert [ladder.easier(rung) for rung in "abc"] == [None, "a", "b"]
    assert [ladder.harder(rung) for rung in "abc"] == ["b", "c", None]
    assert ladder.easier("d") is ladder.harder("d") is None


@pytest.mark.parametrize("rungs", [["a"], ["a", "a"], {"a", "b"}])
def test_a_ladder_has_several_rungs_in_order(rungs: Any) -> None:
    """One rung is no ladder, and a set has no easiest."""
    with pytest.raises(InvalidValueError, match=r"Ladder\.rungs"):
        Ladder(id="l", name="L", rungs=rungs, citations=CITED)


# --- Evidence


@pytest.mark.parametrize(("use", "reason"), [("excluded", None), ("rule", "Because.")])
def test_a_statement_is_left_out_with_a_reason_and_kept_without(use: str, reason: Any) -> None:
    """So every exclusion is explained, and no reason stands where nothing is excluded."""
    with pytest.raises(InvalidValueError, match="a reason exactly when the statement is excluded"):
        Statement(
            id="A1", source="s", kind="step", text="T.", verified=True, use=use, reason=reason
        )
    other = {"excluded": "Because.", "rule": None}[use]
    kept = Statement(
        id="A1", source="s", kind="step", text="T.", verified=True, use=use, reason=other
    )
    assert kept.reason == other


def test_a_dispute_has_something_against_it() -> None:
    """Evidence that only supports is no dispute."""
    with pytest.raises(InvalidValueError, match="a citation that limits or contradicts"):
        Dispute(id="d", statements=["A1"], text="T.", citations=CITED)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "ftp://example.org"),
        ("url", "https://exa mple.org"),
        ("doi", "10.1/x"),
        ("doi", "https://doi.org/10.1000/1"),
        ("year", 1899),
        ("year", 2201),
    ],
)
def test_a_source_can_be_looked_up(field: str, value: Any) -> None:
    """Addresses, identifiers and years have their usual form."""
    source = Source(id="s", kind="trial", title="T", publisher="P", doi="10.1000/182", year=2020)
    with pytest.raises(InvalidValueError, match=rf"Source\.{field}"):
        attrs.evolve(source, **{field: value})


# --- Rules and goals


def test_a_rules_number_is_found_by_name_or_missed_by_code() -> None:
    """The error says which rule lacks what, and which check needs it."""
    assert RULE.number("maximum-activities") == 6
    with pytest.raises(InvalidValueError) as caught:
        RULE.number("minimum-days")
    assert str(caught.value) == (
        "RuleSpec.parameters of TRY502: expected a parameter named minimum-days, "
        "got maximum-activities (the check session-size needs it)"
    )
    bare = attrs.evolve(RULE, parameters=())
    with pytest.raises(InvalidValueError, match="got none"):
        bare.number("maximum-activities")


def _goal(**fields: Any) -> WeeklyGoal:
    arguments: dict[str, Any] = {
        "id": "g",
        "kind": "technique-days",
        "technique": "aerobic",
        "phases": {"acute"},
        "target": 5,
        "weight": 1,
        "text": "G.",
        "origin": "synthesis",
        "citations": CITED,
    }
    return WeeklyGoal(**(arguments | fields))


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"technique": None}, "technique"),
        ({"muscle": "core"}, "muscle"),
        ({"kind": "muscle-exposures"}, "muscle"),
        ({"target": 8}, "target"),
        ({"target": 0}, "target"),
        ({"weight": -1}, "weight"),
        ({"phases": ()}, "phases"),
    ],
)
def test_a_goal_can_be_reached_and_counted(fields: dict[str, Any], where: str) -> None:
    """It is about a technique or a muscle, and no week has eight days."""
    with pytest.raises(InvalidValueError, match=rf"WeeklyGoal\.{where}"):
        _goal(**fields)


def test_a_goal_about_a_muscle_needs_no_technique() -> None:
    """And may ask for more than seven exposures."""
    goal = _goal(kind="muscle-exposures", technique=None, muscle="core", target=14)
    assert goal.kind is GoalKind.MUSCLE_EXPOSURES
    assert _goal(target=7).target == 7


# --- Restrictions


@pytest.mark.parametrize("level", ["never", "clearance"])
def test_a_modification_goes_with_its_level_alone(level: str) -> None:
    """A ban with a way around it, or a change that names none, can't be built."""
    with pytest.raises(InvalidValueError, match="exactly when the level is modify"):
        attrs.evolve(MODIFIED, level=level)
    with pytest.raises(InvalidValueError, match="exactly when the level is modify"):
        attrs.evolve(MODIFIED, modification=None)


def test_a_restriction_is_about_something() -> None:
    """One that restricts no activity would never be noticed."""
    assert isinstance(MODIFIED, Restriction)
    with pytest.raises(InvalidValueError, match=r"Restriction\.activities"):
        attrs.evolve(MODIFIED, activities=())


@pytest.mark.parametrize(
    ("kind", "value", "hint"),
    [
        ("flare", "no", None),
        ("irritability", "hihg", 'did you mean "high"?'),
        ("leg-pain", "knee", 'did you mean "below-knee"?'),
        ("directional-preference", "sideways", None),
        ("provocation", "standin", 'did you mean "standing"?'),
    ],
)
def test_a_fact_speaks_in_the_words_of_its_kind(kind: str, value: str, hint: str | None) -> None:
    """A fact that no profile can state would stay unknown for ever, or be answered wrongly."""
    with pytest.raises(InvalidValueError, match=f"Fact.value of {kind}") as caught:
        Fact(kind=kind, value=value)
    assert caught.value.hint in (hint, *([] if hint is None else [None]))


def test_any_word_may_be_a_condition() -> None:
    """Conditions are an open vocabulary, which packs define."""
    assert str(Fact(kind="condition", value="anything-at-all")) == "condition anything-at-all"


@given(dose_ranges("hold"))
def test_a_range_of_a_side_is_fine_for_what_has_sides(dose_range: Any) -> None:
    """A one-sided exercise takes holds."""
    assert attrs.evolve(STRETCH, doses=(dose_range,)).doses == (dose_range,)
