"""What a field may hold, stated once.

A constraint checks a field in its class's constructor, and the codec and the JSON Schema read the
same object, so the three can't disagree.
The checks always run: `checked` moves them into the conversion step, because attrs offers a
process-wide switch that turns validators off, and no other library may turn off ours.
Copying and unpickling go through the constructor too, so neither is a way around the checks.
"""

from __future__ import annotations

import datetime as dt
import math
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, Protocol, TypeVar, cast, runtime_checkable

import attrs

from sciatica_pt.errors import InvalidValueError, nearest
from sciatica_pt.model._shown import article, quoted, shown

__all__ = [
    "CHECKED",
    "CODE",
    "CONSTRAINT",
    "EMPTY",
    "HIDDEN",
    "ID",
    "KEY",
    "Calendar",
    "Constraint",
    "Each",
    "Finite",
    "Flag",
    "Flaw",
    "Instance",
    "Member",
    "Optional",
    "Text",
    "Whole",
    "as_set",
    "as_tuple",
    "checked",
    "constraint_of",
    "member",
    "quoted",
    "shown",
]

_E = TypeVar("_E", bound=StrEnum)

#: What attrs calls for a field with the value given, the instance and the field; it returns what
#: the field then holds.
Entry = Callable[[Any, Any, Any], Any]

#: No items; the default of a field that holds a set.
EMPTY: frozenset[Any] = frozenset()

#: The key under which `checked` keeps a field's constraint in its attrs metadata.
CONSTRAINT = "sciatica_pt.constraint"

#: The attribute by which a class shows that `checked` made it.
CHECKED = "__sciatica_pt_checked__"

# Control characters, lone surrogates, line and paragraph separators, invisible spaces and marks
# that reverse reading order: none may stand in a text that ends on a patient's sheet, where an
# unseen one could change how a dose reads.  Joiners U+200C and U+200D stay: some scripts need them.
HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\ufffe\uffff]"
)


@attrs.frozen
class Flaw:
    """What is wrong with a value, before anyone knows in which class or document it stands.

    Attributes:
        expected: what would have been right.
        found: what was given.
        suffix: where inside the value, such as `[2]`.
        hint: what to do, or `None`.
    """

    expected: str
    found: str
    suffix: str = ""
    hint: str | None = None


@runtime_checkable
class Constraint(Protocol):
    """A check that is also a description."""

    def flaw(self, value: object) -> Flaw | None:
        """Return what is wrong with `value`, or `None`."""
        ...

    def entry(self, otherwise: Entry) -> Entry:
        """Return a shortcut: it takes at once what surely fits, and leaves the rest to another.

        A constructor checks far more values that fit than others, so this is made for speed alone.
        """
        ...

    def __call__(self, instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        """Raise `InvalidValueError` unless `value` fits; attrs' validator signature."""
        ...


def _refuse(
    constraint: Constraint, instance: object, attribute: attrs.Attribute[Any], value: object
) -> None:
    flaw = constraint.flaw(value)
    if flaw is not None:
        raise InvalidValueError(
            where=f"{type(instance).__name__}.{attribute.name}{flaw.suffix}",
            expected=flaw.expected,
            found=flaw.found,
            hint=flaw.hint,
        )


@attrs.frozen
class Whole:
    """A whole number within closed bounds; never a bool.

    Attributes:
        unit: what is counted.
        minimum: the least accepted, in that unit.
        maximum: the most accepted, in that unit.
    """

    unit: str
    minimum: int = 0
    maximum: int = 1_000_000

    def flaw(self, value: object) -> Flaw | None:
        """Return what is wrong with `value`, or `None`."""
        if type(value) is int and self.minimum <= value <= self.maximum:
            return None
        return Flaw(
            f"a whole number of {self.unit} from {self.minimum} to {self.maximum}", shown(value)
        )

    def entry(self, otherwise: Entry) -> Entry:
        """Return a converter that takes at once what surely fits."""
        least, most = self.minimum, self.maximum

        def enter(value: Any, instance: Any, attribute: Any) -> Any:
            if type(value) is int and least <= value <= most:
                return value
            return otherwise(value, instance, attribute)

        return enter

    def __call__(self, instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        """Raise unless `value` fits."""
        _refuse(self, instance, attribute, value)


@attrs.frozen
class Finite:
    """A finite number, whole or not, within closed bounds; never a bool.

    Attributes:
        unit: what is measured.
        minimum: the least accepted, in that unit.
        maximum: the most accepted, in that unit.
    """

    unit: str
    minimum: float
    maximum: float

    def flaw(self, value: object) -> Flaw | None:
        """Return what is wrong with `value`, or `None`."""
        # The finiteness test comes first because every comparison with NaN is false.
        if type(value) is float and math.isfinite(value) and self.minimum <= value <= self.maximum:
            return None
        return Flaw(f"a number of {self.unit} from {self.minimum} to {self.maximum}", shown(value))

    def entry(self, otherwise: Entry) -> Entry:
        """Return a converter that takes at once what surely fits."""
        # A whole number becomes a float first.
        return otherwise

    def __call__(self, instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        """Raise unless `value` fits."""
        _refuse(self, instance, attribute, value)


@attrs.frozen
class Flag:
    """True or false, and nothing that merely resembles them."""

    def flaw(self, value: object) -> Flaw | None:
        """Return what is wrong with `value`, or `None`."""
        return None if type(value) is bool else Flaw("true or false", shown(value))

    def entry(self, otherwise: Entry) -> Entry:
        """Return a converter that takes at once what surely fits."""

        def enter(value: Any, instance: Any, attribute: Any) -> Any:
            return value if type(value) is bool else otherwise(value, instance, attribute)

        return enter

    def __call__(self, instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        """Raise unless `value` fits."""
        _refuse(self, instance, attribute, value)


@attrs.frozen
class Text:
    """A text of at least one visible character, without hidden ones.

    Attributes:
        what: what the text is, for messages.
        pattern: a regular expression that the whole text must match; `None` for free text.
        maximum: the most characters accepted.
    """

    what: str = "text"
    pattern: str | None = None
    maximum: int = 4000

    def flaw(self, value: object) -> Flaw | None:
        """Return what is wrong with `value`, or `None`."""
        if type(value) is not str:
            return Flaw(self.what, shown(value))
        if not 0 < len(value) <= self.maximum:
            return Flaw(f"{self.what} of 1 to {self.maximum} characters", shown(value))
        if self.pattern is not None:
            fits = re.fullmatch(self.pattern, value) is not None
            return None if fits else Flaw(f"{self.what} matching {self.pattern}", shown(value))
        return self._hidden_flaw(value)

    def _hidden_flaw(self, value: str) -> Flaw | None:
        hidden = HIDDEN.search(value)
        if hidden:
            return Flaw(
                f"{self.what} of visible characters",
                f"U+{ord(hidden[0]):04X} at position {hidden.start()}",
            )
        if value.isspace():
            return Flaw(f"{self.what} with a visible character", "only blanks")
        return None

    def entry(self, otherwise: Entry) -> Entry:
        """Return a converter that takes at once what surely fits."""
        most = self.maximum
        fits = None if self.pattern is None else re.compile(self.pattern).fullmatch

        def enter(value: Any, instance: Any, attribute: Any) -> Any:
            # Nothing printable is hidden, and only a blank is printable and unseen.
            if (
                type(value) is str
                and 0 < len(value) <= most
                and (value.isprintable() and value[0] != " " if fits is None else fits(value))
            ):
                return value
            return otherwise(value, instance, attribute)

        return enter

    def __call__(self, instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        """Raise unless `value` fits."""
        _refuse(self, instance, attribute, value)


#: A stable identifier in kebab case, such as `hamstring-stretch`.
ID = Text("an id in kebab case", r"[a-z0-9]+(?:-[a-z0-9]+)*", 80)
#: An identifier that may carry capitals and dots, such as a statement's `A021` or a version.
KEY = Text("a key of letters, digits, dots and hyphens", r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*", 80)
#: A rule's stable code, such as `SPT101`: letters for the owner, digits for the rule.
CODE = Text("a rule code such as SPT101", r"[A-Z]{2,8}[0-9]{3,4}", 12)


@attrs.frozen
class Member:
    """A member of a closed vocabulary.

    Attributes:
        vocabulary: the enumeration.
    """

    vocabulary: type[StrEnum]

    def flaw(self, value: object) -> Flaw | None:
        """Return what is wrong with `value`, or `None`."""
        if type(value) is self.vocabulary:
            return None
        words = [item.value for item in self.vocabulary]
        near = nearest(value, words)
        return Flaw(
            f"{article(self.vocabulary.__name__)} ({', '.join(words)})",
            shown(value),
            hint=f'did you mean "{near}"?' if near else None,
        )

    def entry(self, otherwise: Entry) -> Entry:
        """Return a converter that takes at once what surely fits."""
        vocabulary = self.vocabulary

        def enter(value: Any, instance: Any, attribute: Any) -> Any:
            return value if type(value) is vocabulary else otherwise(value, instance, attribute)

        return enter

    def __call__(self, instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        """Raise unless `value` fits."""
        _refuse(self, instance, attribute, value)


@attrs.frozen
class Calendar:
    """A calendar date without a time of day."""

    def flaw(self, value: object) -> Flaw | None:
        """Return what is wrong with `value`, or `None`."""
        return None if type(value) is dt.date else Flaw("a date", shown(value))

    def entry(self, otherwise: Entry) -> Entry:
        """Return a converter that takes at once what surely fits."""

        def enter(value: Any, instance: Any, attribute: Any) -> Any:
            return value if type(value) is dt.date else otherwise(value, instance, attribute)

        return enter

    def __call__(self, instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        """Raise unless `value` fits."""
        _refuse(self, instance, attribute, value)


def _as_classes(value: type | tuple[type, ...]) -> tuple[type, ...]:
    return (value,) if isinstance(value, type) else value


@attrs.frozen
class Instance:
    """A value of one of the named classes, which checked themselves when they were built.

    Attributes:
        classes: the accepted classes; a subclass is refused, since it may mean anything.
    """

    classes: tuple[type, ...] = attrs.field(converter=_as_classes)

    def flaw(self, value: object) -> Flaw | None:
        """Return what is wrong with `value`, or `None`."""
        if type(value) in self.classes:
            return None
        return Flaw(article(" or ".join(cls.__name__ for cls in self.classes)), shown(value))

    def entry(self, otherwise: Entry) -> Entry:
        """Return a converter that takes at once what surely fits."""
        classes = self.classes

        def enter(value: Any, instance: Any, attribute: Any) -> Any:
            return value if type(value) in classes else otherwise(value, instance, attribute)

        return enter

    def __call__(self, instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        """Raise unless `value` fits."""
        _refuse(self, instance, attribute, value)


@attrs.frozen
class Optional:
    """Nothing, or what another constraint accepts.

    Attributes:
        inner: the constraint on a value that is present.
    """

    inner: Constraint

    def flaw(self, value: object) -> Flaw | None:
        """Return what is wrong with `value`, or `None`."""
        return None if value is None else self.inner.flaw(value)

    def entry(self, otherwise: Entry) -> Entry:
        """Return a converter that takes at once what surely fits."""
        inner = self.inner.entry(otherwise)

        def enter(value: Any, instance: Any, attribute: Any) -> Any:
            return None if value is None else inner(value, instance, attribute)

        return enter

    def __call__(self, instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        """Raise unless `value` fits."""
        _refuse(self, instance, attribute, value)


@attrs.frozen
class Each:
    """A tuple or a frozenset whose every item fits one constraint.

    Attributes:
        inner: the constraint on each item.
        minimum: the least number of items.
        maximum: the most items.
        unique: the attribute, or `""` for the item itself, that no two items may share; `None`
            when repeats are fine.
        ordered: whether the order of the items means something, so that a set won't do; `None`
            until `checked` has read it from the field's type.
    """

    inner: Constraint
    minimum: int = 0
    maximum: int = 10_000
    unique: str | None = None
    ordered: bool | None = None

    def flaw(self, value: object) -> Flaw | None:
        """Return what is wrong with `value`, or `None`."""
        kind = type(value)
        if kind is not tuple and (kind is not frozenset or self.ordered):
            return Flaw("a list", shown(value))
        items = cast("tuple[object, ...]", value)
        if not self.minimum <= len(items) <= self.maximum:
            return Flaw(f"{self.minimum} to {self.maximum} items", shown(items))
        seen: set[object] = set()
        for index, item in enumerate(items):
            inner = self.inner.flaw(item)
            if inner is not None and kind is tuple:
                return attrs.evolve(inner, suffix=f"[{index}]{inner.suffix}")
            if inner is not None:
                return self._least_flaw(items)
            if self.unique is not None:
                key = getattr(item, self.unique) if self.unique else item
                if key in seen:
                    return Flaw("no repeats", f"{shown(key)} twice", suffix=f"[{index}]")
                seen.add(key)
        return None

    def _least_flaw(self, items: Iterable[object]) -> Flaw:
        # A set has no places, and its order differs from process to process; a message must not.
        flaws = (self.inner.flaw(item) for item in items)
        return min((flaw for flaw in flaws if flaw is not None), key=lambda flaw: flaw.found)

    def entry(self, otherwise: Entry) -> Entry:
        """Return a converter that takes at once what surely fits."""
        kind: Any = tuple if self.ordered else frozenset
        least, most = self.minimum, self.maximum
        key = (
            None
            if self.unique is None
            else operator.attrgetter(self.unique)
            if self.unique
            else _itself
        )
        fit = _fit_for(self.inner)

        def enter(value: Any, instance: Any, attribute: Any) -> Any:
            if (
                type(value) is kind
                and least <= len(value) <= most
                and fit(value)
                and (key is None or len(value) == len(set(map(key, value))))
            ):
                return value
            return otherwise(value, instance, attribute)

        return enter

    def __call__(self, instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        """Raise unless `value` fits."""
        _refuse(self, instance, attribute, value)


def _itself(item: object) -> object:
    return item


def _fit_for(constraint: Constraint) -> Callable[[Iterable[object]], bool]:
    """Return a quick test of items: it turns down all that don't fit, and maybe others."""
    match constraint:
        case Instance(classes=classes):
            known = frozenset[type](classes)
            return lambda items: known.issuperset(map(type, items))
        case Member(vocabulary=vocabulary):
            return lambda items: {vocabulary}.issuperset(map(type, items))
        case Text(pattern=str()):
            return lambda items: all(constraint.flaw(item) is None for item in items)
        case _:
            return operator.not_


def as_tuple(value: Iterable[Any]) -> tuple[Any, ...]:
    """Convert an ordered collection to a tuple; leave what has no order for the constraint.

    >>> as_tuple(["a", "b"]), as_tuple(letter for letter in "ab"), as_tuple("ab")
    (('a', 'b'), ('a', 'b'), 'ab')
    """
    convert = _holds_items(value) and not isinstance(value, (tuple, set, frozenset))
    return cast("tuple[Any, ...]", tuple(value) if convert else value)


def as_set(value: Iterable[Any]) -> frozenset[Any]:
    """Convert a collection to a frozenset; leave a bare text or a mapping for the constraint.

    >>> sorted(as_set(["b", "a", "b"])), as_set("ab")
    (['a', 'b'], 'ab')
    """
    convert = _holds_items(value) and not isinstance(value, frozenset)
    return cast("frozenset[Any]", _frozen(value) if convert else value)


def _holds_items(value: object) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, bytearray, Mapping))


def _frozen(value: Iterable[object]) -> object:
    items = tuple(value)
    try:
        return frozenset(items)
    except TypeError:
        # An item can't be hashed, so it is no word: the constraint on the items says which.
        return items


def member(vocabulary: type[_E], value: object) -> _E:
    """Convert a word to a member of `vocabulary`; leave an unknown one for the constraint."""
    if type(value) is str:
        try:
            return vocabulary(value)
        except ValueError:
            pass
    return cast("_E", value)


def constraint_of(attribute: attrs.Attribute[Any]) -> Constraint:
    """Return the constraint on a field of one of the library's own classes."""
    return cast("Constraint", attribute.metadata[CONSTRAINT])


def checked(cls: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """Make each field's constraint run on every construction (an attrs `field_transformer`)."""
    # A class without fields is told by this mark only from one that nobody checks.
    setattr(cls, CHECKED, True)
    # Without it pickle and copy would fill the fields in past the checks, and a pickle of another
    # version would leave some of them unset.
    cast("Any", cls).__reduce__ = _reduce
    return [_always(field) for field in fields]


def _reduce(self: Any) -> tuple[Any, ...]:
    cls = cast("type[attrs.AttrsInstance]", type(self))
    return _rebuilt, (cls, {field.alias: getattr(self, field.name) for field in attrs.fields(cls)})


def _rebuilt(cls: Any, state: dict[str, Any]) -> Any:
    return cls(**state)


def _always(field: attrs.Attribute[Any]) -> attrs.Attribute[Any]:
    constraint = field.validator
    if not isinstance(constraint, Constraint):
        raise TypeError(f"field {field.name} states no constraint")
    if isinstance(constraint, Each):
        constraint = attrs.evolve(constraint, ordered=str(field.type).startswith("tuple"))
    convert: Callable[[Any], Any] | None = getattr(field, "converter")  # noqa: B009 - untyped in attrs
    refuse = constraint

    def convert_and_check(value: Any, instance: Any, attribute: attrs.Attribute[Any]) -> Any:
        result = value if convert is None else convert(value)
        refuse(instance, attribute, result)
        return result

    enter = constraint.entry(convert_and_check)
    converter: Any = attrs.Converter(enter, takes_self=True, takes_field=True)
    return field.evolve(
        validator=None,
        converter=converter,
        metadata={**field.metadata, CONSTRAINT: constraint},
    )
