"""Demands that can't be met: a smallest set of them, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sciatica_pt import codec
from sciatica_pt.guidance import Catalog, default_guidance
from sciatica_pt.model import Citation, Outcome, Profile, Scope, Severity, Technique, Weekday
from sciatica_pt.planning import (
    Conflict,
    Edit,
    Forbid,
    Move,
    NoConformingPlan,
    Pin,
    Plan,
    plan_week,
    replan,
)
from sciatica_pt.planning.conflicts import smallest
from sciatica_pt.rules import Context, Rule, RuleSet, Verdict, WeekView, rules_of
from tests.planning.people import PEOPLE, week_for
from tests.planning.synthetic import catalog, exercise, profile


@attrs.frozen(kw_only=True)
class Days:
    """A rule of one's own: an activity is done on at least and at most so many days."""

    code: str
    activity: str
    least: int = 0
    most: int = 7
    severity: Severity = Severity.ERROR

    name: str = "own-days"
    scope: Scope = Scope.WEEK
    citations: tuple[Citation, ...] = ()

    def check(self, subject: Any, context: Context, /) -> Iterator[Verdict]:
        """Count the days."""
        del context
        assert isinstance(subject, WeekView)
        days = {i.day for i in subject.scheduled if i.prescription.activity == self.activity}
        fine = self.least <= len(days) <= self.most
        yield Verdict(
            outcome=Outcome.PASS if fine else Outcome.FAIL,
            message=f"{self.activity} is done on {len(days)} days",
        )


class GivesUp:
    """A planner that finds no week, so that the search for the reason is all there is."""

    def plan(
        self, profile: Profile, *, guidance: Catalog, rules: RuleSet, unscreened: bool
    ) -> Plan:
        """Give up."""
        del profile, guidance, rules, unscreened
        raise NoConformingPlan(())


def conflict_of(name: str, edits: Iterable[Edit], rules: Iterable[Rule] = ()) -> Conflict:
    """Return why a person can't have what is asked for."""
    with pytest.raises(NoConformingPlan) as caught:
        replan(week_for(name), profile=PEOPLE[name], edits=edits, rules=rules)
    assert caught.value.conflict is not None
    assert str(caught.value) == str(caught.value.conflict)
    return caught.value.conflict


def check_minimal(name: str, conflict: Conflict, rules: dict[str, Rule]) -> None:
    """Assert that leaving any one demand out makes the others possible."""
    demands: tuple[Edit | str, ...] = (*conflict.edits, *conflict.rules, *conflict.days)
    for demand in demands:
        minutes = {
            day.value: PEOPLE[name].minutes.on(day)
            if day in conflict.days and day is not demand
            else 24 * 60
            for day in Weekday
        }
        replan(
            week_for(name),
            profile=attrs.evolve(PEOPLE[name], minutes=minutes),
            edits=[edit for edit in conflict.edits if edit is not demand],
            rules=[rules[code] for code in conflict.rules if code is not demand],
            node_limit=30,
        )


def test_two_versions_of_a_movement_clash() -> None:
    """Two rungs of one ladder can't both be pinned, and the innocent third pin is not blamed."""
    pins = [
        Pin(activity="bridge", days={"wed"}),
        Pin(activity="low-bridge", days={"mon"}),
        Pin(activity="walking"),
    ]
    conflict = conflict_of("desk", pins)
    assert conflict.edits == tuple(pins[:2])
    assert conflict.days == ()
    assert conflict.proven
    assert {finding.code for finding in conflict.findings} == {"SPT506"}
    assert str(conflict).startswith("These 2 demands can't be met together:\n  - keep bridge on")
    check_minimal("desk", conflict, {})


def test_a_pin_on_neighboring_days_is_refused_with_the_rule_of_rest() -> None:
    """A single pin that breaks a rule by itself is the whole conflict."""
    conflict = conflict_of("desk", [Pin(activity="bridge", days={"wed", "thu"})])
    assert len(conflict.edits) == 1
    assert {finding.code for finding in conflict.findings} == {"SPT412"}
    assert str(conflict).startswith("This can't be met:\n  - keep bridge on Wednesday and Thursday")


def test_a_pin_on_a_day_without_time_blames_the_day_too() -> None:
    """The time of the day is one of the demands, since more of it would help."""
    conflict = conflict_of("desk", [Pin(activity="walking", days={"sun"})])
    assert conflict.days == (Weekday.SUN,)
    assert "no more time than there is on Sunday" in str(conflict)
    assert "SPT503" in {finding.code for finding in conflict.findings}
    check_minimal("desk", conflict, {})


def test_edits_that_contradict_each_other() -> None:
    """Asking for something and against it names both, without any rule."""
    edits: list[Edit] = [
        Forbid(activity="bridge"),
        Pin(activity="bridge"),
        Forbid(activity="walking"),
    ]
    conflict = conflict_of("desk", edits)
    assert conflict.edits == tuple(edits[:2])
    assert conflict.findings == ()
    assert str(conflict).splitlines()[1:] == ["  - leave out bridge", "  - keep bridge"]
    check_minimal("desk", conflict, {})


def test_a_rule_of_ones_own_against_a_pin() -> None:
    """The caller's rule and the pin that it forbids are named together."""
    rule = Days(code="MINE001", activity="bridge", most=0)
    conflict = conflict_of("desk", [Pin(activity="bridge", days={"mon"})], [rule])
    assert conflict.rules == ("MINE001",)
    assert len(conflict.edits) == 1
    # A rule of somebody's own can't be foreseen, so nothing is called proven.
    assert not conflict.proven
    assert "as far as was looked:" in str(conflict)
    check_minimal("desk", conflict, {"MINE001": rule})


def test_rules_of_ones_own_against_each_other_in_a_new_plan() -> None:
    """Planning anew names the rules that clash, and leaves out the one that does not."""
    rules: dict[str, Rule] = {
        rule.code: rule
        for rule in (
            Days(code="MINE001", activity="bridge", least=1),
            Days(code="MINE002", activity="bridge", most=0),
            Days(code="MINE003", activity="walking", most=7),
        )
    }
    few = [exercise("bridge", Technique.STRENGTHENING), exercise("walking", Technique.AEROBIC)]
    with pytest.raises(NoConformingPlan) as caught:
        plan_week(
            profile(25),
            guidance=catalog(few),
            rules=rules.values(),
            planner=GivesUp(),
            allow_unscreened=True,
        )
    conflict = caught.value.conflict
    assert conflict is not None
    assert conflict.rules == ("MINE001", "MINE002")
    assert conflict.edits == ()
    assert conflict.days == ()


def test_a_rule_that_wants_more_is_met_by_adding() -> None:
    """A rule of one's own that only an addition can meet is met by one."""
    rule = Days(code="MINE001", activity="wall-plank", least=1)
    before = week_for("runner")
    banned = [Forbid(activity=name) for name in ("plank", "knee-plank")]
    answer = replan(before, profile=PEOPLE["runner"], edits=banned, rules=[rule])
    assert answer.plan.report.conforms
    assert "wall-plank" in str(answer.changes)


def test_a_rule_of_ones_own_that_allows_one_day_costs_the_others_and_no_more() -> None:
    """Whichever days are given up, the fewest are, and one day is left."""
    before = week_for("runner")
    days = {entry.activity: entry.days for entry in before.trace}
    name = max(days, key=lambda name: len(days[name]))
    assert len(days[name]) > 2
    rule = Days(code="MINE001", activity=name, most=1)
    answer = replan(before, profile=PEOPLE["runner"], rules=[rule])
    assert len(answer.plan.explain(name).days) == 1
    lost = {term.name: term.value for term in answer.plan.objective}["changes"]
    assert lost == len(days[name]) - 1


def test_a_rule_that_only_warns_is_no_demand() -> None:
    """A warning of one's own is told in the report and refuses nothing."""
    rule = Days(code="MINE001", activity="bridge", most=0, severity=Severity.WARNING)
    answer = replan(week_for("desk"), profile=PEOPLE["desk"], rules=[rule])
    assert not answer.changes
    assert "MINE001" in {finding.code for finding in answer.plan.report.findings}


@settings(max_examples=3)
@given(data=st.data())
def test_conflicts_among_random_pins_are_minimal(data: st.DataObject) -> None:
    """Whatever pins clash, leaving any one demand of the conflict out makes the rest possible."""
    days = st.sampled_from([Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU])
    pins = data.draw(
        st.lists(
            st.one_of(
                st.builds(
                    Pin,
                    activity=st.sampled_from(["bridge", "low-bridge", "wall-plank", "walking"]),
                    days=st.frozensets(days, min_size=1, max_size=2),
                ),
                st.builds(
                    Forbid,
                    activity=st.sampled_from(["bridge", "walking"]),
                    days=st.frozensets(days),
                ),
                st.just(Move(activity="bridge", day="mon", to="sun")),
            ),
            min_size=2,
            max_size=3,
            unique=True,
        )
    )
    conflict = None
    try:
        replan(week_for("desk"), profile=PEOPLE["desk"], edits=pins)
    except NoConformingPlan as error:
        conflict = error.conflict
    if conflict is not None:
        assert conflict.proven
        check_minimal("desk", conflict, {})


def test_a_conflict_survives_json_and_pickling() -> None:
    """A conflict is a document, and its error travels between processes."""
    conflict = conflict_of("desk", [Pin(activity="walking", days={"sun"})])
    assert codec.loads(codec.dumps(conflict), Conflict) == conflict


@given(items=st.lists(st.integers(1, 20), max_size=8, unique=True), limit=st.integers(0, 30))
def test_a_smallest_part_fails_and_none_of_its_parts_does(items: list[int], limit: int) -> None:
    """The filter returns a part that fails, and that does not once any item is left out."""

    def fails(part: tuple[int, ...]) -> bool:
        return sum(part) > limit

    if not fails(tuple(items)):
        return
    part = smallest(items, fails)
    assert fails(part)
    assert not any(fails(tuple(x for x in part if x != item)) for item in part)


def test_a_pin_without_a_dose_says_so_where_no_rule_does() -> None:
    """Without the rule that speaks of it, the conflict still says why the pin can't be met."""
    rules = rules_of(default_guidance())
    pin = Pin(activity="plank")
    assert default_guidance().range(pin.activity, PEOPLE["early"].phase) is None
    for kept, codes in ((rules, {"SPT108"}), (rules.without("SPT108"), set())):
        with pytest.raises(NoConformingPlan) as caught:
            replan(week_for("early"), profile=PEOPLE["early"], edits=[pin], rules=kept)
        conflict = caught.value.conflict
        assert conflict is not None
        assert conflict.edits == (pin,)
        assert codes <= {finding.code for finding in conflict.findings}
        heading, demand, because, *reasons = str(conflict).splitlines()
        assert (heading, because) == ("This can't be met:", "Because:")
        assert demand == "  - keep plank"
        assert reasons
        if not codes:
            assert conflict.notes == ("The guidance gives plank no dose in the acute phase.",)


def test_guidance_that_leaves_no_week_is_said_to() -> None:
    """Without a demand to blame, the text says that the guidance's own rules are to blame."""
    conflict = Conflict(edits=(), rules=(), days=(), proven=True, findings=())
    assert str(conflict) == "No week meets the guidance's own rules for this person:"
