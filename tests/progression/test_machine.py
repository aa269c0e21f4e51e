"""Weeks in a row, with edits, saving and loading in between, as a state machine."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

import sciatica_pt as spt
from sciatica_pt.progression import Assessment

from .laws import Case, broken
from .made import MONDAY, person, planned
from .weeks import anything

seeds = st.integers(0, 10**6)


def _more(seen: Assessment) -> spt.Adjustment:
    assert seen.readings is not None
    return spt.Adjustment.ADVANCE


class Weeks(RuleBasedStateMachine):
    """A person's weeks: anything may be logged, edited, saved and loaded between them."""

    def __init__(self) -> None:
        super().__init__()
        self.routine = planned("subacute")
        self.profile = person("subacute")
        self.state: spt.ProgressState | None = None
        self.starts = MONDAY
        self.faults: list[str] = []

    def _step(self, seed: int, worst: int, **options: Any) -> None:
        logs = anything(self.routine, Random(seed), self.starts, worst)
        self.starts += dt.timedelta(days=7)
        step = spt.progress(
            self.routine,
            profile=self.profile,
            logs=logs,
            state=self.state,
            on=self.starts,
            **options,
        )
        case = Case(
            before=self.routine,
            profile=self.profile,
            logs=logs,
            state=self.state,
            step=step,
            moved="missed" in options,
            called="decide" in options,
        )
        self.faults = list(broken(case, spt.default_guidance()))
        self.state = step.state
        if step.routine is None:
            # Somebody is asked, and makes a new week for the person as they are.
            self.routine, self.profile = planned("subacute"), person("subacute")
            self.state = None
        else:
            self.routine, self.profile = step.routine, step.profile

    @rule(seed=seeds)
    def calm_week(self, seed: int) -> None:
        """A week with little pain."""
        self._step(seed, 2)

    @rule(seed=seeds)
    def bad_week(self, seed: int) -> None:
        """A week in which anything may hurt."""
        self._step(seed, 9)

    @rule(seed=seeds, policy=st.sampled_from(spt.MissedPolicy))
    def week_by_policy(self, seed: int, policy: spt.MissedPolicy) -> None:
        """A week after which missed days are dealt with."""
        self._step(seed, 3, missed=policy)

    @rule(seed=seeds)
    def week_by_caller(self, seed: int) -> None:
        """A week after which the caller always wants more."""
        self._step(seed, 4, decide=_more)

    @rule()
    def saved_and_loaded(self) -> None:
        """Everything that is carried on comes back from its documents."""
        self.routine = spt.loads(spt.dumps(self.routine), spt.Routine)
        self.profile = spt.loads(spt.dumps(self.profile), spt.Profile)
        if self.state is not None:
            self.state = spt.loads(spt.dumps(self.state), spt.ProgressState)

    @rule(place=st.integers(0, 20))
    def an_item_taken_out(self, place: int) -> None:
        """The person takes something out of the week, as far as the week allows it."""
        session = place % len(self.routine.sessions)
        path = f"$.sessions[{session}].prescriptions[0]"
        week = spt.model.perform(spt.model.RemoveItem(path=path), self.routine)
        if week.sessions and spt.validate(week, profile=self.profile).conforms:
            self.routine = week

    @rule(minutes=st.sampled_from([30, 60, 90]))
    def other_minutes(self, minutes: int) -> None:
        """The person's time changes."""
        self.profile = attrs.evolve(self.profile, minutes=person("subacute", minutes).minutes)

    @invariant()
    def no_law_is_broken(self) -> None:
        """No step breaks a law."""
        assert self.faults == []


Weeks.TestCase.settings = settings(
    max_examples=max(5, settings().max_examples // 20), stateful_step_count=8, deadline=None
)
TestWeeks = Weeks.TestCase
