"""Whether a text repeats a key, told from the numbers of its colons.

A fast parser keeps one of two members with the same key and doesn't say so.
But every member has a colon after its key in the text, and every key that was kept was counted,
so a text that has no more such colons than counted keys repeats none.
"""

from __future__ import annotations

import re

__all__ = ["each_key_once"]

_STRING_AND_COLON = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"[ \t\n\r]*(:?)', re.DOTALL)


def each_key_once(raw: bytes, keys: int) -> bool:
    """Return whether a valid JSON text of which `keys` members were kept repeats no key."""
    if raw.count(b":") == keys:
        return True
    # Without its blanks, the colon after a key follows a quote. Texts can hold such a pair as
    # well, so this may count too many but never too few.
    if raw.translate(None, b" \t\n\r").count(b'":') == keys:
        return True
    return sum(map(bool, _STRING_AND_COLON.findall(raw))) == keys
