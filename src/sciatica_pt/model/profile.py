"""What an app knows of one person, without anything that identifies the person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import assert_never, cast

import attrs

from sciatica_pt.errors import InvalidValueError, nearest
from sciatica_pt.model.constraints import (
    EMPTY,
    ID,
    Each,
    Flag,
    Instance,
    Member,
    Optional,
    Whole,
    as_set,
    as_tuple,
    checked,
    shown,
)
from sciatica_pt.model.doses import Application, Continuous, Dose, Hold, Recurring, Repetitions
from sciatica_pt.model.safety import Clearance, Fact, Screening
from sciatica_pt.model.vocabulary import (
    DirectionalPreference,
    FactKind,
    Irritability,
    LegPain,
    Phase,
    Provider,
    Provocation,
    Side,
    Weekday,
    as_directional_preference,
    as_irritability,
    as_leg_pain,
    as_phase,
    as_providers,
    as_provocations,
    as_side,
)

__all__ = ["DOSES", "Level", "Pain", "Profile", "WeekMinutes"]

#: The constraint on a field that holds a dose of any kind.
DOSES = Instance((Repetitions, Hold, Continuous, Application, Recurring))

_PAIN = Optional(Whole("points of pain (NPRS)", 0, 10))
_FREE = Whole("minutes", 0, 24 * 60)
_IDS = Each(ID, maximum=500)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Pain:
    """Pain at one moment on the numeric pain rating scale, the back and the leg apart.

    Attributes:
        back: pain in the back, 0 (none) to 10 (worst imaginable); `None` when not asked.
        leg: pain in the leg on the same scale; `None` when not asked.
    """

    back: int | None = attrs.field(default=None, validator=_PAIN)
    leg: int | None = attrs.field(default=None, validator=_PAIN)


@attrs.frozen(kw_only=True, field_transformer=checked)
class WeekMinutes:
    """The minutes a person has free on each weekday.

    Attributes:
        mon: minutes on Monday.
        tue: minutes on Tuesday.
        wed: minutes on Wednesday.
        thu: minutes on Thursday.
        fri: minutes on Friday.
        sat: minutes on Saturday.
        sun: minutes on Sunday.

    >>> WeekMinutes(mon=30).on(Weekday.MON), WeekMinutes(mon=30).on(Weekday.TUE)
    (30, 0)
    """

    mon: int = attrs.field(default=0, validator=_FREE)
    tue: int = attrs.field(default=0, validator=_FREE)
    wed: int = attrs.field(default=0, validator=_FREE)
    thu: int = attrs.field(default=0, validator=_FREE)
    fri: int = attrs.field(default=0, validator=_FREE)
    sat: int = attrs.field(default=0, validator=_FREE)
    sun: int = attrs.field(default=0, validator=_FREE)

    def on(self, day: Weekday) -> int:
        """Return the minutes free on a day."""
        return cast("int", getattr(self, day.value))

    @property
    def total(self) -> int:
        """The minutes free in the week."""
        return sum(self.on(day) for day in Weekday)


def _as_minutes(value: WeekMinutes | Mapping[str, int] | Mapping[Weekday, int]) -> WeekMinutes:
    if not isinstance(value, Mapping):
        return value
    days = [day.value for day in Weekday]
    for key in value:
        if key not in days:
            near = nearest(key, days)
            raise InvalidValueError(
                where="Profile.minutes",
                expected=f"weekdays ({', '.join(days)})",
                found=shown(key),
                hint=f'did you mean "{near}"?' if near else None,
            )
    return WeekMinutes(**{str(key): minutes for key, minutes in value.items()})


@attrs.frozen(kw_only=True, field_transformer=checked)
class Level:
    """The dose of an activity that the person has done well.

    Attributes:
        activity: id of the activity.
        dose: the dose reached.
    """

    activity: str = attrs.field(validator=ID)
    dose: Dose = attrs.field(validator=DOSES)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Profile:
    """What is known of a person; everything not stated is unknown, never assumed.

    Attributes:
        phase: how long the episode has lasted.
        affected_side: the leg with symptoms; `None` when unknown.
        conditions: ids of the conditions that are present.
        ruled_out: ids of the conditions that are known to be absent.
        others_ruled_out: whether every other condition of the guidance was asked for and is
            absent.
        screening: answers to the red-flag questions; `None` when nobody asked.
        pain: pain now; `None` when not asked.
        irritability: how easily symptoms are stirred up; `None` when unknown.
        directional_preference: the direction that eases symptoms; `None` when unknown.
        leg_pain: the lowest place that symptoms reach; `None` when unknown.
        provoked_by: everyday postures that bring symptoms on.
        not_provoked_by: everyday postures known not to.
        flare: whether symptoms have flared up now; `None` when unknown.
        equipment: ids of the equipment at hand.
        minutes: minutes free on each weekday.
        providers: the kinds of provider within reach.
        likes: ids of activities the person prefers.
        dislikes: ids of activities the person won't do.
        levels: the dose reached of each activity practiced so far.
        stopped: ids of activities that spread symptoms down the leg or brought new ones, and so
            are not done until a clinician has looked.
        clearances: what a clinician has cleared.
    """

    phase: Phase = attrs.field(converter=as_phase, validator=Member(Phase))
    affected_side: Side | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(as_side),
        validator=Optional(Member(Side)),
    )
    conditions: frozenset[str] = attrs.field(default=EMPTY, converter=as_set, validator=_IDS)
    ruled_out: frozenset[str] = attrs.field(default=EMPTY, converter=as_set, validator=_IDS)
    others_ruled_out: bool = attrs.field(default=False, validator=Flag())
    screening: Screening | None = attrs.field(default=None, validator=Optional(Instance(Screening)))
    pain: Pain | None = attrs.field(default=None, validator=Optional(Instance(Pain)))
    irritability: Irritability | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(as_irritability),
        validator=Optional(Member(Irritability)),
    )
    directional_preference: DirectionalPreference | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(as_directional_preference),
        validator=Optional(Member(DirectionalPreference)),
    )
    leg_pain: LegPain | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(as_leg_pain),
        validator=Optional(Member(LegPain)),
    )
    provoked_by: frozenset[Provocation] = attrs.field(
        default=EMPTY, converter=as_provocations, validator=Each(Member(Provocation))
    )
    not_provoked_by: frozenset[Provocation] = attrs.field(
        default=EMPTY, converter=as_provocations, validator=Each(Member(Provocation))
    )
    flare: bool | None = attrs.field(default=None, validator=Optional(Flag()))
    equipment: frozenset[str] = attrs.field(default=EMPTY, converter=as_set, validator=_IDS)
    minutes: WeekMinutes = attrs.field(
        factory=WeekMinutes, converter=_as_minutes, validator=Instance(WeekMinutes)
    )
    providers: frozenset[Provider] = attrs.field(
        default=EMPTY, converter=as_providers, validator=Each(Member(Provider))
    )
    likes: frozenset[str] = attrs.field(default=EMPTY, converter=as_set, validator=_IDS)
    dislikes: frozenset[str] = attrs.field(default=EMPTY, converter=as_set, validator=_IDS)
    levels: tuple[Level, ...] = attrs.field(
        default=(), converter=as_tuple, validator=Each(Instance(Level), unique="activity")
    )
    stopped: frozenset[str] = attrs.field(default=EMPTY, converter=as_set, validator=_IDS)
    clearances: tuple[Clearance, ...] = attrs.field(
        default=(),
        converter=as_tuple,
        validator=Each(Instance(Clearance), maximum=200, unique="restriction"),
    )

    def __attrs_post_init__(self) -> None:
        for name, other in (
            ("conditions", "ruled_out"),
            ("provoked_by", "not_provoked_by"),
            ("likes", "dislikes"),
        ):
            both = getattr(self, name) & getattr(self, other)
            if both:
                raise InvalidValueError(
                    where=f"Profile.{other}",
                    expected=f"nothing that is also in {name}",
                    found=", ".join(sorted(both)),
                )

    def knows(self, fact: Fact) -> bool | None:
        """Return whether a fact is true of the person, or `None` when it is unknown.

        >>> profile = Profile(phase="chronic", conditions={"osteoporosis"})
        >>> profile.knows(Fact(kind="condition", value="osteoporosis"))
        True
        >>> profile.knows(Fact(kind="condition", value="pregnancy")) is None
        True
        """
        match fact.kind:
            case FactKind.CONDITION:
                if fact.value in self.conditions:
                    return True
                return False if self.others_ruled_out or fact.value in self.ruled_out else None
            case FactKind.PROVOCATION:
                if fact.value in self.provoked_by:
                    return True
                return False if fact.value in self.not_provoked_by else None
            case FactKind.FLARE:
                return self.flare
            case FactKind.DIRECTIONAL_PREFERENCE:
                known: str | None = self.directional_preference
            case FactKind.IRRITABILITY:
                known = self.irritability
            case FactKind.LEG_PAIN:
                known = self.leg_pain
            case _:  # pragma: no cover
                assert_never(fact.kind)
        return None if known is None else known == fact.value

    def on(self, day: dt.date) -> Profile:
        """Return the profile as it stands on a day: without the clearances that have run out.

        The library reads no clock, so whoever keeps a profile asks for the day before planning.

        >>> import datetime as dt
        >>> from sciatica_pt.model import Clearance
        >>> seen = Clearance(
        ...     restriction="massage-pregnancy",
        ...     role="physician",
        ...     reason="Light pressure was agreed.",
        ...     expires=dt.date(2026, 3, 31),
        ... )
        >>> profile = Profile(phase="chronic", clearances=[seen])
        >>> len(profile.on(dt.date(2026, 3, 31)).clearances)
        1
        >>> len(profile.on(dt.date(2026, 4, 1)).clearances)
        0
        """
        return attrs.evolve(
            self, clearances=[item for item in self.clearances if day <= item.expires]
        )

    def level(self, activity: str) -> Dose | None:
        """Return the dose reached of an activity, or `None` when none is recorded."""
        for item in self.levels:
            if item.activity == activity:
                return item.dose
        return None
