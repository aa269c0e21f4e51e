"""What would let an activity in that rules keep out, each step verified by the rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from sciatica_pt.errors import GuidanceError
from sciatica_pt.guidance import Catalog, unknown_word
from sciatica_pt.model.activities import Activity, EquipmentNeed, ManualTherapy, Modality
from sciatica_pt.model.constraints import EMPTY, ID, Each, Flag, Text, as_tuple, checked
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.safety import Clearance, Fact
from sciatica_pt.model.vocabulary import (
    DirectionalPreference,
    FactKind,
    Irritability,
    LegPain,
    OverrideRole,
    Phase,
    Provocation,
    RestrictionLevel,
)
from sciatica_pt.planning.candidates import Rejection, consider
from sciatica_pt.planning.conflicts import smallest
from sciatica_pt.planning.requests import request_for
from sciatica_pt.rules import Context, Rule, RuleSet

__all__ = ["Unlock", "what_unlocks"]


@attrs.frozen(kw_only=True, field_transformer=checked)
class Unlock:
    """What would let an activity in.

    Attributes:
        activity: the activity's id.
        possible: whether the steps together let it in.
        steps: what it takes, all of it, each in a sentence; none when nothing keeps it out, or
            when nothing would let it in.
    """

    activity: str = attrs.field(validator=ID)
    possible: bool = attrs.field(validator=Flag())
    steps: tuple[str, ...] = attrs.field(
        converter=as_tuple, validator=Each(Text("a step"), maximum=100)
    )

    def __str__(self) -> str:
        if not self.possible:
            return f"{self.activity}: nothing that could change would let it in"
        return f"{self.activity}: {' '.join(self.steps) or 'no rule keeps it out'}"


@attrs.frozen
class _Step:
    text: str
    take: Callable[[Profile], Profile]


def what_unlocks(
    activity: str,
    *,
    profile: Profile,
    guidance: Catalog | None = None,
    rules: RuleSet | Iterable[Rule] | None = None,
    allow_unscreened: bool = False,
) -> Unlock:
    """Return the fewest steps that would let an activity in which rules keep out.

    No step is advice to take it: a contraindication is listed as what would no longer have to
    hold.
    The answer is about the activity alone; whether it is then worth its time, planning says.

    Args:
        activity: id of the activity.
        profile: what is known of the person.
        guidance: the guidance; `None` for the bundled packs.
        rules: rules beside the guidance's own; a `RuleSet` is kept instead of them.
        allow_unscreened: answer although red-flag questions are open.

    Raises:
        GuidanceError: the guidance knows no such activity, or a word of the profile.
        ReferralRequired: a red flag is present.
        ScreeningIncomplete: red-flag questions are open, and nobody consented.

    >>> from sciatica_pt.model import Screening
    >>> person = Profile(
    ...     phase="chronic",
    ...     others_ruled_out=True,
    ...     screening=Screening.clear(by="clinician"),
    ... )
    >>> print(what_unlocks("cold", profile=person))
    cold: Have this at hand: cold pack. Have this at hand: thin towel.
    """
    request = request_for(profile, guidance, rules, allow_unscreened=allow_unscreened)
    catalog = request.guidance
    known = catalog.activities.get(activity)
    if known is None:
        raise GuidanceError(
            "nothing can be said of it",
            [unknown_word("$", "an activity", activity, catalog.activities)],
        )

    def kept_out(steps: tuple[_Step, ...]) -> bool:
        then = profile
        for step in steps:
            then = step.take(then)
        context = Context(catalog=catalog, profile=then, phase=then.phase)
        return isinstance(consider(known, context, request.rules, then), Rejection)

    steps = tuple(_steps(known, profile, catalog))
    if kept_out(steps):
        return Unlock(activity=activity, possible=False, steps=())
    # `smallest` looks for a part that fails; a step can go when the others still let it in.
    needed = smallest(steps, lambda part: not kept_out(part))
    return Unlock(activity=activity, possible=True, steps=[step.text for step in needed])


def _steps(activity: Activity, profile: Profile, catalog: Catalog) -> Iterator[_Step]:
    """Yield everything about the person that might keep an activity out, turned around."""
    yield from _phase_step(activity, profile, catalog)
    yield _Step(
        "It is wanted.", lambda who: attrs.evolve(who, dislikes=who.dislikes - {activity.id})
    )
    yield _Step(
        "It was stopped, and someone takes it up again.",
        lambda who: attrs.evolve(who, stopped=who.stopped - {activity.id}),
    )
    for need in _needs(activity):
        if profile.equipment.isdisjoint(need.any_of):
            yield _equipment_step(need, catalog)
    if isinstance(activity, ManualTherapy):
        names = " or ".join(item.replace("-", " ") for item in sorted(activity.providers))
        yield _Step(
            f"Have this within reach: {names}.",
            lambda who: attrs.evolve(who, providers=who.providers | activity.providers),
        )
    facts = {Fact(kind=FactKind.PROVOCATION, value=word.value) for word in _provokes(activity)}
    restrictions = catalog.restrictions.get(activity.id, ())
    facts |= {restriction.when for restriction in restrictions}
    for fact in sorted(facts, key=str):
        yield _fact_step(fact, profile, catalog, facts)
    # These come last, so that a clearance is asked for rather than another body.
    for restriction in restrictions:
        if restriction.level is RestrictionLevel.CLEARANCE:
            yield _clearance_step(restriction.id, restriction.reason)


def _provokes(activity: Activity) -> frozenset[Provocation]:
    return getattr(activity, "provokes", EMPTY)


def _phase_step(activity: Activity, profile: Profile, catalog: Catalog) -> Iterator[_Step]:
    if catalog.range(activity.id, profile.phase) is not None:
        return
    phases = [phase for phase in Phase if catalog.range(activity.id, phase) is not None]
    if phases:
        yield _Step(
            f"It is for the {phases[0]} phase.", lambda who: attrs.evolve(who, phase=phases[0])
        )


def _with(who: Profile, field: str, value: Any) -> Profile:
    return attrs.evolve(who, **{field: value})


def _needs(activity: Activity) -> Iterator[EquipmentNeed]:
    yield from activity.equipment
    for form in activity.forms[:1] if isinstance(activity, (Modality, ManualTherapy)) else ():
        yield from form.equipment
        if form.barrier is not None:
            yield form.barrier


def _equipment_step(need: EquipmentNeed, catalog: Catalog) -> _Step:
    terms = [catalog.equipment.get(name) for name in need.any_of]
    names = [
        name if term is None else term.name.lower()
        for name, term in zip(need.any_of, terms, strict=True)
    ]
    return _Step(
        f"Have this at hand: {' or '.join(names)}.",
        lambda who: attrs.evolve(who, equipment=who.equipment | {need.any_of[0]}),
    )


def _clearance_step(restriction: str, reason: str) -> _Step:
    clearance = Clearance(
        restriction=restriction,
        role=OverrideRole.PHYSICIAN,
        reason="To see what it would change.",
        expires=dt.date.max,
    )
    return _Step(
        f"A clinician clears it. {reason}",
        lambda who: attrs.evolve(
            who,
            clearances=(
                *(item for item in who.clearances if item.restriction != restriction),
                clearance,
            ),
        ),
    )


def _fact_step(fact: Fact, profile: Profile, catalog: Catalog, facts: set[Fact]) -> _Step:
    question = catalog.questions.get(fact)
    if question is None:
        text = f"This does not hold: {fact.value.replace('-', ' ')}."
    elif profile.knows(fact) is None:
        text = f"This is answered with no: {question.ask}"
    else:
        text = f"This holds no longer: {question.name.lower()}."
    return _Step(text, lambda who: _deny(who, fact, facts))


#: The words of each fact of which only one can hold.
_WORDS = {
    FactKind.DIRECTIONAL_PREFERENCE: DirectionalPreference,
    FactKind.IRRITABILITY: Irritability,
    FactKind.LEG_PAIN: LegPain,
}


def _deny(who: Profile, fact: Fact, facts: set[Fact]) -> Profile:
    """Return the person if a fact were not true, nor another of the facts in its place."""
    match fact.kind:
        case FactKind.CONDITION:
            return attrs.evolve(
                who,
                conditions=who.conditions - {fact.value},
                ruled_out=who.ruled_out | {fact.value},
            )
        case FactKind.PROVOCATION:
            return attrs.evolve(
                who,
                provoked_by=who.provoked_by - {fact.value},
                not_provoked_by=who.not_provoked_by | {fact.value},
            )
        case FactKind.FLARE:
            return attrs.evolve(who, flare=False)
        case _:
            taken = {other.value for other in facts if other.kind is fact.kind}
            other = next((word for word in _WORDS[fact.kind] if word not in taken), None)
            return _with(who, fact.kind.replace("-", "_"), other)
