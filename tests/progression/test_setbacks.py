"""Flare-ups and breaks: less, back in steps, nothing forgotten, nothing cut twice."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

import sciatica_pt as spt
from sciatica_pt.model import Application, Continuous, Dose, Hold, Pain, Repetitions
from sciatica_pt.progression.asked import asked_for
from sciatica_pt.progression.editing import Order, activities_of, days_of, inserted
from sciatica_pt.progression.setbacks import Course, reduced
from sciatica_pt.progression.situation import Situation, rule_of

from .laws import placed
from .made import (
    MONDAY,
    NEXT,
    a_step,
    leveled,
    logged,
    person,
    planned,
    skipped,
    week_of,
    with_entries,
)

BRIDGE = Repetitions(sets=3, reps=12, rep_seconds=4, hold_seconds=4, rest_seconds=60, effort=5)
WALK = Continuous(duration_seconds=1800, effort=4)
STRETCH = Hold(sets=4, hold_seconds=30, rest_seconds=10, per_side=True)
WEEK = week_of(("bridge", BRIDGE), ("walking", WALK), ("hamstring-stretch", STRETCH))
PERSON = leveled(person(), ("bridge", BRIDGE), ("walking", WALK), ("hamstring-stretch", STRETCH))
LEVELS = PERSON.levels
CAT = Repetitions(sets=1, reps=10, rep_seconds=6, rest_seconds=15)
SORE = Pain(back=4, leg=2)


def after_weeks(*weeks: dict[str, Any], **options: Any) -> list[spt.ProgressStep]:
    """Return the steps through some weeks, each logged with changes; `None` skips the week."""
    routine, profile, state = WEEK, PERSON, None
    steps: list[spt.ProgressStep] = []
    for number, given in enumerate(weeks):
        starts = MONDAY + dt.timedelta(days=7 * number)
        changes = dict(given)
        idle = changes.pop("idle", False)
        logs = logged(routine, starts=starts, **changes)
        if idle:
            logs = skipped(logs, set(spt.Weekday))
        step = spt.progress(
            routine,
            profile=profile,
            logs=logs,
            state=state,
            on=starts + dt.timedelta(days=7),
            **options,
        )
        steps.append(step)
        assert step.routine is not None
        routine, profile, state = step.routine, step.profile, step.state
    return steps


def dose(step: spt.ProgressStep, name: str) -> Any:
    """Return the dose of an activity in the next week."""
    assert step.routine is not None
    return placed(step.routine)[name][0][1].dose


def test_a_flare_cuts_once_and_keeps_moving() -> None:
    """In a flare-up doses fall by about the stated share, every activity stays, cold may come."""
    (step,) = after_weeks({"pain": SORE})
    assert step.profile.flare is True
    assert step.state.setback is not None
    assert step.state.setback.kind is spt.SetbackKind.FLARE
    assert dose(step, "bridge").sets == 1
    assert dose(step, "walking").duration_seconds <= WALK.duration_seconds * 60 // 100
    assert dose(step, "hamstring-stretch").sets == 2
    assert step.state.setback.comforts == {"cold"}
    assert "cold" in placed(step.routine)  # type: ignore[arg-type]
    assert step.decision("bridge").rule == "SPT830"
    assert PERSON.level("bridge") == step.profile.level("bridge")


def test_a_flare_that_goes_on_is_not_cut_again() -> None:
    """Deloads never stack: a second bad week keeps the dose of the first."""
    first, second, third = after_weeks({"pain": SORE}, {"pain": SORE}, {"pain": SORE})
    assert second.routine == first.routine == third.routine
    assert second.decision("bridge").adjustment is spt.Adjustment.HOLD
    assert "kept in mind" in second.decision("bridge").reason
    assert not first.review
    assert any("flare-up has lasted" in reason.text for reason in third.review)


def test_the_way_back_takes_steps() -> None:
    """After quiet days the dose comes back one number at a time, to what had been reached."""
    steps = after_weeks({"pain": SORE}, {}, {}, {}, {}, {})
    back = steps[1]
    assert back.profile.flare is False
    assert back.state.setback is not None
    assert back.state.setback.stage is spt.SetbackStage.RETURNING
    assert "cold" not in placed(back.routine)  # type: ignore[arg-type]
    assert dose(back, "bridge").sets == 2
    assert back.decision("bridge").rule == "SPT831"
    doses = [dose(step, "walking") for step in steps]
    assert doses[0].duration_seconds < doses[1].duration_seconds <= doses[2].duration_seconds
    assert dose(steps[4], "walking") == WALK
    assert dose(steps[4], "bridge").sets == BRIDGE.sets
    assert steps[-1].state.setback is None
    assert steps[-1].profile.level("bridge") is not None
    assert steps[-1].profile.level("walking") is not None


def test_a_relapse_cuts_from_the_same_level() -> None:
    """A flare-up on the way back goes to the same dose as the first, not below it."""
    first, _, again = after_weeks({"pain": SORE}, {}, {"pain": SORE})
    assert dose(again, "bridge") == dose(first, "bridge")
    assert dose(again, "hamstring-stretch") == dose(first, "hamstring-stretch")
    assert dose(again, "walking").duration_seconds == dose(first, "walking").duration_seconds


def test_the_way_back_waits_for_open_questions() -> None:
    """On the way back nothing comes up while anything is unknown."""
    steps = after_weeks({"pain": SORE}, {"sleep_disturbed": None})
    assert dose(steps[1], "bridge") == dose(steps[0], "bridge")
    assert steps[1].state.setback is not None


def test_what_goes_back_on_the_way_back_has_a_new_level() -> None:
    """A step back on the way back is taken, and that activity waits for nothing any more."""
    steps = after_weeks({"pain": SORE}, {}, {"sleep_disturbed": True})
    last = steps[-1]
    assert last.decision("bridge").adjustment is spt.Adjustment.REGRESS
    assert last.state.setback is None


def test_a_person_may_say_so() -> None:
    """A flare-up that the person reports is one, whatever the numbers; what was cut is kept."""
    who = attrs.evolve(PERSON, flare=True)
    step = a_step(WEEK, profile=who, logs=logged(WEEK))
    assert step.state.setback is not None
    assert step.decision("bridge").rule == "SPT830"
    nothing = spt.progress(WEEK, profile=who, logs=(), on=NEXT)
    assert nothing.state.setback is not None
    assert nothing.state.setback.began == NEXT
    assert dose(nothing, "bridge") == dose(step, "bridge")
    with pytest.raises(spt.InvalidValueError, match=r"^on: expected the first day .* since when"):
        spt.progress(WEEK, profile=who, logs=())


@pytest.mark.parametrize("weeks", [3, 4])
@pytest.mark.parametrize("said", [None, True])
def test_a_break_says_nothing_of_a_flare(weeks: int, said: bool | None) -> None:
    """Whether symptoms have flared up is the person's word, in a break and on the way back."""
    idle: dict[str, Any] = {"idle": True}
    last = after_weeks(*[{}, idle, idle, {}][:weeks])[-1]
    assert last.routine is not None
    assert last.state.setback is not None
    assert last.state.setback.kind is spt.SetbackKind.BREAK
    starts = MONDAY + dt.timedelta(days=7 * weeks)
    step = spt.progress(
        last.routine,
        profile=attrs.evolve(last.profile, flare=said),
        logs=logged(last.routine, starts=starts),
        state=last.state,
    )
    assert step.profile.flare is said
    after = step.state.setback
    assert (after is not None and after.kind is spt.SetbackKind.FLARE) is (said is True)


def test_a_person_may_say_so_again() -> None:
    """On the way back from a flare-up the person may report the next one."""
    first, back = after_weeks({"pain": SORE}, {})
    assert back.routine is not None
    assert back.profile.flare is False
    step = a_step(
        back.routine,
        profile=attrs.evolve(back.profile, flare=True),
        logs=logged(back.routine),
        state=back.state,
    )
    assert step.state.setback is not None
    assert step.state.setback.stage is spt.SetbackStage.REDUCED
    assert step.state.setback.reached == first.state.setback.reached  # type: ignore[union-attr]
    assert dose(step, "bridge") == dose(first, "bridge")


def test_no_usual_level_no_flare() -> None:
    """While the usual level is unknown no flare-up is seen, and the first week sets it."""
    who = attrs.evolve(PERSON, pain=None)
    step = a_step(WEEK, profile=who, logs=logged(WEEK, pain=SORE))
    assert step.state.setback is None
    assert step.state.usual == SORE
    lower = a_step(WEEK, profile=who, logs=logged(WEEK), state=step.state)
    assert lower.state.usual == Pain(back=1, leg=1)
    unknown = a_step(WEEK, profile=who, logs=logged(WEEK, pain_before=None))
    assert unknown.state.usual is None
    half = a_step(WEEK, profile=who, logs=logged(WEEK, pain_before=Pain(back=2)))
    assert half.state.usual == Pain(back=2)


def test_quiet_days_must_be_known() -> None:
    """A flare-up is not over while nobody says what the pain is."""
    steps = after_weeks({"pain": SORE}, {"pain_before": None, "pain_next_morning": None})
    assert steps[1].state.setback == steps[0].state.setback


def test_a_break_starts_lower() -> None:
    """After two weeks without exercise the dose is cut once, and comes back once work is done."""
    steps = after_weeks({}, {"idle": True}, {"idle": True}, {"idle": True}, {}, {})
    assert steps[1].state.setback is None
    cut = steps[2]
    assert cut.state.setback is not None
    assert cut.state.setback.kind is spt.SetbackKind.BREAK
    assert cut.decision("bridge").rule == "SPT833"
    assert cut.profile.flare is False
    assert steps[3].routine == cut.routine
    assert dose(steps[4], "bridge").sets > dose(cut, "bridge").sets
    assert steps[4].decision("bridge").rule == "SPT831"


def test_a_flare_in_a_break_is_a_flare() -> None:
    """A flare-up while less is done already cuts nothing more, and is a flare-up from then on."""
    steps = after_weeks({}, {"idle": True}, {"idle": True}, {"pain": SORE})
    cut, flare = steps[2], steps[3]
    assert flare.state.setback is not None
    assert flare.state.setback.kind is spt.SetbackKind.FLARE
    assert flare.state.setback.reached == cut.state.setback.reached  # type: ignore[union-attr]
    assert dose(flare, "walking").duration_seconds <= dose(cut, "walking").duration_seconds


def test_without_a_day_no_break_is_seen() -> None:
    """Without logs and without a day nobody can tell how long it has been."""
    state = spt.ProgressState(last_done=MONDAY)
    assert a_step(WEEK, profile=PERSON, logs=(), state=state).state.setback is None
    late = a_step(WEEK, profile=PERSON, logs=(), state=state, on=MONDAY + dt.timedelta(days=20))
    assert late.state.setback is not None
    soon = a_step(WEEK, profile=PERSON, logs=(), state=state, on=MONDAY + dt.timedelta(days=9))
    assert soon.state.setback is None


def test_a_stop_comes_before_a_setback() -> None:
    """In a flare-up too, what moves symptoms down the leg is stopped."""
    logs = with_entries(logged(WEEK, pain=SORE), "bridge", leg_change="peripheralized")
    step = a_step(WEEK, profile=PERSON, logs=logs)
    assert step.decision("bridge").adjustment is spt.Adjustment.STOP
    assert step.decision("walking").rule == "SPT830"


def test_no_comfort_where_none_is_allowed() -> None:
    """Neither heat nor cold comes where a rule keeps it out, and none comes twice."""
    bare = attrs.evolve(PERSON, dislikes=frozenset({"heat", "cold"}))
    step = a_step(WEEK, profile=bare, logs=logged(WEEK, pain=SORE))
    assert step.state.setback is not None
    assert step.state.setback.comforts == frozenset()
    warm = attrs.evolve(PERSON, dislikes=frozenset({"cold"}))
    heat = a_step(WEEK, profile=warm, logs=logged(WEEK, pain=SORE))
    assert heat.state.setback is not None
    assert heat.state.setback.comforts == {"heat"}
    assert heat.routine is not None
    again = spt.progress(
        heat.routine,
        profile=attrs.evolve(heat.profile, flare=True),
        logs=logged(heat.routine, pain=SORE),
        state=spt.ProgressState(usual=Pain(back=1, leg=1)),
    )
    assert again.state.setback is not None
    assert again.state.setback.comforts == frozenset()
    # Only what is exercise is cut.
    assert dose(again, "heat") == dose(heat, "heat")


def test_nothing_ready_for_weeks_asks_somebody() -> None:
    """After six weeks in which nothing was ready for more, somebody should look."""
    steps = after_weeks(*[{"pain_during": Pain(back=4, leg=1)}] * 6)
    assert steps[-1].state.stalled_weeks == 6
    assert any("ready for more" in reason.text for reason in steps[-1].review)
    assert steps[4].review == ()


@pytest.mark.parametrize("phase", ["acute", "subacute", "chronic"])
def test_flares_in_every_phase(phase: str) -> None:
    """A planned week of each phase has a flare-up and the way back, by every rule."""
    routine, profile, state = planned(phase), person(phase), None
    for number, pain in enumerate([SORE, Pain(back=1, leg=1), Pain(back=1, leg=1)]):
        starts = MONDAY + dt.timedelta(days=7 * number)
        step = spt.progress(
            routine, profile=profile, logs=logged(routine, pain=pain, starts=starts), state=state
        )
        assert step.routine is not None
        assert step.report is not None
        assert step.report.conforms
        routine, profile, state = step.routine, step.profile, step.state
    assert profile.flare is False


class _NoCold:
    """A caller's rule that turns down every week with cold in it."""

    code = "OUR401"
    name = "no-cold"
    scope = spt.Scope.WEEK
    severity = spt.Severity.ERROR
    citations = ()

    def check(self, week: Any, context: Any, /) -> Any:
        """Yield a failure for cold."""
        del context
        for item in week.scheduled:
            if item.prescription.activity == "cold":
                yield spt.Verdict(outcome=spt.Outcome.FAIL, message="cold is there")


def test_a_comfort_that_a_rule_turns_down_gives_way_to_the_next() -> None:
    """Where a rule of the caller's turns cold down, heat comes in its place."""
    step = a_step(WEEK, profile=PERSON, logs=logged(WEEK, pain=SORE), rules=[_NoCold()])
    assert step.state.setback is not None
    assert step.state.setback.comforts == {"heat"}


class _ColdOnTwoDays:
    """A caller's rule that has something against each day of cold beyond two."""

    code = "OUR402"
    name = "cold-on-two-days"
    scope = spt.Scope.WEEK
    severity = spt.Severity.ERROR
    citations = ()

    def check(self, week: Any, context: Any, /) -> Any:
        """Yield a failure for each day beyond two."""
        del context
        cold = [item for item in week.scheduled if item.prescription.activity == "cold"]
        for _ in cold[2:]:
            yield spt.Verdict(outcome=spt.Outcome.FAIL, message="cold again")


def test_the_days_of_a_comfort_are_the_same_everywhere() -> None:
    """Where a rule leaves room on some days only, it is the same ones in every process."""
    week = week_of(("cat-camel", CAT), days=tuple(day.value for day in spt.Weekday))
    step = a_step(week, profile=person(), logs=logged(week, pain=SORE), rules=[_ColdOnTwoDays()])
    assert step.routine is not None
    assert days_of(step.routine)["cold"] == {spt.Weekday.TUE, spt.Weekday.WED}


def test_a_site_whose_usual_level_is_unknown() -> None:
    """Only a site whose usual level is known can show a flare-up."""
    back = spt.ProgressState(usual=Pain(back=1))
    calm = a_step(WEEK, profile=PERSON, logs=logged(WEEK, pain=Pain(back=1, leg=5)), state=back)
    assert calm.state.setback is None
    sore = a_step(WEEK, profile=PERSON, logs=logged(WEEK, pain=Pain(back=4, leg=1)), state=back)
    assert sore.state.setback is not None


def test_a_comfort_comes_once_a_day() -> None:
    """On a day with two sessions cold comes in one of them."""
    short = [
        attrs.evolve(
            session, time_of_day=spt.TimeOfDay.EVENING, prescriptions=session.prescriptions[1:2]
        )
        for session in WEEK.sessions
    ]
    both = tuple(item for pair in zip(WEEK.sessions, short, strict=True) for item in pair)
    week = attrs.evolve(WEEK, sessions=both)
    who = attrs.evolve(PERSON, minutes=dict.fromkeys(spt.Weekday, 200))
    step = a_step(week, profile=who, logs=logged(week, pain=SORE))
    assert step.routine is not None
    days = [day for day, _ in placed(step.routine)["cold"]]
    assert len(days) == len(set(days)) == 3


def test_something_inserted_comes_once_a_day() -> None:
    """What is put into a week comes in the first session of each of its days only."""
    evening = [attrs.evolve(item, time_of_day=spt.TimeOfDay.EVENING) for item in WEEK.sessions]
    both = tuple(item for pair in zip(WEEK.sessions, evening, strict=True) for item in pair)
    what = attrs.evolve(WEEK.sessions[0].prescriptions[0], activity="cat-camel")
    order = Order(catalog=spt.default_guidance(), stages=())
    days = [spt.Weekday.FRI, spt.Weekday.MON]
    week = inserted(attrs.evolve(WEEK, sessions=both), what, order, days)
    assert [day.value for day, _ in placed(week)["cat-camel"]] == ["mon", "fri"]


def test_a_quiet_day_has_a_quiet_morning_after() -> None:
    """The morning after the last session counts as a day, and must be known to be quiet."""
    sore = Pain(back=5, leg=1)
    first = after_weeks({"pain": SORE})[0]
    assert first.routine is not None
    begun = MONDAY + dt.timedelta(days=7)
    (one,) = logged(week_of(("walking", WALK), days=("fri",)), starts=begun)
    later = attrs.evolve(one, on=one.on + dt.timedelta(days=1))
    evening = attrs.evolve(later, time_of_day="evening", pain_before=None)
    for logs, over in (
        ((one, later), True),
        ((one, attrs.evolve(later, pain_next_morning=sore)), False),
        ((one, attrs.evolve(later, pain_next_morning=None)), False),
        ((attrs.evolve(one, pain_before=sore), later), True),
        ((one, later, evening), False),
        ((one, evening, later), False),
    ):
        step = spt.progress(first.routine, profile=first.profile, logs=logs, state=first.state)
        assert step.state.setback is not None
        assert (step.state.setback.stage is spt.SetbackStage.RETURNING) is over


def test_only_exercise_is_cut() -> None:
    """A massage keeps its length in a flare-up, though a shorter one would be within its bounds."""
    guidance = spt.default_guidance()
    massage = Application(duration_seconds=1800)
    rules = tuple(guidance.progressions.values())
    rule = rule_of(rules, spt.Effect.FLARE)
    week = week_of(("massage", massage), ("walking", WALK))
    situation = Situation(
        catalog=guidance,
        profile=PERSON,
        logs=(),
        state=spt.ProgressState(),
        rules=rules,
        today=NEXT,
        items=activities_of(week),
        days=days_of(week),
        asked=asked_for((), week, guidance),
    )
    course = Course(setback=spt.Setback(kind="flare", stage="reduced", began=NEXT), rule=rule)
    assert reduced(situation, course, "massage") == massage
    assert reduced(situation, course, "walking") != WALK


def test_a_new_phase_in_a_flare_up_takes_no_level_away() -> None:
    """What was reached comes back in a phase that began meanwhile, as far as that gives it."""
    week, who, state, doses = WEEK, PERSON, None, list[Dose]()
    for number in range(5):
        starts = MONDAY + dt.timedelta(days=7 * number)
        phase = "chronic" if number == 0 else "acute"
        step = spt.progress(
            week,
            profile=attrs.evolve(who, phase=phase),
            logs=logged(week, starts=starts, pain=SORE if number < 2 else Pain(back=1, leg=1)),
            state=state,
        )
        assert step.routine is not None
        assert step.report is not None
        assert step.report.conforms
        week, who, state = step.routine, step.profile, step.state
        doses.append(activities_of(week)["bridge"].dose)
    dose = doses[-1]
    assert doses[1] == attrs.evolve(BRIDGE, sets=1, reps=8, hold_seconds=3, effort=3)
    assert dose == attrs.evolve(BRIDGE, sets=1, reps=8, hold_seconds=3)
    assert who.level("bridge") == dose
    assert state is not None
    assert state.setback is None


def test_a_second_flare_up_is_cut_within_a_phase_that_asks_for_more() -> None:
    """What was reached in an earlier phase may be less than the least of the phase now."""
    reached = Hold(sets=3, hold_seconds=10, rest_seconds=30, effort=3)
    now = Hold(sets=3, hold_seconds=20, rest_seconds=30, effort=3)
    week = week_of(("plank", now), ("cat-camel", CAT))
    state = spt.ProgressState(
        usual=Pain(back=1, leg=1),
        setback=spt.Setback(
            kind="flare",
            stage="returning",
            began=MONDAY,
            reached=[spt.Level(activity="plank", dose=reached)],
        ),
    )
    who = leveled(person(), ("plank", now))
    step = a_step(week, profile=who, logs=logged(week, pain=SORE), state=state)
    after = step.decision("plank").after
    assert isinstance(after, Hold)
    assert (after.hold_seconds, after.sets) == (20, 2)
    assert step.routine is not None
    assert days_of(step.routine)["plank"] == days_of(week)["plank"]


@pytest.mark.parametrize("known", [True, False])
def test_who_comes_back_has_reached_it(known: bool) -> None:
    """What stands in the state as reached counts, where an app lost it or kept less of it."""
    low = after_weeks({"pain": SORE})[0]
    assert low.routine is not None
    cut = activities_of(low.routine)
    levels = [spt.Level(activity=item.activity, dose=cut[item.activity].dose) for item in LEVELS]
    who = attrs.evolve(low.profile, levels=levels if known else ())
    logs = logged(low.routine, starts=NEXT)
    step = spt.progress(low.routine, profile=who, logs=logs, state=low.state)
    assert step.report is not None
    assert step.report.conforms
    assert step.decision("walking").adjustment is spt.Adjustment.ADVANCE
    assert step.profile.level("walking") == step.decision("walking").after
