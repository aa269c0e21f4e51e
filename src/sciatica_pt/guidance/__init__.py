"""Guidance: packs of data with sources, and the catalog they combine into."""

from sciatica_pt.guidance._references import walk
from sciatica_pt.guidance._review import review_fingerprint, unreviewed
from sciatica_pt.guidance.catalog import Catalog, combine, unknown_word
from sciatica_pt.guidance.loader import (
    BUNDLED,
    article_guidance,
    bundled_pack,
    default_guidance,
    discover_packs,
    load_discovered,
)
from sciatica_pt.guidance.pack import (
    ActivityAmendment,
    GuidancePack,
    Replacement,
    RuleAmendment,
)

__all__ = [
    "BUNDLED",
    "ActivityAmendment",
    "Catalog",
    "GuidancePack",
    "Replacement",
    "RuleAmendment",
    "article_guidance",
    "bundled_pack",
    "combine",
    "default_guidance",
    "discover_packs",
    "load_discovered",
    "review_fingerprint",
    "unknown_word",
    "unreviewed",
    "walk",
]
