"""Doses, and the ranges that guidance gives for them."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from hypothesis import given

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model import (
    Application,
    Citation,
    Continuous,
    Dose,
    DoseKind,
    DoseParameter,
    DoseRange,
    Hold,
    Limit,
    Origin,
    Phase,
    Recurring,
    Repetitions,
    build_dose,
    dose_kind,
    dose_per_side,
    dose_seconds,
    dose_values,
)
from sciatica_pt.testing import dose_ranges, doses

CITED = (Citation(statement="A001"),)
HOLD = Hold(sets=2, hold_seconds=30, rest_seconds=10)


def _limit(parameter: str, least: int, most: int, start: int | None = None) -> Limit:
    return Limit(
        parameter=parameter,
        minimum=least,
        maximum=most,
        start=start,
        origin=Origin.SYNTHESIS,
        citations=CITED,
    )


def _range(kind: str, *limits: Limit) -> DoseRange:
    return DoseRange(phases=set(Phase), kind=kind, limits=limits)


# --- Doses


@pytest.mark.parametrize(
    ("cls", "fields"),
    [
        (Hold, {"sets": 1, "hold_seconds": 30, "rest_seconds": 0, "reps": 10}),
        (
            Repetitions,
            {"sets": 1, "reps": 10, "rep_seconds": 3, "rest_seconds": 0, "duration_seconds": 3},
        ),
        (Continuous, {"duration_seconds": 60, "per_side": True}),
        (Application, {"duration_seconds": 60, "effort": 3}),
        (Recurring, {"duration_seconds": 60}),
    ],
)
def test_a_dose_has_no_numbers_of_another_kind(cls: Any, fields: dict[str, Any]) -> None:
    """A hold has no repetitions, an application no effort, and only what has sides has a side."""
    with pytest.raises(TypeError, match="unexpected keyword"):
        cls(**fields)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sets", 0),
        ("sets", 21),
        ("hold_seconds", 0),
        ("hold_seconds", 601),
        ("rest_seconds", -1),
        ("effort", 11),
        ("hold_seconds", 30.0),
        ("sets", True),
        ("rest_seconds", "10"),
    ],
)
def test_a_number_out_of_bounds_says_where_and_what_would_be_right(field: str, value: Any) -> None:
    """Class, field, bounds, unit and what was given: all in one line."""
    with pytest.raises(InvalidValueError, match=rf"^Hold\.{field}: expected a whole number of \w+"):
        attrs.evolve(HOLD, **{field: value})


def test_the_message_of_a_wrong_number() -> None:
    """Word for word."""
    with pytest.raises(InvalidValueError) as caught:
        attrs.evolve(HOLD, hold_seconds=3000)
    assert str(caught.value) == (
        "Hold.hold_seconds: expected a whole number of seconds of hold from 1 to 600, got 3000"
    )


def _second_by_second(dose: Dose) -> int:
    """Count a dose's seconds as a clock would: set for set, side for side."""
    if isinstance(dose, (Continuous, Application)):
        return dose.duration_seconds
    if isinstance(dose, Recurring):
        return 0
    seconds = 0
    rounds = [(side, number) for side in range(1 + dose.per_side) for number in range(dose.sets)]
    for place, _ in enumerate(rounds):
        if place:
            seconds += dose.rest_seconds
        if isinstance(dose, Hold):
            seconds += dose.hold_seconds
            continue
        for _ in range(dose.reps):
            seconds += dose.rep_seconds
            seconds += dose.hold_seconds or 0
    return seconds


@given(doses())
def test_a_doses_time_is_what_a_clock_would_show(dose: Dose) -> None:
    """Work, holds, both sides and the rests between, and no rest after the last."""
    assert dose_seconds(dose) == _second_by_second(dose)


@given(doses())
def test_a_dose_is_its_kind_and_its_numbers(dose: Dose) -> None:
    """Taken apart and built again it is the same."""
    values = {name: number for name, number in dose_values(dose).items() if number is not None}
    assert build_dose(dose_kind(dose), values, per_side=dose_per_side(dose)) == dose


@given(doses(DoseKind.HOLD))
def test_numbers_around_a_dose_do_not_enter_it(dose: Dose) -> None:
    """Days a week and set-up belong to a week and an activity, so building ignores them."""
    values = {name: number for name, number in dose_values(dose).items() if number is not None}
    around = {
        DoseParameter.DAYS_PER_WEEK: 3,
        DoseParameter.TIMES_PER_DAY: 1,
        DoseParameter.SETUP_SECONDS: 30,
    }
    assert build_dose(DoseKind.HOLD, values | around, per_side=dose_per_side(dose)) == dose


def test_building_says_which_numbers_are_missing() -> None:
    """All of them at once."""
    with pytest.raises(InvalidValueError, match="the numbers hold_seconds, rest_seconds"):
        build_dose(DoseKind.HOLD, {DoseParameter.SETS: 1}, per_side=False)


@pytest.mark.parametrize("kind", [DoseKind.CONTINUOUS, DoseKind.APPLICATION, DoseKind.RECURRING])
def test_only_sets_have_sides(kind: DoseKind) -> None:
    """A walk for each side is refused."""
    values = {DoseParameter.DURATION_SECONDS: 60, DoseParameter.EVERY_SECONDS: 600}
    assert dose_kind(build_dose(kind, values, per_side=False)) is kind
    with pytest.raises(InvalidValueError, match=f"a {kind} dose: expected no sides"):
        build_dose(kind, values, per_side=True)


# --- Limits


@pytest.mark.parametrize(
    ("parameter", "least", "most", "start", "where"),
    [
        ("reps", 10, 9, None, "Limit.maximum of reps"),
        ("reps", 5, 10, 4, "Limit.start of reps"),
        ("reps", 5, 10, 11, "Limit.start of reps"),
        ("reps", 0, 10, None, "Limit.minimum of reps"),
        ("effort", 0, 11, None, "Limit.maximum of effort"),
        ("days_per_week", 1, 8, None, "Limit.maximum of days_per_week"),
    ],
)
def test_a_limit_is_never_empty_and_never_out_of_the_world(
    parameter: str, least: int, most: int, start: int | None, where: str
) -> None:
    """Bounds hold something, the start lies within, and no week has eight days."""
    with pytest.raises(InvalidValueError) as caught:
        _limit(parameter, least, most, start)
    assert caught.value.where == where


def test_a_limit_starts_at_its_minimum_unless_told() -> None:
    """And allows what lies within, ends included."""
    limit = _limit("reps", 8, 12)
    assert (limit.first, _limit("reps", 8, 12, 10).first) == (8, 10)
    assert [limit.allows(value) for value in (7, 8, 12, 13)] == [False, True, True, False]


# --- Ranges


@given(dose_ranges(DoseKind.REPETITIONS))
def test_a_range_starts_with_a_dose_that_it_allows(dose_range: DoseRange) -> None:
    """A beginner's dose can always be built and keeps to every bound."""
    starting = dose_range.starting_values()
    dose = build_dose(dose_range.kind, starting, per_side=False)
    for name, number in dose_values(dose).items():
        limit = dose_range.limit(name)
        assert (number is None) is (limit is None)
        assert limit is None or number is None or limit.allows(number)
    assert dose_range.missing == ()


@given(doses())
def test_a_dose_never_lacks_a_number_of_a_complete_range(dose: Dose) -> None:
    """What a range calls missing is what building would call missing."""
    bare = _range(dose_kind(dose), _limit("days_per_week", 1, 7))
    needed = {name for name in bare.missing if name is not DoseParameter.TIMES_PER_DAY}
    values = {name: number for name, number in dose_values(dose).items() if number is not None}
    assert needed <= values.keys()
    assert DoseParameter.TIMES_PER_DAY in bare.missing
    for name in needed:
        with pytest.raises(InvalidValueError, match=name):
            build_dose(
                dose_kind(dose),
                {key: number for key, number in values.items() if key is not name},
                per_side=False,
            )


def test_a_range_is_never_empty() -> None:
    """It has phases and limits, each number once, and only numbers of its kind of dose."""
    with pytest.raises(InvalidValueError, match=r"DoseRange\.phases: expected 1 to"):
        DoseRange(phases=(), kind="hold", limits=[_limit("sets", 1, 1)])
    with pytest.raises(InvalidValueError, match=r"DoseRange\.limits: expected 1 to 20 items"):
        _range("hold")
    with pytest.raises(InvalidValueError, match=r"DoseRange\.limits\[1\]: expected no repeats"):
        _range("hold", _limit("sets", 1, 1), _limit("sets", 2, 2))
    with pytest.raises(InvalidValueError, match=r"DoseRange\.limits of a hold dose") as caught:
        _range("hold", _limit("reps", 1, 1))
    assert caught.value.found == "reps"


def test_a_range_without_a_bound_says_so() -> None:
    """No limit means that guidance sets none."""
    assert _range("hold", _limit("sets", 1, 1)).limit(DoseParameter.EFFORT) is None
