"""From judgments to moves: what is to be tried with each activity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from sciatica_pt.model.doses import Dose
from sciatica_pt.model.routine import Routine
from sciatica_pt.model.vocabulary import Weekday
from sciatica_pt.progression.judging import Judgment
from sciatica_pt.progression.obstacles import Obstacle
from sciatica_pt.progression.paths import (
    Move,
    Place,
    a_day_less,
    downward,
    regained,
    rung_of,
    upward,
)
from sciatica_pt.progression.setbacks import Course, is_quiet, reduced, returned
from sciatica_pt.progression.situation import Situation
from sciatica_pt.progression.states import Adjustment, ProgressState

__all__ = ["Moves", "Outcome", "comforts_over", "moves_for", "place_of", "ways_up"]


@attrs.frozen(kw_only=True)
class Moves:
    """What is to be tried with each activity.

    Attributes:
        down: one step less, another version, or nothing of it.
        doses: doses cut because of a setback.
        up: the ways to do more, the first to be used first.
        again: what was left out after a bad week and may come back, by id.
        stopped: what must not come back by itself.
    """

    down: dict[str, Move]
    doses: dict[str, Dose]
    up: dict[str, tuple[Move, ...]]
    again: tuple[str, ...]
    stopped: frozenset[str]


@attrs.frozen(kw_only=True)
class Outcome:
    """What became of a week.

    Attributes:
        judged: what the rules say of each activity.
        course: where the person stands with setbacks.
        moves: what was tried.
        made: the rises that the rules left room for.
        blocked: what stands in the way of the others.
        forced: what changed an activity that no decision changed.
        added: the day that each rise in days a week added.
        back: what is in the week again after it had been left out.
        routine: the next week; `None` when there is none.
    """

    judged: Mapping[str, Judgment]
    course: Course
    moves: Moves
    made: Mapping[str, Move] = attrs.field(factory=dict[str, Move])
    blocked: Mapping[str, Obstacle] = attrs.field(factory=dict[str, Obstacle])
    forced: Mapping[str, Obstacle]
    added: Mapping[str, Weekday] = attrs.field(factory=dict[str, Weekday])
    back: tuple[str, ...] = ()
    routine: Routine | None


def moves_for(
    situation: Situation, judged: Mapping[str, Judgment], course: Course, *, rephased: bool
) -> Moves:
    """Return what is to be tried with each activity of a week."""
    items = situation.items
    stopped = [name for name in items if judged[name].adjustment is Adjustment.STOP]
    down: dict[str, Move] = {}
    doses: dict[str, Dose] = {}
    up: dict[str, tuple[Move, ...]] = {}
    for name in items:
        if course.held:
            if course.cut:
                doses[name] = reduced(situation, course, name)
        elif judged[name].adjustment is Adjustment.REGRESS:
            down[name] = _one_step_less(situation, name, judged[name])
        elif not rephased:
            up[name] = _rises(situation, course, name, judged[name])
    # What stops comes last: only then is it known what is left to stand in for it.
    down.update({name: Move(activity=name) for name in stopped})
    worse = {judged[name].adjustment for name in items} & {Adjustment.STOP, Adjustment.REGRESS}
    calm = course.setback is None and not worse and not rephased and is_quiet(situation)
    return Moves(
        down=down,
        doses=doses,
        up=up,
        again=_left_out(situation) if calm else (),
        stopped=frozenset(stopped),
    )


def _left_out(situation: Situation) -> tuple[str, ...]:
    """Return what a bad week left out and of whose movement no other version is in the week."""
    movements = {
        rung: set(ladder.rungs)
        for ladder in situation.catalog.ladders.values()
        for rung in ladder.rungs
    }
    names = [level.activity for level in situation.state.lowered]
    return tuple(
        name for name in names if not ({name} | movements.get(name, set())) & situation.items.keys()
    )


def _one_step_less(situation: Situation, name: str, judgment: Judgment) -> Move:
    place, added = place_of(situation, name), situation.state.added_day(name)
    # A day that was added last, and with nothing else changed since, is what was too much.
    if added is not None and added.dose == place.dose and added.day in situation.days.get(name, ()):
        move = a_day_less(situation.catalog, place, situation.phase, added.day)
        if move is not None:
            return move
    move = downward(situation.catalog, name, place.dose, situation.phase)
    return _at_least(move, place.dose, judgment)


def _at_least(move: Move, dose: Dose, judgment: Judgment) -> Move:
    """Return the move, or the present dose where nothing less is left and the rule lets it be."""
    nothing = move.dose is None and move.becomes is None
    if nothing and not (judgment.rule is not None and judgment.rule.omits):
        return attrs.evolve(move, dose=dose)
    return move


def _rises(situation: Situation, course: Course, name: str, judgment: Judgment) -> tuple[Move, ...]:
    place = place_of(situation, name)
    if course.back:
        back = returned(situation, course, name, place.dose)
        ready = judgment.sure and situation.was_done(name)
        return (Move(activity=name, dose=back),) if back is not None and ready else ()
    if judgment.adjustment is not Adjustment.ADVANCE:
        return ()
    lost = _lost(situation, place)
    if lost is not None:
        return (lost,)
    return tuple(move for move in ways_up(situation, place, judgment) if _welcome(situation, move))


def place_of(situation: Situation, name: str) -> Place:
    """Return where an activity stands."""
    dose = situation.items[name].dose
    return Place(activity=name, dose=dose, days=len(situation.days.get(name, ())))


def ways_up(situation: Situation, place: Place, judgment: Judgment) -> Iterator[Move]:
    """Yield the ways to do a little more of an activity, whether anybody wants them or not."""
    load = judgment.load is True
    return upward(situation.catalog, place, situation.profile, load=load)


def _welcome(situation: Situation, move: Move) -> bool:
    """Return whether a rise leaves alone what people asked for and what the person likes."""
    asked, name, likes = situation.asked, move.activity, situation.profile.likes
    changed = asked.dosed(name) or (move.days is not None and asked.placed(name))
    kept = asked.stays(name) or (name in likes and move.becomes not in likes)
    return not (changed or (move.becomes is not None and kept))


def _lost(situation: Situation, place: Place) -> Move | None:
    """Return the next step back to what a bad week took away; `None` when it took nothing."""
    goal = situation.state.before(place.activity)
    move = None if goal is None else regained(situation.catalog, place.activity, place.dose, goal)
    if move is not None:
        return move
    harder = rung_of(situation.catalog, place.activity, harder=True)
    if harder is None or situation.state.before(harder) is None:
        return None
    if situation.asked.stays(place.activity):
        return None
    return Move(activity=place.activity, becomes=harder)


def comforts_over(state: ProgressState, course: Course) -> frozenset[str]:
    """Return the comforts of a flare-up that is no longer at its height."""
    was = state.setback
    if was is None or course.held:
        return frozenset()
    return was.comforts
