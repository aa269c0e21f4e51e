"""JSON Schema (2020-12) of every kind of document, from the same shapes as everything else.

A schema is a little wider than the codec: it can't tell 1 from 1.0, doesn't compare fields with one
another, and knows uniqueness of whole items only.
So what the codec writes is valid, and what a schema refuses the codec refuses.
"""

from __future__ import annotations

import inspect
import re
from typing import Any

from sciatica_pt.codec._document import BODY, version_of
from sciatica_pt.codec._encode import encode
from sciatica_pt.codec._problems import Problems
from sciatica_pt.codec._shapes import (
    HEADER,
    REQUIRED,
    TAG,
    ClassShape,
    Leaf,
    Many,
    Maybe,
    One,
    Shape,
    class_shape,
)
from sciatica_pt.model.constraints import HIDDEN, Calendar, Finite, Flag, Member, Text, Whole

__all__ = ["schema_of"]

_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
_DATE = (
    "^(?!0000)(?:[0-9]{4}-(?:"
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    f"|{_LEAP}-02-29)$"
)
_COMPARED = "The library also compares these members with one another."


def schema_of(cls: type) -> dict[str, Any]:
    """Return the schema of a class's documents."""
    shape = class_shape(cls)
    version = version_of(cls)
    defs: dict[str, Any] = {}
    fields = _object(shape, defs)
    kind, schema_version = HEADER
    header: dict[str, Any] = {kind: {"const": shape.kind}, schema_version: {"const": version}}
    document: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:sciatica-pt:{shape.kind}:{version}",
        "title": shape.kind,
    }
    if shape.wrapped:
        document |= {
            "type": "object",
            "properties": {**header, BODY: fields},
            "required": [*HEADER, BODY],
            "additionalProperties": False,
        }
    else:
        document |= fields
        document["properties"] = {**header, **fields["properties"]}
        document["required"] = [*HEADER, *fields["required"]]
    if defs:
        document["$defs"] = dict(sorted(defs.items()))
    return document


def _object(shape: ClassShape, defs: dict[str, Any], tag: str | None = None) -> dict[str, Any]:
    summary, descriptions = _described(shape.cls)
    properties: dict[str, Any] = {} if tag is None else {TAG: {"const": tag}}
    required = list(properties)
    for field in shape.fields:
        member = _any(field.shape, defs)
        if field.name in descriptions:
            member["description"] = descriptions[field.name]
        if field.default is REQUIRED:
            required.append(field.name)
        else:
            member["default"] = encode(field.shape, field.default, "$", Problems(1))
        properties[field.name] = member
    schema: dict[str, Any] = {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
    if summary:
        schema["description"] = summary
    if shape.checks:
        schema["$comment"] = _COMPARED
    return schema


def _any(shape: Shape, defs: dict[str, Any]) -> dict[str, Any]:
    match shape:
        case Leaf():
            return _leaf(shape)
        case Maybe(inner=inner):
            return {"anyOf": [_any(inner, defs), {"type": "null"}]}
        case Many():
            return _array(shape, defs)
        case One(cls=cls):
            return _reference(cls, defs)
        case _:
            return {"oneOf": [_reference(cls, defs, tag) for tag, cls in shape.classes.items()]}


def _reference(cls: type, defs: dict[str, Any], tag: str | None = None) -> dict[str, Any]:
    shape = class_shape(cls)
    name = shape.kind if tag is None else f"{shape.kind}.tagged"
    if name not in defs:
        defs[name] = _object(shape, defs, tag)
    return {"$ref": f"#/$defs/{name}"}


def _array(shape: Many, defs: dict[str, Any]) -> dict[str, Any]:
    each = shape.constraint
    schema: dict[str, Any] = {
        "type": "array",
        "items": _any(shape.inner, defs),
        "minItems": each.minimum,
        "maxItems": each.maximum,
    }
    if each.unique == "" or not shape.ordered:
        schema["uniqueItems"] = True
    elif each.unique is not None:
        schema["$comment"] = f"No two items have the same {each.unique}."
    return schema


def _leaf(shape: Leaf) -> dict[str, Any]:
    match shape.constraint:
        case Whole(minimum=low, maximum=high):
            return {"type": "integer", "minimum": low, "maximum": high}
        case Finite(minimum=low, maximum=high):
            return {"type": "number", "minimum": low, "maximum": high}
        case Flag():
            return {"type": "boolean"}
        case Member(vocabulary=vocabulary):
            return {"type": "string", "enum": [member.value for member in vocabulary]}
        case Calendar():
            return {"type": "string", "format": "date", "pattern": _DATE}
        case constraint:
            return _text(constraint)


def _text(constraint: Text) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "string",
        "minLength": 1,
        "maxLength": constraint.maximum,
    }
    if constraint.pattern is not None:
        schema["pattern"] = f"^(?:{constraint.pattern})$"
    else:
        schema["pattern"] = f"^[^{_escaped(HIDDEN.pattern[1:-1])}]*$"
        # It has to show something.
        schema["allOf"] = [{"pattern": "\\S"}]
    return schema


def _escaped(characters: str) -> str:
    return "".join(char if char == "-" else f"\\u{ord(char):04x}" for char in characters)


def _described(cls: type) -> tuple[str, dict[str, str]]:
    """Return what a class's docstring says of the class and of each attribute."""
    text = inspect.getdoc(cls) or ""
    summary = text.partition("\n\n")[0].replace("\n", " ")
    _, _, attributes = text.partition("\nAttributes:\n")
    entries = re.findall(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", attributes.partition("\n\n")[0], re.M)
    return summary, {name: re.sub(r"\s+", " ", words) for name, words in entries}
