"""Plan for many people on a dask cluster, and write each plan as a line of JSON.

    python examples/on_a_cluster.py people.jsonl > plans.jsonl
    python examples/on_a_cluster.py people.jsonl --scheduler tcp://10.0.0.1:8786 > plans.jsonl

Without a scheduler a cluster of two workers is started on this machine, and ended again.
It needs the extra `dask`: pip install 'sciatica-pt[dask]'.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from distributed import Client, LocalCluster

import sciatica_pt as spt


def people(path: Path) -> Iterator[spt.Profile]:
    """Yield the profile of each line, as it is asked for."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield spt.loads(line, spt.Profile)


def main() -> None:
    """Plan for the people of a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", type=Path, help="a profile on each line")
    parser.add_argument("--scheduler", help="address of a cluster that runs already")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        address = arguments.scheduler
        if address is None:
            # Planning is pure Python, so each worker is a process with a thread of its own.
            cluster = LocalCluster(
                n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
            )
            address = stack.enter_context(cluster)
        client = stack.enter_context(Client(address))
        executor = stack.enter_context(client.get_executor())
        # No more than these chunks are under way at once, and each plan becomes text where it was
        # made: a text travels far more cheaply than a plan.
        outcomes = spt.plan_many(
            people(arguments.people),
            executor=executor,
            chunk_size=32,
            chunks_ahead=16,
            keep=spt.dumps,
        )
        for outcome in outcomes:
            if isinstance(outcome, str):
                print(outcome)
            else:
                print(json.dumps({"error": type(outcome).__name__, "message": str(outcome)}))


if __name__ == "__main__":
    main()
