"""For tests of what is built on this library: hypothesis strategies, samples, conformance kits.

It needs the extra `testing`.
Wherever `guidance` may be left out, the bundled packs are meant.
"""

from sciatica_pt.testing._catalogs import catalogs
from sciatica_pt.testing._people import profiles, screenings
from sciatica_pt.testing._planner_kit import check_planner
from sciatica_pt.testing._rule_kit import check_rule
from sciatica_pt.testing._sample import sample_guidance, sample_pack
from sciatica_pt.testing._values import activities, dose_ranges, doses
from sciatica_pt.testing._weeks import prescriptions, routines

__all__ = [
    "activities",
    "catalogs",
    "check_planner",
    "check_rule",
    "dose_ranges",
    "doses",
    "prescriptions",
    "profiles",
    "routines",
    "sample_guidance",
    "sample_pack",
    "screenings",
]
