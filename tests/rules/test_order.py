"""What a rule says of a set comes in the order of the words, on every hash seed."""

from __future__ import annotations

from typing import Any

import attrs

from sciatica_pt.model import Exercise, ManualTherapy, RuleSpec
from sciatica_pt.model.vocabulary import Phase, Provider, Provocation, Technique
from sciatica_pt.rules import CHECKS, Context, Item, Verdict, view

from .build import GUIDANCE, PERSON, rx, week

NOBODY = attrs.evolve(
    PERSON, equipment=(), providers=(), provoked_by=list(Provocation), not_provoked_by=()
)
CONTEXT = Context(catalog=GUIDANCE, profile=NOBODY, phase=Phase.SUBACUTE)
MUSCLES = tuple(sorted(GUIDANCE.muscles))[:6]
EVERYTHING = ("bridge", "walking", "cat-camel", "cold")


def spec_of(check: str, **changes: Any) -> RuleSpec:
    """Return the specification of the first rule of a check, with some fields changed."""
    found = next(rule for rule in GUIDANCE.rules.values() if rule.check == check)
    return attrs.evolve(found, **changes)


def said(check: str, subject: Any, **changes: Any) -> list[Verdict]:
    """Return what a check says."""
    return list(CHECKS[check][1](spec_of(check, **changes), subject, CONTEXT))


def item(name: str, /, changes: dict[str, Any] | None = None, **fields: Any) -> Item:
    """Return an activity prescribed once, with some of its own fields changed."""
    (found,) = view(week(mon=(rx(name, **fields),)), GUIDANCE).items
    assert found.activity is not None
    return attrs.evolve(found, activity=attrs.evolve(found.activity, **(changes or {})))


def test_equipment_that_is_missing() -> None:
    """Each piece has a verdict of its own."""
    names = sorted(GUIDANCE.equipment)[:6]
    found = said("equipment", item("bridge", equipment=frozenset(names)))
    assert [verdict.observed for verdict in found] == names


def test_providers_within_reach() -> None:
    """They are listed where one out of reach is named."""
    reach = sorted(set(Provider) - {Provider.CHIROPRACTOR})
    person = attrs.evolve(NOBODY, providers=reach)
    massage = next(
        name for name, known in GUIDANCE.activities.items() if isinstance(known, ManualTherapy)
    )
    context = attrs.evolve(CONTEXT, profile=person)
    given = item(massage, provider=Provider.CHIROPRACTOR)
    (verdict,) = CHECKS["provider-access"][1](spec_of("provider-access"), given, context)
    assert verdict.expected == ", ".join(reach)
    (verdict,) = said("provider", item(massage, {"providers": list(Provider)}, provider=None))
    assert verdict.expected == " or ".join(sorted(Provider))


def test_what_brings_the_symptoms_on() -> None:
    """Each posture has a verdict of its own."""
    found = said("aggravation", item("bridge", {"provokes": list(Provocation)}))
    assert [verdict.observed for verdict in found] == [
        f"{posture} brings symptoms on" for posture in sorted(Provocation)
    ]


def test_muscles_that_get_no_rest() -> None:
    """Each muscle has its verdicts together."""
    days = view(week(mon=(rx("bridge"),), tue=(rx("bridge"),)), GUIDANCE)
    bridge = GUIDANCE.activities["bridge"]
    assert isinstance(bridge, Exercise)
    many = attrs.evolve(bridge, muscles=MUSCLES)
    both = attrs.evolve(
        days,
        days=tuple(
            attrs.evolve(
                day,
                sessions=tuple(
                    attrs.evolve(
                        session,
                        items=tuple(attrs.evolve(each, activity=many) for each in session.items),
                    )
                    for session in day.sessions
                ),
            )
            for day in days.days
        ),
    )
    found = [verdict.message for verdict in said("recovery", both) if verdict.message]
    names = [GUIDANCE.muscles[muscle].name for muscle in MUSCLES]
    assert [message.split(" has too ")[0] for message in found] == names


def test_techniques_that_a_week_has_or_lacks() -> None:
    """All are listed, whichever rule speaks of them."""
    full = view(week(mon=tuple(map(rx, EVERYTHING)), habits=(rx("standing-posture"),)), GUIDANCE)
    used = sorted({each.activity.technique for each in full.items if each.activity is not None})
    assert len(used) >= 4
    (alone,) = said("not-alone", full, techniques=list(Technique))
    scheduled = {each.activity.technique for each in full.scheduled if each.activity is not None}
    assert alone.observed == ", ".join(sorted(scheduled))
    (few,) = said("technique-kinds", full, parameters=_set("technique-kinds", 50))
    assert few.observed == ", ".join(used)
    (often,) = said("technique-days", full, techniques=used, parameters=_set("technique-days", 0))
    assert often.message == f"{' and '.join(used)} is used on too many days"
    offered = sorted({known.technique for known in GUIDANCE.activities.values()})
    absent = said("technique-present", view(week(), GUIDANCE), techniques=list(Technique))
    assert [verdict.expected for verdict in absent] == [f"some {name}" for name in offered]


def _set(check: str, value: int) -> tuple[Any, ...]:
    """Return a specification's numbers, all with one value."""
    return tuple(attrs.evolve(number, value=value) for number in spec_of(check).parameters)
