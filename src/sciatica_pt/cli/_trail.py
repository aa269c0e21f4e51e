"""The way back: from a statement or a source to everything that rests on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar

import attrs

from sciatica_pt.cli._layout import sentence, wrapped
from sciatica_pt.cli._pages import limit_words, number_name
from sciatica_pt.guidance import Catalog, walk
from sciatica_pt.model.activities import EquipmentNeed, Form, Step
from sciatica_pt.model.doses import DoseRange, Limit
from sciatica_pt.model.evidence import Citation, Dispute, Source, Statement
from sciatica_pt.model.guidelines import Parameter
from sciatica_pt.model.safety import Restriction
from sciatica_pt.model.vocabulary import CitationRole, Phase

__all__ = ["by_id", "source_page", "statement_page"]

_Named = TypeVar("_Named", Dispute, Restriction)


def statement_page(statement: Statement, guidance: Catalog) -> str:
    """Return a statement: its sentence, its source, what cites it and what disputes it."""
    pack = next(pack.id for pack in reversed(guidance.packs) if statement in pack.statements)
    lines = [
        f"{statement.id} ({statement.kind}, in the pack {pack})",
        "",
        *sentence(statement, guidance),
        *wrapped(f"To see the source: sciatica-pt explain {statement.source}"),
    ]
    if statement.reason is not None:
        lines += wrapped(f"Left out: {statement.reason}", "", "  ")
    for dispute in guidance.disputes.get(statement.id, ()):
        lines += ["", *wrapped(f"In dispute: {dispute.text} ({dispute.id})", "", "  ")]
        for citation in dispute.citations:
            known = guidance.statements[citation.statement]
            lines += sentence(known, guidance, mark=f"{citation.role}: ")
    places = sorted(_places(guidance).get(statement.id, ()))
    lines += ["", "Cited by" if places else "Cited by nothing."]
    for place in places:
        lines += wrapped(place, "  - ")
    return "\n".join(lines)


def source_page(source: Source, guidance: Catalog) -> str:
    """Return a source and everything taken from it."""
    year = "" if source.year is None else f", {source.year}"
    lines = [
        f"{source.id} ({source.kind})",
        *wrapped(f"{source.title}. {source.publisher}{year}.", "", "  "),
        *(text for text in (source.url, source.doi) if text is not None),
        *wrapped(source.note or ""),
        "",
        "What it says, in this project's words",
    ]
    for statement in guidance.statements.values():
        if statement.source == source.id:
            seen = "" if statement.verified else " (not verified)"
            lines += wrapped(f"{statement.text}{seen}", f"  {statement.id}  ")
    return "\n".join(lines)


@lru_cache(maxsize=4)
def _places(guidance: Catalog) -> dict[str, set[str]]:
    """Return every place of the guidance that cites a statement, in words, by statement."""
    found: dict[str, set[str]] = {}
    for name, item in _items(guidance):
        inside: dict[str, object] = {}
        for path, value in walk(item):
            inside[path] = value
            if isinstance(value, Citation):
                role = "" if value.role is CitationRole.SUPPORTS else f" ({value.role})"
                note = "" if value.note is None else f". {value.note}"
                place = f"{name}{_where(path, inside)}{role}{note}"
                found.setdefault(value.statement, set()).add(place)
    return found


def _items(guidance: Catalog) -> Iterator[tuple[str, object]]:
    """Yield everything of the guidance that cites, as it is after layering, with its name."""
    indexes: tuple[tuple[str, Mapping[Any, object]], ...] = (
        ("activity", guidance.activities),
        ("dispute", by_id(guidance.disputes)),
        ("goal", guidance.goals),
        ("planner's number", guidance.planning),
        ("ladder", guidance.ladders),
        ("question about", guidance.questions),
        ("restriction", by_id(guidance.restrictions)),
        ("rule", guidance.rules),
        ("text", guidance.texts),
        ("warning sign", guidance.red_flags),
    )
    for label, index in indexes:
        for name, item in index.items():
            yield f"{label} {name}", item
    for pack in guidance.packs:
        # What they change is part of the activity or the rule by now.
        for item in pack.amendments:
            name = f"change to activity {item.activity} by {pack.id} ({item.reason})"
            yield name, attrs.evolve(item, doses=())
        for change in pack.rule_amendments:
            name = f"change to rule {change.code} by {pack.id} ({change.reason})"
            yield name, attrs.evolve(change, parameters=())


def by_id(index: Mapping[str, tuple[_Named, ...]]) -> dict[str, _Named]:
    """Return by their own ids the things that a catalog lists under what they concern."""
    return {item.id: item for items in index.values() for item in items}


def _where(path: str, inside: dict[str, object]) -> str:
    """Return which part of a thing a citation belongs to, in words."""
    words: list[str] = []
    while "." in path:
        path = path.rpartition(".")[0]
        match inside[path]:
            case Limit() as limit:
                words.append(f"{number_name(limit)} {limit_words(limit)}")
            case DoseRange() as doses:
                words.append(", ".join(phase for phase in Phase if phase in doses.phases))
            case Parameter() as number:
                words.append(f"{number.name} {number.value} {number.unit}")
            case Step() as step:
                words.append(f'step "{step.text}"')
            case Form() as form:
                words.append(f"form {form.name}")
            case EquipmentNeed() as need:
                words.append(f"equipment {' or '.join(need.any_of)}")
            case _:
                pass
    return f": {', '.join(words)}" if words else ""
