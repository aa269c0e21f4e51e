"""The `sciatica-pt` command: the only part of the library that reads, writes and prints."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["main"]

_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    0: done, and what was planned or checked conforms.
    1: findings, or no plan because none would be safe.
    2: bad input; nothing was written.
    130 and 141 are what shells report for a command that was interrupted, or whose reader has had
    enough.

    Args:
        argv: the arguments; `None` for those of the process.
    """
    try:
        # Loading the library takes long enough to be interrupted.
        from sciatica_pt.cli._run import run

        return run(argv)
    except KeyboardInterrupt:
        return _INTERRUPTED
