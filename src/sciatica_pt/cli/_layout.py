"""Laying out text: wrapped lines, columns, and citations with the sentences behind them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from sciatica_pt.guidance import Catalog
from sciatica_pt.model.evidence import Citation, Statement
from sciatica_pt.model.vocabulary import CitationRole

__all__ = ["WIDTH", "brackets", "columns", "sentences", "wrapped"]

#: Columns of every text; nothing is asked of the terminal.
WIDTH = 100
_GAP = "  "


def wrapped(text: str, indent: str = "", hanging: str | None = None) -> list[str]:
    """Return a text in lines: the first after `indent`, the others after `hanging`.

    >>> wrapped("a few words", "  - ")
    ['  - a few words']
    """
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=" " * len(indent) if hanging is None else hanging,
        break_on_hyphens=False,
        break_long_words=False,
    )


def columns(rows: Iterable[tuple[str, ...]], indent: str = "") -> list[str]:
    """Return rows in aligned columns, of which the last one is wrapped.

    >>> columns([("a", "one"), ("bcd", "two")])
    ['a    one', 'bcd  two']
    """
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)][:-1]
    lines: list[str] = []
    for row in table:
        cells = [f"{cell:{width}}" for cell, width in zip(row, widths, strict=False)]
        lines.extend(wrapped(row[-1], indent + "".join(cell + _GAP for cell in cells)))
    return lines


def _marked(citation: Citation) -> str:
    if citation.role is CitationRole.SUPPORTS:
        return citation.statement
    return f"{citation.statement} {citation.role}"


def brackets(citations: Iterable[Citation]) -> str:
    """Return citations in brackets, as a plan shows them.

    >>> brackets([Citation(statement="A021"), Citation(statement="E001", role="limits")])
    '[A021, E001 limits]'
    """
    return f"[{', '.join(_marked(citation) for citation in citations)}]"


def sentences(citations: Iterable[Citation], guidance: Catalog) -> Iterator[str]:
    """Yield the lines that give each cited statement once, with its source."""
    shown = {citation.statement: citation for citation in citations}
    disputes = {item.id: item for name in sorted(shown) for item in guidance.disputes.get(name, ())}
    yield from ("", "What it rests on")
    for name in sorted(shown):
        mark = "in dispute: " if guidance.disputes.get(name) else ""
        yield from sentence(guidance.statements[name], guidance, mark=mark)
    if disputes:
        yield from ("", "In dispute")
    for item in disputes.values():
        against = brackets(item.citations)
        yield from wrapped(f"{item.text} {against}", "  - ")


def sentence(statement: Statement, guidance: Catalog, *, mark: str = "") -> Iterator[str]:
    """Yield the lines that give one statement, after a mark, with its source."""
    yield from wrapped(f"{mark}{statement.text}", f"  {statement.id}  ")
    source = guidance.sources[statement.source]
    place = "" if statement.locator is None else f", {statement.locator}"
    seen = "" if statement.verified else " (not verified)"
    blank = " " * (len(statement.id) + 4)
    yield from wrapped(f"- {source.title}, {source.publisher}{place}{seen}", blank, blank + "  ")
