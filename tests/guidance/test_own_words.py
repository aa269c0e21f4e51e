"""The project says everything in its own words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.shingles import DIGITS, PRINTS, RUN, fingerprint, runs, shared, words

ROOT = Path(__file__).parents[2]
FOLDERS = ("src", "docs", "examples", "tests", "tools", "typing_tests", "benchmarks", "fuzz", ".ci")
SKIPPED = {"__pycache__", "_build"}


def _files() -> Iterator[Path]:
    yield from (path for path in ROOT.iterdir() if path.suffix in {".md", ".py", ".toml"})
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and SKIPPED.isdisjoint(path.parts) and path != PRINTS:
                yield path


def _prints() -> frozenset[str]:
    return frozenset(PRINTS.read_text("utf-8").split())


def test_no_text_of_the_project_has_six_words_of_the_article_in_a_row() -> None:
    """Packs, code, docstrings, pages and examples: none repeats a sentence of the source."""
    prints = _prints()
    found = {
        str(path.relative_to(ROOT)): runs_in_both
        for path in _files()
        if (runs_in_both := shared(path.read_text("utf-8"), prints))
    }
    assert not found, "say these in other words"


def test_every_kind_of_text_is_looked_at() -> None:
    """The packs, the pages, the examples and the code are among the files searched."""
    names = {str(path.relative_to(ROOT)) for path in _files()}
    assert {
        "README.md",
        "docs/guidance.md",
        "examples/profiles/README.md",
        "src/sciatica_pt/guidance/data/article.json",
        "src/sciatica_pt/guidance/data/clinical-safety.json",
        "src/sciatica_pt/model/doses.py",
    } <= names


def test_fingerprints_are_those_of_a_whole_article() -> None:
    """The list holds one short fingerprint a line, sorted, and not one of them twice."""
    lines = PRINTS.read_text("utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert len(lines) > 1500
    assert all(len(line) == DIGITS and set(line) <= set("0123456789abcdef") for line in lines)


@pytest.mark.parametrize(
    "written",
    [
        "One two three four five six",
        "one, two THREE-four\n# five: six.",
        '"One two three "\n    "four five six"',
        "zero one two three four five six seven",
    ],
)
def test_a_copied_sentence_is_found_however_it_is_wrapped(written: str) -> None:
    """Case, punctuation, line breaks and comment marks hide nothing."""
    prints = frozenset({fingerprint("one two three four five six")})
    assert shared(written, prints) == ["one two three four five six"]


def test_other_words_are_not_found() -> None:
    """A run with another word in it is another run, and five words are none."""
    prints = frozenset({fingerprint("one two three four five six")})
    assert not shared("one two three four or five six", prints)
    assert list(runs("one two three four five")) == []
    assert len(words("It’s one two three four five.")) == RUN
