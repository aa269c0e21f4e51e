"""Twelve weeks of each example profile with each made-up person, to be read by people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import sciatica_pt as spt
from sciatica_pt.progression import RESPONDERS

FOLDER = Path(__file__).parents[2] / "examples" / "profiles"
WEEKS = 12
SEED = 7
#: When an acute case becomes subacute and then chronic, by the week; the bounds are 6 and 12 weeks
#: after it began, and the examples are taken to have begun two weeks or eight weeks before.
_PHASES = {
    spt.Phase.ACUTE: {4: spt.Phase.SUBACUTE, 10: spt.Phase.CHRONIC},
    spt.Phase.SUBACUTE: {4: spt.Phase.CHRONIC},
    spt.Phase.CHRONIC: {},
}


def courses(wanted: str = "") -> Iterator[tuple[str, spt.SimulatedCourse]]:
    """Yield each course with its name, `profile responder`.

    Args:
        wanted: part of the names that are wanted; empty for all.
    """
    for file in sorted(FOLDER.glob("*.json")):
        profile = spt.loads(file.read_text("utf-8"), spt.Profile)
        for name, responder in RESPONDERS.items():
            title = f"{file.stem} {name}"
            if wanted in title:
                yield (
                    title,
                    spt.simulate(
                        profile,
                        weeks=WEEKS,
                        responder=responder,
                        seed=SEED,
                        phases=_PHASES[profile.phase],
                    ),
                )
