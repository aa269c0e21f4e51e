"""Every place of every document, with what belongs there, and texts to put there instead."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any, cast

import attrs

from sciatica_pt.codec import dump_bytes
from sciatica_pt.codec._document import BODY
from sciatica_pt.codec._shapes import (
    TAG,
    Many,
    Maybe,
    One,
    OneOf,
    Shape,
    class_shape,
)

from .make import seeded

__all__ = ["Place", "all_places", "with_token"]

# A document whose values bring nothing new this often has shown all its places.
_PATIENCE = 12
_MARK = "\ue000 the value to replace \ue000"


@attrs.frozen(eq=False)
class Place:
    """One place of one document.

    Attributes:
        document: the document's plain value.
        path: the JSON path of the place.
        steps: the keys and indexes that lead there.
        shape: what belongs there.
        optional: whether null does, too.
        held: what stands there.
    """

    document: dict[str, Any]
    path: str
    steps: tuple[str | int, ...]
    shape: Shape
    optional: bool
    held: Any

    @cached_property
    def around(self) -> tuple[str, str]:
        """The text of the document before the place and after it."""
        document = json.loads(json.dumps(self.document))
        container: Any = document
        for step in self.steps[:-1]:
            container = container[step]
        container[self.steps[-1]] = _MARK
        before, after = json.dumps(document, ensure_ascii=False).split(f'"{_MARK}"')
        return before, after


def _walk(shape: Shape, plain: Any, steps: tuple[str | int, ...]) -> Iterator[tuple[Any, ...]]:
    optional = isinstance(shape, Maybe)
    while isinstance(shape, Maybe):
        shape = shape.inner
    if plain is None:
        return
    yield steps, shape, optional, plain
    match shape:
        case Many(inner=inner):
            for index, item in enumerate(plain):
                yield from _walk(inner, item, (*steps, index))
        case One(cls=cls):
            yield from _fields(cls, plain, steps)
        case OneOf(classes=classes):
            yield from _fields(classes[plain[TAG]], plain, steps)
        case _:
            pass


def _fields(cls: type, plain: Any, steps: tuple[str | int, ...]) -> Iterator[tuple[Any, ...]]:
    for field in class_shape(cls).fields:
        yield from _walk(field.shape, plain[field.name], (*steps, field.name))


def _path(steps: tuple[str | int, ...]) -> str:
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)


def _key(steps: tuple[str | int, ...], document: Any) -> tuple[Any, ...]:
    """Return what makes a place new: its keys, and the classes that its unions hold."""
    key: list[Any] = []
    here = document
    for step in steps:
        key.append(here.get(TAG) if isinstance(here, dict) else None)
        key.append(step if isinstance(step, str) else "*")
        here = here[step]
    return tuple(key)


def all_places(cls: type) -> tuple[Place, ...]:
    """Return one example of every place that documents of a class have, at every depth."""
    return _all_places(cast("Any", cls))


@cache
def _all_places(cls: Any) -> tuple[Place, ...]:
    maker = seeded(7)
    found: dict[tuple[Any, ...], Place] = {}
    sizes: dict[tuple[Any, ...], int] = {}
    shape = class_shape(cls)
    idle = 0
    while idle < _PATIENCE:
        idle += 1
        raw = dump_bytes(maker.value(cls))
        document = json.loads(raw)
        start: tuple[str | int, ...] = (BODY,) if shape.wrapped else ()
        body = document[BODY] if shape.wrapped else document
        for steps, inner, optional, held in _fields(cls, body, start):
            key = _key(steps, document)
            if key not in found:
                idle = 0
            # A small document shows a place as well as a large one.
            if key not in found or len(raw) < sizes[key]:
                found[key] = Place(document, _path(steps), steps, inner, optional, held)
                sizes[key] = len(raw)
    return tuple(found.values())


def with_token(place: Place, token: str) -> str:
    """Return the text of a place's document with some text instead of what belongs there."""
    before, after = place.around
    return before + token + after
