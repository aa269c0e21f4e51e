"""Strategies for weeks: prescriptions and routines in the words of some guidance."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sciatica_pt.guidance import Catalog, default_guidance
from sciatica_pt.model.activities import (
    Activity,
    EquipmentNeed,
    Exercise,
    Form,
    Habit,
    ManualTherapy,
    Modality,
)
from sciatica_pt.model.doses import Dose, dose_per_side
from sciatica_pt.model.routine import Prescription, Routine, Session
from sciatica_pt.model.vocabulary import DoseKind, Phase, Provider, Side, TimeOfDay, Weekday
from sciatica_pt.testing._extra import SearchStrategy, st
from sciatica_pt.testing._people import doses_within, subsets
from sciatica_pt.testing._values import doses, ids

__all__ = ["prescriptions", "routines"]

_Draw = Callable[[SearchStrategy[Any]], Any]
_SLOTS = [(day, time) for day in Weekday for time in TimeOfDay]


def _as_guided(catalog: Catalog, phase: Phase, activity: Activity) -> SearchStrategy[Prescription]:
    dose_range = catalog.range(activity.id, phase)
    if dose_range is None:
        return st.nothing()
    sided = isinstance(activity, Exercise) and activity.per_side
    forms: tuple[Form | None, ...] = (None,)
    if isinstance(activity, (Modality, ManualTherapy)):
        forms = activity.forms
    providers: list[Provider | None] = [None]
    if isinstance(activity, ManualTherapy):
        providers = [*sorted(activity.providers)]
    return st.one_of(
        [
            st.builds(
                Prescription,
                activity=st.just(activity.id),
                dose=doses_within(dose_range, per_side=sided),
                side=st.just(Side.BOTH if sided else None),
                form=st.just(None if form is None else form.id),
                equipment=_one_of_each(
                    (*activity.equipment, *(() if form is None else form.equipment))
                ),
                barrier=st.none()
                if form is None or form.barrier is None
                else st.sampled_from(form.barrier.any_of),
                provider=st.sampled_from(providers),
            )
            for form in forms
        ]
    )


def _one_of_each(needs: tuple[EquipmentNeed, ...]) -> SearchStrategy[frozenset[str]]:
    return st.tuples(*(st.sampled_from(need.any_of) for need in needs)).map(frozenset)


@lru_cache(maxsize=256)
def _guided(catalog: Catalog, phase: Phase, *, habit: bool) -> SearchStrategy[Prescription]:
    return st.one_of(
        [
            _as_guided(catalog, phase, activity)
            for _, activity in sorted(catalog.activities.items())
            if isinstance(activity, Habit) is habit
        ]
    )


@lru_cache(maxsize=64)
def _arbitrary(catalog: Catalog, *, habit: bool) -> SearchStrategy[Prescription]:
    kinds = [kind for kind in DoseKind if (kind is DoseKind.RECURRING) is habit]
    names = st.sampled_from([*sorted(catalog.activities), "nothing-known"])
    words = st.sampled_from([*sorted(catalog.equipment), "nothing-known"])
    changes = {item.id for items in catalog.restrictions.values() for item in items}

    def build(dose: Dose, side: Side, **fields: Any) -> Prescription:
        return Prescription(dose=dose, side=side if dose_per_side(dose) else None, **fields)

    return st.builds(
        build,
        dose=st.one_of([doses(kind) for kind in kinds]),
        side=st.sampled_from(Side),
        activity=names,
        form=st.none() | ids(),
        equipment=st.frozensets(words, max_size=2),
        barrier=st.none() | words,
        provider=st.sampled_from((None, *Provider)),
        modifications=subsets(changes, 1),
    )


def prescriptions(
    guidance: Catalog | None = None,
    *,
    phase: Phase | str,
    habit: bool = False,
    arbitrary: bool = False,
) -> SearchStrategy[Prescription]:
    """Return a strategy for prescriptions.

    Args:
        guidance: whose words to use; `None` for the bundled packs.
        phase: the phase whose doses to keep to.
        habit: whether they are kept up through the day or done in one go.
        arbitrary: whether everything that can be built may come, mistakes included; without it,
            dose, side, form, equipment and provider are such as the guidance asks for.
    """
    catalog = default_guidance() if guidance is None else guidance
    if arbitrary:
        return _arbitrary(catalog, habit=habit)
    return _guided(catalog, Phase(phase), habit=habit)


@st.composite
def routines(
    draw: _Draw,
    guidance: Catalog | None = None,
    *,
    phase: Phase | str | None = None,
    arbitrary: bool = False,
) -> Routine:
    """Return a strategy for routines.

    Whether a routine conforms depends on the person too, so most break some rule either way.

    Args:
        draw: hypothesis' own; leave it out.
        guidance: whose words to use; `None` for the bundled packs.
        phase: the phase they are made for; `None` for any.
        arbitrary: whether everything that can be built may come, mistakes included; without it,
            each prescription alone is such as the guidance asks for.
    """
    catalog = default_guidance() if guidance is None else guidance
    chosen = draw(st.sampled_from(Phase)) if phase is None else Phase(phase)
    items = prescriptions(catalog, phase=chosen, arbitrary=arbitrary)
    kept = prescriptions(catalog, phase=chosen, habit=True, arbitrary=arbitrary)
    slots: list[tuple[Weekday, TimeOfDay]] = []
    if not items.is_empty:
        slots = draw(st.lists(st.sampled_from(_SLOTS), max_size=5, unique=True))
    key = None if arbitrary else _activity
    return Routine(
        phase=chosen,
        guidance=catalog.refs,
        sessions=tuple(
            Session(
                day=day,
                time_of_day=time,
                prescriptions=tuple(draw(st.lists(items, min_size=1, max_size=4, unique_by=key))),
            )
            for day, time in sorted(slots, key=_SLOTS.index)
        ),
        habits=()
        if kept.is_empty
        else tuple(draw(st.lists(kept, max_size=3, unique_by=_activity))),
        unscreened=draw(st.booleans()),
    )


def _activity(prescription: Prescription) -> str:
    return prescription.activity
