"""The edits that are typed after `replan`, such as `--pin bridge:mon,thu`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

import attrs

from sciatica_pt.cli._files import InputError
from sciatica_pt.errors import InvalidValueError, nearest
from sciatica_pt.model.doses import Dose, dose_values
from sciatica_pt.model.routine import Routine
from sciatica_pt.model.vocabulary import Weekday
from sciatica_pt.planning import ChangeDose, Edit, Forbid, Move, Pin

__all__ = ["FORMS", "Typed", "edits_from"]

#: How each edit is typed.
FORMS = {
    "pin": "ID[:DAY,DAY]",
    "forbid": "ID[:DAY,DAY]",
    "move": "ID:DAY:DAY",
    "dose": "ID:NUMBER=VALUE,...",
}
#: The option and what was typed after it.
Typed = tuple[str, str]


def edits_from(typed: Iterable[Typed], week: Routine) -> tuple[Edit, ...]:
    """Return the edits that were typed, in their order.

    Args:
        typed: the edits as they were typed.
        week: the week that they are about; a dose is changed from the one it holds.

    Raises:
        InputError: one of them can't be read, or asks for a number that a dose can't have.
    """
    return tuple(_edit(option, text, week) for option, text in typed)


def _edit(option: str, text: str, week: Routine) -> Edit:
    name, *rest = text.split(":")
    try:
        match option, rest:
            case "pin", [] | [_]:
                return Pin(activity=name, days=frozenset(_days(rest)))
            case "forbid", [] | [_]:
                return Forbid(activity=name, days=frozenset(_days(rest)))
            case "move", [day, to]:
                return Move(activity=name, day=_day(day), to=_day(to))
            case "dose", [numbers]:
                return ChangeDose(activity=name, dose=_dose(name, numbers, week))
            case _:
                raise InputError(f'--{option} {text}: expected {FORMS[option]}, got "{text}"')
    except InvalidValueError as error:
        raise InputError(f"--{option} {text}: {error}") from None


def _days(parts: list[str]) -> Iterator[Weekday]:
    for part in parts:
        yield from map(_day, part.split(","))


def _day(word: str) -> Weekday:
    if word in list(Weekday):
        return Weekday(word)
    near = nearest(word, list(Weekday))
    hint = f'; did you mean "{near}"?' if near else ""
    raise InputError(f'"{word}" is no day; expected one of {", ".join(Weekday)}{hint}')


def _dose(name: str, numbers: str, week: Routine) -> Dose:
    items = [item for session in week.sessions for item in session.prescriptions]
    now = next((item.dose for item in (*items, *week.habits) if item.activity == name), None)
    if now is None:
        held = sorted({item.activity for item in (*items, *week.habits)})
        near = nearest(name, held)
        hint = f'; did you mean "{near}"?' if near else ""
        raise InputError(f'the week holds no "{name}" whose dose could be changed{hint}')
    known = [str(parameter) for parameter in dose_values(now)]
    changes: dict[str, int] = {}
    for number in numbers.split(","):
        parameter, _, value = number.partition("=")
        if parameter not in known:
            near = nearest(parameter, known)
            hint = f'; did you mean "{near}"?' if near else ""
            raise InputError(
                f'the dose of {name} has no "{parameter}"; it has {", ".join(known)}{hint}'
            )
        if not (value.isascii() and value.isdigit()):
            raise InputError(f'{parameter} of {name}: expected a whole number, got "{value}"')
        changes[parameter] = int(value)
    changed: Dose = attrs.evolve(cast("Any", now), **changes)
    return changed
