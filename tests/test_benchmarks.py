"""The benchmark of a plan's stages: it measures what it says, on any machine."""

from __future__ import annotations

from benchmarks.stages import STAGES, people, spent, tables


def test_each_stage_of_a_plan_takes_some_of_its_time() -> None:
    """No stage is renamed or left out unseen, and together they are the whole."""
    profile = people()[0]
    taken = spent(profile)
    assert set(STAGES) < set(taken)
    assert all(taken[stage] > 0 for stage in STAGES)
    parts = [seconds for stage, seconds in taken.items() if stage != "the whole plan"]
    assert abs(sum(parts) - taken["the whole plan"]) < 1e-6


def test_the_tables_show_each_stage_and_what_a_plan_costs() -> None:
    """The shares of the stages add up to all of the time, but for rounding."""
    stages, costs = tables(rounds=1)
    assert [row[0] for row in stages.rows] == [*STAGES, "the rest", "the whole plan"]
    shares = [int(row[-1].rstrip("%")) for row in stages.rows[:-1]]
    assert 95 <= sum(shares) <= 105
    assert costs.rows[0][0] == "plans a second"
    assert all(len(row) == len(costs.head) for row in costs.rows)
