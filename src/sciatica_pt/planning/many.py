"""Many people at once: plans in order, lazily, on as many processors as the caller brings."""

from __future__ import annotations

import hashlib
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from functools import lru_cache
from itertools import islice
from typing import Any, Generic, Required, TypeVar, Unpack, cast, overload

import attrs

from sciatica_pt.errors import SciaticaPTError
from sciatica_pt.model.profile import Profile
from sciatica_pt.planning.plan import Plan
from sciatica_pt.planning.weekly import PlanOptions, plan_or_refuse, plan_week, reusable

__all__ = ["KeepingOptions", "ManyOptions", "PlanOutcome", "plan_many"]

#: What comes back for one profile: its plan, or the error that `plan_week` raised.
PlanOutcome = Plan | SciaticaPTError
_T = TypeVar("_T")


class ManyOptions(PlanOptions, total=False):
    """The options of `plan_many`: those of `plan_week`, and one more."""

    conflicts: bool
    """Whether to look for the demands that clash where there is no plan, as `plan_week` does."""


class KeepingOptions(ManyOptions, Generic[_T], total=False):
    """The options of `plan_many` where only a part of each plan is wanted."""

    keep: Required[Callable[[Plan], _T]]
    """What to make of each plan where it was made, such as `operator.attrgetter("routine")`."""


@attrs.frozen
class _Planning:
    """How to plan for each of some people."""

    options: PlanOptions
    conflicts: bool
    keep: Callable[[Plan], Any] | None

    def __call__(self, profiles: Sequence[Profile]) -> tuple[Any, ...]:
        return tuple(self._outcome(profile) for profile in profiles)

    def _outcome(self, profile: Profile) -> Any:
        try:
            plan_one = plan_week if self.conflicts else plan_or_refuse
            plan = plan_one(profile, **self.options)
        except SciaticaPTError as error:
            # What one person can't have is no reason to stop for the others.
            return error.with_traceback(None)
        return plan if self.keep is None else self.keep(plan)


@attrs.frozen
class _Packed:
    """How to plan, as bytes, told apart by their digest alone."""

    digest: bytes
    data: bytes = attrs.field(eq=False, repr=False)


@lru_cache(maxsize=4)
def _unpacked(packed: _Packed) -> _Planning:
    # Each worker builds the guidance once, not once for every chunk.
    planning: _Planning = pickle.loads(packed.data)
    return planning


def _plan_chunk(profiles: Sequence[Profile], packed: _Packed) -> tuple[Any, ...]:
    return _unpacked(packed)(profiles)


@overload
def plan_many(
    profiles: Iterable[Profile],
    *,
    executor: Executor | None = None,
    chunk_size: int = 32,
    chunks_ahead: int = 8,
    on_progress: Callable[[int], None] | None = None,
    **options: Unpack[ManyOptions],
) -> Iterator[PlanOutcome]: ...


@overload
def plan_many(
    profiles: Iterable[Profile],
    *,
    executor: Executor | None = None,
    chunk_size: int = 32,
    chunks_ahead: int = 8,
    on_progress: Callable[[int], None] | None = None,
    **options: Unpack[KeepingOptions[_T]],
) -> Iterator[_T | SciaticaPTError]: ...


def plan_many(
    profiles: Iterable[Profile],
    *,
    executor: Executor | None = None,
    chunk_size: int = 32,
    chunks_ahead: int = 8,
    on_progress: Callable[[int], None] | None = None,
    **options: Any,
) -> Iterator[Any]:
    """Yield the outcome of `plan_week` for each profile, in order.

    Profiles are taken and plans are made only as they are asked for, so memory stays flat however
    many there are.

    Args:
        profiles: the people.
        executor: where to plan, such as a `ProcessPoolExecutor`, or a cluster's adapter to the
            same interface; `None` for right here.  The caller owns it and shuts it down.
        chunk_size: how many profiles travel to a worker together.
        chunks_ahead: how many chunks may be under way at once.
        on_progress: called with the number of outcomes so far after each chunk, before the
            chunk's outcomes are yielded.
        options: as for `plan_week`; for other processes they must be picklable.  Some people have
            no plan, and which of their demands clash is looked for only with `conflicts=True`,
            since that takes many times as long as a plan.  With `keep`, each plan is yielded as
            what that function makes of it, in the process that planned: less has to travel.

    Raises:
        ValueError: `chunk_size` or `chunks_ahead` is below 1.
    """
    if chunk_size < 1 or chunks_ahead < 1:
        raise ValueError("chunk_size and chunks_ahead must be at least 1")
    conflicts, keep = options.pop("conflicts", False), options.pop("keep", None)
    planning = _Planning(
        options=reusable(cast("PlanOptions", options)), conflicts=conflicts, keep=keep
    )
    chunks = _chunks(profiles, chunk_size)
    made = (
        map(planning, chunks)
        if executor is None
        else _abroad(chunks, planning, executor, chunks_ahead)
    )
    return _counted(made, on_progress)


def _chunks(profiles: Iterable[Profile], size: int) -> Iterator[tuple[Profile, ...]]:
    source = iter(profiles)
    while chunk := tuple(islice(source, size)):
        yield chunk


def _abroad(
    chunks: Iterator[tuple[Profile, ...]], planning: _Planning, executor: Executor, ahead: int
) -> Iterator[tuple[Any, ...]]:
    data = pickle.dumps(planning)
    packed = _Packed(hashlib.sha256(data).digest(), data)
    under_way: deque[Future[tuple[Any, ...]]] = deque()
    try:
        for chunk in chunks:
            under_way.append(executor.submit(_plan_chunk, chunk, packed))
            if len(under_way) >= ahead:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        # A caller who stops early should not wait for what nobody will read.
        for future in under_way:
            future.cancel()


def _counted(
    made: Iterable[tuple[Any, ...]], on_progress: Callable[[int], None] | None
) -> Iterator[Any]:
    done = 0
    for outcomes in made:
        done += len(outcomes)
        if on_progress is not None:
            on_progress(done)
        yield from outcomes
