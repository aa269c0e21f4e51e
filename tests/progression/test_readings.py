"""What is read from a log: each signal as the least and the most that it can be."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sciatica_pt as spt
from sciatica_pt.model import (
    ActivityLog,
    Application,
    Continuous,
    Dose,
    Hold,
    Pain,
    Recurring,
    Repetitions,
    Screening,
    SessionLog,
    SetLog,
)
from sciatica_pt.progression.judging import judge
from sciatica_pt.progression.readings import Reader, Reading, in_order, over_usual, read

from .made import MONDAY, a_step, logged, week_of

GUIDANCE = spt.default_guidance()
DOSE = Repetitions(sets=2, reps=10, rep_seconds=4, rest_seconds=60, effort=3)
SIDED = Repetitions(sets=1, reps=10, rep_seconds=4, rest_seconds=60, per_side=True)
YES, NO, MAYBE = (1, 1), (0, 0), (0, 1)
DONE = ActivityLog(activity="bridge")
LOG = SessionLog(on=MONDAY, activities=[DONE])
USUAL = Pain(back=1, leg=2)
S = spt.Signal


def seen(entry: ActivityLog = DONE, dose: Dose = DOSE, **given: Any) -> dict[spt.Signal, Any]:
    """Return what is read of an entry; what is given is of the session or of the reader."""
    reader = Reader(
        usual=given.pop("usual", USUAL),
        conditions=frozenset(given.pop("conditions", ())),
        guidance=given.pop("guidance", GUIDANCE),
    )
    shared = given.pop("shared", True)
    log = attrs.evolve(LOG, activities=[entry, *given.pop("others", ())], **given)
    return dict(read(reader, log, entry, dose, shared=shared).values)


def test_red_flags_are_read_from_the_answers_and_the_conditions() -> None:
    """All asked and none there is no, one there is yes, and so is a condition that is a flag."""
    clear = Screening.clear(by="person")
    assert seen(screening=clear)[S.RED_FLAG] == NO
    assert seen(screening=None)[S.RED_FLAG] == MAYBE
    assert seen(screening=clear, conditions={"progressive-deficit"})[S.RED_FLAG] == YES
    # Guidance without red flags asks for nothing.
    assert seen(screening=None, guidance=spt.article_guidance())[S.RED_FLAG] == NO


def test_symptoms_of_the_session_and_of_the_activity() -> None:
    """An activity's own note comes first; the session's counts only for what may have done it."""
    tingling = frozenset({spt.NewSymptom.TINGLING})
    own = attrs.evolve(DONE, leg_change="unchanged", new_symptoms=frozenset())
    bad: dict[str, Any] = {"leg_change": "peripheralized", "new_symptoms": tingling}
    assert seen(own, **bad)[S.LEG_SPREAD] == NO
    assert seen(own, **bad)[S.NEW_TINGLING] == NO
    assert seen(DONE, **bad)[S.LEG_SPREAD] == YES
    assert seen(DONE, **bad)[S.NEW_TINGLING] == YES
    assert seen(DONE)[S.LEG_SPREAD] == seen(DONE)[S.NEW_TINGLING] == MAYBE
    apart = seen(DONE, shared=False, **bad)
    assert S.LEG_SPREAD not in apart
    assert S.NEW_TINGLING not in apart
    noted = attrs.evolve(DONE, leg_change="peripheralized", new_symptoms=tingling)
    alone = seen(noted, shared=False)
    assert alone[S.LEG_SPREAD] == alone[S.NEW_TINGLING] == YES
    assert alone[S.NEW_NUMBNESS] == NO
    assert seen(DONE, shared=False)[S.NEW_NUMBNESS] == MAYBE


def test_a_deficit_is_the_persons_whoever_noted_it() -> None:
    """Weakness noted for one activity is read for each, beside those that noted none."""
    weak = ActivityLog(activity="squat", new_symptoms=[spt.NewSymptom.WEAKNESS])
    none = attrs.evolve(DONE, new_symptoms=frozenset())
    values = seen(none, others=[weak], new_symptoms=frozenset())
    assert (values[S.NEW_WEAKNESS], values[S.NEW_NUMBNESS]) == (YES, NO)
    # Something in the session irritated the leg, though nothing else did.
    assert values[S.SIGN_IN_SESSION] == YES
    assert seen(none, new_symptoms=frozenset())[S.SIGN_IN_SESSION] == NO


# pain before, on the next morning, how far it rose, how far over 1 in the back and 2 in the leg
PAINS: list[tuple[Pain | None, Pain | None, Any, Any]] = [
    (Pain(back=1, leg=2), Pain(back=1, leg=2), NO, NO),
    (Pain(back=1, leg=2), Pain(back=4, leg=2), (3, 3), (3, 3)),
    (Pain(back=1, leg=2), Pain(back=1, leg=7), (5, 5), (5, 5)),
    (Pain(back=5, leg=2), Pain(back=1, leg=2), NO, (4, 4)),
    (Pain(back=2, leg=0), Pain(back=0, leg=1), (1, 1), (1, 1)),
    (Pain(back=3, leg=2), Pain(back=5, leg=None), (2, 8), (4, 8)),
    (None, Pain(back=4, leg=2), (0, 4), (3, 9)),
    (Pain(back=4, leg=2), None, (0, 8), (3, 9)),
    (None, None, (0, 10), (0, 9)),
]


@pytest.mark.parametrize(("before", "morning", "rise", "over"), PAINS)
def test_how_far_pain_rose(before: Pain | None, morning: Pain | None, rise: Any, over: Any) -> None:
    """The site that is worse decides, and what was not asked may be anything from 0 to 10."""
    values = seen(pain_before=before, pain_next_morning=morning)
    assert values[S.PAIN_NEXT_MORNING_RISE] == rise
    assert values[S.PAIN_OVER_USUAL] == over


def test_the_usual_level_of_one_site() -> None:
    """Only a site whose usual level is known is looked at; without any there is no signal."""
    log = attrs.evolve(LOG, pain_before=Pain(back=4, leg=9), pain_next_morning=Pain(back=1, leg=9))
    assert over_usual(log, Pain(back=1)) == (3, 3)
    assert over_usual(log, Pain()) is None
    assert S.PAIN_OVER_USUAL not in seen(usual=None)


def test_pain_while_at_it() -> None:
    """The activity's own pain comes before the session's, and the worse site counts."""
    own = attrs.evolve(DONE, pain_during=Pain(back=1, leg=4))
    assert seen(own, pain_during=Pain(back=9, leg=9))[S.PAIN_DURING] == (4, 4)
    assert seen(pain_during=Pain(back=5, leg=3))[S.PAIN_DURING] == (5, 5)
    assert seen(pain_during=Pain(back=5))[S.PAIN_DURING] == (5, 10)


def sets(*numbers: int | None, side: str | None = None, name: str = "reps") -> list[SetLog]:
    """Return sets of so many repetitions, or of so much of something else."""
    return [SetLog(side=side, **{name: number}) for number in numbers]


HELD = Hold(sets=1, hold_seconds=30, rest_seconds=10)
WALK = Continuous(duration_seconds=600, effort=3)
HEAT = Application(duration_seconds=900)

# what was prescribed, what was done, which share of it is known to have been done
SHARES: list[tuple[Dose, list[SetLog], Any]] = [
    (DOSE, [], (0, None)),
    (DOSE, sets(10, 10), (100, 100)),
    (DOSE, sets(10, 5), (50, 50)),
    (DOSE, sets(10), (0, 0)),
    (DOSE, sets(10, 12, 1), (100, 100)),
    (DOSE, sets(10, None), (0, 100)),
    (DOSE, sets(None, None), (0, None)),
    (SIDED, [*sets(10, side="left"), *sets(5, side="right")], (50, 50)),
    (SIDED, [*sets(5, side="left"), *sets(10, side="right")], (50, 50)),
    (SIDED, sets(10, side="left"), (0, 0)),
    (SIDED, sets(10, side="right"), (0, 0)),
    (SIDED, sets(10, side="both"), (100, 100)),
    (SIDED, sets(10), (0, 100)),
    (HELD, sets(15, name="hold_seconds"), (50, 50)),
    (HELD, sets(30), (0, None)),
    (WALK, sets(300, name="duration_seconds"), (50, 50)),
    (WALK, sets(600, 1, name="duration_seconds"), (100, 100)),
    (HEAT, sets(900, name="duration_seconds"), (100, 100)),
    (Recurring(), [], (0, None)),
]


@pytest.mark.parametrize(("dose", "done", "share"), SHARES)
def test_the_share_of_a_dose(dose: Dose, done: list[SetLog], share: Any) -> None:
    """The set with the least decides, on the side with the least, and nobody's guess counts."""
    assert seen(attrs.evolve(DONE, sets=done), dose)[S.DOSE_DONE] == share


# what was prescribed, what was done, what is known of extra repetitions in the last set
EXTRA: list[tuple[Dose, list[SetLog], Any]] = [
    (DOSE, sets(10, 12), (2, 2)),
    (DOSE, sets(14, 10), NO),
    (DOSE, sets(10, 8), NO),
    (DOSE, sets(10, None), (0, None)),
    (DOSE, [], (0, None)),
    (SIDED, [*sets(13, side="left"), *sets(11, side="right")], (1, 1)),
    (SIDED, sets(13, side="left"), (0, None)),
]


@pytest.mark.parametrize(("dose", "done", "extra"), EXTRA)
def test_extra_repetitions(dose: Dose, done: list[SetLog], extra: Any) -> None:
    """Only what was counted in the last set of each side is a reserve."""
    assert seen(attrs.evolve(DONE, sets=done), dose)[S.EXTRA_REPS] == extra
    assert S.EXTRA_REPS not in seen(DONE, HELD)


def test_effort_over_what_was_meant() -> None:
    """Effort is over by what it is above, unknown up to the most, and nothing without a target."""
    assert seen(attrs.evolve(DONE, effort=5))[S.EFFORT_OVER] == (2, 2)
    assert seen(attrs.evolve(DONE, effort=3))[S.EFFORT_OVER] == NO
    assert seen(attrs.evolve(DONE, effort=1))[S.EFFORT_OVER] == NO
    assert seen(DONE)[S.EFFORT_OVER] == (0, 7)
    assert S.EFFORT_OVER not in seen(attrs.evolve(DONE, effort=9), HELD)
    assert S.EFFORT_OVER not in seen(attrs.evolve(DONE, effort=9), HEAT)


def test_logs_of_the_same_session() -> None:
    """Two logs of one session are refused by name, and others are put in order."""
    evening = attrs.evolve(LOG, time_of_day="evening")
    later = attrs.evolve(LOG, on=MONDAY + dt.timedelta(days=1))
    assert in_order([later, evening, LOG]) == (LOG, evening, later)
    with pytest.raises(spt.InvalidValueError) as raised:
        in_order([LOG, evening, LOG])
    assert raised.value.where == "logs"
    assert raised.value.hint == "put what was done into one log"
    assert "2026-01-05 morning" in str(raised.value)


# --- What rules make of readings


def reading(day: int = 0, *, done: bool = True, **values: Any) -> Reading:
    """Return a reading of a day with some signals."""
    return Reading(
        on=MONDAY + dt.timedelta(days=day),
        time_of_day=spt.TimeOfDay.MORNING,
        activity="bridge",
        done=done,
        values={spt.Signal(name.replace("_", "-")): value for name, value in values.items()},
    )


def rule(effect: str, signal: str, value: int, sessions: int, **given: Any) -> Any:
    """Return a rule of one criterion."""
    return spt.ProgressionRule(
        code=given.pop("code", "OUR001"),
        name="ours",
        effect=effect,
        summary="Ours.",
        why="Because.",
        criteria=[spt.Criterion(signal=signal, bound="at-least", value=value)],
        sessions=sessions,
        origin="synthesis",
        citations=[spt.Citation(statement="P001")],
        since="1",
        **given,
    )


def test_a_cautious_rule_counts_sessions() -> None:
    """So many sessions are enough, one fewer is not, and one that is open may be one of them."""
    twice = rule("hold", "pain-during", 3, 2)
    sore: dict[str, Any] = {"pain_during": (4, 4)}
    calm: dict[str, Any] = {"pain_during": NO}
    open_: dict[str, Any] = {"pain_during": (0, 9)}
    held = judge([twice], [reading(0, **sore), reading(1, **calm), reading(2, **sore)])
    assert (held.adjustment, held.rule) == (spt.Adjustment.HOLD, twice)
    # Evidence is what shows it, and no other session.
    assert [(item.on.day, item.least, item.most) for item in held.evidence] == [
        (5, 4, 4),
        (7, 4, 4),
    ]
    once = judge([twice], [reading(0, **sore), reading(1, **calm)])
    assert once.rule is None
    assert once.clear
    unknown = judge([twice], [reading(0, **sore), reading(1, **open_)])
    assert unknown.adjustment is spt.Adjustment.INDETERMINATE
    assert unknown.rule == twice
    # Only the session that is open is asked about, and once.
    assert unknown.questions == (spt.Signal.PAIN_DURING.ask,)
    assert not unknown.clear


def test_evidence_is_of_signals_that_were_read() -> None:
    """A signal that makes no sense for the activity is no evidence."""
    both = attrs.evolve(
        rule("hold", "pain-during", 3, 1),
        criteria=[
            spt.Criterion(signal="pain-during", bound="at-least", value=3),
            spt.Criterion(signal="effort-over", bound="at-least", value=2),
        ],
    )
    held = judge([both], [reading(0, pain_during=(4, 4))])
    assert [item.signal for item in held.evidence] == [spt.Signal.PAIN_DURING]
    assert held.evidence[0].time_of_day is spt.TimeOfDay.MORNING


def test_a_rule_for_more_looks_at_the_last_sessions_that_were_done() -> None:
    """What was skipped in between neither helps nor hinders."""
    more = rule("advance", "dose-done", 100, 2)
    load = rule("load", "extra-reps", 2, 2, code="OUR002")
    full: dict[str, Any] = {"dose_done": (100, 100), "extra_reps": (2, 2)}
    short: dict[str, Any] = {"dose_done": (90, 90), "extra_reps": (0, 0)}
    left = reading(1, done=False)
    up = judge([more, load], [reading(0, **full), left, reading(2, **full)])
    assert (up.adjustment, up.rule, up.load) == (spt.Adjustment.ADVANCE, more, True)
    assert [item.on.day for item in up.evidence] == [5, 7]
    last = judge([more, load], [reading(0, **short), reading(1, **full), reading(2, **full)])
    assert last.adjustment is spt.Adjustment.ADVANCE
    wait = judge([more, load], [reading(0, **full), left])
    assert (wait.adjustment, wait.rule, wait.load) == (spt.Adjustment.HOLD, more, False)
    assert wait.clear
    open_ = judge([more], [reading(0, **full), reading(1, dose_done=(0, None))])
    assert open_.adjustment is spt.Adjustment.INDETERMINATE
    assert open_.questions == (spt.Signal.DOSE_DONE.ask,)
    assert open_.clear
    assert open_.load is True


def test_every_rule_about_load_must_be_met() -> None:
    """Two rules about load are both asked."""
    more = rule("advance", "dose-done", 100, 1)
    two = rule("load", "extra-reps", 2, 1, code="OUR002")
    four = rule("load", "extra-reps", 4, 1, code="OUR003")
    done = [reading(0, dose_done=(100, 100), extra_reps=(2, 2))]
    assert judge([more, two], done).load is True
    assert judge([more, two, four], done).load is False
    some = [reading(0, dose_done=(100, 100), extra_reps=(0, None))]
    assert judge([more, two], some).load is None


def test_a_rule_without_criteria_is_never_met() -> None:
    """What reads nothing from the logs decides nothing."""
    for effect in ("stop", "advance"):
        empty = attrs.evolve(rule(effect, "dose-done", 1, 1), criteria=(), sessions=None)
        found = judge([empty], [reading(0, dose_done=(100, 100))])
        assert found.adjustment is spt.Adjustment.HOLD
        assert found.clear
        assert found.good == 0


def test_good_sessions_running_are_counted() -> None:
    """Sessions running count from earlier weeks on, up to one too few; a bad one begins anew."""
    more = rule("advance", "dose-done", 100, 3)
    full: dict[str, Any] = {"dose_done": (100, 100)}
    part, unknown = {"dose_done": (90, 90)}, {"dose_done": (0, None)}
    for done, earlier, wanted, good in (
        ([full], 0, "hold", 1),
        ([full], 1, "hold", 2),
        ([full], 2, "advance", 2),
        ([full, full], 1, "advance", 2),
        ([part, full], 2, "hold", 1),
        ([full, part], 2, "hold", 0),
        ([unknown, full], 1, "indeterminate", 1),
        ([full, unknown], 0, "hold", 0),
    ):
        readings = [reading(day, **values) for day, values in enumerate(done)]
        found = judge([more], readings, earlier)
        assert (found.adjustment.value, found.good) == (wanted, good)
    skipped = judge([more], [reading(0, done=False)], 2)
    assert (skipped.adjustment.value, skipped.good) == ("hold", 2)
    assert judge([more], [], 2).good == 0


def test_sessions_go_with_criteria() -> None:
    """A rule with criteria says in how many sessions, and one without says nothing of any."""
    given = rule("hold", "pain-during", 3, 1)
    with pytest.raises(spt.InvalidValueError, match="exactly when there are criteria"):
        attrs.evolve(given, sessions=None)
    with pytest.raises(spt.InvalidValueError, match="got 1"):
        attrs.evolve(given, criteria=())


# --- The laws, on many small weeks: a step of `progress` costs too much for more than a few

RULES = tuple(GUIDANCE.progressions.values())
CALM = Pain(back=1, leg=1)
NOTES = (
    "pain_before",
    "pain_during",
    "pain_next_morning",
    "leg_change",
    "new_symptoms",
    "sleep_disturbed",
    "screening",
)
points = st.integers(0, 7)
pains = st.builds(Pain, back=points, leg=points)


@st.composite
def weeks(draw: st.DrawFn) -> list[SessionLog]:
    """Draw two or three sessions of which everything is known."""
    return [
        SessionLog(
            on=MONDAY + dt.timedelta(days=2 * place),
            activities=[
                ActivityLog(
                    activity="bridge",
                    sets=sets(*draw(st.sampled_from([(10, 10), (10, 12), (10, 9)]))),
                    effort=draw(st.integers(2, 5)),
                    form_kept=draw(st.booleans() | st.just(True)),
                )
            ],
            pain_before=draw(pains | st.just(CALM)),
            pain_during=draw(pains | st.just(CALM)),
            pain_next_morning=draw(pains | st.just(CALM)),
            leg_change=draw(st.sampled_from(["unchanged"] * 5 + ["centralized", "peripheralized"])),
            new_symptoms=draw(st.sampled_from([frozenset()] * 5 + [frozenset({"tingling"})])),
            sleep_disturbed=draw(st.sampled_from([False] * 5 + [True])),
            screening=Screening.clear(by="person"),
        )
        for place in range(draw(st.integers(2, 3)))
    ]


def judged(logs: list[SessionLog]) -> spt.Adjustment:
    """Return what the bundled rules make of a week of bridges."""
    reader = Reader(usual=USUAL, conditions=frozenset(), guidance=GUIDANCE)
    return judge(
        RULES, [read(reader, log, log.activities[0], DOSE, shared=True) for log in logs]
    ).adjustment


@given(weeks(), st.integers(1, 5), st.sampled_from(["pain_during", "pain_next_morning"]))
def test_more_pain_is_never_judged_better(logs: list[SessionLog], more: int, when: str) -> None:
    """With more pain meanwhile or on the next morning no activity is judged less carefully."""
    sorer: list[SessionLog] = []
    for log in logs:
        pain = getattr(log, when)
        worse = Pain(back=min(10, pain.back + more), leg=min(10, pain.leg + more))
        changes: dict[str, Any] = {when: worse}
        sorer.append(attrs.evolve(log, **changes))
    assert judged(sorer).order <= judged(logs).order


@given(weeks(), st.sets(st.sampled_from(NOTES), min_size=1), st.integers(0, 2))
def test_what_is_not_known_is_never_judged_better(
    logs: list[SessionLog], notes: set[str], place: int
) -> None:
    """Whatever note is missing, nothing goes up; and what is learned undoes no stop."""
    unknown: dict[str, Any] = dict.fromkeys(notes)
    index = place % len(logs)
    bare = [
        attrs.evolve(log, **unknown) if number == index else log for number, log in enumerate(logs)
    ]
    known, less = judged(logs), judged(bare)
    assert less is not spt.Adjustment.ADVANCE
    if less is spt.Adjustment.STOP:
        assert known is spt.Adjustment.STOP


def test_evidence_is_as_wide_as_what_is_known() -> None:
    """Pain known at one site only is evidence from there up, and both ends are told."""
    week = week_of(("walking", Continuous(duration_seconds=1200, effort=3)))
    logs = logged(week, pain_during=Pain(back=6))
    decision = a_step(week, logs=logs).decision("walking")
    spans = {
        (item.least, item.most)
        for item in decision.evidence
        if item.signal is spt.Signal.PAIN_DURING
    }
    assert spans == {(6, 10)}
