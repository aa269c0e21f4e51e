"""`replan`: a week changed as people ask, with as much of it kept as rules allow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict, Unpack

import attrs

from sciatica_pt.guidance import Catalog
from sciatica_pt.model.constraints import Each, Instance, as_tuple, checked
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.routine import Routine
from sciatica_pt.model.vocabulary import TraceStatus
from sciatica_pt.planning._desk import Case, Desk, Schedule, desk_for, scatter_of, week_of
from sciatica_pt.planning._keeping import Kept, keep
from sciatica_pt.planning._trace import trace_of
from sciatica_pt.planning.compare import RoutineDiff, diff, difference
from sciatica_pt.planning.conflicts import conflict_between
from sciatica_pt.planning.drafting import Week
from sciatica_pt.planning.edits import EDIT, Edit
from sciatica_pt.planning.objective import Numbers, ObjectiveTerm
from sciatica_pt.planning.plan import NoConformingPlan, Plan, Reason, TraceEntry
from sciatica_pt.planning.requests import notices_of, request_for
from sciatica_pt.planning.weekly import WeeklyPlanner
from sciatica_pt.rules import Finding, Rule, RuleSet
from sciatica_pt.validation import validate

__all__ = ["EditCost", "ReplanOptions", "Replanned", "replan"]

#: How many weeks are looked at unless the caller says otherwise.
NODE_LIMIT = 300


@attrs.frozen(kw_only=True, field_transformer=checked)
class EditCost:
    """What one edit costs: the week with it beside the week without it.

    Attributes:
        edit: the edit.
        terms: the objective with it less the objective without it, term by term; what is above
            zero is its price.
    """

    edit: Edit = attrs.field(validator=EDIT)
    terms: tuple[ObjectiveTerm, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(ObjectiveTerm), unique="name")
    )

    def __str__(self) -> str:
        changes = [f"{term.name} {term.value:+d} {term.unit}" for term in self.terms if term.value]
        return f"{self.edit}: {', '.join(changes) or 'costs nothing'}"


@attrs.frozen(kw_only=True, field_transformer=checked)
class Replanned:
    """A week changed as people asked.

    Attributes:
        plan: the new plan; the first term of its objective is how much of the week before it
            drops.
        edits: what was asked for; an app keeps these to replan with them again.
        changes: what differs from the week before.
        costs: what each edit costs, in the order of the edits.
    """

    plan: Plan = attrs.field(validator=Instance(Plan))
    edits: tuple[Edit, ...] = attrs.field(converter=as_tuple, validator=Each(EDIT))
    changes: RoutineDiff = attrs.field(validator=Instance(RoutineDiff))
    costs: tuple[EditCost, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(EditCost))
    )

    def __str__(self) -> str:
        return "\n".join([str(self.changes), *(str(cost) for cost in self.costs)])


class ReplanOptions(TypedDict, total=False):
    """The options of `replan`, for functions that pass them on."""

    guidance: Catalog | None
    """The guidance to plan from; `None` for the bundled packs."""
    rules: RuleSet | Iterable[Rule] | None
    """Rules beside the guidance's own; a `RuleSet` is kept instead of them."""
    allow_unscreened: bool
    """Consent to a plan although red-flag questions are open."""
    planner: WeeklyPlanner | None
    """The planner that made the week, if it has numbers of its own."""
    improve: bool
    """Whether to aim also at what the week before already missed."""
    node_limit: int
    """How many weeks to look at before the best so far is taken, not called proven."""


def known_options(options: ReplanOptions) -> None:
    """Refuse an option that there is not, as a call without a dictionary between would.

    Raises:
        TypeError: there is no such option.
    """
    for name in options.keys() - ReplanOptions.__annotations__.keys():
        raise TypeError(f"got an unexpected keyword argument '{name}'")


def numbers_of(options: ReplanOptions) -> Numbers:
    """Return the numbers that the week before was planned with."""
    planner = options.get("planner")
    return Numbers() if planner is None else planner.numbers


def replan(
    before: Plan | Routine,
    *,
    profile: Profile,
    edits: Iterable[Edit] = (),
    **options: Unpack[ReplanOptions],
) -> Replanned:
    """Return a week changed as people ask, with as much of it kept as the rules allow.

    First it drops as little of the week before as it can; then it makes good what dropping left
    the goals short of, in the least time; then it spreads the time evenly.
    Nothing asked for is ever dropped: what a rule of error severity forbids is refused with the
    rule.

    Args:
        before: the week before.
        profile: what is known of the person now.
        edits: what people ask for.
        options: see `ReplanOptions`.

    Raises:
        NoConformingPlan: what is asked for can't be had together; its `conflict` names a smallest
            part that can't.
        GuidanceError: an edit or the profile names what the guidance doesn't know.
        ReferralRequired: a red flag is present.
        ScreeningIncomplete: red-flag questions are open, and nobody consented.

    >>> from sciatica_pt.model import Screening
    >>> from sciatica_pt.planning import plan_week
    >>> person = Profile(
    ...     phase="chronic",
    ...     minutes={"mon": 30, "wed": 30, "fri": 30},
    ...     screening=Screening.clear(by="clinician"),
    ... )
    >>> plan = plan_week(person)
    >>> bool(replan(plan, profile=person).changes)
    False
    """
    known_options(options)
    case = Case(
        request=request_for(
            profile,
            options.get("guidance"),
            options.get("rules"),
            allow_unscreened=options.get("allow_unscreened", False),
        ),
        profile=profile,
        before=before.routine if isinstance(before, Plan) else before,
        numbers=numbers_of(options),
    )
    asked = tuple(edits)
    solved = solve_case(case, asked, options)
    if isinstance(solved, tuple):
        raise NoConformingPlan(solved, conflict=conflict_between(case, asked))
    plan = solved.plan()
    return Replanned(
        plan=plan,
        edits=asked,
        changes=diff(case.before, plan.routine),
        costs=tuple(_cost(case, solved, asked, edit, options) for edit in asked),
    )


def _cost(
    case: Case, solved: Solved, asked: tuple[Edit, ...], edit: Edit, options: ReplanOptions
) -> EditCost:
    without = solve_case(case, [item for item in asked if item is not edit], options)
    # Less is asked for, so there is a week; the search may still have been cut short.
    other = () if isinstance(without, tuple) else without.terms
    return EditCost(edit=edit, terms=difference(solved.terms, other))


@attrs.frozen(kw_only=True)
class Solved:
    """The best week for a case.

    Attributes:
        desk: what was decided over.
        kept: what the search found.
        schedule: the week.
    """

    desk: Desk
    kept: Kept
    schedule: Schedule

    @property
    def week(self) -> Week:
        """The week's blocks."""
        return week_of(self.schedule)

    @property
    def terms(self) -> tuple[ObjectiveTerm, ...]:
        """The objective's numbers, the weightiest first."""
        changes = ObjectiveTerm(
            name="changes",
            value=self.kept.lost,
            unit="times",
            meaning="How many times something of the week before is no longer done on its day.",
        )
        *goals, evenness = self.desk.drafter.objective.terms(self.week)
        scatter = ObjectiveTerm(
            name="scatter",
            value=scatter_of(self.week),
            unit="days",
            meaning="The days of each technique, added up: few blocks are easier to keep to.",
        )
        return (changes, *goals, scatter, evenness)

    @property
    def bound(self) -> tuple[ObjectiveTerm, ...]:
        """The objective that no week gets below: how much it drops at least, as far as is known."""
        if self.kept.proven:
            return self.terms
        least = {"changes": self.kept.least}
        return tuple(attrs.evolve(term, value=least.get(term.name, 0)) for term in self.terms)

    def plan(self) -> Plan:
        """Return the week with its report and its reasons.

        Raises:
            NoConformingPlan: a rule about one activity alone turned the week down.
        """
        context, rules = self.desk.drafter.context, self.desk.drafter.rules
        routine = self.desk.routine(self.schedule)
        report = validate(routine, profile=context.profile, guidance=context.catalog, rules=rules)
        if not report.conforms:
            raise NoConformingPlan(report.errors)
        return Plan(
            routine=routine,
            report=report,
            objective=self.terms,
            proven=self.kept.proven,
            bound=self.bound,
            planner="replan",
            trace=_trace(self.desk, self.week),
            notices=notices_of(context.catalog, unscreened=routine.unscreened),
        )


def solve_case(
    case: Case, edits: Iterable[Edit], options: ReplanOptions
) -> Solved | tuple[Finding, ...]:
    """Return the best week for a case, or what rules have against the nearest."""
    desk = desk_for(case, edits, improve=options.get("improve", False))
    kept = keep(desk, node_limit=options.get("node_limit", NODE_LIMIT))
    if kept.schedule is None:
        return kept.findings
    return Solved(desk=desk, kept=kept, schedule=kept.schedule)


def _trace(desk: Desk, week: Week) -> tuple[TraceEntry, ...]:
    made = trace_of(desk.drafter, week, desk.rejections, desk.habits, desk.aside)
    entries = {entry.activity: entry for entry in made}
    for activity in desk.drafter.context.catalog.activities.values():
        demand = desk.demands.get(activity.id)
        entry = entries.get(activity.id)
        if entry is None:
            entries[activity.id] = TraceEntry(
                activity=activity.id,
                name=activity.name,
                technique=activity.technique,
                status=TraceStatus.LEFT_OUT,
                reasons=[_ASKED_OUT if demand and demand.never else _NOT_BEFORE],
            )
        elif demand is not None:
            reason = _ASKED_FOR if demand.present else _ASKED_OUT
            entries[activity.id] = attrs.evolve(entry, reasons=(reason, *entry.reasons))
    return tuple(entries[name] for name in sorted(entries))


_ASKED_FOR = Reason(text="Someone asked for it to be as it is here.")
_ASKED_OUT = Reason(text="Someone asked for it to be left out, of the week or of some days.")
_NOT_BEFORE = Reason(text="The week before did not have it, and nothing asks for it now.")
