"""Mend a week by the fixes that its findings offer, judging it anew after each.

A fix is carried out only if it brings no new error and leaves less to mend or less to do, so that
repairing always ends, and repairing twice is repairing once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import attrs

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.guidance import Catalog
from sciatica_pt.model.actions import perform
from sciatica_pt.model.constraints import Each, Instance, Text, as_tuple, checked
from sciatica_pt.model.doses import dose_values
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.routine import Routine
from sciatica_pt.rules import Finding, Fix, Rule, RuleSet
from sciatica_pt.validation import Report, validate

__all__ = ["RefusedFix", "RepairStep", "Repaired", "repair"]


@attrs.frozen(kw_only=True, field_transformer=checked)
class RepairStep:
    """One fix that was carried out.

    Attributes:
        finding: what it mended, with its place in the week as it was before this step.
        fix: what was done.
    """

    finding: Finding = attrs.field(validator=Instance(Finding))
    fix: Fix = attrs.field(validator=Instance(Fix))


@attrs.frozen(kw_only=True, field_transformer=checked)
class RefusedFix:
    """One fix that was left alone.

    Attributes:
        finding: what it would have mended.
        fix: what it would have done.
        reason: why it was not carried out.
    """

    finding: Finding = attrs.field(validator=Instance(Finding))
    fix: Fix = attrs.field(validator=Instance(Fix))
    reason: str = attrs.field(validator=Text("a reason"))


@attrs.frozen(kw_only=True, field_transformer=checked)
class Repaired:
    """A mended week.

    Attributes:
        routine: the week.
        report: what every rule says of it.
        applied: what was done, in order.
        refused: the fixes of what remains, each with the reason why it was not carried out.
    """

    routine: Routine = attrs.field(validator=Instance(Routine))
    report: Report = attrs.field(validator=Instance(Report))
    applied: tuple[RepairStep, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(RepairStep))
    )
    refused: tuple[RefusedFix, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(RefusedFix))
    )

    @property
    def remaining(self) -> tuple[Finding, ...]:
        """What is still wrong, the gravest first."""
        return self.report.findings


_State = tuple[Routine, Report]


def repair(
    routine: Routine,
    *,
    profile: Profile | None = None,
    guidance: Catalog | None = None,
    rules: RuleSet | Iterable[Rule] | None = None,
    allow_unsafe: bool = False,
) -> Repaired:
    """Return the week with its errors mended as far as safe fixes go.

    Warnings are left to the reader, and what takes a person (a referral, another plan) stays.
    An override is bound to the week that was seen; this makes another, so it takes none.

    Args:
        routine: the week.
        profile: the person; without one little can be said of what is right.
        guidance: the guidance to check against; `None` for the bundled packs.
        rules: rules to run beside the guidance's own; a `RuleSet` is run instead of them.
        allow_unsafe: consent to fixes that raise a dose or add something.

    Raises:
        GuidanceError: the profile uses a word that the guidance doesn't know.
    """
    own = rules if rules is None or isinstance(rules, RuleSet) else tuple(rules)

    def judge(week: Routine) -> Report:
        return validate(week, profile=profile, guidance=guidance, rules=own)

    report = judge(routine)
    applied: list[RepairStep] = []
    while True:
        refused: list[RefusedFix] = []
        for finding, fix in _fixes(report):
            tried = _attempt((routine, report), fix, judge, allow_unsafe=allow_unsafe)
            if not isinstance(tried, str):
                routine, report = tried
                applied.append(RepairStep(finding=finding, fix=fix))
                break
            refused.append(RefusedFix(finding=finding, fix=fix, reason=tried))
        else:
            return Repaired(routine=routine, report=report, applied=applied, refused=refused)


def _fixes(report: Report) -> Iterator[tuple[Finding, Fix]]:
    for finding in report.errors:
        for fix in finding.fixes:
            yield finding, fix


def _attempt(
    state: _State, fix: Fix, judge: Callable[[Routine], Report], *, allow_unsafe: bool
) -> _State | str:
    """Return the week with a fix carried out and what is said of it, or why that can't be."""
    if fix.action is None:
        return "it takes a person"
    if not fix.safe and not allow_unsafe:
        return "it is unsafe, and nobody has consented to unsafe fixes"
    try:
        week = perform(fix.action, state[0])
    except InvalidValueError as error:
        return f"the week can't hold it: {error}"
    report = judge(week)
    new = _errors(report) - _errors(state[1])
    if new:
        return f"it would bring new errors: {', '.join(sorted({code for code, _ in new}))}"
    if _burden(week, report) >= _burden(*state):
        return "it would mend nothing"
    return week, report


def _errors(report: Report) -> Counter[tuple[str, str | None]]:
    # Places shift when something is taken out, so errors are counted by rule and activity.
    return Counter((finding.code, finding.activity) for finding in report.errors)


def _burden(week: Routine, report: Report) -> tuple[int, int, int]:
    """Return what each step must make less: errors, then prescriptions, then their numbers."""
    items = [item for session in week.sessions for item in session.prescriptions]
    items.extend(week.habits)
    numbers = sum(number or 0 for item in items for number in dose_values(item.dose).values())
    return len(report.errors), len(items), numbers
