"""Reading and writing JSON, against the libraries that one would use instead."""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Callable, Iterator
from typing import Any, cast

import attrs
import cattrs.preconf.json
import cattrs.preconf.orjson
import msgspec
import orjson
import pydantic

import sciatica_pt as spt
from benchmarks._harness import Table, facts, race, shown_time, times
from benchmarks._twins import attrs_twin, configure, msgspec_twin, pydantic_twin
from sciatica_pt.codec import dump_bytes
from sciatica_pt.codec._backend import PLAIN
from sciatica_pt.codec._document import read_document
from sciatica_pt.codec._limits import Limits
from sciatica_pt.guidance import bundled_pack

_FLOOR = "orjson, plain values"
_MADE = "**sciatica_pt, orjson**, as it was made"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@attrs.frozen
class _Way:
    """One way to read and write.

    Attributes:
        name: what it is.
        loads: from the document's bytes to a value.
        dumps: from what `loads` returns to a document's bytes.
    """

    name: str
    loads: Callable[[bytes], Any]
    dumps: Callable[[Any], bytes]


def _ours(cls: type) -> Iterator[_Way]:
    limits = Limits()
    yield _Way("**sciatica_pt, orjson**", lambda raw: spt.loads(raw, cls), dump_bytes)
    yield _Way(
        "**sciatica_pt, json**",
        lambda raw: read_document(raw, cls, limits=limits, backend=PLAIN),
        dump_bytes,
    )


def _plain() -> Iterator[_Way]:
    yield _Way(_FLOOR, orjson.loads, orjson.dumps)
    line = functools.partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    yield _Way("json, plain values", json.loads, lambda value: line(value).encode())


def _cattrs(cls: type) -> Iterator[_Way]:
    twin = attrs_twin(cls)
    makers: dict[str, Any] = {
        "orjson": cattrs.preconf.orjson.make_converter,
        "json": cattrs.preconf.json.make_converter,
    }
    for library, make in makers.items():
        for detailed in (False, True):
            converter = make(detailed_validation=detailed)
            configure(converter, cls)
            words = "detailed errors" if detailed else "short errors"
            yield _Way(
                f"cattrs, {library}, {words}",
                functools.partial(_structured, converter, twin),
                functools.partial(_unstructured, converter, twin),
            )


def _structured(converter: Any, twin: Any, raw: bytes) -> Any:
    return converter.loads(raw, twin)


def _unstructured(converter: Any, twin: Any, value: Any) -> bytes:
    text = converter.dumps(value, unstructure_as=twin)
    return text if isinstance(text, bytes) else cast("str", text).encode()


def _others(cls: type) -> Iterator[_Way]:
    struct: Any = msgspec_twin(cls)
    yield _Way("msgspec", msgspec.json.Decoder(struct).decode, msgspec.json.Encoder().encode)
    adapter: Any = pydantic.TypeAdapter(pydantic_twin(cls))
    yield _Way("pydantic", adapter.validate_json, adapter.dump_json)


def _full_week() -> spt.Routine:
    profile = spt.Profile(
        phase="chronic",
        affected_side="both",
        equipment={"towel", "chair", "cold-pack"},
        minutes=dict.fromkeys(_DAYS, 120),
        screening=spt.Screening.clear(by="clinician"),
    )
    return spt.plan_week(profile).routine


def _table(title: str, value: Any) -> Table:
    cls = type(value)
    ours = dump_bytes(value)
    document = json.loads(ours)
    bare = {key: item for key, item in document.items() if key not in ("kind", "schema_version")}
    theirs = orjson.dumps(bare)
    readers: dict[str, Callable[[], Any]] = {}
    writers: dict[str, Callable[[], Any]] = {}
    for ways, raw in (
        (_plain(), theirs),
        (_ours(cls), ours),
        (_cattrs(cls), theirs),
        (_others(cls), theirs),
    ):
        for way in ways:
            read = way.loads(raw)
            _same(way, document, json.loads(way.dumps(read)))
            readers[way.name] = functools.partial(way.loads, raw)
            writers[way.name] = functools.partial(way.dumps, read)
    # What was not read from a document may hold the same value in several places.
    writers[_MADE] = functools.partial(dump_bytes, value)
    reading, writing = race(readers), race(writers)
    rows = [
        (
            name,
            times(reading[name] / reading[_FLOOR]) if name in reading else "",
            times(writing[name] / writing[_FLOOR]),
            shown_time(reading[name]) if name in reading else "",
            shown_time(writing[name]),
        )
        for name in writers
    ]
    return Table(
        title=f"{title}, {len(ours) / 1000:.1f} kB",
        head=("", "loads, × floor", "dumps, × floor", "loads", "dumps"),
        rows=rows,
    )


def _same(way: _Way, document: dict[str, Any], written: dict[str, Any]) -> None:
    """Check that a way reads and writes all there is, sets in any order."""
    for key, item in written.items():
        if json.dumps(_sorted(document[key])) != json.dumps(_sorted(item)):
            raise AssertionError(f"{way.name} writes another {key}")


def _sorted(plain: Any) -> Any:
    match plain:
        case dict():
            return {key: _sorted(plain[key]) for key in sorted(plain)}
        case list():
            return sorted(map(_sorted, plain), key=json.dumps)
        case _:
            return plain


def tables() -> Iterator[Table]:
    """Yield a table for each document."""
    print(f"{facts('orjson', 'cattrs', 'msgspec', 'pydantic')}\n")
    week = _full_week()
    program = spt.Program(starts=dt.date(2026, 1, 5), weeks=(week, week), review_weeks=2)
    yield _table("A routine of a full week", week)
    yield _table("A program of two full weeks", program)
    yield _table("A whole guidance pack", bundled_pack("clinical-safety"))
