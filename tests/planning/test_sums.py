"""What rules add up over a day: the search keeps it as it goes, and nothing better is missed."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.guidance import default_guidance
from sciatica_pt.model import Activity, GoalKind, Prescription, Scope, Technique, Weekday
from sciatica_pt.planning import SumRule, replan
from sciatica_pt.planning._daily import MOST_AMOUNT, MOST_AMOUNTS, all_hold, holds, together
from sciatica_pt.planning.custom import accepts, exceeds, loads_of
from sciatica_pt.planning.drafting import Drafter, Week
from sciatica_pt.planning.layout import Layout
from sciatica_pt.planning.options import Limits
from sciatica_pt.planning.ranking import Ranking
from sciatica_pt.planning.search import Vector
from sciatica_pt.planning.solving import Solution, solve
from sciatica_pt.rules import (
    CHECKS,
    PASSED,
    Context,
    DeclarativeRule,
    Rule,
    Verdict,
    WeekView,
    failed,
)

from .check import NotOnADay, compare
from .oracle import Model
from .people import PEOPLE, placed, week_for
from .problem import drafter_for
from .synthetic import catalog, exercise, goal, profile, random_catalog, random_profile, rule

_T = Technique
_PLENTY = 5_000_000
_NAMES = ("pull", "reach", "push", "lift", "walk", "swim", "ride")


@attrs.frozen(kw_only=True)
class _Sum:
    """A rule that adds up a table of amounts over whatever its scope is."""

    table: tuple[tuple[str, int], ...]
    limit: int
    scope: Scope = Scope.DAY
    code: str = "OWN600"
    name: str = "made-up"
    severity: Any = "error"
    citations: tuple[Any, ...] = ()

    def amount(self, prescription: Prescription, activity: Activity, /) -> int:
        """Return what the table says."""
        del prescription
        return dict(self.table).get(activity.id, 0)

    def check(self, subject: Any, context: Context, /) -> Iterator[Verdict]:
        """Fail when it adds up to more."""
        del context
        items = subject.scheduled if isinstance(subject, WeekView) else subject.items
        total = 0
        for item in items:
            if item.activity is not None:
                total += self.amount(item.prescription, item.activity)
        yield PASSED if total <= self.limit else failed("too much")

    def tell(self, model: Model) -> None:
        """Say the same of each day to the solver."""
        times, table = model.problem.times, dict(self.table)
        for day in range(7):
            done = [
                table.get(work.activity, 0) * times[work.id] * model.done[work.id, day]
                for work in model.problem.works
            ]
            model.cp.add(sum(done) <= self.limit)


@attrs.frozen(kw_only=True)
class _Said(_Sum):
    """The same, which also says that more never mends it."""

    monotone: bool = True


def _tiny(seed: int, *rules: Rule) -> Drafter:
    """Return a request with few weeks, in which aerobic work alternates and days are apart."""
    rng = Random(f"sums {seed}")

    def some(name: str, technique: Technique, *muscles: str) -> Activity:
        times = rng.choice((1, 1, 2))
        seconds = rng.randint(60, 240)
        return exercise(name, technique, seconds=seconds, muscles=muscles, times=times)

    guidance = catalog(
        [
            some("pull", _T.STRETCHING, "back"),
            some("reach", _T.STRETCHING, "calf"),
            some("push", _T.STRENGTHENING, "back"),
            some("walk", _T.AEROBIC),
            some("swim", _T.AEROBIC),
        ],
        [
            goal("a", GoalKind.TECHNIQUE_DAYS, _T.STRETCHING, rng.randint(1, 3), weight=3),
            goal("b", GoalKind.TECHNIQUE_DAYS, _T.STRENGTHENING, 2, weight=5),
            goal("c", GoalKind.MINUTES, _T.AEROBIC, rng.randint(2, 9)),
            goal("d", GoalKind.DISTINCT_ACTIVITIES, _T.AEROBIC, 2),
        ],
    )
    person = profile([rng.choice((6, 11)), 0, 8, 0, 9, 0, 0])
    return drafter_for(person, guidance, rules=rules)


def _sums(rng: Random, scope: Scope, code: str) -> _Sum:
    amounts = tuple([(name, rng.randint(0, 3)) for name in _NAMES])
    return _Sum(table=amounts, limit=rng.randint(1, 4), scope=scope, code=code)


def _rules(seed: int, scope: Scope) -> tuple[_Sum, _Sum]:
    rng = Random(f"sums of {scope} {seed}")
    return _sums(rng, scope, "OWN600"), _sums(rng, Scope.DAY, "OWN601")


def _every(drafter: Drafter, *, loads: bool, **given: Any) -> Iterator[tuple[Week, Vector]]:
    """Yield all weeks there are, the best first, or of these the ones that keep the sums."""
    layout = Layout(drafter=drafter, loads=loads_of(drafter) if loads else ())
    listed = layout.everything(layout.options(_PLENTY), None)
    return Ranking(layout.search(listed, _PLENTY), admits=given.pop("admits", None)).weeks()


@pytest.mark.parametrize("scope", [Scope.DAY, Scope.SESSION, Scope.WEEK])
@pytest.mark.parametrize("seed", range(4))
def test_no_week_that_keeps_the_sums_is_better(seed: int, scope: Scope) -> None:
    """Of all weeks there are, one by one, the first that the rules accept is what is found."""
    drafter = _tiny(seed, *_rules(seed, scope))
    best = next(vector for week, vector in _every(drafter, loads=False) if drafter.conforms(week))
    layout = Layout(drafter=drafter, loads=loads_of(drafter))
    week, vector = layout.search(layout.options(_PLENTY), _PLENTY).solve()
    assert drafter.conforms(week)
    assert vector == drafter.objective.vector(week) == best
    assert solve(drafter, node_limit=_PLENTY, week_limit=0) == Solution(
        week=week, proven=True, bound=best
    )


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("scope", [Scope.DAY, Scope.SESSION])
def test_the_weeks_under_sums_are_those_that_keep_them(scope: Scope, asked: bool) -> None:
    """Where all weeks are tried, none that breaks a sum is among them, and no other is missing."""
    drafter = _tiny(1, *_rules(4, scope))
    admits = {"admits": lambda *_: True} if asked else {}
    found = list(_every(drafter, loads=True, **admits))
    wanted = [pair for pair in _every(drafter, loads=False) if drafter.conforms(pair[0])]
    assert sorted(map(repr, found)) == sorted(map(repr, wanted))
    assert 0 < len(found) < len(list(_every(drafter, loads=False)))


def test_only_what_a_day_holds_is_listed_and_added() -> None:
    """An option for which no day has enough is not listed, and a week is not filled beyond it."""
    both = _Sum(table=(("pull", 2), ("reach", 2)), limit=3, code="OWN602")
    lone = _Sum(table=(("push", 1), ("walk", 2), ("swim", 4)), limit=3, code="OWN603")
    mixed = _Sum(table=(("pull", 1), ("push", 1)), limit=1, code="OWN604")
    drafter = _tiny(0, lone, both, mixed)
    layout = Layout(drafter=drafter, loads=loads_of(drafter))
    listers = layout.listers(prune=False)
    day = Limits(activities=99, loads=layout.loads).day
    listed = [lister.options() for lister in listers]
    assert all(holds(day, part.size) for options in listed for opt in options for part in opt.parts)
    assert any(len(options) > 1 for options in listed)
    search = layout.search(listed, _PLENTY)
    added = 0
    for first in search.beside(()):
        for options in listed[1:]:
            for further in layout.search([options], _PLENTY).beside(first):
                slots = [
                    (item, day)
                    for block in (*first, *further)
                    for item in block.candidates
                    for day in block.days
                ]
                assert all(accepts(rule, slots, drafter) for rule in (lone, both, mixed))
                added += bool(first and further)
    assert added > 10


def test_of_mixtures_that_add_up_alike_the_one_that_fits_is_kept() -> None:
    """Three and none is no better than two and one where each day has one already."""
    muscles = {
        "first": ["back"],
        "second": ["calf", "thigh"],
        "third": ["back", "calf"],
        "fourth": ["thigh"],
    }
    guidance = catalog(
        [
            exercise("pull", _T.STRETCHING, days=(2, 2)),
            *[exercise(name, _T.AEROBIC, days=(1, 1), muscles=muscles[name]) for name in muscles],
        ],
        [
            goal("d", GoalKind.TECHNIQUE_DAYS, _T.STRETCHING, 2),
            *[
                goal(name, GoalKind.MUSCLE_EXPOSURES, _T.AEROBIC, 1, muscle=name)
                for name in ("back", "calf", "thigh")
            ],
        ],
    )
    table = (("pull", 1), ("first", 0), ("second", 3), ("third", 2), ("fourth", 1))
    rule = _Sum(table=table, limit=3)
    drafter = drafter_for(profile([9, 9, 0, 0, 0, 0, 0]), guidance, rules=(rule,))
    solution = solve(drafter, node_limit=_PLENTY, week_limit=0)
    assert solution.proven
    held = {item.id for block in solution.week for item in block.candidates}
    assert held == {"pull", "third", "fourth"}


def test_what_is_done_twice_a_day_counts_twice_a_day_and_once_a_session() -> None:
    """A session has it once, however often the day has it."""
    guidance = catalog(
        [exercise("walk", _T.AEROBIC, times=2)], [goal("a", GoalKind.TECHNIQUE_DAYS, _T.AEROBIC, 3)]
    )
    for scope, done in ((Scope.SESSION, True), (Scope.DAY, False)):
        rule = _Sum(table=(("walk", 2),), limit=3, scope=scope)
        solution = solve(
            drafter_for(profile(30), guidance, rules=(rule,)), node_limit=_PLENTY, week_limit=0
        )
        assert solution.proven
        assert bool(solution.week) is done


def test_an_amount_of_any_size_is_too_much_alone() -> None:
    """It doesn't spill into what another rule adds up."""
    rules = [
        _Sum(table=(("walk", 1 << 64), ("swim", 3 << 63)), limit=1, code="OWN600"),
        _Sum(table=(("push", 1),), limit=9, code="OWN601"),
    ]
    drafter = _tiny(2, *rules)
    layout = Layout(drafter=drafter, loads=loads_of(drafter))
    limits = Limits(activities=9, loads=layout.loads)
    assert {item.id for item in drafter.candidates if holds(limits.day, limits.size(item))} == {
        "pull",
        "push",
        "reach",
    }
    week, _ = layout.search(layout.options(_PLENTY), _PLENTY).solve()
    assert {item.id for block in week for item in block.candidates} == {"push", "reach"}


def test_a_sum_over_days_is_proven_in_one_search() -> None:
    """CP-SAT finds no better week, and not a single one was turned down on the way."""
    for seed in range(6):
        rng = Random(f"proven sums {seed}")
        guidance = random_catalog(rng, rng.choice((9, 14, 30)))
        names = sorted(guidance.activities)
        table = tuple([(name, rng.randint(0, 3)) for name in names])
        rule = _Sum(table=table, limit=rng.randint(2, 6))
        drafter = drafter_for(random_profile(rng, guidance), guidance, rules=(rule,))
        verdict, solution, _ = compare(
            drafter, (rule.tell,), seconds=1.0, node_limit=100_000, week_limit=0
        )
        assert verdict in {"equal", "undecided"}
        assert solution.proven


@pytest.mark.parametrize("limit", [MOST_AMOUNT - 1, MOST_AMOUNT, -1])
def test_a_limit_of_any_size_is_kept(limit: int) -> None:
    """Whether the search can look at it or not, the check has the last word."""
    rule = _Sum(table=(("pull", 5), ("walk", limit), ("swim", limit + 1)), limit=limit)
    drafter = _tiny(2, rule)
    assert isinstance(rule, SumRule)
    assert len(loads_of(drafter)) == (0 <= limit < MOST_AMOUNT)
    solution = solve(drafter, node_limit=_PLENTY, week_limit=2_000)
    held = [{item.id for item in block.candidates} for block in solution.week]
    assert not any("swim" in ids for ids in held)
    if limit > 0:
        assert drafter.conforms(solution.week)
        assert solution.proven


@pytest.mark.parametrize(
    ("amount", "limit", "message"),
    [
        (-1, 3, r"OWN600.amount\(walk\): expected 0 or more, got -1"),
        (0.5, 3, r"OWN600.amount\(walk\): expected a whole number, got 0.5 \(count in a unit"),
        (1, 2.5, r"OWN600.limit: expected a whole number, got 2.5 \(count in a unit"),
    ],
)
@pytest.mark.parametrize("scope", [Scope.DAY, Scope.WEEK])
def test_what_can_not_be_added_up_is_refused(
    scope: Scope, amount: Any, limit: Any, message: str
) -> None:
    """Nothing is rounded, and nothing that is taken away makes room for more."""
    rule = _Sum(table=(("walk", amount),), limit=limit, scope=scope)
    with pytest.raises(InvalidValueError, match=message):
        solve(_tiny(0, rule), node_limit=_PLENTY, week_limit=0)


def test_any_number_of_sums_is_kept() -> None:
    """What is more than the search can count on a day is left to the check."""
    rules = [
        _Sum(table=((name, 1), ("swim", 1)), limit=1, code=f"OWN{700 + turn}{place}")
        for turn in range(4)
        for place, name in enumerate(_NAMES[:5])
    ]
    drafter = _tiny(4, *rules)
    assert len(loads_of(drafter)) == MOST_AMOUNTS - 1
    solution = solve(drafter, node_limit=_PLENTY, week_limit=2_000)
    assert solution.proven
    assert drafter.conforms(solution.week)


def test_a_rule_over_one_activity_adds_nothing_up() -> None:
    """It is asked about each activity alone, whatever it says of sums."""
    rule = _Sum(table=(("walk", 2),), limit=1, scope=Scope.ACTIVITY)
    assert loads_of(_tiny(0, rule)) == ()


@pytest.mark.parametrize("seed", range(4))
def test_long_lists_under_sums_lose_nothing(seed: int) -> None:
    """Where lists are cut short, the best week is the one from the whole lists too."""
    rng = Random(f"long sums {seed}")
    guidance = random_catalog(rng, 24)
    names = sorted(guidance.activities)
    rule = _Sum(table=tuple([(name, rng.randint(0, 3)) for name in names]), limit=rng.randint(2, 6))
    drafter = drafter_for(random_profile(rng, guidance), guidance, rules=(rule,))
    layout = Layout(drafter=drafter, loads=loads_of(drafter))
    whole = [lister.options() for lister in layout.listers(prune=True)]
    short = layout.options(_PLENTY)
    found = layout.search(short, _PLENTY).solve()
    assert found == layout.search(whole, _PLENTY).solve()
    assert drafter.conforms(found[0])


@pytest.mark.parametrize("name", ["desk", "early"])
def test_replanning_under_a_sum_is_replanning_under_the_same_as_data(name: str) -> None:
    """So many things a session, as a rule of one's own and as a check of a pack: the same week."""
    before, person = week_for(name), PEOPLE[name]
    most = max(len(session.prescriptions) for session in before.routine.sessions) - 1
    table = tuple([(activity, 1) for activity in default_guidance().activities])
    mine = _Sum(table=table, limit=most, scope=Scope.SESSION)
    spec = rule("OWN601", "session-size", maximum_activities=most)
    data = DeclarativeRule(spec=spec, function=CHECKS[spec.check][1])
    one, other = (replan(before, profile=person, rules=[each]).plan for each in (mine, data))
    assert placed(one) == placed(other)
    assert (one.objective, one.bound, one.proven) == (other.objective, other.bound, other.proven)
    assert max(len(session.prescriptions) for session in one.routine.sessions) == most


@pytest.mark.parametrize("scope", [Scope.DAY, Scope.WEEK])
def test_replanning_under_a_sum_needs_no_other_word(scope: Scope) -> None:
    """That more never mends too much need not be said."""
    before, person = week_for("desk"), PEOPLE["desk"]
    table = tuple([(activity, 1) for activity in default_guidance().activities])
    days = [len(session.prescriptions) for session in before.routine.sessions]
    limit = max(days) - 1 if scope is Scope.DAY else sum(days) - 2
    sums = _Sum(table=table, limit=limit, scope=scope)
    answer = replan(before, profile=person, rules=[sums]).plan
    said = replan(before, profile=person, rules=[_Said(table=table, limit=limit, scope=scope)]).plan
    assert answer.proven
    assert answer.bound[0].value == answer.objective[0].value > 0
    assert (placed(answer), answer.objective) == (placed(said), said.objective)


def test_only_a_sum_that_is_too_much_is_known_not_to_be_mended() -> None:
    """A rule may turn down less than its limit too, for reasons of its own."""
    drafter = _tiny(0)
    pull = next(item for item in drafter.candidates if item.id == "pull")
    twice = [(pull, Weekday.MON), (pull, Weekday.WED)]
    rule_ = _Sum(table=(("pull", 2),), limit=3 * pull.times)
    assert not exceeds(rule_, twice)
    assert exceeds(attrs.evolve(rule_, scope=Scope.WEEK), twice)
    assert exceeds(attrs.evolve(rule_, limit=2 * pull.times - 1), twice)
    assert not exceeds(attrs.evolve(rule_, limit=0, scope=Scope.ACTIVITY), twice)
    assert not exceeds(NotOnADay(first="pull", second="pull", most=0), twice)


_AMOUNTS = st.lists(
    st.tuples(st.integers(0, MOST_AMOUNT), st.integers(0, MOST_AMOUNT)), max_size=MOST_AMOUNTS
)


@given(_AMOUNTS)
def test_amounts_are_compared_one_by_one(pairs: list[tuple[int, int]]) -> None:
    """One number holds another exactly when each amount is as much, and sums keep to their own."""
    left = together([have for have, _ in pairs])
    size = together([want for _, want in pairs])
    enough = all(have >= want for have, want in pairs)
    assert holds(left, size) is enough
    assert all_hold([left, size], [size, size]) is enough
    assert together([have + want for have, want in pairs]) == left + size
    if enough:
        assert together([have - want for have, want in pairs]) == left - size
