"""Shorter doses of an activity, for days that lack the time for the whole one."""

from __future__ import annotations

import attrs

from sciatica_pt.model.doses import Continuous
from sciatica_pt.model.vocabulary import DoseParameter, Technique
from sciatica_pt.planning.candidates import Candidate, consider_prescription
from sciatica_pt.planning.drafting import Drafter

__all__ = ["least_seconds", "shorter_doses"]


def _shorter(candidate: Candidate, step: int) -> tuple[Continuous, ...]:
    """Return the shorter doses that guidance allows, the longest first."""
    dose = candidate.prescription.dose
    limit = candidate.dose_range.limit(DoseParameter.DURATION_SECONDS)
    if (
        not step
        or candidate.activity.technique is not Technique.AEROBIC
        or not isinstance(dose, Continuous)
        or limit is None
    ):
        return ()
    return tuple(
        attrs.evolve(dose, duration_seconds=seconds)
        for seconds in range(dose.duration_seconds - step, limit.minimum - 1, -step)
    )


def least_seconds(candidate: Candidate, step: int) -> int:
    """Return the seconds of a day on which an activity is done with its shortest dose.

    Args:
        candidate: the activity with its whole dose.
        step: the steps, in seconds, by which its dose may be shorter; 0 for never.
    """
    return candidate.seconds - len(_shorter(candidate, step)) * step * candidate.times


def shorter_doses(candidate: Candidate, drafter: Drafter) -> tuple[Candidate, ...]:
    """Return the candidates for shorter doses of an activity, the longest first.

    A week holds one dose of an activity at most.
    Only aerobic work is shortened: the other techniques give the number of times and the seconds
    of each, and less of these is another exercise.
    The rules are asked about each dose, as they were about the whole one.

    Args:
        candidate: the activity with its whole dose.
        drafter: the person, the rules and the objective, which says the steps.
    """
    shorter: list[Candidate] = []
    for dose in _shorter(candidate, drafter.objective.shortening_seconds):
        judged = consider_prescription(
            attrs.evolve(candidate.prescription, dose=dose),
            candidate.times,
            drafter.context,
            drafter.rules,
            insisted=False,
        )
        if isinstance(judged, Candidate):
            shorter.append(attrs.evolve(judged, cut=candidate.seconds - judged.seconds))
    return tuple(shorter)
