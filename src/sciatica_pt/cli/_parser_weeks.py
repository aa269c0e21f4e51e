"""The arguments of the commands that look beyond one week."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from sciatica_pt.cli._edits import FORMS, Typed
from sciatica_pt.cli._options import (
    json_option,
    out_option,
    profile_argument,
    unscreened_option,
)

__all__ = ["Command", "add_week_commands"]

#: Adds a command by its name, its summary, its description and an example.
Command = Callable[[str, str, str, str], argparse.ArgumentParser]
_HELP = {
    "pin": "keep an activity in the week, on these days if any are given",
    "forbid": "leave an activity out of the week, or of some of its days",
    "move": "do an activity on another day",
    "dose": "change numbers of an activity's dose, such as sets=2,reps=8",
}


def add_week_commands(command: Command) -> None:
    """Add the commands."""
    _replan(
        command(
            "replan",
            "change a week as people ask, and keep the rest",
            "Change a week as people ask, and keep as much of the rest as the rules allow.\n"
            "Each of --pin, --forbid, --move and --dose may be given more than once. What can't\n"
            "be is refused with the rule, or with the demands that clash, and the exit code is 1.",
            "  sciatica-pt replan week.json --profile me.json --forbid bridge\n"
            "  sciatica-pt replan week.json --profile me.json --pin walking:mon,wed,fri\n"
            "  sciatica-pt replan week.json --profile me.json --move bridge:mon:tue --json",
        )
    )
    others = command(
        "alternatives",
        "what could stand in for an activity of the week",
        "List what could stand in for an activity, the best first: each was planned, and the\n"
        "rules allow it. Without a week one is planned.",
        "  sciatica-pt alternatives me.json bridge\n"
        "  sciatica-pt alternatives me.json bridge --week week.json",
    )
    _activity(others)
    others.add_argument(
        "--week", metavar="ROUTINE.json", type=Path, help="the week, or the plan that holds it"
    )
    json_option(others, "each with its week")
    unscreened_option(others)
    unlock = command(
        "what-unlocks",
        "what would let an activity in that rules keep out",
        "List the fewest steps that would let an activity in. No step is advice to take it: a\n"
        "contraindication is listed as what would no longer have to hold.",
        "  sciatica-pt what-unlocks me.json cold",
    )
    _activity(unlock)
    json_option(unlock, "the steps")
    unscreened_option(unlock)
    other = command(
        "what-if",
        "what would differ in the week under other circumstances",
        "Plan for a person as things are and as they would be, and show what differs.",
        "  sciatica-pt what-if me.json with-a-pool.json",
    )
    other.add_argument(
        "profile", metavar="PROFILE.json", type=Path, help="what is known of the person"
    )
    other.add_argument(
        "changed", metavar="CHANGED.json", type=Path, help="the same person as they would be"
    )
    json_option(other, "both plans and what differs")
    unscreened_option(other)


def _activity(parser: argparse.ArgumentParser) -> None:
    profile_argument(parser)
    parser.add_argument("id", metavar="ID", help="id of an activity, such as bridge")


def _replan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "routine", metavar="ROUTINE.json", type=Path, help="the week, or the plan that holds it"
    )
    parser.add_argument(
        "--profile",
        metavar="PROFILE.json",
        type=Path,
        required=True,
        help="what is known of the person now",
    )
    for name, form in FORMS.items():
        parser.add_argument(
            f"--{name}",
            metavar=form,
            dest="edits",
            action="append",
            type=_typed(name),
            default=[],
            help=_HELP[name],
        )
    parser.add_argument(
        "--improve",
        action="store_true",
        help="aim also at what the week before already missed",
    )
    json_option(parser, "the new plan, what changes and what each edit costs")
    out_option(parser)
    unscreened_option(parser)


def _typed(name: str) -> Callable[[str], Typed]:
    return lambda text: (name, text)
