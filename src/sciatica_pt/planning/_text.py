"""A plan as text: the week as a table, then the reason and the source of each line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from sciatica_pt.model.vocabulary import TraceStatus, Weekday
from sciatica_pt.planning._words import duration_words

if TYPE_CHECKING:
    from sciatica_pt.planning.plan import Plan, TraceEntry

__all__ = ["plan_text"]

_WIDTH = 100
_DONE = "x"
_SECONDS_A_MINUTE = 60


def _minutes(seconds: int) -> int:
    return -(-seconds // _SECONDS_A_MINUTE)


def _wrap(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=" " * len(indent),
        break_on_hyphens=False,
    )


def _in_session_order(plan: Plan) -> list[TraceEntry]:
    """Return the scheduled activities so that each comes after all that precede it on any day."""
    before: dict[str, list[str]] = {}
    for session in plan.routine.sessions:
        names = [item.activity for item in session.prescriptions]
        for name, earlier in zip(names, [None, *names], strict=False):
            before.setdefault(name, []).extend([] if earlier is None else [earlier])
    entries = {entry.activity: entry for entry in plan.trace}
    return [entries[name] for name in TopologicalSorter(before).static_order()]


def _table(plan: Plan) -> list[str]:
    """Return a line for each activity with its days, and its dose below it."""
    rows = _in_session_order(plan)
    name = max([len(entry.name) for entry in rows], default=0)
    days = " ".join(day.capitalize() for day in Weekday)
    lines = [f"{'':{name}}  {days}  a day"]
    for entry in rows:
        marks = " ".join(f"{_DONE if day in entry.days else '.':^3}" for day in Weekday)
        lines.append(f"{entry.name:{name}}  {marks}  {duration_words(entry.seconds)}")
        lines += _wrap(entry.dose or "", "  ")
    totals = [
        _minutes(sum(entry.seconds for entry in rows if day in entry.days)) for day in Weekday
    ]
    cells = " ".join(f"{total or '.':^3}" for total in totals)
    lines.append(f"{'minutes':{name}}  {cells}  {sum(totals)} in all")
    return lines


def _proof(plan: Plan) -> Iterator[str]:
    """Yield how far from the best week this one can be at most, unless it is proven the best."""
    if plan.proven:
        return
    here, least = (
        ", ".join(f"{term.name} {term.value} {term.unit}" for term in terms)
        for terms in (plan.objective, plan.bound)
    )
    yield ""
    yield from _wrap(f"Not proven to be the best week. It has {here}.", "")
    if least:
        yield from _wrap(f"No week comes below {least}, compared from the first.", "")


def _why(plan: Plan, kept: list[TraceEntry]) -> Iterator[str]:
    yield "Why, and from where (the statements in brackets are in the guidance):"
    for entry in [*_in_session_order(plan), *kept]:
        yield from ("", f"  {entry.name}")
        for reason in entry.reasons:
            yield from _wrap(str(reason), "    - ")


def _others(plan: Plan) -> Iterator[str]:
    for heading, status in (
        ("Left out:", TraceStatus.LEFT_OUT),
        ("Not for this person now:", TraceStatus.REJECTED),
    ):
        entries = [entry for entry in plan.trace if entry.status is status]
        if entries:
            yield from ("", heading)
        for entry in entries:
            reason = str(entry.reasons[0])
            named = reason.startswith(entry.name)
            yield from _wrap(reason if named else f"{entry.name}: {reason}", "  ")


def _open(plan: Plan) -> Iterator[str]:
    if plan.report.findings:
        yield from ("", "Worth a look:")
    for finding in plan.report.findings:
        yield from _wrap(str(finding), "  ")
    questions = plan.report.questions
    if questions:
        yield from ("", f"Not judged until someone answers ({len(questions)}):")
    for question in questions:
        yield from _wrap(question, "  - ")


def plan_text(plan: Plan) -> str:
    """Return the week as a table, the reasons with their sources, and what is still unknown."""
    refs = ", ".join(f"{ref.id} {ref.version}" for ref in plan.routine.guidance)
    habits = {item.activity for item in plan.routine.habits}
    kept = [entry for entry in plan.trace if entry.activity in habits]
    lines = [f"A week for the {plan.routine.phase} phase (guidance: {refs})", ""]
    lines += _table(plan) if plan.routine.sessions else ["No session fits into this week."]
    lines += [*_proof(plan), "", "Every day:"]
    for entry in kept:
        lines += _wrap(f"{entry.name}: {entry.dose}", "  ")
    lines += ["", *_why(plan, kept), *_others(plan), *_open(plan), ""]
    for notice in plan.notices:
        lines += _wrap(notice, "")
    return "\n".join(lines)
