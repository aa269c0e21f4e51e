"""Does everything that the packs name exist?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Any, cast

import attrs

from sciatica_pt.errors import Problem, nearest
from sciatica_pt.model.activities import EquipmentNeed, Exercise, Ladder
from sciatica_pt.model.evidence import Citation, Dispute, Statement
from sciatica_pt.model.guidelines import PLANNING, GuidanceText, WeeklyGoal
from sciatica_pt.model.progression import PathStep, ProgressionPath, ProgressionRule
from sciatica_pt.model.safety import Fact, Modification, RedFlag, Restriction

if TYPE_CHECKING:
    from sciatica_pt.guidance.catalog import Catalog

__all__ = ["check_references", "walk"]


def walk(value: object, path: str = "$") -> Iterator[tuple[str, object]]:
    """Yield every value of the model inside `value`, with its path."""
    yield path, value
    if isinstance(value, (tuple, frozenset)):
        for index, item in enumerate(cast("tuple[object, ...]", value)):
            yield from walk(item, f"{path}[{index}]")
    elif attrs.has(type(value)):
        for field in attrs.fields(cast("type[attrs.AttrsInstance]", type(value))):
            yield from walk(getattr(value, field.name), f"{path}.{field.name}")


def _named(
    path: str, what: str, names: Collection[str], known: Collection[str]
) -> Iterator[Problem]:
    for name in sorted(set(names) - set(known)):
        near = nearest(name, known)
        yield Problem(
            path=path,
            expected=f"{what} that some pack defines",
            found=f'"{name}"',
            hint=f'did you mean "{near}"?' if near else None,
        )


def check_references(catalog: Catalog) -> Iterator[Problem]:
    """Yield a problem for each name in the packs that no pack defines."""
    for pack in catalog.packs:
        for path, value in walk(pack, f"$.{pack.id}"):
            check = _CHECKS.get(type(value))
            if check is not None:
                yield from check(path, value, catalog)
    yield from _planning(catalog)
    for activity in catalog.activities.values():
        for item in activity.doses:
            if item.missing:
                yield Problem(
                    path=f"$.activities.{activity.id}.doses",
                    expected=f"limits for {', '.join(item.missing)}",
                    found=f"none in the {', '.join(sorted(item.phases))} phase",
                    hint="no week can be planned without them",
                )


def _planning(catalog: Catalog) -> Iterator[Problem]:
    for name, number in catalog.planning.items():
        path = f"$.planning.{name}"
        if name not in PLANNING:
            yield from _named(path, "a number that a planner knows", {name}, PLANNING)
            continue
        flaw = PLANNING[name].flaw(number.value)
        if flaw is not None:
            yield Problem(path=path, expected=flaw.expected, found=flaw.found)


def _citation(path: str, value: Citation, catalog: Catalog) -> Iterator[Problem]:
    return _named(path, "a statement", {value.statement}, catalog.statements)


def _equipment(path: str, value: EquipmentNeed, catalog: Catalog) -> Iterator[Problem]:
    return _named(path, "equipment", value.any_of, catalog.equipment)


def _exercise(path: str, value: Exercise, catalog: Catalog) -> Iterator[Problem]:
    return _named(path, "a muscle", value.muscles, catalog.muscles)


def _statement(path: str, value: Statement, catalog: Catalog) -> Iterator[Problem]:
    return _named(path, "a source", {value.source}, catalog.sources)


def _dispute(path: str, value: Dispute, catalog: Catalog) -> Iterator[Problem]:
    return _named(path, "a statement", value.statements, catalog.statements)


def _ladder(path: str, value: Ladder, catalog: Catalog) -> Iterator[Problem]:
    return _named(path, "an activity", value.rungs, catalog.activities)


def _restriction(path: str, value: Restriction, catalog: Catalog) -> Iterator[Problem]:
    yield from _named(path, "an activity", value.activities, catalog.activities)
    yield from _asked(path, value.when, catalog)


def _modification(path: str, value: Modification, catalog: Catalog) -> Iterator[Problem]:
    if value.replace_with is not None:
        yield from _named(path, "an activity", {value.replace_with}, catalog.activities)


def _red_flag(path: str, value: RedFlag, catalog: Catalog) -> Iterator[Problem]:
    return _named(path, "a condition", value.conditions, catalog.conditions)


def _goal(path: str, value: WeeklyGoal, catalog: Catalog) -> Iterator[Problem]:
    if value.muscle is not None:
        yield from _named(path, "a muscle", {value.muscle}, catalog.muscles)


def _text(path: str, value: GuidanceText, catalog: Catalog) -> Iterator[Problem]:
    return _named(path, "an activity", value.about, catalog.activities)


def _progression(path: str, value: ProgressionRule, catalog: Catalog) -> Iterator[Problem]:
    yield from _named(path, "a red flag", value.red_flags, catalog.red_flags)
    yield from _asked(path, value.when, catalog)


def _step(path: str, value: PathStep, catalog: Catalog) -> Iterator[Problem]:
    return _asked(path, value.when, catalog)


def _asked(path: str, fact: Fact | None, catalog: Catalog) -> Iterator[Problem]:
    if fact is not None and fact not in catalog.questions:
        yield Problem(
            path=path,
            expected=f"a question for {fact}",
            found="none",
            hint="a fact that is never asked for stays unknown",
        )


def _path(path: str, value: ProgressionPath, catalog: Catalog) -> Iterator[Problem]:
    return _named(path, "an activity", value.activities, catalog.activities)


_CHECKS: dict[type, Callable[[str, Any, Catalog], Iterator[Problem]]] = {
    Citation: _citation,
    EquipmentNeed: _equipment,
    Exercise: _exercise,
    Statement: _statement,
    Dispute: _dispute,
    Ladder: _ladder,
    Restriction: _restriction,
    Modification: _modification,
    RedFlag: _red_flag,
    WeeklyGoal: _goal,
    GuidanceText: _text,
    ProgressionRule: _progression,
    ProgressionPath: _path,
    PathStep: _step,
}
