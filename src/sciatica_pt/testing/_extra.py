"""The one place that imports hypothesis, so that its absence is told in one way."""

from __future__ import annotations

from sciatica_pt.errors import ExtraMissingError

try:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st
    from hypothesis.strategies import SearchStrategy
except ImportError as error:
    raise ExtraMissingError(feature="sciatica_pt.testing", extra="testing") from error

__all__ = ["SearchStrategy", "given", "kit_settings", "st"]


def kit_settings(max_examples: int | None) -> settings:
    """Return the settings of a kit's property; `None` keeps the number of examples in force."""
    base = settings(
        database=None,
        deadline=None,
        suppress_health_check=[
            HealthCheck.data_too_large,
            HealthCheck.filter_too_much,
            HealthCheck.too_slow,
        ],
    )
    return base if max_examples is None else settings(base, max_examples=max_examples)
