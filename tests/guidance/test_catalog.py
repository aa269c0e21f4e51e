"""Layering packs: what a later one changes, what it must give a reason for, and what is refused."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from typing import Any

import attrs
import pytest
from hypothesis import given, settings

from sciatica_pt.codec import dumps, loads
from sciatica_pt.errors import GuidanceError, InvalidValueError, Problem
from sciatica_pt.guidance import (
    ActivityAmendment,
    Catalog,
    GuidancePack,
    Replacement,
    RuleAmendment,
    combine,
    default_guidance,
    unknown_word,
    walk,
)
from sciatica_pt.model import (
    Citation,
    Clearance,
    Continuous,
    Dispute,
    DoseParameter,
    DoseRange,
    EquipmentNeed,
    Exercise,
    Fact,
    GuidanceText,
    Ladder,
    Level,
    Limit,
    Modification,
    Parameter,
    Phase,
    Profile,
    RedFlag,
    Restriction,
    RestrictionLevel,
    Screening,
    Step,
    Term,
)
from sciatica_pt.testing import catalogs, sample_guidance, sample_pack

BELOW = sample_pack()
CITED = (Citation(statement="S001"),)


def _pack(name: str = "above", /, **fields: Any) -> GuidancePack:
    return GuidancePack(id=name, version="1", title=name, summary="Laid over another.", **fields)


def _limit(parameter: str, least: int, most: int) -> Limit:
    return Limit(
        parameter=parameter, minimum=least, maximum=most, origin="synthesis", citations=CITED
    )


def _range(kind: str, *limits: Limit, phases: Any = tuple(Phase)) -> DoseRange:
    return DoseRange(phases=phases, kind=kind, limits=limits)


def _amendment(activity: str, **fields: Any) -> ActivityAmendment:
    return ActivityAmendment(activity=activity, reason="Tried out.", citations=CITED, **fields)


def _problems(*packs: GuidancePack) -> tuple[Problem, ...]:
    with pytest.raises(GuidanceError) as caught:
        combine(*packs)
    return caught.value.problems


def _bounds(catalog: Catalog, activity: str, phase: str, parameter: str) -> tuple[int, int] | None:
    dose_range = catalog.range(activity, Phase(phase))
    limit = dose_range.limit(DoseParameter(parameter)) if dose_range else None
    return (limit.minimum, limit.maximum) if limit else None


# --- What a catalog is


@settings(max_examples=20)
@given(catalogs())
def test_a_catalog_is_the_value_of_its_packs(catalog: Catalog) -> None:
    """Pickled, copied or combined anew from the same packs it is the same, hash included."""
    for other in (
        pickle.loads(pickle.dumps(catalog)),
        copy.deepcopy(catalog),
        copy.copy(catalog),
        combine(*catalog.packs),
        Catalog(packs=list(catalog.packs)),
    ):
        assert other == catalog
        assert hash(other) == hash(catalog)
        assert other.activities == catalog.activities


@settings(max_examples=20)
@given(catalogs())
def test_each_pack_of_a_catalog_survives_json(catalog: Catalog) -> None:
    """Guidance can be written, exchanged and combined again."""
    packs = [loads(dumps(pack), GuidancePack) for pack in catalog.packs]
    assert combine(*packs) == catalog


@settings(max_examples=20)
@given(catalogs())
def test_an_activity_has_at_most_one_range_for_a_phase(catalog: Catalog) -> None:
    """However packs amend it, `range` is what the activity's own doses say."""
    for name, activity in catalog.activities.items():
        for phase in Phase:
            found = [item for item in activity.doses if phase in item.phases]
            assert len(found) <= 1
            assert catalog.range(name, phase) == (found[0] if found else None)


def test_a_catalog_cannot_be_changed() -> None:
    """Its indexes are views, so nobody adds an activity to shared guidance."""
    indexes: Any = sample_guidance().activities
    with pytest.raises(TypeError):
        indexes["another"] = indexes["stroll"]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        sample_guidance().packs = ()  # type: ignore[misc]


def test_guidance_needs_a_pack() -> None:
    """Nothing is no guidance, and what is no pack is refused by its place."""
    with pytest.raises(InvalidValueError, match=r"Catalog\.packs: expected 1 to 50 items"):
        combine()
    with pytest.raises(InvalidValueError, match=r"Catalog\.packs\[1\]: expected a GuidancePack"):
        combine(BELOW, "article")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="expected a list, got a set of 1"):
        Catalog(packs=frozenset({BELOW}))


def test_an_unknown_activity_has_no_range() -> None:
    """The answer is that guidance offers none."""
    assert sample_guidance().range("handstand", Phase.CHRONIC) is None


def test_red_flags_are_sorted_by_urgency() -> None:
    """The most urgent question comes first, then by name."""
    assert list(sample_guidance().red_flags) == ["numb-saddle", "fever-at-night"]


def test_what_disputes_a_statement_is_found_from_it() -> None:
    """Evidence against a statement can be shown wherever the statement is."""
    assert [one.statement for one in sample_guidance().citations_of("S001")] == ["S002"]
    assert sample_guidance().citations_of("S002") == ()


def test_walk_visits_every_value_with_its_path() -> None:
    """A citation deep inside a pack is reached under the path that JSON gives it."""
    visited = dict(walk(BELOW))
    assert visited["$"] is BELOW
    assert visited["$.activities[0].steps[0].citations[0].statement"] == "S001"


# --- Amendments of activities


def test_a_limit_replaces_that_of_its_parameter_and_phase_alone() -> None:
    """Other numbers and other phases stay as the pack below has them."""
    hold = _range("hold", _limit("hold_seconds", 5, 6), phases={"acute"})
    catalog = combine(BELOW, _pack(amendments=(_amendment("leg-stretch", doses=(hold,)),)))
    assert _bounds(catalog, "leg-stretch", "acute", "hold_seconds") == (5, 6)
    assert _bounds(catalog, "leg-stretch", "chronic", "hold_seconds") == (10, 30)
    assert _bounds(catalog, "leg-stretch", "acute", "sets") == (1, 3)


def test_a_range_of_another_kind_starts_afresh() -> None:
    """Repetitions say nothing about a hold, so none of the old numbers stay."""
    week = (_limit("days_per_week", 1, 2), _limit("times_per_day", 1, 1))
    numbers = (_limit("sets", 1, 1), _limit("hold_seconds", 5, 9), _limit("rest_seconds", 0, 9))
    hold = _range("hold", *numbers, *week, phases={"acute"})
    catalog = combine(BELOW, _pack(amendments=(_amendment("curl-up", doses=(hold,)),)))
    assert _bounds(catalog, "curl-up", "acute", "reps") is None
    assert _bounds(catalog, "curl-up", "acute", "hold_seconds") == (5, 9)
    assert _bounds(catalog, "curl-up", "chronic", "reps") == (5, 12)


def test_a_phase_can_be_added_or_withheld() -> None:
    """A later pack offers an activity where the earlier did not, or no longer does."""
    everything = next(item for item in BELOW.activities if item.id == "side-hold").doses[0]
    acute = attrs.evolve(everything, phases=frozenset({Phase.ACUTE}))
    added = combine(BELOW, _pack(amendments=(_amendment("side-hold", doses=(acute,)),)))
    assert sample_guidance().range("side-hold", Phase.ACUTE) is None
    assert added.range("side-hold", Phase.ACUTE) is not None
    held = combine(BELOW, _pack(amendments=(_amendment("side-hold", withheld={"chronic"}),)))
    assert held.range("side-hold", Phase.CHRONIC) is None
    assert held.range("side-hold", Phase.SUBACUTE) is not None


def test_amendments_apply_in_the_order_of_the_packs() -> None:
    """The last pack has the last word on a number."""
    layers = [
        _pack(
            name,
            amendments=(
                _amendment("stroll", doses=(_range("continuous", _limit("effort", least, 9)),)),
            ),
        )
        for name, least in (("first", 3), ("second", 4))
    ]
    assert _bounds(combine(BELOW, *layers), "stroll", "acute", "effort") == (4, 9)
    assert _bounds(combine(BELOW, *layers[::-1]), "stroll", "acute", "effort") == (3, 9)


def test_a_later_activity_is_not_changed_by_an_earlier_amendment() -> None:
    """A pack that defines an activity anew has the last word, numbers included."""
    effort = _range("continuous", _limit("effort", 1, 1))
    amending = _pack("amending", amendments=(_amendment("stroll", doses=(effort,)),))
    stroll = next(item for item in BELOW.activities if item.id == "stroll")
    anew = _pack(
        "anew",
        activities=(attrs.evolve(stroll, name="Another stroll"),),
        replacements=(Replacement(id="stroll", reason="Tried out."),),
    )
    assert _bounds(combine(BELOW, amending), "stroll", "acute", "effort") == (1, 1)
    assert _bounds(combine(BELOW, amending, anew), "stroll", "acute", "effort") == (2, 5)
    assert _bounds(combine(BELOW, anew, amending), "stroll", "acute", "effort") == (1, 1)


def test_what_is_not_there_yet_cannot_be_amended() -> None:
    """An amendment is about its own pack and those below it; the nearest id is named."""
    (problem,) = _problems(BELOW, _pack(amendments=(_amendment("strol"),)))
    assert problem.path == "$.above.amendments[0]"
    assert problem.hint == 'did you mean "stroll"?'
    (early,) = _problems(_pack(amendments=(_amendment("handstand"),)), BELOW)
    assert (early.found, early.hint) == ('"handstand"', None)


def test_an_amendment_that_makes_an_impossible_activity_is_a_problem_with_a_place() -> None:
    """Minutes for a one-sided exercise are refused where they are asked for."""
    minutes = _range("continuous", _limit("duration_seconds", 60, 60))
    (problem,) = _problems(BELOW, _pack(amendments=(_amendment("leg-stretch", doses=(minutes,)),)))
    assert problem.path == "$.above.amendments[0]"
    assert problem.found == "continuous"
    assert "Exercise.doses of leg-stretch" in (problem.hint or "")


# --- Amendments of rules


def test_a_rule_can_be_reweighed_and_renumbered() -> None:
    """Severity, numbers and citations change; the rest of the rule and other rules stay."""
    fewer = Parameter(
        name="maximum-activities", value=3, unit="activities", origin="synthesis", citations=CITED
    )
    change = RuleAmendment(
        code="TRY502",
        reason="Tried out.",
        severity="info",
        parameters=(fewer,),
        citations=(Citation(statement="S002"),),
    )
    catalog = combine(BELOW, _pack(rule_amendments=(change,)))
    rule, before = catalog.rules["TRY502"], sample_guidance().rules["TRY502"]
    assert (rule.severity, rule.number("maximum-activities")) == ("info", 3)
    assert [one.statement for one in rule.citations] == ["S001", "S002"]
    assert attrs.evolve(before, severity="info", parameters=(fewer,)) == attrs.evolve(
        rule, citations=before.citations
    )
    assert catalog.rules["TRY501"] == sample_guidance().rules["TRY501"]


def test_a_rule_keeps_its_weight_unless_told() -> None:
    """No severity in an amendment means the old one."""
    change = RuleAmendment(code="TRY502", reason="Tried out.", citations=CITED)
    catalog = combine(BELOW, _pack(rule_amendments=(change,)))
    assert catalog.rules["TRY502"] == sample_guidance().rules["TRY502"]


def test_an_unknown_rule_cannot_be_amended() -> None:
    """The nearest code is named."""
    change = RuleAmendment(code="TRY599", reason="Tried out.", citations=CITED)
    (problem,) = _problems(BELOW, _pack(rule_amendments=(change,)))
    assert problem.path == "$.above.rule_amendments[0]"
    assert "did you mean" in (problem.hint or "")


# --- Replacements


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("equipment", Term(id="band", name="Rubber band"), "band"),
        (
            "questions",
            attrs.evolve(BELOW.questions[0], ask="Is any of your skin numb?"),
            "condition-numb-skin",
        ),
        ("rules", attrs.evolve(BELOW.rules[0], summary="Another one."), BELOW.rules[0].code),
    ],
)
def test_an_id_is_defined_anew_only_with_a_reason(field: str, value: Any, name: str) -> None:
    """Without one the place is named; with one the later definition holds."""
    (problem,) = _problems(BELOW, _pack(**{field: (value,)}))
    assert problem.path == f"$.above.{field}[0]"
    assert "a reason in replacements" in problem.expected
    reason = Replacement(id=name, reason="Tried out.")
    catalog = combine(BELOW, _pack(**{field: (value,)}, replacements=(reason,)))
    assert value in getattr(catalog, field).values()


def test_the_same_again_is_no_replacement() -> None:
    """Two packs may name the same towel."""
    again = combine(BELOW, _pack(equipment=(BELOW.equipment[0],)))
    assert again.equipment["band"] == BELOW.equipment[0]


def test_a_reason_for_nothing_is_refused() -> None:
    """An entry left behind would say of a later change what was meant of an earlier one."""
    (problem,) = _problems(BELOW, _pack(replacements=(Replacement(id="band", reason="Gone."),)))
    assert problem.path == "$.above.replacements[0]"
    assert problem.found == '"band"'


# --- What contradicts itself


def test_a_pack_needs_what_it_requires_below_it_and_only_once() -> None:
    """The missing pack is named, and a pack twice is refused."""
    (missing,) = _problems(_pack(requires={"nowhere"}))
    assert (missing.path, missing.expected) == (
        "$.above.requires",
        'the pack "nowhere" layered below',
    )
    (order,) = _problems(_pack(requires={"sample"}), BELOW)
    assert order.path == "$.above.requires"
    (double,) = _problems(BELOW, BELOW)
    assert (double.path, double.found) == ("$.sample", "it twice")


STROLL = next(item for item in BELOW.activities if isinstance(item, Exercise))
GOAL = BELOW.goals[1]


@pytest.mark.parametrize(
    ("fields", "path", "what"),
    [
        (
            {"statements": (attrs.evolve(BELOW.statements[0], id="T1", source="nobody"),)},
            "$.above.statements[0]",
            "a source",
        ),
        (
            {
                "disputes": (
                    Dispute(
                        id="d",
                        statements=("nothing",),
                        text="No.",
                        citations=(Citation(statement="S002", role="limits"),),
                    ),
                )
            },
            "$.above.disputes[0]",
            "a statement",
        ),
        (
            {"ladders": (Ladder(id="l", name="L", rungs=("curl-up", "nowhere"), citations=CITED),)},
            "$.above.ladders[0]",
            "an activity",
        ),
        (
            {
                "texts": (
                    GuidanceText(
                        id="t",
                        kind="advice",
                        text="T",
                        about={"nowhere"},
                        origin="synthesis",
                        citations=CITED,
                    ),
                )
            },
            "$.above.texts[0]",
            "an activity",
        ),
        (
            {"goals": (attrs.evolve(GOAL, id="g", muscle="wing"),)},
            "$.above.goals[0]",
            "a muscle",
        ),
        (
            {"activities": (attrs.evolve(STROLL, id="x", muscles=frozenset({"wing"})),)},
            "$.above.activities[0]",
            "a muscle",
        ),
        (
            {
                "activities": (
                    attrs.evolve(
                        STROLL,
                        id="x",
                        equipment=(EquipmentNeed(any_of=("carpet",), citations=CITED),),
                    ),
                )
            },
            "$.above.activities[0].equipment[0]",
            "equipment",
        ),
        (
            {
                "activities": (
                    attrs.evolve(
                        STROLL,
                        id="x",
                        steps=(Step(text="T", citations=(Citation(statement="N"),)),),
                    ),
                )
            },
            "$.above.activities[0].steps[0].citations[0]",
            "a statement",
        ),
        (
            {
                "red_flags": (
                    RedFlag(
                        id="r",
                        tier="urgent",
                        name="R",
                        ask="R?",
                        action="Go.",
                        conditions={"unheard-of"},
                        origin="synthesis",
                        citations=CITED,
                    ),
                )
            },
            "$.above.red_flags[0]",
            "a condition",
        ),
    ],
)
def test_a_name_that_no_pack_defines_is_found_where_it_stands(
    fields: dict[str, Any], path: str, what: str
) -> None:
    """Sources, statements, activities, muscles, equipment and conditions must exist."""
    (problem,) = _problems(BELOW, _pack(**fields))
    assert problem.path == path
    assert problem.expected == f"{what} that some pack defines"


def _restriction(**fields: Any) -> Restriction:
    arguments: dict[str, Any] = {
        "id": "r",
        "when": Fact(kind="condition", value="numb-skin"),
        "activities": {"stroll"},
        "level": "modify",
        "reason": "R.",
        "modification": Modification(cue="Change."),
        "origin": "synthesis",
        "citations": CITED,
    }
    return Restriction(**(arguments | fields))


def test_a_restriction_names_what_exists_and_what_is_asked_for() -> None:
    """Its activities and its replacement exist, and its fact has a question."""
    unknown = _restriction(
        activities={"nowhere"},
        when=Fact(kind="condition", value="unheard-of"),
        modification=Modification(cue="Change.", replace_with="also-nowhere"),
    )
    problems = _problems(BELOW, _pack(restrictions=(unknown,)))
    assert {(problem.path, problem.expected) for problem in problems} == {
        ("$.above.restrictions[0]", "an activity that some pack defines"),
        ("$.above.restrictions[0]", "a question for condition unheard-of"),
        ("$.above.restrictions[0].modification", "an activity that some pack defines"),
    }
    known = _restriction(modification=Modification(cue="Change.", replace_with="curl-up"))
    assert known in combine(BELOW, _pack(restrictions=(known,))).restrictions["stroll"]


def test_a_dose_without_which_no_week_can_be_planned_is_missed() -> None:
    """The numbers that lack are named, with the phase that lacks them."""
    bare = attrs.evolve(
        STROLL, id="x", doses=(_range("hold", _limit("sets", 1, 1), phases={"acute"}),)
    )
    (problem,) = _problems(BELOW, _pack(activities=(bare,)))
    assert problem.path == "$.activities.x.doses"
    assert problem.expected == (
        "limits for hold_seconds, rest_seconds, days_per_week, times_per_day"
    )
    assert "acute" in problem.found


def test_all_problems_come_at_once() -> None:
    """One run tells an author everything: three packs' worth of mistakes in one error."""
    problems = _problems(
        BELOW,
        _pack("one", requires={"nowhere"}, amendments=(_amendment("nowhere"),)),
        _pack("two", equipment=(Term(id="band", name="Other"),)),
        _pack("three", ladders=(Ladder(id="l", name="L", rungs=("a", "b"), citations=CITED),)),
    )
    assert sorted(problem.path.split(".")[1] for problem in problems) == [
        *("one", "one"),
        *("three", "three"),
        "two",
    ]


# --- Profiles


def test_a_profile_in_the_guidances_words_passes() -> None:
    """Every open word that the guidance defines is accepted."""
    profile = Profile(
        phase="chronic",
        equipment={"towel"},
        conditions={"numb-skin"},
        ruled_out={"expecting"},
        likes={"stroll"},
        dislikes={"curl-up"},
        levels=[Level(activity="stroll", dose=Continuous(duration_seconds=60))],
        clearances=[
            Clearance(
                restriction="thrust-brittle-bones",
                role="physician",
                reason="Seen.",
                expires=dt.date(2030, 1, 1),
            )
        ],
        screening=Screening(by="person", present={"numb-saddle"}, absent={"fever-at-night"}),
    )
    sample_guidance().check_profile(profile)
    sample_guidance().check_profile(Profile(phase="chronic"))


def test_each_unknown_word_of_a_profile_is_found_with_its_place() -> None:
    """A misspelt condition is refused, since it would be one that nobody has."""
    profile = Profile(
        phase="chronic",
        equipment={"towl", "band"},
        conditions={"numb-skins"},
        ruled_out={"expectings"},
        likes={"strol"},
        dislikes={"curlup"},
        levels=[Level(activity="strolls", dose=Continuous(duration_seconds=60))],
        clearances=[
            Clearance(
                restriction="thrust-brittle-bone",
                role="physician",
                reason="Seen.",
                expires=dt.date(2030, 1, 1),
            )
        ],
        screening=Screening(by="person", present={"numb-sadle"}),
    )
    with pytest.raises(GuidanceError) as caught:
        sample_guidance().check_profile(profile)
    assert [(problem.path, problem.hint) for problem in caught.value.problems] == [
        ("$.equipment[1]", 'did you mean "towel"?'),
        ("$.conditions[0]", 'did you mean "numb-skin"?'),
        ("$.ruled_out[0]", 'did you mean "expecting"?'),
        ("$.likes[0]", 'did you mean "stroll"?'),
        ("$.dislikes[0]", 'did you mean "curl-up"?'),
        ("$.levels[0]", 'did you mean "stroll"?'),
        ("$.clearances[0]", 'did you mean "thrust-brittle-bones"?'),
        ("$.screening[0]", 'did you mean "numb-saddle"?'),
    ]


def test_a_hint_says_what_is_known_when_nothing_is_near() -> None:
    """And where to look when this guidance knows nothing of the kind."""
    far = unknown_word("$", "equipment", "zzz", ["towel", "band"])
    assert far.hint == "known are band, towel"
    none = unknown_word("$", "a condition", "zzz", [])
    assert "layer a pack" in (none.hint or "")


def test_what_is_made_of_a_catalog_is_made_once() -> None:
    """A copy is another catalog and makes its own; neither is a part of what they say."""
    made: list[Catalog] = []

    def make(catalog: Catalog) -> int:
        made.append(catalog)
        return len(made)

    first, second = combine(*default_guidance().packs), combine(*default_guidance().packs)
    assert (first.once(make), first.once(make), second.once(make)) == (1, 1, 2)
    assert len(made) == 2
    assert first == second
    assert hash(first) == hash(second)


def test_restrictions_are_found_by_their_level() -> None:
    """By level are those of all levels together, in the same order."""
    catalog = default_guidance()
    for name, items in catalog.restrictions.items():
        for level in RestrictionLevel:
            found = catalog.restricted.get((name, level), ())
            assert found == tuple(item for item in items if item.level is level)
