"""The one engine behind the planner and the validator: rules, sets of rules, and running them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Protocol, cast, runtime_checkable

import attrs

from sciatica_pt.errors import GuidanceError, InvalidValueError
from sciatica_pt.model.activities import Activity
from sciatica_pt.model.evidence import Citation
from sciatica_pt.model.guidelines import RuleSpec
from sciatica_pt.model.vocabulary import (
    Outcome,
    Phase,
    Scope,
    Severity,
    Stage,
    Technique,
    as_severity,
)
from sciatica_pt.rules.findings import PASSED, Finding, Fix, RuleResult, Verdict
from sciatica_pt.rules.subjects import Context, DayView, Item, SessionView, WeekView

__all__ = ["Check", "DeclarativeRule", "Rule", "RuleSet", "Subject", "is_grave", "run_rule"]

Subject = Item | SessionView | DayView | WeekView
Check = Callable[[RuleSpec, Any, Context], Iterable[Verdict]]
Ask = Callable[[Any, Context], Iterable[Verdict]]

_WITHOUT_FINDINGS = (Outcome.PASS, Outcome.NOT_APPLICABLE)
_BAD = (Outcome.FAIL, Outcome.ERROR)


@runtime_checkable
class Rule(Protocol):
    """What the planner and the validator ask of a rule; any object that has it will do.

    `scope` decides what `check` is given: activity an `Item`, session a `SessionView`, day a
    `DayView`, week a `WeekView`.
    It yields a `Verdict` for each thing that it looked at, a pass too: a rule that yields nothing
    was not applicable.
    """

    @property
    def code(self) -> str:
        """Stable code: capitals for the owner and digits; `SPT` is the library's own."""
        ...

    @property
    def name(self) -> str:
        """Stable name in kebab case."""
        ...

    @property
    def scope(self) -> Scope:
        """What the rule looks at."""
        ...

    @property
    def severity(self) -> Severity:
        """How much a failure weighs."""
        ...

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The statements the rule rests on."""
        ...

    def check(self, subject: Any, context: Context, /) -> Iterable[Verdict]:
        """Yield a verdict for each thing looked at."""
        ...


def is_grave(rule: Rule) -> bool:
    """Return whether what a rule has against a week makes it wrong.

    A caller's rule may give its severity as plain text, as a finding may.
    """
    return as_severity(rule.severity) is Severity.ERROR


@attrs.frozen(kw_only=True)
class DeclarativeRule:
    """A rule made from data: a specification, and the check that carries it out.

    Attributes:
        spec: the specification.
        function: the check.
        placeless: whether the check of an activity says the same wherever the same is prescribed,
            but for the place itself, so that a week with nothing against it is known by asking
            about each prescription once.
        citations: the statements the rule and its numbers rest on.
        silent: its result where it found nothing, by outcome.
        ask: the check of the specification.
    """

    spec: RuleSpec
    function: Check
    placeless: bool = False
    citations: tuple[Citation, ...] = attrs.field(init=False, eq=False, repr=False)
    silent: Mapping[Outcome, RuleResult] = attrs.field(init=False, eq=False, repr=False)
    ask: Ask = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        cited = {item.statement: item for item in self.spec.citations}
        for parameter in self.spec.parameters:
            cited.update({item.statement: item for item in parameter.citations})
        object.__setattr__(self, "citations", tuple(cited.values()))
        silent = {outcome: _result(self, outcome) for outcome in _WITHOUT_FINDINGS}
        object.__setattr__(self, "silent", silent)
        object.__setattr__(self, "ask", partial(self.function, self.spec))

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.spec.code

    @property
    def name(self) -> str:
        """The rule's name."""
        return self.spec.name

    @property
    def scope(self) -> Scope:
        """What the rule looks at."""
        return self.spec.scope

    @property
    def severity(self) -> Severity:
        """How much a failure weighs."""
        return self.spec.severity

    def check(self, subject: Any, context: Context, /) -> Iterable[Verdict]:
        """Yield a verdict for each thing looked at; none when the rule does not hold here."""
        if not self.holds_in(context.phase):
            return ()
        if isinstance(subject, Item) and not self.is_about(subject.activity):
            return ()
        return self.function(self.spec, subject, context)

    def holds_in(self, phase: Phase) -> bool:
        """Return whether the rule holds in a phase."""
        return not self.spec.phases or phase in self.spec.phases

    def is_about(self, activity: Activity | None) -> bool:
        """Return whether a rule with the scope activity is about one; `None` is an unknown one."""
        spec = self.spec
        if activity is None:
            # Only the integrity family has something to say about an unknown activity.
            return spec.check == "known-activity"
        return (not spec.techniques or activity.technique in spec.techniques) and (
            not spec.stages or activity.stage in spec.stages
        )


class RuleSet(Mapping[str, Rule]):
    """Rules by code, in the order of their codes; a change returns a new set.

    Raises:
        InvalidValueError: two rules share a code, or something is no rule.
    """

    __slots__ = ("_asked", "_phased", "_rules", "_specs")

    def __init__(self, rules: Iterable[Rule] = (), *, phase: Phase | None = None) -> None:
        found: dict[str, Rule] = {}
        for rule in rules:
            if not isinstance(cast("object", rule), Rule):
                raise InvalidValueError(
                    where="RuleSet",
                    expected="objects with code, name, scope, severity, citations and check",
                    found=f"a {type(rule).__name__}",
                )
            if rule.code in found:
                raise InvalidValueError(
                    where="RuleSet", expected="each code once", found=f"{rule.code} twice"
                )
            found[rule.code] = rule
        self._rules = {code: found[code] for code in sorted(found)}
        # A planner asks for these many times over.
        specs: dict[str, tuple[RuleSpec, ...]] = {}
        for rule in self._rules.values():
            if isinstance(rule, DeclarativeRule) and (
                not rule.spec.phases or phase in rule.spec.phases
            ):
                specs[rule.spec.check] = (*specs.get(rule.spec.check, ()), rule.spec)
        self._specs = specs
        self._phased: dict[Phase, RuleSet] = {}
        self._asked: dict[tuple[Phase, Technique, Stage], tuple[tuple[Rule, Ask], ...]] = {}

    def __getitem__(self, code: str) -> Rule:
        return self._rules[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def __repr__(self) -> str:
        return f"RuleSet({', '.join(self._rules)})"

    def with_rules(self, *rules: Rule) -> RuleSet:
        """Return the set with more rules."""
        return RuleSet([*self._rules.values(), *rules])

    def without(self, *codes: str) -> RuleSet:
        """Return the set without some rules.

        Raises:
            KeyError: a code is not in the set, so nothing would have been left out.
        """
        for code in codes:
            if code not in self._rules:
                raise KeyError(code)
        return RuleSet(rule for code, rule in self._rules.items() if code not in codes)

    def for_phase(self, phase: Phase) -> RuleSet:
        """Return the same rules, of which those held to one phase can be read in this one too."""
        if phase not in self._phased:
            self._phased[phase] = RuleSet(self._rules.values(), phase=phase)
        return self._phased[phase]

    def of_scope(self, *scopes: Scope) -> tuple[Rule, ...]:
        """Return the rules that look at any of some scopes, in the order of their codes."""
        return tuple(rule for rule in self._rules.values() if rule.scope in scopes)

    def about(self, activity: Activity, phase: Phase) -> tuple[tuple[Rule, Ask], ...]:
        """Return the rules that look at one activity and may be about it, each with its check."""
        key = (phase, activity.technique, activity.stage)
        if key not in self._asked:
            self._asked[key] = tuple(
                (rule, rule.ask) if type(rule) is DeclarativeRule else (rule, rule.check)
                for rule in self.of_scope(Scope.ACTIVITY)
                if type(rule) is not DeclarativeRule
                or (rule.holds_in(phase) and rule.is_about(activity))
            )
        return self._asked[key]

    def carried_out_by(self, check: str) -> tuple[RuleSpec, ...]:
        """Return the specifications of the rules that a check carries out in every phase.

        A set made for a phase has those that it carries out in this one.
        """
        return self._specs.get(check, ())


def declarative_rules(
    specs: Iterable[RuleSpec], checks: Mapping[str, tuple[Scope, Check]]
) -> RuleSet:
    """Make the rules that specifications describe.

    Raises:
        GuidanceError: a specification names no known check, or gives it the wrong scope.
    """
    rules: list[Rule] = []
    for spec in specs:
        if spec.check not in checks:
            raise GuidanceError.one(
                "a rule can't be carried out",
                path=f"$.rules.{spec.code}.check",
                expected=f"one of {', '.join(sorted(checks))}",
                found=f'"{spec.check}"',
            )
        scope, function = checks[spec.check]
        if scope is not spec.scope:
            raise GuidanceError.one(
                "a rule can't be carried out",
                path=f"$.rules.{spec.code}.scope",
                expected=f"{scope}, which the check {spec.check} looks at",
                found=f"{spec.scope}",
            )
        placeless = scope is Scope.ACTIVITY
        rules.append(DeclarativeRule(spec=spec, function=function, placeless=placeless))
    return RuleSet(rules)


def specs_of(rules: RuleSet, check: str) -> tuple[RuleSpec, ...]:
    """Return the specifications of the rules that a check carries out, whatever the phase.

    Where the set was made for a phase, those of that one are among them.
    A planner reads them to look only where a rule can be kept; the rule itself still judges.
    """
    return rules.carried_out_by(check)


def _subjects(scope: Scope, week: WeekView) -> tuple[Subject, ...]:
    match scope:
        case Scope.ACTIVITY:
            return week.items
        case Scope.SESSION:
            return week.sessions
        case Scope.DAY:
            return week.days
        case _:
            return (week,)


def _place(subject: Subject) -> tuple[str, str | None]:
    if isinstance(subject, WeekView):
        return "$", None
    if isinstance(subject, Item):
        return subject.path, subject.prescription.activity
    return subject.path, None


def _finding(rule: Rule, subject: Subject, verdict: Verdict) -> Finding:
    path, activity = _place(subject)
    cited = {item.statement: item for item in (*verdict.citations, *rule.citations)}
    return Finding(
        code=rule.code,
        name=rule.name,
        outcome=verdict.outcome,
        severity=rule.severity,
        path=verdict.path or path,
        activity=activity,
        message=verdict.message or f"{rule.name} is not met",
        observed=verdict.observed,
        expected=verdict.expected,
        question=verdict.question,
        withhold=verdict.withhold,
        citations=tuple(cited.values()),
        fixes=verdict.fixes,
    )


def _broken(error: Exception) -> Verdict:
    return Verdict(
        outcome=Outcome.ERROR,
        message=f"the rule broke and judged nothing: {type(error).__name__}",
        fixes=(Fix(safe=True, text="Tell the rule's author; until then it is not met."),),
    )


def verdicts_on(rule: Rule, subject: Subject, context: Context) -> tuple[Verdict, ...]:
    """Return what a rule says of one subject.

    A rule that raises has judged nothing: its exception becomes a verdict of outcome error.
    """
    return said_by(rule.check, subject, context)


def said_by(ask: Ask, subject: Subject, context: Context) -> tuple[Verdict, ...]:
    """Return what a rule's check says of one subject; see `verdicts_on`."""
    try:
        return tuple(ask(subject, context))
    except Exception as error:  # noqa: BLE001 - a broken rule must be seen, not end the report
        return (_broken(error),)


def findings_on(rule: Rule, subject: Subject, context: Context) -> tuple[bool, tuple[Finding, ...]]:
    """Return whether a rule looked at anything of one subject, and what it found.

    A rule that raises, or says what no finding can hold, has judged nothing: that becomes a
    finding of outcome error.
    """
    verdicts = verdicts_on(rule, subject, context)
    return bool(verdicts), findings_of(rule, subject, verdicts)


def findings_of(rule: Rule, subject: Subject, verdicts: tuple[Verdict, ...]) -> tuple[Finding, ...]:
    """Return what was found by the verdicts that are no pass."""
    try:
        return tuple(
            _finding(rule, subject, verdict)
            for verdict in verdicts
            if verdict.outcome is not Outcome.PASS
        )
    except Exception as error:  # noqa: BLE001 - as above
        return (_finding(rule, subject, _broken(error)),)


def _all_passed(verdicts: tuple[Verdict, ...]) -> bool:
    # A loop, since a generator costs more than the few verdicts of one check.
    for verdict in verdicts:  # noqa: SIM110
        if verdict is not PASSED:
            return False
    return True


def run_rule(rule: Rule, week: WeekView, context: Context) -> RuleResult:
    """Return what one rule says of a whole routine."""
    if type(rule) is not DeclarativeRule:
        outcome, findings = _asked(rule, rule.check, _subjects(rule.scope, week), context)
        return _result(rule, outcome, findings)
    if not rule.holds_in(context.phase):
        return rule.silent[Outcome.NOT_APPLICABLE]
    if rule.scope is not Scope.ACTIVITY:
        outcome, findings = _asked(rule, rule.ask, _subjects(rule.scope, week), context)
    else:
        outcome, findings = _asked_of_items(rule, week, context)
    return _result(rule, outcome, findings) if findings else rule.silent[outcome]


def _asked_of_items(
    rule: DeclarativeRule, week: WeekView, context: Context
) -> tuple[Outcome, tuple[Finding, ...]]:
    if rule.placeless:
        distinct = [item for item in week.distinct if rule.is_about(item.activity)]
        outcome, findings = _asked(rule, rule.ask, distinct, context)
        if outcome not in _BAD:
            return outcome, findings
    items = [item for item in week.items if rule.is_about(item.activity)]
    return _asked(rule, rule.ask, items, context)


def _asked(
    rule: Rule, ask: Ask, subjects: Iterable[Subject], context: Context
) -> tuple[Outcome, tuple[Finding, ...]]:
    """Return what a rule says of some subjects: the outcome and the findings."""
    looked = False
    findings: list[Finding] = []
    asked: set[tuple[str | None, str | None]] = set()
    for subject in subjects:
        verdicts = said_by(ask, subject, context)
        if not verdicts:
            continue
        looked = True
        if _all_passed(verdicts):
            continue
        for finding in findings_of(rule, subject, verdicts):
            if finding.outcome is Outcome.INDETERMINATE:
                # The same open question about the same activity is asked once, not every day.
                key = (finding.activity, finding.question)
                if key in asked:
                    continue
                asked.add(key)
            findings.append(finding)
    outcome = Outcome.PASS if looked else Outcome.NOT_APPLICABLE
    outcomes = {finding.outcome for finding in findings}
    for worst in (Outcome.INDETERMINATE, *_BAD):
        if worst in outcomes:
            outcome = worst
    return outcome, tuple(findings)


def _result(rule: Rule, outcome: Outcome, findings: tuple[Finding, ...] = ()) -> RuleResult:
    return RuleResult(
        code=rule.code,
        name=rule.name,
        scope=rule.scope,
        severity=rule.severity,
        outcome=outcome,
        findings=findings,
    )
