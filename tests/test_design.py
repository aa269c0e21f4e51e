"""What the documents say of the house is true of the house."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from pkgutil import iter_modules

import sciatica_pt

ROOT = Path(__file__).parent.parent


def _layers() -> list[set[str]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["id"] == "layers")
    return [set(re.findall(r"\w+", layer)) - {"__main__"} for layer in layers]


def test_the_layers_in_the_design_are_those_of_the_contract() -> None:
    """The drawing of the layers is the one that every run of the gates holds the code to."""
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    found = re.search(r"```text\n(.*?)```", text, flags=re.DOTALL)
    assert found is not None
    drawn = [set(re.findall(r"\w+", line)) for line in found[1].splitlines()]
    assert drawn == [layer for layer in _layers() if layer]


def test_the_readme_has_every_layer_in_order() -> None:
    """The README's table has what there is, from the top layer down, and nothing else."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \|", text, flags=re.MULTILINE)
    modules = {item.name for item in iter_modules(sciatica_pt.__path__)} - {"__main__"}
    assert len(listed) == len(set(listed))
    assert set(listed) == modules
    depth = {name: place for place, layer in enumerate(_layers()) for name in layer}
    assert [depth[name] for name in listed] == sorted(depth[name] for name in listed)
