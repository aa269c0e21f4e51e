"""Options that several commands have."""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["json_option", "out_option", "profile_argument", "unscreened_option"]


def json_option(parser: argparse.ArgumentParser, what: str) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help=f"write {what} as JSON")


def unscreened_option(parser: argparse.ArgumentParser) -> None:
    """Add `--allow-unscreened`."""
    parser.add_argument(
        "--allow-unscreened",
        action="store_true",
        help="plan although safety questions are open; the plan says that nobody asked",
    )


def out_option(parser: argparse.ArgumentParser) -> None:
    """Add `--out`."""
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        help="write to a file instead of printing, all of it or nothing",
    )


def profile_argument(parser: argparse.ArgumentParser) -> None:
    """Add the profile as an argument that may be left out."""
    parser.add_argument(
        "profile",
        metavar="PROFILE.json",
        nargs="?",
        type=Path,
        help="what is known of the person; without it, a bundled example",
    )
