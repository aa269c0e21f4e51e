"""Hostile texts: how long they take to be refused, and how much memory beyond themselves."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator

from benchmarks._harness import Table, shown_time
from sciatica_pt.codec import DEFAULT_LIMITS, Limits, loads
from sciatica_pt.errors import DecodeError
from sciatica_pt.guidance import GuidancePack

_MILLION = 1_000_000
# Of a caller who takes large documents; the other limits have to do then.
_LARGE = Limits(size=64 * 1024 * 1024)


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "50 MB of one text", b'{"kind":"' + b"a" * 50 * _MILLION + b'"}'
    yield "50 MB of small lists", b"[" + b"[]," * (50 * _MILLION // 3) + b"[]]"
    yield "6 MB of small lists", b"[" + b"[]," * (2 * _MILLION) + b"[]]"
    yield "6 MB of escapes", b'{"kind":"' + b"\\u0041" * _MILLION + b'"}'
    yield "depth 100,000, lists", b"[" * 100_000 + b"]" * 100_000
    yield "depth 100,000, objects", b'{"a":' * 100_000 + b"1" + b"}" * 100_000
    keys = b",".join(b'"k%d":0' % number for number in range(_MILLION))
    yield "a million keys (13 MB)", b"{" + keys + b"}"
    few = b",".join(b'"id%d":0' % number for number in range(9_000))
    yield "9,000 unknown keys", b'{"kind":"guidance-pack","schema_version":1,' + few + b"}"
    yield "10^5000", b'{"kind":"guidance-pack","schema_version":1' + b"0" * 5000 + b"}"
    yield "a million digits", b'{"kind":"guidance-pack","schema_version":1' + b"0" * _MILLION + b"}"


def _refused(text: bytes, limits: Limits) -> float:
    started = time.perf_counter()
    try:
        loads(text, GuidancePack, limits=limits)
    except DecodeError:
        return time.perf_counter() - started
    raise AssertionError("a hostile text was accepted")


def _memory(text: bytes, limits: Limits) -> int:
    tracemalloc.start()
    _refused(text, limits)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def tables() -> Iterator[Table]:
    """Yield one table."""
    rows: list[tuple[str, ...]] = []
    for name, text in _texts():
        cells = [f"{len(text) / _MILLION:.1f} MB"]
        for limits in (DEFAULT_LIMITS, _LARGE):
            cells.append(shown_time(_refused(text, limits)))
            cells.append(f"{_memory(text, limits) / _MILLION:.1f} MB")
        rows.append((name, *cells))
    yield Table(
        title="Hostile texts, until they are refused",
        head=("", "size", "time", "memory", "time, up to 64 MB", "memory, up to 64 MB"),
        rows=rows,
        note="Memory is what reading takes at its peak beyond the text itself.",
    )
