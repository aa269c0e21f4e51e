"""Reading documents, writing results whole or not at all, and printing."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO, TypeVar

from sciatica_pt.codec import Limits, dumps, loads
from sciatica_pt.errors import DecodeError, GuidanceError, SciaticaPTError, nearest
from sciatica_pt.guidance import Catalog
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.routine import Routine
from sciatica_pt.planning import Plan, Replanned

__all__ = [
    "InputError",
    "array",
    "check_target",
    "deliver",
    "emit",
    "known_word",
    "load_profile",
    "load_routine",
    "opened",
    "tell",
]

_T = TypeVar("_T")
_EXAMPLE = "example.json"
_WHERE_EXAMPLE = "the bundled example profile"


class InputError(SciaticaPTError):
    """Something given on the command line that can't be used."""


# --- Reading


def load_profile(path: Path | None, guidance: Catalog) -> Profile:
    """Return the profile in a file, or the bundled example, saying so, when there is no file.

    Raises:
        InputError: there is no such file, it holds no profile, or the profile uses a word that the
            guidance doesn't know.
    """
    if path is None:
        tell(f"No profile was given: this is {_WHERE_EXAMPLE}.")
        raw, name = files("sciatica_pt.cli").joinpath(_EXAMPLE).read_bytes(), _WHERE_EXAMPLE
    else:
        raw, name = _read(path), str(path)
    profile = _decoded(raw, Profile, name)
    try:
        guidance.check_profile(profile)
    except GuidanceError as error:
        raise InputError(f"{name}: {error}") from None
    return profile


def load_routine(path: Path) -> Routine:
    """Return the routine in a file, which may hold a plan instead, or a week that was replanned.

    Raises:
        InputError: there is no such file, or it holds none of these.
    """
    raw = _read(path)
    try:
        return loads(raw, Routine)
    except DecodeError as error:
        wrong = error
    readers: tuple[Callable[[bytes], Routine], ...] = (
        lambda document: loads(document, Plan).routine,
        lambda document: loads(document, Replanned).plan.routine,
    )
    for read in readers if _other_kind(wrong) else ():
        try:
            return read(raw)
        except DecodeError as error:
            # A plan that can't be read is told its own problems.
            wrong = wrong if _other_kind(error) else error
    raise InputError(f"{path}: {wrong}")


def _other_kind(error: DecodeError) -> bool:
    return any(problem.path == "$.kind" for problem in error.problems)


def _decoded(raw: bytes, cls: type[_T], name: str) -> _T:
    try:
        return loads(raw, cls)
    except DecodeError as error:
        raise InputError(f"{name}: {error}") from None


def _read(path: Path) -> bytes:
    """Return what a file holds, or as much of it as shows that it is too long."""
    with opened(path) as stream:
        try:
            return stream.read(Limits().size + 1)
        except OSError as error:
            raise InputError(f"{path}: {error.strerror}") from None


def opened(path: Path) -> BinaryIO:
    """Open a file to read from it.

    Raises:
        InputError: there is no such file, or it can't be opened.
    """
    try:
        if path.is_dir():
            raise InputError(f"{path}: this is a directory; give a file")
        return path.open("rb")
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file{_nearby(path)}") from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None


def _nearby(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        return ""
    near = nearest(path.name, [item.name for item in folder.iterdir()])
    return f'; did you mean "{folder / near}"?' if near else ""


def known_word(word: str, known: Iterable[str], what: str) -> str:
    """Return the known word that was meant: codes may be typed in small letters.

    Raises:
        InputError: there is none; the nearest one is named.
    """
    words = list(known)
    for candidate in (word, word.upper()):
        if candidate in words:
            return candidate
    near = nearest(word, words) or nearest(word.upper(), words)
    hint = f'; did you mean "{near}"?' if near else ""
    if word.endswith(".json"):
        hint = "; after a file comes an id, as in: sciatica-pt explain me.json bridge"
    raise InputError(f'the guidance knows no {what} "{word}"{hint}')


# --- Writing


def array(values: Iterable[object]) -> str:
    """Return a JSON array of documents, one a line."""
    documents = ",\n".join(dumps(value) for value in values)
    return f"[\n{documents}\n]" if documents else "[]"


def emit(text: str) -> None:
    """Print a text.

    Raises:
        InputError: there is nowhere to print to.
    """
    # Python has no stream for a standard output that was closed before it started.
    if sys.stdout is None:
        raise InputError("standard output is closed, so there is nowhere to print to")
    sys.stdout.write(f"{text}\n")


def tell(text: str, *, end: str = "\n") -> None:
    """Write a line to standard error; with nobody left to tell, the exit code has to do."""
    with contextlib.suppress(OSError, AttributeError):
        sys.stderr.write(f"{text}{end}")
        sys.stderr.flush()


def deliver(text: str, out: Path | None) -> None:
    """Print a text, or write it to a file: all of it or nothing.

    Raises:
        InputError: it can't be written there.
    """
    if out is None:
        emit(text)
        return
    target = out.resolve()
    try:
        # In the same folder, so that the last step is a rename, which can't be half done.
        with tempfile.TemporaryDirectory(prefix=".sciatica-pt-", dir=target.parent) as folder:
            whole = Path(folder) / target.name
            whole.write_bytes(f"{text}\n".encode())
            whole.replace(target)
    except OSError as error:
        raise InputError(f"{out}: {error.strerror}; nothing was written") from None


def check_target(out: Path | None, source: Path | None) -> None:
    """Refuse a file to write to before any work is done for it.

    Raises:
        InputError: it is a directory, no plain file, in no folder, or the file that was read.
    """
    if out is None:
        return
    try:
        _check_target(out, source)
    except OSError as error:
        raise InputError(f"{out}: {error.strerror}") from None


def _check_target(out: Path, source: Path | None) -> None:
    if out.is_dir():
        raise InputError(f"{out}: this is a directory; give the file to write")
    if out.exists() and not out.is_file():
        raise InputError(f"{out}: this is no plain file; leave out --out to print")
    if not out.resolve().parent.is_dir():
        raise InputError(f"{out}: there is no folder {out.parent}; make it first")
    if source is not None and out.exists() and source.exists() and out.samefile(source):
        raise InputError(f"{out}: this is what is read itself; write to another file")
