"""One step more or less of an activity: what counts as more, and by what it is counted."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import sciatica_pt as spt
from sciatica_pt.model import (
    Continuous,
    DoseParameter,
    Hold,
    Repetitions,
    Weekday,
    dose_values,
)
from sciatica_pt.progression.paths import (
    Move,
    Place,
    a_day_less,
    bounded_by,
    downward,
    grain_of,
    higher_of,
    least,
    no_more,
    raised,
    unit_of,
    upward,
)

from .made import person

GUIDANCE = spt.default_guidance()
P = DoseParameter
WHO = person()
REPS = Repetitions(sets=2, reps=10, rep_seconds=4, rest_seconds=60)


def test_only_numbers_with_a_limit_are_brought_within_it() -> None:
    """What a dose doesn't have and what guidance doesn't bound stays as it is."""
    offer = GUIDANCE.range("bridge", spt.Phase.CHRONIC)
    assert offer is not None
    some = attrs.evolve(
        offer, limits=[limit for limit in offer.limits if limit.parameter is not P.REPS]
    )
    high = attrs.evolve(REPS, reps=99, hold_seconds=99, effort=None)
    most = offer.limit(P.HOLD_SECONDS)
    assert most is not None
    bounded = bounded_by(some, high)
    assert bounded == attrs.evolve(high, hold_seconds=most.maximum)
    assert bounded_by(None, high) == high


def test_the_higher_of_two_doses_asks_what_either_does() -> None:
    """Each number is the one that asks more, and a dose of another kind says nothing."""
    other = attrs.evolve(REPS, sets=1, reps=12, rest_seconds=30, hold_seconds=None, effort=4)
    both = attrs.evolve(REPS, reps=12, rest_seconds=30, effort=4)
    assert higher_of(REPS, other) == higher_of(other, REPS) == both
    assert higher_of(REPS, Continuous(duration_seconds=600)) == REPS
    hold = Hold(sets=2, hold_seconds=20, rest_seconds=30)
    longer = attrs.evolve(hold, hold_seconds=25)
    assert higher_of(hold, longer) == longer


def test_effort_is_at_its_least_too() -> None:
    """The least of a dose asks the least effort, and another version no more than before."""
    offer = GUIDANCE.range("walking", spt.Phase.CHRONIC)
    assert offer is not None
    hard = Continuous(duration_seconds=1800, effort=5)
    limit = offer.limit(P.EFFORT)
    assert limit is not None
    assert limit.minimum < 5
    assert dose_values(least(hard, offer))[P.EFFORT] == limit.minimum
    easy = attrs.evolve(hard, effort=4)
    assert no_more(hard, easy, offer) == easy


def test_a_number_that_no_step_raises_is_counted_one_by_one() -> None:
    """Where guidance says of nothing how a number is counted, it is by ones."""
    assert unit_of(GUIDANCE, "bridge", P.REP_SECONDS) == 1
    assert unit_of(GUIDANCE, "nothing", P.REPS) == 1


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({}, ()),
        ({"reps": 11}, (P.REPS,)),
        ({"reps": 9}, ()),
        ({"rest_seconds": 59}, (P.REST_SECONDS,)),
        ({"rest_seconds": 61}, ()),
        ({"effort": 1}, (P.EFFORT,)),
        ({"sets": 3, "reps": 9, "rest_seconds": 30}, (P.SETS, P.REST_SECONDS)),
    ],
)
def test_what_asks_more(change: dict[str, Any], wanted: tuple[DoseParameter, ...]) -> None:
    """A number that is higher asks more, and one that is new; of rest, one that is lower."""
    assert raised(REPS, attrs.evolve(REPS, **change)) == wanted


def test_a_dose_of_another_kind_asks_more_by_what_is_new() -> None:
    """Numbers that only the new dose has are compared with nothing."""
    assert raised(REPS, Continuous(duration_seconds=1)) == (P.DURATION_SECONDS,)


def test_a_number_is_counted_by_the_first_step_that_says_so() -> None:
    """The grain of a number is its own and not another's, and steps without one are passed."""
    (step,) = GUIDANCE.paths["path-aerobic"].steps[:1]
    known: dict[str, Any] = {"origin": step.origin, "citations": step.citations}
    path = spt.ProgressionPath(
        id="ours",
        activities=["walking"],
        steps=[
            spt.PathStep(parameter="effort", percent=50, amount=2, grain=1, **known),
            spt.PathStep(parameter="duration_seconds", amount=60, ceiling=600, **known),
            spt.PathStep(
                parameter="duration_seconds",
                percent=10,
                amount=60,
                grain=20,
                ceiling=900,
                **known,
            ),
            spt.PathStep(parameter="duration_seconds", percent=20, amount=60, grain=40, **known),
        ],
    )
    ours = spt.GuidancePack(id="ours", version="1", title="O", summary="O.", paths=[path])
    guidance = spt.combine(*GUIDANCE.packs, ours)
    assert grain_of(guidance, "walking", P.DURATION_SECONDS) == 20
    assert grain_of(guidance, "walking", P.EFFORT) == 1
    assert grain_of(guidance, "walking", P.SETS) is None


KNOWN: dict[str, Any] = {
    name: getattr(GUIDANCE.paths["path-aerobic"].steps[0], name) for name in ("origin", "citations")
}
REPS_UP = spt.PathStep(parameter="reps", amount=1, **KNOWN)
EFFORT_UP = spt.PathStep(parameter="effort", amount=1, load=True, **KNOWN)
FACT = spt.Fact(kind="irritability", value="high")
SETS_UP = spt.PathStep(parameter="sets", amount=1, when=FACT, **KNOWN)
DAY_UP = spt.PathStep(parameter="days_per_week", amount=1, **KNOWN)
RUNG_UP = spt.PathStep(**KNOWN)
SQUAT = Repetitions(sets=1, reps=12, rep_seconds=4, rest_seconds=60, effort=3)


def guidance_with(*steps: spt.PathStep, activity: str = "partial-squat") -> spt.Catalog:
    """Return the bundled guidance with a path of our own for an activity."""
    path = spt.ProgressionPath(id="ours", activities=[activity], steps=steps)
    ours = spt.GuidancePack(id="ours", version="1", title="O", summary="O.", paths=[path])
    return spt.combine(*GUIDANCE.packs, ours)


def test_the_ways_up_are_those_of_the_path_in_its_order() -> None:
    """Each step names its new number and itself; what is not due is passed over, no more."""
    guidance = guidance_with(EFFORT_UP, SETS_UP, REPS_UP, DAY_UP, RUNG_UP)
    place = Place(activity="partial-squat", dose=SQUAT, days=2)
    reps = Move(activity="partial-squat", dose=attrs.evolve(SQUAT, reps=13), step=REPS_UP)
    days = Move(activity="partial-squat", dose=SQUAT, days=3, step=DAY_UP)
    rung = Move(activity="partial-squat", becomes="squat", step=RUNG_UP)
    assert list(upward(guidance, place, WHO, load=False)) == [reps, days, rung]
    effort = Move(activity="partial-squat", dose=attrs.evolve(SQUAT, effort=4), step=EFFORT_UP)
    sets = Move(activity="partial-squat", dose=attrs.evolve(SQUAT, sets=2), step=SETS_UP)
    high = attrs.evolve(WHO, irritability="high")
    assert list(upward(guidance, place, high, load=True)) == [effort, sets, reps, days, rung]


def test_without_a_range_nothing_rises_or_falls() -> None:
    """In a phase for which guidance has no dose the only way is an easier version."""
    acute = attrs.evolve(WHO, phase=spt.Phase.ACUTE)
    plank = Hold(sets=2, hold_seconds=20, rest_seconds=60, effort=3)
    assert GUIDANCE.range("plank", acute.phase) is None
    place = Place(activity="plank", dose=plank, days=2)
    assert list(upward(GUIDANCE, place, acute, load=True)) == []
    easier = Move(activity="plank", becomes="knee-plank")
    assert downward(GUIDANCE, "plank", plank, acute.phase) == easier


def test_a_day_less_is_one_day_less() -> None:
    """It keeps the dose, names the day and the step, and ends at the least of the phase."""
    guidance = guidance_with(REPS_UP, DAY_UP)
    place = Place(activity="partial-squat", dose=SQUAT, days=3)
    less = a_day_less(guidance, place, WHO.phase, Weekday.WED)
    assert less == Move(activity="partial-squat", dose=SQUAT, days=2, off=Weekday.WED, step=DAY_UP)
    least = attrs.evolve(place, days=2)
    assert a_day_less(guidance, least, WHO.phase, Weekday.WED) is None


def test_a_number_without_a_path_is_counted_by_ones() -> None:
    """A number is counted by what everybody's step says: its grain, its amount, else by one."""
    percent = spt.PathStep(parameter="reps", percent=50, amount=5, grain=2, **KNOWN)
    sets = spt.PathStep(parameter="sets", amount=2, **KNOWN)
    guidance = guidance_with(percent, attrs.evolve(sets, when=FACT, amount=1), sets)
    units = [unit_of(guidance, "partial-squat", item) for item in (P.REPS, P.SETS, P.EFFORT)]
    assert units == [2, 2, 1]
