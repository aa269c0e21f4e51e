"""What all tests share: hypothesis profiles, and documents whose examples run as tests."""

from __future__ import annotations

import os
from doctest import ELLIPSIS
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.integration.pytest import SybilItem
from sybil.parsers.myst import (
    ClearNamespaceParser,
    DocTestDirectiveParser,
    PythonCodeBlockParser,
    SkipParser,
)
from sybil.parsers.rest import DocTestParser
from sybil.parsers.rest import SkipParser as DocstringSkipParser

# Timing depends on the machine, so no profile has a deadline.
settings.register_profile("dev", deadline=None)
# Same examples on every run: a gate must not fail by luck.
settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# For another Python or older dependencies, once the properties have been looked at in full.
settings.register_profile("quick", settings.get_profile("ci"), max_examples=20)
settings.register_profile(
    "thorough",
    deadline=None,
    max_examples=2_000,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

ROOT = str(Path(__file__).parent)

# Python blocks and doctests in Markdown. The blocks of one document share a namespace.
_documents = Sybil(
    path=ROOT,
    patterns=["*.md"],
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=ELLIPSIS),
        DocTestDirectiveParser(optionflags=ELLIPSIS),
        SkipParser(),
        ClearNamespaceParser(),
    ],
)

# Doctests in the docstrings of the library.
_docstrings = Sybil(
    path=ROOT,
    patterns=["src/**/*.py"],
    parsers=[DocTestParser(optionflags=ELLIPSIS), DocstringSkipParser()],
    document_types={".py": PythonDocStringDocument},
)

pytest_collect_file = (_documents + _docstrings).pytest()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run a document's examples in the order they are written, after pytest-randomly's shuffle.

    They share a namespace, and `--dist=loadfile` keeps them in one process.
    """
    examples = [item for item in items if isinstance(item, SybilItem)]
    examples.sort(key=lambda item: (str(item.path), item.example.line, item.example.column))
    items[:] = [*(item for item in items if not isinstance(item, SybilItem)), *examples]
