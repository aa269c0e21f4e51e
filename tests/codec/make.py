"""Values of every class that can be a document, made from fields and constraints alone.

The choices come from a function, so that hypothesis can make them (and shrink them) as well as a
seeded random generator can (and faster).
"""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
import random
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import sciatica_pt
from sciatica_pt.codec._shapes import (
    REQUIRED,
    ClassShape,
    Leaf,
    Many,
    Maybe,
    One,
    OneOf,
    Shape,
    class_shape,
    has_shape,
)
from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model.constraints import CODE, ID, KEY, Calendar, Finite, Flag, Member, Text, Whole
from sciatica_pt.model.doses import PARAMETERS, DoseRange, Limit
from sciatica_pt.model.routine import Prescription, Session
from sciatica_pt.model.vocabulary import DoseKind, DoseParameter

from .words import word

__all__ = ["DOCUMENTS", "Below", "Maker", "seeded"]

#: Given a number, returns one from 0 to just below it.
Below = Callable[[int], int]

_TEXTS = (
    "A",
    "two words",
    " a blank in front",
    "line\nbreak",
    'a "quoted" back\\slash /',
    "10–15 × 3, don’t",
    "à la française : oui",
    "背中をまっすぐに",
    "\U0001f9d8 family \U0001f468‍\U0001f469",
    "no\u00a0break",
    '":,{}[] null NaN -0 1e5',
    "0",
    "\\u0041",
    "é",
)
_DAYS = ("2024-02-29", "1999-12-31", "0001-01-01", "9999-12-31")
_WORDS: dict[str, tuple[str, ...]] = {
    str(ID.pattern): ("bridge", "a", "0", "cold-pack", "a-1-b2", "towel"),
    str(KEY.pattern): ("A021", "1.0", "2.0.1-rc", "x"),
    str(CODE.pattern): ("SPT101", "AB0001", "MYRULES999"),
    r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*": ("en", "pt-BR", "zh-Hant-TW"),
    r"https?://[!-~]+": ("https://example.org/a?b=c:d#e", 'http://x/"\\'),
    r"10\.[0-9]{4,9}/[!-~]+": ("10.1000/182", '10.1002/(SICI)"\\'),
}
_ATTEMPTS = 200
_T = TypeVar("_T")


def _documents() -> tuple[type, ...]:
    """Return every public class of the library that can be a document, by name."""
    found: set[type] = set()
    for module in pkgutil.walk_packages(sciatica_pt.__path__, "sciatica_pt."):
        if module.name.startswith("sciatica_pt.testing") or module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        public = (getattr(loaded, name) for name in getattr(loaded, "__all__", ()))
        found.update(item for item in public if has_shape(item))
    return tuple(sorted(found, key=lambda cls: cls.__name__))


DOCUMENTS = _documents()


def seeded(seed: int) -> Maker:
    """Return a maker with a random generator of its own."""
    return Maker(random.Random(seed).randrange)


class Maker:
    """Makes values."""

    def __init__(self, below: Below) -> None:
        self.below = below

    def pick(self, items: Sequence[_T]) -> _T:
        """Return one of the items."""
        return items[self.below(len(items))]

    def value(self, cls: type) -> Any:
        """Return a value of a class."""
        shape = class_shape(cls)
        refusals: list[InvalidValueError] = []
        while len(refusals) < _ATTEMPTS:
            try:
                return cls(**self._arguments(shape))
            except InvalidValueError as error:
                refusals.append(error)
        raise AssertionError(
            f"{_ATTEMPTS} attempts made no {cls.__name__}: arrange its fields in `_ARRANGED`; "
            f"the last was refused with: {refusals[-1]}"
        )

    def _arguments(self, shape: ClassShape) -> dict[str, Any]:
        arguments = {
            field.name: self.of(field.shape)
            for field in shape.fields
            # A default is left to the class now and then.
            if field.default is REQUIRED or self.below(4)
        }
        arrange = _ARRANGED.get(shape.cls.__name__)
        if arrange is not None:
            arrange(self, arguments)
        return arguments

    def of(self, shape: Shape) -> Any:
        """Return a value of a shape."""
        match shape:
            case Leaf():
                return self._leaf(shape)
            case Maybe(inner=inner):
                return self.of(inner) if self.below(2) else None
            case One(cls=cls):
                return self.value(cls)
            case OneOf(classes=classes):
                return self.value(self.pick(list(classes.values())))
            case Many():
                return self._many(shape)

    def _many(self, shape: Many) -> Any:
        each = shape.constraint
        wanted = each.minimum + self.below(3)
        items: dict[Any, Any] = {}
        for index in range(wanted):
            item = self.of(shape.inner)
            unique = "" if not shape.ordered else each.unique
            key = index if unique is None else getattr(item, unique) if unique else item
            items.setdefault(key, item)
        # Too few is refused by the constructor, and tried again.
        made = list(items.values())[: each.maximum]
        return tuple(made) if shape.ordered else frozenset(made)

    def _leaf(self, shape: Leaf) -> Any:
        match shape.constraint:
            case Whole(minimum=low, maximum=high):
                return self.pick([low, high, low + self.below(min(high - low, 9) + 1)])
            case Finite(minimum=low, maximum=high):
                some = [low, high, 1.0, 0.1, 1e-7, 1 / 3, 5e-324, 12.5]
                return self.pick([number for number in some if low <= number <= high])
            case Flag():
                return bool(self.below(2))
            case Member(vocabulary=vocabulary):
                return self.pick(list(vocabulary))
            case Calendar():
                return dt.date.fromisoformat(self.pick(_DAYS))
            case Text() as constraint:
                return self._text(constraint)

    def _text(self, constraint: Text) -> str:
        if constraint.pattern is None:
            return self.pick(_TEXTS)[: constraint.maximum]
        known = _WORDS.get(constraint.pattern)
        # The words of a pattern that nobody has thought of here are made from it.
        return self.pick(known) if known else word(constraint.pattern, self.below)


# --- Classes that compare their fields: what they want is arranged, not waited for.


def _limit(maker: Maker, arguments: dict[str, Any]) -> None:
    low = 60 if arguments["parameter"] is DoseParameter.EVERY_SECONDS else 1
    arguments["minimum"] = low + maker.below(3)
    arguments["maximum"] = arguments["minimum"] + maker.below(3)
    arguments["start"] = maker.pick([None, arguments["minimum"], arguments["maximum"]])


def _dose_range(maker: Maker, arguments: dict[str, Any]) -> None:
    allowed = [*PARAMETERS[arguments["kind"]], DoseParameter.SETUP_SECONDS]
    limits = (maker.value(Limit) for _ in range(3))
    by_name = {limit.parameter: limit for limit in limits if limit.parameter in allowed}
    arguments["limits"] = tuple(by_name.values())


def _dosed(kind: DoseKind) -> Callable[[Maker, dict[str, Any]], None]:
    def arrange(maker: Maker, arguments: dict[str, Any]) -> None:
        wanted = [maker.value(DoseRange) for _ in range(maker.below(4))]
        arguments["doses"] = tuple([item for item in wanted if item.kind is kind][:1])

    return arrange


def _profile(maker: Maker, arguments: dict[str, Any]) -> None:
    for name in ("ruled_out", "not_provoked_by", "dislikes"):
        arguments.pop(name, None) if maker.below(2) else None


def _session(maker: Maker, arguments: dict[str, Any]) -> None:
    prescriptions = [maker.value(Prescription) for _ in range(2 + maker.below(2))]
    arguments["prescriptions"] = tuple(
        item for item in prescriptions if type(item.dose).__name__ != "Recurring"
    )


def _routine(maker: Maker, arguments: dict[str, Any]) -> None:
    sessions = {}
    for _ in range(maker.below(4)):
        session: Session = maker.value(Session)
        sessions[(session.day.order, session.time_of_day.order)] = session
    arguments["sessions"] = tuple(session for _, session in sorted(sessions.items()))
    habits = [maker.value(Prescription) for _ in range(maker.below(4))]
    arguments["habits"] = tuple(
        [item for item in habits if type(item.dose).__name__ == "Recurring"][:1]
    )


def _plan(maker: Maker, arguments: dict[str, Any]) -> None:
    # No better than what is proven, and as good as it: the objective, or not a word.
    arguments["bound"] = maker.pick([(), arguments["objective"]])


_ARRANGED: dict[str, Callable[[Maker, dict[str, Any]], None]] = {
    "Limit": _limit,
    "DoseRange": _dose_range,
    "Exercise": _dosed(DoseKind.HOLD),
    "Modality": _dosed(DoseKind.APPLICATION),
    "ManualTherapy": _dosed(DoseKind.APPLICATION),
    "Habit": _dosed(DoseKind.RECURRING),
    "Profile": _profile,
    "Session": _session,
    "Routine": _routine,
    "Plan": _plan,
}
