"""A strategy for guidance: small catalogs of one or two packs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs

from sciatica_pt.guidance import ActivityAmendment, Catalog, GuidancePack, combine
from sciatica_pt.model.activities import Activity, Ladder
from sciatica_pt.model.safety import Modification, Restriction
from sciatica_pt.model.vocabulary import Origin, Phase, RestrictionLevel, UnknownPolicy
from sciatica_pt.testing._extra import SearchStrategy, st
from sciatica_pt.testing._people import subsets
from sciatica_pt.testing._sample import sample_pack
from sciatica_pt.testing._sample_rules import CITED
from sciatica_pt.testing._values import activities, dose_ranges, ids, texts

__all__ = ["catalogs"]

_Draw = Callable[[SearchStrategy[Any]], Any]


@st.composite
def _restrictions(draw: _Draw, names: Sequence[str]) -> Restriction:
    level = draw(st.sampled_from(RestrictionLevel))
    change = st.builds(
        Modification, cue=texts(), replace_with=st.none() | st.sampled_from(sorted(names))
    )
    return Restriction(
        id=draw(ids()),
        when=draw(st.sampled_from([question.fact for question in sample_pack().questions])),
        activities=draw(st.frozensets(st.sampled_from(sorted(names)), min_size=1, max_size=2)),
        level=level,
        when_unknown=draw(st.sampled_from(UnknownPolicy)),
        reason=draw(texts()),
        modification=draw(change) if level is RestrictionLevel.MODIFY else None,
        origin=Origin.SYNTHESIS,
        citations=CITED,
    )


@st.composite
def _amendments(draw: _Draw, activity: Activity) -> ActivityAmendment:
    phases = draw(st.frozensets(st.sampled_from(Phase), min_size=1))
    kinds = sorted({item.kind for item in activity.doses})
    ranges = tuple(draw(dose_ranges(kind, phases=phases)) for kind in kinds[:1])
    return ActivityAmendment(
        activity=activity.id,
        reason=draw(texts()),
        doses=ranges,
        withheld=draw(subsets(Phase, 2)),
        citations=CITED,
    )


@st.composite
def catalogs(draw: _Draw) -> Catalog:
    """Return a strategy for small catalogs: some activities, rules, restrictions and red flags.

    Some have a second pack that amends the first.
    Rules, questions, red flags and texts are those of `sample_pack`.
    """
    sample = sample_pack()
    several = st.lists(activities(), min_size=1, max_size=4, unique_by=lambda item: item.id)
    known: list[Activity] = draw(several)
    names = [activity.id for activity in known]
    restricted = st.lists(_restrictions(names), max_size=3, unique_by=lambda item: item.id)
    rules = draw(st.sets(st.sampled_from([rule.code for rule in sample.rules])))
    flags = draw(subsets(flag.id for flag in sample.red_flags))
    below = attrs.evolve(
        sample,
        activities=tuple(known),
        ladders=()
        if len(names) == 1
        else (Ladder(id="rungs", name="Rungs", rungs=tuple(names), citations=CITED),),
        red_flags=tuple(flag for flag in sample.red_flags if flag.id in flags),
        restrictions=tuple(draw(restricted)),
        rules=tuple(rule for rule in sample.rules if rule.code in rules),
        texts=tuple(attrs.evolve(text, about=frozenset[str]()) for text in sample.texts),
    )
    amended = draw(st.none() | st.sampled_from(known))
    if amended is None:
        return combine(below)
    above = GuidancePack(
        id="above",
        version="1.0.0",
        title="Above",
        summary="Changes the sample.",
        requires=frozenset({"sample"}),
        amendments=(draw(_amendments(amended)),),
    )
    return combine(below, above)
