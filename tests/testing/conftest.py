"""Kits fail on purpose here, and nobody reads the smallest example."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import Phase, settings


@pytest.fixture(autouse=True)
def _no_shrinking() -> Iterator[None]:
    """Leave out the search for the smallest failing example, which takes most of the time."""
    name = os.environ.get("HYPOTHESIS_PROFILE", "dev")
    settings.register_profile(
        "no-shrinking", settings.get_profile(name), phases=[Phase.explicit, Phase.generate]
    )
    settings.load_profile("no-shrinking")
    yield
    settings.load_profile(name)
