"""From what was decided to decisions: each with its reason, its rule and its sources, in words."""

from __future__ import annotations

import attrs

from sciatica_pt.model.evidence import Citation
from sciatica_pt.model.progression import Effect, PathStep, ProgressionRule
from sciatica_pt.model.routine import Prescription
from sciatica_pt.model.vocabulary import Weekday
from sciatica_pt.planning import days_words, dose_words
from sciatica_pt.progression.deciding import Outcome, place_of, ways_up
from sciatica_pt.progression.editing import activities_of, days_of
from sciatica_pt.progression.judging import Judgment
from sciatica_pt.progression.obstacles import Obstacle
from sciatica_pt.progression.paths import Move, higher, upward
from sciatica_pt.progression.setbacks import returned
from sciatica_pt.progression.situation import Situation
from sciatica_pt.progression.states import Adjustment, ProgressDecision

__all__ = ["decisions_for"]


_NO_DAYS = frozenset[Weekday]()


@attrs.frozen(kw_only=True)
class _Word:
    adjustment: Adjustment
    reason: str
    code: str | None = None
    cited: tuple[Citation, ...] = ()


def _by_rule(
    adjustment: Adjustment, reason: str, rule: ProgressionRule | None, step: PathStep | None = None
) -> _Word:
    return _Word(
        adjustment=adjustment,
        reason=reason,
        code=None if rule is None else rule.code,
        cited=(
            *(() if rule is None else rule.citations),
            *(() if step is None else step.citations),
        ),
    )


def _by_obstacle(adjustment: Adjustment, reason: str, found: Obstacle) -> _Word:
    return _Word(adjustment=adjustment, reason=reason, code=found.code, cited=found.citations)


def decisions_for(situation: Situation, outcome: Outcome) -> tuple[ProgressDecision, ...]:
    """Return a decision for each activity of the week that was and each that is back, by id."""
    found = [
        *(_decision(situation, outcome, name) for name in situation.items),
        *(_back(situation, outcome, name) for name in outcome.back),
    ]
    return tuple(sorted(found, key=lambda decision: decision.activity))


def _following(
    outcome: Outcome,
) -> tuple[dict[str, Prescription], dict[str, frozenset[Weekday]]]:
    """Return the activities of the next week and their days; none when there is no week."""
    week = outcome.routine
    return ({}, {}) if week is None else (activities_of(week), days_of(week))


def _back(situation: Situation, outcome: Outcome, name: str) -> ProgressDecision:
    items, days = _following(outcome)
    rule = situation.rule(Effect.SETTLE)
    return ProgressDecision(
        activity=name,
        name=situation.name(name),
        adjustment=Adjustment.ADVANCE,
        rule=None if rule is None else rule.code,
        reason="A bad week left it out; it has been quiet since, so its least is tried again.",
        after=items[name].dose,
        days=len(days[name]),
        citations=() if rule is None else rule.citations,
    )


def _decision(situation: Situation, outcome: Outcome, name: str) -> ProgressDecision:
    after, weekdays = _following(outcome)
    before, judgment = situation.items[name].dose, outcome.judged[name]
    move = outcome.made.get(name) or outcome.moves.down.get(name)
    becomes = None if move is None or move.becomes not in after else move.becomes
    now = after.get(name if becomes is None else becomes)
    days = len(weekdays.get(name, ()))
    plain = ProgressDecision(
        activity=name,
        name=situation.name(name),
        adjustment=judgment.adjustment,
        reason=judgment.reason,
        before=before,
        after=None if now is None else now.dose,
        days=days if name in after and days != len(situation.days.get(name, ())) else None,
        becomes=becomes,
        evidence=judgment.evidence,
        questions=judgment.questions,
    )
    word = _as_it_came(situation, outcome, _word(situation, outcome, name), plain)
    moved = _from_day_to_day(
        situation.days.get(name, _NO_DAYS), weekdays.get(name, _NO_DAYS), outcome.added.get(name)
    )
    return attrs.evolve(
        plain,
        adjustment=word.adjustment,
        rule=word.code,
        reason=f"{word.reason}{moved}",
        citations=tuple({item.statement: item for item in word.cited}.values()),
    )


def _judged(judgment: Judgment, step: PathStep | None = None) -> _Word:
    return _by_rule(judgment.adjustment, judgment.reason, judgment.rule, step)


def _word(situation: Situation, outcome: Outcome, name: str) -> _Word:
    judgment, course, moves = outcome.judged[name], outcome.course, outcome.moves
    if judgment.adjustment is Adjustment.STOP or not situation.is_exercise(name):
        return _judged(judgment)
    if course.setback is not None and (not course.back or name not in moves.down):
        return _in_setback(situation, outcome, name)
    if judgment.adjustment is Adjustment.REGRESS:
        return _judged(judgment, moves.down[name].step)
    if judgment.adjustment is Adjustment.ADVANCE:
        return _advanced(situation, outcome, name)
    return _judged(judgment)


def _in_setback(situation: Situation, outcome: Outcome, name: str) -> _Word:
    rule, moves = outcome.course.rule, outcome.moves
    summary = "" if rule is None else rule.summary
    if name in outcome.made:
        return _by_rule(Adjustment.ADVANCE, summary, rule)
    if name in moves.doses and moves.doses[name] != situation.items[name].dose:
        return _by_rule(Adjustment.REGRESS, summary, rule)
    if outcome.course.back:
        return _waiting(situation, outcome, name)
    end = "It is at its least." if outcome.course.cut else "What had been reached is kept in mind."
    return _by_rule(Adjustment.HOLD, f"{summary} {end}".strip(), rule)


def _waiting(situation: Situation, outcome: Outcome, name: str) -> _Word:
    """Return the word for what stays as it is while others are on their way back."""
    judgment, rule = outcome.judged[name], outcome.course.rule
    if returned(situation, outcome.course, name, situation.items[name].dose) is None:
        reason = "It is where it was before; nothing new begins until all is back."
        return _by_rule(Adjustment.HOLD, reason, rule)
    if name not in outcome.moves.up:
        return _in_new_phase(situation)
    if name in outcome.blocked:
        found = outcome.blocked[name]
        return _by_obstacle(Adjustment.HOLD, f"It is to come back, but {found.text}.", found)
    if not judgment.sure:
        return _judged(judgment)
    return _by_rule(Adjustment.HOLD, "It was not done, so it does not come back yet.", rule)


def _in_new_phase(situation: Situation) -> _Word:
    reason = "A new phase begins; more comes from its second week on."
    return _by_rule(Adjustment.HOLD, reason, situation.rule(Effect.PHASE))


def _advanced(situation: Situation, outcome: Outcome, name: str) -> _Word:
    judgment = outcome.judged[name]
    if name in outcome.made:
        return _judged(judgment, outcome.made[name].step)
    if name not in outcome.moves.up:
        return _in_new_phase(situation)
    if name in outcome.blocked:
        found = outcome.blocked[name]
        reason = f"It is time for more, but {found.text}."
        return _by_obstacle(Adjustment.HOLD, reason, found)
    return _by_rule(Adjustment.HOLD, *_no_way(situation, name, judgment))


def _no_way(
    situation: Situation, name: str, judgment: Judgment
) -> tuple[str, ProgressionRule | None]:
    """Return why what is ready for more has no way to go on, and the rule for it."""
    place, load, asked = place_of(situation, name), situation.rule(Effect.LOAD), situation.asked
    if next(ways_up(situation, place, judgment), None) is not None:
        if asked.dosed(name) or asked.placed(name) or asked.stays(name):
            reason = "It is time for more, but someone asked for it to be as it is."
        else:
            reason = "It is time for the next version, but the person likes this one."
        return reason, judgment.rule
    loaded = upward(situation.catalog, place, situation.profile, load=True)
    if load is not None and next(loaded, None) is not None:
        return load.summary, load
    return "The most that guidance gives in this phase has been reached.", judgment.rule


def _as_it_came(
    situation: Situation, outcome: Outcome, word: _Word, now: ProgressDecision
) -> _Word:
    """Return the word for what became of it, where a rule of the week changed more than that."""
    after, becomes, before = now.after, now.becomes, situation.items[now.activity].dose
    if becomes is not None and after is not None:
        instead = f"{situation.name(becomes)}, {dose_words(after)}"
        return attrs.evolve(word, reason=f"{word.reason} Instead: {instead}.")
    move = outcome.moves.down.get(now.activity)
    if word.adjustment is Adjustment.REGRESS and move is not None and outcome.routine is not None:
        return attrs.evolve(word, reason=f"{word.reason}{_how_much_less(now, move)}")
    if word.adjustment in (Adjustment.STOP, Adjustment.REGRESS) or after == before:
        return word
    if after is not None and word.adjustment is Adjustment.ADVANCE:
        return word
    if after is not None and higher(before, after):
        # That is where anyone begins in the phase; it says nothing of what was tolerated.
        return _by_rule(
            Adjustment.INDETERMINATE if now.questions else Adjustment.ADVANCE,
            "What is below the least of the new phase comes up to it.",
            situation.rule(Effect.PHASE),
        )
    found = outcome.forced.get(now.activity, _ANOTHER)
    kept = "It is left out" if after is None else "A rule of the week asks for less"
    return _by_obstacle(Adjustment.REGRESS, f"{kept}: {found.text}.", found)


def _from_day_to_day(
    before: frozenset[Weekday], after: frozenset[Weekday], new: Weekday | None
) -> str:
    """Return that an activity is done on other days, as the end of a reason, or nothing.

    A new day is not one that it moved to, unless it only makes up for one that went.
    """
    left, reached = before - after, after - before
    if len(after) > len(before):
        reached -= {new}
    if not left or not reached:
        return ""
    return f" It moves from {days_words(left)} to {days_words(reached)}."


_ANOTHER = Obstacle(text="the week had to be planned anew")


def _how_much_less(now: ProgressDecision, move: Move) -> str:
    if now.after is None and move.dose is None:
        return " There is nothing less of it, so it is left out."
    if now.after == now.before and now.days is None:
        return " It is at its least already."
    return ""
