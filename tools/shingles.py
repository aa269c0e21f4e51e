"""Keep the source article's sentences out of the project: `python -m tools.shingles ARTICLE.txt`.

The article belongs to its author, so this project says everything in its own words and ships no
copy of it.
What it ships is a fingerprint of each run of six words of the article, and a test that finds none
of them in any text of the project.
The command writes the fingerprints anew from a local copy of the article, should it change.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PRINTS = ROOT / "tests" / "guidance" / "article_shingles.txt"

#: Words in a run: fewer would forbid common turns of phrase, more would let sentences through.
RUN = 6
#: Hexadecimal digits of a fingerprint: enough that no run of ours meets one by chance.
DIGITS = 10

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def words(text: str) -> list[str]:
    r"""Return the words of a text: small letters, without punctuation, marks and line breaks.

    >>> words("It’s *one*\\n# long-ish word.")
    ["it's", 'one', 'long', 'ish', 'word']
    """
    return _WORD.findall(text.replace("\u2019", "'").casefold())


def runs(text: str) -> Iterator[str]:
    """Yield each run of words of a text, at every word a new one."""
    said = words(text)
    for start in range(len(said) - RUN + 1):
        yield " ".join(said[start : start + RUN])


def fingerprint(run: str) -> str:
    """Return the fingerprint of a run of words."""
    return hashlib.sha256(run.encode()).hexdigest()[:DIGITS]


def shared(text: str, prints: frozenset[str]) -> list[str]:
    """Return the runs of a text that have one of the fingerprints."""
    return [run for run in runs(text) if fingerprint(run) in prints]


def main(arguments: list[str]) -> None:
    """Write the fingerprints of the article in the file that is named."""
    if len(arguments) != 1:
        sys.exit("usage: python -m tools.shingles ARTICLE.txt")
    article = Path(arguments[0]).read_text("utf-8")
    prints = sorted({fingerprint(run) for run in runs(article)})
    PRINTS.write_text("\n".join(prints) + "\n", "utf-8")
    print(f"{len(prints)} fingerprints in {PRINTS}")


if __name__ == "__main__":
    main(sys.argv[1:])
