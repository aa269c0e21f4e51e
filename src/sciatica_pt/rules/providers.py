"""SPT3xx: hands-on treatment is given by a trained provider, and never stands alone."""

from __future__ import annotations

from collections.abc import Iterator

from sciatica_pt.model.actions import RemoveItem
from sciatica_pt.model.activities import ManualTherapy
from sciatica_pt.model.guidelines import RuleSpec
from sciatica_pt.model.vocabulary import Scope
from sciatica_pt.rules.engine import Check
from sciatica_pt.rules.findings import PASSED, Verdict, failed
from sciatica_pt.rules.subjects import Context, Item, WeekView

__all__ = ["CHECKS"]


def provider(spec: RuleSpec, item: Item, context: Context) -> tuple[Verdict, ...]:
    """Hands-on treatment names a provider of a kind that guidance trusts with it."""
    del spec, context
    if not isinstance(item.activity, ManualTherapy):
        return ()
    given = item.prescription.provider
    if given in item.activity.providers:
        return (PASSED,)
    return (
        failed(
            f"{item.name} must be given by a trained provider",
            observed="nobody named" if given is None else f"{given}",
            expected=" or ".join(sorted(item.activity.providers)),
            reduce="Leave it out until a trained provider gives it.",
            action=RemoveItem(path=item.path),
        ),
    )


def thrust_provider(spec: RuleSpec, item: Item, context: Context) -> tuple[Verdict, ...]:
    """A thrust is never applied by the person."""
    del spec, context
    if not isinstance(item.activity, ManualTherapy) or not item.activity.thrust:
        return ()
    if item.prescription.provider is not None:
        return (PASSED,)
    return (
        failed(
            f"{item.name} must never be done by oneself",
            observed="no provider",
            expected="a trained provider",
            reduce="Leave it out.",
            action=RemoveItem(path=item.path),
        ),
    )


def not_alone(spec: RuleSpec, week: WeekView, context: Context) -> Iterator[Verdict]:
    """A week with these techniques schedules another technique too."""
    del context
    used = {item.activity.technique for item in week.scheduled if item.activity is not None}
    if not used & spec.techniques:
        return
    if used - spec.techniques:
        yield PASSED
    else:
        names = ", ".join(sorted(used))
        yield failed(
            f"the week holds nothing but {names}",
            observed=names,
            expected="exercise beside it",
            enlarge="Add an exercise that the person does, or leave the treatment out.",
        )


CHECKS: dict[str, tuple[Scope, Check]] = {
    "provider": (Scope.ACTIVITY, provider),
    "thrust-provider": (Scope.ACTIVITY, thrust_provider),
    "not-alone": (Scope.WEEK, not_alone),
}
