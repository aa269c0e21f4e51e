"""A small, complete, made-up pack: every kind of thing that a pack can hold, at least once.

It is for tests only.
Its sentences and numbers are invented, and nobody should exercise by it.
"""

from __future__ import annotations

from functools import cache

from sciatica_pt.guidance import Catalog, GuidancePack, combine
from sciatica_pt.model.activities import (
    EquipmentNeed,
    Exercise,
    Form,
    Habit,
    Ladder,
    ManualTherapy,
    Modality,
    Step,
)
from sciatica_pt.model.doses import DoseRange, Limit
from sciatica_pt.model.evidence import Citation, Dispute, Source, Statement
from sciatica_pt.model.guidelines import GuidanceText, Term, WeeklyGoal
from sciatica_pt.model.safety import Fact, Modification, Question, RedFlag, Restriction
from sciatica_pt.model.vocabulary import (
    CitationRole,
    DoseKind,
    DoseParameter,
    FactKind,
    GoalKind,
    Movement,
    Origin,
    Phase,
    Position,
    Provider,
    Provocation,
    RestrictionLevel,
    SourceKind,
    Stage,
    StatementKind,
    StatementUse,
    Technique,
    TextKind,
    Tier,
    UnknownPolicy,
)
from sciatica_pt.testing._sample_rules import CITED, sample_rules

__all__ = ["sample_guidance", "sample_pack"]

_P = DoseParameter
_STEPS = (Step(text="Begin slowly, and stop when it hurts.", citations=CITED),)
_HABIT = Movement.NEUTRAL


def _doses(
    kind: DoseKind, limits: dict[DoseParameter, tuple[int, int]], phases: tuple[Phase, ...] = ()
) -> tuple[DoseRange, ...]:
    around = {_P.DAYS_PER_WEEK: (1, 7), _P.TIMES_PER_DAY: (1, 1)}
    return (
        DoseRange(
            phases=frozenset(phases or Phase),
            kind=kind,
            limits=tuple(
                Limit(
                    parameter=parameter,
                    minimum=least,
                    maximum=most,
                    origin=Origin.SYNTHESIS,
                    citations=CITED,
                )
                for parameter, (least, most) in (around | limits).items()
            ),
        ),
    )


def _needs(*any_of: str) -> EquipmentNeed:
    return EquipmentNeed(any_of=any_of, citations=CITED)


_STRETCH = Exercise(
    id="leg-stretch",
    name="Leg stretch",
    technique=Technique.STRETCHING,
    stage=Stage.STRETCH,
    summary="Lengthens the back of the leg.",
    position=Position.SUPINE,
    steps=_STEPS,
    per_side=True,
    muscles=frozenset({"hamstrings"}),
    movements=frozenset({Movement.FLEXION}),
    provokes=frozenset({Provocation.BENDING}),
    equipment=(_needs("towel", "band"),),
    doses=_doses(
        DoseKind.HOLD,
        {_P.SETS: (1, 3), _P.HOLD_SECONDS: (10, 30), _P.REST_SECONDS: (5, 60)},
    ),
    origin=Origin.SYNTHESIS,
    citations=CITED,
)
_CURL = Exercise(
    id="curl-up",
    name="Curl-up",
    technique=Technique.STRENGTHENING,
    stage=Stage.STRENGTH,
    summary="Strengthens the belly.",
    position=Position.HOOK_LYING,
    steps=_STEPS,
    muscles=frozenset({"core"}),
    doses=_doses(
        DoseKind.REPETITIONS,
        {
            _P.SETS: (1, 2),
            _P.REPS: (5, 12),
            _P.REP_SECONDS: (2, 6),
            _P.REST_SECONDS: (0, 60),
            _P.EFFORT: (2, 6),
            _P.DAYS_PER_WEEK: (2, 4),
        },
    ),
    origin=Origin.SYNTHESIS,
    citations=CITED,
)
_SIDE_HOLD = Exercise(
    id="side-hold",
    name="Side hold",
    technique=Technique.STRENGTHENING,
    stage=Stage.STRENGTH,
    summary="Strengthens the flank.",
    position=Position.SIDE_LYING,
    steps=_STEPS,
    stop_when="Stop when the hips sink.",
    per_side=True,
    form_limited=True,
    muscles=frozenset({"core"}),
    doses=_doses(
        DoseKind.HOLD,
        {_P.SETS: (1, 2), _P.HOLD_SECONDS: (10, 60), _P.REST_SECONDS: (0, 60)},
        (Phase.SUBACUTE, Phase.CHRONIC),
    ),
    origin=Origin.SYNTHESIS,
    citations=CITED,
)
_STROLL = Exercise(
    id="stroll",
    name="Stroll",
    technique=Technique.AEROBIC,
    stage=Stage.AEROBIC,
    summary="Gets the blood moving.",
    position=Position.UPRIGHT_MOVING,
    steps=_STEPS,
    provokes=frozenset({Provocation.WALKING}),
    doses=_doses(
        DoseKind.CONTINUOUS,
        {_P.DURATION_SECONDS: (300, 1800), _P.EFFORT: (2, 5), _P.SETUP_SECONDS: (60, 60)},
    ),
    origin=Origin.SYNTHESIS,
    citations=CITED,
)
_WARM = Modality(
    id="warm-pack",
    name="Warm pack",
    technique=Technique.HEAT_COLD,
    stage=Stage.WARMTH,
    summary="Warms the back.",
    steps=_STEPS,
    forms=(
        Form(
            id="pad",
            name="Heating pad",
            equipment=(_needs("heating-pad"),),
            barrier=_needs("towel"),
            citations=CITED,
        ),
        Form(id="warm-shower", name="Warm shower", citations=CITED),
    ),
    suits_phases=frozenset({Phase.CHRONIC}),
    doses=_doses(DoseKind.APPLICATION, {_P.DURATION_SECONDS: (600, 1200)}),
    origin=Origin.SYNTHESIS,
    citations=CITED,
)
_COOL = Modality(
    id="cool-pack",
    name="Cool pack",
    technique=Technique.HEAT_COLD,
    stage=Stage.COLD,
    summary="Cools the back.",
    steps=_STEPS,
    forms=(
        Form(
            id="gel",
            name="Gel pack",
            equipment=(_needs("gel-pack"),),
            barrier=_needs("towel"),
            citations=CITED,
        ),
    ),
    suits_phases=frozenset({Phase.ACUTE}),
    suits_flare=True,
    doses=_doses(DoseKind.APPLICATION, {_P.DURATION_SECONDS: (300, 900), _P.TIMES_PER_DAY: (1, 2)}),
    origin=Origin.SYNTHESIS,
    citations=CITED,
)


def _hands_on(name: str, provider: Provider, *, thrust: bool) -> ManualTherapy:
    return ManualTherapy(
        id=name.lower().replace(" ", "-"),
        name=name,
        technique=Technique.MANUAL_THERAPY,
        stage=Stage.HANDS_ON,
        summary="Moves a joint by hand.",
        steps=_STEPS,
        forms=(Form(id="gentle", name="Gentle", citations=CITED),),
        providers=frozenset({provider}),
        thrust=thrust,
        doses=_doses(
            DoseKind.APPLICATION, {_P.DURATION_SECONDS: (600, 1800), _P.DAYS_PER_WEEK: (1, 3)}
        ),
        origin=Origin.SYNTHESIS,
        citations=CITED,
    )


def _habit(name: str, limits: dict[DoseParameter, tuple[int, int]]) -> Habit:
    return Habit(
        id=name.lower().replace(" ", "-"),
        name=name,
        technique=Technique.POSTURE,
        stage=Stage.HABIT,
        summary="Spares the back.",
        situation="Whenever you sit",
        steps=(Step(text="Keep the back easy.", movement=_HABIT, citations=CITED),),
        doses=_doses(DoseKind.RECURRING, {_P.DAYS_PER_WEEK: (7, 7), **limits}),
        origin=Origin.SYNTHESIS,
        citations=CITED,
    )


_ACTIVITIES = (
    _STRETCH,
    _CURL,
    _SIDE_HOLD,
    _STROLL,
    _WARM,
    _COOL,
    _hands_on("Joint glide", Provider.PHYSICAL_THERAPIST, thrust=False),
    _hands_on("Joint thrust", Provider.CHIROPRACTOR, thrust=True),
    _habit("Sit tall", {}),
    _habit("Stand up", {_P.EVERY_SECONDS: (1200, 3600)}),
)


def _fact(kind: FactKind, value: str) -> Fact:
    return Fact(kind=kind, value=value)


_NUMB = _fact(FactKind.CONDITION, "numb-skin")
_BRITTLE = _fact(FactKind.CONDITION, "brittle-bones")
_EXPECTING = _fact(FactKind.CONDITION, "expecting")
_IRRITABLE = _fact(FactKind.IRRITABILITY, "high")
_QUESTIONS = tuple(
    Question(fact=fact, name=f"{fact}", ask=ask, reason="It changes the plan.", citations=CITED)
    for fact, ask in (
        (_NUMB, "Is your skin numb anywhere?"),
        (_BRITTLE, "Do your bones break easily?"),
        (_EXPECTING, "Are you expecting a child?"),
        (_IRRITABLE, "Do small things stir it up?"),
        (_fact(FactKind.PROVOCATION, "walking"), "Does walking bring it on?"),
        (_fact(FactKind.FLARE, "yes"), "Is this a flare-up?"),
    )
)
_RED_FLAGS = tuple(
    RedFlag(
        id=name,
        tier=tier,
        name=name.replace("-", " ").capitalize(),
        ask=f"Do you have this: {name}?",
        action="See a doctor before you exercise.",
        origin=Origin.SYNTHESIS,
        citations=CITED,
    )
    for name, tier in (("fever-at-night", Tier.URGENT), ("numb-saddle", Tier.EMERGENCY))
)


def _restriction(
    name: str,
    when: Fact,
    activity: str,
    level: RestrictionLevel,
    modification: Modification | None = None,
) -> Restriction:
    return Restriction(
        id=name,
        when=when,
        activities=frozenset({activity}),
        level=level,
        when_unknown=(
            UnknownPolicy.WITHHOLD if level is RestrictionLevel.NEVER else UnknownPolicy.ASK
        ),
        reason="It could do harm.",
        modification=modification,
        origin=Origin.SYNTHESIS,
        citations=CITED,
    )


_SHORTER = Limit(
    parameter=_P.HOLD_SECONDS, minimum=10, maximum=20, origin=Origin.SYNTHESIS, citations=CITED
)
_RESTRICTIONS = (
    _restriction("warmth-numb-skin", _NUMB, "warm-pack", RestrictionLevel.NEVER),
    _restriction("thrust-brittle-bones", _BRITTLE, "joint-thrust", RestrictionLevel.CLEARANCE),
    _restriction(
        "stretch-expecting",
        _EXPECTING,
        "leg-stretch",
        RestrictionLevel.MODIFY,
        Modification(cue="Stretch less.", limits=(_SHORTER,)),
    ),
    _restriction(
        "hold-irritable",
        _IRRITABLE,
        "side-hold",
        RestrictionLevel.MODIFY,
        Modification(cue="Take the easier one.", replace_with="curl-up"),
    ),
)


@cache
def sample_pack() -> GuidancePack:
    """Return a small, complete, made-up pack for tests; nobody should exercise by it."""
    return GuidancePack(
        id="sample",
        version="1.0.0",
        title="Sample",
        summary="Made up for tests; advice for nobody.",
        sources=(
            Source(
                id="invented",
                kind=SourceKind.SYNTHESIS,
                title="Invented for tests",
                publisher="Nobody",
            ),
        ),
        statements=tuple(
            Statement(
                id=name,
                source="invented",
                kind=StatementKind.DOSAGE,
                text=text,
                verified=False,
                use=StatementUse.RULE,
            )
            for name, text in (
                ("S001", "Everything in this pack is invented."),
                ("S002", "Some of what is invented is disputed."),
            )
        ),
        disputes=(
            Dispute(
                id="invention",
                statements=("S001",),
                text="Not everything is invented.",
                citations=(Citation(statement="S002", role=CitationRole.LIMITS),),
            ),
        ),
        equipment=tuple(
            Term(id=name, name=name.replace("-", " ").capitalize())
            for name in ("band", "gel-pack", "heating-pad", "towel")
        ),
        muscles=tuple(Term(id=name, name=name.capitalize()) for name in ("core", "hamstrings")),
        activities=_ACTIVITIES,
        ladders=(
            Ladder(id="belly", name="Belly", rungs=("curl-up", "side-hold"), citations=CITED),
        ),
        questions=_QUESTIONS,
        red_flags=_RED_FLAGS,
        restrictions=_RESTRICTIONS,
        rules=sample_rules(),
        goals=(
            WeeklyGoal(
                id="stroll-often",
                kind=GoalKind.TECHNIQUE_DAYS,
                technique=Technique.AEROBIC,
                phases=frozenset(Phase),
                target=5,
                weight=100,
                text="Stroll on five days.",
                origin=Origin.SYNTHESIS,
                citations=CITED,
            ),
            WeeklyGoal(
                id="use-the-core",
                kind=GoalKind.MUSCLE_EXPOSURES,
                muscle="core",
                phases=frozenset({Phase.CHRONIC}),
                target=2,
                weight=50,
                text="Use the core twice.",
                origin=Origin.SYNTHESIS,
                citations=CITED,
            ),
        ),
        texts=(
            GuidanceText(
                id="not-for-people",
                kind=TextKind.DISCLAIMER,
                text="This was made up for tests. Nobody should exercise by it.",
                origin=Origin.SYNTHESIS,
                citations=CITED,
            ),
            GuidanceText(
                id="nobody-asked",
                kind=TextKind.UNSCREENED,
                text="Nobody asked the screening questions.",
                about=frozenset({"stroll"}),
                origin=Origin.SYNTHESIS,
                citations=CITED,
            ),
        ),
    )


@cache
def sample_guidance() -> Catalog:
    """Return the catalog of `sample_pack` alone.

    >>> len(sample_guidance().activities), sorted(sample_guidance().red_flags)
    (10, ['fever-at-night', 'numb-saddle'])
    """
    return combine(sample_pack())
