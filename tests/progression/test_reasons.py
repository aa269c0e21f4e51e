"""What a decision says: the rule that held something back or took it, with its sources."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

import sciatica_pt as spt
from sciatica_pt.guidance import bundled_pack
from sciatica_pt.model import Continuous, Hold, Pain, Repetitions
from sciatica_pt.progression.obstacles import Obstacle, forced, obstacle
from sciatica_pt.progression.paths import Move

from .laws import placed
from .made import MONDAY, a_step, fitter_of, leveled, logged, person, skipped, week_of, with_entries

GUIDANCE = spt.default_guidance()
BRIDGE = Repetitions(sets=2, reps=12, rep_seconds=4, hold_seconds=5, rest_seconds=60, effort=3)
SQUAT = Repetitions(sets=3, reps=15, rep_seconds=4, rest_seconds=60, effort=3)
CAT = Repetitions(sets=1, reps=10, rep_seconds=6, rest_seconds=15)
WALK = Continuous(duration_seconds=1200, effort=3)
FIGURE = Hold(sets=2, hold_seconds=30, rest_seconds=10, per_side=True)
SORE = Pain(back=4, leg=1)
BAD: dict[str, Any] = {"sleep_disturbed": True}


def who(*items: tuple[str, Any], **changes: Any) -> spt.Profile:
    """Return the person with levels and with other facts."""
    return attrs.evolve(leveled(person(), *items), **changes)


def said(decision: spt.ProgressDecision, word: str, rule: str | None, reason: str) -> None:
    """Assert what a decision says, and that a rule comes with its sources."""
    assert (decision.adjustment.value, decision.rule) == (word, rule)
    assert reason in decision.reason
    assert bool(decision.citations) is (rule is not None)


# --- What holds back


def test_a_full_day_is_named() -> None:
    """Where the person's time holds something back, the decision names the day and that rule."""
    most = attrs.evolve(WALK, effort=5)
    full = who(("walking", most), minutes=dict.fromkeys(("mon", "wed", "fri"), 23))
    week = week_of(("walking", most), ("cat-camel", CAT))
    step = a_step(week, profile=full, logs=logged(week))
    said(step.decision("walking"), "hold", "SPT503", "but there is no room for it: Mon takes")


def test_the_ramp_is_named() -> None:
    """Where a week would rise too steeply, the decision names the rule about that."""
    days = [
        item for item in GUIDANCE.paths["path-aerobic"].steps if item.parameter == "days_per_week"
    ]
    path = spt.ProgressionPath(id="ours", activities=["walking"], steps=days)
    ours = spt.GuidancePack(id="ours", version="1", title="O", summary="O.", paths=[path])
    guidance = spt.combine(*GUIDANCE.packs, ours)
    short = Continuous(duration_seconds=330, effort=3)
    week = week_of(("walking", short), ("cat-camel", CAT))
    step = a_step(week, profile=who(("walking", short)), logs=logged(week), guidance=guidance)
    said(step.decision("walking"), "hold", "SPT824", "aerobic exercise in a week rise by a fifth")
    rise = attrs.evolve(GUIDANCE.paths["path-aerobic"].steps[0], percent=50, amount=1800)
    steep = attrs.evolve(ours, paths=[attrs.evolve(path, steps=[rise])])
    guidance = spt.combine(*GUIDANCE.packs, steep)
    week = week_of(("walking", WALK), ("cat-camel", CAT))
    step = a_step(week, profile=who(("walking", WALK)), logs=logged(week), guidance=guidance)
    said(step.decision("walking"), "hold", "SPT824", "aerobic exercise in a week rise by a fifth")


def test_a_version_that_is_not_for_the_person_is_named() -> None:
    """Where the next version may not be done, the decision says by which rule."""
    days = ("mon", "tue", "wed", "thu", "fri")
    week = week_of(("supine-figure-four", FIGURE), ("cat-camel", CAT), days=days)
    bare = who(equipment=GUIDANCE.equipment.keys() - {"chair"})
    step = a_step(week, profile=bare, logs=logged(week))
    said(step.decision("supine-figure-four"), "hold", "SPT701", "the next version is not for this")


def test_what_people_asked_for_is_named() -> None:
    """Where the only free day is one that it was asked to be kept off, the decision says so."""
    most = attrs.evolve(WALK, duration_seconds=1800, effort=5)
    week = week_of(("walking", most), ("cat-camel", CAT))
    full = who(("walking", most), minutes={"mon": 33, "tue": 90, "wed": 33, "fri": 33})
    edit = spt.Forbid(activity="walking", days={"tue"})
    logs = logged(week)
    assert a_step(week, profile=full, logs=logs).decision("walking").days == 4
    step = a_step(week, profile=full, logs=logs, edits=[edit])
    said(step.decision("walking"), "hold", None, "but someone asked for it to be elsewhere.")


def test_what_is_wrong_with_one_activity_is_said_of_no_other() -> None:
    """An error about an activity is its own; one about the day or the week is everybody's."""
    week = week_of(("cat-camel", CAT), ("walking", WALK))
    own = forced(fitter_of(week), week, who(dislikes={"cat-camel"}))
    assert {name: cause.code for name, cause in own.items()} == {"cat-camel": "SPT703"}
    full = who(minutes=dict.fromkeys(("mon", "wed", "fri"), 5), dislikes={"cat-camel"})
    both = forced(fitter_of(week), week, full)
    assert both["cat-camel"].code == "SPT703"
    assert both["walking"].code == "SPT503"


def test_what_stands_by_itself_gives_way_to_the_week() -> None:
    """A rise that nothing speaks against by itself waits for what else rose in the week."""
    week = week_of(("low-bridge", BRIDGE), ("walking", WALK))
    move = Move(activity="low-bridge", becomes="bridge")
    found = obstacle(fitter_of(week), week, who(("low-bridge", BRIDGE)), move, back=False)
    assert found == Obstacle(text="the rest of the week comes first")


def test_at_the_most_nothing_waits_for_load() -> None:
    """What is at its most does not wait for more load; what could still have more does."""
    week = week_of(("squat", SQUAT), ("cat-camel", CAT), days=("mon", "wed", "fri"))
    most = a_step(week, profile=who(("squat", SQUAT)), logs=logged(week)).decision("squat")
    said(most, "hold", "SPT820", "The most that guidance gives")
    two = attrs.evolve(SQUAT, sets=2)
    week = week_of(("squat", two), ("cat-camel", CAT), days=("mon", "wed", "fri"))
    more = a_step(week, profile=who(("squat", two)), logs=logged(week)).decision("squat")
    said(more, "hold", "SPT821", "More load waits")


def test_what_the_person_likes_is_not_replaced() -> None:
    """A version that the person likes stays, unless the next one is liked as well."""
    swim = Continuous(duration_seconds=2400, effort=5)
    days = ("mon", "tue", "thu", "sat")
    week = week_of(("water-aerobics", swim), ("cat-camel", CAT), days=days)
    plain = a_step(week, profile=who(("water-aerobics", swim)), logs=logged(week))
    assert plain.decision("water-aerobics").becomes == "swimming"
    both = who(("water-aerobics", swim), likes={"water-aerobics", "swimming"})
    liked = a_step(week, profile=both, logs=logged(week))
    assert liked.decision("water-aerobics").becomes == "swimming"
    one = who(("water-aerobics", swim), likes={"water-aerobics"})
    kept = a_step(week, profile=one, logs=logged(week)).decision("water-aerobics")
    said(kept, "hold", "SPT820", "the person likes this one")


def test_a_rise_names_its_rule_and_its_step() -> None:
    """What goes up says why it is time, and rests on the sources of the rule and of the step."""
    week = week_of(("walking", WALK), ("cat-camel", CAT))
    step = a_step(week, profile=who(("walking", WALK)), logs=logged(week))
    said(step.decision("walking"), "advance", "SPT820", "Two sessions running")
    assert {"P001", "E191"} <= {item.statement for item in step.decision("walking").citations}


def test_what_waits_for_the_second_week_of_a_phase_says_so() -> None:
    """In the first week of a phase what is ready for more waits by the rule about phases."""
    easy = Continuous(duration_seconds=600, effort=3)
    week = week_of(("walking", easy), ("pelvic-tilt", CAT), phase="subacute")
    step = a_step(week, profile=who(("walking", easy)), logs=logged(week))
    said(step.decision("walking"), "hold", "SPT823", "more comes from its second week on")


# --- What takes


def test_a_rule_of_the_week_that_asks_for_less_is_named() -> None:
    """What a flare-up's own bounds take beside the cut is said with their rule."""
    short = Continuous(duration_seconds=300, effort=4)
    week = week_of(("short-bout-walking", short), ("cat-camel", CAT))
    sore = logged(week, pain=SORE)
    step = a_step(week, profile=who(("short-bout-walking", short)), logs=sore)
    decision = step.decision("short-bout-walking")
    assert decision.after == attrs.evolve(short, effort=3)
    said(decision, "regress", "SPT604", "asks for less: Short walks with rests needs a smaller")


def test_what_breaks_a_rule_is_left_out_by_its_name() -> None:
    """What may not be done any more goes, and the decision says by which rule; so does a day."""
    week = week_of(("walking", WALK), ("cat-camel", CAT))
    step = a_step(week, profile=who(dislikes={"cat-camel"}), logs=logged(week))
    gone = step.decision("cat-camel")
    assert gone.after is None
    said(gone, "regress", "SPT703", "It is left out: ")
    full = who(minutes=dict.fromkeys(("mon", "wed", "fri"), 5))
    step = a_step(week, profile=full, logs=logged(week))
    said(step.decision("walking"), "regress", "SPT503", "Mon takes longer")


def test_a_comfort_that_is_over_says_so() -> None:
    """Heat or cold goes when the flare-up is past its height, and nobody calls it too much."""
    week = week_of(("bridge", BRIDGE), ("walking", WALK))
    first = a_step(week, profile=who(("bridge", BRIDGE)), logs=logged(week, pain=SORE))
    assert first.routine is not None
    assert "cold" in placed(first.routine)
    starts = MONDAY + dt.timedelta(days=7)
    given = {"profile": first.profile, "state": first.state}
    second = a_step(first.routine, logs=logged(first.routine, starts=starts), **given)
    gone = second.decision("cold")
    assert gone.after is None
    said(gone, "regress", "SPT831", "The flare-up it was for is past its height")
    assert not second.review


def test_a_comfort_comes_on_the_days_that_have_room() -> None:
    """Where some days are full, cold comes on the others; where all are, it does not come."""
    week = week_of(("bridge", BRIDGE), ("walking", WALK))
    sore = logged(week, pain=SORE)
    for minutes, wanted in (
        ({"mon": 20, "wed": 90, "fri": 90}, ["wed", "fri"]),
        ({"mon": 90, "wed": 20, "fri": 20}, ["mon"]),
        ({"mon": 20, "wed": 20, "fri": 20}, []),
    ):
        step = a_step(week, profile=who(("bridge", BRIDGE), minutes=minutes), logs=sore)
        assert step.routine is not None
        found = [day.value for day, _ in placed(step.routine).get("cold", [])]
        assert found == wanted


def test_heat_comes_only_in_a_phase_that_it_suits() -> None:
    """Where cold is not for the person, heat comes in the phases that guidance names for it."""
    for phase, wanted in (("acute", set[str]()), ("chronic", {"heat"})):
        least = Continuous(duration_seconds=600, effort=3)
        week = week_of(("walking", least), ("pelvic-tilt", CAT), phase=phase)
        warm = attrs.evolve(person(phase), dislikes={"cold"})
        step = a_step(week, profile=warm, logs=logged(week, pain=SORE))
        assert step.state.setback is not None
        assert step.state.setback.comforts == wanted


def test_a_new_phase_that_takes_is_named() -> None:
    """What the new phase has less of, or no dose for, is said with its rule; the rest is not."""
    week = week_of(("walking", WALK), ("squat", SQUAT), ("cat-camel", CAT))
    step = a_step(week, profile=attrs.evolve(person(), phase="acute"), logs=logged(week))
    less, gone, kept = (step.decision(name) for name in ("walking", "squat", "cat-camel"))
    assert less.after == attrs.evolve(WALK, duration_seconds=600)
    said(less, "regress", "SPT823", "asks for less: What is above the most of the new phase")
    assert gone.after is None
    said(gone, "regress", "SPT823", "It is left out: The new phase has no dose near enough")
    said(kept, "hold", "SPT823", "more comes from its second week on")


def test_days_that_were_missed_are_named() -> None:
    """What goes with the days that nobody did is said with the rule about missed days."""
    days = ("mon", "wed", "fri", "sat")
    week = week_of(("walking", WALK), ("cat-camel", CAT), days=days)
    ride = week_of(("cycling-outdoor", WALK), days=("tue",)).sessions
    week = attrs.evolve(week, sessions=[week.sessions[0], *ride, *week.sessions[1:]])
    logs = skipped(logged(week), {"mon", "tue", "wed"})
    step = a_step(week, profile=who(), logs=logs, missed="shrink")
    gone = step.decision("cycling-outdoor")
    assert gone.after is None
    said(gone, "regress", "SPT834", "It is left out: All its days were missed.")


def test_other_days_are_named() -> None:
    """What has to be done on another day says from which to which, whoever moved it."""
    week = week_of(("cat-camel", CAT), days=("mon", "wed", "fri"))
    logs = skipped(logged(week), {"mon"})
    step = a_step(week, profile=who(), logs=logs, missed="shift")
    assert step.decision("cat-camel").days == 4
    assert step.decision("cat-camel").reason.endswith("It moves from Monday to Tuesday.")
    busy = attrs.evolve(who(), minutes=attrs.evolve(who().minutes, wed=0))
    step = a_step(week, profile=busy, logs=logged(week))
    assert "It moves from Wednesday to " in step.decision("cat-camel").reason
    step = a_step(week, profile=who(), logs=logged(week))
    assert "moves" not in step.decision("cat-camel").reason


def test_only_what_is_open_is_asked() -> None:
    """Of several things that more depends on, only those that nobody told are asked."""
    week = week_of(("cat-camel", CAT))
    logs = with_entries(logged(week), "cat-camel", form_kept=None)
    decision = a_step(week, profile=who(), logs=logs).decision("cat-camel")
    assert decision.questions == ("Did good form last to the end?",)


def test_how_much_less_is_said() -> None:
    """A step back says when there is nothing less, and whether it stays or goes."""
    least = Repetitions(sets=1, reps=5, rep_seconds=4, hold_seconds=2, rest_seconds=60, effort=3)
    week = week_of(("low-bridge", least), ("walking", WALK))
    logs = logged(week, pain_during=Pain(back=6, leg=0))
    stays = a_step(week, profile=who(("low-bridge", least)), logs=logs).decision("low-bridge")
    said(stays, "regress", "SPT806", "It is at its least already.")
    goes = a_step(week, profile=who(), logs=logged(week, **BAD)).decision("low-bridge")
    said(goes, "regress", "SPT808", "There is nothing less of it, so it is left out.")
    less = a_step(week, profile=who(), logs=logs).decision("walking")
    assert less.after == attrs.evolve(WALK, duration_seconds=1080)
    assert less.reason.endswith("asks for one step less.")
    # The rule's sources and those of the step.
    assert {"E231", "E191"} <= {item.statement for item in less.citations}


def test_what_a_rule_leaves_out_after_a_step_back_is_not_said_to_be_at_its_least() -> None:
    """Where there was less of it and a rule leaves it out all the same, nobody says otherwise."""
    week = week_of(("cat-camel", CAT), ("walking", WALK))
    step = a_step(week, profile=who(dislikes={"walking"}), logs=logged(week, **BAD))
    gone = step.decision("walking")
    assert gone.after is None
    assert gone.reason.endswith("asks for one step less.")


# --- Flare-ups and breaks


def after_flare(*weeks: dict[str, Any]) -> list[spt.ProgressStep]:
    """Return the steps through a flare-up and some weeks after it."""
    routine = week_of(("walking", WALK), ("bridge", BRIDGE), ("cat-camel", CAT))
    profile, state = who(("walking", WALK), ("bridge", BRIDGE), ("cat-camel", CAT)), None
    steps: list[spt.ProgressStep] = []
    for number, given in enumerate(({"pain": SORE}, *weeks)):
        starts = MONDAY + dt.timedelta(days=7 * number)
        changes: dict[str, Any] = dict(given)
        idle, minutes = changes.pop("idle", ()), changes.pop("minutes", None)
        entry = changes.pop("entry", {})
        if minutes is not None:
            profile = attrs.evolve(profile, minutes=dict.fromkeys(spt.Weekday, minutes))
        logs = logged(routine, starts=starts, **changes)
        for name in idle:
            logs = with_entries(logs, name, sets=(), effort=None, skipped="no-time")
        logs = with_entries(logs, "walking", **entry)
        step = spt.progress(routine, profile=profile, logs=logs, state=state)
        assert step.routine is not None
        steps.append(step)
        routine, profile, state = step.routine, step.profile, step.state
    return steps


def test_on_the_way_back_each_decision_says_what_it_waits_for() -> None:
    """What is back waits for the rest; what is not is held by its own rule or not done."""
    held = after_flare({"pain_during": Pain(back=4, leg=0)})[1]
    said(held.decision("walking"), "hold", "SPT809", "Pain of 3 to 5")
    idle = after_flare({"idle": ["walking"]})[1]
    said(idle.decision("walking"), "hold", "SPT831", "It was not done")
    for unknown in ({"sleep_disturbed": None}, {"entry": {"form_kept": None}}):
        asked = after_flare(unknown)[1].decision("walking")
        assert asked.adjustment is spt.Adjustment.INDETERMINATE
        assert asked.after == asked.before
        assert asked.questions
    steps = after_flare({}, {}, {})
    back = next(
        step.decision("bridge")
        for step in steps[2:]
        if step.decision("bridge").adjustment is spt.Adjustment.HOLD
    )
    said(back, "hold", "SPT831", "It is where it was before; nothing new begins")


def test_no_room_for_what_was_is_named() -> None:
    """What can't come back because the person's time is less says so by that rule."""
    steps = after_flare({"minutes": 17})
    decision = steps[1].decision("walking")
    said(decision, "hold", "SPT503", "It is to come back, but there is no room for it: Mon takes")


def test_what_is_at_its_least_in_a_flare_says_so() -> None:
    """In the week of the cut, what had nothing to give says so; later the level is kept in mind."""
    offer = GUIDANCE.range("cat-camel", spt.Phase.CHRONIC)
    assert offer is not None
    limit = offer.limit(spt.DoseParameter.REPS)
    assert limit is not None
    least = attrs.evolve(CAT, reps=limit.minimum)
    week = week_of(("walking", WALK), ("cat-camel", least))
    first = a_step(week, profile=who(("cat-camel", least)), logs=logged(week, pain=SORE))
    said(first.decision("cat-camel"), "hold", "SPT830", "goes on. It is at its least.")
    assert first.routine is not None
    starts = MONDAY + dt.timedelta(days=7)
    again = a_step(
        first.routine,
        profile=first.profile,
        logs=logged(first.routine, starts=starts, pain=SORE),
        state=first.state,
    )
    said(again.decision("cat-camel"), "hold", "SPT830", "What had been reached is kept in mind.")


def test_a_bad_week_on_the_way_back_erases_no_level() -> None:
    """A step back after a flare-up goes back in time to what there was before the flare-up."""
    steps = after_flare(BAD)
    said(steps[1].decision("walking"), "regress", "SPT808", "asks for one step less")
    levels = {level.activity: level.dose for level in steps[1].state.lowered}
    assert levels["walking"] == WALK
    assert levels["bridge"] == BRIDGE


def test_a_new_phase_in_a_flare_up_says_so() -> None:
    """When a phase begins on the way back, what is not back yet waits by the rule about phases."""
    easy = Continuous(duration_seconds=900, effort=3)
    week = week_of(("walking", easy), ("pelvic-tilt", CAT), phase="subacute")
    profile = attrs.evolve(leveled(person("subacute"), ("walking", easy)), phase="subacute")
    first = a_step(week, profile=profile, logs=logged(week, pain=SORE))
    assert first.routine is not None
    starts = MONDAY + dt.timedelta(days=7)
    second = a_step(
        first.routine,
        profile=attrs.evolve(first.profile, phase="chronic"),
        state=first.state,
        logs=logged(first.routine, starts=starts),
    )
    said(second.decision("walking"), "hold", "SPT823", "more comes from its second week on")


def test_without_a_week_nothing_is_said_of_the_least() -> None:
    """When no week is left, a step back says only why it was asked for."""
    least = Repetitions(sets=1, reps=5, rep_seconds=4, hold_seconds=2, rest_seconds=60, effort=3)
    week = week_of(("low-bridge", least))
    step = a_step(week, profile=who(), logs=logged(week, **BAD))
    assert step.routine is None
    assert step.decision("low-bridge").reason.endswith("asks for one step less.")


# --- What is stopped


def test_nothing_of_a_movement_that_was_stopped_before_stands_in() -> None:
    """A stand-in is no other version of anything that is stopped, nor what is stopped itself."""
    stretch = Hold(sets=2, hold_seconds=30, rest_seconds=10, per_side=True)
    week = week_of(("supine-figure-four", stretch), ("walking", WALK), days=("mon", "wed", "fri"))
    logs = with_entries(logged(week), "supine-figure-four", leg_change="peripheralized")
    free = a_step(week, profile=who(), logs=logs).decision("supine-figure-four")
    assert free.becomes == "hamstring-stretch"
    stopped = who(stopped={"bent-knee-hamstring-stretch"})
    other = a_step(week, profile=stopped, logs=logs).decision("supine-figure-four")
    assert other.becomes not in (None, "bent-knee-hamstring-stretch", "hamstring-stretch")


def test_guidance_without_rules_for_it_still_says_why() -> None:
    """Where no rule of progression speaks of phases, the reason stands without one."""
    pack = bundled_pack("clinical-safety")
    rules = [rule for rule in pack.progressions if rule.effect is not spt.Effect.PHASE]
    guidance = spt.combine(
        bundled_pack("foundation"),
        bundled_pack("article"),
        attrs.evolve(pack, progressions=rules),
    )
    most = attrs.evolve(WALK, effort=5)
    week = attrs.evolve(
        week_of(("walking", most), ("bridge", BRIDGE), ("cat-camel", CAT)), guidance=guidance.refs
    )
    late = attrs.evolve(person(), phase="acute")
    step = a_step(week, profile=late, logs=logged(week), guidance=guidance)
    assert step.decision("bridge").rule is None
    assert "new phase" in step.decision("bridge").reason
