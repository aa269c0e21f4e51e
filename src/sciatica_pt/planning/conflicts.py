"""Demands that can't be met together: a smallest set of them, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import attrs

from sciatica_pt.model.constraints import (
    CODE,
    Each,
    Flag,
    Instance,
    Member,
    Text,
    as_tuple,
    checked,
)
from sciatica_pt.model.profile import WeekMinutes
from sciatica_pt.model.vocabulary import Weekday
from sciatica_pt.planning._desk import Case, desk_for
from sciatica_pt.planning._keeping import keep
from sciatica_pt.planning._words import day_words
from sciatica_pt.planning.edits import EDIT, Edit
from sciatica_pt.planning.plan import plainly
from sciatica_pt.rules import Finding, RuleSet, rules_of

__all__ = ["Conflict", "conflict_between", "smallest"]

_T = TypeVar("_T")
_MINUTES_A_DAY = 24 * 60
#: How many weeks are looked at for each set of demands.
NODE_LIMIT = 300


@attrs.frozen(kw_only=True, field_transformer=checked)
class Conflict:
    """Demands that no week meets together, though it could meet all but any one of them.

    Attributes:
        edits: the edits among them.
        rules: the codes of the caller's own rules among them.
        days: the days whose time is among them: with enough of it on any one, the rest could be
            met.
        proven: whether this was shown; if not, the search for a week was cut short, or a rule of
            the caller's own could not be foreseen.
        findings: what the guidance's rules and these have against the nearest week.
        notes: what else stands in the way, in sentences, where no rule speaks of it.
    """

    edits: tuple[Edit, ...] = attrs.field(converter=as_tuple, validator=Each(EDIT))
    rules: tuple[str, ...] = attrs.field(converter=as_tuple, validator=Each(CODE, unique=""))
    days: tuple[Weekday, ...] = attrs.field(
        converter=as_tuple, validator=Each(Member(Weekday), unique="")
    )
    proven: bool = attrs.field(validator=Flag())
    findings: tuple[Finding, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(Finding))
    )
    notes: tuple[str, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Text("a sentence"), maximum=100)
    )

    def __str__(self) -> str:
        demands = [
            *(str(edit) for edit in self.edits),
            *(f"the rule {code}" for code in self.rules),
            *(f"no more time than there is on {day_words(day)}" for day in self.days),
        ]
        match len(demands):
            case 0:
                heading = "No week meets the guidance's own rules for this person:"
            case 1:
                heading = "This can't be met:"
            case number:
                heading = f"These {number} demands can't be met together:"
        if not self.proven:
            heading = f"{heading[:-1]}, as far as was looked:"
        lines = [heading, *(f"  - {demand}" for demand in demands)]
        because = [*map(plainly, self.findings), *self.notes]
        if because:
            lines += ["Because:", *(f"  - {reason}" for reason in because)]
        return "\n".join(lines)


def smallest(items: Sequence[_T], fails: Callable[[tuple[_T, ...]], bool]) -> tuple[_T, ...]:
    """Return a part of some items that fails, while it does without any one of them.

    Args:
        items: items that fail together; those that come first are left out first.
        fails: whether a part fails; a larger part fails whenever a smaller one does.

    >>> smallest((1, 2, 3, 4), lambda part: sum(part) > 5)
    (2, 4)
    """
    held = tuple(items)
    for item in items:
        fewer = tuple(other for other in held if other is not item)
        if fails(fewer):
            held = fewer
    return held


def conflict_between(
    case: Case, edits: Iterable[Edit], *, node_limit: int = NODE_LIMIT
) -> Conflict | None:
    """Return a smallest set of demands that no week meets, or `None` when none was shown.

    It is `None` too when the guidance's own rules leave no week, as no demand is to blame then.

    The demands are the edits, the rules that are not the guidance's own, and that each day holds
    no more than the person's time; the guidance's own rules always hold.

    Args:
        case: whose week it is, and under what; the week before says what a pin without days means.
        edits: what people ask for.
        node_limit: how many weeks may be looked at in one go.
    """
    own = rules_of(case.request.guidance)
    foreign = tuple(code for code in case.request.rules if code not in own)
    days = tuple(day for day in Weekday if case.profile.minutes.on(day) < _MINUTES_A_DAY)
    court = _Court(case=case, node_limit=node_limit)
    # What comes first is let go first, so that edits are blamed rather than time.
    demands: tuple[_Demand, ...] = (*days, *foreign, *edits)
    if not court.fails(demands):
        return None
    blamed = smallest(demands, court.fails)
    if not blamed:
        return None
    return Conflict(
        edits=tuple(item for item in blamed if not isinstance(item, str)),
        rules=tuple(code for code in foreign if code in blamed),
        days=tuple(day for day in days if day in blamed),
        proven=court.sure,
        findings=court.findings,
        notes=court.notes,
    )


#: A day's time, a rule's code, or an edit.
_Demand = Weekday | str | Edit


@attrs.define(kw_only=True)
class _Court:
    """Says which demands can be met together.

    Attributes:
        case: whose week it is, and under what.
        node_limit: how many weeks may be looked at in one go.
        sure: whether each answer so far was shown.
        findings: what the rules had against the last demands that failed.
        notes: what else stood in their way.
    """

    case: Case
    node_limit: int
    sure: bool = True
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

    def fails(self, demands: tuple[_Demand, ...]) -> bool:
        """Return whether no week was found that meets some demands."""
        request, profile = self.case.request, self.case.profile
        codes = {item for item in demands if isinstance(item, str)}
        minutes = {
            day.value: profile.minutes.on(day) if day in codes else _MINUTES_A_DAY
            for day in Weekday
        }
        own = rules_of(request.guidance)
        rules = RuleSet(
            (rule for code, rule in request.rules.items() if code in own or code in codes),
            phase=profile.phase,
        )
        relaxed = attrs.evolve(
            self.case,
            request=attrs.evolve(request, rules=rules),
            profile=attrs.evolve(profile, minutes=WeekMinutes(**minutes)),
            memory={},
        )
        edits = [item for item in demands if not isinstance(item, str)]
        desk = desk_for(relaxed, edits, keep=False)
        kept = keep(desk, node_limit=self.node_limit)
        if kept.schedule is not None:
            return False
        self.sure = self.sure and kept.proven
        self.findings = kept.findings
        self.notes = tuple(
            f"The guidance gives {name} no dose in the {profile.phase} phase."
            for name in desk.undosed
        )
        return True
