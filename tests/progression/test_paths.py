"""One step more or less of an activity: what counts as more, and by what it is counted."""

from __future__ import annotations

import attrs
import pytest

import sciatica_pt as spt
from sciatica_pt.model import Continuous, DoseParameter, Repetitions
from sciatica_pt.progression.paths import grain_of, raised

GUIDANCE = spt.default_guidance()
P = DoseParameter
REPS = Repetitions(sets=2, reps=10, rep_seconds=4, rest_seconds=60)


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
def test_what_asks_more(change: dict[str, int], wanted: tuple[DoseParameter, ...]) -> None:
    """A number that is higher asks more, and one that is new; of rest, one that is lower."""
    assert raised(REPS, attrs.evolve(REPS, **change)) == wanted


def test_a_dose_of_another_kind_asks_more_by_what_is_new() -> None:
    """Numbers that only the new dose has are compared with nothing."""
    assert raised(REPS, Continuous(duration_seconds=1)) == (P.DURATION_SECONDS,)


def test_a_number_is_counted_by_the_first_step_that_says_so() -> None:
    """The grain of a number is its own and not another's, and steps without one are passed."""
    (step,) = GUIDANCE.paths["path-aerobic"].steps[:1]
    known = {"origin": step.origin, "citations": step.citations}
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
