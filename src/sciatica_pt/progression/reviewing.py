"""When a clinician should look again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sciatica_pt.model.progression import Effect, ProgressionRule
from sciatica_pt.planning import Reason
from sciatica_pt.progression.situation import rule_of
from sciatica_pt.progression.states import (
    Adjustment,
    ProgressDecision,
    ProgressState,
    SetbackKind,
    SetbackStage,
)

__all__ = ["no_week", "reviews"]

_NO_WEEK = "No week satisfies every rule for this person now; a physical therapist should make one."


def no_week() -> Reason:
    """Return the reason to ask a clinician when no week is left."""
    return Reason(text=_NO_WEEK)


def reviews(
    rules: tuple[ProgressionRule, ...],
    state: ProgressState,
    today: dt.date | None,
    decisions: tuple[ProgressDecision, ...],
) -> tuple[Reason, ...]:
    """Return the reasons to have a clinician look, after a week.

    Args:
        rules: the rules of progression.
        state: where the person stands after the week.
        today: the first day of the next week; `None` when unknown.
        decisions: what was decided.
    """
    rule = rule_of(rules, Effect.REVIEW)
    if rule is None:
        return ()
    return tuple(
        Reason(text=text, code=rule.code, citations=rule.citations)
        for text in (*_texts(rule, state, today), *_too_much(rules, decisions))
    )


def _texts(rule: ProgressionRule, state: ProgressState, today: dt.date | None) -> Iterator[str]:
    setback = state.setback
    if (
        setback is not None
        and setback.kind is SetbackKind.FLARE
        and setback.stage is SetbackStage.REDUCED
        and today is not None
    ):
        days = (today - setback.began).days
        if days >= rule.number("flare-days"):
            yield f"The flare-up has lasted {days} days."
    if state.spread_sessions >= rule.number("spread-sessions"):
        yield f"Symptoms moved down the leg at {state.spread_sessions} sessions."
    if state.stalled_weeks >= rule.number("stalled-weeks"):
        yield f"Nothing has been ready for more for {state.stalled_weeks} weeks."


def _too_much(
    rules: tuple[ProgressionRule, ...], decisions: tuple[ProgressDecision, ...]
) -> Iterator[str]:
    """Yield what a rule wanted less of, though there is no less, so that it stays or goes."""
    less = {rule.code for rule in rules if rule.effect is Effect.REGRESS}
    for decision in decisions:
        least = decision.after is None or decision.after == decision.before
        asked = decision.adjustment is Adjustment.REGRESS and decision.rule in less
        if asked and least and decision.becomes is None and decision.days is None:
            yield f"{decision.name}: even the least was too much."
