"""The list of what is wrong, up to a limit."""

from __future__ import annotations

from sciatica_pt.errors import Problem

__all__ = ["MISSING", "Missing", "Problems", "TooManyProblems"]


class Missing:
    """The type of `MISSING`."""


#: Stands where no value could be made; its problem has been recorded already.
MISSING = Missing()


class TooManyProblems(Exception):
    """The list is full; whoever collects reports what is in it."""


class Problems:
    """A list of problems that stops its user once it is full.

    Attributes:
        items: the problems so far.
    """

    def __init__(self, limit: int) -> None:
        self.items: list[Problem] = []
        self._limit = limit

    def add(self, path: str, expected: str, found: str, hint: str | None = None) -> Missing:
        """Record one problem, and return the value that stands for the one it is about."""
        if len(self.items) >= self._limit:
            self.items.append(
                Problem(
                    path="$",
                    expected=f"at most {self._limit} problems",
                    found="more",
                    hint="the rest is not listed",
                )
            )
            raise TooManyProblems
        self.items.append(Problem(path=path, expected=expected, found=found, hint=hint))
        return MISSING
