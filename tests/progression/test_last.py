"""What went up last, how many sessions running went well, and when anything was done last."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

import sciatica_pt as spt
from sciatica_pt.model import Continuous, Hold, Pain, Repetitions

from .laws import placed
from .made import MONDAY, a_step, logged, skipped, week_of, with_entries
from .test_reasons import BAD, CAT, WALK, who


def test_a_day_that_was_added_last_is_taken_back_first() -> None:
    """A bad week after a day more takes that day back; a good one adds it again."""
    plank = Hold(sets=2, hold_seconds=60, rest_seconds=60, effort=3)
    week = week_of(("plank", plank), ("walking", WALK), days=("mon", "wed"))
    profile = who(("plank", plank))
    more = a_step(week, profile=profile, logs=logged(week))
    assert more.routine is not None
    added = [day for day, _ in placed(more.routine)["plank"] if day not in ("mon", "wed")]
    assert [(item.activity, item.day, item.dose) for item in more.state.added] == [
        ("plank", added[0], plank)
    ]
    starts = MONDAY + dt.timedelta(days=7)
    given: dict[str, Any] = {"profile": more.profile, "state": more.state}
    worse = a_step(more.routine, logs=logged(more.routine, starts=starts, **BAD), **given)
    decision = worse.decision("plank")
    assert (decision.after, decision.days, decision.rule) == (plank, 2, "SPT808")
    assert "E184" in {item.statement for item in decision.citations}
    assert worse.routine is not None
    assert [day.value for day, _ in placed(worse.routine)["plank"]] == ["mon", "wed"]
    assert not [reason for reason in worse.review if "Plank" in reason.text]
    # Where a number changed since, or the day is another one, the number goes back.
    for state in (
        attrs.evolve(
            more.state,
            added=[attrs.evolve(more.state.added[0], dose=attrs.evolve(plank, hold_seconds=55))],
        ),
        attrs.evolve(more.state, added=[attrs.evolve(more.state.added[0], day="sun")]),
        attrs.evolve(more.state, added=()),
    ):
        other = a_step(
            more.routine,
            profile=more.profile,
            state=state,
            logs=logged(more.routine, starts=starts, **BAD),
        )
        assert other.decision("plank").days is None
        assert other.decision("plank").after == attrs.evolve(plank, sets=1)


def test_a_day_that_shortened_bouts_is_not_taken_back() -> None:
    """A walk that was shared out over one more day goes back in minutes, and keeps its days."""
    long = Continuous(duration_seconds=1800, effort=3)
    week = week_of(("walking", long), ("cat-camel", CAT))
    more = a_step(week, profile=who(("walking", long)), logs=logged(week))
    assert more.decision("walking").days == 4
    assert more.decision("walking").after != long
    assert more.state.added_day("walking") is None


def test_the_least_days_are_kept() -> None:
    """A day is not taken back where guidance asks for as many days as there are."""
    plank = Hold(sets=2, hold_seconds=60, rest_seconds=60, effort=3)
    week = week_of(("plank", plank), ("walking", WALK), days=("mon", "wed"))
    state = spt.ProgressState(
        usual=Pain(back=1, leg=1),
        added=[spt.progression.AddedDay(activity="plank", day="wed", dose=plank)],
    )
    step = a_step(week, profile=who(("plank", plank)), logs=logged(week, **BAD), state=state)
    assert step.decision("plank").days is None
    assert step.decision("plank").after == attrs.evolve(plank, sets=1)


def once_a_week(*weeks: dict[str, Any]) -> list[spt.ProgressStep]:
    """Return the steps through weeks with a walk on Monday only, beside cycling."""
    ride = Continuous(duration_seconds=2400, effort=5)
    walk = Continuous(duration_seconds=1800, effort=3)
    routine = week_of(("cycling-outdoor", ride), ("cat-camel", CAT))
    monday = routine.sessions[0]
    item = week_of(("walking", walk)).sessions[0].prescriptions[0]
    routine = attrs.evolve(
        routine,
        sessions=[
            attrs.evolve(monday, prescriptions=[item, *monday.prescriptions[1:]]),
            *routine.sessions[1:],
        ],
    )
    # No other day has room for a walk.
    minutes = {"mon": 90, "wed": 46, "fri": 46}
    profile = who(("walking", walk), ("cycling-outdoor", ride), minutes=minutes)
    state, steps = spt.ProgressState(usual=Pain(back=1, leg=1)), []
    for number, given in enumerate(weeks):
        changes: dict[str, Any] = dict(given)
        entry = changes.pop("entry", {})
        logs = logged(routine, starts=MONDAY + dt.timedelta(days=7 * number), **changes)
        logs = with_entries(logs, "walking", **entry)
        step = spt.progress(routine, profile=profile, logs=logs, state=state)
        steps.append(step)
        assert step.routine is not None
        routine, profile, state = step.routine, step.profile, step.state
    return steps


LOST, LEFT = {"form_kept": False}, {"sets": (), "effort": None, "skipped": "no-time"}


@pytest.mark.parametrize(
    ("weeks", "wanted"),
    [
        ([{}, {}], "advance"),
        ([{}, {"entry": LEFT}, {}], "advance"),
        ([{}, {"entry": LOST}, {}], "hold"),
        ([{}, {"pain_during": Pain(back=4, leg=0)}, {}], "hold"),
        ([{"entry": LOST}, {}], "hold"),
        ([{"entry": LOST}, {}, {}], "advance"),
    ],
)
def test_what_is_done_once_a_week_goes_up_too(weeks: list[dict[str, Any]], wanted: str) -> None:
    """Two sessions running count over two weeks, unless one of them was no good one."""
    last = once_a_week(*weeks)[-1].decision("walking")
    assert last.adjustment.value == wanted


def test_a_count_of_good_sessions_begins_anew_with_another_dose() -> None:
    """After a rise, sessions at the old dose don't count for the next one."""
    steps = once_a_week({}, {}, {}, {})
    words = [step.decision("walking").adjustment.value for step in steps]
    assert words == ["hold", "advance", "hold", "advance"]
    counts = [
        {item.activity: item.sessions for item in step.state.good}.get("walking") for step in steps
    ]
    assert counts == [1, None, 1, None]


def test_a_day_more_begins_the_count_anew() -> None:
    """Good sessions before a day more don't count for the rise after it."""
    walk = Continuous(duration_seconds=1800, effort=3)
    ride = Continuous(duration_seconds=2400, effort=5)
    week = week_of(("cycling-outdoor", ride), ("cat-camel", CAT))
    item = week_of(("walking", walk)).sessions[0].prescriptions[0]
    monday = week.sessions[0]
    first = attrs.evolve(monday, prescriptions=[item, *monday.prescriptions[1:]])
    week = attrs.evolve(week, sessions=[first, *week.sessions[1:]])
    state = spt.ProgressState(
        usual=Pain(back=1, leg=1),
        good=[spt.progression.GoodCount(activity="walking", sessions=1)],
    )
    profile = who(("walking", walk), ("cycling-outdoor", ride))
    step = a_step(week, profile=profile, logs=logged(week), state=state)
    assert step.decision("walking").days == 2
    assert step.state.good_before("walking") == 0


def test_a_day_on_which_anything_was_done_is_one() -> None:
    """A break is counted from the last day on which at least one activity was done."""
    week = week_of(("walking", WALK), ("cat-camel", CAT))
    logs = with_entries(logged(week), "cat-camel", sets=(), effort=None, skipped="no-time")
    assert a_step(week, profile=who(), logs=logs).state.last_done == logs[-1].on
    nothing = skipped(logged(week), set(spt.Weekday))
    assert a_step(week, profile=who(), logs=nothing).state.last_done is None


def test_days_added_are_forgotten_with_the_dose_and_the_activity() -> None:
    """Only what is still done at that dose is kept, by id, however the state was written."""
    plank = Hold(sets=2, hold_seconds=60, rest_seconds=60, effort=3)
    week = week_of(("plank", plank), ("walking", WALK), ("cat-camel", CAT))
    added = spt.progression.AddedDay
    state = spt.ProgressState(
        usual=Pain(back=1, leg=1),
        added=[
            added(activity="walking", day="mon", dose=WALK),
            added(activity="squat", day="mon", dose=CAT),
            added(activity="plank", day="mon", dose=attrs.evolve(plank, hold_seconds=30)),
            added(activity="cat-camel", day="mon", dose=CAT),
        ],
    )
    sore = logged(week, pain_during=Pain(back=4, leg=0))
    step = a_step(week, profile=who(("plank", plank)), logs=sore, state=state)
    assert [item.activity for item in step.state.added] == ["cat-camel", "walking"]


def test_weeks_of_standing_still_end_with_a_rise() -> None:
    """One week in which anything is ready for more ends the count, and else it goes on."""
    week = week_of(("walking", WALK), ("cat-camel", CAT))
    state = spt.ProgressState(usual=Pain(back=1, leg=1), stalled_weeks=3)
    good = a_step(week, profile=who(), logs=logged(week), state=state)
    assert good.state.stalled_weeks == 0
    sore = logged(week, pain_during=Pain(back=4, leg=0))
    assert a_step(week, profile=who(), logs=sore, state=state).state.stalled_weeks == 4
    # Who lacks the time has not come to a halt.
    full = who(minutes=dict.fromkeys(("mon", "wed", "fri"), 25))
    most = attrs.evolve(WALK, effort=5)
    week = week_of(("walking", most), ("cat-camel", attrs.evolve(CAT, sets=2)))
    busy = a_step(week, profile=full, logs=logged(week), state=state)
    assert busy.decision("walking").rule == "SPT503"
    assert busy.state.stalled_weeks == 0


def test_only_sessions_that_spread_are_counted() -> None:
    """A stop for another reason counts as no session that moved symptoms down the leg."""
    signals = {"leg-spread": 1, "pain-during": 5}
    rule = spt.ProgressionRule(
        code="OUR801",
        name="ours",
        effect="stop",
        summary="Ours.",
        why="We want it.",
        criteria=[
            spt.Criterion(signal=signal, bound="at-least", value=value)
            for signal, value in signals.items()
        ],
        sessions=1,
        origin="synthesis",
        citations=[spt.Citation(statement="P001")],
        since="1",
    )
    week = week_of(("walking", WALK), ("cat-camel", CAT))
    sore = with_entries(logged(week), "cat-camel", pain_during=Pain(back=5, leg=0))
    step = a_step(week, profile=who(), logs=sore, progressions=[rule])
    assert step.decision("cat-camel").rule == "OUR801"
    assert (step.state.spread_sessions, step.state.spread) == (0, ())


def test_what_spread_is_counted_by_id() -> None:
    """Earlier counts go on, each activity's by itself, in one order."""
    week = week_of(("walking", WALK), ("cat-camel", CAT), ("pelvic-tilt", CAT))
    count = spt.progression.SpreadCount(activity="walking", sessions=2)
    state = spt.ProgressState(usual=Pain(back=1, leg=1), spread=[count])
    logs = with_entries(logged(week), "cat-camel", leg_change="peripheralized")
    step = a_step(week, profile=who(), logs=logs, state=state)
    counts = [(item.activity, item.sessions) for item in step.state.spread]
    assert counts == [("cat-camel", 3), ("walking", 2)]


def test_what_was_lowered_is_kept_by_id() -> None:
    """What bad weeks took is handed on in one order, whenever they took it."""
    week = week_of(("walking", WALK), ("cat-camel", CAT))
    state = spt.ProgressState(
        usual=Pain(back=1, leg=1), lowered=[spt.Level(activity="squat", dose=CAT)]
    )
    step = a_step(week, profile=who(), logs=logged(week, **BAD), state=state)
    names = [level.activity for level in step.state.lowered]
    assert names == ["cat-camel", "squat", "walking"]


def test_a_setback_keeps_what_is_still_on_its_way_back() -> None:
    """On the way back what found no room has a new level, and the comforts are over."""
    bridge = Repetitions(sets=3, reps=10, rep_seconds=4, hold_seconds=3, rest_seconds=60, effort=3)
    week = week_of(("walking", WALK), ("bridge", bridge), ("cat-camel", CAT))
    profile = who(("walking", WALK), ("bridge", bridge))
    first = a_step(week, profile=profile, logs=logged(week, pain=Pain(back=4, leg=1)))
    assert first.routine is not None
    assert first.state.setback is not None
    assert first.state.setback.comforts
    short = dict.fromkeys(spt.Weekday, 20)
    second = a_step(
        first.routine,
        profile=attrs.evolve(first.profile, minutes=short),
        state=first.state,
        logs=logged(first.routine, starts=MONDAY + dt.timedelta(days=7)),
    )
    back = second.state.setback
    assert back is not None
    assert back.comforts == frozenset()
    assert second.decision("walking").rule == "SPT503"
    assert [level.activity for level in back.reached] == ["bridge"]


def test_without_a_day_the_next_week_begins_after_the_last_log() -> None:
    """Two weeks without exercise end on the day after the last log, where no day is given."""
    week = week_of(("walking", WALK), ("cat-camel", CAT))
    idle = skipped(logged(week), set(spt.Weekday))
    for days, kind in ((13, "break"), (12, None)):
        last = idle[-1].on - dt.timedelta(days=days)
        state = spt.ProgressState(usual=Pain(back=1, leg=1), last_done=last)
        found = a_step(week, profile=who(), logs=idle, state=state).state.setback
        assert (None if found is None else found.kind.value) == kind


def test_a_word_that_guidance_does_not_know_is_refused() -> None:
    """A profile with an unknown condition is refused before anything is decided."""
    week = week_of(("walking", WALK), ("cat-camel", CAT))
    odd = who(conditions={"moon-sickness"})
    with pytest.raises(spt.GuidanceError, match="moon-sickness"):
        a_step(week, profile=odd, logs=logged(week))


def test_a_condition_that_is_a_red_flag_refers() -> None:
    """A condition of the person's that is a red flag in itself refers before any step."""
    week = week_of(("walking", WALK), ("cat-camel", CAT))
    flags = spt.default_guidance().red_flags.values()
    condition = next(item for flag in flags for item in sorted(flag.conditions))
    with pytest.raises(spt.ReferralRequired):
        a_step(week, profile=who(conditions={condition}), logs=logged(week))


def test_a_red_flag_of_the_callers_guidance_refers() -> None:
    """The flags that count are those of the guidance that is gone by."""
    known = next(iter(spt.default_guidance().red_flags.values()))
    own = attrs.evolve(known, id="our-flag", conditions=frozenset())
    pack = spt.GuidancePack(id="ours", version="1", title="O", summary="O.", red_flags=[own])
    guidance = spt.combine(*spt.default_guidance().packs, pack)
    week = attrs.evolve(week_of(("walking", WALK), ("cat-camel", CAT)), guidance=guidance.refs)
    yes = spt.Screening(by="person", present={"our-flag"}, others_absent=True)
    with pytest.raises(spt.ReferralRequired) as referral:
        a_step(week, profile=who(screening=yes), logs=logged(week), guidance=guidance)
    assert [flag.id for flag in referral.value.flags] == ["our-flag"]
