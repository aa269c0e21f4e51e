"""The commands that look beyond one week: what else could be in it, and the week changed."""

from __future__ import annotations

from sciatica_pt.cli._edits import edits_from
from sciatica_pt.cli._files import (
    array,
    check_target,
    deliver,
    emit,
    known_word,
    load_profile,
    load_routine,
)
from sciatica_pt.cli._layout import wrapped
from sciatica_pt.cli._parser import Arguments
from sciatica_pt.codec import dumps
from sciatica_pt.guidance import Catalog
from sciatica_pt.planning import (
    Alternative,
    alternatives,
    plan_week,
    replan,
    what_if,
    what_unlocks,
)

__all__ = ["alternatives_for", "compare", "replan_week", "unlock"]

_INDENT = 2


def alternatives_for(args: Arguments, guidance: Catalog) -> int:
    """Print what could stand in for an activity of a week."""
    profile = load_profile(args.profile, guidance)
    activity = known_word(args.id or "", guidance.activities, "activity")
    week = (
        plan_week(profile, guidance=guidance, allow_unscreened=args.allow_unscreened).routine
        if args.week is None
        else load_routine(args.week)
    )
    found = alternatives(
        week,
        activity,
        profile=profile,
        guidance=guidance,
        allow_unscreened=args.allow_unscreened,
    )
    emit(array(found) if args.json else _alternatives_text(activity, found))
    return 0


def _alternatives_text(activity: str, found: tuple[Alternative, ...]) -> str:
    if not found:
        return f"Nothing else of its technique can stand in for {activity}."
    lines = [f"In place of {activity}, the best first:"]
    for item in found:
        lines += wrapped(str(item), "  - ")
    return "\n".join(lines)


def unlock(args: Arguments, guidance: Catalog) -> int:
    """Print what would let an activity in."""
    found = what_unlocks(
        known_word(args.id or "", guidance.activities, "activity"),
        profile=load_profile(args.profile, guidance),
        guidance=guidance,
        allow_unscreened=args.allow_unscreened,
    )
    emit(dumps(found, indent=_INDENT) if args.json else "\n".join(wrapped(str(found), "", "  ")))
    return 0


def compare(args: Arguments, guidance: Catalog) -> int:
    """Print what would differ in the week if the person's circumstances were others."""
    found = what_if(
        load_profile(args.profile, guidance),
        load_profile(args.changed, guidance),
        guidance=guidance,
        allow_unscreened=args.allow_unscreened,
    )
    emit(dumps(found, indent=_INDENT) if args.json else str(found))
    return 0


def replan_week(args: Arguments, guidance: Catalog) -> int:
    """Print a week changed as people ask, with what changes and what each edit costs."""
    check_target(args.out, args.routine)
    check_target(args.out, args.profile)
    week = load_routine(args.routine)
    profile = load_profile(args.profile, guidance)
    answer = replan(
        week,
        profile=profile,
        edits=edits_from(args.edits, week),
        guidance=guidance,
        allow_unscreened=args.allow_unscreened,
        improve=args.improve,
    )
    text = f"{answer}\n\n{answer.plan}"
    deliver(dumps(answer, indent=_INDENT) if args.json else text, args.out)
    return 0
