"""What rules say: a verdict about one thing, a finding that carries its rule, a result per rule."""

from __future__ import annotations

from typing import TypedDict, Unpack

import attrs

from sciatica_pt.model.actions import ACTION, Action
from sciatica_pt.model.constraints import (
    CODE,
    ID,
    Each,
    Flag,
    Instance,
    Member,
    Optional,
    Text,
    as_tuple,
    checked,
)
from sciatica_pt.model.doses import Limit
from sciatica_pt.model.evidence import Citation
from sciatica_pt.model.safety import Override
from sciatica_pt.model.vocabulary import Outcome, Scope, Severity, as_outcome, as_scope, as_severity

__all__ = ["PASSED", "Finding", "Fix", "RuleResult", "Verdict", "failed", "unknown", "within"]


@attrs.frozen(kw_only=True, field_transformer=checked)
class Fix:
    """Something that would make a finding go away.

    Attributes:
        safe: whether it only removes, reduces or reorders; one that raises a dose is not.
        text: what to do.
        action: the same as a program can carry it out; `None` when it takes a person.
    """

    safe: bool = attrs.field(validator=Flag())
    text: str = attrs.field(validator=Text("what to do"))
    action: Action | None = attrs.field(default=None, validator=ACTION)


@attrs.frozen(kw_only=True)
class Verdict:
    """What a rule says about one thing that it looked at.

    Attributes:
        outcome: pass, fail or indeterminate.
        path: the place in the routine, as a JSON path; empty for the place the rule was given.
        message: what was found, in a sentence; `None` for a pass.
        observed: what was seen; `None` when there is nothing to show.
        expected: what would have been right; `None` when there is nothing to show.
        question: what to ask, when the outcome is indeterminate.
        withhold: whether a planner must leave the activity out while the question is open.
        citations: statements beyond the rule's own.
        fixes: what would help.
    """

    outcome: Outcome
    path: str = ""
    message: str | None = None
    observed: str | None = None
    expected: str | None = None
    question: str | None = None
    withhold: bool = False
    citations: tuple[Citation, ...] = ()
    fixes: tuple[Fix, ...] = ()


#: The verdict on something that is as it should be.
PASSED = Verdict(outcome=Outcome.PASS)


class Details(TypedDict, total=False):
    """What a failing verdict may say beyond its message."""

    observed: str | None
    """What was seen."""
    expected: str | None
    """What would have been right."""
    path: str
    """The place, when it is not where the rule was given."""
    citations: tuple[Citation, ...]
    """Statements beyond the rule's own."""
    reduce: str | None
    """A safe way out: one that only removes, reduces or reorders."""
    enlarge: str | None
    """A way out that raises a dose or adds something, and so wants a second thought."""
    action: Action | None
    """The first of these ways that is given, as a program can carry it out."""


def failed(message: str, **details: Unpack[Details]) -> Verdict:
    """Return the verdict on something wrong, described by `message` and `details`."""
    reduce, enlarge = details.get("reduce"), details.get("enlarge")
    action = details.get("action")
    fixes = [Fix(safe=True, text=reduce, action=action)] if reduce else []
    if enlarge:
        fixes.append(Fix(safe=False, text=enlarge, action=None if reduce else action))
    return Verdict(
        outcome=Outcome.FAIL,
        path=details.get("path", ""),
        message=message,
        observed=details.get("observed"),
        expected=details.get("expected"),
        citations=details.get("citations", ()),
        fixes=tuple(fixes),
    )


def unknown(
    message: str,
    question: str,
    *,
    path: str = "",
    withhold: bool = False,
    citations: tuple[Citation, ...] = (),
) -> Verdict:
    """Return the verdict that something can't be judged until a question is answered."""
    return Verdict(
        outcome=Outcome.INDETERMINATE,
        path=path,
        message=message,
        question=question,
        withhold=withhold,
        citations=citations,
    )


def within(limit: Limit) -> str:
    """Return a limit's bounds in words, with the unit."""
    least, most = limit.minimum, limit.maximum
    span = f"{least}" if least == most else f"{least} to {most}"
    return f"{span} {limit.parameter.unit}"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Finding:
    """One thing a rule found wrong, or could not judge.

    Attributes:
        code: the rule's code.
        name: the rule's name.
        outcome: fail, indeterminate or error.
        severity: how much it weighs.
        path: the place in the routine, as a JSON path.
        activity: id of the activity it is about; `None` when about none.
        message: what was found, in a sentence.
        observed: what was seen; `None` when there is nothing to show.
        expected: what would have been right; `None` when there is nothing to show.
        question: what to ask; exactly when the outcome is indeterminate.
        withhold: whether a planner must leave the activity out while the question is open.
        citations: the statements the rule and its numbers rest on.
        fixes: what would help.
        override: the clinician's decision to let it stand; `None` when there is none.
    """

    code: str = attrs.field(validator=CODE)
    name: str = attrs.field(validator=ID)
    outcome: Outcome = attrs.field(converter=as_outcome, validator=Member(Outcome))
    severity: Severity = attrs.field(converter=as_severity, validator=Member(Severity))
    path: str = attrs.field(validator=Text("a path"))
    activity: str | None = attrs.field(default=None, validator=Optional(ID))
    message: str = attrs.field(validator=Text("a message"))
    observed: str | None = attrs.field(default=None, validator=Optional(Text("what was seen")))
    expected: str | None = attrs.field(default=None, validator=Optional(Text("what was wanted")))
    question: str | None = attrs.field(default=None, validator=Optional(Text("a question")))
    withhold: bool = attrs.field(default=False, validator=Flag())
    citations: tuple[Citation, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Citation), maximum=200)
    )
    fixes: tuple[Fix, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Fix), maximum=20)
    )
    override: Override | None = attrs.field(default=None, validator=Optional(Instance(Override)))

    def __str__(self) -> str:
        mark = "?" if self.outcome is Outcome.INDETERMINATE else self.severity.value
        parts = [f"{self.code} {self.name} [{mark}] {self.path}: {self.message}"]
        if self.expected is not None:
            parts.append(f"expected {self.expected}")
        if self.observed is not None:
            parts.append(f"got {self.observed}")
        if self.question is not None:
            parts.append(f"ask: {self.question}")
        if self.override is None:
            parts.extend(f"to do: {fix.text}" for fix in self.fixes)
        else:
            parts.append(str(self.override.decision))
        if self.citations:
            parts.append(f"source {', '.join(item.statement for item in self.citations)}")
        return "; ".join(parts)


@attrs.frozen(kw_only=True, field_transformer=checked)
class RuleResult:
    """What one rule said of the whole routine.

    Attributes:
        code: the rule's code.
        name: the rule's name.
        scope: what it looks at.
        severity: how much a failure weighs.
        outcome: error when the rule broke, else fail when anything failed, else indeterminate
            when anything could not be judged, else pass when anything was looked at, else not
            applicable.
        findings: everything that failed or could not be judged.
    """

    code: str = attrs.field(validator=CODE)
    name: str = attrs.field(validator=ID)
    scope: Scope = attrs.field(converter=as_scope, validator=Member(Scope))
    severity: Severity = attrs.field(converter=as_severity, validator=Member(Severity))
    outcome: Outcome = attrs.field(converter=as_outcome, validator=Member(Outcome))
    findings: tuple[Finding, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Finding))
    )
