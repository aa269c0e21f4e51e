"""Which version of a movement: one rung of each ladder."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from sciatica_pt.model.activities import Ladder
from sciatica_pt.model.vocabulary import DoseParameter, Weekday
from sciatica_pt.planning.candidates import Candidate
from sciatica_pt.planning.objective import SECONDS_A_MINUTE
from sciatica_pt.planning.shortening import least_seconds
from sciatica_pt.rules import Context, RuleSet, specs_of

__all__ = ["SetAside", "choose_rungs"]

_CHECK = "one-rung"


@attrs.frozen(kw_only=True)
class SetAside:
    """A version of a movement that another one stands in for.

    Attributes:
        candidate: the version set aside.
        chosen: the version that stands in for it.
        ladder: the ladder that both are on.
        code: the code of the rule that allows only one.
    """

    candidate: Candidate
    chosen: Candidate
    ladder: Ladder
    code: str


def choose_rungs(
    candidates: Sequence[Candidate], context: Context, rules: RuleSet, *, step: int = 0
) -> tuple[tuple[Candidate, ...], tuple[SetAside, ...]]:
    """Return the candidates with one version of each movement, and those set aside.

    What is offered has already been cut to the phase and to the person's conditions, so the
    hardest version left is the right one to start from.
    Three things come before that, in turn: that a version fits into as many days as guidance
    advises, that the person likes it, and that the person has practiced it.

    Args:
        candidates: the activities, by id.
        context: the person, the guidance and the phase.
        rules: the rules that the validator runs.
        step: the steps, in seconds, by which a dose may be shorter so that it fits; 0 for never.
    """
    rules_for_one = specs_of(rules, _CHECK)
    if not rules_for_one:
        return tuple(candidates), ()
    aside: dict[str, SetAside] = {}
    known = {candidate.id: candidate for candidate in candidates}
    for ladder in context.catalog.ladders.values():
        rungs = [known[rung] for rung in ladder.rungs if rung in known and rung not in aside]
        if len(rungs) > 1:
            chosen = _choose(rungs, context, step)
            for candidate in rungs:
                if candidate is not chosen:
                    aside[candidate.id] = SetAside(
                        candidate=candidate,
                        chosen=chosen,
                        ladder=ladder,
                        code=rules_for_one[0].code,
                    )
    kept = tuple(candidate for candidate in candidates if candidate.id not in aside)
    return kept, tuple(aside.values())


def _choose(rungs: list[Candidate], context: Context, step: int) -> Candidate:
    profile = context.profile

    def preference(place: int) -> tuple[bool, bool, bool, int]:
        candidate = rungs[place]
        if profile is None:
            return False, False, False, place
        free = [profile.minutes.on(day) * SECONDS_A_MINUTE for day in Weekday]
        advised = candidate.dose_range.limit(DoseParameter.DAYS_PER_WEEK)
        wanted = 1 if advised is None else advised.minimum
        least = least_seconds(candidate, step)
        fits = sum(seconds >= least for seconds in free) >= wanted
        reached = profile.level(candidate.id) is not None
        return fits, candidate.id in profile.likes, reached, place

    return rungs[max(range(len(rungs)), key=preference)]
