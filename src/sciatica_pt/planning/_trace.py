"""Why the week is as it is: an entry for every activity of the guidance."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import attrs

from sciatica_pt.model.activities import Exercise
from sciatica_pt.model.doses import PARAMETERS, Hold, Limit, Repetitions, dose_values
from sciatica_pt.model.evidence import Citation
from sciatica_pt.model.routine import Prescription
from sciatica_pt.model.vocabulary import DoseParameter, TraceStatus, Weekday
from sciatica_pt.planning._words import (
    amount_words,
    bare_amount,
    counted,
    dose_words,
    duration_words,
    origin_words,
)
from sciatica_pt.planning.candidates import Candidate, Rejection
from sciatica_pt.planning.drafting import Drafter, Week
from sciatica_pt.planning.objective import Block, reached
from sciatica_pt.planning.plan import GoalServed, Reason, TraceEntry, TradeOff
from sciatica_pt.planning.rungs import SetAside
from sciatica_pt.rules import Fix, specs_of

__all__ = ["rejected_entry", "trace_of"]


def rejected_entry(rejection: Rejection) -> TraceEntry:
    """Return the entry of an activity that rules keep out, or that guidance gives no dose."""
    activity = rejection.activity
    return TraceEntry(
        activity=activity.id,
        name=activity.name,
        technique=activity.technique,
        status=TraceStatus.REJECTED,
        reasons=tuple(
            Reason(
                text=f"{_sentence(finding.message)}{_fix_text(finding.fixes)}",
                code=finding.code,
                question=finding.question,
                citations=finding.citations,
            )
            for finding in rejection.findings
        )
        or (_NO_DOSE,),
    )


#: What is said where no rule asks for a dose: there is still none to prescribe.
_NO_DOSE = Reason(text="Guidance gives it no dose in this phase.")


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
    told = _Told(drafter=drafter, week=week)
    entries = [rejected_entry(rejection) for rejection in rejections]
    entries.extend(_habit_entry(told, habit) for habit in habits)
    entries.extend(_aside_entry(item) for item in aside)
    placed: dict[str, tuple[Candidate, list[Weekday]]] = {}
    for block in week:
        for candidate in block.candidates:
            placed.setdefault(candidate.id, (candidate, []))[1].extend(block.days)
    entries.extend(_placed_entry(told, candidate, days) for candidate, days in placed.values())
    entries.extend(
        _left_out_entry(told, candidate)
        for candidate in drafter.candidates
        if candidate.id not in placed
    )
    return tuple(sorted(entries, key=lambda entry: entry.activity))


@attrs.frozen(kw_only=True, slots=False)
class _Told:
    """A week, and what several entries ask of it.

    Attributes:
        drafter: the person, the rules and the objective.
        week: the week.
    """

    drafter: Drafter
    week: Week

    @cached_property
    def reached(self) -> dict[str, int]:
        """How much of each goal the week reaches, by the goal's id."""
        return {goal.id: reached(goal, self.week) for goal in self.drafter.objective.goals}

    @cached_property
    def shortfall(self) -> int:
        """What the week's goals miss, in points."""
        return self.drafter.objective.shortfall(self.week)

    @cached_property
    def free(self) -> dict[Weekday, int]:
        """The seconds that the week leaves free on each day."""
        return self.drafter.seconds_left(self.week)

    @cached_property
    def broken(self) -> frozenset[str]:
        """The codes of the rules that have something against the week already."""
        return frozenset(finding.code for finding in self.drafter.findings(self.week))

    @cached_property
    def holding(self) -> dict[DoseParameter, str]:
        """The codes of the rules that hold each number of a dose to its limits."""
        return _codes(self.drafter)

    @cached_property
    def changing(self) -> str | None:
        """The code of the rule that has activities changed for a person."""
        codes = [spec.code for spec in specs_of(self.drafter.rules, "restriction-modify")]
        return codes[0] if codes else None


def _placed_entry(told: _Told, candidate: Candidate, days: list[Weekday]) -> TraceEntry:
    served = _goals_served(told, candidate)
    return TraceEntry(
        activity=candidate.id,
        name=candidate.activity.name,
        technique=candidate.activity.technique,
        status=TraceStatus.PLACED,
        days=tuple(sorted(days, key=lambda day: day.order)),
        seconds=candidate.seconds,
        dose=_dose(candidate),
        goals=served,
        reasons=(
            Reason(text=candidate.activity.summary, citations=candidate.activity.citations),
            *_goal_reasons(told.drafter, served),
            *_dose_reasons(told, candidate, len(days)),
            *_cut_reasons(told.drafter, candidate),
            *_day_reasons(told.drafter, candidate),
            *_modification_reasons(told, candidate.prescription),
        ),
    )


def _dose(candidate: Candidate) -> str:
    words = dose_words(candidate.prescription.dose)
    return words if candidate.times == 1 else f"{words}, {candidate.times} times a day"


def _habit_entry(told: _Told, habit: Candidate) -> TraceEntry:
    return TraceEntry(
        activity=habit.id,
        name=habit.activity.name,
        technique=habit.activity.technique,
        status=TraceStatus.PLACED,
        dose=dose_words(habit.prescription.dose),
        reasons=(
            Reason(text=habit.activity.summary, citations=habit.activity.citations),
            *_dose_reasons(told, habit, None),
            *_modification_reasons(told, habit.prescription),
        ),
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


def _goals_served(told: _Told, candidate: Candidate) -> tuple[GoalServed, ...]:
    """Return the goals that the week would be further from without an activity."""
    bare = _without(told.week, candidate.id)
    return tuple(
        GoalServed(goal=goal.id, target=goal.target, reached=now, without=less)
        for goal in told.drafter.objective.goals
        # What an activity of another technique does serves no goal of this one.
        if goal.technique in (None, candidate.activity.technique) and (now := told.reached[goal.id])
        if (less := reached(goal, bare)) < min(goal.target, now)
    )


def _goal_reasons(drafter: Drafter, served: tuple[GoalServed, ...]) -> Iterator[Reason]:
    goals = {goal.id: goal for goal in drafter.objective.goals}
    for item in served:
        goal = goals[item.goal]
        yield Reason(
            text=(
                f"{goal.text} The week reaches {item.reached} of {item.target}, and "
                f"{item.without} without it."
            ),
            citations=goal.citations,
        )


def _dose_reasons(told: _Told, candidate: Candidate, days: int | None) -> Iterator[Reason]:
    """Return the numbers of the dose, what guidance allows, and the rule that holds them to it."""
    dose = candidate.prescription.dose
    numbers = {
        parameter: value for parameter, value in dose_values(dose).items() if value is not None
    }
    setup = candidate.dose_range.limit(DoseParameter.SETUP_SECONDS)
    if setup is not None and setup.first:
        numbers[DoseParameter.SETUP_SECONDS] = setup.first
    if isinstance(dose, (Repetitions, Hold)) and dose.sets == 1 and not dose.per_side:
        # There is nothing to rest between.
        del numbers[DoseParameter.REST_SECONDS]
    numbers[DoseParameter.TIMES_PER_DAY] = candidate.times
    if days is not None:
        numbers[DoseParameter.DAYS_PER_WEEK] = days
    kind = candidate.dose_range.kind
    for parameter, value in numbers.items():
        limit = candidate.dose_range.limit(parameter)
        if limit is not None and (days is not None or parameter in PARAMETERS[kind]):
            yield Reason(
                text=f"{amount_words(parameter, value)}: {_span(limit)}.",
                code=told.holding.get(parameter),
                citations=limit.citations,
            )


def _cut_reasons(drafter: Drafter, candidate: Candidate) -> Iterator[Reason]:
    """Return why the dose is shorter than where the person is."""
    if candidate.cut:
        number = drafter.context.catalog.planning.get("shortening-seconds")
        yield Reason(
            text=(
                f"Shorter by {duration_words(candidate.cut)} than it would be with more time: a "
                "short dose is better than none."
            ),
            citations=() if number is None else number.citations,
        )


def _codes(drafter: Drafter) -> dict[DoseParameter, str]:
    """Return the codes of the rules that hold each number of a dose to its limits."""
    codes = {
        parameter: spec.code
        for spec in specs_of(drafter.rules, "dose-bounds")
        for parameter in spec.dose_parameters
    }
    for parameter, check in (
        (DoseParameter.DAYS_PER_WEEK, "days-per-week"),
        (DoseParameter.TIMES_PER_DAY, "times-per-day"),
    ):
        for spec in specs_of(drafter.rules, check):
            codes[parameter] = spec.code
    return codes


def _day_reasons(drafter: Drafter, candidate: Candidate) -> Iterator[Reason]:
    """Return the rules that keep the activity's days apart."""
    if not isinstance(candidate.activity, Exercise) or not candidate.activity.muscles:
        return
    for spec in specs_of(drafter.rules, "recovery"):
        if candidate.activity.technique in spec.techniques:
            hours = spec.number("minimum-hours")
            yield Reason(
                text=f"At least {hours} hours from one day of it to the next.",
                code=spec.code,
                citations=drafter.rules[spec.code].citations,
            )


def _span(limit: Limit) -> str:
    origin = origin_words(limit.origin)
    if limit.minimum == limit.maximum:
        return f"guidance says just this, {origin}"
    least, most = (bare_amount(limit.parameter, end) for end in (limit.minimum, limit.maximum))
    return f"guidance allows {least} to {most}, {origin}"


def _modification_reasons(told: _Told, prescription: Prescription) -> Iterator[Reason]:
    if not prescription.modifications:
        return
    for restriction in told.drafter.context.catalog.restrictions.get(prescription.activity, ()):
        if restriction.id in prescription.modifications and restriction.modification is not None:
            yield Reason(
                text=f"Changed for you. {restriction.reason} {restriction.modification.cue}",
                code=told.changing,
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
        reasons=(
            Reason(
                text=(
                    f"{aside.chosen.activity.name}, {'a harder' if harder else 'an easier'} "
                    "version of the same movement, stands in for it."
                ),
                code=aside.code,
                citations=aside.ladder.citations,
            ),
        ),
    )


def _left_out_entry(told: _Told, candidate: Candidate) -> TraceEntry:
    trade_off, reason = _trade_off(told, candidate)
    return TraceEntry(
        activity=candidate.id,
        name=candidate.activity.name,
        technique=candidate.activity.technique,
        status=TraceStatus.LEFT_OUT,
        seconds=candidate.seconds,
        trade_off=trade_off,
        reasons=(reason,),
    )


def _trade_off(told: _Told, candidate: Candidate) -> tuple[TradeOff, Reason]:
    """Return what adding the activity would cost and bring, and which rule stands in the way."""
    days = _days_for(told, candidate)
    time = duration_words(candidate.seconds)
    if len(days) < candidate.days[0]:
        return TradeOff(days=0, seconds=0, points=0), Reason(
            text=(
                f"It takes {time}{_at_least(candidate.days[0])}, and {_days_left(len(days))} "
                "that much time left."
            ),
            citations=_limit_citations(candidate),
        )
    larger = (*told.week, Block((candidate,), days))
    gain = max(0, told.shortfall - told.drafter.objective.shortfall(larger))
    trade_off = TradeOff(days=len(days), seconds=candidate.seconds * len(days), points=gain)
    cost = f"It would take {time} on {counted(len(days), 'day')}"
    if not gain:
        return trade_off, Reason(
            text=f"{cost} and serve no goal that the week does not reach already."
        )
    for finding in told.drafter.against(larger):
        if finding.code not in told.broken:
            return trade_off, Reason(
                text=f"{cost}, and then {finding.message}.",
                code=finding.code,
                citations=finding.citations,
            )
    return trade_off, Reason(
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


def _days_for(told: _Told, candidate: Candidate) -> tuple[Weekday, ...]:
    """Return the days the activity would be added on: its technique's own, while time is left."""
    free = told.free
    own = [
        day
        for block in told.week
        if block.technique is candidate.activity.technique
        for day in block.days
    ]
    fitting = [day for day in Weekday if free[day] >= candidate.seconds]
    preferred = [day for day in fitting if day in own] + [day for day in fitting if day not in own]
    most = max(candidate.days[0], min(len(own), candidate.days[1]))
    return tuple(sorted(preferred[:most], key=lambda day: day.order))
