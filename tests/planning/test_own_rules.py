"""Rules of a caller's own: what they say of themselves is used, and what they refuse never made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from random import Random
from typing import Any

import attrs
import pytest

from sciatica_pt.model import GoalKind, Scope, Technique, Weekday
from sciatica_pt.planning import narrowing, replan
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.planning.custom import admits_of, loads_of
from sciatica_pt.planning.drafting import Drafter, Week
from sciatica_pt.planning.layout import Layout, dosed
from sciatica_pt.planning.narrowing import narrowed
from sciatica_pt.planning.options import EVERY_DAY
from sciatica_pt.planning.ranking import Ranking
from sciatica_pt.planning.search import NodeLimitReached, Vector
from sciatica_pt.planning.solving import solve
from sciatica_pt.rules import PASSED, Context, DayView, Rule, Verdict, failed

from .check import DayOff, NeverTogether, NotOnADay, NotThen, compare, request
from .people import PEOPLE, week_for
from .problem import drafter_for
from .synthetic import catalog, exercise, goal, profile, random_catalog, random_profile

_T = Technique
_PLENTY = 500_000
_LIMITS = {"node_limit": 200_000, "week_limit": 500}
#: Kinds of rules of which each says, for half of the seeds, that more never mends it.
_SAYING = ("day-off", "not-on-a-day", "never-together")


@attrs.frozen(kw_only=True)
class _OfADay:
    """A rule over one day, given as the days and the activities together that it turns down."""

    refused: frozenset[tuple[Weekday, frozenset[str]]]
    code: str = "OWN500"
    name: str = "made-up"
    scope: Scope = Scope.DAY
    severity: Any = "error"
    citations: tuple[Any, ...] = ()

    def check(self, subject: DayView, context: Context, /) -> Iterator[Verdict]:
        """Fail where these activities, and no others, are done on the day."""
        del context
        held = frozenset(item.prescription.activity for item in subject.items)
        yield failed("not so") if (subject.day, held) in self.refused else PASSED


@attrs.frozen(kw_only=True)
class _Needing(_OfADay):
    """A rule that more may mend: on each day something has to be done."""

    refused: frozenset[tuple[Weekday, frozenset[str]]] = frozenset()
    days: frozenset[Weekday] = frozenset(Weekday)

    def check(self, subject: DayView, context: Context, /) -> Iterator[Verdict]:
        """Fail when nothing is done on such a day."""
        del context
        yield PASSED if subject.sessions or subject.day not in self.days else failed("idle")


@attrs.frozen(kw_only=True)
class _OnlyWith(_OfADay):
    """A rule that more may mend: one activity is done on no day without another."""

    refused: frozenset[tuple[Weekday, frozenset[str]]] = frozenset()
    first: str
    second: str

    def check(self, subject: DayView, context: Context, /) -> Iterator[Verdict]:
        """Fail when a day has the first without the second."""
        del context
        held = {item.prescription.activity for item in subject.items}
        yield failed("alone") if self.first in held and self.second not in held else PASSED


def _with(drafter: Drafter, *rules: Rule) -> Drafter:
    """Return the same request with other rules of one's own."""
    profile_, guidance = drafter.context.profile, drafter.context.catalog
    assert profile_ is not None
    return drafter_for(profile_, guidance, rules=rules)


def _layout(drafter: Drafter) -> Layout:
    return Layout(drafter=drafter, loads=loads_of(drafter))


def _all_weeks(layout: Layout, **given: Any) -> Iterator[tuple[Week, Vector]]:
    """Yield every week, also those of options that others beat, the best first."""
    listed = layout.everything(layout.options(_PLENTY), None)
    return Ranking(layout.search(listed, 10 * _PLENTY), admits=given.pop("admits", None)).weeks(
        **given
    )


def _tiny(seed: int) -> Drafter:
    rng = Random(f"tiny {seed}")
    guidance = catalog(
        [
            exercise("pull", _T.STRETCHING, seconds=rng.randint(60, 300), muscles=["back"]),
            exercise("reach", _T.STRETCHING, seconds=rng.randint(60, 300), muscles=["calf"]),
            exercise("push", _T.STRENGTHENING, seconds=rng.randint(60, 300), muscles=["back"]),
            exercise("walk", _T.AEROBIC, seconds=rng.randint(60, 300)),
        ],
        [
            goal("a", GoalKind.TECHNIQUE_DAYS, _T.STRETCHING, rng.randint(1, 4), weight=3),
            goal("b", GoalKind.TECHNIQUE_DAYS, _T.STRENGTHENING, 2, weight=5),
            goal("c", GoalKind.MINUTES, _T.AEROBIC, rng.randint(2, 9)),
        ],
    )
    return drafter_for(profile([rng.choice((6, 9)), 0, 7, 0, 8, 0, 0]), guidance)


def _barred(rng: Random, layout: Layout) -> Layout:
    """Return a problem in which some activities may not be on some days."""
    where = {
        dosed(item): rng.choice((EVERY_DAY, rng.randrange(EVERY_DAY + 1)))
        for item in layout.candidates
        if rng.random() < 0.7
    }
    return attrs.evolve(layout, where=where)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_barred_is_nowhere_and_the_week_is_the_best_without_it(seed: int) -> None:
    """Among all weeks there are, one by one, none is better that has nothing where it is barred."""
    rng = Random(f"barred {seed}")
    guidance = random_catalog(rng, rng.choice((3, 5, 7)), cross=seed % 3 == 0)
    minutes = [rng.choice((0, 3, 8, 20)) for _ in Weekday]
    person = attrs.evolve(
        random_profile(rng, guidance), minutes=dict(zip(Weekday, minutes, strict=True))
    )
    layout = _barred(rng, _layout(drafter_for(person, guidance)))
    week, vector = layout.search(layout.options(_PLENTY), _PLENTY).solve()
    assert layout.drafter.objective.vector(week) == vector
    assert vector == next(_all_weeks(layout))[1]
    for block in week:
        for item in block.candidates:
            days = layout.where.get(dosed(item), EVERY_DAY)
            assert all(days >> day.order & 1 for day in block.days)


@pytest.mark.parametrize("seed", range(6))
def test_long_lists_of_what_is_barred_lose_nothing(seed: int) -> None:
    """Where lists are cut short, the best week is the one from the whole lists too."""
    rng = Random(f"long {seed}")
    guidance = random_catalog(rng, 24)
    layout = _barred(rng, _layout(drafter_for(random_profile(rng, guidance), guidance)))
    whole = [lister.options() for lister in layout.listers(prune=True)]
    short = layout.options(_PLENTY)
    assert layout.search(short, _PLENTY).solve() == layout.search(whole, _PLENTY).solve()


@pytest.mark.parametrize("seed", range(4))
def test_the_weeks_that_days_admit_come_once_and_the_best_first(seed: int) -> None:
    """They are the weeks there are without those that have a day of which a rule says no."""
    rng = Random(f"admits {seed}")
    layout = _layout(_tiny(seed))
    known: dict[tuple[Weekday, tuple[str, ...]], bool] = {}

    def admits(day: Weekday, candidates: tuple[Candidate, ...]) -> bool:
        key = day, tuple(sorted(item.id for item in candidates))
        return known.setdefault(key, rng.random() < 0.6)

    def admitted(week: Week) -> bool:
        return all(
            admits(day, tuple(i for block in week if day in block.days for i in block.candidates))
            for day in Weekday
        )

    every = list(_all_weeks(layout))
    assert [vector for _, vector in every] == sorted(vector for _, vector in every)
    found = list(_all_weeks(layout, admits=admits))
    wanted = [(week, vector) for week, vector in every if admitted(week)]
    assert sorted(map(repr, found)) == sorted(map(repr, wanted))
    assert [vector for _, vector in found] == sorted(vector for _, vector in found)
    middle = every[len(every) // 2][1]
    below = list(_all_weeks(layout, below=middle))
    assert [vector for _, vector in below] == [vector for _, vector in every if vector < middle]


@pytest.mark.parametrize("kind", _SAYING)
def test_what_says_that_more_never_mends_it_is_proven(kind: str) -> None:
    """No week is turned down on the way, and CP-SAT finds none that is better."""
    said = 0
    for seed in range(12):
        drafter, extras = request(seed, 6, kind)
        own = [rule for rule in drafter.rules.values() if getattr(rule, "monotone", False)]
        if own:
            verdict, solution, best = compare(
                drafter, extras, seconds=1.0, node_limit=20_000, week_limit=0
            )
            assert verdict in {"equal", "undecided"}, (seed, solution.bound, best)
            assert solution.proven
            said += 1
    assert said >= 3


def _shortened(seed: int) -> tuple[Drafter, Any]:
    """Return a request in which doses may be shorter, and the rule of one's own that it has."""
    rng = Random(f"shortened {seed}")
    guidance = random_catalog(rng, rng.choice((6, 9)), cut=True)
    person = random_profile(rng, guidance)
    first, second = rng.sample(sorted(guidance.activities), 2)
    rule: Any = rng.choice(
        [
            NotThen(activities=frozenset({first}), days=frozenset(rng.sample(list(Weekday), 3))),
            DayOff(day=rng.choice(list(Weekday)), monotone=True),
            NotOnADay(first=first, second=second, most=rng.choice((3, 9)), monotone=True),
            NeverTogether(first=first, second=second, monotone=True),
        ]
    )
    return drafter_for(person, guidance, rules=(rule,), shortening_seconds=120), rule


def test_rules_and_shorter_doses_go_together() -> None:
    """What is barred is so in each dose, and CP-SAT finds no better week."""
    for seed in range(8):
        drafter, rule = _shortened(seed)
        verdict, solution, best = compare(drafter, (rule.tell,), seconds=1.0, **_LIMITS)
        assert verdict in {"equal", "undecided"}, (seed, solution.bound, best)
        assert solution.proven


@pytest.mark.parametrize(
    "make",
    [
        lambda *_: DayOff(day=Weekday.WED),
        lambda first, second: NeverTogether(first=first, second=second),
        lambda first, second: NotOnADay(first=first, second=second, most=3),
    ],
    ids=["day-off", "never-together", "not-on-a-day"],
)
def test_who_says_nothing_gets_no_worse_week_than_proof_can_tell(make: Any) -> None:
    """Without the word of the rule a good week is found all the same, if not always proven."""
    for seed in range(2):
        rng = Random(f"unsaid {seed}")
        guidance = random_catalog(rng, 12)
        plain = drafter_for(random_profile(rng, guidance), guidance)
        rule = make(*rng.sample([item.id for item in plain.candidates], 2))
        drafter = _with(plain, rule)
        unsaid = solve(drafter, node_limit=2_000, week_limit=10)
        said = solve(_with(plain, attrs.evolve(rule, monotone=True)), **_LIMITS)
        assert drafter.conforms(unsaid.week)
        own = drafter.objective.vector(unsaid.week)
        assert said.proven
        assert unsaid.bound <= said.bound <= own
        assert own == said.bound or not unsaid.proven


@pytest.mark.parametrize("seed", range(6))
def test_a_rule_that_more_may_mend_costs_no_better_week(seed: int) -> None:
    """What was barred by a guess is looked at again, since the rule did not say that it may be."""
    plain = _tiny(seed)
    first, second = Random(seed).sample(["pull", "reach", "push", "walk"], 2)
    drafter = _with(plain, _OnlyWith(first=first, second=second))
    solution = solve(drafter, **_LIMITS)
    best = next(vector for week, vector in _all_weeks(_layout(plain)) if drafter.conforms(week))
    assert solution.proven
    assert drafter.conforms(solution.week)
    assert solution.bound == drafter.objective.vector(solution.week) == best


@pytest.mark.parametrize("seed", range(6))
def test_a_rule_of_which_nothing_is_known_is_kept_too(seed: int) -> None:
    """Whichever days it turns down, the best week of the others is found."""
    rng = Random(f"any {seed}")
    plain = _tiny(seed)
    names = ["pull", "reach", "push", "walk"]
    refused = {
        (day, frozenset(name for name in names if rng.random() < 0.4))
        for day in Weekday
        for _ in range(3)
    }
    drafter = _with(plain, _OfADay(refused=frozenset(refused)))
    best = next(
        (vector for week, vector in _all_weeks(_layout(plain)) if drafter.conforms(week)), None
    )
    solution = solve(drafter, **_LIMITS)
    assert solution.proven is (best is not None)
    if best is not None:
        assert solution.bound == best
        assert drafter.conforms(solution.week)


def test_the_bound_holds_wherever_the_limit_ends_it() -> None:
    """A regression: sets of options were ahead of the weeks still to be made from those before."""
    rng = Random("unsaid 1")
    guidance = random_catalog(rng, 12)
    plain = drafter_for(random_profile(rng, guidance), guidance)
    layout = _layout(plain)
    first, second = rng.sample([item.id for item in plain.candidates], 2)
    admits = admits_of(_with(plain, NotOnADay(first=first, second=second, most=3)))
    listed = layout.everything(layout.options(_PLENTY), None)
    _, best = next(Ranking(layout.search(listed, _PLENTY), admits=admits).weeks())
    ended = 0
    for limit in range(0, 6_000, 200):
        ranking = Ranking(layout.search(listed, limit), admits=admits)
        try:
            assert next(ranking.weeks())[1] == best
        except NodeLimitReached:
            ended += 1
        assert ranking.bound <= best
    assert ended > 3


def test_what_no_week_can_have_is_not_looked_for_forever() -> None:
    """Nothing that could be barred mends a rule that wants what there is no time for."""
    drafter = _with(_tiny(0), _Needing())
    assert narrowed(_layout(drafter), node_limit=_PLENTY) is None
    assert not solve(drafter, **_LIMITS).proven


def test_two_rules_of_which_one_can_be_kept_by_leaving_things_out() -> None:
    """What breaks the one is barred, though the other is broken by having nothing at all."""
    plain = _tiny(1)
    needing = _Needing(days=frozenset({Weekday.MON}))
    pair = NotOnADay(first="pull", second="push", most=9, monotone=True)
    drafter = _with(plain, needing, pair)
    solution = solve(drafter, **_LIMITS)
    assert drafter.conforms(solution.week)
    best = next(vector for week, vector in _all_weeks(_layout(plain)) if drafter.conforms(week))
    assert solution.proven
    assert solution.bound == best


def test_three_of_which_no_two_go_together_leave_one() -> None:
    """Whichever is barred first, what is barred in the end is looked at once."""
    names = ["a", "b", "c"]
    guidance = catalog(
        [exercise(name, _T.STRETCHING, seconds=120) for name in names],
        [goal("all", GoalKind.DISTINCT_ACTIVITIES, _T.STRETCHING, 3)],
    )
    rules = [
        NeverTogether(first=first, second=second, code=f"OWN51{turn}", monotone=True)
        for turn, (first, second) in enumerate(combinations(names, 2))
    ]
    drafter = drafter_for(profile(9), guidance, rules=tuple(rules))
    solution = solve(drafter, node_limit=_PLENTY, week_limit=0)
    assert solution.proven
    assert [len(block.candidates) for block in solution.week] == [1]
    assert solution.bound[0] == 2


def _crowded() -> Drafter:
    """Return a request with a rule for which very much must be barred."""
    rng = Random("crowded")
    guidance = random_catalog(rng, 30)
    plain = drafter_for(random_profile(rng, guidance), guidance)
    ids = [item.id for item in plain.candidates]
    return _with(plain, NotOnADay(first=ids[0], second=ids[1], most=2))


def test_where_much_must_be_barred_the_cheapest_is_step_by_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Such a week is sound, not called proven, and far better than one built piece by piece."""
    drafter = _crowded()
    layout = _layout(drafter)
    monkeypatch.setattr(narrowing, "_WEEKS", 4)
    found = narrowed(layout, node_limit=_PLENTY)
    assert found is not None
    assert not found.proven
    assert drafter.conforms(found.week)
    assert drafter.objective.vector(found.week) == found.vector
    built = drafter.objective.vector(layout.build(layout.options(_PLENTY)))
    assert found.vector[0] * 2 < built[0]
    monkeypatch.setattr(narrowing, "_STEPS", 2)
    assert narrowed(layout, node_limit=_PLENTY) is None


def test_what_the_search_can_not_end_is_not_guessed() -> None:
    """Where not a single problem is solved within the limit, there is no week to go by."""
    layout = _layout(_crowded())
    assert narrowed(layout, node_limit=0) is None
    # Enough for the first problem, not for all of those that follow from it.
    assert narrowed(layout, node_limit=400) is None
    solution = solve(_crowded(), node_limit=3_000, week_limit=3)
    assert not solution.proven
    assert _crowded().conforms(solution.week)


@pytest.mark.parametrize("said", [True, False])
def test_replanning_knows_the_least_change_where_more_never_mends_a_rule(said: bool) -> None:
    """A week is changed as little as the rule allows, and the bound says so if the rule does."""
    before, person = week_for("runner"), PEOPLE["runner"]
    day = before.routine.sessions[0].day
    rule = DayOff(day=day, monotone=said)
    answer = replan(before, profile=person, rules=[rule])
    held = [item for session in before.routine.on(day) for item in session.prescriptions]
    assert not answer.plan.routine.on(day)
    changes, bound = answer.plan.objective[0], answer.plan.bound[0]
    assert changes.name == bound.name == "changes"
    assert (changes.value, bound.value) == (len(held), len(held) if said else 0)


@pytest.mark.parametrize(("name", "day"), [("desk", Weekday.WED), ("early", Weekday.TUE)])
def test_replanning_adds_nothing_where_it_would_be_turned_down_alone(
    name: str, day: Weekday
) -> None:
    """Each addition is asked about once, so that what remains is looked at to the end."""
    rule = DayOff(day=day, monotone=True)
    answer = replan(week_for(name), profile=PEOPLE[name], rules=[rule])
    assert answer.plan.proven
    assert answer.plan.bound == answer.plan.objective
    assert not answer.plan.routine.on(day)
