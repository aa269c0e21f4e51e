"""The strategies generate what they promise, and reach what they ought to reach."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from sciatica_pt.codec import dumps, loads
from sciatica_pt.guidance import Catalog, default_guidance
from sciatica_pt.model import (
    Activity,
    Dose,
    DoseKind,
    DoseRange,
    Exercise,
    Habit,
    ManualTherapy,
    Modality,
    Prescription,
    Profile,
    Routine,
    Screening,
    Session,
    dose_kind,
    dose_values,
)
from sciatica_pt.model.vocabulary import Phase, RestrictionLevel, Side
from sciatica_pt.rules import CHECKS, Context, rules_of, run_rule, view
from sciatica_pt.testing import (
    activities,
    catalogs,
    dose_ranges,
    doses,
    prescriptions,
    profiles,
    routines,
    sample_guidance,
    sample_pack,
    screenings,
)

SAMPLE, BUNDLED = sample_guidance(), default_guidance()
#: What a guided prescription never breaks on its own.
ALONE = ("SPT101", "SPT102", "SPT103", "SPT104", "SPT108", "SPT204", "SPT301", "SPT302", "SPT901")


@pytest.mark.parametrize("kind", DoseKind)
@given(data=st.data())
@settings(max_examples=20)
def test_doses_are_of_their_kind(kind: DoseKind, data: st.DataObject) -> None:
    """Every dose is of the kind asked for, and can be written and read."""
    dose: Dose = data.draw(doses(kind))
    assert dose_kind(dose) is kind
    assert loads(dumps(dose), type(dose)) == dose
    assert dose_kind(data.draw(doses(kind.value))) is kind


@pytest.mark.parametrize("kind", DoseKind)
@given(data=st.data())
@settings(max_examples=20)
def test_dose_ranges_are_complete(kind: DoseKind, data: st.DataObject) -> None:
    """A range has every number that a dose and a week need, for the phases asked for."""
    item: DoseRange = data.draw(dose_ranges(kind, phases=frozenset({Phase.ACUTE})))
    assert item.kind is kind
    assert not item.missing
    assert item.phases == {Phase.ACUTE}
    assert loads(dumps(item), DoseRange) == item


@given(activities(equipment=["rope"], muscles=["heart"]))
@settings(max_examples=40)
def test_activities_use_the_words_that_they_are_given(activity: Activity) -> None:
    """Equipment and muscles are those that were named, and only the sample's text is cited."""
    assert {name for need in activity.equipment for name in need.any_of} <= {"rope"}
    assert getattr(activity, "muscles", frozenset()) <= {"heart"}
    assert {item.statement for item in activity.citations} == {"S001"}
    assert loads(dumps(activity), type(activity)) == activity


@given(catalogs())
@settings(max_examples=15)
def test_catalogs_hold_together(catalog: Catalog) -> None:
    """Each is made of one or two packs that survive JSON, and its rules can be carried out."""
    assert 1 <= len(catalog.packs) <= 2
    assert 1 <= len(catalog.activities) <= 4
    assert [loads(dumps(pack), type(pack)) for pack in catalog.packs] == list(catalog.packs)
    assert set(rules_of(catalog)) == set(catalog.rules)


@given(st.data())
@settings(max_examples=25)
def test_people_speak_the_guidance_s_words(data: st.DataObject) -> None:
    """No profile and no screening has a word that its guidance doesn't know."""
    catalog = data.draw(st.sampled_from([SAMPLE, BUNDLED]))
    profile: Profile = data.draw(profiles(catalog))
    catalog.check_profile(profile)
    screening: Screening = data.draw(screenings(catalog))
    catalog.check_profile(attrs.evolve(profile, screening=screening))
    assert loads(dumps(profile), Profile) == profile


@given(profiles(SAMPLE, screening=st.just(Screening.clear(by="clinician"))))
@settings(max_examples=15)
def test_people_are_screened_as_asked(profile: Profile) -> None:
    """The screening that a test wants is the one that it gets."""
    assert profile.screening == Screening.clear(by="clinician")


@pytest.mark.parametrize("phase", Phase)
@given(data=st.data())
@settings(max_examples=25)
def test_guided_prescriptions_are_as_guidance_asks(phase: Phase, data: st.DataObject) -> None:
    """Dose, side, form and provider of each are what the guidance gives in the phase."""
    habit = data.draw(st.booleans())
    item: Prescription = data.draw(prescriptions(phase=phase.value, habit=habit))
    alone = Routine(
        phase=phase,
        guidance=BUNDLED.refs,
        habits=(item,) if habit else (),
        sessions=() if habit else (Session(day="mon", prescriptions=(item,)),),
    )
    context = Context(catalog=BUNDLED, profile=None, phase=phase)
    for code in ALONE:
        result = run_rule(rules_of(BUNDLED)[code], view(alone, BUNDLED), context)
        assert not [found for found in result.findings if found.outcome == "fail"], result


@given(st.data())
@settings(max_examples=25)
def test_routines_keep_to_what_is_asked(data: st.DataObject) -> None:
    """A week is of its phase and guidance, and holds nothing unknown unless mistakes are wanted."""
    catalog = data.draw(st.sampled_from([SAMPLE, BUNDLED]))
    phase = data.draw(st.none() | st.sampled_from(Phase))
    arbitrary = data.draw(st.booleans())
    routine: Routine = data.draw(routines(catalog, phase=phase, arbitrary=arbitrary))
    assert phase is None or routine.phase is phase
    assert routine.guidance == catalog.refs
    assert loads(dumps(routine), Routine) == routine
    if not arbitrary:
        for item in view(routine, catalog).items:
            assert item.activity is not None
            assert item.dose_range is not None
            assert dose_kind(item.prescription.dose) is item.dose_range.kind
            for parameter, value in dose_values(item.prescription.dose).items():
                limit = item.dose_range.limit(parameter)
                assert limit is None or value is None or limit.allows(value)


def _is(kind: type) -> Callable[[Any], bool]:
    return lambda item: isinstance(item, kind)


def _offers(count: int) -> Callable[[Any], bool]:
    return lambda item: len(item.doses) == count


def _of_kind(kind: DoseKind) -> Callable[[Any], bool]:
    return lambda dose: dose_kind(dose) is kind


def _restricts(level: RestrictionLevel) -> Callable[[Any], bool]:
    return lambda item: any(
        limit.level is level for limits in item.restrictions.values() for limit in limits
    )


REACHED: dict[str, tuple[SearchStrategy[Any], Callable[[Any], bool]]] = {
    **{
        f"an activity of type {kind.__name__}": (
            activities(),
            _is(kind),
        )
        for kind in (Exercise, Modality, ManualTherapy, Habit)
    },
    **{
        f"an activity with {count} dose ranges": (
            activities(),
            _offers(count),
        )
        for count in (0, 1, 2)
    },
    "a catalog of two packs": (catalogs(), lambda item: len(item.packs) == 2),
    "a catalog with a ladder": (catalogs(), lambda item: bool(item.ladders)),
    "a catalog without red flags": (catalogs(), lambda item: not item.red_flags),
    **{
        f"a restriction of level {level}": (
            catalogs(),
            _restricts(level),
        )
        for level in RestrictionLevel
    },
    "nobody asked": (profiles(SAMPLE), lambda item: item.screening is None),
    "a red flag": (screenings(SAMPLE), lambda item: bool(item.present)),
    "all asked": (screenings(SAMPLE), lambda item: item.others_absent),
    "a clearance": (profiles(SAMPLE), lambda item: bool(item.clearances)),
    "a level": (profiles(SAMPLE), lambda item: bool(item.levels)),
    "a person with a condition": (profiles(SAMPLE), lambda item: bool(item.conditions)),
    "a week without sessions": (routines(SAMPLE), lambda item: not item.sessions),
    "a mistaken week": (
        routines(SAMPLE, arbitrary=True),
        lambda item: any(found.activity is None for found in view(item, SAMPLE).items),
    ),
    "one side only": (
        routines(SAMPLE, arbitrary=True),
        lambda item: any(x.prescription.side is Side.LEFT for x in view(item, SAMPLE).items),
    ),
}


@pytest.mark.parametrize(("strategy", "wanted"), REACHED.values(), ids=REACHED.keys())
def test_every_kind_of_thing_is_reached(
    strategy: SearchStrategy[Any], wanted: Callable[[Any], bool]
) -> None:
    """A test that draws from a strategy meets each of these sooner or later."""
    quick = settings(max_examples=2000, database=None, deadline=None)
    assert wanted(find(strategy, wanted, settings=quick))


def test_guidance_without_an_activity_in_a_phase_makes_empty_weeks() -> None:
    """There is nothing to draw from, and that is no error."""
    idle = attrs.evolve(
        sample_pack(),
        activities=[attrs.evolve(item, doses=()) for item in sample_pack().activities],
    )
    catalog = Catalog(packs=(idle,))
    assert prescriptions(catalog, phase="acute").is_empty
    week = find(routines(catalog), lambda item: item.phase is Phase.ACUTE)
    assert not week.sessions
    assert not week.habits


def test_any_kind_of_dose_comes_when_none_is_asked_for() -> None:
    """Without a kind each of the five is reached."""
    for kind in DoseKind:
        assert dose_kind(find(doses(), _of_kind(kind))) is kind


def test_the_absence_of_hypothesis_is_told_in_one_way() -> None:
    """Without it the error names the extra that brings it."""
    program = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "import sciatica_pt\n"
        "try:\n"
        "    import sciatica_pt.testing\n"
        "except sciatica_pt.ExtraMissingError as error:\n"
        "    print(error.extra)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert run.stdout.split() == ["testing"]


def test_guidance_without_words_makes_people_without_any() -> None:
    """Where no activity, condition or restriction is known, none is named."""
    bare = Catalog(
        packs=(
            attrs.evolve(
                sample_pack(),
                activities=(),
                ladders=(),
                restrictions=(),
                questions=(),
                red_flags=(),
                goals=(),
                equipment=(),
                texts=sample_pack().texts[:1],
            ),
        )
    )
    person = find(profiles(bare), lambda item: item.screening is not None)
    assert not (person.conditions | person.likes | person.equipment)
    assert not person.levels
    assert not person.clearances


def test_the_sample_holds_one_of_everything() -> None:
    """Every check, level of restriction, kind of dose and type of activity is in it."""
    assert {rule.check for rule in SAMPLE.rules.values()} == set(CHECKS)
    levels = {item.level for items in SAMPLE.restrictions.values() for item in items}
    assert levels == set(RestrictionLevel)
    kinds = {item.kind for activity in SAMPLE.activities.values() for item in activity.doses}
    assert kinds == set(DoseKind)
    types = {type(activity) for activity in SAMPLE.activities.values()}
    assert types == {Exercise, Modality, ManualTherapy, Habit}
    assert SAMPLE.disputes
    assert SAMPLE.ladders
