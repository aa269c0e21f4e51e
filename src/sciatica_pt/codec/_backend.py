"""The two libraries that split and join JSON text: orjson where it is installed, else json.

Neither judges a document: what a backend accepts is checked again, and whatever it refuses goes to
the strict reader, so both give the same values and the same errors.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Container
from typing import Any, cast

import attrs

__all__ = ["FAST", "PLAIN", "Backend"]

# Above it, converting a number of many digits takes quadratic time.
_MOST_DIGITS = 10_000


@attrs.frozen
class Backend:
    """One way to split and join JSON text.

    Attributes:
        name: the library.
        parse: bytes to a plain value; it may accept too much, and raises `ValueError` or
            `RecursionError`.
        write: a plain value to bytes, with an indentation or `None` for all on one line.
        indents: the indentations that `write` knows.
        number: what to put in a plain value for a number that may have a fraction.
    """

    name: str
    parse: Callable[[bytes], Any]
    write: Callable[[Any, int | None], bytes]
    indents: Container[int | None]
    number: Callable[[float], Any]


_decode = json.JSONDecoder().decode
_encode = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":")
).encode


def _parse(raw: bytes) -> Any:
    if not 0 < sys.get_int_max_str_digits() <= _MOST_DIGITS:
        raise ValueError("the interpreter's own limit on digits is off")
    return _decode(raw.decode())


def _write(plain: Any, indent: int | None) -> bytes:
    if indent is None:
        return _encode(plain).encode()
    return json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=indent).encode()


def _same(number: float) -> float:
    return number


#: The standard library; it knows every indentation.
PLAIN = Backend(name="json", parse=_parse, write=_write, indents=(None, *range(1, 9)), number=_same)


def _fastest() -> Backend:
    try:
        import orjson
    except ImportError:
        return PLAIN

    # Its type stubs leave it out.
    fragment = cast("Callable[[str], Any]", vars(orjson)["Fragment"])

    def number(number: float) -> Any:
        # orjson writes 1e-7 where Python writes 1e-07.
        text = repr(number)
        return fragment(text) if "e" in text else number

    def write(plain: Any, indent: int | None) -> bytes:
        return orjson.dumps(plain, option=orjson.OPT_INDENT_2 if indent else None)

    return Backend(name="orjson", parse=orjson.loads, write=write, indents=(None, 2), number=number)


#: What the public functions use.
FAST = _fastest()
