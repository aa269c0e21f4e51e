"""The two libraries that split JSON text: orjson where it is installed, else json.

Neither judges a document: what a backend accepts is checked again, and whatever it refuses goes to
the strict reader, so both give the same values and the same errors.
Writing needs neither, so both have the same bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import attrs

__all__ = ["FAST", "PLAIN", "Backend"]

# Above it, converting a number of many digits takes quadratic time.
_MOST_DIGITS = 10_000


@attrs.frozen
class Backend:
    """One way to split JSON text.

    Attributes:
        name: the library.
        parse: bytes to a plain value; it may accept too much, and raises `ValueError` or
            `RecursionError`.
    """

    name: str
    parse: Callable[[bytes], Any]


_decode = json.JSONDecoder().decode


def _parse(raw: bytes) -> Any:
    if not 0 < sys.get_int_max_str_digits() <= _MOST_DIGITS:
        raise ValueError("the interpreter's own limit on digits is off")
    return _decode(raw.decode())


#: The standard library.
PLAIN = Backend("json", _parse)


def _fastest() -> Backend:
    try:
        import orjson
    except ImportError:
        return PLAIN
    return Backend("orjson", orjson.loads)


#: What the public functions use.
FAST = _fastest()
