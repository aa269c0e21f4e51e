"""Each number of the rules about whole weeks, just inside it and just outside."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

import sciatica_pt as spt
from sciatica_pt.model import (
    Citation,
    Continuous,
    Hold,
    Level,
    Pain,
    Profile,
    Repetitions,
    Routine,
    SkipReason,
    Weekday,
)
from sciatica_pt.progression import Adherence, SkipCount
from sciatica_pt.progression.asked import asked_for
from sciatica_pt.progression.editing import Order, activities_of, added, days_of
from sciatica_pt.progression.paths import (
    cut,
    downward,
    grain_of,
    least,
    no_more,
    regained,
    unit_of,
)
from sciatica_pt.progression.setbacks import is_quiet, next_usual
from sciatica_pt.progression.situation import Situation, holding, rule_of

from .laws import placed
from .made import MONDAY, NEXT, a_step, leveled, logged, person, week_of, with_entries

GUIDANCE = spt.default_guidance()
BRIDGE = Repetitions(sets=3, reps=12, rep_seconds=4, hold_seconds=4, rest_seconds=60, effort=3)
CAT = Repetitions(sets=1, reps=10, rep_seconds=6, rest_seconds=15)
WALK = Continuous(duration_seconds=1800, effort=4)
WEEK = week_of(("bridge", BRIDGE), ("walking", WALK), ("cat-camel", CAT))
WHO = leveled(person(), ("bridge", BRIDGE), ("walking", WALK))
CITED = [Citation(statement="P001")]
LOW = spt.Fact(kind="irritability", value="low")


def situation(
    logs: Any, *, profile: Profile | None = None, week: Routine = WEEK, **given: Any
) -> Situation:
    """Return what decisions look at."""
    return Situation(
        catalog=GUIDANCE,
        profile=WHO if profile is None else profile,
        logs=tuple(logs),
        state=given.pop("state", spt.ProgressState(usual=Pain(back=1, leg=1))),
        rules=given.pop("rules", tuple(GUIDANCE.progressions.values())),
        today=given.pop("today", NEXT),
        items=activities_of(week),
        days=days_of(week),
        asked=asked_for((), week, GUIDANCE),
    )


def at(day: int, before: int | None, morning: int | None) -> spt.SessionLog:
    """Return the log of a day, with points of pain over the usual level."""
    pains = [None if over is None else Pain(back=1 + over, leg=1) for over in (before, morning)]
    return attrs.evolve(
        logged(WEEK)[0],
        on=MONDAY + dt.timedelta(days=day),
        pain_before=pains[0],
        pain_next_morning=pains[1],
    )


# day, points over the usual before and on the next morning; whether the last two days were quiet
QUIET: list[tuple[list[tuple[int, int | None, int | None]], bool]] = [
    ([], False),
    ([(0, 0, 0)], True),
    ([(0, 1, 0)], False),
    ([(0, 0, 1)], False),
    ([(0, 3, 0), (1, 0, 0)], True),
    ([(0, 3, 0), (2, 0, 0)], True),
    ([(0, 0, 3), (1, 0, 0)], False),
    ([(0, 0, 3), (2, 0, 0)], True),
    ([(0, 0, 0), (1, 3, 0)], False),
    ([(0, None, 0)], False),
    ([(0, 0, None)], False),
    ([(0, 0, 0), (1, None, 0)], False),
    ([(0, None, None), (2, 0, 0)], True),
]


@pytest.mark.parametrize(("days", "wanted"), QUIET)
def test_quiet_days(days: list[tuple[int, int | None, int | None]], wanted: bool) -> None:
    """The last two days that are known of must both have been at the usual level."""
    logs = [at(*day) for day in days]
    assert is_quiet(situation(logs)) is wanted


def test_guidance_without_a_way_back() -> None:
    """Where guidance says nothing of quiet days nothing is quiet, and a setback stays."""
    rules = tuple(r for r in GUIDANCE.progressions.values() if r.effect is not spt.Effect.SETTLE)
    assert not is_quiet(situation([at(0, 0, 0)], rules=rules))
    pack = spt.bundled_pack("clinical-safety")
    bare = spt.combine(*GUIDANCE.packs[:-1], attrs.evolve(pack, progressions=rules))
    sore = a_step(WEEK, profile=WHO, logs=logged(WEEK, pain=Pain(back=4, leg=1)), guidance=bare)
    assert sore.routine is not None
    calm = spt.progress(
        sore.routine,
        profile=sore.profile,
        logs=logged(sore.routine, starts=NEXT),
        state=sore.state,
        guidance=bare,
    )
    assert calm.state.setback is not None
    assert calm.state.setback.stage is spt.SetbackStage.REDUCED


def test_guidance_without_flares_has_no_way_back_from_one() -> None:
    """A setback that no rule knows any more ends, and nothing is raised for it."""
    rules = tuple(r for r in GUIDANCE.progressions.values() if r.effect is not spt.Effect.FLARE)
    pack = spt.bundled_pack("clinical-safety")
    bare = spt.combine(*GUIDANCE.packs[:-1], attrs.evolve(pack, progressions=rules))
    state = spt.ProgressState(
        usual=Pain(back=1, leg=1),
        setback=spt.Setback(
            kind="flare",
            stage="returning",
            began=MONDAY,
            reached=[Level(activity="bridge", dose=attrs.evolve(BRIDGE, reps=15))],
        ),
    )
    step = a_step(WEEK, profile=WHO, logs=logged(WEEK), state=state, guidance=bare)
    assert step.decision("bridge").after == BRIDGE
    assert step.state.setback is None


def test_a_flare_begins_on_its_first_day_and_keeps_its_rule() -> None:
    """Two days over are a flare-up from the first of them on; it holds what exercises had."""
    logs = [at(0, 0, 0), at(2, 2, 0), at(4, 2, 0)]
    step = a_step(WEEK, profile=WHO, logs=tuple(logs))
    assert step.state.setback is not None
    assert step.state.setback.began == MONDAY + dt.timedelta(days=2)
    assert {level.activity for level in step.state.setback.reached} == {
        "bridge",
        "cat-camel",
        "walking",
    }
    once = a_step(WEEK, profile=WHO, logs=(at(0, 0, 0), at(2, 2, 0)))
    assert once.state.setback is None
    assert step.routine is not None
    for pain in (Pain(back=4, leg=1), Pain(back=2, leg=1)):
        later = spt.progress(
            step.routine,
            profile=step.profile,
            logs=logged(step.routine, pain=pain, starts=NEXT),
            state=step.state,
        )
        assert later.decision("bridge").rule == "SPT830"
        assert later.state.setback is not None
    said = a_step(WEEK, profile=attrs.evolve(WHO, flare=True), logs=logged(WEEK))
    assert said.state.setback is not None
    assert said.state.setback.began == MONDAY


@pytest.mark.parametrize(("days", "wanted"), [(13, False), (14, True)])
def test_the_day_on_which_a_break_begins(days: int, wanted: bool) -> None:
    """Fourteen days without exercise are a break, thirteen are not."""
    state = spt.ProgressState(last_done=MONDAY)
    step = a_step(WEEK, profile=WHO, logs=(), state=state, on=MONDAY + dt.timedelta(days=days))
    assert (step.state.setback is not None) is wanted


@pytest.mark.parametrize(("days", "wanted"), [(13, False), (14, True)])
def test_a_flare_that_lasts_two_weeks_is_looked_at(days: int, wanted: bool) -> None:
    """On the fourteenth day of a flare-up somebody is asked, with the rule and its sources."""
    setback = spt.Setback(kind="flare", stage="reduced", began=MONDAY)
    state = spt.ProgressState(usual=Pain(back=1, leg=1), setback=setback)
    step = a_step(
        WEEK,
        profile=WHO,
        logs=logged(WEEK, pain=Pain(back=4, leg=1)),
        state=state,
        on=MONDAY + dt.timedelta(days=days),
    )
    found = [reason for reason in step.review if "flare-up" in reason.text]
    assert bool(found) is wanted
    assert all(reason.code == "SPT832" and reason.citations for reason in found)


def test_a_second_session_that_spread_is_looked_at() -> None:
    """Two sessions in which anything moved down the leg are enough, whichever exercises did it."""
    logs = logged(WEEK)
    first = with_entries(logs[:1], "bridge", leg_change="peripheralized")
    once = a_step(WEEK, profile=WHO, logs=(*first, *logs[1:]))
    assert once.state.spread_sessions == 1
    assert not [reason for reason in once.review if "down the leg" in reason.text]
    assert once.routine is not None
    later = logged(once.routine, starts=NEXT)
    other = with_entries(later[:1], "walking", leg_change="peripheralized")
    other = with_entries(other, "cat-camel", leg_change="peripheralized")
    twice = spt.progress(
        once.routine, profile=once.profile, logs=(*other, *later[1:]), state=once.state
    )
    # Two exercises of one session are one session.
    assert twice.state.spread_sessions == 2
    assert {count.activity: count.sessions for count in twice.state.spread} == {
        "bridge": 1,
        "walking": 1,
        "cat-camel": 1,
    }
    (found,) = [reason for reason in twice.review if "down the leg" in reason.text]
    assert "at 2 sessions" in found.text


def test_the_usual_level_is_the_worst_of_a_week() -> None:
    """The highest pain before a session sets the level, and it never rises by that."""
    logs = [at(0, 2, 0), at(2, 0, 0)]
    assert next_usual(None, logs, settled=True) == Pain(back=3, leg=1)
    assert next_usual(Pain(back=2, leg=5), logs, settled=True) == Pain(back=2, leg=1)
    assert next_usual(Pain(back=2), logs, settled=False) == Pain(back=2)
    assert next_usual(None, (), settled=True) is None


def test_a_day_is_missed_only_as_a_whole() -> None:
    """A day of which something was done is not missed."""
    first = with_entries(logged(WEEK)[:1], "bridge", skipped=SkipReason.NO_TIME, sets=())
    kept = spt.adherence(WEEK, (*first, *logged(WEEK)[1:]))
    assert kept.missed_days == ()
    assert (kept.skipped, kept.done) == (1, 8)


def shrunk(done: int, left: int, unknown: int = 0) -> list[str]:
    """Return the days after a week of walks of which some were done, left out or not logged."""
    week = week_of(("cat-camel", CAT), days=("mon", "tue", "wed", "thu", "fri", "sat"))
    logs = logged(week, pain_during=Pain(back=4, leg=1))
    out = tuple(
        attrs.evolve(
            log, activities=[spt.ActivityLog(activity="cat-camel", skipped=SkipReason.NO_TIME)]
        )
        for log in logs[done : done + left]
    )
    step = a_step(week, profile=person(), logs=(*logs[:done], *out), missed="shrink")
    assert unknown == len(week.sessions) - done - left
    assert step.routine is not None
    return [session.day.value for session in step.routine.sessions]


def test_half_a_week_is_not_little() -> None:
    """Half of a week done keeps its days, less than half does not, and unknown is not undone."""
    assert len(shrunk(3, 3)) == 6
    assert len(shrunk(2, 4)) < 6
    assert len(shrunk(1, 2, 3)) == 6


def test_guidance_without_missed_days() -> None:
    """Where guidance has no word for little, nothing shrinks."""
    rules = tuple(r for r in GUIDANCE.progressions.values() if r.effect is not spt.Effect.MISSED)
    pack = spt.bundled_pack("clinical-safety")
    bare = spt.combine(*GUIDANCE.packs[:-1], attrs.evolve(pack, progressions=rules))
    week = week_of(("cat-camel", CAT), days=("mon", "tue", "wed", "thu", "fri"))
    logs = tuple(
        attrs.evolve(
            log, activities=[spt.ActivityLog(activity="cat-camel", skipped=SkipReason.NO_TIME)]
        )
        for log in logged(week)
    )
    step = a_step(week, profile=person(), logs=logs, missed="shrink", guidance=bare)
    assert step.routine is not None
    assert len(step.routine.sessions) == 5


def test_counts_are_checked() -> None:
    """Counts are whole and named, days stand once, and so do reasons."""
    one = SkipCount(reason="pain", times=1)
    given: dict[str, Any] = {"planned": 1, "done": 0, "skipped": 1, "unknown": 0}
    assert len(Adherence(**given, reasons=[one], missed_days=list(Weekday)).missed_days) == 7
    for name in given:
        with pytest.raises(spt.InvalidValueError, match=f"{name}: .* prescriptions"):
            Adherence(**{**given, name: -1})
    with pytest.raises(spt.InvalidValueError, match="times"):
        SkipCount(reason="pain", times=0)
    twice: tuple[dict[str, Any], ...] = ({"reasons": [one, one]}, {"missed_days": ["mon", "mon"]})
    for more in twice:
        with pytest.raises(spt.InvalidValueError):
            Adherence(**given, **more)
    assert spt.MissedPolicy("skip") is spt.MissedPolicy.SKIP


# --- Rules with a condition


def test_a_rule_for_some_people_comes_first_and_only_for_them() -> None:
    """A permissive rule holds when its condition is known to be true, and goes before the usual."""
    rules = tuple(GUIDANCE.progressions.values())
    percents = {}
    for irritability in ("low", "moderate", None):
        who = attrs.evolve(WHO, irritability=irritability)
        found = rule_of(holding(rules, who), spt.Effect.RAMP)
        assert found is not None
        percents[irritability] = found.number("weekly-percent")
    assert percents == {"low": 20, "moderate": 10, None: 10}


@pytest.mark.parametrize("effect", list(spt.Effect))
def test_a_cautious_rule_holds_until_its_condition_is_known_to_be_false(effect: spt.Effect) -> None:
    """Unknown is no reason to leave caution out, and none to allow more."""
    rule = attrs.evolve(GUIDANCE.progressions["SPT809"], effect=effect, when=LOW)
    cautious = effect in (
        spt.Effect.STOP,
        spt.Effect.REGRESS,
        spt.Effect.HOLD,
        spt.Effect.FLARE,
    )
    unknown, high, low = (attrs.evolve(WHO, irritability=word) for word in (None, "high", "low"))
    assert bool(holding([rule], unknown)) is cautious
    assert holding([rule], high) == ()
    assert holding([rule], low) == (rule,)


def test_a_caller_can_bound_the_ramp_more_closely_and_not_less() -> None:
    """A ramp of the caller's binds beside that of guidance."""
    ramp = GUIDANCE.progressions["SPT822"]

    def with_percent(percent: int) -> Any:
        number = attrs.evolve(ramp.parameters[0], value=percent)
        return attrs.evolve(ramp, code="OUR822", parameters=[number])

    walk = Continuous(duration_seconds=1200, effort=3)
    week = week_of(("walking", walk), ("cat-camel", CAT))
    who = attrs.evolve(leveled(person(), ("walking", walk)), irritability="moderate")
    seconds = {}
    for percent in (5, 100):
        step = a_step(week, profile=who, logs=logged(week), progressions=[with_percent(percent)])
        after = step.decision("walking").after
        assert isinstance(after, Continuous)
        seconds[percent] = (after.duration_seconds, step.decision("walking").days)
    # Another day would need bouts of less than what a twentieth leaves, cut to half minutes.
    assert seconds == {5: (930, 4), 100: (1320, None)}


def test_guidance_asks_for_what_it_depends_on() -> None:
    """A rule or a step with a condition that no question settles is refused with its place."""
    strange = spt.Fact(kind="condition", value="strange-thing")
    rule = attrs.evolve(GUIDANCE.progressions["SPT822"], code="OUR822", when=strange)
    step = spt.PathStep(
        parameter="reps", amount=1, when=strange, origin="synthesis", citations=CITED
    )
    path = spt.ProgressionPath(id="ours", activities=["bridge"], steps=[step])
    ours = spt.GuidancePack(
        id="ours", version="1", title="O", summary="O.", progressions=[rule], paths=[path]
    )
    with pytest.raises(spt.GuidanceError) as raised:
        spt.combine(*GUIDANCE.packs, ours)
    assert len(raised.value.problems) == 2
    assert {problem.expected for problem in raised.value.problems} == {
        "a question for condition strange-thing"
    }


# --- Steps and paths


def step(**given: Any) -> spt.PathStep:
    """Return a step of a path."""
    return spt.PathStep(**{"origin": "synthesis", "citations": CITED, **given})


def test_the_numbers_of_a_step_are_given() -> None:
    """A step says by how much, and one in percent to what it is cut; nothing is assumed."""
    for given in (
        {"parameter": "reps"},
        {"amount": 1},
        {"parameter": "reps", "amount": 1, "percent": 10},
        {"parameter": "reps", "amount": 1, "grain": 1},
    ):
        with pytest.raises(spt.InvalidValueError, match="a number exactly when"):
            step(**given)
    assert step().rise(10) == 0
    assert step().fall(10) == 0
    assert step(parameter="sets", amount=2).rise(3) == 2
    tenth = step(parameter="duration_seconds", amount=300, percent=10, grain=30)
    assert [tenth.rise(value) for value in (299, 300, 599, 600, 3000, 9000)] == [
        0,
        30,
        30,
        60,
        300,
        300,
    ]
    assert [tenth.fall(value) for value in (100, 600)] == [30, 60]


def test_a_step_that_could_never_be_used_is_refused() -> None:
    """A later step of the same number goes on from where an earlier one ends, or is for others."""
    until = step(parameter="duration_seconds", amount=60, ceiling=600)
    on = attrs.evolve(until, ceiling=None)
    some = attrs.evolve(until, when=LOW)
    path = spt.ProgressionPath(id="p", activities=["walking"], steps=[some, until, on])
    assert [path.begins(place) for place in range(3)] == [0, 0, 600]
    for steps in ([on, until], [until, until], [until, some], [on, on], [step(), step()]):
        with pytest.raises(spt.InvalidValueError, match="that no step before it does already"):
            attrs.evolve(path, steps=steps)
    others = attrs.evolve(some, when=spt.Fact(kind="flare", value="yes"))
    assert attrs.evolve(path, steps=[some, others]).begins(1) == 0


def test_a_step_back_ends_where_its_step_begins() -> None:
    """Past half an hour a walk goes back to half an hour first, by the step of that part."""
    phase = spt.Phase.CHRONIC
    seconds = [1890, 1800, 330, 300]
    found = [
        downward(GUIDANCE, "walking", Continuous(duration_seconds=value, effort=3), phase).dose
        for value in seconds
    ]
    assert [getattr(dose, "duration_seconds", None) for dose in found] == [1800, 1620, 300, None]


def test_the_way_back_to_a_dose() -> None:
    """One number comes back at a time; what is no step of a path comes back at once."""
    now = attrs.evolve(BRIDGE, sets=1, reps=10)
    move = regained(GUIDANCE, "bridge", now, BRIDGE)
    assert move is not None
    assert move.dose == attrs.evolve(BRIDGE, sets=2, reps=10)
    assert move.step is not None
    assert regained(GUIDANCE, "bridge", BRIDGE, BRIDGE) is None
    longer = attrs.evolve(BRIDGE, rest_seconds=90)
    assert regained(GUIDANCE, "bridge", BRIDGE, longer) is None
    held = Hold(sets=3, hold_seconds=30, rest_seconds=60)
    assert regained(GUIDANCE, "bridge", now, held) is None
    slower = attrs.evolve(BRIDGE, rep_seconds=7)
    back = regained(GUIDANCE, "bridge", BRIDGE, slower)
    assert back is not None
    assert (back.dose, back.step) == (slower, None)


def test_the_least_of_a_dose() -> None:
    """The numbers that rise go to their least, and neither the rest nor the tempo changes."""
    offer = GUIDANCE.range("bridge", spt.Phase.CHRONIC)
    assert offer is not None
    assert least(BRIDGE, offer) == attrs.evolve(BRIDGE, sets=1, reps=10, hold_seconds=2)
    below = attrs.evolve(BRIDGE, sets=1, reps=5, hold_seconds=1)
    assert least(below, offer) == below


def test_a_cut_takes_from_one_number() -> None:
    """Sets go first, then what is long, cut to the nearest that can be counted, if it can go."""
    chronic = spt.Phase.CHRONIC

    def cut_of(dose: spt.model.Dose, name: str = "bridge") -> spt.model.Dose:
        return cut(GUIDANCE, name, dose, chronic, 40)

    assert cut_of(BRIDGE) == attrs.evolve(BRIDGE, sets=2)
    assert cut_of(attrs.evolve(BRIDGE, sets=2)) == attrs.evolve(BRIDGE, sets=1)
    one = attrs.evolve(BRIDGE, sets=1)
    assert cut_of(one) == attrs.evolve(one, reps=10)
    ten = attrs.evolve(one, reps=10)
    assert cut_of(ten) == attrs.evolve(ten, hold_seconds=2)
    bottom = attrs.evolve(ten, hold_seconds=2)
    assert cut_of(bottom) == bottom
    assert cut_of(ten, "moon-walk") == ten
    # 840 seconds would be 504 left, 825 would be 495 and 30 seconds 18.
    for seconds, left in ((840, 510), (825, 480)):
        assert cut_of(attrs.evolve(WALK, duration_seconds=seconds), "walking") == attrs.evolve(
            WALK, duration_seconds=left
        )
    held = Hold(sets=2, hold_seconds=30, rest_seconds=10, per_side=True)
    assert cut_of(held, "hamstring-stretch") == attrs.evolve(held, hold_seconds=20)
    assert grain_of(GUIDANCE, "bridge", spt.DoseParameter.REPS) is None
    assert unit_of(GUIDANCE, "walking", spt.DoseParameter.DURATION_SECONDS) == 30
    assert unit_of(GUIDANCE, "plank", spt.DoseParameter.HOLD_SECONDS) == 5
    assert unit_of(GUIDANCE, "plank", spt.DoseParameter.REST_SECONDS) == 1


def test_the_way_back_from_below_the_cut() -> None:
    """What a rule of the week cut lower than the share comes back in as many steps of its own."""
    low = attrs.evolve(WALK, duration_seconds=600)
    week = week_of(("walking", low), ("cat-camel", CAT))
    setback = spt.Setback(
        kind="flare",
        stage="returning",
        began=MONDAY,
        reached=[Level(activity="walking", dose=attrs.evolve(WALK, duration_seconds=2400))],
    )
    state = spt.ProgressState(usual=Pain(back=1, leg=1), setback=setback)
    who = leveled(person(), ("walking", attrs.evolve(WALK, duration_seconds=2400)))
    seconds: list[int] = []
    for number in range(3):
        made = spt.progress(
            week,
            profile=who,
            logs=logged(week, starts=MONDAY + dt.timedelta(days=7 * number)),
            state=state,
        )
        after = made.decision("walking").after
        assert isinstance(after, Continuous)
        seconds.append(after.duration_seconds)
        assert made.routine is not None
        week, who, state = made.routine, made.profile, made.state
    assert seconds == [1500, 1980, 2400]


def test_another_version_has_no_more_of_anything() -> None:
    """An easier version that stands in has no more sets, repetitions or hold than what it was."""
    little = attrs.evolve(BRIDGE, sets=1, reps=10, hold_seconds=2)
    week = week_of(("bridge", little), ("cat-camel", CAT))
    made = a_step(
        week,
        profile=leveled(person(), ("bridge", little)),
        logs=logged(week, sleep_disturbed=True),
    )
    assert made.routine is not None
    assert placed(made.routine)["low-bridge"][0][1].dose == little
    offer = GUIDANCE.range("bridge", spt.Phase.CHRONIC)
    assert offer is not None
    assert no_more(BRIDGE, little, offer) == little
    assert no_more(little, BRIDGE, offer) == little
    assert no_more(BRIDGE, attrs.evolve(little, reps=5), offer) == little
    assert no_more(BRIDGE, WALK, offer) == BRIDGE


def test_what_was_cleared_is_counted_anew() -> None:
    """Once a clinician has cleared everything, earlier sessions are no reason to look again."""
    state = spt.ProgressState(usual=Pain(back=1, leg=1), spread_sessions=2)
    stopped = attrs.evolve(WHO, stopped=frozenset({"squat"}))
    waiting = a_step(WEEK, profile=stopped, logs=logged(WEEK), state=state)
    assert waiting.state.spread_sessions == 2
    assert [reason for reason in waiting.review if "down the leg" in reason.text]
    cleared = a_step(WEEK, profile=WHO, logs=logged(WEEK), state=state)
    assert cleared.state.spread_sessions == 0
    assert not cleared.review


def test_something_on_one_more_day() -> None:
    """It goes into the day's first session in its place, or into a session of its own."""
    order = Order(catalog=GUIDANCE, stages=tuple(spt.Stage))
    walk = WEEK.sessions[0].prescriptions[0]
    assert walk.activity == "walking"
    evening = tuple(
        attrs.evolve(session, time_of_day="evening", prescriptions=session.prescriptions[1:])
        for session in WEEK.sessions
    )
    week = attrs.evolve(WEEK, sessions=evening)
    new = added(week, walk, Weekday.TUE, order)
    assert [(s.day.value, s.time_of_day.value) for s in new.sessions] == [
        ("mon", "evening"),
        ("tue", "evening"),
        ("wed", "evening"),
        ("fri", "evening"),
    ]
    assert new.sessions[1].prescriptions == (walk,)
    same = added(week, walk, Weekday.WED, order)
    assert [len(session.prescriptions) for session in same.sessions] == [2, 3, 2]
    unknown = attrs.evolve(walk, activity="moon-walk")
    assert added(week, unknown, Weekday.WED, order).sessions[1].prescriptions[-1] == unknown


def test_a_level_that_is_no_level() -> None:
    """What is said to be lost but is there, or is of another kind, changes nothing."""
    plain = a_step(WEEK, profile=WHO, logs=logged(WEEK))
    held = Hold(sets=3, hold_seconds=30, rest_seconds=60)
    for dose in (BRIDGE, held):
        state = spt.ProgressState(usual=WHO.pain, lowered=[Level(activity="bridge", dose=dose)])
        step_ = a_step(WEEK, profile=WHO, logs=logged(WEEK), state=state)
        assert step_.decision("bridge").after == plain.decision("bridge").after
        assert step_.state.lowered == ()


def test_a_walk_that_has_no_room_on_another_day_gets_longer() -> None:
    """Where a day more would leave bouts below the least, the walk waits or gets longer."""
    short = Continuous(duration_seconds=330, effort=3)
    week = week_of(("walking", short), ("cat-camel", CAT), days=("mon", "wed", "fri"))
    days = [
        step_
        for step_ in GUIDANCE.paths["path-aerobic"].steps
        if step_.parameter == "days_per_week"
    ]
    path = spt.ProgressionPath(id="ours", activities=["walking"], steps=days)
    ours = spt.GuidancePack(id="ours", version="1", title="O", summary="O.", paths=[path])
    guidance = spt.combine(*GUIDANCE.packs, ours)
    who = leveled(person(), ("walking", short))
    made = a_step(week, profile=who, logs=logged(week), guidance=guidance)
    assert made.routine is not None
    assert len(placed(made.routine)["walking"]) == 3
    assert "no room" in made.decision("walking").reason
