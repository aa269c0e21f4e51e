"""Look for unreached branches of the codec: `python -m fuzz.coverage_guided 100000`.

atheris (the extra `fuzz`) changes bytes at random and keeps what reaches something new.
It starts from documents of every kind, which are made here; the first byte chooses the kind.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

import atheris as _atheris

# It has no types.
atheris: Any = _atheris

with atheris.instrument_imports(include=["sciatica_pt.codec", "sciatica_pt.errors"]):
    from sciatica_pt.codec import dump_bytes
    from tests.codec.make import DOCUMENTS, seeded
    from tests.codec.oracle import check

# A larger document reaches no other code, only later.
_LARGEST = 3_000
_OF_EACH_KIND = 3


def one_input(data: bytes) -> None:
    """Check everything that reading promises of some bytes."""
    if data:
        check(data[1:], DOCUMENTS[data[0] % len(DOCUMENTS)])


def write_corpus(folder: Path) -> int:
    """Write documents to start from, and return how many they are."""
    written = 0
    for number, cls in enumerate(DOCUMENTS):
        for seed in range(_OF_EACH_KIND):
            raw = dump_bytes(seeded(seed).value(cls))
            if len(raw) <= _LARGEST:
                folder.joinpath(f"{cls.__name__}-{seed}").write_bytes(bytes([number]) + raw)
                written += 1
    return written


def main() -> None:
    """Run as asked on the command line."""
    parser = argparse.ArgumentParser(prog="python -m fuzz.coverage_guided", description=__doc__)
    parser.add_argument("inputs", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, help="a folder that keeps what is found")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        corpus: Path = options.corpus or Path(scratch)
        corpus.mkdir(exist_ok=True)
        print(f"{write_corpus(corpus)} documents to start from", flush=True)
        limits = [f"-runs={options.inputs}", f"-max_len={_LARGEST + 1}", "-timeout=30"]
        atheris.Setup(
            [sys.argv[0], *limits, f"-seed={options.seed}", "-print_final_stats=1", str(corpus)],
            one_input,
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
