"""From decisions to a week that satisfies every rule, with as little else changed as can be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from sciatica_pt.guidance import Catalog
from sciatica_pt.model.activities import Exercise, Modality
from sciatica_pt.model.doses import (
    Continuous,
    Dose,
    build_dose,
    dose_kind,
    dose_per_side,
    dose_values,
)
from sciatica_pt.model.profile import Level, Profile
from sciatica_pt.model.progression import Effect, ProgressionRule
from sciatica_pt.model.routine import Prescription, Routine
from sciatica_pt.model.vocabulary import DoseParameter, Phase
from sciatica_pt.planning import Planner, PlanRefused, plan_week
from sciatica_pt.planning.candidates import Candidate, consider
from sciatica_pt.progression.editing import (
    activities_of,
    dropped,
    inserted,
    most_days,
    redosed,
    swapped,
    technique_seconds,
    trimmed_days,
)
from sciatica_pt.progression.paths import Move, higher, with_number
from sciatica_pt.progression.situation import rule_of
from sciatica_pt.repairing import repair
from sciatica_pt.rules import Context, RuleSet, specs_of
from sciatica_pt.validation import Report, validate

__all__ = ["Fitter", "with_level"]

_WHOLE = 100
_DURATION = DoseParameter.DURATION_SECONDS


def with_level(profile: Profile, activity: str, dose: Dose | None) -> Profile:
    """Return the person with another level of an activity; `None` for no level."""
    others = tuple(level for level in profile.levels if level.activity != activity)
    new = () if dose is None else (Level(activity=activity, dose=dose),)
    levels = sorted((*others, *new), key=lambda level: level.activity)
    return attrs.evolve(profile, levels=tuple(levels))


@attrs.frozen(kw_only=True)
class Fitter:
    """Tries changes of a week against the rules.

    Attributes:
        catalog: the guidance.
        rules: the rules that a week must satisfy.
        progressions: the rules of progression.
        planner: who plans when no edit will do; `None` for the library's own planner.
        before: the week that was, against which a rise is measured.
    """

    catalog: Catalog
    rules: RuleSet
    progressions: tuple[ProgressionRule, ...]
    planner: Planner | None
    before: Routine

    def report(self, routine: Routine, profile: Profile) -> Report:
        """Return what every rule says of a week."""
        return validate(routine, profile=profile, guidance=self.catalog, rules=self.rules)

    def prescription(self, activity: str, profile: Profile, phase: Phase) -> Candidate | None:
        """Return an activity as it may be prescribed, or `None` when a rule keeps it out."""
        context = Context(catalog=self.catalog, profile=profile, phase=phase)
        found = consider(self.catalog.activities[activity], context, self.rules, profile)
        return found if isinstance(found, Candidate) else None

    def moved(
        self, routine: Routine, profile: Profile, move: Move, *, up: bool
    ) -> tuple[Routine, Profile] | None:
        """Return the week and the person after a move, or `None` when it can't be made."""
        if move.dose is not None:
            return (
                redosed(routine, move.activity, move.dose),
                with_level(profile, move.activity, move.dose),
            )
        if move.becomes is None:
            return dropped(routine, move.activity), profile
        return self._on_rung(routine, profile, move, move.becomes, up=up)

    def _on_rung(
        self, routine: Routine, profile: Profile, move: Move, rung: str, *, up: bool
    ) -> tuple[Routine, Profile] | None:
        # Another version starts where a beginner starts, however far the person had once come.
        found = self.prescription(rung, with_level(profile, rung, None), routine.phase)
        items = activities_of(routine)
        if found is None or move.activity not in items:
            return None
        prescription, days = found.prescription, most_days(self.catalog, rung, routine)
        now = items[move.activity].dose
        if isinstance(now, Continuous) and isinstance(prescription.dose, Continuous):
            prescription = self._as_long(routine, move.activity, found, up=up)
        week = swapped(routine, move.activity, prescription, days=days[0], times=max(days[1], 1))
        return week, with_level(profile, rung, prescription.dose)

    def _as_long(
        self, routine: Routine, activity: str, found: Candidate, *, up: bool
    ) -> Prescription:
        """Return a bout as long as what was done on a day, or shorter on the way down."""
        days = len(
            {s.day for s in routine.sessions for i in s.prescriptions if i.activity == activity}
        )
        own = sum(
            dose_values(item.dose).get(_DURATION) or 0
            for session in routine.sessions
            for item in session.prescriptions
            if item.activity == activity
        )
        limit = next(item for item in found.dose_range.limits if item.parameter is _DURATION)
        wanted = own // days
        if not up:
            wanted = min(wanted, limit.first)
        seconds = max(limit.minimum, min(limit.maximum, wanted))
        dose = with_number(found.prescription.dose, _DURATION, seconds)
        return attrs.evolve(found.prescription, dose=dose)

    def instead_of(self, routine: Routine, profile: Profile, activity: str) -> Move:
        """Return what becomes of an activity that is stopped.

        Another one of its technique takes its place where the week would have none of it left;
        nothing of the same ladder does, because it is the same movement.
        """
        known = self.catalog.activities.get(activity)
        nothing = Move(activity=activity)
        if not isinstance(known, Exercise):
            return nothing
        same = [
            item
            for item in self.catalog.activities.values()
            if isinstance(item, Exercise) and item.technique is known.technique
        ]
        left = activities_of(dropped(routine, activity))
        if any(item.id in left for item in same):
            return nothing
        ladder = {
            rung
            for ladder in self.catalog.ladders.values()
            if activity in ladder.rungs
            for rung in ladder.rungs
        }
        for item in same:
            move = Move(activity=activity, becomes=item.id)
            if item.id not in {activity, *ladder}:
                tried = self.moved(routine, profile, move, up=False)
                if tried is not None and self._stands(*tried):
                    return move
        return nothing

    def within_ramp(self, routine: Routine) -> bool:
        """Return whether the minutes of a week rise by no more than the rule about that allows."""
        rule = rule_of(self.progressions, Effect.RAMP)
        if rule is None:
            return True
        was = technique_seconds(self.before, self.catalog, rule.techniques)
        will = technique_seconds(routine, self.catalog, rule.techniques)
        # Who did none of it begins where a beginner does.
        return not was or will <= was * (_WHOLE + rule.number("weekly-percent")) // _WHOLE

    def risen(
        self,
        routine: Routine,
        profile: Profile,
        ways: Mapping[str, tuple[Move, ...]],
        *,
        back: bool = False,
    ) -> tuple[Routine, Profile, dict[str, Move]]:
        """Return the week with as many rises as the rules leave room for, and those made.

        Args:
            routine: a week that conforms.
            profile: the person.
            ways: for each activity that may rise, the ways to, the first to be used first.
            back: whether all of it was reached before, so that the ramp doesn't bind.
        """
        made: dict[str, Move] = {activity: moves[0] for activity, moves in ways.items() if moves}
        together = self._together(routine, profile, made, back=back)
        if together is not None:
            return *together, made
        made = dict[str, Move]()
        week, person = routine, profile
        for activity in sorted(ways, key=self._weight):
            for move in ways[activity]:
                tried = self.moved(week, person, move, up=True)
                if tried is not None and self._stands(*tried, back=back):
                    week, person = tried
                    made[activity] = move
                    break
        return week, person, made

    def _together(
        self, routine: Routine, profile: Profile, moves: Mapping[str, Move], *, back: bool
    ) -> tuple[Routine, Profile] | None:
        """Return the week with every first choice made, or `None` when it doesn't stand."""
        week, person = routine, profile
        for move in moves.values():
            tried = self.moved(week, person, move, up=True)
            if tried is None:
                return None
            week, person = tried
        return (week, person) if not moves or self._stands(week, person, back=back) else None

    def _weight(self, activity: str) -> tuple[int, str]:
        """Return the place of an activity where time is short: the weightiest goals come first."""
        known = self.catalog.activities.get(activity)
        weights = [
            goal.weight
            for goal in self.catalog.goals.values()
            if known is not None
            and goal.technique is known.technique
            and self.before.phase in goal.phases
        ]
        return -max(weights, default=0), activity

    def _stands(self, routine: Routine, profile: Profile, *, back: bool = False) -> bool:
        return (back or self.within_ramp(routine)) and self.report(routine, profile).conforms

    def mended(self, routine: Routine, profile: Profile) -> Routine | None:
        """Return the week made to conform: as it is, by safe fixes, or planned anew."""
        if self.report(routine, profile).conforms:
            return routine
        repaired = repair(routine, profile=profile, guidance=self.catalog, rules=self.rules)
        if repaired.report.conforms:
            return repaired.routine
        return self._planned(routine, profile)

    def _planned(self, routine: Routine, profile: Profile) -> Routine | None:
        """Return a new plan in which nothing of the old week is raised, or `None`."""
        items = activities_of(routine)
        person = profile
        for name, item in items.items():
            person = with_level(person, name, item.dose)
        harder = {
            rung
            for ladder in self.catalog.ladders.values()
            for place, name in enumerate(ladder.rungs)
            if name in items
            for rung in ladder.rungs[place + 1 :]
        }
        person = attrs.evolve(
            person, likes=person.likes - harder, dislikes=person.dislikes | harder
        )
        try:
            plan = plan_week(
                person,
                guidance=self.catalog,
                rules=self.rules,
                planner=self.planner,
                allow_unscreened=True,
            )
        except PlanRefused:
            return None
        week = self._not_more(routine, plan.routine)
        return week if self._stands(week, profile) else None

    def _not_more(self, old: Routine, new: Routine) -> Routine:
        """Return a new week in which what stood in the old one is done no more than there."""
        week = new
        days = {
            name: len(
                {s.day for s in old.sessions for item in s.prescriptions if item.activity == name}
            )
            for name in activities_of(old)
        }
        for name, item in activities_of(old).items():
            now = activities_of(week).get(name)
            if now is None or days[name] == 0:
                continue
            week = trimmed_days(week, name, days[name])
            if higher(item.dose, now.dose) and dose_kind(item.dose) is dose_kind(now.dose):
                week = redosed(week, name, self._clamped(item.dose, name, new.phase))
        return self._within_ramp(week)

    def _within_ramp(self, week: Routine) -> Routine:
        rule = rule_of(self.progressions, Effect.RAMP)
        while rule is not None and not self.within_ramp(week):
            names = [
                item.activity
                for session in week.sessions
                for item in session.prescriptions
                if self.catalog.activities[item.activity].technique in rule.techniques
            ]
            last = names[-1]
            held = {
                session.day
                for session in week.sessions
                if any(item.activity == last for item in session.prescriptions)
            }
            less = trimmed_days(week, last, len(held) - 1)
            week = less if len(held) > 1 else dropped(week, last)
        return week

    def _clamped(self, dose: Dose, activity: str, phase: Phase) -> Dose:
        """Return a dose brought within the limits of a phase."""
        limits = self.catalog.range(activity, phase)
        values = {name: number for name, number in dose_values(dose).items() if number is not None}
        for limit in () if limits is None else limits.limits:
            if limit.parameter in values:
                value = values[limit.parameter]
                values[limit.parameter] = max(limit.minimum, min(limit.maximum, value))
        return build_dose(dose_kind(dose), values, per_side=dose_per_side(dose))

    def rephased(
        self, routine: Routine, profile: Profile, *, wait: set[str]
    ) -> tuple[Routine, Profile]:
        """Return the week brought into the person's phase: each dose within its limits there.

        Args:
            routine: the week.
            profile: the person, whose phase it is.
            wait: what is left out when the new phase's least is more than what was done.
        """
        if routine.phase is profile.phase:
            return routine, profile
        week, person = attrs.evolve(routine, phase=profile.phase), profile
        for name, item in activities_of(routine).items():
            offer = self.catalog.range(name, profile.phase)
            if offer is None or offer.kind is not dose_kind(item.dose):
                week = dropped(week, name)
            else:
                dose = self._clamped(item.dose, name, profile.phase)
                if name in wait and higher(item.dose, dose):
                    week = dropped(week, name)
                    continue
                week = redosed(week, name, dose)
                if isinstance(self.catalog.activities[name], Exercise):
                    person = with_level(person, name, dose)
        return week, person

    def comforted(self, routine: Routine, profile: Profile) -> tuple[Routine, frozenset[str]]:
        """Return the week with a comfort for a flare-up, where guidance has one that is allowed."""
        stages = tuple(
            stage for spec in specs_of(self.rules, "stage-order") for stage in spec.stages
        )
        present = activities_of(routine)
        for modality in self._comforts(profile.phase):
            if modality.id in present:
                return routine, frozenset()
            found = self.prescription(modality.id, profile, routine.phase)
            if found is not None:
                week = inserted(routine, found.prescription, self.catalog, stages)
                if self.report(week, profile).conforms:
                    return week, frozenset({modality.id})
        return routine, frozenset()

    def _comforts(self, phase: Phase) -> Iterable[Modality]:
        known = [item for item in self.catalog.activities.values() if isinstance(item, Modality)]
        yield from (item for item in known if item.suits_flare)
        yield from (item for item in known if not item.suits_flare and phase in item.suits_phases)
