"""Older documents are brought up to the present version, and newer ones are refused."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest

from sciatica_pt.codec import schema_version
from sciatica_pt.codec._document import read_document, version_of
from sciatica_pt.codec._versions import Migrations
from sciatica_pt.errors import DecodeError
from sciatica_pt.model.constraints import Whole, checked
from sciatica_pt.model.doses import Hold

from .make import DOCUMENTS
from .odd import Wrapped


@attrs.frozen(kw_only=True, field_transformer=checked)
class Walk:
    """A class that once had minutes, and then seconds without a pause."""

    seconds: int = attrs.field(validator=Whole("seconds"))
    pause_seconds: int = attrs.field(validator=Whole("seconds"))


def _to_seconds(fields: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in fields.items() if key != "minutes"}
    return {**rest, "seconds": fields["minutes"] * 60}


def _with_pause(fields: dict[str, Any]) -> dict[str, Any]:
    return {**fields, "pause_seconds": 0}


_MIGRATIONS: Migrations = {"walk": (_to_seconds, _with_pause)}


def _read(version: object, **fields: object) -> Walk:
    document = {"kind": "walk", "schema_version": version, **fields}
    return read_document(json.dumps(document), Walk, migrations=_MIGRATIONS)


def _problems(version: object, **fields: object) -> list[str]:
    with pytest.raises(DecodeError) as caught:
        _read(version, **fields)
    return [str(problem) for problem in caught.value.problems]


def test_every_version_gives_the_same_value() -> None:
    """A document of any version that was ever released is read, step by step."""
    assert version_of(Walk, _MIGRATIONS) == 3
    expected = Walk(seconds=120, pause_seconds=0)
    assert _read(1, minutes=2) == expected
    assert _read(2, seconds=120) == expected
    assert _read(3, seconds=120, pause_seconds=0) == expected


def test_a_version_is_not_mixed_with_another() -> None:
    """Fields of one version are not accepted under the number of another."""
    assert _problems(3, minutes=2) == [
        "$.minutes: expected only the keys of walk, got an unknown key",
        "$.seconds: expected a value, got no such key",
        "$.pause_seconds: expected a value, got no such key",
    ]
    assert _problems(1, seconds=2) == [
        "$: expected fields as in version 1, got what can't be migrated (KeyError('minutes'))"
    ]


@pytest.mark.parametrize("minutes", [None, "2", [2], {}, True, -1, 2.5, 10**30])
def test_what_was_wrong_is_still_wrong_when_migrated(minutes: object) -> None:
    """A migration can't make a right value of a wrong one: every field is judged afterwards."""
    if minutes is True:
        # A step multiplies whatever it is given; the types of old fields are its own to check.
        assert _read(1, minutes=minutes).seconds == 60
    else:
        assert _problems(1, minutes=minutes)


def test_a_newer_version_is_refused_with_the_way_out() -> None:
    """A document from the future is refused, and the error says what would read it."""
    assert _problems(4, seconds=1, pause_seconds=1) == [
        "$.schema_version: expected a whole number from 1 to 3, got 4 "
        "(a newer release reads this walk)"
    ]
    assert _problems(0) == ["$.schema_version: expected a whole number from 1 to 3, got 0"]


def test_a_text_that_is_wrong_itself_is_not_migrated() -> None:
    """Repeated keys and the like are reported for what they are, before any step is taken."""
    with pytest.raises(DecodeError) as caught:
        read_document(
            '{"kind":"walk","schema_version":1,"minutes":1,"minutes":2}',
            Walk,
            migrations=_MIGRATIONS,
        )
    assert [str(item) for item in caught.value.problems] == [
        "$.minutes: expected each key once, got the key again"
    ]


@pytest.mark.parametrize("key", ["kind", "schema_version"])
def test_an_unreadable_header_is_one_problem(key: str) -> None:
    """A header key whose value is no JSON is reported, and the fields are judged all the same."""
    header = {"kind": '"walk"', "schema_version": "3", key: "NaN"}
    members = ",".join(f'"{name}":{text}' for name, text in header.items())
    with pytest.raises(DecodeError) as caught:
        read_document(f'{{{members},"seconds":-1}}', Walk, migrations=_MIGRATIONS)
    assert [problem.path for problem in caught.value.problems] == [
        f"$.{key}",
        "$.seconds",
        "$.pause_seconds",
    ]


@pytest.mark.parametrize("text", ["[]", "{}", '{"kind":"a","schema_version":2}'])
def test_a_wrapped_document_is_held_to_its_version_too(text: str) -> None:
    """A document with a body has the same header as any other."""
    with pytest.raises(DecodeError):
        read_document(text, Wrapped)


def test_every_kind_is_in_version_one_before_the_first_release() -> None:
    """Nothing has been released yet, so nothing has been migrated."""
    assert {schema_version(cls) for cls in (*DOCUMENTS, Hold)} == {1}
