"""Rules: what a routine must satisfy, made from guidance and run by one engine.

Families by hundreds: 1 doses, 2 heat and cold, 3 providers, 4 the week, 5 sessions, 6 safety,
7 resources, 8 progression, 9 integrity.
"""

from collections.abc import Iterable
from functools import lru_cache

from sciatica_pt.guidance import Catalog
from sciatica_pt.model.vocabulary import Scope
from sciatica_pt.rules import (
    doses,
    integrity,
    modalities,
    progression,
    providers,
    resources,
    safety,
    sessions,
    weeks,
)
from sciatica_pt.rules.engine import (
    Check,
    DeclarativeRule,
    Rule,
    RuleSet,
    declarative_rules,
    findings_of,
    findings_on,
    is_grave,
    run_rule,
    said_by,
    specs_of,
    verdicts_on,
)
from sciatica_pt.rules.findings import PASSED, Finding, Fix, RuleResult, Verdict, failed, unknown
from sciatica_pt.rules.resources import equipment_needs
from sciatica_pt.rules.subjects import (
    Context,
    DayView,
    Item,
    SessionView,
    WeekView,
    item_seconds,
    view,
)
from sciatica_pt.rules.weeks import days_apart

__all__ = [
    "CHECKS",
    "PASSED",
    "Check",
    "Context",
    "DayView",
    "DeclarativeRule",
    "Finding",
    "Fix",
    "Item",
    "Rule",
    "RuleResult",
    "RuleSet",
    "SessionView",
    "Verdict",
    "WeekView",
    "choose_rules",
    "days_apart",
    "equipment_needs",
    "failed",
    "findings_of",
    "findings_on",
    "is_grave",
    "item_seconds",
    "rules_of",
    "run_rule",
    "said_by",
    "specs_of",
    "unknown",
    "verdicts_on",
    "view",
]

#: The checks that a rule's specification may name, each with the scope that it looks at.
CHECKS: dict[str, tuple[Scope, Check]] = {
    **doses.CHECKS,
    **modalities.CHECKS,
    **providers.CHECKS,
    **weeks.CHECKS,
    **sessions.CHECKS,
    **safety.CHECKS,
    **resources.CHECKS,
    **progression.CHECKS,
    **integrity.CHECKS,
}


@lru_cache(maxsize=16)
def rules_of(catalog: Catalog) -> RuleSet:
    """Return the rules that a catalog's packs state.

    Raises:
        GuidanceError: a rule names a check that doesn't exist.
    """
    return declarative_rules(catalog.rules.values(), CHECKS)


def choose_rules(catalog: Catalog, rules: RuleSet | Iterable[Rule] | None) -> RuleSet:
    """Return the rules to run.

    Args:
        catalog: the guidance.
        rules: `None` for the guidance's own; a `RuleSet` for exactly that one, so that leaving a
            rule out is always said aloud; other rules are added to the guidance's own.
    """
    own = rules_of(catalog)
    if rules is None:
        return own
    return rules if isinstance(rules, RuleSet) else own.with_rules(*rules)
