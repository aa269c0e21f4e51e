"""Is a routine what guidance wants?  Lazy findings, a report, or an exception: one engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from sciatica_pt.errors import SciaticaPTError
from sciatica_pt.guidance import Catalog, default_guidance
from sciatica_pt.model.constraints import Each, Flag, Instance, as_tuple, checked
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.routine import GuidanceRef, Routine
from sciatica_pt.model.vocabulary import Outcome, Severity
from sciatica_pt.overrides import Overrides, apply_overrides
from sciatica_pt.rules import (
    Context,
    Finding,
    Rule,
    RuleResult,
    RuleSet,
    choose_rules,
    is_grave,
    run_rule,
    view,
)

__all__ = ["FindingsError", "Report", "conforms", "iter_findings", "validate"]

_BAD = (Outcome.FAIL, Outcome.ERROR)


class FindingsError(SciaticaPTError):
    """A routine that does not conform.

    Attributes:
        report: the whole report.
    """

    report: Report

    def __init__(self, report: Report) -> None:
        lines = [str(finding) for finding in report.errors]
        super().__init__(
            "\n".join([f"the routine does not conform; to mend ({len(lines)}):", *lines])
        )
        self.report = report


@attrs.frozen(kw_only=True, field_transformer=checked)
class Report:
    """What every rule said of a routine.

    Attributes:
        guidance: the packs it was checked against, in layering order.
        profiled: whether it was checked for a person; without one, much stays indeterminate.
        results: one result for each rule, in the order of their codes.
    """

    guidance: tuple[GuidanceRef, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(GuidanceRef), 1, 50, unique="id")
    )
    profiled: bool = attrs.field(validator=Flag())
    results: tuple[RuleResult, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(RuleResult), unique="code")
    )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What failed, the gravest first, then by rule and place."""
        found = [item for result in self.results for item in result.findings if _failed(item)]
        return tuple(sorted(found, key=lambda item: (item.severity.order, item.code)))

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of error severity that nobody overrode; none means that it conforms."""
        return tuple(
            item
            for item in self.findings
            if item.severity is Severity.ERROR and item.override is None
        )

    @property
    def overridden(self) -> tuple[Finding, ...]:
        """The findings that a clinician lets stand; each says who, why and until when."""
        return tuple(item for item in self.findings if item.override is not None)

    @property
    def indeterminate(self) -> tuple[Finding, ...]:
        """What could not be judged, each with the question to ask."""
        return tuple(
            item
            for result in self.results
            for item in result.findings
            if item.outcome is Outcome.INDETERMINATE
        )

    @property
    def questions(self) -> tuple[str, ...]:
        """The open questions, each once, in the order of the rules that need them."""
        return tuple(dict.fromkeys(item.question or "" for item in self.indeterminate))

    @property
    def conforms(self) -> bool:
        """Whether no rule of error severity failed or broke; warnings and questions may remain."""
        return not self.errors

    def raise_for_findings(self) -> None:
        """Raise unless the routine conforms.

        Raises:
            FindingsError: with this report.
        """
        if not self.conforms:
            raise FindingsError(self)

    def __str__(self) -> str:
        counts = [
            f"{sum(result.outcome is outcome for result in self.results)} {outcome}"
            for outcome in Outcome
        ]
        verdict = "conforms" if self.conforms else "does not conform"
        lines = [f"The routine {verdict}: {len(self.results)} rules, {', '.join(counts)}."]
        lines.extend(f"  {finding}" for finding in self.findings)
        if self.questions:
            lines.append("Not judged until someone answers:")
            lines.extend(f"  - {question}" for question in self.questions)
        return "\n".join(lines)


def _failed(finding: Finding) -> bool:
    return finding.outcome in _BAD


def _context(routine: Routine, profile: Profile | None, catalog: Catalog) -> Context:
    if profile is not None:
        catalog.check_profile(profile)
    return Context(catalog=catalog, profile=profile, phase=routine.phase)


def iter_findings(
    routine: Routine,
    *,
    profile: Profile | None = None,
    guidance: Catalog | None = None,
    rules: RuleSet | Iterable[Rule] | None = None,
) -> Iterator[Finding]:
    """Yield what failed or could not be judged, rule by rule, as it is found.

    Args:
        routine: the week.
        profile: the person; `None` leaves all that depends on a person indeterminate.
        guidance: the guidance to check against; `None` for the bundled packs.
        rules: rules to run beside the guidance's own; a `RuleSet` is run instead of them.

    Raises:
        GuidanceError: the profile uses a word that the guidance doesn't know.
    """
    catalog = default_guidance() if guidance is None else guidance
    context = _context(routine, profile, catalog)
    week = view(routine, catalog)
    for rule in choose_rules(catalog, rules).values():
        yield from run_rule(rule, week, context).findings


def conforms(
    routine: Routine, *, profile: Profile | None, guidance: Catalog, rules: RuleSet
) -> bool:
    """Return whether `validate` would say that a routine conforms; the first error ends it.

    Args:
        routine: the week.
        profile: the person, if known.
        guidance: the guidance to check against.
        rules: the rules to run.

    Raises:
        GuidanceError: the profile uses a word that the guidance doesn't know.
    """
    context = _context(routine, profile, guidance)
    week = view(routine, guidance)
    return not any(
        run_rule(rule, week, context).outcome in _BAD for rule in rules.values() if is_grave(rule)
    )


def validate(
    routine: Routine,
    *,
    profile: Profile | None = None,
    guidance: Catalog | None = None,
    rules: RuleSet | Iterable[Rule] | None = None,
    overrides: Overrides | None = None,
) -> Report:
    """Return what every rule says of a routine.

    Args:
        routine: the week.
        profile: the person; `None` leaves all that depends on a person indeterminate.
        guidance: the guidance to check against; `None` for the bundled packs.
        rules: rules to run beside the guidance's own; a `RuleSet` is run instead of them.
        overrides: a clinician's decisions to let findings stand, and the day; each must fit what
            is found now.

    Raises:
        GuidanceError: the profile uses a word that the guidance doesn't know.
    """
    catalog = default_guidance() if guidance is None else guidance
    context = _context(routine, profile, catalog)
    week = view(routine, catalog)
    chosen = choose_rules(catalog, rules)
    results = tuple(run_rule(rule, week, context) for rule in chosen.values())
    if overrides is not None:
        results = apply_overrides(results, overrides, routine=routine, rules=chosen)
    return Report(guidance=catalog.refs, profiled=profile is not None, results=results)
