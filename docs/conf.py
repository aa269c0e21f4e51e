"""Sphinx configuration: MyST pages, API reference from the docstrings, furo."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version as installed_version
from importlib.util import find_spec
from pkgutil import iter_modules

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

project = "sciatica_pt"
author = "The sciatica_pt contributors"
copyright = f"2026 {author}"
release = version = installed_version("sciatica-pt")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
]
exclude_patterns = ["_build"]
# Types share attribute names on purpose (citations, id, ...), so a bare name is ambiguous.
suppress_warnings = ["ref.python"]

myst_enable_extensions = ["colon_fence", "dollarmath", "deflist", "fieldlist"]
myst_heading_anchors = 3

autodoc_default_options = {"members": True, "undoc-members": True, "show-inheritance": True}
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
maximum_signature_line_length = 88
# "Attributes:" sections and the fields themselves would otherwise be described twice.
napoleon_use_ivar = True
napoleon_numpy_docstring = False

html_theme = "furo"
html_title = f"{project} {release}"
html_theme_options = {
    "announcement": (
        "sciatica_pt formats and checks home programs. "
        "It does not diagnose, treat or replace a clinician."
    ),
}
html_show_sphinx = False
# Formulas become MathML when the pages are built: no script from elsewhere is loaded to read them.
html_math_renderer = "mathml"

# The sections of reference.md, from the top layer down; add a module and it gets one.
# A module that does not exist (yet) is left out.
REFERENCE = [
    "cli",
    "testing",
    "export",
    "planning",
    "repairing",
    "validation",
    "progression",
    "screening",
    "overrides",
    "rules",
    "guidance",
    "codec",
    "model",
    "errors",
]


def _section(module: str, level: int = 2) -> str:
    """Describe what the module exports, or else each of its public submodules."""
    text = f"{'#' * level} {module}\n\n```{{eval-rst}}\n.. automodule:: {module}\n```\n"
    package = import_module(module)
    if not hasattr(package, "__all__"):
        submodules = iter_modules(getattr(package, "__path__", []), f"{module}.")
        names = sorted(info.name for info in submodules if "._" not in info.name)
        text += "".join(_section(name, level + 1) for name in names)
    return text


def _fill_reference(_app: Sphinx, docname: str, source: list[str]) -> None:
    if docname == "reference":
        modules = [f"{project}.{name}" for name in REFERENCE if find_spec(f"{project}.{name}")]
        source[0] = source[0].replace("<!-- modules -->", "\n".join(map(_section, modules)))


def _write_inline(translator: HTML5Translator, node: nodes.math) -> None:
    translator.body.append(convert(node.astext()))
    raise nodes.SkipNode


def _write_block(translator: HTML5Translator, node: nodes.math_block) -> None:
    translator.body.append(convert(node.astext(), display="block"))
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the hook that fills in the reference, and the writer of formulas."""
    app.connect("source-read", _fill_reference)
    app.add_html_math_renderer("mathml", (_write_inline, None), (_write_block, None))
