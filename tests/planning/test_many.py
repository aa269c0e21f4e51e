"""Planning for many people: in order, lazily, elsewhere, and errors as values."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from operator import attrgetter
from typing import Any

import attrs
import pytest

from sciatica_pt.errors import GuidanceError
from sciatica_pt.guidance import article_guidance
from sciatica_pt.model import Profile, Screening
from sciatica_pt.planning import (
    NoConformingPlan,
    Plan,
    ReferralRequired,
    ScreeningIncomplete,
    plan_many,
    plan_week,
    weekly,
)
from sciatica_pt.rules import rules_of
from tests.planning.check import Refusing

CLEAR = Screening.clear(by="person")
PERSON = Profile(
    phase="subacute",
    equipment={"towel", "chair"},
    minutes={"mon": 15, "thu": 20},
    screening=CLEAR,
)


def people(number: int) -> list[Profile]:
    """Return so many people who differ in their time."""
    return [attrs.evolve(PERSON, minutes={"mon": 10 + place}) for place in range(number)]


class Recorder(Executor):
    """Runs at once and remembers how much was under way."""

    def __init__(self) -> None:
        self.futures: list[Future[Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run now."""
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        self.futures.append(future)
        return future


def test_outcomes_are_those_of_plan_week_in_order() -> None:
    """Planning many people gives each the plan that they would get alone."""
    profiles = people(5)
    assert list(plan_many(profiles, chunk_size=2)) == [plan_week(item) for item in profiles]


def test_an_executor_changes_nothing_but_where_it_runs() -> None:
    """Other processes give equal plans in the same order."""
    profiles = people(5)
    with ProcessPoolExecutor(1) as executor:
        abroad = list(plan_many(profiles, executor=executor, chunk_size=2))
    assert abroad == list(plan_many(profiles))


def test_options_travel_to_the_executor() -> None:
    """Guidance, rules and consent hold wherever the planning is done."""
    guidance = article_guidance()
    options: Any = {
        "guidance": guidance,
        "rules": iter(()),
        "allow_unscreened": True,
    }
    [outcome] = plan_many([attrs.evolve(PERSON, screening=None)], executor=Recorder(), **options)
    assert isinstance(outcome, Plan)
    assert outcome.report.guidance == guidance.refs
    fewer = rules_of(guidance).without("SPT405")
    [outcome] = plan_many([PERSON], executor=Recorder(), guidance=guidance, rules=fewer)
    assert isinstance(outcome, Plan)
    assert "SPT405" not in {result.code for result in outcome.report.results}


def test_only_what_is_kept_of_a_plan_travels() -> None:
    """Each outcome is what the function makes of the plan where it was made, errors as they are."""
    unasked = attrs.evolve(PERSON, screening=None)
    keep = attrgetter("routine")
    with ProcessPoolExecutor(1) as executor:
        abroad = list(plan_many([PERSON, unasked], executor=executor, keep=keep))
    here, error = plan_many([PERSON, unasked], keep=keep)
    assert abroad[0] == here == plan_week(PERSON).routine
    assert isinstance(abroad[1], ScreeningIncomplete)
    assert isinstance(error, ScreeningIncomplete)


def test_errors_are_values() -> None:
    """One person without a plan doesn't stop the others, and says why."""
    profiles = [
        attrs.evolve(PERSON, screening=None),
        attrs.evolve(PERSON, equipment={"towl"}),
        attrs.evolve(PERSON, screening=Screening(by="person", present={"saddle-numbness"})),
        PERSON,
    ]
    kinds = [type(outcome) for outcome in plan_many(profiles)]
    assert kinds == [ScreeningIncomplete, GuidanceError, ReferralRequired, Plan]


def test_clashing_demands_are_looked_for_only_when_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Among many people a week that can't be had costs no search for whom to blame."""
    asked: list[object] = []

    def conflict_between(case: object, edits: object) -> None:
        asked.append((case, edits))

    monkeypatch.setattr(weekly, "conflict_between", conflict_between)
    options: Any = {"rules": [Refusing()], "executor": Recorder()}
    [quick] = plan_many([PERSON], **options)
    assert isinstance(quick, NoConformingPlan)
    assert [finding.code for finding in quick.findings] == ["OWN404"]
    assert asked == []
    [slow] = plan_many([PERSON], conflicts=True, **options)
    assert isinstance(slow, NoConformingPlan)
    assert len(asked) == 1


def test_nothing_is_taken_before_it_is_asked_for() -> None:
    """Memory stays flat: at most the chunk being planned has been taken from the source."""
    taken: list[int] = []

    def source() -> Iterator[Profile]:
        for place, profile in enumerate(people(50)):
            taken.append(place)
            yield profile

    outcomes = plan_many(source(), chunk_size=2)
    assert taken == []
    next(outcomes)
    assert len(taken) == 2


def test_only_so_many_chunks_are_under_way() -> None:
    """An executor is never handed more than the chunks ahead."""
    executor = Recorder()
    outcomes = plan_many(people(20), executor=executor, chunk_size=2, chunks_ahead=3)
    next(outcomes)
    assert len(executor.futures) == 3
    assert len(list(outcomes)) == 19


def test_stopping_early_cancels_what_nobody_will_read() -> None:
    """A caller who has seen enough leaves no work behind."""

    class Slow(Recorder):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            future: Future[Any] = Future()
            if not self.futures:
                future.set_result(fn(*args, **kwargs))
            self.futures.append(future)
            return future

    executor = Slow()
    outcomes = plan_many(people(6), executor=executor, chunk_size=2, chunks_ahead=2)
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert [future.cancelled() for future in executor.futures] == [False, True]


def test_progress_is_told_after_each_chunk() -> None:
    """A caller can show how far it is."""
    told: list[int] = []
    assert len(list(plan_many(people(5), chunk_size=2, on_progress=told.append))) == 5
    assert told == [2, 4, 5]


@pytest.mark.parametrize("wrong", [{"chunk_size": 0}, {"chunks_ahead": 0}])
def test_sizes_below_one_are_refused_at_once(wrong: dict[str, int]) -> None:
    """A size that could never make progress is refused before anything is planned."""
    with pytest.raises(ValueError, match="at least 1"):
        plan_many([], **wrong)  # type: ignore[call-overload]
