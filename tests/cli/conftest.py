"""Running the command line in this process, and profiles to run it with."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from sciatica_pt.cli import main


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command with some arguments, which may be paths."""

    def run_it(*arguments: object) -> Ended:
        code = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Ended(code, out, err)

    return run_it


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let programs that a test starts be interrupted, even where the tests run in the background.

    A program inherits it when its parent ignores interrupts, but no handler of its parent.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A profile that can be planned."""
    path = tmp_path / "me.json"
    path.write_text(
        '{"kind": "profile", "schema_version": 1, "phase": "chronic", "others_ruled_out": true,'
        ' "screening": {"by": "person", "others_absent": true}, "equipment": ["chair"],'
        ' "minutes": {"mon": 20, "wed": 20, "fri": 20}}',
        encoding="utf-8",
    )
    return path


@pytest.fixture
def unscreened(tmp_path: Path) -> Path:
    """A profile of somebody whom nobody has asked about warning signs."""
    path = tmp_path / "unscreened.json"
    path.write_text(
        '{"kind": "profile", "schema_version": 1, "phase": "chronic", "minutes": {"mon": 30}}',
        encoding="utf-8",
    )
    return path
