"""A value in the words of an error message: short, printable, and never what was given whole."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

__all__ = ["article", "quoted", "shown"]

_SHOWN_CHARACTERS = 40
_SHOWN_MAGNITUDE = 10**20


def quoted(text: str) -> str:
    r"""Return a text, shortened, in quotes and with all escaped that a terminal might obey.

    >>> print(quoted('say "ah"\n'))
    "say \u0022ah\u0022\u000a"
    """
    short = text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 3] + "..."
    return f'"{"".join(map(_escaped, short))}"'


def _escaped(char: str) -> str:
    if " " <= char <= "~" and char not in '"\\':
        return char
    return f"\\u{ord(char):04x}" if char <= "\uffff" else f"\\U{ord(char):08x}"


def _shown_text(value: str) -> str:
    return f"text {quoted(value)}"


def _shown_int(value: int) -> str:
    # Python itself refuses to print a huge integer.
    return f"{value}" if abs(value) < _SHOWN_MAGNITUDE else "an enormous number"


def _shown_bool(value: bool) -> str:
    return "true" if value else "false"


def _shown_items(value: Collection[object]) -> str:
    return f"a list of {len(value)}"


def _shown_set(value: Collection[object]) -> str:
    return f"a set of {len(value)}"


def _shown_object(value: Collection[object]) -> str:
    return "an object" if value else "an empty object"


_SHOWN: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "nothing",
    bool: _shown_bool,
    str: _shown_text,
    int: _shown_int,
    float: repr,
    dict: _shown_object,
    list: _shown_items,
    tuple: _shown_items,
    set: _shown_set,
    frozenset: _shown_set,
}


def shown(value: object) -> str:
    """Return `value` as a short, printable piece of an error message.

    >>> shown("30"), shown(True), shown(None)
    ('text "30"', 'true', 'nothing')
    """
    show = _SHOWN.get(type(value))
    return article(type(value).__name__) if show is None else show(value)


def article(name: str) -> str:
    """Return a name with its indefinite article."""
    return f"{'an' if name[0] in 'AEIOUaeiou' else 'a'} {name}"
