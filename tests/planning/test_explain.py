"""What a plan says about each activity: goals with numbers, rules, sources, and why not."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sciatica_pt import codec
from sciatica_pt.errors import GuidanceError
from sciatica_pt.guidance import default_guidance
from sciatica_pt.model import Profile, Screening, Technique, TraceStatus, Weekday
from sciatica_pt.planning import Plan, Reason, TradeOff, plan_week
from sciatica_pt.planning._words import days_words
from sciatica_pt.planning.candidates import Rejection, consider
from sciatica_pt.rules import Context, rules_of
from tests.planning.people import PEOPLE, placed, week_for
from tests.planning.synthetic import catalog, exercise, profile, rule, standard_rules

NAMES = st.sampled_from(sorted(PEOPLE))


@given(name=NAMES)
def test_every_activity_of_the_guidance_has_one_entry(name: str) -> None:
    """Nothing is left unexplained, and each reason says where it comes from."""
    plan = week_for(name)
    assert [entry.activity for entry in plan.trace] == sorted(default_guidance().activities)
    for entry in plan.trace:
        assert plan.explain(entry.activity) is entry
        placed_now = entry.status is TraceStatus.PLACED
        assert plan.why_not(entry.activity) is (None if placed_now else entry)
        assert str(entry).startswith(f"{entry.name} ({entry.activity}): {entry.status}")


@given(name=NAMES)
def test_goals_served_are_told_with_numbers(name: str) -> None:
    """A goal counts as served when the week would be further from it without the activity."""
    plan = week_for(name)
    goals = default_guidance().goals
    served = {item.goal for entry in plan.trace for item in entry.goals}
    assert served
    for entry in plan.trace:
        for item in entry.goals:
            assert item.without < min(item.reached, item.target)
            assert item.target == goals[item.goal].target
            words = f"{goals[item.goal].text} The week reaches {item.reached} of {item.target}"
            assert any(reason.text.startswith(words) for reason in entry.reasons)


@given(name=NAMES)
def test_the_dose_of_what_is_placed_names_rules_and_sources(name: str) -> None:
    """Each number of a dose has its limits, the rule that holds it to them, and a source."""
    plan = week_for(name)
    for activity in placed(plan):
        reasons = [item for item in plan.explain(activity).reasons if "guidance " in item.text]
        assert reasons
        assert all(reason.citations for reason in reasons)
        assert "SPT410" in {reason.code for reason in reasons}


@given(name=NAMES)
def test_what_is_rejected_names_a_rule_that_the_validator_would_report(name: str) -> None:
    """The codes of a rejection are those that the rules find in the activity itself."""
    plan, profile = week_for(name), PEOPLE[name]
    context = Context(catalog=default_guidance(), profile=profile, phase=profile.phase)
    for entry in plan.trace:
        if entry.status is TraceStatus.REJECTED:
            activity = default_guidance().activities[entry.activity]
            found = consider(activity, context, rules_of(default_guidance()), profile)
            assert isinstance(found, Rejection)
            codes = {finding.code for finding in found.findings}
            assert {reason.code for reason in entry.reasons} == codes


@given(name=NAMES)
def test_what_was_left_out_was_weighed_in_numbers(name: str) -> None:
    """A trade-off says the days, the time and the points, and the words agree with it."""
    for entry in week_for(name).trace:
        trade_off = entry.trade_off
        if trade_off is None:
            assert entry.status is not TraceStatus.LEFT_OUT or entry.reasons[0].code == "SPT506"
            continue
        assert trade_off.seconds == entry.seconds * trade_off.days
        text = entry.reasons[0].text
        assert ("serve no goal" in text) is (trade_off.days > 0 and trade_off.points == 0)
        assert ("time left" in text) is (trade_off == TradeOff(days=0, seconds=0, points=0))


@settings(max_examples=4)
@given(minutes=st.lists(st.sampled_from([0, 4, 8, 15, 40]), min_size=7, max_size=7))
def test_trade_offs_hold_in_narrow_weeks(minutes: list[int]) -> None:
    """With little time, what is left out says that no time is left, or what it would break."""
    days = dict(zip([day.value for day in Weekday], minutes, strict=True))
    plan = plan_week(attrs.evolve(PEOPLE["desk"], minutes=days))
    for entry in plan.trace:
        if entry.trade_off is not None:
            assert entry.status is TraceStatus.LEFT_OUT
    assert str(plan)


def test_an_unknown_id_is_told_with_the_nearest_known_one() -> None:
    """A misspelled id is an error that teaches, for both questions."""
    for ask in (week_for("desk").explain, week_for("desk").why_not):
        with pytest.raises(GuidanceError, match='did you mean "bridge"'):
            ask("bridgex")


@given(name=NAMES)
def test_a_plan_with_its_explanations_survives_json(name: str) -> None:
    """Everything a plan says is a value that can be written and read."""
    plan = week_for(name)
    assert codec.loads(codec.dumps(plan), Plan) == plan


@given(name=NAMES)
def test_no_machine_word_is_shown_to_people(name: str) -> None:
    """The printed week says facts in words, and no name twice in a row."""
    plan = week_for(name)
    text = str(plan)
    for word in ("provocation ", "leg-pain", "condition ", "synthesis", "external)"):
        assert word not in text
    for entry in plan.trace:
        assert f"{entry.name}: {entry.name}" not in text


def test_what_is_changed_for_a_person_says_why() -> None:
    """A modification is told with its reason in a sentence, its rule and its source."""
    texts = [reason for entry in week_for("desk").trace for reason in entry.reasons]
    changed = [reason for reason in texts if reason.text.startswith("Changed for you. ")]
    assert changed
    assert all(reason.code == "SPT604" and reason.citations for reason in changed)


def test_guidance_without_rules_about_doses_still_explains() -> None:
    """Where no rule holds a number to its limits, no code is made up."""
    rules = rules_of(default_guidance()).without("SPT604", "SPT410", "SPT411", "SPT412")
    plan = plan_week(PEOPLE["desk"], rules=rules)
    assert all(
        reason.code is None
        for entry in plan.trace
        for reason in entry.reasons
        if reason.text.startswith("Changed for you.") or " days a week:" in reason.text
    )


def test_what_guidance_gives_no_dose_is_said_to_have_none_without_any_rule() -> None:
    """Where no rule asks for a dose, what has none stays out, in words and without a code."""
    whole, person = rules_of(default_guidance()), PEOPLE["early"]
    rules = whole.without("SPT108")
    bare = Reason(text="Guidance gives it no dose in this phase.")
    plan = plan_week(person, rules=rules)
    told = {entry.activity for entry in plan.trace if bare in entry.reasons}
    assert told
    for name, activity in default_guidance().activities.items():
        entry = plan.explain(name)
        if default_guidance().range(name, person.phase) is None:
            assert entry.status is TraceStatus.REJECTED
            context = Context(catalog=default_guidance(), profile=person, phase=person.phase)
            found = consider(activity, context, whole, person)
            assert isinstance(found, Rejection)
            others = [item.code for item in found.findings if item.code != "SPT108"]
            assert (entry.reasons == (bare,)) is (not others)
            assert [reason.code for reason in entry.reasons if reason != bare] == others
        else:
            assert name not in told
    assert codec.loads(codec.dumps(plan), Plan) == plan


@pytest.mark.parametrize(
    ("free", "words"),
    [(0, "no day has"), (1, "only 1 day has"), (2, "only 2 days have")],
)
def test_too_few_days_are_counted_where_a_rule_insists_on_more(free: int, words: str) -> None:
    """What must be done on three days, and fits on fewer, is left out with how many have time."""
    guidance = catalog(
        [exercise("pull", Technique.STRETCHING, days=(3, 7))],
        rules=[*standard_rules(), rule("TRY415", "days-per-week-least")],
    )
    minutes = [60] * free + [1] * (7 - free)
    plan = plan_week(profile(minutes), guidance=guidance, allow_unscreened=True)
    entry = plan.explain("pull")
    assert entry.trade_off == TradeOff(days=0, seconds=0, points=0)
    assert [reason.text for reason in entry.reasons] == [
        f"It takes 2 min on at least 3 days a week, and {words} that much time left."
    ]


def test_a_reason_reads_in_one_line() -> None:
    """A reason shows its rule and what to answer first."""
    reason = Reason(text="It depends.", code="SPT603", question="Is it so?")
    assert str(reason) == "It depends. (SPT603) Answer first: Is it so?"


def test_days_read_as_a_list() -> None:
    """Days are named in their order, with a comma only between three or more."""
    assert days_words([Weekday.WED]) == "Wednesday"
    assert days_words([Weekday.WED, Weekday.MON, Weekday.FRI]) == "Monday, Wednesday and Friday"
    assert days_words(Weekday) == "every day"


def test_a_week_without_sessions_is_printed_too() -> None:
    """No time at all is no error: the habits stay, and the text says so."""
    person = Profile(phase="chronic", screening=Screening.clear(by="person"))
    text = str(plan_week(person))
    assert "No session fits into this week." in text
    assert "Every day:" in text
