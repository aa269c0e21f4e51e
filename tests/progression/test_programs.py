"""Courses of made-up people: they end where they must, keep the laws, and can be read."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

import sciatica_pt as spt
from sciatica_pt.model import (
    Continuous,
    Pain,
    PersonalGoal,
    Profile,
    Repetitions,
    Routine,
    SessionLog,
)
from sciatica_pt.progression import RESPONDERS, dropping_out, flaring, slow, steady

from .laws import Case, broken, placed
from .made import MONDAY, NoWednesday, leveled, person, planned, responded, week_of, wider


def course(name: str, weeks: int = 4, phase: str = "chronic", **options: Any) -> Any:
    """Return the course of one of the made-up people."""
    return spt.simulate(person(phase), weeks=weeks, responder=RESPONDERS[name], seed=3, **options)


@pytest.mark.parametrize("name", sorted(RESPONDERS))
def test_courses_keep_the_laws(name: str) -> None:
    """No step of any made-up person breaks a law, and each week conforms."""
    made = course(name, 5, "subacute")
    profile, state = person("subacute"), None
    assert len(made.program.weeks) == 6
    for week, step in zip(made.program.weeks, made.steps, strict=False):
        logs = made.logs[:1]
        case = Case(before=week, profile=profile, logs=logs, state=state, step=step)
        assert list(broken(case, spt.default_guidance())) == []
        profile, state = step.profile, step.state


def test_the_same_seed_gives_the_same_course() -> None:
    """A course is made from its seed alone."""
    assert course("slow", 2) == course("slow", 2)
    one = spt.simulate(person(), weeks=1, responder=slow, seed=1)
    assert one != spt.simulate(person(), weeks=1, responder=slow, seed=2)


def test_what_made_up_people_do() -> None:
    """Each of them does what its name says."""
    kinds = [step.state.setback is not None for step in course("flaring").steps]
    assert kinds == [False, False, True, True]
    gone = course("dropping-out", 8, "chronic")
    assert gone.state.setback.kind is spt.SetbackKind.BREAK
    assert course("peripheralizing").profile.stopped
    done = course("steady")
    assert any(
        item.adjustment is spt.Adjustment.ADVANCE for step in done.steps for item in step.decisions
    )


def test_a_course_reads_as_text() -> None:
    """A course shows each week, what changed by which rule, reviews and setbacks."""
    text = str(course("flaring", 6))
    assert "Week 1 from 2024-01-01 (chronic)" in text
    assert "[flare reduced]" in text
    assert "[flare returning]" in text
    assert "advance" in text
    assert "SPT820" in text
    assert "reviewed before" in text
    sore = spt.simulate(
        attrs.evolve(person("acute"), pain=Pain(back=7, leg=7)), weeks=2, responder=slow, seed=1
    )
    assert "  ! " in str(sore)


def test_a_program_has_goals_and_reviews() -> None:
    """A program starts on its day, has its goals, and is looked at again in time."""
    goal = PersonalGoal(text="Walk to the shop.", due=dt.date(2026, 3, 1))
    made = course("steady", 7, starts=MONDAY, goals=[goal])
    assert made.program.starts == MONDAY
    assert made.program.goals == (goal,)
    assert made.program.review_weeks == 6
    assert spt.review_dates(made.program) == (MONDAY + dt.timedelta(weeks=6),)


def test_phases_change_on_their_week() -> None:
    """The person's phase changes when it is said to."""
    made = course("steady", 3, "acute", phases={2: "subacute"})
    assert [week.phase.value for week in made.program.weeks] == [
        "acute",
        "acute",
        "subacute",
        "subacute",
    ]


def test_a_course_ends_at_a_red_flag() -> None:
    """A red flag ends a course with what to do, and going on with it changes nothing."""

    def flagged(routine: Routine, **given: Any) -> tuple[SessionLog, ...]:
        logs = steady(routine, **given)
        present = spt.Screening(by="person", present={"saddle-numbness"})
        if given["week"] == 0:
            return logs
        return tuple(attrs.evolve(log, screening=present) for log in logs)

    made = spt.simulate(person(), weeks=5, responder=flagged, seed=1)
    assert len(made.steps) == 1
    assert made.ended is not None
    assert "Numbness between the legs" in made.ended
    assert str(made).splitlines()[-1].strip()
    again = spt.simulate(person(), weeks=2, responder=flagged, seed=1, after=made)
    assert again == made


def test_a_course_ends_when_nothing_is_left() -> None:
    """When no week is left a course ends with who should look."""

    def sleepless(routine: Routine, **given: Any) -> tuple[SessionLog, ...]:
        logs = steady(routine, **given)
        return tuple(attrs.evolve(log, sleep_disturbed=True) for log in logs)

    made = spt.simulate(person("acute"), weeks=12, responder=sleepless, seed=1)
    assert made.ended is not None
    assert made.ended.startswith("No week")


def test_weeks_are_counted_from_one() -> None:
    """A course takes at least one week."""
    with pytest.raises(spt.InvalidValueError, match="1 or more"):
        course("steady", 0)


def test_guidance_without_reviews() -> None:
    """Under guidance that says nothing of reviews each week is one, and nothing goes up."""
    who = spt.Profile(
        phase="chronic",
        minutes=dict.fromkeys(spt.Weekday, 60),
        equipment=["mat", "towel", "chair"],
        screening=spt.Screening.clear(by="person"),
    )
    with pytest.raises(spt.ScreeningIncomplete):
        spt.simulate(attrs.evolve(who, screening=None), weeks=1, responder=steady, seed=1)
    loose = attrs.evolve(spt.bundled_pack("clinical-safety"), progressions=())
    packs = (spt.bundled_pack("foundation"), spt.bundled_pack("article"), loose)
    guidance = spt.combine(*packs)
    full = person()
    options = spt.progression.ProgressOptions(guidance=guidance)
    made = spt.simulate(full, weeks=2, responder=steady, seed=1, options=options)
    assert made.program.review_weeks == 1
    assert made.program.weeks[0] == made.program.weeks[2]


def test_without_pain_known() -> None:
    """Made-up people start from some pain when the profile says nothing, or half of it."""
    for pain in (None, Pain(back=2), Pain(leg=2)):
        who = attrs.evolve(person(), pain=pain)
        log = responded(flaring, planned(), who, 2)[0]
        assert log.pain_before is not None
        assert log.pain_before.back is not None
    assert responded(RESPONDERS["peripheralizing"], _empty(), person(), 1) == ()
    assert len(responded(dropping_out, planned(), person(), 4)) == len(planned().sessions)


def _empty() -> Routine:
    return attrs.evolve(planned(), sessions=())


def test_what_a_responder_is_given() -> None:
    """A responder is a plain function of the week, the person and chance."""
    given: list[Profile] = []

    def seen(routine: Routine, **options: Any) -> tuple[SessionLog, ...]:
        given.append(options["profile"])
        return ()

    made = spt.simulate(person(), weeks=2, responder=seen, seed=1)
    assert given == [person(), person()]
    assert placed(made.program.weeks[-1]) == placed(made.program.weeks[0])


def test_a_program_is_reviewed_when_its_weeks_are_over_and_not_before() -> None:
    """The day of a review is the one after its weeks; a program that ends sooner has none."""
    for weeks, reviews in ((5, ()), (6, (6,)), (7, (6,)), (12, (6, 12))):
        program = spt.Program(starts=MONDAY, weeks=[planned()] * weeks, review_weeks=6)
        assert spt.review_dates(program) == tuple(MONDAY + dt.timedelta(weeks=n) for n in reviews)


def test_no_weeks_are_no_course() -> None:
    """A course has at least a week."""
    with pytest.raises(spt.InvalidValueError, match=r"^weeks: expected 1 or more, got 0"):
        course("steady", 0)


class _None:
    """A planner that finds nothing."""

    def plan(self, profile: Profile, **given: Any) -> Any:
        """Refuse."""
        del profile, given
        raise spt.NoConformingPlan(())


def test_weeks_of_which_nothing_is_told_pass_all_the_same() -> None:
    """A person who stops logging is taken to have a break once the days are over."""

    def silent(routine: Routine, *, week: int, **given: Any) -> tuple[SessionLog, ...]:
        return () if week else steady(routine, week=week, **given)

    made = spt.simulate(person(), weeks=4, responder=silent, seed=1)
    kinds = [step.state.setback and step.state.setback.kind for step in made.steps]
    assert kinds[:2] == [None, None]
    assert kinds[-1] is spt.SetbackKind.BREAK


def test_what_the_text_of_a_course_says_of_decisions() -> None:
    """Each week follows what led to it: what a rule or the caller decided, and no mere going on."""

    def careful(found: Any) -> str | None:
        return "regress" if found.activity.id == "walking" else None

    text = str(course("steady", 2, options={"decide": careful}))
    first, second, _ = text.split("Week ")[1:]
    assert "hold (" not in first
    assert "regress (-): walking" in second
    assert "advance (SPT820)" in second
    assert "kept as it is" not in text
    made = course("steady", 2)
    holds = [
        {item.activity for item in step.decisions if item.rule and item.adjustment == "hold"}
        for step in made.steps
    ]
    assert holds[0] != holds[1]
    for part, names in zip(str(made).split("Week ")[2:], holds, strict=True):
        lines = [line for line in part.splitlines() if line.startswith("  hold (SPT")]
        told = {name for line in lines for name in line.split(": ")[1].split(". ")[0].split(", ")}
        assert told == names


def test_the_first_week_is_by_the_options_too() -> None:
    """Guidance, rules and planner of the caller's make the first week as they make the others."""
    other = wider()
    made = course("steady", 1, options={"guidance": other})
    assert {week.guidance for week in made.program.weeks} == {other.refs}
    made = course("steady", 1, options={"rules": [NoWednesday()]})
    assert not any(week.on(spt.Weekday.WED) for week in made.program.weeks)
    with pytest.raises(spt.NoConformingPlan):
        course("steady", 1, options={"planner": _None()})


def test_a_course_begins_at_the_usual_pain() -> None:
    """Pain well over what the person said is usual is a flare-up in the first week already."""

    def sore(routine: Routine, **given: Any) -> tuple[SessionLog, ...]:
        return tuple(
            attrs.evolve(log, pain_before=Pain(back=4)) for log in steady(routine, **given)
        )

    made = spt.simulate(person(), weeks=1, responder=sore, seed=1)
    assert made.state.setback is not None
    assert made.state.setback.kind is spt.SetbackKind.FLARE


def test_a_break_begins_on_the_first_day_of_a_week() -> None:
    """Each step is made on the day after its week, whatever day was logged last."""
    gone = course("dropping-out", 8, starts=MONDAY)
    assert (gone.state.setback.began - MONDAY).days % 7 == 0


def test_the_logs_of_the_week_that_ends_a_course_are_kept() -> None:
    """What the person said in the last week stands in the course."""

    def flagged(routine: Routine, **given: Any) -> tuple[SessionLog, ...]:
        present = spt.Screening(by="person", present={"saddle-numbness"})
        return tuple(attrs.evolve(log, screening=present) for log in steady(routine, **given))

    made = spt.simulate(person(), weeks=1, responder=flagged, seed=1)
    assert made.steps == ()
    assert len(made.logs) == len(made.program.weeks[0].sessions)


WALK = Continuous(duration_seconds=1200, effort=3)
CAT = Repetitions(sets=1, reps=10, rep_seconds=6, rest_seconds=15)


def test_a_course_reads_in_full() -> None:
    """Each week shows its day, what changed by which rule, its activities and its minutes."""
    week = week_of(("walking", WALK), ("cat-camel", CAT))
    begun = spt.SimulatedCourse(
        program=spt.Program(starts=MONDAY, weeks=[week], review_weeks=1),
        profile=leveled(person(), ("walking", WALK)),
        state=spt.ProgressState(usual=Pain(back=1, leg=1)),
        seed=1,
    )
    made = spt.simulate(person(), weeks=1, responder=steady, seed=1, after=begun)
    assert str(attrs.evolve(made, ended="It is enough.")).splitlines() == [
        "Week 1 from 2026-01-05 (chronic)",
        "    cat-camel: 1 x 10, mon wed fri",
        "    walking: 20 min, effort 3/10, mon wed fri",
        "    63 minutes of it in all, set-up not counted",
        "Week 2 from 2026-01-12 (chronic, reviewed before)",
        f"  advance (SPT820): cat-camel, walking. {made.steps[0].decision('walking').reason}",
        "    cat-camel: 1 x 10, mon tue wed fri",
        "    walking: 24 min, effort 3/10, mon wed fri",
        "    76 minutes of it in all, set-up not counted",
        "Ended: It is enough.",
    ]
