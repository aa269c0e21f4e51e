"""What every decision of a week may look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import attrs

from sciatica_pt.guidance import Catalog
from sciatica_pt.model.activities import Exercise
from sciatica_pt.model.log import SessionLog
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.progression import Effect, ProgressionRule
from sciatica_pt.model.routine import Prescription
from sciatica_pt.model.vocabulary import Phase, Weekday
from sciatica_pt.progression.asked import Asked
from sciatica_pt.progression.states import ProgressState

__all__ = ["Situation", "holding", "rule_of"]


def rule_of(rules: Iterable[ProgressionRule], effect: Effect) -> ProgressionRule | None:
    """Return the first rule of an effect, or `None` when guidance has none.

    One that is made for people of whom something is true comes before one for everybody.
    """
    found = [rule for rule in rules if rule.effect is effect]
    return min(found, key=lambda rule: rule.when is None, default=None)


def holding(rules: Iterable[ProgressionRule], profile: Profile) -> tuple[ProgressionRule, ...]:
    """Return the rules that hold for a person.

    Where it is unknown whether a rule is for the person, only one that asks for caution holds.
    """
    return tuple(rule for rule in rules if _holds(rule, profile))


def _holds(rule: ProgressionRule, profile: Profile) -> bool:
    known = True if rule.when is None else profile.knows(rule.when)
    cautious = rule.effect.cautious or rule.effect is Effect.FLARE
    return known is True or (known is None and cautious)


@attrs.frozen(kw_only=True)
class Situation:
    """A week that was, with what is known about it.

    Attributes:
        catalog: the guidance.
        profile: the person.
        logs: the week's logs, in order.
        state: what the week before handed on.
        rules: the rules of progression that hold for the person.
        today: the first day of the next week; `None` when unknown.
        items: the week's activities by id, each as it asks the least of the person.
        days: the days of each of them that is done in sessions.
        asked: what people asked for in the week.
    """

    catalog: Catalog
    profile: Profile
    logs: tuple[SessionLog, ...]
    state: ProgressState
    rules: tuple[ProgressionRule, ...]
    today: dt.date | None
    items: Mapping[str, Prescription]
    days: Mapping[str, frozenset[Weekday]]
    asked: Asked

    @property
    def phase(self) -> Phase:
        """The person's phase."""
        return self.profile.phase

    def rule(self, effect: Effect) -> ProgressionRule | None:
        """Return the first rule of an effect, or `None` when guidance has none."""
        return rule_of(self.rules, effect)

    def name(self, activity: str) -> str:
        """Return the plain name of an activity, or its id when it is unknown."""
        known = self.catalog.activities.get(activity)
        return activity if known is None else known.name

    def is_exercise(self, activity: str) -> bool:
        """Return whether an activity is something whose dose can rise."""
        return isinstance(self.catalog.activities.get(activity), Exercise)

    def was_done(self, activity: str | None = None) -> bool:
        """Return whether an activity, or anything at all, was logged as done."""
        return any(
            entry.skipped is None
            for log in self.logs
            for entry in log.activities
            if activity in (None, entry.activity)
        )
