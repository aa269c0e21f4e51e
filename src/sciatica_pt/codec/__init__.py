"""Strict, canonical, versioned JSON.

`dumps` and `loads` turn the library's values into documents and back.
No wrong document is accepted, no right one is lost, and one value has one text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from sciatica_pt.codec._document import read_document, version_of, write_document
from sciatica_pt.codec._limits import DEFAULT_LIMITS, Limits
from sciatica_pt.codec._names import kind_of

__all__ = [
    "DEFAULT_LIMITS",
    "Limits",
    "converter",
    "dump_bytes",
    "dumps",
    "json_schema",
    "kind_of",
    "loads",
    "schema_version",
]

if TYPE_CHECKING:
    from cattrs import Converter

_T = TypeVar("_T")


def dumps(value: Any, *, indent: int | None = None) -> str:
    """Return a value's document: one value, one text.

    Every field is written, in the order of its class; sets are sorted.

    Args:
        value: an instance of one of the library's public classes.
        indent: spaces for each level, from 1 to 8; `None` writes everything on one line.

    Raises:
        EncodeError: `loads` would refuse the document, because the value was tampered with.

    >>> from sciatica_pt.model.doses import Hold
    >>> dumps(Hold(sets=2, hold_seconds=30, rest_seconds=10))
    '{"kind":"hold","schema_version":1,"sets":2,"hold_seconds":30,...,"effort":null}'
    """
    return write_document(value, indent=indent)


def dump_bytes(value: Any, *, indent: int | None = None) -> bytes:
    """Return what `dumps` returns, in UTF-8.

    Raises:
        EncodeError: `loads` would refuse the document, because the value was tampered with.
    """
    return write_document(value, indent=indent).encode()


def loads(text: str | bytes, cls: type[_T], *, limits: Limits = DEFAULT_LIMITS) -> _T:
    """Return the value of class `cls` that a document holds.

    A field that has a default may be left out.

    Args:
        text: the document; bytes must be UTF-8.
        cls: the class of the value, which the document's kind must name too.
        limits: how much the document may ask of the machine.

    Raises:
        DecodeError: the document is wrong anywhere; its problems are all of them, each with its
            place.

    >>> from sciatica_pt.model.doses import Hold
    >>> loads(
    ...     '{"kind":"hold","schema_version":1,"sets":2,"hold_secs":30,"rest_seconds":"10"}', Hold
    ... )
    Traceback (most recent call last):
    ...
    sciatica_pt.errors.DecodeError: this hold document can't be read: 3 problems
      $.hold_secs: expected only the keys of hold, got an unknown key (did you mean "hold_seconds"?)
      $.hold_seconds: expected a value, got no such key
      $.rest_seconds: expected a whole number of seconds of rest from 0 to 600, got text "10"
    """
    return read_document(text, cls, limits=limits)


def schema_version(cls: type) -> int:
    """Return the version in which documents of a class are written.

    >>> from sciatica_pt.model.routine import Routine
    >>> schema_version(Routine)
    1
    """
    return version_of(cls)


def json_schema(cls: type) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the documents of a class.

    What `dumps` writes is valid, and what the schema refuses `loads` refuses.
    The schema of every kind also comes with the package, in `sciatica_pt/schemas`.

    >>> from sciatica_pt.model.routine import Routine
    >>> json_schema(Routine)["required"]
    ['kind', 'schema_version', 'phase', 'guidance']
    """
    from sciatica_pt.codec._schema import schema_of

    return schema_of(cls)


def converter() -> Converter:
    """Return a new cattrs converter with this library's strict hooks.

    It structures and unstructures the library's values as plain values without a header, also
    within a caller's own classes, which it holds to the same strictness.

    >>> from sciatica_pt.model.doses import Hold
    >>> plain = {"sets": 2, "hold_seconds": 30, "rest_seconds": 10}
    >>> converter().structure(plain, Hold).hold_seconds
    30
    """
    # Reading and writing documents doesn't need cattrs, so it isn't imported for that.
    from sciatica_pt.codec._cattrs import build_converter

    return build_converter()
