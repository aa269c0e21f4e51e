"""Cases of the rules about heat and cold, providers, equipment and wishes."""

from __future__ import annotations

import attrs

from .build import PERSON, STRANGER, Row, rx, week

__all__ = ["ACCESS"]

WALK, BRIDGE, STRETCH, COLD, HEAT, MASSAGE, THRUST = (
    rx(name)
    for name in (
        "walking",
        "bridge",
        "hamstring-stretch",
        "cold",
        "heat",
        "massage",
        "spinal-manipulation",
    )
)
BREAKS = rx("movement-breaks")

MODALITIES = (
    Row("SPT201", "pass", "a towel", week(mon=(COLD,)), PERSON),
    Row("SPT201", "pass", "the other towel", week(mon=(rx("cold", barrier="towel"),)), PERSON),
    Row("SPT201", "fail", "bare skin", week(mon=(rx("cold", barrier=None),)), PERSON),
    Row(
        "SPT201",
        "fail",
        "bare skin and no towel",
        week(mon=(rx("cold", barrier=None),)),
        attrs.evolve(PERSON, equipment={"cold-pack"}),
    ),
    Row(
        "SPT201",
        "fail",
        "bare skin and only the other towel",
        week(mon=(rx("cold", barrier=None),)),
        attrs.evolve(PERSON, equipment={"towel"}),
    ),
    Row("SPT201", "fail", "a chair between", week(mon=(rx("heat", barrier="chair"),)), None),
    Row(
        "SPT201",
        "not-applicable",
        "a bath",
        week(mon=(rx("heat", form="warm-bath", equipment={"bath"}, barrier=None),)),
        PERSON,
    ),
    Row(
        "SPT201",
        "not-applicable",
        "an unknown form",
        week(mon=(rx("cold", form="snow", barrier=None),)),
        PERSON,
    ),
    Row("SPT201", "not-applicable", "neither heat nor cold", week(mon=(WALK, MASSAGE)), PERSON),
    Row("SPT202", "pass", "heat in the chronic phase", week(phase="chronic", mon=(HEAT,)), PERSON),
    Row("SPT202", "fail", "heat before it", week(mon=(HEAT,)), attrs.evolve(PERSON, flare=True)),
    Row("SPT202", "fail", "heat of somebody unknown", week(phase="acute", mon=(HEAT,)), None),
    Row("SPT202", "not-applicable", "cold", week(mon=(COLD,)), PERSON),
    Row("SPT203", "pass", "cold in the acute phase", week(phase="acute", mon=(COLD,)), PERSON),
    Row(
        "SPT203", "pass", "cold in a flare-up", week(mon=(COLD,)), attrs.evolve(PERSON, flare=True)
    ),
    Row("SPT203", "fail", "cold without one", week(mon=(COLD,)), PERSON),
    Row("SPT203", "indeterminate", "nobody said whether it is one", week(mon=(COLD,)), STRANGER),
    Row("SPT203", "indeterminate", "nobody is known", week(mon=(COLD,)), None),
    Row("SPT203", "not-applicable", "heat", week(mon=(HEAT,)), PERSON),
    Row("SPT204", "pass", "known forms", week(mon=(HEAT, MASSAGE, COLD)), PERSON),
    Row("SPT204", "fail", "an unknown form", week(mon=(rx("cold", form="snow"),)), PERSON),
    Row("SPT204", "fail", "no form", week(mon=(rx("massage", form=None),)), PERSON),
    Row(
        "SPT204",
        "fail",
        "a form where there are none",
        week(mon=(rx("walking", form="fast"),)),
        PERSON,
    ),
    Row(
        "SPT204",
        "not-applicable",
        "what comes in no forms",
        week(mon=(WALK,), habits=(BREAKS,)),
        PERSON,
    ),
)
PROVIDERS = (
    Row("SPT301", "pass", "a massage therapist", week(mon=(MASSAGE,)), PERSON),
    Row("SPT301", "fail", "nobody", week(mon=(rx("massage", provider=None),)), PERSON),
    Row(
        "SPT301",
        "fail",
        "somebody else",
        week(mon=(rx("spinal-manipulation", provider="massage-therapist"),)),
        PERSON,
    ),
    Row("SPT301", "not-applicable", "done by oneself", week(mon=(WALK, COLD)), PERSON),
    Row("SPT302", "pass", "a chiropractor", week(mon=(THRUST,)), PERSON),
    Row(
        "SPT302",
        "pass",
        "somebody, whoever it is",
        week(mon=(rx("spinal-manipulation", provider="massage-therapist"),)),
        PERSON,
    ),
    Row("SPT302", "fail", "oneself", week(mon=(rx("spinal-manipulation", provider=None),)), PERSON),
    Row(
        "SPT302",
        "not-applicable",
        "no thrust",
        week(mon=(rx("massage", provider=None), WALK)),
        PERSON,
    ),
)
RESOURCES = (
    Row("SPT701", "pass", "needs nothing", week(mon=(rx("walking", equipment={"towel"}),)), PERSON),
    Row("SPT701", "pass", "all at hand", week(mon=(STRETCH, HEAT, COLD)), PERSON),
    Row(
        "SPT701",
        "pass",
        "the alternative",
        week(mon=(rx("hamstring-stretch", equipment={"resistance-band"}),)),
        PERSON,
    ),
    Row(
        "SPT701",
        "fail",
        "not named, and at hand",
        week(mon=(rx("hamstring-stretch", equipment=()),)),
        PERSON,
    ),
    Row(
        "SPT701",
        "fail",
        "not named, and only the alternative at hand",
        week(mon=(rx("hamstring-stretch", equipment=()),)),
        attrs.evolve(PERSON, equipment={"resistance-band"}),
    ),
    Row(
        "SPT701",
        "fail",
        "not named, and not at hand",
        week(mon=(rx("hamstring-stretch", equipment=()),)),
        STRANGER,
    ),
    Row(
        "SPT701",
        "fail",
        "not named, and nobody known",
        week(mon=(rx("hamstring-stretch", equipment=()),)),
        None,
    ),
    Row(
        "SPT701",
        "fail",
        "something else named",
        week(mon=(rx("hamstring-stretch", equipment={"chair", "pool", "bath", "bicycle"}),)),
        PERSON,
    ),
    Row(
        "SPT701",
        "fail",
        "named, and not at hand",
        week(mon=(STRETCH,)),
        attrs.evolve(PERSON, equipment={"chair", "bath", "pool", "bicycle", "stationary-bike"}),
    ),
    Row("SPT701", "fail", "named, and nothing at hand", week(mon=(STRETCH,)), STRANGER),
    Row("SPT701", "fail", "no barrier, and at hand", week(mon=(rx("cold", barrier=None),)), PERSON),
    Row(
        "SPT701",
        "fail",
        "no barrier, and not at hand",
        week(mon=(rx("cold", barrier=None),)),
        attrs.evolve(PERSON, equipment={"cold-pack"}),
    ),
    Row("SPT701", "fail", "no pack named", week(mon=(rx("cold", equipment=()),)), PERSON),
    Row("SPT701", "indeterminate", "nobody is known", week(mon=(COLD,)), None),
    Row(
        "SPT701",
        "indeterminate",
        "an unknown thing, and nobody known",
        week(mon=(rx("walking", equipment={"moon-boots"}),)),
        None,
    ),
    Row("SPT701", "not-applicable", "needs nothing", week(mon=(WALK, BRIDGE)), PERSON),
    Row("SPT702", "pass", "within reach", week(mon=(MASSAGE, THRUST)), PERSON),
    Row(
        "SPT702",
        "fail",
        "out of reach",
        week(mon=(MASSAGE,)),
        attrs.evolve(
            PERSON, providers={"chiropractor", "physical-therapist", "osteopathic-physician"}
        ),
    ),
    Row("SPT702", "fail", "nobody within reach", week(mon=(MASSAGE,)), STRANGER),
    Row("SPT702", "indeterminate", "nobody is known", week(mon=(MASSAGE,)), None),
    Row("SPT702", "not-applicable", "nobody gives it", week(mon=(WALK,)), PERSON),
    Row("SPT703", "pass", "welcome", week(mon=(WALK,)), PERSON),
    Row(
        "SPT703",
        "fail",
        "unwelcome",
        week(mon=(WALK, BRIDGE)),
        attrs.evolve(PERSON, dislikes={"bridge"}),
    ),
    Row("SPT703", "indeterminate", "nobody is known", week(mon=(WALK,)), None),
    Row("SPT703", "not-applicable", "nothing in the week", week(), PERSON),
)
ACCESS = (*MODALITIES, *PROVIDERS, *RESOURCES)
