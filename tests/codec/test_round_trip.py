"""What is written is what the value says, in one way only, and reads back as the same value."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sciatica_pt.codec import DEFAULT_LIMITS, _document, dump_bytes, dumps, kind_of, loads
from sciatica_pt.codec._backend import FAST, PLAIN
from sciatica_pt.codec._document import judged, quick, read_document
from sciatica_pt.codec._problems import MISSING
from sciatica_pt.codec._shapes import class_shape
from sciatica_pt.codec._source import Unfit
from sciatica_pt.errors import DecodeError, EncodeError
from sciatica_pt.guidance import BUNDLED, bundled_pack

from .make import DOCUMENTS, seeded
from .mutate import HOSTILE, mutated_bytes, mutated_plain, places, text_of
from .oracle import check
from .plainly import document_of

ROOT = Path(__file__).parents[2]
_DOCUMENTS = pytest.mark.parametrize("cls", DOCUMENTS, ids=kind_of)
_CLASSES = st.sampled_from(DOCUMENTS)
_SEEDS = st.integers(0, 2**32)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("type", "id", "kind", "a", "")), inner, max_size=3)
    ),
    max_leaves=6,
)


@_DOCUMENTS
def test_a_document_says_what_an_independent_writer_says(cls: type[object]) -> None:
    """The text is what attrs, annotations and the standard library's json make of the value."""
    maker = seeded(11)
    for _ in range(8):
        value = maker.value(cls)
        text = dumps(value)
        assert text == document_of(value)
        assert dump_bytes(value) == text.encode()
        assert loads(text, cls) == loads(text.encode(), cls) == value


def _balk(_: object, __: object) -> str:
    raise Unfit


@_DOCUMENTS
def test_the_reference_writes_what_the_generated_code_writes(
    cls: type[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the generated code ever balks at a right value, the same text is written without it."""
    values = [seeded(number).value(cls) for number in range(4)]
    texts = [dumps(value) for value in values]
    monkeypatch.setattr(_document, "_line_writer", lambda _: _balk)
    assert [dumps(value) for value in values] == texts


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_packs_survive_the_way_there_and_back(name: str) -> None:
    """A whole guidance pack is written as the independent writer does, and read back equal."""
    pack = bundled_pack(name)
    assert dumps(pack) == document_of(pack)
    assert loads(dumps(pack), type(pack)) == pack


@_DOCUMENTS
@pytest.mark.parametrize("indent", [1, 2, 8])
def test_an_indented_document_holds_the_same(cls: type[object], indent: int) -> None:
    """Indenting changes blanks only, and puts each item and key on a line of its own."""
    value = seeded(indent).value(cls)
    text = dumps(value, indent=indent)
    assert json.loads(text) == json.loads(dumps(value))
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=indent)
    assert loads(text, cls) == value


@pytest.mark.parametrize("indent", [0, 9, -1, True, 2.0, "2"])
def test_an_odd_indent_is_refused(indent: Any) -> None:
    """An indent is a whole number from 1 to 8, so one value has few texts."""
    with pytest.raises(TypeError, match="indent must be None or a whole number from 1 to 8"):
        dumps(seeded(1).value(DOCUMENTS[0]), indent=indent)


@given(_CLASSES, _SEEDS)
def test_any_value_survives_the_way_there_and_back(cls: type[object], seed: int) -> None:
    """`loads(dumps(x)) == x`, and dumping again gives the same text."""
    value = seeded(seed).value(cls)
    text = dumps(value)
    again: Any = loads(text, cls)
    assert again == value
    assert type(again) is cls
    assert hash(again) == hash(value)
    assert dumps(again) == text
    assert pickle.loads(pickle.dumps(again)) == copy.deepcopy(again) == value


@given(_CLASSES, _SEEDS, st.integers(0), _JSON | st.sampled_from(HOSTILE))
def test_any_json_value_in_any_place_is_understood_or_refused(
    cls: type[object], seed: int, place: int, replacement: Any
) -> None:
    """A value put anywhere in a document gives the value that it says, or the one public error."""
    plain = json.loads(dumps(seeded(seed).value(cls)))
    everywhere = list(places(plain))
    container, key = everywhere[place % len(everywhere)]
    container[key] = replacement
    check(text_of(plain), cls)


@given(_CLASSES, _SEEDS, st.randoms(use_true_random=False))
def test_any_mutation_is_understood_or_refused(cls: type[object], seed: int, chance: Any) -> None:
    """A document with several things wrong, in its values or its bytes, ends as promised."""
    raw = dump_bytes(seeded(seed).value(cls))
    bad = text_of(mutated_plain(json.loads(raw), chance.randrange))
    check(bad, cls)
    check(mutated_bytes(bad, chance.randrange), cls)
    check(mutated_bytes(raw, chance.randrange), cls)


@given(_CLASSES, _SEEDS)
def test_the_fast_ways_read_every_right_document(cls: type[object], seed: int) -> None:
    """With orjson and without it the generated code reads what is right, with no help, alike."""
    value = seeded(seed).value(cls)
    raw = dump_bytes(value)
    shape = class_shape(cls)
    for backend in (FAST, PLAIN):
        assert quick(raw, shape, DEFAULT_LIMITS, backend) == value
    assert judged(raw, shape, DEFAULT_LIMITS) == value
    spaced = json.dumps(json.loads(raw), indent=1)
    assert quick(spaced, shape, DEFAULT_LIMITS, FAST) == value


@given(_CLASSES, _SEEDS, st.randoms(use_true_random=False))
def test_both_backends_end_alike(cls: type[object], seed: int, chance: Any) -> None:
    """With orjson and without it, a wrong document has the same problems in the same words."""
    raw = dump_bytes(seeded(seed).value(cls))
    bad = mutated_bytes(text_of(mutated_plain(json.loads(raw), chance.randrange)), chance.randrange)
    outcomes = []
    for backend in (FAST, PLAIN):
        try:
            outcomes.append(read_document(bad, cls, backend=backend))
        except DecodeError as error:
            outcomes.append(error.problems)
    assert outcomes[0] == outcomes[1]


@_DOCUMENTS
def test_a_field_may_stand_anywhere_and_a_default_may_be_left_out(cls: type[object]) -> None:
    """The order of keys means nothing to a reader, and the writer always has its own."""
    value = seeded(2).value(cls)
    document = json.loads(dumps(value))
    backwards = json.dumps(dict(reversed(document.items())))
    assert loads(backwards, cls) == value
    assert dumps(loads(backwards, cls)) == dumps(value)


@_DOCUMENTS
def test_a_value_that_was_tampered_with_is_not_written(cls: type[object]) -> None:
    """What `loads` would refuse `dumps` refuses, with the place of the field."""
    for field in class_shape(cls).fields:
        place = f"$.{field.name}"
        for wrong in (object(), 10**30, float("nan"), "\ud800", ("x", "x", object())):
            value = copy.copy(seeded(4).value(cls))
            object.__setattr__(value, field.name, wrong)
            with pytest.raises(EncodeError) as caught:
                dumps(value)
            assert all(problem.path.startswith(place) for problem in caught.value.problems)
        value = copy.copy(seeded(4).value(cls))
        object.__delattr__(value, field.name)
        with pytest.raises(EncodeError) as caught:
            dumps(value)
        assert [str(problem) for problem in caught.value.problems] == [
            f"{place}: expected a value, got an empty slot"
        ]


@pytest.mark.parametrize("value", [None, 5, "text", object(), [], {}, DOCUMENTS[0]])
def test_what_is_no_document_is_not_written(value: object) -> None:
    """Something else than a value of the library is refused by name."""
    with pytest.raises(EncodeError, match="expected a value that can be a document"):
        dumps(value)


_DIGEST = """
import hashlib, sys
if "plain" in sys.argv:
    sys.modules["orjson"] = None
from sciatica_pt.codec import dump_bytes, loads
from sciatica_pt.codec._backend import FAST
from sciatica_pt.errors import DecodeError
from tests.codec.make import DOCUMENTS, seeded
from tests.codec.mutate import mutated_bytes
import random
assert FAST.name == ("json" if "plain" in sys.argv else "orjson")
digest = hashlib.sha256()
for number, cls in enumerate(DOCUMENTS):
    raw = dump_bytes(seeded(number).value(cls))
    digest.update(raw)
    try:
        loads(mutated_bytes(raw, random.Random(number).randrange), cls)
    except DecodeError as error:
        digest.update(str(error).encode())
print(digest.hexdigest())
"""


def test_the_same_value_has_the_same_bytes_in_every_process() -> None:
    """Four hash seeds, with orjson and without it: the same bytes, and the same errors."""
    digests = set()
    for seed, backend in (("0", "orjson"), ("1", "plain"), ("2", "orjson"), ("3", "plain")):
        done = subprocess.run(
            [sys.executable, "-c", _DIGEST, backend],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout.strip())
    (digest,) = digests
    assert len(digest) == hashlib.sha256().digest_size * 2


def test_missing_is_no_value() -> None:
    """The quick way says that it isn't sure by a value that nothing else is."""
    assert quick(b"{}", class_shape(DOCUMENTS[0]), DEFAULT_LIMITS, FAST) is MISSING
