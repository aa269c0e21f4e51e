"""The best week for one person: exact where it can be, sound always.

First the search finds the optimum under the rules made from data.
When no other rule has anything against it, it is the optimum under all rules.
Otherwise complete weeks are tried from the best on, until every rule is content.
When the node limit ends either, the week is built technique by technique instead, every step
tested by the rules, and is not called proven.
"""

from __future__ import annotations

import attrs

from sciatica_pt.model.vocabulary import Technique, Weekday
from sciatica_pt.planning.drafting import Drafter, Week
from sciatica_pt.planning.objective import SECONDS_A_MINUTE
from sciatica_pt.planning.options import Option, options_for
from sciatica_pt.planning.search import NodeLimitReached, Search, Vector
from sciatica_pt.rules import specs_of

__all__ = ["Solution", "solve"]

_UNLIMITED_ACTIVITIES = 1_000


@attrs.frozen(kw_only=True)
class Solution:
    """A week, and what is known about how good it is.

    Attributes:
        week: its blocks.
        proven: whether no conforming week is better.
        bound: the objective's terms that no conforming week gets below.
    """

    week: Week
    proven: bool
    bound: Vector


def solve(drafter: Drafter, *, node_limit: int, week_limit: int) -> Solution:
    """Return the best week for a person.

    Args:
        drafter: the person, the rules and the objective.
        node_limit: how many placements the search may look at.
        week_limit: how many complete weeks rules may turn down before the search gives up.
    """
    options = _options(drafter, prune=True)
    search = _search(drafter, options, node_limit)
    try:
        week, bound = search.solve()
        if drafter.conforms(week):
            return Solution(week=week, proven=True, bound=bound)
        # A rule that sees whole weeks may want what another option beats, so none is dropped now.
        search = _search(drafter, _options(drafter, prune=False), node_limit)
        for tried, (week, bound) in enumerate(search.best_first()):
            if drafter.conforms(week):
                return Solution(week=week, proven=True, bound=bound)
            if tried == week_limit:
                break
    except NodeLimitReached:
        pass
    return Solution(week=_build(drafter, options), proven=False, bound=search.bound)


def _options(drafter: Drafter, *, prune: bool) -> list[tuple[Option, ...]]:
    return [
        options_for(
            technique,
            [item for item in drafter.candidates if item.activity.technique is technique],
            objective=drafter.objective,
            rules=drafter.rules,
            prune=prune,
        )
        for technique in Technique
    ]


def _search(drafter: Drafter, options: list[tuple[Option, ...]], node_limit: int) -> Search:
    slot = drafter.objective.slot_minutes * SECONDS_A_MINUTE
    sizes = [spec.number("maximum-activities") for spec in specs_of(drafter.rules, "session-size")]
    most = min(sizes, default=_UNLIMITED_ACTIVITIES)
    return Search(
        options,
        objective=drafter.objective,
        days=tuple((drafter.seconds_on(day) // slot, 0, most) for day in Weekday),
        node_limit=node_limit,
    )


def _build(drafter: Drafter, options: list[tuple[Option, ...]]) -> Week:
    """Return a sound week, built technique by technique."""
    week: Week = ()
    for choices in options:
        turn = _search(drafter, [choices], node_limit=0)
        for further in turn.beside(week):
            if drafter.conforms((*week, *further)):
                week = (*week, *further)
                break
    return week
