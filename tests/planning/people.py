"""People, their weeks, and what may be asked of these; each week is planned once."""

from __future__ import annotations

from functools import lru_cache

from hypothesis import strategies as st

from sciatica_pt.model import Profile, Screening, TraceStatus, Weekday
from sciatica_pt.planning import ChangeDose, Edit, Forbid, Move, Pin, Plan, plan_week

__all__ = ["PEOPLE", "edits_of", "placed", "week_for"]

_CLEAR = Screening.clear(by="clinician")

#: Weeks that differ in phase, time, equipment and what is known.
PEOPLE: dict[str, Profile] = {
    "early": Profile(
        phase="acute",
        equipment={"chair", "cold-pack", "towel"},
        minutes={"mon": 15, "tue": 15, "thu": 15, "sat": 15},
        not_provoked_by={"walking", "standing"},
        others_ruled_out=True,
        screening=_CLEAR,
    ),
    "desk": Profile(
        phase="subacute",
        equipment={"towel", "chair"},
        minutes={"mon": 25, "wed": 25, "thu": 25},
        conditions={"age-60-plus"},
        others_ruled_out=True,
        provoked_by={"sitting"},
        not_provoked_by={"walking", "standing"},
        screening=_CLEAR,
    ),
    "runner": Profile(
        phase="chronic",
        equipment={"towel", "chair", "mat", "bicycle", "pool", "heating-pad"},
        minutes={"mon": 45, "wed": 40, "fri": 45, "sat": 60},
        likes={"swimming"},
        others_ruled_out=True,
        not_provoked_by={"walking", "standing", "sitting", "bending", "arching", "lying"},
        screening=_CLEAR,
    ),
}


@lru_cache(maxsize=8)
def week_for(name: str) -> Plan:
    """Return a person's week."""
    return plan_week(PEOPLE[name])


def placed(plan: Plan) -> dict[str, frozenset[Weekday]]:
    """Return on which days each activity of a week's sessions is done."""
    return {
        entry.activity: frozenset(entry.days)
        for entry in plan.trace
        if entry.status is TraceStatus.PLACED and entry.days
    }


def edits_of(plan: Plan) -> st.SearchStrategy[Edit]:
    """Return a strategy for edits of a week, most of which can be carried out."""
    held = placed(plan)
    names = st.sampled_from(sorted(held))
    others = st.sampled_from(
        [
            entry.activity
            for entry in plan.trace
            if entry.status is TraceStatus.LEFT_OUT and entry.trade_off is not None
        ]
        or sorted(held)
    )
    days = st.sampled_from(Weekday)
    doses = {
        item.activity: item.dose for one in plan.routine.sessions for item in one.prescriptions
    }

    def move(activity: str, day: Weekday, to: Weekday) -> Edit:
        return Move(activity=activity, day=day, to=to) if day is not to else Pin(activity=activity)

    return st.one_of(
        st.builds(Pin, activity=names),
        st.builds(Pin, activity=others),
        st.builds(Pin, activity=others, days=st.frozensets(days, min_size=1, max_size=2)),
        st.builds(Forbid, activity=names),
        st.builds(Forbid, activity=names, days=st.frozensets(days, min_size=1, max_size=2)),
        names.flatmap(
            lambda name: st.builds(move, st.just(name), st.sampled_from(sorted(held[name])), days)
        ),
        names.map(lambda name: ChangeDose(activity=name, dose=doses[name])),
    )
