"""People, weeks and logs for the tests of progression."""

from __future__ import annotations

import datetime as dt
from functools import cache
from random import Random
from typing import Any

import attrs

import sciatica_pt as spt
from sciatica_pt.guidance import Catalog
from sciatica_pt.model import (
    Dose,
    LegChange,
    NewSymptom,
    Pain,
    Prescription,
    Profile,
    Provocation,
    Routine,
    Screening,
    Session,
    SessionLog,
    SkipReason,
    Weekday,
)
from sciatica_pt.progression import Responder, done_as_told, steady
from sciatica_pt.progression.asked import asked_for
from sciatica_pt.progression.fitting import Fitter
from sciatica_pt.rules import PASSED, Context, Verdict, choose_rules, failed

MONDAY = dt.date(2026, 1, 5)
NEXT = MONDAY + dt.timedelta(days=7)
CALM = Pain(back=1, leg=1)
EQUIPMENT = ("chair", "mat", "towel", "cold-pack", "thin-towel", "heating-pad", "pool")


@cache
def person(phase: str = "chronic", minutes: int = 90) -> Profile:
    """Return someone of whom everything is known and for whom little is forbidden."""
    return Profile(
        phase=phase,
        others_ruled_out=True,
        flare=False,
        irritability="low",
        directional_preference="none",
        leg_pain="none",
        not_provoked_by=list(Provocation),
        pain=CALM,
        equipment=list(spt.default_guidance().equipment),
        minutes=dict.fromkeys(Weekday, minutes),
        screening=Screening.clear(by="clinician"),
    )


@cache
def planned(phase: str = "chronic") -> Routine:
    """Return the week that is planned for that person."""
    return spt.plan_week(person(phase)).routine


@cache
def short(phase: str = "chronic") -> Routine:
    """Return the week that is planned for someone with little time."""
    return spt.plan_week(person(phase, 15)).routine


@cache
def wider() -> Catalog:
    """Return the bundled guidance with an empty pack beside it, which weeks name too."""
    ours = spt.GuidancePack(id="ours", version="1", title="O", summary="O.")
    return spt.combine(*spt.default_guidance().packs, ours)


def week_of(
    *items: tuple[str, Dose], days: tuple[str, ...] = ("mon", "wed", "fri"), phase: str = "chronic"
) -> Routine:
    """Return a week of a few activities, with the habits that every week has."""
    catalog = spt.default_guidance()
    prescriptions = [_item(name, dose) for name, dose in items]
    stages = ["aerobic", "mobility", "stretch", "strength", "hands-on"]
    prescriptions.sort(key=lambda item: stages.index(catalog.activities[item.activity].stage))
    return Routine(
        phase=phase,
        guidance=catalog.refs,
        sessions=[
            Session(day=day, prescriptions=prescriptions) for day in Weekday if day.value in days
        ],
        habits=planned(phase).habits,
    )


def _item(name: str, dose: Dose) -> Prescription:
    activity: Any = spt.default_guidance().activities[name]
    needs = [need.any_of[0] for need in activity.equipment]
    side = "both" if getattr(activity, "per_side", False) else None
    return Prescription(activity=name, dose=dose, side=side, equipment=set(needs))


def leveled(profile: Profile, *items: tuple[str, Dose]) -> Profile:
    """Return the person with levels reached."""
    levels = [spt.Level(activity=name, dose=dose) for name, dose in items]
    return attrs.evolve(profile, levels=levels)


def logged(
    routine: Routine,
    *,
    pain: Pain = CALM,
    extra: int = 0,
    starts: dt.date = MONDAY,
    **changes: Any,
) -> tuple[SessionLog, ...]:
    """Return the logs of a week done as told, each changed alike."""
    return tuple(
        attrs.evolve(
            SessionLog(
                on=starts + dt.timedelta(days=session.day.order),
                time_of_day=session.time_of_day,
                activities=[done_as_told(item, extra) for item in session.prescriptions],
                pain_before=pain,
                pain_during=pain,
                pain_after=pain,
                pain_next_morning=pain,
                leg_change=LegChange.UNCHANGED,
                new_symptoms=frozenset[NewSymptom](),
                sleep_disturbed=False,
                screening=Screening.clear(by="person"),
            ),
            **changes,
        )
        for session in routine.sessions
    )


def with_entries(
    logs: tuple[SessionLog, ...], activity: str, **changes: Any
) -> tuple[SessionLog, ...]:
    """Return logs with each entry of one activity changed."""
    return tuple(
        attrs.evolve(
            log,
            activities=[
                attrs.evolve(entry, **changes) if entry.activity == activity else entry
                for entry in log.activities
            ],
        )
        for log in logs
    )


def skipped(
    logs: tuple[SessionLog, ...], days: set[str], reason: SkipReason = SkipReason.NO_TIME
) -> tuple[SessionLog, ...]:
    """Return logs in which everything was skipped on some weekdays."""
    order = list(Weekday)
    return tuple(
        attrs.evolve(
            log,
            activities=[
                spt.ActivityLog(activity=entry.activity, skipped=reason) for entry in log.activities
            ],
        )
        if order[log.on.weekday()] in days
        else log
        for log in logs
    )


def responded(
    responder: Responder, routine: Routine, profile: Profile, week: int
) -> tuple[SessionLog, ...]:
    """Return what a made-up person logs of a week."""
    return responder(
        routine,
        profile=profile,
        week=week,
        starts=MONDAY + dt.timedelta(days=7 * week),
        random=Random(week),
    )


def a_step(routine: Routine | None = None, **options: Any) -> spt.ProgressStep:
    """Return the step from a planned week that went well, with options of `progress`."""
    week = planned() if routine is None else routine
    given: dict[str, Any] = {"profile": person(week.phase), "logs": logged(week), **options}
    return spt.progress(week, **given)


def steadily(routine: Routine, profile: Profile) -> tuple[SessionLog, ...]:
    """Return a week of the steady person."""
    return responded(steady, routine, profile, 0)


def fitter_of(week: Routine, **options: Any) -> Fitter:
    """Return what tries changes of a week, without a bound on its rise unless one is given."""
    guidance = options.get("catalog", spt.default_guidance())
    given: dict[str, Any] = {
        "catalog": guidance,
        "rules": choose_rules(guidance, None),
        "progressions": tuple(guidance.progressions.values()),
        "ramps": (),
        "planner": None,
        "before": week,
        "asked": asked_for((), week, guidance),
    }
    return Fitter(**given | options)


@attrs.frozen
class NoWednesday:
    """A rule of the caller's own."""

    code: str = "OWN100"
    name: str = "no-wednesday"
    scope: spt.Scope = spt.Scope.DAY
    severity: spt.Severity = spt.Severity.ERROR
    citations: tuple[spt.Citation, ...] = ()
    monotone: bool = True

    def check(self, subject: Any, context: Context) -> list[Verdict]:
        """Return whether it is a Wednesday with work."""
        del context
        bad = bool(subject.sessions) and subject.day is Weekday.WED
        return [failed("there is work") if bad else PASSED]
