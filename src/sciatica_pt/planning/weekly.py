"""`plan_week`: from a person to a week that conforms, or to the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypedDict

import attrs

from sciatica_pt.guidance import Catalog
from sciatica_pt.model.activities import Habit
from sciatica_pt.model.profile import Profile
from sciatica_pt.planning._desk import Case
from sciatica_pt.planning._trace import trace_of
from sciatica_pt.planning.candidates import Candidate, Rejection, consider
from sciatica_pt.planning.conflicts import conflict_between
from sciatica_pt.planning.drafting import Drafter
from sciatica_pt.planning.objective import Numbers, terms_of
from sciatica_pt.planning.plan import NoConformingPlan, Plan
from sciatica_pt.planning.requests import Request, notices_of, request_for
from sciatica_pt.planning.rungs import choose_rungs
from sciatica_pt.planning.solving import solve
from sciatica_pt.rules import Context, Rule, RuleSet
from sciatica_pt.validation import validate

__all__ = [
    "PlanOptions",
    "Planner",
    "WeeklyPlanner",
    "plan_or_refuse",
    "plan_week",
    "reusable",
]


class Planner(Protocol):
    """Anything that makes a plan; `plan_week` has checked the profile and screened before."""

    def plan(
        self, profile: Profile, *, guidance: Catalog, rules: RuleSet, unscreened: bool
    ) -> Plan:
        """Return the plan of a person's week."""
        ...


@attrs.frozen(kw_only=True)
class WeeklyPlanner:
    """The library's own planner.

    Attributes:
        liked_percent: the share of its minutes, in percent, that a liked activity counts with;
            `None`, here and below, for what the guidance says.
        slot_minutes: the length of a slot in minutes, in which time is booked.
        most_activities: the most activities of a technique that no rule sets a number for, such as
            the kinds of aerobic work that alternate.
        shortening_seconds: the steps, in seconds, by which a dose of aerobic work may be shorter
            where a day lacks the time.
        node_limit: how many placements the search may look at before it settles for a sound week
            that is not proven the best.
        week_limit: how many complete weeks the caller's rules may turn down before it does.
    """

    liked_percent: int | None = None
    slot_minutes: int | None = None
    most_activities: int | None = None
    shortening_seconds: int | None = None
    node_limit: int = 500_000
    week_limit: int = 2_000
    #: The first four, which `replan` needs too.
    numbers: Numbers = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        numbers = Numbers(
            liked_percent=self.liked_percent,
            slot_minutes=self.slot_minutes,
            most_activities=self.most_activities,
            shortening_seconds=self.shortening_seconds,
        )
        object.__setattr__(self, "numbers", numbers)

    def plan(
        self, profile: Profile, *, guidance: Catalog, rules: RuleSet, unscreened: bool
    ) -> Plan:
        """Return the plan of a person's week.

        Raises:
            NoConformingPlan: even the best week found breaks a rule of error severity.
        """
        context = Context(catalog=guidance, profile=profile, phase=profile.phase)
        considered = [
            consider(guidance.activities[name], context, rules, profile)
            for name in sorted(guidance.activities)
        ]
        objective = self.numbers.objective(guidance, profile)
        allowed, aside = choose_rungs(
            [item for item in considered if isinstance(item, Candidate)],
            context,
            rules,
            step=objective.shortening_seconds,
        )
        habits = tuple(item for item in allowed if isinstance(item.activity, Habit))
        drafter = Drafter(
            context=context,
            rules=rules,
            objective=objective,
            habits=tuple(habit.prescription for habit in habits),
            candidates=tuple(item for item in allowed if not isinstance(item.activity, Habit)),
            unscreened=unscreened,
        )
        solution = solve(drafter, node_limit=self.node_limit, week_limit=self.week_limit)
        routine = drafter.routine(solution.week)
        report = validate(routine, profile=profile, guidance=guidance, rules=rules)
        if not report.conforms:
            raise NoConformingPlan(report.errors)
        return Plan(
            routine=routine,
            report=report,
            objective=drafter.objective.terms(solution.week),
            proven=solution.proven,
            bound=terms_of(solution.bound),
            planner="weekly",
            trace=trace_of(
                drafter,
                solution.week,
                tuple(item for item in considered if isinstance(item, Rejection)),
                habits,
                aside,
            ),
            notices=notices_of(guidance, unscreened=unscreened),
        )


class PlanOptions(TypedDict, total=False):
    """The options of `plan_week`, for functions that pass them on."""

    guidance: Catalog | None
    """The guidance to plan from."""
    rules: RuleSet | Iterable[Rule] | None
    """Rules beside the guidance's own, or instead of them."""
    planner: Planner | None
    """Who plans."""
    allow_unscreened: bool
    """Consent to a plan although red-flag questions are open."""


def reusable(options: PlanOptions) -> PlanOptions:
    """Return options that can be used more than once, even where an iterator was given."""
    rules = options.get("rules")
    if rules is None or isinstance(rules, RuleSet):
        return options
    return {**options, "rules": tuple(rules)}


def plan_week(
    profile: Profile,
    *,
    guidance: Catalog | None = None,
    rules: RuleSet | Iterable[Rule] | None = None,
    planner: Planner | None = None,
    allow_unscreened: bool = False,
) -> Plan:
    """Return a week for a person, with its report and the reason for everything in it.

    Too little time is no error: the plan is the best week that fits, and its trace says what was
    left out.

    Args:
        profile: what is known of the person.
        guidance: the guidance to plan from; `None` for the bundled packs.
        rules: rules to keep beside the guidance's own; a `RuleSet` is kept instead of them.
        planner: who plans; `None` for the library's own planner.
        allow_unscreened: consent to a plan although red-flag questions are open; every document
            made from it says so.

    Raises:
        GuidanceError: the profile uses a word that the guidance doesn't know.
        ReferralRequired: a red flag is present.
        ScreeningIncomplete: red-flag questions are open, and nobody consented.
        NoConformingPlan: no week satisfies every rule; it names the demands that clash.
    """
    request = request_for(profile, guidance, rules, allow_unscreened=allow_unscreened)
    try:
        return _planned(profile, request, planner)
    except NoConformingPlan as error:
        raise NoConformingPlan(
            error.findings, conflict=conflict_between(Case.anew(request, profile), ())
        ) from error


def plan_or_refuse(
    profile: Profile,
    *,
    guidance: Catalog | None = None,
    rules: RuleSet | Iterable[Rule] | None = None,
    planner: Planner | None = None,
    allow_unscreened: bool = False,
) -> Plan:
    """Return what `plan_week` does, but don't look for whom to blame when there is no plan."""
    request = request_for(profile, guidance, rules, allow_unscreened=allow_unscreened)
    return _planned(profile, request, planner)


def _planned(profile: Profile, request: Request, planner: Planner | None) -> Plan:
    return (WeeklyPlanner() if planner is None else planner).plan(
        profile,
        guidance=request.guidance,
        rules=request.rules,
        unscreened=request.unscreened,
    )
