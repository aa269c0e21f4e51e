"""What differs between two weeks, and what a change of circumstances would do."""

from __future__ import annotations

from typing import Unpack

import attrs

from sciatica_pt.model.constraints import (
    ID,
    Each,
    Instance,
    Member,
    Optional,
    Whole,
    as_tuple,
    checked,
)
from sciatica_pt.model.doses import Dose
from sciatica_pt.model.profile import DOSES, Profile
from sciatica_pt.model.routine import Prescription, Routine
from sciatica_pt.model.vocabulary import Weekday
from sciatica_pt.planning._words import dose_words
from sciatica_pt.planning.plan import Plan
from sciatica_pt.planning.weekly import PlanOptions, plan_week, reusable

__all__ = ["ActivityChange", "RoutineDiff", "Scheduled", "WhatIf", "diff", "what_if"]


@attrs.frozen(kw_only=True, field_transformer=checked)
class Scheduled:
    """How an activity stands in a week.

    Attributes:
        dose: its dose; the first one, should they differ over the week.
        days: the days it is done on, Monday first; none for a habit kept every day.
        times: how many times in the week it is prescribed.
    """

    dose: Dose = attrs.field(validator=DOSES)
    days: tuple[Weekday, ...] = attrs.field(
        converter=as_tuple, validator=Each(Member(Weekday), maximum=7, unique="")
    )
    times: int = attrs.field(validator=Whole("times a week", 1, 100))

    def __str__(self) -> str:
        days = " ".join(day.capitalize() for day in self.days) or "every day"
        return f"{dose_words(self.dose)}, {days}"


@attrs.frozen(kw_only=True, field_transformer=checked)
class ActivityChange:
    """What became of an activity from one week to the other.

    Attributes:
        activity: the activity's id.
        before: how it stood; `None` when it is new.
        after: how it stands; `None` when it is gone.
    """

    activity: str = attrs.field(validator=ID)
    before: Scheduled | None = attrs.field(validator=Optional(Instance(Scheduled)))
    after: Scheduled | None = attrs.field(validator=Optional(Instance(Scheduled)))

    def __str__(self) -> str:
        if self.before is None:
            return f"+ {self.activity}: {self.after}"
        if self.after is None:
            return f"- {self.activity}: {self.before}"
        return f"~ {self.activity}: {self.before} -> {self.after}"


@attrs.frozen(kw_only=True, field_transformer=checked)
class RoutineDiff:
    """What differs between two weeks; empty when each activity stands alike in both.

    Attributes:
        changes: one for each activity that stands differently, by id.
    """

    changes: tuple[ActivityChange, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(ActivityChange), unique="activity")
    )

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __str__(self) -> str:
        return "\n".join(str(change) for change in self.changes) or "no change"


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
        terms = [
            f"{old.name}: {old.value} -> {new.value} {new.unit}"
            for old, new in zip(self.before.objective, self.after.objective, strict=True)
            if old != new
        ]
        return "\n".join([str(self.changes), *terms])


def _scheduled(routine: Routine) -> dict[str, Scheduled]:
    found: dict[str, list[tuple[Weekday, Prescription]]] = {}
    for session in routine.sessions:
        for item in session.prescriptions:
            found.setdefault(item.activity, []).append((session.day, item))
    scheduled = {
        activity: Scheduled(
            dose=placed[0][1].dose,
            days=tuple(dict.fromkeys(day for day, _ in placed)),
            times=len(placed),
        )
        for activity, placed in found.items()
    }
    scheduled.update(
        {item.activity: Scheduled(dose=item.dose, days=(), times=1) for item in routine.habits}
    )
    return scheduled


def diff(before: Routine, after: Routine) -> RoutineDiff:
    """Return what differs between two weeks: activities, days and doses."""
    old, new = _scheduled(before), _scheduled(after)
    return RoutineDiff(
        changes=tuple(
            ActivityChange(activity=name, before=old.get(name), after=new.get(name))
            for name in sorted(old.keys() | new.keys())
            if old.get(name) != new.get(name)
        )
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
    return WhatIf(before=before, after=after, changes=diff(before.routine, after.routine))
