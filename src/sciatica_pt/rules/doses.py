"""SPT1xx: is each dose one that guidance gives, and that the person has worked up to?"""

from __future__ import annotations

from sciatica_pt.model.actions import DoBothSides, RemoveItem, SetNumber
from sciatica_pt.model.activities import Exercise
from sciatica_pt.model.doses import PARAMETERS, Limit, dose_kind, dose_per_side, dose_values
from sciatica_pt.model.guidelines import RuleSpec
from sciatica_pt.model.vocabulary import DoseParameter, Scope, Side
from sciatica_pt.rules.engine import Check
from sciatica_pt.rules.findings import PASSED, Verdict, failed, unknown, within
from sciatica_pt.rules.subjects import Context, Item

__all__ = ["CHECKS"]

# The longer the rest and the rarer the prompt, the less is asked of the person.
_GENTLER_WITH_MORE = (DoseParameter.REST_SECONDS, DoseParameter.EVERY_SECONDS)
_NAMES = {
    DoseParameter.SETS: "number of sets",
    DoseParameter.REPS: "number of repetitions",
    DoseParameter.HOLD_SECONDS: "length of the hold",
    DoseParameter.REP_SECONDS: "time for a repetition",
    DoseParameter.REST_SECONDS: "rest",
    DoseParameter.DURATION_SECONDS: "length",
    DoseParameter.EVERY_SECONDS: "time between prompts",
    DoseParameter.EFFORT: "effort",
}


def offered(spec: RuleSpec, item: Item, context: Context) -> tuple[Verdict, ...]:
    """Guidance gives a dose of this kind, with or without sides, in this phase."""
    del spec
    dose = item.prescription.dose
    sided = isinstance(item.activity, Exercise) and item.activity.per_side
    if item.dose_range is None:
        said = failed(
            f"guidance gives {item.name} no dose in the {context.phase} phase",
            reduce="Leave it out in this phase.",
            action=RemoveItem(path=item.path),
        )
    elif dose_kind(dose) is not item.dose_range.kind:
        said = failed(
            f"{item.name} has a dose of the wrong kind",
            observed=f"{dose_kind(dose)}",
            expected=f"{item.dose_range.kind}",
        )
    elif dose_per_side(dose) is not sided:
        said = failed(
            f"{item.name} is {'done' if sided else 'not done'} on each side in turn",
            observed="a dose for each side" if not sided else "one dose for both sides together",
            expected="a dose for each side" if sided else "one dose without sides",
        )
    else:
        said = PASSED
    return (said,)


def dose_bounds(spec: RuleSpec, item: Item, context: Context) -> list[Verdict]:
    """Each number that the rule is about lies within the guidance's limits."""
    del context
    dose, offer = item.prescription.dose, item.dose_range
    said: list[Verdict] = []
    if offer is None or offer.kind is not dose_kind(dose):
        return said  # `offered` says so.
    for parameter in PARAMETERS[offer.kind]:
        if parameter in spec.dose_parameters:
            limit = offer.limit(parameter)
            if limit is not None:
                said.append(_bounded(item, limit, getattr(dose, parameter)))
    return said


def _bounded(item: Item, limit: Limit, value: int | None) -> Verdict:
    parameter = limit.parameter
    if value is None:
        return unknown(
            f"{item.name}: nobody has said the {_NAMES[parameter]}",
            f"What is the {_NAMES[parameter]}, in {parameter.unit}?",
            citations=limit.citations,
        )
    if limit.allows(value):
        return PASSED
    below = value < limit.minimum
    bound = limit.minimum if below else limit.maximum
    change = f"Bring it {'up' if below else 'down'} to {bound} {parameter.unit}."
    gentler = below is (parameter in _GENTLER_WITH_MORE)
    return failed(
        f"{item.name}: the {_NAMES[parameter]} is {'below' if below else 'above'} "
        "what guidance gives",
        observed=f"{value} {parameter.unit}",
        expected=within(limit),
        citations=limit.citations,
        reduce=change if gentler else None,
        enlarge=None if gentler else change,
        action=SetNumber(path=item.path, parameter=parameter, value=bound),
    )


def earned_dose(spec: RuleSpec, item: Item, context: Context) -> list[Verdict]:
    """A number above the starting one has been reached by the person before."""
    dose, offer = item.prescription.dose, item.dose_range
    said: list[Verdict] = []
    if offer is None or offer.kind is not dose_kind(dose):
        return said
    profile = context.profile
    reached = None if profile is None else profile.level(item.prescription.activity)
    earned = dose_values(reached) if reached is not None else {}
    for parameter in PARAMETERS[offer.kind]:
        if parameter in spec.dose_parameters:
            limit, value = offer.limit(parameter), getattr(dose, parameter)
            if limit is not None and value is not None:
                said.append(_earned(item, limit, value, earned.get(parameter)))
    return said


def _earned(item: Item, limit: Limit, value: int, done: int | None) -> Verdict:
    parameter = limit.parameter
    if value <= limit.first or (done is not None and value <= done):
        return PASSED
    if done is None:
        return unknown(
            f"{item.name} starts above the beginner's {limit.first} {parameter.unit}",
            f"Has the person done {item.name} for {value} {parameter.unit} in good form, "
            "without more pain the next day?",
            citations=limit.citations,
        )
    return failed(
        f"{item.name} goes beyond what the person has worked up to",
        observed=f"{value} {parameter.unit}",
        expected=f"at most {max(done, limit.first)} {parameter.unit}",
        citations=limit.citations,
        reduce=f"Bring it down to {max(done, limit.first)} {parameter.unit}.",
        action=SetNumber(path=item.path, parameter=parameter, value=max(done, limit.first)),
    )


def both_sides(spec: RuleSpec, item: Item, context: Context) -> tuple[Verdict, ...]:
    """What has sides is done on both."""
    del spec, context
    side = item.prescription.side
    if side is None:
        return ()
    if side is Side.BOTH:
        return (PASSED,)
    return (
        failed(
            f"{item.name} is done on one side only",
            observed=f"{side}",
            expected=f"{Side.BOTH}",
            enlarge="Do the other side too.",
            action=DoBothSides(path=item.path),
        ),
    )


CHECKS: dict[str, tuple[Scope, Check]] = {
    "offered": (Scope.ACTIVITY, offered),
    "dose-bounds": (Scope.ACTIVITY, dose_bounds),
    "earned-dose": (Scope.ACTIVITY, earned_dose),
    "both-sides": (Scope.ACTIVITY, both_sides),
}
