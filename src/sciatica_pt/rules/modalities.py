"""SPT2xx: heat and cold: shielded from the skin, in a known form, when guidance wants them."""

from __future__ import annotations

from sciatica_pt.model.actions import RemoveForm, RemoveItem, SetBarrier
from sciatica_pt.model.activities import Form, ManualTherapy, Modality
from sciatica_pt.model.guidelines import RuleSpec
from sciatica_pt.model.vocabulary import Scope
from sciatica_pt.rules.engine import Check
from sciatica_pt.rules.findings import PASSED, Verdict, failed, unknown
from sciatica_pt.rules.subjects import Context, Item

__all__ = ["CHECKS", "form_of"]


def form_of(item: Item) -> Form | None:
    """Return the form that an item is given in, or `None` when it has none or an unknown one."""
    if not isinstance(item.activity, (Modality, ManualTherapy)):
        return None
    return next((form for form in item.activity.forms if form.id == item.prescription.form), None)


def known_form(spec: RuleSpec, item: Item, context: Context) -> tuple[Verdict, ...]:
    """What comes in forms is given in one of them, and nothing else is."""
    del spec, context
    given = item.prescription.form
    if isinstance(item.activity, (Modality, ManualTherapy)):
        if form_of(item) is not None:
            return (PASSED,)
        said = failed(
            f"{item.name} is given in no form that guidance knows",
            observed=given or "no form",
            expected=" or ".join(form.id for form in item.activity.forms),
            reduce="Leave it out, or choose one of the known forms.",
            action=RemoveItem(path=item.path),
        )
    elif given is None:
        return ()
    else:
        said = failed(
            f"{item.name} comes in no forms",
            observed=given,
            expected="no form",
            reduce="Remove the form.",
            action=RemoveForm(path=item.path),
        )
    return (said,)


def barrier(spec: RuleSpec, item: Item, context: Context) -> tuple[Verdict, ...]:
    """Where guidance wants something between the source and the skin, it is there."""
    del spec
    form = form_of(item)
    if form is None or form.barrier is None:
        return ()
    if item.prescription.barrier in form.barrier.any_of:
        return (PASSED,)
    owned = context.profile.equipment if context.profile is not None else frozenset[str]()
    at_hand = next((name for name in form.barrier.any_of if name in owned), None)
    shields = " or ".join(context.equipment_name(name) for name in form.barrier.any_of)
    return (
        failed(
            f"{item.name} would touch the bare skin",
            observed=item.prescription.barrier or "no barrier",
            expected=" or ".join(form.barrier.any_of),
            citations=form.barrier.citations,
            reduce=f"Put this between it and the skin, or leave it out: {shields}.",
            action=RemoveItem(path=item.path)
            if at_hand is None
            else SetBarrier(path=item.path, barrier=at_hand),
        ),
    )


def suited_phase(spec: RuleSpec, item: Item, context: Context) -> tuple[Verdict, ...]:
    """Heat or cold is used in the phase, or in the flare-up, that guidance ties it to."""
    del spec
    activity = item.activity
    if not isinstance(activity, Modality) or not (activity.suits_phases or activity.suits_flare):
        return ()
    flare = context.profile.flare if context.profile is not None else None
    if context.phase in activity.suits_phases or (activity.suits_flare and flare is True):
        return (PASSED,)
    if activity.suits_flare and flare is None:
        said = unknown(
            f"{item.name} suits a flare-up, and nobody has said whether this is one",
            "Have the symptoms flared up in the last days?",
        )
    else:
        suited = [f"the {phase} phase" for phase in sorted(activity.suits_phases)]
        if activity.suits_flare:
            suited.append("a flare-up")
        said = failed(
            f"{item.name} is not what guidance suggests now",
            observed=f"the {context.phase} phase",
            expected=" or ".join(suited),
            reduce="Leave it out.",
            action=RemoveItem(path=item.path),
        )
    return (said,)


CHECKS: dict[str, tuple[Scope, Check]] = {
    "known-form": (Scope.ACTIVITY, known_form),
    "barrier": (Scope.ACTIVITY, barrier),
    "suited-phase": (Scope.ACTIVITY, suited_phase),
}
