"""The week that is handed out: prescriptions, sessions, a routine; several make a program."""

from __future__ import annotations

import datetime as dt
import itertools

import attrs

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model.constraints import (
    EMPTY,
    ID,
    KEY,
    Calendar,
    Each,
    Flag,
    Instance,
    Member,
    Optional,
    Text,
    Whole,
    as_set,
    as_tuple,
    checked,
)
from sciatica_pt.model.doses import Dose, Recurring, dose_per_side
from sciatica_pt.model.profile import DOSES
from sciatica_pt.model.vocabulary import (
    Phase,
    Provider,
    Side,
    TimeOfDay,
    Weekday,
    as_phase,
    as_provider,
    as_side,
    as_time_of_day,
    as_weekday,
)

__all__ = ["GuidanceRef", "PersonalGoal", "Prescription", "Program", "Routine", "Session"]


# When a session can be, in order; there is at most one at each time of each day.
_SLOTS = {slot: place for place, slot in enumerate(itertools.product(Weekday, TimeOfDay))}


@attrs.frozen(kw_only=True, field_transformer=checked)
class GuidanceRef:
    """The guidance a document was made from.

    Attributes:
        id: id of the pack.
        version: the pack's version.
    """

    id: str = attrs.field(validator=ID)
    version: str = attrs.field(validator=KEY)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Prescription:
    """One activity with its dose, as it is to be done in the session that holds it.

    Attributes:
        activity: id of the activity.
        dose: how much.
        side: which side; exactly when the dose is per side.
        form: id of the form of a modality or manual therapy; `None` for other activities.
        equipment: ids of the equipment to use.
        barrier: id of what lies between it and the skin; `None` when nothing does.
        provider: who gives it; `None` when the person does it.
        modifications: ids of the restrictions whose modifications were applied.
    """

    activity: str = attrs.field(validator=ID)
    dose: Dose = attrs.field(validator=DOSES)
    side: Side | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(as_side),
        validator=Optional(Member(Side)),
    )
    form: str | None = attrs.field(default=None, validator=Optional(ID))
    equipment: frozenset[str] = attrs.field(
        default=EMPTY, converter=as_set, validator=Each(ID, maximum=50)
    )
    barrier: str | None = attrs.field(default=None, validator=Optional(ID))
    provider: Provider | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(as_provider),
        validator=Optional(Member(Provider)),
    )
    modifications: frozenset[str] = attrs.field(
        default=EMPTY, converter=as_set, validator=Each(ID, maximum=50)
    )

    def __attrs_post_init__(self) -> None:
        if dose_per_side(self.dose) is (self.side is None):
            raise InvalidValueError(
                where=f"Prescription.side of {self.activity}",
                expected="a side exactly when the dose is per side",
                found="no side" if self.side is None else f"{self.side}",
            )


@attrs.frozen(kw_only=True, field_transformer=checked)
class Session:
    """What is done in one go, in order.

    Attributes:
        day: the weekday.
        time_of_day: when on the day.
        prescriptions: what to do, in order; at least one.
    """

    day: Weekday = attrs.field(converter=as_weekday, validator=Member(Weekday))
    time_of_day: TimeOfDay = attrs.field(
        default=TimeOfDay.MORNING, converter=as_time_of_day, validator=Member(TimeOfDay)
    )
    prescriptions: tuple[Prescription, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(Prescription), 1, 50)
    )

    def __attrs_post_init__(self) -> None:
        for item in self.prescriptions:
            if type(item.dose) is Recurring:
                raise InvalidValueError(
                    where=f"Session.prescriptions[{self.prescriptions.index(item)}]",
                    expected="something done in one go",
                    found=f"{item.activity}, kept up through the day",
                    hint="put it in Routine.habits",
                )


@attrs.frozen(kw_only=True, field_transformer=checked)
class Routine:
    """One week.

    Attributes:
        phase: the phase it was made for.
        guidance: the packs it was made from, in layering order.
        sessions: the sessions, by day and time of day; at most one for each.
        habits: what is kept up every day.
        unscreened: whether it was made without the red-flag questions; every document made from
            it says so.
    """

    phase: Phase = attrs.field(converter=as_phase, validator=Member(Phase))
    guidance: tuple[GuidanceRef, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(GuidanceRef), 1, 50, unique="id")
    )
    sessions: tuple[Session, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Session), maximum=len(_SLOTS))
    )
    habits: tuple[Prescription, ...] = attrs.field(
        default=(),
        converter=as_tuple,
        validator=Each(Instance(Prescription), maximum=50, unique="activity"),
    )
    unscreened: bool = attrs.field(default=False, validator=Flag())

    def __attrs_post_init__(self) -> None:
        earlier = -1
        for session in self.sessions:
            slot = _SLOTS[session.day, session.time_of_day]
            if slot <= earlier:
                raise InvalidValueError(
                    where="Routine.sessions",
                    expected="sessions sorted by day and time of day, one for each",
                    found=", ".join(f"{item.day} {item.time_of_day}" for item in self.sessions),
                )
            earlier = slot
        for item in self.habits:
            if type(item.dose) is not Recurring:
                raise InvalidValueError(
                    where=f"Routine.habits[{self.habits.index(item)}]",
                    expected="something kept up through the day",
                    found=f"{item.activity}, done in one go",
                    hint="put it in a session",
                )

    def on(self, day: Weekday) -> tuple[Session, ...]:
        """Return the sessions of a day, earliest first."""
        return tuple(session for session in self.sessions if session.day is day)


@attrs.frozen(kw_only=True, field_transformer=checked)
class PersonalGoal:
    """What the person wants to be able to do.

    Attributes:
        text: the goal in the person's words, without anything that identifies the person.
        due: the day it should be reached; `None` when open.
    """

    text: str = attrs.field(validator=Text("a goal", maximum=400))
    due: dt.date | None = attrs.field(default=None, validator=Optional(Calendar()))


@attrs.frozen(kw_only=True, field_transformer=checked)
class Program:
    """Several weeks.

    Attributes:
        starts: the first day of the first week.
        weeks: the routines, in order.
        goals: what the person wants to reach.
        review_weeks: weeks after which the program is looked at again.
    """

    starts: dt.date = attrs.field(validator=Calendar())
    weeks: tuple[Routine, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(Routine), 1, 104)
    )
    goals: tuple[PersonalGoal, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(PersonalGoal), maximum=20)
    )
    review_weeks: int = attrs.field(validator=Whole("weeks", 1, 104))
