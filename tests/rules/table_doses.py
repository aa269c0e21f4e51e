"""Cases of the rules about doses."""

from __future__ import annotations

import attrs

from sciatica_pt.model import Level, Profile, Recurring

from .build import PERSON, STRANGER, Row, rx, week

__all__ = ["DOSES"]

BRIDGE, STRETCH, WALK = rx("bridge"), rx("hamstring-stretch"), rx("walking")
COLD, BREAKS = rx("cold"), rx("movement-breaks")


def reached(activity: str, phase: str = "subacute", **numbers: int | None) -> Level:
    """Return that a dose has been reached."""
    return Level(activity=activity, dose=rx(activity, phase, **numbers).dose)


def with_levels(*levels: Level) -> Profile:
    """Return the person who has reached doses."""
    return attrs.evolve(PERSON, levels=levels)


DOSES = (
    Row("SPT101", "pass", "a beginner's numbers", week(mon=(BRIDGE,)), PERSON),
    Row(
        "SPT101",
        "pass",
        "least",
        week(mon=(rx("bridge", sets=1, reps=8, rep_seconds=3, rest_seconds=30),)),
        PERSON,
    ),
    Row(
        "SPT101",
        "pass",
        "most",
        week(mon=(rx("bridge", sets=2, reps=12, rep_seconds=8, rest_seconds=180),)),
        PERSON,
    ),
    Row("SPT101", "not-applicable", "nothing in the week", week(), PERSON),
    Row("SPT101", "not-applicable", "unknown activity", week(mon=(rx("moon-walk"),)), PERSON),
    Row(
        "SPT101",
        "not-applicable",
        "not offered in the phase",
        week(phase="acute", mon=(rx("plank"),)),
        PERSON,
    ),
    Row(
        "SPT101",
        "not-applicable",
        "a dose of another kind",
        week(mon=(rx("bridge", dose=rx("plank").dose),)),
        PERSON,
    ),
    Row(
        "SPT101",
        "not-applicable",
        "a habit without a prompt",
        week(habits=(rx("safe-lifting"),)),
        PERSON,
    ),
    Row(
        "SPT101",
        "indeterminate",
        "a prompt left out",
        week(habits=(rx("movement-breaks", dose=Recurring()),)),
        PERSON,
    ),
    Row("SPT101", "fail", "one repetition too many", week(mon=(rx("bridge", reps=13),)), PERSON),
    Row("SPT101", "fail", "one repetition too few", week(mon=(rx("bridge", reps=7),)), PERSON),
    Row(
        "SPT101",
        "fail",
        "a walk too long",
        week(mon=(rx("walking", duration_seconds=1801),)),
        PERSON,
    ),
    Row("SPT101", "fail", "too many sets", week(mon=(rx("bridge", sets=3),)), PERSON),
    Row("SPT101", "fail", "too quick", week(mon=(rx("bridge", rep_seconds=2),)), PERSON),
    Row("SPT101", "fail", "too little rest", week(mon=(rx("bridge", rest_seconds=29),)), PERSON),
    Row("SPT101", "fail", "too much rest", week(mon=(rx("bridge", rest_seconds=181),)), PERSON),
    Row(
        "SPT101",
        "fail",
        "prompted too seldom",
        week(habits=(rx("movement-breaks", every_seconds=1801),)),
        PERSON,
    ),
    Row(
        "SPT101",
        "fail",
        "prompted too often",
        week(habits=(rx("movement-breaks", every_seconds=1199),)),
        PERSON,
    ),
    Row(
        "SPT101",
        "fail",
        "two numbers of the second activity",
        week(mon=(WALK, rx("bridge", reps=20, sets=9))),
        PERSON,
    ),
    Row("SPT102", "pass", "longest", week(mon=(rx("hamstring-stretch", hold_seconds=30),)), PERSON),
    Row(
        "SPT102", "pass", "shortest", week(mon=(rx("hamstring-stretch", hold_seconds=10),)), PERSON
    ),
    Row(
        "SPT102",
        "fail",
        "a second too long",
        week(mon=(rx("hamstring-stretch", hold_seconds=31),)),
        PERSON,
    ),
    Row(
        "SPT102",
        "fail",
        "a second too short",
        week(mon=(rx("hamstring-stretch", hold_seconds=9),)),
        PERSON,
    ),
    Row(
        "SPT102",
        "indeterminate",
        "a hold left out",
        week(mon=(rx("bridge", hold_seconds=None),)),
        PERSON,
    ),
    Row("SPT102", "not-applicable", "nothing is held", week(mon=(WALK,)), PERSON),
    Row("SPT103", "pass", "hardest", week(mon=(rx("bridge", effort=5),)), PERSON),
    Row("SPT103", "pass", "easiest", week(mon=(rx("bridge", effort=3),)), PERSON),
    Row("SPT103", "fail", "too hard", week(mon=(rx("bridge", effort=6),)), PERSON),
    Row("SPT103", "fail", "too easy", week(mon=(rx("bridge", effort=2),)), PERSON),
    Row(
        "SPT103",
        "indeterminate",
        "nobody said how hard",
        week(mon=(rx("bridge", effort=None),)),
        PERSON,
    ),
    Row("SPT103", "not-applicable", "no effort is bounded", week(mon=(STRETCH,)), PERSON),
    Row("SPT104", "pass", "both sides", week(mon=(STRETCH,)), PERSON),
    Row(
        "SPT104",
        "fail",
        "the left alone",
        week(mon=(rx("hamstring-stretch", side="left"),)),
        PERSON,
    ),
    Row("SPT104", "not-applicable", "no stretch", week(mon=(BRIDGE,)), PERSON),
    Row(
        "SPT104", "not-applicable", "a stretch without sides", week(mon=(rx("cat-camel"),)), PERSON
    ),
    Row("SPT105", "pass", "a beginner's hold", week(mon=(rx("plank"),)), PERSON),
    Row(
        "SPT105",
        "pass",
        "a hold reached before",
        week(mon=(rx("plank", hold_seconds=20),)),
        with_levels(reached("plank", hold_seconds=20)),
    ),
    Row(
        "SPT105",
        "pass",
        "less than what was reached",
        week(mon=(rx("plank", hold_seconds=19),)),
        with_levels(reached("plank", hold_seconds=20)),
    ),
    Row(
        "SPT105",
        "fail",
        "beyond what was reached",
        week(mon=(rx("plank", hold_seconds=20),)),
        with_levels(reached("plank", hold_seconds=15)),
    ),
    Row(
        "SPT105",
        "fail",
        "beyond a level below the start",
        week(mon=(rx("plank", hold_seconds=20),)),
        with_levels(reached("plank", hold_seconds=5)),
    ),
    Row(
        "SPT105",
        "indeterminate",
        "nobody knows what was reached",
        week(mon=(rx("plank", hold_seconds=20),)),
        PERSON,
    ),
    Row(
        "SPT105",
        "indeterminate",
        "what was reached is of another activity",
        week(mon=(rx("plank", hold_seconds=11),)),
        with_levels(reached("knee-plank", hold_seconds=20)),
    ),
    Row(
        "SPT105",
        "indeterminate",
        "nobody is known",
        week(mon=(rx("plank", hold_seconds=11),)),
        None,
    ),
    Row("SPT105", "not-applicable", "no strengthening", week(mon=(STRETCH,)), PERSON),
    Row(
        "SPT105",
        "not-applicable",
        "a hold left out",
        week(mon=(rx("bridge", hold_seconds=None),)),
        PERSON,
    ),
    Row(
        "SPT105",
        "not-applicable",
        "a dose of another kind",
        week(mon=(rx("bridge", dose=rx("plank", hold_seconds=60).dose),)),
        PERSON,
    ),
    Row(
        "SPT105",
        "not-applicable",
        "not offered in the phase",
        week(phase="acute", mon=(rx("plank", hold_seconds=20),)),
        PERSON,
    ),
    Row("SPT106", "pass", "a beginner's walk", week(mon=(WALK,)), STRANGER),
    Row(
        "SPT106",
        "fail",
        "longer than was reached",
        week(mon=(rx("walking", duration_seconds=1500),)),
        with_levels(reached("walking", duration_seconds=900)),
    ),
    Row(
        "SPT106",
        "indeterminate",
        "longer than a beginner's",
        week(mon=(rx("walking", duration_seconds=601),)),
        PERSON,
    ),
    Row("SPT106", "not-applicable", "no walk", week(mon=(BRIDGE,)), PERSON),
    Row("SPT107", "pass", "a beginner's repetitions", week(mon=(BRIDGE,)), PERSON),
    Row(
        "SPT107",
        "fail",
        "more than was reached",
        week(mon=(rx("bridge", reps=11),)),
        with_levels(reached("bridge", reps=10)),
    ),
    Row(
        "SPT107",
        "indeterminate",
        "more than a beginner's",
        week(mon=(rx("bridge", reps=9),)),
        PERSON,
    ),
    Row(
        "SPT107",
        "indeterminate",
        "what was reached says nothing of it",
        week(mon=(rx("bridge", reps=9),)),
        with_levels(Level(activity="bridge", dose=WALK.dose)),
    ),
    Row("SPT107", "not-applicable", "nothing repeated", week(mon=(rx("plank"),)), PERSON),
    Row(
        "SPT108",
        "pass",
        "all as offered",
        week(mon=(WALK, STRETCH, BRIDGE, COLD), habits=(BREAKS,)),
        PERSON,
    ),
    Row(
        "SPT108",
        "fail",
        "not offered in the phase",
        week(phase="acute", mon=(rx("plank"),)),
        PERSON,
    ),
    Row(
        "SPT108",
        "fail",
        "a dose of another kind",
        week(mon=(rx("bridge", dose=rx("plank").dose),)),
        PERSON,
    ),
    Row(
        "SPT108",
        "fail",
        "no sides where there are two",
        week(mon=(rx("hamstring-stretch", dose=rx("plank").dose, side=None),)),
        PERSON,
    ),
    Row(
        "SPT108",
        "fail",
        "sides where there are none",
        week(mon=(rx("plank", dose=STRETCH.dose, side="both"),)),
        PERSON,
    ),
    Row("SPT108", "not-applicable", "unknown activity", week(mon=(rx("moon-walk"),)), PERSON),
)
