"""The bundled packs, and packs that other distributions offer."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files

from sciatica_pt.codec import loads
from sciatica_pt.errors import GuidanceError, nearest
from sciatica_pt.guidance.catalog import Catalog, combine
from sciatica_pt.guidance.pack import GuidancePack

__all__ = [
    "BUNDLED",
    "article_guidance",
    "bundled_pack",
    "default_guidance",
    "discover_packs",
    "load_discovered",
]

#: The ids of the bundled packs, in layering order.
BUNDLED = ("foundation", "article", "clinical-safety")
#: The entry-point group under which other distributions offer a pack or a function that makes one.
GROUP = "sciatica_pt.packs"


@cache
def bundled_pack(name: str) -> GuidancePack:
    """Return one of the bundled packs.

    Raises:
        GuidanceError: there is none of this name.
    """
    if name not in BUNDLED:
        near = nearest(name, BUNDLED)
        raise GuidanceError.one(
            "no such pack",
            path="$",
            expected=f"one of {', '.join(BUNDLED)}",
            found=f'"{name}"',
            hint=f'did you mean "{near}"?' if near else None,
        )
    # Packs are checked when they are loaded: once a process, and shared, since they are values.
    data = files("sciatica_pt.guidance").joinpath("data", f"{name}.json").read_bytes()
    return loads(data, GuidancePack)


@cache
def article_guidance() -> Catalog:
    """Return what the article says and no more, over the library's own working rules.

    It knows no red flag and no contraindication, because the article names none.
    """
    return combine(bundled_pack("foundation"), bundled_pack("article"))


@cache
def default_guidance() -> Catalog:
    """Return the article's guidance with the clinical-safety pack laid over it.

    >>> [ref.id for ref in default_guidance().refs]
    ['foundation', 'article', 'clinical-safety']
    """
    return combine(*(bundled_pack(name) for name in BUNDLED))


def discover_packs() -> tuple[EntryPoint, ...]:
    """Return the packs that installed distributions offer, by name, none of them loaded."""
    return tuple(sorted(entry_points(group=GROUP), key=lambda point: point.name))


def load_discovered(name: str) -> GuidancePack:
    """Load a pack that an installed distribution offers.

    The entry point names a `GuidancePack`, or a function without arguments that returns one.

    Raises:
        GuidanceError: none is offered under this name, or several are, or what is offered can't be
            imported or is no pack.
    """
    point = _only_point(name)
    try:
        offered = point.load()
    except (ImportError, AttributeError) as error:
        raise _bad_offer(name, f"a name that can be imported from {point.value}", error) from error
    pack = offered() if callable(offered) else offered
    if not isinstance(pack, GuidancePack):
        raise _bad_offer(
            name, "a GuidancePack, or a function that returns one", f"a {type(pack).__name__}"
        )
    return pack


def _only_point(name: str) -> EntryPoint:
    points = discover_packs()
    found = [point for point in points if point.name == name]
    if not found:
        names = sorted({point.name for point in points})
        near = nearest(name, names)
        raise GuidanceError.one(
            "no such pack",
            path="$",
            expected=f"one of {', '.join(names) or 'none: no installed distribution offers any'}",
            found=f'"{name}"',
            hint=f'did you mean "{near}"?' if near else None,
        )
    if len(found) > 1:
        # Which one would win depends on the order of installation.
        raise GuidanceError.one(
            f"several packs are called {name}",
            path="$",
            expected="one distribution that offers it",
            found=", ".join(sorted(point.value for point in found)),
            hint="uninstall one, or import the pack that you mean and give it to combine",
        )
    return found[0]


def _bad_offer(name: str, expected: str, found: object) -> GuidanceError:
    return GuidanceError.one(
        f"the entry point {name} offers no pack", path="$", expected=expected, found=f"{found}"
    )
