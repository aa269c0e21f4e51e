"""How much a document may ask of the machine that reads it."""

from __future__ import annotations

import attrs

__all__ = ["DEFAULT_LIMITS", "Limits"]


def _positive(value: int) -> int:
    if type(value) is not int or value < 1:
        raise TypeError(f"a limit must be a whole number above 0, not {value!r}")
    return value


def _limit(default: int) -> int:
    # A converter instead of a validator: attrs lets anybody switch validators off.
    field: int = attrs.field(default=default, converter=_positive)
    return field


@attrs.frozen(kw_only=True)
class Limits:
    """Bounds on a document, checked before they can be exceeded.

    The defaults leave room for a program of 104 full weeks.

    Attributes:
        size: bytes of the whole document in UTF-8.
        depth: levels of objects and lists within one another.
        digits: digits of one number, its fraction and exponent counted.
        items: items of one list, or keys of one object.
        total: values of the whole document, counting objects and lists too.
        problems: problems collected before reading stops. However many there are, at most 10,000
            pairs of words are compared to find the nearest keys; after that, none is suggested.

    >>> Limits(size=1000).depth
    64
    """

    size: int = _limit(8 * 1024 * 1024)
    depth: int = _limit(64)
    digits: int = _limit(64)
    items: int = _limit(10_000)
    total: int = _limit(500_000)
    problems: int = _limit(1_000)


#: What `loads` uses unless told otherwise.
DEFAULT_LIMITS = Limits()
