"""`progress`: from a week and what happened in it to the next, with a reason for each change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypedDict, Unpack

import attrs

from sciatica_pt.guidance import Catalog, default_guidance
from sciatica_pt.model.activities import Exercise
from sciatica_pt.model.doses import Dose, Recurring
from sciatica_pt.model.log import SessionLog
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.progression import Effect, ProgressionRule
from sciatica_pt.model.routine import Routine
from sciatica_pt.model.safety import RedFlag
from sciatica_pt.model.vocabulary import Weekday
from sciatica_pt.planning import Edit, Planner, ReferralRequired
from sciatica_pt.progression.adherence import MissedPolicy, adherence, as_missed_policy
from sciatica_pt.progression.asked import asked_for
from sciatica_pt.progression.carrying import next_state
from sciatica_pt.progression.comforting import comforted
from sciatica_pt.progression.deciding import Moves, Outcome, comforts_over, moves_for
from sciatica_pt.progression.editing import activities_of, days_of, dropped, redosed, refreshed
from sciatica_pt.progression.fitting import Fitter, with_level
from sciatica_pt.progression.judging import Assessment, Decide, Judgment, bounded, judge, met_often
from sciatica_pt.progression.missed import without_missed_days
from sciatica_pt.progression.obstacles import (
    comfort_over,
    day_left_out,
    forced,
    obstacle,
    out_of_phase,
)
from sciatica_pt.progression.paths import Move, higher_of
from sciatica_pt.progression.readings import Reader, Reading, in_order, read
from sciatica_pt.progression.reviewing import no_week, reviews
from sciatica_pt.progression.setbacks import Course, course_of
from sciatica_pt.progression.situation import Situation, holding, rule_of
from sciatica_pt.progression.states import (
    Adjustment,
    ProgressState,
    ProgressStep,
    SetbackKind,
    SetbackStage,
)
from sciatica_pt.progression.wording import decisions_for
from sciatica_pt.rules import Rule, RuleSet, choose_rules
from sciatica_pt.screening import screen

__all__ = ["ProgressOptions", "progress"]

_NOTHING = Recurring()
_LESS = Adjustment.REGRESS


class ProgressOptions(TypedDict, total=False):
    """The options of `progress`, for functions that pass them on."""

    guidance: Catalog | None
    """The guidance to go by; `None` for the bundled packs."""
    rules: RuleSet | Iterable[Rule] | None
    """Rules that a week must satisfy beside the guidance's own, or instead of them."""
    progressions: Iterable[ProgressionRule]
    """Rules of progression beside the guidance's own; every cautious rule bounds them."""
    decide: Decide | None
    """The caller's own decision for an activity: more caution always stands, more dose only where
    every sign against it was looked for and none was found."""
    missed: MissedPolicy | str
    """What to make of days on which all that was planned was logged as skipped; skip if left
    out."""
    on: dt.date | None
    """The first day of the next week; `None` for the day after the last log."""
    edits: Iterable[Edit]
    """What people asked for in the week that was, as `replan` took it, and what goes on holding:
    what was left out stays out, days that were pinned stay, a dose that was asked for doesn't
    rise, and what is to stay isn't replaced by a harder version. Whatever asks for less comes
    before it, and what is not in the week is not brought back by it."""
    planner: Planner | None
    """Who plans when no edit of the week will do; `None` for the library's own planner."""


def progress(
    routine: Routine,
    *,
    profile: Profile,
    logs: Iterable[SessionLog],
    state: ProgressState | None = None,
    **options: Unpack[ProgressOptions],
) -> ProgressStep:
    """Return the next week, and why each activity in it goes on, stays, goes back or stops.

    Only what a decision changes is changed: everything else keeps its day and its dose.
    What nobody logged is unknown, and with an open question nothing goes up, but for what a phase
    that begins asks at least.

    Args:
        routine: the week that was.
        profile: the person, as the last step returned it, with what is new.
        logs: what happened in that week, in any order.
        state: what the last step returned; `None` at the beginning.
        options: the guidance, rules and decisions of the caller's own, see `ProgressOptions`.

    Raises:
        GuidanceError: the profile or an edit uses a word that the guidance doesn't know.
        InvalidValueError: two logs are of the same session, `decide` returns no decision, or
            symptoms have flared up and there is neither a log nor `on` to say since when.
        ReferralRequired: a red flag is present, in the profile or in a log.
    """
    catalog = options.get("guidance") or default_guidance()
    catalog.check_profile(profile)
    ordered = in_order(logs)
    after = ordered[-1].on + dt.timedelta(days=1) if ordered else None
    own = holding(options.get("progressions", ()), profile)
    given = holding(catalog.progressions.values(), profile)
    known = (*given, *own)
    asked = asked_for(options.get("edits", ()), routine, catalog)
    week = _Week(
        routine=routine,
        situation=Situation(
            catalog=catalog,
            profile=profile,
            logs=ordered,
            state=ProgressState(usual=profile.pain) if state is None else state,
            rules=known,
            today=options.get("on") or after,
            items=activities_of(routine),
            days=days_of(routine),
            asked=asked,
        ),
        fitter=Fitter(
            catalog=catalog,
            rules=choose_rules(catalog, options.get("rules")),
            progressions=known,
            ramps=_ramps(given, own),
            planner=options.get("planner"),
            before=routine,
            asked=asked,
        ),
    )
    week.refer()
    missed = as_missed_policy(options.get("missed", MissedPolicy.SKIP))
    return _step(week, options.get("decide"), missed)


def _ramps(
    given: tuple[ProgressionRule, ...], own: tuple[ProgressionRule, ...]
) -> tuple[ProgressionRule, ...]:
    """Return the rules that bound the rise of a week: one of guidance's, and each of the caller's.

    So a caller can bound it more closely, and not less.
    """
    first = rule_of(given, Effect.RAMP)
    return (
        *(() if first is None else (first,)),
        *(rule for rule in own if rule.effect is Effect.RAMP),
    )


@attrs.frozen(kw_only=True, slots=False)
class _Week:
    """A week that was, with what it takes to make the next."""

    routine: Routine
    situation: Situation
    fitter: Fitter

    @cached_property
    def reader(self) -> Reader:
        now = self.situation
        return Reader(
            usual=now.state.usual, conditions=now.profile.conditions, guidance=now.catalog
        )

    def readings(self, activity: str, dose: Dose) -> tuple[Reading, ...]:
        now = self.situation
        shared = now.is_exercise(activity)
        return tuple(
            read(self.reader, log, entry, dose, shared=shared)
            for log in now.logs
            for entry in log.activities
            if entry.activity == activity
        )

    def refer(self) -> None:
        """Raise when a red flag is present: in the profile, in a log's answers or in its signs."""
        now = self.situation
        flags: dict[str, RedFlag] = {}
        for answers in (now.profile.screening, *(log.screening for log in now.logs)):
            found = screen(answers, conditions=now.profile.conditions, guidance=now.catalog)
            flags.update({flag.id: flag for flag in found.present})
        for name in dict.fromkeys(entry.activity for log in now.logs for entry in log.activities):
            readings = self.readings(name, _NOTHING)
            for rule in now.rules:
                if rule.red_flags and met_often(rule, readings)[0]:
                    flags.update({item: now.catalog.red_flags[item] for item in rule.red_flags})
        if flags:
            raise ReferralRequired(flags.values())

    def judged(self, activity: str, decide: Decide | None) -> Judgment:
        """Return what rules and the caller make of an activity."""
        now = self.situation
        known, dose = now.catalog.activities.get(activity), now.items[activity].dose
        readings = self.readings(activity, dose)
        if not isinstance(known, Exercise):
            judgment = judge(now.rules, readings)
            if judgment.adjustment is Adjustment.STOP:
                return judgment
            return Judgment(
                adjustment=Adjustment.HOLD, reason="It is kept as it is; nothing of it goes up."
            )
        about = [
            rule for rule in now.rules if not rule.techniques or known.technique in rule.techniques
        ]
        judgment = judge(about, readings, now.state.good_before(activity))
        return bounded(
            Assessment(activity=known, dose=dose, readings=readings, judgment=judgment), decide
        )


def _step(week: _Week, decide: Decide | None, missed: MissedPolicy) -> ProgressStep:
    now, fitter = week.situation, week.fitter
    judged = {name: week.judged(name, decide) for name in now.items}
    course = course_of(now)
    kept = adherence(week.routine, now.logs)
    phased, profile = fitter.rephased(
        week.routine,
        _with_flare(now.profile, course),
        wait={name for name, judgment in judged.items() if judgment.adjustment is _LESS},
    )
    moves = moves_for(now, judged, course, rephased=phased is not week.routine)
    lowered, profile, moves = _lowered(week, phased, profile, moves)
    lowered = refreshed(lowered, profile, now.catalog)
    over = comforts_over(now.state, course)
    for comfort in over:
        lowered = dropped(lowered, comfort)
    left = without_missed_days(lowered, kept, missed, fitter, profile)
    mended = fitter.mended(left, profile)
    causes = {
        **(forced(fitter, left, profile) if mended is not left else {}),
        **out_of_phase(week.routine, phased, now.rules),
        **comfort_over(over, now.rules),
        **day_left_out(lowered, left, now.rules),
    }
    if mended is not None and not mended.sessions and week.routine.sessions:
        mended = None  # A week in which nothing is left to do is no program.
    plain = Outcome(judged=judged, course=course, moves=moves, forced=causes, routine=mended)
    outcome, profile = (plain, profile) if mended is None else _risen(week, mended, profile, plain)
    state, decisions = next_state(now, outcome), decisions_for(now, outcome)
    review = reviews(now.rules, state, now.today, decisions)
    following = outcome.routine
    return ProgressStep(
        decisions=decisions,
        routine=following,
        report=None if following is None else fitter.report(following, profile),
        profile=profile,
        state=state,
        review=review if following is not None else (*review, no_week()),
        adherence=kept,
    )


def _risen(
    week: _Week, mended: Routine, profile: Profile, plain: Outcome
) -> tuple[Outcome, Profile]:
    """Return what becomes of a week that conforms: what rises, what is back, what eases."""
    now, fitter, course = week.situation, week.fitter, plain.course
    # What mending took out does not rise.
    items = activities_of(mended)
    ups = {name: ways for name, ways in plain.moves.up.items() if name in items}
    routine, profile, made = fitter.risen(mended, profile, ups, back=course.back)
    added = _days_added(mended, routine, made)
    back: list[str] = []
    for name in plain.moves.again:
        tried = fitter.again(routine, profile, name)
        if tried is not None:
            routine, profile = tried
            back.append(name)
    blocked = {
        name: obstacle(fitter, routine, profile, ways[0], back=course.back)
        for name, ways in ups.items()
        if ways and name not in made
    }
    setback = course.setback
    if course.cut and setback is not None and setback.kind is SetbackKind.FLARE:
        routine, comforts = comforted(fitter, routine, profile)
        course = attrs.evolve(course, setback=attrs.evolve(setback, comforts=comforts))
    if course.back:
        # What comes back was reached before: the level was never lost.
        items = activities_of(routine)
        for name in made:
            dose = items[name].dose
            level = higher_of(dose, now.profile.level(name) or dose)
            profile = with_level(profile, name, level)
    outcome = attrs.evolve(
        plain,
        course=course,
        made=made,
        blocked=blocked,
        added=added,
        back=tuple(back),
        routine=routine,
    )
    return outcome, profile


def _days_added(before: Routine, after: Routine, made: Mapping[str, Move]) -> dict[str, Weekday]:
    """Return the day that each rise in days a week added, where it shortened nothing for it."""
    old, new, was, will = (
        days_of(before),
        days_of(after),
        activities_of(before),
        activities_of(after),
    )
    return {
        name: day
        for name, move in made.items()
        if move.days is not None and was[name].dose == will[name].dose
        for day in new[name] - old[name]
    }


def _with_flare(profile: Profile, course: Course) -> Profile:
    setback = course.setback
    if setback is None or setback.kind is not SetbackKind.FLARE:
        return profile
    return attrs.evolve(profile, flare=setback.stage is SetbackStage.REDUCED)


def _lowered(
    week: _Week, routine: Routine, profile: Profile, moves: Moves
) -> tuple[Routine, Profile, Moves]:
    """Return the week and the person after everything that asks for less, and what was done."""
    person = attrs.evolve(profile, stopped=profile.stopped | moves.stopped)
    done = dict(moves.down)
    for name, dose in moves.doses.items():
        routine = redosed(routine, name, dose)
    for name in moves.down:
        if name in moves.stopped:
            done[name] = week.fitter.instead_of(routine, person, name)
        found = week.fitter.moved(routine, person, done[name], up=False)
        if found is None:
            # There is no easier version for this person, so there is nothing of it for now.
            done[name] = Move(activity=name)
            found = dropped(routine, name), person
        routine, person = found
    return routine, person, attrs.evolve(moves, down=done)
