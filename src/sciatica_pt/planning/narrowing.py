"""The best week under a caller's rules, by barring what breaks them.

A week that a rule turns down is narrowed to a smallest part that the rule turns down as well.
If more can't mend it, every week that the rule accepts does without something of that part; so the
problem is solved again without each, and the best of these weeks is looked at next.
Where a rule does not say that more can't mend it, that is a guess, and the week found is sound but
not known to be the best.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count, product
from math import prod

import attrs

from sciatica_pt.model.vocabulary import Scope, Weekday
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.planning.custom import accepts, is_monotone, own_rules
from sciatica_pt.planning.drafting import Drafter, Week
from sciatica_pt.planning.layout import Dosed, Layout, Where, dosed
from sciatica_pt.planning.options import EVERY_DAY
from sciatica_pt.planning.search import NodeLimitReached, Vector
from sciatica_pt.rules import Rule

__all__ = ["Narrowed", "narrowed"]

#: An activity on a day.
_Slot = tuple[Candidate, Weekday]

#: So many weeks are made at most: a rule that needs more is asked about all of them instead.
_WEEKS = 64
#: So many steps are taken at most where that did not lead to a week.
_STEPS = 40
#: So many other ways to be in a part are asked about at most, to bar them all at once.
_ASKED = 600
#: The best week that has nothing where it is barred: its objective, a number of its own, on which
#: days activities may be, and the week.
_Found = tuple[Vector, int, Where, Week]


@attrs.frozen(kw_only=True)
class Narrowed:
    """A week that no rule turns down.

    Attributes:
        week: its blocks.
        vector: its objective.
        proven: whether no conforming week is better.
    """

    week: Week
    vector: Vector
    proven: bool


def narrowed(layout: Layout, *, node_limit: int) -> Narrowed | None:
    """Return the best week that is found by barring what breaks a caller's rules, if there is one.

    Args:
        layout: the problem, whose best week breaks a caller's rule.
        node_limit: how many placements the searches of each way together may look at.
    """
    search = _Narrowing(layout=layout, left=node_limit)
    found = search.run()
    if found is None:
        search.left = node_limit
        found = search.dive()
    return found


@attrs.define(kw_only=True)
class _Narrowing:
    layout: Layout
    #: How many placements may still be looked at.
    left: int
    #: Whether nothing was barred but what no week under the rules can have.
    sure: bool = True
    known: dict[tuple[str, frozenset[tuple[Dosed, Weekday]]], bool] = attrs.field(
        factory=dict[tuple[str, frozenset[tuple[Dosed, Weekday]]], bool]
    )
    order: count[int] = attrs.field(factory=count)
    seen: set[frozenset[tuple[Dosed, int]]] = attrs.field(factory=set[frozenset[tuple[Dosed, int]]])
    heap: list[_Found] = attrs.field(factory=list[_Found])

    def run(self) -> Narrowed | None:
        """Look at one week after the other, the best first, until the rules accept one."""
        self._push(self._alone())
        while self.heap:
            vector, _, where, week = heappop(self.heap)
            if self.drafter.conforms(week):
                return Narrowed(week=week, vector=vector, proven=self.sure)
            rule, core = self._core(week)
            if rule is None:
                self.sure = False
                continue
            for barred in self._cuts(rule, core):
                if len(self.seen) == _WEEKS:
                    return None
                self._push(_barring(where, barred))
        return None

    def dive(self) -> Narrowed | None:
        """Bar whatever costs least, step by step, until the rules accept a week."""
        found = self._best(self._alone())
        for _ in range(_STEPS):
            if found is None:
                break
            vector, _, where, week = found
            if self.drafter.conforms(week):
                return Narrowed(week=week, vector=vector, proven=False)
            rule, core = self._core(week)
            if rule is None:
                break
            steps = [self._best(_barring(where, barred)) for barred in self._alike(rule, core)]
            found = min((step for step in steps if step is not None), default=None)
        return None

    @property
    def drafter(self) -> Drafter:
        """The person, the rules and the objective."""
        return self.layout.drafter

    def _push(self, where: Where) -> None:
        """File the best week that has nothing where it is barred."""
        key = frozenset(where.items())
        if key not in self.seen:
            self.seen.add(key)
            found = self._best(where)
            if found is None:
                self.sure = False
            else:
                heappush(self.heap, found)

    def _best(self, where: Where) -> _Found | None:
        """Return the best week that has nothing where it is barred, if the search can tell."""
        if not self.left:
            return None
        layout = attrs.evolve(self.layout, where=where)
        search = layout.search(layout.options(self.left), self.left)
        try:
            week, vector = search.solve()
        except NodeLimitReached:
            self.left = 0
            return None
        self.left = search.left
        return vector, next(self.order), where, week

    def _alone(self) -> Where:
        """Return where activities may be, as far as rules about one day say of each alone."""
        where: dict[Dosed, int] = {}
        for rule in own_rules(self.drafter):
            if rule.scope == Scope.WEEK or self._refuses(rule, ()):
                continue
            for candidate in self.layout.candidates:
                for day in Weekday:
                    if self._refuses(rule, ((candidate, day),)):
                        item = dosed(candidate)
                        where[item] = where.get(item, EVERY_DAY) & ~(1 << day.order)
                        self.sure = self.sure and is_monotone(rule)
        return where

    def _refuses(self, rule: Rule, slots: tuple[_Slot, ...]) -> bool:
        """Return whether a rule turns down a week, or a day, that holds no more than this."""
        key = rule.code, frozenset((dosed(candidate), day) for candidate, day in slots)
        if key not in self.known:
            self.known[key] = not accepts(rule, slots, self.drafter)
        return self.known[key]

    def _core(self, week: Week) -> tuple[Rule | None, tuple[_Slot, ...]]:
        """Return a rule that turns a week down, and a smallest part of it that it turns down."""
        whole = tuple(
            (candidate, day)
            for block in week
            for day in block.days
            for candidate in block.candidates
        )
        for rule in own_rules(self.drafter):
            # What it turns down empty is mended by nothing that is barred.
            if self._refuses(rule, ()) or not self._refuses(rule, whole):
                continue
            parts = [whole]
            if rule.scope != Scope.WEEK:
                parts = [tuple([slot for slot in whole if slot[1] is day]) for day in Weekday]
            return rule, self._smallest(
                rule, next((part for part in parts if self._refuses(rule, part)), whole)
            )
        return None, ()

    def _smallest(self, rule: Rule, part: tuple[_Slot, ...]) -> tuple[_Slot, ...]:
        # Whole activities first, since that is what most rules are about.
        for name in dict.fromkeys(candidate.id for candidate, _ in part):
            fewer = tuple([slot for slot in part if slot[0].id != name])
            if self._refuses(rule, fewer):
                part = fewer
        for slot in part:
            fewer = tuple([other for other in part if other is not slot])
            if self._refuses(rule, fewer):
                part = fewer
        return part

    def _cuts(self, rule: Rule, core: tuple[_Slot, ...]) -> Iterator[tuple[_Slot, ...]]:
        """Yield what to bar, so that each week without the core lacks one of these."""
        self.sure = self.sure and is_monotone(rule)
        wider = [self._others(rule, slot) for slot in core]
        if prod(map(len, wider)) <= _ASKED and all(
            self._refuses(rule, slots) for slots in product(*wider)
        ):
            yield from wider
        else:
            yield from ((slot,) for slot in core)

    def _others(self, rule: Rule, slot: _Slot) -> tuple[_Slot, ...]:
        """Return the other ways in which an activity may be in a week: each dose, on each day."""
        days = tuple(Weekday) if rule.scope == Scope.WEEK else (slot[1],)
        return tuple(
            (candidate, day)
            for candidate in self.layout.candidates
            if candidate.id == slot[0].id
            for day in days
        )

    def _alike(self, rule: Rule, core: tuple[_Slot, ...]) -> list[tuple[_Slot, ...]]:
        """Return for each slot of a part what of its technique breaks the rule in its place."""
        found: dict[tuple[tuple[Dosed, Weekday], ...], tuple[_Slot, ...]] = {}
        for slot in core:
            others = tuple([other for other in core if other is not slot])
            held = {candidate.id for candidate, _ in others}
            alike = tuple(
                [
                    (candidate, slot[1])
                    for candidate in self.layout.candidates
                    if candidate.activity.technique is slot[0].activity.technique
                    and candidate.id not in held
                    and self._refuses(rule, (*others, (candidate, slot[1])))
                ]
            )
            found[tuple([(dosed(candidate), day) for candidate, day in alike])] = alike
        return list(found.values())


def _barring(where: Where, barred: tuple[_Slot, ...]) -> Where:
    less = dict(where)
    for candidate, day in barred:
        item = dosed(candidate)
        less[item] = less.get(item, EVERY_DAY) & ~(1 << day.order)
    return less
