"""Keeping what can be kept: the week that meets every demand and loses least of the one before.

A rule that a week breaks is narrowed down to the fewest activities that break it together.
Whatever week is sound has to do without one of these, so the search branches over them, fewest
losses first, and each sound week that it meets is refilled towards its goals.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from itertools import combinations, count, islice

import attrs

from sciatica_pt.model.vocabulary import Weekday
from sciatica_pt.planning._desk import Desk, Schedule, Slot, Vector
from sciatica_pt.planning._filling import Budget, fill
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.planning.custom import exceeds, is_monotone
from sciatica_pt.rules import DeclarativeRule, Finding, Rule

__all__ = ["Kept", "keep"]


@attrs.frozen(kw_only=True)
class Kept:
    """What the search found.

    Attributes:
        schedule: the best week; `None` when there is none, or none was found.
        lost: how many times something of the week before is no longer done on its day.
        least: how many times that is at least, in whatever week.
        proven: whether no better week exists or, without one, whether there is none.
        findings: what the rules had against the first week that could not be mended.
    """

    schedule: Schedule | None
    lost: int
    least: int
    proven: bool
    findings: tuple[Finding, ...]


@attrs.frozen(kw_only=True)
class _Node:
    """A set of decisions.

    Attributes:
        removed: what of the week before is dropped.
        added: the days chosen for what has to be in the week on some day.
    """

    removed: frozenset[Slot] = frozenset()
    added: frozenset[Slot] = frozenset()


def keep(desk: Desk, *, node_limit: int) -> Kept:
    """Return the week that meets every demand, loses least and reaches most.

    Args:
        desk: what is decided over.
        node_limit: how many weeks may be looked at before the best so far is taken.
    """
    if desk.impossible:
        return Kept(schedule=None, lost=0, least=0, proven=True, findings=desk.refusals)
    return _Search(desk=desk, budget=Budget(node_limit), fills=Budget(2 * node_limit)).run()


@attrs.define(kw_only=True, slots=False)
class _Search:
    desk: Desk
    budget: Budget
    fills: Budget
    best: tuple[int, Vector, Schedule] | None = None
    findings: tuple[Finding, ...] = ()
    #: A rule of somebody's own may be broken by less as well, which the search can't foresee, and
    #: not every way to mend a rule by adding something is tried.
    opaque: bool = False
    #: How much every week loses that has not been looked at.
    least: int = 0
    order: count[int] = attrs.field(factory=count)
    seen: set[_Node] = attrs.field(factory=set[_Node])
    heap: list[tuple[int, int, int, _Node]] = attrs.field(factory=list[tuple[int, int, int, _Node]])

    def run(self) -> Kept:
        """Search, the fewest losses first."""
        self._push(_Node())
        while self.heap:
            self.least, _, _, node = heapq.heappop(self.heap)
            if self.best is not None and (self.desk.hurried or self.least > self.best[0]):
                break
            if not self.budget.spend():
                self._settle(node)
                break
            for child in self._children(node):
                self._push(child)
        exhausted = not self.budget.cut and not self.fills.cut
        lost = 0 if self.best is None else self.best[0]
        return Kept(
            schedule=None if self.best is None else self.best[2],
            lost=self.desk.gone + lost,
            least=self.desk.gone + (0 if self.opaque else min(lost, self.least)),
            proven=exhausted and not self.opaque,
            findings=self.findings,
        )

    def _settle(self, node: _Node) -> None:
        """Follow one line of decisions to its end when there is no budget to weigh them."""
        while self.best is None:
            further = next(iter(self._children(node)), None)
            if further is None:
                return
            node = further

    def _push(self, node: _Node) -> None:
        if node in self.seen:
            return
        self.seen.add(node)
        lost = len(node.removed)
        # Among equals the one with more decided goes first, so that a whole week is met soon.
        depth = lost + len(node.added)
        least = lost + self._overflow(self._schedule(node))
        heapq.heappush(self.heap, (least, -depth, next(self.order), node))

    def _schedule(self, node: _Node) -> dict[Slot, Candidate]:
        held = {slot: item for slot, item in self.desk.before.items() if slot not in node.removed}
        held.update({slot: self.desk.pool[slot[0]] for slot in node.added if slot not in held})
        held.update(self.desk.fixed)
        return held

    def _removable(self, node: _Node) -> set[Slot]:
        return set(self.desk.before) - node.removed - node.added - set(self.desk.fixed)

    def _overflow(self, schedule: Schedule) -> int:
        """Return how many things have to go at least for every day to fit its time."""
        if not self.desk.timed:
            return 0
        return sum(
            _too_many(
                [
                    item.seconds
                    for slot, item in schedule.items()
                    if slot[1] is day and slot in self.desk.before
                ],
                -left,
            )
            for day, left in self._left(schedule).items()
        )

    def _left(self, schedule: Schedule) -> dict[Weekday, int]:
        left = {day: self.desk.drafter.seconds_on(day) for day in Weekday}
        for (_, day), item in schedule.items():
            left[day] -= item.seconds
        return left

    def _children(self, node: _Node) -> Iterable[_Node]:
        schedule = self._schedule(node)
        for name in self.desk.wanted:
            if not any(slot[0] == name for slot in schedule):
                return [
                    attrs.evolve(node, added=node.added | {(name, day)})
                    for day in Weekday
                    if self.desk.allows(name, day)
                ]
        findings = self.desk.broken(schedule, self.desk.hard)
        if not findings:
            self._weigh(node, schedule)
            return []
        rule = self.desk.drafter.rules[findings[0].code]
        further = [
            attrs.evolve(node, added=node.added | slots)
            for slots in (self._additions(rule, schedule) if self._mendable(rule, schedule) else ())
        ]
        if further:
            self.opaque = True
            return further
        removable = self._removable(node)
        core = self._core(rule, schedule, removable)
        known = isinstance(rule, DeclarativeRule) or self._lasts(rule, core)
        self.opaque = self.opaque or not known
        culprits = removable & set(core)
        if not culprits:
            self.findings = self.findings or findings
        return [
            attrs.evolve(node, removed=node.removed | {slot})
            for slot in sorted(culprits, key=lambda slot: (slot[1].order, slot[0]))
        ]

    def _additions(self, rule: Rule, schedule: Schedule) -> Iterator[frozenset[Slot]]:
        """Yield what could be added to make a rule content: one activity, on the fewest days."""
        left = self._left(schedule)
        for name, item in self.desk.pool.items():
            days = [
                day
                for day in Weekday
                if self.desk.allows(name, day)
                and (name, day) not in schedule
                and (not self.desk.timed or left[day] >= item.seconds)
            ]
            for number in range(1, min(len(days), item.days[1]) + 1):
                found = [
                    slots
                    # Which day it is may matter to a rule; which several, less often.
                    for chosen in islice(
                        combinations(days, number), len(days) if number == 1 else 1
                    )
                    for slots in [frozenset((name, day) for day in chosen)]
                    if not self.desk.broken({**schedule, **dict.fromkeys(slots, item)}, [rule])
                ]
                yield from found
                if found:
                    break

    def _mendable(self, rule: Rule, schedule: Schedule) -> bool:
        """Return whether a rule may be content once more is in the week.

        A rule of somebody's own may, unless it says that more never mends it.
        """
        if self._lasts(rule, schedule):
            return False
        if not isinstance(rule, DeclarativeRule) or self.desk.broken({}, [rule]):
            return True
        present = {item.activity.technique for item in schedule.values()}
        others = {item.activity.technique: item for item in self.desk.pool.values()}
        more = {
            (item.id, day): item
            for technique, item in others.items()
            if technique not in present
            for day in Weekday
        }
        return bool(more) and not self.desk.broken({**schedule, **more}, [rule])

    def _lasts(self, rule: Rule, schedule: Schedule) -> bool:
        """Return whether it is known that more never mends what a rule has against a week."""
        slots = [(item, day) for (_, day), item in schedule.items()]
        return is_monotone(rule) or exceeds(rule, slots)

    def _core(self, rule: Rule, schedule: Schedule, removable: set[Slot]) -> Schedule:
        """Return a smallest part of a week that breaks a rule by itself.

        What may be removed is left out first, so that what remains of it can't be spared.
        Where an empty week breaks the rule too, that part is empty: removing mends nothing.
        """
        if self.desk.broken({}, [rule]):
            return {}
        held = dict(schedule)
        whole_days = [{slot for slot in schedule if slot[1] is day} for day in Weekday]
        ordered = sorted(schedule, key=lambda slot: (slot not in removable, slot))
        for group in [*whole_days, *({slot} for slot in ordered)]:
            fewer = {slot: item for slot, item in held.items() if slot not in group}
            if len(fewer) < len(held) and self.desk.broken(fewer, [rule]):
                held = fewer
        return held

    def _weigh(self, node: _Node, schedule: Schedule) -> None:
        """Refill a sound week, and remember it if it is the best."""
        vector, filled = fill(self.desk, schedule, budget=self.fills)
        found = (len(node.removed), vector, filled)
        if self.best is None or found[:2] < self.best[:2]:
            self.best = found


def _too_many(seconds: list[int], excess: int) -> int:
    """Return the least number of things whose time makes up for an excess.

    What can't be made up for that way is left to the rules to say.
    """
    number = 0
    for longest in sorted(seconds, reverse=True):
        if excess <= 0:
            break
        excess -= longest
        number += 1
    return number
