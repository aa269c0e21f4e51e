"""What the commands show: activities, rules, restrictions and warning signs, with their sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from sciatica_pt.cli._layout import brackets, columns, sentences, wrapped
from sciatica_pt.guidance import Catalog, walk
from sciatica_pt.model.activities import (
    Activity,
    EquipmentNeed,
    Exercise,
    Habit,
    ManualTherapy,
    Modality,
    dose_range_for,
)
from sciatica_pt.model.doses import DoseRange, Limit
from sciatica_pt.model.evidence import Citation
from sciatica_pt.model.guidelines import RuleSpec
from sciatica_pt.model.safety import RedFlag, Restriction
from sciatica_pt.model.vocabulary import DoseParameter, Phase, Technique
from sciatica_pt.planning import TraceEntry, duration_words

__all__ = [
    "activity_list",
    "activity_page",
    "entry_page",
    "limit_words",
    "number_name",
    "red_flag_page",
    "restriction_page",
    "rule_list",
    "rule_page",
]

_TECHNIQUES = list(Technique)


def _cited_in(value: object) -> list[Citation]:
    return [item for _, item in walk(value) if isinstance(item, Citation)]


def _with_source(text: str, citations: tuple[Citation, ...]) -> str:
    return f"{text} {brackets(citations)}"


_P = DoseParameter
_NUMBERS = {
    _P.SETS: "sets",
    _P.REPS: "repetitions in a set",
    _P.HOLD_SECONDS: "hold",
    _P.REP_SECONDS: "pace of a repetition",
    _P.REST_SECONDS: "rest between sets",
    _P.DURATION_SECONDS: "time",
    _P.EVERY_SECONDS: "time between prompts",
    _P.EFFORT: "effort of 10",
    _P.SETUP_SECONDS: "getting ready",
    _P.DAYS_PER_WEEK: "days a week",
    _P.TIMES_PER_DAY: "times a day",
}


def number_name(limit: Limit) -> str:
    """Return which number it is that a limit bounds, in words."""
    return _NUMBERS[limit.parameter]


def limit_words(limit: Limit) -> str:
    """Return the bounds of a number in words."""
    least, first, most = (
        duration_words(value) if limit.parameter.endswith("_seconds") else f"{value}"
        for value in (limit.minimum, limit.first, limit.maximum)
    )
    return least if least == most else f"{least} to {most}, first {first}"


# --- Activities


def activity_list(guidance: Catalog) -> str:
    """Return the activities as a table, by technique, with the phases they are offered in."""
    rows: list[tuple[str, ...]] = [("id", "technique", *Phase, "name")]
    rows.extend(
        (
            activity.id,
            activity.technique.value,
            *("x" if dose_range_for(activity, phase) else "." for phase in Phase),
            activity.name,
        )
        for activity in sorted(
            guidance.activities.values(),
            key=lambda item: (_TECHNIQUES.index(item.technique), item.id),
        )
    )
    return "\n".join([*columns(rows), "", "To see one: sciatica-pt catalog ID"])


def activity_page(activity: Activity, guidance: Catalog) -> str:
    """Return all that the guidance says of an activity."""
    lines = [
        f"{activity.name} ({activity.id})",
        f"{activity.technique}, {activity.stage} stage, {activity.origin}",
        "",
        *wrapped(_with_source(activity.summary, activity.citations)),
        *_facts(activity, guidance),
        "",
        "Steps",
    ]
    for number, step in enumerate(activity.steps, start=1):
        lines += wrapped(_with_source(step.text, step.citations), f"  {number}. ")
    for dose_range in activity.doses:
        lines += ["", *_doses(dose_range)]
    restrictions = guidance.restrictions.get(activity.id, ())
    if restrictions:
        lines += ["", "Not for everybody"]
    for restriction in restrictions:
        lines += wrapped(
            f"{restriction.level}, {restriction.when}: {restriction.reason} ({restriction.id}) "
            f"{brackets(restriction.citations)}",
            "  - ",
        )
    lines += sentences([*_cited_in(activity), *_cited_in(restrictions)], guidance)
    return "\n".join(lines)


def _facts(activity: Activity, guidance: Catalog) -> Iterator[str]:
    """Yield what an activity needs, works and must mind, a line each."""
    match activity:
        case Exercise():
            yield from wrapped(f"Position: {activity.position}", "", "  ")
            if activity.muscles:
                names = [guidance.muscles[name].name for name in sorted(activity.muscles)]
                yield from wrapped(f"Works: {', '.join(names)}", "", "  ")
            if activity.feel is not None:
                yield from wrapped(f"Feel: {activity.feel}", "", "  ")
        case Modality():
            yield from _forms(activity, guidance)
        case ManualTherapy():
            yield from _forms(activity, guidance)
            yield from wrapped(f"Given by: {', '.join(sorted(activity.providers))}", "", "  ")
        case Habit():
            yield from wrapped(f"When: {activity.situation}", "", "  ")
        case _:  # pragma: no cover
            assert_never(activity)
    if isinstance(activity, (Exercise, Modality)) and activity.stop_when is not None:
        yield from wrapped(f"Stop when: {activity.stop_when}", "", "  ")
    for need in activity.equipment:
        yield from wrapped(f"Needs: {_need(need, guidance)}", "", "  ")


def _need(need: EquipmentNeed, guidance: Catalog) -> str:
    names = " or ".join(guidance.equipment[name].name for name in need.any_of)
    return _with_source(names, need.citations)


def _forms(activity: Modality | ManualTherapy, guidance: Catalog) -> Iterator[str]:
    for form in activity.forms:
        text = f"Form: {_with_source(form.name, form.citations)}"
        for need in form.equipment:
            text += f"; needs {_need(need, guidance)}"
        if form.barrier is not None:
            text += f"; on the skin {_need(form.barrier, guidance)}"
        yield from wrapped(text, "", "  ")


def _doses(dose_range: DoseRange) -> list[str]:
    phases = ", ".join(phase for phase in Phase if phase in dose_range.phases)
    rows = [
        (
            number_name(limit),
            limit_words(limit),
            limit.origin.value,
            brackets(limit.citations),
        )
        for limit in dose_range.limits
    ]
    return [f"Dose, {phases} ({dose_range.kind})", *columns(rows, "  ")]


def entry_page(entry: TraceEntry, guidance: Catalog) -> str:
    """Return why an activity is in a week or not, with the sentences behind it."""
    heading, *_ = str(entry).splitlines()
    lines = [heading]
    for reason in entry.reasons:
        lines += wrapped(str(reason), "  - ")
    cited = _cited_in(entry)
    return "\n".join([*lines, *(sentences(cited, guidance) if cited else ())])


# --- Rules


def rule_list(guidance: Catalog) -> str:
    """Return the rules as a table, by code."""
    rows = [
        (rule.code, rule.name, rule.severity.value, rule.summary)
        for rule in guidance.rules.values()
    ]
    return "\n".join([*columns(rows), "", "To see one: sciatica-pt rules CODE"])


def rule_page(rule: RuleSpec, guidance: Catalog) -> str:
    """Return a rule: what it demands, why, over what, with which numbers, and from where."""
    lines = [
        f"{rule.code} {rule.name}",
        f"{rule.severity}, looks at each {rule.scope}, since {rule.since}",
        "",
        *wrapped(_with_source(rule.summary, rule.citations)),
        *wrapped(f"Why: {rule.why}", "", "  "),
        *wrapped(f"What to do: {rule.fix}", "", "  "),
    ]
    about: tuple[tuple[str, list[str]], ...] = (
        ("Techniques", sorted(rule.techniques)),
        ("Phases", [phase for phase in Phase if phase in rule.phases]),
        ("Stages", list(rule.stages)),
        ("Numbers of a dose", sorted(rule.dose_parameters)),
    )
    for name, words in about:
        if words:
            lines += wrapped(f"{name}: {', '.join(words)}", "", "  ")
    if rule.parameters:
        rows = [
            (item.name, f"{item.value} {item.unit}", item.origin.value, brackets(item.citations))
            for item in rule.parameters
        ]
        lines += ["", "Its own numbers", *columns(rows, "  ")]
    return "\n".join([*lines, *sentences(_cited_in(rule), guidance)])


# --- Safety


def restriction_page(restriction: Restriction, guidance: Catalog) -> str:
    """Return a contraindication or precaution."""
    names = ", ".join(sorted(restriction.activities))
    lines = [
        f"{restriction.id} ({restriction.level}, {restriction.origin})",
        *wrapped(f"In force with: {restriction.when}", "", "  "),
        *wrapped(f"Asked as: {guidance.questions[restriction.when].ask}", "", "  "),
        *wrapped(f"While that is unknown: {restriction.when_unknown}", "", "  "),
        *wrapped(f"About: {names}", "", "  "),
        *wrapped(f"Why: {_with_source(restriction.reason, restriction.citations)}", "", "  "),
    ]
    change = restriction.modification
    if change is not None:
        lines += wrapped(f"Change: {change.cue}", "", "  ")
        if change.replace_with is not None:
            lines += wrapped(f"Do instead: {change.replace_with}", "", "  ")
        for limit in change.limits:
            text = _with_source(f"{number_name(limit)} {limit_words(limit)}", limit.citations)
            lines += wrapped(f"Limit: {text}", "", "  ")
    return "\n".join([*lines, *sentences(_cited_in(restriction), guidance)])


def red_flag_page(flag: RedFlag, guidance: Catalog) -> str:
    """Return a warning sign, its question and what to do."""
    lines = [
        f"{flag.name} ({flag.id}, {flag.tier}, {flag.origin})",
        *wrapped(f"Asked as: {flag.ask}", "", "  "),
        *wrapped(f"When yes: {_with_source(flag.action, flag.citations)}", "", "  "),
    ]
    return "\n".join([*lines, *sentences(flag.citations, guidance)])
