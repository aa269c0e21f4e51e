"""Published progressions, as tables: what was done, what came of it, and what is next."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import sciatica_pt as spt
from sciatica_pt.model import Continuous, Dose, Hold, Pain, Repetitions

from .laws import placed
from .made import a_step, leveled, logged, person, week_of, with_entries


def reps(number: int, sets: int = 1, hold: int | None = None) -> Repetitions:
    """Return a dose of repetitions."""
    return Repetitions(
        sets=sets, reps=number, rep_seconds=4, hold_seconds=hold, rest_seconds=60, effort=3
    )


def hold(seconds: int, sets: int = 3) -> Hold:
    """Return a dose of holds."""
    return Hold(sets=sets, hold_seconds=seconds, rest_seconds=60, effort=3)


def walk(seconds: int, effort: int = 3) -> Continuous:
    """Return a bout."""
    return Continuous(duration_seconds=seconds, effort=effort)


def stepped(name: str, dose: Dose, *, phase: str = "chronic", extra: int = 0, **log: Any) -> Any:
    """Return the decision about one activity of a small week."""
    week = week_of((name, dose), phase=phase)
    who = leveled(person(phase), (name, dose))
    return a_step(week, profile=who, logs=logged(week, extra=extra, **log)).decision(name)


CAT = Repetitions(sets=1, reps=10, rep_seconds=6, rest_seconds=15)

# activity, phase, dose, extra repetitions, next dose or the next version
ROWS: list[tuple[str, str, Dose, int, Dose | str]] = [
    # The article: squats from ten up.
    ("squat", "chronic", reps(10), 0, reps(11)),
    ("squat", "chronic", reps(14), 2, reps(15)),
    # Another set only once two more repetitions were done twice.
    ("squat", "chronic", reps(15), 0, reps(15)),
    ("squat", "chronic", reps(15), 1, reps(15)),
    ("squat", "chronic", reps(15), 2, reps(15, 2)),
    # From a chair, then part of the range, then deeper.
    ("sit-to-stand", "chronic", reps(15), 2, "partial-squat"),
    ("partial-squat", "chronic", reps(15), 2, "squat"),
    ("partial-squat", "chronic", reps(15), 0, reps(15)),
    # The article: the plank is held up to between 30 seconds and one minute, by fives.
    ("plank", "chronic", hold(20), 0, hold(25)),
    ("plank", "chronic", hold(30), 0, hold(35)),
    ("plank", "chronic", hold(55), 0, hold(60)),
    # At 60 seconds a harder kind and not a longer hold; of the hardest, another set.
    ("knee-plank", "chronic", hold(60), 0, "plank"),
    ("plank", "chronic", hold(60, 2), 0, hold(60, 3)),
    ("plank", "chronic", hold(60), 0, hold(60)),
    # Bridge: holds from 3 to 5 seconds, then repetitions, then sets.
    ("bridge", "chronic", reps(10, hold=3), 0, reps(10, hold=4)),
    ("bridge", "chronic", reps(10), 0, reps(11)),
    ("bridge", "chronic", reps(10, hold=5), 0, reps(11, hold=5)),
    ("bridge", "chronic", reps(15, hold=5), 2, reps(15, 2, 5)),
    ("low-bridge", "chronic", reps(15, 3, 5), 2, "bridge"),
    # Minutes rise up to half an hour, cut to half minutes, before days; then they go on.
    ("walking", "subacute", walk(1770), 0, walk(1800)),
]


@pytest.mark.parametrize(("name", "phase", "dose", "extra", "wanted"), ROWS)
def test_progressions(name: str, phase: str, dose: Dose, extra: int, wanted: Dose | str) -> None:
    """Each row of the published progressions comes out as it is written."""
    decision = stepped(name, dose, phase=phase, extra=extra)
    if isinstance(wanted, str):
        assert decision.becomes == wanted
    else:
        assert (decision.becomes, decision.after) == (None, wanted)
    moved = wanted != dose
    assert decision.adjustment is (spt.Adjustment.ADVANCE if moved else spt.Adjustment.HOLD)
    assert decision.rule in spt.default_guidance().progressions
    assert decision.citations


# irritability, seconds of a walk, days a week, what is next: seconds, days, effort
WALKS: list[tuple[str | None, int, int, tuple[int, int, int]]] = [
    # A tenth, and a fifth only when it is known that symptoms are hardly stirred up.
    ("moderate", 600, 3, (660, 3, 3)),
    (None, 600, 3, (660, 3, 3)),
    ("low", 600, 3, (720, 3, 3)),
    ("low", 1200, 3, (1440, 3, 3)),
    # From half an hour on days come first, each bout shortened so that the week rises as little.
    ("moderate", 1800, 3, (1470, 4, 3)),
    ("moderate", 1800, 4, (1560, 5, 3)),
    ("low", 1800, 4, (1710, 5, 3)),
    # On five days longer bouts come, up to the most of the phase, and effort at last.
    ("moderate", 1800, 5, (1980, 5, 3)),
    ("low", 1800, 5, (2100, 5, 3)),
    ("moderate", 3600, 5, (3600, 5, 4)),
]


@pytest.mark.parametrize(("irritability", "seconds", "days", "wanted"), WALKS)
def test_walking_further_then_oftener(
    irritability: str | None, seconds: int, days: int, wanted: tuple[int, int, int]
) -> None:
    """Time rises first, then days, then time again and effort, the week by a tenth or a fifth."""
    week = week_of(
        ("walking", walk(seconds)),
        ("cat-camel", CAT),
        days=("mon", "wed", "fri", "sat", "tue")[:days],
    )
    who = attrs.evolve(leveled(person(), ("walking", walk(seconds))), irritability=irritability)
    step = a_step(week, profile=who, logs=logged(week))
    assert step.routine is not None
    found = placed(step.routine)["walking"]
    dose = found[0][1].dose
    assert isinstance(dose, Continuous)
    assert (dose.duration_seconds, len(found), dose.effort) == wanted
    decision = step.decision("walking")
    assert decision.days == (wanted[1] if wanted[1] != days else None)
    assert ("on 4 days a week" in str(decision)) is (decision.days == 4)


def test_another_day_is_one_that_fits() -> None:
    """A day more of strength work keeps its distance from the others, and asks for nothing else."""
    squat = reps(15)
    week = week_of(("squat", squat), ("cat-camel", CAT), days=("mon", "thu"))
    step = a_step(week, profile=leveled(person(), ("squat", squat)), logs=logged(week))
    assert step.routine is not None
    assert [day.value for day, _ in placed(step.routine)["squat"]] == ["mon", "thu", "sat"]
    assert step.decision("squat").after == squat
    assert step.report is not None
    assert step.report.conforms


# changes of every log, the decision, its rule
SIGNS: list[tuple[dict[str, Any], str, str]] = [
    ({}, "advance", "SPT820"),
    ({"pain_during": Pain(back=2, leg=2)}, "advance", "SPT820"),
    ({"pain_during": Pain(back=1, leg=3)}, "hold", "SPT809"),
    ({"pain_during": Pain(back=5, leg=1)}, "hold", "SPT809"),
    ({"pain_during": Pain(back=1, leg=6)}, "regress", "SPT806"),
    ({"pain_next_morning": Pain(back=1, leg=2)}, "hold", "SPT810"),
    ({"sleep_disturbed": True}, "regress", "SPT808"),
    ({"leg_change": "peripheralized"}, "stop", "SPT802"),
    ({"leg_change": "centralized"}, "advance", "SPT820"),
    ({"new_symptoms": ["tingling"]}, "stop", "SPT803"),
]


@pytest.mark.parametrize(("log", "wanted", "rule"), SIGNS)
def test_pain_monitoring(log: dict[str, Any], wanted: str, rule: str) -> None:
    """The stricter pain-monitoring table: go on, stay, step back or stop, each by its rule."""
    changes = {key: None for key in ("leg_change", "new_symptoms") if key in log}
    week = week_of(("bridge", reps(12, 2, 4)))
    logs = with_entries(logged(week, **log), "bridge", **changes)
    who = leveled(person(), ("bridge", reps(12, 2, 4)))
    decision = a_step(week, profile=who, logs=logs).decision("bridge")
    assert (decision.adjustment.value, decision.rule) == (wanted, rule)


def test_pain_that_lasts_in_one_session() -> None:
    """Pain still two points up on one next morning takes a step back, and shows that morning."""
    week = week_of(("bridge", reps(12, 2, 4)))
    logs = logged(week)
    logs = (attrs.evolve(logs[0], pain_next_morning=Pain(back=1, leg=3)), *logs[1:])
    who = leveled(person(), ("bridge", reps(12, 2, 4)))
    decision = a_step(week, profile=who, logs=logs).decision("bridge")
    assert decision.rule == "SPT807"
    assert [(item.on, item.least) for item in decision.evidence] == [(logs[0].on, 2)]
    assert decision.after == reps(12, 1, 4)


# activity, dose, what one step back makes of it
BACK: list[tuple[str, Dose, Dose | str | None]] = [
    ("bridge", reps(15, 2, 5), reps(15, 1, 5)),
    ("bridge", reps(15, 1, 5), reps(14, 1, 5)),
    ("bridge", reps(10, 1, 5), reps(10, 1, 4)),
    ("bridge", reps(10, 1, 3), reps(10, 1, 2)),
    ("bridge", reps(10, 1, 2), "low-bridge"),
    ("plank", hold(40, 1), hold(35, 1)),
    ("walking", walk(1200), walk(1080)),
    ("walking", walk(1200, 4), walk(1200, 3)),
    ("walking", walk(2400), walk(2160)),
    ("walking", walk(1860), walk(1800)),
    ("low-bridge", reps(5, 1, 2), None),
]


@pytest.mark.parametrize(("name", "dose", "wanted"), BACK)
def test_regressions(name: str, dose: Dose, wanted: Dose | str | None) -> None:
    """A step back undoes the path in turn, then takes the easier version, then leaves it out."""
    week = week_of((name, dose), ("cat-camel", CAT))
    logs = tuple(
        attrs.evolve(log, sleep_disturbed=(index == 0)) for index, log in enumerate(logged(week))
    )
    who = leveled(person(), (name, dose))
    decision = a_step(week, profile=who, logs=logs).decision(name)
    assert decision.adjustment is spt.Adjustment.REGRESS
    if isinstance(wanted, str):
        assert decision.becomes == wanted
    else:
        assert (decision.becomes, decision.after) == (None, wanted)
