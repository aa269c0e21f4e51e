"""From judgments to moves, and from moves to decisions with their reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from sciatica_pt.model.doses import Dose
from sciatica_pt.model.evidence import Citation
from sciatica_pt.model.profile import Level
from sciatica_pt.model.progression import Effect, ProgressionRule, Signal
from sciatica_pt.model.routine import Routine
from sciatica_pt.planning import dose_words
from sciatica_pt.progression.editing import activities_of, days_of
from sciatica_pt.progression.judging import Judgment
from sciatica_pt.progression.paths import (
    Move,
    Place,
    downward,
    higher,
    regained,
    rung_of,
    upward,
    waits_for_load,
)
from sciatica_pt.progression.setbacks import Course, is_quiet, next_usual, reduced, returned
from sciatica_pt.progression.situation import Situation
from sciatica_pt.progression.states import (
    Adjustment,
    ProgressDecision,
    ProgressState,
    Setback,
    SpreadCount,
)

__all__ = [
    "Moves",
    "Outcome",
    "comforts_over",
    "decisions_for",
    "moves_for",
    "next_state",
]


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
        back: what is in the week again after it had been left out.
        routine: the next week; `None` when there is none.
    """

    judged: Mapping[str, Judgment]
    course: Course
    moves: Moves
    made: Mapping[str, Move]
    back: tuple[str, ...]
    routine: Routine | None


def moves_for(
    situation: Situation, judged: Mapping[str, Judgment], course: Course, *, rephased: bool
) -> Moves:
    """Return what is to be tried with each activity of a week."""
    items = situation.items
    stopped = {name for name in items if judged[name].adjustment is Adjustment.STOP}
    down = {name: Move(activity=name) for name in stopped}
    doses: dict[str, Dose] = {}
    up: dict[str, tuple[Move, ...]] = {}
    for name in sorted(items.keys() - stopped):
        if course.setback is not None and not course.back:
            if course.cut:
                doses[name] = reduced(situation, course, name)
        elif judged[name].adjustment is Adjustment.REGRESS:
            move = downward(situation.catalog, name, items[name].dose, situation.phase)
            down[name] = _at_least(move, items[name].dose, judged[name])
        elif not rephased:
            up[name] = _rises(situation, course, name, judged[name])
    worse = {judged[name].adjustment for name in items} & {Adjustment.STOP, Adjustment.REGRESS}
    calm = course.setback is None and not worse and not rephased and is_quiet(situation)
    return Moves(
        down=dict(sorted(down.items())),
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


def _at_least(move: Move, dose: Dose, judgment: Judgment) -> Move:
    """Return the move, or the present dose where nothing less is left and the rule lets it be."""
    nothing = move.dose is None and move.becomes is None
    if nothing and not (judgment.rule is not None and judgment.rule.omits):
        return attrs.evolve(move, dose=dose)
    return move


def _rises(situation: Situation, course: Course, name: str, judgment: Judgment) -> tuple[Move, ...]:
    place = _place(situation, name)
    if course.back:
        back = returned(situation, course, name, place.dose)
        known = judgment.clear and judgment.adjustment is not Adjustment.INDETERMINATE
        ready = known and situation.was_done(name)
        return (Move(activity=name, dose=back),) if back is not None and ready else ()
    if judgment.adjustment is not Adjustment.ADVANCE:
        return ()
    lost = _lost(situation, place)
    if lost is not None:
        return (lost,)
    return tuple(move for move in _ways(situation, place, judgment) if _welcome(situation, move))


def _place(situation: Situation, name: str) -> Place:
    dose = situation.items[name].dose
    return Place(activity=name, dose=dose, days=situation.days.get(name, 0))


def _ways(situation: Situation, place: Place, judgment: Judgment) -> Iterator[Move]:
    load = judgment.load is True
    return upward(situation.catalog, place, situation.profile, load=load)


def _welcome(situation: Situation, move: Move) -> bool:
    """Return whether a rise leaves alone what people asked for."""
    asked, name = situation.asked, move.activity
    changed = asked.dosed(name) or (move.days is not None and asked.placed(name))
    return not (changed or (move.becomes is not None and asked.stays(name)))


def _lost(situation: Situation, place: Place) -> Move | None:
    """Return the next step back to what a bad week took away; `None` when it took nothing."""
    goal = situation.state.before(place.activity)
    move = None if goal is None else regained(situation.catalog, place, goal)
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
    if was is None or (course.setback is not None and not course.back):
        return frozenset()
    return was.comforts


# --- Decisions


@attrs.frozen(kw_only=True)
class _Word:
    adjustment: Adjustment
    reason: str
    rule: ProgressionRule | None = None
    cited: tuple[Citation, ...] = ()


def decisions_for(situation: Situation, outcome: Outcome) -> tuple[ProgressDecision, ...]:
    """Return a decision for each activity of the week that was and each that is back, by id."""
    found = [
        *(_decision(situation, outcome, name) for name in situation.items),
        *(_back(situation, outcome, name) for name in outcome.back),
    ]
    return tuple(sorted(found, key=lambda decision: decision.activity))


def _back(situation: Situation, outcome: Outcome, name: str) -> ProgressDecision:
    items = {} if outcome.routine is None else activities_of(outcome.routine)
    rule = situation.rule(Effect.SETTLE)
    return ProgressDecision(
        activity=name,
        name=situation.name(name),
        adjustment=Adjustment.ADVANCE,
        rule=None if rule is None else rule.code,
        reason="A bad week left it out; it has been quiet since, so its least is tried again.",
        after=items[name].dose,
        days=0 if outcome.routine is None else len(days_of(outcome.routine)[name]),
        citations=() if rule is None else rule.citations,
    )


def _decision(situation: Situation, outcome: Outcome, name: str) -> ProgressDecision:
    after = {} if outcome.routine is None else activities_of(outcome.routine)
    before, judgment = situation.items[name].dose, outcome.judged[name]
    move = outcome.made.get(name) or outcome.moves.down.get(name)
    becomes = None if move is None or move.becomes not in after else move.becomes
    now = after.get(name if becomes is None else becomes)
    days = 0 if outcome.routine is None else len(days_of(outcome.routine).get(name, ()))
    plain = ProgressDecision(
        activity=name,
        name=situation.name(name),
        adjustment=judgment.adjustment,
        reason=judgment.reason,
        before=before,
        after=None if now is None else now.dose,
        days=days if name in after and days != situation.days.get(name, 0) else None,
        becomes=becomes,
        evidence=judgment.evidence,
        questions=judgment.questions,
    )
    word = _as_it_came(situation, _word(situation, outcome, name), plain)
    cited = [*(() if word.rule is None else word.rule.citations), *word.cited]
    return attrs.evolve(
        plain,
        adjustment=word.adjustment,
        rule=None if word.rule is None else word.rule.code,
        reason=word.reason,
        citations=tuple({item.statement: item for item in cited}.values()),
    )


def _word(situation: Situation, outcome: Outcome, name: str) -> _Word:
    judgment, course, moves = outcome.judged[name], outcome.course, outcome.moves
    plain = _Word(adjustment=judgment.adjustment, reason=judgment.reason, rule=judgment.rule)
    if judgment.adjustment is Adjustment.STOP or not situation.is_exercise(name):
        return plain
    if course.setback is not None and (not course.back or name not in moves.down):
        return _in_setback(situation, outcome, name)
    if judgment.adjustment is Adjustment.REGRESS:
        step = moves.down[name].step
        return attrs.evolve(plain, cited=() if step is None else step.citations)
    if judgment.adjustment is Adjustment.ADVANCE:
        return _advanced(situation, outcome, name)
    return plain


def _in_setback(situation: Situation, outcome: Outcome, name: str) -> _Word:
    rule, moves = outcome.course.rule, outcome.moves
    summary = "" if rule is None else rule.summary
    if name in outcome.made:
        return _Word(adjustment=Adjustment.ADVANCE, reason=summary, rule=rule)
    if name in moves.doses and moves.doses[name] != situation.items[name].dose:
        return _Word(adjustment=Adjustment.REGRESS, reason=summary, rule=rule)
    return _Word(
        adjustment=Adjustment.HOLD,
        reason=f"{summary} What had been reached is kept in mind.".strip(),
        rule=rule,
    )


def _advanced(situation: Situation, outcome: Outcome, name: str) -> _Word:
    judgment = outcome.judged[name]
    if name in outcome.made:
        step = outcome.made[name].step
        return _Word(
            adjustment=Adjustment.ADVANCE,
            reason=judgment.reason,
            rule=judgment.rule,
            cited=() if step is None else step.citations,
        )
    if name not in outcome.moves.up:
        reason = "A new phase begins; more comes from its second week on."
        return _Word(adjustment=Adjustment.HOLD, reason=reason, rule=situation.rule(Effect.PHASE))
    if outcome.moves.up[name]:
        reason = "It is time for more, but a rule or the person's time leaves no room for it."
        return _Word(adjustment=Adjustment.HOLD, reason=reason, rule=judgment.rule)
    if next(_ways(situation, _place(situation, name), judgment), None) is not None:
        reason = "It is time for more, but someone asked for it to be as it is."
        return _Word(adjustment=Adjustment.HOLD, reason=reason, rule=judgment.rule)
    load = situation.rule(Effect.LOAD)
    if load is not None and judgment.load is not True and waits_for_load(situation.catalog, name):
        return _Word(adjustment=Adjustment.HOLD, reason=load.summary, rule=load)
    reason = "The most that guidance gives in this phase has been reached."
    return _Word(adjustment=Adjustment.HOLD, reason=reason, rule=judgment.rule)


def _as_it_came(situation: Situation, word: _Word, now: ProgressDecision) -> _Word:
    """Return the word for what became of it, where a rule of the week changed more than that."""
    after, becomes, before = now.after, now.becomes, situation.items[now.activity].dose
    if becomes is not None and after is not None:
        instead = f"{situation.name(becomes)}, {dose_words(after)}"
        return attrs.evolve(word, reason=f"{word.reason} Instead: {instead}.")
    if word.adjustment in (Adjustment.STOP, Adjustment.REGRESS) or after == before:
        return word
    if after is None:
        reason = "It is left out, because the week would break a rule with it."
        return _Word(adjustment=Adjustment.REGRESS, reason=reason)
    if word.adjustment is Adjustment.ADVANCE:
        return word
    if higher(before, after):
        # That is where anyone begins in the phase; it says nothing of what was tolerated.
        open_still = word.adjustment is Adjustment.INDETERMINATE
        return _Word(
            adjustment=word.adjustment if open_still else Adjustment.ADVANCE,
            reason="What is below the least of the new phase comes up to it.",
            rule=situation.rule(Effect.PHASE),
        )
    reason = "A rule of the week asks for less."
    return _Word(adjustment=Adjustment.REGRESS, reason=reason)


# --- State


def next_state(situation: Situation, outcome: Outcome) -> ProgressState:
    """Return what the week hands on to the next."""
    was = situation.state
    done = [
        log.on for log in situation.logs if any(entry.skipped is None for entry in log.activities)
    ]
    known = [] if was.last_done is None else [was.last_done]
    setback = _still(situation, outcome)
    return ProgressState(
        usual=next_usual(was.usual, situation.logs, settled=setback is None),
        setback=setback,
        lowered=_lowered(situation, outcome),
        spread=_spread(was, outcome.judged),
        # Once everything has been cleared, a clinician has looked.
        spread_sessions=_spread_sessions(outcome.judged)
        + (was.spread_sessions if situation.profile.stopped else 0),
        last_done=max([*done, *known], default=None),
        stalled_weeks=0 if _on_the_way(outcome) else was.stalled_weeks + 1,
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
        levels[name] = Level(activity=name, dose=situation.items[name].dose)
    return tuple(
        level
        for name, level in sorted(levels.items())
        if name not in moves.stopped | no_room
        and (name not in items or _below(situation, items[name].dose, level))
    )


def _below(situation: Situation, dose: Dose, level: Level) -> bool:
    place = Place(activity=level.activity, dose=dose, days=0)
    return regained(situation.catalog, place, level.dose) is not None


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
