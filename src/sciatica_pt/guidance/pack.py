"""A guidance pack: everything one body of guidance says, as data."""

from __future__ import annotations

import attrs

from sciatica_pt.model.activities import Activity, Exercise, Habit, Ladder, ManualTherapy, Modality
from sciatica_pt.model.constraints import (
    CODE,
    EMPTY,
    ID,
    KEY,
    Each,
    Instance,
    Member,
    Optional,
    Text,
    as_set,
    as_tuple,
    checked,
)
from sciatica_pt.model.doses import DoseRange
from sciatica_pt.model.evidence import CITATIONS, Citation, Dispute, Source, Statement
from sciatica_pt.model.guidelines import GuidanceText, Parameter, RuleSpec, Term, WeeklyGoal
from sciatica_pt.model.progression import OutcomeMeasure, ProgressionPath, ProgressionRule
from sciatica_pt.model.safety import Question, RedFlag, Restriction
from sciatica_pt.model.vocabulary import Phase, Severity, as_phases, as_severity

__all__ = ["ActivityAmendment", "GuidancePack", "Replacement", "RuleAmendment"]


@attrs.frozen(kw_only=True, field_transformer=checked)
class ActivityAmendment:
    """What a later pack changes about an earlier pack's activity.

    Attributes:
        activity: id of the activity.
        reason: why it is changed.
        doses: dose ranges laid over the activity's own: a limit replaces the one of the same
            parameter and phase, the others stay.
        withheld: phases in which the activity is not offered at all.
        citations: the statements the change rests on.
    """

    activity: str = attrs.field(validator=ID)
    reason: str = attrs.field(validator=Text("a reason"))
    doses: tuple[DoseRange, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(DoseRange), maximum=10)
    )
    withheld: frozenset[Phase] = attrs.field(
        default=EMPTY, converter=as_phases, validator=Each(Member(Phase))
    )
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)


@attrs.frozen(kw_only=True, field_transformer=checked)
class RuleAmendment:
    """What a later pack changes about an earlier pack's rule.

    Attributes:
        code: the rule's code.
        reason: why it is changed.
        severity: the new weight of a failure; `None` to keep it.
        parameters: numbers that replace those of the same name, or are added.
        citations: the statements the change rests on.
    """

    code: str = attrs.field(validator=CODE)
    reason: str = attrs.field(validator=Text("a reason"))
    severity: Severity | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(as_severity),
        validator=Optional(Member(Severity)),
    )
    parameters: tuple[Parameter, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Parameter), unique="name")
    )
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Replacement:
    """Leave to put a new value of the same id in place of an earlier pack's.

    Attributes:
        id: the id that this pack defines anew; a rule's is its code, a question's is its fact
            with a hyphen, such as `condition-osteoporosis`.
        reason: why.
    """

    id: str = attrs.field(validator=KEY)
    reason: str = attrs.field(validator=Text("a reason"))


@attrs.frozen(kw_only=True, field_transformer=checked)
class GuidancePack:
    """One body of guidance, as data that a user can write and exchange.

    Attributes:
        id: stable id.
        version: the pack's own version.
        title: its title.
        summary: what it holds, in a sentence.
        language: the language of its texts, as a BCP 47 tag.
        requires: ids of the packs that must be layered below it.
        sources: the publications it draws on.
        statements: what they say.
        disputes: evidence that limits or contradicts statements.
        equipment: the equipment it knows.
        muscles: the muscles and regions it knows.
        activities: what can be scheduled.
        amendments: changes to earlier packs' activities.
        ladders: variants in order of difficulty.
        questions: the facts it asks for.
        red_flags: the signs that stop everything.
        restrictions: contraindications and precautions.
        rules: its rules.
        rule_amendments: changes to earlier packs' rules.
        goals: what a good week reaches.
        planning: the numbers that a planner uses beside goals and rules.
        texts: what is shown to the person.
        progressions: rules about the way from one week to the next.
        paths: the order in which activities' numbers rise.
        measures: outcome questionnaires, with the change that matters.
        replacements: the earlier packs' ids that it defines anew.
    """

    id: str = attrs.field(validator=ID)
    version: str = attrs.field(validator=KEY)
    title: str = attrs.field(validator=Text("a title"))
    summary: str = attrs.field(validator=Text("a summary"))
    language: str = attrs.field(
        default="en", validator=Text("a language tag", r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", 35)
    )
    requires: frozenset[str] = attrs.field(
        default=EMPTY, converter=as_set, validator=Each(ID, maximum=50)
    )
    sources: tuple[Source, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Source), unique="id")
    )
    statements: tuple[Statement, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Statement), unique="id")
    )
    disputes: tuple[Dispute, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Dispute), unique="id")
    )
    equipment: tuple[Term, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Term), unique="id")
    )
    muscles: tuple[Term, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Term), unique="id")
    )
    activities: tuple[Activity, ...] = attrs.field(
        default=(),
        converter=as_tuple,
        validator=Each(Instance((Exercise, Modality, ManualTherapy, Habit)), unique="id"),
    )
    amendments: tuple[ActivityAmendment, ...] = attrs.field(
        default=(),
        converter=as_tuple,
        validator=Each(Instance(ActivityAmendment), unique="activity"),
    )
    ladders: tuple[Ladder, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Ladder), unique="id")
    )
    questions: tuple[Question, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Question), unique="fact")
    )
    red_flags: tuple[RedFlag, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(RedFlag), unique="id")
    )
    restrictions: tuple[Restriction, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Restriction), unique="id")
    )
    rules: tuple[RuleSpec, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(RuleSpec), unique="code")
    )
    rule_amendments: tuple[RuleAmendment, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(RuleAmendment), unique="code")
    )
    goals: tuple[WeeklyGoal, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(WeeklyGoal), unique="id")
    )
    planning: tuple[Parameter, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Parameter), unique="name")
    )
    texts: tuple[GuidanceText, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(GuidanceText), unique="id")
    )
    progressions: tuple[ProgressionRule, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(ProgressionRule), unique="code")
    )
    paths: tuple[ProgressionPath, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(ProgressionPath), unique="id")
    )
    measures: tuple[OutcomeMeasure, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(OutcomeMeasure), unique="id")
    )
    replacements: tuple[Replacement, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Replacement), unique="id")
    )
