"""What is recorded of every kind of document, and where; `python -m tools.schemas` records it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from sciatica_pt.codec import json_schema, kind_of, schema_version

__all__ = ["GOLDEN", "SCHEMAS", "fingerprint", "golden_file", "schema_text"]

GOLDEN = Path(__file__).with_name("golden")
SCHEMAS = Path(__file__).parents[2] / "src" / "sciatica_pt" / "schemas"
# What says nothing of a document's shape.
_WORDS = ("description", "$comment")


def schema_text(cls: type) -> str:
    """Return the text of the schema of a class's documents."""
    return json.dumps(json_schema(cls), ensure_ascii=False, indent=1) + "\n"


def fingerprint(cls: type) -> str:
    """Return a digest of everything that a schema says besides words for people."""
    text = json.dumps(_bare(json_schema(cls)), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _bare(schema: Any) -> Any:
    match schema:
        case dict():
            # A field may have the name of a keyword; only a keyword holds a text.
            return {
                key: _bare(item)
                for key, item in schema.items()
                if key not in _WORDS or not isinstance(item, str)
            }
        case list():
            return [_bare(item) for item in schema]
        case _:
            return schema


def golden_file(cls: type) -> Path:
    """Return where the golden documents of the present version are."""
    return GOLDEN / f"{kind_of(cls)}.{schema_version(cls)}.json"
