"""Which activities a person may do, and with what dose: a candidate each, or why there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import attrs

from sciatica_pt.guidance import Catalog
from sciatica_pt.model.activities import (
    Activity,
    EquipmentNeed,
    Exercise,
    Form,
    Habit,
    ManualTherapy,
    Modality,
)
from sciatica_pt.model.doses import (
    Dose,
    DoseRange,
    Recurring,
    build_dose,
    dose_seconds,
    dose_values,
)
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.routine import Prescription
from sciatica_pt.model.safety import Restriction
from sciatica_pt.model.vocabulary import (
    DoseParameter,
    Outcome,
    Phase,
    Provider,
    RestrictionLevel,
    Severity,
    Side,
)
from sciatica_pt.rules import (
    PASSED,
    Context,
    DeclarativeRule,
    Finding,
    Item,
    RuleSet,
    Verdict,
    findings_of,
    said_by,
    specs_of,
)

__all__ = ["Candidate", "Rejection", "consider", "consider_prescription"]

# Where an activity would stand in a routine that held nothing else: a rule's fix names the place,
# so it has to be one that a routine can have.
_PLACE_IN_SESSION = "$.sessions[0].prescriptions[0]"
_PLACE_OF_HABIT = "$.habits[0]"


@attrs.frozen(kw_only=True)
class Candidate:
    """An activity that the person may do, with its dose.

    Attributes:
        activity: the activity.
        dose_range: the doses guidance allows in the phase.
        prescription: what would be prescribed.
        seconds: honest seconds of a day on which it is done, all its times together.
        active: the seconds of these in which it is done, without getting ready.
        times: times on such a day.
        days: the least and the most days a week.
        cut: the seconds of such a day by which the dose is shorter than it should be.
    """

    activity: Activity
    dose_range: DoseRange
    prescription: Prescription
    seconds: int
    active: int
    times: int
    days: tuple[int, int]
    cut: int = 0

    @property
    def id(self) -> str:
        """The activity's id."""
        return self.activity.id


@attrs.frozen(kw_only=True)
class Rejection:
    """An activity that the person may not do.

    Attributes:
        activity: the activity.
        findings: what the rules said of it; each would be found in a routine that held it too.
            None when guidance gives it no dose in the phase and no rule speaks of that.
    """

    activity: Activity
    findings: tuple[Finding, ...]


def _modifications(activity: Activity, context: Context) -> tuple[Restriction, ...]:
    """Return the restrictions that are in force and change how the activity is done."""
    binding = context.binding.get((activity.id, RestrictionLevel.MODIFY), ())
    return tuple(restriction for restriction, sure in binding if sure)


def _numbers(
    dose_range: DoseRange, level: Dose | None, modifications: tuple[Restriction, ...]
) -> dict[DoseParameter, int]:
    """Return the dose's numbers: where the person is, or where a beginner starts, within limits."""
    numbers = dose_range.starting_values()
    reached = {} if level is None else dose_values(level)
    for parameter in numbers:
        value = reached.get(parameter)
        if value is not None:
            numbers[parameter] = value
    # The modifications come last, so that they win over what guidance allows in general.
    changes = [item.modification for item in modifications if item.modification is not None]
    for limits in (dose_range.limits, *(change.limits for change in changes)):
        for limit in limits:
            if limit.parameter in numbers:
                value = numbers[limit.parameter]
                numbers[limit.parameter] = max(limit.minimum, min(limit.maximum, value))
    return numbers


class _Picked(NamedTuple):
    """What a person would use for an activity, or whom they would see."""

    form: str | None
    equipment: frozenset[str]
    barrier: str | None
    provider: Provider | None


_NOTHING = _Picked(form=None, equipment=frozenset(), barrier=None, provider=None)
_Key = tuple[str, Phase, tuple[str, ...], _Picked]


def _written(catalog: Catalog) -> dict[_Key, tuple[Prescription, int]]:
    """Return what was prescribed to people who are new to an activity, and how often a day.

    There are only so many ways: by the activity, the phase, its changes and what is used for it.
    """
    del catalog
    return {}


def _times(numbers: dict[DoseParameter, int]) -> int:
    return numbers.get(DoseParameter.TIMES_PER_DAY, 1)


def _dose(activity: Activity, dose_range: DoseRange, numbers: dict[DoseParameter, int]) -> Dose:
    return build_dose(dose_range.kind, numbers, per_side=_is_sided(activity))


def _is_sided(activity: Activity) -> bool:
    return isinstance(activity, Exercise) and activity.per_side


def _pick(need: EquipmentNeed, profile: Profile) -> str | None:
    for name in need.any_of:
        if name in profile.equipment:
            return name
    return None


def _form(activity: Modality | ManualTherapy, profile: Profile) -> Form:
    """Return the first form that the person has everything for, else the first."""

    def at_hand(form: Form) -> bool:
        needs = [*form.equipment, *([form.barrier] if form.barrier is not None else [])]
        return all(_pick(need, profile) is not None for need in needs)

    return next((form for form in activity.forms if at_hand(form)), activity.forms[0])


def _pick_all(activity: Activity, profile: Profile) -> _Picked:
    form = _form(activity, profile) if isinstance(activity, (Modality, ManualTherapy)) else None
    if form is None and not activity.equipment:
        return _NOTHING
    needs = (*activity.equipment, *(() if form is None else form.equipment))
    barrier = None if form is None else form.barrier
    providers = (
        sorted(activity.providers & profile.providers)
        if isinstance(activity, ManualTherapy)
        else []
    )
    return _Picked(
        form=None if form is None else form.id,
        equipment=frozenset(filter(None, (_pick(need, profile) for need in needs))),
        barrier=None if barrier is None else _pick(barrier, profile),
        provider=providers[0] if providers else None,
    )


def _prescribe(
    activity: Activity, dose: Dose, picked: _Picked, modifications: tuple[Restriction, ...]
) -> Prescription:
    return Prescription(
        activity=activity.id,
        dose=dose,
        side=Side.BOTH if _is_sided(activity) else None,
        form=picked.form,
        equipment=picked.equipment,
        barrier=picked.barrier,
        provider=picked.provider,
        modifications=frozenset(restriction.id for restriction in modifications),
    )


def _blocks(said: Verdict | Finding) -> bool:
    """Return whether what a rule said of an activity may keep it out of a plan.

    An open question does so only where the guidance says that it must; the report asks it anyway.
    """
    if said.outcome is Outcome.INDETERMINATE:
        return said.withhold
    return said.outcome is not Outcome.PASS


def _any_blocks(verdicts: tuple[Verdict, ...]) -> bool:
    for verdict in verdicts:  # noqa: SIM110 - a generator costs more than the loop
        if verdict is not PASSED and _blocks(verdict):
            return True
    return False


def _unfit(finding: Finding) -> bool:
    """Return whether a finding keeps an activity out of what a planner proposes."""
    return finding.outcome is Outcome.INDETERMINATE or finding.severity is not Severity.INFO


def _forbidden(finding: Finding) -> bool:
    """Return whether a finding keeps out even what a person insists on."""
    return finding.severity is Severity.ERROR


def consider(
    activity: Activity,
    context: Context,
    rules: RuleSet,
    profile: Profile,
    *,
    insisted: bool = False,
) -> Candidate | Rejection:
    """Return the candidate for an activity, or why there is none.

    The rules asked are those that the validator runs.
    Only rules made from data are asked here: another rule may want to know the day, and is asked
    once there is one.

    Args:
        activity: the activity.
        context: the person, the guidance and the phase.
        rules: the rules that the validator runs.
        profile: the person.
        insisted: whether someone insists on it, so that only an error keeps it out.
    """
    dose_range = context.catalog.range(activity.id, context.phase)
    if dose_range is None:
        # Any dose will do: there is none to be right, and the rules say so.
        prescription, times = _any_prescription(activity, profile), 0
    else:
        prescription, times = _proposed(activity, dose_range, context, profile)
    binds = _forbidden if insisted else _unfit
    findings = _held_against(activity, prescription, context, rules, binds)
    if findings or dose_range is None:
        return Rejection(activity=activity, findings=findings)
    return _candidate(activity, dose_range, prescription, times, rules)


def _proposed(
    activity: Activity, dose_range: DoseRange, context: Context, profile: Profile
) -> tuple[Prescription, int]:
    """Return what to prescribe, and how many times a day."""
    modifications = _modifications(activity, context)
    picked = _pick_all(activity, profile)

    def write(level: Dose | None) -> tuple[Prescription, int]:
        numbers = _numbers(dose_range, level, modifications)
        dose = _dose(activity, dose_range, numbers)
        return _prescribe(activity, dose, picked, modifications), _times(numbers)

    level = profile.level(activity.id)
    if level is not None:
        return write(level)
    written = context.catalog.once(_written)
    key = (activity.id, context.phase, tuple(item.id for item in modifications), picked)
    if key not in written:
        written[key] = write(None)
    return written[key]


def consider_prescription(
    prescription: Prescription, times: int, context: Context, rules: RuleSet, *, insisted: bool
) -> Candidate | Rejection:
    """Return the candidate for a prescription that someone else wrote, or why there is none.

    Args:
        prescription: what someone wants; the guidance must know its activity.
        times: how many times it is done on a day.
        context: the person, the guidance and the phase.
        rules: the rules that the validator runs.
        insisted: whether someone insists on it, so that only an error keeps it out and the report
            tells the rest; otherwise a warning does too.
    """
    activity = context.catalog.activities[prescription.activity]
    dose_range = context.catalog.range(activity.id, context.phase)
    blocks = _forbidden if insisted else _unfit
    findings = _held_against(activity, prescription, context, rules, blocks)
    if findings or dose_range is None:
        return Rejection(activity=activity, findings=findings)
    return _candidate(activity, dose_range, prescription, times, rules)


def _held_against(
    activity: Activity,
    prescription: Prescription,
    context: Context,
    rules: RuleSet,
    binds: Callable[[Finding], bool],
) -> tuple[Finding, ...]:
    item = Item(
        path=_PLACE_OF_HABIT if isinstance(activity, Habit) else _PLACE_IN_SESSION,
        prescription=prescription,
        activity=activity,
        dose_range=context.catalog.range(activity.id, context.phase),
        day=None,
    )
    # A habit has no day, so there is nothing to wait for with it.
    every = isinstance(activity, Habit)
    found: list[Finding] = []
    for rule, ask in rules.about(activity, context.phase):
        if every or isinstance(rule, DeclarativeRule):
            verdicts = said_by(ask, item, context)
            # Most rules have nothing to say, and a finding costs more to make than a verdict.
            if _any_blocks(verdicts):
                found += findings_of(rule, item, verdicts)
    return tuple(finding for finding in found if _blocks(finding) and binds(finding))


def _candidate(
    activity: Activity,
    dose_range: DoseRange,
    prescription: Prescription,
    times: int,
    rules: RuleSet,
) -> Candidate:
    active = dose_seconds(prescription.dose)
    setup = dose_range.limit(DoseParameter.SETUP_SECONDS)
    return Candidate(
        activity=activity,
        dose_range=dose_range,
        prescription=prescription,
        seconds=(active + (setup.first if setup else 0)) * times,
        active=active * times,
        times=times,
        days=_days(dose_range, rules),
    )


def _days(dose_range: DoseRange, rules: RuleSet) -> tuple[int, int]:
    """Return the least and the most days a week.

    Less often than advised is better than never, so the least that guidance advises binds only
    where a rule makes an error of it; otherwise the goals ask for days, and the report warns.
    """
    limit = dose_range.limit(DoseParameter.DAYS_PER_WEEK)
    assert limit is not None, "guidance without it is refused when it is combined"
    specs = specs_of(rules, "days-per-week-least")
    binds = any(spec.severity is Severity.ERROR for spec in specs)
    return limit.minimum if binds else 1, limit.maximum


def _any_prescription(activity: Activity, profile: Profile) -> Prescription:
    for dose_range in activity.doses:
        dose = _dose(activity, dose_range, dose_range.starting_values())
        return _prescribe(activity, dose, _pick_all(activity, profile), ())
    return Prescription(activity=activity.id, dose=Recurring())
