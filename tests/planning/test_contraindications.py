"""What a condition forbids stays out of the week, whatever else is true of the person."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sciatica_pt as spt

GUIDANCE = spt.default_guidance()
FORBIDDING = sorted(
    {
        restriction
        for restrictions in GUIDANCE.restrictions.values()
        for restriction in restrictions
        if restriction.level is spt.RestrictionLevel.NEVER
        and restriction.when.kind is spt.FactKind.CONDITION
    },
    key=lambda restriction: restriction.id,
)
CONDITIONS = sorted(
    {
        restriction.when.value
        for restrictions in GUIDANCE.restrictions.values()
        for restriction in restrictions
        if restriction.when.kind is spt.FactKind.CONDITION
    }
)
#: Somebody with everything at hand, so that only a rule keeps an activity out.
EQUIPPED = spt.Profile(
    phase="chronic",
    affected_side="left",
    equipment=set(GUIDANCE.equipment),
    providers=set(spt.Provider),
    minutes=dict.fromkeys(spt.Weekday, 45),
    others_ruled_out=True,
    not_provoked_by=set(spt.Provocation),
    screening=spt.Screening.clear(by="clinician"),
)


def _week(profile: spt.Profile) -> set[str]:
    """Return the ids of what is in a person's week; nothing when there is no week."""
    try:
        routine = spt.plan_week(profile).routine
    except spt.PlanRefused:
        return set()
    sessions = [item for session in routine.sessions for item in session.prescriptions]
    return {item.activity for item in (*sessions, *routine.habits)}


def test_there_is_something_to_forbid() -> None:
    """The bundled guidance forbids by conditions, and without them the week is not empty."""
    assert len(FORBIDDING) > 20
    assert len(_week(EQUIPPED)) > 5


@pytest.mark.parametrize("restriction", FORBIDDING, ids=lambda restriction: restriction.id)
def test_what_a_condition_forbids_is_not_in_the_week(restriction: spt.Restriction) -> None:
    """Each contraindication of the guidance, alone, keeps all of its activities out."""
    person = attrs.evolve(EQUIPPED, conditions={restriction.when.value})
    assert not _week(person) & restriction.activities


@settings(max_examples=40)
@given(
    restriction=st.sampled_from(FORBIDDING),
    others=st.sets(st.sampled_from(CONDITIONS), max_size=4),
    phase=st.sampled_from(list(spt.Phase)),
    minutes=st.integers(5, 120),
)
def test_no_further_condition_brings_it_back(
    restriction: spt.Restriction, others: set[str], phase: spt.Phase, minutes: int
) -> None:
    """Whatever is added to a condition that forbids an activity, it stays forbidden."""
    person = attrs.evolve(
        EQUIPPED,
        phase=phase,
        conditions={restriction.when.value, *others},
        minutes=dict.fromkeys(spt.Weekday, minutes),
    )
    assert not _week(person) & restriction.activities
