"""A sound constructive planner: it builds the week block by block and never breaks a rule.

Each technique in turn gets the block and the days that serve the objective best beside what is
already there; this is repeated until nothing changes, from several orders of the techniques, and
the best week wins.
Every step is tested by the rules themselves, so a rule that this module has never heard of is kept
all the same.
What it returns is not proven to be the best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, permutations

import attrs

from sciatica_pt.model.routine import Prescription, Routine, Session
from sciatica_pt.model.vocabulary import (
    Outcome,
    Scope,
    Severity,
    Technique,
    TimeOfDay,
    Weekday,
)
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.planning.objective import Block, Objective
from sciatica_pt.rules import (
    Context,
    DeclarativeRule,
    Finding,
    Rule,
    RuleSet,
    days_apart,
    run_rule,
    view,
)

__all__ = ["Builder", "Week"]

_DAYS = tuple(Weekday)
_MAXIMUM_ROUNDS = 6
_HOURS_A_DAY = 24
#: The times of day used, by how many times a day something is done.
_TIMES = {
    1: (TimeOfDay.MORNING,),
    2: (TimeOfDay.MORNING, TimeOfDay.EVENING),
    3: (TimeOfDay.MORNING, TimeOfDay.MIDDAY, TimeOfDay.EVENING),
}
Week = tuple[Block, ...]


def _numbers(rules: RuleSet, check: str, name: str) -> list[tuple[frozenset[Technique], int]]:
    """Return a parameter of every rule that uses a check, with the techniques it is about."""
    return [
        (rule.spec.techniques, rule.spec.number(name))
        for rule in rules.values()
        if isinstance(rule, DeclarativeRule) and rule.spec.check == check
    ]


@attrs.frozen(kw_only=True)
class Builder:
    """Builds the week of one person.

    Attributes:
        context: the person, the guidance and the phase.
        rules: the rules that the validator runs.
        objective: what makes one week better than another.
        habits: what is kept up every day.
        candidates: the activities that may be scheduled, by id.
        unscreened: whether red-flag questions are open, which the routine must say.
    """

    context: Context
    rules: RuleSet
    objective: Objective
    habits: tuple[Prescription, ...]
    candidates: tuple[Candidate, ...]
    unscreened: bool
    _trials: tuple[Rule, ...] = attrs.field(init=False, repr=False, eq=False)
    _order: dict[str, int] = attrs.field(init=False, repr=False, eq=False)
    _block_sizes: dict[Technique, int] = attrs.field(init=False, repr=False, eq=False)
    _day_gaps: dict[Technique, int] = attrs.field(init=False, repr=False, eq=False)
    _free: dict[Weekday, int] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        # Rules made from data that look at one activity were asked when the candidates were made;
        # any other may depend on the week.
        trials = tuple(
            rule
            for rule in self.rules.values()
            if rule.scope is not Scope.ACTIVITY or not isinstance(rule, DeclarativeRule)
        )
        stages = [
            stage
            for rule in self.rules.values()
            if isinstance(rule, DeclarativeRule) and rule.spec.check == "stage-order"
            for stage in rule.spec.stages
        ]
        sizes = _numbers(self.rules, "block-size", "maximum-activities")
        rests = _numbers(self.rules, "recovery", "minimum-hours")
        profile = self.context.profile
        derived: dict[str, object] = {
            "_trials": trials,
            "_order": {stage.value: place for place, stage in enumerate(stages)},
            "_block_sizes": {
                technique: min((size for about, size in sizes if technique in about), default=1)
                for technique in Technique
            },
            "_day_gaps": {
                technique: max(
                    (-(-hours // _HOURS_A_DAY) for about, hours in rests if technique in about),
                    default=1,
                )
                for technique in Technique
            },
            "_free": {day: profile.minutes.on(day) * 60 if profile else 0 for day in Weekday},
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    def build(self) -> Week:
        """Return the best week found."""
        techniques = sorted({candidate.activity.technique for candidate in self.candidates})
        served = [
            technique
            for technique in techniques
            if any(goal.technique is technique for goal in self.objective.goals)
        ]
        others = [technique for technique in techniques if technique not in served]
        best: Week = ()
        # Few techniques have goals, so that every order of them can be tried.
        for order in permutations(served[:3]):
            week = self._descend((*order, *served[3:], *others))
            if self._key(week) < self._key(best):
                best = week
        return best

    def _key(self, week: Week) -> tuple[tuple[int, int, int], tuple[object, ...]]:
        ties = tuple(
            (tuple(item.id for item in block.candidates), tuple(day.order for day in block.days))
            for block in week
        )
        return self.objective.vector(week), ties

    def _descend(self, order: tuple[Technique, ...]) -> Week:
        week: Week = ()
        for _ in range(_MAXIMUM_ROUNDS):
            before = self.objective.vector(week)
            for technique in order:
                kept = tuple(block for block in week if block.technique is not technique)
                week = self._extend(kept, technique)
                # A second block lets another activity take the days that the first can't have,
                # as with two kinds of aerobic work in a week.
                week = self._extend(week, technique)
            if self.objective.vector(week) >= before:
                break
        return week

    def _extend(self, week: Week, technique: Technique) -> Week:
        """Return the week with the best further block of a technique, or as it was."""
        taken = {candidate.id for block in week for candidate in block.candidates}
        own_days = {day for block in week if block.technique is technique for day in block.days}
        shortfall, burden = self.objective.shortfall(week), self.objective.burden(week)
        known = self._broken(week)
        options: list[tuple[int, int, tuple[str, ...], int, tuple[Candidate, ...]]] = []
        for group in self._groups(technique, taken):
            least = max(candidate.days[0] for candidate in group)
            most = min(candidate.days[1] for candidate in group)
            cost = sum(self.objective.cost(candidate) for candidate in group)
            for count in range(least, min(most, len(_DAYS) - len(own_days)) + 1):
                # Which days makes no difference to the first two terms, only how many.
                days = tuple(day for day in _DAYS if day not in own_days)[:count]
                missing = self.objective.shortfall((*week, Block(group, days)))
                if missing < shortfall:
                    ids = tuple(candidate.id for candidate in group)
                    options.append((missing, burden + cost * count, ids, count, group))
        options.sort(key=lambda option: option[:4])
        for _, _, _, count, group in options:
            for days in self._patterns(week, technique, group, count, own_days):
                trial = (*week, Block(group, days))
                if not self._broken(trial) - known:
                    return trial
        return week

    def _groups(self, technique: Technique, taken: set[str]) -> Iterator[tuple[Candidate, ...]]:
        mine = [
            candidate
            for candidate in self.candidates
            if candidate.activity.technique is technique and candidate.id not in taken
        ]
        for size in range(1, min(self._block_sizes[technique], len(mine)) + 1):
            for group in combinations(mine, size):
                if len({candidate.times for candidate in group}) == 1:
                    yield group

    def _patterns(
        self,
        week: Week,
        technique: Technique,
        group: tuple[Candidate, ...],
        count: int,
        own_days: set[Weekday],
    ) -> list[tuple[Weekday, ...]]:
        """Return the sets of days that have the time, the most even week first."""
        free = self.free_seconds(week)
        seconds = sum(candidate.seconds for candidate in group)
        open_days = [day for day in _DAYS if day not in own_days and seconds <= free[day]]
        gap = self._day_gaps[technique]
        found = [
            days for days in combinations(open_days, count) if gap <= 1 or all(_far(days, gap))
        ]
        return sorted(
            found,
            key=lambda days: (
                self.objective.evenness((*week, Block(group, days))),
                -_least_gap(days),
                [day.order for day in days],
            ),
        )

    def free_seconds(self, week: Week) -> dict[Weekday, int]:
        """Return the seconds that a week leaves free on each day."""
        free = dict(self._free)
        for block in week:
            for day in block.days:
                free[day] -= block.seconds
        return free

    def _broken(self, week: Week) -> Counter[str]:
        """Return how often each rule is broken; what a half-built week lacks is among it."""
        return Counter(finding.code for finding in self.findings(week))

    def findings(self, week: Week) -> list[Finding]:
        """Return what the rules that depend on the week have against it."""
        seen = view(self.routine(week), self.context.catalog)
        return [
            finding
            for rule in self._trials
            for finding in run_rule(rule, seen, self.context).findings
            if finding.outcome is not Outcome.INDETERMINATE
            and finding.severity is not Severity.INFO
        ]

    def routine(self, week: Week) -> Routine:
        """Return the routine that a week's blocks make."""
        slots: dict[tuple[int, int], list[Candidate]] = {}
        for block in week:
            for day in block.days:
                for candidate in block.candidates:
                    for time in _TIMES[min(candidate.times, len(_TIMES))]:
                        slots.setdefault((day.order, time.order), []).append(candidate)
        times = tuple(TimeOfDay)
        return Routine(
            phase=self.context.phase,
            guidance=self.context.catalog.refs,
            sessions=[
                Session(
                    day=_DAYS[day],
                    time_of_day=times[time],
                    prescriptions=[
                        candidate.prescription
                        for candidate in sorted(slots[day, time], key=self._place)
                    ],
                )
                for day, time in sorted(slots)
            ],
            habits=self.habits,
            unscreened=self.unscreened,
        )

    def _place(self, candidate: Candidate) -> tuple[int, str]:
        return self._order.get(candidate.activity.stage.value, len(self._order)), candidate.id


def _gaps(days: tuple[Weekday, ...]) -> Iterator[int]:
    for index, day in enumerate(days):
        yield days_apart(day, days[(index + 1) % len(days)])


def _least_gap(days: tuple[Weekday, ...]) -> int:
    return min(_gaps(days))


def _far(days: tuple[Weekday, ...], gap: int) -> Iterator[bool]:
    return (apart >= gap for apart in _gaps(days))
