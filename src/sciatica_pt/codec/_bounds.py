"""How large a class's documents can be, so that limits they can't exceed cost nothing."""

from __future__ import annotations

import functools
from typing import Any, cast

import attrs

from sciatica_pt.codec._limits import Limits
from sciatica_pt.codec._shapes import (
    HEADER,
    ClassShape,
    Leaf,
    Many,
    Maybe,
    One,
    Shape,
    class_shape,
)
from sciatica_pt.model.constraints import Finite, Whole

__all__ = ["within_limits"]


@attrs.frozen
class _Bounds:
    """The most that an accepted value can have.

    Attributes:
        depth: levels of lists and objects.
        items: items of one list or keys of one object.
        digits: digits of one whole number.
        fractions: whether there are numbers of any number of digits.
    """

    depth: int = 0
    items: int = 0
    digits: int = 0
    fractions: bool = False

    def over(self, items: int) -> _Bounds:
        """Return the bounds of a list or object of so many of these."""
        return attrs.evolve(self, depth=self.depth + 1, items=max(self.items, items))


def _either(bounds: list[_Bounds]) -> _Bounds:
    return _Bounds(
        max((each.depth for each in bounds), default=0),
        max((each.items for each in bounds), default=0),
        max((each.digits for each in bounds), default=0),
        any(each.fractions for each in bounds),
    )


def _of_class(cls: type, extra: int = 1) -> _Bounds:
    return _cached(cast("Any", cls), extra)


@functools.cache
def _cached(cls: Any, extra: int) -> _Bounds:
    fields = class_shape(cls).fields
    return _either([_of(field.shape) for field in fields]).over(len(fields) + extra)


def _of(shape: Shape) -> _Bounds:
    match shape:
        case Leaf(constraint=Whole(minimum=low, maximum=high)):
            return _Bounds(digits=max(len(str(abs(low))), len(str(abs(high)))))
        case Leaf(constraint=constraint):
            return _Bounds(fractions=isinstance(constraint, Finite))
        case Maybe(inner=inner):
            return _of(inner)
        case Many(inner=inner, constraint=each):
            return _of(inner).over(each.maximum)
        case One(cls=cls):
            return _of_class(cls)
        case _:
            return _either([_of_class(cls) for cls in shape.classes.values()])


def within_limits(raw: bytes, shape: ClassShape, limits: Limits) -> bool:
    """Return whether a text that is a right document of a class can't exceed the limits."""
    bounds = _of_class(shape.cls, len(HEADER))
    size = len(raw)
    return (
        size <= limits.size
        and bounds.depth + shape.wrapped <= limits.depth
        and bounds.items <= limits.items
        and bounds.digits <= limits.digits
        # Two values have at least a comma between them, or a bracket.
        and (size < 2 * limits.total or _most_values(raw) <= limits.total)
        and not (bounds.fractions and _has_long_number(raw, limits.digits))
    )


def _most_values(raw: bytes) -> int:
    return 1 + raw.count(b",") + raw.count(b"[") + raw.count(b"{")


# Searching one byte that stands for all that numbers are made of takes a tenth of what a regular
# expression for them takes.
_IN_NUMBERS = bytes(b"0"[0] if byte in b"0123456789.eE+-" else b" "[0] for byte in range(256))


def _has_long_number(raw: bytes, digits: int) -> bool:
    # No allocation of a limit beyond reason.
    return len(raw) > digits and b"0" * (digits + 1) in raw.translate(_IN_NUMBERS)
