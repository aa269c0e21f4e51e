"""Every number that a rule weighs with: `python -m tests.rules.numbers` writes `numbers.txt`.

The file is committed, so that a number that changes in a pack shows in review; a test compares
the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sciatica_pt.model import Limit
from sciatica_pt.model.vocabulary import Phase

from .build import GUIDANCE

__all__ = ["PAGE", "text"]

PAGE = Path(__file__).parent / "numbers.txt"


def _span(limit: Limit) -> str:
    start = "" if limit.start is None else f" from {limit.start}"
    return f"{limit.parameter} {limit.minimum}-{limit.maximum}{start}"


def _rules() -> Iterator[str]:
    for rule in GUIDANCE.rules.values():
        words = [
            *(f"{number.name} {number.value}" for number in rule.parameters),
            *sorted(rule.techniques),
            *sorted(rule.phases),
            *rule.stages,
            *sorted(rule.dose_parameters),
        ]
        yield f"{rule.code} {rule.severity} {rule.check}: {', '.join(words) or 'everything'}"


def _doses() -> Iterator[str]:
    for name in sorted(GUIDANCE.activities):
        for phase in Phase:
            offer = GUIDANCE.range(name, phase)
            if offer is None:
                yield f"{name} {phase}: not offered"
            else:
                spans = sorted(_span(limit) for limit in offer.limits)
                yield f"{name} {phase} {offer.kind}: {'; '.join(spans)}"


def _restrictions() -> Iterator[str]:
    found = {item.id: item for items in GUIDANCE.restrictions.values() for item in items}
    for item in sorted(found.values(), key=lambda item: item.id):
        change = item.modification
        limits = () if change is None else change.limits
        instead = "" if change is None or change.replace_with is None else change.replace_with
        words = [
            *sorted(item.activities),
            *([f"instead {instead}"] if instead else []),
            *map(_span, limits),
        ]
        yield f"{item.id} {item.when} {item.level} {item.when_unknown}: {', '.join(words)}"


def _flags() -> Iterator[str]:
    for flag in GUIDANCE.red_flags.values():
        yield f"{flag.id} {flag.tier}: {', '.join(sorted(flag.conditions)) or 'asked for'}"


def text() -> str:
    """Return every rule, dose, restriction and red flag with its numbers, one a line."""
    return "\n".join([*_rules(), *_doses(), *_restrictions(), *_flags()]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(text(), "utf-8")
