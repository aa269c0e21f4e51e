"""Python source in the making: lines, and the names of the objects that they use."""

from __future__ import annotations

import functools
from collections.abc import Callable
from enum import StrEnum
from types import CodeType
from typing import Any, cast

from sciatica_pt.model.constraints import Finite, Text, Whole

__all__ = ["BALKS", "Known", "Source", "Unfit", "members"]

# How many accepted texts each pattern remembers; documents repeat the same few ids.
_REMEMBERED = 4096


class Unfit(Exception):
    """The generated code meets what it does not expect, and leaves it to the reference."""


#: What generated code raises when a value is not as it should be.
BALKS = (Unfit, LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError)


class Source:
    """A function in the making.

    Attributes:
        lines: its lines so far.
        names: the objects that it uses, by the names it has for them.
        nested: whether it is about the items of a list.
    """

    def __init__(self, *, nested: bool = False) -> None:
        self.nested = nested
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

    def number_fits(self, constraint: Whole | Finite, name: str) -> None:
        """Add the check of a number that stands for itself."""
        if isinstance(constraint, Whole):
            bounds = f"{constraint.minimum} <= {name} <= {constraint.maximum}"
            self.balk_if(f"type({name}) is not int or not {bounds}")
        else:
            low, high = self.use(constraint.minimum, "low"), self.use(constraint.maximum, "high")
            bounds = f"{low} <= {name} <= {high}"
            # Only a finite number less itself is zero.
            self.balk_if(f"type({name}) is not float or not {bounds} or {name} - {name} != 0.0")

    def text_fits(self, constraint: Text, name: str) -> None:
        """Add the check of a free text."""
        self.balk_if(f"type({name}) is not str or not 0 < len({name}) <= {constraint.maximum}")
        # Nothing printable is hidden, and only a blank is printable and unseen; a text that is not
        # so plain may still be welcome.
        flaw = self.use(constraint.flaw, "flaw")
        odd = f"not {name}.isprintable() or {name}[0] == ' '"
        self.balk_if(f"({odd}) and {flaw}({name}) is not None")

    def function(self, name: str, title: str) -> Callable[..., Any]:
        """Compile the lines and return the function of that name."""
        code: CodeType = compile("\n".join(self.lines), f"<sciatica_pt.codec {title}>", "exec")
        namespace = dict(self.names)
        exec(code, namespace)
        return cast("Callable[..., Any]", namespace[name])


class Known(dict[str, str]):
    """The texts that a pattern is known to accept, and what stands for each.

    A text that isn't among them yet is tried, and remembered while there is room.
    """

    def __init__(self, constraint: Text, make: Callable[[str], str]) -> None:
        super().__init__()
        self._constraint = constraint
        self._make = make

    def __missing__(self, text: str) -> str:
        if self._constraint.flaw(text) is not None:
            raise Unfit
        made = self._make(text)
        if len(self) < _REMEMBERED:
            self[text] = made
        return made


def members(vocabulary: type[StrEnum]) -> dict[str, StrEnum]:
    """Return the members of a vocabulary by their words."""
    return _members(cast("Any", vocabulary))


@functools.cache
def _members(vocabulary: Any) -> dict[str, StrEnum]:
    return {member.value: member for member in vocabulary}
