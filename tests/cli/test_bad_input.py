"""Bad input: one message that names the place and the nearest known word, and nothing written."""

from __future__ import annotations

import os
from errno import EIO
from io import BytesIO
from pathlib import Path

import pytest

import sciatica_pt as spt
from sciatica_pt.cli import _files

from .conftest import Run

_POSIX = pytest.mark.skipif(os.name != "posix", reason="needs device files")


def _refused(run: Run, *arguments: object, says: tuple[str, ...]) -> None:
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"sciatica-pt {arguments[0]}: error: ")
    assert ended.err.count("error:") == 1
    assert "Traceback" not in ended.err
    for words in says:
        assert words in ended.err


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (b'{"kind": "cat"}', ("$.kind", '"profile"', '"cat"')),
        (b"", ("$:", "line 1")),
        (b'{"kind": "profile", ', ("line 1",)),
        (b"\xff\xfe{}", ("UTF-8", "byte 0")),
        (
            b'{"kind": "profile", "schema_version": 1, "phase": "acut"}',
            ("$.phase", 'did you mean "acute"?'),
        ),
        (
            b'{"kind": "profile", "schema_version": 1, "phase": "acute", "equipment": ["towl"]}',
            ("$.equipment", '"towl"', 'did you mean "towel"?'),
        ),
        (
            b'{"kind": "routine", "schema_version": 1, "phase": "acute", "guidance": []}',
            ("$.kind", '"profile"', '"routine"'),
        ),
    ],
)
def test_a_document_that_is_no_good_profile_is_refused(
    run: Run, tmp_path: Path, document: bytes, says: tuple[str, ...]
) -> None:
    """Whatever is wrong with a profile is told with its file and its place in it."""
    path, out = tmp_path / "me.json", tmp_path / "week.json"
    path.write_bytes(document)
    _refused(run, "plan", path, "--out", out, says=(str(path), *says))
    assert sorted(tmp_path.iterdir()) == [path]


def test_a_huge_file_is_refused(run: Run, tmp_path: Path) -> None:
    """A file of 50 MB is refused for its size."""
    path = tmp_path / "me.json"
    with path.open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    _refused(run, "plan", path, says=(str(path), "at most", "bytes"))


@_POSIX
def test_a_file_without_an_end_is_refused(run: Run) -> None:
    """The size limit holds without reading all of a file."""
    _refused(run, "plan", "/dev/zero", says=("at most", "bytes"))


def test_a_directory_is_refused(run: Run, tmp_path: Path) -> None:
    """A directory in place of a file is called one."""
    _refused(run, "plan", tmp_path, says=(str(tmp_path), "directory"))


def test_a_missing_file_names_its_neighbor(run: Run, profile: Path) -> None:
    """A file that isn't there is named, with the file that was probably meant."""
    _refused(run, "plan", profile.with_name("mee.json"), says=(f'did you mean "{profile}"?',))


@pytest.mark.parametrize("name", ["zzzzzzzz", "nowhere/me.json"])
def test_a_missing_file_without_a_neighbor_is_refused(run: Run, tmp_path: Path, name: str) -> None:
    """Nothing is suggested where nothing is near."""
    ended = run("plan", tmp_path / name)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.endswith("there is no such file\n")


def test_a_file_that_cannot_be_opened_is_refused(run: Run, tmp_path: Path) -> None:
    """What the system says of a file is passed on."""
    _refused(run, "plan", tmp_path / ("x" * 5000), says=("name too long",))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("rules", "SPT1055"), 'did you mean "SPT105"?'),
        (("rules", "spt1055"), 'did you mean "SPT105"?'),
        (("catalog", "bridgee"), 'did you mean "bridge"?'),
        (("explain", "A0210"), "did you mean"),
        (("explain", "me.json"), "sciatica-pt explain me.json bridge"),
        (("catalog", "zzzzzzzz"), 'the guidance knows no activity "zzzzzzzz"\n'),
    ],
)
def test_an_unknown_id_names_the_nearest(run: Run, arguments: tuple[str, ...], says: str) -> None:
    """An id that nothing has is refused with the one that was probably meant."""
    _refused(run, *arguments, says=(says,))


def test_a_directory_to_write_to_is_refused(run: Run, profile: Path, tmp_path: Path) -> None:
    """`--out` names a file."""
    _refused(run, "plan", profile, "--out", tmp_path, says=(str(tmp_path), "directory"))


def test_a_folder_that_is_not_there_is_refused(run: Run, profile: Path, tmp_path: Path) -> None:
    """No folder is made for `--out`."""
    _refused(run, "plan", profile, "--out", tmp_path / "new" / "week.json", says=("no folder",))
    assert not (tmp_path / "new").exists()


def test_a_name_that_no_file_can_have_is_refused(run: Run, profile: Path, tmp_path: Path) -> None:
    """What the system says of the file to write is passed on, with its name."""
    out = tmp_path / ("x" * 5000)
    _refused(run, "plan", profile, "--out", out, says=(f"{out}: ", "name too long"))


@_POSIX
def test_a_device_is_not_replaced(run: Run, profile: Path) -> None:
    """What is no plain file is never replaced by one."""
    _refused(run, "plan", profile, "--out", "/dev/null", says=("/dev/null", "no plain file"))
    assert not Path("/dev/null").is_file()


def test_the_profile_is_not_overwritten(run: Run, profile: Path) -> None:
    """A slip in `--out` doesn't cost the profile."""
    before = profile.read_bytes()
    _refused(run, "plan", profile, "--out", profile, says=("what is read itself",))
    assert profile.read_bytes() == before


def test_a_write_that_fails_leaves_what_was_there(
    run: Run, profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the last step fails, the older file is whole and no scrap is left."""
    out = tmp_path / "week.json"
    out.write_text("older", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    _refused(run, "plan", profile, "--out", out, says=(str(out), "No space left", "nothing was"))
    assert out.read_text(encoding="utf-8") == "older"
    assert sorted(tmp_path.iterdir()) == [profile, out]


@pytest.mark.parametrize(
    "arguments", [(), ("plam",), ("plan", "--jsn"), ("validate", "x.json"), ("explain",)]
)
def test_wrong_arguments_are_refused(run: Run, arguments: tuple[str, ...]) -> None:
    """Arguments that make no sense end with the usage, and with the exit code of bad input."""
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("usage: ")


def test_what_is_no_routine_is_refused(run: Run, profile: Path) -> None:
    """A profile in place of a routine is told apart."""
    _refused(
        run, "validate", profile, "--profile", profile, says=("$.kind", '"routine"', '"profile"')
    )


def test_a_broken_routine_is_told_its_own_problems(run: Run, profile: Path, tmp_path: Path) -> None:
    """A routine that can't be read is not mistaken for a bad plan."""
    path = tmp_path / "week.json"
    path.write_text('{"kind": "routine", "schema_version": 1, "phse": "acute"}', encoding="utf-8")
    _refused(run, "validate", path, "--profile", profile, says=("$.phse", 'mean "phase"?'))


def test_a_broken_plan_is_told_its_own_problems(run: Run, profile: Path, tmp_path: Path) -> None:
    """A plan that can't be read is not mistaken for a bad routine."""
    path = tmp_path / "week.json"
    text = run("plan", profile, "--json").out
    path.write_text(text.replace('"proven"', '"provn"', 1), encoding="utf-8")
    _refused(run, "validate", path, "--profile", profile, says=("$.provn", 'mean "proven"?'))


def test_every_problem_is_told_at_once(run: Run, tmp_path: Path) -> None:
    """Two unknown words are one message, so that nobody has to try again and again."""
    person = spt.Profile(phase="acute", equipment={"towl", "chiar"})
    path = tmp_path / "me.json"
    path.write_text(spt.dumps(person), encoding="utf-8")
    _refused(run, "plan", path, says=('"towel"', '"chair"'))


def test_a_file_that_breaks_off_while_it_is_read_is_named(
    run: Run, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An error that comes only with reading, such as of a failing disk, is told like any other."""

    class Failing(BytesIO):
        def read(self, _: int | None = -1, /) -> bytes:
            raise OSError(EIO, "Input/output error")

    monkeypatch.setattr(_files, "opened", lambda _: Failing())
    ended = run("plan", profile)
    assert ended.code == 2
    assert ended.out == ""
    assert f"{profile}: Input/output error" in ended.err
