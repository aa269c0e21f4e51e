"""The strict reader: JSON text to plain values, with the place of everything that is wrong.

It is iterative, so that no text can exhaust the stack, counts as it goes, so that no text can
exhaust the memory, and says the same on every Python version.
Fast readers are asked first; this one is the judge whenever they balk.
"""

from __future__ import annotations

import json
import re
from typing import Any

from sciatica_pt.codec._limits import Limits
from sciatica_pt.codec._names import at_index, at_key
from sciatica_pt.codec._problems import Problems
from sciatica_pt.model.constraints import shown

__all__ = ["Unreadable", "decoded", "read"]

_BLANKS = frozenset(" \t\n\r")
_BLANK = re.compile(r"[ \t\n\r]*")
# Possessive: the engine would remember each escape to come back to, which takes 50 times the text.
_STRING = re.compile(r'"([^"\\\x00-\x1f]*+(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*+)*+)"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None}
_WORD = re.compile(r"-?[A-Za-z]{1,20}")
# What a text may end with that ends too early: a part of a text, of a word or of a number.
_CUT_STRING = re.compile(r'"[^"\\\x00-\x1f]*+(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*+)*+\\?\Z')
_CUT_WORD = re.compile(r"(?:-|t(?:ru?)?|f(?:a(?:ls?)?)?|n(?:ul?)?)\Z")
_CUT_NUMBER = re.compile(r"(?<=[0-9])(?:\.|[eE][+-]?)\Z")
_TOO_EARLY = "the text ends too early"
_BOM = "\ufeff"


class Unreadable(Exception):
    """The text ends here as far as reading goes; the problem has been recorded."""


def decoded(text: str | bytes, limits: Limits, problems: Problems) -> str:
    """Return the text of a document, as bytes or not, within the limit on its size.

    Raises:
        Unreadable: it is none.
    """
    # A character is never less than a byte, so nothing is copied before the size is known.
    if len(text) > limits.size:
        raise _refusal(problems, f"at most {limits.size} bytes", "more")
    if isinstance(text, str):
        try:
            raw = text.encode()
        except UnicodeEncodeError as error:
            found = f"half a surrogate pair at character {error.start}"
            raise _refusal(problems, "Unicode text", found) from None
        if len(raw) > limits.size:
            raise _refusal(problems, f"at most {limits.size} bytes", "more")
    else:
        try:
            text = text.decode()
        except UnicodeDecodeError as error:
            raise _misencoded(error, problems) from None
    if text.startswith(_BOM):
        raise _refusal(problems, "UTF-8 without a byte order mark", "a byte order mark")
    return text


def _refusal(
    problems: Problems, expected: str, found: str, path: str = "$", hint: str | None = None
) -> Unreadable:
    problems.add(path, expected, found, hint)
    return Unreadable(expected)


def _misencoded(error: UnicodeDecodeError, problems: Problems) -> Unreadable:
    if error.reason == "unexpected end of data":
        before = error.object[: error.start].decode()
        found = f"the end of the text in {_place(before, len(before))}"
        hint = f"{_TOO_EARLY}, within a character"
        return _refusal(problems, "the rest of a character", found, hint=hint)
    found = f"the byte 0x{error.object[error.start]:02x} at byte {error.start}"
    return _refusal(problems, "UTF-8", found)


def _place(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    return f"line {line}, column {column}"


def read(text: str, limits: Limits, problems: Problems) -> Any:
    """Return the plain value that a JSON text stands for.

    Repeated keys, numbers that are none and numbers of too many digits are recorded, with
    `MISSING` in their place, and reading goes on.

    Raises:
        Unreadable: reading can't go on; why has been recorded.
    """
    return _Reader(text, limits, problems).document()


class _Reader:
    """One reading of one text."""

    def __init__(self, text: str, limits: Limits, problems: Problems) -> None:
        self.text = text
        self.limits = limits
        self.problems = problems
        self.at: int = 0
        self.total = 0
        # The open lists and objects, outermost first, where each begins, and where in it we are.
        self.open: list[list[Any] | dict[str, Any]] = []
        self.begun: list[int] = []
        self.keys: list[str] = []

    # --- Where we are

    def path(self) -> str:
        """The path of the value being read."""
        path = "$"
        keys = iter(self.keys)
        for container in self.open:
            if isinstance(container, list):
                path = at_index(path, len(container))
            else:
                key = next(keys, None)
                path = path if key is None else at_key(path, key)
        return path

    def refusal(self, expected: str, found: str, hint: str | None = None) -> Unreadable:
        """Record why reading ends, and return the exception to end it with."""
        return _refusal(self.problems, expected, found, self.path(), hint)

    def misread(self, expected: str, cut: re.Pattern[str] | None = None) -> Unreadable:
        """Record a break of JSON's grammar.

        Args:
            expected: what would have been right.
            cut: what a text that ends too early may end with here.
        """
        char = self.text[self.at : self.at + 1]
        if char and (cut is None or not cut.match(self.text, self.at)):
            return self.refusal(expected, f"{shown(char)} in {_place(self.text, self.at)}")
        found = f"the end of the text in {_place(self.text, len(self.text))}"
        return self.refusal(expected, found, self.cut_short(within_text=char == '"'))

    def cut_short(self, *, within_text: bool) -> str:
        """Say that the text ends too early, and what is open there."""
        opened = [
            ("a list" if isinstance(container, list) else "an object", at)
            for container, at in zip(self.open, self.begun, strict=True)
        ]
        if within_text:
            opened.append(("a text", self.at))
        if not opened:
            return _TOO_EARLY
        what, at = opened[-1]
        within = f"{_TOO_EARLY}, within {what} that begins in {_place(self.text, at)}"
        return within if len(opened) == 1 else f"{within}, on level {len(opened)}"

    def skip(self) -> str:
        """Skip blanks, and return the next character, or nothing at the end."""
        char = self.text[self.at : self.at + 1]
        if char in _BLANKS:
            # The pattern would find the same, more slowly: most places have no blank.
            blank = _BLANK.match(self.text, self.at)
            assert blank is not None
            self.at = blank.end()
            char = self.text[self.at : self.at + 1]
        return char

    # --- What is there

    def document(self) -> Any:
        """Read everything."""
        value = self.value()
        while self.open:
            value = self.member(value)
        if self.skip():
            raise self.misread("the end of the document")
        return value

    def member(self, value: Any) -> Any:
        """Put a value where it belongs, and return the next one that is complete."""
        container = self.open[-1]
        closing = "]" if isinstance(container, list) else "}"
        if isinstance(container, list):
            container.append(value)
        else:
            container[self.keys.pop()] = value
        char = self.skip()
        if char == closing:
            self.at += 1
            self.begun.pop()
            return self.open.pop()
        if char != ",":
            raise self.misread(f'a comma or "{closing}"', _CUT_NUMBER)
        if len(container) >= self.limits.items:
            what = "items" if closing == "]" else "keys"
            raise self.refusal(f"at most {self.limits.items} {what}", "more")
        self.at += 1
        self.skip()
        if isinstance(container, dict):
            self.key(container)
        return self.value()

    def value(self) -> Any:
        """Read the next value that is complete: a scalar, or an empty list or object."""
        while True:
            self.total += 1
            if self.total > self.limits.total:
                raise self.refusal(f"at most {self.limits.total} values in all", "more")
            char = self.skip()
            if char not in ("[", "{"):
                return self.scalar(char)
            if len(self.open) >= self.limits.depth:
                raise self.refusal(f"at most {self.limits.depth} levels", "more")
            begun = self.at
            self.at += 1
            container: list[Any] | dict[str, Any] = [] if char == "[" else {}
            if self.skip() == ("]" if char == "[" else "}"):
                self.at += 1
                return container
            self.open.append(container)
            self.begun.append(begun)
            if isinstance(container, dict):
                self.key(container)

    def key(self, container: dict[str, Any]) -> None:
        """Read a key and its colon."""
        key = self.string("a key in double quotes")
        self.keys.append(key)
        if key in container:
            self.problems.add(self.path(), "each key once", "the key again")
        if self.skip() != ":":
            raise self.misread("a colon")
        self.at += 1

    def scalar(self, char: str) -> Any:
        """Read a text, a number, true, false or null."""
        if char == '"':
            return self.string("a text in double quotes, with escapes that JSON knows")
        number = _NUMBER.match(self.text, self.at)
        if number is not None:
            self.at = number.end()
            return self.number(number)
        word = _WORD.match(self.text, self.at)
        if word is not None and word[0] in _WORDS:
            self.at = word.end()
            return _WORDS[word[0]]
        if word is not None and word[0] in ("NaN", "Infinity", "-Infinity"):
            self.at = word.end()
            return self.problems.add(self.path(), "a value that JSON has", word[0])
        raise self.misread("a JSON value", _CUT_WORD)

    def string(self, expected: str) -> str:
        """Read a string and return what it stands for."""
        match = _STRING.match(self.text, self.at)
        if match is None:
            raise self.misread(expected, _CUT_STRING)
        text = match[1]
        if "\\" in text:
            try:
                text = json.loads(match[0])
            except ValueError:
                # One of its escapes is none.
                raise self.misread(expected) from None
        self.at = match.end()
        return text

    def number(self, match: re.Match[str]) -> Any:
        """Return what a JSON number stands for."""
        token = match[0]
        digits = sum(map(str.isdecimal, token)) if len(token) > self.limits.digits else 0
        if digits > self.limits.digits:
            return self.problems.add(
                self.path(), f"a number of at most {self.limits.digits} digits", f"{digits} digits"
            )
        if match[1] is None and match[2] is None:
            try:
                return int(token)
            except ValueError:
                # Python has a limit of its own, for a caller who raised ours above it.
                return self.problems.add(
                    self.path(), "a number that Python converts", f"{len(token)} digits"
                )
        return float(token)
