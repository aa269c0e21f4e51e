"""Change the safety code a little, many times, and see whether a test notices.

`python -m tools.mutation` tries every mutant of the rules, of validation, screening, overrides and
repairing, and of progression; `python -m tools.mutation overrides.py 3` every third one of one
file, and `python -m tools.mutation progression/` those of one folder.
It prints each mutant that no test notices, and how many were noticed.
Survivors that are known stand in docs/mutation.md with the reason.

mutmut was tried first: it leaves properties and tables alone, and a mutant of it costs seconds.
Here a process that has everything loaded forks for each mutant, puts the changed code into the
functions that exist, and calls the tests that ran the changed line, the quickest first.
What takes effect only at import is tried in a new process.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib.abc
import importlib.util
import io
import os
import resource
import signal
import subprocess
import sys
import time
import types
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "mutation.md"
PACKAGE = ROOT / "src" / "sciatica_pt"


@attrs.frozen
class Area:
    """Code that is changed, and the tests that ought to notice.

    Attributes:
        targets: the files that are changed.
        tests: where the tests stand.
        slow: names of tests that take seconds each; the quick ones must be enough.
    """

    targets: tuple[Path, ...]
    tests: tuple[str, ...]
    slow: tuple[str, ...]


AREAS = (
    Area(
        targets=(
            *sorted((PACKAGE / "rules").glob("[a-z]*.py")),
            PACKAGE / "rules" / "__init__.py",
            PACKAGE / "validation.py",
            PACKAGE / "screening.py",
            PACKAGE / "overrides.py",
            PACKAGE / "repairing.py",
        ),
        tests=(
            "tests/rules",
            "tests/test_validation.py",
            "tests/test_screening.py",
            "tests/test_overrides.py",
            "tests/test_repairing.py",
            "tests/oracle/test_oracle.py",
        ),
        slow=(
            "test_both_validators_say_the_same",
            "test_unsafe_fixes_wait_for_consent_and_end_too",
            "test_repairing_keeps_its_laws",
        ),
    ),
    Area(
        # A change of a made-up person makes another made-up person, and breaks no promise.
        targets=tuple(
            file
            for file in sorted((PACKAGE / "progression").glob("[a-z]*.py"))
            if file.name != "responders.py"
        ),
        tests=("tests/progression",),
        # The state machine looks for what nobody thought of; it is no test of one line.
        slow=("runTest",),
    ),
)
TARGETS = tuple(file for area in AREAS for file in area.targets)
#: The most seconds that a mutant's tests may take before it counts as noticed for never ending; of
#: processor time, since a busy machine would notice everything otherwise.
PATIENCE = 60
_Functions = dict[tuple[str, str, int], list[types.FunctionType]]


@attrs.frozen
class Test:
    """A test without fixtures, ready to be called.

    Attributes:
        name: its id.
        call: calls it.
        seconds: how long it takes.
        lines: the lines that it runs, by file.
    """

    name: str
    call: Callable[[], object] = attrs.field(eq=False)
    seconds: float
    lines: dict[str, frozenset[int]] = attrs.field(eq=False)


class _Collector:
    """A pytest plugin that keeps the collected items and runs none."""

    def __init__(self) -> None:
        self.items: list[Any] = []

    def pytest_collection_finish(self, session: Any) -> None:
        """Keep the items."""
        self.items = list(session.items)


def _collected(area: Area) -> Iterator[tuple[str, Callable[[], object]]]:
    import pytest
    from hypothesis import Phase, settings

    settings.register_profile(
        "mutation",
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
    )
    collector = _Collector()
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = pytest.main(
            [
                "--collect-only",
                "-q",
                "-n",
                "0",
                "-p",
                "no:cacheprovider",
                "-p",
                "no:randomly",
                "-o",
                "filterwarnings=ignore",
            ]
            + [str(ROOT / name) for name in area.tests],
            plugins=[collector],
        )
    if code != pytest.ExitCode.OK:
        raise RuntimeError(said.getvalue())
    settings.load_profile("mutation")
    for item in collector.items:
        spec = getattr(item, "callspec", None)
        values = {} if spec is None else spec.params
        wanted = {name for name in item.fixturenames if not name.startswith("_")}
        if wanted <= values.keys() and item.originalname not in area.slow:
            given = {name: values[name] for name in values if name in wanted}
            yield item.nodeid, functools.partial(item.obj, **given)


def _traced(area: Area, call: Callable[[], object]) -> tuple[float, dict[str, frozenset[int]]]:
    """Run a test; return its seconds and the lines of the area that it runs."""
    wanted = {str(path) for path in area.targets}
    seen: dict[str, set[int]] = {}

    def local(frame: types.FrameType, event: str, arg: object) -> Any:
        del arg
        if event == "line":
            seen[frame.f_code.co_filename].add(frame.f_lineno)
        return local

    def trace(frame: types.FrameType, event: str, arg: object) -> Any:
        del event, arg
        name = frame.f_code.co_filename
        if name not in wanted:
            return None
        seen.setdefault(name, set()).add(frame.f_lineno)
        return local

    _clear_caches()
    began = time.perf_counter()
    call()
    seconds = time.perf_counter() - began
    _clear_caches()
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return seconds, {name: frozenset(lines) for name, lines in seen.items()}


def _clear_caches() -> None:
    for found in gc.get_objects():
        if isinstance(found, functools._lru_cache_wrapper):
            module = getattr(found, "__module__", "") or ""
            file = getattr(sys.modules.get(module), "__file__", None)
            if file is not None and Path(file) in TARGETS:
                found.cache_clear()


def load_tests(area: Area) -> list[Test]:
    """Return the tests of an area, the quickest first."""
    tests = []
    for name, call in _collected(area):
        seconds, lines = _traced(area, call)
        tests.append(Test(name=name, call=call, seconds=seconds, lines=lines))
    return sorted(tests, key=lambda test: test.seconds)


def _functions() -> _Functions:
    found: _Functions = {}
    wanted = {str(path) for path in TARGETS}
    for value in gc.get_objects():
        if isinstance(value, types.FunctionType) and value.__code__.co_filename in wanted:
            code = value.__code__
            key = (code.co_filename, code.co_qualname, code.co_firstlineno)
            found.setdefault(key, []).append(value)
    return found


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            yield const
            yield from _codes(const)


def _pairs(mutant: Any, functions: _Functions) -> Iterator[tuple[types.FunctionType, Any]]:
    code = compile(mutant.tree, str(mutant.file), "exec", dont_inherit=True)
    for part in _codes(code):
        key = (part.co_filename, part.co_qualname, part.co_firstlineno)
        for function in functions.get(key, ()):
            yield function, part


def _fits(mutant: Any, functions: _Functions) -> bool:
    """Return whether a mutant's code can be put into the functions that exist."""
    return all(
        function.__code__.co_freevars == part.co_freevars
        for function, part in _pairs(mutant, functions)
    )


def _swap(mutant: Any, functions: _Functions) -> None:
    """Put a mutant's code into the functions that exist."""
    for function, part in _pairs(mutant, functions):
        function.__code__ = part
    _clear_caches()


def _limit(seconds: int) -> None:
    """End this process after so much processor time."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _noticed(tests: Sequence[Test], before: Callable[[], object]) -> str:
    """Run tests in a child process; return what noticed the change, or an empty text."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:  # The child never returns.
        os.close(reader)
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        _limit(PATIENCE)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        os.write(writer, _first_to_fail(tests, before).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    return said if os.WIFEXITED(status) else "it never ended"


def _first_to_fail(tests: Sequence[Test], before: Callable[[], object]) -> str:
    try:
        before()
    except BaseException as error:  # noqa: BLE001 - whatever it is, the change was noticed
        return f"import: {type(error).__name__}"
    for test in tests:
        try:
            test.call()
        except BaseException:  # noqa: BLE001
            return test.name
    return ""


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module as a mutant has it."""

    def __init__(self, mutant: Any) -> None:
        self._mutant = mutant

    def find_spec(self, fullname: str, path: object, target: object = None) -> Any:
        """Return the module's place when it is the changed one."""
        del path, target
        parts = self._mutant.file.relative_to(PACKAGE.parent).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        if fullname != name:
            return None
        return importlib.util.spec_from_file_location(
            fullname,
            self._mutant.file,
            loader=self,
            submodule_search_locations=[str(self._mutant.file.parent)]
            if self._mutant.file.name == "__init__.py"
            else None,
        )

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the changed source."""
        code = compile(self._mutant.tree, str(self._mutant.file), "exec", dont_inherit=True)
        exec(code, module.__dict__)


def _cold(file: Path, number: int) -> str:
    """Return what notices a mutant in a new process."""
    run = subprocess.run(
        [sys.executable, "-m", "tools.mutation", "--one", str(file), str(number)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode != 0:
        return "import: it breaks, or never ends"
    return run.stdout.strip()


def _one(file: Path, number: int) -> None:
    """Print what notices one mutant, imported as such; the quick tests alone are asked.

    Raises:
        RuntimeError: the tests can't even be collected with it.
    """
    from tools.mutants import mutants_of

    _limit(4 * PATIENCE)
    mutant = list(mutants_of(file))[number]
    for name in [name for name in sys.modules if name.split(".")[0] == "sciatica_pt"]:
        del sys.modules[name]
    sys.meta_path.insert(0, _Changed(mutant))
    area = next(area for area in AREAS if file in area.targets)
    for path in area.tests:
        for name, call in _collected(attrs.evolve(area, tests=(path,))):
            try:
                call()
            except BaseException:  # noqa: BLE001
                sys.stdout.write(name)
                return


def _known() -> set[str]:
    """Return the keys of the survivors that the page explains."""
    if not PAGE.exists():
        return set()
    lines = PAGE.read_text("utf-8").splitlines()
    return {
        line.split(" | ")[0].removeprefix("| `").removesuffix("`")
        for line in lines
        if line.startswith("| `")
    }


def main(only: str = "", step: int = 1) -> int:
    """Try mutants; return how many survive that the page does not explain."""
    from tools.mutants import mutants_of

    known = _known()
    tried, survived, unexplained = Counter[str](), Counter[str](), 0
    began = time.perf_counter()
    for area in AREAS:
        mutants = [
            (number, found)
            for file in area.targets
            if only in str(file.relative_to(PACKAGE))
            for number, found in enumerate(mutants_of(file))
        ]
        # What takes a new process each comes last.
        mutants.sort(key=lambda found: found[1].at_import)
        tests = load_tests(area) if mutants else []
        functions = _functions()
        for number, mutant in mutants[::step]:
            name = str(mutant.file.relative_to(PACKAGE))
            tried[name] += 1
            fitting = [
                test for test in tests if mutant.line in test.lines.get(str(mutant.file), ())
            ]
            if mutant.at_import or not fitting or not _fits(mutant, functions):
                said = _cold(mutant.file, number)
            else:
                said = _noticed(fitting, functools.partial(_swap, mutant, functions))
            if not said:
                survived[name] += 1
                explained = mutant.key in known
                unexplained += not explained
                mark = "known" if explained else "SURVIVED"
                sys.stdout.write(f"{mark} {name}:{mutant.line} {mutant.key}\n")
                sys.stdout.flush()
    for name, count in sorted(tried.items()):
        sys.stdout.write(f"{name}: {count - survived[name]} of {count} noticed\n")
    total, kept = tried.total(), survived.total()
    share = 100 * (total - kept) / max(total, 1)
    seconds = time.perf_counter() - began
    sys.stdout.write(
        f"{total - kept} of {total} mutants noticed ({share:.1f} %), "
        f"{unexplained} survivors without a reason, {seconds:.0f} seconds\n"
    )
    return unexplained


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == ["--one"]:
        _one(Path(arguments[1]), int(arguments[2]))
    else:
        only = arguments[0] if arguments else ""
        step = int(arguments[1]) if len(arguments) > 1 else 1
        sys.exit(bool(main(only, step)))
