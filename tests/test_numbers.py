"""What a clinician could question stands in the packs: no number and no name of it in the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

import sciatica_pt
from sciatica_pt.guidance import default_guidance

PACKAGE = Path(sciatica_pt.__file__).parent
JUDGING = sorted(
    path
    for name in ("rules", "validation.py", "screening.py", "repairing.py", "overrides.py")
    for path in ([PACKAGE / name] if name.endswith(".py") else (PACKAGE / name).glob("*.py"))
)
#: What the calendar and the clock say, and how much a cache or a list may hold.
CALENDAR = {"_SECONDS_A_MINUTE": 60, "_HOURS_A_DAY": 24, "_DAYS_A_WEEK": 7}
SIZES = {"maxsize", "maximum"}
PLAIN = {0, 1, 2}


def _numbers(tree: ast.AST) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            yield node


def _excused(tree: ast.Module) -> set[ast.Constant]:
    """Return the constants that are sizes, parts of the calendar or the length of a digest."""
    found: set[ast.Constant] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in SIZES:
            found.update(_numbers(node.value))
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            expected = CALENDAR.get(node.targets[0].id)
            found.update(item for item in _numbers(node.value) if item.value == expected)
        elif isinstance(node, ast.Slice) or _bounds_a_field(node):
            found.update(_numbers(node))
    return found


def _bounds_a_field(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Each", "Text"}


@pytest.mark.parametrize("path", JUDGING, ids=lambda path: path.name)
def test_what_judges_has_no_number_of_its_own(path: Path) -> None:
    """Every bound comes from guidance; what remains in code is arithmetic and the calendar."""
    tree = ast.parse(path.read_text("utf-8"))
    excused = _excused(tree)
    found = [
        f"line {item.lineno}: {item.value!r}"
        for item in _numbers(tree)
        if item.value not in PLAIN and item not in excused
    ]
    assert not found, "put it into a pack, with its unit, origin and citation"


def test_no_code_knows_an_activity_or_a_condition_by_name() -> None:
    """Ids of the packs stand in no code; what an activity is, is read from its data."""
    guidance = default_guidance()
    # Some ids are words of a closed vocabulary too, such as the stage "cold".
    words = {str(word) for vocabulary in StrEnum.__subclasses__() for word in vocabulary}
    ids = {*guidance.activities, *guidance.conditions, *guidance.red_flags} - words
    assert len(ids) > 50
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}: {node.value}"
        for path in PACKAGE.rglob("*.py")
        if "testing" not in path.parts  # The made-up pack has names of its own.
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in ids
    ]
    assert not found
