"""Every error this library raises on purpose, as values with typed fields.

All derive from `SciaticaPTError`, survive pickling and copying, and say what was wrong, where,
and what to do about it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any, Self

import attrs

__all__ = [
    "DecodeError",
    "EncodeError",
    "ExtraMissingError",
    "GuidanceError",
    "InvalidValueError",
    "Problem",
    "SciaticaPTError",
    "nearest",
]


def nearest(word: object, known: Iterable[str]) -> str | None:
    """Return the known word most like `word`, or `None` when nothing is close.

    >>> nearest("towl", ["towel", "chair"])
    'towel'
    >>> nearest(3, ["towel"]) is None
    True
    """
    if not isinstance(word, str):
        return None
    # A hint never needs a long word, and comparing one would cost quadratic time.
    close = difflib.get_close_matches(word[:64], sorted(known), n=1)
    return close[0] if close else None


@attrs.frozen(kw_only=True)
class Problem:
    """One thing wrong with one place of a document.

    Attributes:
        path: where, as a JSON path from the document's root `$`.
        expected: what would have been right.
        found: what stood there instead, shortened.
        hint: what to do, for instance the nearest known word; `None` when nothing helps.
    """

    path: str
    expected: str
    found: str
    hint: str | None = None

    def __str__(self) -> str:
        text = f"{self.path}: expected {self.expected}, got {self.found}"
        return f"{text} ({self.hint})" if self.hint else text


def _rebuild(
    cls: type[SciaticaPTError], args: tuple[Any, ...], state: dict[str, Any]
) -> SciaticaPTError:
    error = cls.__new__(cls)
    error.args = args
    error.__dict__.update(state)
    return error


class SciaticaPTError(Exception):
    """The root of every error raised on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        # The default rebuilds from positional `args`; ours take keywords.
        return _rebuild, (type(self), self.args, self.__dict__)


class InvalidValueError(SciaticaPTError, ValueError):
    """A value that a constructor refuses.

    Attributes:
        where: the class and field, such as `Hold.hold_seconds`, with an index where one helps.
        expected: what would have been right, with its unit.
        found: what was given instead, shortened.
        hint: what to do; `None` when nothing helps.
    """

    where: str
    expected: str
    found: str
    hint: str | None

    def __init__(self, *, where: str, expected: str, found: str, hint: str | None = None) -> None:
        text = f"{where}: expected {expected}, got {found}"
        super().__init__(f"{text} ({hint})" if hint else text)
        self.where = where
        self.expected = expected
        self.found = found
        self.hint = hint


class _ProblemsError(SciaticaPTError, ValueError):
    """An error that carries every problem of one document."""

    problems: tuple[Problem, ...]

    def __init__(self, what: str, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        heading = f"{what}: {count} problem{'' if count == 1 else 's'}"
        super().__init__("\n".join([heading, *(f"  {problem}" for problem in self.problems)]))

    @classmethod
    def one(
        cls, what: str, *, path: str, expected: str, found: str, hint: str | None = None
    ) -> Self:
        """Return the error for a single problem."""
        return cls(what, [Problem(path=path, expected=expected, found=found, hint=hint)])

    def as_json(self) -> dict[str, Any]:
        """Return the error as plain values that any JSON library can write.

        >>> error = DecodeError.one("no routine", path="$.phase", expected="a word", found="5")
        >>> error.as_json()["problems"]
        [{'path': '$.phase', 'expected': 'a word', 'found': '5', 'hint': None}]
        """
        return {
            "error": type(self).__name__,
            "message": self.args[0].partition("\n")[0],
            "problems": [attrs.asdict(problem) for problem in self.problems],
        }


class DecodeError(_ProblemsError):
    """A document that can't be read: every problem of it at once, each with its path."""


class EncodeError(_ProblemsError):
    """A value that can't be written, because reading it back would be refused."""


class GuidanceError(_ProblemsError):
    """Guidance that contradicts itself, or a value that names what the guidance doesn't know."""


class ExtraMissingError(SciaticaPTError, ImportError):
    """A feature whose optional dependency is not installed.

    Attributes:
        feature: what was asked for.
        extra: the extra that brings it.
    """

    feature: str
    extra: str

    def __init__(self, *, feature: str, extra: str) -> None:
        super().__init__(
            f"{feature} needs an optional dependency: pip install 'sciatica-pt[{extra}]'"
        )
        self.feature = feature
        self.extra = extra
