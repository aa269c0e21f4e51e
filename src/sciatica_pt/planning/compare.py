"""What differs between two weeks, and what a change of circumstances would do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

import attrs

from sciatica_pt.model.constraints import (
    ID,
    Each,
    Instance,
    Member,
    Optional,
    as_tuple,
    checked,
)
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.routine import Prescription, Routine
from sciatica_pt.model.vocabulary import Side, TimeOfDay, Weekday, as_time_of_day
from sciatica_pt.planning._words import dose_words
from sciatica_pt.planning.objective import ObjectiveTerm
from sciatica_pt.planning.plan import Plan
from sciatica_pt.planning.weekly import PlanOptions, plan_week, reusable

__all__ = ["ActivityChange", "RoutineDiff", "Scheduled", "WhatIf", "diff", "difference", "what_if"]


@attrs.frozen(kw_only=True, field_transformer=checked)
class Scheduled:
    """How an activity stands in a week, or a part of how it does where days differ.

    Attributes:
        prescription: what is to be done.
        time_of_day: when on the day; `None` for a habit kept up through it.
        days: the days it is done on, Monday first; none for a habit kept up every day.
    """

    prescription: Prescription = attrs.field(validator=Instance(Prescription))
    time_of_day: TimeOfDay | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(as_time_of_day),
        validator=Optional(Member(TimeOfDay)),
    )
    days: tuple[Weekday, ...] = attrs.field(
        converter=as_tuple, validator=Each(Member(Weekday), maximum=7, unique="")
    )

    def __str__(self) -> str:
        item = self.prescription
        days = " ".join(day.capitalize() for day in self.days) or "every day"
        time = self.time_of_day
        parts = [
            dose_words(item.dose),
            days if time in (None, TimeOfDay.MORNING) else f"{days} ({time})",
            *([] if item.side in (None, Side.BOTH) else [f"{item.side} side"]),
            *([] if item.form is None else [item.form]),
            *([] if not item.equipment else [f"with {', '.join(sorted(item.equipment))}"]),
            *([] if item.barrier is None else [f"over {item.barrier}"]),
            *([] if item.provider is None else [f"by {item.provider}"]),
            *sorted(item.modifications),
        ]
        return ", ".join(parts)


@attrs.frozen(kw_only=True, field_transformer=checked)
class ActivityChange:
    """What became of an activity from one week to the other.

    Attributes:
        activity: the activity's id.
        before: how it stood, a part for each dose or manner; none when it is new.
        after: how it stands, likewise; none when it is gone.
    """

    activity: str = attrs.field(validator=ID)
    before: tuple[Scheduled, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(Scheduled))
    )
    after: tuple[Scheduled, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(Scheduled))
    )

    def __str__(self) -> str:
        old, new = (" and ".join(map(str, parts)) for parts in (self.before, self.after))
        if not old:
            return f"+ {self.activity}: {new}"
        if not new:
            return f"- {self.activity}: {old}"
        return f"~ {self.activity}: {old} -> {new}"


@attrs.frozen(kw_only=True, field_transformer=checked)
class RoutineDiff:
    """What differs between two weeks; false when each activity stands alike in both.

    Attributes:
        changes: one for each activity that stands differently, by id.
        terms: by how much each term of the objective rose, for two plans; those that stayed are
            left out.
    """

    changes: tuple[ActivityChange, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(ActivityChange), unique="activity")
    )
    terms: tuple[ObjectiveTerm, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(ObjectiveTerm), unique="name")
    )

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __str__(self) -> str:
        lines = [str(change) for change in self.changes] or ["no change"]
        return "\n".join(
            [*lines, *(f"{term.name} {term.value:+d} {term.unit}" for term in self.terms)]
        )


@attrs.frozen(kw_only=True, field_transformer=checked)
class WhatIf:
    """Two plans beside each other.

    Attributes:
        before: the plan as things are.
        after: the plan as they would be.
        changes: what would differ in the week.
    """

    before: Plan = attrs.field(validator=Instance(Plan))
    after: Plan = attrs.field(validator=Instance(Plan))
    changes: RoutineDiff = attrs.field(validator=Instance(RoutineDiff))

    def __str__(self) -> str:
        return str(self.changes)


def _scheduled(routine: Routine) -> dict[str, tuple[Scheduled, ...]]:
    found: dict[str, dict[tuple[Prescription, TimeOfDay | None], list[Weekday]]] = {}
    for session in routine.sessions:
        for item in session.prescriptions:
            parts = found.setdefault(item.activity, {})
            parts.setdefault((item, session.time_of_day), []).append(session.day)
    for item in routine.habits:
        found.setdefault(item.activity, {})[item, None] = []
    return {
        activity: tuple(
            Scheduled(prescription=item, time_of_day=time, days=tuple(dict.fromkeys(days)))
            for (item, time), days in parts.items()
        )
        for activity, parts in found.items()
    }


def difference(
    terms: Iterable[ObjectiveTerm], others: Iterable[ObjectiveTerm]
) -> tuple[ObjectiveTerm, ...]:
    """Return terms less others, for the names that both have."""
    values = {term.name: term.value for term in others}
    return tuple(
        attrs.evolve(term, value=term.value - values[term.name])
        for term in terms
        if term.name in values
    )


def diff(before: Plan | Routine, after: Plan | Routine) -> RoutineDiff:
    """Return what differs between two weeks: activities, days, doses and how each is done.

    The order within a session is not compared, since rules fix it.
    For two plans, the objective is compared too.

    >>> from sciatica_pt.model import GuidanceRef
    >>> week = Routine(phase="acute", guidance=[GuidanceRef(id="mine", version="1")])
    >>> print(diff(week, week))
    no change
    """
    old, new = (
        _scheduled(week.routine if isinstance(week, Plan) else week) for week in (before, after)
    )
    moved: tuple[ObjectiveTerm, ...] = ()
    if isinstance(before, Plan) and isinstance(after, Plan):
        moved = difference(after.objective, before.objective)
    return RoutineDiff(
        changes=tuple(
            ActivityChange(activity=name, before=old.get(name, ()), after=new.get(name, ()))
            for name in sorted(old.keys() | new.keys())
            if old.get(name) != new.get(name)
        ),
        terms=tuple(term for term in moved if term.value),
    )


def what_if(profile: Profile, changed: Profile, **options: Unpack[PlanOptions]) -> WhatIf:
    """Return what the week would be if the person's circumstances were others.

    Args:
        profile: the person as things are.
        changed: the person as they would be, such as
            `attrs.evolve(profile, equipment=profile.equipment | {"pool"})`.
        options: as for `plan_week`.

    Raises:
        SciaticaPTError: whatever `plan_week` raises for either.
    """
    options = reusable(options)
    before, after = plan_week(profile, **options), plan_week(changed, **options)
    return WhatIf(before=before, after=after, changes=diff(before, after))
