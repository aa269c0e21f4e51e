"""Made-up guidance and people, drawn from a seeded generator: the planner's test cases.

The words and numbers mean nothing; nobody should exercise by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

import attrs

from sciatica_pt.guidance import Catalog, GuidancePack, combine, default_guidance
from sciatica_pt.model import (
    Activity,
    Citation,
    DoseKind,
    DoseParameter,
    DoseRange,
    EquipmentNeed,
    Exercise,
    FactKind,
    Form,
    GoalKind,
    GuidanceText,
    Habit,
    Ladder,
    Limit,
    ManualTherapy,
    Modality,
    Origin,
    Parameter,
    Phase,
    Position,
    Profile,
    Provider,
    Provocation,
    RuleSpec,
    Screening,
    Severity,
    Source,
    SourceKind,
    Stage,
    Statement,
    StatementKind,
    StatementUse,
    Step,
    Technique,
    Term,
    TextKind,
    Weekday,
    WeeklyGoal,
)
from sciatica_pt.rules import CHECKS

__all__ = [
    "CITED",
    "MUSCLES",
    "WORDS",
    "bundled_profile",
    "catalog",
    "exercise",
    "from_half",
    "goal",
    "limits",
    "pack",
    "profile",
    "random_catalog",
    "random_profile",
    "rule",
    "standard_rules",
]

_P = DoseParameter
_T = Technique

#: What everything cites.
CITED = (Citation(statement="S001"),)
MUSCLES = ("back", "belly", "buttock", "calf", "thigh")
_EQUIPMENT = ("band", "mat")
#: The two texts that every document shows.
WORDS = tuple(
    GuidanceText(
        id=kind.value, kind=kind, text=f"The {kind}.", origin=Origin.SYNTHESIS, citations=CITED
    )
    for kind in (TextKind.DISCLAIMER, TextKind.UNSCREENED)
)
_STEPS = (Step(text="Begin slowly.", citations=CITED),)
_STAGES = {
    _T.STRETCHING: Stage.STRETCH,
    _T.STRENGTHENING: Stage.STRENGTH,
    _T.AEROBIC: Stage.AEROBIC,
    _T.MANUAL_THERAPY: Stage.HANDS_ON,
    _T.HEAT_COLD: Stage.WARMTH,
    _T.POSTURE: Stage.MOBILITY,
}


def limits(numbers: dict[DoseParameter, int | tuple[int, int]]) -> tuple[Limit, ...]:
    """Return limits; a single number stands for both ends, and a beginner starts at the least."""
    spans = {
        parameter: (value, value) if isinstance(value, int) else value
        for parameter, value in numbers.items()
    }
    return tuple(
        Limit(
            parameter=parameter,
            minimum=least,
            maximum=most,
            origin=Origin.SYNTHESIS,
            citations=CITED,
        )
        for parameter, (least, most) in spans.items()
    )


def _doses(
    kind: DoseKind,
    seconds: int,
    days: tuple[int, int],
    times: int,
    phases: Iterable[Phase],
) -> tuple[DoseRange, ...]:
    numbers: dict[DoseParameter, int | tuple[int, int]] = {
        _P.DAYS_PER_WEEK: days,
        _P.TIMES_PER_DAY: times,
    }
    if kind is DoseKind.RECURRING:
        numbers |= {_P.DAYS_PER_WEEK: 7, _P.EVERY_SECONDS: 1800}
    elif kind is DoseKind.REPETITIONS:
        numbers |= {_P.SETS: 1, _P.REPS: (1, 20), _P.REP_SECONDS: 1, _P.REST_SECONDS: 0}
        numbers |= {_P.SETUP_SECONDS: seconds - 1}
    else:
        numbers |= {_P.DURATION_SECONDS: (seconds, seconds + 600)}
    return (DoseRange(phases=frozenset(phases), kind=kind, limits=limits(numbers)),)


def exercise(
    name: str,
    technique: Technique,
    *,
    seconds: int = 120,
    days: tuple[int, int] = (1, 7),
    times: int = 1,
    muscles: Iterable[str] = (),
    equipment: Iterable[str] = (),
    provokes: Iterable[Provocation] = (),
    phases: Iterable[Phase] = Phase,
    repeated: bool = False,
) -> Exercise:
    """Return an exercise that takes so many seconds each time."""
    kind = DoseKind.REPETITIONS if repeated else DoseKind.CONTINUOUS
    return Exercise(
        id=name,
        name=name.replace("-", " ").capitalize(),
        technique=technique,
        stage=_STAGES[technique],
        summary="It was made up.",
        position=Position.STANDING,
        steps=_STEPS,
        muscles=frozenset(muscles),
        provokes=frozenset(provokes),
        equipment=tuple(EquipmentNeed(any_of=(item,), citations=CITED) for item in equipment),
        doses=_doses(kind, seconds, days, times, phases),
        origin=Origin.SYNTHESIS,
        citations=CITED,
    )


def _given(
    name: str, technique: Technique, seconds: int, days: tuple[int, int], times: int
) -> Activity:
    form = (Form(id="plain", name="Plain", citations=CITED),)
    doses = _doses(DoseKind.APPLICATION, seconds, days, times, Phase)
    if technique is _T.HEAT_COLD:
        return Modality(
            id=name,
            name=name.capitalize(),
            technique=technique,
            stage=Stage.WARMTH,
            summary="It was made up.",
            steps=_STEPS,
            forms=form,
            doses=doses,
            origin=Origin.SYNTHESIS,
            citations=CITED,
        )
    return ManualTherapy(
        id=name,
        name=name.capitalize(),
        technique=technique,
        stage=Stage.HANDS_ON,
        summary="It was made up.",
        steps=_STEPS,
        forms=form,
        providers=frozenset({Provider.PHYSICAL_THERAPIST}),
        doses=doses,
        origin=Origin.SYNTHESIS,
        citations=CITED,
    )


HABIT = Habit(
    id="sit-well",
    name="Sit well",
    technique=_T.POSTURE,
    stage=Stage.HABIT,
    summary="It was made up.",
    situation="When sitting",
    steps=_STEPS,
    doses=_doses(DoseKind.RECURRING, 0, (7, 7), 1, Phase),
    origin=Origin.SYNTHESIS,
    citations=CITED,
)


def rule(
    code: str,
    check: str,
    techniques: Iterable[Technique] = (),
    *,
    phases: Iterable[Phase] = (),
    severity: Severity = Severity.ERROR,
    stages: Sequence[Stage] = (),
    **numbers: int,
) -> RuleSpec:
    """Return a rule as data; an underscore in a number's name stands for a hyphen."""
    return RuleSpec(
        code=code,
        name=check,
        check=check,
        scope=CHECKS[check][0],
        severity=severity,
        summary="It was made up.",
        why="It was made up.",
        fix="Make up something else.",
        techniques=frozenset(techniques),
        phases=frozenset(phases),
        stages=tuple(stages),
        parameters=tuple(
            Parameter(
                name=name.replace("_", "-"),
                value=value,
                unit="units",
                origin=Origin.SYNTHESIS,
                citations=CITED,
            )
            for name, value in numbers.items()
        ),
        citations=CITED,
        since="1.0.0",
        reviewed="0" * 16,
    )


def standard_rules(
    *, block: int = 4, session: int = 10, recovery_hours: int | None = 48
) -> tuple[RuleSpec, ...]:
    """Return the rules that any made-up guidance keeps."""
    rest = (
        ()
        if recovery_hours is None
        else (rule("TRY412", "recovery", [_T.STRENGTHENING], minimum_hours=recovery_hours),)
    )
    return (
        rule("TRY108", "offered"),
        rule("TRY410", "days-per-week"),
        rule("TRY411", "times-per-day"),
        *rest,
        rule("TRY501", "stage-order", stages=[stage for stage in Stage if stage != "habit"]),
        rule("TRY502", "session-size", maximum_activities=session),
        rule("TRY503", "day-minutes"),
        rule("TRY504", "no-repeats"),
        rule("TRY505", "block-size", set(_T) - {_T.AEROBIC}, maximum_activities=block),
        rule("TRY506", "one-rung"),
        rule("TRY605", "aggravation"),
        rule("TRY701", "equipment"),
        rule("TRY702", "provider-access"),
        rule("TRY703", "dislikes"),
        rule("TRY901", "known-activity"),
        rule("TRY903", "phase-match"),
        rule("TRY904", "screening-stated"),
    )


def goal(
    name: str,
    kind: GoalKind,
    technique: Technique | None,
    target: int,
    *,
    weight: int = 1,
    muscle: str | None = None,
) -> WeeklyGoal:
    """Return a goal for every phase."""
    return WeeklyGoal(
        id=name,
        kind=kind,
        technique=technique,
        muscle=muscle,
        phases=frozenset(Phase),
        target=target,
        weight=weight,
        text=f"Reach {target}.",
        origin=Origin.SYNTHESIS,
        citations=CITED,
    )


def pack(
    activities: Iterable[Activity],
    goals: Iterable[WeeklyGoal] = (),
    rules: Iterable[RuleSpec] | None = None,
    ladders: Iterable[Ladder] = (),
) -> GuidancePack:
    """Return a pack; without rules of its own it keeps the standard ones."""
    return GuidancePack(
        id="made-up",
        version="1.0.0",
        title="Made up",
        summary="It was made up.",
        sources=(
            Source(
                id="nobody",
                kind=SourceKind.SYNTHESIS,
                title="Made up",
                publisher="Nobody",
                year=2000,
            ),
        ),
        statements=(
            Statement(
                id="S001",
                source="nobody",
                kind=StatementKind.ROUTINE,
                text="It was made up.",
                verified=False,
                use=StatementUse.DATUM,
            ),
        ),
        equipment=tuple(Term(id=name, name=name) for name in _EQUIPMENT),
        muscles=tuple(Term(id=name, name=name) for name in MUSCLES),
        activities=tuple(activities),
        ladders=tuple(ladders),
        rules=standard_rules() if rules is None else tuple(rules),
        goals=tuple(goals),
        texts=WORDS,
    )


def catalog(
    activities: Iterable[Activity],
    goals: Iterable[WeeklyGoal] = (),
    rules: Iterable[RuleSpec] | None = None,
    ladders: Iterable[Ladder] = (),
) -> Catalog:
    """Return guidance of one made-up pack."""
    return combine(pack(activities, goals, rules, ladders))


#: How often each technique comes in random guidance.
_SHARES = {
    _T.STRETCHING: 9,
    _T.STRENGTHENING: 9,
    _T.AEROBIC: 6,
    _T.HEAT_COLD: 2,
    _T.MANUAL_THERAPY: 2,
    _T.POSTURE: 1,
}
_GOALS: tuple[tuple[GoalKind, Technique, tuple[int, int]], ...] = (
    (GoalKind.TECHNIQUE_DAYS, _T.STRETCHING, (3, 7)),
    (GoalKind.TECHNIQUE_DAYS, _T.STRENGTHENING, (2, 4)),
    (GoalKind.TECHNIQUE_DAYS, _T.AEROBIC, (2, 6)),
    (GoalKind.TECHNIQUE_DAYS, _T.HEAT_COLD, (1, 7)),
    (GoalKind.TECHNIQUE_DAYS, _T.MANUAL_THERAPY, (1, 2)),
    (GoalKind.DISTINCT_ACTIVITIES, _T.STRETCHING, (2, 4)),
    (GoalKind.DISTINCT_ACTIVITIES, _T.STRENGTHENING, (2, 4)),
    (GoalKind.DISTINCT_ACTIVITIES, _T.AEROBIC, (1, 3)),
    (GoalKind.MINUTES, _T.AEROBIC, (20, 150)),
    (GoalKind.MINUTES, _T.STRETCHING, (10, 40)),
)


def _random_activity(rng: Random, index: int, *, odd: bool) -> Activity:
    technique = rng.choices(tuple(_SHARES), tuple(_SHARES.values()))[0]
    name = f"a{index:04}"
    least = rng.choice((1, 1, 1, 2, 3))
    most = rng.randint(least, 7)
    times = rng.choices((1, 2, 3), (12, 2, 1))[0]
    if technique in (_T.HEAT_COLD, _T.MANUAL_THERAPY):
        return _given(name, technique, rng.randint(300, 1200), (least, most), times)
    if technique is _T.AEROBIC:
        seconds = rng.choice((rng.randint(300, 1800), 60 * rng.randint(5, 30)))
        seconds = seconds if odd else seconds - seconds % 60
    else:
        seconds = rng.randint(30, 400)
    return exercise(
        name,
        technique,
        seconds=seconds,
        days=(least, most),
        times=times,
        muscles=rng.sample(MUSCLES, rng.choice((0, 1, 1, 2, 3))),
        equipment=rng.choices(_EQUIPMENT, k=rng.choice((0, 0, 0, 1))),
        phases=rng.sample(tuple(Phase), rng.choice((2, 3, 3, 3))),
        repeated=technique is _T.STRENGTHENING,
    )


def _random_goals(rng: Random, *, cross: bool, odd: bool) -> list[WeeklyGoal]:
    goals = [
        goal(f"g{index:02}", kind, technique, rng.randint(*span), weight=rng.randint(1, 12))
        for index, (kind, technique, span) in enumerate(_GOALS)
        if rng.random() < 0.7 and (odd or (kind, technique) != (GoalKind.MINUTES, _T.STRETCHING))
    ]
    exposures = GoalKind.MUSCLE_EXPOSURES
    for muscle in MUSCLES:
        wanted: list[tuple[str, Technique | None, int]] = [
            (f"m-{technique}-{muscle}", technique, 7)
            for technique in (_T.STRETCHING, _T.STRENGTHENING)
            if rng.random() < 0.3
        ]
        if cross and rng.random() < 0.3:
            wanted.append((f"c-{muscle}", None, 9))
        goals += (
            goal(
                name,
                exposures,
                technique,
                rng.randint(1, most),
                weight=rng.randint(1, 6),
                muscle=muscle,
            )
            for name, technique, most in wanted
        )
    return goals


def _random_rules(rng: Random) -> tuple[RuleSpec, ...]:
    made = list(
        standard_rules(
            block=rng.randint(1, 4),
            session=rng.choice((3, 5, 10)),
            recovery_hours=rng.choice((None, 48, 48, 72)),
        )
    )
    if rng.random() < 0.3:
        made.append(
            rule("TRY413", "technique-minutes", [_T.AEROBIC], maximum_minutes=rng.randint(20, 150))
        )
    if rng.random() < 0.3:
        made.append(
            rule(
                "TRY414",
                "technique-days",
                [rng.choice(tuple(_T))],
                maximum_days=rng.randint(1, 5),
            )
        )
    return tuple(made)


def from_half(activity: Activity) -> Activity:
    """Return an activity whose aerobic dose may be as little as half of where a beginner starts."""
    if activity.technique is not _T.AEROBIC:
        return activity
    doses = [
        attrs.evolve(
            dose,
            limits=[
                attrs.evolve(limit, minimum=limit.minimum // 2, start=limit.minimum)
                if limit.parameter is _P.DURATION_SECONDS
                else limit
                for limit in dose.limits
            ],
        )
        for dose in activity.doses
    ]
    return attrs.evolve(activity, doses=doses)


def random_catalog(
    rng: Random, size: int, *, cross: bool = False, cut: bool = False, odd: bool = True
) -> Catalog:
    """Return guidance with so many activities, random goals and random rules.

    Args:
        rng: the seeded generator.
        size: how many activities, without the one habit.
        cross: whether goals may speak of several techniques.
        cut: whether a dose of aerobic work may be shorter than where a beginner starts.
        odd: whether aerobic work may last a number of seconds, and a goal count the minutes of
            stretching too; the bundled guidance has neither.
    """
    activities = [HABIT, *(_random_activity(rng, index, odd=odd) for index in range(size))]
    if cut:
        activities = [from_half(activity) for activity in activities]
    return catalog(activities, _random_goals(rng, cross=cross, odd=odd), _random_rules(rng))


_MINUTES = ((0, 0, 10, 20, 30), (0, 15, 30, 45), (10, 20, 30, 40, 60), (5, 12, 33, 180))


def profile(
    minutes: int | Sequence[int] = 60, *, phase: Phase = Phase.CHRONIC, **fields: object
) -> Profile:
    """Return a person with everything at hand and nothing in the way, for made-up guidance."""
    free = [minutes] * 7 if isinstance(minutes, int) else minutes
    values: dict[str, object] = {
        "equipment": set(_EQUIPMENT),
        "providers": set(Provider),
        "others_ruled_out": True,
        "not_provoked_by": set(Provocation),
        **fields,
    }
    return Profile(
        phase=phase,
        minutes={day.value: most for day, most in zip(Weekday, free, strict=True)},
        **values,  # type: ignore[arg-type]
    )


def random_profile(rng: Random, guidance: Catalog) -> Profile:
    """Return a person for made-up guidance."""
    names = sorted(name for name in guidance.activities if name != HABIT.id)
    chosen = rng.sample(names, min(len(names), rng.randint(0, 5)))
    liked = rng.randint(0, len(chosen))
    choice = rng.choice(_MINUTES)
    return profile(
        [rng.choice(choice) for _ in Weekday],
        phase=rng.choice(tuple(Phase)),
        equipment=set(rng.sample(_EQUIPMENT, rng.randint(0, 2))),
        providers=set(Provider) if rng.random() < 0.7 else set(),
        likes=set(chosen[:liked]),
        dislikes=set(chosen[liked:][:2]),
    )


def bundled_profile(rng: Random, guidance: Catalog | None = None) -> Profile:
    """Return a screened person for the bundled guidance, or for another one in its words."""
    words = default_guidance() if guidance is None else guidance
    known = sorted({fact.value for fact in words.questions if fact.kind is FactKind.CONDITION})
    names = sorted(words.activities)
    liked, disliked = rng.sample(names, 4)[:2], rng.sample(names, 2)
    choice = rng.choice(_MINUTES)
    return Profile(
        phase=rng.choice(tuple(Phase)),
        conditions=set(rng.sample(known, min(len(known), rng.choice((0, 0, 1, 2, 4))))),
        others_ruled_out=rng.random() < 0.6,
        screening=Screening.clear(by="clinician"),
        irritability=rng.choice((None, "low", "moderate", "high")),
        directional_preference=rng.choice((None, "none", "flexion", "extension")),
        leg_pain=rng.choice((None, "none", "thigh", "below-knee")),
        provoked_by=set(rng.sample(tuple(Provocation), rng.choice((0, 0, 1)))),
        flare=rng.choice((None, True, False)),
        equipment=set(rng.sample(sorted(words.equipment), rng.randint(0, len(words.equipment)))),
        minutes={day.value: rng.choice(choice) for day in Weekday},
        providers=set(rng.sample(tuple(Provider), rng.randint(0, 2))),
        likes=set(liked) - set(disliked),
        dislikes=set(disliked),
    )


def without_rules(guidance: Catalog, *codes: str) -> Catalog:
    """Return made-up guidance without some of its rules."""
    (only,) = guidance.packs
    return combine(
        attrs.evolve(only, rules=tuple(item for item in only.rules if item.code not in codes))
    )
