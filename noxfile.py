"""The one door to every gate: `nox` runs them, `nox -s NAME` runs one, `nox -l` lists them.

Plain venv and pip; nothing but a Python and nox itself has to be installed.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "venv"
nox.options.reuse_venv = "yes"
# nox would fail on a missing interpreter where CI is set; only the oldest Python is required.
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["lint", "types", "coverage", "docs", "fuzz", "wheel"]

PYPROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PYPROJECT)

ROOT = Path(__file__).parent
PACKAGE = ROOT / "src" / "sciatica_pt"
# What is checked besides the package; folders that are not there are left out.
CODE = [
    path
    for path in (
        "src",
        "tests",
        "typing_tests",
        "benchmarks",
        "docs",
        "examples",
        "fuzz",
        "tools",
        "conftest.py",
        "noxfile.py",
    )
    if (ROOT / path).exists()
]
TYPED = [
    path
    for path in CODE
    if path not in ("benchmarks", "docs")
    and (path.endswith(".py") or any((ROOT / path).rglob("*.py")))
]
PROSE = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md"]


@nox.session(name="format")
def format_(session: nox.Session) -> None:
    """Rewrite the code in the project's style and apply the safe fixes."""
    session.install("-e", ".[lint]")
    session.run("ruff", "check", "--fix", *CODE)
    session.run("ruff", "format", *CODE)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, spelling and the layers."""
    session.install("-e", ".[lint]")
    session.run("ruff", "format", "--check", *CODE)
    session.run("ruff", "check", *CODE)
    session.run("codespell", *CODE, *PROSE)
    session.run("lint-imports", "--no-cache")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types with mypy and pyright."""
    session.install("-e", ".[types]")
    session.run("mypy", *TYPED)
    session.run("pyright", "--warnings", *TYPED)


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Test the built package, not the source folder; arguments go to pytest."""
    session.install(".[test]")
    # The docstrings below src/ are left to `coverage`: here only what is installed counts.
    # A Python between the oldest and the newest gets what depends most on Python itself.
    between = session.python not in (PYTHONS[0], PYTHONS[-1])
    about_python = [f"tests/{name}" for name in ("model", "codec", "guidance", "rules", "cli")]
    built = [*(about_python if between else ["tests"]), "docs", "README.md"]
    session.run("pytest", *(session.posargs or [path for path in built if (ROOT / path).exists()]))


@nox.session
def coverage(session: nox.Session) -> None:
    """Run every test and example with the oldest dependencies; each line and branch is reached."""
    session.install("-e", ".[dask,test]")
    dependencies: list[str] = PYPROJECT["project"]["dependencies"]
    session.install(*(dependency.replace(">=", "==") for dependency in dependencies))
    session.run("pytest", "--cov", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Throw mutated documents at the codec, about a minute long; an argument says how many."""
    session.install("-e", ".[fuzz]")
    session.run("python", "-m", "fuzz", *(session.posargs or ["50000"]))
    session.run("python", "-m", "fuzz.coverage_guided", "10000")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation; a warning is an error. Its examples run in `coverage`."""
    session.install("-e", ".[docs]")
    out = "docs/_build/html"
    session.run("sphinx-build", "-q", "-W", "--keep-going", "-E", "-b", "html", "docs", out)
    session.log(f"open {out}/index.html")


@nox.session
def linkcheck(session: nox.Session) -> None:
    """Follow the links in the documentation (needs a network, so it is no gate)."""
    session.install("-e", ".[docs]")
    session.run("sphinx-build", "-b", "linkcheck", "docs", "docs/_build/links")


@nox.session
def wheel(session: nox.Session) -> None:
    """Build the wheel and the sdist, look inside, and use the wheel away from this folder."""
    session.install("build", "twine")
    dist = Path(session.create_tmp()).resolve() / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    # Without arguments `build` makes the wheel from the sdist, so both are complete.
    session.run("python", "-m", "build", "--outdir", str(dist), str(ROOT), silent=True)
    session.run("twine", "check", "--strict", *map(str, sorted(dist.iterdir())))
    (built,) = dist.glob("*.whl")
    _check_contents(session, built)

    with tempfile.TemporaryDirectory() as folder:
        elsewhere = Path(folder)
        session.run("python", "-m", "venv", str(elsewhere / "venv"))
        scripts = elsewhere / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
        python = str(scripts / "python")
        with session.chdir(elsewhere):
            session.run(python, "-m", "pip", "install", "--quiet", str(built), external=True)
            session.run(python, "-I", "-c", IMPORT_CHECK, external=True)
            session.run(str(scripts / "sciatica-pt"), "plan", external=True)
            session.run(python, "-I", "-m", "sciatica_pt", "--help", external=True)


@nox.session
def bench(session: nox.Session) -> None:
    """Run the benchmarks; arguments go to them."""
    if not (ROOT / "benchmarks" / "__main__.py").exists():
        session.error("There is no benchmarks/__main__.py, so there is nothing to run.")
    session.install(".[bench]")
    session.run("python", "-m", "benchmarks", *session.posargs)


# Run with the wheel and its dependencies alone: no extra is installed.
IMPORT_CHECK = """
import importlib, pkgutil, sys
import sciatica_pt

early = {"cattrs", "hypothesis", "orjson"} & set(sys.modules)
assert not early, f"importing sciatica_pt alone imports {sorted(early)}"
names = [name for name in sciatica_pt.__all__ if getattr(sciatica_pt, name, None) is None]
assert not names, f"in __all__ but absent: {names}"
count = 0
for module in pkgutil.walk_packages(sciatica_pt.__path__, "sciatica_pt."):
    # sciatica_pt.testing needs the extra of that name; __main__ runs the command line.
    if module.name.startswith("sciatica_pt.testing") or module.name.endswith(".__main__"):
        continue
    importlib.import_module(module.name)
    count += 1
print(f"{count} modules and {len(sciatica_pt.__all__)} public names import from the wheel")
"""


def _check_contents(session: nox.Session, built: Path) -> None:
    """Fail unless every file of the package is in the wheel, and nothing else is."""
    expected = {
        path.relative_to(ROOT / "src").as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(built) as archive:
        names = set(archive.namelist())
    shipped = {name for name in names if ".dist-info/" not in name}
    if missing := sorted(expected - shipped):
        session.error(f"not in the wheel: {missing}")
    if surplus := sorted(shipped - expected):
        session.error(f"in the wheel, but not in src: {surplus}")
    if "sciatica_pt/py.typed" not in shipped:
        session.error("the wheel has no py.typed, so its types would be ignored")
    session.log(f"{len(shipped)} files, {built.stat().st_size // 1024} kB")
