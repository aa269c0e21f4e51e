"""The package as a whole: what importing it costs, what it offers, and that it only gives."""

from __future__ import annotations

import ast
import copy
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import sciatica_pt as spt
from sciatica_pt.planning import PlanOutcome

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples" / "profiles").glob("*.json"))
SOURCE = Path(spt.__file__)


def _run(code: str, *, seed: str = "0") -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


# What is read from and loaded while some code runs, seen from inside the interpreter.
WATCH = """
import json, sys
opened = []
def hook(event, arguments):
    if event == "open" and str(arguments[0]).endswith(".json"):
        opened.append(str(arguments[0]))
sys.addaudithook(hook)
{code}
heavy = sorted({{"cattrs", "hypothesis", "orjson", "attrs"}} & set(sys.modules))
print(json.dumps([heavy, len(opened)]))
"""


@pytest.mark.parametrize(
    ("code", "heavy", "files"),
    [
        ("import sciatica_pt", [], 0),
        ("import sciatica_pt; dir(sciatica_pt); sciatica_pt.__version__", [], 0),
        ("from sciatica_pt import Profile, Routine; Profile(phase='acute')", ["attrs"], 0),
    ],
)
def test_importing_reads_no_data_and_loads_nothing_heavy(
    code: str, heavy: list[str], files: int
) -> None:
    """The root loads not even attrs, and the model neither cattrs, orjson nor hypothesis."""
    assert json.loads(_run(WATCH.format(code=code))) == [heavy, files]


def test_the_watch_sees_data_being_read() -> None:
    """The test above would notice: guidance is read from its files, and a converter is seen."""
    code = "import cattrs, sciatica_pt; sciatica_pt.default_guidance()"
    heavy, files = json.loads(_run(WATCH.format(code=code)))
    assert "cattrs" in heavy
    assert files == 3


# --- What is offered


def test_all_is_sorted_and_every_name_resolves() -> None:
    """Nothing is promised that is not there, and nothing is listed twice."""
    assert spt.__all__ == sorted(set(spt.__all__))
    for name in spt.__all__:
        assert getattr(spt, name) is not None
    assert set(spt.__all__) <= set(dir(spt))


def test_a_star_import_works() -> None:
    """In a bare interpreter too, with the runtime dependencies alone."""
    names = _run("from sciatica_pt import *; print(*sorted(globals()))").split()
    assert set(spt.__all__) <= set(names)


def test_an_unknown_name_is_an_attribute_error() -> None:
    """With the name in it, and no silent None."""
    with pytest.raises(AttributeError, match=r"module 'sciatica_pt' has no attribute 'Rotine'"):
        _ = spt.Rotine


def test_a_promised_name_without_a_home_is_an_attribute_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Were a name listed that no layer has, looking it up would fail and not give None."""
    monkeypatch.setattr(spt, "__all__", [*spt.__all__, "Nowhere"])
    with pytest.raises(AttributeError, match="Nowhere"):
        _ = spt.Nowhere


def test_type_checkers_see_what_is_there() -> None:
    """The names that only type checkers import are exactly those of `__all__`."""
    tree = ast.parse(SOURCE.read_text("utf-8"))
    (guarded,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.asname or alias.name
        for node in guarded.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == set(spt.__all__)


def test_each_subpackage_keeps_its_word() -> None:
    """In every public module `__all__` is sorted and each of its names is there."""
    code = """
import importlib, pkgutil, sciatica_pt
for module in pkgutil.walk_packages(sciatica_pt.__path__, "sciatica_pt."):
    if module.name.endswith("__main__"):
        continue
    loaded = importlib.import_module(module.name)
    names = list(getattr(loaded, "__all__", ()))
    missing = [name for name in names if not hasattr(loaded, name)]
    if missing or len(set(names)) != len(names):
        print(module.name, missing, names)
"""
    assert _run(code) == ""


# --- It only gives

DETERMINED = """
import sys
import sciatica_pt as spt
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        profile = spt.loads(file.read(), spt.Profile)
    plan = spt.plan_week(profile, allow_unscreened=True)
    print(spt.dumps(plan.routine))
    print(spt.dumps(plan))
    print(plan)
try:
    spt.Profile(phase="acute", conditions={"Zeta", "Alpha", "Mid Way", "X Y"})
except spt.InvalidValueError as error:
    print(error)
"""


def test_a_plan_has_the_same_bytes_on_every_hash_seed() -> None:
    """Routine, plan with its trace, the printed week and a message about a set: all the same."""
    chosen = [str(EXAMPLES[0]), str(EXAMPLES[-1])]
    code = f"import sys; sys.argv[1:] = {chosen!r}\n{DETERMINED}"
    outputs = {_run(code, seed=seed) for seed in ("0", "1", "42", "4294967295")}
    (output,) = outputs
    assert output.count('"kind":"routine"') == len(chosen)


def _profile(path: Path) -> spt.Profile:
    return spt.loads(path.read_text("utf-8"), spt.Profile)


def _plans(profiles: list[spt.Profile]) -> list[PlanOutcome]:
    return list(spt.plan_many(profiles, allow_unscreened=True))


class _Own:
    """A rule of a user's own, which finds nothing."""

    code = "OWN101"
    name = "own"
    scope = "week"
    severity = "info"
    summary = "Nothing."
    why = "Nothing."
    fix = "Nothing."
    citations = ()

    def check(self, subject: Any, context: Any) -> tuple[()]:
        """Find nothing."""
        del subject, context
        return ()


PROFILE = _profile(EXAMPLES[0])
PLAN = spt.plan_week(PROFILE, allow_unscreened=True)
CALLS: dict[str, tuple[Callable[..., Any], list[Any], dict[str, Any]]] = {
    "plan_week": (spt.plan_week, [PROFILE], {"allow_unscreened": True}),
    "plan_many": (_plans, [[PROFILE, PROFILE]], {}),
    "validate": (spt.validate, [PLAN.routine], {"profile": PROFILE}),
    "validate with rules": (spt.validate, [PLAN.routine], {"rules": [_Own()]}),
    "repair": (spt.repair, [PLAN.routine], {"profile": PROFILE}),
    "diff": (spt.diff, [PLAN.routine, PLAN.routine], {}),
    "dumps": (spt.dumps, [PLAN], {}),
    "loads": (spt.loads, [spt.dumps(PROFILE), spt.Profile], {}),
    "screen": (spt.screen, [PROFILE.screening], {"conditions": PROFILE.conditions}),
    "combine": (spt.combine, list(spt.default_guidance().packs), {}),
}


@pytest.mark.parametrize("name", sorted(CALLS))
def test_no_argument_is_changed(name: str) -> None:
    """Whatever is passed, lists included, is afterwards what it was; and so is the guidance."""
    call, arguments, keywords = CALLS[name]
    guidance = spt.dumps(spt.default_guidance().packs[1])
    before = copy.deepcopy([item for item in arguments if not isinstance(item, type)])
    length = {key: len(item) for key, item in keywords.items() if isinstance(item, list)}
    first, again = call(*arguments, **keywords), call(*arguments, **keywords)
    assert [item for item in arguments if not isinstance(item, type)] == before
    assert {key: len(item) for key, item in keywords.items() if isinstance(item, list)} == length
    assert spt.dumps(spt.default_guidance().packs[1]) == guidance
    assert first == again


def test_what_is_planned_can_be_sent_to_another_process() -> None:
    """A plan with its report and trace survives pickling."""
    assert pickle.loads(pickle.dumps(PLAN)) == PLAN
