"""Whether a change of an outcome score is more than chance, and matters."""

from __future__ import annotations

from enum import StrEnum

import attrs

from sciatica_pt.errors import GuidanceError, InvalidValueError
from sciatica_pt.guidance import Catalog, default_guidance, unknown_word
from sciatica_pt.model.constraints import Finite, Instance, Member, Text, checked, member
from sciatica_pt.model.log import OutcomeScore, as_score
from sciatica_pt.model.progression import OutcomeMeasure

__all__ = ["OutcomeChange", "ScoreChange", "outcome_change"]

_WHOLE = 100


class ScoreChange(StrEnum):
    """What a change of a score means; unknown when no important change is agreed."""

    BETTER = "better"
    WORSE = "worse"
    UNIMPORTANT = "unimportant"
    UNKNOWN = "unknown"


def as_score_change(value: ScoreChange | str) -> ScoreChange:
    """Convert a word."""
    return member(ScoreChange, value)


@attrs.frozen(kw_only=True, field_transformer=checked)
class OutcomeChange:
    """The change between two scores of one measure.

    Attributes:
        measure: the measure, with its important change and the source of that.
        points: the later score less the earlier, in points.
        meaning: better, worse, unimportant, or unknown.
        reason: why, in a sentence.
    """

    measure: OutcomeMeasure = attrs.field(validator=Instance(OutcomeMeasure))
    points: float = attrs.field(converter=as_score, validator=Finite("points", -1000.0, 1000.0))
    meaning: ScoreChange = attrs.field(converter=as_score_change, validator=Member(ScoreChange))
    reason: str = attrs.field(validator=Text("a reason"))


def outcome_change(
    before: OutcomeScore, after: OutcomeScore, *, guidance: Catalog | None = None
) -> OutcomeChange:
    """Return what the change from one score to a later one means.

    Args:
        before: the earlier score.
        after: the later score, of the same measure.
        guidance: whose measures are meant; `None` for the bundled packs.

    Raises:
        GuidanceError: the guidance knows no such measure.
        InvalidValueError: the scores are of two measures, in the wrong order, or out of range.

    >>> first = OutcomeScore(measure="odi", on=dt.date(2026, 1, 5), score=40)
    >>> outcome_change(first, OutcomeScore(measure="odi", on=dt.date(2026, 2, 2), score=28)).meaning
    <ScoreChange.BETTER: 'better'>
    """
    catalog = default_guidance() if guidance is None else guidance
    measure = catalog.measures.get(before.measure)
    if measure is None:
        raise GuidanceError(
            "the score can't be judged",
            [unknown_word("$.measure", "a measure", before.measure, catalog.measures)],
        )
    _check(before, after, measure)
    points = after.score - before.score
    meaning, reason = _meaning(before.score, points, measure)
    return OutcomeChange(measure=measure, points=points, meaning=meaning, reason=reason)


def _check(before: OutcomeScore, after: OutcomeScore, measure: OutcomeMeasure) -> None:
    if after.measure != before.measure:
        raise InvalidValueError(where="after.measure", expected=before.measure, found=after.measure)
    if after.on < before.on:
        raise InvalidValueError(
            where="after.on",
            expected=f"a day from {before.on.isoformat()} on",
            found=after.on.isoformat(),
        )
    for where, score in (("before.score", before.score), ("after.score", after.score)):
        if not measure.least <= score <= measure.most:
            raise InvalidValueError(
                where=where,
                expected=f"{measure.least} to {measure.most} points of {measure.id}",
                found=f"{score}",
            )


def _meaning(first: float, points: float, measure: OutcomeMeasure) -> tuple[ScoreChange, str]:
    size = abs(points)
    error = measure.error_points
    if error is not None and size <= error:
        return ScoreChange.UNIMPORTANT, f"{size:g} points are within the error of measurement."
    wanted = measure.important_points
    share = measure.important_percent
    if wanted is None and share is None:
        return ScoreChange.UNKNOWN, "No important change is agreed for this measure."
    enough = (wanted is not None and size >= wanted) or (
        share is not None and 0 < size * _WHOLE >= first * share
    )
    if not enough:
        return ScoreChange.UNIMPORTANT, f"{size:g} points are less than a change that matters."
    better = (points < 0) is measure.lower_is_better
    word = ScoreChange.BETTER if better else ScoreChange.WORSE
    return word, f"{size:g} points are a change that matters."
