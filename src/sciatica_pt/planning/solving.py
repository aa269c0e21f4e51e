"""The best week for one person: exact where it can be, sound always.

First the search finds the optimum under the rules made from data.
When no other rule has anything against it, it is the optimum under all rules.
Otherwise what breaks a caller's rules is barred, until they accept a week; where a rule says that
more never mends it, that is the optimum too.
Where none says so, all weeks that may be better are tried from the best on.
When a limit ends that, the week is the one found before, or one built technique by technique,
every step tested by the rules, and is not called proven.
"""

from __future__ import annotations

import attrs

from sciatica_pt.planning.custom import admits_of, loads_of
from sciatica_pt.planning.drafting import Drafter, Week
from sciatica_pt.planning.layout import Layout
from sciatica_pt.planning.narrowing import narrowed
from sciatica_pt.planning.ranking import Ranking
from sciatica_pt.planning.search import NodeLimitReached, NoWeek, Vector

__all__ = ["Solution", "solve"]


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
        node_limit: how many placements a search may look at.
        week_limit: how many complete weeks rules may turn down before the search gives up.
    """
    layout = Layout(drafter=drafter, loads=loads_of(drafter))
    options = layout.options(node_limit)
    search = layout.search(options, node_limit)
    try:
        week, best = search.solve()
    except (NodeLimitReached, NoWeek):
        return Solution(week=layout.build(options), proven=False, bound=search.bound)
    if drafter.conforms(week):
        return Solution(week=week, proven=True, bound=best)
    found = narrowed(layout, node_limit=node_limit)
    if found is not None and found.proven:
        return Solution(week=found.week, proven=True, bound=found.vector)
    week = layout.build(options) if found is None else found.week
    below = drafter.objective.vector(week) if drafter.conforms(week) else None
    search = layout.search(layout.everything(options, below), node_limit)
    ranking = Ranking(search, admits=admits_of(drafter))
    try:
        for tried, (further, bound) in enumerate(ranking.weeks(below=below)):
            if drafter.conforms(further):
                return Solution(week=further, proven=True, bound=bound)
            if tried == week_limit:
                break
        else:
            # Whatever is better has been turned down.
            if below is not None:
                return Solution(week=week, proven=True, bound=below)
    except NodeLimitReached:
        pass
    return Solution(week=week, proven=False, bound=max(best, ranking.bound))
