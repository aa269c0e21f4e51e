"""The parts of progression one by one: scores, adherence, missed days, data that is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

import sciatica_pt as spt
from sciatica_pt.model import (
    Application,
    Continuous,
    Hold,
    Pain,
    Prescription,
    Recurring,
    Repetitions,
    SetLog,
    SkipReason,
    Weekday,
)
from sciatica_pt.progression import done_as_told

from .laws import placed
from .made import (
    MONDAY,
    a_step,
    leveled,
    logged,
    person,
    planned,
    skipped,
    week_of,
    with_entries,
)

LATER = MONDAY + dt.timedelta(days=28)

# measure, first score, later score, what it means
CHANGES = [
    ("nprs-leg", 6, 4, "better"),
    ("nprs-leg", 6, 4.5, "unimportant"),
    ("nprs-leg", 3, 2, "better"),
    ("nprs-back", 4, 6, "worse"),
    ("nprs-back", 5, 5, "unimportant"),
    ("nprs-back", 0, 0, "unimportant"),
    ("odi", 40, 30, "better"),
    ("odi", 40, 31, "unimportant"),
    ("odi", 30, 21, "better"),
    ("rmdq", 20, 15, "better"),
    ("rmdq", 20, 16, "unimportant"),
    ("psfs", 4, 6, "better"),
    ("psfs", 6, 4, "worse"),
    ("psfs", 6, 7, "unimportant"),
    ("nprs-leg", 10, 8, "better"),
    ("nprs-leg", 2, 2.9, "worse"),
    ("nprs-leg", 0, 0.005, "worse"),
    ("odi", 30, 21.05, "unimportant"),
    ("odi", 100, 90, "better"),
    ("sbi", 12, 8, "unimportant"),
    ("sbi", 12, 7, "unimportant"),
    ("sbi", 12, 17, "unimportant"),
    ("sbi", 12, 6, "unknown"),
    ("sbi", 18, 9, "unknown"),
]


@pytest.mark.parametrize(("measure", "first", "then", "wanted"), CHANGES)
def test_important_changes(measure: str, first: float, then: float, wanted: str) -> None:
    """A change matters from the published number on, in the direction that the measure has."""
    change = spt.outcome_change(
        spt.OutcomeScore(measure=measure, on=MONDAY, score=first),
        spt.OutcomeScore(measure=measure, on=LATER, score=then),
    )
    assert change.meaning.value == wanted
    assert attrs.evolve(change, meaning=wanted) == change
    assert change.points == then - first
    with pytest.raises(spt.InvalidValueError, match=r"\.points: expected .*points from -1000"):
        attrs.evolve(change, points=-1001.0)
    assert change.measure.citations
    assert spt.loads(spt.dumps(change), spt.OutcomeChange) == change


def test_scores_that_cannot_be_compared() -> None:
    """Two measures, the wrong order, a score out of range and an unknown measure are refused."""
    first = spt.OutcomeScore(measure="odi", on=MONDAY, score=40)
    for other, words in (
        (attrs.evolve(first, measure="rmdq", score=4), "expected odi"),
        (attrs.evolve(first, on=MONDAY - dt.timedelta(days=1)), "a day from"),
        (attrs.evolve(first, score=101), "0.0 to 100.0 points"),
    ):
        with pytest.raises(spt.InvalidValueError, match=words):
            spt.outcome_change(first, other)
    with pytest.raises(spt.GuidanceError, match='did you mean "odi"'):
        spt.outcome_change(attrs.evolve(first, measure="odo"), first)
    with pytest.raises(spt.GuidanceError, match="this guidance knows none"):
        spt.outcome_change(first, first, guidance=spt.article_guidance())


def test_adherence_counts_what_was_logged() -> None:
    """Done, skipped and unknown are told apart, with the reasons and the days missed."""
    week = planned()
    logs = skipped(logged(week), {"mon"}, SkipReason.PAIN)
    some = spt.adherence(week, logs)
    assert some.unknown == 0
    assert some.missed_days == (Weekday.MON,)
    assert [(item.reason, item.times) for item in some.reasons] == [(SkipReason.PAIN, some.skipped)]
    assert some.percent == some.done * 100 // some.planned
    nothing = spt.adherence(week, ())
    assert (nothing.done, nothing.percent, nothing.missed_days) == (0, None, ())
    assert spt.adherence(attrs.evolve(week, sessions=()), ()).percent is None


BIRD = Repetitions(sets=1, reps=10, rep_seconds=4, hold_seconds=3, rest_seconds=60, effort=3)
CAT = Repetitions(sets=1, reps=10, rep_seconds=6, rest_seconds=15)
WALK = Continuous(duration_seconds=1200, effort=3)


def missing(policy: str, days: set[str]) -> Any:
    """Return the days of the next week after some were missed, by a policy."""
    week = week_of(("bridge", BIRD), ("cat-camel", CAT), ("walking", WALK))
    logs = skipped(logged(week, pain_during=Pain(back=4, leg=1)), days)
    step = a_step(week, profile=person(), logs=logs, missed=policy)
    assert step.routine is not None
    return [session.day.value for session in step.routine.sessions]


def test_missed_days_by_policy() -> None:
    """Missed days are let go, moved to the next free day, or left out when little was done."""
    assert missing("skip", {"wed", "fri"}) == ["mon", "wed", "fri"]
    # Thursday to Saturday are free; strength work needs its 48 hours.
    assert missing("shift", {"fri"}) == ["mon", "wed", "sat"]
    assert missing("shrink", {"wed"}) == ["mon", "wed", "fri"]


def test_a_week_shrinks_when_little_was_done() -> None:
    """Days that were missed go when less than half was done, while nothing new is amiss."""
    week = week_of(("cat-camel", CAT), ("walking", WALK), days=("mon", "tue", "wed", "thu", "fri"))
    logs = skipped(logged(week), {"wed", "thu", "fri"})
    step = a_step(week, profile=person(), logs=logs, missed="shrink")
    assert step.routine is not None
    kept = [session.day.value for session in step.routine.sessions]
    assert 3 <= len(kept) < 5


def test_a_full_week_has_no_day_to_move_to() -> None:
    """Where every day is taken a missed one stays where it was."""
    days = tuple(day.value for day in Weekday)
    week = week_of(("cat-camel", CAT), days=days)
    step = a_step(week, profile=person(), logs=skipped(logged(week), {"sun"}), missed="shift")
    assert step.routine is not None
    assert [session.day.value for session in step.routine.sessions] == list(days)


def test_an_unknown_policy_is_refused() -> None:
    """A policy is one of three words."""
    step = a_step(missed="skip")
    assert step.adherence.skipped == 0


# the dose, the sets, what share is known to have been done in full
SHARES: list[tuple[Any, list[SetLog], str]] = [
    (Hold(sets=1, hold_seconds=30, rest_seconds=10), [SetLog(hold_seconds=30)], "advance"),
    (Hold(sets=1, hold_seconds=30, rest_seconds=10), [SetLog(hold_seconds=29)], "hold"),
    (Hold(sets=1, hold_seconds=30, rest_seconds=10), [SetLog()], "indeterminate"),
    (Hold(sets=2, hold_seconds=30, rest_seconds=10), [SetLog(hold_seconds=30)], "hold"),
]


@pytest.mark.parametrize(("dose", "sets", "wanted"), SHARES)
def test_shares_of_a_dose(dose: Any, sets: list[SetLog], wanted: str) -> None:
    """The set with the least decides, and a set that nobody looked at is unknown."""
    week = week_of(("plank", attrs.evolve(dose, rest_seconds=60)), ("cat-camel", CAT))
    who = leveled(person(), ("plank", dose))
    step = a_step(week, profile=who, logs=with_entries(logged(week), "plank", sets=sets))
    assert step.decision("plank").adjustment.value == wanted


def test_sets_whose_side_nobody_noted() -> None:
    """A set without its side counts for either side, but proves nothing of any."""
    stretch = Hold(sets=1, hold_seconds=30, rest_seconds=10, per_side=True)
    week = week_of(("hamstring-stretch", attrs.evolve(stretch, sets=2)))
    vague = [SetLog(hold_seconds=30), SetLog(hold_seconds=30)]
    logs = with_entries(logged(week), "hamstring-stretch", sets=vague)
    step = a_step(week, profile=person(), logs=logs)
    assert step.decision("hamstring-stretch").adjustment is spt.Adjustment.INDETERMINATE
    both = [SetLog(side="both", hold_seconds=30), SetLog(side="both", hold_seconds=30)]
    logs = with_entries(logged(week), "hamstring-stretch", sets=both)
    step = a_step(week, profile=person(), logs=logs)
    assert step.decision("hamstring-stretch").adjustment is spt.Adjustment.ADVANCE


def test_an_effort_beyond_what_was_meant() -> None:
    """What felt two points harder than meant keeps its dose; one point does not matter."""
    week = week_of(("bridge", BIRD), ("cat-camel", CAT))
    for effort, rule in ((5, "SPT812"), (4, "SPT820")):
        logs = with_entries(logged(week), "bridge", effort=effort)
        assert a_step(week, profile=person(), logs=logs).decision("bridge").rule == rule


def test_what_was_noted_of_a_modality_stops_it() -> None:
    """Heat that brought tingling is stopped too, while a session's spread is no doing of heat."""
    cold = Prescription(
        activity="cold",
        dose=Application(duration_seconds=600),
        form="cold-pack",
        equipment={"cold-pack"},
        barrier="thin-towel",
    )
    week = week_of(("bridge", BIRD), ("cat-camel", CAT))
    session = week.sessions[0]
    first = attrs.evolve(session, prescriptions=(*session.prescriptions, cold))
    week = attrs.evolve(week, sessions=(first, *week.sessions[1:]))
    who = attrs.evolve(person(), flare=None)
    logs = with_entries(logged(week), "cold", new_symptoms=["tingling"])
    step = a_step(week, profile=who, logs=logs)
    assert step.decision("cold").adjustment is spt.Adjustment.STOP
    plain = with_entries(
        logged(week, leg_change="peripheralized", new_symptoms=frozenset()),
        "cold",
        leg_change=None,
        new_symptoms=None,
    )
    assert a_step(week, profile=who, logs=plain).decision("cold").after == cold.dose


def test_what_a_person_logs_as_told() -> None:
    """A log as told has every set of its dose, on both sides, and nothing of a habit."""
    stretch = Hold(sets=2, hold_seconds=30, rest_seconds=10, per_side=True)
    item = Prescription(activity="hamstring-stretch", dose=stretch, side="both")
    assert [item.side for item in done_as_told(item).sets] == ["left", "left", "right", "right"]
    habit = Prescription(activity="safe-lifting", dose=Recurring())
    assert done_as_told(habit).sets == ()
    assert done_as_told(habit).effort is None


def test_a_criterion_knows_what_it_cannot_tell() -> None:
    """A comparison with a bounded reading is yes, no, or unknown."""
    least = spt.Criterion(signal="pain-during", bound="at-least", value=3)
    assert [least.met(3, 3), least.met(0, 2), least.met(0, None), least.met(2, 5)] == [
        True,
        False,
        None,
        None,
    ]
    most = spt.Criterion(signal="pain-during", bound="at-most", value=3)
    assert [most.met(0, 3), most.met(4, None), most.met(0, None), most.met(2, 5)] == [
        True,
        False,
        None,
        None,
    ]
    assert str(most) == "pain-during at most 3"
    assert {signal.unit for signal in spt.Signal}
    assert all(signal.ask.endswith("?") for signal in spt.Signal)
    assert spt.Effect.STOP.cautious
    assert not spt.Effect.ADVANCE.cautious


def test_data_that_is_refused() -> None:
    """A rule without the number asked for and a measure without a range are refused."""
    rule = spt.default_guidance().progressions["SPT831"]
    assert rule.number("quiet-days") == 2
    with pytest.raises(spt.InvalidValueError, match="a parameter named no-such"):
        rule.number("no-such")
    with pytest.raises(spt.InvalidValueError, match="got none"):
        spt.default_guidance().progressions["SPT801"].number("no-such")
    odi = spt.default_guidance().measures["odi"]
    with pytest.raises(spt.InvalidValueError, match="more than"):
        attrs.evolve(odi, most=odi.least)


def test_guidance_that_names_what_is_not_there() -> None:
    """A path or a rule of progression that names an unknown thing is refused with its place."""
    packs = spt.default_guidance().packs
    path = spt.ProgressionPath(
        id="p",
        activities=["brigd"],
        steps=[
            spt.PathStep(
                parameter="reps",
                amount=1,
                origin="synthesis",
                citations=[spt.Citation(statement="P008")],
            )
        ],
    )
    rule = attrs.evolve(
        spt.default_guidance().progressions["SPT804"],
        code="OUR1000",
        red_flags=frozenset({"nonsense"}),
    )
    broken = spt.GuidancePack(
        id="broken", version="1", title="B", summary="B.", paths=[path], progressions=[rule]
    )
    with pytest.raises(spt.GuidanceError) as raised:
        spt.combine(*packs, broken)
    assert len(raised.value.problems) == 2
    assert 'did you mean "bridge"' in str(raised.value)


def test_symptoms_must_be_words() -> None:
    """New symptoms are a set of known words; anything else is refused with the nearest."""
    log = spt.SessionLog(
        on=MONDAY, activities=[spt.ActivityLog(activity="bridge")], new_symptoms=["numbness"]
    )
    assert log.new_symptoms == frozenset({spt.NewSymptom.NUMBNESS})
    with pytest.raises(spt.InvalidValueError, match='did you mean "tingling"'):
        attrs.evolve(log, new_symptoms=["tinglin"])
    with pytest.raises(spt.InvalidValueError):
        attrs.evolve(log, new_symptoms="numbness")
    assert attrs.evolve(log, pain_before=Pain()).pain_before == Pain()
    assert "bridge" not in placed(attrs.evolve(planned(), sessions=()))
