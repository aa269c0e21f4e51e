"""What the rules say in each case: `python -m tests.rules.said` writes `said.txt`.

The file is committed and read in review like any text for people; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .build import Row, judged, line
from .table_access import ACCESS
from .table_doses import DOSES
from .table_safety import PERSONAL
from .table_weeks import WEEKS

__all__ = ["PAGE", "ROWS", "text"]

PAGE = Path(__file__).parent / "said.txt"
#: Every case, by its rule's code.
ROWS: tuple[Row, ...] = tuple(
    sorted((*DOSES, *ACCESS, *PERSONAL, *WEEKS), key=lambda row: row.code)
)


def _lines() -> Iterator[str]:
    for row in ROWS:
        findings = judged(row.code, row.routine, row.profile).findings
        if findings:
            yield f"{row}"
            yield from (f"    {line(finding)}" for finding in findings)


def text() -> str:
    """Return what each case's findings say, one a line under the case."""
    return "\n".join(_lines()) + "\n"


if __name__ == "__main__":
    PAGE.write_text(text(), "utf-8")
