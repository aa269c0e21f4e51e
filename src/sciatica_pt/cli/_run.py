"""From arguments to an exit code: every way a command can end, and none of them a traceback."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence

from sciatica_pt.cli._commands import COMMANDS
from sciatica_pt.cli._files import tell
from sciatica_pt.cli._parser import Arguments, build_parser
from sciatica_pt.errors import SciaticaPTError
from sciatica_pt.planning import PlanRefused, ScreeningIncomplete

__all__ = ["run"]

_FINDINGS = 1
_BAD_INPUT = 2
_CLOSED_PIPE = 141


def run(argv: Sequence[str] | None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # The same bytes everywhere, whatever the machine would choose.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", newline="\n", errors="backslashreplace")
    try:
        args = build_parser().parse_args(argv, namespace=Arguments())
    except SystemExit as end:
        return _BAD_INPUT if end.code else 0
    try:
        code = COMMANDS[args.command](args)
        if sys.stdout is not None:
            sys.stdout.flush()
    except PlanRefused as refusal:
        tell(_screening_text(refusal) if isinstance(refusal, ScreeningIncomplete) else str(refusal))
        return _FINDINGS
    except SciaticaPTError as error:
        tell(f"sciatica-pt {args.command}: error: {error}")
        return _BAD_INPUT
    except BrokenPipeError:
        _abandon_output()
        return _CLOSED_PIPE
    except OSError as error:
        _abandon_output()
        tell(f"sciatica-pt {args.command}: error: standard output: {error.strerror}")
        return _BAD_INPUT
    return code


def _screening_text(refusal: ScreeningIncomplete) -> str:
    count = len(refusal.questions)
    lines = [
        f"No plan yet: {count} safety question{'' if count == 1 else 's'} must be answered first,",
        "because exercise is not right for everybody. A no to each opens the way to a plan; a yes",
        "says what to do instead.",
        'Put the answers into the profile, under "screening"; or pass --allow-unscreened, and the',
        "plan will say that nobody asked.",
        *(f"  - {flag.ask} ({flag.id})" for flag in refusal.questions),
    ]
    return "\n".join(lines)


def _abandon_output() -> None:
    """Let what is still buffered go nowhere, so that closing the stream can't fail once more."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
