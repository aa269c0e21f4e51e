"""What people asked for in a week goes on holding, and whatever asks for less comes before it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

import sciatica_pt as spt
from sciatica_pt.model import Continuous, Hold, Pain, Repetitions
from sciatica_pt.progression.asked import asked_for

from .laws import placed
from .made import MONDAY, a_step, leveled, logged, person, planned, skipped, week_of, with_entries

BRIDGE = Repetitions(sets=1, reps=12, rep_seconds=4, hold_seconds=5, rest_seconds=60, effort=3)
LOW = attrs.evolve(BRIDGE, sets=3, reps=15)
CAT = Repetitions(sets=1, reps=10, rep_seconds=6, rest_seconds=15)
WALK = Continuous(duration_seconds=1800, effort=3)
PLANK = Hold(sets=2, hold_seconds=20, rest_seconds=60, effort=3)
WEEK = week_of(("bridge", BRIDGE), ("walking", WALK), ("cat-camel", CAT))
WHO = leveled(
    attrs.evolve(person(), irritability="moderate"), ("bridge", BRIDGE), ("walking", WALK)
)


def step(*edits: spt.Edit, week: spt.Routine = WEEK, **options: Any) -> spt.ProgressStep:
    """Return the step of a good week in which something was asked for."""
    given = {"profile": WHO, "logs": logged(week, extra=2), "edits": edits, **options}
    return a_step(week, **given)


def days(made: spt.ProgressStep, name: str) -> list[str]:
    """Return the days of an activity in the next week."""
    assert made.routine is not None
    return [day.value for day, _ in placed(made.routine).get(name, [])]


def test_what_nobody_asked_about_goes_on() -> None:
    """Without edits, and for everything else, the rules alone decide."""
    plain = step()
    assert days(plain, "walking") == ["mon", "tue", "wed", "fri"]
    assert plain.decision("bridge").after == attrs.evolve(BRIDGE, reps=13)
    asked = step(spt.Pin(activity="cat-camel"))
    assert asked.decision("bridge") == plain.decision("bridge")
    assert days(asked, "walking") == days(plain, "walking")


def test_a_dose_that_was_asked_for_does_not_rise() -> None:
    """A dose set by a person stays, and the decision says so; less is taken all the same."""
    for edit in (
        spt.ChangeDose(activity="bridge", dose=BRIDGE),
        spt.Pin(activity="bridge", dose=BRIDGE),
    ):
        made = step(edit)
        decision = made.decision("bridge")
        assert (decision.adjustment, decision.rule) == (spt.Adjustment.HOLD, "SPT820")
        assert decision.after == BRIDGE
        assert "someone asked" in decision.reason


def test_a_dose_that_was_asked_for_comes_back() -> None:
    """A bad week takes from it all the same, and a good one brings it back, not further."""
    edit = spt.ChangeDose(activity="bridge", dose=BRIDGE)
    worse = step(edit, logs=logged(WEEK, sleep_disturbed=True))
    assert worse.decision("bridge").after == attrs.evolve(BRIDGE, reps=11)
    back = step(
        spt.ChangeDose(activity="bridge", dose=BRIDGE),
        week=worse.routine or WEEK,
        profile=worse.profile,
        state=worse.state,
    )
    assert back.decision("bridge").after == BRIDGE


def test_pinned_days_stay() -> None:
    """A day that would be added is not, and the days are the same; minutes wait too."""
    made = step(spt.Pin(activity="walking"))
    assert days(made, "walking") == ["mon", "wed", "fri"]
    # On the same days the way goes on with longer walks.
    assert made.decision("walking").after == attrs.evolve(WALK, duration_seconds=1980)
    again = step(spt.Pin(activity="walking", days={"mon", "wed", "fri"}))
    assert days(again, "walking") == ["mon", "wed", "fri"]


def test_days_that_something_was_moved_to_stay() -> None:
    """What was moved to another day keeps its days, and no day comes to them."""
    made = step(spt.Move(activity="walking", day="thu", to="fri"))
    assert days(made, "walking") == ["mon", "wed", "fri"]


def test_what_is_to_stay_is_not_replaced() -> None:
    """A pin keeps the version of a movement; without it a harder one would come."""
    week = week_of(("low-bridge", LOW), ("cat-camel", CAT))
    who = leveled(person(), ("low-bridge", LOW))
    assert step(week=week, profile=who).decision("low-bridge").becomes == "bridge"
    made = step(spt.Pin(activity="low-bridge"), week=week, profile=who)
    assert made.decision("low-bridge").becomes is None
    assert "someone asked" in made.decision("low-bridge").reason


def test_what_is_to_stay_is_not_replaced_on_the_way_back() -> None:
    """Pinned, an easier version stays, although the harder one was done before."""
    least = attrs.evolve(BRIDGE, reps=10, hold_seconds=2)
    week = week_of(("bridge", least), ("cat-camel", CAT))
    first = step(
        week=week,
        profile=leveled(person(), ("bridge", least)),
        logs=logged(week, sleep_disturbed=True),
    )
    assert first.decision("bridge").becomes == "low-bridge"
    assert first.routine is not None
    later = logged(first.routine, starts=MONDAY + dt.timedelta(days=7))
    given = {"profile": first.profile, "state": first.state, "logs": later}
    assert a_step(first.routine, **given).decision("low-bridge").becomes == "bridge"
    pinned = a_step(first.routine, edits=[spt.Pin(activity="low-bridge")], **given)
    assert pinned.decision("low-bridge").becomes is None


def test_what_was_left_out_stays_out() -> None:
    """A comfort, a stand-in and another day give way to what was asked to be left out."""
    sore = logged(WEEK, pain=Pain(back=4, leg=1))
    assert "cold" in placed(step(logs=sore).routine or WEEK)
    made = step(spt.Forbid(activity="cold"), logs=sore)
    assert made.state.setback is not None
    assert made.state.setback.comforts == {"heat"}
    tuesday = step(spt.Forbid(activity="walking", days={"tue"}))
    assert days(tuesday, "walking") == ["mon", "wed", "thu", "fri"]


def test_a_pin_gives_way_to_a_stop() -> None:
    """What moved symptoms down the leg goes, whoever asked for it."""
    made = step(
        spt.Pin(activity="walking"),
        logs=with_entries(logged(WEEK), "walking", leg_change="peripheralized"),
    )
    assert made.decision("walking").adjustment is spt.Adjustment.STOP
    assert made.routine is None or "walking" not in placed(made.routine)


@pytest.mark.parametrize("policy", ["shift", "shrink"])
def test_a_pinned_day_that_was_missed_stays(policy: str) -> None:
    """A missed day is not moved or left out while something is to be on it."""
    week = week_of(("cat-camel", CAT), ("walking", WALK), days=("mon", "tue", "wed", "thu", "fri"))
    logs = skipped(logged(week, pain_during=Pain(back=4, leg=1)), {"wed", "thu", "fri"})
    free = step(week=week, logs=logs, missed=policy)
    assert days(free, "cat-camel") != ["mon", "tue", "wed", "thu", "fri"]
    edit = spt.Pin(activity="cat-camel")
    pinned = step(edit, week=week, logs=logs, missed=policy)
    assert days(pinned, "cat-camel") == ["mon", "tue", "wed", "thu", "fri"]


def test_a_missed_day_is_not_moved_to_where_nothing_is_to_be() -> None:
    """A missed day moves past the days that something on it is to be kept off."""
    week = week_of(("cat-camel", CAT), ("walking", WALK))
    logs = skipped(logged(week, pain_during=Pain(back=4, leg=1)), {"fri"})
    given: dict[str, Any] = {"week": week, "logs": logs, "missed": "shift"}
    assert days(step(**given), "cat-camel") == ["mon", "wed", "sat"]
    edit = spt.Forbid(activity="cat-camel", days={"sat"})
    assert days(step(edit, **given), "cat-camel") == ["mon", "wed", "sun"]


def test_a_week_mended_holds_what_was_asked() -> None:
    """When the week has to change, what people asked for is kept before anything else."""
    week = attrs.evolve(WEEK, habits=())
    edits = (spt.Pin(activity="cat-camel"), spt.Forbid(activity="cycling-outdoor"))
    made = step(*edits, week=week)
    assert made.report is not None
    assert made.report.conforms
    assert made.routine is not None
    assert made.routine.habits
    assert days(made, "cat-camel") == ["mon", "wed", "fri"]
    assert "cycling-outdoor" not in placed(made.routine)
    bare = step(spt.Forbid(activity="sitting-posture"), week=week)
    assert bare.routine is not None
    assert "sitting-posture" not in {item.activity for item in bare.routine.habits}


def test_a_week_that_can_not_hold_what_was_asked_is_planned_anew() -> None:
    """Where a pin can't be kept the week goes on without it, and what is banned stays out."""
    who = attrs.evolve(WHO, dislikes=frozenset({"cat-camel"}))
    edits = (
        spt.Pin(activity="cat-camel", days={"mon", "wed", "fri"}),
        spt.Forbid(activity="squat"),
        spt.Forbid(activity="standing-posture"),
    )
    week = attrs.evolve(WEEK, habits=())
    made = step(*edits, week=week, profile=who, logs=())
    assert made.routine is not None
    assert made.report is not None
    assert made.report.conforms
    assert {"cat-camel", "squat"}.isdisjoint(placed(made.routine))
    assert "standing-posture" not in {item.activity for item in made.routine.habits}


def test_what_was_asked_is_a_rule_too() -> None:
    """A planner that plans anew is told where nothing is to be; of the rest it is told nothing."""
    forbid = spt.Forbid(activity="bridge", days={"wed"})
    asked = asked_for([forbid, spt.Forbid(activity="safe-lifting")], WEEK, spt.default_guidance())
    report = spt.validate(WEEK, profile=WHO, rules=[asked])
    found = [finding for finding in report.findings if finding.code == asked.code]
    assert [finding.path for finding in found] == [
        "$.sessions[1].prescriptions[2]",
        next(
            f"$.habits[{place}]"
            for place, item in enumerate(WEEK.habits)
            if item.activity == "safe-lifting"
        ),
    ]
    assert {(item.outcome, item.message) for item in found} == {
        (spt.Outcome.FAIL, "someone asked for Bridge to be elsewhere"),
        (spt.Outcome.FAIL, "someone asked for Lifting with your legs to be elsewhere"),
    }
    kept = asked_for([spt.Forbid(activity="bridge", days={"sun"})], WEEK, spt.default_guidance())
    results = {item.code: item for item in spt.validate(WEEK, profile=WHO, rules=[kept]).results}
    assert results[kept.code].outcome is spt.Outcome.PASS
    assert not asked.allows(WEEK)
    assert asked_for([spt.Forbid(activity="squat")], WEEK, spt.default_guidance()).allows(WEEK)


def test_what_a_week_can_not_meet_is_not_asked_of_it() -> None:
    """An edit about what is no longer in the week is left, unless it asks for its absence."""
    there, gone = spt.Pin(activity="bridge"), spt.Pin(activity="plank")
    absent, kept_off = spt.Forbid(activity="squat"), spt.Forbid(activity="bridge", days={"sun"})
    asked = asked_for([there, gone, absent, kept_off], WEEK, spt.default_guidance())
    assert asked.left(WEEK) == (there, absent, kept_off)


def test_an_edit_must_name_what_there_is() -> None:
    """An edit of an unknown activity is refused with the nearest name."""
    with pytest.raises(spt.GuidanceError, match='did you mean "bridge"'):
        step(spt.Pin(activity="bridgx"))


def test_edits_of_a_replanned_week_survive_months() -> None:
    """What `replan` was asked for holds through a whole program."""
    week = planned()
    edits = (spt.Forbid(activity="squat"), spt.Pin(activity="bridge"))
    before = spt.replan(week, profile=person(), edits=edits).plan.routine
    routine, profile, state = before, person(), None
    for number in range(6):
        logs = logged(routine, starts=MONDAY + dt.timedelta(days=7 * number), extra=2)
        made = spt.progress(routine, profile=profile, logs=logs, state=state, edits=edits)
        assert made.routine is not None
        routine, profile, state = made.routine, made.profile, made.state
        assert "squat" not in placed(routine)
        assert [day for day, _ in placed(routine)["bridge"]] == [
            day for day, _ in placed(before)["bridge"]
        ]
