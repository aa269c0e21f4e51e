"""Laws of every step, over any logs."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache
from random import Random
from typing import Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

import sciatica_pt as spt
from sciatica_pt.model import LegChange, Pain, SessionLog, dose_values
from sciatica_pt.progression import RESPONDERS
from sciatica_pt.progression.readings import in_order

from .__main__ import course
from .laws import Case, broken
from .made import MONDAY, a_step, logged, person, with_entries
from .made import short as planned
from .weeks import NOTES, anything

# A step costs a tenth of a second; the campaign behind `python -m tests.progression` looks wider.
FEW = settings(max_examples=max(4, settings().max_examples // 25), deadline=None)
seeds = st.integers(0, 10**6)
phases = st.sampled_from(["acute", "subacute", "chronic"])


@cache
def logs_of(phase: str, seed: int) -> tuple[SessionLog, ...]:
    """Return any logs of the planned week of a phase."""
    return anything(planned(phase), Random(seed), MONDAY, 8)


@given(phases, seeds)
@FEW
def test_every_step_keeps_the_laws(phase: str, seed: int) -> None:
    """Whatever was logged, the next week conforms, and no activity rises in two numbers."""
    logs = logs_of(phase, seed)
    step = a_step(planned(phase), logs=logs)
    case = Case(before=planned(phase), profile=person(phase), logs=logs, state=None, step=step)
    assert list(broken(case, spt.default_guidance())) == []


@given(seeds)
@FEW
def test_every_course_keeps_the_laws(seed: int) -> None:
    """So does each week after it, where a phase begins or a flare-up is said too."""
    assert course(Random(f"course {seed}"), Counter()) <= 12


@given(phases, seeds, st.randoms(use_true_random=False))
@FEW
def test_the_order_of_logs_does_not_matter(phase: str, seed: int, random: Random) -> None:
    """The same logs in another order give the same step."""
    logs = list(logs_of(phase, seed))
    step = a_step(planned(phase), logs=tuple(logs))
    random.shuffle(logs)
    assert a_step(planned(phase), logs=iter(logs)) == step
    assert in_order(logs) == in_order(reversed(logs))


def _more(pain: Pain | None, points: int) -> Pain | None:
    if pain is None:
        return None
    back, leg = (None if site is None else min(10, site + points) for site in (pain.back, pain.leg))
    return Pain(back=back, leg=leg)


def _asks(step: spt.ProgressStep, name: str) -> dict[str, int] | None:
    decision = step.decision(name)
    if decision.after is None or decision.becomes is not None:
        return None
    values = dose_values(decision.after)
    return {key: value for key, value in values.items() if value is not None and "rest" not in key}


@given(phases, seeds, st.integers(1, 5))
@FEW
def test_more_pain_never_gives_more(phase: str, seed: int, points: int) -> None:
    """The same week with more pain at, after and the morning after gives no activity more."""
    logs = logs_of(phase, seed)
    sorer = tuple(
        attrs.evolve(
            log,
            pain_during=_more(log.pain_during, points),
            pain_after=_more(log.pain_after, points),
            pain_next_morning=_more(log.pain_next_morning, points),
        )
        for log in logs
    )
    step, worse = a_step(planned(phase), logs=logs), a_step(planned(phase), logs=sorer)
    for decision in step.decisions:
        less, more = _asks(worse, decision.activity), _asks(step, decision.activity)
        order = worse.decision(decision.activity).adjustment.order
        assert order <= max(decision.adjustment.order, spt.Adjustment.INDETERMINATE.order)
        if less is not None and more is not None:
            assert all(value <= more[key] for key, value in less.items())


@given(phases, seeds, st.sampled_from(NOTES), st.integers(0, 20))
@FEW
def test_less_is_known_less_is_dared(phase: str, seed: int, note: str, place: int) -> None:
    """Taking a note away never turns anything but a caution into an advance."""
    logs = logs_of(phase, seed)
    index = place % max(1, len(logs))
    unknown_note: dict[str, Any] = {note: None}
    bare = tuple(
        attrs.evolve(log, **unknown_note) if number == index else log
        for number, log in enumerate(logs)
    )
    known, unknown = a_step(planned(phase), logs=logs), a_step(planned(phase), logs=bare)
    for decision in known.decisions:
        if decision.adjustment is spt.Adjustment.STOP:
            continue
        was = decision.adjustment is spt.Adjustment.ADVANCE
        now = unknown.decision(decision.activity).adjustment is spt.Adjustment.ADVANCE
        cautious = decision.rule in ("SPT806", "SPT807", "SPT808", "SPT809", "SPT810", "SPT830")
        assert was or not now or cautious


@given(phases, seeds, st.integers(0, 50), st.data())
@FEW
def test_more_information_never_undoes_a_stop(
    phase: str, seed: int, place: int, data: st.DataObject
) -> None:
    """Whatever else is learned, what was stopped is not advanced."""
    week = planned(phase)
    names = sorted({item.activity for s in week.sessions for item in s.prescriptions})
    name = names[place % len(names)]
    blank: dict[str, Any] = dict.fromkeys(data.draw(st.sets(st.sampled_from(NOTES))))
    blank.pop("leg_change", None)
    bare = tuple(
        attrs.evolve(log, leg_change=LegChange.PERIPHERALIZED, **blank) for log in logged(week)
    )
    bare = with_entries(bare, name, leg_change=None, form_kept=None, sets=())
    told = tuple(attrs.evolve(log, leg_change=LegChange.PERIPHERALIZED) for log in logged(week))
    step, more = a_step(week, logs=bare), a_step(week, logs=told)
    stopped = step.decision(name).adjustment
    assert stopped in (spt.Adjustment.STOP, spt.Adjustment.HOLD)
    assert more.decision(name).adjustment is not spt.Adjustment.ADVANCE


@given(st.integers(1, 3), st.integers(1, 3), st.sampled_from(sorted(RESPONDERS)), seeds)
@settings(FEW, max_examples=3)
def test_two_halves_are_one_whole(first: int, second: int, name: str, seed: int) -> None:
    """A course gone on with, also from a saved one, is the course of all its weeks."""
    who, responder = person("subacute"), RESPONDERS[name]
    whole = spt.simulate(who, weeks=first + second, responder=responder, seed=seed)
    half = spt.simulate(who, weeks=first, responder=responder, seed=seed)
    saved = spt.loads(spt.dumps(half), spt.SimulatedCourse)
    assert saved == half
    assert spt.simulate(who, weeks=second, responder=responder, seed=seed, after=saved) == whole


def test_a_week_later_the_same_logs_count_the_same() -> None:
    """Dates matter only as the order and the distance of days, so a shifted week is the same."""
    late = tuple(attrs.evolve(log, on=log.on + dt.timedelta(days=364)) for log in logged(planned()))
    assert a_step(planned(), logs=late).routine == a_step(planned()).routine
