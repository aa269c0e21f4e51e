"""The engine: sets of rules, rules from data, and running one rule over a week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import attrs
import pytest

from sciatica_pt.errors import GuidanceError, InvalidValueError
from sciatica_pt.guidance import article_guidance
from sciatica_pt.model import Citation, Clearance, Fact, RuleSpec
from sciatica_pt.model.actions import RemoveItem
from sciatica_pt.model.vocabulary import Outcome, Phase, Scope, Severity, Weekday
from sciatica_pt.rules import (
    CHECKS,
    PASSED,
    Context,
    DeclarativeRule,
    Finding,
    Fix,
    Item,
    Rule,
    RuleSet,
    Verdict,
    choose_rules,
    equipment_needs,
    failed,
    findings_on,
    item_seconds,
    rules_of,
    run_rule,
    specs_of,
    unknown,
    view,
)
from sciatica_pt.rules.engine import declarative_rules
from sciatica_pt.rules.safety import ask_for
from sciatica_pt.testing import sample_guidance

from .build import GUIDANCE, PERSON, judged, rx, week

RULES = rules_of(GUIDANCE)
CONTEXT = Context(catalog=GUIDANCE, profile=PERSON, phase=Phase.SUBACUTE)
CITED = (Citation(statement="A064"),)
SAMPLE = sample_guidance()
WEEK = week(mon=(rx("walking"),), mon_evening=(rx("walking"),), wed=(rx("bridge"),))


@attrs.frozen
class Says:
    """A rule of one's own that gives the same verdicts about everything."""

    verdicts: tuple[Verdict, ...] = ()
    scope: Scope = Scope.ACTIVITY
    code: str = "CLINIC001"
    name: str = "says"
    severity: Severity = Severity.WARNING
    citations: tuple[Citation, ...] = CITED

    def check(self, subject: Any, context: Context, /) -> Iterable[Verdict]:
        """Say it."""
        del subject, context
        return self.verdicts


@attrs.frozen
class Breaks(Says):
    """A rule of one's own that raises once it has said something."""

    def check(self, subject: Any, context: Context, /) -> Iterator[Verdict]:
        """Say it, and break."""
        del subject, context
        yield from self.verdicts
        raise ZeroDivisionError


def ran(rule: Rule, routine: Any = WEEK) -> Any:
    """Return what a rule says of a week."""
    return run_rule(rule, view(routine, GUIDANCE), CONTEXT)


def test_a_rule_set_is_a_mapping_in_the_order_of_its_codes() -> None:
    """Rules are found by code, and the order in which they came doesn't matter."""
    second, first = Says(code="CLINIC002", scope=Scope.DAY), Says(code="CLINIC001")
    rules = RuleSet([second, first])
    assert list(rules) == ["CLINIC001", "CLINIC002"]
    assert len(rules) == 2
    assert rules["CLINIC002"] is second
    assert repr(rules) == "RuleSet(CLINIC001, CLINIC002)"
    assert repr(RuleSet()) == "RuleSet()"
    assert rules == RuleSet([first, second])
    assert rules.of_scope(Scope.ACTIVITY, Scope.DAY) == (first, second)
    assert rules.of_scope(Scope.ACTIVITY) == (first,)
    assert rules.of_scope(Scope.WEEK) == ()


def test_a_change_of_a_rule_set_is_a_new_one() -> None:
    """Adding and leaving out keep the set as it was."""
    first, second = Says(code="CLINIC001"), Says(code="CLINIC002")
    rules = RuleSet([first])
    assert list(rules.with_rules(second)) == ["CLINIC001", "CLINIC002"]
    assert list(rules.with_rules(second).without("CLINIC001")) == ["CLINIC002"]
    assert list(rules) == ["CLINIC001"]
    with pytest.raises(KeyError, match="CLINIC002"):
        rules.without("CLINIC002")


def test_two_rules_of_one_code_are_refused() -> None:
    """A rule never hides another."""
    with pytest.raises(InvalidValueError, match="CLINIC001 twice"):
        RuleSet([Says(), Breaks()])
    with pytest.raises(InvalidValueError, match="SPT101 twice"):
        choose_rules(GUIDANCE, [Says(code="SPT101")])


def test_what_is_no_rule_is_refused() -> None:
    """The message names the type, and what a rule has."""
    with pytest.raises(InvalidValueError, match=r"code, name, scope.*got a str"):
        RuleSet(["SPT101"])  # type: ignore[list-item]


def test_rules_are_added_unless_a_set_is_given() -> None:
    """Nobody drops a safety rule by adding one of their own."""
    mine = Says()
    assert choose_rules(GUIDANCE, None) == RULES
    assert set(choose_rules(GUIDANCE, [mine])) == {*RULES, "CLINIC001"}
    alone = RuleSet([mine])
    assert choose_rules(GUIDANCE, alone) is alone


def spec(**changes: Any) -> RuleSpec:
    """Return the specification of a bundled rule with some fields changed."""
    return attrs.evolve(GUIDANCE.rules["SPT412"], **changes)


@pytest.mark.parametrize(
    ("changes", "path", "found"),
    [
        ({"check": "recovery-2"}, r"\$\.rules\.SPT412\.check", '"recovery-2"'),
        ({"scope": "day"}, r"\$\.rules\.SPT412\.scope", "day"),
    ],
)
def test_a_specification_that_cannot_be_carried_out_is_refused(
    changes: dict[str, str], path: str, found: str
) -> None:
    """A misspelt check or a wrong scope is an error, never a rule that judges nothing."""
    with pytest.raises(GuidanceError, match=f"{path}: expected .*recovery.* got {found}"):
        declarative_rules([spec(**changes)], CHECKS)


def test_a_rule_made_from_data_shows_its_data() -> None:
    """Code, name, scope and severity are the specification's, and its numbers' sources count."""
    number = GUIDANCE.rules["SPT412"].parameters[0]
    other = attrs.evolve(number, citations=(Citation(statement="E001"),))
    rule = DeclarativeRule(spec=spec(parameters=[other]), function=CHECKS["recovery"][1])
    assert (rule.code, rule.name, rule.scope, rule.severity) == (
        "SPT412",
        "recovery",
        Scope.WEEK,
        Severity.ERROR,
    )
    own = [item.statement for item in rule.spec.citations]
    assert [item.statement for item in rule.citations] == [*own, "E001"]
    assert isinstance(rule, Rule)


def test_a_rule_speaks_only_of_its_phases_techniques_and_stages() -> None:
    """Outside them it has nothing to say."""
    only = DeclarativeRule(
        spec=spec(phases={"chronic"}, check="no-repeats", scope="session"),
        function=CHECKS["no-repeats"][1],
    )
    twice = week(mon=(rx("walking"), rx("walking")))
    assert ran(only, twice).outcome is Outcome.NOT_APPLICABLE
    chronic = attrs.evolve(CONTEXT, phase=Phase.CHRONIC)
    assert run_rule(only, view(twice, GUIDANCE), chronic).outcome is Outcome.FAIL


def test_specifications_are_found_by_their_check() -> None:
    """A planner reads the numbers of the rules that hold in every phase, and of no others."""
    assert [item.code for item in specs_of(RULES, "technique-present")] == ["SPT402", "SPT405"]
    assert [item.code for item in specs_of(RULES, "recovery")] == ["SPT412"]
    assert specs_of(RuleSet([Says(name="recovery")]), "recovery") == ()


def test_a_set_made_for_a_phase_shows_the_rules_of_that_phase_too() -> None:
    """They are the same rules, and a planner can read the numbers of one more."""
    only = DeclarativeRule(
        spec=spec(phases={"chronic"}, check="no-repeats", scope="session"),
        function=CHECKS["no-repeats"][1],
    )
    rules = RuleSet([only])
    assert specs_of(rules, "no-repeats") == ()
    assert specs_of(rules.for_phase(Phase.ACUTE), "no-repeats") == ()
    chronic = rules.for_phase(Phase.CHRONIC)
    assert specs_of(chronic, "no-repeats") == (only.spec,)
    assert dict(chronic) == dict(rules)
    assert rules.for_phase(Phase.CHRONIC) is chronic


NO, ASK = failed("no"), unknown("hm", "Really?")


@pytest.mark.parametrize(
    ("verdicts", "outcome"),
    [
        ((), Outcome.NOT_APPLICABLE),
        ((PASSED,), Outcome.PASS),
        ((PASSED, ASK), Outcome.INDETERMINATE),
        ((ASK, NO, PASSED), Outcome.FAIL),
    ],
)
def test_the_worst_verdict_is_the_outcome(verdicts: tuple[Verdict, ...], outcome: Outcome) -> None:
    """One failure outweighs an open question, and that outweighs every pass."""
    rule = Says(verdicts)
    assert ran(rule).outcome is outcome
    looked, _ = findings_on(rule, view(WEEK, GUIDANCE).items[0], CONTEXT)
    assert looked is bool(verdicts)


@pytest.mark.parametrize("verdicts", [(), (PASSED,), (NO,), (ASK,)])
def test_a_rule_that_breaks_has_judged_nothing(verdicts: tuple[Verdict, ...]) -> None:
    """Whatever it said before it broke, its outcome is an error that names the exception."""
    result = ran(Breaks(verdicts))
    assert result.outcome is Outcome.ERROR
    assert {item.outcome for item in result.findings} == {Outcome.ERROR}
    assert len(result.findings) == 3
    assert "ZeroDivisionError" in result.findings[0].message
    assert [fix.safe for fix in result.findings[0].fixes] == [True]
    assert findings_on(Breaks(verdicts), view(WEEK, GUIDANCE).items[0], CONTEXT)[0]


@pytest.mark.parametrize(
    ("scope", "places"),
    [
        (
            Scope.ACTIVITY,
            [
                ("$.sessions[0].prescriptions[0]", "walking"),
                ("$.sessions[1].prescriptions[0]", "walking"),
                ("$.sessions[2].prescriptions[0]", "bridge"),
            ],
        ),
        (Scope.SESSION, [(f"$.sessions[{number}]", None) for number in range(3)]),
        (
            Scope.DAY,
            [
                ("$.sessions[0]", None),
                ("$.sessions", None),
                ("$.sessions[2]", None),
                *[("$.sessions", None)] * 4,
            ],
        ),
        (Scope.WEEK, [("$", None)]),
    ],
)
def test_a_rule_is_given_what_its_scope_says(
    scope: Scope, places: list[tuple[str, str | None]]
) -> None:
    """Each finding names its place, and the activity when it is about one."""
    found = ran(Says((NO,), scope=scope)).findings
    assert [(item.path, item.activity) for item in found] == places


def test_the_same_question_about_the_same_activity_is_asked_once() -> None:
    """A walk on two days is asked about once; another question, or another activity, again."""
    other = unknown("hm", "Are you sure?")
    found = ran(Says((ASK, ASK, other, ASK))).findings
    assert [(item.activity, item.question) for item in found] == [
        ("walking", "Really?"),
        ("walking", "Are you sure?"),
        ("bridge", "Really?"),
        ("bridge", "Are you sure?"),
    ]


def test_a_finding_carries_its_rule_and_its_verdict() -> None:
    """What the verdict names wins over the rule, and every source is named once."""
    verdict = failed(
        "no",
        path="$.phase",
        observed="this",
        expected="that",
        citations=(Citation(statement="A001"), *CITED),
        reduce="Less.",
        enlarge="More.",
        action=RemoveItem(path="$.habits[0]"),
    )
    (finding,) = ran(Says((verdict,), scope=Scope.WEEK)).findings
    assert finding == Finding(
        code="CLINIC001",
        name="says",
        outcome=Outcome.FAIL,
        severity=Severity.WARNING,
        path="$.phase",
        message="no",
        observed="this",
        expected="that",
        citations=(Citation(statement="A001"), *CITED),
        fixes=(
            Fix(safe=True, text="Less.", action=RemoveItem(path="$.habits[0]")),
            Fix(safe=False, text="More."),
        ),
    )
    assert str(finding) == (
        "CLINIC001 says [warning] $.phase: no; expected that; got this; to do: Less.; "
        "to do: More.; source A001, A064"
    )
    (bare,) = ran(Says((Verdict(outcome=Outcome.FAIL),), Scope.WEEK, citations=())).findings
    assert str(bare) == "CLINIC001 says [warning] $: says is not met"


@pytest.mark.parametrize(
    ("name", "one", "most"),
    [("citations", CITED[0], 200), ("fixes", Fix(safe=True, text="Leave it out."), 20)],
)
def test_a_finding_lists_only_so_much(name: str, one: object, most: int) -> None:
    """What a person has to read has an end, also where a rule of somebody's own goes astray."""
    (finding,) = ran(Says(verdicts=(failed("no"),)), week(mon=(rx("walking"),))).findings
    full: dict[str, Any] = {name: (one,) * most}
    assert getattr(attrs.evolve(finding, **full), name) == full[name]
    with pytest.raises(InvalidValueError, match=rf"Finding.{name}: expected 0 to {most} items"):
        attrs.evolve(finding, **{name: (*full[name], one)})


def test_a_verdict_offers_what_it_is_given() -> None:
    """The first way out that is given carries the action."""
    action = RemoveItem(path="$.habits[0]")
    assert failed("no", action=action).fixes == ()
    assert failed("no", enlarge="More.", action=action).fixes == (
        Fix(safe=False, text="More.", action=action),
    )
    asked = unknown("hm", "Really?", path="$.phase", withhold=True, citations=CITED)
    assert (asked.outcome, asked.path, asked.question, asked.withhold, asked.citations) == (
        Outcome.INDETERMINATE,
        "$.phase",
        "Really?",
        True,
        CITED,
    )
    (finding,) = ran(Says((asked,), Scope.WEEK, citations=())).findings
    assert str(finding) == "CLINIC001 says [?] $.phase: hm; ask: Really?; source A064"
    assert not unknown("hm", "Really?").withhold


def test_a_week_shows_every_day_and_each_item_its_place() -> None:
    """All seven days are there, habits have no day, and an unknown activity shows its id."""
    shown = view(week(tue=(rx("moon-walk"),), habits=(rx("safe-lifting"),)), GUIDANCE)
    assert [day.day for day in shown.days] == list(Weekday)
    assert [day.path for day in shown.days] == ["$.sessions", "$.sessions[0]", *["$.sessions"] * 5]
    moon, lifting = shown.items
    assert (moon.name, moon.day, moon.activity, moon.dose_range) == (
        "moon-walk",
        Weekday.TUE,
        None,
        None,
    )
    assert (lifting.path, lifting.day) == ("$.habits[0]", None)
    assert lifting.name == GUIDANCE.activities["safe-lifting"].name
    assert shown.scheduled == (moon,)
    assert equipment_needs(moon) == ()


@pytest.mark.parametrize(
    ("activity", "seconds"), [("walking", 660), ("moon-walk", 600), ("bridge", 8 * 7 + 15)]
)
def test_getting_ready_takes_time_too(activity: str, seconds: int) -> None:
    """An item takes its dose's time and the set-up that guidance gives for it."""
    (item,) = view(week(mon=(rx(activity),)), GUIDANCE).items
    assert item_seconds(item) == seconds


def test_every_fact_has_a_question() -> None:
    """Where guidance has no words for a fact, plain ones are made."""
    alone = Context(catalog=article_guidance(), profile=None, phase=Phase.ACUTE)
    walking = Fact(kind="provocation", value="walking")
    numb = Fact(kind="condition", value="numb-skin")
    assert ask_for(walking, GUIDANCE) == GUIDANCE.questions[walking].ask
    assert ask_for(walking, alone.catalog) == "Does walking bring the symptoms on?"
    assert ask_for(numb, alone.catalog) == "Is this true of the person: condition numb-skin?"


def test_guidance_without_prompts_wants_none() -> None:
    """A rule about prompts has nothing to say where no activity has one."""
    catalog = sample_guidance()
    pack = catalog.packs[0]
    silent = attrs.evolve(
        pack, activities=[item for item in pack.activities if item.id != "stand-up"]
    )
    quiet = attrs.evolve(catalog, packs=(silent,))
    routine = week(guidance=quiet.refs)
    assert judged("TRY407", routine, None, quiet).outcome is Outcome.NOT_APPLICABLE
    assert judged("TRY407", routine, None, catalog).outcome is Outcome.FAIL


def test_guidance_without_red_flags_has_screened_nobody() -> None:
    """Its weeks say that they are unscreened, for whomever they are."""
    catalog = article_guidance()
    code = "SPT904"
    plain = week(guidance=catalog.refs)
    assert judged(code, plain, None, catalog).outcome is Outcome.INDETERMINATE
    result = judged(code, plain, PERSON, catalog)
    assert [item.observed for item in result.findings] == ["guidance without any"]
    marked = attrs.evolve(plain, unscreened=True)
    assert judged(code, marked, PERSON, catalog).outcome is Outcome.PASS


def test_a_technique_that_guidance_does_not_offer_is_not_missed() -> None:
    """A week can't hold what no activity offers."""
    catalog = sample_guidance()
    pack = catalog.packs[0]
    idle = attrs.evolve(
        pack,
        activities=[item for item in pack.activities if item.technique != "posture"],
    )
    small = attrs.evolve(catalog, packs=(idle,))
    assert judged("TRY402", week(), None, small).outcome is Outcome.NOT_APPLICABLE


def test_a_muscle_without_a_name_is_called_by_its_id() -> None:
    """A rule about recovery speaks of muscles that no pack names."""
    catalog = sample_guidance()
    known = attrs.evolve(catalog, packs=catalog.packs)
    object.__setattr__(known, "muscles", {})
    curl = rx("moon-walk", activity="curl-up")
    both = week(mon=(curl,), tue=(curl,))
    (named, *_) = judged("TRY412", both, None, catalog).findings
    (bare, *_) = judged("TRY412", both, None, known).findings
    assert named.message.startswith("Core ")
    assert bare.message.startswith("core ")


def test_a_clearance_is_for_one_restriction() -> None:
    """Clearing one says nothing of another of the same activity."""
    cleared = Clearance(
        restriction="massage-osteoporosis",
        role="physician",
        reason="Seen.",
        expires=dt.date(2030, 1, 1),
    )
    person = attrs.evolve(
        PERSON, conditions={"osteoporosis", "anticoagulants"}, clearances=(cleared,)
    )
    found = judged("SPT603", week(mon=(rx("massage"),)), person).findings
    assert [item.expected for item in found] == ["a clearance of massage-anticoagulants"]


@pytest.mark.parametrize("code", ["TRY605", "TRY202"])
def test_a_rule_about_one_type_of_activity_leaves_the_others_alone(code: str) -> None:
    """A pack's rule may look at every technique and stage; what it can't judge it passes by."""
    catalog = sample_guidance()
    (pack,) = catalog.packs
    early = [
        attrs.evolve(item, stage="warmth") if item.id == "curl-up" else item
        for item in pack.activities
    ]
    changed = attrs.evolve(catalog, packs=(attrs.evolve(pack, activities=early),))
    activity = {"TRY605": "warm-pack", "TRY202": "curl-up"}[code]
    routine = week(phase="chronic", mon=(rx("moon-walk", activity=activity),))
    assert judged(code, routine, PERSON, changed).outcome is Outcome.NOT_APPLICABLE


def with_limits(activity: str, **least: int) -> Any:
    """Return the made-up guidance with other limits of an activity: both ends are the number."""
    (pack,) = SAMPLE.packs
    changed = []
    for item in pack.activities:
        if item.id == activity:
            (offer,) = item.doses
            limits = [
                attrs.evolve(limit, minimum=least[limit.parameter], maximum=least[limit.parameter])
                if limit.parameter in least
                else limit
                for limit in offer.limits
            ]
            item = attrs.evolve(item, doses=[attrs.evolve(offer, limits=limits)])  # noqa: PLW2901
        changed.append(item)
    return attrs.evolve(SAMPLE, packs=(attrs.evolve(pack, activities=changed),))


def test_less_often_in_a_day_than_guidance_says_is_found() -> None:
    """Where guidance wants something twice a day, once is too seldom."""
    catalog = with_limits("curl-up", times_per_day=2)
    once = week(mon=(rx("moon-walk", activity="curl-up"),))
    (finding,) = judged("TRY411", once, PERSON, catalog).findings
    assert (finding.observed, finding.expected) == ("1 times per day", "2 times per day")
    assert [(fix.safe, fix.action) for fix in finding.fixes] == [(False, None)]
    assert judged("TRY411", once, PERSON, SAMPLE).outcome is Outcome.PASS


def test_a_prompt_in_any_phase_is_a_prompt() -> None:
    """Guidance that prompts in one phase alone wants a prompt all the same."""
    (pack,) = SAMPLE.packs
    activities = []
    for item in pack.activities:
        if item.id == "stand-up":
            (offer,) = item.doses
            bare = [limit for limit in offer.limits if limit.parameter != "every_seconds"]
            doses = [
                attrs.evolve(offer, phases={"acute"}),
                attrs.evolve(offer, phases={"chronic"}, limits=bare),
            ]
            activities.append(attrs.evolve(item, doses=doses))
        else:
            activities.append(item)
    catalog = attrs.evolve(SAMPLE, packs=(attrs.evolve(pack, activities=activities),))
    assert judged("TRY407", week(), None, catalog).outcome is Outcome.FAIL


def not_on_monday(spec: RuleSpec, item: Item, context: Context) -> Iterator[Verdict]:
    """Turn down what is done on a Monday."""
    del spec, context
    yield failed("it is Monday") if item.day is Weekday.MON else PASSED


def test_a_check_of_ones_own_is_asked_about_every_item() -> None:
    """It may look at the day, so that the same on another day is another matter to it."""
    mine = DeclarativeRule(
        spec=spec(check="dislikes", scope="activity", techniques=()), function=not_on_monday
    )
    walk = rx("walking")
    found = ran(mine, week(sun=(walk,), mon=(walk,))).findings
    assert [item.path for item in found] == ["$.sessions[0].prescriptions[0]"]
    assert ran(mine, week(tue=(walk,), sun=(walk,))).outcome is Outcome.PASS


def test_a_check_of_the_library_is_asked_about_each_prescription_once() -> None:
    """As long as nothing is wrong with it; what is wrong is said of every place."""
    asked: list[str] = []

    def counted(spec: RuleSpec, item: Item, context: Context) -> Iterable[Verdict]:
        asked.append(item.path)
        return CHECKS["dislikes"][1](spec, item, context)

    rule = DeclarativeRule(spec=GUIDANCE.rules["SPT703"], function=counted, placeless=True)
    walk = rx("walking")
    twice = view(week(mon=(walk, rx("bridge")), wed=(rx("walking"),)), GUIDANCE)
    assert run_rule(rule, twice, CONTEXT).outcome is Outcome.PASS
    assert asked == ["$.sessions[0].prescriptions[0]", "$.sessions[0].prescriptions[1]"]
    tired = attrs.evolve(CONTEXT, profile=attrs.evolve(PERSON, dislikes={"walking"}))
    found = run_rule(rule, twice, tired).findings
    assert [item.path for item in found] == [
        "$.sessions[0].prescriptions[0]",
        "$.sessions[1].prescriptions[0]",
    ]


@attrs.frozen
class Contrary(DeclarativeRule):
    """A kind of rule of one's own: it says the opposite."""

    def check(self, subject: Any, context: Context, /) -> Iterable[Verdict]:
        """Turn a pass into a failure."""
        said = super().check(subject, context)
        return [failed("no") if verdict is PASSED else verdict for verdict in said]


def test_a_kind_of_rule_of_ones_own_is_asked_itself() -> None:
    """What it makes of the check that it inherits is what counts."""
    rule = Contrary(spec=GUIDANCE.rules["SPT703"], function=CHECKS["dislikes"][1])
    assert ran(rule).outcome is Outcome.FAIL
    (about,) = RuleSet([rule]).about(GUIDANCE.activities["walking"], Phase.ACUTE)
    assert about == (rule, rule.check)


@pytest.mark.parametrize("phase", Phase)
def test_a_planner_is_told_which_rules_are_about_an_activity(phase: Phase) -> None:
    """Those of its scope, phase, technique and stage; one of the caller's own always is."""
    mine = Says(scope=Scope.ACTIVITY)
    rules = RULES.with_rules(mine, Says(code="CLINIC002", scope=Scope.WEEK))
    context = attrs.evolve(CONTEXT, phase=phase)
    for activity in GUIDANCE.activities.values():
        told = rules.about(activity, phase)
        assert [rule.code for rule, _ in told] == [
            mine.code,
            *(
                code
                for code, found in GUIDANCE.rules.items()
                if found.scope is Scope.ACTIVITY
                and phase in (found.phases or set(Phase))
                and activity.technique in (found.techniques or {activity.technique})
                and activity.stage in (found.stages or {activity.stage})
            ),
        ]
        if GUIDANCE.range(activity.id, phase) is not None:
            item = Item(
                path="$.habits[0]",
                prescription=rx(activity.id, phase),
                activity=activity,
                dose_range=GUIDANCE.range(activity.id, phase),
                day=None,
            )
            for rule, ask in told:
                assert tuple(ask(item, context)) == tuple(rule.check(item, context))


def test_what_a_rule_works_out_of_its_data_is_no_part_of_its_value() -> None:
    """It can't be given, isn't shown, and two rules from the same data are equal."""
    rule, same = (
        DeclarativeRule(spec=GUIDANCE.rules["SPT703"], function=CHECKS["dislikes"][1])
        for _ in range(2)
    )
    assert rule == same
    for name in ("citations", "silent", "ask"):
        assert f"{name}=" not in repr(rule).replace(repr(rule.spec), "")
        derived: dict[str, Any] = {name: ()}
        with pytest.raises(TypeError, match=name):
            DeclarativeRule(spec=rule.spec, function=rule.function, **derived)


def test_a_rule_says_nothing_outside_its_phases_and_techniques() -> None:
    """Asked directly too, whatever it is asked about."""
    walk = view(WEEK, GUIDANCE).items[0]
    rule = DeclarativeRule(spec=GUIDANCE.rules["SPT703"], function=CHECKS["dislikes"][1])
    assert rule.check(walk, CONTEXT) == (PASSED,)
    for narrow in (
        attrs.evolve(rule.spec, phases={"chronic"}),
        attrs.evolve(rule.spec, techniques={"posture"}),
    ):
        other = attrs.evolve(rule, spec=narrow)
        assert other.check(walk, CONTEXT) == ()
        assert ran(other).outcome is Outcome.NOT_APPLICABLE


def test_what_no_finding_can_hold_is_an_error() -> None:
    """A rule that says it has judged nothing, and neither has what it said besides."""
    result = ran(Says((ASK, Verdict(outcome=Outcome.FAIL, message=" "))))
    assert {item.outcome for item in result.findings} == {Outcome.ERROR}
    assert "InvalidValueError" in result.findings[0].message
