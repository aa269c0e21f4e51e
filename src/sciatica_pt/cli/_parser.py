"""The arguments of each command, and what `--help` says of them."""

from __future__ import annotations

import argparse
from functools import partial
from importlib.metadata import version
from pathlib import Path

from sciatica_pt.cli._edits import Typed
from sciatica_pt.cli._options import json_option, out_option, profile_argument, unscreened_option
from sciatica_pt.cli._parser_weeks import add_week_commands

__all__ = ["Arguments", "build_parser"]

_WIDTH = 100
#: As many as every system can wait for at once.
_MOST_WORKERS = 61
_formatter = partial(argparse.RawDescriptionHelpFormatter, width=_WIDTH, max_help_position=28)


class Arguments(argparse.Namespace):
    """What was given; each command sets those it has.

    Attributes:
        command: the command's name.
        profile: the file with the person's profile; `None` for the bundled example.
        profiles: the file with a profile on each line.
        routine: the file with the week to check.
        id: what to look up; `None` for a list.
        changed: the file with the person's profile as it would be.
        week: the file with the week to look at; `None` to plan one.
        edits: what is asked for, in order: the option, and what was typed after it.
        improve: whether to aim also at what the week before already missed.
        guidance: which guidance, `default` or `article`.
        json: whether to write JSON.
        out: the file to write; `None` to print.
        allow_unscreened: whether to plan although red-flag questions are open.
        routines: whether to write routines alone instead of whole plans.
        workers: how many processes plan.
        progress: whether to say how far it is where nobody may be watching.
    """

    command: str
    profile: Path | None
    profiles: Path
    routine: Path
    id: str | None
    changed: Path
    week: Path | None
    edits: list[Typed]
    improve: bool
    guidance: str
    json: bool
    out: Path | None
    allow_unscreened: bool
    routines: bool
    workers: int
    progress: bool


_DESCRIPTION = """\
Weekly home programs for sciatica from cited guidance: planned, checked and explained.

It formats and checks programs. It does not diagnose, treat or replace a clinician, and no
clinician has reviewed it."""

_EPILOG = """\
example:
  sciatica-pt plan                                        a week for a bundled example profile
  sciatica-pt plan me.json --json --out week.json         a week for a person, as JSON
  sciatica-pt validate week.json --profile me.json        does it keep every rule?
  sciatica-pt replan week.json --profile me.json --forbid bridge
                                                          the week without it, the rest kept
  sciatica-pt explain me.json bridge                      why is the bridge in it, or not?
  sciatica-pt alternatives me.json bridge                 what could stand in for it?
  sciatica-pt explain A021                                the sentence behind a number

exit codes:
  0   done; what was planned or checked conforms
  1   findings; or no plan, because none would be safe
  2   bad input: one message on standard error, and nothing written"""


def _shared() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--guidance",
        choices=("default", "article"),
        default="default",
        help="all bundled packs (default), or what the article alone says: it knows no warning "
        "sign and no condition",
    )
    return shared


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="sciatica-pt",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {version('sciatica-pt')}")
    commands = parser.add_subparsers(
        dest="command", metavar="COMMAND", required=True, title="commands"
    )
    shared = _shared()

    def command(name: str, summary: str, detail: str, example: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=summary,
            description=detail,
            epilog=f"example:\n{example}",
            parents=[shared],
            formatter_class=_formatter,
            allow_abbrev=False,
        )

    _plan(
        command(
            "plan",
            "plan a week for a person",
            "Plan a week and print it with the reason and the source of each line.\n"
            "Without a file, the person is a bundled example.",
            "  sciatica-pt plan me.json\n  sciatica-pt plan me.json --json --out week.json",
        )
    )
    _plan_many(
        command(
            "plan-many",
            "plan a week for each profile of a file",
            "Plan a week for each line of a file in which every line is a profile (JSON Lines).\n"
            "The result has a line for each, in the same order, with its number and its plan, or\n"
            "the error that says why there is none. A run that was interrupted goes on where it\n"
            "stopped when the same command is given again.",
            "  sciatica-pt plan-many people.jsonl --out plans.jsonl --workers 4",
        )
    )
    _validate(
        command(
            "validate",
            "check a week against every rule",
            "Check a week for a person. The exit code is 0 when it conforms, and 1 when not.",
            "  sciatica-pt validate week.json --profile me.json",
        )
    )
    _explain(
        command(
            "explain",
            "why an activity is in the week or not; what a rule or a statement says",
            "Explain one thing by its id.\n"
            "An activity: why it is in the person's week, or why not.\n"
            "A rule, statement, source, restriction or warning sign: what it says, what rests on\n"
            "it and what speaks against it.",
            "  sciatica-pt explain me.json bridge\n"
            "  sciatica-pt explain A021\n"
            "  sciatica-pt explain SPT105",
        )
    )
    add_week_commands(command)
    catalog = command(
        "catalog",
        "list the activities, or show one with its doses",
        "List the activities that the guidance knows.\n"
        "With an id, show one: steps, doses by phase, who it is not for, and the sentence behind\n"
        "each number.",
        "  sciatica-pt catalog\n  sciatica-pt catalog bridge",
    )
    catalog.add_argument("id", metavar="ID", nargs="?", help="id of an activity, such as bridge")
    json_option(catalog, "the activities, or the one")
    rules = command(
        "rules",
        "list the rules, or show one with its sources",
        "List the rules that a week must keep.\n"
        "With a code, show one: what it demands, why, its numbers and the sentences behind them.",
        "  sciatica-pt rules\n  sciatica-pt rules SPT105",
    )
    rules.add_argument("id", metavar="CODE", nargs="?", help="code of a rule, such as SPT105")
    json_option(rules, "the rules, or the one")
    return parser


def _plan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "profile", metavar="PROFILE.json", nargs="?", type=Path, help="what is known of the person"
    )
    json_option(parser, "the whole plan (week, report, reasons)")
    out_option(parser)
    unscreened_option(parser)


def _plan_many(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "profiles", metavar="PROFILES.jsonl", type=Path, help="a profile on each line"
    )
    parser.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        required=True,
        help="write to this file; it gets its name when it is whole",
    )
    parser.add_argument(
        "--workers",
        metavar="N",
        type=_count,
        default=1,
        help="processes that plan at the same time (default: 1)",
    )
    parser.add_argument(
        "--routines",
        action="store_true",
        help="write each routine alone, without its report and its reasons",
    )
    parser.add_argument(
        "--progress",
        action="store_true",
        help="say how far it is even when standard error is no terminal",
    )
    unscreened_option(parser)


def _count(text: str) -> int:
    count = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= count <= _MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"expected a number from 1 to {_MOST_WORKERS}, got {text}")
    return count


def _validate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "routine", metavar="ROUTINE.json", type=Path, help="the week, or the plan that holds it"
    )
    parser.add_argument(
        "--profile",
        metavar="PROFILE.json",
        type=Path,
        required=True,
        help="what is known of the person",
    )
    json_option(parser, "the report")


def _explain(parser: argparse.ArgumentParser) -> None:
    profile_argument(parser)
    parser.add_argument(
        "id", metavar="ID", help="id of an activity, rule, statement, source, restriction or sign"
    )
    unscreened_option(parser)
