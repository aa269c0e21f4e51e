"""Cases of the rules about the person and the document: safety and integrity."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from sciatica_pt.model import Clearance, Profile, Screening

from .build import GUIDANCE, PERSON, STRANGER, Row, rx, week

__all__ = ["PERSONAL"]

WALK, BRIDGE, COLD, STRETCH = (
    rx(name) for name in ("walking", "bridge", "cold", "hamstring-stretch")
)
MASSAGE = rx("massage")
FLAGS = tuple(GUIDANCE.red_flags)
EVERY_BUT_ONE = Screening(by="person", absent=set(FLAGS) - {"saddle-numbness"})
CLEARED = Clearance(
    restriction="massage-anticoagulants",
    role="physician",
    reason="Light pressure was agreed.",
    expires=dt.date(2030, 1, 1),
)
OTHER = attrs.evolve(CLEARED, restriction="mobilization-anticoagulants")


def person(**changes: Any) -> Profile:
    """Return the person with something else known."""
    return attrs.evolve(PERSON, **changes)


SAFETY = (
    Row("SPT601", "pass", "all asked, all no", week(), PERSON),
    Row(
        "SPT601",
        "fail",
        "one yes",
        week(),
        person(screening=Screening(by="person", present={"saddle-numbness"}, others_absent=True)),
    ),
    Row(
        "SPT601",
        "fail",
        "a condition that is one",
        week(),
        person(conditions={"progressive-deficit"}),
    ),
    Row("SPT601", "indeterminate", "one not asked", week(), person(screening=EVERY_BUT_ONE)),
    Row("SPT602", "pass", "ruled out", week(mon=(COLD,)), PERSON),
    Row(
        "SPT602",
        "fail",
        "a known condition",
        week(mon=(WALK, COLD)),
        person(conditions={"raynaud"}),
    ),
    Row(
        "SPT602",
        "indeterminate",
        "one open, and it may be planned",
        week(mon=(COLD,)),
        person(others_ruled_out=False, ruled_out=GUIDANCE.conditions - {"raynaud"}),
    ),
    Row(
        "SPT602",
        "indeterminate",
        "one open, and it may not be planned",
        week(mon=(COLD,)),
        person(others_ruled_out=False, ruled_out=GUIDANCE.conditions - {"numb-skin"}),
    ),
    Row(
        "SPT602",
        "not-applicable",
        "nothing forbids it",
        week(habits=(rx("movement-breaks"),)),
        PERSON,
    ),
    Row("SPT602", "not-applicable", "unknown activity", week(mon=(rx("moon-walk"),)), PERSON),
    Row("SPT603", "pass", "ruled out", week(mon=(MASSAGE,)), PERSON),
    Row(
        "SPT603",
        "pass",
        "cleared",
        week(mon=(MASSAGE,)),
        person(conditions={"anticoagulants"}, clearances=(OTHER, CLEARED)),
    ),
    Row(
        "SPT603", "fail", "not cleared", week(mon=(MASSAGE,)), person(conditions={"anticoagulants"})
    ),
    Row(
        "SPT603",
        "fail",
        "something else was cleared",
        week(mon=(MASSAGE,)),
        person(conditions={"anticoagulants"}, clearances=(OTHER,)),
    ),
    Row(
        "SPT603",
        "indeterminate",
        "one open",
        week(mon=(COLD,)),
        person(others_ruled_out=False, ruled_out=GUIDANCE.conditions - {"angina"}),
    ),
    Row(
        "SPT603",
        "not-applicable",
        "nothing ties it to a clearance",
        week(habits=(rx("movement-breaks"),)),
        PERSON,
    ),
    Row("SPT604", "pass", "ruled out", week(mon=(BRIDGE,)), PERSON),
    Row(
        "SPT604",
        "pass",
        "changed as it must be",
        week(mon=(rx("bridge", sets=1, effort=3, modifications={"flare-strength"}),)),
        person(flare=True),
    ),
    Row(
        "SPT604",
        "fail",
        "not changed",
        week(mon=(rx("bridge", sets=1, effort=3),)),
        person(flare=True),
    ),
    Row(
        "SPT604",
        "fail",
        "too large a dose",
        week(mon=(rx("bridge", sets=2, effort=3),)),
        person(flare=True),
    ),
    Row(
        "SPT604",
        "fail",
        "another version is wanted",
        week(mon=(rx("walking", modifications={"walking-irritability"}),)),
        person(irritability="high"),
    ),
    Row("SPT604", "indeterminate", "one open", week(mon=(BRIDGE,)), person(flare=None)),
    Row("SPT604", "not-applicable", "nothing changes it", week(mon=(rx("mobilization"),)), PERSON),
    Row("SPT605", "pass", "walking is fine", week(mon=(WALK,)), PERSON),
    Row(
        "SPT605",
        "fail",
        "walking hurts",
        week(mon=(WALK,)),
        person(provoked_by={"walking"}, not_provoked_by={"standing"}),
    ),
    Row("SPT605", "indeterminate", "nobody said", week(mon=(WALK,)), STRANGER),
    Row("SPT605", "indeterminate", "nobody is known", week(mon=(rx("cycling-stationary"),)), None),
    Row(
        "SPT605",
        "not-applicable",
        "no aerobic exercise",
        week(mon=(BRIDGE,)),
        person(provoked_by={"lying"}, not_provoked_by=()),
    ),
    Row("SPT605", "not-applicable", "resembles nothing", week(mon=(rx("swimming"),)), PERSON),
)
PROGRESSION = (
    Row("SPT840", "pass", "never stopped", week(mon=(WALK,)), person(stopped={"bridge"})),
    Row("SPT840", "fail", "stopped before", week(mon=(WALK, BRIDGE)), person(stopped={"bridge"})),
    Row("SPT840", "indeterminate", "nobody is known", week(mon=(WALK,)), None),
    Row("SPT840", "not-applicable", "nothing in the week", week(), PERSON),
)
INTEGRITY = (
    Row("SPT901", "pass", "known", week(mon=(WALK,), habits=(rx("movement-breaks"),)), PERSON),
    Row("SPT901", "fail", "nearly known", week(mon=(WALK, rx("walkingg"))), PERSON),
    Row(
        "SPT901",
        "fail",
        "like nothing known",
        week(habits=(rx("movement-breaks", activity="zzz"),)),
        PERSON,
    ),
    Row("SPT901", "not-applicable", "nothing in the week", week(), PERSON),
    Row("SPT902", "pass", "the same packs", week(), PERSON),
    Row("SPT902", "fail", "fewer packs", week(guidance=GUIDANCE.refs[:1]), PERSON),
    Row("SPT903", "pass", "the same phase", week(), PERSON),
    Row("SPT903", "fail", "another phase", week(phase="chronic"), PERSON),
    Row("SPT903", "indeterminate", "nobody is known", week(), None),
    Row("SPT904", "pass", "screened", week(), PERSON),
    Row("SPT904", "pass", "marked", week(unscreened=True), None),
    Row(
        "SPT904",
        "pass",
        "a condition that is a red flag was asked for",
        week(),
        person(conditions={"progressive-deficit"}),
    ),
    Row("SPT904", "fail", "one open", week(), person(screening=EVERY_BUT_ONE)),
    Row("SPT904", "fail", "all open", week(), STRANGER),
    Row("SPT904", "indeterminate", "nobody is known", week(), None),
)
PERSONAL = (*SAFETY, *PROGRESSION, *INTEGRITY)
