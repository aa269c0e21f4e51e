"""Planning on a dask cluster: a real one, on this machine's loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import attrs
import pytest

import sciatica_pt as spt

EXAMPLE = Path(__file__).parent.parent / "examples" / "on_a_cluster.py"


@pytest.mark.skipif(find_spec("distributed") is None, reason="needs the extra dask")
def test_a_cluster_gives_the_same_plans_in_the_same_order(tmp_path: Path) -> None:
    """The example's workers plan what would be planned here, and an error is a line like any."""
    person = spt.Profile(
        phase="chronic",
        minutes={"mon": 20, "thu": 20},
        others_ruled_out=True,
        screening=spt.Screening.clear(by="clinician"),
    )
    people = [attrs.evolve(person, minutes={"mon": 5 + place}) for place in range(34)]
    people[33] = attrs.evolve(person, screening=None)
    path = tmp_path / "people.jsonl"
    path.write_text("".join(f"{spt.dumps(item)}\n" for item in people), encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, EXAMPLE, path], capture_output=True, text=True, check=True, timeout=600
    )
    lines = ended.stdout.splitlines()
    assert len(lines) == len(people)
    assert json.loads(lines.pop(33))["error"] == "ScreeningIncomplete"
    del people[33]
    assert [spt.loads(line, spt.Plan) for line in lines] == list(spt.plan_many(people))
