"""The library judges as a second validator does that shares no code with it."""

from __future__ import annotations

import pytest

from sciatica_pt.guidance import default_guidance
from sciatica_pt.rules import rules_of

from .book import Book
from .cases import case
from .compare import verdicts
from .faults import FAULTS, Fault, base

BOOK = Book()


@pytest.mark.parametrize("block", range(6))
def test_both_validators_say_the_same(block: int) -> None:
    """Of fifty generated weeks and people, each rule has one verdict from both validators."""
    refs = default_guidance().refs
    for seed in range(block * 50, block * 50 + 50):
        naive, library = verdicts(BOOK, *case(seed, BOOK, refs))
        assert library == naive, f"seed {seed}"


@pytest.mark.parametrize(("fault", "codes"), FAULTS.values(), ids=FAULTS.keys())
def test_a_single_fault_trips_the_rules_that_it_must(fault: Fault, codes: set[str]) -> None:
    """A week without fault breaks no rule; one fault breaks its own rules and no other."""
    naive, library = verdicts(BOOK, *fault(*base()))
    assert library == naive
    assert {code for code, verdict in library.items() if verdict == "fail"} == codes


def test_every_rule_is_tripped_by_a_fault() -> None:
    """No rule of the bundled guidance is without a fault that it finds."""
    tripped = {code for _, codes in FAULTS.values() for code in codes}
    assert tripped == set(rules_of(default_guidance()))


def test_naive_validator_knows_every_rule() -> None:
    """A new rule needs its naive counterpart."""
    assert set(BOOK.rules) == set(rules_of(default_guidance()))
