"""Repairing removes, reduces and reorders until nothing safe is left to do, and adds no error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sciatica_pt as spt
from sciatica_pt.model import (
    Action,
    AddEquipment,
    ApplyModification,
    DoBothSides,
    MarkUnscreened,
    RemoveForm,
    RemoveItem,
    ReorderSession,
    SetBarrier,
    SetNumber,
    perform,
)
from sciatica_pt.rules import WeekView, failed

from .oracle.book import Book
from .oracle.cases import case
from .oracle.faults import FAULTS, Fault, base

BOOK = Book()
REFS = spt.default_guidance().refs
#: Faults that no safe fix mends: they take an answer, a referral, another plan or more exercise.
BEYOND = {
    "one side",
    "sides dropped",
    "dose of another kind",
    "hold halved",
    "prompts too rare",
    "phase of the week",
    "phase of the person",
    "a red flag",
    "a red flag and all else asked",
    "a condition that is a red flag",
    "no posture",
    "hands-on alone",
    "one technique",
}


def items(week: spt.Routine) -> list[spt.Prescription]:
    """Return all that a week holds."""
    return [*(item for session in week.sessions for item in session.prescriptions), *week.habits]


def errors(report: spt.Report) -> Counter[tuple[str, str | None]]:
    """Return what is wrong, without its place."""
    return Counter((item.code, item.activity) for item in report.errors)


@pytest.mark.parametrize(("name", "fault"), [(name, fault) for name, (fault, _) in FAULTS.items()])
def test_safe_fixes_mend_what_can_be_mended(name: str, fault: Fault) -> None:
    """A single fault is mended by removing, reducing or reordering, where that can mend it."""
    week, person = fault(*base())
    mended = spt.repair(week, profile=person)
    assert mended.report.conforms is (name not in BEYOND), mended.remaining
    assert mended.report == spt.validate(mended.routine, profile=person)


def test_a_week_that_conforms_is_left_alone() -> None:
    """There is nothing to do where nothing is wrong."""
    week, person = base()
    mended = spt.repair(week, profile=person)
    assert mended.routine == week
    assert not mended.applied
    assert not mended.refused
    assert not mended.remaining


@settings(max_examples=8)
@given(st.integers(1, 10**6))
def test_repairing_keeps_its_laws(seed: int) -> None:
    """It brings no error, adds no activity and no minute, and a second time changes nothing."""
    week, person = case(seed, BOOK, REFS)
    before = spt.validate(week, profile=person)
    mended = spt.repair(week, profile=person)
    assert not errors(mended.report) - errors(before)
    assert not Counter(item.activity for item in items(mended.routine)) - Counter(
        item.activity for item in items(week)
    )
    assert all(step.fix.safe for step in mended.applied)
    again = spt.repair(mended.routine, profile=person)
    assert again.routine == mended.routine
    assert again.refused == mended.refused
    assert not again.applied
    assert spt.loads(spt.dumps(mended), spt.Repaired) == mended
    assert spt.repair(week, profile=person) == mended


@settings(max_examples=4)
@given(st.integers(1, 10**6))
def test_unsafe_fixes_wait_for_consent_and_end_too(seed: int) -> None:
    """With consent no fewer errors are mended, and repairing still ends where it stays."""
    week, person = case(seed, BOOK, REFS)
    mended = spt.repair(week, profile=person, allow_unsafe=True)
    assert not errors(mended.report) - errors(spt.validate(week, profile=person))
    again = spt.repair(mended.routine, profile=person, allow_unsafe=True)
    assert not again.applied


@pytest.mark.parametrize("name", ["one side", "hold halved"])
def test_a_fix_that_raises_a_dose_needs_consent_by_name(name: str) -> None:
    """What raises a dose is left alone, says why, and is done when the caller consents."""
    week, person = FAULTS[name][0](*base())
    kept = spt.repair(week, profile=person)
    assert kept.routine == week
    assert {item.reason for item in kept.refused} == {
        "it is unsafe, and nobody has consented to unsafe fixes"
    }
    raised = spt.repair(week, profile=person, allow_unsafe=True)
    assert raised.report.conforms
    assert [step.fix.safe for step in raised.applied] == [False]


def test_more_rest_is_safe_and_less_is_not() -> None:
    """A rest cut short is brought back without consent, since it asks less of the person."""
    week, person = FAULTS["rest halved"][0](*base())
    (step,) = spt.repair(week, profile=person).applied
    assert isinstance(step.fix.action, SetNumber)
    assert step.fix.action.parameter is spt.DoseParameter.REST_SECONDS
    assert step.fix.action.value == 30


def test_what_takes_a_person_says_so() -> None:
    """A red flag is never repaired away."""
    week, person = FAULTS["a red flag and all else asked"][0](*base())
    mended = spt.repair(week, profile=person)
    assert mended.routine == week
    assert {item.reason for item in mended.refused} == {"it takes a person"}
    assert [item.code for item in mended.remaining] == ["SPT601"]


def test_a_fix_that_brings_an_error_is_refused() -> None:
    """The last walk is not taken out when the week would be left with one technique."""
    week, person = base()
    walk = next(item for item in items(week) if item.activity == "walking")
    massage = next(item for item in items(week) if item.activity == "massage")
    sessions = [spt.Session(day="tue", prescriptions=[walk, massage])]
    small = attrs.evolve(week, sessions=sessions)
    mended = spt.repair(small, profile=attrs.evolve(person, dislikes={"walking"}))
    assert mended.routine == small
    assert [item.reason for item in mended.refused] == ["it would bring new errors: SPT303"]


@attrs.frozen
class Wants:
    """A rule that is never content, and offers one action."""

    action: Action
    code: str = "CLINIC001"
    name: str = "never-content"
    scope: spt.Scope = spt.Scope.WEEK
    severity: spt.Severity = spt.Severity.ERROR
    citations: tuple[spt.Citation, ...] = ()

    def check(self, week: WeekView, context: object, /) -> Iterator[spt.Verdict]:
        """Fail, whatever the week."""
        del week, context
        yield failed("not content", reduce="Do this.", action=self.action)


@pytest.mark.parametrize(
    ("action", "reason"),
    [
        (MarkUnscreened(), "it would mend nothing"),
        (RemoveItem(path="$.sessions[40].prescriptions[0]"), "the week can't hold it"),
        (RemoveItem(path="$.habits[30]"), "the week can't hold it"),
        (ReorderSession(path="$.sessions[30]", order=[0]), "the week can't hold it"),
        (ReorderSession(path="$.sessions[0]", order=[5, 6]), "the week can't hold it"),
    ],
)
def test_a_useless_fix_is_refused(action: Action, reason: str) -> None:
    """A rule's own fix that mends nothing, or fits nowhere, ends nothing and breaks nothing."""
    week, person = base()
    mended = spt.repair(week, profile=person, rules=iter([Wants(action)]))
    assert mended.routine == week
    assert [item.reason.partition(":")[0] for item in mended.refused] == [reason]


def test_every_action_does_what_it_says() -> None:
    """Each action changes its one place of the week and nothing else."""
    week, _ = base()
    at, habit = "$.sessions[1].prescriptions[2]", "$.habits[0]"
    assert spt.Weekday.TUE is week.sessions[1].day

    def after(action: Action) -> spt.Prescription:
        changed = perform(action, week)
        assert changed.sessions[0] == week.sessions[0]
        assert changed.habits == week.habits
        return changed.sessions[1].prescriptions[2]

    old = week.sessions[1].prescriptions[2]
    assert old.activity == "hamstring-stretch"
    fewer = after(SetNumber(path=at, parameter="sets", value=1))
    assert isinstance(old.dose, spt.Hold)
    assert fewer == attrs.evolve(old, dose=attrs.evolve(old.dose, sets=1))
    one_side = attrs.evolve(old, side="left")
    lopsided = perform(RemoveForm(path=at), week)
    assert lopsided == week
    first = week.sessions[1]
    lopsided = attrs.evolve(
        week,
        sessions=[
            week.sessions[0],
            attrs.evolve(
                first,
                prescriptions=[*first.prescriptions[:2], one_side, *first.prescriptions[3:]],
            ),
            *week.sessions[2:],
        ],
    )
    assert perform(DoBothSides(path=at), lopsided) == week
    assert after(SetBarrier(path=at, barrier="thin-towel")).barrier == "thin-towel"
    assert after(AddEquipment(path=at, equipment="chair")).equipment == {"towel", "chair"}
    changed = after(ApplyModification(path=at, restriction="some-restriction")).modifications
    assert changed == old.modifications | {"some-restriction"}
    order = list(range(len(first.prescriptions)))[::-1]
    turned = perform(ReorderSession(path="$.sessions[1]", order=order), week)
    assert turned.sessions[1].prescriptions == first.prescriptions[::-1]
    assert perform(RemoveItem(path=habit), week).habits == week.habits[1:]
    alone = attrs.evolve(week, sessions=[attrs.evolve(first, prescriptions=[old])])
    assert not perform(RemoveItem(path="$.sessions[0].prescriptions[0]"), alone).sessions
    assert perform(MarkUnscreened(), week).unscreened


def test_a_number_that_the_dose_does_not_have_is_refused() -> None:
    """A walk has no sets."""
    week, _ = base()
    with pytest.raises(spt.InvalidValueError, match="a number of a continuous dose"):
        perform(SetNumber(path="$.sessions[1].prescriptions[0]", parameter="sets", value=1), week)


def test_a_named_thing_that_is_at_hand_is_used() -> None:
    """A barrier or equipment that the person has is put in; without it the activity goes."""
    week, person = FAULTS["barrier dropped"][0](*base())
    assert spt.repair(week, profile=person).routine == base()[0]
    bare = attrs.evolve(person, equipment=person.equipment - {"thin-towel", "towel"})
    assert "cold" not in {i.activity for i in items(spt.repair(week, profile=bare).routine)}
    week, person = FAULTS["equipment not named"][0](*base())
    named = [
        i for i in items(spt.repair(week, profile=person).routine) if i.dose.__class__ is spt.Hold
    ]
    assert all(item.equipment for item in named if item.activity == "hamstring-stretch")
    assert not spt.repair(week).applied


def test_a_week_is_repaired_by_the_guidance_that_is_given() -> None:
    """The article forbids nothing, so nothing is taken out by it."""
    week, person = FAULTS["nothing"][0](*base())
    article = spt.article_guidance()
    bare = attrs.evolve(week, guidance=article.refs, unscreened=True)
    mended = spt.repair(bare, guidance=article)
    assert mended.report == spt.validate(mended.routine, guidance=article)
    assert mended.report.guidance == article.refs
    assert person.screening is not None
