"""Compare the library with the naive validator on many cases: `python -m tests.oracle 100000`.

It prints each case on which they differ, and at the end how many cases there were.
"""

from __future__ import annotations

import sys
from collections import Counter

from sciatica_pt.guidance import default_guidance

from .book import Book
from .cases import case
from .compare import verdicts


def main(count: int, start: int = 0) -> int:
    """Compare `count` cases from the seed `start` on; return how many differ."""
    book, refs = Book(), default_guidance().refs
    seen: Counter[tuple[str, str]] = Counter()
    wrong = clean = 0
    for seed in range(start, start + count):
        naive, library = verdicts(book, *case(seed, book, refs))
        seen.update(naive.items())
        clean += "fail" not in naive.values()
        if naive != library:
            wrong += 1
            differ = sorted(set(naive.items()) ^ set(library.items()))
            sys.stdout.write(f"seed {seed}: {differ}\n")
            sys.stdout.flush()
    unseen = [
        f"{code} {verdict}"
        for code in book.rules
        for verdict in ("pass", "fail")
        if not seen[code, verdict]
    ]
    sys.stdout.write(
        f"{count} cases from seed {start}: {wrong} differ; {clean} had nothing wrong\n"
    )
    sys.stdout.write(f"never seen: {', '.join(unseen) or 'nothing'}\n")
    return wrong


if __name__ == "__main__":
    sys.exit(bool(main(*(int(argument) for argument in sys.argv[1:]))))
