"""The article's pack holds what the article says: everything, and nothing more.

The tables below were typed from the article's statements and not from the pack, so the two check
each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from sciatica_pt.guidance import Catalog, GuidancePack, article_guidance, bundled_pack, walk
from sciatica_pt.model import (
    Activity,
    Citation,
    DoseParameter,
    Exercise,
    Habit,
    Limit,
    ManualTherapy,
    Modality,
    Origin,
    Parameter,
    Phase,
    StatementUse,
    Technique,
)
from sciatica_pt.model.vocabulary import TextKind

PACK = bundled_pack("article")
GUIDANCE = article_guidance()
STATEMENTS = {statement.id: statement for statement in PACK.statements}


def _ids(*numbers: int) -> tuple[str, ...]:
    return tuple(f"A{number:03}" for number in numbers)


# What the article gives a number for: the statement, the activity, which number, least, first and
# most. Times are in seconds.
NUMBERS = (
    ("A021", "hamstring-stretch", "hold_seconds", 30, 30, 30),
    ("A029", "piriformis-stretch", "hold_seconds", 30, 30, 30),
    ("A036", "cat-camel", "reps", 10, 10, 10),
    ("A047", "bridge", "reps", 10, 10, 15),
    ("A095", "heat", "duration_seconds", 15 * 60, 15 * 60, 20 * 60),
    ("A100", "cold", "duration_seconds", 10 * 60, 10 * 60, 15 * 60),
)
# What the article gives one bound for; the other bound is a reading.
STARTS = (("A055", "squat", "reps", 10),)
GOALS = (("A062", "plank", "hold_seconds", 60),)
# What it asks for without a number, so that each number in the pack is a reading.
UNNUMBERED = (
    ("A045", "bridge", "hold_seconds"),
    ("A069", "walking", "duration_seconds"),
    ("A111", "movement-breaks", "every_seconds"),
)
# How many statements each paragraph of a section makes.
PARAGRAPHS = {
    "S0": (3, 2, 2, 2, 2),
    "H": (2,),
    "S1": (3, 6, 8, 3, 4),
    "S2": (3, 2, 5, 5, 4, 3, 3),
    "S3": (3, 2, 3, 3, 2),
    "S4": (4, 2, 5, 2, 2),
    "S5": (3, 3, 2, 3),
    "S6": (1, 5, 2, 4, 3, 3),
    "C": (3, 1),
    "F1": (1, 1, 2),
    "F2": (1, 1, 2),
    "F3": (2, 2),
    "F4": (1, 4),
}
# The numbers in the statements' own words.
WRITTEN = {
    "A021": [30],
    "A029": [30],
    "A036": [10],
    "A047": [10, 15],
    "A055": [10],
    "A062": [30, 1],
    "A095": [15, 20],
    "A100": [10, 15],
}


@attrs.frozen(kw_only=True)
class Said:
    """What the article says of an activity."""

    kind: type
    technique: str
    steps: tuple[str, ...]
    targets: frozenset[str] = frozenset()
    position: str | None = None
    sides: bool = False
    needs: tuple[frozenset[str], ...] = ()
    forms: frozenset[str] = frozenset()
    providers: frozenset[str] = frozenset()


def _exercise(technique: str, *steps: int, **rest: Any) -> Said:
    return Said(kind=Exercise, technique=technique, steps=_ids(*steps), **rest)


def _habit(*steps: int, **rest: Any) -> Said:
    return Said(kind=Habit, technique="posture", steps=_ids(*steps), **rest)


def _hands_on(provider: frozenset[str], forms: frozenset[str], *steps: int) -> Said:
    return Said(
        kind=ManualTherapy,
        technique="manual-therapy",
        steps=_ids(*steps),
        providers=provider,
        forms=forms,
    )


SAID = {
    "hamstring-stretch": _exercise(
        "stretching",
        *(17, 18, 19, 20, 21, 22),
        targets=frozenset({"hamstrings"}),
        position="supine",
        sides=True,
        needs=(frozenset({"towel", "resistance-band"}),),
    ),
    "piriformis-stretch": _exercise(
        "stretching",
        *(25, 26, 27, 28, 29, 30),
        targets=frozenset({"piriformis"}),
        position="seated",
        sides=True,
        needs=(frozenset({"chair"}),),
    ),
    "cat-camel": _exercise(
        "stretching",
        *(33, 34, 35, 36, 37),
        targets=frozenset({"lumbar"}),
        position="quadruped",
    ),
    "bridge": _exercise(
        "strengthening",
        *(42, 43, 44, 45, 46),
        targets=frozenset({"gluteals", "core"}),
        position="hook-lying",
    ),
    "squat": _exercise(
        "strengthening",
        *(50, 51, 52, 53, 54),
        targets=frozenset({"lower-body"}),
        position="standing",
    ),
    "plank": _exercise(
        "strengthening",
        *(59, 60, 61, 62),
        targets=frozenset({"abdominals", "core"}),
        position="prone-forearm",
    ),
    "walking": _exercise("aerobic", 69, 70, position="upright-moving"),
    "swimming": _exercise("aerobic", 71, position="water", needs=(frozenset({"pool"}),)),
    "water-aerobics": _exercise("aerobic", 71, position="water", needs=(frozenset({"pool"}),)),
    "cycling-stationary": _exercise(
        "aerobic", 75, position="seated", needs=(frozenset({"stationary-bike"}),)
    ),
    "cycling-outdoor": _exercise("aerobic", 75, position="seated", needs=(frozenset({"bicycle"}),)),
    "spinal-manipulation": _hands_on(
        frozenset({"chiropractor", "osteopathic-physician"}),
        frozenset({"spinal-adjustment"}),
        *(80, 81, 78, 130),
    ),
    "mobilization": _hands_on(
        frozenset({"physical-therapist"}),
        frozenset({"oscillation", "sustained-pressure"}),
        *(76, 85, 84, 130),
    ),
    "massage": _hands_on(
        frozenset({"massage-therapist"}),
        frozenset({"deep-tissue", "swedish", "trigger-point"}),
        *(90, 89, 130),
    ),
    "heat": Said(
        kind=Modality,
        technique="heat-cold",
        steps=_ids(92, 96, 91, 95),
        forms=frozenset({"heating-pad", "warm-bath"}),
    ),
    "cold": Said(
        kind=Modality,
        technique="heat-cold",
        steps=_ids(99, 101, 100),
        forms=frozenset({"cold-pack", "frozen-vegetables"}),
    ),
    "sitting-posture": _habit(108, 109, needs=(frozenset({"towel", "lumbar-cushion"}),)),
    "standing-posture": _habit(112, 113),
    "safe-lifting": _habit(115, 116, 117, 118, 119),
    "movement-breaks": _habit(110, 111),
    "neutral-spine": _habit(105, 106, 103),
}
# Each kind of advice in the questions at the end of the article.
ADVICE = {
    "see-a-therapist-first": (TextKind.REFERRAL, _ids(10, 121, 122, 132)),
    "surgery": (TextKind.REFERRAL, _ids(124, 125, 126, 127)),
    "what-to-expect": (TextKind.EXPECTATION, _ids(128, 129, 130, 131)),
    "home-program": (TextKind.ADVICE, _ids(133, 134, 135)),
    "keeping-it-away": (TextKind.ADVICE, _ids(136, 137, 138, 139, 140)),
}

each_activity = pytest.mark.parametrize("name", sorted(SAID))


def _limits(name: str) -> Iterator[Limit]:
    for dose_range in GUIDANCE.activities[name].doses:
        yield from dose_range.limits


def _limit(name: str, parameter: str, phase: Phase) -> Limit:
    dose_range = GUIDANCE.range(name, phase)
    assert dose_range is not None
    limit = dose_range.limit(DoseParameter(parameter))
    assert limit is not None
    return limit


def _cited(citations: tuple[Citation, ...]) -> list[str]:
    return [citation.statement for citation in citations]


# --- The statements


def test_all_140_statements_are_there_in_the_articles_order() -> None:
    """None is missing, none is double, and each says where in the article it stands."""
    assert list(STATEMENTS) == list(_ids(*range(1, 141)))
    sections = [(statement.locator or "").split(" (", 1)[0] for statement in PACK.statements]
    expected = [
        f"{section}p{place}"
        for section, counts in PARAGRAPHS.items()
        for place, count in enumerate(counts, start=1)
        for _ in range(count)
    ]
    assert sections == expected


def test_all_statements_are_the_articles() -> None:
    """They come from its one source and were seen there."""
    (source,) = PACK.sources
    assert {statement.source for statement in PACK.statements} == {source.id}
    assert all(statement.verified for statement in PACK.statements)


def test_one_statement_is_left_out_and_the_reason_is_given() -> None:
    """Only the claim that manipulation puts vertebrae back is shown to nobody."""
    left_out = [item for item in PACK.statements if item.use is StatementUse.EXCLUDED]
    assert [item.id for item in left_out] == ["A079"]
    assert "evidence does not support it" in (left_out[0].reason or "")


def test_statements_have_the_articles_numbers_and_no_other() -> None:
    """Each number that the article writes stands in its statement; nothing adds one."""
    found = {
        name: numbers
        for name, statement in STATEMENTS.items()
        if (numbers := [int(digits) for digits in re.findall(r"\d+", _without_steps(statement))])
    }
    assert found == WRITTEN


def _without_steps(statement: Any) -> str:
    return re.sub(r"step \d:", "", statement.text)


# --- The numbers


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_of_the_pack_is_the_articles(
    number: tuple[str, str, str, int, int, int], phase: Phase
) -> None:
    """In every phase, since the article ties no dose to one; and it cites where it is said."""
    statement, activity, parameter, least, first, most = number
    limit = _limit(activity, parameter, phase)
    assert (limit.minimum, limit.first, limit.maximum) == (least, first, most)
    assert limit.origin is Origin.ARTICLE
    assert _cited(limit.citations) == [statement]


@pytest.mark.parametrize("phase", list(Phase))
def test_one_sided_numbers_keep_to_the_side_that_the_article_gives(phase: Phase) -> None:
    """A start is where the article starts, a goal where it ends; the other bound is a reading."""
    for statement, activity, parameter, first in STARTS:
        limit = _limit(activity, parameter, phase)
        assert limit.first == first
        assert statement in _cited(limit.citations)
        assert limit.origin is Origin.SYNTHESIS
    for statement, activity, parameter, most in GOALS:
        limit = _limit(activity, parameter, phase)
        assert limit.maximum == most
        assert statement in _cited(limit.citations)
        assert limit.origin is Origin.SYNTHESIS


@pytest.mark.parametrize(("statement", "activity", "parameter"), UNNUMBERED)
def test_a_number_that_the_article_leaves_out_is_marked_as_a_reading(
    statement: str, activity: str, parameter: str
) -> None:
    """It cites the words without a number, says that it is ours, and has a note that says why."""
    for phase in Phase:
        limit = _limit(activity, parameter, phase)
        assert limit.origin is Origin.SYNTHESIS
        notes = {citation.statement: citation.note for citation in limit.citations}
        assert "the library" in (notes[statement] or "")


def test_no_other_number_claims_to_be_the_articles() -> None:
    """Every limit and parameter of article origin is in the table."""
    claimed = {
        (activity.id, limit.parameter.value)
        for activity in PACK.activities
        for dose_range in activity.doses
        for limit in dose_range.limits
        if limit.origin is Origin.ARTICLE
    }
    assert claimed == {(activity, parameter) for _, activity, parameter, *_ in NUMBERS}
    parameters = [item for _, item in walk(PACK) if isinstance(item, Parameter)]
    assert parameters
    assert all(item.origin is Origin.SYNTHESIS for item in parameters)
    assert all(goal.origin is Origin.SYNTHESIS for goal in PACK.goals)


def test_every_reading_says_that_it_is_one() -> None:
    """A number of ours has a note beside a citation of the article, or cites our own statement."""
    for path, item in walk(PACK):
        if isinstance(item, (Limit, Parameter)) and item.origin is Origin.SYNTHESIS:
            assert any(one.note or one.statement.startswith("L") for one in item.citations), path


def test_instructions_hold_no_number_but_the_articles() -> None:
    """The one number spoken in steps and texts is the plank's goal; doses come from the limits."""
    spoken = {
        (activity.id, int(number))
        for activity in PACK.activities
        for text in (activity.summary, *(step.text for step in activity.steps))
        for number in re.findall(r"\d+", text)
    }
    assert spoken == {("plank", 30), ("plank", 60)}
    assert not [text.id for text in PACK.texts if re.search(r"\d", text.text)]


# --- The activities


def test_every_activity_of_the_article_is_there_and_no_other() -> None:
    """All six techniques are, with everything that stands under them."""
    assert {activity.id for activity in PACK.activities} == SAID.keys()
    assert {activity.technique for activity in PACK.activities} == set(Technique)


@each_activity
def test_an_activity_is_as_the_article_describes_it(name: str) -> None:
    """Its kind, technique, targets, position, sides, equipment, forms and providers are its."""
    activity, said = GUIDANCE.activities[name], SAID[name]
    assert type(activity) is said.kind
    assert activity.technique == said.technique
    assert tuple(frozenset(need.any_of) for need in activity.equipment) == said.needs
    assert _described(activity) == {
        "targets": said.targets,
        "position": said.position,
        "sides": said.sides,
        "forms": said.forms,
        "providers": said.providers,
    }


def _described(activity: Activity) -> dict[str, Any]:
    return {
        "targets": getattr(activity, "muscles", frozenset()),
        "position": getattr(activity, "position", None),
        "sides": getattr(activity, "per_side", False),
        "forms": frozenset(form.id for form in getattr(activity, "forms", ())),
        "providers": getattr(activity, "providers", frozenset()),
    }


@each_activity
def test_its_steps_are_the_articles_in_the_articles_order(name: str) -> None:
    """Each step that the article gives is told, and told in that order."""
    steps = GUIDANCE.activities[name].steps
    told = list(dict.fromkeys(one for step in steps for one in _cited(step.citations)))
    said = list(SAID[name].steps)
    assert [one for one in told if one in said] == said


@each_activity
def test_it_is_offered_in_every_phase(name: str) -> None:
    """The article forbids nothing in any phase; the pack above it does."""
    assert all(GUIDANCE.range(name, phase) is not None for phase in Phase)


def test_spine_moves_in_the_direction_that_the_article_describes() -> None:
    """The rounded back is flexion and the sinking belly extension, whatever animals they are."""
    movements = {
        citation.statement: step.movement
        for step in GUIDANCE.activities["cat-camel"].steps
        for citation in step.citations
    }
    assert (movements["A034"], movements["A035"]) == ("flexion", "extension")


def test_only_the_plank_lasts_as_long_as_form_does() -> None:
    """It says what ends it early."""
    limited = [item for item in PACK.activities if getattr(item, "form_limited", False)]
    assert [item.id for item in limited] == ["plank"]


def test_only_manipulation_is_a_thrust() -> None:
    """So only it falls under the rule against doing it to oneself."""
    thrusts = [item.id for item in PACK.activities if getattr(item, "thrust", False)]
    assert thrusts == ["spinal-manipulation"]


def test_heat_and_cold_shield_the_skin_and_suit_their_phases() -> None:
    """A pad and every pack need a cloth, a thin towel first for cold; a bath has no surface."""
    heat, cold = GUIDANCE.activities["heat"], GUIDANCE.activities["cold"]
    assert isinstance(heat, Modality)
    assert isinstance(cold, Modality)
    barriers = {form.id: form.barrier for form in (*heat.forms, *cold.forms)}
    assert barriers.pop("warm-bath") is None
    assert barriers.keys() == {"heating-pad", "cold-pack", "frozen-vegetables"}
    for name, barrier in barriers.items():
        assert barrier is not None
        assert set(barrier.any_of) == {"towel", "thin-towel"}
        assert barrier.any_of[0] == ("towel" if name == "heating-pad" else "thin-towel")
    assert (heat.suits_phases, heat.suits_flare) == (frozenset({Phase.CHRONIC}), False)
    assert (cold.suits_phases, cold.suits_flare) == (frozenset({Phase.ACUTE}), True)


# --- Advice


@pytest.mark.parametrize("name", sorted(ADVICE))
def test_advice_from_the_questions_is_shown(name: str) -> None:
    """Referral, expected soreness, home against clinic, prevention: each is a text with sources."""
    kind, statements = ADVICE[name]
    text = GUIDANCE.texts[name]
    assert text.kind is kind
    assert set(statements) <= set(_cited(text.citations))


def test_what_the_article_lacks_is_not_made_up_in_its_name() -> None:
    """It names no red flag and no contraindication, so alone it knows none."""
    assert not PACK.red_flags
    assert not PACK.restrictions
    assert not GUIDANCE.questions


def test_what_is_the_articles_cites_the_article() -> None:
    """Whatever claims to come from it rests on its statements alone, and nothing is external."""
    for path, item in walk(PACK):
        origin = getattr(item, "origin", None)
        assert origin is not Origin.EXTERNAL, path
        if origin is Origin.ARTICLE:
            assert all(one in STATEMENTS for one in _cited(getattr(item, "citations"))), path  # noqa: B009 - of many classes


def test_the_article_alone_is_a_catalog() -> None:
    """With the working rules below it, the pack stands without the one above."""
    assert isinstance(GUIDANCE, Catalog)
    assert [pack.id for pack in GUIDANCE.packs] == ["foundation", "article"]
    assert isinstance(PACK, GuidancePack)
