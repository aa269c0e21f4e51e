"""Any people and any logs, for the laws that must hold of every one."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

import attrs

import sciatica_pt as spt
from sciatica_pt.model import (
    DirectionalPreference,
    Irritability,
    LegChange,
    LegPain,
    NewSymptom,
    Pain,
    Profile,
    Provocation,
    Routine,
    Screening,
    SessionLog,
    SkipReason,
    Weekday,
)
from sciatica_pt.progression import done_as_told

CLEAR = Screening.clear(by="person")
#: What a note that some session lacks may be of.
NOTES = (
    "pain_before",
    "pain_during",
    "pain_after",
    "pain_next_morning",
    "leg_change",
    "new_symptoms",
    "sleep_disturbed",
    "screening",
)


def anyone(random: Random) -> Profile:
    """Return a person who may be planned for."""
    known = sorted(spt.default_guidance().conditions - {"progressive-deficit"})
    flags = {c for flag in spt.default_guidance().red_flags.values() for c in flag.conditions}
    bothered = random.sample(list(Provocation), random.randrange(3))
    return Profile(
        phase=random.choice(list(spt.Phase)),
        conditions=set(random.sample(known, random.choice((0, 0, 1, 2)))) - flags,
        others_ruled_out=True,
        screening=Screening.clear(by="clinician"),
        pain=random.choice((None, Pain(back=random.randrange(6), leg=random.randrange(6)))),
        irritability=random.choice((None, *Irritability)),
        directional_preference=random.choice((None, *DirectionalPreference)),
        leg_pain=random.choice((None, *LegPain)),
        provoked_by=bothered,
        not_provoked_by=[item for item in Provocation if item not in bothered],
        flare=random.choice((None, False, False, True)),
        equipment=random.sample(sorted(spt.default_guidance().equipment), random.randrange(6, 14)),
        minutes={day: random.choice((0, 20, 30, 45, 60, 90)) for day in Weekday},
    )


def changed(profile: Profile, random: Random) -> Profile:
    """Return the person with what an app may have heard since: a new phase, a flare-up, less time.

    What nobody says stays as the last step left it.
    """
    chance = random.random()
    if chance < 0.05:
        return attrs.evolve(profile, phase=random.choice(list(spt.Phase)))
    if chance < 0.08:
        return attrs.evolve(profile, flare=random.choice((None, False, True)))
    if chance < 0.10:
        day = random.choice(list(Weekday)).value
        minutes = attrs.evolve(profile.minutes, **{day: random.choice((0, 30))})
        return attrs.evolve(profile, minutes=minutes)
    return profile


def anything(
    routine: Routine, random: Random, starts: dt.date, worst: int
) -> tuple[SessionLog, ...]:
    """Return logs of a week in which anything may have happened but a red flag.

    Args:
        routine: the week.
        random: chance.
        starts: its first day.
        worst: the worst pain.
    """
    return tuple(
        _session(session, random, starts, worst)
        for session in routine.sessions
        if random.random() > 0.05
    )


def _pain(random: Random, worst: int) -> Pain | None:
    if random.random() < 0.03:
        return None
    site = [None if random.random() < 0.02 else random.randrange(worst + 1) for _ in range(2)]
    return Pain(back=site[0], leg=site[1])


def _session(session: spt.Session, random: Random, starts: dt.date, worst: int) -> SessionLog:
    calm = random.random() < 0.75
    level = Pain(back=random.randrange(3), leg=random.randrange(3))
    log = SessionLog(
        on=starts + dt.timedelta(days=(session.day.order - starts.weekday()) % 7),
        time_of_day=session.time_of_day,
        activities=[_entry(item, random) for item in session.prescriptions],
        pain_before=level if calm else _pain(random, worst),
        pain_during=level if calm else _pain(random, worst),
        pain_after=level if calm else _pain(random, worst),
        pain_next_morning=level if calm else _pain(random, worst),
        leg_change=LegChange.UNCHANGED,
        new_symptoms=frozenset[NewSymptom](),
        sleep_disturbed=not calm and random.random() < 0.2,
        screening=CLEAR,
    )
    if random.random() < 0.1:
        unknown: dict[str, Any] = {random.choice(NOTES): None}
        log = attrs.evolve(log, **unknown)
    return log


def _entry(item: spt.Prescription, random: Random) -> spt.ActivityLog:
    if random.random() < 0.05:
        return spt.ActivityLog(activity=item.activity, skipped=random.choice(list(SkipReason)))
    entry = done_as_told(item, random.randrange(4))
    chance = random.random()
    if chance < 0.02:
        return attrs.evolve(entry, leg_change=LegChange.PERIPHERALIZED)
    if chance < 0.03:
        return attrs.evolve(entry, new_symptoms=frozenset({NewSymptom.TINGLING}))
    if chance < 0.08:
        return attrs.evolve(entry, form_kept=False)
    if chance < 0.12:
        return attrs.evolve(entry, sets=entry.sets[1:])
    return entry
