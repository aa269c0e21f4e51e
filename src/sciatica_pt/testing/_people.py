"""Strategies for people: profiles and screenings in the words of some guidance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from sciatica_pt.guidance import Catalog, default_guidance
from sciatica_pt.model.doses import DoseRange, build_dose
from sciatica_pt.model.profile import Level, Pain, Profile, WeekMinutes
from sciatica_pt.model.safety import Clearance, Screening
from sciatica_pt.model.vocabulary import (
    DirectionalPreference,
    FactKind,
    Irritability,
    LegPain,
    OverrideRole,
    Phase,
    Provider,
    Provocation,
    Respondent,
    RestrictionLevel,
    Side,
    Weekday,
)
from sciatica_pt.testing._extra import SearchStrategy, st
from sciatica_pt.testing._values import doses, texts

__all__ = ["doses_within", "profiles", "screenings", "subsets"]

_Draw = Callable[[SearchStrategy[Any]], Any]


def subsets(words: Iterable[Any], most: int = 4) -> SearchStrategy[frozenset[Any]]:
    """Return a strategy for small sets of words, none when there are none to choose from."""
    known = sorted(words)
    return st.frozensets(st.sampled_from(known), max_size=most) if known else st.just(frozenset())


@st.composite
def doses_within(draw: _Draw, dose_range: DoseRange, *, per_side: bool) -> Any:
    """Return a strategy for doses that keep to a range."""
    values = {
        limit.parameter: draw(st.integers(limit.minimum, limit.maximum))
        for limit in dose_range.limits
    }
    return build_dose(dose_range.kind, values, per_side=per_side)


# Strategies are made once for each catalog: making them costs far more than drawing from them.
@lru_cache(maxsize=64)
def _screenings(catalog: Catalog) -> SearchStrategy[Screening]:
    def build(
        by: Respondent, present: frozenset[str], absent: frozenset[str], *, others: bool
    ) -> Screening:
        return Screening(by=by, present=present, absent=absent - present, others_absent=others)

    return st.builds(
        build,
        by=st.sampled_from(Respondent),
        present=subsets(catalog.red_flags, 2),
        absent=subsets(catalog.red_flags),
        others=st.booleans(),
    )


def screenings(guidance: Catalog | None = None) -> SearchStrategy[Screening]:
    """Return a strategy for screenings: any answers, with questions left open or not.

    Args:
        guidance: whose red flags are asked for; `None` for the bundled packs.
    """
    return _screenings(default_guidance() if guidance is None else guidance)


def _clearances(catalog: Catalog) -> SearchStrategy[tuple[Clearance, ...]]:
    known = sorted(
        {
            item.id
            for items in catalog.restrictions.values()
            for item in items
            if item.level is RestrictionLevel.CLEARANCE
        }
    )
    if not known:
        return st.just(())
    one = st.builds(
        Clearance,
        restriction=st.sampled_from(known),
        role=st.sampled_from(OverrideRole),
        reason=texts(),
        expires=st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
    )
    return st.lists(one, max_size=2, unique_by=_restriction).map(tuple)


def _restriction(clearance: Clearance) -> str:
    return clearance.restriction


def _activity(level: Level) -> str:
    return level.activity


def _levels(catalog: Catalog) -> SearchStrategy[tuple[Level, ...]]:
    kinds = {
        name: sorted({item.kind for item in activity.doses})
        for name, activity in sorted(catalog.activities.items())
    }
    each = [
        st.builds(Level, activity=st.just(name), dose=doses(found[0] if found else None))
        for name, found in kinds.items()
    ]
    if not each:
        return st.just(())
    return st.lists(st.one_of(each), max_size=3, unique_by=_activity).map(tuple)


def _minutes() -> SearchStrategy[WeekMinutes]:
    free = st.sampled_from([0, 0, 5, 15, 30, 45, 90, 24 * 60])
    return st.builds(WeekMinutes, **{day.value: free for day in Weekday})


# What a profile may not hold twice: the second field leaves out what the first one has.
_APART = (
    ("conditions", "ruled_out"),
    ("provoked_by", "not_provoked_by"),
    ("likes", "dislikes"),
)


@lru_cache(maxsize=64)
def _profiles(catalog: Catalog) -> SearchStrategy[dict[str, Any]]:
    known = {fact.value for fact in catalog.questions if fact.kind is FactKind.CONDITION}
    pain = st.none() | st.integers(0, 10)
    return st.fixed_dictionaries(
        {
            "phase": st.sampled_from(Phase),
            "affected_side": st.sampled_from((None, *Side)),
            "conditions": subsets(known),
            "ruled_out": subsets(known),
            "others_ruled_out": st.booleans(),
            "pain": st.none() | st.builds(Pain, back=pain, leg=pain),
            "irritability": st.sampled_from((None, *Irritability)),
            "directional_preference": st.sampled_from((None, *DirectionalPreference)),
            "leg_pain": st.sampled_from((None, *LegPain)),
            "provoked_by": subsets(Provocation, 2),
            "not_provoked_by": subsets(Provocation, 6),
            "flare": st.sampled_from((None, False, True)),
            "equipment": subsets(catalog.equipment, 10),
            "minutes": _minutes(),
            "providers": subsets(Provider),
            "likes": subsets(catalog.activities, 2),
            "dislikes": subsets(catalog.activities, 2),
            "levels": _levels(catalog),
            "stopped": subsets(catalog.activities, 1),
            "clearances": _clearances(catalog),
        }
    )


@st.composite
def profiles(
    draw: _Draw,
    guidance: Catalog | None = None,
    *,
    screening: SearchStrategy[Screening | None] | None = None,
) -> Profile:
    """Return a strategy for profiles that the guidance accepts, however odd.

    Args:
        draw: hypothesis' own; leave it out.
        guidance: whose words to use; `None` for the bundled packs.
        screening: how red flags were asked for; `None` for every way, not at all included.
            With `just(Screening.clear(by="clinician"))` every profile may be planned for.
    """
    catalog = default_guidance() if guidance is None else guidance
    answers = st.none() | _screenings(catalog) if screening is None else screening
    fields: dict[str, Any] = draw(_profiles(catalog))
    for first, second in _APART:
        fields[second] = fields[second] - fields[first]
    return Profile(screening=draw(answers), **fields)
