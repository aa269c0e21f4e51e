"""What the next week makes of days on which nothing was done."""

from __future__ import annotations

import attrs

from sciatica_pt.model.profile import Profile
from sciatica_pt.model.progression import Effect, ProgressionRule
from sciatica_pt.model.routine import Routine, Session
from sciatica_pt.model.vocabulary import Weekday
from sciatica_pt.progression.adherence import Adherence, MissedPolicy
from sciatica_pt.progression.fitting import Fitter
from sciatica_pt.progression.situation import rule_of

__all__ = ["without_missed_days"]


def without_missed_days(
    routine: Routine,
    kept: Adherence,
    policy: MissedPolicy,
    fitter: Fitter,
    profile: Profile,
) -> Routine:
    """Return the week as a policy would have it after days were missed.

    A day is moved or left out only where the week still conforms and asks for nothing new to warn
    of, and where nobody asked for anything to be on it.
    """
    week = routine
    days = [day for day in kept.missed_days if not fitter.asked.pinned_on(day)]
    if policy is MissedPolicy.SHIFT:
        for day in days:
            week = _shifted(week, day, fitter, profile)
    elif policy is MissedPolicy.SHRINK and _little(kept, fitter.progressions):
        for day in days:
            week = _first_that_stands(week, [_without(week, day)], fitter, profile)
    return week


def _little(kept: Adherence, rules: tuple[ProgressionRule, ...]) -> bool:
    rule = rule_of(rules, Effect.MISSED)
    done = kept.percent
    return rule is not None and done is not None and done < rule.number("shrink-below-percent")


def _without(routine: Routine, day: Weekday) -> Routine:
    sessions = tuple(session for session in routine.sessions if session.day is not day)
    return attrs.evolve(routine, sessions=sessions)


def _shifted(routine: Routine, day: Weekday, fitter: Fitter, profile: Profile) -> Routine:
    free = [other for other in Weekday if not routine.on(other)]
    # The next free day comes first: a week goes on from where it was left.
    free.sort(key=lambda other: (other.order - day.order) % len(Weekday))
    return _first_that_stands(
        routine, [_moved(routine, day, other) for other in free], fitter, profile
    )


def _moved(routine: Routine, day: Weekday, other: Weekday) -> Routine:
    def place(session: Session) -> tuple[int, int]:
        return session.day.order, session.time_of_day.order

    sessions = (
        attrs.evolve(session, day=other) if session.day is day else session
        for session in routine.sessions
    )
    return attrs.evolve(routine, sessions=tuple(sorted(sessions, key=place)))


def _first_that_stands(
    routine: Routine, ways: list[Routine], fitter: Fitter, profile: Profile
) -> Routine:
    warned = {finding.code for finding in fitter.report(routine, profile).findings}
    for way in ways:
        found = {finding.code for finding in fitter.report(way, profile).findings}
        if found <= warned and fitter.asked.allows(way):
            return way
    return routine
