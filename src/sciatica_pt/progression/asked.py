"""What people asked for in a week, and how far the next one keeps to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from sciatica_pt.guidance import Catalog
from sciatica_pt.model.evidence import Citation
from sciatica_pt.model.routine import Routine
from sciatica_pt.model.vocabulary import Outcome, Scope, Severity, Weekday
from sciatica_pt.planning import Edit
from sciatica_pt.planning.edits import Demand, demands_of
from sciatica_pt.progression.editing import activities_of, days_of
from sciatica_pt.rules import PASSED, Context, Item, Verdict

__all__ = ["Asked", "asked_for"]

_NOTHING = Demand()
_WEEK = frozenset(Weekday)


@attrs.frozen(kw_only=True)
class Asked:
    """What people asked for: days, absence, presence and doses, by activity.

    It is a rule too, so that a planner that plans anew keeps to it.

    Attributes:
        edits: what was asked for.
        demands: what that wants of each activity.
    """

    code = "ASKED001"
    name = "as-asked"
    scope = Scope.ACTIVITY
    severity = Severity.ERROR
    edits: tuple[Edit, ...]
    demands: Mapping[str, Demand]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """No statement: people asked for it."""
        return ()

    def check(self, item: Item, context: Context, /) -> Iterator[Verdict]:
        """Yield a failure for what stands where it was asked not to."""
        del context
        if item.prescription.activity not in self.demands:
            return
        if self._kept_off(item.prescription.activity, item.day):
            yield Verdict(
                outcome=Outcome.FAIL, message=f"someone asked for {item.name} to be elsewhere"
            )
        else:
            yield PASSED

    def _kept_off(self, activity: str, day: Weekday | None) -> bool:
        never = self.demands.get(activity, _NOTHING).never
        return never == _WEEK if day is None else day in never

    def allows(self, routine: Routine) -> bool:
        """Return whether nothing in a week stands where it was asked not to."""
        return not any(
            self._kept_off(item.activity, day)
            for day, items in (
                *((session.day, session.prescriptions) for session in routine.sessions),
                (None, routine.habits),
            )
            for item in items
        )

    def placed(self, activity: str) -> bool:
        """Return whether days were asked for, so that they stay as they are."""
        return bool(self.demands.get(activity, _NOTHING).must)

    def stays(self, activity: str) -> bool:
        """Return whether it was asked to be in the week, so that no harder version replaces it."""
        return self.demands.get(activity, _NOTHING).present

    def dosed(self, activity: str) -> bool:
        """Return whether a dose was asked for, so that it doesn't rise."""
        return bool(self.demands.get(activity, _NOTHING).doses)

    def pinned_on(self, day: Weekday) -> bool:
        """Return whether anything was asked to be on a day, so that the day stays."""
        return any(day in demand.must for demand in self.demands.values())

    def left(self, routine: Routine) -> tuple[Edit, ...]:
        """Return the edits that a week can still meet: what is not in it is not brought back."""
        items = activities_of(routine)
        return tuple(
            edit for edit in self.edits if edit.activity in items or not self.stays(edit.activity)
        )


def asked_for(edits: Iterable[Edit], routine: Routine, catalog: Catalog) -> Asked:
    """Return what people asked for in a week.

    Raises:
        GuidanceError: an edit names what the guidance doesn't know.
    """
    asked: tuple[Any, ...] = tuple(edits)
    return Asked(edits=asked, demands=demands_of(asked, days_of(routine), catalog))
