"""Programs: several weeks in a row, and what a made-up person makes of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from random import Random
from typing import TypedDict, Unpack

import attrs

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.guidance import Catalog, default_guidance
from sciatica_pt.model.constraints import (
    Each,
    Instance,
    Optional,
    Text,
    Whole,
    as_tuple,
    checked,
)
from sciatica_pt.model.doses import dose_seconds
from sciatica_pt.model.log import SessionLog
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.progression import Effect
from sciatica_pt.model.routine import PersonalGoal, Program, Routine
from sciatica_pt.model.vocabulary import Phase, Weekday, as_phase
from sciatica_pt.planning import ReferralRequired, dose_words, plan_week
from sciatica_pt.progression.editing import activities_of
from sciatica_pt.progression.responders import Responder
from sciatica_pt.progression.situation import rule_of
from sciatica_pt.progression.states import Adjustment, ProgressState, ProgressStep
from sciatica_pt.progression.stepping import ProgressOptions, progress

__all__ = ["SimulatedCourse", "SimulationOptions", "review_dates", "simulate"]

_WEEK = dt.timedelta(days=len(Weekday))
_FIRST_MONDAY = dt.date(2024, 1, 1)
_MINUTE = 60
#: Where guidance says nothing of reviews: each week is looked at.
_EVERY_WEEK = 1


@attrs.frozen(kw_only=True, field_transformer=checked)
class SimulatedCourse:
    """A program that a made-up person went through; it shows what rules do, not what people do.

    Attributes:
        program: the weeks, among them the one that would come next.
        logs: what was logged, in order.
        steps: the step from each week to the next.
        profile: the person for the week that would come next.
        state: what the last step handed on.
        seed: the seed that chance was made from.
        ended: why it ended early; `None` when it did not.
    """

    program: Program = attrs.field(validator=Instance(Program))
    logs: tuple[SessionLog, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(SessionLog))
    )
    steps: tuple[ProgressStep, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(ProgressStep), maximum=104)
    )
    profile: Profile = attrs.field(validator=Instance(Profile))
    state: ProgressState = attrs.field(validator=Instance(ProgressState))
    seed: int = attrs.field(validator=Whole("seed"))
    ended: str | None = attrs.field(default=None, validator=Optional(Text("a reason")))

    def __str__(self) -> str:
        return "\n".join(_lines(self))


class SimulationOptions(TypedDict, total=False):
    """The options of `simulate`."""

    after: SimulatedCourse | None
    """A course to go on with; its seed, its person and its first day hold."""
    starts: dt.date
    """The first day of the first week; a Monday if left out."""
    goals: Iterable[PersonalGoal]
    """What the person wants to reach."""
    phases: Mapping[int, Phase | str]
    """The phase that the person is in from a week on, by the week's number, from 0."""
    options: ProgressOptions
    """The options of each step."""


def review_dates(program: Program) -> tuple[dt.date, ...]:
    """Return the days on which a program is looked at again, each after its weeks of review."""
    every = program.review_weeks
    return tuple(
        program.starts + week * _WEEK for week in range(every, len(program.weeks) + 1, every)
    )


def simulate(
    profile: Profile,
    *,
    weeks: int,
    responder: Responder,
    seed: int,
    **options: Unpack[SimulationOptions],
) -> SimulatedCourse:
    """Return the course of a made-up person through a program of several weeks.

    It ends early when a red flag comes up or no week satisfies every rule.
    A course of so many weeks, gone on with for some more, is the same as one of all of them.

    Args:
        profile: the person at the beginning.
        weeks: how many weeks are gone through.
        responder: what the person logs of a week.
        seed: what chance is made from, 0 or more.
        options: the first day, goals, changes of phase, a course to go on with, and the options
            of each step.

    Raises:
        InvalidValueError: `weeks` is below 1.
        PlanRefused: there is no first week.
    """
    if weeks < 1:
        raise InvalidValueError(where="weeks", expected="1 or more", found=f"{weeks}")
    given = options.get("options", ProgressOptions())
    course = options.get("after") or _begun(profile, seed, options, given)
    phases = {week: as_phase(phase) for week, phase in options.get("phases", {}).items()}
    for _ in range(weeks):
        if course.ended is None:
            course = _next(course, profile, responder, phases, given)
    return course


def _begun(
    profile: Profile, seed: int, options: SimulationOptions, given: ProgressOptions
) -> SimulatedCourse:
    plan = plan_week(
        profile,
        guidance=given.get("guidance"),
        rules=given.get("rules"),
        planner=given.get("planner"),
    )
    rule = rule_of(_guidance(given).progressions.values(), Effect.REVIEW)
    return SimulatedCourse(
        program=Program(
            starts=options.get("starts", _FIRST_MONDAY),
            weeks=[plan.routine],
            goals=tuple(options.get("goals", ())),
            review_weeks=_EVERY_WEEK if rule is None else rule.number("program-weeks"),
        ),
        profile=profile,
        state=ProgressState(usual=profile.pain),
        seed=seed,
    )


def _guidance(given: ProgressOptions) -> Catalog:
    return given.get("guidance") or default_guidance()


def _next(
    course: SimulatedCourse,
    first: Profile,
    responder: Responder,
    phases: Mapping[int, Phase],
    given: ProgressOptions,
) -> SimulatedCourse:
    week = len(course.steps)
    starts = course.program.starts + week * _WEEK
    # A generator for each week, so that going on with a course needs nothing but the seed.
    random = Random(f"{course.seed} {week}")
    logs = responder(
        course.program.weeks[-1], profile=first, week=week, starts=starts, random=random
    )
    phase = phases.get(week + 1, course.profile.phase)
    options = given.copy()
    options["on"] = starts + _WEEK
    try:
        step = progress(
            course.program.weeks[-1],
            profile=attrs.evolve(course.profile, phase=phase),
            logs=logs,
            state=course.state,
            **options,
        )
    except ReferralRequired as referral:
        return attrs.evolve(course, logs=(*course.logs, *logs), ended=str(referral))
    following = () if step.routine is None else (step.routine,)
    return attrs.evolve(
        course,
        program=attrs.evolve(course.program, weeks=(*course.program.weeks, *following)),
        logs=(*course.logs, *logs),
        steps=(*course.steps, step),
        profile=step.profile,
        state=step.state,
        ended=None if following else step.review[-1].text,
    )


# --- As text


def _lines(course: SimulatedCourse) -> Iterator[str]:
    reviews = review_dates(course.program)
    for number, routine in enumerate(course.program.weeks):
        starts = course.program.starts + number * _WEEK
        mark = ", reviewed before" if starts in reviews else ""
        yield f"Week {number + 1} from {starts.isoformat()} ({routine.phase}{mark})"
        if number:
            yield from _changes(course.steps[number - 1])
        yield from _week_lines(routine)
    if course.ended is not None:
        yield f"Ended: {course.ended}"


def _changes(step: ProgressStep) -> Iterator[str]:
    setback = step.state.setback
    if setback is not None:
        yield f"  [{setback.kind} {setback.stage}]"
    alike: dict[tuple[str, str, str], list[str]] = {}
    for decision in step.decisions:
        if decision.rule is not None or decision.adjustment is not Adjustment.HOLD:
            key = decision.adjustment.value, decision.rule or "-", decision.reason
            alike.setdefault(key, []).append(decision.activity)
    for (word, rule, why), names in alike.items():
        yield f"  {word} ({rule}): {', '.join(names)}. {why}"
    for reason in step.review:
        yield f"  ! {reason.text}"


def _week_lines(routine: Routine) -> Iterator[str]:
    days: dict[str, list[Weekday]] = {}
    for session in routine.sessions:
        for item in session.prescriptions:
            days.setdefault(item.activity, []).append(session.day)
    items = activities_of(routine)
    for name, found in sorted(days.items()):
        yield f"    {name}: {dose_words(items[name].dose)}, {' '.join(found)}"
    seconds = sum(
        dose_seconds(item.dose) for session in routine.sessions for item in session.prescriptions
    )
    yield f"    {-(-seconds // _MINUTE)} minutes of it in all, set-up not counted"
