"""Write what is recorded of every kind of document: `python -m tools.schemas`.

That is the JSON Schema that ships with the package, and the golden documents of the present version
that the tests read for ever.
Nothing has been released yet, so documents may change freely and are recorded anew.
After a release run it with `--compatible`: golden documents that are there stay, and have to be
read as before; whatever can't be read any more needs a new version and a migration instead.
"""

from __future__ import annotations

import argparse
import json

from sciatica_pt.codec import dumps, kind_of, loads
from tests.codec.make import DOCUMENTS, seeded
from tests.codec.recorded import GOLDEN, SCHEMAS, fingerprint, golden_file, schema_text

_SEEDS = range(3)
# What says nothing of a document's shape.
_WORDS = ("description", "$comment")


def _record(cls: type[object], *, compatible: bool) -> None:
    documents = [json.loads(dumps(seeded(seed).value(cls))) for seed in _SEEDS]
    file = golden_file(cls)
    if compatible and file.exists():
        before = json.loads(file.read_text(encoding="utf-8"))["documents"]
        for document in before:
            loads(json.dumps(document), cls)
        documents = before + [document for document in documents if document not in before]
    content = {"shape": fingerprint(cls), "documents": documents}
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Write everything, and remove what belongs to no kind any more."""
    parser = argparse.ArgumentParser(prog="python -m tools.schemas", description=__doc__)
    parser.add_argument("--compatible", action="store_true", help="keep all golden documents")
    options = parser.parse_args()
    for folder in (SCHEMAS, GOLDEN):
        folder.mkdir(exist_ok=True)
    schemas = {SCHEMAS / f"{kind_of(cls)}.json": schema_text(cls) for cls in DOCUMENTS}
    for file, text in schemas.items():
        file.write_text(text, encoding="utf-8")
    for file in set(SCHEMAS.glob("*.json")) - set(schemas):
        file.unlink()
    for cls in DOCUMENTS:
        _record(cls, compatible=options.compatible)
    if not options.compatible:
        for file in set(GOLDEN.glob("*.json")) - set(map(golden_file, DOCUMENTS)):
            file.unlink()
    print(f"{len(DOCUMENTS)} kinds of documents recorded")


if __name__ == "__main__":
    main()
