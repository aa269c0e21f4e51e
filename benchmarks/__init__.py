"""How long things take, as ratios within one run: `python -m benchmarks [names]`."""
