"""Heat or cold for a flare-up, where guidance has one that is allowed and there is room for it."""

from __future__ import annotations

from collections.abc import Iterable

from sciatica_pt.guidance import Catalog
from sciatica_pt.model.activities import Modality
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.routine import Prescription, Routine
from sciatica_pt.model.vocabulary import Phase
from sciatica_pt.progression.editing import activities_of, inserted
from sciatica_pt.progression.fitting import Fitter

__all__ = ["comforted"]


def comforted(fitter: Fitter, routine: Routine, profile: Profile) -> tuple[Routine, frozenset[str]]:
    """Return the week with a comfort for a flare-up, where guidance has one that is allowed."""
    present = activities_of(routine)
    for modality in _comforts(fitter.catalog, profile.phase):
        if modality.id in present:
            return routine, frozenset()
        found = fitter.prescription(modality.id, profile, routine.phase)
        week = None if found is None else _eased(fitter, routine, profile, found.prescription)
        if week is not None:
            return week, frozenset({modality.id})
    return routine, frozenset()


def _eased(
    fitter: Fitter, routine: Routine, profile: Profile, item: Prescription
) -> Routine | None:
    """Return the week with a comfort on each of its days that has room for it, or `None`."""
    days = {session.day for session in routine.sessions}
    week = inserted(routine, item, fitter.order, days)
    for day in sorted(days):
        fewer = inserted(routine, item, fitter.order, days - {day})
        if len(fitter.report(fewer, profile).errors) < len(fitter.report(week, profile).errors):
            days, week = days - {day}, fewer
    return week if days and fitter.conforms(week, profile) else None


def _comforts(catalog: Catalog, phase: Phase) -> Iterable[Modality]:
    known = [item for item in catalog.activities.values() if isinstance(item, Modality)]
    yield from (item for item in known if item.suits_flare)
    yield from (item for item in known if phase in item.suits_phases)
