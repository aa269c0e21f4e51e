"""What every planner is asked with: a checked profile, guidance, rules, and what must be said."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from sciatica_pt.guidance import Catalog, default_guidance
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.vocabulary import TextKind
from sciatica_pt.planning.plan import ReferralRequired, ScreeningIncomplete
from sciatica_pt.rules import Rule, RuleSet, choose_rules
from sciatica_pt.screening import screen

__all__ = ["Request", "notices_of", "request_for"]

_ALWAYS_SHOWN = (TextKind.DISCLAIMER, TextKind.SAFETY_NET)


def notices_of(guidance: Catalog, *, unscreened: bool) -> tuple[str, ...]:
    """Return what every document made from a plan says."""
    kinds = (*((TextKind.UNSCREENED,) if unscreened else ()), *_ALWAYS_SHOWN)
    return tuple(
        text.text for kind in kinds for text in guidance.texts.values() if text.kind is kind
    )


@attrs.frozen(kw_only=True)
class Request:
    """What a planner is asked with, once the profile is checked and the person is screened.

    Attributes:
        guidance: the guidance.
        rules: the rules.
        unscreened: whether red-flag questions are open, which the plan must say.
    """

    guidance: Catalog
    rules: RuleSet
    unscreened: bool


def request_for(
    profile: Profile,
    guidance: Catalog | None,
    rules: RuleSet | Iterable[Rule] | None,
    *,
    allow_unscreened: bool,
) -> Request:
    """Return what a planner may be asked with; the arguments and errors are `plan_week`'s.

    Raises:
        GuidanceError: the profile uses a word that the guidance doesn't know.
        ReferralRequired: a red flag is present.
        ScreeningIncomplete: red-flag questions are open, and nobody consented.
    """
    catalog = default_guidance() if guidance is None else guidance
    catalog.check_profile(profile)
    screened = screen(profile.screening, conditions=profile.conditions, guidance=catalog)
    if screened.present:
        raise ReferralRequired(screened.present)
    if screened.open and not allow_unscreened:
        raise ScreeningIncomplete(screened.open)
    return Request(
        guidance=catalog,
        rules=choose_rules(catalog, rules).for_phase(profile.phase),
        # Guidance without a red-flag question can't have screened anybody.
        unscreened=bool(screened.open) or not catalog.red_flags,
    )
