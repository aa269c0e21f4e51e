"""However a command ends, it ends with an exit code and without a traceback."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sciatica_pt.cli import _run, main

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs signals and device files")

COMMAND = [sys.executable, "-m", "sciatica_pt"]


def test_python_m_is_the_command() -> None:
    """`python -m sciatica_pt` runs the command, with its exit code."""
    done = subprocess.run([*COMMAND, "rules", "SPT1055"], capture_output=True, check=False)
    assert done.returncode == 2
    assert b'did you mean "SPT105"?' in done.stderr


def test_importing_the_entry_module_runs_nothing() -> None:
    """Tools that import every module don't start the command."""
    assert importlib.import_module("sciatica_pt.__main__").main is main


def test_a_closed_pipe_ends_it_quietly() -> None:
    """When the reader has had enough, the command ends without a word."""
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [*COMMAND, "catalog", "--json"], stdout=write, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_it_quietly(tmp_path: Path) -> None:
    """An interrupt ends the command with the exit code that shells expect."""
    pipe = tmp_path / "me.json"
    os.mkfifo(pipe)
    process = subprocess.Popen([*COMMAND, "plan", str(pipe)], stderr=subprocess.PIPE)
    # Opening waits until the command has opened it for reading, and then it waits for us.
    with pipe.open("wb"):
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, b"")


def test_an_interrupt_while_loading_ends_it_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt anywhere in the command is the same ending."""

    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(_run, "run", interrupt)
    assert main(["rules"]) == 130


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_full_device_is_an_error() -> None:
    """Output that can't be written is told, not lost."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, "rules"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith(b"sciatica-pt rules: error: standard output: ")
    assert done.stderr.count(b"\n") == 1


def test_a_pipe_that_breaks_here_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The same holds in a process that has more to do afterwards."""

    class Broken:
        def write(self, _: str) -> None:
            raise BrokenPipeError

        def fileno(self) -> int:
            raise OSError

    monkeypatch.setattr(sys, "stdout", Broken())
    assert main(["rules"]) == 141
    assert capfd.readouterr().err == ""


def test_output_that_fails_here_is_told(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The same holds for any other failure of standard output."""

    class Full:
        def write(self, _: str) -> None:
            raise OSError(28, "No space left on device")

        def fileno(self) -> int:
            raise OSError

    monkeypatch.setattr(sys, "stdout", Full())
    assert main(["rules"]) == 2
    assert capfd.readouterr().err == (
        "sciatica-pt rules: error: standard output: No space left on device\n"
    )


def test_no_standard_output_is_an_error(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Where there is nowhere to print to, the command says so."""
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["rules"]) == 2
    assert "nowhere to print" in capfd.readouterr().err


def test_no_standard_output_is_needed_to_write_a_file(
    monkeypatch: pytest.MonkeyPatch, profile: Path, tmp_path: Path
) -> None:
    """A command that prints nothing needs no standard output."""
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["plan", str(profile), "--out", str(tmp_path / "week.txt")]) == 0


def test_nobody_to_tell_is_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without standard error the exit code still tells."""
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["rules", "SPT1055"]) == 2
    assert main(["plan"]) == 0
