"""The options of each technique: the blocks worth considering, and what they cost.

Goals speak of one technique, so the options of a technique can be listed without looking at the
others.
They are made label by label, an activity at a time: a label is a half-made block, or a half-made
mixture of activities that alternate.
It is dropped when another one is no worse in any respect, or when nothing that it can become is
worth a look, which keeps the list short for large catalogs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from sciatica_pt.model.activities import Exercise
from sciatica_pt.model.vocabulary import GoalKind, Technique, Weekday
from sciatica_pt.planning._daily import holds
from sciatica_pt.planning._labels import (
    Label,
    Rest,
    Work,
    added,
    insert,
    no_more,
    rests_of,
    worthwhile,
)
from sciatica_pt.planning._rows import Row, best
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.planning.objective import SECONDS_A_MINUTE, Objective
from sciatica_pt.planning.options import (
    EVERY_DAY,
    Caps,
    Cost,
    Frontier,
    Most,
    Option,
    Part,
    frontier_of,
)

__all__ = ["Lister"]

_DAYS_A_WEEK = len(Weekday)
#: What goals that are not about muscles count.
_COUNTED = GoalKind.TECHNIQUE_DAYS, GoalKind.DISTINCT_ACTIVITIES, GoalKind.MINUTES
#: So many activities are enough to find a good week fast: in blocks, and where they alternate.
_FEW, _FEW_KINDS = 5, 4
#: Rates are kept as whole numbers, in the objective's unit for so many seconds.
_RATED_SECONDS = 1_000_000
#: More than seconds or costs can ever be.
_NO_LIMIT = 1 << 60


class Lister:
    """Lists the options of one technique.

    Args:
        technique: the technique.
        candidates: its activities, by id, each with the days on which it may be, as bits.
        objective: what makes one week better than another.
        caps: what rules and the days allow the technique.
        prune: whether to drop what another option beats; a rule that looks at a whole week may
            want an option that is otherwise worse.
    """

    def __init__(
        self,
        technique: Technique,
        candidates: Sequence[tuple[Candidate, int]],
        *,
        objective: Objective,
        caps: Caps,
        prune: bool,
    ) -> None:
        goals = objective.goals_of(technique)
        self._objective = objective
        self._caps = caps
        self._rooms = caps.rooms
        #: What rules add up, what a day holds of it, and which of it is added up over each day.
        self._loads = caps.limits.loads
        self._day = caps.limits.day
        self._daily = [place for place, load in enumerate(self._loads) if load.daily]
        self._prune = prune
        self._alternate = technique is Technique.AEROBIC
        self._few = _FEW_KINDS if self._alternate else _FEW
        #: At most so many kinds of aerobic work alternate in a week.
        self._kinds = objective.most_activities
        self._days = min(caps.days, len(caps.rooms))
        self._muscles = [goal for goal in (*goals, *objective.cross) if goal.muscle is not None]
        self._own = len(self._muscles) - len(objective.cross)
        #: Of each goal about muscles that is the technique's own: target and weight.
        self._serving = [(goal.target, goal.weight) for goal in self._muscles[: self._own]]
        plain = [goal for goal in goals if goal.muscle is None]
        #: Of each goal that is not about muscles: its place in what is counted, target and weight.
        self._plain = [(_COUNTED.index(goal.kind), goal.target, goal.weight) for goal in plain]
        #: Beyond these, more is worth nothing.
        self._enough = [goal.target for goal in self._muscles]
        self._long = SECONDS_A_MINUTE * max(
            (goal.target for goal in plain if goal.kind is GoalKind.MINUTES), default=0
        )
        self._most: Most | None = None
        self._spares: dict[tuple[int, int], tuple[int, int]] = {}
        self._works = self._works_of(candidates) if self._days else []
        self._rate = min(
            (work.cost * _RATED_SECONDS // work.active for work in self._works if work.active),
            default=0,
        )

    @property
    def long(self) -> bool:
        """Whether the list is long unless it is known what an option may cost.

        Where a goal counts minutes, each duration is a trade-off of its own.
        """
        return self._prune and self._long > 0 and len(self._works) > self._few

    def options(self, most: Most | None = None) -> tuple[Option, ...]:
        """Return the options, the cheapest first; leaving the technique out is one of them.

        Args:
            most: what an option may cost; what costs more is left out.
        """
        self._most = most
        self._spares = {}
        return self._options(self._works)

    def few(self) -> tuple[Option, ...]:
        """Return the options of a few activities that promise much."""

        def promise(work: Work) -> tuple[int, int, int]:
            served = sum(
                goal.weight
                for goal, serves in zip(self._muscles, work.served, strict=True)
                if serves
            )
            return -served, work.cost * _RATED_SECONDS // max(1, work.active), work.place

        self._most = None
        chosen: set[str] = set()
        few = 0
        for work in sorted(self._works, key=promise):
            # With an activity come all of its doses.
            if few < self._few and work.candidate.id not in chosen:
                chosen.add(work.candidate.id)
                few += sum(work.candidate.id == other.candidate.id for other in self._works)
        return self._options([work for work in self._works if work.candidate.id in chosen])

    def floor(self) -> Frontier:
        """Return what no option gets below, by the slots that it books; quick, and not sharp."""
        slot = self._objective.slot_minutes * SECONDS_A_MINUTE
        costs: dict[int, Cost] = {0: self._left_out().cost}
        plenty = [_DAYS_A_WEEK * self._caps.activities] * len(self._muscles)
        for total in range(min((work.slots for work in self._works), default=1), sum(self._rooms)):
            seconds = total * slot
            missed = self._shortfall(self._days, len(self._works), seconds, plenty)
            costs[total] = missed, self._burden_for(seconds, 0)
            if seconds >= self._long:
                break
        return frontier_of(costs)

    def _left_out(self) -> Row:
        return Row(
            cost=(self._shortfall(0, 0, 0, (0,) * len(self._muscles)), 0),
            days=0,
            ids=(),
            booked=(),
            taken=(),
            gap=1,
            amounts=(0,) * len(self._loads),
            lacking=(0,) * len(self._objective.cross),
            total=0,
            parts=(),
            surely=EVERY_DAY,
            maybe=0,
        )

    def _options(self, works: list[Work]) -> tuple[Option, ...]:
        rows = [self._left_out()]
        if works:
            rows.extend(self._mixtures(works) if self._alternate else self._blocks(works))
        most = self._most
        if most is not None:
            rows = [row for row in rows if most.admits(row.cost, row.total)]
        rows.sort(key=lambda row: row[:3])
        return tuple(
            Option(
                parts=tuple([Part(*part) for part in row.parts]),
                shortfall=row.cost[0],
                burden=row.cost[1],
                exposures=tuple([-lacking for lacking in row.lacking]),
                total=row.total,
                amounts=row.amounts,
                gap=row.gap,
            )
            for row in (best(rows) if self._prune else rows)
        )

    def _works_of(self, candidates: Sequence[tuple[Candidate, int]]) -> list[Work]:
        """Return what the activities are to the options.

        A minutes goal makes longer work worth more, and a cap on minutes makes it a risk.
        """
        timed = self._long > 0
        longest = max((candidate.active for candidate, _ in candidates), default=0)
        most = longest * _DAYS_A_WEEK * self._caps.activities
        capped = most > self._caps.minutes * SECONDS_A_MINUTE
        works: list[Work] = []
        for place, (candidate, where) in enumerate(candidates):
            slots = self._objective.slots(candidate.seconds)
            size = self._caps.limits.size(candidate)
            if (
                slots > self._rooms[0]
                or where.bit_count() < candidate.days[0]
                or not holds(self._day, size)
            ):
                continue
            activity = candidate.activity
            muscles = activity.muscles if isinstance(activity, Exercise) else frozenset[str]()
            active = candidate.active
            works.append(
                Work(
                    place=place,
                    candidate=candidate,
                    cost=self._objective.cost(candidate),
                    seconds=candidate.seconds,
                    slots=slots,
                    active=active,
                    apart=self._caps.gap > 1 and bool(muscles),
                    lasting=(*((-active,) if timed else ()), *((active,) if capped else ())),
                    amounts=tuple([load.amount(candidate) for load in self._loads]),
                    size=size,
                    served=tuple([int(goal.muscle in muscles) for goal in self._muscles]),
                    where=where,
                )
            )
        return works

    def _shortfall(self, days: int, distinct: int, active: int, exposed: Sequence[int]) -> int:
        """Return what the technique's goals miss, in points."""
        counted = days, distinct, active // SECONDS_A_MINUTE
        missing = 0
        for place, target, weight in self._plain:
            if counted[place] < target:
                missing += weight * (target - counted[place])
        # What goals of several techniques miss is known only with the other techniques.
        for (target, weight), got in zip(self._serving, exposed, strict=False):
            if got < target:
                missing += weight * (target - got)
        return missing

    def _burden_for(self, active: int, had: int) -> int:
        """Return the least that it costs to serve goals of minutes as well as so many seconds.

        Args:
            active: the seconds.
            had: how many of them are there.
        """
        minutes = min(active, self._long) // SECONDS_A_MINUTE
        return self._rate * max(0, minutes * SECONDS_A_MINUTE - had) // _RATED_SECONDS

    def _blocks(self, works: list[Work]) -> Iterator[Row]:
        """Yield the options in which the same block is done on all of the technique's days."""
        most = self._caps.activities
        before: list[Work] | None = None
        chosen: list[Work] = []
        rests: list[Rest] = []
        for count in range(1, self._days + 1):
            able = [
                work for work in works if work.candidate.days[0] <= count <= work.candidate.days[1]
            ]
            if able != before:
                before = able
                chosen = worthwhile(able, most, days=False) if self._prune else able
                rests = self._rests(chosen, most)
            for label in self._groups(chosen, rests, count):
                if label.active * count <= self._caps.minutes * SECONDS_A_MINUTE:
                    yield self._block(label, count)

    def _rests(self, works: list[Work], most: int) -> list[Rest]:
        """Return what comes after each activity, where it is known what an option may cost."""
        return [] if self._most is None else rests_of(works, len(self._muscles), most)

    def _groups(self, works: list[Work], rests: list[Rest], count: int) -> list[Label]:
        slot = self._objective.slot_minutes * SECONDS_A_MINUTE
        room = self._rooms[count - 1] * slot
        enough = self._enough_of(count)
        most = self._caps.activities
        sizes: list[list[Label]] = [[self._nothing()], *([] for _ in range(most))]
        for turn, work in enumerate(works):
            longest, where = room - work.seconds, work.where
            for size in range(most, 0, -1):
                for label in sizes[size - 1]:
                    if label.seconds > longest or (label.surely & where).bit_count() < count:
                        continue
                    if self._daily and not self._goes_with(label, work):
                        continue
                    further = self._longer(label, work, 1, enough)
                    if not rests or self._may_do(further, count, size, rests[turn], room):
                        self._keep(sizes[size], further)
        return [label for labels in sizes[1:] for label in labels]

    def _goes_with(self, label: Label, work: Work) -> bool:
        """Return whether a day holds what is in a block together with one more activity."""
        return all(
            label.amounts[place] + work.amounts[place] <= self._loads[place].limit
            for place in self._daily
        )

    def _may_do(self, label: Label, count: int, size: int, rest: Rest, room: int) -> bool:
        """Return whether a block that some label can become may be worth a look."""
        assert self._most is not None, "it is asked only where this is known"
        longest = rest.longest[: self._caps.activities - size]
        more = len(longest)
        active = label.active + min(sum(longest), room - label.seconds)
        exposed = [
            (reached + min(more, serving)) * count
            for reached, serving in zip(label.served, rest.serving, strict=True)
        ]
        missed = self._shortfall(count, size + more, active * count, exposed)
        wanted = self._burden_for(active * count, label.active * count)
        return self._most.admits(
            (missed, label.cost * count + wanted), self._objective.slots(label.seconds) * count
        )

    def _nothing(self) -> Label:
        loads, muscles = len(self._loads), len(self._muscles)
        return Label(
            (), 0, 0, 0, False, (), (0,) * loads, (0,) * muscles, (), surely=EVERY_DAY, maybe=0
        )

    def _keep(self, kept: list[Label], label: Label) -> None:
        if self._prune:
            insert(kept, label)
        else:
            kept.append(label)

    def _enough_of(self, count: int) -> tuple[int, ...]:
        """Return the seconds and the exposures beyond which more is worth nothing.

        Args:
            count: on how many days the same is done again.
        """
        return tuple([-(-most // count) for most in (self._long, *self._enough)])

    def _longer(
        self,
        label: Label,
        work: Work,
        count: int,
        enough: tuple[int, ...],
        booked: tuple[int, ...] = (),
    ) -> Label:
        """Return a label with one more activity, on so many days."""
        cost = label.cost + work.cost * count
        seconds = label.seconds + work.seconds * count
        active = label.active + work.active * count
        served = added(label.served, work.served, count)
        amounts = added(label.amounts, work.amounts, count)
        apart = label.apart or work.apart
        parts = (*label.parts, (work, count))
        key = (
            cost,
            apart,
            *amounts,
            *(self._by_day(parts, booked) if booked else (seconds,)),
            *[
                active if time > 0 else -(active if active < enough[0] else enough[0])
                for time in work.lasting
            ],
            *[-(got if got < most else most) for got, most in zip(served, enough[1:], strict=True)],
        )
        surely = label.surely & work.where
        # The activities of a block are on its days together, those of a mixture are not.
        maybe = label.maybe | work.where if booked else surely
        return Label(
            key, cost, seconds, active, apart, booked, amounts, served, parts, surely, maybe
        )

    def _by_day(
        self, parts: tuple[tuple[Work, int], ...], booked: tuple[int, ...]
    ) -> tuple[int, ...]:
        """Return what a mixture books, and adds up, on each day, the fullest first."""
        if not self._daily:
            return booked
        days = [
            (work.slots, *[work.amounts[place] for place in self._daily])
            for work, count in parts
            for _ in range(count)
        ]
        return tuple([number for day in sorted(days, reverse=True) for number in day])

    def _block(self, label: Label, count: int) -> Row:
        slots = self._objective.slots(label.seconds)
        exposed = tuple([reached * count for reached in label.served])
        group = tuple([work.candidate for work, _ in label.parts])
        size = sum([work.size for work, _ in label.parts])
        return Row(
            cost=(
                self._shortfall(count, len(group), label.active * count, exposed),
                label.cost * count,
            ),
            days=count,
            ids=tuple([candidate.activity.id for candidate in group]),
            booked=(slots,) * count,
            taken=(size,),
            gap=self._caps.gap if label.apart else 1,
            amounts=tuple([amount * count for amount in label.amounts]),
            lacking=tuple([-reached for reached in exposed[self._own :]]),
            total=slots * count,
            parts=((group, count, slots, size, label.surely),),
            surely=label.surely,
            maybe=label.maybe,
        )

    def _mixtures(self, works: list[Work]) -> Iterator[Row]:
        """Yield the options in which each day has one activity, and activities may alternate."""
        if self._prune:
            works = worthwhile(works, self._kinds, days=True)
        made: dict[tuple[int, int], list[Label]] = {(0, 0): [self._nothing()]}
        rests = self._rests(works, 1)
        for _, turns in groupby(range(len(works)), key=lambda turn: works[turn].candidate.id):
            # A week holds one dose of an activity, so none is added to what has another one.
            further = [
                found
                for turn in turns
                for found in self._more(
                    made, works[turn], works[:turn], rests[turn] if rests else None
                )
            ]
            for place, label in further:
                self._keep(made.setdefault(place, []), label)
        for (days, distinct), labels in sorted(made.items()):
            if days:
                yield from (self._mixture(label, days, distinct) for label in labels)

    def _more(
        self,
        made: Mapping[tuple[int, int], list[Label]],
        work: Work,
        before: Sequence[Work],
        rest: Rest | None,
    ) -> Iterator[tuple[tuple[int, int], Label]]:
        """Yield mixtures with one more activity, by their days and the kinds that they hold."""
        enough = self._enough_of(1)
        least, most = work.candidate.days
        most = min(most, work.where.bit_count(), self._days)
        alike = [other for other in before if self._prune and work.is_like(other)]
        for count in range(least, most + 1):
            able = {
                other.candidate.id
                for other in alike
                if other.candidate.days[0] <= count <= other.candidate.days[1]
            }
            for (days, distinct), labels in made.items():
                place = days + count, distinct + 1
                # With one of those before it in its place, a mixture has been made.
                if place[0] > self._days or place[1] > self._kinds or len(able) > distinct:
                    continue
                least, dearest = self._bars(place, work, count, rest)
                for label in labels:
                    if label.active < least or label.cost > dearest:
                        continue
                    if able and not able <= {part.candidate.id for part, _ in label.parts}:
                        continue
                    if rest is None or self._may_mix(label, work, place, rest):
                        further = self._mixed(label, work, count, enough)
                        if further is not None:
                            yield place, further

    def _bars(
        self, place: tuple[int, int], work: Work, count: int, rest: Rest | None
    ) -> tuple[int, int]:
        """Return the least seconds and the most cost of mixtures to which an activity may come.

        It is what `_may_mix` would say at a closer look, for all of them at once.

        Args:
            place: the days and the kinds with the activity.
            work: the activity.
            count: on how many days it is added.
            rest: what comes after it; `None` where it is not known what an option may cost.
        """
        if rest is None or self._most is None:
            return 0, _NO_LIMIT
        days, distinct = place
        kinds = self._kinds - distinct if rest.longest else 0
        more = self._days - days if kinds else 0
        spare, dearest = self._spare(days + more, distinct + kinds)
        seconds = spare - work.active * count - more * sum(rest.longest[:1])
        return seconds, dearest - work.cost * count

    def _spare(self, days: int, distinct: int) -> tuple[int, int]:
        """Return the least seconds of so many days and kinds, and what they may cost at most."""
        known = self._spares.get((days, distinct))
        if known is None:
            assert self._most is not None, "it is asked only where this is known"
            points, burden = self._most.spare
            plenty = [_DAYS_A_WEEK * self._kinds] * len(self._muscles)
            least, enough = 0, self._long
            while least < enough:
                middle = (least + enough) // 2
                if self._shortfall(days, distinct, middle, plenty) > points:
                    least = middle + 1
                else:
                    enough = middle
            missed = self._shortfall(days, distinct, self._long, plenty)
            if missed > points:
                # Not even with all the time that goals ask for.
                known = _NO_LIMIT, 0
            else:
                known = least, burden if missed == points else _NO_LIMIT
            self._spares[days, distinct] = known
        return known

    def _mixed(self, label: Label, work: Work, count: int, enough: tuple[int, ...]) -> Label | None:
        """Return a mixture with one more activity on days of its own, if it finds room there."""
        active = label.active + work.active * count
        if active > self._caps.minutes * SECONDS_A_MINUTE:
            return None
        booked = tuple(sorted((*label.booked, *(work.slots,) * count), reverse=True))
        # The fullest days must be the roomiest ones.
        if not no_more(booked, self._rooms):
            return None
        return self._longer(label, work, count, enough, booked)

    def _may_mix(self, label: Label, work: Work, place: tuple[int, int], rest: Rest) -> bool:
        """Return whether what a mixture with one more activity can become may be worth a look.

        Args:
            label: the mixture.
            work: the activity.
            place: the days and the kinds with it.
            rest: what comes after it.
        """
        assert self._most is not None, "it is asked only where this is known"
        days, distinct = place
        count = days - len(label.booked)
        had = label.active + work.active * count
        kinds = self._kinds - distinct if rest.longest else 0
        more = self._days - days if kinds else 0
        active = had + more * sum(rest.longest[:1])
        exposed = [
            reached + serves * count + (more if serving else 0)
            for reached, serves, serving in zip(
                label.served, work.served, rest.serving, strict=True
            )
        ]
        missed = self._shortfall(days + more, distinct + kinds, active, exposed)
        cost = label.cost + work.cost * count + self._burden_for(active, had)
        return self._most.admits((missed, cost), sum(label.booked) + work.slots * count)

    def _mixture(self, label: Label, days: int, distinct: int) -> Row:
        taken: tuple[int, ...] = (1,)
        if self._daily:
            held = [(work.slots, work.size) for work, count in label.parts for _ in range(count)]
            taken = tuple([size for _, size in sorted(held, reverse=True)])
        return Row(
            cost=(self._shortfall(days, distinct, label.active, label.served), label.cost),
            days=days,
            ids=tuple([work.candidate.activity.id for work, _ in label.parts]),
            booked=label.booked,
            taken=taken,
            gap=1,
            amounts=label.amounts,
            lacking=tuple([-reached for reached in label.served[self._own :]]),
            total=sum(label.booked),
            parts=tuple(
                [
                    ((work.candidate,), count, work.slots, work.size, work.where)
                    for work, count in label.parts
                ]
            ),
            surely=label.surely,
            maybe=label.maybe,
        )
