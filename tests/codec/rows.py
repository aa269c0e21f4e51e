"""What JSON libraries accept by mistake, as texts to put into documents, and where to put them."""

from __future__ import annotations

import json
import math

from sciatica_pt.codec._shapes import Leaf, Many, One, OneOf, Shape
from sciatica_pt.model.constraints import Calendar, Finite, Flag, Member, Text, Whole

__all__ = ["IN_PLACES", "WHOLE_DOCUMENTS", "beyond", "kinds_of"]

#: Texts that must be refused, by the kind of place; null stands apart, since some places take it.
IN_PLACES: dict[str, tuple[str, ...]] = {
    "anything but null": ("null",),
    "whole number": (
        *(
            "true",
            "false",
            "3.7",
            "1.0",
            "1e2",
            "-1e0",
            '"3"',
            '" 1_0 "',
            '"\u0663"',
            '"0x1"',
            '""',
        ),
        *(
            "9" * 30,
            "-" + "9" * 30,
            "1" + "0" * 400,
            "1" + "0" * 5000,
            "NaN",
            "Infinity",
            "[1]",
            "{}",
        ),
    ),
    "number": (
        *("true", "NaN", "Infinity", "-Infinity", "1e400", "-1e400", '"nan"', '"1.5"', '"1_0.0"'),
        *("1" + "0" * 400, "1" + "0" * 5000, "[1.5]", "{}"),
    ),
    "text": (
        *("5", "1.5", "true", "[1]", '["a"]', '{"a":1}', '""', '"\\ud800"', '"\\udc00\\ud800"'),
        *('"a\\u0000"', '"a\\u007f"', '"a\\u202e"', '"a\\u200b"', '"a\\u2028"', '"\\ufeffa"'),
        f'"{"a" * 4001}"',
    ),
    "free text": ('" "', '"\\n"', '"\\u00a0"', '"a\\tb"', '"a\\u001b[2J"'),
    "id": ('"a b"', '"a\\n"', '"--"', '" a"', '"\u0661\u0662"', '"\\u00e9"'),
    "flag": ('"false"', '"no"', '"true"', '""', "0", "1", "2.5", "1.0", "[]", "{}"),
    "member": ("0", "1", "true", "1.0", "[]", "{}", '""', '" "', '"zzz"', '"A"'),
    "date": (
        *('"2025-W01-2"', '"20250102"', '"2025-1-02"', '"2025-02-29"', '"2025-13-01"', '""'),
        *('"2025-01-02T00:00:00"', '"2025-01-02 "', '"\u0662\u0660\u0662\u0665-\u0660\u0661-01"'),
        *('"0000-01-01"', '"10000-01-01"', "20250102", "1735776000", "true", "[]", "{}"),
    ),
    "list": ('"mon"', '{"a":1}', '""', "{}", "true", "5", "[null]", "[[[]]]", '[{"":[]}]'),
    "object": ("[]", '""', "5", "true", '"{}"', "[[]]", '{"":0}', '[["sets",1]]'),
    "union": (
        '{"type":NaN}',
        '{"type":null}',
        '{"type":5}',
        '{"type":["hold"]}',
        '{"type":"zzz"}',
        '{"kind":"a"}',
    ),
}


_KINDS: dict[type, tuple[str, ...]] = {
    Whole: ("whole number",),
    Finite: ("number",),
    Flag: ("flag",),
    Member: ("member",),
    Calendar: ("date",),
    Many: ("list",),
    One: ("object",),
    OneOf: ("object", "union"),
}


def kinds_of(shape: Shape, *, optional: bool) -> tuple[str, ...]:
    """Return which kinds of place a place is."""
    null = () if optional else ("anything but null",)
    match shape:
        case Leaf(constraint=Text(pattern=pattern)):
            return (*null, "text", "free text" if pattern is None else "id")
        case Leaf(constraint=constraint):
            return (*null, *_KINDS[type(constraint)])
        case _:
            return (*null, *_KINDS[type(shape)])


def beyond(shape: Shape) -> tuple[str, ...]:
    """Return the numbers just beyond the bounds of a place, and the text just too long for it."""
    match shape:
        case Leaf(constraint=Whole(minimum=low, maximum=high)):
            return (str(low - 1), str(high + 1))
        case Leaf(constraint=Finite(minimum=low, maximum=high)):
            return (repr(math.nextafter(low, -math.inf)), repr(math.nextafter(high, math.inf)))
        case Leaf(constraint=Text(maximum=maximum)):
            return (f'"{"a" * (maximum + 1)}"',)
        case Many(constraint=each):
            return ("[]",) if each.minimum else ()
        case _:
            return ()


def _nested(opening: bytes, closing: bytes, levels: int = 100_000) -> bytes:
    return opening * levels + closing * levels


#: Texts that are no document of any kind.
WHOLE_DOCUMENTS: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \n",
    "null": b"null",
    "true": b"true",
    "a number": b"5",
    "a text": b'"a"',
    "a list": b"[]",
    "a list of pairs": b'[["kind","a"]]',
    "an empty object": b"{}",
    "deep lists": _nested(b"[", b"]"),
    "deep lists without an end": b"[" * 100_000,
    "deep objects": _nested(b'{"a":', b"}"),
    "a byte that is never in UTF-8": b'{"kind":"\xff"}',
    "an overlong encoding": b'{"kind":"\xc0\xaf"}',
    "an encoded surrogate": b'{"kind":"\xed\xa0\x80"}',
    "UTF-16": json.dumps({"kind": "a"}).encode("utf-16"),
    "UTF-32": json.dumps({"kind": "a"}).encode("utf-32-le"),
    "a byte order mark": b'\xef\xbb\xbf{"kind":"a"}',
    "a comment": b'{"kind":"a"}// and why',
    "single quotes": b"{'kind':'a'}",
    "a trailing comma": b'{"kind":"a",}',
    "two documents": b'{"kind":"a"}{"kind":"a"}',
    "Python": b'{"kind":None}',
}
