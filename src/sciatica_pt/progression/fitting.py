"""From decisions to a week that satisfies every rule, with as little else changed as can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from sciatica_pt.guidance import Catalog
from sciatica_pt.model.activities import Exercise
from sciatica_pt.model.doses import (
    Continuous,
    Dose,
    dose_kind,
)
from sciatica_pt.model.profile import Level, Profile
from sciatica_pt.model.progression import ProgressionRule
from sciatica_pt.model.routine import Prescription, Routine
from sciatica_pt.model.vocabulary import DoseParameter, Phase, Technique, Weekday
from sciatica_pt.planning import Forbid, Planner, PlanRefused, plan_week, replan
from sciatica_pt.planning.candidates import Candidate, Rejection, consider
from sciatica_pt.progression.asked import Asked
from sciatica_pt.progression.editing import (
    Order,
    activities_of,
    added,
    days_of,
    dropped,
    most_days,
    only,
    redosed,
    swapped,
    taken_off,
    technique_seconds,
    trimmed_days,
)
from sciatica_pt.progression.paths import (
    Move,
    bounded_by,
    grain_of,
    higher,
    higher_of,
    least,
    no_more,
    raised,
    with_number,
)
from sciatica_pt.repairing import repair
from sciatica_pt.rules import Context, RuleSet, specs_of
from sciatica_pt.validation import Report, conforms, validate

__all__ = ["Fitter", "with_level"]

_WHOLE = 100
_DURATION = DoseParameter.DURATION_SECONDS


def with_level(profile: Profile, activity: str, dose: Dose | None) -> Profile:
    """Return the person with another level of an activity; `None` for no level."""
    others = tuple(level for level in profile.levels if level.activity != activity)
    new = () if dose is None else (Level(activity=activity, dose=dose),)
    levels = sorted((*others, *new), key=lambda level: level.activity)
    return attrs.evolve(profile, levels=tuple(levels))


def _forbidden(activity: str) -> Forbid:
    return Forbid(activity=activity)


@attrs.frozen(kw_only=True)
class Fitter:
    """Tries changes of a week against the rules.

    Attributes:
        catalog: the guidance.
        rules: the rules that a week must satisfy.
        progressions: the rules of progression that hold for the person.
        ramps: the rules that bound how much the minutes of a week may rise; each of them binds.
        planner: who plans when no edit will do; `None` for the library's own planner.
        before: the week that was, against which a rise is measured.
        asked: what people asked for in that week.
    """

    catalog: Catalog
    rules: RuleSet
    progressions: tuple[ProgressionRule, ...]
    ramps: tuple[ProgressionRule, ...]
    planner: Planner | None
    before: Routine
    asked: Asked

    @property
    def order(self) -> Order:
        """The order in which a session goes."""
        stages = (stage for spec in specs_of(self.rules, "stage-order") for stage in spec.stages)
        return Order(catalog=self.catalog, stages=tuple(stages))

    def report(self, routine: Routine, profile: Profile) -> Report:
        """Return what every rule says of a week."""
        return validate(routine, profile=profile, guidance=self.catalog, rules=self.rules)

    def conforms(self, routine: Routine, profile: Profile) -> bool:
        """Return whether a week breaks no rule and nothing stands where it was asked not to."""
        return self.asked.allows(routine) and conforms(
            routine, profile=profile, guidance=self.catalog, rules=self.rules
        )

    def considered(self, activity: str, profile: Profile, phase: Phase) -> Candidate | Rejection:
        """Return an activity as it may be prescribed, or what keeps it out."""
        context = Context(catalog=self.catalog, profile=profile, phase=phase)
        return consider(self.catalog.activities[activity], context, self.rules, profile)

    def prescription(self, activity: str, profile: Profile, phase: Phase) -> Candidate | None:
        """Return an activity as it may be prescribed, or `None` when a rule keeps it out."""
        found = self.considered(activity, profile, phase)
        return found if isinstance(found, Candidate) else None

    def moved(
        self, routine: Routine, profile: Profile, move: Move, *, up: bool
    ) -> tuple[Routine, Profile] | None:
        """Return the week and the person after a move, or `None` when it can't be made."""
        ways = self.ways(routine, profile, move, up=up)
        if move.days is None or not up:
            return next(iter(ways), None)
        return next((way for way in ways if self._stands(*way)), None)

    def ways(
        self, routine: Routine, profile: Profile, move: Move, *, up: bool
    ) -> Iterator[tuple[Routine, Profile]]:
        """Yield the weeks, each with the person, that a move can lead to, the best first.

        A move that only takes an activity out has none.
        """
        name = move.activity
        if move.days is not None and up:
            yield from self._on_more_days(routine, profile, name)
        elif move.days is not None:
            yield taken_off(routine, name, move.off), profile
        elif move.dose is not None:
            yield redosed(routine, name, move.dose), with_level(profile, name, move.dose)
        elif move.becomes is not None:
            yield from self._on_rung(routine, profile, move, move.becomes, up=up)

    def again(
        self, routine: Routine, profile: Profile, activity: str
    ) -> tuple[Routine, Profile] | None:
        """Return the week with what was left out back in it at its least, or `None`."""
        bare = with_level(profile, activity, None)
        found = self.prescription(activity, bare, routine.phase)
        if found is None:
            return None
        item = attrs.evolve(
            found.prescription, dose=least(found.prescription.dose, found.dose_range)
        )
        limit = found.dose_range.limit(DoseParameter.DAYS_PER_WEEK)
        person, week = with_level(profile, activity, item.dose), None
        for _ in range(0 if limit is None else limit.minimum):
            tried = routine if week is None else week
            ways = (
                added(tried, item, day, self.order) for day in self._other_days(tried, activity)
            )
            following = next((way for way in ways if self._stands(way, person)), None)
            if following is None:
                break
            week = following
        return None if week is None else (week, person)

    def _on_more_days(
        self, routine: Routine, profile: Profile, name: str
    ) -> Iterator[tuple[Routine, Profile]]:
        """Yield the weeks with an activity on one more day.

        Where another day would be too steep a rise of the week, each bout is shortened for it.
        """
        dose = self._shared_out(routine, name)
        if dose is None:
            return
        person = with_level(profile, name, dose)
        week = redosed(routine, name, dose)
        item = activities_of(week)[name]
        for day in self._other_days(routine, name):
            yield added(week, item, day, self.order), person

    def _other_days(self, routine: Routine, activity: str) -> tuple[Weekday, ...]:
        """Return the days that an activity is not done on, the most fitting first.

        That is a day with other work of the same technique, then any day with a session, then
        the one that lies the furthest from those it is done on.
        """
        techniques = {name: known.technique for name, known in self.catalog.activities.items()}
        held = days_of(routine)
        own = held.get(activity, frozenset())
        same = {
            day
            for name, days in held.items()
            for day in days
            if techniques.get(name) is techniques.get(activity)
        }

        def fit(day: Weekday) -> tuple[bool, bool, int, int]:
            gaps = [abs(day.order - other.order) for other in own]
            nearest = min((min(gap, len(Weekday) - gap) for gap in gaps), default=0)
            return day not in same, not routine.on(day), -nearest, day.order

        return tuple(sorted((day for day in Weekday if day not in own), key=fit))

    def _shared_out(self, routine: Routine, activity: str) -> Dose | None:
        """Return the dose with which an activity may be done on one more day, or `None`."""
        dose = activities_of(routine)[activity].dose
        known, offer = (
            self.catalog.activities[activity],
            self.catalog.range(activity, routine.phase),
        )
        limit = None if offer is None else offer.limit(_DURATION)
        grain = grain_of(self.catalog, activity, _DURATION)
        most = self._most_seconds(known.technique)
        if most is None or limit is None or not isinstance(dose, Continuous):
            return dose
        own = self._seconds(routine, activity, known.technique)
        others = technique_seconds(routine, self.catalog, frozenset({known.technique})) - own
        bouts = own // dose.duration_seconds + 1
        seconds = min(dose.duration_seconds, (most - others) // bouts)
        seconds -= seconds % (grain or 1)
        return with_number(dose, _DURATION, seconds) if seconds >= limit.minimum else None

    def _most_seconds(self, technique: Technique) -> int | None:
        """Return the most seconds a week of a technique; `None` when nothing bounds it."""
        bounds = [
            was * (_WHOLE + rule.number("weekly-percent")) // _WHOLE
            for rule in self.ramps
            if technique in rule.techniques
            and (was := technique_seconds(self.before, self.catalog, rule.techniques))
        ]
        return min(bounds, default=None)

    def _on_rung(
        self, routine: Routine, profile: Profile, move: Move, rung: str, *, up: bool
    ) -> Iterator[tuple[Routine, Profile]]:
        # Another version starts where a beginner starts, however far the person had once come, and
        # with no more of anything than the one whose place it takes.
        found = self.prescription(rung, with_level(profile, rung, None), routine.phase)
        items = activities_of(routine)
        if found is None or move.activity not in items:
            return
        prescription, days = found.prescription, most_days(self.catalog, rung, routine)
        now = items[move.activity].dose
        if isinstance(now, Continuous) and isinstance(prescription.dose, Continuous):
            prescription = self._as_long(routine, move.activity, found, up=up)
        else:
            dose = no_more(prescription.dose, now, found.dose_range)
            prescription = attrs.evolve(prescription, dose=dose)
        week = swapped(routine, move.activity, prescription, days=days[0], times=days[1])
        yield week, with_level(profile, rung, prescription.dose)

    def _as_long(
        self, routine: Routine, activity: str, found: Candidate, *, up: bool
    ) -> Prescription:
        """Return a bout as long as what was done on a day, or shorter on the way down."""
        limit = next(item for item in found.dose_range.limits if item.parameter is _DURATION)
        own = self._seconds(routine, activity, self.catalog.activities[activity].technique)
        wanted = own // len(days_of(routine)[activity])
        if not up:
            wanted = min(wanted, limit.first)
        seconds = max(limit.minimum, min(limit.maximum, wanted))
        dose = with_number(found.prescription.dose, _DURATION, seconds)
        return attrs.evolve(found.prescription, dose=dose)

    def _seconds(self, routine: Routine, activity: str, technique: Technique) -> int:
        """Return the seconds that an activity of a technique takes in a week."""
        return technique_seconds(only(routine, activity), self.catalog, frozenset({technique}))

    def instead_of(self, routine: Routine, profile: Profile, activity: str) -> Move:
        """Return what becomes of an activity that is stopped.

        Another one of its technique takes its place where the week would have none of it left;
        nothing of its ladder or of that of anything else stopped does, because it is the same
        movement.
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
        # What a decision took out of the week in the same step is no stand-in.
        was = activities_of(self.before)
        left = activities_of(dropped(routine, activity))
        if any(item.id in left for item in same):
            return nothing
        ladders = {
            rung
            for ladder in self.catalog.ladders.values()
            if not profile.stopped.isdisjoint(ladder.rungs)
            for rung in ladder.rungs
        }
        for item in same:
            move = Move(activity=activity, becomes=item.id)
            if item.id not in {*profile.stopped, *ladders, *was}:
                tried = self.moved(routine, profile, move, up=False)
                if tried is not None and self._stands(*tried):
                    return move
        return nothing

    def within_ramp(self, routine: Routine) -> bool:
        """Return whether the minutes of a week rise by no more than the rules about that allow."""
        return all(self.within(rule, routine) for rule in self.ramps)

    def within(self, rule: ProgressionRule, routine: Routine) -> bool:
        """Return whether the minutes of a week rise by no more than a rule about that allows."""
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
        made: dict[str, Move] = {}
        week, person = routine, profile
        for activity in sorted(ways, key=self._weight):
            for move in ways[activity]:
                tried = self.moved(week, person, move, up=True)
                if tried is not None and self._stands(*tried, back=back):
                    week, person = tried
                    made[activity] = move
                    break
        return week, person, made

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
        return (back or self.within_ramp(routine)) and self.conforms(routine, profile)

    def mended(self, routine: Routine, profile: Profile) -> Routine | None:
        """Return the week made to conform: as it is, by safe fixes, or planned anew."""
        if self.conforms(routine, profile):
            return routine
        repaired = repair(routine, profile=profile, guidance=self.catalog, rules=self.rules)
        if self.conforms(repaired.routine, profile):
            return repaired.routine
        edited = self._edited(routine, profile) if self.asked.edits else None
        return self._planned(routine, profile) if edited is None else edited

    def _edited(self, routine: Routine, profile: Profile) -> Routine | None:
        """Return the week mended so that it holds what people asked for, or `None`."""
        gone = activities_of(self.before).keys() - activities_of(routine).keys()
        try:
            found = replan(
                routine,
                profile=profile,
                edits=(*self.asked.left(routine), *map(_forbidden, sorted(gone))),
                guidance=self.catalog,
                rules=self.rules,
                allow_unscreened=True,
            )
        except PlanRefused:
            return None
        week = self._not_more(routine, found.plan.routine)
        return week if self._stands(week, profile) else None

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
        # What a decision took out of the week is not put back by a new plan.
        unwanted = harder | (activities_of(self.before).keys() - items.keys())
        person = attrs.evolve(
            person, likes=person.likes - unwanted, dislikes=person.dislikes | unwanted
        )
        try:
            plan = plan_week(
                person,
                guidance=self.catalog,
                rules=RuleSet([*self.rules.values(), self.asked])
                if self.asked.edits
                else self.rules,
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
        days = days_of(old)
        for name, item in activities_of(old).items():
            now = activities_of(week).get(name)
            if now is None or name not in days:
                continue
            week = trimmed_days(week, name, len(days[name]))
            if higher(item.dose, now.dose) and dose_kind(item.dose) is dose_kind(now.dose):
                offer = self.catalog.range(name, new.phase)
                week = redosed(week, name, bounded_by(offer, item.dose))
        return self._within_ramp(week)

    def _within_ramp(self, week: Routine) -> Routine:
        for rule in self.ramps:
            while not self.within(rule, week):
                names = [
                    item.activity
                    for session in week.sessions
                    for item in session.prescriptions
                    if self.catalog.activities[item.activity].technique in rule.techniques
                ]
                last = names[-1]
                days = len(days_of(week)[last]) - 1
                week = trimmed_days(week, last, days) if days else dropped(week, last)
        return week

    def rephased(
        self, routine: Routine, profile: Profile, *, wait: set[str]
    ) -> tuple[Routine, Profile]:
        """Return the week brought into the person's phase: each dose within its limits there.

        Args:
            routine: the week.
            profile: the person, whose phase it is.
            wait: what is left out when it would have to come up. What would have to rise in two
                numbers is left out in any case.
        """
        if routine.phase is profile.phase:
            return routine, profile
        week, person = attrs.evolve(routine, phase=profile.phase), profile
        for name, item in activities_of(routine).items():
            offer = self.catalog.range(name, profile.phase)
            if offer is None or offer.kind is not dose_kind(item.dose):
                week = dropped(week, name)
                continue
            dose = bounded_by(offer, item.dose)
            rises = len(raised(item.dose, dose))
            if rises > 1 or (rises and name in wait):
                week = dropped(week, name)
                continue
            week = redosed(week, name, dose)
            if isinstance(self.catalog.activities[name], Exercise):
                # A dose that a setback holds down is not all that had been reached.
                level = bounded_by(offer, person.level(name) or dose)
                person = with_level(person, name, higher_of(dose, level))
        return week, person
