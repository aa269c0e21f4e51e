"""From judgments to moves, and from moves to decisions with their reasons."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from sciatica_pt.model.doses import Dose
from sciatica_pt.model.evidence import Citation
from sciatica_pt.model.progression import Effect, ProgressionRule, Signal
from sciatica_pt.model.routine import Routine
from sciatica_pt.planning import dose_words
from sciatica_pt.progression.editing import activities_of
from sciatica_pt.progression.judging import Judgment
from sciatica_pt.progression.paths import Move, downward, higher, upward, waits_for_load
from sciatica_pt.progression.setbacks import Course, next_usual, reduced, returned
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
        stopped: what must not come back by itself.
    """

    down: dict[str, Move]
    doses: dict[str, Dose]
    up: dict[str, tuple[Move, ...]]
    stopped: frozenset[str]


@attrs.frozen(kw_only=True)
class Outcome:
    """What became of a week.

    Attributes:
        judged: what the rules say of each activity.
        course: where the person stands with setbacks.
        moves: what was tried.
        made: the rises that the rules left room for.
        routine: the next week; `None` when there is none.
    """

    judged: Mapping[str, Judgment]
    course: Course
    moves: Moves
    made: Mapping[str, Move]
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
    return Moves(down=dict(sorted(down.items())), doses=doses, up=up, stopped=frozenset(stopped))


def _at_least(move: Move, dose: Dose, judgment: Judgment) -> Move:
    """Return the move, or the present dose where nothing less is left and the rule lets it be."""
    nothing = move.dose is None and move.becomes is None
    if nothing and not (judgment.rule is not None and judgment.rule.omits):
        return attrs.evolve(move, dose=dose)
    return move


def _rises(situation: Situation, course: Course, name: str, judgment: Judgment) -> tuple[Move, ...]:
    dose = situation.items[name].dose
    if course.back:
        back = returned(situation, course, name, dose)
        known = judgment.clear and judgment.adjustment is not Adjustment.INDETERMINATE
        ready = known and situation.was_done(name)
        return (Move(activity=name, dose=back),) if back is not None and ready else ()
    if judgment.adjustment is not Adjustment.ADVANCE:
        return ()
    return tuple(upward(situation.catalog, name, dose, situation.phase, load=judgment.load is True))


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
    """Return a decision for each activity of the week that was, by id."""
    return tuple(_decision(situation, outcome, name) for name in situation.items)


def _decision(situation: Situation, outcome: Outcome, name: str) -> ProgressDecision:
    after = {} if outcome.routine is None else activities_of(outcome.routine)
    before, judgment = situation.items[name].dose, outcome.judged[name]
    move = outcome.made.get(name) or outcome.moves.down.get(name)
    becomes = None if move is None or move.becomes not in after else move.becomes
    now = after.get(name if becomes is None else becomes)
    plain = ProgressDecision(
        activity=name,
        name=situation.name(name),
        adjustment=judgment.adjustment,
        reason=judgment.reason,
        before=before,
        after=None if now is None else now.dose,
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
    if outcome.moves.up.get(name):
        reason = "It is time for more, but a rule or the person's time leaves no room for it."
        return _Word(adjustment=Adjustment.HOLD, reason=reason, rule=judgment.rule)
    load = situation.rule(Effect.LOAD)
    if load is not None and judgment.load is not True and waits_for_load(situation.catalog, name):
        return _Word(adjustment=Adjustment.HOLD, reason=load.summary, rule=load)
    reason = "The most that guidance gives in this phase has been reached."
    return _Word(adjustment=Adjustment.HOLD, reason=reason, rule=judgment.rule)


def _as_it_came(situation: Situation, word: _Word, now: ProgressDecision) -> _Word:
    """Return the word for what became of it, where a rule of the week changed more than that."""
    before, after, becomes = now.before, now.after, now.becomes
    if becomes is not None and after is not None:
        instead = f"{situation.name(becomes)}, {dose_words(after)}"
        return attrs.evolve(word, reason=f"{word.reason} Instead: {instead}.")
    if word.adjustment in (Adjustment.STOP, Adjustment.REGRESS) or after == before:
        return word
    if after is None:
        reason = "It is left out, because the week would break a rule with it."
        return _Word(adjustment=Adjustment.REGRESS, reason=reason)
    if word.adjustment is Adjustment.ADVANCE:
        return attrs.evolve(word, reason=f"{word.reason} Next: {dose_words(after)}.")
    if higher(before, after):
        # That is where anyone begins in the phase; it says nothing of what was tolerated.
        open_still = word.adjustment is Adjustment.INDETERMINATE
        return _Word(
            adjustment=word.adjustment if open_still else Adjustment.ADVANCE,
            reason=f"The new phase begins at {dose_words(after)}.",
            rule=situation.rule(Effect.PHASE),
        )
    reason = f"A rule of the week asks for less: {dose_words(after)}."
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
        spread=_spread(was, outcome.judged),
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


def _spread(state: ProgressState, judged: Mapping[str, Judgment]) -> tuple[SpreadCount, ...]:
    counts = {count.activity: count.sessions for count in state.spread}
    for name, judgment in judged.items():
        new = sum(item.signal is Signal.LEG_SPREAD and item.least > 0 for item in judgment.evidence)
        if new:
            counts[name] = counts.get(name, 0) + new
    return tuple(
        SpreadCount(activity=name, sessions=number) for name, number in sorted(counts.items())
    )
