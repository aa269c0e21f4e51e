"""What the rules of progression make of an activity's readings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import attrs

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model.activities import Activity
from sciatica_pt.model.constraints import Member
from sciatica_pt.model.doses import Dose
from sciatica_pt.model.progression import Criterion, Effect, ProgressionRule
from sciatica_pt.progression.readings import Reading
from sciatica_pt.progression.states import Adjustment, Evidence, as_adjustment

__all__ = ["Assessment", "Decide", "Judgment", "bounded", "judge", "met_often"]


@attrs.frozen(kw_only=True)
class Judgment:
    """What the rules say of one activity.

    Attributes:
        adjustment: what becomes of its dose.
        reason: why, in a sentence.
        rule: the rule responsible; `None` when none speaks.
        evidence: the readings it rests on.
        questions: what is unknown and would matter.
        clear: whether every sign against more was looked for and none was found.
        load: whether the rule about more load is met; `None` when that can't be told.
        good: how many sessions running went well enough for more, at most one too few.
    """

    adjustment: Adjustment
    reason: str
    rule: ProgressionRule | None = None
    evidence: tuple[Evidence, ...] = ()
    questions: tuple[str, ...] = ()
    clear: bool = False
    load: bool | None = None
    good: int = 0

    @property
    def sure(self) -> bool:
        """Whether nothing speaks against more and no question is open."""
        return self.clear and self.adjustment is not Adjustment.INDETERMINATE


@attrs.frozen(kw_only=True)
class Assessment:
    """What a caller's decision function is given.

    Attributes:
        activity: the activity.
        dose: its dose in the week that was.
        readings: what the logs say of it, in the order of the sessions.
        judgment: what the rules say.
    """

    activity: Activity
    dose: Dose
    readings: tuple[Reading, ...]
    judgment: Judgment


#: A caller's own decision; `None` leaves it to the rules.
Decide = Callable[[Assessment], Adjustment | str | None]

_WORDS = {
    Effect.STOP: Adjustment.STOP,
    Effect.REGRESS: Adjustment.REGRESS,
    Effect.HOLD: Adjustment.HOLD,
}


def _met(criterion: Criterion, reading: Reading) -> bool | None:
    span = reading.values.get(criterion.signal)
    # A signal that makes no sense for this activity can't speak against it, nor for it.
    return False if span is None else criterion.met(*span)


def _evidence(rule: ProgressionRule, readings: Iterable[Reading]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            on=reading.on,
            time_of_day=reading.time_of_day,
            signal=criterion.signal,
            least=reading.values[criterion.signal][0],
            most=reading.values[criterion.signal][1],
        )
        for reading in readings
        for criterion in rule.criteria
        if criterion.signal in reading.values
    )


def met_often(
    rule: ProgressionRule, readings: Sequence[Reading]
) -> tuple[bool | None, list[Reading]]:
    """Return whether any criterion was met in enough sessions, and the sessions that say so.

    The answer is `None` when open questions could make it yes.
    """
    answers = [[_met(criterion, reading) for criterion in rule.criteria] for reading in readings]
    sure = [reading for reading, row in zip(readings, answers, strict=True) if True in row]
    if rule.sessions is None:
        return False, []
    if len(sure) >= rule.sessions:
        return True, sure
    maybe = [
        reading
        for reading, row in zip(readings, answers, strict=True)
        if True in row or None in row
    ]
    return (None, maybe) if len(maybe) >= rule.sessions else (False, [])


def _met_lately(
    rule: ProgressionRule, readings: Sequence[Reading], earlier: int = 0
) -> tuple[bool | None, Sequence[Reading]]:
    """Return whether all criteria were met in each of the last sessions, and which those are.

    Sessions that met them in the weeks before, at the same dose, count as well.
    """
    if rule.sessions is None:
        return False, ()
    last = [reading for reading in readings if reading.done][-rule.sessions :]
    answers = [_met(criterion, reading) for reading in last for criterion in rule.criteria]
    if len(last) + earlier < rule.sessions or False in answers:
        return False, last
    return (None if None in answers else True), last


def _running(rule: ProgressionRule, readings: Sequence[Reading], earlier: int) -> int:
    """Return how many sessions running met all criteria up to now, at most one too few."""
    count = earlier
    for reading in readings:
        if reading.done:
            met = all(_met(criterion, reading) is True for criterion in rule.criteria)
            count = count + 1 if met else 0
    return min(count, (rule.sessions or 1) - 1)


def _open(rule: ProgressionRule, readings: Iterable[Reading]) -> list[str]:
    return [
        criterion.signal.ask
        for reading in readings
        for criterion in rule.criteria
        if _met(criterion, reading) is None
    ]


def judge(
    rules: Iterable[ProgressionRule], readings: Sequence[Reading], earlier: int = 0
) -> Judgment:
    """Return what rules make of one activity's readings.

    The most cautious rule that is met decides; what could be met, were an open question answered,
    keeps everything as it is; and only then is more considered.

    Args:
        rules: the rules about its technique.
        readings: its readings, in the order of the sessions.
        earlier: how many sessions running went well before them, at the same dose.
    """
    chosen = tuple(rules)
    if not readings:
        return Judgment(
            adjustment=Adjustment.INDETERMINATE,
            reason="Nobody logged it.",
            questions=("Was it done, or why was it skipped?",),
        )
    questions: list[str] = []
    doubt: ProgressionRule | None = None
    for effect, word in _WORDS.items():
        for rule in (item for item in chosen if item.effect is effect):
            met, shown = met_often(rule, readings)
            if met:
                return Judgment(
                    adjustment=word, reason=rule.summary, rule=rule, evidence=_evidence(rule, shown)
                )
            if met is None:
                doubt = doubt or rule
                questions.extend(_open(rule, shown))
    if doubt is not None:
        return Judgment(
            adjustment=Adjustment.INDETERMINATE,
            reason="Open questions could speak against more.",
            rule=doubt,
            questions=tuple(dict.fromkeys(questions)),
        )
    return _upward(chosen, readings, earlier)


def _upward(
    rules: tuple[ProgressionRule, ...], readings: Sequence[Reading], earlier: int
) -> Judgment:
    load = _load(rules, readings)
    questions: list[str] = []
    waiting: ProgressionRule | None = None
    for rule in (item for item in rules if item.effect is Effect.ADVANCE):
        met, last = _met_lately(rule, readings, earlier)
        if met:
            return Judgment(
                adjustment=Adjustment.ADVANCE,
                reason=rule.summary,
                rule=rule,
                evidence=_evidence(rule, last),
                clear=True,
                load=load,
                good=_running(rule, readings, earlier),
            )
        waiting = waiting or rule
        if met is None:
            questions.extend(_open(rule, last))
    if questions:
        word, reason = Adjustment.INDETERMINATE, "Open questions stand before more."
    else:
        word, reason = Adjustment.HOLD, "It is not yet time for more."
    return Judgment(
        adjustment=word,
        reason=reason,
        rule=waiting,
        questions=tuple(dict.fromkeys(questions)),
        clear=True,
        load=load,
        good=0 if waiting is None else _running(waiting, readings, earlier),
    )


def _load(rules: tuple[ProgressionRule, ...], readings: Sequence[Reading]) -> bool | None:
    answers = [_met_lately(rule, readings)[0] for rule in rules if rule.effect is Effect.LOAD]
    # Guidance without such a rule asks for no reserve.
    return all(answers) if None not in answers else None


def bounded(assessment: Assessment, decide: Decide | None) -> Judgment:
    """Return the judgment with the caller's decision in it, as far as safety lets it stand.

    More caution always stands; more dose only where every sign against it was looked for and none
    was found.
    """
    judgment = assessment.judgment
    given = None if decide is None else decide(assessment)
    if given is None:
        return judgment
    wanted = as_adjustment(given)
    flaw = Member(Adjustment).flaw(wanted)
    if flaw is not None:
        raise InvalidValueError(
            where="decide", expected=flaw.expected, found=flaw.found, hint=flaw.hint
        )
    ceiling = Adjustment.ADVANCE if judgment.clear else judgment.adjustment
    word = min(wanted, ceiling, key=lambda item: item.order)
    if word is judgment.adjustment:
        return judgment
    return attrs.evolve(
        judgment, adjustment=word, rule=None, reason="The caller decided so.", evidence=()
    )
