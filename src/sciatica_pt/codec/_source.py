"""Python source in the making: lines, and the names of the objects that they use."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from enum import StrEnum
from types import CodeType
from typing import Any, cast

from sciatica_pt.model.constraints import Finite, Flag, Text, Whole

__all__ = ["BALKS", "Source", "Unfit", "members", "text_fits"]

# How many accepted ids each pattern remembers; documents repeat the same few.
_REMEMBERED = 4096


class Unfit(Exception):
    """The generated code meets what it does not expect, and leaves it to the reference."""


#: What generated code raises when a value is not as it should be.
BALKS = (Unfit, LookupError, TypeError, ValueError, AttributeError, RecursionError)


class Source:
    """A function in the making.

    Attributes:
        lines: its lines so far.
        names: the objects that it uses, by the names it has for them.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.names: dict[str, Any] = {"Unfit": Unfit}
        self._level = 0
        self._used = 0

    def line(self, text: str) -> None:
        """Add a line."""
        self.lines.append("    " * self._level + text)

    def balk_if(self, condition: str) -> None:
        """Add a check."""
        self.line(f"if {condition}:")
        self.lines.append("    " * (self._level + 1) + "raise Unfit")

    def indent(self) -> None:
        """Let the following lines stand one level deeper."""
        self._level += 1

    def dedent(self) -> None:
        """Let the following lines stand one level higher."""
        self._level -= 1

    def use(self, value: object, hint: str) -> str:
        """Return the name under which the code may use a value."""
        for name, known in self.names.items():
            if known is value:
                return name
        name = self.fresh(hint)
        self.names[name] = value
        return name

    def fresh(self, hint: str) -> str:
        """Return a name that nothing else has."""
        self._used += 1
        return f"{hint}_{self._used}"

    def fits(self, constraint: Whole | Finite | Flag | Text, name: str) -> None:
        """Add the check of a value that stands for itself."""
        match constraint:
            case Whole(minimum=low, maximum=high):
                self.balk_if(f"type({name}) is not int or not {low} <= {name} <= {high}")
            case Finite(minimum=low, maximum=high):
                bounds = f"{self.use(low, 'low')} <= {name} <= {self.use(high, 'high')}"
                # Only a finite number less itself is zero.
                self.balk_if(f"type({name}) is not float or not {bounds} or {name} - {name} != 0.0")
            case Flag():
                self.balk_if(f"{name} is not True and {name} is not False")
            case Text(maximum=longest, pattern=pattern):
                fits = self.use(text_fits(constraint), "fits")
                self.balk_if(f"type({name}) is not str or not 0 < len({name}) <= {longest}")
                # Nothing printable is hidden, and only a blank is printable and unseen; a text
                # that is not so plain may still be welcome.
                odd = f"(not {name}.isprintable() or {name}[0] == ' ') and "
                self.balk_if(f"{odd if pattern is None else ''}not {fits}({name})")

    def function(self, name: str, title: str) -> Callable[..., Any]:
        """Compile the lines and return the function of that name."""
        code: CodeType = compile("\n".join(self.lines), f"<sciatica_pt.codec {title}>", "exec")
        namespace = dict(self.names)
        exec(code, namespace)
        return cast("Callable[..., Any]", namespace[name])


@functools.cache
def text_fits(constraint: Text) -> Callable[[str], bool]:
    """Return whether a text fits, as a function that knows the short ones again.

    It wants a `str` of no more characters than the constraint allows.
    """
    if constraint.pattern is None:
        return lambda text: constraint.flaw(text) is None
    pattern = re.compile(constraint.pattern)

    @functools.lru_cache(_REMEMBERED)
    def fits(text: str) -> bool:
        return pattern.fullmatch(text) is not None

    return fits


def members(vocabulary: type[StrEnum]) -> dict[str, StrEnum]:
    """Return the members of a vocabulary by their words."""
    return _members(cast("Any", vocabulary))


@functools.cache
def _members(vocabulary: Any) -> dict[str, StrEnum]:
    return {member.value: member for member in vocabulary}
