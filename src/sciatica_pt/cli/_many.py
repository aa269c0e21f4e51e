"""`plan-many`: a plan for each line of a file, going on where an interrupted run has stopped."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import closing
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import attrs

from sciatica_pt.cli._files import InputError, check_target, opened, tell
from sciatica_pt.cli._parser import Arguments
from sciatica_pt.cli._workers import workers
from sciatica_pt.codec import Limits, dumps, loads
from sciatica_pt.errors import DecodeError, GuidanceError, SciaticaPTError
from sciatica_pt.guidance import Catalog
from sciatica_pt.model.profile import Profile
from sciatica_pt.planning import (
    NoConformingPlan,
    Plan,
    ReferralRequired,
    ScreeningIncomplete,
    plan_many,
)

__all__ = ["plan_file"]

#: Lines read ahead for each worker, and how many of them travel to a worker together.
_BATCH = 64
_CHUNK = 8
_RECORD = re.compile(rb'\{"line":(\d+),"(plan|routine|error)":')
_LOGGED_STEPS = 100
_SHOWN_STEPS = 1000


@attrs.define
class _Tally:
    """How far a run is.

    Attributes:
        total: lines with something in them.
        line: number of the last line that is done, from 1; 0 before the first.
        plans: lines that have their plan.
        errors: lines that have none.
    """

    total: int
    line: int = 0
    plans: int = 0
    errors: int = 0

    @property
    def done(self) -> int:
        """How many lines are done."""
        return self.plans + self.errors

    def step(self, steps: int) -> int:
        """Return how many of so many equal steps are done."""
        return self.done * steps // self.total

    def add(self, line: int, *, planned: bool) -> None:
        """Count one more line that is done."""
        self.line = line
        self.plans += planned
        self.errors += not planned


def plan_file(args: Arguments, guidance: Catalog) -> int:
    """Write a plan for each profile of a file, and return the exit code.

    What is done stands in a file beside the target, which gets its name only when it is whole.
    That file is named for all that decides what is in it, so that no run goes on with the work of
    a different one.

    Raises:
        InputError: the profiles can't be read, or the plans can't be written.
    """
    check_target(args.out, args.profiles)
    assert args.out is not None  # the parser requires it
    with opened(args.profiles) as stream:
        if not args.profiles.is_file():
            raise InputError(f"{args.profiles}: this is no plain file, and it is read twice")
        name, total = _identity(stream, args, guidance)
        stream.seek(0)
        target = args.out.resolve()
        part = target.with_name(f"{target.name}.{name}.part")
        tally = _Tally(total)
        try:
            if part.exists():
                _resume(part, tally)
            with part.open("ab") as out, closing(_outcomes(stream, tally, args, guidance)) as made:
                _write(out, made, tally, args)
            _finish(part, target, stream, tally, args)
        except OSError as error:
            kept = _KEPT if tally.done else "nothing was written"
            raise InputError(f"{args.out}: {error.strerror}; {kept}") from None
        except BrokenExecutor:
            raise InputError(f"a worker has died, for want of memory perhaps; {_KEPT}") from None
        except KeyboardInterrupt:
            tell(f"Stopped at {tally.done} of {total}; {_KEPT}")
            raise
    if tally.errors:
        tell(
            f"{tally.plans} of {total} have a plan. The others say why not: see the lines with "
            f'"error" in {args.out}.'
        )
    return 1 if tally.errors else 0


_KEPT = "what is done is kept, and the same command goes on from there"


def _identity(stream: BinaryIO, args: Arguments, guidance: Catalog) -> tuple[str, int]:
    """Return a name for the run, and how many lines have something in them."""
    settings = (
        version("sciatica-pt"),
        [(pack.id, pack.version) for pack in guidance.packs],
        args.allow_unscreened,
        args.routines,
    )
    digest = hashlib.sha256(repr(settings).encode())
    total = 0
    for number, raw in _lines(stream):
        digest.update(b"%d:%d:" % (number, len(raw)) + raw)
        total += 1
    return digest.hexdigest()[:12], total


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines with something in them, and their numbers from 1."""
    most = Limits().size + 1
    number = 0
    while raw := stream.readline(most):
        number += 1
        rest = raw
        # The beginning of a line that is too long is enough to refuse it.
        while len(rest) == most and not rest.endswith(b"\n"):
            rest = stream.readline(most)
        if raw.strip() or len(raw) == most:
            yield number, raw.rstrip(b"\r\n")


def _resume(part: Path, tally: _Tally) -> None:
    """Count what an earlier run has done, and cut off the line that it has not finished."""
    whole = 0
    with part.open("r+b") as stream:
        for raw in stream:
            record = _RECORD.match(raw)
            if record is None or not raw.endswith(b"\n"):
                break
            whole += len(raw)
            tally.add(int(record[1]), planned=record[2] != b"error")
        stream.truncate(whole)
    if tally.done:
        tell(f"Going on after {tally.done} of {tally.total}.")


def _outcomes(
    stream: BinaryIO, tally: _Tally, args: Arguments, guidance: Catalog
) -> Generator[tuple[int, Plan | SciaticaPTError]]:
    """Yield the outcome of each line that is not done yet, in order, with its number."""
    todo = (item for item in _lines(stream) if item[0] > tally.line)
    with workers(args.workers) as executor:
        while batch := [(line, _read(raw)) for line, raw in islice(todo, _BATCH * args.workers)]:
            made = plan_many(
                [item for _, item in batch if isinstance(item, Profile)],
                executor=executor,
                chunk_size=_CHUNK,
                chunks_ahead=_BATCH * args.workers,
                guidance=guidance,
                allow_unscreened=args.allow_unscreened,
            )
            for line, item in batch:
                yield line, next(made) if isinstance(item, Profile) else item


def _read(raw: bytes) -> Profile | DecodeError:
    try:
        return loads(raw, Profile)
    except DecodeError as error:
        return error


def _write(
    out: BinaryIO,
    made: Iterable[tuple[int, Plan | SciaticaPTError]],
    tally: _Tally,
    args: Arguments,
) -> None:
    terminal = sys.stderr is not None and sys.stderr.isatty()
    steps = _SHOWN_STEPS if terminal else _LOGGED_STEPS
    for line, outcome in made:
        # At once, so that an interrupt costs half a line at most, which the next run cuts off.
        out.write(_record(line, outcome, routines=args.routines))
        out.flush()
        before = tally.step(steps)
        tally.add(line, planned=isinstance(outcome, Plan))
        if (terminal or args.progress) and tally.step(steps) > before:
            _show(tally, terminal=terminal)


def _show(tally: _Tally, *, terminal: bool) -> None:
    text = f"{tally.done} of {tally.total} ({tally.step(100)} %), {tally.errors} without a plan"
    if terminal:
        # In place, and with a line of its own at the end.
        text = f"\r{text}" if tally.done < tally.total else f"\r{text}\n"
    tell(text, end="" if terminal else "\n")


def _record(line: int, outcome: Plan | SciaticaPTError, *, routines: bool) -> bytes:
    if isinstance(outcome, SciaticaPTError):
        kind, text = "error", json.dumps(_error(outcome), separators=(",", ":"))
    elif routines:
        kind, text = "routine", dumps(outcome.routine)
    else:
        kind, text = "plan", dumps(outcome)
    return f'{{"line":{line},"{kind}":{text}}}\n'.encode()


def _error(error: SciaticaPTError) -> dict[str, Any]:
    """Return an error as plain values."""
    if isinstance(error, (DecodeError, GuidanceError)):
        return error.as_json()
    plain: dict[str, Any] = {
        "error": type(error).__name__,
        "message": str(error).partition("\n")[0],
    }
    match error:
        case ReferralRequired():
            plain |= {"tier": error.tier, "flags": [flag.id for flag in error.flags]}
        case ScreeningIncomplete():
            plain |= {"questions": [flag.id for flag in error.questions]}
        case NoConformingPlan():
            plain |= {"findings": [finding.code for finding in error.findings]}
        case _:
            plain["message"] = str(error)
    return plain


def _finish(part: Path, target: Path, stream: BinaryIO, tally: _Tally, args: Arguments) -> None:
    """Give the file its name, unless nothing in it is worth one."""
    if tally.plans or not _hopeless(stream):
        part.replace(target)
        return
    part.unlink()
    if not tally.total:
        raise InputError(f"{args.profiles}: there is nothing in it; give a profile on each line")
    stream.seek(0)
    number, raw = next(_lines(stream))
    raise InputError(
        f"{args.profiles}: no line of it is a profile; give one on each line. "
        f"Line {number}: {_read(raw)}"
    )


def _hopeless(stream: BinaryIO) -> bool:
    """Whether not one line can be read as a profile."""
    stream.seek(0)
    return all(isinstance(_read(raw), DecodeError) for _, raw in _lines(stream))
