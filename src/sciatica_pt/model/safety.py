"""What must be known, asked and refused: facts, questions, red flags, restrictions, clearances."""

from __future__ import annotations

import datetime as dt

import attrs

from sciatica_pt.errors import InvalidValueError, nearest
from sciatica_pt.model.constraints import (
    CODE,
    EMPTY,
    ID,
    Calendar,
    Each,
    Flag,
    Instance,
    Member,
    Optional,
    Text,
    as_set,
    as_tuple,
    checked,
)
from sciatica_pt.model.doses import Limit
from sciatica_pt.model.evidence import CITATIONS, Citation
from sciatica_pt.model.vocabulary import (
    DirectionalPreference,
    FactKind,
    Irritability,
    LegPain,
    Origin,
    OverrideReason,
    OverrideRole,
    Provocation,
    Respondent,
    RestrictionLevel,
    Tier,
    UnknownPolicy,
    as_fact_kind,
    as_origin,
    as_override_reason,
    as_override_role,
    as_respondent,
    as_restriction_level,
    as_tier,
    as_unknown_policy,
)

__all__ = [
    "Clearance",
    "Decision",
    "Fact",
    "Modification",
    "Override",
    "Question",
    "RedFlag",
    "Restriction",
    "Screening",
]

# What may be said of a kind; conditions are an open vocabulary, which guidance defines.
_FACT_WORDS: dict[FactKind, tuple[str, ...]] = {
    FactKind.PROVOCATION: tuple(Provocation),
    FactKind.DIRECTIONAL_PREFERENCE: tuple(DirectionalPreference),
    FactKind.IRRITABILITY: tuple(Irritability),
    FactKind.LEG_PAIN: tuple(LegPain),
    FactKind.FLARE: ("yes",),
}


@attrs.frozen(kw_only=True, field_transformer=checked)
class Fact:
    """Something that is true, false or unknown of a person.

    Attributes:
        kind: what it speaks of.
        value: the condition's id, or the word of the kind's vocabulary; `yes` for a flare-up.

    >>> str(Fact(kind="condition", value="osteoporosis"))
    'condition osteoporosis'
    """

    kind: FactKind = attrs.field(converter=as_fact_kind, validator=Member(FactKind))
    value: str = attrs.field(validator=ID)

    def __attrs_post_init__(self) -> None:
        words = _FACT_WORDS.get(self.kind)
        if words is not None and self.value not in words:
            near = nearest(self.value, words)
            raise InvalidValueError(
                where=f"Fact.value of {self.kind}",
                expected=f"one of {', '.join(words)}",
                found=f'"{self.value}"',
                hint=f'did you mean "{near}"?' if near else None,
            )

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Question:
    """How to ask for a fact.

    Attributes:
        fact: what the answer settles; a condition is known to the guidance by its question.
        name: the fact's plain name.
        ask: the question, spoken to the person, answered by yes or no.
        reason: why it is asked.
        citations: the statements that make it matter.
    """

    fact: Fact = attrs.field(validator=Instance(Fact))
    name: str = attrs.field(validator=Text("a name", maximum=120))
    ask: str = attrs.field(validator=Text("a question"))
    reason: str = attrs.field(validator=Text("a reason"))
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)


@attrs.frozen(kw_only=True, field_transformer=checked)
class RedFlag:
    """A sign of serious disease: stop, and have it seen to.

    Attributes:
        id: stable id.
        tier: how soon it must be seen to.
        name: plain name.
        ask: the question, spoken to the person; yes means the flag is present.
        action: what to do when it is present, spoken to the person.
        conditions: ids of conditions that mean that it is present, whatever was answered.
        origin: where it comes from.
        citations: the statements it rests on.
    """

    id: str = attrs.field(validator=ID)
    tier: Tier = attrs.field(converter=as_tier, validator=Member(Tier))
    name: str = attrs.field(validator=Text("a name", maximum=120))
    ask: str = attrs.field(validator=Text("a question"))
    action: str = attrs.field(validator=Text("an action"))
    conditions: frozenset[str] = attrs.field(
        default=EMPTY, converter=as_set, validator=Each(ID, maximum=50)
    )
    origin: Origin = attrs.field(converter=as_origin, validator=Member(Origin))
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)

    def state(self, screening: Screening | None, conditions: frozenset[str]) -> bool | None:
        """Return whether the flag is present, or `None` when nobody asked.

        Args:
            screening: the answers; `None` when nobody asked anything.
            conditions: ids of the person's conditions.
        """
        if self.conditions & conditions:
            return True
        return None if screening is None else screening.answer(self.id)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Modification:
    """How an activity must change to be allowed.

    Attributes:
        cue: what to do differently, spoken to the person.
        replace_with: id of the activity to do instead; `None` to keep the activity.
        limits: tighter bounds on its dose.
    """

    cue: str = attrs.field(validator=Text("a cue"))
    replace_with: str | None = attrs.field(default=None, validator=Optional(ID))
    limits: tuple[Limit, ...] = attrs.field(
        default=(),
        converter=as_tuple,
        validator=Each(Instance(Limit), maximum=20, unique="parameter"),
    )


@attrs.frozen(kw_only=True, field_transformer=checked)
class Restriction:
    """What a fact about a person does to activities.

    A contraindication is a restriction of level never; a precaution asks for clearance or a
    modification.

    Attributes:
        id: stable id.
        when: the fact that brings it into force.
        activities: ids of the activities it is about.
        level: never, only with a clinician's clearance, or only as modified.
        when_unknown: what a planner does while the fact is unknown: withhold the activity, or
            plan it and ask.
        reason: why, spoken to the person.
        modification: the change that allows it; exactly when the level is modify.
        origin: where it comes from.
        citations: the statements it rests on.
    """

    id: str = attrs.field(validator=ID)
    when: Fact = attrs.field(validator=Instance(Fact))
    activities: frozenset[str] = attrs.field(
        converter=as_set, validator=Each(ID, minimum=1, maximum=1000)
    )
    level: RestrictionLevel = attrs.field(
        converter=as_restriction_level, validator=Member(RestrictionLevel)
    )
    when_unknown: UnknownPolicy = attrs.field(
        default=UnknownPolicy.ASK, converter=as_unknown_policy, validator=Member(UnknownPolicy)
    )
    reason: str = attrs.field(validator=Text("a reason"))
    modification: Modification | None = attrs.field(
        default=None, validator=Optional(Instance(Modification))
    )
    origin: Origin = attrs.field(converter=as_origin, validator=Member(Origin))
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)

    def __attrs_post_init__(self) -> None:
        modifies = self.level is RestrictionLevel.MODIFY
        if modifies is (self.modification is None):
            raise InvalidValueError(
                where=f"Restriction.modification of {self.id}",
                expected="a modification exactly when the level is modify",
                found="none" if self.modification is None else "a modification",
            )


@attrs.frozen(kw_only=True, field_transformer=checked)
class Screening:
    """Answers to the red-flag questions; what was not asked is unknown.

    Attributes:
        by: who answered.
        present: ids of the flags answered with yes.
        absent: ids of the flags answered with no.
        others_absent: whether every other question of the guidance was asked and answered with
            no.

    >>> Screening.clear(by="clinician").answer("saddle-numbness")
    False
    >>> Screening(by="person", present={"saddle-numbness"}).answer("fever") is None
    True
    """

    by: Respondent = attrs.field(converter=as_respondent, validator=Member(Respondent))
    present: frozenset[str] = attrs.field(
        default=EMPTY, converter=as_set, validator=Each(ID, maximum=200)
    )
    absent: frozenset[str] = attrs.field(
        default=EMPTY, converter=as_set, validator=Each(ID, maximum=200)
    )
    others_absent: bool = attrs.field(default=False, validator=Flag())

    def __attrs_post_init__(self) -> None:
        both = self.present & self.absent
        if both:
            raise InvalidValueError(
                where="Screening.absent",
                expected="no flag that is also present",
                found=", ".join(sorted(both)),
            )

    @classmethod
    def clear(cls, *, by: Respondent | str) -> Screening:
        """Return the screening in which every question was asked and answered with no."""
        return cls(by=by, others_absent=True)

    def answer(self, flag: str) -> bool | None:
        """Return whether a flag is present, or `None` when nobody asked."""
        if flag in self.present:
            return True
        return False if self.others_absent or flag in self.absent else None


@attrs.frozen(kw_only=True, field_transformer=checked)
class Clearance:
    """A clinician's word that an activity is safe for this person despite a precaution.

    Attributes:
        restriction: id of the restriction of level clearance.
        role: the profession of who cleared it.
        reason: why it is safe here.
        expires: the last day on which it holds; `Profile.on` leaves out what has run out.
    """

    restriction: str = attrs.field(validator=ID)
    role: OverrideRole = attrs.field(converter=as_override_role, validator=Member(OverrideRole))
    reason: str = attrs.field(validator=Text("a reason"))
    expires: dt.date = attrs.field(validator=Calendar())


@attrs.frozen(kw_only=True, field_transformer=checked)
class Decision:
    """Who decides to let something stand, why, and for how long.

    Attributes:
        role: the profession of who decided.
        reason: why, in a word that can be counted.
        comment: why, in the clinician's words, without anything that identifies the person.
        given: the first day on which it holds.
        expires: the last day on which it holds.
    """

    role: OverrideRole = attrs.field(converter=as_override_role, validator=Member(OverrideRole))
    reason: OverrideReason = attrs.field(
        converter=as_override_reason, validator=Member(OverrideReason)
    )
    comment: str = attrs.field(validator=Text("a comment"))
    given: dt.date = attrs.field(validator=Calendar())
    expires: dt.date = attrs.field(validator=Calendar())

    def __attrs_post_init__(self) -> None:
        if self.expires < self.given:
            raise InvalidValueError(
                where="Decision.expires",
                expected=f"a day from {self.given.isoformat()} on",
                found=self.expires.isoformat(),
            )

    def __str__(self) -> str:
        until = self.expires.isoformat()
        return f"let stand by a {self.role} until {until} ({self.reason}: {self.comment})"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Override:
    """A clinician's decision, bound to one finding.

    It holds for what was seen and for nothing else: `sciatica_pt.override` makes one for a finding,
    and `sciatica_pt.validate` looks whether it still fits.

    Attributes:
        code: the rule's code; red-flag rules can't be overridden.
        path: the place of the finding in the routine.
        observed: what was seen when the override was given; `None` when the finding shows nothing.
        fingerprint: fingerprint of the rule, of the finding and of what was prescribed, as they
            were when the override was given; a change of any of them ends it.
        decision: who decided, why, and for how long.
    """

    code: str = attrs.field(validator=CODE)
    path: str = attrs.field(validator=Text("a path"))
    observed: str | None = attrs.field(default=None, validator=Optional(Text("what was seen")))
    fingerprint: str = attrs.field(validator=Text("a fingerprint", r"[0-9a-f]{32}", 32))
    decision: Decision = attrs.field(validator=Instance(Decision))
