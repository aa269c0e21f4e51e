"""The codec with shapes that the library's own classes don't have, or not in every combination."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sciatica_pt.codec import DEFAULT_LIMITS, dump_bytes, dumps, json_schema, loads
from sciatica_pt.codec._backend import PLAIN
from sciatica_pt.codec._document import quick
from sciatica_pt.codec._fast_encode import _numbers
from sciatica_pt.codec._shapes import class_shape
from sciatica_pt.codec._source import Known
from sciatica_pt.errors import DecodeError, EncodeError
from sciatica_pt.model.constraints import ID
from sciatica_pt.model.doses import Hold

from .make import seeded
from .mutate import mutated_bytes, mutated_plain, text_of
from .odd import ODD, Bare, Color, Grumpy, Leaves, Odd, Wrapped
from .oracle import check
from .plainly import document_of


@given(st.sampled_from(ODD), st.integers(0, 2**32), st.randoms(use_true_random=False))
def test_every_shape_survives_and_every_mutation_ends_well(
    cls: type[object], seed: int, chance: Any
) -> None:
    """Whatever shapes a class combines, it is written plainly and read back by the fast way."""
    value = seeded(seed).value(cls)
    raw = dump_bytes(value)
    assert raw.decode() == document_of(value)
    # Not with orjson, to which a whole number of more than 64 bits is a fraction.
    assert quick(raw, class_shape(cls), DEFAULT_LIMITS, PLAIN) == value
    check(raw, cls)
    check(mutated_bytes(raw, chance.randrange), cls)
    bad = text_of(mutated_plain(json.loads(raw), chance.randrange))
    if not check(bad, cls):
        return
    Draft202012Validator(json_schema(cls)).validate(json.loads(bad))


@pytest.mark.parametrize("cls", ODD)
def test_the_schema_of_every_shape_is_one(cls: type[object]) -> None:
    """Every shape has a valid schema, described as far as the class is."""
    schema = json_schema(cls)
    Draft202012Validator.check_schema(schema)
    assert ("description" in schema) is bool(cls.__doc__ and "body" not in schema["properties"])
    assert ("$comment" in schema) is (cls is Grumpy)


def test_there_is_one_zero() -> None:
    """Minus zero is written and read as zero, since the two are equal."""
    text = dumps(Leaves(number=0, share=-0.0))
    assert '"share":0.0' in text
    minus = loads(text.replace('"share":0.0', '"share":-0.0'), Leaves)
    assert dumps(minus) == text
    assert dumps(loads(text.replace('"share":0.0', '"share":-0'), Leaves)) == text


def test_a_whole_number_may_stand_for_a_fraction() -> None:
    """JSON writers in other languages leave out a zero fraction, so it may be left out."""
    assert loads('{"kind":"leaves","schema_version":1,"number":1,"share":1}', Leaves).share == 1.0


def test_a_number_beyond_every_float_is_too_large_for_one() -> None:
    """A whole number that no float can hold is refused as being out of bounds."""
    text = '{"kind":"leaves","schema_version":1,"number":1,"share":1' + "0" * 63 + "}"
    with pytest.raises(DecodeError, match=r"\$\.share: expected a number of shares from -1\.0"):
        loads(text, Leaves)


def test_a_class_may_complain_of_no_field_in_particular() -> None:
    """A complaint that names no field of the class stands at the object's own place."""
    with pytest.raises(DecodeError) as caught:
        loads('{"kind":"odd","schema_version":1,"either":{"type":"grumpy","mood":-1}}', Odd)
    assert [str(item) for item in caught.value.problems] == [
        "$.either: expected sun, got rain",
    ]
    grumpy = Grumpy()
    object.__setattr__(grumpy, "mood", -1)
    with pytest.raises(EncodeError, match=r"\$: expected sun, got rain"):
        dumps(grumpy)


def test_fields_named_like_a_header_have_a_body_of_their_own() -> None:
    """A class with a field `kind` keeps its fields apart from the document's header."""
    value = Wrapped(kind="a", schema_version=2)
    document = json.loads(dumps(value))
    assert document["kind"] == "wrapped"
    assert document["body"]["kind"] == "a"
    assert loads(dumps(value), Wrapped) == value
    with pytest.raises(DecodeError, match=r"\$\.more: expected only a header and a body"):
        loads(dumps(value)[:-1] + ',"more":1}', Wrapped)
    with pytest.raises(DecodeError) as caught:
        loads('{"kind":"wrapped","schema_version":1,"bdy":{"kind":"a"}}', Wrapped)
    assert [str(item) for item in caught.value.problems] == [
        '$.bdy: expected only a header and a body, got an unknown key (did you mean "body"?)',
        "$.body: expected an object with the fields, got no such key",
    ]


@pytest.mark.parametrize(
    ("name", "imitation"),
    [
        ("colors", frozenset({"red"})),
        ("words", (Color.RED,)),
        ("texts", frozenset({Color.RED})),
        ("counts", frozenset({True})),
        ("rows", ((1.0,),)),
        ("flags", (1,)),
        ("either", Leaves(number=1)),
        ("any_of", frozenset({Leaves(number=1)})),
        ("unique", (1, 1)),
        ("numbers", [1]),
    ],
)
def test_what_equals_a_right_value_is_not_written_for_it(name: str, imitation: object) -> None:
    """A value of another type is refused even if it equals a right one that was written before."""
    right = seeded(1).value(Odd)
    dumps(right)
    object.__setattr__(right, name, imitation)
    with pytest.raises(EncodeError) as caught:
        dumps(right)
    assert all(item.path.startswith(f"$.{name}") for item in caught.value.problems)


@pytest.mark.parametrize(
    ("name", "imitation"),
    [("sets", True), ("sets", 1.0), ("rest_seconds", False), ("per_side", 0), ("effort", 1.0)],
)
def test_what_equals_remembered_numbers_is_not_written_for_them(
    name: str, imitation: object
) -> None:
    """Numbers that were written before are not taken for others that equal them."""
    hold = Hold(sets=1, hold_seconds=1, rest_seconds=0, per_side=False, effort=1)
    text = dumps(hold)
    object.__setattr__(hold, name, imitation)
    with pytest.raises(EncodeError, match=rf"\$\.{name}: expected"):
        dumps(hold)
    assert dumps(loads(text, Hold)) == text


def test_an_imitated_member_is_not_written() -> None:
    """An object that claims to be a member of a vocabulary is refused."""
    imitation = str.__new__(Color, "red")
    imitation._value_ = "red"
    value = Odd()
    object.__setattr__(value, "colors", frozenset({imitation}))
    with pytest.raises(EncodeError, match="expected a member of Color, got an imitation"):
        dumps(value)


def test_what_is_remembered_has_a_limit() -> None:
    """Reading ever new ids does not make memory grow for ever."""
    known = Known(ID, str)
    for number in range(5000):
        assert known[f"id-{number}"] == f"id-{number}"
    assert len(known) == 4096
    for sets in (1, 2):
        for rest in range(601):
            text = dumps(Hold(sets=sets, hold_seconds=1, rest_seconds=rest))
            assert f'"sets":{sets},"hold_seconds":1,"rest_seconds":{rest},' in text
    numbers = _numbers(Hold, (("kind", "hold"), ("schema_version", 1)))
    assert len(numbers) == 1024


def test_an_empty_class_is_an_object_with_a_header_alone() -> None:
    """A class without fields has documents, too, and they hold nothing else."""
    assert dumps(Bare()) == '{"kind":"bare","schema_version":1}'
    assert loads(dumps(Bare()), Bare) == Bare()
