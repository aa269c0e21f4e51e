"""Documents written the slow and obvious way, from attrs and annotations alone."""

from __future__ import annotations

import datetime as dt
import json
import re
import types
import typing
from enum import Enum
from typing import Any

import attrs

__all__ = ["document_of"]


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _is_union(hint: Any) -> bool:
    classes = [arg for arg in typing.get_args(hint) if arg is not type(None)]
    united = typing.get_origin(hint) in (types.UnionType, typing.Union)
    return united and len(classes) > 1


def _plain(value: Any, hint: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        # There is one zero.
        return 0.0 if value == 0 else value
    if isinstance(value, dt.date):
        return f"{value.year:04}-{value.month:02}-{value.day:02}"
    if isinstance(value, tuple | frozenset):
        items = [_plain(item, typing.get_args(hint)[0]) for item in value]
        return sorted(items, key=_sort_key) if isinstance(value, frozenset) else items
    if attrs.has(type(value)):
        tag = {"type": _kebab(type(value).__name__)} if _is_union(hint) else {}
        return {**tag, **_fields(value)}
    return value


def _sort_key(item: Any) -> Any:
    return item if isinstance(item, str | int | float) else json.dumps(item, ensure_ascii=False)


def _fields(value: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(type(value))
    names = [field.name for field in attrs.fields(type(value))]
    return {name: _plain(getattr(value, name), _present(hints[name])) for name in names}


def _present(hint: Any) -> Any:
    """Return an annotation without its None, unless it's a union all the same."""
    classes = [arg for arg in typing.get_args(hint) if arg is not type(None)]
    optional = typing.get_origin(hint) in (types.UnionType, typing.Union) and len(classes) == 1
    return classes[0] if optional else hint


def document_of(value: Any) -> str:
    """Return the document of a value, on one line."""
    header = {"kind": _kebab(type(value).__name__), "schema_version": 1}
    fields = _fields(value)
    document = {**header, "body": fields} if header.keys() & fields else {**header, **fields}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
