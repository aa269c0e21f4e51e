"""Throw mutated documents at the codec, as many as asked for: `python -m fuzz 100000`.

It needs no fuzzer: the mutations know the documents, so most inputs reach deep.
`python -m fuzz.coverage_guided` does the same with atheris, which looks for unreached branches.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time

from sciatica_pt.codec import dump_bytes
from tests.codec.make import DOCUMENTS, Maker
from tests.codec.mutate import mutated_bytes, mutated_plain, text_of
from tests.codec.oracle import check, ends_well

# Each value is mutated this often before the next one is made.
_MUTANTS = 40
# A larger document reaches no other code, only later.
_LARGEST = 1_500


def run(inputs: int, seed: int, *, every: int = 100_000) -> tuple[int, int]:
    """Check that many inputs; return how many there were and how many were right documents."""
    chance = random.Random(seed)
    maker = Maker(chance.randrange)
    started = time.perf_counter()
    done = right = 0
    while done < inputs:
        cls = DOCUMENTS[chance.randrange(len(DOCUMENTS))]
        raw = dump_bytes(maker.value(cls))
        if len(raw) > _LARGEST:
            continue
        for number in range(_MUTANTS):
            if number % 2:
                bad = mutated_bytes(raw, chance.randrange)
            else:
                bad = text_of(mutated_plain(json.loads(raw), chance.randrange))
                if number % 6 == 0:
                    bad = mutated_bytes(bad, chance.randrange)
            try:
                # Most inputs only have to end as promised; some are looked at from all sides.
                right += check(bad, cls) if number % 8 == 0 else ends_well(bad, cls)
            except BaseException:
                print(f"{cls.__name__}: {bad!r}", file=sys.stderr)
                raise
            done += 1
            if done % every == 0:
                rate = done / (time.perf_counter() - started)
                print(f"{done} inputs, {right} right documents, {rate:.0f} a second", flush=True)
    return done, right


def main() -> None:
    """Run as asked on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", type=int)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    done, right = run(options.inputs, options.seed)
    print(f"no failure in {done} inputs (seed {options.seed}), {right} of them right documents")


if __name__ == "__main__":
    main()
