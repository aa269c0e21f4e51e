"""Which activities a person may do, and which rung of a ladder: the cases that are rarely met."""

from __future__ import annotations

from random import Random

import attrs

from sciatica_pt.guidance import Catalog, combine, default_guidance
from sciatica_pt.model import (
    DoseParameter,
    Fact,
    FactKind,
    Ladder,
    Limit,
    Modification,
    Origin,
    Phase,
    Profile,
    Question,
    Restriction,
    RestrictionLevel,
    Technique,
    dose_values,
)
from sciatica_pt.planning import plan_week
from sciatica_pt.planning.candidates import Candidate, Rejection, consider
from sciatica_pt.planning.rungs import choose_rungs
from sciatica_pt.rules import Context, rules_of
from tests.oracle.book import Book
from tests.oracle.cases import person_for

from .synthetic import CITED, catalog, exercise, pack, profile

_T = Technique


def test_a_change_of_a_number_that_the_dose_has_not_got_changes_nothing_else() -> None:
    """A restriction over several activities bounds in each only the numbers that it has."""
    fewer = Limit(
        parameter=DoseParameter.REPS, minimum=1, maximum=1, origin=Origin.SYNTHESIS, citations=CITED
    )
    flare = Fact(kind=FactKind.FLARE, value="yes")
    gentle = Restriction(
        id="gentle",
        when=flare,
        activities={"curl", "walk"},
        level=RestrictionLevel.MODIFY,
        reason="It hurts.",
        modification=Modification(cue="Do less.", limits=[fewer]),
        origin=Origin.SYNTHESIS,
        citations=CITED,
    )
    made = pack([exercise("curl", _T.STRENGTHENING, repeated=True), exercise("walk", _T.AEROBIC)])
    question = Question(
        fact=flare, name="Flare", ask="Is it worse now?", reason="It decides.", citations=CITED
    )
    guidance = combine(attrs.evolve(made, restrictions=[gentle], questions=[question]))
    person = profile(60, flare=True)
    context = Context(catalog=guidance, profile=person, phase=Phase.CHRONIC)
    walk = consider(guidance.activities["walk"], context, rules_of(guidance), person)
    assert isinstance(walk, Candidate)
    assert DoseParameter.REPS not in dose_values(walk.prescription.dose)
    assert walk.prescription.modifications == {"gentle"}


def test_an_activity_without_any_dose_is_turned_down_for_that() -> None:
    """Guidance that gives an activity no dose at all keeps it out of every week, and says why."""
    bare = attrs.evolve(exercise("pull", _T.STRETCHING), doses=())
    plan = plan_week(profile(10), guidance=catalog([bare]), allow_unscreened=True)
    assert not plan.routine.sessions
    entry = plan.why_not("pull")
    assert entry is not None
    assert "no dose" in str(entry)


def test_of_an_unknown_person_the_hardest_rung_is_taken() -> None:
    """Without a person to ask about time and likes, the last rung stands for its ladder."""
    ladder = Ladder(id="pulls", name="Pulls", rungs=["soft", "hard"], citations=CITED)
    guidance = catalog(
        [exercise(name, _T.STRETCHING) for name in ("soft", "hard")], ladders=[ladder]
    )
    person = profile(60)
    known = Context(catalog=guidance, profile=person, phase=Phase.CHRONIC)
    rules = rules_of(guidance)
    both = [consider(guidance.activities[name], known, rules, person) for name in ladder.rungs]
    assert all(isinstance(item, Candidate) for item in both)
    kept, aside = choose_rungs(
        [item for item in both if isinstance(item, Candidate)],
        attrs.evolve(known, profile=None),
        rules,
    )
    assert [item.id for item in kept] == ["hard"]
    assert [item.candidate.id for item in aside] == ["soft"]


def test_what_was_prescribed_before_holds_for_nobody_else() -> None:
    """What somebody uses, or has reached, is not prescribed to the next one who is asked about."""
    packs = default_guidance().packs
    shared, book = combine(*packs), Book()
    rules = rules_of(shared)

    def judged(person: Profile, catalog: Catalog) -> list[Candidate | Rejection]:
        context = Context(catalog=catalog, profile=person, phase=person.phase)
        activities = [catalog.activities[name] for name in sorted(catalog.activities)]
        return [consider(activity, context, rules, person) for activity in activities]

    for seed in range(16):
        person = person_for(Random(seed), book)
        assert judged(person, shared) == judged(person, combine(*packs))
