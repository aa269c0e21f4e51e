"""Names on the wire: kinds, tags and paths."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sciatica_pt.errors import nearest
from sciatica_pt.model.constraints import quoted

__all__ = ["at_index", "at_key", "did_you_mean", "kind_of"]

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")


def kind_of(cls: type) -> str:
    """Return the kind of a class's documents: the class's name in kebab case.

    >>> from sciatica_pt.model.log import SessionLog
    >>> kind_of(SessionLog)
    'session-log'
    """
    return _HUMP.sub("-", cls.__name__).lower()


def at_key(path: str, key: str) -> str:
    """Return the JSON path of an object's member.

    >>> at_key("$.dose", "sets"), at_key("$", "two words")
    ('$.dose.sets', '$["two words"]')
    """
    if _PLAIN_KEY.fullmatch(key):
        return f"{path}.{key}"
    return f"{path}[{quoted(key)}]"


def at_index(path: str, index: int) -> str:
    """Return the JSON path of a list's item."""
    return f"{path}[{index}]"


def did_you_mean(word: object, known: Iterable[str]) -> str | None:
    """Return the hint for a word that is not known, or `None` when nothing is close."""
    near = nearest(word, known)
    return f'did you mean "{near}"?' if near else None
