"""Packs that other distributions offer are found without being loaded, and loaded by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from sciatica_pt.errors import GuidanceError
from sciatica_pt.guidance import (
    BUNDLED,
    bundled_pack,
    combine,
    default_guidance,
    discover_packs,
    load_discovered,
)

Install = Callable[..., None]
MODULE = """
    from sciatica_pt.guidance import GuidancePack

    pack = GuidancePack(
        id="clinic", version="1", title="Clinic", summary="Of a clinic.", requires={"article"}
    )

    def make():
        return pack

    wrong = 7
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Return a function that installs a distribution with entry points, for one test."""

    def _install(name: str, points: dict[str, str], module: str = MODULE) -> None:
        folder = tmp_path / name
        info = folder / f"{name}-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        lines = [f"{key} = {value}" for key, value in points.items()]
        (info / "entry_points.txt").write_text("\n".join(["[sciatica_pt.packs]", *lines]))
        (folder / f"{name}_module.py").write_text(dedent(module))
        monkeypatch.syspath_prepend(folder)

    return _install


def test_nothing_is_offered_by_default() -> None:
    """The bundled packs need no entry point, and the error says that there is none."""
    assert discover_packs() == ()
    with pytest.raises(GuidanceError, match="no installed distribution offers any"):
        load_discovered("clinic")


def test_offers_are_listed_by_name_and_not_loaded(install: Install) -> None:
    """A distribution that would fail to import is listed all the same."""
    install("second", {"zeta": "second_module:pack"}, module="raise AssertionError('loaded')")
    install("first", {"beta": "first_module:pack", "alpha": "first_module:make"})
    assert [point.name for point in discover_packs()] == ["alpha", "beta", "zeta"]


@pytest.mark.parametrize("name", ["value", "function"])
def test_a_pack_or_a_function_that_makes_one_is_loaded(install: Install, name: str) -> None:
    """What is offered can be layered over the bundled packs at once."""
    install(
        f"good_{name}",
        {"value": f"good_{name}_module:pack", "function": f"good_{name}_module:make"},
    )
    pack = load_discovered(name)
    assert pack.id == "clinic"
    assert combine(*default_guidance().packs, pack).refs[-1].id == "clinic"


def test_an_unknown_name_is_refused_with_the_nearest(install: Install) -> None:
    """The error names what is offered."""
    install("misspelt", {"clinic": "misspelt_module:pack"})
    with pytest.raises(GuidanceError, match=r'one of clinic.*did you mean "clinic"'):
        load_discovered("clinics")


def test_two_offers_of_one_name_are_refused(install: Install) -> None:
    """Which one would win depends on the order of installation, so neither does."""
    install("here", {"clinic": "here_module:pack"})
    install("there", {"clinic": "there_module:make"})
    with pytest.raises(GuidanceError, match="here_module:pack, there_module:make"):
        load_discovered("clinic")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("broken_module:wrong", "a int"),
        ("broken_module:nothing", "nothing"),
        ("no_such_module_at_all:pack", "no_such_module_at_all"),
    ],
)
def test_an_offer_that_is_no_pack_is_refused(install: Install, value: str, found: str) -> None:
    """A wrong value, a missing name and a missing module are one kind of error."""
    install("broken", {"clinic": value})
    with pytest.raises(GuidanceError, match="the entry point clinic offers no pack") as caught:
        load_discovered("clinic")
    assert found in caught.value.problems[0].found


def test_bundled_packs_are_read_once() -> None:
    """They are values that never change, so one copy serves everybody."""
    assert bundled_pack("article") is bundled_pack("article")
    assert tuple(pack.id for pack in default_guidance().packs) == BUNDLED
