"""A person's edits: kept to the letter or refused with the rule, and as little else changed."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sciatica_pt import codec
from sciatica_pt.errors import GuidanceError, InvalidValueError
from sciatica_pt.guidance import article_guidance, default_guidance
from sciatica_pt.model import (
    Application,
    Hold,
    Profile,
    Recurring,
    Repetitions,
    Routine,
    Screening,
    Session,
    TimeOfDay,
    Weekday,
)
from sciatica_pt.planning import (
    ChangeDose,
    Edit,
    Forbid,
    Move,
    NoConformingPlan,
    Pin,
    Plan,
    ReferralRequired,
    Replanned,
    ScreeningIncomplete,
    alternatives,
    plan_many,
    plan_week,
    replan,
)
from sciatica_pt.planning._desk import Case, days_now, desk_for
from sciatica_pt.planning._keeping import keep
from sciatica_pt.planning.edits import Demand
from sciatica_pt.planning.requests import request_for
from sciatica_pt.rules import Context, view
from sciatica_pt.validation import validate
from tests.planning.people import PEOPLE, edits_of, placed, week_for

NAMES = st.sampled_from(sorted(PEOPLE))
_EIGHT = Repetitions(sets=1, reps=8, rep_seconds=4, rest_seconds=60)


def terms(answer: Replanned | Plan) -> dict[str, int]:
    """Return the objective by name."""
    plan = answer.plan if isinstance(answer, Replanned) else answer
    return {term.name: term.value for term in plan.objective}


def attempt(name: str, edits: list[Edit]) -> Replanned | NoConformingPlan:
    """Return a person's week replanned, or why it can't be."""
    try:
        return replan(week_for(name), profile=PEOPLE[name], edits=edits)
    except NoConformingPlan as error:
        return error


def doses(routine: Routine) -> dict[tuple[str, Weekday], object]:
    """Return the dose of each activity on each day."""
    return {
        (item.activity, session.day): item.dose
        for session in routine.sessions
        for item in session.prescriptions
    }


def check_met(edit: Edit, before: Routine, after: Routine) -> None:
    """Assert that a week does what an edit asks."""
    was = days_now(before).get(edit.activity, frozenset())
    now = days_now(after).get(edit.activity, frozenset())
    match edit:
        case Pin():
            assert now == (edit.days or was) or (not edit.days and not was and now)
        case Forbid():
            assert not now & (edit.days or frozenset(Weekday))
        case Move():
            assert edit.day not in now
            assert edit.to in now
        case ChangeDose():
            assert now
            assert {doses(after)[edit.activity, day] for day in now} == {edit.dose}


@settings(max_examples=8)
@given(name=NAMES, data=st.data())
def test_edits_are_met_to_the_letter_or_refused(name: str, data: st.DataObject) -> None:
    """Nothing that was asked for is silently dropped, and no rule of error severity is broken."""
    before = week_for(name)
    edits = data.draw(st.lists(edits_of(before), min_size=1, max_size=2))
    answer = attempt(name, edits)
    if isinstance(answer, NoConformingPlan):
        assert answer.conflict is not None
        assert set(answer.conflict.edits) <= set(edits)
        return
    for edit in edits:
        check_met(edit, before.routine, answer.plan.routine)
    assert validate(answer.plan.routine, profile=PEOPLE[name]).conforms
    assert [cost.edit for cost in answer.costs] == edits
    assert answer.edits == tuple(edits)


@settings(max_examples=5)
@given(name=NAMES, data=st.data())
def test_replanning_again_with_the_same_edits_changes_nothing(
    name: str, data: st.DataObject
) -> None:
    """What was replanned stays as it is when it is replanned with nothing new."""
    profile = PEOPLE[name]
    edits = data.draw(st.lists(edits_of(week_for(name)), min_size=1, max_size=2))
    first = attempt(name, edits)
    if isinstance(first, NoConformingPlan):
        return
    once = first.plan.routine
    twice = replan(once, profile=profile)
    assert twice.plan.routine == once
    assert terms(twice)["changes"] == 0
    assert twice.plan.proven


@given(name=NAMES)
def test_replanning_without_change_is_the_identity(name: str) -> None:
    """A week that conforms and of which nothing is asked comes back byte for byte."""
    before = week_for(name)
    for week in (before, before.routine):
        answer = replan(week, profile=PEOPLE[name])
        assert answer.plan.routine == before.routine
        assert not answer.changes
        assert str(answer) == "no change"
        assert {key: terms(answer)[key] for key in terms(before)} == terms(before)


@settings(max_examples=10)
@given(name=NAMES, data=st.data())
def test_a_week_written_by_hand_is_kept_as_it_is(name: str, data: st.DataObject) -> None:
    """Times of day and gaps that no planner would choose are kept when they break no rule."""
    before = week_for(name).routine
    dropped = data.draw(st.sampled_from(before.sessions))
    sessions = [
        attrs.evolve(session, time_of_day=TimeOfDay.EVENING)
        for session in before.sessions
        if session is not dropped and len(before.on(session.day)) == 1
    ]
    week = attrs.evolve(before, sessions=sessions)
    if validate(week, profile=PEOPLE[name]).conforms:
        assert replan(week, profile=PEOPLE[name]).plan.routine == week


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_a_ban_loses_only_what_is_banned(name: str) -> None:
    """Forbidding an activity drops it and nothing else, as nothing else is in its way."""
    before = week_for(name)
    for activity, days in placed(before).items():
        answer = replan(before, profile=PEOPLE[name], edits=[Forbid(activity=activity)])
        after = days_now(answer.plan.routine)
        assert terms(answer)["changes"] == len(days)
        assert all(
            other_days <= after[other]
            for other, other_days in placed(before).items()
            if other != activity
        )
        assert answer.plan.proven


def test_what_a_ban_leaves_open_is_made_good_by_another_activity() -> None:
    """A goal that the week reached is reached again when something else can serve it."""
    before = week_for("runner")
    assert "bridge" in placed(before)
    answer = replan(before, profile=PEOPLE["runner"], edits=[Forbid(activity="bridge")])
    assert terms(answer)["shortfall"] == terms(before)["shortfall"]
    assert "+ low-bridge" in str(answer.changes)


def test_a_goal_missed_before_is_aimed_at_only_when_asked() -> None:
    """More time changes nothing by itself; with `improve` it is used."""
    profile = attrs.evolve(PEOPLE["desk"], minutes={"mon": 60, "wed": 60, "thu": 60, "sat": 60})
    before = week_for("desk")
    assert not replan(before, profile=profile).changes
    better = replan(before, profile=profile, improve=True)
    assert better.changes
    assert terms(better)["shortfall"] < terms(replan(before, profile=profile))["shortfall"]
    assert terms(better)["changes"] == 0


def smallest_loss(name: str, profile: Profile, edits: list[Edit]) -> int:
    """Return the fewest losses of any sound week without additions, by trying all of them."""
    request = request_for(profile, None, None, allow_unscreened=False)
    case = Case(request=request, profile=profile, before=week_for(name).routine)
    desk = desk_for(case, edits)
    fixed = desk.fixed
    loose = sorted(set(desk.before) - set(fixed))
    for lost in range(len(loose) + 1):
        for gone in combinations(loose, lost):
            held = {slot: item for slot, item in desk.before.items() if slot not in gone}
            if not desk.broken({**held, **fixed}, desk.hard):
                return desk.gone + lost
    raise AssertionError("nothing fits")


@pytest.mark.parametrize(
    ("edits", "minutes"),
    [
        ([], {"mon": 25, "wed": 12, "thu": 25}),
        ([Pin(activity="bridge", days={"tue"})], {"mon": 25, "tue": 10, "wed": 25, "thu": 25}),
        ([Pin(activity="low-bridge", days={"wed"})], {"mon": 25, "wed": 25, "thu": 25}),
    ],
)
def test_no_sound_week_loses_less(edits: list[Edit], minutes: dict[str, int]) -> None:
    """The fewest losses are those that trying every smaller set of losses finds."""
    profile = attrs.evolve(PEOPLE["desk"], minutes=minutes)
    answer = replan(week_for("desk"), profile=profile, edits=edits)
    assert answer.plan.proven
    assert terms(answer)["changes"] == smallest_loss("desk", profile, edits)


def test_each_edit_has_its_price() -> None:
    """A price is the objective with the edit less the objective without it."""
    before, profile = week_for("runner"), PEOPLE["runner"]
    ban, pin = Forbid(activity="bridge"), Pin(activity="heat", days={"mon"})
    answer = replan(before, profile=profile, edits=[ban, pin])
    alone = replan(before, profile=profile, edits=[pin])
    price = {term.name: term.value for term in answer.costs[0].terms}
    assert price == {key: terms(answer)[key] - terms(alone)[key] for key in price}
    assert price["changes"] == len(placed(before)["bridge"])
    assert str(answer.costs[0]).startswith("leave out bridge: changes +")
    free = replan(before, profile=profile, edits=[Pin(activity="bridge")])
    assert str(free.costs[0]) == "keep bridge: costs nothing"


def test_a_dose_is_changed_where_guidance_allows_it() -> None:
    """A dose within the limits is done on every day of the activity; one beyond is refused."""
    before, profile = week_for("desk"), PEOPLE["desk"]
    stretch = next(name for name in placed(before) if name.startswith("hamstring"))
    dose = Hold(sets=3, hold_seconds=10, rest_seconds=10, per_side=True)
    answer = replan(before, profile=profile, edits=[ChangeDose(activity=stretch, dose=dose)])
    check_met(answer.edits[0], before.routine, answer.plan.routine)
    entry = answer.plan.explain(stretch)
    assert entry.reasons[0].text == "Someone asked for it to be as it is here."
    long = attrs.evolve(dose, hold_seconds=90)
    with pytest.raises(NoConformingPlan) as caught:
        replan(before, profile=profile, edits=[ChangeDose(activity=stretch, dose=long)])
    assert {finding.code for finding in caught.value.findings} == {"SPT102"}


def test_a_dose_given_for_both_sides_together_is_refused_with_the_rule() -> None:
    """A dose without sides for an activity that has them is the rules' to turn down."""
    before, profile = week_for("desk"), PEOPLE["desk"]
    stretch = next(name for name in placed(before) if name.startswith("hamstring"))
    dose = Hold(sets=2, hold_seconds=15, rest_seconds=10)
    with pytest.raises(NoConformingPlan) as caught:
        replan(before, profile=profile, edits=[Pin(activity=stretch, dose=dose)])
    assert "SPT108" in {finding.code for finding in caught.value.findings}


def test_what_safety_rules_forbid_is_refused_with_the_rule() -> None:
    """A pin never wins over a contraindication."""
    profile = attrs.evolve(
        PEOPLE["runner"], conditions={"anticoagulants"}, providers={"chiropractor"}
    )
    before = plan_week(profile)
    pin = Pin(activity="spinal-manipulation", days={"mon"})
    with pytest.raises(NoConformingPlan) as caught:
        replan(before, profile=profile, edits=[pin])
    assert "SPT602" in {finding.code for finding in caught.value.findings}
    assert caught.value.conflict is not None
    assert caught.value.conflict.edits == (pin,)


def test_a_person_whose_circumstances_changed_keeps_what_is_still_right() -> None:
    """What a new condition forbids is dropped and made good; a dose it limits is adapted."""
    before = week_for("runner")
    sore = attrs.evolve(PEOPLE["runner"], conditions={"shoulder-pain"})
    answer = replan(before, profile=sore)
    assert validate(answer.plan.routine, profile=sore).conforms
    kept = set(placed(before)) & set(days_now(answer.plan.routine))
    assert len(kept) >= len(placed(before)) - 2
    for entry in answer.plan.trace:
        for finding in entry.reasons:
            assert finding.text


def test_habits_can_be_kept_or_left_out() -> None:
    """A habit has no days: it is in the week or not, and its dose can be changed."""
    before, profile = week_for("desk"), PEOPLE["desk"]
    habit = before.routine.habits[0].activity
    less = replan(before, profile=profile, edits=[Forbid(activity=habit)]).plan
    assert habit not in {item.activity for item in less.routine.habits}
    assert less.explain(habit).reasons[0].text.startswith("Someone asked for it to be left out")
    assert not replan(less, profile=profile).changes
    back = replan(less, profile=profile, edits=[Pin(activity=habit)]).plan
    assert habit in {item.activity for item in back.routine.habits}
    assert replan(less, profile=profile, improve=True).changes
    slower = ChangeDose(activity="movement-breaks", dose=Recurring(every_seconds=1500))
    changed = replan(
        before,
        profile=attrs.evolve(profile, provoked_by=(), not_provoked_by={"sitting"}),
        edits=[slower],
    ).plan.routine
    assert slower.dose in [item.dose for item in changed.habits]


def test_edits_that_mean_nothing_are_refused_before_any_planning() -> None:
    """An unknown id, days for a habit and a dose of another kind are told with their places."""
    before, profile = week_for("desk"), PEOPLE["desk"]
    with pytest.raises(GuidanceError) as caught:
        replan(
            before,
            profile=profile,
            edits=[
                Pin(activity="bridgex"),
                Pin(activity="movement-breaks", days={"mon"}),
                Move(activity="movement-breaks", day="mon", to="tue"),
                ChangeDose(activity="bridge", dose=Application(duration_seconds=60)),
            ],
        )
    paths = [problem.path for problem in caught.value.problems]
    assert paths == ["$.edits[0].activity", "$.edits[1]", "$.edits[2]", "$.edits[3].dose"]
    assert caught.value.problems[0].hint == 'did you mean "bridge"?'


def test_a_move_needs_two_days() -> None:
    """Moving something to where it is asks for nothing and is refused."""
    with pytest.raises(InvalidValueError, match="another day"):
        Move(activity="bridge", day="mon", to="mon")


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (Pin(activity="bridge"), "keep bridge"),
        (
            Pin(activity="bridge", days={"mon"}, dose=_EIGHT),
            "keep bridge on Monday at 1 x 8",
        ),
        (Forbid(activity="bridge", days={"thu", "mon", "tue"}), None),
        (Forbid(activity="bridge"), "leave out bridge"),
        (Move(activity="bridge", day="mon", to="tue"), "move bridge from Monday to Tuesday"),
        (ChangeDose(activity="bridge", dose=_EIGHT), "do bridge at 1 x 8"),
    ],
)
def test_an_edit_reads_as_a_sentence_and_survives_json(edit: Edit, words: str | None) -> None:
    """Edits are values with words, and an app can keep them as JSON."""
    assert str(edit) == (words or "leave out bridge on Monday, Tuesday and Thursday")
    assert codec.loads(codec.dumps(edit), type(edit)) == edit


def test_the_whole_answer_survives_json() -> None:
    """A replanned week with its edits and prices is a document like any other."""
    answer = replan(
        week_for("early"),
        profile=PEOPLE["early"],
        edits=[Forbid(activity=sorted(placed(week_for("early")))[0])],
    )
    assert codec.loads(codec.dumps(answer), Replanned) == answer


def test_days_that_are_no_set_are_refused() -> None:
    """A bare text is not taken for a set of letters."""
    with pytest.raises(InvalidValueError):
        Pin(activity="bridge", days="mon")


def test_screening_comes_first() -> None:
    """Replanning refers and asks just as planning does."""
    before, profile = week_for("desk"), PEOPLE["desk"]
    with pytest.raises(ScreeningIncomplete):
        replan(before, profile=attrs.evolve(profile, screening=None))
    flagged = attrs.evolve(
        profile, screening=Screening(by="person", present={sorted(default_guidance().red_flags)[0]})
    )
    with pytest.raises(ReferralRequired):
        replan(before, profile=flagged)
    unasked = replan(
        before, profile=attrs.evolve(profile, screening=None), allow_unscreened=True
    ).plan
    assert unasked.routine.unscreened
    assert len(unasked.notices) > len(before.notices)


def test_other_guidance_and_the_article_alone_can_be_replanned() -> None:
    """What the new guidance does not know is dropped."""
    answer = replan(
        week_for("runner"),
        profile=Profile(phase="chronic", minutes={"mon": 45, "wed": 40, "fri": 45, "sat": 60}),
        guidance=article_guidance(),
        allow_unscreened=True,
    )
    known = set(article_guidance().activities)
    assert set(days_now(answer.plan.routine)) <= known
    assert terms(answer)["changes"] > 0


def test_a_search_cut_short_says_so_and_is_sound() -> None:
    """With next to no budget the week still conforms, and is not called proven."""
    profile = attrs.evolve(PEOPLE["runner"], minutes={"mon": 20, "wed": 15, "fri": 20, "sat": 20})
    answer = replan(week_for("runner"), profile=profile, node_limit=2)
    assert not answer.plan.proven
    assert validate(answer.plan.routine, profile=profile).conforms
    whole = replan(week_for("runner"), profile=profile)
    [least] = [term.value for term in answer.plan.bound if term.name == "changes"]
    assert 0 < least <= terms(whole)["changes"] <= terms(answer)["changes"]
    assert whole.plan.bound == whole.plan.objective


def test_a_search_cut_short_at_a_dead_end_finds_nothing() -> None:
    """Without budget a demand that can't be met is not called impossible, only not found."""
    profile = PEOPLE["desk"]
    request = request_for(profile, None, None, allow_unscreened=False)
    case = Case(request=request, profile=profile, before=week_for("desk").routine)
    edits = [Pin(activity="bridge", days=set(Weekday))]
    kept = keep(desk_for(case, edits), node_limit=0)
    assert kept.schedule is None
    assert not kept.proven


def test_an_option_that_there_is_not_is_refused() -> None:
    """A slip in an option's name is no silent change of what is asked."""
    options: Any = {"improv": True}
    with pytest.raises(TypeError, match="'improv'"):
        replan(week_for("desk"), profile=PEOPLE["desk"], **options)
    with pytest.raises(TypeError, match="'improv'"):
        alternatives(week_for("desk"), "bridge", profile=PEOPLE["desk"], **options)
    with pytest.raises(TypeError, match="'improv'"):
        list(plan_many([PEOPLE["desk"]], **options))


def test_contradictory_edits_have_no_week() -> None:
    """What is asked to be there and not there can't be met."""
    assert Demand(must=frozenset({Weekday.MON}), never=frozenset({Weekday.MON})).impossible
    assert Demand(present=True, never=frozenset(Weekday)).impossible
    one, other = _EIGHT, attrs.evolve(_EIGHT, sets=2)
    assert (Demand(doses=(one,)) + Demand(doses=(other,))).impossible
    assert not (Demand(doses=(one,)) + Demand(doses=(one,))).impossible


def test_the_same_activity_twice_on_a_day_stays_twice() -> None:
    """What is done in the morning and in the evening is one thing with two times."""
    profile = attrs.evolve(
        PEOPLE["desk"],
        conditions={"lumbar-spinal-stenosis"},
        provoked_by={"walking", "standing"},
        not_provoked_by={"sitting"},
    )
    plan = plan_week(profile)
    answer = replan(plan, profile=profile)
    assert answer.plan.routine == plan.routine


def test_a_day_that_changes_is_put_in_order_and_others_stay_to_the_letter() -> None:
    """Only the day that something is moved to or from is written anew."""
    before, profile = week_for("runner").routine, PEOPLE["runner"]
    late = attrs.evolve(
        before,
        sessions=[attrs.evolve(item, time_of_day=TimeOfDay.EVENING) for item in before.sessions],
    )
    name, days = next(iter(placed(week_for("runner")).items()))
    day = sorted(days)[0]
    after = replan(late, profile=profile, edits=[Forbid(activity=name, days={day})]).plan.routine
    for other in Weekday:
        times = {session.time_of_day for session in after.on(other)}
        if name not in _names(late.on(other)) or other is not day:
            assert after.on(other) == late.on(other)
        else:
            assert times <= {TimeOfDay.MORNING}


def _names(sessions: tuple[Session, ...]) -> set[str]:
    return {item.activity for session in sessions for item in session.prescriptions}


def test_rules_see_the_week_that_is_returned() -> None:
    """A rule of one's own is asked about the sessions as they will be handed out."""
    context = Context(
        catalog=default_guidance(), profile=PEOPLE["desk"], phase=PEOPLE["desk"].phase
    )
    assert view(week_for("desk").routine, context.catalog).scheduled
