"""What must be true of every step, whoever the person is and whatever was logged."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from sciatica_pt.guidance import Catalog
from sciatica_pt.model import (
    DoseParameter,
    Irritability,
    Level,
    Prescription,
    Profile,
    Routine,
    SessionLog,
    Technique,
    Weekday,
    dose_seconds,
    dose_values,
)
from sciatica_pt.progression import (
    Adjustment,
    ProgressDecision,
    ProgressState,
    ProgressStep,
    SetbackKind,
    SetbackStage,
)
from sciatica_pt.validation import validate

_EASING = (DoseParameter.REST_SECONDS, DoseParameter.EVERY_SECONDS)


def placed(week: Routine) -> dict[str, list[tuple[Weekday, Prescription]]]:
    """Return where each activity stands, counted here and not by the library."""
    found: dict[str, list[tuple[Weekday, Prescription]]] = {}
    for session in week.sessions:
        for item in session.prescriptions:
            found.setdefault(item.activity, []).append((session.day, item))
    return found


def numbers(items: list[tuple[Weekday, Prescription]]) -> dict[str, int]:
    """Return every number of an activity in a week, its days and times a day too."""
    found: dict[str, int] = {}
    for _, item in items:
        for parameter, value in dose_values(item.dose).items():
            if value is not None and parameter not in _EASING:
                found[parameter] = max(found.get(parameter, 0), value)
    days = [day for day, _ in items]
    found["days"] = len(set(days))
    found["times"] = max(days.count(day) for day in days)
    return found


def aerobic_seconds(week: Routine, catalog: Catalog) -> int:
    """Return the seconds of aerobic exercise in a week."""
    return sum(
        dose_seconds(item.dose)
        for name, items in placed(week).items()
        if catalog.activities[name].technique is Technique.AEROBIC
        for _, item in items
    )


@attrs.frozen(kw_only=True)
class Case:
    """A step with what went into it."""

    before: Routine
    profile: Profile
    logs: tuple[SessionLog, ...]
    state: ProgressState | None
    step: ProgressStep
    moved: bool = False
    """Whether a policy may have moved days or left them out."""
    called: bool = False
    """Whether the caller decided, which is by no rule."""

    @property
    def lowered(self) -> tuple[Level, ...]:
        """What bad weeks before took away."""
        return () if self.state is None else self.state.lowered


def broken(case: Case, catalog: Catalog) -> Iterator[str]:
    """Yield every law that a step breaks, in words."""
    before, step = case.before, case.step
    yield from _decided(case)
    yield from _flared(case)
    for decision in step.decisions:
        yield from _reasons(decision, catalog, called=case.called)
    if step.routine is None:
        if not step.review:
            yield "no week, and nobody is asked"
        return
    if step.report is None or not step.report.conforms:
        yield "the next week breaks a rule"
    if step.profile.stopped & placed(step.routine).keys():
        yield "what was stopped is there"
    if step.routine.phase is before.phase:
        yield from _rises(case, step.routine, catalog)
        if not case.moved:
            yield from _stays(case, step.routine, catalog)
    else:
        yield from _entered(before, step.routine, catalog)
    if not case.logs and step.routine.phase is before.phase and _more(before, step.routine):
        yield "nobody logged anything, and something went up"


def _flared(case: Case) -> Iterator[str]:
    setbacks = (None if case.state is None else case.state.setback, case.step.state.setback)
    was, now = (item is not None and item.kind is SetbackKind.FLARE for item in setbacks)
    height = was and setbacks[0] is not None and setbacks[0].stage is SetbackStage.REDUCED
    said, kept = case.profile.flare, case.step.profile.flare
    if not (was or now) and kept is not said:
        yield "no flare-up goes on, and yet something was said of one"
    if said is True and kept is not True and not height:
        yield "a flare-up that the person reports is unsaid"


def _decided(case: Case) -> Iterator[str]:
    names = {item.activity for s in case.before.sessions for item in s.prescriptions}
    names |= {item.activity for item in case.before.habits}
    back = {decision.activity for decision in case.step.decisions if decision.before is None}
    if {decision.activity for decision in case.step.decisions} - back != names:
        yield "a decision for each activity, and no other"
    if not back <= {level.activity for level in case.lowered}:
        yield "something is back that was never left out"


def _reasons(decision: ProgressDecision, catalog: Catalog, *, called: bool) -> Iterator[str]:
    name = decision.activity
    if decision.rule is not None and decision.rule not in {*catalog.progressions, *catalog.rules}:
        yield f"{name} names a rule that nobody knows"
    if decision.rule is not None and not decision.citations:
        yield f"{name} names no source"
    # A caller may raise what the library would ask about first; the question stays to be seen.
    if decision.adjustment is Adjustment.ADVANCE and decision.questions and not called:
        yield f"{name} goes up with a question open"
    if decision.adjustment is not Adjustment.HOLD and decision.rule is None:
        unknown = decision.adjustment is Adjustment.INDETERMINATE and decision.questions
        anew = "the week had to be planned anew." in decision.reason
        if not unknown and not anew and not called:
            yield f"{name} is to {decision.adjustment} by no rule"


def _entered(before: Routine, after: Routine, catalog: Catalog) -> Iterator[str]:
    """A new phase raises one number at most, and none above the least that it gives."""
    old, new = placed(before), placed(after)
    for name in sorted(old.keys() & new.keys()):
        offer = catalog.range(name, after.phase)
        assert offer is not None
        was, will = dose_values(old[name][0][1].dose), dose_values(new[name][0][1].dose)
        numbers_then, numbers_now = numbers(old[name]), numbers(new[name])
        up = [key for key, value in numbers_now.items() if value > numbers_then.get(key, 0)]
        if len(up) > 1:
            yield f"{name} enters the phase higher in {' and '.join(up)}"
        for limit in offer.limits:
            number, earlier = will.get(limit.parameter), was.get(limit.parameter)
            if number is None or earlier is None or limit.parameter in _EASING:
                continue
            if number > max(earlier, limit.minimum):
                yield f"{name} enters the phase above its least {limit.parameter}"


def _more(before: Routine, after: Routine) -> bool:
    old, new = placed(before), placed(after)
    return any(
        value > numbers(old[name]).get(key, 0)
        for name in old.keys() & new.keys()
        for key, value in numbers(new[name]).items()
    )


def _rises(case: Case, after: Routine, catalog: Catalog) -> Iterator[str]:
    before, state, step = case.before, case.state, case.step
    old, new = placed(before), placed(after)
    for name in sorted(old.keys() & new.keys()):
        was, will = numbers(old[name]), numbers(new[name])
        up = [key for key, value in will.items() if value > was.get(key, 0)]
        if len(up) > 1:
            yield f"{name} rises in {' and '.join(up)}"
        decision = step.decision(name)
        if up and decision.adjustment is not Adjustment.ADVANCE:
            yield f"{name} rises in {up[0]} though the decision is {decision.adjustment}"
    earlier, now = None if state is None else state.setback, step.state.setback
    # What comes back after a setback was reached before, so it is no rise.
    back = earlier is not None and (now is None or now.stage is SetbackStage.RETURNING)
    was_seconds, seconds = aerobic_seconds(before, catalog), aerobic_seconds(after, catalog)
    # A tenth a week, or a fifth when symptoms are hardly stirred up.
    most = 12 if case.profile.irritability is Irritability.LOW else 11
    if not back and was_seconds and seconds * 10 > was_seconds * most:
        yield f"aerobic exercise rises from {was_seconds} to {seconds} seconds"


def _stays(case: Case, after: Routine, catalog: Catalog) -> Iterator[str]:
    before, step = case.before, case.step
    old, new = placed(before), placed(after)
    changed = {
        decision.activity
        for decision in step.decisions
        if decision.before != decision.after
        or decision.days is not None
        or decision.becomes is not None
    }
    days = {name: {day for day, _ in items} for name, items in (old | new).items()}
    was = {name: {day for day, _ in items} for name, items in old.items()}
    moved = [name for name in sorted(old.keys() & new.keys()) if was[name] - days[name]]
    for name in moved:
        if days[name] - was[name] and " It moves from " not in step.decision(name).reason:
            yield f"{name} was moved and nobody says so"
    if any(step.decision(name).after is None for name in old if name in changed):
        return  # Something went; the week may have had to be planned anew.
    unasked = [name for name in moved if name not in changed]
    # Who has less time than the week takes may have to do things on other days.
    if unasked and validate(before, profile=case.profile, guidance=catalog).conforms:
        yield f"{' and '.join(unasked)} moved though nothing changed"
