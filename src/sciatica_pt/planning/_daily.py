"""What a day holds beside its minutes: several amounts in one whole number.

Each amount has bits of its own, the highest of which is never used.
When more of something is taken away than there is, that bit is set in what remains; so one
subtraction compares all amounts at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["MOST_AMOUNT", "MOST_AMOUNTS", "OVER", "all_hold", "holds", "together"]

_BITS = 64
#: So many amounts fit into one number, each no more than this.
MOST_AMOUNTS, MOST_AMOUNT = 16, 1 << 48
#: The bits that say that too much of something was taken.
OVER = sum(1 << (_BITS * (place + 1) - 1) for place in range(MOST_AMOUNTS))


def together(amounts: Iterable[int]) -> int:
    """Return amounts as one number; such numbers add up amount by amount.

    Args:
        amounts: so many that a number holds, each so small that sums of them are as well.
    """
    return sum([amount << (_BITS * place) for place, amount in enumerate(amounts)])


def holds(left: int, size: int) -> bool:
    """Return whether there is as much of everything left as something takes."""
    return not (left - size) & OVER


def all_hold(lefts: Sequence[int], sizes: Sequence[int]) -> bool:
    """Return whether each holds its counterpart."""
    return all(map(holds, lefts, sizes))
