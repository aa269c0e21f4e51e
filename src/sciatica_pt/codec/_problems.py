"""The list of what is wrong, up to a limit."""

from __future__ import annotations

from collections.abc import Collection

from sciatica_pt.codec._names import at_key, did_you_mean
from sciatica_pt.errors import Problem, nearest

__all__ = ["MISSING", "Missing", "Problems", "TooManyProblems"]


class Missing:
    """The type of `MISSING`."""


# All the words of one document that are compared to find the nearest ones: a document may have a
# thousand problems, and objects of thousands of keys, and each comparison takes microseconds.
_COMPARISONS = 10_000

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
        self._comparisons = _COMPARISONS

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

    def did_you_mean(self, word: object, known: Collection[str]) -> str | None:
        """Return the hint for a word that is not known, or `None` when nothing is close.

        A document with so many wrong words that looking would take long gets no further hints.
        """
        return did_you_mean(word, known) if self._may_compare(known) else None

    def instead_of(self, key: str, path: str, given: Collection[str]) -> str | None:
        """Return the hint for a key that is missing, or `None` when no key given is close to it."""
        near = nearest(key, given) if self._may_compare(given) else None
        # The key given is the document's, so it can be anything, and a path is how to show it.
        return f"instead of {at_key(path, near)}" if near else None

    def _may_compare(self, words: Collection[str]) -> bool:
        if len(words) > self._comparisons:
            return False
        self._comparisons -= len(words)
        return True
