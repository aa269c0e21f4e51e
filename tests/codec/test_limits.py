"""What a document may ask of the machine is bounded, whatever it says."""

from __future__ import annotations

import json
import sys
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from sciatica_pt.codec import DEFAULT_LIMITS, Limits, dump_bytes, loads
from sciatica_pt.codec._backend import FAST, PLAIN
from sciatica_pt.codec._document import judged, quick, read_document
from sciatica_pt.codec._problems import MISSING
from sciatica_pt.codec._shapes import class_shape
from sciatica_pt.errors import DecodeError
from sciatica_pt.guidance import GuidancePack, bundled_pack
from sciatica_pt.model.doses import Hold

from .make import seeded
from .odd import Leaves, Odd
from .oracle import check

_HOLD = b'{"kind":"hold","schema_version":1,"sets":2,"hold_seconds":30,"rest_seconds":10}'


def _problem(text: str | bytes, limits: Limits, cls: type[object] = Hold) -> str:
    with pytest.raises(DecodeError) as caught:
        loads(text, cls, limits=limits)
    return str(caught.value.problems[-1])


@pytest.mark.parametrize("bad", [0, -1, True, 1.0, "9", None])
@pytest.mark.parametrize("name", ["size", "depth", "digits", "items", "total", "problems"])
def test_a_limit_is_a_whole_number_above_zero(name: str, bad: Any) -> None:
    """Nonsense for a limit is refused at once and not when a document meets it."""
    with pytest.raises(TypeError, match="a limit must be a whole number above 0"):
        Limits(**{name: bad})


def test_a_document_at_a_limit_is_read_and_one_beyond_is_not() -> None:
    """Each limit is the most that is accepted."""
    held = Hold(sets=2, hold_seconds=30, rest_seconds=10)
    assert loads(_HOLD, Hold, limits=Limits(size=len(_HOLD))) == held
    assert loads(_HOLD.decode(), Hold, limits=Limits(size=len(_HOLD))) == held
    less = Limits(size=len(_HOLD) - 1)
    for text in (_HOLD, _HOLD.decode()):
        assert _problem(text, less) == f"$: expected at most {len(_HOLD) - 1} bytes, got more"
    assert loads(_HOLD, Hold, limits=Limits(depth=1, digits=2, items=5, total=6)) == held
    assert _problem(_HOLD, Limits(digits=1)) == (
        "$.rest_seconds: expected a number of at most 1 digits, got 2 digits"
    )
    assert _problem(_HOLD, Limits(items=4)) == "$: expected at most 4 keys, got more"
    assert _problem(_HOLD, Limits(total=5)) == (
        "$.rest_seconds: expected at most 5 values in all, got more"
    )
    # The object is a value too.
    odd = '{"kind":"odd","schema_version":1,"rows":[[1],[2,3]]}'
    assert loads(odd, Odd, limits=Limits(depth=3, items=3, total=9)).rows == ((1,), (2, 3))
    assert _problem(odd, Limits(depth=2), Odd) == "$.rows[0]: expected at most 2 levels, got more"
    assert _problem(odd, Limits(items=1), Odd) == "$: expected at most 1 keys, got more"
    many = '{"rows":[[1],[2,3],[4],[5]]}'
    assert _problem(many, Limits(items=3), Odd) == "$.rows[3]: expected at most 3 items, got more"


def test_size_is_counted_in_bytes() -> None:
    """A text of few characters with many bytes is as large as its bytes."""
    text = '"' + "\u20ac" * 10 + '"'
    assert _problem(text, Limits(size=31)) == "$: expected at most 31 bytes, got more"
    assert "a hold document" in _problem(text, Limits(size=32))


def test_the_list_of_problems_ends_somewhere() -> None:
    """After the last problem that is listed the error says that there are more."""
    text = json.dumps({f"key{number}": 1 for number in range(9)})
    with pytest.raises(DecodeError) as caught:
        loads(text, Hold, limits=Limits(problems=3))
    assert len(caught.value.problems) == 4
    assert str(caught.value.problems[-1]) == (
        "$: expected at most 3 problems, got more (the rest is not listed)"
    )


@pytest.mark.parametrize("backend", [FAST, PLAIN], ids=["orjson", "json"])
@pytest.mark.parametrize(
    "limits",
    [
        Limits(depth=1),
        Limits(depth=3),
        Limits(digits=3),
        Limits(digits=31),
        Limits(items=2),
        Limits(items=20_000),
        Limits(total=3),
        Limits(total=60),
        Limits(size=80),
    ],
    ids=str,
)
def test_the_fast_ways_keep_every_limit(limits: Limits, backend: Any) -> None:
    """A fast way either keeps a limit as the strict reader does, or leaves the document to it."""
    for cls in (Hold, Odd, Leaves, GuidancePack):
        for seed in range(4):
            raw = dump_bytes(seeded(seed).value(cls))
            check(raw, cls, limits)
            fast = quick(raw, class_shape(cls), limits, backend)
            if fast is not MISSING:
                assert judged(raw, class_shape(cls), limits) == fast


def test_the_largest_bundled_document_is_far_from_every_limit() -> None:
    """The default limits leave room: a whole guidance pack needs less than a quarter of them."""
    raw = dump_bytes(bundled_pack("clinical-safety"))
    quarter = Limits(
        size=DEFAULT_LIMITS.size // 4,
        depth=DEFAULT_LIMITS.depth // 4,
        items=DEFAULT_LIMITS.items // 4,
        total=DEFAULT_LIMITS.total // 4,
    )
    assert loads(raw, GuidancePack, limits=quarter) == bundled_pack("clinical-safety")


@pytest.fixture
def no_limit_on_digits() -> Iterator[None]:
    """Switch the interpreter's own limit off for a while."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    yield
    sys.set_int_max_str_digits(before)


@pytest.mark.usefixtures("no_limit_on_digits")
def test_digits_are_bounded_even_if_the_interpreter_has_no_bound() -> None:
    """A program that switched the interpreter's own limit off is protected all the same."""
    assert read_document(_HOLD, Hold, backend=PLAIN) == loads(_HOLD, Hold)
    bad = _HOLD.replace(b"30", b"1" * 5000)
    assert "got 5000 digits" in _problem(bad, DEFAULT_LIMITS)
    assert quick(bad, class_shape(Hold), DEFAULT_LIMITS, PLAIN) is MISSING


def test_a_limit_above_the_interpreters_own_is_no_way_around_it() -> None:
    """Where the caller allows more digits than Python converts, the error is the public one."""
    bad = _HOLD.replace(b"30", b"1" * 5000)
    assert "expected a number that Python converts" in _problem(bad, Limits(digits=10_000))
    exact = "expected a whole number of seconds of hold from 1 to 600, got an enormous number"
    assert exact in _problem(_HOLD.replace(b"30", b"1" * 4000), Limits(digits=10_000))


@pytest.mark.parametrize(
    "text",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'[{"a":' * 50_000 + b"1" + b"}]" * 50_000,
        b'{"sets":1' + b"0" * 5000 + b"}",
        b'{"sets":1e' + b"9" * 5000 + b"}",
        b"[" + b"0," * 20_000 + b"0]",
        b'"' + b"\\u0041" * 20_000 + b'"',
        b'{"' + b"a" * 100_000 + b'":1}',
        b"{" + b",".join(b'"k%d":0' % number for number in range(20_000)) + b"}",
    ],
    ids=range(9),
)
def test_a_hostile_text_ends_in_the_public_error(text: bytes) -> None:
    """Depth, digits, items, keys and escapes beyond all measure end as any wrong document does."""
    for cls in (Hold, GuidancePack):
        with pytest.raises(DecodeError) as caught:
            loads(text, cls)
        assert len(str(caught.value)) < 2000


def test_a_text_of_escapes_takes_no_memory_far_beyond_itself() -> None:
    """Reading a text that is nothing but escapes needs little beside what it stands for."""
    text = b'{"kind":"' + b"\\u0041" * 100_000 + b'"}'
    tracemalloc.start()
    _problem(text, DEFAULT_LIMITS)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * len(text)
