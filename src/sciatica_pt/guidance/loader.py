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
        GuidanceError: none is offered under this name, or what is offered is no pack.
    """
    points = {point.name: point for point in discover_packs()}
    if name not in points:
        near = nearest(name, points)
        raise GuidanceError.one(
            "no such pack",
            path="$",
            expected=f"one of {', '.join(points) or 'none: no installed distribution offers any'}",
            found=f'"{name}"',
            hint=f'did you mean "{near}"?' if near else None,
        )
    offered = points[name].load()
    pack = offered() if callable(offered) else offered
    if not isinstance(pack, GuidancePack):
        raise GuidanceError.one(
            f"the entry point {name} offers no pack",
            path="$",
            expected="a GuidancePack, or a function that returns one",
            found=f"a {type(pack).__name__}",
        )
    return pack
