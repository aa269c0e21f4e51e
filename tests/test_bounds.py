"""No rule can be left out and no bound can move by one without a test that notices."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from sciatica_pt.codec import dumps
from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model import Habit, Limit, Prescription, Routine
from sciatica_pt.model.vocabulary import DoseParameter, Outcome, Phase
from sciatica_pt.rules import Context, DeclarativeRule, rules_of, run_rule, view
from sciatica_pt.validation import validate

from .oracle.book import Book
from .oracle.faults import FAULTS, base
from .oracle.naive import judge
from .rules import numbers
from .rules.build import GUIDANCE, PERSON, WEEKDAYS, judged, rx, week
from .rules.said import ROWS

RULES = rules_of(GUIDANCE)
BOOK = Book()
#: The rules that hold each number of a dose or a week to its limits.
HOLDERS = {
    DoseParameter.HOLD_SECONDS: ("SPT102",),
    DoseParameter.EFFORT: ("SPT103",),
    DoseParameter.DAYS_PER_WEEK: ("SPT410", "SPT415"),
    DoseParameter.TIMES_PER_DAY: ("SPT411",),
}


def test_each_number_is_the_one_that_was_reviewed() -> None:
    """A number, a level or a severity that changes in a pack changes the page too."""
    assert numbers.text() == numbers.PAGE.read_text("utf-8"), (
        "run python -m tests.rules.numbers, and review the change"
    )


@pytest.mark.parametrize("code", RULES)
def test_a_rule_that_is_left_out_is_missed(code: str) -> None:
    """Without the rule the library and the naive validator differ on the rule's own fault."""
    fault = next(fault for fault, codes in FAULTS.values() if code in codes)
    routine, person = fault(*base())
    naive = judge(BOOK, json.loads(dumps(routine)), json.loads(dumps(person)))
    report = validate(routine, profile=person, rules=RULES.without(code))
    assert naive[code] == "fail"
    assert code not in {result.code for result in report.results}
    assert naive != {
        result.code: result.outcome.value
        for result in report.results
        if result.outcome is not Outcome.NOT_APPLICABLE
    }


#: Days lie whole days apart, so 47 hours forbid what 48 do.
SAME = {("SPT412", "minimum-hours", -1)}


@pytest.mark.parametrize(
    ("code", "name", "step"),
    sorted(
        {
            (code, number.name, step)
            for code, rule in GUIDANCE.rules.items()
            for number in rule.parameters
            for step in (-1, 1)
        }
        - SAME
    ),
)
def test_a_rule_s_number_that_moves_by_one_is_missed(code: str, name: str, step: int) -> None:
    """Some case of the tables has another outcome when the number is one more or one less."""
    rule = RULES[code]
    assert isinstance(rule, DeclarativeRule)
    moved = [
        attrs.evolve(number, value=number.value + step) if number.name == name else number
        for number in rule.spec.parameters
    ]
    changed = attrs.evolve(rule, spec=attrs.evolve(rule.spec, parameters=moved))
    differ = [
        row
        for row in ROWS
        if row.code == code
        and run_rule(
            changed,
            view(row.routine, GUIDANCE),
            Context(catalog=GUIDANCE, profile=row.profile, phase=row.routine.phase),
        ).outcome.value
        != row.outcome
    ]
    assert differ


def limits() -> Iterator[tuple[str, Phase, Limit]]:
    """Yield every limit of every dose, but those of getting ready, which no rule weighs."""
    for name in sorted(GUIDANCE.activities):
        for phase in Phase:
            offer = GUIDANCE.range(name, phase)
            for limit in () if offer is None else offer.limits:
                if limit.parameter is not DoseParameter.SETUP_SECONDS:
                    yield name, phase, limit


def with_value(name: str, phase: Phase, limit: Limit, value: int) -> Routine | None:
    """Return a week in which a number has a value, or `None` when none can be built."""
    habit = isinstance(GUIDANCE.activities[name], Habit)
    try:
        if limit.parameter is DoseParameter.DAYS_PER_WEEK:
            days: dict[str, Any] = dict.fromkeys(WEEKDAYS[:value], (rx(name, phase.value),))
            return week(phase=phase.value, **days)
        if limit.parameter is DoseParameter.TIMES_PER_DAY:
            return week(phase=phase.value, mon=(rx(name, phase.value),) * value)
        item: Prescription = rx(name, phase.value, **{limit.parameter.value: value})
    except InvalidValueError:
        return None
    return (
        week(phase=phase.value, habits=(item,)) if habit else week(phase=phase.value, mon=(item,))
    )


@pytest.mark.parametrize("activity", sorted(GUIDANCE.activities))
def test_every_bound_holds_to_the_number(activity: str) -> None:
    """At a bound a dose passes and one beyond it fails, by both validators."""
    seen = 0
    for name, phase, limit in limits():
        habit = isinstance(GUIDANCE.activities[name], Habit)
        around = limit.parameter in (DoseParameter.DAYS_PER_WEEK, DoseParameter.TIMES_PER_DAY)
        if name != activity or (habit and around):
            continue
        for value in (limit.minimum - 1, limit.minimum, limit.maximum, limit.maximum + 1):
            if around and not 1 <= value <= 7:
                continue
            routine = with_value(name, phase, limit, value)
            if routine is None:
                continue
            person = attrs.evolve(PERSON, phase=phase)
            naive = judge(BOOK, json.loads(dumps(routine)), json.loads(dumps(person)))
            codes = HOLDERS.get(limit.parameter, ("SPT101",))
            fails = [judged(code, routine, person).outcome is Outcome.FAIL for code in codes]
            assert any(fails) is not limit.allows(value), (name, phase, limit.parameter, value)
            assert fails == [naive.get(code) == "fail" for code in codes]
            seen += 1
    assert seen or isinstance(GUIDANCE.activities[activity], Habit)
