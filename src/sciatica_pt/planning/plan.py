"""What a planner returns, and what it raises instead of an unsafe week."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs

from sciatica_pt.errors import GuidanceError, InvalidValueError, SciaticaPTError
from sciatica_pt.guidance import unknown_word
from sciatica_pt.model.constraints import (
    CODE,
    ID,
    Each,
    Flag,
    Instance,
    Member,
    Optional,
    Text,
    Whole,
    as_tuple,
    checked,
)
from sciatica_pt.model.evidence import Citation
from sciatica_pt.model.routine import Routine
from sciatica_pt.model.safety import RedFlag
from sciatica_pt.model.vocabulary import (
    Technique,
    Tier,
    TraceStatus,
    Weekday,
    as_technique,
    as_trace_status,
)
from sciatica_pt.planning._text import plan_text
from sciatica_pt.planning.objective import ObjectiveTerm
from sciatica_pt.rules import Finding
from sciatica_pt.validation import Report

if TYPE_CHECKING:
    from sciatica_pt.planning.conflicts import Conflict

__all__ = [
    "GoalServed",
    "NoConformingPlan",
    "Plan",
    "PlanRefused",
    "Reason",
    "ReferralRequired",
    "ScreeningIncomplete",
    "TraceEntry",
    "TradeOff",
    "plainly",
]

_GOAL_UNITS = Whole("its kind's unit", 0, 1_000_000)


class PlanRefused(SciaticaPTError):
    """There is no plan, because none would be safe."""


_SOON = {
    Tier.EMERGENCY: "right now",
    Tier.URGENT: "soon, today or in the next days",
    Tier.ROUTINE: "first, by appointment",
}


class ReferralRequired(PlanRefused):
    """A red flag is present: the person must be seen before any exercise.

    Attributes:
        tier: the most urgent tier of the flags.
        flags: the flags, the most urgent first; each says what to do.
    """

    tier: Tier
    flags: tuple[RedFlag, ...]

    def __init__(self, flags: Iterable[RedFlag]) -> None:
        self.flags = tuple(sorted(flags, key=lambda flag: (flag.tier.order, flag.id)))
        self.tier = self.flags[0].tier
        lines = [f"  - {flag.name}: {flag.action}" for flag in self.flags]
        super().__init__(
            "\n".join(
                [
                    "No exercise plan for now: something that was said needs to be looked at "
                    f"{_SOON[self.tier]}.",
                    *lines,
                    "A plan can be made as soon as a clinician has said that exercise is safe.",
                ]
            )
        )


class ScreeningIncomplete(PlanRefused):
    """Red-flag questions are open.

    Attributes:
        questions: the flags nobody asked about, the most urgent first.
    """

    questions: tuple[RedFlag, ...]

    def __init__(self, questions: Iterable[RedFlag]) -> None:
        self.questions = tuple(questions)
        lines = [f"  - {flag.ask} ({flag.id})" for flag in self.questions]
        super().__init__(
            "\n".join(
                [
                    "No plan yet: these questions come first, because exercise is not right for "
                    "everybody. A no to all of them opens the way to a plan; a yes says what to do "
                    "instead. Put the answers into the profile's screening, or pass "
                    "allow_unscreened=True and every document will say that nobody asked.",
                    *lines,
                ]
            )
        )


class NoConformingPlan(PlanRefused):
    """No week satisfies every rule and every demand.

    Attributes:
        findings: what the nearest week still breaks.
        conflict: a smallest set of demands that can't be met together; `None` when nobody looked
            for one, or when the guidance's own rules already leave no week.
    """

    findings: tuple[Finding, ...]
    conflict: Conflict | None

    def __init__(
        self, findings: Iterable[Finding] = (), *, conflict: Conflict | None = None
    ) -> None:
        self.findings = tuple(findings)
        self.conflict = conflict
        lines = [f"  - {plainly(finding)}" for finding in self.findings]
        text = "\n".join(
            [
                "No plan: no week fits all that has to hold. What stands in the way:",
                *lines,
                "Change one of these, for instance the free time or what was declined, or ask "
                "a physical therapist.",
            ]
        )
        super().__init__(text if conflict is None else str(conflict))


def plainly(finding: Finding) -> str:
    """Return a finding as a person reads it: what is wrong, and what would help."""
    helps = "".join(f" {fix.text}" for fix in finding.fixes)
    return f"{finding.message[0].upper()}{finding.message[1:]}.{helps} ({finding.code})"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Reason:
    """Why something is as it is.

    Attributes:
        text: the reason, in a sentence.
        code: code of the rule responsible; `None` when no rule is.
        question: what would have to be answered to change it; `None` when nothing.
        citations: the statements it rests on.
    """

    text: str = attrs.field(validator=Text("a reason"))
    code: str | None = attrs.field(default=None, validator=Optional(CODE))
    question: str | None = attrs.field(default=None, validator=Optional(Text("a question")))
    citations: tuple[Citation, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Citation), maximum=200)
    )

    def __str__(self) -> str:
        sources = ", ".join(item.statement for item in self.citations)
        parts = [self.text if self.code is None else f"{self.text} ({self.code})"]
        if self.question is not None:
            parts.append(f"Answer first: {self.question}")
        if sources:
            parts.append(f"[{sources}]")
        return " ".join(parts)


@attrs.frozen(kw_only=True, field_transformer=checked)
class GoalServed:
    """A goal that an activity brings the week closer to.

    Attributes:
        goal: the goal's id.
        target: how much is wanted, in the unit of the goal's kind.
        reached: how much the week reaches.
        without: how much it would reach if the activity were simply left out.
    """

    goal: str = attrs.field(validator=ID)
    target: int = attrs.field(validator=_GOAL_UNITS)
    reached: int = attrs.field(validator=_GOAL_UNITS)
    without: int = attrs.field(validator=_GOAL_UNITS)


@attrs.frozen(kw_only=True, field_transformer=checked)
class TradeOff:
    """What an activity that was left out would cost and bring on top of the week.

    Attributes:
        days: the days it would be added on; 0 when there is no time for it.
        seconds: what it would take in the week, in seconds.
        points: by how many points it would lessen the shortfall of the goals.
    """

    days: int = attrs.field(validator=Whole("days", 0, 7))
    seconds: int = attrs.field(validator=Whole("seconds", 0, 7 * 86_400))
    points: int = attrs.field(validator=Whole("points", 0, 1_000_000_000))


@attrs.frozen(kw_only=True, field_transformer=checked)
class TraceEntry:
    """What became of one activity, and why.

    Attributes:
        activity: the activity's id.
        name: its plain name.
        technique: its technique.
        status: placed in the week, rejected by a rule, or left out as not worth its time.
        days: the days it is done on; none for a habit, which is kept every day.
        seconds: honest seconds on each of its days.
        dose: the dose in words; `None` when it was not placed.
        goals: the goals that it brings the week closer to; none unless it was placed.
        trade_off: what adding it would cost and bring; `None` unless it was weighed and left out.
        reasons: why, with the rules and the sources.
    """

    activity: str = attrs.field(validator=ID)
    name: str = attrs.field(validator=Text("a name"))
    technique: Technique = attrs.field(converter=as_technique, validator=Member(Technique))
    status: TraceStatus = attrs.field(converter=as_trace_status, validator=Member(TraceStatus))
    days: tuple[Weekday, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Member(Weekday), maximum=7, unique="")
    )
    seconds: int = attrs.field(default=0, validator=Whole("seconds", 0, 86_400))
    dose: str | None = attrs.field(default=None, validator=Optional(Text("a dose")))
    goals: tuple[GoalServed, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(GoalServed), unique="goal")
    )
    trade_off: TradeOff | None = attrs.field(default=None, validator=Optional(Instance(TradeOff)))
    reasons: tuple[Reason, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(Reason), minimum=1, maximum=100)
    )

    def __str__(self) -> str:
        heading = f"{self.name} ({self.activity}): {self.status}"
        return "\n".join([heading, *(f"  - {reason}" for reason in self.reasons)])


@attrs.frozen(kw_only=True, field_transformer=checked)
class Plan:
    """A week, the proof that it conforms, and the reasons for it.

    Attributes:
        routine: the week.
        report: what every rule says of it.
        objective: the objective's numbers, the weightiest first.
        proven: whether no better week exists under the objective.
        bound: the objective that no week gets below, term by term: the objective itself when that
            is proven, and none where nothing is said of it.
        planner: which planner made it.
        trace: what became of every activity of the guidance.
        notices: what every document made from it says, such as that it replaces no clinician.
    """

    routine: Routine = attrs.field(validator=Instance(Routine))
    report: Report = attrs.field(validator=Instance(Report))
    objective: tuple[ObjectiveTerm, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(ObjectiveTerm), unique="name")
    )
    proven: bool = attrs.field(validator=Flag())
    bound: tuple[ObjectiveTerm, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(ObjectiveTerm), unique="name")
    )
    planner: str = attrs.field(validator=ID)
    trace: tuple[TraceEntry, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(TraceEntry), unique="activity")
    )
    notices: tuple[str, ...] = attrs.field(
        converter=as_tuple, validator=Each(Text("a notice"), minimum=1, maximum=50)
    )

    def __attrs_post_init__(self) -> None:
        objective, bound = (
            [(term.name, term.value) for term in terms] for terms in (self.objective, self.bound)
        )
        alike = not bound or [name for name, _ in bound] == [name for name, _ in objective]
        right = not bound or (bound == objective if self.proven else bound <= objective)
        if not (alike and right):
            raise InvalidValueError(
                where="Plan.bound",
                expected="the objective itself" if self.proven else "terms not above the objective",
                found=", ".join(f"{name} {value}" for name, value in bound),
            )

    def _entry(self, activity: str) -> TraceEntry:
        for entry in self.trace:
            if entry.activity == activity:
                return entry
        names = [entry.activity for entry in self.trace]
        raise GuidanceError(
            "the plan can't speak of it", [unknown_word("$", "an activity", activity, names)]
        )

    def explain(self, activity: str) -> TraceEntry:
        """Return what became of an activity, and why; its text is the explanation.

        Raises:
            GuidanceError: the guidance knew no such activity.
        """
        return self._entry(activity)

    def why_not(self, activity: str) -> TraceEntry | None:
        """Return why an activity is not in the week, or `None` when it is.

        Raises:
            GuidanceError: the guidance knew no such activity.
        """
        entry = self._entry(activity)
        return None if entry.status is TraceStatus.PLACED else entry

    def __str__(self) -> str:
        return plan_text(self)
