"""The schemas that ship with the package are current, valid, and agree with the codec."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sciatica_pt.codec import dumps, json_schema, kind_of, loads
from sciatica_pt.errors import DecodeError
from sciatica_pt.guidance import BUNDLED, GuidancePack, bundled_pack

from .make import DOCUMENTS, seeded
from .mutate import mutated_plain, text_of
from .recorded import SCHEMAS, schema_text

# What a field's own constraint expects, or an object's: a schema can say all of that.
_OF_FIELDS = re.compile(
    r"a (whole )?number of |true or false$|a date as |a list$|an object$|a value$|only the keys of "
    r"|one of |an? [A-Z][A-Za-z]+ \(|[0-9]+ to [0-9]+ items$|.* (of 1 to [0-9]+|matching) "
    r"|.* (of visible characters|with a visible character)$"
)
# Except that `1.0` is a whole number to a schema, and that Python's `$`, in which the validator
# used here differs from the standard, is fine before a last line feed.
_SLACK = re.compile(r'-?[0-9]+\.0$|[0-9.]+e\+[0-9]+$|text ".*\\u000a"$')

_DOCUMENTS = pytest.mark.parametrize("cls", DOCUMENTS, ids=kind_of)


def _validator(cls: type) -> Draft202012Validator:
    return _made(cast("Any", cls))


@cache
def _made(cls: Any) -> Draft202012Validator:
    return Draft202012Validator(json_schema(cls))


def _is_read(text: bytes, cls: type[object]) -> bool:
    try:
        loads(text, cls)
    except DecodeError:
        return False
    return True


@_DOCUMENTS
def test_the_shipped_schema_is_current(cls: type[object]) -> None:
    """The package ships the schema of every kind as `python -m tools.schemas` writes it."""
    shipped = files("sciatica_pt").joinpath("schemas", f"{kind_of(cls)}.json")
    assert shipped.read_text(encoding="utf-8") == schema_text(cls), "run python -m tools.schemas"


def test_no_schema_is_left_over() -> None:
    """Every schema in the package belongs to a kind of document."""
    assert {file.stem for file in SCHEMAS.glob("*")} == set(map(kind_of, DOCUMENTS))


@_DOCUMENTS
def test_the_schema_is_a_schema(cls: type[object]) -> None:
    """Each schema is valid by the standard that it names, and closed at every level."""
    schema = json_schema(cls)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for part in (schema, *schema.get("$defs", {}).values()):
        assert part["additionalProperties"] is False


@_DOCUMENTS
def test_what_the_codec_writes_the_schema_accepts(cls: type[object]) -> None:
    """A document of any value is valid, in another language too."""
    for seed in range(6):
        _validator(cls).validate(json.loads(dumps(seeded(seed).value(cls))))


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_packs_are_valid(name: str) -> None:
    """The bundled packs are valid by the schema for everybody's packs."""
    _validator(GuidancePack).validate(json.loads(dumps(bundled_pack(name))))


@given(st.sampled_from(DOCUMENTS), st.integers(0, 2**32), st.randoms(use_true_random=False))
def test_what_the_schema_refuses_the_codec_refuses(
    cls: type[object], seed: int, chance: Any
) -> None:
    """A document that a validator in another language stops is one that `loads` stops."""
    plain = json.loads(dumps(seeded(seed).value(cls)))
    text = text_of(mutated_plain(plain, chance.randrange))
    if _is_read(text, cls):
        _validator(cls).validate(json.loads(text))


@given(st.sampled_from(DOCUMENTS), st.integers(0, 2**32), st.randoms(use_true_random=False))
def test_what_the_codec_refuses_for_a_field_the_schema_refuses(
    cls: type[object], seed: int, chance: Any
) -> None:
    """The schema is wider only where the documentation says so: no field takes more."""
    plain = json.loads(dumps(seeded(seed).value(cls)))
    text = text_of(mutated_plain(plain, chance.randrange))
    try:
        loads(text, cls)
    except DecodeError as error:
        told = [
            problem
            for problem in error.problems
            if _OF_FIELDS.match(problem.expected) and not _SLACK.match(problem.found)
        ]
        assert not told or not _validator(cls).is_valid(json.loads(text)), told
