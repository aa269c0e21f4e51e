"""Weeks and people by the number: each seed is one case, the same on every machine.

A case has its own care: how often each of its details is what the guidance wants.
A careless case breaks many rules, a careful one few or none, and between them lie the weeks that
are nearly right.
"""

from __future__ import annotations

from random import Random
from typing import Any

from sciatica_pt.model import (
    Clearance,
    DoseKind,
    GuidanceRef,
    Level,
    Phase,
    Prescription,
    Profile,
    Provider,
    Provocation,
    Routine,
    Screening,
    Session,
    TimeOfDay,
    Weekday,
)
from sciatica_pt.model.doses import PARAMETERS, build_dose
from sciatica_pt.planning import PlanRefused, plan_week

from .book import Book, Json

#: The chance that something is as it should be, in careless to careful cases.
CARE = (0.5, 0.8, 0.95, 1.0, 1.0)
FACTS: dict[str, tuple[Any, ...]] = {
    "flare": (None, False, True),
    "irritability": (None, "low", "moderate", "high"),
    "directional_preference": (None, "flexion", "extension", "none"),
    "leg_pain": (None, "none", "buttock", "thigh", "below-knee"),
}
#: How likely there is a session at a time of day; at the others there is none.
_CHANCES = {TimeOfDay.MORNING: 0.6, TimeOfDay.MIDDAY: 0.06, TimeOfDay.EVENING: 0.04}
#: Where a number may go astray, within what a constructor accepts.
CEILING = {
    "sets": 20,
    "reps": 200,
    "rep_seconds": 60,
    "effort": 10,
    "every_seconds": 43_200,
    "duration_seconds": 7200,
}


def screening_for(random: Random, book: Book) -> Screening | None:
    """Return nobody's answers, clear ones, or some of them with now and then a yes."""
    flags = [flag["id"] for flag in book.flags]
    kind = random.random()
    if kind < 0.15:
        return None
    if kind < 0.7:
        return Screening.clear(by="person")
    present = random.sample(flags, random.choice((0, 0, 1, 2)))
    absent = [flag for flag in flags if flag not in present and random.random() < 0.9]
    return Screening(by="clinician", present=present, absent=absent)


def person_for(random: Random, book: Book) -> Profile:
    """Return a person of whom much, little or nothing is known."""
    conditions = random.sample(book.conditions, random.choice((0, 0, 1, 1, 2, 4)))
    others = [name for name in book.conditions if name not in conditions]
    provoked = random.sample(list(Provocation), random.choice((0, 0, 1, 2)))
    free = [item for item in Provocation if item not in provoked and random.random() < 0.6]
    everything = random.random() < 0.5
    cleared = [item["id"] for item in book.restrictions if item["level"] == "clearance"]
    names = sorted(book.activities)
    return Profile(
        phase=random.choice(list(Phase)),
        conditions=conditions,
        ruled_out=random.sample(others, random.randrange(len(others))),
        others_ruled_out=everything,
        screening=screening_for(random, book),
        provoked_by=provoked,
        not_provoked_by=free,
        equipment=random.sample(book.equipment, random.randrange(len(book.equipment) + 1)),
        minutes={day: random.choice((0, 10, 20, 30, 45, 60)) for day in Weekday},
        providers=random.sample(list(Provider), random.randrange(len(Provider) + 1)),
        dislikes=random.sample(names, random.choice((0, 0, 0, 1, 3))),
        stopped=random.sample(names, random.choice((0, 0, 0, 1, 3))),
        levels=[
            Level(activity=name, dose=dose)
            for name in random.sample(names, random.choice((0, 1, 4)))
            if (dose := _dose(random, book, name, random.choice(list(Phase)), 0.9)) is not None
        ],
        clearances=[
            Clearance(restriction=name, role="physician", reason="Seen.", expires=_some_day(random))
            for name in random.sample(cleared, random.choice((0, 0, 2, len(cleared))))
        ],
        **{name: random.choice(values) for name, values in FACTS.items()},
    )


def _some_day(random: Random) -> Any:
    from datetime import date

    return date(2030, random.randint(1, 12), 1)


def _dose(random: Random, book: Book, name: str, phase: str, care: float) -> Any:
    offer = book.doses.get((name, phase))
    known = book.activities.get(name)
    if offer is None or known is None or random.random() > care**0.3:
        kind, limits = random.choice([*book.doses.values()])
    else:
        kind, limits = offer
    values: dict[Any, int] = {}
    for parameter, required in PARAMETERS[DoseKind(kind)].items():
        low, high, first = limits.get(parameter.value, (1, 1, 1))
        if parameter == "every_seconds" and parameter.value not in limits:
            continue
        if not required and random.random() > (care if parameter.value in limits else 0.1):
            continue
        if random.random() < care**0.5:
            value = first if random.random() < care else random.randint(low, high)
        else:
            value = random.randint(low // 2, high * 2 + 1)
        least = 60 if parameter == "every_seconds" else 0 if parameter == "rest_seconds" else 1
        values[parameter] = min(max(value, least), CEILING.get(parameter.value, 600))
    sided = kind in ("repetitions", "hold") and bool((known or {}).get("per_side"))
    if kind in ("repetitions", "hold") and random.random() > care**0.3:
        sided = not sided
    return build_dose(DoseKind(kind), values, per_side=sided)


def _prescription(
    random: Random, book: Book, name: str, person: Json, care: float
) -> Prescription | None:
    phase = person["week"]
    known = book.activities.get(name, {})
    dose = _dose(random, book, name, phase, care)
    forms = known.get("forms", [])
    form = random.choice(forms) if forms and random.random() < care**0.3 else None
    needs = [*known.get("equipment", []), *((form or {}).get("equipment", []))]
    equipment = {_pick(random, need["any_of"], person) for need in needs if random.random() < care}
    if random.random() > care:
        equipment.add(random.choice(book.equipment))
    shield = (form or {}).get("barrier")
    barrier = _pick(random, shield["any_of"], person) if shield else None
    if random.random() > care**0.5:
        barrier = random.choice([None, *book.equipment])
    provider = random.choice(known["providers"]) if known.get("providers") else None
    if random.random() > care**0.3:
        provider = random.choice([None, *(item.value for item in Provider)])
    changes = [
        item["id"]
        for item in book.restrictions
        if item["level"] == "modify"
        and name in item["activities"]
        and (item["when"]["value"] in person["conditions"] or random.random() < 0.5)
        and random.random() < care
    ]
    sided = getattr(dose, "per_side", False)
    return Prescription(
        activity=name,
        dose=dose,
        side=("both" if random.random() < care else "left") if sided else None,
        form=form["id"] if form else ("swedish" if random.random() > care**0.2 else None),
        equipment=equipment,
        barrier=barrier,
        provider=provider,
        modifications=changes,
    )


def _pick(random: Random, names: list[str], person: Json) -> str:
    owned = [name for name in names if name in person["equipment"]]
    return random.choice(owned or names)


def week_for(random: Random, book: Book, person: Json, refs: tuple[GuidanceRef, ...]) -> Routine:
    """Return a week for a person, with as much care as chance gives."""
    care = random.choice(CARE)
    phase = person["phase"] if random.random() < care**0.3 else random.choice(list(Phase)).value
    person = {**person, "week": phase}
    names = sorted(book.activities)
    booked = [n for n in names if book.activities[n]["type"] != "habit"]
    chosen = random.sample(booked, random.randint(1, 13))
    order = book.rules["SPT501"]["stages"]
    sessions = []
    for day in Weekday:
        for time in TimeOfDay:
            if random.random() < _CHANCES.get(time, 0):
                items = random.sample(chosen, random.randint(1, len(chosen)))
                if random.random() > care**0.1:
                    items.append(random.choice([*items, "no-such-activity"]))
                if random.random() < care**0.3:
                    items.sort(key=lambda n: order.index(book.activities.get(n, _END)["stage"]))
                made = [_prescription(random, book, n, person, care) for n in items]
                made = [p for p in made if p is not None and p.dose.__class__.__name__ != _HABIT]
                if made:
                    sessions.append(Session(day=day, time_of_day=time, prescriptions=made))
    habits = [n for n in names if book.activities[n]["type"] == "habit" and random.random() < care]
    kept = [_prescription(random, book, name, person, care) for name in habits]
    return Routine(
        phase=phase,
        guidance=refs if random.random() < care**0.1 else refs[:1],
        sessions=sessions,
        habits=[p for p in kept if p is not None and p.dose.__class__.__name__ == _HABIT],
        unscreened=random.random() < 0.3,
    )


_END: Json = {"stage": "cold"}
_HABIT = "Recurring"


def case(seed: int, book: Book, refs: tuple[GuidanceRef, ...]) -> tuple[Routine, Profile | None]:
    """Return the case of a seed; one in twenty is a week of the planner, a few have no person."""
    from json import loads

    from sciatica_pt.codec import dumps

    random = Random(seed)
    person = person_for(random, book)
    if seed % 20 == 0:
        try:
            return plan_week(person, allow_unscreened=True).routine, person
        except PlanRefused:
            pass
    routine = week_for(random, book, loads(dumps(person)), refs)
    return routine, None if random.random() < 0.05 else person
