"""Shorter doses: offered where a day lacks the time, and never to save it."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest

from sciatica_pt.guidance import combine
from sciatica_pt.model import (
    Continuous,
    DoseParameter,
    Fact,
    FactKind,
    GoalKind,
    Limit,
    Modification,
    Origin,
    Question,
    Restriction,
    RestrictionLevel,
    Scope,
    Severity,
    Technique,
)
from sciatica_pt.planning import Plan, WeeklyPlanner, plan_week
from sciatica_pt.planning.drafting import Drafter
from sciatica_pt.planning.shortening import shorter_doses
from sciatica_pt.rules import PASSED, Context, Rule, Verdict, WeekView, failed

from .people import PEOPLE
from .problem import drafter_for
from .synthetic import (
    CITED,
    catalog,
    exercise,
    from_half,
    goal,
    pack,
    profile,
    rule,
    standard_rules,
)

_T = Technique
_WALK = from_half(exercise("walk", _T.AEROBIC, seconds=1200, muscles=["calf"]))
_STRETCH = from_half(exercise("pull", _T.STRETCHING, seconds=1200))
_GOALS = [goal("days", GoalKind.TECHNIQUE_DAYS, _T.AEROBIC, 5)]
_PLANNER = WeeklyPlanner(shortening_seconds=300)


def _offered(drafter: Drafter) -> list[list[int]]:
    return [
        [dose.seconds for dose in shorter_doses(candidate, drafter)]
        for candidate in drafter.candidates
    ]


def test_a_dose_is_shortened_in_steps_down_to_what_guidance_allows() -> None:
    """From 20 minutes, in steps of five, down to ten; a stretch stays as it is."""
    guidance = catalog([_WALK, _STRETCH], _GOALS)
    drafter = drafter_for(profile(60), guidance, shortening_seconds=300)
    assert _offered(drafter) == [[], [900, 600]]
    assert _offered(drafter_for(profile(60), guidance)) == [[], []]
    walk = drafter.candidates[1]
    for dose in shorter_doses(walk, drafter):
        assert isinstance(dose.prescription.dose, Continuous)
        assert dose.prescription.dose.duration_seconds == dose.active
        assert dose.cut == walk.seconds - dose.seconds


def test_the_rules_judge_each_shorter_dose() -> None:
    """A dose that a rule turns down for this person is not offered, though guidance allows it."""
    flare = Fact(kind=FactKind.FLARE, value="yes")
    bound = Limit(
        parameter=DoseParameter.DURATION_SECONDS,
        minimum=900,
        maximum=1500,
        origin=Origin.SYNTHESIS,
        citations=CITED,
    )
    steady = Restriction(
        id="steady",
        when=flare,
        activities={"walk"},
        level=RestrictionLevel.MODIFY,
        reason="It was made up.",
        modification=Modification(cue="Walk steadily.", limits=[bound]),
        origin=Origin.SYNTHESIS,
        citations=CITED,
    )
    question = Question(
        fact=flare, name="Flare", ask="Is it worse now?", reason="It decides.", citations=CITED
    )
    rules = [*standard_rules(), rule("TRY604", "restriction-modify")]
    made = pack([_WALK], _GOALS, rules)
    guidance = combine(attrs.evolve(made, restrictions=[steady], questions=[question]))
    for now, offered in ((False, [[900, 600]]), (True, [[900]])):
        person = profile(60, flare=now)
        assert _offered(drafter_for(person, guidance, shortening_seconds=300)) == offered


@attrs.frozen
class _NotSoShort:
    """No bout of less than a quarter of an hour."""

    code: str = "OWN404"
    name: str = "not-so-short"
    scope: Scope = Scope.WEEK
    severity: Severity = Severity.ERROR
    citations: tuple[()] = ()

    def check(self, subject: WeekView, context: Context, /) -> Iterator[Verdict]:
        del context
        short = any(
            isinstance(item.prescription.dose, Continuous)
            and item.prescription.dose.duration_seconds < 900
            for item in subject.scheduled
        )
        yield failed("too short") if short else PASSED


def test_a_rule_of_the_callers_own_is_asked_about_the_shorter_dose() -> None:
    """A week with a dose that the caller's rule turns down is not given."""
    guidance, person = catalog([_WALK], _GOALS), profile(12)

    def week(*rules: Rule) -> Plan:
        return plan_week(
            person, guidance=guidance, planner=_PLANNER, rules=rules, allow_unscreened=True
        )

    assert _walks(week()) == {600}
    assert _walks(week(_NotSoShort())) == set()


def _walks(plan: Plan) -> set[int]:
    return {
        item.dose.duration_seconds
        for session in plan.routine.sessions
        for item in session.prescriptions
        if isinstance(item.dose, Continuous)
    }


@pytest.mark.parametrize(("minutes", "seconds"), [(60, 1200), (20, 1200), (19, 900), (14, 600)])
def test_a_shorter_dose_is_taken_only_where_the_whole_one_does_not_fit(
    minutes: int, seconds: int
) -> None:
    """The longest dose that the days have time for is taken, though a shorter one saves time."""
    plan = plan_week(
        profile(minutes),
        guidance=catalog([_WALK], _GOALS),
        planner=_PLANNER,
        allow_unscreened=True,
    )
    assert _walks(plan) == {seconds}
    assert plan.proven
    told = [reason.text for reason in plan.explain("walk").reasons if "Shorter by" in reason.text]
    assert bool(told) == (seconds < 1200)


def test_more_time_is_never_worse_where_doses_may_be_shorter() -> None:
    """More minutes on every day give no worse week, through every step of a dose."""
    person = attrs.evolve(PEOPLE["runner"], likes=set())
    before: list[int] | None = None
    for minutes in range(8, 34, 2):
        free = {"mon": minutes, "wed": minutes, "sat": minutes}
        plan = plan_week(attrs.evolve(person, minutes=free))
        now = [term.value for term in plan.objective][:2]
        assert before is None or now <= before
        before = now
