"""The weekly problem as constraints for OR-Tools' CP-SAT: a second opinion on every optimum.

It is written from the formulation: rules are stated over activities and days, muscle by muscle,
without blocks worked out beforehand, options or dominance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations

import attrs
from ortools.sat.python import cp_model

from sciatica_pt.model import GoalKind, RuleSpec, Technique, WeeklyGoal

from .problem import ALTERNATIVES, Problem, Schedule, Vector, Work

__all__ = ["Model", "Undecided", "optimum"]

_DAYS = range(7)
_HOURS_A_DAY = 24
_MOST_SECONDS = 7 * 24 * 3600


class Undecided(Exception):
    """The solver found no proof in its time."""


@attrs.frozen
class Model:
    """The constraints of one week.

    Attributes:
        problem: the problem.
        cp: the solver's model.
        used: whether an activity is in the week.
        done: whether an activity is done on a day.
        active: whether a technique is done on a day.
    """

    problem: Problem
    cp: cp_model.CpModel = attrs.field(factory=cp_model.CpModel)
    used: dict[str, cp_model.IntVar] = attrs.field(factory=dict)
    done: dict[tuple[str, int], cp_model.IntVar] = attrs.field(factory=dict)
    active: dict[tuple[Technique, int], cp_model.IntVar] = attrs.field(factory=dict)

    def total(self, works: Iterable[Work]) -> cp_model.LinearExprT:
        """Return for how many seconds of the week some activities are done."""
        return sum(work.active * self.done[work.id, day] for work in works for day in _DAYS)

    def count(self, works: Iterable[Work]) -> cp_model.LinearExprT:
        """Return on how many days some activities are done, added up."""
        return sum(self.done[work.id, day] for work in works for day in _DAYS)


#: What a rule of a test's own says to the solver.
Extra = Callable[[Model], None]


def _activities(model: Model) -> None:
    problem, cp = model.problem, model.cp
    for work in problem.works:
        used = model.used[work.id] = cp.new_bool_var(f"used {work.id}")
        days = [cp.new_bool_var(f"{work.id} on {day}") for day in _DAYS]
        model.done.update({(work.id, day): days[day] for day in _DAYS})
        # Not at all, or on as many days as its dose allows.
        cp.add(sum(days) >= work.least * used)
        cp.add(sum(days) <= work.most * used)
    for kind in Technique:
        mine = problem.of(kind)
        for day in _DAYS:
            active = model.active[kind, day] = cp.new_bool_var(f"{kind} on {day}")
            cp.add_max_equality(active, [0, *(model.done[work.id, day] for work in mine)])


def _shape(model: Model) -> None:
    """One block on the same days for a technique; aerobic work alternates, one kind a day."""
    problem, cp = model.problem, model.cp
    for kind in Technique:
        mine = problem.of(kind)
        if kind is Technique.AEROBIC:
            cp.add(sum(model.used[work.id] for work in mine) <= ALTERNATIVES)
            for name in {work.activity for work in mine}:
                cp.add(sum(model.used[work.id] for work in mine if work.activity == name) <= 1)
            for day in _DAYS:
                cp.add(sum(model.done[work.id, day] for work in mine) <= 1)
        else:
            cp.add(sum(model.used[work.id] for work in mine) <= problem.block_size(kind))
            for work in mine:
                for day in _DAYS:
                    both = [model.used[work.id], model.active[kind, day]]
                    cp.add_multiplication_equality(model.done[work.id, day], both)


def _near(day: int, other: int, least: int) -> bool:
    return min((other - day) % 7, (day - other) % 7) * _HOURS_A_DAY < least


def _recovery(model: Model, spec: RuleSpec) -> None:
    hours = spec.number("minimum-hours")
    works = [work for work in model.problem.works if work.technique in spec.techniques]
    for muscle in sorted({name for work in works for name in work.muscles}):
        users = [work for work in works if muscle in work.muscles]
        busy = [model.cp.new_bool_var(f"{muscle} on {day}") for day in _DAYS]
        for day in _DAYS:
            model.cp.add_max_equality(busy[day], [model.done[work.id, day] for work in users])
        for day, other in combinations(_DAYS, 2):
            if _near(day, other, hours):
                model.cp.add(busy[day] + busy[other] <= 1)


def _rules(model: Model) -> None:
    problem, cp = model.problem, model.cp
    for spec in problem.specs("recovery"):
        _recovery(model, spec)
    for spec in problem.specs("session-size"):
        for day in _DAYS:
            held = sum(model.done[work.id, day] for work in problem.works)
            cp.add(held <= spec.number("maximum-activities"))
    for spec in problem.specs("technique-days"):
        days = [cp.new_bool_var(f"{spec.code} on {day}") for day in _DAYS]
        for day in _DAYS:
            cp.add_max_equality(days[day], [model.active[kind, day] for kind in spec.techniques])
        cp.add(sum(days) <= spec.number("maximum-days"))
    for spec in problem.specs("technique-minutes"):
        works = [work for work in problem.works if work.technique in spec.techniques]
        cp.add(model.total(works) <= spec.number("maximum-minutes") * 60)
    _combination(model)


def _combination(model: Model) -> None:
    """What the bundled rules ask of the techniques of a week that holds any session."""
    problem, cp = model.problem, model.cp
    any_of = {kind: cp.new_bool_var(f"any {kind}") for kind in Technique}
    for kind, flag in any_of.items():
        cp.add_max_equality(flag, [model.active[kind, day] for day in _DAYS])
    for spec in problem.specs("technique-kinds"):
        others = [flag for kind, flag in any_of.items() if kind not in problem.kept_up]
        for flag in any_of.values():
            least = spec.number("minimum-kinds") - len(problem.kept_up)
            cp.add(sum(others) >= least).only_enforce_if(flag)
    for spec in problem.specs("not-alone"):
        others = [flag for kind, flag in any_of.items() if kind not in spec.techniques]
        for kind in spec.techniques:
            cp.add(sum(others) >= 1).only_enforce_if(any_of[kind])


def _booked(model: Model) -> list[cp_model.IntVar]:
    """Return the slots booked on each day, with the day's time as their bound."""
    problem, cp = model.problem, model.cp
    slot = problem.slot_minutes * 60
    days = []
    for day in _DAYS:
        most = problem.minutes[day] // problem.slot_minutes
        parts = []
        for kind in Technique:
            seconds = sum(work.seconds * model.done[work.id, day] for work in problem.of(kind))
            slots = cp.new_int_var(0, most, f"{kind} slots on {day}")
            cp.add(slots * slot >= seconds)
            cp.add(slots * slot <= seconds + slot - 1)
            parts.append(slots)
        booked = cp.new_int_var(0, most, f"slots on {day}")
        cp.add(booked == sum(parts))
        days.append(booked)
    return days


def _missing(model: Model, goal: WeeklyGoal) -> cp_model.IntVar:
    problem, cp = model.problem, model.cp
    mine = [work for work in problem.works if goal.technique in (None, work.technique)]
    missing = cp.new_int_var(0, goal.target, f"missing of {goal.id}")
    if goal.kind is GoalKind.MUSCLE_EXPOSURES:
        reached = model.count(work for work in mine if goal.muscle in work.muscles)
    elif goal.kind is GoalKind.DISTINCT_ACTIVITIES:
        reached = sum(model.used[work.id] for work in mine)
    elif goal.kind is GoalKind.MINUTES:
        reached = cp.new_int_var(0, _MOST_SECONDS // 60, f"minutes of {goal.id}")
        cp.add(reached * 60 <= model.total(mine))
    else:
        assert goal.technique is not None
        reached = sum(model.active[goal.technique, day] for day in _DAYS)
    cp.add(missing >= goal.target - reached)
    return missing


def _solve(model: Model, term: cp_model.LinearExprT, seconds: float) -> cp_model.CpSolver:
    model.cp.minimize(term)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 2
    # By the solver's own count of work, so that a verdict does not depend on the machine.
    solver.parameters.max_deterministic_time = seconds
    status = solver.solve(model.cp)
    if status != cp_model.OPTIMAL:
        raise Undecided(solver.status_name(status))
    return solver


def optimum(
    problem: Problem, extras: Iterable[Extra] = (), *, seconds: float = 20.0
) -> tuple[Vector, Schedule]:
    """Return the best objective and a week that has it.

    Args:
        problem: the problem.
        extras: rules of a test's own.
        seconds: how much work each of the three terms may take, in the solver's own unit.

    Raises:
        Undecided: a term took more.
    """
    model = Model(problem)
    _activities(model)
    _shape(model)
    _rules(model)
    for extra in extras:
        extra(model)
    booked = _booked(model)
    cp = model.cp
    shortfall = sum(goal.weight * _missing(model, goal) for goal in problem.goals)
    burden = sum(work.price * model.done[work.id, day] for work in problem.works for day in _DAYS)
    squares = []
    for day, slots in enumerate(booked):
        most = problem.minutes[day] // problem.slot_minutes
        square = cp.new_int_var(0, most * most, f"square of {day}")
        # Above every line through two neighboring points of the parabola; the least is on it.
        for low in range(most):
            cp.add(square >= (2 * low + 1) * slots - low * (low + 1))
        squares.append(square)
    values: list[int] = []
    solver: cp_model.CpSolver | None = None
    for term in (shortfall, burden, sum(squares)):
        if isinstance(term, int):
            values.append(term)
            continue
        solver = _solve(model, term, seconds)
        values.append(round(solver.objective_value))
        cp.add(term == values[-1])
        cp.clear_hints()  # type: ignore[no-untyped-call]
        for variable in (*model.used.values(), *model.done.values()):
            cp.add_hint(variable, solver.value(variable))
    solver = solver or _solve(model, 0, seconds)
    best = {
        work.id: frozenset(day for day in _DAYS if solver.value(model.done[work.id, day]))
        for work in problem.works
    }
    return (values[0], values[1], values[2]), best
