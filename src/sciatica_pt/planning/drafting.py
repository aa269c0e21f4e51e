"""From blocks to a routine, and what the rules have against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import attrs

from sciatica_pt.model.routine import Prescription, Routine, Session
from sciatica_pt.model.vocabulary import (
    Outcome,
    Scope,
    Stage,
    TimeOfDay,
    Weekday,
)
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.planning.objective import SECONDS_A_MINUTE, Block, Objective
from sciatica_pt.rules import (
    Context,
    DeclarativeRule,
    Finding,
    Rule,
    RuleSet,
    WeekView,
    is_grave,
    run_rule,
    specs_of,
    view,
)

__all__ = ["Drafter", "Week"]

Week = tuple[Block, ...]
_DAYS = tuple(Weekday)
_SLOTS = tuple(TimeOfDay)
_T = TimeOfDay
_HEAD, _TAIL = (_T.MORNING, _T.LATE_MORNING, _T.MIDDAY), (_T.EVENING, _T.LATE_EVENING)
#: The times of day used, by how many times a day something is done: two hours apart or more.
_TIMES = {
    1: (_T.MORNING,),
    2: (_T.MORNING, _T.EVENING),
    3: (_T.MORNING, _T.MIDDAY, _T.EVENING),
    4: (_T.MORNING, _T.MIDDAY, _T.LATE_AFTERNOON, _T.LATE_EVENING),
    5: (_T.MORNING, _T.MIDDAY, _T.AFTERNOON, *_TAIL),
    6: (*_HEAD, _T.LATE_AFTERNOON, *_TAIL),
    7: (*_HEAD, _T.AFTERNOON, _T.LATE_AFTERNOON, *_TAIL),
    8: _SLOTS,
}
_MOST_TIMES = max(_TIMES)


@attrs.frozen(kw_only=True, slots=False)
class Drafter:
    """Turns one person's blocks into a routine and asks the rules about it.

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
    #: The week looked at last, with what rules see of it: one week is often asked about again.
    _last: list[tuple[Week, WeekView]] = attrs.field(
        init=False, factory=list[tuple[Week, WeekView]], eq=False, repr=False
    )

    @cached_property
    def _stages(self) -> dict[Stage, int]:
        """The order of a session's parts, read from the rules."""
        stages = [stage for spec in specs_of(self.rules, "stage-order") for stage in spec.stages]
        return {stage: place for place, stage in enumerate(stages)}

    @cached_property
    def asked_of_weeks(self) -> tuple[Rule, ...]:
        """The rules to ask of a whole week.

        Those made from data that look at one activity were asked when the candidates were made.
        """
        return tuple(
            rule
            for rule in self.rules.values()
            if rule.scope is not Scope.ACTIVITY or not isinstance(rule, DeclarativeRule)
        )

    def findings(self, week: Week) -> tuple[Finding, ...]:
        """Return what the rules have against a week, warnings too."""
        return tuple(self.against(week))

    def conforms(self, week: Week) -> bool:
        """Return whether no rule of error severity has anything against a week."""
        grave = (rule for rule in self.asked_of_weeks if is_grave(rule))
        return next(self._found(week, grave), None) is None

    def against(self, week: Week) -> Iterator[Finding]:
        """Yield what the rules have against a week, warnings too, rule by rule as it is found."""
        return self._found(week, self.asked_of_weeks)

    def _found(self, week: Week, rules: Iterable[Rule]) -> Iterator[Finding]:
        seen = self._seen(week)
        for rule in rules:
            for finding in run_rule(rule, seen, self.context).findings:
                if finding.outcome is not Outcome.INDETERMINATE:
                    yield finding

    def _seen(self, week: Week) -> WeekView:
        """Return what rules see of a week."""
        if not self._last or self._last[0][0] is not week:
            self._last[:] = [(week, view(self._made(week), self.context.catalog))]
        return self._last[0][1]

    def routine(self, week: Week) -> Routine:
        """Return the routine that a week's blocks make."""
        if self._last and self._last[0][0] is week:
            return self._last[0][1].routine
        return self._made(week)

    def _made(self, week: Week) -> Routine:
        held: dict[tuple[int, int], list[Candidate]] = {}
        for block in week:
            for day in block.days:
                for candidate in block.candidates:
                    for time in _TIMES[min(candidate.times, _MOST_TIMES)]:
                        held.setdefault((day.order, time.order), []).append(candidate)
        stages = self._stages

        def place(candidate: Candidate) -> tuple[int, str]:
            return stages.get(candidate.activity.stage, len(stages)), candidate.id

        return Routine(
            phase=self.context.phase,
            guidance=self.context.catalog.refs,
            sessions=tuple(
                Session(
                    day=_DAYS[day],
                    time_of_day=_SLOTS[time],
                    prescriptions=tuple(
                        candidate.prescription for candidate in sorted(held[day, time], key=place)
                    ),
                )
                for day, time in sorted(held)
            ),
            habits=self.habits,
            unscreened=self.unscreened,
        )

    def seconds_on(self, day: Weekday) -> int:
        """Return the seconds that the person has on a day."""
        profile = self.context.profile
        return 0 if profile is None else profile.minutes.on(day) * SECONDS_A_MINUTE

    def seconds_left(self, week: Week) -> dict[Weekday, int]:
        """Return the seconds that a week leaves free on each day."""
        left = {day: self.seconds_on(day) for day in Weekday}
        for block in week:
            for day in block.days:
                left[day] -= block.seconds
        return left
