"""`sciatica-pt plan-many`: a line for each line, whatever happens on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import current_process
from pathlib import Path
from typing import Any

import pytest

import sciatica_pt as spt
from sciatica_pt.cli import _many, _workers, main

from .conftest import Run

COMMAND = [sys.executable, "-m", "sciatica_pt", "plan-many"]
_POSIX = pytest.mark.skipif(os.name != "posix", reason="needs signals")
SCREENED = spt.Screening(by="person", others_absent=True)
SMALL = spt.Profile(phase="chronic", minutes={"mon": 5}, screening=SCREENED, others_ruled_out=True)
BAD = {
    '"cat"': "DecodeError",
    spt.dumps(spt.Profile(phase="acute")): "ScreeningIncomplete",
    spt.dumps(spt.Profile(phase="acute", equipment={"towl"}, screening=SCREENED)): "GuidanceError",
    spt.dumps(
        spt.Profile(
            phase="acute", screening=spt.Screening(by="person", present={"saddle-numbness"})
        )
    ): "ReferralRequired",
}


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A file of people, of whom each has a plan."""
    path = tmp_path / "people.jsonl"
    path.write_text(f"{spt.dumps(SMALL)}\n" * 20, encoding="utf-8")
    return path


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_line_has_its_plan_or_its_error(run: Run, tmp_path: Path) -> None:
    """The result has a line for each line, in order, with the plan that `plan` makes or why not."""
    people, out = tmp_path / "people.jsonl", tmp_path / "plans.jsonl"
    # As some editors write it: other line ends, an empty line, no end of the last line.
    text = "\r\n".join([spt.dumps(SMALL), *BAD, "", spt.dumps(SMALL)])
    people.write_bytes(text.encode())
    ended = run("plan-many", people, "--out", out)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        f'2 of 6 have a plan. The others say why not: see the lines with "error" in {out}.\n'
    )
    first, *wrong, last = _lines(out)
    assert [item["line"] for item in (first, *wrong, last)] == [1, 2, 3, 4, 5, 7]
    plan = json.loads(spt.dumps(spt.plan_week(SMALL)))
    assert first["plan"] == last["plan"] == plan
    assert [item["error"]["error"] for item in wrong] == list(BAD.values())
    undecoded, unasked, unknown, referred = (item["error"] for item in wrong)
    assert undecoded["problems"][0]["path"] == "$"
    assert unknown["problems"][0]["hint"] == 'did you mean "towel"?'
    assert set(unasked["questions"]) == set(spt.default_guidance().red_flags)
    assert (referred["tier"], referred["flags"]) == ("emergency", ["saddle-numbness"])
    assert sorted(tmp_path.iterdir()) == [people, out]


def test_a_week_that_no_rule_allows_names_the_rules() -> None:
    """When no week conforms, the line names the rules that the nearest one breaks."""
    finding = next(
        spt.iter_findings(
            spt.plan_week(SMALL).routine,
            profile=spt.Profile(phase="acute", screening=SCREENED),
        )
    )
    record = json.loads(_many._record(3, spt.NoConformingPlan([finding]), routines=False))
    assert record["line"] == 3
    assert record["error"]["findings"] == [finding.code]


def test_any_other_error_of_the_library_is_told_whole() -> None:
    """An error without parts of its own keeps its whole message."""
    record = json.loads(_many._record(1, spt.SciaticaPTError("one\ntwo"), routines=False))
    assert record["error"] == {"error": "SciaticaPTError", "message": "one\ntwo"}


def test_routines_alone(run: Run, people: Path, tmp_path: Path) -> None:
    """Who needs no reports and reasons gets routines, which read back."""
    out = tmp_path / "weeks.jsonl"
    assert run("plan-many", people, "--out", out, "--routines").code == 0
    expected = spt.plan_week(SMALL).routine
    for item in _lines(out):
        assert spt.loads(json.dumps(item["routine"]), spt.Routine) == expected


def test_workers_change_nothing(run: Run, people: Path, tmp_path: Path) -> None:
    """Two processes write the same bytes as one, and nothing else."""
    one, two = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    assert run("plan-many", people, "--out", one) == (0, "", "")
    assert run("plan-many", people, "--out", two, "--workers", 2) == (0, "", "")
    assert one.read_bytes() == two.read_bytes()


def test_options_reach_every_plan(run: Run, tmp_path: Path) -> None:
    """Consent and the choice of guidance hold for all."""
    people, out = tmp_path / "people.jsonl", tmp_path / "plans.jsonl"
    people.write_text(f"{spt.dumps(spt.Profile(phase='chronic'))}\n" * 2, encoding="utf-8")
    assert run("plan-many", people, "--out", out, "--allow-unscreened").code == 0
    assert all(item["plan"]["routine"]["unscreened"] for item in _lines(out))
    assert run("plan-many", people, "--out", out, "--guidance", "article").code == 0
    used = [ref["id"] for ref in _lines(out)[0]["plan"]["routine"]["guidance"]]
    assert "clinical-safety" not in used


# --- Progress


def test_progress_is_told_where_it_is_asked_for(run: Run, people: Path, tmp_path: Path) -> None:
    """A log gets a line for each percent at most, and the last one says that all is done."""
    ended = run("plan-many", people, "--out", tmp_path / "plans.jsonl", "--progress")
    told = ended.err.splitlines()
    assert told[0] == "1 of 20 (5 %), 0 without a plan"
    assert told[-1] == "20 of 20 (100 %), 0 without a plan"
    assert len(told) == 20


def test_a_terminal_sees_progress_in_place(
    run: Run, people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal one line counts up, and is left on a line of its own."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    err = run("plan-many", people, "--out", tmp_path / "plans.jsonl").err
    assert err.startswith("\r1 of 20 ")
    assert err.endswith("\r20 of 20 (100 %), 0 without a plan\n")
    assert err.count("\n") == 1


def test_progress_is_rare_in_a_log() -> None:
    """However many lines there are, a log stays short."""
    tally = _many._Tally(total=100_000)
    shown = 0
    for line in range(1, tally.total + 1):
        before = tally.step(100)
        tally.add(line, planned=True)
        shown += tally.step(100) > before
    assert shown == 100


def test_without_standard_error_it_works_all_the_same(
    people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody needs to watch."""
    monkeypatch.setattr(sys, "stderr", None)
    out = tmp_path / "plans.jsonl"
    assert main(["plan-many", str(people), "--out", str(out), "--progress"]) == 0
    assert len(_lines(out)) == 20


# --- Interruption


def _parts(out: Path) -> list[Path]:
    return sorted(out.parent.glob(f"{out.name}.*.part"))


def _stuck(people: Path, out: Path, *options: str) -> tuple[subprocess.Popen[bytes], int]:
    """Start a run that can't get past its first line; return it and where its messages go.

    Its standard error is a pipe that is full already, so it waits with its progress until
    somebody reads.
    """
    read, write = os.pipe()
    os.set_blocking(write, False)
    for size in (4096, 1):
        with suppress(BlockingIOError):
            while True:
                os.write(write, b"." * size)
    os.set_blocking(write, True)
    process = subprocess.Popen(
        [*COMMAND, people, "--out", out, "--progress", *options], stderr=write
    )
    os.close(write)
    # A long line reaches the file in pieces, so wait for its end.
    while not any(part.read_bytes().endswith(b"\n") for part in _parts(out)):
        assert process.poll() is None
        time.sleep(0.01)
    return process, read


def _rest(read: int) -> str:
    """Return what is still told, until every process that could tell something has ended."""
    with os.fdopen(read, "rb") as stream:
        return stream.read().decode().lstrip(".")


@_POSIX
@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_is_resumed(run: Run, people: Path, tmp_path: Path) -> None:
    """After ctrl-C the same command goes on: no line is lost, doubled or half."""
    out, whole = tmp_path / "plans.jsonl", tmp_path / "whole.jsonl"
    process, read = _stuck(people, out)
    process.send_signal(signal.SIGINT)
    err = _rest(read)
    assert process.wait(timeout=60) == 130
    assert "of 20; what is done is kept, and the same command goes on from there" in err
    assert "Traceback" not in err
    assert not out.exists()
    ended = run("plan-many", people, "--out", out)
    assert (ended.code, ended.err) == (0, "Going on after 1 of 20.\n")
    assert run("plan-many", people, "--out", whole).code == 0
    assert out.read_bytes() == whole.read_bytes()
    assert not _parts(out)


@_POSIX
def test_a_killed_run_is_resumed_and_leaves_no_worker(
    run: Run, people: Path, tmp_path: Path
) -> None:
    """When the process is killed its workers end too, and half a line is made anew."""
    out, whole = tmp_path / "plans.jsonl", tmp_path / "whole.jsonl"
    process, read = _stuck(people, out, "--workers", "2")
    process.kill()
    # The pipe ends only when every process that holds it has ended, the workers too.
    _rest(read)
    assert process.wait(timeout=60) == -signal.SIGKILL
    (part,) = _parts(out)
    with part.open("ab") as stream:
        stream.write(b'{"line":2,"plan":{"kind"')
    assert run("plan-many", people, "--out", out).err == "Going on after 1 of 20.\n"
    assert run("plan-many", people, "--out", whole).code == 0
    assert out.read_bytes() == whole.read_bytes()


def test_errors_before_an_interruption_are_counted(run: Run, tmp_path: Path) -> None:
    """The exit code and the count at the end are about the whole file, not the last run alone."""
    people, out = tmp_path / "people.jsonl", tmp_path / "plans.jsonl"
    people.write_text("\n".join([*BAD, spt.dumps(SMALL), spt.dumps(SMALL)]), encoding="utf-8")
    run("plan-many", people, "--out", out)
    done = out.read_bytes()
    first = done.splitlines(keepends=True)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_many, "_finish", stop)
        assert run("plan-many", people, "--out", out).code == 130
    (part,) = _parts(out)
    part.write_bytes(b"")
    assert "Going on" not in run("plan-many", people, "--out", out).err
    part.write_bytes(b"".join(first[:5]))
    ended = run("plan-many", people, "--out", out)
    assert ended.code == 1
    assert "Going on after 5 of 6." in ended.err
    assert "2 of 6 have a plan" in ended.err
    assert out.read_bytes() == done


def test_another_run_never_goes_on_with_this_one(run: Run, people: Path, tmp_path: Path) -> None:
    """What an interrupted run left is used only for the same profiles and the same options."""
    out = tmp_path / "plans.jsonl"
    people.write_text(f"{spt.dumps(SMALL)}\n" * 2, encoding="utf-8")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_many, "_finish", stop)
        for options in ([], ["--routines"], ["--guidance", "article"], ["--allow-unscreened"]):
            assert run("plan-many", people, "--out", out, *options).code == 130
        people.write_text(spt.dumps(SMALL), encoding="utf-8")
        assert run("plan-many", people, "--out", out).code == 130
    assert len(_parts(out)) == 5


# --- Refusals


def _refused(run: Run, *arguments: object, says: str) -> None:
    ended = run("plan-many", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("sciatica-pt plan-many: error: ")
    assert ended.err.count("error:") == 1
    assert says in ended.err


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (b"", "there is nothing in it"),
        (b"\n\r\n \n", "there is nothing in it"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\n\x01", "no line of it is a profile"),
        (json.dumps({"kind": "profile"}, indent=2).encode(), "Line 1:"),
        (b"\n" + b" " * (9 * 1024 * 1024) + b"{\n", "Line 2:"),
    ],
)
def test_a_file_without_a_profile_is_refused(
    run: Run, tmp_path: Path, document: bytes, says: str
) -> None:
    """When no line is a profile, that is one error about the file, and nothing is written."""
    people = tmp_path / "people.jsonl"
    people.write_bytes(document)
    _refused(run, people, "--out", tmp_path / "plans.jsonl", says=says)
    assert list(tmp_path.iterdir()) == [people]


def test_only_refusals_are_a_result_too(run: Run, tmp_path: Path) -> None:
    """Profiles that may have no plan are no bad input: each line says why."""
    people, out = tmp_path / "people.jsonl", tmp_path / "plans.jsonl"
    people.write_text(spt.dumps(spt.Profile(phase="acute")), encoding="utf-8")
    assert run("plan-many", people, "--out", out).code == 1
    assert len(_lines(out)) == 1


def test_the_profiles_are_not_overwritten(run: Run, people: Path) -> None:
    """A slip in `--out` doesn't cost the profiles."""
    _refused(run, people, "--out", people, says="what is read itself")


def test_a_missing_file_and_a_directory_are_refused(run: Run, tmp_path: Path) -> None:
    """What is not there, or no file, is called that."""
    out = tmp_path / "plans.jsonl"
    _refused(run, tmp_path / "none.jsonl", "--out", out, says="there is no such file")
    _refused(run, tmp_path, "--out", out, says="directory")


@_POSIX
def test_what_cannot_be_read_twice_is_refused(run: Run, tmp_path: Path) -> None:
    """A device is no file of profiles."""
    _refused(run, "/dev/null", "--out", tmp_path / "plans.jsonl", says="no plain file")


@pytest.mark.parametrize("count", ["0", "-1", "62", "two", "²"])
def test_a_silly_number_of_workers_is_refused(run: Run, people: Path, count: str) -> None:
    """The number of workers is a number that every system can have."""
    ended = run("plan-many", people, "--out", "plans.jsonl", f"--workers={count}")
    assert ended.code == 2
    assert "expected a number from 1 to 61" in ended.err


def test_a_target_that_cannot_be_written_is_told(run: Run, people: Path, tmp_path: Path) -> None:
    """What the system says of the target is passed on, before any plan is made."""
    _refused(run, people, "--out", tmp_path / ("x" * 240), says="name too long; nothing was")


def test_a_full_disk_keeps_what_is_done(
    run: Run, people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When writing fails on the way, the message says that the same command goes on."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(_many, "_finish", fail)
    _refused(run, people, "--out", tmp_path / "plans.jsonl", says="No space left on device; what")


def test_a_dead_worker_is_told(
    run: Run, people: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the system ends a worker, the command says so and how to go on."""

    class Broken(Executor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
            raise BrokenProcessPool(fn, args, kwargs)

    @contextmanager
    def broken(_: int) -> Iterator[Executor]:
        yield Broken()

    monkeypatch.setattr(_many, "workers", broken)
    _refused(run, people, "--out", tmp_path / "plans.jsonl", says="a worker has died")


# --- Workers


def test_a_worker_ends_with_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    """As soon as the parent has ended, the worker does."""
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)

    class Gone:
        def join(self) -> None:
            """It has ended already."""

    _workers._end_with(Gone())  # type: ignore[arg-type]
    assert ended == [1]


def test_a_worker_ignores_interrupts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an interrupt means is for the command to say, not for its workers."""
    ignored: list[object] = []
    monkeypatch.setattr(signal, "signal", lambda *given: ignored.append(given))
    monkeypatch.setattr(_workers, "parent_process", current_process)
    monkeypatch.setattr(_workers, "_end_with", lambda _: None)
    _workers._start_worker()
    assert ignored == [(signal.SIGINT, signal.SIG_IGN)]


def test_workers_start_where_interrupts_cannot_be_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system without signal masks has workers too."""
    monkeypatch.delattr(signal, "pthread_sigmask", raising=False)
    with _workers.workers(2) as executor:
        assert executor is not None
        assert executor.submit(int, "3").result() == 3
