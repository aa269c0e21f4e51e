"""Documents made wrong, in every way that a person, a program or an enemy could."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from .make import Below

__all__ = ["HOSTILE", "mutated_bytes", "mutated_plain", "places", "text_of"]

#: Values that resemble others.
HOSTILE: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 7, 10, 3.7, 1.0, 0.0, -0.0, 1e16, 2**53 + 1, 2**64, 10**30,
    10**400, float("nan"), float("inf"), float("-inf"),
    "", " ", "0", "3", " 1_0 ", "\u0663", "nan", "true", "false", "null", "no", "mon", "left", "A",
    "bridge", "bridge ", "Bridge", "bridge\n", "\x00", "\x7f", "\u202e", "\u200b", "\u2028",
    "\ud800", "\ufeff", "a" * 81, "a" * 4001, "hold", "repetitions",
    "2025-W01-2", "20250102", "2025-02-29", "2025-1-02", "2025-01-02T00:00:00", "2025-01-02",
    "\u0662\u0660\u0662\u0665-\u0660\u0661-\u0660\u0662", "0000-01-01",
    [], [None], [1], ["a"], ["a", "a"], [[]], ["mon", "tue"], {}, {"a": 1}, {"type": "hold"}, [{}],
    {"type": None}, {"sets": 1, "hold_seconds": 3, "rest_seconds": 0, "type": "hold"},
)  # fmt: skip

_FRAGMENTS = (
    b'"', b"\\", b",", b":", b"{", b"}", b"[", b"]", b"null", b"true", b"1", b"-", b"0", b"e9",
    b".5", b" ", b"\n", b"\t", b"\r", b"\x00", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf",
    b"\\u0041", b"\\ud83d", b"\\u0000", b'\\":', b'" :', b'":', b'"type":', b'"kind":', b"NaN",
    b"Infinity", b"1e400", b"9" * 70, b"//", b"'", b'"sets":1,', b'"id":"a",', b"[[[[[[[[",
)  # fmt: skip


def places(plain: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each container with each of its keys or indexes."""
    keys = list(plain) if isinstance(plain, dict) else range(len(plain))
    for key in keys:
        yield plain, key
        if isinstance(plain[key], dict | list):
            yield from places(plain[key])


def mutated_plain(plain: Any, below: Below) -> Any:
    """Change one or two things of a plain document, in place, and return it."""
    for _ in range(1 + below(2)):
        everywhere = list(places(plain))
        if not everywhere:
            break
        container, key = everywhere[below(len(everywhere))]
        if isinstance(container, dict):
            _change_object(container, key, everywhere, below)
        else:
            _change_list(container, key, everywhere, below)
    return plain


def _any(everywhere: list[tuple[Any, Any]], below: Below) -> Any:
    if below(3):
        return copy.deepcopy(HOSTILE[below(len(HOSTILE))])
    other, key = everywhere[below(len(everywhere))]
    return copy.deepcopy(other[key])


def _change_object(
    container: dict[str, Any], key: str, everywhere: list[tuple[Any, Any]], below: Below
) -> None:
    match below(8):
        case 0:
            del container[key]
        case 1:
            container[key[:-1] + key[-1:].upper()] = container.pop(key)
        case 2:
            container[["extra", "type", "kind", "id", "", "sets"][below(6)]] = _any(
                everywhere, below
            )
        case _:
            container[key] = _any(everywhere, below)


def _change_list(
    container: list[Any], index: int, everywhere: list[tuple[Any, Any]], below: Below
) -> None:
    match below(5):
        case 0:
            del container[index]
        case 1:
            container.append(copy.deepcopy(container[index]))
        case 2:
            container.reverse()
        case _:
            container[index] = _any(everywhere, below)


def mutated_bytes(raw: bytes, below: Below) -> bytes:
    """Return some bytes with a few changes that know nothing of documents."""
    for _ in range(1 + below(3)):
        at = below(len(raw) + 1)
        match below(6):
            case 0:
                raw = raw[:at] + raw[at + 1 + below(4) :]
            case 1:
                end = min(len(raw), at + 1 + below(40))
                raw = raw[:end] + raw[at:end] + raw[end:]
            case 2:
                raw = raw[:at] + bytes([below(256)]) + raw[at + 1 :]
            case 3:
                raw = _member_again(raw, at)
            case _:
                raw = raw[:at] + _FRAGMENTS[below(len(_FRAGMENTS))] + raw[at:]
    return raw


def _member_again(raw: bytes, at: int) -> bytes:
    """Repeat a member, or as much of one as can be told without reading the document."""
    start = raw.find(b'"', at)
    end = raw.find(b",", start)
    if start < 0 or end < 0:
        return raw
    return raw[: end + 1] + raw[start : end + 1] + raw[end + 1 :]


def text_of(plain: Any) -> bytes:
    """Return the text of a plain value; half surrogate pairs are written as escapes."""
    try:
        return json.dumps(plain, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(plain).encode()
