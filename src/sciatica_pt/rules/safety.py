"""SPT6xx: red flags, contraindications and precautions, three-valued throughout."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sciatica_pt.guidance import Catalog
from sciatica_pt.model.actions import ApplyModification, RemoveItem, SetNumber
from sciatica_pt.model.activities import Exercise
from sciatica_pt.model.doses import dose_values
from sciatica_pt.model.guidelines import RuleSpec
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.safety import Fact, Restriction
from sciatica_pt.model.vocabulary import (
    FactKind,
    Provocation,
    RestrictionLevel,
    Scope,
    UnknownPolicy,
)
from sciatica_pt.rules.engine import Check
from sciatica_pt.rules.findings import PASSED, Verdict, failed, unknown, within
from sciatica_pt.rules.subjects import Context, Item, WeekView

__all__ = ["CHECKS", "ask_for"]


def ask_for(fact: Fact, catalog: Catalog) -> str:
    """Return the question that settles a fact."""
    question = catalog.questions.get(fact)
    if question is not None:
        return question.ask
    if fact.kind is FactKind.PROVOCATION:
        return f"Does {fact.value} bring the symptoms on?"
    return f"Is this true of the person: {fact}?"


def _knows(fact: Fact, context: Context) -> bool | None:
    return None if context.profile is None else context.profile.knows(fact)


def red_flags(spec: RuleSpec, week: WeekView, context: Context) -> Iterator[Verdict]:
    """No red flag is present, and each was asked for."""
    del spec, week
    profile = context.profile
    for flag in context.catalog.red_flags.values():
        answer = None if profile is None else flag.state(profile.screening, profile.conditions)
        if answer is None:
            yield unknown(f"nobody has asked about {flag.name}", flag.ask, citations=flag.citations)
        elif answer:
            yield failed(
                f"{flag.name} ({flag.tier}): {flag.action}",
                observed="present",
                expected="absent",
                citations=flag.citations,
                reduce="Stop the program until it has been seen to.",
            )
        else:
            yield PASSED


def aggravation(spec: RuleSpec, item: Item, context: Context) -> list[Verdict]:
    """The activity resembles nothing that brings the symptoms on."""
    del spec
    activity = item.activity
    if not isinstance(activity, Exercise) or not activity.provokes:
        return []
    return [_provoking(item, provocation, context) for provocation in sorted(activity.provokes)]


def _provoking(item: Item, provocation: Provocation, context: Context) -> Verdict:
    fact = Fact(kind=FactKind.PROVOCATION, value=provocation.value)
    known = _knows(fact, context)
    if known is None:
        return unknown(
            f"nobody has said whether {provocation} brings symptoms on",
            ask_for(fact, context.catalog),
        )
    if known:
        return failed(
            f"{item.name} involves {provocation}, which brings the symptoms on",
            observed=f"{provocation} brings symptoms on",
            expected="an activity that does not aggravate",
            reduce="Leave it out, or choose another activity.",
            action=RemoveItem(path=item.path),
        )
    return PASSED


def _open_questions(catalog: Catalog) -> Mapping[tuple[str, str], Verdict]:
    """Return what is said of each activity while it is not known whether a restriction binds."""

    def said(name: str, restriction: Restriction) -> Verdict:
        activity = catalog.activities.get(name)
        return unknown(
            f"whether {name if activity is None else activity.name} is right depends on an open "
            "question",
            ask_for(restriction.when, catalog),
            withhold=restriction.when_unknown is UnknownPolicy.WITHHOLD,
            citations=restriction.citations,
        )

    return {
        (name, item.id): said(name, item)
        for name, items in catalog.restrictions.items()
        for item in items
    }


def _restrictions(
    level: RestrictionLevel, judge: Callable[[Restriction, Item, Profile], Verdict]
) -> Check:
    def said(restriction: Restriction, item: Item, context: Context, *, sure: bool) -> Verdict:
        if context.profile is None or not sure:
            # A person has many open questions, and each is asked of many activities.
            open_questions = context.catalog.once(_open_questions)
            return open_questions[item.prescription.activity, restriction.id]
        return judge(restriction, item, context.profile)

    def check(spec: RuleSpec, item: Item, context: Context) -> list[Verdict]:
        del spec
        key = (item.prescription.activity, level)
        binding = context.binding.get(key)
        if binding is None:
            return [PASSED] if key in context.catalog.restricted else []
        return [said(restriction, item, context, sure=sure) for restriction, sure in binding]

    return check


def _clause(sentence: str) -> str:
    """Return a sentence without its full stop, to stand inside another."""
    return sentence.removesuffix(".")


def _never(restriction: Restriction, item: Item, profile: Profile) -> Verdict:
    del profile
    return failed(
        f"{item.name} is not for this person: {_clause(restriction.reason)}",
        observed=f"{restriction.when}",
        expected="another activity",
        citations=restriction.citations,
        reduce="Leave it out.",
        action=RemoveItem(path=item.path),
    )


def _clearance(restriction: Restriction, item: Item, profile: Profile) -> Verdict:
    if any(clearance.restriction == restriction.id for clearance in profile.clearances):
        return PASSED
    return failed(
        f"{item.name} needs a clinician's clearance: {_clause(restriction.reason)}",
        observed=f"{restriction.when}, and no clearance",
        expected=f"a clearance of {restriction.id}",
        citations=restriction.citations,
        reduce="Leave it out until a clinician has cleared it.",
        action=RemoveItem(path=item.path),
    )


def _modify(restriction: Restriction, item: Item, profile: Profile) -> Verdict:
    del profile
    change = restriction.modification
    if change is None:  # pragma: no cover - a restriction of this level can't be built without
        raise AssertionError
    if change.replace_with is not None:
        return failed(
            f"{item.name} is replaced: {_clause(restriction.reason)}",
            observed=item.prescription.activity,
            expected=change.replace_with,
            citations=restriction.citations,
            reduce=f"Leave it out, or replace it: {change.cue}",
            action=RemoveItem(path=item.path),
        )
    values = dose_values(item.prescription.dose)
    for limit in change.limits:
        value = values.get(limit.parameter)
        if value is not None and not limit.allows(value):
            bound = max(limit.minimum, min(limit.maximum, value))
            return failed(
                f"{item.name} needs a smaller dose: {_clause(restriction.reason)}",
                observed=f"{value} {limit.parameter.unit}",
                expected=within(limit),
                citations=(*restriction.citations, *limit.citations),
                reduce=change.cue,
                action=SetNumber(path=item.path, parameter=limit.parameter, value=bound),
            )
    if restriction.id not in item.prescription.modifications:
        return failed(
            f"{item.name} must be changed: {_clause(restriction.reason)}",
            observed="the usual way",
            expected=change.cue,
            citations=restriction.citations,
            reduce=change.cue,
            action=ApplyModification(path=item.path, restriction=restriction.id),
        )
    return PASSED


CHECKS: dict[str, tuple[Scope, Check]] = {
    "red-flags": (Scope.WEEK, red_flags),
    "aggravation": (Scope.ACTIVITY, aggravation),
    "restriction-never": (Scope.ACTIVITY, _restrictions(RestrictionLevel.NEVER, _never)),
    "restriction-clearance": (
        Scope.ACTIVITY,
        _restrictions(RestrictionLevel.CLEARANCE, _clearance),
    ),
    "restriction-modify": (Scope.ACTIVITY, _restrictions(RestrictionLevel.MODIFY, _modify)),
}
