"""SPT8xx as far as one week shows it: what was stopped stays out.

The rules about the way from one week to the next are data of another kind, `ProgressionRule`,
because they look at logs and not at a week; their codes are of the same family.
"""

from __future__ import annotations

from sciatica_pt.model.actions import RemoveItem
from sciatica_pt.model.guidelines import RuleSpec
from sciatica_pt.model.vocabulary import Scope
from sciatica_pt.rules.engine import Check
from sciatica_pt.rules.findings import PASSED, Verdict, failed, unknown
from sciatica_pt.rules.subjects import Context, Item

__all__ = ["CHECKS"]


def stopped(spec: RuleSpec, item: Item, context: Context) -> tuple[Verdict, ...]:
    """What spread symptoms down the leg, or brought new ones, is not done again."""
    del spec
    if context.profile is None:
        said = unknown(
            f"whether {item.name} was stopped depends on the person",
            "Which activities moved symptoms down the leg before?",
        )
    elif item.prescription.activity in context.profile.stopped:
        said = failed(
            f"{item.name} was stopped because of what it did to the leg",
            observed=item.prescription.activity,
            expected="another activity",
            reduce="Leave it out until a physical therapist has looked.",
            action=RemoveItem(path=item.path),
        )
    else:
        said = PASSED
    return (said,)


CHECKS: dict[str, tuple[Scope, Check]] = {"stopped": (Scope.ACTIVITY, stopped)}
