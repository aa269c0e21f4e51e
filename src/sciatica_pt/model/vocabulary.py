"""The closed vocabularies: words that mean the same in every pack, document and message.

Conditions, muscles, equipment, sources and activities are open instead: packs name them by id.
Each vocabulary has a converter (`as_phase` for `Phase`), so a constructor takes the plain word.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, cast

from sciatica_pt.model.constraints import as_set, as_tuple, member

__all__ = [
    "CitationRole",
    "DirectionalPreference",
    "DoseKind",
    "DoseParameter",
    "FactKind",
    "GoalKind",
    "Irritability",
    "LegChange",
    "LegPain",
    "Movement",
    "Origin",
    "Outcome",
    "OverrideReason",
    "OverrideRole",
    "Phase",
    "Position",
    "Provider",
    "Provocation",
    "Respondent",
    "RestrictionLevel",
    "Scope",
    "ScreeningStatus",
    "Severity",
    "Side",
    "SkipReason",
    "SourceKind",
    "Stage",
    "StatementKind",
    "StatementUse",
    "Technique",
    "TextKind",
    "Tier",
    "TimeOfDay",
    "TraceStatus",
    "UnknownPolicy",
    "Weekday",
]


class Technique(StrEnum):
    """The article's six kinds of physical therapy for sciatica."""

    STRETCHING = "stretching"
    STRENGTHENING = "strengthening"
    AEROBIC = "aerobic"
    MANUAL_THERAPY = "manual-therapy"
    HEAT_COLD = "heat-cold"
    POSTURE = "posture"


class Phase(StrEnum):
    """How long the episode has lasted: under 6 weeks, 6 to 12 weeks, over 12 weeks."""

    ACUTE = "acute"
    SUBACUTE = "subacute"
    CHRONIC = "chronic"


class Side(StrEnum):
    """A side of the body, or both one after the other."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Weekday(StrEnum):
    """A day of the week; the week starts on Monday and is a ring: Sunday neighbors Monday."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def order(self) -> int:
        """The day's place in the week, Monday 0 to Sunday 6."""
        return _DAY_INDEX[self]


_DAY_INDEX = {day: index for index, day in enumerate(Weekday)}


class TimeOfDay(StrEnum):
    """When on a day a session is done: eight times, about two hours apart."""

    EARLY_MORNING = "early-morning"
    MORNING = "morning"
    LATE_MORNING = "late-morning"
    MIDDAY = "midday"
    AFTERNOON = "afternoon"
    LATE_AFTERNOON = "late-afternoon"
    EVENING = "evening"
    LATE_EVENING = "late-evening"

    @property
    def order(self) -> int:
        """The place in the day, early morning 0 to late evening 7."""
        return _TIME_INDEX[self]


_TIME_INDEX = {time: index for index, time in enumerate(TimeOfDay)}


class Stage(StrEnum):
    """The part of a session an activity belongs to; a guidance rule states their order."""

    WARMTH = "warmth"
    AEROBIC = "aerobic"
    MOBILITY = "mobility"
    STRETCH = "stretch"
    STRENGTH = "strength"
    HANDS_ON = "hands-on"
    COLD = "cold"
    HABIT = "habit"


class Position(StrEnum):
    """The body position an exercise starts from."""

    SUPINE = "supine"
    HOOK_LYING = "hook-lying"
    PRONE = "prone"
    PRONE_FOREARM = "prone-forearm"
    SIDE_LYING = "side-lying"
    QUADRUPED = "quadruped"
    SEATED = "seated"
    STANDING = "standing"
    UPRIGHT_MOVING = "upright-moving"
    WATER = "water"


class Movement(StrEnum):
    """A direction of the spine; stored instead of an animal's name, which authors swap."""

    FLEXION = "flexion"
    EXTENSION = "extension"
    ROTATION = "rotation"
    NEUTRAL = "neutral"


class DirectionalPreference(StrEnum):
    """The direction of spinal movement that eases the person's symptoms."""

    FLEXION = "flexion"
    EXTENSION = "extension"
    NONE = "none"


class Irritability(StrEnum):
    """How easily symptoms are stirred up and how slowly they settle."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class LegPain(StrEnum):
    """The lowest place in the leg that symptoms reach."""

    NONE = "none"
    BUTTOCK = "buttock"
    THIGH = "thigh"
    BELOW_KNEE = "below-knee"


class Provocation(StrEnum):
    """An everyday posture or activity that may bring symptoms on."""

    SITTING = "sitting"
    STANDING = "standing"
    WALKING = "walking"
    BENDING = "bending"
    ARCHING = "arching"
    LYING = "lying"


class Provider(StrEnum):
    """A kind of trained person who may give hands-on treatment."""

    PHYSICAL_THERAPIST = "physical-therapist"
    CHIROPRACTOR = "chiropractor"
    OSTEOPATHIC_PHYSICIAN = "osteopathic-physician"
    MASSAGE_THERAPIST = "massage-therapist"


class DoseKind(StrEnum):
    """Which member of the dose union a range describes."""

    REPETITIONS = "repetitions"
    HOLD = "hold"
    CONTINUOUS = "continuous"
    APPLICATION = "application"
    RECURRING = "recurring"


class DoseParameter(StrEnum):
    """A number of a prescription that guidance may bound; `unit` says in what."""

    SETS = "sets"
    REPS = "reps"
    HOLD_SECONDS = "hold_seconds"
    REP_SECONDS = "rep_seconds"
    REST_SECONDS = "rest_seconds"
    DURATION_SECONDS = "duration_seconds"
    EVERY_SECONDS = "every_seconds"
    EFFORT = "effort"
    SETUP_SECONDS = "setup_seconds"
    DAYS_PER_WEEK = "days_per_week"
    TIMES_PER_DAY = "times_per_day"

    @property
    def unit(self) -> str:
        """The unit of the parameter's numbers."""
        return _UNITS[self]


_UNITS = {
    DoseParameter.SETS: "sets",
    DoseParameter.REPS: "repetitions",
    DoseParameter.HOLD_SECONDS: "seconds",
    DoseParameter.REP_SECONDS: "seconds per repetition",
    DoseParameter.REST_SECONDS: "seconds",
    DoseParameter.DURATION_SECONDS: "seconds",
    DoseParameter.EVERY_SECONDS: "seconds",
    DoseParameter.EFFORT: "points of 10 (RPE)",
    DoseParameter.SETUP_SECONDS: "seconds",
    DoseParameter.DAYS_PER_WEEK: "days per week",
    DoseParameter.TIMES_PER_DAY: "times per day",
}


class Origin(StrEnum):
    """Where a datum comes from: the article, another named source, or this library's synthesis."""

    ARTICLE = "article"
    EXTERNAL = "external"
    SYNTHESIS = "synthesis"


class SourceKind(StrEnum):
    """The kind of publication a source is."""

    ARTICLE = "article"
    GUIDELINE = "guideline"
    SYSTEMATIC_REVIEW = "systematic-review"
    TRIAL = "trial"
    STUDY = "study"
    PATIENT_LEAFLET = "patient-leaflet"
    TEXTBOOK = "textbook"
    WEB_PAGE = "web-page"
    SYNTHESIS = "synthesis"


class StatementKind(StrEnum):
    """What a statement is about."""

    EDUCATION = "education"
    BENEFIT = "benefit"
    TARGET = "target"
    STEP = "step"
    DOSAGE = "dosage"
    PROGRESSION = "progression"
    SAFETY = "safety"
    ROUTINE = "routine"
    SCOPE_OF_PRACTICE = "scope-of-practice"
    REFERRAL = "referral"
    PREVENTION = "prevention"
    HOME_OR_CLINIC = "home-or-clinic"


class StatementUse(StrEnum):
    """What became of a statement: a rule, a datum, a text shown, or a reasoned exclusion."""

    RULE = "rule"
    DATUM = "datum"
    TEXT = "text"
    EXCLUDED = "excluded"


class CitationRole(StrEnum):
    """How a cited statement bears on what cites it."""

    SUPPORTS = "supports"
    LIMITS = "limits"
    CONTRADICTS = "contradicts"


class TextKind(StrEnum):
    """What a text shown to a person is for."""

    DISCLAIMER = "disclaimer"
    SAFETY_NET = "safety-net"
    EDUCATION = "education"
    ADVICE = "advice"
    EXPECTATION = "expectation"
    REFERRAL = "referral"
    UNSCREENED = "unscreened"


class Tier(StrEnum):
    """How soon a red flag must be seen to."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    ROUTINE = "routine"

    @property
    def order(self) -> int:
        """The order of urgency, emergency 0 to routine 2."""
        return list(Tier).index(self)


class ScreeningStatus(StrEnum):
    """What the answers to the red-flag questions mean, taken together."""

    CLEAR = "clear"
    REFER = "refer"
    INCOMPLETE = "incomplete"


class RestrictionLevel(StrEnum):
    """What a condition does to an activity: never, only when cleared, or only when modified."""

    NEVER = "never"
    CLEARANCE = "clearance"
    MODIFY = "modify"


class UnknownPolicy(StrEnum):
    """What a planner does with an activity while nobody has said whether a condition is present."""

    WITHHOLD = "withhold"
    ASK = "ask"


class Respondent(StrEnum):
    """Who answered the screening questions."""

    PERSON = "person"
    CLINICIAN = "clinician"


class OverrideReason(StrEnum):
    """Why a clinician lets a finding stand; the comment beside it says the particulars."""

    EXAMINED = "examined"
    SUPERVISED = "supervised"
    TOLERATED_BEFORE = "tolerated-before"
    BENEFIT_OUTWEIGHS_RISK = "benefit-outweighs-risk"
    INFORMED_CHOICE = "informed-choice"
    RULE_DOES_NOT_FIT = "rule-does-not-fit"
    OTHER = "other"


class OverrideRole(StrEnum):
    """The profession of the clinician who overrides a rule."""

    PHYSICAL_THERAPIST = "physical-therapist"
    PHYSICIAN = "physician"
    CHIROPRACTOR = "chiropractor"
    NURSE_PRACTITIONER = "nurse-practitioner"


class Scope(StrEnum):
    """What a rule looks at."""

    ACTIVITY = "activity"
    SESSION = "session"
    DAY = "day"
    WEEK = "week"
    PROGRESSION = "progression"


class Severity(StrEnum):
    """How much a finding weighs: an error means the routine does not conform."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def order(self) -> int:
        """The order of weight, error 0 to info 2."""
        return list(Severity).index(self)


class Outcome(StrEnum):
    """What a rule said; `indeterminate` means that a needed answer is unknown."""

    PASS = "pass"
    FAIL = "fail"
    NOT_APPLICABLE = "not-applicable"
    INDETERMINATE = "indeterminate"
    ERROR = "error"


class SkipReason(StrEnum):
    """Why something prescribed was not done."""

    NO_TIME = "no-time"
    PAIN = "pain"
    ILL = "ill"
    NO_EQUIPMENT = "no-equipment"
    FORGOT = "forgot"
    DID_NOT_WANT_TO = "did-not-want-to"
    OTHER = "other"


class FactKind(StrEnum):
    """What a fact about a person speaks of; each can be true, false or unknown."""

    CONDITION = "condition"
    PROVOCATION = "provocation"
    DIRECTIONAL_PREFERENCE = "directional-preference"
    IRRITABILITY = "irritability"
    LEG_PAIN = "leg-pain"
    FLARE = "flare"


class TraceStatus(StrEnum):
    """What a planner did with an activity."""

    PLACED = "placed"
    REJECTED = "rejected"
    LEFT_OUT = "left-out"


class LegChange(StrEnum):
    """What leg symptoms did: retreat toward the back, spread down the leg, or neither."""

    CENTRALIZED = "centralized"
    PERIPHERALIZED = "peripheralized"
    UNCHANGED = "unchanged"


class GoalKind(StrEnum):
    """What a weekly goal counts."""

    TECHNIQUE_DAYS = "technique-days"
    DISTINCT_ACTIVITIES = "distinct-activities"
    MINUTES = "minutes"
    MUSCLE_EXPOSURES = "muscle-exposures"


def as_technique(value: Technique | str) -> Technique:
    """Convert a word."""
    return member(Technique, value)


def as_phase(value: Phase | str) -> Phase:
    """Convert a word."""
    return member(Phase, value)


def as_side(value: Side | str) -> Side:
    """Convert a word."""
    return member(Side, value)


def as_weekday(value: Weekday | str) -> Weekday:
    """Convert a word."""
    return member(Weekday, value)


def as_time_of_day(value: TimeOfDay | str) -> TimeOfDay:
    """Convert a word."""
    return member(TimeOfDay, value)


def as_stage(value: Stage | str) -> Stage:
    """Convert a word."""
    return member(Stage, value)


def as_position(value: Position | str) -> Position:
    """Convert a word."""
    return member(Position, value)


def as_directional_preference(value: DirectionalPreference | str) -> DirectionalPreference:
    """Convert a word."""
    return member(DirectionalPreference, value)


def as_irritability(value: Irritability | str) -> Irritability:
    """Convert a word."""
    return member(Irritability, value)


def as_leg_pain(value: LegPain | str) -> LegPain:
    """Convert a word."""
    return member(LegPain, value)


def as_provider(value: Provider | str) -> Provider:
    """Convert a word."""
    return member(Provider, value)


def as_dose_kind(value: DoseKind | str) -> DoseKind:
    """Convert a word."""
    return member(DoseKind, value)


def as_dose_parameter(value: DoseParameter | str) -> DoseParameter:
    """Convert a word."""
    return member(DoseParameter, value)


def as_origin(value: Origin | str) -> Origin:
    """Convert a word."""
    return member(Origin, value)


def as_source_kind(value: SourceKind | str) -> SourceKind:
    """Convert a word."""
    return member(SourceKind, value)


def as_statement_kind(value: StatementKind | str) -> StatementKind:
    """Convert a word."""
    return member(StatementKind, value)


def as_statement_use(value: StatementUse | str) -> StatementUse:
    """Convert a word."""
    return member(StatementUse, value)


def as_citation_role(value: CitationRole | str) -> CitationRole:
    """Convert a word."""
    return member(CitationRole, value)


def as_text_kind(value: TextKind | str) -> TextKind:
    """Convert a word."""
    return member(TextKind, value)


def as_tier(value: Tier | str) -> Tier:
    """Convert a word."""
    return member(Tier, value)


def as_restriction_level(value: RestrictionLevel | str) -> RestrictionLevel:
    """Convert a word."""
    return member(RestrictionLevel, value)


def as_unknown_policy(value: UnknownPolicy | str) -> UnknownPolicy:
    """Convert a word."""
    return member(UnknownPolicy, value)


def as_respondent(value: Respondent | str) -> Respondent:
    """Convert a word."""
    return member(Respondent, value)


def as_override_reason(value: OverrideReason | str) -> OverrideReason:
    """Convert a word to an override reason."""
    return member(OverrideReason, value)


def as_override_role(value: OverrideRole | str) -> OverrideRole:
    """Convert a word."""
    return member(OverrideRole, value)


def as_scope(value: Scope | str) -> Scope:
    """Convert a word."""
    return member(Scope, value)


def as_severity(value: Severity | str) -> Severity:
    """Convert a word."""
    return member(Severity, value)


def as_outcome(value: Outcome | str) -> Outcome:
    """Convert a word."""
    return member(Outcome, value)


def as_skip_reason(value: SkipReason | str) -> SkipReason:
    """Convert a word."""
    return member(SkipReason, value)


def _members(vocabulary: type[StrEnum], value: Any) -> Any:
    if type(value) is not frozenset:
        return value
    return frozenset(member(vocabulary, item) for item in cast("frozenset[object]", value))


def as_phases(value: Iterable[Phase | str]) -> frozenset[Phase]:
    """Convert a collection of words."""
    return cast("frozenset[Phase]", _members(Phase, as_set(value)))


def as_providers(value: Iterable[Provider | str]) -> frozenset[Provider]:
    """Convert a collection of words."""
    return cast("frozenset[Provider]", _members(Provider, as_set(value)))


def as_movements(value: Iterable[Movement | str]) -> frozenset[Movement]:
    """Convert a collection of words."""
    return cast("frozenset[Movement]", _members(Movement, as_set(value)))


def as_provocations(value: Iterable[Provocation | str]) -> frozenset[Provocation]:
    """Convert a collection of words."""
    return cast("frozenset[Provocation]", _members(Provocation, as_set(value)))


def as_techniques(value: Iterable[Technique | str]) -> frozenset[Technique]:
    """Convert a collection of words."""
    return cast("frozenset[Technique]", _members(Technique, as_set(value)))


def as_stages(value: Iterable[Stage | str]) -> tuple[Stage, ...]:
    """Convert an ordered collection of words."""
    items: Any = as_tuple(value)
    if type(items) is tuple:
        items = tuple(member(Stage, item) for item in cast("tuple[object, ...]", items))
    return cast("tuple[Stage, ...]", items)


def as_movement(value: Movement | str) -> Movement:
    """Convert a word."""
    return member(Movement, value)


def as_fact_kind(value: FactKind | str) -> FactKind:
    """Convert a word."""
    return member(FactKind, value)


def as_leg_change(value: LegChange | str) -> LegChange:
    """Convert a word."""
    return member(LegChange, value)


def as_dose_parameters(value: Iterable[DoseParameter | str]) -> frozenset[DoseParameter]:
    """Convert a collection of words."""
    return cast("frozenset[DoseParameter]", _members(DoseParameter, as_set(value)))


def as_goal_kind(value: GoalKind | str) -> GoalKind:
    """Convert a word."""
    return member(GoalKind, value)


def as_trace_status(value: TraceStatus | str) -> TraceStatus:
    """Convert a word."""
    return member(TraceStatus, value)


def as_screening_status(value: ScreeningStatus | str) -> ScreeningStatus:
    """Convert a word."""
    return member(ScreeningStatus, value)
