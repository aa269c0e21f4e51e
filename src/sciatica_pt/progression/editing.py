"""Changes to a week that leave everything else in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import attrs

from sciatica_pt.guidance import Catalog
from sciatica_pt.model.doses import Dose, Recurring, dose_seconds
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.routine import Prescription, Routine, Session
from sciatica_pt.model.vocabulary import DoseParameter, Stage, Weekday

__all__ = [
    "Order",
    "activities_of",
    "added",
    "days_of",
    "dropped",
    "inserted",
    "most_days",
    "only",
    "redosed",
    "refreshed",
    "swapped",
    "taken_off",
    "technique_seconds",
    "trimmed_days",
]

_Change = Callable[[Session, Prescription], tuple[Prescription, ...]]


def _mapped(routine: Routine, change: _Change) -> Routine:
    sessions = [
        attrs.evolve(session, prescriptions=items)
        for session in routine.sessions
        if (items := tuple(new for item in session.prescriptions for new in change(session, item)))
    ]
    return attrs.evolve(routine, sessions=tuple(sessions))


def activities_of(routine: Routine) -> dict[str, Prescription]:
    """Return the activities of a week by id, each as it asks the least of the person."""
    found: dict[str, Prescription] = {}
    for item in (*(item for s in routine.sessions for item in s.prescriptions), *routine.habits):
        known = found.get(item.activity)
        if known is None or dose_seconds(item.dose) < dose_seconds(known.dose):
            found[item.activity] = item
    return dict(sorted(found.items()))


def days_of(routine: Routine) -> dict[str, frozenset[Weekday]]:
    """Return the days on which each activity of a week's sessions is done, by id."""
    days: dict[str, set[Weekday]] = {}
    for session in routine.sessions:
        for item in session.prescriptions:
            days.setdefault(item.activity, set()).add(session.day)
    return {name: frozenset(found) for name, found in sorted(days.items())}


def redosed(routine: Routine, activity: str, dose: Dose) -> Routine:
    """Return the week with an activity at another dose."""
    return _mapped(
        routine,
        lambda _, item: (attrs.evolve(item, dose=dose) if item.activity == activity else item,),
    )


def dropped(routine: Routine, activity: str) -> Routine:
    """Return the week without an activity."""
    week = _mapped(routine, lambda _, item: () if item.activity == activity else (item,))
    habits = tuple(item for item in routine.habits if item.activity != activity)
    return attrs.evolve(week, habits=habits)


def only(routine: Routine, activity: str) -> Routine:
    """Return the week with nothing but an activity in its sessions."""
    return _mapped(routine, lambda _, item: (item,) if item.activity == activity else ())


def swapped(
    routine: Routine, activity: str, prescription: Prescription, *, days: int, times: int
) -> Routine:
    """Return the week with another activity in the places of one.

    Args:
        routine: the week.
        activity: id of the activity that goes.
        prescription: what comes in its place.
        days: the most days a week for what comes.
        times: the most times a day for what comes.
    """
    seen: Counter[Weekday] = Counter()

    def change(session: Session, item: Prescription) -> tuple[Prescription, ...]:
        if item.activity != activity:
            return (item,)
        day = session.day
        if (day not in seen and len(seen) >= days) or seen[day] >= times:
            return ()
        seen[day] += 1
        return (prescription,)

    return _mapped(routine, change)


def taken_off(routine: Routine, activity: str, day: Weekday | None) -> Routine:
    """Return the week without an activity on a day."""
    return _mapped(
        routine,
        lambda session, item: () if item.activity == activity and session.day is day else (item,),
    )


def trimmed_days(routine: Routine, activity: str, days: int) -> Routine:
    """Return the week with an activity on its first so many days only."""
    kept: set[Weekday] = set()

    def change(session: Session, item: Prescription) -> tuple[Prescription, ...]:
        if item.activity != activity:
            return (item,)
        if session.day not in kept and len(kept) >= days:
            return ()
        kept.add(session.day)
        return (item,)

    return _mapped(routine, change)


@attrs.frozen(kw_only=True)
class Order:
    """In which order a session goes.

    Attributes:
        catalog: the guidance, which says to which stage an activity belongs.
        stages: the stages, in order.
    """

    catalog: Catalog
    stages: tuple[Stage, ...]

    def place(self, item: Prescription) -> int:
        """Return the place of an activity in a session."""
        activity = self.catalog.activities.get(item.activity)
        if activity is None or activity.stage not in self.stages:
            return len(self.stages)
        return self.stages.index(activity.stage)

    def put(self, session: Session, prescription: Prescription) -> Session:
        """Return the session with something in its part of it."""
        items = sorted([*session.prescriptions, prescription], key=self.place)
        return attrs.evolve(session, prescriptions=tuple(items))


def inserted(
    routine: Routine, prescription: Prescription, order: Order, days: Iterable[Weekday]
) -> Routine:
    """Return the week with something once on each of some of its days, in its part of a session."""
    left = set(days)
    sessions: list[Session] = []
    for session in routine.sessions:
        first = session.day in left
        left.discard(session.day)
        sessions.append(order.put(session, prescription) if first else session)
    return attrs.evolve(routine, sessions=tuple(sessions))


def added(routine: Routine, prescription: Prescription, day: Weekday, order: Order) -> Routine:
    """Return the week with something on one more day, in a session of its own if there is none."""
    first = next(iter(routine.on(day)), None)
    sessions = [
        order.put(session, prescription) if session is first else session
        for session in routine.sessions
    ]
    # The week's usual time of day is that of its first session.
    sessions.extend(
        attrs.evolve(like, day=day, prescriptions=(prescription,))
        for like in (routine.sessions[:1] if first is None else ())
    )
    # Stable, so that a day's sessions stay in their order.
    sessions.sort(key=lambda session: session.day.order)
    return attrs.evolve(routine, sessions=tuple(sessions))


def refreshed(routine: Routine, profile: Profile, catalog: Catalog) -> Routine:
    """Return the week without the changes that a fact asked for which is no longer so."""
    over = {
        restriction.id
        for restrictions in catalog.restrictions.values()
        for restriction in restrictions
        if profile.knows(restriction.when) is False
    }

    def change(session: Session, item: Prescription) -> tuple[Prescription, ...]:
        del session
        return (attrs.evolve(item, modifications=item.modifications - over),)

    return _mapped(routine, change)


def technique_seconds(routine: Routine, catalog: Catalog, techniques: frozenset[str]) -> int:
    """Return the seconds that some techniques take in a week, set-up not counted."""
    return sum(
        dose_seconds(item.dose)
        for session in routine.sessions
        for item in session.prescriptions
        if not isinstance(item.dose, Recurring)
        and (activity := catalog.activities.get(item.activity)) is not None
        and activity.technique in techniques
    )


def most_days(catalog: Catalog, activity: str, routine: Routine) -> tuple[int, int]:
    """Return the most days a week and the usual times a day of an activity."""
    offer = catalog.range(activity, routine.phase)
    days = None if offer is None else offer.limit(DoseParameter.DAYS_PER_WEEK)
    times = None if offer is None else offer.limit(DoseParameter.TIMES_PER_DAY)
    return 7 if days is None else days.maximum, 1 if times is None else times.first
