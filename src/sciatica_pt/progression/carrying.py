"""What a week hands on to the next."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from sciatica_pt.model.profile import Level
from sciatica_pt.model.progression import Signal
from sciatica_pt.model.routine import Prescription
from sciatica_pt.progression.deciding import Outcome
from sciatica_pt.progression.editing import activities_of
from sciatica_pt.progression.judging import Judgment
from sciatica_pt.progression.paths import regained
from sciatica_pt.progression.setbacks import next_usual, returned
from sciatica_pt.progression.situation import Situation
from sciatica_pt.progression.states import (
    AddedDay,
    Adjustment,
    GoodCount,
    ProgressState,
    Setback,
    SpreadCount,
)

__all__ = ["next_state"]


def next_state(situation: Situation, outcome: Outcome) -> ProgressState:
    """Return what the week hands on to the next."""
    was = situation.state
    done = [
        log.on for log in situation.logs if any(entry.skipped is None for entry in log.activities)
    ]
    known = [] if was.last_done is None else [was.last_done]
    setback = _still(situation, outcome)
    items = {} if outcome.routine is None else activities_of(outcome.routine)
    return ProgressState(
        usual=next_usual(was.usual, situation.logs, settled=setback is None),
        setback=setback,
        lowered=_lowered(situation, outcome),
        added=_added(was, outcome, items),
        good=_good(situation, outcome, items),
        spread=_spread(was, outcome.judged),
        # Once everything has been cleared, a clinician has looked.
        spread_sessions=_spread_sessions(outcome.judged)
        + (was.spread_sessions if situation.profile.stopped else 0),
        last_done=max([*done, *known], default=None),
        stalled_weeks=0 if _on_the_way(outcome) else was.stalled_weeks + 1,
    )


def _added(
    was: ProgressState, outcome: Outcome, items: Mapping[str, Prescription]
) -> tuple[AddedDay, ...]:
    """Return the days that were the last thing that went up of each activity."""
    days = {item.activity: item for item in was.added}
    for name, day in outcome.added.items():
        days[name] = AddedDay(activity=name, day=day, dose=items[name].dose)
    return tuple(
        item
        for name, item in sorted(days.items())
        if name in items and items[name].dose == item.dose
    )


def _good(
    situation: Situation, outcome: Outcome, items: Mapping[str, Prescription]
) -> tuple[GoodCount, ...]:
    """Return how many sessions running went well, of what goes on at the same dose."""
    return tuple(
        GoodCount(activity=name, sessions=judgment.good)
        for name, judgment in outcome.judged.items()
        if judgment.good
        and name not in outcome.made
        and name in items
        and items[name].dose == situation.items[name].dose
    )


def _on_the_way(outcome: Outcome) -> bool:
    # Who has reached all there is, or lacks the time for more, has not come to a halt.
    words = {judgment.adjustment for judgment in outcome.judged.values()}
    return bool(outcome.made) or Adjustment.ADVANCE in words


def _still(situation: Situation, outcome: Outcome) -> Setback | None:
    """Return the setback with what is still below its level, or `None` when nothing is."""
    course, setback, moves = outcome.course, outcome.course.setback, outcome.moves
    if setback is None or not course.back or outcome.routine is None:
        return setback
    items = activities_of(outcome.routine)
    # What had to go back meanwhile, or finds no room, has a new level.
    blocked = {name for name, ways in moves.up.items() if ways and name not in outcome.made}
    left = tuple(
        level
        for level in setback.reached
        if level.activity in items
        and level.activity not in {*moves.down, *blocked}
        and returned(situation, course, level.activity, items[level.activity].dose) is not None
    )
    return attrs.evolve(setback, reached=left, comforts=frozenset()) if left else None


def _lowered(situation: Situation, outcome: Outcome) -> tuple[Level, ...]:
    """Return what a bad week took away and has not come back yet."""
    items = {} if outcome.routine is None else activities_of(outcome.routine)
    moves, was = outcome.moves, situation.state
    levels = {level.activity: level for level in was.lowered}
    # On the way back from a setback the earlier level is that of the setback, and waits.
    no_room = set[str]() if outcome.course.back else _without_room(outcome)
    for name in moves.down.keys() - levels.keys() - moves.stopped:
        # A bad week on the way back from a setback does not erase what had been reached before it.
        reached = None if was.setback is None else was.setback.dose(name)
        levels[name] = Level(activity=name, dose=reached or situation.items[name].dose)
    return tuple(
        level
        for name, level in sorted(levels.items())
        if name not in moves.stopped | no_room
        and (
            name not in items
            or regained(situation.catalog, name, items[name].dose, level.dose) is not None
        )
    )


def _without_room(outcome: Outcome) -> set[str]:
    """Return the activities that were to come back or to go on and found no room."""
    return {
        move.activity if move.becomes is None else move.becomes
        for activity, ways in outcome.moves.up.items()
        if activity not in outcome.made
        for move in ways
    }


def _spread_sessions(judged: Mapping[str, Judgment]) -> int:
    """Return the number of the week's sessions in which anything moved symptoms down the leg."""
    return len(
        {
            (item.on, item.time_of_day)
            for judgment in judged.values()
            for item in judgment.evidence
            if item.signal is Signal.LEG_SPREAD and item.least > 0
        }
    )


def _spread(state: ProgressState, judged: Mapping[str, Judgment]) -> tuple[SpreadCount, ...]:
    counts = {count.activity: count.sessions for count in state.spread}
    for name, judgment in judged.items():
        new = sum(item.signal is Signal.LEG_SPREAD and item.least > 0 for item in judgment.evidence)
        if new:
            counts[name] = counts.get(name, 0) + new
    return tuple(
        SpreadCount(activity=name, sessions=number) for name, number in sorted(counts.items())
    )
