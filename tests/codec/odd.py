"""Classes with every shape that a document may have, also those that the library has no use for."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import attrs

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model.constraints import (
    EMPTY,
    ID,
    Calendar,
    Each,
    Finite,
    Flag,
    Instance,
    Member,
    Optional,
    Text,
    Whole,
    checked,
)

__all__ = ["ODD", "Bare", "Color", "Grumpy", "Leaves", "Odd", "Sign", "Wrapped"]

_COUNT = Whole("things", -3, 3)
_HUGE = Whole("things", -(10**30), 10**30)
_SHARE = Finite("shares", -1.0, 1.0)


class Color(StrEnum):
    """A vocabulary."""

    RED = "red"
    BLUE = "blue"


class Sign(StrEnum):
    """A vocabulary whose words hold what code and JSON have other uses for."""

    QUOTES = """it's "so\""""
    BRACES = "{sign} {{"
    BACKSLASH = "a\\b\\"
    LINE = "a\nb"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Bare:
    """A class without fields."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class Leaves:
    """Values without parts."""

    number: int = attrs.field(validator=_COUNT)
    maybe: int | None = attrs.field(default=None, validator=Optional(_COUNT))
    maybe_huge: int | None = attrs.field(default=None, validator=Optional(_HUGE))
    share: float = attrs.field(default=-0.0, validator=_SHARE)
    maybe_share: float | None = attrs.field(default=None, validator=Optional(_SHARE))
    maybe_flag: bool | None = attrs.field(default=None, validator=Optional(Flag()))
    maybe_day: dt.date | None = attrs.field(default=None, validator=Optional(Calendar()))
    maybe_text: str | None = attrs.field(default=None, validator=Optional(Text(maximum=9)))
    sign: Sign = attrs.field(default=Sign.QUOTES, validator=Member(Sign))
    maybe_sign: Sign | None = attrs.field(default=None, validator=Optional(Member(Sign)))


@attrs.frozen(kw_only=True, field_transformer=checked)
class Grumpy:
    """Refuses some of its values, without naming a field of its own."""

    mood: int = attrs.field(default=0, validator=_COUNT)

    def __attrs_post_init__(self) -> None:
        if self.mood < 0:
            raise InvalidValueError(where="the weather", expected="sun", found="rain")


@attrs.frozen(kw_only=True, field_transformer=checked)
class Wrapped:
    """Has fields with the names of header keys.

    Attributes:
        kind: a word.
    """

    kind: str = attrs.field(validator=ID)
    schema_version: int = attrs.field(default=3, validator=_COUNT)
    leaves: Leaves = attrs.field(default=Leaves(number=1), validator=Instance(Leaves))


@attrs.frozen(kw_only=True, field_transformer=checked)
class Odd:
    """Everything in everything."""

    numbers: tuple[int, ...] = attrs.field(default=(), validator=Each(_HUGE))
    unique: tuple[int, ...] = attrs.field(default=(), validator=Each(_COUNT, unique=""))
    shares: frozenset[float] = attrs.field(default=EMPTY, validator=Each(_SHARE))
    counts: frozenset[int] = attrs.field(default=EMPTY, validator=Each(_COUNT))
    colors: frozenset[Color] = attrs.field(default=EMPTY, validator=Each(Member(Color)))
    days: frozenset[dt.date] = attrs.field(default=EMPTY, validator=Each(Calendar()))
    words: tuple[str, ...] = attrs.field(default=(), validator=Each(ID, unique=""))
    texts: frozenset[str] = attrs.field(default=EMPTY, validator=Each(Text()))
    flags: tuple[bool, ...] = attrs.field(default=(), validator=Each(Flag()))
    rows: tuple[tuple[int, ...], ...] = attrs.field(default=(), validator=Each(Each(_COUNT)))
    groups: frozenset[tuple[int, ...]] = attrs.field(default=EMPTY, validator=Each(Each(_COUNT)))
    gaps: tuple[int | None, ...] = attrs.field(default=(), validator=Each(Optional(_COUNT)))
    several: tuple[str, ...] | None = attrs.field(default=None, validator=Optional(Each(ID)))
    parts: frozenset[Grumpy] = attrs.field(default=EMPTY, validator=Each(Instance(Grumpy)))
    any_of: frozenset[Grumpy | Bare] = attrs.field(
        default=EMPTY, validator=Each(Instance((Grumpy, Bare)))
    )
    either: Grumpy | Bare | None = attrs.field(
        default=None, validator=Optional(Instance((Grumpy, Bare)))
    )
    one: Wrapped = attrs.field(default=Wrapped(kind="a"), validator=Instance(Wrapped))
    maybe: Leaves | None = attrs.field(default=None, validator=Optional(Instance(Leaves)))
    none: Bare = attrs.field(default=Bare(), validator=Instance(Bare))


#: All of them.
ODD: tuple[type[object], ...] = (Bare, Leaves, Grumpy, Wrapped, Odd)
