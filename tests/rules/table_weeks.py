"""Cases of the rules that look at a session, a day or the week."""

from __future__ import annotations

import attrs

from sciatica_pt.model import Profile

from .build import PERSON, STRANGER, Row, rx, week

__all__ = ["WEEKS"]

WALK, STRETCH, FIGURE, CAT = (
    rx(name) for name in ("walking", "hamstring-stretch", "supine-figure-four", "cat-camel")
)
BRIDGE, PLANK, SQUAT, LOW = (
    rx(name) for name in ("bridge", "plank", "partial-squat", "low-bridge")
)
HEAT, COLD, MASSAGE, GLIDE = (rx(name) for name in ("heat", "cold", "massage", "mobilization"))
BREAKS, LIFTING = rx("movement-breaks"), rx("safe-lifting")
MOON = rx("moon-walk")


def minutes(**days: int) -> Profile:
    """Return the person with other free minutes."""
    return attrs.evolve(PERSON, minutes=days)


ROUND = week(mon=(WALK, STRETCH), wed=(WALK, BRIDGE), fri=(WALK, STRETCH), habits=(BREAKS,))
FAMILY_4 = (
    Row("SPT303", "pass", "massage beside a walk", week(mon=(MASSAGE,), tue=(WALK,)), PERSON),
    Row("SPT303", "fail", "massage alone", week(mon=(MASSAGE,), habits=(BREAKS,)), PERSON),
    Row("SPT303", "fail", "massage beside something unknown", week(mon=(MOON, MASSAGE)), PERSON),
    Row("SPT303", "not-applicable", "no hands-on treatment", week(mon=(WALK,)), PERSON),
    Row("SPT401", "pass", "two techniques", week(mon=(WALK, STRETCH)), PERSON),
    Row("SPT401", "pass", "one and a habit", week(mon=(WALK,), habits=(BREAKS,)), PERSON),
    Row("SPT401", "fail", "one", week(mon=(WALK,)), PERSON),
    Row("SPT401", "fail", "none that is known", week(mon=(MOON,)), PERSON),
    Row("SPT401", "not-applicable", "no session", week(habits=(BREAKS,)), PERSON),
    Row("SPT402", "pass", "a habit", week(habits=(LIFTING,)), PERSON),
    Row("SPT402", "fail", "no habit", week(mon=(WALK,)), PERSON),
    Row("SPT403", "pass", "three days", ROUND, PERSON),
    Row("SPT403", "pass", "each free day", week(mon=(WALK,), tue=(WALK,)), minutes(mon=5, tue=10)),
    Row("SPT403", "pass", "no free day", week(), STRANGER),
    Row(
        "SPT403",
        "fail",
        "two days, twice on one",
        week(mon=(WALK,), mon_evening=(WALK,), tue=(WALK,)),
        PERSON,
    ),
    Row("SPT403", "fail", "fewer than the free days", week(mon=(WALK,)), minutes(mon=1, tue=1)),
    Row("SPT403", "fail", "nobody known", week(mon=(WALK,), tue=(WALK,)), None),
    Row(
        "SPT404",
        "pass",
        "a bridge in the chronic phase",
        week(phase="chronic", mon=(BRIDGE,)),
        PERSON,
    ),
    Row("SPT404", "fail", "none in the chronic phase", week(phase="chronic", mon=(WALK,)), PERSON),
    Row("SPT404", "not-applicable", "another phase", week(mon=(WALK,)), PERSON),
    Row("SPT405", "pass", "a walk", week(mon=(WALK,)), PERSON),
    Row("SPT405", "fail", "none", week(mon=(BRIDGE, MOON)), PERSON),
    Row("SPT407", "pass", "prompts", week(habits=(LIFTING, BREAKS)), PERSON),
    Row("SPT407", "fail", "a habit without a prompt", week(habits=(LIFTING,)), PERSON),
    Row("SPT407", "fail", "nothing", week(), None),
    Row(
        "SPT410",
        "pass",
        "as often as allowed",
        week(mon=(BRIDGE,), wed=(BRIDGE,), fri=(BRIDGE,)),
        PERSON,
    ),
    Row(
        "SPT410",
        "pass",
        "twice on a day is one day",
        week(mon=(BRIDGE,), mon_evening=(BRIDGE,), wed=(BRIDGE,), fri=(BRIDGE,)),
        PERSON,
    ),
    Row(
        "SPT410",
        "fail",
        "a day too many",
        week(mon=(BRIDGE,), wed=(BRIDGE,), fri=(BRIDGE,), sun=(WALK, BRIDGE)),
        PERSON,
    ),
    Row("SPT410", "not-applicable", "no number is given", week(mon=(MOON,)), PERSON),
    Row("SPT415", "pass", "as often as advised", week(mon=(BRIDGE,), wed=(BRIDGE,)), PERSON),
    Row("SPT415", "fail", "a day too few", week(mon=(WALK, BRIDGE)), PERSON),
    Row(
        "SPT415",
        "not-applicable",
        "no number is given",
        week(mon=(MOON,), habits=(BREAKS,)),
        PERSON,
    ),
    Row("SPT411", "pass", "once a day", ROUND, PERSON),
    Row("SPT411", "pass", "as often as allowed", week(mon=(HEAT, HEAT, HEAT)), PERSON),
    Row("SPT411", "fail", "twice", week(mon=(WALK,), mon_evening=(WALK,)), PERSON),
    Row("SPT411", "fail", "four times", week(tue=(HEAT, HEAT), tue_evening=(HEAT, HEAT)), PERSON),
    Row(
        "SPT411",
        "not-applicable",
        "no number is given",
        week(mon=(MOON, MOON), habits=(BREAKS,)),
        PERSON,
    ),
    Row("SPT412", "pass", "two days between", week(mon=(BRIDGE,), wed=(BRIDGE,)), PERSON),
    Row("SPT412", "pass", "once", week(mon=(BRIDGE,)), PERSON),
    Row("SPT412", "pass", "other muscles", week(mon=(BRIDGE,), tue=(SQUAT,)), PERSON),
    Row("SPT412", "pass", "twice on a day", week(mon=(BRIDGE,), mon_evening=(PLANK,)), PERSON),
    Row("SPT412", "fail", "the next day", week(mon=(BRIDGE,), tue=(BRIDGE,)), PERSON),
    Row(
        "SPT412",
        "fail",
        "around the week's end",
        week(mon=(WALK, PLANK), sun=(WALK, PLANK)),
        PERSON,
    ),
    Row(
        "SPT412",
        "fail",
        "the second of three days",
        week(mon=(SQUAT,), tue=(SQUAT,), thu=(SQUAT,)),
        PERSON,
    ),
    Row("SPT412", "fail", "one muscle of two", week(mon=(BRIDGE,), tue=(PLANK,)), PERSON),
    Row("SPT412", "not-applicable", "stretches", week(mon=(STRETCH,), tue=(STRETCH,)), PERSON),
    Row("SPT412", "not-applicable", "unknown", week(mon=(MOON,), tue=(MOON,)), PERSON),
    Row(
        "SPT413",
        "pass",
        "300 minutes",
        week(
            mon=(rx("walking", duration_seconds=9000),), tue=(rx("walking", duration_seconds=9000),)
        ),
        PERSON,
    ),
    Row(
        "SPT413",
        "fail",
        "a second more",
        week(
            mon=(rx("walking", duration_seconds=9000),),
            tue=(rx("walking", duration_seconds=9001), BRIDGE),
        ),
        PERSON,
    ),
    Row("SPT413", "not-applicable", "no aerobic exercise", week(mon=(BRIDGE,)), PERSON),
    Row(
        "SPT414", "pass", "two days, two kinds", week(mon=(MASSAGE, GLIDE), tue=(MASSAGE,)), PERSON
    ),
    Row(
        "SPT414",
        "fail",
        "three days",
        week(mon=(MASSAGE,), tue=(GLIDE, WALK), wed=(MASSAGE, WALK)),
        PERSON,
    ),
    Row("SPT414", "not-applicable", "no hands-on treatment", week(mon=(WALK,)), PERSON),
)
FAMILY_5 = (
    Row(
        "SPT501",
        "pass",
        "from warmth to cold",
        week(mon=(HEAT, WALK, CAT, STRETCH, BRIDGE, MASSAGE, COLD)),
        PERSON,
    ),
    Row("SPT501", "pass", "two of a stage", week(mon=(STRETCH, FIGURE)), PERSON),
    Row("SPT501", "fail", "strength before a walk", week(mon=(BRIDGE, WALK, STRETCH)), PERSON),
    Row("SPT501", "fail", "cold first, unknown after it", week(tue=(COLD, MOON, WALK)), PERSON),
    Row("SPT501", "fail", "unknown first", week(tue=(MOON, COLD, BRIDGE, WALK)), PERSON),
    Row("SPT501", "fail", "unknown first, heat last", week(tue=(MOON, WALK, HEAT)), PERSON),
    Row("SPT501", "not-applicable", "unknown", week(mon=(MOON,)), PERSON),
    Row("SPT502", "pass", "ten", week(mon=(MOON,) * 10), PERSON),
    Row("SPT502", "fail", "eleven", week(mon=(MOON,) * 11), PERSON),
    Row("SPT502", "not-applicable", "no session", week(), PERSON),
    Row(
        "SPT503",
        "pass",
        "to the second",
        week(mon=(rx("walking", duration_seconds=540),)),
        minutes(mon=10),
    ),
    Row("SPT503", "pass", "two sessions", week(mon=(WALK,), mon_evening=(WALK,)), minutes(mon=22)),
    Row(
        "SPT503",
        "fail",
        "a second too long",
        week(mon=(rx("walking", duration_seconds=541),)),
        minutes(mon=10),
    ),
    Row(
        "SPT503",
        "fail",
        "two sessions",
        week(mon=(WALK,), mon_evening=(MOON, WALK)),
        minutes(mon=21),
    ),
    Row("SPT503", "fail", "no free time", week(tue=(MOON,)), STRANGER),
    Row(
        "SPT503",
        "indeterminate",
        "nobody is known",
        week(mon=(WALK, rx("walking", duration_seconds=601))),
        None,
    ),
    Row("SPT503", "not-applicable", "no session", week(habits=(BREAKS,)), PERSON),
    Row("SPT504", "pass", "all different", week(mon=(WALK, BRIDGE), mon_evening=(WALK,)), PERSON),
    Row("SPT504", "fail", "twice", week(mon=(WALK, BRIDGE, WALK)), PERSON),
    Row("SPT504", "fail", "thrice, unknown", week(mon=(MOON, MOON, MOON)), PERSON),
    Row("SPT504", "not-applicable", "no session", week(), PERSON),
    Row("SPT505", "pass", "four stretches", week(mon=(STRETCH, FIGURE, STRETCH, FIGURE)), PERSON),
    Row("SPT505", "pass", "walks don't count", week(mon=(*(WALK,) * 5, BRIDGE)), PERSON),
    Row(
        "SPT505",
        "fail",
        "five stretches",
        week(mon=(STRETCH, FIGURE, CAT, STRETCH, FIGURE, BRIDGE, MOON)),
        PERSON,
    ),
    Row(
        "SPT505",
        "fail",
        "five of two techniques",
        week(mon=((STRETCH,) * 5 + (BRIDGE,) * 5)),
        PERSON,
    ),
    Row("SPT505", "not-applicable", "a walk", week(mon=(WALK, MOON)), PERSON),
    Row("SPT506", "pass", "one rung", week(mon=(BRIDGE,), wed=(BRIDGE,)), PERSON),
    Row(
        "SPT506",
        "fail",
        "two rungs on two days",
        week(mon=(WALK, BRIDGE), wed=(LOW,), fri=(BRIDGE,)),
        PERSON,
    ),
    Row(
        "SPT506",
        "fail",
        "three rungs",
        week(mon=(PLANK, rx("knee-plank"), rx("wall-plank"))),
        PERSON,
    ),
    Row("SPT506", "not-applicable", "on no ladder", week(mon=(rx("cycling-stationary"),)), PERSON),
)
WEEKS = (*FAMILY_4, *FAMILY_5)
