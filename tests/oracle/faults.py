"""One week that breaks no rule, and single faults in it, each with the rules that it must trip."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import attrs

from sciatica_pt.guidance import default_guidance
from sciatica_pt.model import (
    Application,
    Hold,
    Level,
    Prescription,
    Profile,
    Provider,
    Provocation,
    Recurring,
    Routine,
    Screening,
    Session,
    Weekday,
)
from sciatica_pt.planning import plan_week

Case = tuple[Routine, Profile]
Fault = Callable[[Routine, Profile], Case]


@cache
def base() -> Case:
    """Return a planned week with massage, a thrust and cold added, and the person it is for."""
    person = Profile(
        phase="subacute",
        others_ruled_out=True,
        flare=True,
        irritability="low",
        directional_preference="none",
        leg_pain="none",
        not_provoked_by=list(Provocation),
        equipment=list(default_guidance().equipment),
        providers=list(Provider),
        minutes=dict.fromkeys(Weekday, 90),
        screening=Screening.clear(by="clinician"),
    )
    week = plan_week(person).routine
    massage = Prescription(
        activity="massage",
        dose=Application(duration_seconds=1800),
        form="swedish",
        provider="massage-therapist",
    )
    thrust = Prescription(
        activity="spinal-manipulation",
        dose=Application(duration_seconds=900),
        form="spinal-adjustment",
        provider="chiropractor",
    )
    cold = Prescription(
        activity="cold",
        dose=Application(duration_seconds=600),
        form="cold-pack",
        equipment={"cold-pack"},
        barrier="thin-towel",
    )
    week = on_day(week, "tue", lambda items: [*items, massage, cold])
    return on_day(week, "thu", lambda items: [*items, thrust]), person


def on_day(
    week: Routine, day: str, change: Callable[[list[Prescription]], list[Prescription]]
) -> Routine:
    """Return the week with one day's prescriptions changed; a day left empty has no session."""
    sessions = []
    for session in week.sessions:
        items = list(session.prescriptions)
        made = change(items) if session.day == day else items
        sessions.extend([attrs.evolve(session, prescriptions=made)] if made else [])
    return attrs.evolve(week, sessions=sessions)


def changed(day: str, activity: str, /, **values: Any) -> Fault:
    """Return the fault that one prescription holds other values."""

    def fault(week: Routine, person: Profile) -> Case:
        def change(items: list[Prescription]) -> list[Prescription]:
            return [attrs.evolve(i, **values) if i.activity == activity else i for i in items]

        return on_day(week, day, change), person

    return fault


def dosed(day: str, activity: str, **numbers: Any) -> Fault:
    """Return the fault that the dose of one prescription holds other numbers."""

    def fault(week: Routine, person: Profile) -> Case:
        def change(items: list[Prescription]) -> list[Prescription]:
            return [
                attrs.evolve(i, dose=attrs.evolve(i.dose, **numbers))
                if i.activity == activity
                else i
                for i in items
            ]

        return on_day(week, day, change), person

    return fault


def person(**values: Any) -> Fault:
    """Return the fault that the week meets another person."""
    return lambda week, someone: (week, attrs.evolve(someone, **values))


def week_with(**values: Any) -> Fault:
    """Return the fault that the week as a whole is another."""
    return lambda week, someone: (attrs.evolve(week, **values), someone)


def items(day: str, change: Callable[[list[Prescription]], list[Prescription]]) -> Fault:
    """Return the fault that a day's list is another."""
    return lambda week, someone: (on_day(week, day, change), someone)


def without(activity: str) -> Fault:
    """Return the fault that an activity is nowhere in the week."""

    def fault(week: Routine, someone: Profile) -> Case:
        for day in Weekday:
            week = on_day(week, day, lambda found: [i for i in found if i.activity != activity])
        habits = [item for item in week.habits if item.activity != activity]
        return attrs.evolve(week, habits=habits), someone

    return fault


def moved(origin: str, target: str) -> Fault:
    """Return the fault that a day's session is done on another day, in the evening."""

    def fault(week: Routine, someone: Profile) -> Case:
        sessions = [
            attrs.evolve(item, day=target, time_of_day="evening") if item.day == origin else item
            for item in week.sessions
        ]
        sessions.sort(key=lambda item: (item.day.order, item.time_of_day.order))
        return attrs.evolve(week, sessions=sessions), someone

    return fault


def also(day: str, activity: str) -> Fault:
    """Return the fault that an activity is done a second time, in the evening of a day."""

    def fault(week: Routine, someone: Profile) -> Case:
        found = next(
            item
            for session in week.sessions
            for item in session.prescriptions
            if item.activity == activity
        )
        more = Session(day=day, time_of_day="evening", prescriptions=[found])
        sessions = sorted(
            [*week.sessions, more], key=lambda item: (item.day.order, item.time_of_day.order)
        )
        return attrs.evolve(week, sessions=sessions), someone

    return fault


def first(week: Routine, activity: str) -> Prescription:
    """Return the first prescription of an activity."""
    return next(
        item
        for session in week.sessions
        for item in session.prescriptions
        if item.activity == activity
    )


def beside(day: str, activity: str, other: str) -> Fault:
    """Return the fault that another activity stands in after one, with the same dose."""

    def fault(week: Routine, someone: Profile) -> Case:
        def change(found: list[Prescription]) -> list[Prescription]:
            more = attrs.evolve(next(i for i in found if i.activity == activity), activity=other)
            place = [i.activity for i in found].index(activity) + 1
            return [*found[:place], more, *found[place:]]

        return on_day(week, day, change), someone

    return fault


def habits(change: Callable[[list[Prescription]], list[Prescription]]) -> Fault:
    """Return the fault that the habits are others."""
    return lambda week, someone: (
        attrs.evolve(week, habits=change(list(week.habits))),
        someone,
    )


def _prompt(seconds: int | None) -> Fault:
    return habits(
        lambda found: [
            attrs.evolve(i, dose=Recurring(every_seconds=seconds))
            if i.activity == "movement-breaks"
            else i
            for i in found
        ]
    )


def also_reached(day: str, activity: str, **numbers: int) -> Fault:
    """Return the fault that a dose is raised for a person who has reached only the old one."""

    def fault(week: Routine, someone: Profile) -> Case:
        reached = Level(activity=activity, dose=first(week, activity).dose)
        return dosed(day, activity, **numbers)(week, attrs.evolve(someone, levels=[reached]))

    return fault


def no_strength(week: Routine, someone: Profile) -> Case:
    """Take all strengthening out of a week for a chronic episode."""
    week, someone = attrs.evolve(week, phase="chronic"), attrs.evolve(someone, phase="chronic")
    for activity in ("bridge", "partial-squat", "plank"):
        week, someone = without(activity)(week, someone)
    return week, someone


def long_walks(week: Routine, someone: Profile) -> Case:
    """Walk for 70 minutes on five days."""
    for day in ("tue", "wed", "fri", "sat", "sun"):
        week, someone = dosed(day, "walking", duration_seconds=4200)(week, someone)
    return week, someone


def crowded(more: int) -> Fault:
    """Return the fault that a session holds several more activities, unknown ones after three."""
    extra = ("supine-figure-four", "bent-knee-hamstring-stretch")

    def fault(week: Routine, someone: Profile) -> Case:
        stretch = attrs.evolve(first(week, "piriformis-stretch"), equipment=())
        names = [*extra, *(f"stretch-{number}" for number in range(more - len(extra)))]
        made = [attrs.evolve(stretch, activity=name) for name in names]
        return on_day(week, "wed", lambda found: [*found, *made]), someone

    return fault


_WEEK = base()[0]
_HEAT = Prescription(
    activity="heat",
    dose=Application(duration_seconds=900),
    form="heating-pad",
    equipment={"heating-pad"},
    barrier="thin-towel",
)

#: Each fault by its name, with the codes of the rules that fail for it and for nothing else.
FAULTS: dict[str, tuple[Fault, set[str]]] = {
    "nothing": (lambda week, someone: (week, someone), set()),
    "reps doubled": (dosed("mon", "bridge", reps=16), {"SPT101"}),
    "sets doubled": (dosed("mon", "bridge", sets=6), {"SPT101", "SPT604"}),
    "rest halved": (dosed("mon", "bridge", rest_seconds=10), {"SPT101"}),
    "hold doubled": (dosed("tue", "hamstring-stretch", hold_seconds=60), {"SPT102"}),
    "hold halved": (dosed("tue", "hamstring-stretch", hold_seconds=5), {"SPT102"}),
    "effort doubled": (dosed("mon", "bridge", effort=8), {"SPT103", "SPT604"}),
    "bout tripled": (
        dosed("tue", "walking", duration_seconds=5400),
        {"SPT101", "SPT503", "SPT604"},
    ),
    "cold doubled": (dosed("tue", "cold", duration_seconds=1800), {"SPT101"}),
    "prompts too rare": (_prompt(7200), {"SPT101"}),
    "no prompts": (_prompt(None), {"SPT407"}),
    "one side": (changed("tue", "hamstring-stretch", side="left"), {"SPT104"}),
    "sides dropped": (
        changed(
            "tue",
            "hamstring-stretch",
            side=None,
            dose=Hold(sets=2, hold_seconds=15, rest_seconds=10),
        ),
        {"SPT108"},
    ),
    "dose of another kind": (
        changed("mon", "bridge", dose=first(_WEEK, "plank").dose),
        {"SPT108", "SPT604"},
    ),
    "barrier dropped": (changed("tue", "cold", barrier=None), {"SPT201", "SPT701"}),
    "barrier of paper": (changed("tue", "cold", barrier="chair"), {"SPT201", "SPT701"}),
    "unknown form": (changed("tue", "cold", form="snow"), {"SPT204"}),
    "a form for a walk": (changed("tue", "walking", form="fast"), {"SPT204"}),
    "massage by nobody": (changed("tue", "massage", provider=None), {"SPT301"}),
    "massage by another": (changed("tue", "massage", provider="chiropractor"), {"SPT301"}),
    "thrust by oneself": (
        changed("thu", "spinal-manipulation", provider=None),
        {"SPT301", "SPT302"},
    ),
    "provider out of reach": (person(providers={"massage-therapist"}), {"SPT702"}),
    "no equipment": (person(equipment=set(default_guidance().equipment) - {"towel"}), {"SPT701"}),
    "equipment not named": (changed("tue", "hamstring-stretch", equipment=()), {"SPT701"}),
    "strength next day": (moved("mon", "wed"), {"SPT412"}),
    "strength on one day": (
        items("thu", lambda found: [i for i in found if i.dose.__class__ is Application]),
        {"SPT415"},
    ),
    "order reversed": (items("mon", lambda found: found[::-1]), {"SPT501"}),
    "cold first": (items("tue", lambda found: [found[-1], *found[:-1]]), {"SPT501"}),
    "repeated in the session": (
        items("wed", lambda found: [found[0], *found]),
        {"SPT411", "SPT504"},
    ),
    "repeated in the evening": (also("wed", "walking"), {"SPT411"}),
    "massage thrice": (
        lambda w, p: also("sat", "massage")(*also("sun", "massage")(w, p)),
        {"SPT410", "SPT414"},
    ),
    "unknown activity": (changed("tue", "walking", activity="moon-walk"), {"SPT901"}),
    "another rung": (beside("mon", "bridge", "low-bridge"), {"SPT415", "SPT506"}),
    "modification removed": (changed("mon", "bridge", modifications=()), {"SPT604"}),
    "phase of the week": (week_with(phase="chronic"), {"SPT101", "SPT102", "SPT903"}),
    "phase of the person": (person(phase="acute"), {"SPT903"}),
    "other guidance": (lambda w, p: (attrs.evolve(w, guidance=w.guidance[:2]), p), {"SPT902"}),
    "nobody screened": (person(screening=None), {"SPT904"}),
    "a red flag": (
        person(screening=Screening(by="person", present={"saddle-numbness"})),
        {"SPT601", "SPT904"},
    ),
    "a red flag and all else asked": (
        person(screening=Screening(by="person", present={"saddle-numbness"}, others_absent=True)),
        {"SPT601"},
    ),
    "a condition that is a red flag": (
        person(conditions={"progressive-deficit"}),
        {"SPT601", "SPT602"},
    ),
    "numb skin": (person(conditions={"numb-skin"}), {"SPT602", "SPT603", "SPT604"}),
    "osteoporosis": (person(conditions={"osteoporosis"}), {"SPT602", "SPT603", "SPT604"}),
    "pregnancy": (person(conditions={"pregnancy"}), {"SPT603", "SPT604"}),
    "walking hurts": (person(provoked_by={"walking"}, not_provoked_by=()), {"SPT604", "SPT605"}),
    "no flare-up": (person(flare=False), {"SPT203"}),
    "a day too short": (person(minutes={**{d.value: 90 for d in Weekday}, "tue": 20}), {"SPT503"}),
    "stopped before": (person(stopped={"bridge"}), {"SPT840"}),
    "refused": (person(dislikes={"bridge"}), {"SPT703"}),
    "no posture": (week_with(habits=()), {"SPT402", "SPT407"}),
    "no aerobic exercise": (
        lambda w, p: without("walking")(*without("cycling-stationary")(w, p)),
        {"SPT405"},
    ),
    "hands-on alone": (
        lambda w, p: (
            attrs.evolve(w, sessions=[Session(day="tue", prescriptions=[first(w, "massage")])]),
            p,
        ),
        {"SPT303", "SPT403", "SPT405"},
    ),
    "one technique": (
        lambda w, p: (
            attrs.evolve(
                w,
                habits=(),
                sessions=[
                    Session(day=d, prescriptions=[first(w, "walking")])
                    for d in ("mon", "wed", "fri")
                ],
            ),
            p,
        ),
        {"SPT401", "SPT402", "SPT407"},
    ),
    "one day": (lambda w, p: (attrs.evolve(w, sessions=w.sessions[:1]), p), {"SPT403", "SPT415"}),
    "bridge beyond what was reached": (also_reached("mon", "bridge", reps=12), {"SPT107"}),
    "plank beyond what was reached": (also_reached("mon", "plank", hold_seconds=20), {"SPT105"}),
    "walk beyond what was reached": (
        also_reached("tue", "walking", duration_seconds=1200),
        {"SPT106", "SPT604"},
    ),
    "heat outside its phase": (items("wed", lambda found: [_HEAT, *found]), {"SPT202"}),
    "a chronic week without strengthening": (no_strength, {"SPT404"}),
    "five hours of walks": (long_walks, {"SPT101", "SPT413", "SPT503", "SPT604"}),
    "five stretches": (crowded(2), {"SPT415", "SPT505", "SPT506"}),
    "eleven activities": (crowded(8), {"SPT415", "SPT502", "SPT505", "SPT506", "SPT901"}),
}
