"""What rules look at: an item, a session, a day or a week, each with what is known beside it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import attrs

from sciatica_pt.guidance import Catalog
from sciatica_pt.model.activities import Activity
from sciatica_pt.model.doses import DoseRange, dose_seconds
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.routine import Prescription, Routine, Session
from sciatica_pt.model.safety import Fact, Restriction
from sciatica_pt.model.vocabulary import DoseParameter, Phase, RestrictionLevel, Weekday

__all__ = ["Context", "DayView", "Item", "SessionView", "WeekView", "item_seconds", "view"]

_Level = tuple[str, RestrictionLevel]


@attrs.frozen(kw_only=True, slots=False)
class Context:
    """What every rule may know beside what it looks at.

    Attributes:
        catalog: the guidance.
        profile: the person; `None` when unknown.
        phase: the phase the routine is for.
    """

    catalog: Catalog
    profile: Profile | None
    phase: Phase

    @cached_property
    def binding(self) -> Mapping[_Level, tuple[tuple[Restriction, bool], ...]]:
        """The restrictions that may bind, by activity and level.

        Each stands with whether it is known to bind; otherwise that depends on an open question.
        """
        profile = self.profile
        sure: dict[str, bool] = {}
        levels: set[_Level] = set()
        for fact, restrictions in self.catalog.once(_by_fact).items():
            known = None if profile is None else profile.knows(fact)
            if known is not False:
                sure.update(dict.fromkeys(restrictions, known is True))
                levels.update(*restrictions.values())
        return {
            level: tuple(
                (item, sure[item.id]) for item in self.catalog.restricted[level] if item.id in sure
            )
            for level in levels
        }

    def equipment_name(self, name: str) -> str:
        """Return the plain name of a piece of equipment, or its id when it is unknown."""
        term = self.catalog.equipment.get(name)
        return name if term is None else term.name.lower()


def _by_fact(catalog: Catalog) -> Mapping[Fact, Mapping[str, frozenset[_Level]]]:
    """Return the ids of the restrictions that depend on each fact, each with where it binds."""
    found: dict[Fact, dict[str, frozenset[_Level]]] = {}
    for level, items in catalog.restricted.items():
        for item in items:
            binds = found.setdefault(item.when, {})
            binds[item.id] = binds.get(item.id, frozenset()) | {level}
    return found


@attrs.frozen(kw_only=True)
class Item:
    """One prescription in its place.

    Attributes:
        path: where it stands in the routine.
        prescription: what is prescribed.
        activity: the activity; `None` when the guidance doesn't know it.
        dose_range: the doses guidance allows in the routine's phase; `None` when none.
        day: the weekday; `None` for a habit.
    """

    path: str
    prescription: Prescription
    activity: Activity | None
    dose_range: DoseRange | None
    day: Weekday | None

    @property
    def name(self) -> str:
        """The activity's plain name, or its id when it is unknown."""
        return self.prescription.activity if self.activity is None else self.activity.name


def item_seconds(item: Item) -> int:
    """Return the honest seconds of an item: its dose with sides and rests, and its set-up."""
    seconds = dose_seconds(item.prescription.dose)
    setup = item.dose_range and item.dose_range.limit(DoseParameter.SETUP_SECONDS)
    return seconds + (setup.first if setup else 0)


@attrs.frozen(kw_only=True)
class SessionView:
    """A session with its items.

    Attributes:
        path: where it stands in the routine.
        session: the session.
        items: its prescriptions in order.
    """

    path: str
    session: Session
    items: tuple[Item, ...]


@attrs.frozen(kw_only=True)
class DayView:
    """A weekday with its sessions.

    Attributes:
        path: the place of its first session, or of the routine when it has none.
        day: the weekday.
        sessions: its sessions, earliest first.
    """

    path: str
    day: Weekday
    sessions: tuple[SessionView, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """The day's items, earliest first."""
        return tuple(item for session in self.sessions for item in session.items)


@attrs.frozen(kw_only=True, slots=False)
class WeekView:
    """A routine with its days, sessions and items.

    Attributes:
        routine: the routine.
        days: all seven days, Monday first.
        habits: the items kept up every day.
    """

    routine: Routine
    days: tuple[DayView, ...]
    habits: tuple[Item, ...]

    @cached_property
    def scheduled(self) -> tuple[Item, ...]:
        """The items of all sessions, without habits."""
        return tuple(item for day in self.days for item in day.items)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The items of all sessions, then the habits."""
        return self.scheduled + self.habits

    @cached_property
    def distinct(self) -> tuple[Item, ...]:
        """The items, only the first of those that prescribe the same."""
        found: dict[Prescription, Item] = {}
        for item in self.items:
            found.setdefault(item.prescription, item)
        return tuple(found.values())

    @cached_property
    def sessions(self) -> tuple[SessionView, ...]:
        """The sessions of all days, earliest first."""
        return tuple(session for day in self.days for session in day.sessions)


def view(routine: Routine, catalog: Catalog) -> WeekView:
    """Return a routine as rules see it."""

    def item(prescription: Prescription, path: str, day: Weekday | None) -> Item:
        name = prescription.activity
        return Item(
            path=path,
            prescription=prescription,
            activity=catalog.activities.get(name),
            dose_range=catalog.range(name, routine.phase),
            day=day,
        )

    days: dict[Weekday, list[SessionView]] = {day: [] for day in Weekday}
    for index, session in enumerate(routine.sessions):
        path = f"$.sessions[{index}]"
        days[session.day].append(
            SessionView(
                path=path,
                session=session,
                items=tuple(
                    item(prescription, f"{path}.prescriptions[{place}]", session.day)
                    for place, prescription in enumerate(session.prescriptions)
                ),
            )
        )
    return WeekView(
        routine=routine,
        days=tuple(
            DayView(path=found[0].path if found else "$.sessions", day=day, sessions=tuple(found))
            for day, found in days.items()
        ),
        habits=tuple(
            item(prescription, f"$.habits[{index}]", None)
            for index, prescription in enumerate(routine.habits)
        ),
    )
