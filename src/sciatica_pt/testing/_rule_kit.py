"""What everyone may expect of a rule, as a test for whoever writes one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, cast

import attrs

from sciatica_pt.codec import dumps
from sciatica_pt.guidance import Catalog, default_guidance
from sciatica_pt.model.evidence import Citation
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.routine import Routine
from sciatica_pt.model.vocabulary import Outcome, Scope
from sciatica_pt.planning import MonotoneRule, SumRule
from sciatica_pt.rules import Context, Rule, RuleSet, Verdict, WeekView, run_rule, view
from sciatica_pt.testing._extra import given, kit_settings, st
from sciatica_pt.testing._people import profiles
from sciatica_pt.testing._weeks import routines

__all__ = ["check_rule", "demand"]

_STEP = re.compile(r"\.([a-z_]+)|\[([0-9]+)\]")
_SAID = (Outcome.PASS, Outcome.FAIL, Outcome.INDETERMINATE)


def demand(holds: bool, promise: str) -> None:
    """Raise AssertionError with the broken promise unless it holds."""
    if not holds:
        raise AssertionError(promise)


def check_rule(
    rule: Rule, *, guidance: Catalog | None = None, max_examples: int | None = None
) -> None:
    """Check what everyone may expect of a rule; call it in a test of each rule of your own.

    The rule has a well-formed code and name, states its scope, severity and citations, and cites
    only what the guidance says.
    On any routine, for any person or none, it raises nothing, says the same when asked again,
    changes nothing, speaks only of places that exist, and names the question to ask whenever it
    can't judge.
    What it says of itself for the planner's sake, as a `SumRule` or a `MonotoneRule`, is true.

    Args:
        rule: the rule.
        guidance: the guidance it is meant for; `None` for the bundled packs.
        max_examples: how many weeks to try; `None` for the number of the hypothesis profile.

    Raises:
        AssertionError: a promise is broken; the message says which.
        InvalidValueError: it is no rule at all, or its code, name, scope or severity is malformed.
    """
    catalog = default_guidance() if guidance is None else guidance
    RuleSet([rule])
    _check_face(rule, catalog)
    people = st.none() | profiles(catalog)
    weeks = routines(catalog) | routines(catalog, arbitrary=True)

    @kit_settings(max_examples)
    @given(routine=weeks, profile=people)
    def run(routine: Routine, profile: Profile | None) -> None:
        _check_run(rule, routine, profile, catalog)

    run()


def _check_face(rule: Rule, catalog: Catalog) -> None:
    citations = cast("Any", rule.citations)
    demand(
        isinstance(citations, tuple)
        and all(isinstance(item, Citation) for item in cast("tuple[object, ...]", citations)),
        f"{rule.code}: citations must be a tuple of Citation",
    )
    unknown = [
        item.statement for item in rule.citations if item.statement not in catalog.statements
    ]
    demand(not unknown, f"{rule.code} cites what the guidance does not say: {unknown}")
    face = (rule.code, rule.name, rule.scope, rule.severity, rule.citations)
    again = (rule.code, rule.name, rule.scope, rule.severity, rule.citations)
    demand(face == again, f"{rule.code}: its attributes must be the same whenever they are read")


def _subjects(scope: Scope, week: WeekView) -> Iterator[Any]:
    if scope is Scope.ACTIVITY:
        yield from week.items
    elif scope is Scope.SESSION:
        yield from (session for day in week.days for session in day.sessions)
    elif scope is Scope.DAY:
        yield from week.days
    else:
        yield week


def _check_run(rule: Rule, routine: Routine, profile: Profile | None, catalog: Catalog) -> None:
    before = _written(routine, profile)
    week = view(routine, catalog)
    context = Context(catalog=catalog, profile=profile, phase=routine.phase)
    said = [list(rule.check(subject, context)) for subject in _subjects(rule.scope, week)]
    again = [list(rule.check(subject, context)) for subject in _subjects(rule.scope, week)]
    demand(said == again, f"{rule.code} must say the same when it is asked again")
    document = json.loads(dumps(routine))
    for verdict in (verdict for verdicts in said for verdict in verdicts):
        _check_verdict(rule, verdict, document)
    broken = [
        finding.message
        for finding in run_rule(rule, week, context).findings
        if finding.outcome is Outcome.ERROR
    ]
    demand(not broken, f"{rule.code} must give verdicts that can be reported: {broken}")
    _check_sum(rule, week, context)
    _check_monotone(rule, routine, context)
    demand(
        before == _written(routine, profile), f"{rule.code} must change nothing that it is given"
    )


def _accepts(rule: Rule, week: WeekView, context: Context) -> bool:
    return all(
        finding.outcome is not Outcome.FAIL for finding in run_rule(rule, week, context).findings
    )


def _check_sum(rule: Rule, week: WeekView, context: Context) -> None:
    if not isinstance(rule, SumRule):
        return
    demand(
        rule.scope is not Scope.ACTIVITY,
        f"{rule.code} adds something up, so it must look at more than one activity",
    )
    for subject in _subjects(rule.scope, week):
        amounts = [
            rule.amount(item.prescription, item.activity)
            for item in (subject.scheduled if rule.scope is Scope.WEEK else subject.items)
            if item.activity is not None
        ]
        demand(all(amount >= 0 for amount in amounts), f"{rule.code} must add amounts of 0 or more")
        demand(
            sum(amounts) <= rule.limit or not _accepts(rule, week, context),
            f"{rule.code} accepts {sum(amounts)}, and yet its limit is {rule.limit}",
        )


def _check_monotone(rule: Rule, routine: Routine, context: Context) -> None:
    """Check that a week that is accepted is so with anything taken out as well."""
    if not (isinstance(rule, MonotoneRule) and rule.monotone):
        return
    if not _accepts(rule, view(routine, context.catalog), context):
        return
    for place, session in enumerate(routine.sessions):
        for turn, item in enumerate(session.prescriptions):
            rest = (*session.prescriptions[:turn], *session.prescriptions[turn + 1 :])
            left = (attrs.evolve(session, prescriptions=rest),) if rest else ()
            sessions = (*routine.sessions[:place], *left, *routine.sessions[place + 1 :])
            fewer = view(attrs.evolve(routine, sessions=sessions), context.catalog)
            demand(
                _accepts(rule, fewer, context),
                f"{rule.code} says that more never mends it, but turns a week down only without "
                f"{item.activity} on {session.day}",
            )


def _written(routine: Routine, profile: Profile | None) -> tuple[str, str]:
    return dumps(routine), "" if profile is None else dumps(profile)


def _check_verdict(rule: Rule, verdict: object, document: object) -> None:
    demand(isinstance(verdict, Verdict), f"{rule.code} must yield nothing but Verdict")
    said = cast("Verdict", verdict)
    demand(
        said.outcome in _SAID,
        f"{rule.code} must say pass, fail or indeterminate, not {said.outcome}",
    )
    demand(
        (said.question is not None) is (said.outcome is Outcome.INDETERMINATE),
        f"{rule.code} must name the question to ask exactly when it can't judge",
    )
    demand(
        not said.path or exists(said.path, document),
        f"{rule.code} speaks of a place that the routine doesn't have: {said.path}",
    )


def exists(path: str, document: object) -> bool:
    """Return whether a JSON path such as `$.sessions[0]` leads somewhere in a document."""
    if not path.startswith("$"):
        return False
    place, here = 1, document
    while place < len(path):
        step = _STEP.match(path, place)
        if step is None:
            return False
        try:
            here = cast("Any", here)[step[1] if step[1] else int(step[2])]
        except (KeyError, IndexError, TypeError):
            return False
        place = step.end()
    return True
