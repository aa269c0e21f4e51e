"""Many people at once: here, in processes, and on a dask cluster on this machine.

`python -m benchmarks.many 20000 --workers 2` plans for so many made-up people, and says how fast
and with how much memory; a million takes the same command.
"""

from __future__ import annotations

import argparse
import copy
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import islice
from multiprocessing import get_context
from operator import attrgetter
from random import Random

from benchmarks._harness import Table
from sciatica_pt.codec import dumps
from sciatica_pt.model import Profile
from sciatica_pt.planning import Plan, plan_many
from tests.planning.synthetic import bundled_profile
from tools.memory import told

_FEW = 400
_CHUNK = 32
#: What comes back of each plan.
_KEPT: dict[str, Callable[[Plan], object]] = {
    "the plan": copy.copy,
    "its JSON": dumps,
    "the routine": attrgetter("routine"),
}


def people(seed: int = 0) -> Iterator[Profile]:
    """Yield made-up people without end, the same ones for the same seed."""
    rng = Random(seed)
    while True:
        yield bundled_profile(rng)


@contextmanager
def _here() -> Generator[None]:
    yield None


@contextmanager
def _processes(count: int) -> Generator[Executor]:
    with ProcessPoolExecutor(count, get_context("spawn")) as executor:
        yield executor


@contextmanager
def _cluster(count: int) -> Generator[Executor]:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(
            n_workers=count, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
        ) as cluster,
        Client(cluster) as client,
        client.get_executor() as executor,
    ):
        yield executor


def tables() -> Iterator[Table]:
    """Yield how many plans a second each place makes."""
    places = [("here", _here()), ("2 processes", _processes(2))]
    if find_spec("distributed") is not None:
        places.append(("dask, 2 workers on this machine", _cluster(2)))
    rows: list[tuple[str, ...]] = []
    for name, place in places:
        with place as executor:
            # The first chunks load the packs in each process, which is no part of a long run.
            warm = islice(people(1), 4 * _CHUNK)
            assert list(plan_many(warm, executor=executor, chunk_size=_CHUNK))
            for what, keep in _KEPT.items():
                started, busy = time.perf_counter(), time.process_time()
                made = plan_many(
                    islice(people(), _FEW), executor=executor, chunk_size=_CHUNK, keep=keep
                )
                assert sum(1 for _ in made) == _FEW
                took, own = time.perf_counter() - started, time.process_time() - busy
                rows.append((name, what, f"{_FEW / took:.0f}", f"{1000 * own / _FEW:.2f} ms"))
    yield Table(
        title=f"{_FEW} people, bundled guidance, chunks of {_CHUNK}",
        head=("where", "kept", "plans a second", "processor time of this process, a plan"),
        rows=rows,
        note="On a machine with no more processors than workers, all share what there is.",
    )


def _tell(done: int, ends: Counter[str], started: float) -> None:
    rate = done / (time.perf_counter() - started)
    print(f"{done}: {rate:.1f} a second; MB held (most): {told()}; {dict(ends)}", flush=True)


def main() -> None:
    """Plan for as many people as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.many", description=__doc__)
    parser.add_argument("count", type=int, help="how many people")
    parser.add_argument("--workers", type=int, default=2, help="how many processes")
    arguments = parser.parse_args()
    ends: Counter[str] = Counter()
    step = max(1, arguments.count // 8)
    with _processes(arguments.workers) as executor:
        started = time.perf_counter()
        outcomes = plan_many(
            islice(people(), arguments.count),
            executor=executor,
            chunk_size=_CHUNK,
            keep=attrgetter("report.conforms"),
        )
        for done, outcome in enumerate(outcomes, 1):
            ends["conforms" if outcome is True else type(outcome).__name__] += 1
            if done % step == 0:
                _tell(done, ends, started)


if __name__ == "__main__":
    main()
