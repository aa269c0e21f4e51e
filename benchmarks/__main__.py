"""Run the benchmarks that are named, or all: `python -m benchmarks codec`."""

from __future__ import annotations

import argparse
import importlib
import pkgutil

import benchmarks
from benchmarks._harness import facts


def _names() -> list[str]:
    found = (module.name for module in pkgutil.iter_modules(benchmarks.__path__))
    return sorted(name for name in found if not name.startswith("_"))


def main() -> None:
    """Run as asked on the command line."""
    known = _names()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"any of {', '.join(known)}")
    names = parser.parse_args().names or known
    if unknown := sorted(set(names) - set(known)):
        parser.error(f"no benchmark named {', '.join(unknown)}; there are {', '.join(known)}")
    print(f"{facts('attrs')}\n")
    for name in names:
        for table in importlib.import_module(f"benchmarks.{name}").tables():
            print(table.markdown(), flush=True)
            print()


if __name__ == "__main__":
    main()
