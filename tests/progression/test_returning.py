"""The way back after a bad week, and the way into a new phase: one number at a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

import sciatica_pt as spt
from sciatica_pt.model import (
    Continuous,
    Dose,
    DoseParameter,
    Exercise,
    Pain,
    Profile,
    Repetitions,
    Routine,
)
from sciatica_pt.progression.paths import raised, with_number

from .laws import Case, broken, placed
from .made import MONDAY, leveled, logged, person, week_of, with_entries

GUIDANCE = spt.default_guidance()
CAT = Repetitions(sets=1, reps=10, rep_seconds=6, rest_seconds=15)
WALK = Continuous(duration_seconds=1200, effort=4)
BAD = {"sleep_disturbed": True}
PHASES = list(spt.Phase)


def bridge(reps: int, sets: int = 1, hold: int = 3) -> Repetitions:
    """Return a dose of bridges."""
    return Repetitions(
        sets=sets, reps=reps, rep_seconds=4, hold_seconds=hold, rest_seconds=60, effort=3
    )


def through(
    week: Routine, who: Profile, *changes: dict[str, Any], state: spt.ProgressState | None = None
) -> list[spt.ProgressStep]:
    """Return the steps through some weeks, each logged with changes; each keeps the laws."""
    steps: list[spt.ProgressStep] = []
    for number, given in enumerate(changes):
        starts = MONDAY + dt.timedelta(days=7 * number)
        logs = logged(week, starts=starts, **given)
        step = spt.progress(
            week, profile=who, logs=logs, state=state, on=starts + dt.timedelta(days=7)
        )
        case = Case(before=week, profile=who, logs=logs, state=state, step=step)
        assert list(broken(case, GUIDANCE)) == []
        assert step.routine is not None
        steps.append(step)
        week, who, state = step.routine, step.profile, step.state
    return steps


def doses(steps: list[spt.ProgressStep], name: str) -> list[Dose | None]:
    """Return the dose of an activity after each step; `None` where it is not in the week."""
    found: list[Dose | None] = []
    for step in steps:
        assert step.routine is not None
        here = placed(step.routine).get(name)
        found.append(None if here is None else here[0][1].dose)
    return found


def test_what_a_bad_week_took_comes_back_before_anything_new() -> None:
    """A set that a bad night cost comes back after a good week, without waiting for more load."""
    week = week_of(("bridge", bridge(10, 2)), ("cat-camel", CAT))
    steps = through(week, leveled(person(), ("bridge", bridge(10, 2))), BAD, {}, {})
    assert doses(steps, "bridge") == [bridge(10), bridge(10, 2), bridge(10, 2, 4)]
    assert [level.activity for level in steps[0].state.lowered] == ["bridge", "cat-camel"]
    assert steps[0].state.before("bridge") == bridge(10, 2)
    assert steps[0].state.before("squat") is None
    assert steps[1].decision("bridge").adjustment is spt.Adjustment.ADVANCE
    assert steps[1].state.before("bridge") is None


def test_two_bad_weeks_take_two_steps_back_and_two_up() -> None:
    """The first level is what is gone back to, a step a week."""
    week = week_of(("bridge", bridge(12)), ("cat-camel", CAT))
    steps = through(week, leveled(person(), ("bridge", bridge(12))), BAD, BAD, {}, {}, {})
    assert doses(steps, "bridge") == [
        bridge(11),
        bridge(10),
        bridge(11),
        bridge(12),
        bridge(12, hold=4),
    ]


def test_minutes_come_back_within_the_ramp() -> None:
    """A walk that was cut by a tenth comes back by no more than a tenth of what is done now."""
    week = week_of(("walking", WALK), ("cat-camel", CAT))
    who = attrs.evolve(leveled(person(), ("walking", WALK)), irritability="moderate")
    steps = through(week, who, BAD, BAD, {}, {}, {})
    # The effort was the last to rise, so it is the first to go.
    assert [(d.effort, d.duration_seconds) for d in doses(steps, "walking") if d] == [  # type: ignore[union-attr]
        (3, 1200),
        (3, 1080),
        (3, 1170),
        (3, 1200),
        (4, 1200),
    ]


def test_a_version_that_was_too_much_comes_back() -> None:
    """From the easier version the way goes back to the one before, and then on to its dose."""
    week = week_of(("bridge", bridge(10, hold=2)), ("cat-camel", CAT))
    steps = through(week, leveled(person(), ("bridge", bridge(10, hold=2))), BAD, {})
    assert doses(steps, "low-bridge")[0] is not None
    assert steps[1].decision("low-bridge").becomes == "bridge"
    assert doses(steps, "bridge")[1] is not None


SIT = Repetitions(sets=1, reps=8, rep_seconds=4, rest_seconds=60, effort=3)
LEAST = attrs.evolve(bridge(5, hold=2), effort=3)


def left_out(*changes: dict[str, Any]) -> list[spt.ProgressStep]:
    """Return the steps of someone for whom the least of a bridge was too much for a night."""
    week = week_of(("low-bridge", LEAST), ("cat-camel", CAT), ("walking", WALK))
    who = leveled(person(), ("low-bridge", LEAST), ("walking", WALK))
    return through(week, who, BAD, *changes)


def test_what_was_left_out_is_tried_again_after_quiet_days() -> None:
    """Two quiet days after a week without a bad sign bring it back at its least, with a reason."""
    first, second, third = left_out({}, {})
    assert first.decision("low-bridge").after is None
    assert first.review
    assert doses([first, second], "low-bridge") == [None, LEAST]
    decision = second.decision("low-bridge")
    assert (decision.before, decision.after, decision.rule) == (None, LEAST, "SPT831")
    assert decision.days == 2
    assert decision.citations
    assert "tried again" in str(decision)
    assert "on 2 days a week" in str(decision)
    assert third.decision("low-bridge").before == LEAST


def test_what_is_left_out_is_no_stand_in_for_what_is_stopped() -> None:
    """Where one thing goes back to nothing and another is stopped, neither stands in for it."""
    week = week_of(("low-bridge", LEAST), ("sit-to-stand", SIT), ("cat-camel", CAT))
    who = leveled(person(), ("low-bridge", LEAST), ("sit-to-stand", SIT))
    logs = with_entries(
        logged(week, sleep_disturbed=True), "sit-to-stand", leg_change="peripheralized"
    )
    step = spt.progress(week, profile=who, logs=logs)
    assert step.decision("sit-to-stand").adjustment is spt.Adjustment.STOP
    assert step.decision("sit-to-stand").becomes != "low-bridge"
    assert step.routine is None or "low-bridge" not in placed(step.routine)


@pytest.mark.parametrize("edits", [(), (spt.Pin(activity="cat-camel"),)])
def test_a_new_plan_does_not_put_back_what_was_left_out(edits: tuple[spt.Edit, ...]) -> None:
    """Where the week is mended too, what a bad week left out is not there by another way."""
    week = week_of(("low-bridge", LEAST), ("cat-camel", CAT), ("walking", WALK))
    who = leveled(person(), ("low-bridge", LEAST), ("walking", WALK))
    logs = with_entries(
        logged(week),
        "low-bridge",
        pain_during=Pain(back=1, leg=1),
    )
    logs = (attrs.evolve(logs[0], sleep_disturbed=True), *logs[1:])
    step = spt.progress(attrs.evolve(week, habits=()), profile=who, logs=logs, edits=edits)
    assert step.decision("low-bridge").adjustment is spt.Adjustment.REGRESS
    assert step.decision("low-bridge").after is None
    assert step.routine is not None
    assert step.routine.habits
    assert "low-bridge" not in placed(step.routine)


def test_what_is_there_does_not_come_back() -> None:
    """Something of which a bad week took a part is there, and comes on no other day."""
    less = Repetitions(sets=1, reps=6, rep_seconds=6, rest_seconds=15)
    days = ("mon", "tue", "wed", "thu", "fri")
    week = week_of(("press-up", less), ("walking", WALK), days=days)
    state = spt.ProgressState(
        usual=Pain(back=1, leg=1), lowered=[spt.Level(activity="press-up", dose=CAT)]
    )
    who = attrs.evolve(person(), directional_preference="extension")
    (step,) = through(week, leveled(who, ("press-up", less)), {}, state=state)
    assert step.decision("press-up").after == attrs.evolve(less, reps=8)
    assert step.routine is not None
    assert len(placed(step.routine)["press-up"]) == len(days)


@pytest.mark.parametrize(
    "week",
    [
        BAD,
        {"pain": Pain(back=2, leg=1)},
        {"pain_next_morning": Pain(back=1, leg=2)},
        {"pain_next_morning": None},
        {"pain_before": None, "pain_next_morning": None},
    ],
)
def test_what_was_left_out_waits_for_quiet(week: dict[str, Any]) -> None:
    """While it is not known to be quiet, or something else was too much, it stays out."""
    steps = left_out(week, {})
    assert doses(steps[:2], "low-bridge") == [None, None]
    assert steps[1].state.before("low-bridge") == LEAST


def test_what_was_stopped_does_not_come_back_that_way() -> None:
    """What moved symptoms down the leg is no level to go back to."""
    week = week_of(("bridge", bridge(12)), ("cat-camel", CAT))
    who = leveled(person(), ("bridge", bridge(12)))
    (first,) = through(week, who, BAD)
    assert first.routine is not None
    logs = with_entries(
        logged(first.routine, starts=MONDAY + dt.timedelta(days=7)),
        "bridge",
        leg_change="peripheralized",
    )
    second = spt.progress(first.routine, profile=first.profile, logs=logs, state=first.state)
    assert second.state.before("bridge") is None
    assert second.state.before("cat-camel") is not None


def test_what_may_not_be_done_any_more_does_not_come_back() -> None:
    """Where a rule keeps it out by now, what was left out stays out."""
    (first,) = left_out()
    assert first.routine is not None
    who = attrs.evolve(first.profile, dislikes=frozenset({"low-bridge"}))
    (second,) = through(first.routine, who, {}, state=first.state)
    assert doses([second], "low-bridge") == [None]


def test_what_finds_no_time_does_not_come_back() -> None:
    """Where no day has time for the least of it, what was left out stays out."""
    (first,) = left_out()
    assert first.routine is not None
    days = {session.day for session in first.routine.sessions}
    tight = next(
        who
        for number in range(90)
        for who in [attrs.evolve(first.profile, minutes=dict.fromkeys(days, number))]
        if spt.validate(first.routine, profile=who).conforms
    )
    (second,) = through(first.routine, tight, {}, state=first.state)
    assert doses([second], "low-bridge") == [None]
    assert second.state.before("low-bridge") == LEAST


def test_a_level_that_finds_no_room_is_given_up() -> None:
    """When the person's time leaves no room for what was taken, it is a level no more."""
    week = week_of(("bridge", bridge(10, 2)), ("cat-camel", CAT))
    (first,) = through(week, leveled(person(), ("bridge", bridge(10, 2))), BAD)
    assert first.routine is not None
    seconds = sum(spt.dose_seconds(item.dose) for item in first.routine.sessions[0].prescriptions)
    minutes = dict.fromkeys(spt.Weekday, -(-(seconds + 35) // 60))
    short = attrs.evolve(first.profile, minutes=minutes)
    (second,) = through(first.routine, short, {}, state=first.state)
    assert second.decision("bridge").after == bridge(10)
    assert second.state.before("bridge") is None


# --- Into a new phase


def test_every_dose_enters_the_next_phase_higher_in_one_number_at_most() -> None:
    """Whatever bundled guidance gives in a phase, a later phase takes in with one rise at most."""
    rises = 0
    for name, activity in GUIDANCE.activities.items():
        if not isinstance(activity, Exercise):
            continue
        for place, early in enumerate(PHASES):
            for late in PHASES[place + 1 :]:
                found = _least_and_later(name, early, late)
                if found is not None:
                    least, after = found
                    up = raised(least, after)
                    assert len(up) <= 1, (name, early, late, up)
                    rises += len(up)
    assert rises


def _least_and_later(name: str, early: spt.Phase, late: spt.Phase) -> tuple[Dose, Dose] | None:
    first, then = GUIDANCE.range(name, early), GUIDANCE.range(name, late)
    if first is None or then is None or first.kind is not then.kind:
        return None
    values = {limit.parameter: limit.minimum for limit in first.limits}
    least = spt.model.build_dose(first.kind, values, per_side=False)
    after = least
    for limit in then.limits:
        now = spt.model.dose_values(after).get(limit.parameter)
        if now is not None and now < limit.minimum:
            after = with_number(after, limit.parameter, limit.minimum)
    return least, after


def test_a_phase_in_which_two_numbers_would_rise_leaves_it_out() -> None:
    """Guidance whose phases lie far apart has what lies between left out, not raised twice."""
    pack = spt.bundled_pack("clinical-safety")

    def steeper(item: Any) -> Any:
        if item.activity != "bridge":
            return item
        doses_ = [
            attrs.evolve(
                offer,
                limits=[
                    attrs.evolve(limit, minimum=5, start=None)
                    if limit.parameter is DoseParameter.HOLD_SECONDS and "chronic" in offer.phases
                    else limit
                    for limit in offer.limits
                ],
            )
            for offer in item.doses
        ]
        return attrs.evolve(item, doses=doses_)

    steep = attrs.evolve(pack, amendments=[steeper(item) for item in pack.amendments])
    guidance = spt.combine(*GUIDANCE.packs[:-1], steep)
    dose = bridge(8)
    week = week_of(("bridge", dose), ("cat-camel", CAT), phase="subacute")
    who = attrs.evolve(leveled(person(), ("bridge", dose)), phase="chronic")
    plain = spt.progress(week, profile=who, logs=logged(week))
    assert plain.decision("bridge").after == bridge(10)
    assert plain.decision("bridge").rule == "SPT823"
    step = spt.progress(week, profile=who, logs=logged(week), guidance=guidance)
    assert step.decision("bridge").after is None


def test_a_new_phase_says_that_more_waits() -> None:
    """In the week of a new phase nothing else goes up, and the reason is given."""
    dose = bridge(10)
    week = week_of(("bridge", dose), ("cat-camel", CAT), phase="subacute")
    who = attrs.evolve(leveled(person(), ("bridge", dose)), phase="chronic")
    step = spt.progress(week, profile=who, logs=logged(week))
    decision = step.decision("bridge")
    assert (decision.adjustment, decision.rule) == (spt.Adjustment.HOLD, "SPT823")
    assert "second week" in decision.reason
