"""Were the rules read again after the statements that they rest on had changed?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sciatica_pt.model.evidence import Statement
from sciatica_pt.model.guidelines import RuleSpec

if TYPE_CHECKING:
    from sciatica_pt.guidance.catalog import Catalog

__all__ = ["review_fingerprint", "unreviewed"]

_DIGITS = 16


def review_fingerprint(rule: RuleSpec, statements: Mapping[str, Statement]) -> str:
    """Return the fingerprint of the statements that a rule cites, as they read now.

    It belongs into `RuleSpec.reviewed` once somebody has read the rule against them.

    Args:
        rule: the rule; the statements that its parameters cite count too.
        statements: statements by id, with each one that the rule cites.
    """
    cited = [*rule.citations, *(one for item in rule.parameters for one in item.citations)]
    ids = sorted({citation.statement for citation in cited})
    # A separator that no text may hold keeps one statement's end apart from the next one's start.
    read = "\0".join(f"{name}\0{statements[name].text}" for name in ids)
    return hashlib.sha256(read.encode()).hexdigest()[:_DIGITS]


def unreviewed(catalog: Catalog) -> tuple[RuleSpec, ...]:
    """Return the rules whose cited statements have changed since somebody last read them.

    >>> from sciatica_pt.guidance import default_guidance
    >>> unreviewed(default_guidance())
    ()
    """
    return tuple(
        rule
        for pack in catalog.packs
        for rule in pack.rules
        if rule.reviewed != review_fingerprint(rule, catalog.statements)
    )
