"""What tries changes of a week: where a day comes, how long a bout is, what comes first."""

from __future__ import annotations

from random import Random
from typing import Any

import attrs
import pytest

import sciatica_pt as spt
from sciatica_pt.model import Continuous, DoseParameter, Hold, Repetitions, Weekday
from sciatica_pt.progression.asked import asked_for
from sciatica_pt.progression.editing import activities_of, added, days_of, redosed
from sciatica_pt.progression.paths import Move, grain_of, with_number
from sciatica_pt.progression.situation import rule_of
from sciatica_pt.rules import RuleSet, choose_rules
from tests.planning.synthetic import random_catalog, random_profile

from .made import NoWednesday, fitter_of, leveled, person, week_of, wider

GUIDANCE = spt.default_guidance()
BRIDGE = Repetitions(sets=2, reps=12, rep_seconds=4, hold_seconds=5, rest_seconds=60, effort=3)
SQUAT = Repetitions(sets=2, reps=10, rep_seconds=4, rest_seconds=60, effort=3)
CAT = Repetitions(sets=1, reps=10, rep_seconds=6, rest_seconds=15)
PLANK = Hold(sets=2, hold_seconds=20, rest_seconds=60, effort=3)
WALK = Continuous(duration_seconds=1200, effort=3)
WHO = person()
DURATION = DoseParameter.DURATION_SECONDS
(RAMP,) = (rule_of(GUIDANCE.progressions.values(), spt.Effect.RAMP),)
assert RAMP is not None


def placed_on(week: spt.Routine, name: str, dose: Any, *days: str) -> spt.Routine:
    """Return the week with an activity on some more days."""
    item = activities_of(week_of((name, dose)))[name]
    for day in days:
        week = added(week, item, Weekday(day), fitter_of(week).order)
    return week


def one_way(week: spt.Routine, move: Move, **options: Any) -> tuple[spt.Routine, spt.Profile]:
    """Return the only week that a move leads to, with the person."""
    up = options.pop("up", False)
    (way,) = fitter_of(week, **options).ways(week, WHO, move, up=up)
    return way


def dose_of(week: spt.Routine, name: str) -> Any:
    """Return the dose of an activity."""
    return activities_of(week)[name].dose


# --- One day more


def test_a_day_comes_where_it_fits_best() -> None:
    """By the same technique, else to other work, else the furthest from the days there are."""
    week = week_of(("bridge", BRIDGE), days=("mon", "wed"))
    week = placed_on(week, "squat", SQUAT, "tue")
    week = placed_on(week, "walking", WALK, "fri")
    move = Move(activity="bridge", dose=BRIDGE, days=3)
    ways = fitter_of(week).ways(week, WHO, move, up=True)
    new = [days_of(way)["bridge"] - {Weekday.MON, Weekday.WED} for way, _ in ways]
    assert [sorted(days) for days in new] == [["tue"], ["fri"], ["sat"], ["thu"], ["sun"]]


@pytest.mark.parametrize("seconds", [900, 1200, 1234, 1800])
def test_a_day_more_takes_from_each_bout_what_the_ramp_asks(seconds: int) -> None:
    """Each bout is as long as the ramp allows with one day more, in whole steps; no longer."""
    week = week_of(("walking", attrs.evolve(WALK, duration_seconds=seconds)))
    week = placed_on(week, "cycling-stationary", WALK, "sat")
    assert RAMP is not None
    most = (3 * seconds + 1200) * (100 + RAMP.number("weekly-percent")) // 100 - 1200
    grain = grain_of(GUIDANCE, "walking", DURATION)
    assert grain is not None
    move = Move(activity="walking", dose=dose_of(week, "walking"), days=4)
    ways = fitter_of(week, ramps=(RAMP,)).ways(week, WHO, move, up=True)
    for way, who in ways:
        dose = dose_of(way, "walking")
        assert who.level("walking") == dose
        assert dose.duration_seconds % grain == 0
        assert 4 * dose.duration_seconds <= most
        assert dose.duration_seconds + grain > min(seconds, most // 4)


def test_a_bout_may_be_shortened_to_the_least_and_no_further() -> None:
    """Where a day more would leave bouts under the least that guidance gives, there is none."""
    offer = GUIDANCE.range("walking", WHO.phase)
    assert offer is not None
    limit = offer.limit(DURATION)
    assert limit is not None
    assert RAMP is not None
    share = 100 + RAMP.number("weekly-percent")
    # The shortest bouts of which three, with the rise, make four of the least.
    enough = -(-limit.minimum * 4 * 100 // (3 * share))
    for seconds, ways in ((enough, 4), (enough - 1, 0)):
        week = week_of(("walking", attrs.evolve(WALK, duration_seconds=seconds)))
        move = Move(activity="walking", dose=dose_of(week, "walking"), days=4)
        found = list(fitter_of(week, ramps=(RAMP,)).ways(week, WHO, move, up=True))
        assert len(found) == ways
        assert all(dose_of(way, "walking").duration_seconds == limit.minimum for way, _ in found)


# --- Another version


def test_a_bout_gives_way_to_one_as_long() -> None:
    """A bout is as long as the one that it replaces, on the way down no longer than a first one."""
    offer = GUIDANCE.range("water-walking", WHO.phase)
    assert offer is not None
    limit = offer.limit(DURATION)
    assert limit is not None
    move = Move(activity="walking", becomes="water-walking")
    for seconds in (600, 1800, 3600):
        week = week_of(("walking", attrs.evolve(WALK, duration_seconds=seconds)))
        week = placed_on(week, "cycling-stationary", WALK, "mon", "sat")
        up, _ = one_way(week, move, up=True)
        assert dose_of(up, "water-walking").duration_seconds == min(seconds, limit.maximum)
        down, who = one_way(week, move)
        assert dose_of(down, "water-walking").duration_seconds == min(seconds, limit.first)
        assert who.level("water-walking") == dose_of(down, "water-walking")


def test_a_version_of_another_kind_starts_where_a_beginner_does() -> None:
    """Where a bout and repetitions take each other's place, neither asks more than before."""
    week = week_of(("walking", WALK))
    reps, _ = one_way(week, Move(activity="walking", becomes="bridge"))
    bare = attrs.evolve(WHO, levels=())
    first = fitter_of(week).prescription("bridge", bare, WHO.phase)
    assert first is not None
    assert dose_of(reps, "bridge") == first.prescription.dose
    week = week_of(("bridge", BRIDGE))
    bout, _ = one_way(week, Move(activity="bridge", becomes="walking"))
    first = fitter_of(week).prescription("walking", bare, WHO.phase)
    assert first is not None
    assert dose_of(bout, "walking") == first.prescription.dose


def test_a_version_comes_as_often_a_day_as_guidance_says() -> None:
    """Of two bouts a day both become short ones, and of long ones only one stays."""
    week = week_of(("walking", attrs.evolve(WALK, duration_seconds=600)))
    twice = attrs.evolve(
        week,
        sessions=[
            attrs.evolve(session, time_of_day=time)
            for session in week.sessions
            for time in ("morning", "evening")
        ],
    )
    for name, times in (("short-bout-walking", 2), ("water-walking", 1)):
        week, _ = one_way(twice, Move(activity="walking", becomes=name))
        found = [item for s in week.sessions for item in s.prescriptions if item.activity == name]
        assert len(found) == times * 3


def test_nothing_stands_in_where_the_technique_goes_on() -> None:
    """A stopped activity is replaced only where the week would have none of its technique."""
    walk = week_of(("walking", WALK))
    both = placed_on(walk, "cycling-stationary", WALK, "sat")
    stopped = attrs.evolve(WHO, stopped=frozenset({"walking"}))
    assert fitter_of(both).instead_of(both, stopped, "walking") == Move(activity="walking")
    alone = fitter_of(walk).instead_of(walk, stopped, "walking")
    assert alone.becomes is not None
    assert GUIDANCE.activities[alone.becomes].technique is spt.Technique.AEROBIC


# --- What comes first


def _more(name: str, dose: Any, parameter: str, value: int) -> Move:
    return Move(activity=name, dose=with_number(dose, DoseParameter(parameter), value))


def _two(phase: str, **moves: tuple[Any, Move]) -> dict[str, Move]:
    """Return what rises where there is time for either of two activities, and not for both."""
    doses = {name.replace("_", "-"): dose for name, (dose, _) in moves.items()}
    ways = {name.replace("_", "-"): (move,) for name, (_, move) in moves.items()}
    week = week_of(*doses.items(), phase=phase)
    fitter = fitter_of(week)

    def risen(who: spt.Profile, *names: str) -> dict[str, Move]:
        return fitter.risen(week, who, {name: ways[name] for name in names})[2]

    for minutes in range(5, 60):
        who = leveled(person(phase, minutes), *doses.items())
        if all(risen(who, name) for name in ways):
            return risen(who, *ways)
    raise AssertionError("there is no time for either")


def test_where_time_is_short_the_weightiest_goal_rises() -> None:
    """Of two rises for which there is time for one, that for the weightier goal is made."""
    made = _two(
        "chronic",
        cat_camel=(CAT, _more("cat-camel", CAT, "sets", 2)),
        squat=(SQUAT, _more("squat", SQUAT, "sets", 3)),
    )
    assert set(made) == {"squat"}


def test_only_goals_of_the_phase_have_weight() -> None:
    """Of two activities whose goals weigh the same in this phase, the first by name rises."""
    made = _two(
        "chronic",
        walking=(WALK, _more("walking", WALK, "duration_seconds", 1260)),
        cat_camel=(CAT, _more("cat-camel", CAT, "sets", 2)),
    )
    assert set(made) == {"cat-camel"}


def test_an_activity_rises_in_one_way() -> None:
    """The first way that stands is taken, whatever becomes of other activities; only that."""
    week = week_of(("bridge", BRIDGE), ("plank", PLANK))
    ways = {
        "bridge": (
            _more("bridge", BRIDGE, "sets", 9),
            _more("bridge", BRIDGE, "reps", 13),
            _more("bridge", BRIDGE, "sets", 3),
        ),
        "plank": (_more("plank", PLANK, "sets", 9),),
    }
    who = leveled(WHO, ("bridge", BRIDGE), ("plank", PLANK))
    after, now, made = fitter_of(week).risen(week, who, ways)
    assert made == {"bridge": ways["bridge"][1]}
    assert after == redosed(week, "bridge", attrs.evolve(BRIDGE, reps=13))
    assert now.level("bridge") == attrs.evolve(BRIDGE, reps=13)
    assert fitter_of(week).risen(week, who, {}) == (week, who, {})


def test_what_was_reached_before_is_free_of_the_ramp() -> None:
    """A rise that the ramp forbids is made where all of it was reached before."""
    week = week_of(("walking", WALK))
    ways = {"walking": (_more("walking", WALK, "duration_seconds", 2400),)}
    fitter = fitter_of(week, ramps=(RAMP,))
    assert fitter.risen(week, WHO, ways)[2] == {}
    assert set(fitter.risen(week, WHO, ways, back=True)[2]) == {"walking"}


# --- Made to conform


def test_a_report_is_by_the_guidance_and_rules_in_use() -> None:
    """The rules that hold are judged, and the guidance that holds is the one named."""
    week = week_of(("bridge", BRIDGE))
    rules = choose_rules(GUIDANCE, [NoWednesday()])
    found = fitter_of(week, rules=rules).report(week, WHO)
    assert "OWN100" in {finding.code for finding in found.findings}
    other = wider()
    assert fitter_of(week, catalog=other).report(week, WHO).guidance == other.refs


def test_mending_is_by_the_rules_in_use() -> None:
    """What breaks a rule is mended by its fix, and what no rule in use forbids is left."""
    long = attrs.evolve(WALK, duration_seconds=3600, effort=9)
    week = week_of(("walking", long))
    busy = person("chronic", 30)
    every = choose_rules(GUIDANCE, None)
    full = next(code for code, rule in every.items() if rule.name == "day-minutes")
    some = RuleSet([rule for code, rule in every.items() if code != full])
    mended = fitter_of(week, rules=some).mended(week, busy)
    assert mended is not None
    dose = dose_of(mended, "walking")
    assert dose.effort < long.effort
    assert dose.duration_seconds == long.duration_seconds


def test_what_was_asked_for_is_kept_while_a_week_is_mended() -> None:
    """Where fixes don't do, the sessions stay and nothing comes that was left out on purpose."""
    week = week_of(("cat-camel", CAT), ("walking", WALK))
    lacking = attrs.evolve(week, habits=())
    edits = (spt.Pin(activity="cat-camel"), spt.Forbid(activity="standing-posture"))
    other = wider()
    for who in (WHO, attrs.evolve(WHO, screening=None)):
        for catalog in (GUIDANCE, other):
            before = attrs.evolve(lacking, guidance=catalog.refs)
            fitter = fitter_of(before, catalog=catalog, asked=asked_for(edits, before, catalog))
            made = fitter.mended(before, who)
            assert made is not None
            assert made.guidance == catalog.refs
            assert made.sessions == week.sessions
            assert "standing-posture" not in activities_of(made)
            assert made.habits


def test_what_was_asked_for_is_kept_under_rules_of_the_callers() -> None:
    """A week is mended by the caller's rules as well, and keeps the days that were pinned."""
    week = week_of(("cat-camel", CAT), ("walking", WALK))
    asked = asked_for([spt.Pin(activity="cat-camel", days={"mon", "fri"})], week, GUIDANCE)
    rules = choose_rules(GUIDANCE, [NoWednesday()])
    made = fitter_of(week, rules=rules, asked=asked).mended(week, WHO)
    assert made is not None
    assert days_of(made)["cat-camel"] == {Weekday.MON, Weekday.FRI}
    assert made.sessions == tuple(item for item in week.sessions if item.day is not Weekday.WED)


def test_a_plan_made_anew_is_by_the_guidance_in_use_and_has_no_harder_version() -> None:
    """A new plan is for someone who is asked less too, and liking a harder version brings none."""
    sit = attrs.evolve(SQUAT, sets=1)
    week = attrs.evolve(week_of(("sit-to-stand", sit)), habits=())
    other = wider()
    fond = attrs.evolve(WHO, likes=frozenset({"partial-squat", "squat"}))
    for who in (fond, attrs.evolve(fond, screening=None)):
        made = fitter_of(week, catalog=other).mended(attrs.evolve(week, guidance=other.refs), who)
        assert made is not None
        assert made.guidance == other.refs
        assert {"partial-squat", "squat"}.isdisjoint(activities_of(made))
        assert made.habits


@attrs.frozen
class Knowing:
    """A planner of the caller's, who takes the person to have come elsewhere."""

    level: spt.Level

    def plan(self, profile: spt.Profile, **given: Any) -> spt.Plan:
        """Plan for someone who has come so far."""
        who = attrs.evolve(profile, levels=[self.level])
        return spt.WeeklyPlanner().plan(who, **given)


def test_a_new_plan_is_bounded_by_the_old_week_and_not_raised_to_it() -> None:
    """Of what goes on no number is more than it was, whatever else goes; less may well be."""
    for held, planned, wanted in ((30, 40, 30), (30, 20, 20)):
        old = attrs.evolve(PLANK, hold_seconds=held)
        week = attrs.evolve(week_of(("bridge", BRIDGE), ("plank", old)), habits=())
        level = spt.Level(activity="plank", dose=attrs.evolve(PLANK, hold_seconds=planned))
        who = attrs.evolve(WHO, dislikes=frozenset({"bridge"}))
        made = fitter_of(week, planner=Knowing(level)).mended(week, who)
        assert made is not None
        assert "bridge" not in activities_of(made)
        assert dose_of(made, "plank").hold_seconds == wanted


def test_mending_is_by_the_guidance_in_use() -> None:
    """A week of other guidance is mended by its bounds, and nothing else in it changes."""
    guidance = random_catalog(Random("mended"), 12)
    who = random_profile(Random("mended"), guidance)
    week = spt.plan_week(who, guidance=guidance).routine
    name, item = next(
        (name, item)
        for name, item in activities_of(week).items()
        if isinstance(item.dose, Continuous | Hold | Repetitions) and name in days_of(week)
    )
    high = with_number(item.dose, DoseParameter.EFFORT, 10)
    made = fitter_of(week, catalog=guidance).mended(redosed(week, name, high), who)
    assert made is not None
    assert days_of(made) == days_of(week)
    assert {key: value for key, value in activities_of(made).items() if key != name} == {
        key: value for key, value in activities_of(week).items() if key != name
    }


def test_a_bound_of_the_guidance_in_use_is_what_a_week_is_mended_to() -> None:
    """What the bundled guidance allows and the one in use doesn't comes down to that, by a fix."""

    def shorter(item: Any) -> Any:
        offers = [
            attrs.evolve(
                offer,
                limits=[
                    attrs.evolve(limit, maximum=4, start=None)
                    if limit.parameter is DoseParameter.HOLD_SECONDS
                    else limit
                    for limit in offer.limits
                ],
            )
            if item.activity == "bridge" and "chronic" in offer.phases
            else offer
            for offer in item.doses
        ]
        return attrs.evolve(item, doses=offers)

    pack = GUIDANCE.packs[-1]
    strict = spt.combine(
        *GUIDANCE.packs[:-1], attrs.evolve(pack, amendments=tuple(map(shorter, pack.amendments)))
    )
    week, who = week_of(("bridge", BRIDGE), ("walking", WALK)), leveled(WHO, ("bridge", BRIDGE))
    assert fitter_of(week).mended(week, who) == week
    made = fitter_of(week, catalog=strict).mended(week, who)
    assert made == redosed(week, "bridge", attrs.evolve(BRIDGE, hold_seconds=4))


@pytest.mark.parametrize(("seconds", "days"), [(600, 1), (700, 2), (1100, 3)])
def test_a_new_plan_has_no_more_aerobic_days_than_the_ramp_allows(seconds: int, days: int) -> None:
    """Where what was done is replaced by other bouts, as many days of them stay as may be."""
    walks = week_of(("walking", attrs.evolve(WALK, duration_seconds=seconds)))
    walks = attrs.evolve(walks, habits=())
    likes = frozenset({"cycling-stationary"})
    aerobic = {
        name
        for name, known in GUIDANCE.activities.items()
        if known.technique is spt.Technique.AEROBIC
    }
    who = attrs.evolve(WHO, likes=likes, dislikes=frozenset(aerobic - likes))
    made = fitter_of(walks, ramps=(RAMP,)).mended(walks, who)
    assert made is not None
    assert RAMP is not None
    bout = dose_of(made, "cycling-stationary").duration_seconds
    assert 3 * seconds * (100 + RAMP.number("weekly-percent")) // 100 // bout == days
    assert len(days_of(made)["cycling-stationary"]) == days


def test_a_new_phase_brings_each_dose_within_its_bounds() -> None:
    """What can't come in goes, whatever stands after it is changed, and exercises have levels."""
    week = week_of(
        ("bridge", attrs.evolve(BRIDGE, sets=1, reps=8)), ("plank", PLANK), ("walking", WALK)
    )
    week = attrs.evolve(week, phase=spt.Phase.SUBACUTE)
    week = redosed(week, "plank", attrs.evolve(PLANK, hold_seconds=10))
    who = attrs.evolve(WHO, levels=())
    new, person_then = fitter_of(week).rephased(week, who, wait={"bridge"})
    assert new.phase is spt.Phase.CHRONIC
    assert "bridge" not in activities_of(new)
    assert dose_of(new, "plank").hold_seconds == 20
    levels = {level.activity: level.dose for level in person_then.levels}
    assert levels == {"plank": dose_of(new, "plank"), "walking": dose_of(new, "walking")}
    kept, _ = fitter_of(week).rephased(week, who, wait=set())
    assert dose_of(kept, "bridge").reps == 10


def test_without_a_grain_a_day_more_takes_single_seconds() -> None:
    """Where guidance doesn't say by what a bout is counted, it is counted by seconds."""
    bare = spt.combine(*(attrs.evolve(pack, paths=()) for pack in GUIDANCE.packs))
    week = week_of(("walking", attrs.evolve(WALK, duration_seconds=1006)))
    assert RAMP is not None
    most = 3 * 1006 * (100 + RAMP.number("weekly-percent")) // 100
    move = Move(activity="walking", dose=dose_of(week, "walking"), days=4)
    ways = fitter_of(week, ramps=(RAMP,), catalog=bare).ways(week, WHO, move, up=True)
    found = {dose_of(way, "walking").duration_seconds for way, _ in ways}
    assert found == {most // 4}
    assert most // 4 % 2 == 1
