"""What a class looks like on the wire, read from its attrs fields, constraints and annotations.

Everything else here is driven by these shapes: reading, writing, the generated code and the JSON
Schema, so none of them can know a field differently.
"""

from __future__ import annotations

import datetime as dt
import functools
import types
import typing
from collections.abc import Mapping
from typing import Any, cast

import attrs

from sciatica_pt.codec._names import kind_of
from sciatica_pt.model.constraints import (
    CHECKED,
    CONSTRAINT,
    Calendar,
    Constraint,
    Each,
    Finite,
    Flag,
    Instance,
    Member,
    Optional,
    Text,
    Whole,
)

__all__ = [
    "HEADER",
    "REQUIRED",
    "TAG",
    "ClassShape",
    "FieldShape",
    "Leaf",
    "Many",
    "Maybe",
    "One",
    "OneOf",
    "Required",
    "Shape",
    "class_shape",
    "has_shape",
]

#: The keys of a document's header.
HEADER = ("kind", "schema_version")
#: The key that tells the classes of a union apart.
TAG = "type"


class Required:
    """The type of `REQUIRED`."""


#: The default of a field that has none.
REQUIRED = Required()


@attrs.frozen
class Leaf:
    """A value without parts."""

    constraint: Whole | Finite | Flag | Text | Member | Calendar


@attrs.frozen
class Maybe:
    """Null, or something else."""

    inner: Shape


@attrs.frozen
class Many:
    """A list; it stands for a tuple, or without order for a frozenset."""

    inner: Shape
    constraint: Each
    ordered: bool


@attrs.frozen
class One:
    """An object of one class."""

    cls: type


@attrs.frozen
class OneOf:
    """An object of one of several classes, which its tag tells apart."""

    classes: Mapping[str, type]


Shape = Leaf | Maybe | Many | One | OneOf


@attrs.frozen
class FieldShape:
    """One field.

    Attributes:
        name: its name, in Python and on the wire.
        shape: what it holds.
        default: its default in Python, or `REQUIRED`.
        constraint: what the constructor checks.
    """

    name: str
    shape: Shape
    default: object
    constraint: Constraint


@attrs.frozen
class ClassShape:
    """One class.

    Attributes:
        cls: the class.
        kind: its documents' kind, which is also its tag in a union.
        fields: its fields, in the order they are written.
        wrapped: whether a document holds the fields in an object of its own, because one of them
            has the name of a header key.
        checks: whether the class checks its fields against one another.
    """

    cls: type
    kind: str
    fields: tuple[FieldShape, ...]
    wrapped: bool
    checks: bool

    @functools.cached_property
    def by_name(self) -> Mapping[str, FieldShape]:
        """The fields by name, in the order they are written."""
        return types.MappingProxyType({field.name: field for field in self.fields})


_PLAIN: dict[type, type] = {Whole: int, Finite: float, Flag: bool, Text: str, Calendar: dt.date}


def has_shape(cls: object) -> bool:
    """Return whether instances of `cls` can be documents."""
    # Not by `hasattr`: a subclass of a document is none unless it is checked itself.
    return isinstance(cls, type) and CHECKED in cls.__dict__ and "__attrs_attrs__" in cls.__dict__


def _fields(cls: type) -> tuple[attrs.Attribute[Any], ...]:
    return cast(
        "tuple[attrs.Attribute[Any], ...]", attrs.fields(cast("type[attrs.AttrsInstance]", cls))
    )


def class_shape(cls: type) -> ClassShape:
    """Return the shape of a class.

    Raises:
        TypeError: the class is none of this kind, or a field's annotation and its constraint
            don't say the same.
    """
    return _class_shape(cast("Any", cls))


@functools.cache
def _class_shape(cls: Any) -> ClassShape:
    if not has_shape(cls):
        raise TypeError(
            f"{getattr(cls, '__name__', cls)} can't be a document: it needs to be an attrs class "
            "with field_transformer=checked"
        )
    hints = typing.get_type_hints(cls)
    fields: list[FieldShape] = []
    for field in _fields(cls):
        constraint = cast("Constraint", field.metadata[CONSTRAINT])
        where = f"{cls.__name__}.{field.name}"
        if not field.init or field.alias != field.name:
            raise TypeError(f"{where} must be an argument of the constructor, by its own name")
        fields.append(
            FieldShape(
                name=field.name,
                shape=_shape(where, constraint, hints[field.name]),
                default=_default(field.default),
                constraint=constraint,
            )
        )
    return ClassShape(
        cls=cls,
        kind=kind_of(cls),
        fields=tuple(fields),
        wrapped=any(field.name in HEADER for field in fields),
        checks=hasattr(cls, "__attrs_post_init__"),
    )


def _default(default: Any) -> object:
    if default is attrs.NOTHING:
        return REQUIRED
    return default.factory() if hasattr(default, "factory") else default


def _shape(where: str, constraint: Constraint, hint: Any) -> Shape:
    args = typing.get_args(hint)
    match constraint:
        case Optional(inner=inner) if type(None) in args:
            present = functools.reduce(lambda a, b: a | b, (a for a in args if a is not type(None)))
            return Maybe(_shape(where, inner, present))
        case Each(inner=inner) if typing.get_origin(hint) is tuple and args[1:] == (...,):
            return Many(_shape(where, inner, args[0]), constraint, ordered=True)
        case Each(inner=inner) if typing.get_origin(hint) is frozenset:
            return Many(_shape(where, inner, args[0]), constraint, ordered=False)
        case Instance(classes=classes) if _union(hint) == set(classes):
            return _objects(where, classes)
        case Member(vocabulary=vocabulary) if hint is vocabulary:
            return Leaf(constraint)
        case Whole() | Finite() | Flag() | Text() | Calendar() if hint is _PLAIN[type(constraint)]:
            return Leaf(constraint)
        case _:
            raise TypeError(f"{where}: no wire form for {hint} with the constraint {constraint}")


def _union(hint: Any) -> set[type]:
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return set(typing.get_args(hint))
    return {hint}


def _objects(where: str, classes: tuple[type, ...]) -> One | OneOf:
    for cls in classes:
        if TAG in class_shape(cls).by_name and len(classes) > 1:
            raise TypeError(
                f"{where}: {cls.__name__} has a field {TAG!r}, which is the union's tag"
            )
    if len(classes) == 1:
        return One(classes[0])
    tagged = {kind_of(cls): cls for cls in classes}
    if len(tagged) < len(classes):
        raise TypeError(f"{where}: two classes of the union have the same tag")
    return OneOf(types.MappingProxyType(tagged))
