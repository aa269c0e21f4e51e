"""SPT5xx: is each session in a sensible order, of a sensible size, and within the day's time?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sciatica_pt.model.actions import RemoveItem, ReorderSession
from sciatica_pt.model.guidelines import RuleSpec
from sciatica_pt.model.vocabulary import Scope, Stage
from sciatica_pt.rules.engine import Check
from sciatica_pt.rules.findings import PASSED, Verdict, failed, unknown
from sciatica_pt.rules.subjects import Context, DayView, SessionView, item_seconds

__all__ = ["CHECKS"]

_SECONDS_A_MINUTE = 60


def stage_order(spec: RuleSpec, session: SessionView, context: Context) -> Iterator[Verdict]:
    """The parts of a session follow each other in the rule's order."""
    del context
    order = {stage: place for place, stage in enumerate(spec.stages)}
    latest = None
    for item in session.items:
        if item.activity is None or item.activity.stage not in order:
            continue
        stage = item.activity.stage
        if latest is not None and order[stage] < order[latest]:
            yield failed(
                f"{item.name} comes too late in the session",
                path=item.path,
                observed=f"{stage} after {latest}",
                expected=" then ".join(spec.stages),
                reduce="Reorder the session.",
                action=ReorderSession(path=session.path, order=_order(session, order)),
            )
        else:
            latest = stage
            yield PASSED


def _order(session: SessionView, order: dict[Stage, int]) -> tuple[int, ...]:
    """Return the places of a session's items in the order of their stages.

    What has no stage in the order stays behind what it followed.
    """
    ranks: list[int] = []
    for item in session.items:
        behind = ranks[-1] if ranks else 0
        stage = None if item.activity is None else item.activity.stage
        ranks.append(behind if stage is None else order.get(stage, behind))
    return tuple(sorted(range(len(ranks)), key=lambda place: ranks[place]))


def session_size(spec: RuleSpec, session: SessionView, context: Context) -> Iterator[Verdict]:
    """A session holds at most so many activities."""
    del context
    most = spec.number("maximum-activities")
    if len(session.items) <= most:
        yield PASSED
    else:
        yield failed(
            "the session holds too much to remember",
            observed=f"{len(session.items)} activities",
            expected=f"at most {most}",
            reduce="Leave some out, or do them at another time of day.",
            action=RemoveItem(path=session.items[-1].path),
        )


def block_size(spec: RuleSpec, session: SessionView, context: Context) -> Iterator[Verdict]:
    """A session holds at most so many activities of each of the rule's techniques."""
    del context
    most = spec.number("maximum-activities")
    counts = Counter(
        item.activity.technique
        for item in session.items
        if item.activity is not None and item.activity.technique in spec.techniques
    )
    for technique, count in sorted(counts.items()):
        if count <= most:
            yield PASSED
        else:
            yield failed(
                f"the session holds too much {technique}",
                observed=f"{count} activities",
                expected=f"at most {most}",
                reduce="Leave some out.",
                action=RemoveItem(
                    path=next(
                        item.path
                        for item in reversed(session.items)
                        if item.activity is not None and item.activity.technique is technique
                    )
                ),
            )


def no_repeats(spec: RuleSpec, session: SessionView, context: Context) -> Iterator[Verdict]:
    """A session holds no activity twice."""
    del spec, context
    seen: set[str] = set()
    for item in session.items:
        if item.prescription.activity in seen:
            yield failed(
                f"{item.name} is in the session twice",
                path=item.path,
                reduce="Leave the second one out; more of it belongs into its sets.",
                action=RemoveItem(path=item.path),
            )
        else:
            seen.add(item.prescription.activity)
            yield PASSED


def day_minutes(spec: RuleSpec, day: DayView, context: Context) -> Iterator[Verdict]:
    """A day's sessions take no longer than the person has."""
    del spec
    if not day.sessions:
        return
    seconds = sum(item_seconds(item) for item in day.items)
    minutes = -(-seconds // _SECONDS_A_MINUTE)
    if context.profile is None:
        yield unknown(
            f"nobody has said how much time there is on {day.day.capitalize()}",
            f"Are there {minutes} minutes on {day.day.capitalize()}?",
        )
    elif seconds <= context.profile.minutes.on(day.day) * _SECONDS_A_MINUTE:
        yield PASSED
    else:
        yield failed(
            f"{day.day.capitalize()} takes longer than the person has",
            observed=f"{minutes} minutes",
            expected=f"at most {context.profile.minutes.on(day.day)} minutes",
            reduce="Leave something out, or move it to another day.",
            action=RemoveItem(path=day.items[-1].path),
        )


CHECKS: dict[str, tuple[Scope, Check]] = {
    "stage-order": (Scope.SESSION, stage_order),
    "session-size": (Scope.SESSION, session_size),
    "block-size": (Scope.SESSION, block_size),
    "no-repeats": (Scope.SESSION, no_repeats),
    "day-minutes": (Scope.DAY, day_minutes),
}
