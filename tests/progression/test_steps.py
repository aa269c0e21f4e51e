"""One step: what is asked, what changes, what stays, and what a caller may decide."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

import sciatica_pt as spt
from sciatica_pt.guidance import bundled_pack
from sciatica_pt.model import Continuous, Hold, NewSymptom, Pain, Repetitions, SetLog, SkipReason
from sciatica_pt.progression import Assessment

from .laws import aerobic_seconds, placed
from .made import (
    MONDAY,
    NEXT,
    a_step,
    leveled,
    logged,
    person,
    planned,
    week_of,
    with_entries,
)

BRIDGE = Repetitions(sets=2, reps=12, rep_seconds=4, hold_seconds=4, rest_seconds=60, effort=3)
STRETCH = Hold(sets=2, hold_seconds=30, rest_seconds=10, per_side=True)
CAT = Repetitions(sets=1, reps=10, rep_seconds=6, rest_seconds=15)


def bridge_step(**options: Any) -> spt.ProgressStep:
    """Return the step of a week with a bridge and a mobility exercise."""
    week = week_of(("bridge", BRIDGE), ("cat-camel", CAT))
    given = {"profile": leveled(person(), ("bridge", BRIDGE)), "logs": logged(week), **options}
    return a_step(week, **given)


def _always(word: str | None) -> Any:
    def decide(seen: Assessment) -> str | None:
        assert seen.readings
        return word

    return decide


def test_a_good_week_goes_on_and_all_else_stays() -> None:
    """Only what a decision changes is changed: every activity keeps its days and its order."""
    step = a_step()
    assert step.routine is not None
    before, after = placed(planned()), placed(step.routine)
    kept = [decision for decision in step.decisions if decision.before == decision.after]
    assert any(decision.adjustment is spt.Adjustment.ADVANCE for decision in step.decisions)
    assert set(before) - {item.activity for item in step.decisions} == set()
    for name in before.keys() & after.keys():
        assert [day for day, _ in before[name]] == [day for day, _ in after[name]]
    for decision in kept:
        if decision.activity in before:
            assert before[decision.activity] == after[decision.activity]


def test_the_level_is_remembered() -> None:
    """A dose that was earned stands in the profile, so that a planner starts from it."""
    step = bridge_step()
    assert step.profile.level("bridge") == attrs.evolve(BRIDGE, hold_seconds=5)
    assert step.report is not None
    assert step.report.conforms


def test_nothing_logged_is_unknown() -> None:
    """Without logs every exercise is indeterminate and nothing changes."""
    week = planned()
    step = a_step(week, logs=())
    assert step.routine == week
    words = {item.adjustment for item in step.decisions if item.questions}
    assert words == {spt.Adjustment.INDETERMINATE}
    assert step.adherence.unknown == step.adherence.planned


@pytest.mark.parametrize(
    "missing",
    ["pain_before", "pain_during", "pain_next_morning", "sleep_disturbed", "screening"],
)
def test_what_was_not_asked_never_advances(missing: str) -> None:
    """With any sign unasked in every log nothing goes up, and the question is named."""
    week = week_of(("bridge", BRIDGE), ("cat-camel", CAT))
    unknown: dict[str, Any] = {missing: None}
    step = bridge_step(logs=logged(week, **unknown))
    decision = step.decision("bridge")
    assert decision.adjustment is spt.Adjustment.INDETERMINATE
    assert decision.questions
    assert decision.after == BRIDGE


@pytest.mark.parametrize(
    ("missing", "question"),
    [
        ({"sets": ()}, spt.Signal.DOSE_DONE),
        ({"form_kept": None}, spt.Signal.FORM_KEPT),
        ({"effort": None}, spt.Signal.EFFORT_OVER),
    ],
)
def test_what_was_not_noted_of_it(missing: dict[str, Any], question: spt.Signal) -> None:
    """Sets, form and effort that nobody noted leave it as it is, and are asked for."""
    week = week_of(("bridge", BRIDGE), ("cat-camel", CAT))
    step = bridge_step(logs=with_entries(logged(week), "bridge", **missing))
    assert step.decision("bridge").adjustment is spt.Adjustment.INDETERMINATE
    assert question.ask in step.decision("bridge").questions
    assert step.decision("cat-camel").adjustment is spt.Adjustment.ADVANCE


def test_one_site_is_not_enough() -> None:
    """Pain asked of the back alone leaves the leg unknown, so nothing goes up."""
    week = week_of(("bridge", BRIDGE), ("cat-camel", CAT))
    step = bridge_step(logs=logged(week, pain_during=Pain(back=0)))
    assert step.decision("bridge").adjustment is spt.Adjustment.INDETERMINATE
    worse = bridge_step(logs=logged(week, pain_during=Pain(back=7)))
    assert worse.decision("bridge").adjustment is spt.Adjustment.REGRESS


def test_all_sets_count() -> None:
    """One set short of its dose, on either side, is enough to wait."""
    week = week_of(("hamstring-stretch", STRETCH))
    full = logged(week)
    short = with_entries(
        full,
        "hamstring-stretch",
        sets=[
            SetLog(side="left", hold_seconds=30),
            SetLog(side="left", hold_seconds=30),
            SetLog(side="right", hold_seconds=30),
        ],
    )
    whole = a_step(week, profile=person(), logs=full).decision("hamstring-stretch")
    less = a_step(week, profile=person(), logs=short).decision("hamstring-stretch")
    assert whole.adjustment is spt.Adjustment.ADVANCE
    assert less.adjustment is spt.Adjustment.HOLD
    assert less.rule == "SPT820"


def test_once_is_not_enough() -> None:
    """One good session lets nothing go up, however good it was."""
    week = week_of(("bridge", BRIDGE), ("cat-camel", CAT))
    step = bridge_step(logs=logged(week)[:1])
    assert step.decision("bridge").adjustment is spt.Adjustment.HOLD


def test_skipped_for_pain_waits() -> None:
    """What was left out because of pain keeps its dose; for want of time too."""
    week = week_of(("bridge", BRIDGE), ("cat-camel", CAT))
    logs = logged(week)
    sore = with_entries(
        logs[:1],
        "bridge",
        sets=(),
        skipped=SkipReason.PAIN,
        form_kept=None,
        effort=None,
        leg_change=None,
        new_symptoms=None,
    )
    assert bridge_step(logs=(*sore, *logs[1:])).decision("bridge").rule == "SPT811"
    idle = with_entries(logs, "bridge", sets=(), skipped=SkipReason.NO_TIME)
    assert bridge_step(logs=idle).decision("bridge").adjustment is spt.Adjustment.HOLD


def test_a_red_flag_in_a_log_refers() -> None:
    """A red flag that comes up at a session raises, with what to do."""
    week = week_of(("bridge", BRIDGE), ("cat-camel", CAT))
    present = spt.Screening(by="person", present={"saddle-numbness"})
    with pytest.raises(spt.ReferralRequired) as raised:
        bridge_step(logs=logged(week, screening=present))
    assert [flag.id for flag in raised.value.flags] == ["saddle-numbness"]


@pytest.mark.parametrize(
    ("symptom", "flag"), [("weakness", "new-weakness"), ("numbness", "worsening-numbness")]
)
def test_a_new_deficit_is_a_red_flag(symptom: str, flag: str) -> None:
    """New weakness or numbness refers, whichever exercise it was noted for."""
    week = week_of(("bridge", BRIDGE), ("cat-camel", CAT))
    logs = with_entries(logged(week), "cat-camel", new_symptoms=[symptom])
    with pytest.raises(spt.ReferralRequired) as raised:
        bridge_step(logs=logs)
    assert [item.id for item in raised.value.flags] == [flag]
    logs = logged(week, new_symptoms=frozenset({NewSymptom(symptom)}))
    with pytest.raises(spt.ReferralRequired):
        bridge_step(logs=logs)


def test_spread_stops_that_movement_only() -> None:
    """What moved symptoms down the leg is stopped; the rest of the session stays as it is."""
    week = week_of(("bridge", BRIDGE), ("cat-camel", CAT), ("hamstring-stretch", STRETCH))
    logs = with_entries(logged(week), "bridge", leg_change="peripheralized")
    step = bridge_step(logs=logs)
    assert step.decision("bridge").adjustment is spt.Adjustment.STOP
    assert step.decision("cat-camel").rule == "SPT813"
    assert "bridge" in step.profile.stopped
    assert step.routine is not None
    assert "bridge" not in placed(step.routine)
    assert {count.activity for count in step.state.spread} == {"bridge"}
    assert any("moved down the leg" in reason.text for reason in step.review)


def test_what_was_stopped_is_replaced_where_nothing_is_left() -> None:
    """Where a technique would be gone, another activity of it starts in its place."""
    step = bridge_step(
        logs=with_entries(
            logged(week_of(("bridge", BRIDGE), ("cat-camel", CAT))),
            "bridge",
            leg_change="peripheralized",
        )
    )
    other = step.decision("bridge").becomes
    assert other is not None
    assert spt.default_guidance().activities[other].technique is spt.Technique.STRENGTHENING
    assert other != "low-bridge"


def test_spread_that_nobody_can_place_stops_the_session() -> None:
    """Noted for the session as a whole, it stops every exercise of that session."""
    week = week_of(("bridge", BRIDGE), ("cat-camel", CAT))
    logs = with_entries(logged(week, leg_change="peripheralized"), "bridge", leg_change=None)
    logs = with_entries(logs, "cat-camel", leg_change=None)
    step = bridge_step(logs=logs)
    assert {"bridge", "cat-camel"} <= step.profile.stopped


def test_when_nothing_is_left_somebody_is_asked() -> None:
    """When every exercise is stopped and nothing may stand in, there is no week but a review."""
    week = week_of(("bridge", BRIDGE), ("cat-camel", CAT))
    bare = attrs.evolve(
        person(),
        dislikes=frozenset(spt.default_guidance().activities) - {"bridge", "cat-camel"},
    )
    bare = leveled(bare, ("bridge", BRIDGE))
    logs = with_entries(logged(week, leg_change="peripheralized"), "bridge", leg_change=None)
    step = bridge_step(profile=bare, logs=with_entries(logs, "cat-camel", leg_change=None))
    assert (step.routine, step.report) == (None, None)
    assert step.review[-1].text.startswith("No week")
    assert {item.after for item in step.decisions} == {None}


def test_when_less_is_left_than_a_week_takes() -> None:
    """A week whose last exercise has to go is no week any more."""
    week = week_of(("low-bridge", attrs.evolve(BRIDGE, sets=1, reps=5, hold_seconds=2)))
    step = a_step(week, profile=person(), logs=logged(week, sleep_disturbed=True))
    assert step.routine is None
    assert any("even the least was too much" in reason.text for reason in step.review)


def test_the_least_goes_on_under_pain_that_does_not_last() -> None:
    """At its least an exercise goes on under much pain, and somebody is asked to look."""
    least = attrs.evolve(BRIDGE, sets=1, reps=5, hold_seconds=2)
    week = week_of(("low-bridge", least), ("cat-camel", CAT))
    step = a_step(week, profile=person(), logs=logged(week, pain_during=Pain(back=6, leg=0)))
    decision = step.decision("low-bridge")
    assert (decision.adjustment, decision.rule) == (spt.Adjustment.REGRESS, "SPT806")
    assert decision.after == least
    assert any("Low bridge" in reason.text for reason in step.review)


def test_no_room_is_said() -> None:
    """An advance that the person's time does not allow is a hold that says so."""
    plain = attrs.evolve(BRIDGE, hold_seconds=5)
    week = week_of(("bridge", plain))
    # With one more repetition in two sets it would be 18 seconds longer.
    seconds = spt.dose_seconds(plain) + 15
    who = leveled(person(minutes=-(-seconds // 60)), ("bridge", plain))
    assert spt.validate(week, profile=who).conforms
    assert -(-(seconds + 18) // 60) > -(-seconds // 60)
    late = a_step(week, profile=who, logs=logged(week)).decision("bridge")
    assert late.adjustment is spt.Adjustment.HOLD
    assert "room" in late.reason


def test_a_caller_may_be_more_careful() -> None:
    """A caller's hold, step back or stop always stands, and says whose it is."""
    for word in ("hold", "regress", "stop"):
        step = bridge_step(decide=_always(word))
        decision = step.decision("bridge")
        assert decision.adjustment.value == word
        assert decision.rule is None
        assert decision.reason.startswith("The caller decided so.")
    # What the rules had seen is no evidence for what the caller decided.
    sore = logged(week_of(("bridge", BRIDGE), ("cat-camel", CAT)), pain_during=Pain(back=4, leg=0))
    assert bridge_step(logs=sore).decision("bridge").evidence
    assert bridge_step(logs=sore, decide=_always("stop")).decision("bridge").evidence == ()


def test_only_what_is_open_is_asked() -> None:
    """A decision that waits for an answer asks for that one and for none that was given."""
    logs = logged(week_of(("bridge", BRIDGE), ("cat-camel", CAT)), sleep_disturbed=None)
    assert bridge_step(logs=logs).decision("bridge").questions == (spt.Signal.SLEEP_DISTURBED.ask,)


def test_a_caller_may_go_on_where_nothing_speaks_against_it() -> None:
    """A caller may raise what the rules only wait with, and nothing that a sign speaks against."""
    week = week_of(("bridge", BRIDGE), ("cat-camel", CAT))

    def bold(seen: Assessment) -> str:
        assert seen.dose in (BRIDGE, CAT)
        return "advance"

    once = bridge_step(logs=logged(week)[:1], decide=bold)
    assert once.decision("bridge").adjustment is spt.Adjustment.ADVANCE
    signs: tuple[dict[str, Any], ...] = (
        {"pain_during": Pain(back=4, leg=0)},
        {"pain_during": Pain(back=7, leg=0)},
        {"pain_during": None},
        {"screening": None},
    )
    for sign in signs:
        step = bridge_step(logs=logged(week, **sign), decide=bold)
        assert step.decision("bridge").adjustment is not spt.Adjustment.ADVANCE
    spread = with_entries(logged(week), "bridge", leg_change="peripheralized")
    stopped = bridge_step(logs=spread, decide=bold).decision("bridge")
    assert stopped.adjustment is spt.Adjustment.STOP


def test_a_caller_must_speak_plainly() -> None:
    """What is no decision is refused, with the nearest word."""
    with pytest.raises(spt.InvalidValueError, match=r'^decide: .*did you mean "advance"'):
        bridge_step(decide=_always("advanse"))
    assert bridge_step(decide=_always(None)) == bridge_step()


def test_a_callers_rule_is_kept_beside_the_others() -> None:
    """A rule of the caller's own lets more be done sooner, and one that is cautious binds."""
    sooner = spt.ProgressionRule(
        code="OUR801",
        name="after-one",
        effect="advance",
        summary="Once is enough.",
        why="It is a clinic's habit.",
        criteria=[spt.Criterion(signal="dose-done", bound="at-least", value=100)],
        sessions=1,
        origin="synthesis",
        citations=[spt.Citation(statement="P001")],
        since="1",
    )
    week = week_of(("bridge", BRIDGE), ("cat-camel", CAT))
    step = bridge_step(logs=logged(week)[:1], progressions=[sooner])
    assert step.decision("bridge").rule == "OUR801"
    never = attrs.evolve(
        sooner,
        code="OUR802",
        effect="hold",
        techniques=frozenset({spt.Technique.STRENGTHENING}),
        criteria=[spt.Criterion(signal="dose-done", bound="at-least", value=0)],
    )
    held = bridge_step(progressions=[sooner, never])
    assert held.decision("bridge").rule == "OUR802"
    assert held.decision("cat-camel").adjustment is spt.Adjustment.ADVANCE


def test_logs_in_another_order() -> None:
    """The order of the logs makes no difference, and two logs of one session are refused."""
    logs = logged(planned())
    assert a_step(logs=tuple(reversed(logs))) == a_step(logs=logs)
    with pytest.raises(spt.InvalidValueError, match="one log for a session"):
        a_step(logs=(*logs, logs[0]))


def test_the_article_alone_lets_nothing_go_up() -> None:
    """The article names no sign against more, so under it alone no dose is raised."""
    guidance = spt.article_guidance()
    who = spt.Profile(
        phase="chronic", minutes=dict.fromkeys(spt.Weekday, 60), equipment=["mat", "towel", "chair"]
    )
    week = spt.plan_week(who, guidance=guidance, allow_unscreened=True).routine
    step = spt.progress(week, profile=who, logs=logged(week), guidance=guidance)
    assert step.routine == week
    assert {item.adjustment for item in step.decisions} == {spt.Adjustment.HOLD}
    assert guidance.progressions == {}


def test_a_new_phase_brings_each_dose_within_its_range() -> None:
    """A change of phase raises to its least and no higher, by a rule that says so."""
    week = planned("subacute")
    step = a_step(week, profile=person("chronic"), logs=logged(week))
    assert step.routine is not None
    assert step.routine.phase is spt.Phase.CHRONIC
    up = [item for item in step.decisions if item.adjustment is spt.Adjustment.ADVANCE]
    assert {item.rule for item in up} == {"SPT823"}
    back = a_step(step.routine, profile=person("acute"), logs=logged(step.routine))
    assert back.routine is not None
    gone = [item for item in back.decisions if item.after is None]
    assert gone
    assert back.report is not None
    assert back.report.conforms


def test_a_new_phase_waits_for_what_is_too_much() -> None:
    """What has to step back is not raised by a new phase but left out."""
    week = planned("acute")
    logs = logged(week, pain_during=Pain(back=7, leg=2))
    step = a_step(week, profile=person("subacute"), logs=logs)
    for decision in step.decisions:
        assert decision.adjustment is not spt.Adjustment.ADVANCE
    assert any(decision.after is None for decision in step.decisions)


def test_a_new_phase_without_logs() -> None:
    """What is unknown comes up to the new phase's least, stays open, and says so."""
    week = planned("acute")
    step = a_step(week, profile=person("subacute"), logs=())
    assert step.routine is not None
    moved = [item for item in step.decisions if item.after != item.before]
    assert {item.rule for item in moved} == {"SPT823"}
    assert {item.adjustment for item in moved} == {spt.Adjustment.INDETERMINATE}


def test_a_week_that_conforms_no_longer_is_mended() -> None:
    """When the person's circumstances change, the week is mended or planned anew, never raised."""
    week = planned()
    who = attrs.evolve(person(), dislikes=frozenset({"walking", "cycling-outdoor"}))
    step = a_step(week, profile=who, logs=logged(week))
    assert step.report is not None
    assert step.report.conforms
    gone = [item for item in step.decisions if item.after is None]
    assert {item.activity for item in gone} <= {"walking", "cycling-outdoor"}
    lacking = attrs.evolve(person(), minutes=spt.Profile(phase="chronic").minutes)
    empty = a_step(week, profile=lacking, logs=logged(week))
    assert empty.routine is None


def test_a_week_is_planned_anew_when_fixes_do_not_do() -> None:
    """When no safe fix helps, a new week is planned in which nothing old is raised."""
    week = attrs.evolve(planned(), habits=())
    step = a_step(week, logs=logged(week))
    assert step.routine is not None
    assert step.report is not None
    assert step.report.conforms
    assert step.routine.habits


def test_a_step_reads_as_text() -> None:
    """A step says what it decided, on what evidence, what to ask, and who should look."""
    week = week_of(("bridge", BRIDGE), ("cat-camel", CAT))
    logs = with_entries(logged(week), "bridge", leg_change="peripheralized")
    text = str(bridge_step(logs=logs))
    assert "Bridge: stop (SPT802)" in text
    assert "leg-spread 1" in text
    assert "Have it looked at:" in text
    open_one = str(bridge_step(logs=logged(week, pain_during=None)).decision("bridge"))
    assert f"? {spt.Signal.PAIN_DURING.ask}" in open_one


def test_an_unknown_decision_is_refused() -> None:
    """A step has no decision about what was not in the week."""
    with pytest.raises(KeyError):
        a_step().decision("no-such-thing")


def test_a_step_is_a_document() -> None:
    """A step and its state come back from JSON as they were."""
    step = a_step(on=NEXT)
    assert spt.loads(spt.dumps(step), spt.ProgressStep) == step
    assert spt.loads(spt.dumps(step.state), spt.ProgressState) == step.state
    with pytest.raises(spt.InvalidValueError, match="a report exactly when"):
        attrs.evolve(step, report=None)


def test_evidence_shows_what_could_be() -> None:
    """A reading that is only bounded shows its bounds."""
    reading = spt.Evidence(on=MONDAY, time_of_day="morning", signal="pain-during", least=2)
    assert str(reading) == "2026-01-05 morning: pain-during from 2"
    assert str(attrs.evolve(reading, most=5)).endswith("2 to 5")


def test_the_pack_that_holds_the_rules() -> None:
    """The article's pack holds its own three progressions, and no rule that decides."""
    article = bundled_pack("article")
    assert {name for path in article.paths for name in path.activities} == {
        "squat",
        "plank",
        "walking",
    }
    assert article.progressions == ()


def test_a_day_may_be_named() -> None:
    """The next week's first day may be given, and must be a day."""
    assert a_step(on=NEXT).state == a_step().state
    assert a_step(on=MONDAY + dt.timedelta(days=90)).state.last_done == a_step().state.last_done


WALK = Continuous(duration_seconds=1800, effort=3)
SHORT = Continuous(duration_seconds=600, effort=4)


def test_walking_that_is_stopped_gives_way() -> None:
    """Where walking was all there was, another aerobic exercise begins in its place, no longer."""
    week = week_of(("walking", WALK), ("bridge", BRIDGE))
    logs = with_entries(logged(week), "walking", leg_change="peripheralized")
    who = leveled(person(), ("walking", WALK), ("bridge", BRIDGE))
    step = a_step(week, profile=who, logs=logs)
    decision = step.decision("walking")
    other = spt.default_guidance().activities[decision.becomes or ""]
    assert other.technique is spt.Technique.AEROBIC
    assert isinstance(decision.after, Continuous)
    assert decision.after.duration_seconds <= WALK.duration_seconds
    assert "Instead:" in decision.reason


def test_two_short_walks_become_one() -> None:
    """Short walks twice a day, at their most, become one walk a day that is as long as both."""
    days = ("mon", "tue", "wed", "thu", "fri")
    once = week_of(("short-bout-walking", SHORT), ("cat-camel", CAT), days=days)
    again = [
        attrs.evolve(
            session, time_of_day=spt.TimeOfDay.EVENING, prescriptions=session.prescriptions[:1]
        )
        for session in once.sessions
    ]
    both = [item for pair in zip(once.sessions, again, strict=True) for item in pair]
    week = attrs.evolve(once, sessions=tuple(both))
    who = leveled(person(), ("short-bout-walking", SHORT))
    assert spt.validate(week, profile=who).conforms
    step = a_step(week, profile=who, logs=logged(week))
    decision = step.decision("short-bout-walking")
    assert decision.becomes == "walking"
    assert decision.after == Continuous(duration_seconds=1200, effort=3)
    assert step.routine is not None
    assert len(placed(step.routine)["walking"]) == 5


def test_a_new_plan_raises_nothing_old() -> None:
    """Planned anew, an old activity keeps to its days, and aerobic minutes to the ramp."""
    little = Continuous(duration_seconds=600, effort=3)
    week = week_of(("walking", little), ("cat-camel", CAT), days=("mon",))
    week = attrs.evolve(week, habits=())
    step = a_step(week, profile=person(), logs=logged(week))
    assert step.routine is not None
    assert step.routine.habits
    found = placed(step.routine)
    assert len(found["cat-camel"]) == 1
    assert aerobic_seconds(step.routine, spt.default_guidance()) <= 660
    twice = [
        session
        for session in week.sessions
        for session in (session, attrs.evolve(session, time_of_day=spt.TimeOfDay.EVENING))
    ]
    doubled = attrs.evolve(week, sessions=tuple(twice))
    assert a_step(doubled, profile=person(), logs=logged(doubled)).report is not None
    none = week_of(("cat-camel", CAT), days=("mon",))
    fresh = a_step(attrs.evolve(none, habits=()), profile=person(), logs=())
    assert fresh.routine is not None
    assert aerobic_seconds(fresh.routine, spt.default_guidance()) > 0


class _Refusing:
    """A planner that finds nothing."""

    def plan(self, profile: Any, **given: Any) -> Any:
        """Refuse."""
        del profile, given
        raise spt.NoConformingPlan(())


def test_a_planner_of_the_callers_may_refuse() -> None:
    """When the caller's planner finds nothing either, there is no week but a review."""
    week = attrs.evolve(planned(), habits=())
    step = a_step(week, logs=logged(week), planner=_Refusing())
    assert step.routine is None


def test_guidance_without_a_ramp() -> None:
    """Guidance that bounds no weekly rise lets each path have its step."""
    pack = bundled_pack("clinical-safety")
    left = tuple(rule for rule in pack.progressions if rule.effect is not spt.Effect.RAMP)
    packs = (*spt.default_guidance().packs[:-1], attrs.evolve(pack, progressions=left))
    week = week_of(("walking", WALK))
    who = leveled(person(), ("walking", WALK))
    step = a_step(week, profile=who, logs=logged(week), guidance=spt.combine(*packs))
    # From half an hour on another day comes first, and nothing asks for shorter walks for it.
    assert step.decision("walking").after == WALK
    assert step.decision("walking").days == 4


class _Bold:
    """A planner that gives more than what is known to be done."""

    def plan(self, profile: spt.Profile, **given: Any) -> spt.Plan:
        """Plan for someone who has come further."""
        more = attrs.evolve(CAT, sets=2)
        return spt.WeeklyPlanner().plan(leveled(profile, ("cat-camel", more)), **given)


def test_a_planner_of_the_callers_raises_nothing() -> None:
    """Whoever plans anew, what stood in the old week is done no more than there."""
    week = attrs.evolve(week_of(("cat-camel", CAT), days=("mon", "wed")), habits=())
    step = a_step(week, profile=person(), logs=(), planner=_Bold())
    assert step.routine is not None
    assert placed(step.routine)["cat-camel"][0][1].dose == CAT
