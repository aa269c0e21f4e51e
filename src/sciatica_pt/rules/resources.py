"""SPT7xx: has the person what it takes, and is it wanted?"""

from __future__ import annotations

from sciatica_pt.model.actions import Action, AddEquipment, RemoveItem, SetBarrier
from sciatica_pt.model.activities import EquipmentNeed
from sciatica_pt.model.guidelines import RuleSpec
from sciatica_pt.model.vocabulary import Scope
from sciatica_pt.rules.engine import Check
from sciatica_pt.rules.findings import PASSED, Verdict, failed, unknown
from sciatica_pt.rules.modalities import form_of
from sciatica_pt.rules.subjects import Context, Item

__all__ = ["CHECKS", "equipment_needs"]


def equipment_needs(item: Item) -> tuple[EquipmentNeed, ...]:
    """Return what an item needs the person to have, barrier included."""
    form = form_of(item)
    own = () if item.activity is None else item.activity.equipment
    if form is None:
        return own
    return (*own, *form.equipment, *(() if form.barrier is None else (form.barrier,)))


def equipment(spec: RuleSpec, item: Item, context: Context) -> list[Verdict]:
    """Each need is met by something that is prescribed and that the person has."""
    del spec
    used = set(item.prescription.equipment)
    if item.prescription.barrier is not None:
        used.add(item.prescription.barrier)
    needs = equipment_needs(item)
    if not used and not needs:
        return []
    unmet = [_unmet(item, need, context) for need in needs if used.isdisjoint(need.any_of)]
    # Whatever meets a need is looked at here.
    return unmet + [_at_hand(item, name, context) for name in sorted(used)]


def _at_hand(item: Item, name: str, context: Context) -> Verdict:
    if context.profile is None:
        return unknown(
            f"nobody has said whether there is a {context.equipment_name(name)}",
            f"Does the person have a {context.equipment_name(name)}?",
        )
    if name in context.profile.equipment:
        return PASSED
    return failed(
        f"{item.name} uses something that the person does not have",
        observed=name,
        expected=", ".join(sorted(context.profile.equipment)) or "no equipment",
        reduce="Leave it out, or choose something that needs no such equipment.",
        action=RemoveItem(path=item.path),
    )


def _unmet(item: Item, need: EquipmentNeed, context: Context) -> Verdict:
    wanted = " or ".join(context.equipment_name(name) for name in need.any_of)
    unknown_person = context.profile is None
    owned = frozenset[str]() if context.profile is None else context.profile.equipment
    at_hand = next((name for name in need.any_of if name in owned), None)
    form = form_of(item)
    shields = form is not None and form.barrier == need
    action: Action | None = None
    if at_hand is not None:
        action = (
            SetBarrier(path=item.path, barrier=at_hand)
            if shields
            else AddEquipment(path=item.path, equipment=at_hand)
        )
    elif not unknown_person:
        action = RemoveItem(path=item.path)
    return failed(
        f"{item.name} needs this: {wanted}",
        observed=", ".join(sorted(item.prescription.equipment)) or "no equipment",
        expected=" or ".join(need.any_of),
        citations=need.citations,
        reduce="Name which one is used."
        if unknown_person or at_hand
        else "Leave it out until there is one.",
        action=action,
    )


def provider_access(spec: RuleSpec, item: Item, context: Context) -> tuple[Verdict, ...]:
    """Who gives it is within the person's reach."""
    del spec
    given = item.prescription.provider
    if given is None:
        return ()
    if context.profile is None:
        said = unknown(
            f"nobody has said whether a {given} is within reach",
            f"Can the person see a {given}?",
        )
    elif given in context.profile.providers:
        said = PASSED
    else:
        said = failed(
            f"{item.name} is given by someone out of the person's reach",
            observed=f"{given}",
            expected=", ".join(sorted(context.profile.providers)) or "nobody",
            reduce="Leave it out.",
            action=RemoveItem(path=item.path),
        )
    return (said,)


def dislikes(spec: RuleSpec, item: Item, context: Context) -> tuple[Verdict, ...]:
    """The person has not said no to it."""
    del spec
    if context.profile is None:
        said = unknown(
            f"nobody has said whether {item.name} is welcome", f"Is {item.name} all right?"
        )
    elif item.prescription.activity in context.profile.dislikes:
        said = failed(
            f"the person does not want {item.name}",
            reduce="Leave it out.",
            action=RemoveItem(path=item.path),
        )
    else:
        said = PASSED
    return (said,)


CHECKS: dict[str, tuple[Scope, Check]] = {
    "equipment": (Scope.ACTIVITY, equipment),
    "provider-access": (Scope.ACTIVITY, provider_access),
    "dislikes": (Scope.ACTIVITY, dislikes),
}
