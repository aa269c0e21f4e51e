"""One person's problem, laid out for the search: what each technique offers, and what days hold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import attrs

from sciatica_pt.model.vocabulary import Technique, Weekday
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.planning.drafting import Drafter, Week
from sciatica_pt.planning.listing import Lister
from sciatica_pt.planning.objective import SECONDS_A_MINUTE
from sciatica_pt.planning.options import (
    EVERY_DAY,
    Cost,
    Frontier,
    Limits,
    Load,
    Most,
    Option,
    both,
    caps_of,
    options_frontier,
)
from sciatica_pt.planning.search import NodeLimitReached, Room, Search, Vector
from sciatica_pt.planning.shortening import shorter_doses
from sciatica_pt.rules import specs_of

__all__ = ["Dosed", "Layout", "Where", "dosed"]

_UNLIMITED_ACTIVITIES = 1_000
#: An activity with its dose: its id, and by how much the dose is shorter.
Dosed = tuple[str, int]
#: On which days an activity may be, as bits; what is not in it may be on every day.
Where = Mapping[Dosed, int]


def dosed(candidate: Candidate) -> Dosed:
    """Return what tells an activity with its dose from all others."""
    return candidate.id, candidate.cut


def _candidates(layout: Layout) -> tuple[Candidate, ...]:
    drafter = layout.drafter
    return tuple(
        dose
        for candidate in drafter.candidates
        for dose in (candidate, *shorter_doses(candidate, drafter))
    )


@attrs.frozen(kw_only=True, slots=False)
class Layout:
    """One person's problem, laid out for the search.

    Attributes:
        drafter: the person, the rules and the objective.
        loads: what a caller's rules add up over the week, or over each day.
        where: on which days activities may be.
    """

    drafter: Drafter
    loads: tuple[Load, ...]
    where: Where = attrs.field(factory=dict[Dosed, int])
    #: The activities with each dose that they may have, the whole dose first.
    candidates: tuple[Candidate, ...] = attrs.field(
        default=attrs.Factory(_candidates, takes_self=True)
    )

    @cached_property
    def _limits(self) -> Limits:
        """What the week and its days hold beside their minutes."""
        sizes = [
            spec.number("maximum-activities")
            for spec in specs_of(self.drafter.rules, "session-size")
        ]
        return Limits(activities=min(sizes, default=_UNLIMITED_ACTIVITIES), loads=self.loads)

    @cached_property
    def _slots(self) -> list[int]:
        """The slots free on each day: none where nothing may be, so that other days are alike."""
        slot = self.drafter.objective.slot_minutes * SECONDS_A_MINUTE
        used = 0
        for candidate in self.candidates:
            used |= self.where.get(dosed(candidate), EVERY_DAY)
        return [
            self.drafter.seconds_on(day) // slot if used >> day.order & 1 else 0 for day in Weekday
        ]

    def _placed(self, technique: Technique) -> list[tuple[Candidate, int]]:
        """Return the activities of a technique, each with the days on which it may be."""
        open_days = sum(1 << day for day, slots in enumerate(self._slots) if slots)
        placed: list[tuple[Candidate, int]] = []
        for candidate in self.candidates:
            if candidate.activity.technique is technique:
                days = self.where.get(dosed(candidate), EVERY_DAY) & open_days
                # What may be on all days that there are needs no look at weekdays.
                placed.append((candidate, EVERY_DAY if days == open_days else days))
        return placed

    def listers(self, *, prune: bool) -> list[Lister]:
        """Return what lists the options of each technique."""
        drafter, slots = self.drafter, self._slots
        return [
            Lister(
                technique,
                self._placed(technique),
                objective=drafter.objective,
                caps=caps_of(
                    drafter.rules,
                    technique,
                    slots=slots,
                    most=drafter.objective.most_activities,
                    limits=self._limits,
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
        for turn, lister in enumerate(listers):
            if lister.long:
                others = self._others(floors, turn)
                listed[turn] = lister.options(Most(cost, sum(self._slots), others))
                floors[turn] = options_frontier(listed[turn])
        return listed

    def _cost(self, options: list[tuple[Option, ...]], node_limit: int) -> Cost | None:
        """Return what some week of some options costs, or `None` when there is none."""
        try:
            return self.search(options, node_limit).cost()
        except NodeLimitReached:
            shortfall, burden, _ = self.drafter.objective.vector(self.build(options))
            return shortfall, burden

    def everything(
        self, options: list[tuple[Option, ...]], below: Vector | None
    ) -> list[tuple[Option, ...]]:
        """Return the options of each technique, also what others beat.

        Args:
            options: the options of each technique that may be in the best week.
            below: the objective of a week, if there is one; what can't be in a better one is left
                out.
        """
        if below is None:
            return [lister.options() for lister in self.listers(prune=False)]
        floors = [
            lister.floor() if lister.long else options_frontier(listed)
            for lister, listed in zip(self.listers(prune=True), options, strict=True)
        ]
        return [
            lister.options(Most(below[:2], sum(self._slots), self._others(floors, turn)))
            for turn, lister in enumerate(self.listers(prune=False))
        ]

    def _others(self, floors: list[Frontier], turn: int) -> Frontier:
        """Return what all techniques but one can't get below."""
        others = Frontier((0,), ((0, 0),))
        for place, floor in enumerate(floors):
            if place != turn:
                others = both(floor, others, sum(self._slots))
        return others

    def search(self, options: list[tuple[Option, ...]], node_limit: int) -> Search:
        """Return the search over some options."""
        return Search(
            options,
            objective=self.drafter.objective,
            room=Room(slots=tuple(self._slots), limits=self._limits),
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
