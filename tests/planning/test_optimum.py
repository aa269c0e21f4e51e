"""The planner's weeks against an independent solver, against all weeks there are, and by laws."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from random import Random
from typing import Any

import attrs
import pytest

from sciatica_pt.guidance import Catalog
from sciatica_pt.model import (
    GoalKind,
    Phase,
    Profile,
    Technique,
    Weekday,
)
from sciatica_pt.planning import plan_week
from sciatica_pt.planning.drafting import Drafter, Week
from sciatica_pt.planning.solving import solve
from sciatica_pt.rules import Context, Verdict, WeekView

from .check import KINDS, DayOff, NotThen, Refusing, SumLimit, compare, request
from .problem import (
    Problem,
    Vector,
    drafter_for,
    problem_of,
    schedule_of,
)
from .synthetic import (
    MUSCLES,
    catalog,
    exercise,
    goal,
    profile,
    random_catalog,
    random_profile,
    rule,
    standard_rules,
)

_T = Technique
#: A severity as a caller may write it.
_WORD: Any = "error"
_LIMITS = {"node_limit": 200_000, "week_limit": 500}


def vector_of(person: Profile, guidance: Catalog) -> Vector:
    """Return the objective of the best week, proven."""
    drafter = drafter_for(person, guidance)
    solution = solve(drafter, **_LIMITS)
    assert solution.proven
    assert drafter.objective.vector(solution.week) == solution.bound
    return solution.bound


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "bundled"])
def test_an_independent_solver_finds_no_better_week(kind: str) -> None:
    """CP-SAT, given the rules and goals one by one, proves the same objective for each request."""
    for seed in range(2):
        drafter, extras = request(seed, 4, kind)
        verdict, solution, best = compare(drafter, extras, seconds=1.0, **_LIMITS)
        assert verdict in {"equal", "unproven", "undecided"}, (seed, solution.bound, best)


def _every_week(problem: Problem) -> Iterator[dict[str, frozenset[int]]]:
    """Yield every week without aerobic exercise that the formulation allows, by counting."""
    ways: list[list[dict[str, frozenset[int]]]] = []
    for kind in Technique:
        works = problem.of(kind)
        mine: list[dict[str, frozenset[int]]] = [{}]
        free = [day for day, minutes in enumerate(problem.minutes) if minutes]
        days = [frozenset(days) for n in range(1, 8) for days in combinations(free, n)]
        for size in range(1, problem.block_size(kind) + 1):
            for group in combinations(works, size):
                mine.extend({work.id: held for work in group} for held in days)
        ways.append(mine)
    for parts in product(*ways):
        week = {name: held for part in parts for name, held in part.items()}
        if _allowed(problem, week):
            yield week


def _allowed(problem: Problem, week: dict[str, frozenset[int]]) -> bool:
    works = {work.id: work for work in problem.works}
    often = all(works[n].least <= len(days) <= works[n].most for n, days in week.items())
    timely = all(
        slots <= minutes // problem.slot_minutes
        for slots, minutes in zip(problem.booked(week), problem.minutes, strict=True)
    )
    rested = True
    for spec in problem.specs("recovery"):
        hours = spec.number("minimum-hours")
        for muscle in MUSCLES:
            days = sorted(
                {
                    day
                    for name, held in week.items()
                    if works[name].technique in spec.techniques and muscle in works[name].muscles
                    for day in held
                }
            )
            rested &= all(min(b - a, 7 - b + a) * 24 >= hours for a, b in combinations(days, 2))
    return often and timely and rested


@pytest.mark.parametrize("seed", range(4))
def test_no_week_of_all_there_are_is_better(seed: int) -> None:
    """On tiny catalogs the best of all weeks, counted one by one, has the same objective."""
    rng = Random(seed)
    activities = [
        exercise("pull", _T.STRETCHING, seconds=rng.randint(60, 400), muscles=["back"]),
        exercise("reach", _T.STRETCHING, seconds=rng.randint(60, 400), muscles=["calf"]),
        exercise("push", _T.STRENGTHENING, seconds=rng.randint(60, 400), muscles=["back"]),
    ]
    goals = [
        goal("a", GoalKind.TECHNIQUE_DAYS, _T.STRETCHING, rng.randint(2, 7), weight=3),
        goal("b", GoalKind.DISTINCT_ACTIVITIES, _T.STRETCHING, 2, weight=2),
        goal("c", GoalKind.MUSCLE_EXPOSURES, None, rng.randint(2, 8), weight=2, muscle="back"),
        goal("d", GoalKind.TECHNIQUE_DAYS, _T.STRENGTHENING, 3, weight=5),
    ]
    guidance = catalog(activities, goals)
    person = profile([rng.choice((4, 8, 15)), 0, rng.choice((4, 9)), 0, 0, 8, 12], likes={"reach"})
    problem = problem_of(drafter_for(person, guidance))
    best = min(problem.vector(week) for week in _every_week(problem))
    assert vector_of(person, guidance) == best


@pytest.mark.parametrize("seed", range(6))
def test_more_never_makes_it_worse(seed: int) -> None:
    """More minutes, more equipment or fewer dislikes never leave more of the goals unmet."""
    rng = Random(seed)
    guidance = random_catalog(rng, 8)
    person = random_profile(rng, guidance)
    before = vector_of(person, guidance)
    minutes = {day.value: person.minutes.on(day) + rng.choice((0, 5, 20)) for day in Weekday}
    for more in (
        attrs.evolve(person, minutes=minutes),
        attrs.evolve(person, equipment={"band", "mat"}),
        attrs.evolve(person, dislikes=set()),
    ):
        assert vector_of(more, guidance) <= before


@pytest.mark.parametrize("seed", range(6))
def test_forbidding_what_is_not_used_changes_nothing(seed: int) -> None:
    """A person who dislikes what the week does not hold gets the same week."""
    rng = Random(seed)
    guidance = random_catalog(rng, 8)
    person = attrs.evolve(random_profile(rng, guidance), likes=set(), dislikes=set())
    drafter = drafter_for(person, guidance)
    week = drafter.routine(solve(drafter, **_LIMITS).week)
    unused = {item.id for item in drafter.candidates} - set(schedule_of(week, problem_of(drafter)))
    fewer = drafter_for(attrs.evolve(person, dislikes=unused), guidance)
    assert fewer.routine(solve(fewer, **_LIMITS).week).sessions == week.sessions


def test_other_names_change_nothing_but_ties() -> None:
    """The same activities under other ids, in another order, give an equally good week."""

    def guidance(names: list[str]) -> Catalog:
        kinds = [_T.STRETCHING, _T.STRETCHING, _T.STRENGTHENING, _T.AEROBIC, _T.AEROBIC]
        made = [
            exercise(name, kind, seconds=100 + 40 * place, muscles=[MUSCLES[place]])
            for place, (name, kind) in enumerate(zip(names, kinds, strict=True))
        ]
        return catalog(made, [goal(f"g-{k}", GoalKind.TECHNIQUE_DAYS, k, 5) for k in set(kinds)])

    person = profile([10, 0, 5, 8, 20, 3, 0])
    assert vector_of(person, guidance(["a", "b", "c", "d", "e"])) == vector_of(
        person, guidance(["z", "y", "x", "w", "v"])
    )


@pytest.mark.parametrize("node_limit", [0, 1, 5, 20, 100])
def test_a_search_that_ends_early_says_so_and_its_bound_holds(node_limit: int) -> None:
    """At a node limit the week is sound, not called proven, and the bound is below every week."""
    for seed in range(4):
        drafter, _ = request(seed, 12, "plain")
        best = solve(drafter, **_LIMITS).bound
        early = solve(drafter, node_limit=node_limit, week_limit=10)
        own = drafter.objective.vector(early.week)
        assert early.bound <= best <= own
        assert drafter.conforms(early.week)
        assert early.proven is (early.bound == own) or not early.proven


def test_what_needs_no_days_apart_is_not_set_aside_for_what_does() -> None:
    """An exercise for no muscle may be done on more days than a cheaper one that needs recovery."""
    guidance = catalog(
        [
            exercise("brief", _T.STRENGTHENING, seconds=60, muscles=["back"]),
            exercise("lengthy", _T.STRENGTHENING, seconds=120),
        ],
        [goal("days", GoalKind.TECHNIQUE_DAYS, _T.STRENGTHENING, 5)],
    )
    assert vector_of(profile(10), guidance)[:2] == (0, 5 * 120 * 100)


def test_rules_over_days_and_sums_are_kept_and_proven() -> None:
    """A caller's day off and weekly limit hold, and the week under them is proven the best."""
    guidance = catalog(
        [
            exercise("pull", _T.STRETCHING, muscles=["back"]),
            exercise("walk", _T.AEROBIC, seconds=600, muscles=["calf"], times=2),
        ],
        [
            goal("a", GoalKind.TECHNIQUE_DAYS, _T.STRETCHING, 7),
            goal("b", GoalKind.TECHNIQUE_DAYS, _T.AEROBIC, 7),
        ],
    )
    drafter = drafter_for(
        profile(60), guidance, rules=(DayOff(day=Weekday.TUE), SumLimit(limit=10))
    )
    solution = solve(drafter, **_LIMITS)
    assert solution.proven
    assert all(Weekday.TUE not in block.days for block in solution.week)
    # Of six days, stretching takes one point a day and walking two.
    assert sum(len(block.days) * block.candidates[0].times for block in solution.week) <= 10
    assert solution.bound[0] == 6


@pytest.mark.parametrize(
    "own", [DayOff(day=Weekday.TUE, severity=_WORD), SumLimit(limit=6, severity=_WORD)]
)
def test_a_severity_given_as_plain_text_is_an_error_too(own: DayOff | SumLimit) -> None:
    """A caller's rule that writes its severity as a word is kept like one that names the member."""
    guidance = catalog(
        [exercise("pull", _T.STRETCHING, muscles=["calf"])],
        [goal("a", GoalKind.TECHNIQUE_DAYS, _T.STRETCHING, 7)],
    )
    solution = solve(drafter_for(profile(9), guidance, rules=(own,)), **_LIMITS)
    assert solution.proven
    assert solution.bound[0] == 1
    plan = plan_week(profile(9), guidance=guidance, rules=[own])
    assert plan.proven
    assert not plan.report.errors


def test_a_rule_that_every_week_breaks_leaves_nothing_proven() -> None:
    """When no week passes, or too few are looked at, the search says that it has no proof."""
    guidance = catalog([exercise("pull", _T.STRETCHING)], [])

    never = drafter_for(profile(3), guidance, rules=(SumLimit(limit=-1),))
    assert not solve(never, **_LIMITS).proven
    assert not solve(never, node_limit=10_000, week_limit=0).proven


def test_a_search_ends_when_every_week_has_been_turned_down() -> None:
    """Where a rule turns down the few weeks there are, that is the end, and there is no proof."""
    guidance = catalog([exercise("pull", _T.STRETCHING)])
    drafter = drafter_for(profile([9, 0, 0, 0, 0, 0, 0]), guidance, rules=(Refusing(),))
    solution = solve(drafter, node_limit=10_000, week_limit=10_000)
    assert not solution.proven
    assert solution.week == ()


@pytest.mark.parametrize("week_limit", [0, 1, 3])
def test_no_more_weeks_are_shown_to_a_rule_than_the_limit_allows(week_limit: int) -> None:
    """A rule that turns down every week is asked about the limit's number of them, and no proof."""
    asked: list[WeekView] = []

    class Counting(Refusing):
        def check(self, subject: WeekView, context: Context, /) -> Iterator[Verdict]:
            asked.append(subject)
            return super().check(subject, context)

    guidance = catalog(
        [exercise("pull", _T.STRETCHING)], [goal("a", GoalKind.TECHNIQUE_DAYS, _T.STRETCHING, 7)]
    )
    drafter = drafter_for(profile(9), guidance, rules=(Counting(),))
    assert not solve(drafter, node_limit=10_000, week_limit=week_limit).proven
    # Once for the best week of all, then from the best on, and while one is built by hand.
    assert len(asked) >= week_limit + 2
    assert len({view.routine for view in asked}) <= week_limit + 1 + 128


def test_a_less_even_set_of_equal_cost_is_passed_over() -> None:
    """Of sets that serve and cost the same, the even one wins although the other comes later."""
    guidance = catalog(
        [
            exercise("a", _T.AEROBIC, seconds=120),
            exercise("b", _T.AEROBIC, seconds=60, days=(1, 1)),
            exercise("c", _T.AEROBIC, seconds=180),
        ],
        [
            goal("minutes", GoalKind.MINUTES, _T.AEROBIC, 4),
            goal("days", GoalKind.TECHNIQUE_DAYS, _T.AEROBIC, 2),
        ],
    )
    solution = solve(drafter_for(profile(9), guidance), **_LIMITS)
    assert solution.proven
    assert [[item.id for item in block.candidates] for block in solution.week] == [["a"]]
    assert solution.bound[2] == 2**2 + 2**2


def test_a_cap_on_minutes_of_a_block_is_kept() -> None:
    """A technique whose minutes are capped is done on no more days than the cap has room for."""
    cap = rule("TRY413", "technique-minutes", [_T.STRETCHING], maximum_minutes=5)
    guidance = catalog(
        [exercise("pull", _T.STRETCHING, seconds=120)],
        [goal("a", GoalKind.TECHNIQUE_DAYS, _T.STRETCHING, 7)],
        [*standard_rules(), cap],
    )
    solution = solve(drafter_for(profile(9), guidance), **_LIMITS)
    assert solution.proven
    assert [len(block.days) for block in solution.week] == [2]


def test_a_rule_of_one_phase_is_kept_as_early_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """In its phase no week that breaks it is ever made, so that none has to be turned down."""
    cap = rule("TRY414", "technique-days", [_T.STRETCHING], phases=[Phase.ACUTE], maximum_days=2)
    guidance = catalog(
        [exercise("pull", _T.STRETCHING, seconds=120)],
        [goal("a", GoalKind.TECHNIQUE_DAYS, _T.STRETCHING, 7)],
        [*standard_rules(), cap],
    )
    asked: list[bool] = []
    conforms = Drafter.conforms

    def counted(drafter: Drafter, week: Week) -> bool:
        asked.append(conforms(drafter, week))
        return asked[-1]

    monkeypatch.setattr(Drafter, "conforms", counted)
    for phase, days in ((Phase.ACUTE, 2), (Phase.CHRONIC, 7)):
        plan = plan_week(profile(9, phase=phase), guidance=guidance, allow_unscreened=True)
        assert plan.proven
        assert len(plan.explain("pull").days) == days
    assert asked == [True, True]


def test_techniques_that_share_a_rest_are_placed_with_it() -> None:
    """Two techniques that must each keep days apart are told by weekday, not by what is left."""
    both = [_T.STRENGTHENING, _T.STRETCHING]
    rest = rule("TRY412", "recovery", both, minimum_hours=48)
    rules = [*standard_rules(recovery_hours=None), rest]
    guidance = catalog(
        [
            exercise("push", _T.STRENGTHENING, muscles=["back"]),
            exercise("lift", _T.STRENGTHENING),
            exercise("pull", _T.STRETCHING, muscles=["calf"]),
        ],
        [goal(f"g-{k}", GoalKind.TECHNIQUE_DAYS, k, 3) for k in both],
        rules,
    )
    person = profile([2, 2, 2, 2, 2, 2, 2], phase=Phase.ACUTE)
    drafter = drafter_for(person, guidance)
    verdict, solution, best = compare(drafter, (), seconds=5.0, **_LIMITS)
    assert verdict == "equal", (solution, best)


def test_days_that_a_rule_bars_are_not_tried() -> None:
    """The first week that a rule about one activity is asked about has nothing against it."""
    for seed in range(4):
        rng = Random(f"barred {seed}")
        guidance = random_catalog(rng, 12)
        person = random_profile(rng, guidance)
        plain = drafter_for(person, guidance)
        best = solve(plain, **_LIMITS).week
        first = best[0]
        own = NotThen(
            activities=frozenset(item.id for item in first.candidates),
            days=frozenset(first.days[:1]),
        )
        drafter = drafter_for(person, guidance, rules=(own,))
        assert not drafter.conforms(best)
        solution = solve(drafter, node_limit=500_000, week_limit=0)
        assert solution.proven
        assert drafter.conforms(solution.week)
