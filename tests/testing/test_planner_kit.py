"""The kit for planners: it lets a sound planner pass and catches each way to break one's word."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import strategies as st

from sciatica_pt.guidance import Catalog, combine
from sciatica_pt.model import GuidanceRef, Profile, Screening
from sciatica_pt.model.vocabulary import Phase, TraceStatus
from sciatica_pt.planning import NoConformingPlan, Plan, WeeklyPlanner
from sciatica_pt.rules import RuleSet, rules_of
from sciatica_pt.testing import check_planner, sample_guidance, sample_pack
from sciatica_pt.testing._planner_kit import _at_ease
from sciatica_pt.validation import validate

SAMPLE = sample_guidance()
#: Guidance with one rule, so that only the kit's own promises are left to break.
LAWLESS = combine(
    attrs.evolve(
        sample_pack(), rules=[rule for rule in sample_pack().rules if rule.check == "offered"]
    )
)
#: The library's planner, which settles early for a sound week: proofs are not tested here.
QUICK = WeeklyPlanner(node_limit=300, week_limit=5)
#: Guidance that asks for no red flag, so that nobody can have been screened by it.
BLIND = combine(attrs.evolve(sample_pack(), red_flags=()))
#: Guidance that offers no habit.
RESTLESS = combine(
    attrs.evolve(
        sample_pack(),
        activities=[item for item in sample_pack().activities if item.technique != "posture"],
        rules=LAWLESS.packs[0].rules,
    )
)
#: Guidance that offers habits alone.
STILL = combine(
    attrs.evolve(
        sample_pack(),
        activities=[item for item in sample_pack().activities if item.technique == "posture"],
        ladders=(),
        restrictions=(),
        goals=(),
        rules=LAWLESS.packs[0].rules,
        texts=sample_pack().texts[:1],
    )
)
Make = Callable[[Profile, Catalog, RuleSet, bool], Plan]


def weekly(profile: Profile, guidance: Catalog, rules: RuleSet, unscreened: bool) -> Plan:
    """Return the plan of the library's planner."""
    return QUICK.plan(profile, guidance=guidance, rules=rules, unscreened=unscreened)


@attrs.frozen
class Mine:
    """A planner of one's own, whose plan is a function's."""

    make: Make = weekly

    def plan(
        self, profile: Profile, *, guidance: Catalog, rules: RuleSet, unscreened: bool
    ) -> Plan:
        """Return what the function makes."""
        return self.make(profile, guidance, rules, unscreened)


def kit(planner: Any, guidance: Catalog = SAMPLE, **changes: Any) -> None:
    """Run the kit for one more person than it brings along."""
    person = attrs.evolve(_at_ease(Phase.CHRONIC, guidance), **changes)
    check_planner(planner, guidance=guidance, people=st.just(person), max_examples=1)


def test_a_sound_planner_passes_for_people_of_every_kind() -> None:
    """The library's planner keeps what the kit demands of others."""
    check_planner(QUICK, guidance=SAMPLE, max_examples=8)


@pytest.mark.parametrize("guidance", [BLIND, LAWLESS, RESTLESS, STILL])
def test_a_sound_planner_passes_with_odd_guidance(guidance: Catalog) -> None:
    """Guidance without a rule, a red flag or an exercise is guidance too."""
    kit(Mine(), guidance)


def test_a_person_whom_nobody_screened_gets_a_marked_plan() -> None:
    """The kit consents, and the plan says so."""
    kit(Mine(), screening=None)


def test_a_planner_may_refuse() -> None:
    """A refusal is an answer, for a person with no time and for a rule that leaves no week."""
    kit(Mine(), minutes={}, screening=Screening(by="person", present={"numb-saddle"}))

    def stubborn(profile: Profile, guidance: Catalog, rules: RuleSet, unscreened: bool) -> Plan:
        if len(rules) > len(rules_of(guidance)):
            raise NoConformingPlan(())
        return weekly(profile, guidance, rules, unscreened)

    kit(Mine(stubborn))


def spoilt(change: Callable[[Plan], Plan]) -> Make:
    """Return the planner whose plan is changed on its way out."""

    def make(profile: Profile, guidance: Catalog, rules: RuleSet, unscreened: bool) -> Plan:
        plan = change(weekly(profile, guidance, rules, unscreened))
        return attrs.evolve(
            plan,
            report=validate(plan.routine, profile=profile, guidance=guidance, rules=rules),
        )

    return make


def week_with(**changes: Any) -> Make:
    """Return the planner of another week, which reports truly on it."""
    return spoilt(lambda plan: attrs.evolve(plan, routine=attrs.evolve(plan.routine, **changes)))


def _another_report(profile: Profile, guidance: Catalog, rules: RuleSet, unscreened: bool) -> Plan:
    plan = weekly(profile, guidance, rules, unscreened)
    return attrs.evolve(plan, report=attrs.evolve(plan.report, profiled=False))


def _refuses(profile: Profile, guidance: Catalog, rules: RuleSet, unscreened: bool) -> Plan:
    raise NoConformingPlan(())


def _meddles(profile: Profile, guidance: Catalog, rules: RuleSet, unscreened: bool) -> Plan:
    object.__setattr__(profile, "flare", profile.flare is None)
    return weekly(profile, guidance, rules, unscreened)


def _knows_only_the_guidance(
    profile: Profile, guidance: Catalog, rules: RuleSet, unscreened: bool
) -> Plan:
    plan = weekly(profile, guidance, rules_of(guidance), unscreened)
    return attrs.evolve(
        plan,
        report=validate(plan.routine, profile=profile, guidance=guidance, rules=rules),
    )


def _without_a_placed_one(plan: Plan) -> Plan:
    trace = [
        attrs.evolve(item, status=TraceStatus.LEFT_OUT)
        if item.status is TraceStatus.PLACED
        else item
        for item in plan.trace
    ]
    return attrs.evolve(plan, trace=trace)


def _silent(plan: Plan) -> Plan:
    out = next(item for item in plan.trace if item.status is not TraceStatus.PLACED)
    return attrs.evolve(plan, trace=[item for item in plan.trace if item is not out])


_COUNT = itertools.count()

BROKEN: dict[str, tuple[Make, Catalog, str]] = {
    "refuses everybody": (_refuses, SAMPLE, "a person with nothing in the way gets a plan"),
    "meddles": (_meddles, SAMPLE, "planning must change nothing that it is given"),
    "breaks a rule": (week_with(phase="subacute"), SAMPLE, "a plan conforms"),
    "reports on nobody": (_another_report, SAMPLE, "the one that `validate` gives"),
    "another phase": (week_with(phase="subacute"), LAWLESS, "for the person's phase"),
    "other guidance": (
        week_with(guidance=[GuidanceRef(id="another", version="1")]),
        LAWLESS,
        "names the guidance it was made from",
    ),
    "marks a screened week": (week_with(unscreened=True), SAMPLE, "exactly when a red-flag"),
    "hides what is placed": (spoilt(_without_a_placed_one), SAMPLE, "says truly what is in"),
    "hides what is left out": (spoilt(_silent), SAMPLE, "speaks of every activity"),
    "another plan each time": (
        spoilt(lambda plan: attrs.evolve(plan, planner=f"mine-{next(_COUNT)}")),
        SAMPLE,
        "the same plan again",
    ),
    "knows only the guidance's rules": (
        _knows_only_the_guidance,
        SAMPLE,
        "keeps rules it can't have foreseen:.*(?:KIT401|KIT601)",
    ),
    "keeps no rule about habits": (
        _knows_only_the_guidance,
        STILL,
        r"keeps rules it can't have foreseen:.*KIT601",
    ),
}


@pytest.mark.parametrize(("make", "guidance", "promise"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_promise_is_named(make: Make, guidance: Catalog, promise: str) -> None:
    """The kit fails with the promise that was broken."""
    with pytest.raises(AssertionError, match=f"(?s){promise}"):
        kit(Mine(make), guidance)


def test_an_unmarked_week_is_caught() -> None:
    """A week of a person whom nobody screened has to say so, where no rule demands it."""
    with pytest.raises(AssertionError, match="exactly when a red-flag question is open"):
        kit(Mine(week_with(unscreened=False)), LAWLESS, screening=None)


def test_rules_of_one_s_own_are_planned_with() -> None:
    """The kit hands them on, and bundled guidance is meant when none is named."""
    seen: list[str] = []

    def make(profile: Profile, guidance: Catalog, rules: RuleSet, unscreened: bool) -> Plan:
        seen.extend(rules)
        raise NoConformingPlan(())

    with pytest.raises(AssertionError, match="gets a plan"):
        check_planner(Mine(make), max_examples=1)
    assert "SPT101" in seen
