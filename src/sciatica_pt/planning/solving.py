"""The best week for one person: exact where it can be, sound always.

First the search finds the optimum under the rules made from data.
When no other rule has anything against it, it is the optimum under all rules.
Otherwise weeks whose days a caller's rules admit are tried from the best on, until every rule is
content.
When the node limit ends either, the week is built technique by technique instead, every step
tested by the rules, and is not called proven.
"""

from __future__ import annotations

from functools import cached_property

import attrs

from sciatica_pt.model.vocabulary import Technique, Weekday
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.planning.custom import admits_of, days_of, loads_of
from sciatica_pt.planning.drafting import Drafter, Week
from sciatica_pt.planning.listing import Lister
from sciatica_pt.planning.objective import SECONDS_A_MINUTE
from sciatica_pt.planning.options import (
    Cost,
    Frontier,
    Load,
    Most,
    Option,
    both,
    caps_of,
    options_frontier,
)
from sciatica_pt.planning.search import (
    Admits,
    DaysOf,
    NodeLimitReached,
    NoWeek,
    Room,
    Search,
    Vector,
)
from sciatica_pt.planning.shortening import shorter_doses
from sciatica_pt.rules import specs_of

__all__ = ["Layout", "Solution", "solve"]

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
    layout = Layout(drafter=drafter, loads=loads_of(drafter))
    options = layout.options(node_limit)
    search = layout.search(options, node_limit)
    try:
        week, bound = search.solve()
        if drafter.conforms(week):
            return Solution(week=week, proven=True, bound=bound)
        # A rule of the caller's may want what another option beats, so none is dropped now.
        search = layout.search(
            [lister.options() for lister in layout.listers(prune=False)],
            node_limit,
            days_of=days_of(drafter),
            admits=admits_of(drafter),
        )
        for tried, (week, bound) in enumerate(search.best_first()):
            if drafter.conforms(week):
                return Solution(week=week, proven=True, bound=bound)
            if tried == week_limit:
                break
    except (NodeLimitReached, NoWeek):
        pass
    return Solution(week=layout.build(options), proven=False, bound=search.bound)


@attrs.frozen(kw_only=True, slots=False)
class Layout:
    """One person's problem, laid out for the search.

    Attributes:
        drafter: the person, the rules and the objective.
        loads: what a caller's rules add up over the week.
    """

    drafter: Drafter
    loads: tuple[Load, ...]

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """The activities with each dose that they may have, the whole dose first."""
        drafter = self.drafter
        return tuple(
            dose
            for candidate in drafter.candidates
            for dose in (candidate, *shorter_doses(candidate, drafter))
        )

    @property
    def _slots(self) -> list[int]:
        slot = self.drafter.objective.slot_minutes * SECONDS_A_MINUTE
        return [self.drafter.seconds_on(day) // slot for day in Weekday]

    def listers(self, *, prune: bool) -> list[Lister]:
        """Return what lists the options of each technique."""
        drafter, slots = self.drafter, self._slots
        return [
            Lister(
                technique,
                [item for item in self.candidates if item.activity.technique is technique],
                objective=drafter.objective,
                caps=caps_of(
                    drafter.rules,
                    technique,
                    slots=slots,
                    most=drafter.objective.most_activities,
                    loads=self.loads,
                ),
                prune=prune,
            )
            for technique in Technique
        ]

    def options(self, node_limit: int) -> list[tuple[Option, ...]]:
        """Return the options of each technique that may be in the best week.

        Where a list would be long, a good week from a few activities is looked for first; what
        can't be in a better one is left out.
        """
        listers = self.listers(prune=True)
        listed = [lister.few() if lister.long else lister.options() for lister in listers]
        if not any(lister.long for lister in listers):
            return listed
        cost = self._cost(listed, node_limit)
        if cost is None:
            return [lister.options() for lister in listers]
        floors = [
            lister.floor() if lister.long else options_frontier(options)
            for lister, options in zip(listers, listed, strict=True)
        ]
        slots = sum(self._slots)
        for turn, lister in enumerate(listers):
            if lister.long:
                others = Frontier((0,), ((0, 0),))
                for place, floor in enumerate(floors):
                    if place != turn:
                        others = both(floor, others, slots)
                listed[turn] = lister.options(Most(cost, slots, others))
                floors[turn] = options_frontier(listed[turn])
        return listed

    def _cost(self, options: list[tuple[Option, ...]], node_limit: int) -> Cost | None:
        """Return what some week of some options costs, or `None` when there is none."""
        try:
            return self.search(options, node_limit).cost()
        except NodeLimitReached:
            shortfall, burden, _ = self.drafter.objective.vector(self.build(options))
            return shortfall, burden

    def search(
        self,
        options: list[tuple[Option, ...]],
        node_limit: int,
        *,
        days_of: DaysOf | None = None,
        admits: Admits | None = None,
    ) -> Search:
        """Return the search over some options; see `Room` for the last two arguments."""
        drafter = self.drafter
        sizes = [
            spec.number("maximum-activities") for spec in specs_of(drafter.rules, "session-size")
        ]
        most = min(sizes, default=_UNLIMITED_ACTIVITIES)
        return Search(
            options,
            objective=drafter.objective,
            room=Room(
                days=tuple((free, 0, most) for free in self._slots),
                limits=tuple(load.limit for load in self.loads),
                days_of=days_of,
                admits=admits,
            ),
            node_limit=node_limit,
        )

    def build(self, options: list[tuple[Option, ...]]) -> Week:
        """Return a sound week, built technique by technique."""
        week: Week = ()
        for choices in options:
            turn = self.search([choices], node_limit=0)
            for further in turn.beside(week):
                if self.drafter.conforms((*week, *further)):
                    week = (*week, *further)
                    break
        return week
