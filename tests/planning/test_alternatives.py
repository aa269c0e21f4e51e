"""What could stand in for an activity, and what would let one in."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sciatica_pt import codec
from sciatica_pt.errors import GuidanceError
from sciatica_pt.guidance import default_guidance
from sciatica_pt.model import (
    Fact,
    FactKind,
    Profile,
    Provocation,
    Screening,
    Technique,
    TraceStatus,
)
from sciatica_pt.planning import (
    Alternative,
    Edit,
    Forbid,
    NoConformingPlan,
    Pin,
    Unlock,
    alternatives,
    plan_week,
    replan,
    what_unlocks,
)
from sciatica_pt.planning.unlocking import _deny
from sciatica_pt.rules import rules_of
from sciatica_pt.testing import profiles
from sciatica_pt.validation import validate
from tests.planning.people import PEOPLE, week_for
from tests.planning.synthetic import catalog, exercise
from tests.planning.synthetic import profile as somebody
from tests.planning.test_conflicts import Days


@pytest.mark.parametrize(
    ("name", "activity"), [("desk", "bridge"), ("runner", "hamstring-stretch")]
)
def test_each_alternative_is_a_week_that_holds_it(name: str, activity: str) -> None:
    """An alternative comes with its week, which conforms, and with what that changes."""
    before, profile = week_for(name), PEOPLE[name]
    found = alternatives(before, activity, profile=profile)
    assert found
    for item in found:
        routine = item.plan.routine
        names = {one.activity for session in routine.sessions for one in session.prescriptions}
        assert item.activity in names
        assert activity not in names
        assert validate(routine, profile=profile).conforms
        technique = default_guidance().activities[item.activity].technique
        assert technique is default_guidance().activities[activity].technique
        assert item.changes
        for goal in item.goals:
            assert goal.before != goal.after
        assert str(item).startswith(f"{item.name} ({item.activity}): the week takes ")
        assert codec.loads(codec.dumps(item), Alternative) == item
    ranks = [tuple(term.value for term in item.terms) for item in found]
    assert ranks == sorted(ranks)


def test_an_alternative_says_what_replanning_would() -> None:
    """The first alternative is what banning the one and pinning the other gives."""
    before, profile = week_for("desk"), PEOPLE["desk"]
    first = alternatives(before.routine, "bridge", profile=profile)[0]
    edits: list[Edit] = [Forbid(activity="bridge"), Pin(activity=first.activity)]
    assert replan(before, profile=profile, edits=edits).plan == first.plan


def test_a_habit_has_no_alternatives_and_an_absent_activity_no_place() -> None:
    """Habits do not take each other's time; what is not in the week can't be replaced."""
    before, profile = week_for("desk"), PEOPLE["desk"]
    assert alternatives(before, before.routine.habits[0].activity, profile=profile) == ()
    with pytest.raises(GuidanceError, match="an activity of the week that the guidance knows"):
        alternatives(before, "bridgex", profile=profile)


def test_a_week_that_no_rule_lets_stand_has_no_alternatives() -> None:
    """Without a sound week to compare with there is nothing to rank."""
    profile = attrs.evolve(PEOPLE["desk"], minutes={})
    none = plan_week(profile)
    with pytest.raises(GuidanceError):
        alternatives(none, "bridge", profile=profile)
    tight = replan(week_for("desk"), profile=profile).plan
    assert tight.routine.sessions == ()


def test_a_week_that_a_rule_of_ones_own_turns_down_has_no_alternatives() -> None:
    """Where the week itself can't be kept, the rule is named rather than stand-ins ranked."""
    rule = Days(code="MINE001", activity="cold", least=1)
    with pytest.raises(NoConformingPlan) as caught:
        alternatives(week_for("desk"), "bridge", profile=PEOPLE["desk"], rules=[rule])
    assert {finding.code for finding in caught.value.findings} == {"MINE001"}


def test_what_has_no_dose_stands_in_for_nothing_and_is_unlocked_by_its_phase() -> None:
    """Without the rule that asks for a dose, what has none is no alternative all the same."""
    before, who = week_for("early"), PEOPLE["early"]
    rules = rules_of(default_guidance()).without("SPT108")
    guidance = default_guidance()
    bare = {
        name for name in guidance.activities if guidance.range(name, before.routine.phase) is None
    }
    assert bare
    for name in bare:
        assert "It is for the " in str(what_unlocks(name, profile=who, rules=rules))
    with pytest.raises(NoConformingPlan):
        replan(before, profile=who, rules=rules, edits=[Pin(activity=min(bare), days={"mon"})])
    found = alternatives(before, "bridge", profile=who, rules=rules)
    assert not bare & {item.activity for item in found}


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "no longer and no shorter"), (90, "90 s longer"), (-120, "2 min less")],
)
def test_an_alternative_says_whether_it_takes_longer(seconds: int, words: str) -> None:
    """Longer and shorter are told apart, and so is neither."""
    first = alternatives(week_for("desk"), "bridge", profile=PEOPLE["desk"])[0]
    assert words in str(attrs.evolve(first, seconds=seconds))


_CLEAR = Screening.clear(by="clinician")


@settings(max_examples=15)
@given(profile=profiles(), activity=st.sampled_from(sorted(default_guidance().activities)))
def test_what_unlocks_is_enough_and_nothing_of_it_can_be_spared(
    profile: Profile, activity: str
) -> None:
    """An answer without steps is for what may be in the week or for what never can."""
    who = attrs.evolve(profile, screening=_CLEAR, conditions=profile.conditions - _FLAGGED)
    unlock = what_unlocks(activity, profile=who)
    assert unlock.activity == activity
    assert codec.loads(codec.dumps(unlock), Unlock) == unlock
    assert str(unlock).startswith(f"{activity}: ")
    assert len(set(unlock.steps)) == len(unlock.steps)


_FLAGGED = {
    condition for flag in default_guidance().red_flags.values() for condition in flag.conditions
}


def test_a_placed_activity_needs_nothing_and_a_rejected_one_something() -> None:
    """The answer agrees with the plan."""
    for entry in week_for("early").trace:
        unlock = what_unlocks(entry.activity, profile=PEOPLE["early"])
        rejected = entry.status is TraceStatus.REJECTED
        assert rejected is (bool(unlock.steps) or not unlock.possible)


@pytest.mark.parametrize(
    ("changes", "activity", "words"),
    [
        ({}, "cold", "Have this at hand: cold pack."),
        ({"dislikes": {"bridge"}}, "bridge", "It is wanted."),
        ({"phase": "acute"}, "squat", "It is for the chronic phase."),
        ({}, "mobilization", "Have this within reach: "),
        ({"conditions": {"anticoagulants"}}, "massage", "A clinician clears it."),
        ({"conditions": {"anticoagulants"}}, "spinal-manipulation", "This holds no longer: "),
        ({"others_ruled_out": False}, "heat", "This is answered with no: "),
        ({"directional_preference": "extension"}, "cat-camel", "This holds no longer: "),
    ],
)
def test_each_kind_of_step_is_said(changes: dict[str, object], activity: str, words: str) -> None:
    """Equipment, wishes, phase, providers, clearance, facts and open questions are all told."""
    base = Profile(
        phase="chronic",
        equipment={"towel"},
        others_ruled_out=True,
        not_provoked_by={"walking", "standing", "sitting", "bending", "arching", "lying"},
        flare=False,
        screening=_CLEAR,
    )
    profile: Profile = attrs.evolve(base, **changes)  # type: ignore[arg-type]
    assert words in str(what_unlocks(activity, profile=profile))


def test_what_has_no_dose_in_any_phase_is_never_let_in() -> None:
    """No other phase is named when there is none, and no other step is pretended to help."""
    idle = attrs.evolve(exercise("pull", Technique.STRETCHING), doses=())
    unlock = what_unlocks(
        "pull", profile=somebody(), guidance=catalog([idle]), allow_unscreened=True
    )
    assert unlock == Unlock(activity="pull", possible=False, steps=())


def test_a_fact_that_guidance_has_no_question_for_is_told_by_its_word() -> None:
    """Without a question to quote, the step still says in words what must not hold."""
    walk = exercise("walk", Technique.AEROBIC, provokes=[Provocation.WALKING])
    who = somebody(provoked_by={"walking"}, not_provoked_by=set())
    unlock = what_unlocks("walk", profile=who, guidance=catalog([walk]), allow_unscreened=True)
    assert unlock.steps == ("This does not hold: walking.",)


def test_denying_a_fact_makes_it_untrue() -> None:
    """Each kind of fact can be thought away, without another of the same kind in its place."""
    who = Profile(
        phase="chronic",
        conditions={"osteoporosis"},
        provoked_by={"sitting"},
        flare=True,
        irritability="high",
        leg_pain="thigh",
        directional_preference="flexion",
    )
    for kind, value in (
        ("condition", "osteoporosis"),
        ("provocation", "sitting"),
        ("flare", "yes"),
        ("irritability", "high"),
        ("leg-pain", "thigh"),
        ("directional-preference", "flexion"),
    ):
        fact = Fact(kind=FactKind(kind), value=value)
        assert who.knows(fact) is True
        assert _deny(who, fact, {fact}).knows(fact) is False


def test_an_unknown_activity_is_told_with_the_nearest() -> None:
    """A misspelled id is an error that teaches."""
    with pytest.raises(GuidanceError, match='did you mean "bridge"'):
        what_unlocks("bridgex", profile=PEOPLE["desk"])


def test_what_nothing_can_change_is_said() -> None:
    """An answer for what nothing would let in says that."""
    never = Unlock(activity="bridge", possible=False, steps=())
    assert str(never) == "bridge: nothing that could change would let it in"
    assert str(attrs.evolve(never, possible=True)) == "bridge: no rule keeps it out"
    assert issubclass(NoConformingPlan, Exception)
