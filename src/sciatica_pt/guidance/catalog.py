"""The catalog: several packs layered into one body of guidance, checked and indexed once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, TypeVar, cast

import attrs

from sciatica_pt.errors import GuidanceError, InvalidValueError, Problem, nearest
from sciatica_pt.guidance._references import check_references
from sciatica_pt.guidance.pack import ActivityAmendment, GuidancePack, RuleAmendment
from sciatica_pt.model.activities import Activity, Ladder, dose_range_for
from sciatica_pt.model.constraints import Each, Instance, as_tuple
from sciatica_pt.model.doses import DoseRange, Limit
from sciatica_pt.model.evidence import Citation, Dispute, Source, Statement
from sciatica_pt.model.guidelines import GuidanceText, Parameter, RuleSpec, Term, WeeklyGoal
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.progression import OutcomeMeasure, ProgressionPath, ProgressionRule
from sciatica_pt.model.routine import GuidanceRef
from sciatica_pt.model.safety import Fact, Question, RedFlag, Restriction
from sciatica_pt.model.vocabulary import FactKind, Phase, RestrictionLevel

__all__ = ["Catalog", "combine"]

_T = TypeVar("_T")
#: The name of a pack's field of amendments, and for each what it changes and how.
_Amendments = tuple[str, tuple[tuple[str, Callable[[Any], Any]], ...]]
_PACKS = Each(Instance(GuidancePack), 1, 50, ordered=True)


def _index() -> Any:
    """Return a field derived from the packs: no argument, no part of equality."""
    return attrs.field(init=False, eq=False, repr=False)


@attrs.frozen(kw_only=True, cache_hash=True)
class Catalog:
    """Everything the layered packs say, indexed by id; equal when its packs are.

    Attributes:
        packs: the packs, each laid over those before it.
        refs: the packs' ids and versions.
        sources: publications by id.
        statements: statements by id.
        disputes: disputes by the id of each statement that they concern.
        equipment: known equipment by id.
        muscles: known muscles by id.
        activities: activities by id, with one dose range for each phase they are offered in.
        ladders: ladders by id.
        questions: questions by the fact they ask for.
        red_flags: red flags by id, the most urgent first.
        restrictions: restrictions by the id of each activity that they concern.
        restricted: the same, by the id of each activity and by level.
        rules: rules by code.
        goals: weekly goals by id.
        planning: the numbers that a planner uses, by name.
        texts: texts by id.
        progressions: rules about the way from one week to the next, by code.
        paths: the order in which activities' numbers rise, by id.
        measures: outcome questionnaires by id.
    """

    packs: tuple[GuidancePack, ...] = attrs.field(converter=as_tuple)
    refs: tuple[GuidanceRef, ...] = _index()
    sources: Mapping[str, Source] = _index()
    statements: Mapping[str, Statement] = _index()
    disputes: Mapping[str, tuple[Dispute, ...]] = _index()
    equipment: Mapping[str, Term] = _index()
    muscles: Mapping[str, Term] = _index()
    activities: Mapping[str, Activity] = _index()
    ladders: Mapping[str, Ladder] = _index()
    questions: Mapping[Fact, Question] = _index()
    red_flags: Mapping[str, RedFlag] = _index()
    restrictions: Mapping[str, tuple[Restriction, ...]] = _index()
    restricted: Mapping[tuple[str, RestrictionLevel], tuple[Restriction, ...]] = _index()
    rules: Mapping[str, RuleSpec] = _index()
    goals: Mapping[str, WeeklyGoal] = _index()
    planning: Mapping[str, Parameter] = _index()
    texts: Mapping[str, GuidanceText] = _index()
    progressions: Mapping[str, ProgressionRule] = _index()
    paths: Mapping[str, ProgressionPath] = _index()
    measures: Mapping[str, OutcomeMeasure] = _index()
    _made: Mapping[Callable[[Catalog], Any], Any] = _index()

    def __attrs_post_init__(self) -> None:
        flaw = _PACKS.flaw(self.packs)
        if flaw is not None:
            raise InvalidValueError(
                where=f"Catalog.packs{flaw.suffix}", expected=flaw.expected, found=flaw.found
            )
        problems: list[Problem] = []
        layer = _Layers(self.packs, problems)
        restrictions = _by_each(layer.by("restrictions", "id").values(), "activities")
        disputes = layer.by("disputes", "id")
        indexes: dict[str, dict[Any, Any]] = {
            "sources": layer.by("sources", "id"),
            "statements": layer.by("statements", "id"),
            "disputes": _by_each(disputes.values(), "statements"),
            "equipment": layer.by("equipment", "id"),
            "muscles": layer.by("muscles", "id"),
            "activities": layer.by("activities", "id", _activity_amendments),
            "ladders": layer.by("ladders", "id"),
            "questions": layer.by("questions", "fact"),
            "red_flags": dict(
                sorted(
                    layer.by("red_flags", "id").items(),
                    key=lambda item: (item[1].tier.order, item[0]),
                )
            ),
            "restrictions": restrictions,
            "restricted": {
                (name, level): found
                for name, items in restrictions.items()
                for level in RestrictionLevel
                if (found := tuple(item for item in items if item.level is level))
            },
            "rules": dict(sorted(layer.by("rules", "code", _rule_amendments).items())),
            "goals": layer.by("goals", "id"),
            "planning": layer.by("planning", "name"),
            "texts": layer.by("texts", "id"),
            "progressions": dict(sorted(layer.by("progressions", "code").items())),
            "paths": layer.by("paths", "id"),
            "measures": layer.by("measures", "id"),
        }
        refs = tuple(GuidanceRef(id=pack.id, version=pack.version) for pack in self.packs)
        object.__setattr__(self, "refs", refs)
        object.__setattr__(self, "_made", {})
        for name, index in indexes.items():
            object.__setattr__(self, name, MappingProxyType(index))
        layer.unused()
        problems.extend(check_references(self))
        if problems:
            raise GuidanceError("the guidance contradicts itself", problems)

    def __reduce__(self) -> tuple[Any, ...]:
        # The indexes are views that can't be pickled, and cost little to make again.
        return combine, self.packs

    def once(self, make: Callable[[Catalog], _T]) -> _T:
        """Return what a function makes of the catalog; it is made once and kept with it.

        Args:
            make: a function of a module, which depends on nothing but the catalog; two threads may
                both call it, and either result is kept.
        """
        made = cast("dict[Callable[[Catalog], _T], _T]", self._made)
        if make not in made:
            made[make] = make(self)
        return made[make]

    def range(self, activity: str, phase: Phase) -> DoseRange | None:
        """Return the doses of an activity in a phase, or `None` when guidance offers none."""
        known = self.activities.get(activity)
        return None if known is None else dose_range_for(known, phase)

    @property
    def conditions(self) -> frozenset[str]:
        """The ids of the conditions that the guidance asks for."""
        return self.once(_conditions)

    def citations_of(self, statement: str) -> tuple[Citation, ...]:
        """Return what limits or contradicts a statement."""
        return tuple(
            citation
            for dispute in self.disputes.get(statement, ())
            for citation in dispute.citations
        )

    def check_profile(self, profile: Profile) -> None:
        """Refuse a profile that uses a word this guidance doesn't know.

        Raises:
            GuidanceError: with the place of each unknown word and the nearest known one.
        """
        conditions = self.conditions
        known: dict[str, tuple[str, Iterable[str], Iterable[str]]] = {
            "equipment": ("equipment", sorted(profile.equipment), self.equipment),
            "conditions": ("a condition", sorted(profile.conditions), conditions),
            "ruled_out": ("a condition", sorted(profile.ruled_out), conditions),
            "stopped": ("an activity", sorted(profile.stopped), self.activities),
            "likes": ("an activity", sorted(profile.likes), self.activities),
            "dislikes": ("an activity", sorted(profile.dislikes), self.activities),
            "levels": (
                "an activity",
                [level.activity for level in profile.levels],
                self.activities,
            ),
            "clearances": (
                "a restriction",
                [clearance.restriction for clearance in profile.clearances],
                self.once(_restriction_ids),
            ),
        }
        if profile.screening is not None:
            asked = profile.screening.present | profile.screening.absent
            known["screening"] = ("a red flag", sorted(asked), self.red_flags)
        problems = [
            unknown_word(f"$.{field}[{index}]", what, word, words)
            for field, (what, given, words) in known.items()
            for index, word in enumerate(given)
            if word not in words
        ]
        if problems:
            raise GuidanceError("the profile uses words that the guidance doesn't know", problems)


def _conditions(catalog: Catalog) -> frozenset[str]:
    facts = catalog.questions
    return frozenset(fact.value for fact in facts if fact.kind is FactKind.CONDITION)


def _restriction_ids(catalog: Catalog) -> frozenset[str]:
    return frozenset(item.id for items in catalog.restrictions.values() for item in items)


def unknown_word(path: str, what: str, word: str, known: Iterable[str]) -> Problem:
    """Return the problem that `word` is none of the `known` words."""
    words = sorted(known)
    near = nearest(word, words)
    if near:
        hint = f'did you mean "{near}"?'
    elif words:
        hint = f"known are {', '.join(words)}"
    else:
        hint = "this guidance knows none; layer a pack that does, such as clinical-safety"
    return Problem(path=path, expected=f"{what} the guidance knows", found=f'"{word}"', hint=hint)


def combine(*packs: GuidancePack) -> Catalog:
    """Layer packs into a catalog, each over those before it.

    Raises:
        GuidanceError: a pack lacks one it requires, redefines an id without a reason, or names
            something that no pack defines.
    """
    return Catalog(packs=packs)


class _Layers:
    """Merges one kind of item over all packs, noting what is redefined without leave."""

    def __init__(self, packs: tuple[GuidancePack, ...], problems: list[Problem]) -> None:
        self._packs = packs
        self._problems = problems
        self._used: set[tuple[str, str]] = set()
        seen: set[str] = set()
        for pack in packs:
            problems.extend(
                Problem(
                    path=f"$.{pack.id}.requires",
                    expected=f'the pack "{name}" layered below',
                    found="no such pack",
                    hint="combine(...) takes the packs in order, the required one first",
                )
                for name in sorted(pack.requires - seen)
            )
            if pack.id in seen:
                problems.append(
                    Problem(path=f"$.{pack.id}", expected="each pack once", found="it twice")
                )
            seen.add(pack.id)

    def by(
        self, field: str, key: str, amendments: Callable[[GuidancePack], _Amendments] | None = None
    ) -> dict[Any, Any]:
        """Return the items of one field of all packs by their key, later over earlier.

        A pack's amendments change what it and the packs below it hold, so a still later pack can
        put something new in place of what was amended.
        """
        merged: dict[Any, Any] = {}
        for pack in self._packs:
            for index, item in enumerate(getattr(pack, field)):
                name = getattr(item, key)
                if name in merged and merged[name] != item:
                    self._replaced(pack, f"{field}[{index}]", str(name))
                merged[name] = item
            if amendments is not None:
                self._amend(pack, amendments(pack), merged)
        return merged

    def unused(self) -> None:
        """Note each replacement that replaces nothing: its reason explains no change."""
        for pack in self._packs:
            for index, replacement in enumerate(pack.replacements):
                if (pack.id, replacement.id) not in self._used:
                    self._note(
                        f"$.{pack.id}.replacements[{index}]",
                        "the id of something that this pack defines anew",
                        f'"{replacement.id}"',
                        "nothing is replaced under this id; leave the entry out or correct it",
                    )

    def _note(self, path: str, expected: str, found: str, hint: str | None = None) -> None:
        self._problems.append(Problem(path=path, expected=expected, found=found, hint=hint))

    def _replaced(self, pack: GuidancePack, place: str, name: str) -> None:
        wanted = name.replace(" ", "-")
        if any(replacement.id == wanted for replacement in pack.replacements):
            self._used.add((pack.id, wanted))
            return
        self._note(
            f"$.{pack.id}.{place}",
            f'a reason in replacements for a new "{name}"',
            "none",
            "an earlier pack defines it",
        )

    def _amend(self, pack: GuidancePack, amendments: _Amendments, merged: dict[Any, Any]) -> None:
        field, changes = amendments
        for index, (name, change) in enumerate(changes):
            path = f"$.{pack.id}.{field}[{index}]"
            if name not in merged:
                near = nearest(name, merged)
                self._note(
                    path,
                    "something that this pack or one below it defines",
                    f'"{name}"',
                    f'did you mean "{near}"?' if near else None,
                )
                continue
            try:
                merged[name] = change(merged[name])
            except InvalidValueError as error:
                self._note(path, error.expected, error.found, f"{error.where} would be refused")


def _by_each(items: Iterable[_T], field: str) -> dict[str, tuple[_T, ...]]:
    grouped: dict[str, list[_T]] = {}
    for item in items:
        for name in sorted(getattr(item, field)):
            grouped.setdefault(name, []).append(item)
    return {name: tuple(found) for name, found in sorted(grouped.items())}


def _activity_amendments(pack: GuidancePack) -> _Amendments:
    changes = ((item.activity, partial(_amend, amendment=item)) for item in pack.amendments)
    return "amendments", tuple(changes)


def _rule_amendments(pack: GuidancePack) -> _Amendments:
    changes = ((item.code, partial(_amend_rule, change=item)) for item in pack.rule_amendments)
    return "rule_amendments", tuple(changes)


def _amend(activity: Activity, amendment: ActivityAmendment) -> Activity:
    doses = tuple(
        _overlay(phase, dose_range_for(activity, phase), amendment)
        for phase in Phase
        if phase not in amendment.withheld and _offered(activity, amendment, phase)
    )
    return attrs.evolve(activity, doses=doses)


def _offered(activity: Activity, amendment: ActivityAmendment, phase: Phase) -> bool:
    return any(phase in item.phases for item in (*activity.doses, *amendment.doses))


def _overlay(phase: Phase, base: DoseRange | None, amendment: ActivityAmendment) -> DoseRange:
    over = [item for item in amendment.doses if phase in item.phases]
    layers = [item for item in (base, *over) if item is not None]
    # A range of another kind starts afresh: repetitions say nothing about a hold.
    kind = layers[-1].kind
    limits: dict[str, Limit] = {}
    for layer in layers:
        if layer.kind is kind:
            limits.update({limit.parameter: limit for limit in layer.limits})
    return DoseRange(phases=frozenset({phase}), kind=kind, limits=tuple(limits.values()))


def _amend_rule(rule: RuleSpec, change: RuleAmendment) -> RuleSpec:
    numbers = {parameter.name: parameter for parameter in rule.parameters}
    numbers.update({parameter.name: parameter for parameter in change.parameters})
    cited = {citation.statement: citation for citation in rule.citations}
    cited.update({citation.statement: citation for citation in change.citations})
    return attrs.evolve(
        rule,
        severity=rule.severity if change.severity is None else change.severity,
        parameters=tuple(numbers.values()),
        citations=tuple(cited.values()),
    )
