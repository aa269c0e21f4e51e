"""A class that can't be a document says why, before any document is read or written."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from sciatica_pt.codec import json_schema, kind_of, loads, schema_version
from sciatica_pt.codec._fast_decode import reader
from sciatica_pt.codec._shapes import class_shape, has_shape
from sciatica_pt.model.constraints import ID, Each, Flag, Instance, Text, Whole, checked
from sciatica_pt.model.doses import Hold

from .odd import Bare, Wrapped


class _Plain:
    pass


@attrs.frozen
class _Unchecked:
    number: int = 1


class _Heir(Hold):
    pass


@pytest.mark.parametrize("cls", [_Plain, _Unchecked, _Heir, Text, Flag, int, dict, Hold | None])
def test_a_class_that_nobody_checks_is_no_document(cls: Any) -> None:
    """Only a class that the library checks is one: no subclass, no constraint and no builtin."""
    assert not has_shape(cls)
    for function in (class_shape, schema_version, json_schema):
        with pytest.raises(TypeError, match="can't be a document"):
            function(cls)
    with pytest.raises(TypeError, match="can't be a document"):
        loads("{}", cls)


_NUMBER = Whole("things")


@attrs.frozen(kw_only=True, field_transformer=checked)
class _Tagged:
    type: str = attrs.field(validator=ID)


def _twin() -> type:
    @attrs.frozen(kw_only=True, field_transformer=checked)
    class Bare:
        pass

    return Bare


_TWIN = _twin()


def _with(hint: Any, constraint: Any, **options: Any) -> type:
    field = attrs.field(type=hint, validator=constraint, **options)
    cls: type = attrs.make_class(
        "Wrong", {"it": field}, frozen=True, kw_only=True, field_transformer=checked
    )
    return cls


@pytest.mark.parametrize(
    ("cls", "message"),
    [
        (_with(str, _NUMBER), r"Wrong\.it: no wire form for <class 'str'>"),
        (_with(dt.datetime, Text()), "no wire form for"),
        (_with(list[int], Each(_NUMBER)), "no wire form for"),
        (_with(tuple[int, int], Each(_NUMBER)), "no wire form for"),
        (_with(Hold, Instance((Hold, Bare))), "no wire form for"),
        (_with(int, _NUMBER, init=False, default=1), "must be an argument of the constructor"),
        (_with(int, _NUMBER, alias="that"), "must be an argument of the constructor"),
        (_with(_Tagged | Bare, Instance((_Tagged, Bare))), "which is the union's tag"),
        (_with(_TWIN | Bare, Instance((_TWIN, Bare))), "two classes of the union have the same"),
    ],
)
def test_a_field_that_contradicts_itself_is_refused(cls: type, message: str) -> None:
    """An annotation and a constraint that don't say the same can't be guessed between."""
    with pytest.raises(TypeError, match=message):
        class_shape(cls)


def test_a_default_that_its_field_refuses_is_refused() -> None:
    """A default is held to the constraint like any value, when the class is first read."""
    with pytest.raises(TypeError, match="a default that its own field refuses"):
        reader(_with(int, _NUMBER, default="zzz"))


def test_a_class_without_a_docstring_has_a_schema_without_a_description() -> None:
    """A description is the class's own words or none."""
    assert "description" not in json_schema(_with(int, _NUMBER))


def test_kinds_are_class_names_in_kebab_case() -> None:
    """A kind is told from the class alone, also with an abbreviation in its name."""
    assert kind_of(Wrapped) == "wrapped"
    assert kind_of(type("HTMLPageOfABC", (), {})) == "html-page-of-abc"
