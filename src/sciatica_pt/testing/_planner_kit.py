"""What everyone may expect of a planner, as a test for whoever writes one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from sciatica_pt.codec import dumps
from sciatica_pt.guidance import Catalog, default_guidance
from sciatica_pt.model.evidence import Citation
from sciatica_pt.model.profile import Profile, WeekMinutes
from sciatica_pt.model.safety import Screening
from sciatica_pt.model.vocabulary import (
    Phase,
    Provider,
    Respondent,
    Scope,
    Severity,
    TraceStatus,
    Weekday,
)
from sciatica_pt.planning import Plan, Planner, PlanRefused, plan_week
from sciatica_pt.rules import PASSED, Context, DayView, Item, Rule, RuleSet, Verdict, failed
from sciatica_pt.testing._extra import SearchStrategy, given, kit_settings, st
from sciatica_pt.testing._people import profiles
from sciatica_pt.testing._rule_kit import demand
from sciatica_pt.validation import validate

__all__ = ["check_planner"]


@attrs.frozen(kw_only=True)
class _Forbidden:
    """A user's rule that no builder of a planner can have foreseen."""

    activity: str
    code: str = "KIT601"
    name: str = "forbidden-by-the-kit"
    scope: Scope = Scope.ACTIVITY
    severity: Severity = Severity.ERROR
    citations: tuple[Citation, ...] = ()

    def check(self, subject: Item, context: Context, /) -> Iterator[Verdict]:
        """Fail for one activity."""
        del context
        if subject.prescription.activity == self.activity:
            yield failed("the kit forbids it")
        else:
            yield PASSED


@attrs.frozen(kw_only=True)
class _DayOff:
    """A user's rule about a day, which no activity alone can break."""

    day: Weekday
    code: str = "KIT401"
    name: str = "day-off-for-the-kit"
    scope: Scope = Scope.DAY
    severity: Severity = Severity.ERROR
    citations: tuple[Citation, ...] = ()

    def check(self, subject: DayView, context: Context, /) -> Iterator[Verdict]:
        """Fail when there is anything to do on the day off."""
        del context
        if subject.day is self.day and subject.sessions:
            yield failed("the kit wants this day off")
        else:
            yield PASSED


def check_planner(
    planner: Planner,
    *,
    guidance: Catalog | None = None,
    rules: Iterable[Rule] = (),
    people: SearchStrategy[Profile] | None = None,
    max_examples: int | None = None,
) -> None:
    """Check what everyone may expect of a planner; call it in a test of your own planner.

    For any person, screened or not, the planner gives a plan or refuses with a `PlanRefused`; and
    for a person with time, equipment and nothing in the way it gives a plan.
    A plan conforms, its report is the one that `validate` gives, its trace speaks of every
    activity and says truly whether it is in the week, it says when it is unscreened, it is the
    same whenever it is asked for, and making it changes nothing.
    Rules that the planner can't have foreseen are kept.

    Args:
        planner: the planner.
        guidance: the guidance to plan from; `None` for the bundled packs.
        rules: rules of yours to plan with, beside the guidance's own.
        people: the profiles to plan for; `None` for every kind.
        max_examples: how many of them to try; `None` for the number of the hypothesis profile.

    Raises:
        AssertionError: a promise is broken; the message says which.
    """
    catalog = default_guidance() if guidance is None else guidance
    extra = tuple(rules)
    for phase in Phase:
        at_ease = _at_ease(phase, catalog)
        plan = _plan(planner, at_ease, catalog, extra)
        if plan is None:
            raise AssertionError(f"a person with nothing in the way gets a plan ({phase})")
        _check_plan(planner, plan, at_ease, catalog, extra)
        _check_unforeseen(planner, plan, at_ease, catalog, extra)
    clear = st.just(Screening.clear(by=Respondent.CLINICIAN))
    everyone = profiles(catalog, screening=clear) | profiles(catalog, screening=st.none())

    @kit_settings(max_examples)
    @given(profile=everyone if people is None else people)
    def run(profile: Profile) -> None:
        plan = _plan(planner, profile, catalog, extra)
        if plan is not None:
            _check_plan(planner, plan, profile, catalog, extra)

    run()


def _at_ease(phase: Phase, catalog: Catalog) -> Profile:
    """Return a person with time, equipment and providers, and with nothing in the way."""
    return Profile(
        phase=phase,
        others_ruled_out=True,
        screening=Screening.clear(by=Respondent.CLINICIAN),
        equipment=frozenset(catalog.equipment),
        minutes=WeekMinutes(**{day.value: 60 for day in Weekday}),
        providers=frozenset(Provider),
    )


def _plan(
    planner: Planner, profile: Profile, catalog: Catalog, rules: tuple[Rule, ...]
) -> Plan | None:
    before = dumps(profile)
    try:
        plan = plan_week(
            profile, guidance=catalog, rules=rules, planner=planner, allow_unscreened=True
        )
    except PlanRefused:
        plan = None
    demand(dumps(profile) == before, "planning must change nothing that it is given")
    return plan


def _check_plan(
    planner: Planner, plan: Plan, profile: Profile, catalog: Catalog, rules: tuple[Rule, ...]
) -> None:
    routine = plan.routine
    report = validate(routine, profile=profile, guidance=catalog, rules=rules)
    demand(report.conforms, f"a plan conforms; this one does not:\n{report}")
    demand(report == plan.report, "a plan's report is the one that `validate` gives")
    demand(routine.phase is profile.phase, "a plan is made for the person's phase")
    demand(routine.guidance == catalog.refs, "a plan names the guidance it was made from")
    # Guidance without a red-flag question can't have screened anybody.
    unscreened = not catalog.red_flags or any(
        flag.state(profile.screening, profile.conditions) is None
        for flag in catalog.red_flags.values()
    )
    demand(
        routine.unscreened is unscreened,
        "a plan says that it is unscreened exactly when a red-flag question is open",
    )
    used = {item.activity for session in routine.sessions for item in session.prescriptions}
    used |= {item.activity for item in routine.habits}
    placed = {entry.activity for entry in plan.trace if entry.status is TraceStatus.PLACED}
    demand(placed == used, f"the trace says truly what is in the week: {placed ^ used}")
    spoken = {entry.activity for entry in plan.trace}
    demand(spoken == set(catalog.activities), "the trace speaks of every activity")
    again = _plan(planner, profile, catalog, rules)
    demand(
        again is not None and dumps(again.routine) == dumps(routine) and again == plan,
        "the same person gets the same plan again",
    )


def _check_unforeseen(
    planner: Planner, plan: Plan, profile: Profile, catalog: Catalog, rules: tuple[Rule, ...]
) -> None:
    unforeseen: list[Rule] = []
    if plan.routine.sessions:
        last = plan.routine.sessions[-1]
        unforeseen.append(_Forbidden(activity=last.prescriptions[0].activity))
        unforeseen.append(_DayOff(day=last.day))
    if plan.routine.habits:
        unforeseen.append(_Forbidden(activity=plan.routine.habits[0].activity))
    for rule in unforeseen:
        if rule.code in RuleSet(rules):  # pragma: no cover - nobody else should use these codes
            continue
        kept = _plan(planner, profile, catalog, (*rules, rule))
        if kept is not None:
            report = validate(kept.routine, profile=profile, guidance=catalog, rules=(*rules, rule))
            demand(report.conforms, f"a planner keeps rules it can't have foreseen:\n{report}")
