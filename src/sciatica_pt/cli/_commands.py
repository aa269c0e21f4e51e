"""The commands: each takes the arguments, prints its result and returns the exit code."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sciatica_pt.cli._files import (
    array,
    check_target,
    deliver,
    emit,
    known_word,
    load_profile,
    load_routine,
)
from sciatica_pt.cli._many import plan_file
from sciatica_pt.cli._pages import (
    activity_list,
    activity_page,
    entry_page,
    red_flag_page,
    restriction_page,
    rule_list,
    rule_page,
)
from sciatica_pt.cli._parser import Arguments
from sciatica_pt.cli._trail import by_id, source_page, statement_page
from sciatica_pt.cli._weeks import alternatives_for, compare, replan_week, unlock
from sciatica_pt.codec import dumps
from sciatica_pt.guidance import Catalog, article_guidance, default_guidance
from sciatica_pt.planning import plan_week
from sciatica_pt.validation import validate

__all__ = ["COMMANDS"]

_INDENT = 2
_HINT = """
To see the sentence behind anything in brackets: sciatica-pt explain ID
To see how an activity is done: sciatica-pt catalog ID"""


def _guidance(args: Arguments) -> Catalog:
    return article_guidance() if args.guidance == "article" else default_guidance()


def _plan(args: Arguments) -> int:
    guidance = _guidance(args)
    check_target(args.out, args.profile)
    profile = load_profile(args.profile, guidance)
    plan = plan_week(profile, guidance=guidance, allow_unscreened=args.allow_unscreened)
    deliver(dumps(plan, indent=_INDENT) if args.json else f"{plan}\n{_HINT}", args.out)
    return 0


def _plan_many(args: Arguments) -> int:
    return plan_file(args, _guidance(args))


def _validate(args: Arguments) -> int:
    guidance = _guidance(args)
    routine = load_routine(args.routine)
    report = validate(routine, profile=load_profile(args.profile, guidance), guidance=guidance)
    emit(dumps(report, indent=_INDENT) if args.json else str(report))
    return 0 if report.conforms else 1


def _explain(args: Arguments) -> int:
    guidance = _guidance(args)
    restrictions = by_id(guidance.restrictions)
    pages: tuple[tuple[Mapping[str, object], Callable[[str], str]], ...] = (
        (guidance.activities, lambda name: _why(args, guidance, name)),
        (guidance.rules, lambda name: rule_page(guidance.rules[name], guidance)),
        (guidance.statements, lambda name: statement_page(guidance.statements[name], guidance)),
        (guidance.sources, lambda name: source_page(guidance.sources[name], guidance)),
        (restrictions, lambda name: restriction_page(restrictions[name], guidance)),
        (guidance.red_flags, lambda name: red_flag_page(guidance.red_flags[name], guidance)),
    )
    known = [name for index, _ in pages for name in index]
    word = args.id or ""
    name = known_word(word, known, "thing to explain")
    emit(next(page(name) for index, page in pages if name in index))
    return 0


def _why(args: Arguments, guidance: Catalog, activity: str) -> str:
    profile = load_profile(args.profile, guidance)
    plan = plan_week(profile, guidance=guidance, allow_unscreened=args.allow_unscreened)
    return entry_page(plan.explain(activity), guidance)


def _catalog(args: Arguments) -> int:
    guidance = _guidance(args)
    if args.id is None:
        emit(array(guidance.activities.values()) if args.json else activity_list(guidance))
        return 0
    activity = guidance.activities[known_word(args.id, guidance.activities, "activity")]
    emit(dumps(activity, indent=_INDENT) if args.json else activity_page(activity, guidance))
    return 0


def _rules(args: Arguments) -> int:
    guidance = _guidance(args)
    if args.id is None:
        emit(array(guidance.rules.values()) if args.json else rule_list(guidance))
        return 0
    rule = guidance.rules[known_word(args.id, guidance.rules, "rule")]
    emit(dumps(rule, indent=_INDENT) if args.json else rule_page(rule, guidance))
    return 0


COMMANDS: dict[str, Callable[[Arguments], int]] = {
    "plan": _plan,
    "plan-many": _plan_many,
    "validate": _validate,
    "replan": lambda args: replan_week(args, _guidance(args)),
    "explain": _explain,
    "alternatives": lambda args: alternatives_for(args, _guidance(args)),
    "what-unlocks": lambda args: unlock(args, _guidance(args)),
    "what-if": lambda args: compare(args, _guidance(args)),
    "catalog": _catalog,
    "rules": _rules,
}
