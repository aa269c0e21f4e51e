"""What holds for every public value class, whichever it is."""

from __future__ import annotations

import copy
import inspect
import pickle
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import attrs
import pytest

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model.constraints import (
    Constraint,
    Each,
    Finite,
    Flag,
    Member,
    Optional,
    Text,
    Whole,
    constraint_of,
)
from tests.codec.make import DOCUMENTS, seeded

each_class = pytest.mark.parametrize("cls", DOCUMENTS, ids=lambda cls: cls.__name__)


@cache
def _samples(cls: type) -> tuple[Any, ...]:
    return tuple(seeded(seed).value(cls) for seed in range(4))


def _names(cls: type) -> list[str]:
    return [field.name for field in attrs.fields(cls)]


def _inner(constraint: Constraint) -> Constraint:
    return _inner(constraint.inner) if isinstance(constraint, (Optional, Each)) else constraint


def test_there_are_as_many_classes_as_one_would_think() -> None:
    """The laws below are about the whole model and not about a handful."""
    names = {cls.__name__ for cls in DOCUMENTS}
    assert {"Profile", "Routine", "Hold", "Exercise", "GuidancePack", "Report", "Plan"} <= names
    assert len(names) > 60


@each_class
def test_a_value_cannot_be_changed(cls: type) -> None:
    """No field can be set or deleted, and no other attribute can be added."""
    for value in _samples(cls):
        for name in _names(cls):
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                setattr(value, name, getattr(value, name))
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                delattr(value, name)
        assert not hasattr(value, "__dict__")
        with pytest.raises((AttributeError, TypeError)):
            value.something_else = 1


@each_class
def test_a_value_holds_only_what_cannot_be_changed(cls: type) -> None:
    """No list, dict or set hides in a field, so a value that is shared stays what it was."""
    for value in _samples(cls):
        for name in _names(cls):
            assert not isinstance(getattr(value, name), (list, dict, set, bytearray)), name


@each_class
def test_equal_values_are_one_and_the_same_key(cls: type) -> None:
    """A value equals its copies in every way of copying, and so does its hash."""
    for value in _samples(cls):
        again = [
            copy.copy(value),
            copy.deepcopy(value),
            attrs.evolve(value),
            *(pickle.loads(pickle.dumps(value, protocol)) for protocol in range(2, 6)),
        ]
        assert {*again} == {value}
        assert all(type(other) is cls for other in again)
        assert value != object()


@each_class
def test_values_differ_when_a_field_does(cls: type) -> None:
    """Equality looks at every field, and only at fields."""
    samples = [seeded(seed).value(cls) for seed in range(4, 12)]
    for first in samples:
        for second in samples:
            fields = all(getattr(first, name) == getattr(second, name) for name in _names(cls))
            assert (first == second) is fields


@each_class
def test_a_value_shows_its_fields(cls: type) -> None:
    """The representation names the class and each field."""
    for value in _samples(cls):
        shown = repr(value)
        assert shown.startswith(f"{cls.__name__}(")
        assert all(f"{name}=" in shown for name in _names(cls))


@each_class
def test_arguments_have_names(cls: type) -> None:
    """Nothing is passed by place, and no misspelt name is swallowed."""
    with pytest.raises(TypeError):
        cls(1)
    given = {name: getattr(_samples(cls)[0], name) for name in _names(cls)}
    assert cls(**given) == _samples(cls)[0]
    with pytest.raises(TypeError):
        cls(**given, misspelt=1)


@each_class
def test_what_fits_no_field_is_refused_by_its_name(cls: type) -> None:
    """Built or evolved, a foreign object is refused, and the message names class and field."""
    for field in attrs.fields(cls):
        value = _samples(cls)[0]
        with pytest.raises(InvalidValueError) as caught:
            attrs.evolve(value, **{field.name: object()})
        assert caught.value.where == f"{cls.__name__}.{field.name}"
        assert caught.value.found == "an object"
        assert str(caught.value).startswith(f"{cls.__name__}.{field.name}: expected ")


def _wrong(constraint: Constraint) -> Iterator[Any]:
    """Yield what merely resembles a value that fits."""
    match constraint:
        case Optional(inner=inner):
            yield from (wrong for wrong in _wrong(inner) if wrong is not None)
            return
        case Whole(minimum=least, maximum=most):
            yield from (True, 1.0, "1", float("nan"), least - 1, most + 1, 10**400)
        case Finite():
            yield from (True, "1", float("nan"), float("inf"), -float("inf"), 10**400)
        case Flag():
            yield from (0, 1, "true", "")
        case Text():
            yield from (b"text", 1, "", "\x00", "\u202etext", "x" * 5000)
        case Member(vocabulary=vocabulary):
            yield from ("no such word", 1, True, vocabulary, next(iter(vocabulary)).value + " ")
        case Each():
            yield from ("text", 1, {"a": 1}, [object()], b"bytes")
        case _:
            yield from (1, "text", [])
    yield None


@each_class
def test_what_merely_resembles_a_value_is_refused(cls: type) -> None:
    """No bool or float for a whole number, no text for a list, no near word, no hidden character.

    None stands for nothing only where the field may be empty.
    """
    for field in attrs.fields(cls):
        value = _samples(cls)[0]
        constraint = constraint_of(field)
        for wrong in _wrong(constraint):
            with pytest.raises(InvalidValueError) as caught:
                attrs.evolve(value, **{field.name: wrong})
            assert caught.value.where.startswith(f"{cls.__name__}.{field.name}"), wrong


@each_class
def test_the_switch_of_attrs_turns_no_check_off(cls: type) -> None:
    """Another library may disable the validators of attrs; ours are none."""
    for field in attrs.fields(cls):
        value = _samples(cls)[0]
        attrs.validators.set_disabled(True)
        try:
            with pytest.raises(InvalidValueError):
                attrs.evolve(value, **{field.name: object()})
        finally:
            attrs.validators.set_disabled(False)


@each_class
def test_unpickling_checks_again(cls: type) -> None:
    """A pickle that was tampered with, or is of another version, is refused and not half built."""
    for field in attrs.fields(cls):
        rebuild, (owner, state) = _samples(cls)[0].__reduce__()
        with pytest.raises(InvalidValueError):
            rebuild(owner, {**state, field.alias: object()})
        if field.default is attrs.NOTHING:
            del state[field.alias]
            with pytest.raises(TypeError):
                rebuild(owner, state)


@each_class
def test_building_a_value_changes_no_argument(cls: type) -> None:
    """Lists and sets that were passed stay what they were, and later changes to them do nothing."""
    value = _samples(cls)[0]
    given: dict[str, Any] = {}
    for name in _names(cls):
        held = getattr(value, name)
        given[name] = list(held) if isinstance(held, (tuple, frozenset)) else held
    before = copy.deepcopy(given)
    built = cls(**given)
    assert given == before
    assert built == value
    for held in given.values():
        if isinstance(held, list):
            held.clear()
    assert built == value


# --- Words


def _described(cls: type) -> dict[str, str]:
    """Return what the docstring says of each attribute."""
    text = inspect.cleandoc(cls.__doc__ or "")
    part = text.partition("Attributes:\n")[2].split("\n\n")[0]
    found = re.findall(r"^    (\w+): (.*(?:\n {8}.*)*)", part, re.M)
    return {name: " ".join(said.split()) for name, said in found}


@each_class
def test_each_field_is_described(cls: type) -> None:
    """The docstring says what each field means, all of them and in their order."""
    assert list(_described(cls)) == _names(cls)


# How the descriptions say a unit that has no plain word.
_SAID_AS = {
    "points of effort (RPE)": r"exertion, 0 to 10",
    "points of pain (NPRS)": r"0 \(none\) to 10|same scale",
    "points for a missing unit": r"costs",
    "sets": r"sets|holds",
    "percent": r"percent|share",
}


@each_class
def test_each_number_states_its_unit(cls: type) -> None:
    """Its description says in what it is counted, or which other field says so."""
    described = _described(cls)
    for field in attrs.fields(cls):
        constraint = _inner(constraint_of(field))
        if not isinstance(constraint, (Whole, Finite)):
            continue
        unit = constraint.unit
        if unit.startswith(("its ", "the ")):
            assert any("unit" in said for said in described.values()), field.name
        else:
            pattern = _SAID_AS.get(unit, unit.split()[0].rstrip("s"))
            assert re.search(pattern, described[field.name], re.I), (field.name, unit)


# --- Shortcuts


@each_class
def test_what_fits_is_taken_as_it_is(cls: type) -> None:
    """The shortcut of a field takes nothing that the constraint refuses, and changes no value."""
    taken = object()
    for value in _samples(cls):
        for field in attrs.fields(cls):
            constraint = constraint_of(field)
            enter = constraint.entry(lambda *_: taken)
            held = getattr(value, field.name)
            assert enter(held, value, field) in (held, taken)
            assert getattr(attrs.evolve(value), field.name) == held
            for wrong in _wrong(constraint):
                assert enter(wrong, value, field) is taken, wrong
