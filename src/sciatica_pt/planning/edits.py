"""What a person wants changed in a week, as values: pins, bans, moves and doses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, assert_never, cast

import attrs

from sciatica_pt.errors import GuidanceError, InvalidValueError, Problem
from sciatica_pt.guidance import Catalog, unknown_word
from sciatica_pt.model.activities import Habit
from sciatica_pt.model.constraints import (
    EMPTY,
    ID,
    Each,
    Instance,
    Member,
    Optional,
    as_set,
    checked,
)
from sciatica_pt.model.doses import Dose, dose_kind
from sciatica_pt.model.profile import DOSES
from sciatica_pt.model.vocabulary import Weekday, as_weekday
from sciatica_pt.planning._words import days_words, dose_words

__all__ = ["EDIT", "ChangeDose", "Demand", "Edit", "Forbid", "Move", "Pin", "demands_of"]


def _as_weekdays(value: Iterable[Any]) -> frozenset[Any]:
    days = as_set(value)
    return frozenset(map(as_weekday, days)) if isinstance(cast("Any", days), frozenset) else days


_DAYS = Each(Member(Weekday), maximum=7)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Pin:
    """An activity stays in the week.

    Attributes:
        activity: the activity's id.
        days: the days it is done on, no more and no fewer; empty for those it has now or, when
            the week does not hold it yet, for at least one that the planner chooses.
        dose: its dose; `None` for the one it has now or, when it is new, the planner's.

    >>> print(Pin(activity="bridge", days={"mon", "thu"}))
    keep bridge on Monday and Thursday
    """

    activity: str = attrs.field(validator=ID)
    days: frozenset[Weekday] = attrs.field(default=EMPTY, converter=_as_weekdays, validator=_DAYS)
    dose: Dose | None = attrs.field(default=None, validator=Optional(DOSES))

    def __str__(self) -> str:
        return edit_words(self, self.activity)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Forbid:
    """An activity is left out of the week, or of some of its days.

    Attributes:
        activity: the activity's id.
        days: the days it is kept off; empty for every day.

    >>> print(Forbid(activity="bridge"))
    leave out bridge
    """

    activity: str = attrs.field(validator=ID)
    days: frozenset[Weekday] = attrs.field(default=EMPTY, converter=_as_weekdays, validator=_DAYS)

    def __str__(self) -> str:
        return edit_words(self, self.activity)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Move:
    """An activity is done on another day.

    Attributes:
        activity: the activity's id.
        day: the day it is taken off.
        to: the day it is put on.

    >>> print(Move(activity="bridge", day="mon", to="tue"))
    move bridge from Monday to Tuesday
    """

    activity: str = attrs.field(validator=ID)
    day: Weekday = attrs.field(converter=as_weekday, validator=Member(Weekday))
    to: Weekday = attrs.field(converter=as_weekday, validator=Member(Weekday))

    def __attrs_post_init__(self) -> None:
        if self.day is self.to:
            raise InvalidValueError(
                where="Move.to", expected="another day than the one left", found=f"{self.to}"
            )

    def __str__(self) -> str:
        return edit_words(self, self.activity)


@attrs.frozen(kw_only=True, field_transformer=checked)
class ChangeDose:
    """An activity stays in the week with another dose; its days are the planner's to choose.

    Attributes:
        activity: the activity's id.
        dose: its dose.
    """

    activity: str = attrs.field(validator=ID)
    dose: Dose = attrs.field(validator=DOSES)

    def __str__(self) -> str:
        return edit_words(self, self.activity)


#: Anything a person may want changed.
Edit = Pin | Forbid | Move | ChangeDose
#: The constraint on a field that holds an edit.
EDIT = Instance((Pin, Forbid, Move, ChangeDose))


def edit_words(edit: Edit, name: str) -> str:
    """Return an edit in words.

    Args:
        edit: the edit.
        name: what to call its activity.
    """
    match edit:
        case Pin():
            dose = "" if edit.dose is None else f" at {dose_words(edit.dose)}"
            return f"keep {name}{_on(edit.days)}{dose}"
        case Forbid():
            return f"leave out {name}{_on(edit.days)}"
        case Move():
            left, reached = days_words({edit.day}), days_words({edit.to})
            return f"move {name} from {left} to {reached}"
        case ChangeDose():
            return f"do {name} at {dose_words(edit.dose)}"
        case _:  # pragma: no cover
            assert_never(edit)


def _on(days: frozenset[Weekday]) -> str:
    return f" on {days_words(days)}" if days else ""


@attrs.frozen(kw_only=True)
class Demand:
    """What all edits together want of one activity.

    Attributes:
        must: the days it has to be done on.
        never: the days it may not be done on.
        present: whether it has to be in the week.
        doses: the doses it has to have; more than one can't be met.
    """

    must: frozenset[Weekday] = EMPTY
    never: frozenset[Weekday] = EMPTY
    present: bool = False
    doses: tuple[Dose, ...] = ()

    @property
    def impossible(self) -> bool:
        """Whether the edits contradict each other, whatever the rules say."""
        crowded = bool(self.must & self.never) or len(self.doses) > 1
        return crowded or (self.present and len(self.never) == len(Weekday))

    def __add__(self, other: Demand) -> Demand:
        return Demand(
            must=self.must | other.must,
            never=self.never | other.never,
            present=self.present or other.present,
            doses=tuple(dict.fromkeys((*self.doses, *other.doses))),
        )


def _demand(edit: Edit, now: frozenset[Weekday]) -> Demand:
    week = frozenset(Weekday)
    match edit:
        case Pin():
            days = edit.days or now
            return Demand(
                must=days,
                never=week - days if days else EMPTY,
                present=True,
                doses=() if edit.dose is None else (edit.dose,),
            )
        case Forbid():
            return Demand(never=edit.days or week)
        case Move():
            return Demand(must=frozenset({edit.to}), never=frozenset({edit.day}), present=True)
        case ChangeDose():
            return Demand(present=True, doses=(edit.dose,))
        case _:  # pragma: no cover
            assert_never(edit)


def demands_of(
    edits: Iterable[Edit], now: Mapping[str, frozenset[Weekday]], catalog: Catalog
) -> dict[str, Demand]:
    """Return what the edits want of each activity.

    Args:
        edits: the edits.
        now: the days of each activity in the week as it is.
        catalog: the guidance.

    Raises:
        GuidanceError: an edit names an activity that the guidance doesn't know, gives a habit
            days, which it keeps up through all of them, or gives a dose of another kind.
    """
    found: dict[str, Demand] = {}
    problems: list[Problem] = []
    for place, edit in enumerate(edits):
        problems.extend(_problems(f"$.edits[{place}]", edit, catalog))
        demand = _demand(edit, now.get(edit.activity, EMPTY))
        found[edit.activity] = found.get(edit.activity, Demand()) + demand
    if problems:
        raise GuidanceError("an edit can't be carried out", problems)
    return found


def _problems(path: str, edit: Edit, catalog: Catalog) -> Iterable[Problem]:
    activity = catalog.activities.get(edit.activity)
    if activity is None:
        yield unknown_word(f"{path}.activity", "an activity", edit.activity, catalog.activities)
        return
    by_day = isinstance(edit, Move) or bool(isinstance(edit, (Pin, Forbid)) and edit.days)
    if isinstance(activity, Habit) and by_day:
        yield Problem(
            path=path,
            expected="an activity that is done in sessions",
            found=f"{activity.id}, which is kept up every day",
            hint="a habit can be kept or left out, but has no days",
        )
    dose = edit.dose if isinstance(edit, (Pin, ChangeDose)) else None
    kinds = {dose_range.kind for dose_range in activity.doses}
    if dose is not None and dose_kind(dose) not in kinds:
        yield Problem(
            path=f"{path}.dose",
            expected=f"a dose of {activity.id}, such as {' or '.join(sorted(kinds))}",
            found=f"{dose_kind(dose)}",
        )
