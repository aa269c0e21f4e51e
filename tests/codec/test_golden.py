"""Documents of every version that was ever released are read for ever."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sciatica_pt.codec import dumps, kind_of, loads

from .make import DOCUMENTS
from .recorded import GOLDEN, fingerprint, golden_file

_BY_KIND = {kind_of(cls): cls for cls in DOCUMENTS}
_FILES = sorted(GOLDEN.glob("*.json"))


@pytest.mark.parametrize("cls", DOCUMENTS, ids=kind_of)
def test_the_shape_of_a_document_changes_on_purpose_only(cls: type[object]) -> None:
    """A change of a document's shape fails until it has a version or is recorded as compatible.

    Before the first release `python -m tools.schemas` records any change.
    Afterwards the same with `--compatible` does, if every older document is still read; else the
    change needs a new version and a migration.
    """
    recorded = json.loads(golden_file(cls).read_text(encoding="utf-8"))["shape"]
    assert recorded == fingerprint(cls), f"{kind_of(cls)} has changed: run python -m tools.schemas"


@pytest.mark.parametrize("file", _FILES, ids=lambda file: file.stem)
def test_golden_documents_are_read_for_ever(file: Path) -> None:
    """Each recorded document gives a value, and in the present version the same document again."""
    kind, _, version = file.stem.rpartition(".")
    cls: type[object] = _BY_KIND[kind]
    documents = json.loads(file.read_text(encoding="utf-8"))["documents"]
    assert documents
    for document in documents:
        assert (document["kind"], document["schema_version"]) == (kind, int(version))
        value = loads(json.dumps(document), cls)
        if file == golden_file(cls):
            written = json.loads(dumps(value))
            # A field that was added since has its default.
            assert {key: written[key] for key in document} == document
