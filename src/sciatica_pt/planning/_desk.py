"""Everything that replanning decides over: what was, what may be, and what is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import attrs

from sciatica_pt.model.activities import Habit
from sciatica_pt.model.doses import dose_per_side, dose_seconds
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.routine import Prescription, Routine, Session
from sciatica_pt.model.vocabulary import Outcome, Scope, Severity, Side, Technique, Weekday
from sciatica_pt.planning.candidates import (
    Candidate,
    Rejection,
    consider,
    consider_prescription,
)
from sciatica_pt.planning.custom import accepts, is_monotone, loads_of, own_rules
from sciatica_pt.planning.drafting import Drafter, Week
from sciatica_pt.planning.edits import Demand, Edit, demands_of
from sciatica_pt.planning.objective import Block, Numbers, Objective, reached
from sciatica_pt.planning.options import Load
from sciatica_pt.planning.requests import Request
from sciatica_pt.planning.rungs import SetAside, choose_rungs
from sciatica_pt.rules import Context, Finding, Rule, is_grave, run_rule, specs_of, view

__all__ = [
    "Case",
    "Desk",
    "Schedule",
    "Slot",
    "Vector",
    "days_now",
    "desk_for",
    "scatter_of",
    "week_of",
]

#: An activity on a day.
Slot = tuple[str, Weekday]
Schedule = Mapping[Slot, Candidate]
#: Shortfall, burden, scatter and evenness, compared in this order.
Vector = tuple[int, int, int, int]

_ORDER = tuple(Technique)


def week_of(schedule: Schedule) -> Week:
    """Return the blocks of a schedule: what a technique does alike on several days is one."""
    held: dict[tuple[Technique, Weekday], list[Candidate]] = {}
    for _, day, candidate in _in_order(schedule):
        held.setdefault((candidate.activity.technique, day), []).append(candidate)
    # Candidates are told apart by identity: one and the same object stands for equal prescriptions.
    blocks: dict[tuple[Technique, tuple[int, ...]], tuple[list[Candidate], list[Weekday]]] = {}
    for (technique, day), together in held.items():
        key = (technique, tuple(map(id, together)))
        blocks.setdefault(key, (together, []))[1].append(day)
    return tuple(Block(tuple(together), tuple(days)) for together, days in blocks.values())


def scatter_of(week: Week) -> int:
    """Return the number of days of each technique, added up."""
    return len({(block.technique, day) for block in week for day in block.days})


def _in_order(schedule: Schedule) -> list[tuple[str, Weekday, Candidate]]:
    placed = [(name, day, candidate) for (name, day), candidate in schedule.items()]
    return sorted(
        placed,
        key=lambda item: (_ORDER.index(item[2].activity.technique), item[1].order, item[0]),
    )


def days_now(routine: Routine) -> dict[str, frozenset[Weekday]]:
    """Return the days on which each activity of a week is done."""
    days: dict[str, set[Weekday]] = {}
    for session in routine.sessions:
        for item in session.prescriptions:
            days.setdefault(item.activity, set()).add(session.day)
    return {name: frozenset(found) for name, found in days.items()}


@attrs.frozen(kw_only=True, slots=False)
class Desk:
    """What replanning decides over.

    Attributes:
        drafter: the person, the rules and the objective.
        aim: the objective, whose goals count only as far as the new week should reach them.
        demands: what is asked for, by activity.
        refusals: what rules have against what is asked for.
        before: what may be kept of the week before.
        gone: how much of it may not.
        pool: what may be in the week, by id.
        offered: what of it may be added to reach goals: one version of each movement.
        sessions: the sessions of the week before.
        habits: what is kept up every day.
        rejections: the activities that rules keep out.
        aside: the versions of a movement that another one stands in for.
        hurried: whether any week that meets the demands will do.
    """

    drafter: Drafter
    aim: Objective
    demands: Mapping[str, Demand]
    refusals: tuple[Finding, ...]
    before: Schedule
    gone: int
    pool: Mapping[str, Candidate]
    offered: tuple[Candidate, ...]
    sessions: tuple[Session, ...]
    habits: tuple[Candidate, ...]
    rejections: tuple[Rejection, ...]
    aside: tuple[SetAside, ...]
    hurried: bool

    @property
    def impossible(self) -> bool:
        """Whether what is asked for can't be met, whatever else the week holds."""
        # What guidance gives no dose can't be done, even where no rule has anything against it.
        refused = {item.activity.id for item in self.rejections}
        return any(
            item.impossible or (item.present and name in refused)
            for name, item in self.demands.items()
        )

    @property
    def undosed(self) -> tuple[str, ...]:
        """What is asked for though guidance gives it no dose, and no rule has anything to say."""
        return tuple(
            item.activity.id
            for item in self.rejections
            if not item.findings and self.demands.get(item.activity.id, Demand()).present
        )

    @property
    def fixed(self) -> dict[Slot, Candidate]:
        """What has to be in the week, day by day."""
        return {
            (name, day): self.before.get((name, day)) or self.pool[name]
            for name, demand in self.demands.items()
            for day in sorted(demand.must, key=lambda day: day.order)
        }

    @property
    def wanted(self) -> tuple[str, ...]:
        """The activities that have to be in the week on some day or other."""
        return tuple(
            name
            for name, demand in self.demands.items()
            if demand.present and not demand.must and name in self.pool
        )

    def vector(self, schedule: Schedule) -> Vector:
        """Return the numbers by which refilled weeks are compared, the weightiest first."""
        week = week_of(schedule)
        shortfall, burden, evenness = self.aim.vector(week)
        return shortfall, burden, scatter_of(week), evenness

    def allows(self, name: str, day: Weekday) -> bool:
        """Return whether an activity may be done on a day, as far as people have said."""
        demand = self.demands.get(name)
        return demand is None or day not in demand.never

    @cached_property
    def hard(self) -> tuple[Rule, ...]:
        """The rules of error severity that look at more than one activity."""
        rules = self.drafter.asked_of_weeks
        return tuple(rule for rule in rules if is_grave(rule))

    @cached_property
    def loads(self) -> tuple[Load, ...]:
        """What a caller's rules add up over the week, or over each day."""
        return loads_of(self.drafter)

    @cached_property
    def _daily(self) -> tuple[Rule, ...]:
        """The caller's rules over less than a week that more never mends."""
        rules = own_rules(self.drafter)
        return tuple(rule for rule in rules if rule.scope != Scope.WEEK and is_monotone(rule))

    @cached_property
    def _admitted(self) -> dict[tuple[tuple[str, ...], Weekday], bool]:
        """Whether days may hold some activities, as far as that has been asked."""
        return {}

    def admits(self, group: tuple[Candidate, ...], day: Weekday) -> bool:
        """Return whether a day may hold what is offered, as far as rules tell of it alone."""
        if not self._daily:
            return True
        key = tuple([item.id for item in group]), day
        if key not in self._admitted:
            slots = tuple([(item, day) for item in group])
            self._admitted[key] = all(accepts(rule, slots, self.drafter) for rule in self._daily)
        return self._admitted[key]

    @cached_property
    def timed(self) -> bool:
        """Whether a rule of error severity keeps each day within the person's time."""
        return any(
            spec.severity is Severity.ERROR for spec in specs_of(self.drafter.rules, "day-minutes")
        )

    def routine(self, schedule: Schedule) -> Routine:
        """Return the week; a day on which the same is done as before stays as it was."""
        made = self.drafter.routine(week_of(schedule))
        sessions: list[Session] = []
        for day in Weekday:
            now = made.on(day)
            before = tuple(session for session in self.sessions if session.day is day)
            sessions.extend(before if _done(now) == _done(before) else now)
        return attrs.evolve(made, sessions=sessions)

    def broken(self, schedule: Schedule, rules: Iterable[Rule]) -> tuple[Finding, ...]:
        """Return what the first of some rules that is broken has against a week."""
        context = self.drafter.context
        seen = view(self.routine(schedule), context.catalog)
        for rule in rules:
            found = tuple(
                item
                for item in run_rule(rule, seen, context).findings
                if item.outcome is not Outcome.INDETERMINATE
            )
            if found:
                return found
        return ()


def _done(sessions: Iterable[Session]) -> list[Prescription]:
    items = [item for session in sessions for item in session.prescriptions]
    return sorted(items, key=lambda item: item.activity)


@attrs.frozen(kw_only=True)
class Case:
    """Whose week is replanned, and under what.

    Attributes:
        request: the guidance and the rules.
        profile: the person now.
        before: the week before.
        numbers: the objective's numbers that are not the guidance's.
    """

    request: Request
    profile: Profile
    before: Routine
    numbers: Numbers = attrs.field(factory=Numbers)
    #: What the rules said of each prescription; it holds for every set of edits.
    memory: dict[object, Candidate | Rejection] = attrs.field(
        factory=dict[object, Candidate | Rejection], eq=False, repr=False
    )

    @classmethod
    def anew(cls, request: Request, profile: Profile) -> Case:
        """Return the case of a person who has no week yet."""
        before = Routine(phase=profile.phase, guidance=request.guidance.refs)
        return cls(request=request, profile=profile, before=before)


@attrs.frozen(kw_only=True)
class _Clerk:
    """Lays the desk: asks the rules about each activity, each prescription once.

    Attributes:
        case: whose week it is, and under what.
        context: what rules may know.
        demands: what is asked for, by activity.
    """

    case: Case
    context: Context
    demands: Mapping[str, Demand]

    def judge(self, prescription: Prescription, times: int) -> Candidate | Rejection:
        """Return the candidate for a prescription, with the dose that is asked for."""
        demand = self.demands.get(prescription.activity, Demand())
        for dose in demand.doses:
            side = Side.BOTH if dose_per_side(dose) else None
            prescription = attrs.evolve(prescription, dose=dose, side=side)
        key = (prescription, times, demand.present)
        memory = self.case.memory
        if key not in memory:
            memory[key] = consider_prescription(
                prescription,
                times,
                self.context,
                self.case.request.rules,
                insisted=demand.present,
            )
        return memory[key]

    def choose(self, name: str, was: Prescription | None, times: int) -> Candidate | Rejection:
        """Return the candidate for an activity: as it was if it may be, else as planned anew."""
        demand = self.demands.get(name, Demand())
        judged = None if was is None else self.judge(was, times)
        if isinstance(judged, Candidate):
            return judged
        key = (name, demand.present)
        memory = self.case.memory
        if key not in memory:
            memory[key] = consider(
                self.context.catalog.activities[name],
                self.context,
                self.case.request.rules,
                self.case.profile,
                insisted=demand.present,
            )
        anew = memory[key]
        if isinstance(anew, Candidate) and demand.doses:
            return self.judge(anew.prescription, anew.times)
        return anew


def desk_for(
    case: Case, edits: Iterable[Edit], *, keep: bool = True, improve: bool = False
) -> Desk:
    """Return what replanning decides over.

    Args:
        case: whose week it is, and under what.
        edits: what people ask for.
        keep: whether to keep what can be kept; if not, only what is asked for counts.
        improve: whether to aim at what the week before already missed.

    Raises:
        GuidanceError: an edit can't be carried out under any rules.
    """
    request, profile, before = case.request, case.profile, case.before
    catalog = request.guidance
    demands = demands_of(edits, days_now(before), catalog)
    clerk = _Clerk(
        case=case,
        context=Context(catalog=catalog, profile=profile, phase=profile.phase),
        demands=demands,
    )
    was: dict[str, tuple[Prescription, int]] = {}
    placed: dict[Slot, tuple[Prescription, int]] = {}
    for slot, item in _placed(before):
        prescription, times = placed.get(slot, (item, 0))
        placed[slot] = (prescription, times + 1)
        was.setdefault(slot[0], (item, 1))
    for slot, found in placed.items():
        if was[slot[0]][0] == found[0]:
            was[slot[0]] = found
    was.update({item.activity: (item, 1) for item in before.habits})
    chosen = {
        name: clerk.choose(name, *was.get(name, (None, 1))) for name in sorted(catalog.activities)
    }
    kept = _kept(clerk, chosen, placed) if keep else {}
    able = {name: item for name, item in chosen.items() if isinstance(item, Candidate)}
    habits = _habits(able, before, demands, improve=improve or not keep)
    in_sessions = [item for item in able.values() if not isinstance(item.activity, Habit)]
    fixed = {name for name, _ in kept} | {name for name, demand in demands.items() if demand.must}
    fixed |= {name for name, demand in demands.items() if demand.present}
    pool = _open_to(in_sessions, demands)
    offered, aside = _rungs(clerk, pool, fixed)
    objective = case.numbers.objective(catalog, profile)
    rejections = tuple(item for item in chosen.values() if isinstance(item, Rejection))
    desk = Desk(
        drafter=Drafter(
            context=clerk.context,
            rules=request.rules,
            objective=objective,
            habits=tuple(habit.prescription for habit in habits),
            candidates=offered,
            unscreened=request.unscreened,
        ),
        aim=objective if improve else _no_further(objective, _week_before(clerk, placed)),
        demands=demands,
        refusals=tuple(
            finding
            for item in rejections
            if demands.get(item.activity.id, Demand()).present
            for finding in item.findings
        ),
        before=kept,
        gone=len(placed) - len(kept),
        pool={item.id: item for item in pool},
        offered=offered,
        sessions=before.sessions,
        habits=habits,
        rejections=rejections,
        aside=aside,
        hurried=not keep,
    )
    if desk.broken({}, desk.hard):
        # Habits may be wanted that the week before did not have; they take nobody's time.
        habits = _habits(able, before, demands, improve=True)
        prescriptions = tuple(habit.prescription for habit in habits)
        drafter = attrs.evolve(desk.drafter, habits=prescriptions)
        return attrs.evolve(desk, drafter=drafter, habits=habits)
    return desk


def _placed(routine: Routine) -> Iterable[tuple[Slot, Prescription]]:
    for session in routine.sessions:
        for item in session.prescriptions:
            yield (item.activity, session.day), item


def _kept(
    clerk: _Clerk,
    chosen: Mapping[str, Candidate | Rejection],
    placed: Mapping[Slot, tuple[Prescription, int]],
) -> dict[Slot, Candidate]:
    """Return what may be kept: as it was, or with the dose that is right now."""
    kept: dict[Slot, Candidate] = {}
    for (name, day), (prescription, times) in placed.items():
        demand = clerk.demands.get(name, Demand())
        if name not in chosen or day in demand.never:
            continue
        judged = clerk.judge(prescription, times)
        candidate = judged if isinstance(judged, Candidate) else chosen[name]
        if isinstance(candidate, Candidate):
            kept[name, day] = candidate
    return kept


def _habits(
    able: Mapping[str, Candidate],
    before: Routine,
    demands: Mapping[str, Demand],
    *,
    improve: bool,
) -> tuple[Candidate, ...]:
    had = {item.activity for item in before.habits}

    def stays(name: str) -> bool:
        demand = demands.get(name, Demand())
        return not demand.never and (improve or demand.present or name in had)

    habits = [name for name, item in able.items() if isinstance(item.activity, Habit)]
    order = [item.activity for item in before.habits if item.activity in habits]
    order += [name for name in habits if name not in had]
    return tuple(able[name] for name in order if stays(name))


def _open_to(candidates: list[Candidate], demands: Mapping[str, Demand]) -> tuple[Candidate, ...]:
    week = len(Weekday)
    out = {name for name, demand in demands.items() if len(demand.never) == week}
    return tuple(item for item in candidates if item.id not in out)


def _rungs(
    clerk: _Clerk, pool: tuple[Candidate, ...], fixed: set[str]
) -> tuple[tuple[Candidate, ...], tuple[SetAside, ...]]:
    """Return what may be added, one version of each movement, what stands in the week first."""
    taken = {
        rung
        for ladder in clerk.context.catalog.ladders.values()
        if fixed & set(ladder.rungs)
        for rung in ladder.rungs
    }
    free = [item for item in pool if item.id not in taken]
    chosen, aside = choose_rungs(free, clerk.context, clerk.case.request.rules)
    names = {item.id for item in chosen} | taken
    # Another version of what stands in the week is left to the rules to turn down.
    return tuple(item for item in pool if item.id in names), aside


def _week_before(clerk: _Clerk, placed: Mapping[Slot, tuple[Prescription, int]]) -> Week:
    """Return the week before, what may not stay too: what it reached is to be reached again."""
    made: dict[tuple[Prescription, int], Candidate] = {}
    held: dict[Slot, Candidate] = {}
    for slot, (prescription, times) in placed.items():
        activity = clerk.context.catalog.activities.get(slot[0])
        if activity is None or not activity.doses:
            continue
        active = dose_seconds(prescription.dose) * times
        held[slot] = made.setdefault(
            (prescription, times),
            Candidate(
                activity=activity,
                dose_range=activity.doses[0],
                prescription=prescription,
                seconds=active,
                active=active,
                times=times,
                days=(1, len(Weekday)),
            ),
        )
    return week_of(held)


def _no_further(objective: Objective, week: Week) -> Objective:
    """Return the objective with goals that ask for no more than a week reaches."""
    goals = [(goal, min(goal.target, reached(goal, week))) for goal in objective.goals]
    return attrs.evolve(
        objective,
        goals=tuple(attrs.evolve(goal, target=target) for goal, target in goals if target),
    )
