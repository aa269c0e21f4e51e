"""Why the week is as it is: an entry for every activity of the guidance."""

from __future__ import annotations

from collections.abc import Iterator

from sciatica_pt.model.doses import PARAMETERS, Limit, dose_values
from sciatica_pt.model.evidence import Citation
from sciatica_pt.model.routine import Prescription
from sciatica_pt.model.vocabulary import DoseParameter, TraceStatus, Weekday
from sciatica_pt.planning._words import (
    amount_words,
    bare_amount,
    counted,
    dose_words,
    duration_words,
)
from sciatica_pt.planning.candidates import Candidate, Rejection
from sciatica_pt.planning.drafting import Drafter, Week
from sciatica_pt.planning.objective import Block, reached
from sciatica_pt.planning.plan import Reason, TraceEntry
from sciatica_pt.planning.rungs import SetAside
from sciatica_pt.rules import Fix

__all__ = ["rejected_entry", "trace_of"]


def rejected_entry(rejection: Rejection) -> TraceEntry:
    """Return the entry of an activity that rules keep out."""
    activity = rejection.activity
    return TraceEntry(
        activity=activity.id,
        name=activity.name,
        technique=activity.technique,
        status=TraceStatus.REJECTED,
        reasons=[
            Reason(
                text=f"{_sentence(finding.message)}{_fix_text(finding.fixes)}",
                code=finding.code,
                question=finding.question,
                citations=finding.citations,
            )
            for finding in rejection.findings
        ],
    )


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _fix_text(fixes: tuple[Fix, ...]) -> str:
    return f". {fixes[0].text}" if fixes else "."


def trace_of(
    drafter: Drafter,
    week: Week,
    rejections: tuple[Rejection, ...],
    habits: tuple[Candidate, ...],
    aside: tuple[SetAside, ...],
) -> tuple[TraceEntry, ...]:
    """Return an entry for every activity of the guidance, by id."""
    broken = {finding.code for finding in drafter.findings(week)}
    entries = [rejected_entry(rejection) for rejection in rejections]
    entries.extend(_habit_entry(drafter, habit) for habit in habits)
    entries.extend(_aside_entry(item) for item in aside)
    placed = {candidate.id: block for block in week for candidate in block.candidates}
    for candidate in drafter.candidates:
        block = placed.get(candidate.id)
        entries.append(
            _left_out_entry(drafter, week, candidate, broken)
            if block is None
            else _placed_entry(drafter, week, block, candidate)
        )
    return tuple(sorted(entries, key=lambda entry: entry.activity))


def _placed_entry(drafter: Drafter, week: Week, block: Block, candidate: Candidate) -> TraceEntry:
    return TraceEntry(
        activity=candidate.id,
        name=candidate.activity.name,
        technique=candidate.activity.technique,
        status=TraceStatus.PLACED,
        days=block.days,
        seconds=candidate.seconds,
        dose=_dose(candidate),
        reasons=[
            Reason(text=candidate.activity.summary, citations=candidate.activity.citations),
            *_goal_reasons(drafter, week, candidate),
            *_dose_reasons(candidate, len(block.days)),
            *_modification_reasons(drafter, candidate.prescription),
        ],
    )


def _dose(candidate: Candidate) -> str:
    words = dose_words(candidate.prescription.dose)
    return words if candidate.times == 1 else f"{words}, {candidate.times} times a day"


def _habit_entry(drafter: Drafter, habit: Candidate) -> TraceEntry:
    return TraceEntry(
        activity=habit.id,
        name=habit.activity.name,
        technique=habit.activity.technique,
        status=TraceStatus.PLACED,
        dose=dose_words(habit.prescription.dose),
        reasons=[
            Reason(text=habit.activity.summary, citations=habit.activity.citations),
            *_dose_reasons(habit, None),
            *_modification_reasons(drafter, habit.prescription),
        ],
    )


def _without(week: Week, activity: str) -> Week:
    blocks = (
        Block(
            tuple(candidate for candidate in block.candidates if candidate.id != activity),
            block.days,
        )
        for block in week
    )
    return tuple(block for block in blocks if block.candidates)


def _goal_reasons(drafter: Drafter, week: Week, candidate: Candidate) -> Iterator[Reason]:
    bare = _without(week, candidate.id)
    for goal in drafter.objective.goals:
        if reached(goal, week) > reached(goal, bare) and reached(goal, bare) < goal.target:
            yield Reason(
                text=f"{goal.text} (goal {goal.target}, the week reaches {reached(goal, week)})",
                citations=goal.citations,
            )


def _dose_reasons(candidate: Candidate, days: int | None) -> Iterator[Reason]:
    numbers = {
        parameter: value
        for parameter, value in dose_values(candidate.prescription.dose).items()
        if value is not None
    }
    setup = candidate.dose_range.limit(DoseParameter.SETUP_SECONDS)
    if setup is not None and setup.first:
        numbers[DoseParameter.SETUP_SECONDS] = setup.first
    numbers[DoseParameter.TIMES_PER_DAY] = candidate.times
    if days is not None:
        numbers[DoseParameter.DAYS_PER_WEEK] = days
    kind = candidate.dose_range.kind
    for parameter, value in numbers.items():
        limit = candidate.dose_range.limit(parameter)
        if limit is not None and (days is not None or parameter in PARAMETERS[kind]):
            yield Reason(
                text=f"{amount_words(parameter, value)} ({_span(limit)}; {limit.origin})",
                citations=limit.citations,
            )


def _span(limit: Limit) -> str:
    if limit.minimum == limit.maximum:
        return "guidance says just this"
    least, most = (bare_amount(limit.parameter, end) for end in (limit.minimum, limit.maximum))
    return f"guidance allows {least} to {most}"


def _modification_reasons(drafter: Drafter, prescription: Prescription) -> Iterator[Reason]:
    for restriction in drafter.context.catalog.restrictions.get(prescription.activity, ()):
        if restriction.id in prescription.modifications and restriction.modification is not None:
            yield Reason(
                text=f"Changed because of {restriction.when}: {restriction.modification.cue}",
                citations=restriction.citations,
            )


def _aside_entry(aside: SetAside) -> TraceEntry:
    rungs = aside.ladder.rungs
    harder = rungs.index(aside.chosen.id) > rungs.index(aside.candidate.id)
    return TraceEntry(
        activity=aside.candidate.id,
        name=aside.candidate.activity.name,
        technique=aside.candidate.activity.technique,
        status=TraceStatus.LEFT_OUT,
        seconds=aside.candidate.seconds,
        reasons=[
            Reason(
                text=(
                    f"{aside.chosen.activity.name}, {'a harder' if harder else 'an easier'} "
                    "version of the same movement, stands in for it."
                ),
                code=aside.code,
                citations=aside.ladder.citations,
            )
        ],
    )


def _left_out_entry(
    drafter: Drafter, week: Week, candidate: Candidate, broken: set[str]
) -> TraceEntry:
    return TraceEntry(
        activity=candidate.id,
        name=candidate.activity.name,
        technique=candidate.activity.technique,
        status=TraceStatus.LEFT_OUT,
        seconds=candidate.seconds,
        reasons=[_trade_off(drafter, week, candidate, broken)],
    )


def _trade_off(drafter: Drafter, week: Week, candidate: Candidate, broken: set[str]) -> Reason:
    """Return what adding the activity would cost and bring, and which rule stands in the way."""
    days = _days_for(drafter, week, candidate)
    time = duration_words(candidate.seconds)
    if len(days) < candidate.days[0]:
        return Reason(
            text=(
                f"It takes {time}{_at_least(candidate.days[0])}, and {_days_left(len(days))} "
                "that much time left."
            ),
            citations=_limit_citations(candidate),
        )
    larger = (*week, Block((candidate,), days))
    gain = drafter.objective.shortfall(week) - drafter.objective.shortfall(larger)
    cost = f"It would take {time} on {counted(len(days), 'day')}"
    if gain <= 0:
        return Reason(text=f"{cost} and serve no goal that the week does not reach already.")
    for finding in drafter.findings(larger):
        if finding.code not in broken:
            return Reason(
                text=f"{cost}, and then {finding.message}.",
                code=finding.code,
                citations=finding.citations,
            )
    return Reason(
        text=f"{cost}; what was chosen in its place serves the goals better or in less time."
    )


def _at_least(days: int) -> str:
    return "" if days == 1 else f" on at least {days} days a week"


def _days_left(number: int) -> str:
    match number:
        case 0:
            return "no day has"
        case 1:
            return "only 1 day has"
        case _:
            return f"only {number} days have"


def _limit_citations(candidate: Candidate) -> tuple[Citation, ...]:
    limit = candidate.dose_range.limit(DoseParameter.DAYS_PER_WEEK)
    return () if limit is None else limit.citations


def _days_for(drafter: Drafter, week: Week, candidate: Candidate) -> tuple[Weekday, ...]:
    """Return the days the activity would be added on: its technique's own, while time is left."""
    free = drafter.seconds_left(week)
    own = [
        day
        for block in week
        if block.technique is candidate.activity.technique
        for day in block.days
    ]
    fitting = [day for day in Weekday if free[day] >= candidate.seconds]
    preferred = [day for day in fitting if day in own] + [day for day in fitting if day not in own]
    most = max(candidate.days[0], min(len(own), candidate.days[1]))
    return tuple(sorted(preferred[:most], key=lambda day: day.order))
