"""The library's classes again, as other libraries would have them.

They are made from the same shapes: frozen attrs classes without any checks for cattrs, structs for
msgspec and models for pydantic, both of these with the bounds that the library states.
None of them compares fields with one another or refuses repeated keys, as the library does.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from typing import Annotated, Any, Literal, Union, cast

import attrs
import msgspec
import pydantic
from cattrs import Converter
from cattrs.strategies import configure_tagged_union

from sciatica_pt.codec._shapes import (
    REQUIRED,
    TAG,
    ClassShape,
    FieldShape,
    Leaf,
    Many,
    Maybe,
    One,
    OneOf,
    Shape,
    class_shape,
)
from sciatica_pt.model.constraints import Calendar, Finite, Flag, Member, Text, Whole

__all__ = ["attrs_twin", "configure", "msgspec_twin", "pydantic_twin"]

#: Makes the annotation of a leaf, of a list, of a class and of a class within a union.
_Leaf = Callable[[Leaf], Any]
_Each = Callable[[Many, Any], Any]
_Class = Callable[[Any, bool], Any]


def _hint(shape: Shape, leaf: _Leaf, many: _Each, of_class: _Class) -> Any:
    match shape:
        case Leaf():
            return leaf(shape)
        case Maybe(inner=inner):
            return _hint(inner, leaf, many, of_class) | None
        case Many(inner=inner):
            return many(shape, _hint(inner, leaf, many, of_class))
        case One(cls=cls):
            return of_class(cls, False)
        case OneOf(classes=classes):
            return Union[tuple(of_class(cls, True) for cls in classes.values())]  # noqa: UP007


def _plain(shape: Leaf) -> Any:
    match shape.constraint:
        case Whole():
            return int
        case Finite():
            return float
        case Flag():
            return bool
        case Text():
            return str
        case Calendar():
            return dt.date
        case Member(vocabulary=vocabulary):
            return vocabulary


def _collection(shape: Many, inner: Any) -> Any:
    return tuple[inner, ...] if shape.ordered else frozenset[inner]


def _required_first(shape: ClassShape) -> list[FieldShape]:
    return sorted(shape.fields, key=lambda field: field.default is not REQUIRED)


# --- attrs, for cattrs


@functools.cache
def attrs_twin(cls: Any, _: bool = False) -> Any:
    """Return a frozen attrs class with the fields of a class and without its checks."""
    shape = class_shape(cls)
    fields = {
        field.name: attrs.field(
            type=_hint(field.shape, _plain, _collection, attrs_twin),
            default=attrs.NOTHING if field.default is REQUIRED else field.default,
        )
        for field in shape.fields
    }
    return attrs.make_class(cls.__name__, fields, frozen=True, slots=True, kw_only=True)


def configure(converter: Converter, cls: type) -> None:
    """Tell a converter of the unions below a class, as cattrs documents it."""
    for union in _unions(cls, set()):
        kinds = {attrs_twin(each, True): kind for kind, each in union.classes.items()}
        hint = _hint(union, _plain, _collection, attrs_twin)
        configure_tagged_union(
            hint, converter, tag_name=TAG, tag_generator=functools.partial(_tag, kinds)
        )


def _tag(kinds: dict[Any, str], cls: Any) -> str:
    return kinds[cls]


def _unions(cls: type, seen: set[type]) -> list[OneOf]:
    if cls in seen:
        return []
    seen.add(cls)
    found: list[OneOf] = []
    for field in class_shape(cls).fields:
        shape: Shape = field.shape
        while isinstance(shape, Maybe | Many):
            shape = shape.inner
        classes = {"": shape.cls} if isinstance(shape, One) else {}
        if isinstance(shape, OneOf):
            found.append(shape)
            classes = dict(shape.classes)
        for part in classes.values():
            # Innermost first: cattrs remembers how it treats a class when first asked.
            found = [*_unions(part, seen), *found]
    return found


# --- msgspec


def _bounds(shape: Leaf) -> dict[str, Any]:
    match shape.constraint:
        case Whole(minimum=low, maximum=high) | Finite(minimum=low, maximum=high):
            return {"ge": low, "le": high}
        case Text(pattern=pattern, maximum=most):
            anchored = {} if pattern is None else {"pattern": f"^(?:{pattern})$"}
            return {"min_length": 1, "max_length": most, **anchored}
        case _:
            return {}


def _msgspec_leaf(shape: Leaf) -> Any:
    bounds = _bounds(shape)
    return Annotated[_plain(shape), msgspec.Meta(**bounds)] if bounds else _plain(shape)


def _msgspec_many(shape: Many, inner: Any) -> Any:
    meta = msgspec.Meta(min_length=shape.constraint.minimum, max_length=shape.constraint.maximum)
    return Annotated[_collection(shape, inner), meta]


@functools.cache
def msgspec_twin(cls: Any, tagged: bool = False) -> Any:
    """Return a frozen struct with the fields and the bounds of a class."""
    shape = class_shape(cls)
    fields: list[Any] = []
    for field in _required_first(shape):
        hint = _hint(field.shape, _msgspec_leaf, _msgspec_many, msgspec_twin)
        default = () if field.default is REQUIRED else (field.default,)
        fields.append((field.name, hint, *default))
    tag: dict[str, Any] = {"tag_field": TAG, "tag": shape.kind} if tagged else {}
    return msgspec.defstruct(cls.__name__, fields, frozen=True, forbid_unknown_fields=True, **tag)


# --- pydantic


def _pydantic_leaf(shape: Leaf) -> Any:
    bounds = _bounds(shape)
    return Annotated[_plain(shape), pydantic.Field(**bounds)] if bounds else _plain(shape)


def _pydantic_many(shape: Many, inner: Any) -> Any:
    each = shape.constraint
    field = pydantic.Field(min_length=each.minimum, max_length=each.maximum)
    return Annotated[_collection(shape, inner), field]


@functools.cache
def pydantic_twin(cls: Any, tagged: bool = False) -> Any:
    """Return a frozen strict model with the fields and the bounds of a class."""
    shape = class_shape(cls)
    fields: dict[str, Any] = {}
    if tagged:
        fields[TAG] = (Literal[shape.kind], shape.kind)
    for field in shape.fields:
        hint = _hint(field.shape, _pydantic_leaf, _pydantic_many, pydantic_twin)
        if any(isinstance(part, OneOf) for part in (field.shape, getattr(field.shape, "inner", 0))):
            hint = _discriminated(field.shape)
        fields[field.name] = (hint, ... if field.default is REQUIRED else field.default)
    config = pydantic.ConfigDict(frozen=True, extra="forbid", strict=True)
    return cast("Any", pydantic.create_model)(cls.__name__, __config__=config, **fields)


def _discriminated(shape: Shape) -> Any:
    match shape:
        case OneOf():
            union = _hint(shape, _pydantic_leaf, _pydantic_many, pydantic_twin)
            return Annotated[union, pydantic.Field(discriminator=TAG)]
        case Maybe(inner=inner):
            return _discriminated(inner) | None
        case Many(inner=inner):
            return _pydantic_many(shape, _discriminated(inner))
        case _:
            raise TypeError(f"no union in {shape}")
