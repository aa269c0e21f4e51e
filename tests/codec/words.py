"""Words that match a regular expression, of the few constructs that the model's patterns use."""

from __future__ import annotations

import importlib
from typing import Any

__all__ = ["word"]

_MOST_MORE = 3

# Neither has a public name, nor types.
sre: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")


def word(pattern: str, below: Any) -> str:
    """Return a text that all of a pattern matches, by choices from `below`."""
    return _sequence(parser.parse(pattern), below)


def _sequence(items: Any, below: Any) -> str:
    return "".join(_part(code, argument, below) for code, argument in items)


def _part(code: Any, argument: Any, below: Any) -> str:
    if code is sre.LITERAL:
        return chr(argument)
    if code is sre.IN:
        return chr(_one_of(argument[below(len(argument))], below))
    if code is sre.MAX_REPEAT:
        least, most, inner = argument
        times = least + below(min(most - least, _MOST_MORE) + 1)
        return "".join(_sequence(inner, below) for _ in range(times))
    if code is sre.SUBPATTERN:
        return _sequence(argument[-1], below)
    if code is sre.BRANCH:
        return _sequence(argument[1][below(len(argument[1]))], below)
    raise NotImplementedError(f"make words of patterns with {code}, too")


def _one_of(member: Any, below: Any) -> int:
    code, argument = member
    if code is sre.LITERAL:
        return int(argument)
    if code is sre.RANGE:
        low, high = argument
        return int(low + below(high - low + 1))
    raise NotImplementedError(f"make words of sets with {code}, too")
