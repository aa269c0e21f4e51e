"""Small weeks and people for tables of cases, made without the planner."""

from __future__ import annotations

from typing import Any

import attrs

from sciatica_pt.guidance import Catalog, default_guidance
from sciatica_pt.model import (
    DoseParameter,
    Exercise,
    Form,
    ManualTherapy,
    Modality,
    Phase,
    Prescription,
    Profile,
    Provider,
    Provocation,
    Routine,
    Screening,
    Session,
    Weekday,
    build_dose,
)
from sciatica_pt.rules import Context, Finding, Fix, RuleResult, rules_of, run_rule, view

__all__ = ["GUIDANCE", "PERSON", "STRANGER", "WEEKDAYS", "Row", "judged", "line", "rx", "week"]

GUIDANCE = default_guidance()
WEEKDAYS = tuple(day.value for day in Weekday)
#: Somebody of whom everything is known, who has everything and whom nothing ails.
PERSON = Profile(
    phase="subacute",
    others_ruled_out=True,
    flare=False,
    irritability="low",
    directional_preference="none",
    leg_pain="none",
    not_provoked_by=list(Provocation),
    equipment=list(GUIDANCE.equipment),
    providers=list(Provider),
    minutes=dict.fromkeys(Weekday, 90),
    screening=Screening.clear(by="clinician"),
)
#: Somebody of whom nothing is known but the phase.
STRANGER = Profile(phase="subacute")


def rx(name: str, phase: str = "subacute", /, **changes: Any) -> Prescription:
    """Return an activity as guidance has a beginner do it, with some fields or numbers changed.

    An activity that the guidance doesn't know is done like a walk.
    """
    known = GUIDANCE.activities.get(name, GUIDANCE.activities["walking"])
    offer = GUIDANCE.range(known.id, Phase(phase))
    assert offer is not None, f"{name} has no dose in the {phase} phase"
    numbers = offer.starting_values()
    for number in [key for key in changes if key in set(DoseParameter)]:
        value = changes.pop(number)
        if value is None:
            del numbers[DoseParameter(number)]
        else:
            numbers[DoseParameter(number)] = value
    sided = isinstance(known, Exercise) and known.per_side
    form: Form | None = None
    if isinstance(known, (Modality, ManualTherapy)):
        form = known.forms[0]
    needs = (*known.equipment, *(form.equipment if form else ()))
    fields: dict[str, Any] = {
        "activity": name,
        "dose": build_dose(offer.kind, numbers, per_side=sided),
        "side": "both" if sided else None,
        "form": form and form.id,
        "equipment": {need.any_of[0] for need in needs},
        "barrier": form and form.barrier and form.barrier.any_of[0],
        "provider": min(known.providers) if isinstance(known, ManualTherapy) else None,
    }
    return Prescription(**{**fields, **changes})


def week(
    *,
    phase: str = "subacute",
    habits: tuple[Prescription, ...] = (),
    unscreened: bool = False,
    guidance: Any = GUIDANCE.refs,
    **days: tuple[Prescription, ...],
) -> Routine:
    """Return a week: `mon=(...)` is Monday's morning, `mon_evening=(...)` its evening."""
    sessions = [
        Session(day=day, time_of_day=time, prescriptions=items)
        for day in WEEKDAYS
        for time, items in (
            ("morning", days.pop(day, ())),
            ("evening", days.pop(f"{day}_evening", ())),
        )
        if items
    ]
    assert not days
    return Routine(
        phase=phase, guidance=guidance, sessions=sessions, habits=habits, unscreened=unscreened
    )


def judged(
    code: str, routine: Routine, profile: Profile | None, catalog: Catalog = GUIDANCE
) -> RuleResult:
    """Return what one rule says of a week."""
    context = Context(catalog=catalog, profile=profile, phase=routine.phase)
    return run_rule(rules_of(catalog)[code], view(routine, catalog), context)


@attrs.frozen
class Row:
    """One case: what a rule must say of a week and a person.

    Attributes:
        code: the rule.
        outcome: its outcome.
        name: what is special about the case.
        routine: the week.
        profile: the person; `None` when nobody is known.
    """

    code: str
    outcome: str
    name: str
    routine: Routine
    profile: Profile | None

    def __str__(self) -> str:
        return f"{self.code} {self.outcome}: {self.name}"


def line(finding: Finding) -> str:
    """Return what a finding says: place, sentence, what was seen, wanted, asked and offered."""
    parts = [finding.message]
    if finding.observed is not None:
        parts.append(f"got {finding.observed}")
    if finding.expected is not None:
        parts.append(f"want {finding.expected}")
    if finding.question is not None:
        parts.append(f"{'withhold' if finding.withhold else 'ask'} {finding.question}")
    parts.extend(
        f"{'safe' if fix.safe else 'unsafe'} {fix.text} <{_action(fix, finding.path)}>"
        for fix in finding.fixes
    )
    parts.append(f"source {', '.join(item.statement for item in finding.citations)}")
    return f"{finding.path}: {'; '.join(parts)}"


def _action(fix: Fix, path: str) -> str:
    if fix.action is None:
        return "nothing to carry out"
    fields = attrs.asdict(fix.action, recurse=False)
    shown = [f"{name}={value}" for name, value in fields.items() if name != "path"]
    place = fields.get("path", path)
    at = "" if place == path else f" at {place}"
    return " ".join([type(fix.action).__name__, *shown]) + at
