"""A clinician lets a finding stand: for what was seen, for a reason, and until a day.

`validate(..., overrides=Overrides(on=..., given=[...]))` is the door.
An override that doesn't fit, that has run out or that meets nothing is a finding itself.
These findings judge overrides and not routines, so they have no specification in a pack: a planner
has nothing to keep, and no source has anything to say of them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping

import attrs

from sciatica_pt.codec import dumps
from sciatica_pt.errors import InvalidValueError
from sciatica_pt.guidance import Catalog, default_guidance
from sciatica_pt.model.constraints import Calendar, Each, Instance, as_tuple, checked
from sciatica_pt.model.routine import Routine
from sciatica_pt.model.safety import Decision, Override
from sciatica_pt.model.vocabulary import Outcome, Scope, Severity
from sciatica_pt.rules import (
    DeclarativeRule,
    Finding,
    Fix,
    Rule,
    RuleResult,
    RuleSet,
    choose_rules,
)

__all__ = ["OVERRIDE_RULES", "OverrideRule", "Overrides", "apply_overrides", "override"]

_PLACE = re.compile(
    r"\$\.(?:habits\[(?P<habit>\d+)\]"
    r"|sessions\[(?P<session>\d+)\](?:\.prescriptions\[(?P<item>\d+)\])?)"
)


@attrs.frozen(kw_only=True)
class OverrideRule:
    """What an override must be, beside the rules that packs state of routines.

    Attributes:
        code: stable code, never used again for another rule.
        name: stable name in kebab case.
        severity: how much a failure weighs.
        summary: what it demands, in a sentence.
        why: why, in a sentence.
        fix: what to do about a failure, in a sentence.
        since: the library version that brought it.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    why: str
    fix: str
    since: str = "0.1.0"


_IN_FORCE = OverrideRule(
    code="SPT905",
    name="override-in-force",
    severity=Severity.WARNING,
    summary="An override is used from the day it was given to the day it expires.",
    why="A decision was made for a time; after it somebody has to look again.",
    fix="Have a clinician look again and give a new override, or take it away.",
)
_USED = OverrideRule(
    code="SPT906",
    name="override-used",
    severity=Severity.WARNING,
    summary="An override meets the finding that it was given for.",
    why="One that meets nothing is forgotten, and could later let stand what nobody meant.",
    fix="Take it away.",
)
_FITS = OverrideRule(
    code="SPT907",
    name="override-fits",
    severity=Severity.WARNING,
    summary="The rule, the finding and what is prescribed are as they were when it was given.",
    why="Who let one dose stand has said nothing of another.",
    fix="Have a clinician look at what has changed and give a new override, or take it away.",
)
_ALLOWED = OverrideRule(
    code="SPT908",
    name="override-allowed",
    severity=Severity.ERROR,
    summary="No override is given for a red flag.",
    why="A red flag must be seen to; when it is ruled out, the answer is what changes.",
    fix="Take it away, and have the red flag seen to.",
)
#: The rules about overrides, by code.
OVERRIDE_RULES: Mapping[str, OverrideRule] = {
    rule.code: rule for rule in (_IN_FORCE, _USED, _FITS, _ALLOWED)
}


@attrs.frozen(kw_only=True, field_transformer=checked)
class Overrides:
    """The overrides given for a week, and the day for which they are judged.

    Attributes:
        on: the day; the library reads no clock.
        given: the overrides; the first that fits a finding is the one that counts.
    """

    on: dt.date = attrs.field(validator=Calendar())
    given: tuple[Override, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Override), maximum=1000)
    )


def _is_red_flag_rule(rule: Rule | None) -> bool:
    return isinstance(rule, DeclarativeRule) and rule.spec.check == "red-flags"


def _rule_text(rule: Rule) -> str:
    if isinstance(rule, DeclarativeRule):
        return dumps(rule.spec)
    # A rule object's check can't be read, so its author says by a version when it changes.
    parts = [rule.code, rule.name, rule.scope.value, rule.severity.value]
    return "\n".join([*parts, str(getattr(rule, "version", "")), *map(dumps, rule.citations)])


def _seen(scope: Scope, path: str, routine: Routine) -> tuple[object, ...]:
    """Return what a rule looked at: no less than all that its finding depends on."""
    place = _PLACE.fullmatch(path)
    if place is None or scope not in (Scope.ACTIVITY, Scope.SESSION, Scope.DAY):
        return (routine,)
    if place["habit"] is not None:
        return (routine.habits[int(place["habit"])],)
    session = routine.sessions[int(place["session"])]
    if scope is Scope.DAY:
        return routine.on(session.day)
    if scope is Scope.SESSION or place["item"] is None:
        return (session,)
    return (session.prescriptions[int(place["item"])],)


def _fingerprint(rule: Rule, finding: Finding, routine: Routine) -> str:
    bare = attrs.evolve(finding, fixes=(), override=None)
    seen = _seen(rule.scope, finding.path, routine)
    text = "\n".join([_rule_text(rule), dumps(bare), routine.phase.value, *map(dumps, seen)])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def override(
    finding: Finding,
    *,
    routine: Routine,
    decision: Decision,
    guidance: Catalog | None = None,
    rules: RuleSet | Iterable[Rule] | None = None,
) -> Override:
    """Bind a clinician's decision to one finding, which it lets stand.

    A rule that is an object of your own should have a `version` that changes with its check, since
    nothing else tells one check from another.

    Args:
        finding: what failed.
        routine: the week in which it was found.
        decision: who decides, why, and for how long.
        guidance: the guidance it was found with; `None` for the bundled packs.
        rules: the rules it was found with, as `validate` takes them.

    Raises:
        InvalidValueError: the finding is no failure, is of a red-flag rule or of a rule that isn't
            there, or its place is not in the routine.
    """
    catalog = default_guidance() if guidance is None else guidance
    rule = choose_rules(catalog, rules).get(finding.code)
    if rule is None or _is_red_flag_rule(rule) or finding.outcome is not Outcome.FAIL:
        raise InvalidValueError(
            where="override(finding)",
            expected="a failure of one of the rules, and of no red-flag rule",
            found=f"{finding.outcome} of {finding.code}",
            hint="questions are answered, and red flags are seen to",
        )
    try:
        fingerprint = _fingerprint(rule, finding, routine)
    except IndexError:
        raise InvalidValueError(
            where="override(routine)",
            expected="the routine in which it was found",
            found=f"one without {finding.path}",
        ) from None
    return Override(
        code=finding.code,
        path=finding.path,
        observed=finding.observed,
        fingerprint=fingerprint,
        decision=decision,
    )


def _complaint(rule: OverrideRule, given: Override, message: str, seen: str | None) -> Finding:
    return Finding(
        code=rule.code,
        name=rule.name,
        outcome=Outcome.FAIL,
        severity=rule.severity,
        path=given.path,
        message=f"the override of {given.code} {message}",
        observed=seen,
        fixes=(Fix(safe=True, text=rule.fix),),
    )


class _Ledger:
    """Which finding is let stand by which override, and what is wrong with the others."""

    def __init__(
        self, results: Iterable[RuleResult], routine: Routine, rules: RuleSet, on: dt.date
    ) -> None:
        self._routine, self._rules, self._on = routine, rules, on
        self._failures: dict[tuple[str, str], list[Finding]] = {}
        for result in results:
            for finding in result.findings:
                if finding.outcome is Outcome.FAIL:
                    self._failures.setdefault((finding.code, finding.path), []).append(finding)
        self.stands: dict[Finding, Override] = {}

    def judge(self, given: Override) -> Finding | None:
        """Let a finding stand, or say what is wrong with the override."""
        rule = self._rules.get(given.code)
        if rule is not None and _is_red_flag_rule(rule):
            return _complaint(_ALLOWED, given, "can't be: a red flag must be seen to", None)
        found = [
            item
            for item in self._failures.get((given.code, given.path), ())
            if item not in self.stands
        ]
        if rule is None or not found:
            return _complaint(_USED, given, "meets no finding", None)
        for item in found:
            if _fingerprint(rule, item, self._routine) == given.fingerprint:
                return self._stand(item, given)
        return _complaint(
            _FITS,
            given,
            f"was given for something else: {given.observed or 'another state of the week'}",
            found[0].observed,
        )

    def _stand(self, item: Finding, given: Override) -> Finding | None:
        decision = given.decision
        if decision.given <= self._on <= decision.expires:
            self.stands[item] = given
            return None
        return _complaint(
            _IN_FORCE,
            given,
            f"holds from {decision.given.isoformat()} to {decision.expires.isoformat()}",
            self._on.isoformat(),
        )


def apply_overrides(
    results: Iterable[RuleResult],
    overrides: Overrides,
    *,
    routine: Routine,
    rules: RuleSet,
) -> tuple[RuleResult, ...]:
    """Return the results with the overrides that fit, and with what is wrong with the others.

    A finding that is let stand stays where it is and names its override; its rule still fails.

    Args:
        results: what the rules said of the routine.
        overrides: the decisions and the day.
        routine: the week that was judged.
        rules: the rules that judged it.
    """
    results = tuple(results)
    ledger = _Ledger(results, routine, rules, overrides.on)
    wrong = [item for item in map(ledger.judge, overrides.given) if item is not None]
    judged = [
        attrs.evolve(
            result,
            findings=tuple(
                attrs.evolve(item, override=ledger.stands[item]) if item in ledger.stands else item
                for item in result.findings
            ),
        )
        for result in results
    ]
    for rule in OVERRIDE_RULES.values():
        findings = tuple(item for item in wrong if item.code == rule.code)
        judged.append(
            RuleResult(
                code=rule.code,
                name=rule.name,
                scope=Scope.WEEK,
                severity=rule.severity,
                outcome=Outcome.FAIL if findings else Outcome.PASS,
                findings=findings,
            )
        )
    return tuple(sorted(judged, key=lambda result: result.code))
