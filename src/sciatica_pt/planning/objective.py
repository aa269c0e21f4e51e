"""How good a week is: shortfall of the goals first, then burden, then evenness.

The three are compared in that order, and each is a number that can be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.guidance import Catalog
from sciatica_pt.model.activities import Exercise
from sciatica_pt.model.constraints import ID, Text, Whole, checked
from sciatica_pt.model.guidelines import PLANNING, WeeklyGoal
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.vocabulary import GoalKind, Phase, Technique, Weekday
from sciatica_pt.planning.candidates import Candidate

__all__ = [
    "SECONDS_A_MINUTE",
    "Block",
    "Numbers",
    "Objective",
    "ObjectiveTerm",
    "goals_for",
    "reached",
    "terms_of",
]

SECONDS_A_MINUTE = 60


@attrs.frozen
class Block:
    """A few activities done together, in the same order, on the same days.

    Attributes:
        candidates: the activities, by id.
        days: the days, Monday first.
    """

    candidates: tuple[Candidate, ...]
    days: tuple[Weekday, ...]

    @property
    def technique(self) -> Technique:
        """The technique that the block's activities share."""
        return self.candidates[0].activity.technique

    @property
    def seconds(self) -> int:
        """Honest seconds on each of its days."""
        return sum(candidate.seconds for candidate in self.candidates)

    @property
    def active(self) -> int:
        """The seconds of these in which something is done, without getting ready."""
        return sum(candidate.active for candidate in self.candidates)


@attrs.frozen(kw_only=True, field_transformer=checked)
class ObjectiveTerm:
    """One number of the objective; lower is better, and earlier terms decide first.

    Attributes:
        name: stable name.
        value: the number.
        unit: its unit.
        meaning: what it says, in a sentence.
    """

    name: str = attrs.field(validator=ID)
    value: int = attrs.field(validator=Whole("its unit", -1_000_000_000, 1_000_000_000))
    unit: str = attrs.field(validator=Text("a unit", maximum=60))
    meaning: str = attrs.field(validator=Text("a meaning"))


@attrs.frozen(kw_only=True)
class Numbers:
    """The objective's numbers that a caller sets; `None` for what the guidance says.

    Attributes:
        liked_percent: the share of its minutes, in percent, that a liked activity counts with.
        slot_minutes: the length of a slot in minutes, in which time is booked.
        most_activities: the most activities of a technique that no rule sets a number for.
        shortening_seconds: the steps, in seconds, by which a dose of aerobic work may be shorter
            where a day lacks the time.
    """

    liked_percent: int | None = None
    slot_minutes: int | None = None
    most_activities: int | None = None
    shortening_seconds: int | None = None

    def __attrs_post_init__(self) -> None:
        for name, value in self._set():
            flaw = PLANNING[name].flaw(value)
            if flaw is not None:
                raise InvalidValueError(where=name, expected=flaw.expected, found=flaw.found)

    def _set(self) -> Iterator[tuple[str, int]]:
        for field in attrs.fields(Numbers):
            value = getattr(self, field.name)
            if value is not None:
                yield field.name.replace("_", "-"), value

    def objective(self, guidance: Catalog, profile: Profile) -> Objective:
        """Return what a person's week aims at; a number that nobody gives changes nothing."""
        numbers = {name: number.value for name, number in guidance.planning.items()}
        numbers.update(self._set())
        return Objective(
            goals=goals_for(guidance, profile.phase),
            likes=profile.likes,
            **{name.replace("-", "_"): value for name, value in numbers.items()},
        )


def goals_for(catalog: Catalog, phase: Phase) -> tuple[WeeklyGoal, ...]:
    """Return the goals of a phase that count, in the order of their ids."""
    goals = (catalog.goals[name] for name in sorted(catalog.goals))
    return tuple(goal for goal in goals if phase in goal.phases and goal.weight)


def reached(goal: WeeklyGoal, blocks: Iterable[Block]) -> int:
    """Return how much of a goal a week reaches, in the unit of the goal's kind."""
    if goal.kind is GoalKind.MUSCLE_EXPOSURES:
        return sum(
            len(block.days)
            for block in blocks
            if goal.technique in (None, block.technique)
            for candidate in block.candidates
            if isinstance(candidate.activity, Exercise)
            and goal.muscle in candidate.activity.muscles
        )
    mine = [block for block in blocks if block.technique is goal.technique]
    match goal.kind:
        case GoalKind.TECHNIQUE_DAYS:
            return len({day for block in mine for day in block.days})
        case GoalKind.DISTINCT_ACTIVITIES:
            return len({candidate.id for block in mine for candidate in block.candidates})
        case _:
            return sum(block.active * len(block.days) for block in mine) // SECONDS_A_MINUTE


@attrs.frozen(kw_only=True)
class Objective:
    """The lexicographic objective over a week's blocks.

    Attributes:
        goals: what the week aims at.
        likes: ids of the activities the person prefers.
        liked_percent: the share of its minutes, in percent, that a liked activity counts with.
        slot_minutes: the length of a slot in minutes, in which evenness is measured.
        most_activities: the most activities of a technique that no rule sets a number for, such as
            the kinds of aerobic work that alternate.
        shortening_seconds: the steps, in seconds, by which a dose of aerobic work may be shorter
            where a day lacks the time; 0 for never.
    """

    goals: tuple[WeeklyGoal, ...]
    likes: frozenset[str] = frozenset()
    liked_percent: int = 100
    slot_minutes: int = 1
    most_activities: int = len(Weekday)
    shortening_seconds: int = 0

    @property
    def cross(self) -> tuple[WeeklyGoal, ...]:
        """The goals that speak of several techniques; they make the search longer."""
        return tuple(goal for goal in self.goals if goal.technique is None)

    def goals_of(self, technique: Technique) -> tuple[WeeklyGoal, ...]:
        """Return the goals that speak of one technique."""
        return tuple(goal for goal in self.goals if goal.technique is technique)

    def slots(self, seconds: int) -> int:
        """Return the slots that a block of so many seconds books."""
        return -(-seconds // (self.slot_minutes * SECONDS_A_MINUTE))

    def shortfall(self, blocks: tuple[Block, ...]) -> int:
        """Return the weighted sum over the goals of what is missing, in points."""
        return sum(goal.weight * max(0, goal.target - reached(goal, blocks)) for goal in self.goals)

    def cost(self, candidate: Candidate) -> int:
        """Return what a day of an activity costs, in hundredths of a second.

        What is cut off a dose counts twice, so that a shorter one is never taken to save time.
        """
        seconds = candidate.seconds + 2 * candidate.cut
        return seconds * (self.liked_percent if candidate.id in self.likes else 100)

    def burden(self, blocks: tuple[Block, ...]) -> int:
        """Return the time of the week less preferences, in hundredths of a second."""
        return sum(
            self.cost(candidate) * len(block.days)
            for block in blocks
            for candidate in block.candidates
        )

    def evenness(self, blocks: tuple[Block, ...]) -> int:
        """Return the sum over the days of the squared booked slots."""
        booked = dict.fromkeys(Weekday, 0)
        for block in blocks:
            for day in block.days:
                booked[day] += self.slots(block.seconds)
        return sum(slots * slots for slots in booked.values())

    def vector(self, blocks: tuple[Block, ...]) -> tuple[int, int, int]:
        """Return the three numbers to compare, the weightiest first."""
        return self.shortfall(blocks), self.burden(blocks), self.evenness(blocks)

    def terms(self, blocks: tuple[Block, ...]) -> tuple[ObjectiveTerm, ...]:
        """Return the three numbers as values that can be shown."""
        return terms_of(self.vector(blocks))


def terms_of(vector: tuple[int, int, int]) -> tuple[ObjectiveTerm, ...]:
    """Return shortfall, burden and evenness as values that can be shown.

    Args:
        vector: the three in points, hundredths of a second and squared slots; so small a part of
            a second is not shown.
    """
    shortfall, burden, evenness = vector
    return (
        ObjectiveTerm(
            name="shortfall",
            value=shortfall,
            unit="points",
            meaning="What the goals still miss, each missing unit by its goal's weight.",
        ),
        ObjectiveTerm(
            name="burden",
            value=burden // 100,
            unit="seconds",
            meaning=(
                "The time of the week, liked activities at a discount; time cut off a dose counts "
                "twice."
            ),
        ),
        ObjectiveTerm(
            name="evenness",
            value=evenness,
            unit="squared slots",
            meaning="The sum over the days of their booked slots, squared.",
        ),
    )
