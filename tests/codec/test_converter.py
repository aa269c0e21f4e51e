"""The cattrs converter brings the library's strictness to a caller's own classes."""

from __future__ import annotations

import datetime as dt
import enum
import json
from typing import Any

import attrs
import pytest
from cattrs.errors import BaseValidationError

from sciatica_pt.codec import converter, dumps
from sciatica_pt.codec._shapes import class_shape
from sciatica_pt.errors import DecodeError, EncodeError
from sciatica_pt.model.doses import Application, Hold
from sciatica_pt.model.routine import Routine, Session

from .make import DOCUMENTS, seeded


class Level(enum.IntEnum):
    """Numbers with names."""

    LOW = 1
    HIGH = 2


class Word(enum.StrEnum):
    """Texts with names."""

    YES = "yes"


@attrs.frozen
class Note:
    """A caller's class, with everything that cattrs would coerce, and values of the library."""

    number: int = 1
    share: float = 0.5
    text: str = "a"
    flag: bool = False
    level: Level = Level.LOW
    word: Word = Word.YES
    day: dt.date = dt.date(2025, 1, 2)
    names: list[str] = attrs.field(factory=list)
    numbers: tuple[int, ...] = ()
    pair: tuple[int, str] = (1, "a")
    tags: frozenset[str] = frozenset()
    bag: set[int] = attrs.field(factory=set)
    dose: Hold | None = None
    either: Hold | Application = attrs.field(default=Application(duration_seconds=60))
    maybe: Hold | Application | None = None
    sessions: list[Session] = attrs.field(factory=list)


_WRONG: list[tuple[str, Any]] = [
    ("number", True),
    ("number", 3.7),
    ("number", "3"),
    ("number", None),
    ("share", True),
    ("share", "nan"),
    ("share", float("nan")),
    ("share", float("inf")),
    ("share", 10**400),
    ("text", None),
    ("text", 5),
    ("text", ["a"]),
    ("flag", "false"),
    ("flag", 1),
    ("flag", None),
    ("level", True),
    ("level", 1.0),
    ("level", 3),
    ("word", "no"),
    ("word", "YES"),
    ("word", None),
    ("day", "2025-W01-2"),
    ("day", "20250102"),
    ("day", dt.date(2025, 1, 2)),
    ("names", "mon"),
    ("names", {"a": 1}),
    ("names", ""),
    ("names", ("a",)),
    ("names", [1]),
    ("numbers", "12"),
    ("numbers", [True, 2.9]),
    ("tags", ["a", "a"]),
    ("tags", "ab"),
    ("bag", [1, 1]),
    ("dose", {"sets": "1"}),
    ("dose", []),
    ("either", {"type": "zzz"}),
    ("either", {"duration_seconds": 60}),
    ("either", None),
    ("maybe", {}),
    ("sessions", [{"day": "mon"}]),
]


def _leaves(error: BaseException) -> list[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        return [leaf for inner in error.exceptions for leaf in _leaves(inner)]
    return [error]


@pytest.mark.parametrize(("name", "value"), _WRONG)
def test_a_callers_class_is_as_strict_as_the_librarys(name: str, value: Any) -> None:
    """What cattrs alone would coerce is refused within a caller's class, by the public error."""
    with pytest.raises(BaseValidationError) as caught:
        converter().structure({name: value}, Note)
    (leaf,) = _leaves(caught.value)
    assert isinstance(leaf, DecodeError)
    assert leaf.problems[0].expected
    assert leaf.problems[0].found


def test_a_callers_class_has_no_unknown_keys() -> None:
    """What cattrs alone would ignore is refused."""
    with pytest.raises(BaseValidationError, match="Note"):
        converter().structure({"zzzz": 1}, Note)


def test_a_callers_class_goes_there_and_back() -> None:
    """Right values are structured to what they say, and sets are written in order."""
    ours = converter()
    note = Note(
        number=2,
        share=1.0,
        level=Level.HIGH,
        names=["b", "a"],
        numbers=(1, 2),
        tags=frozenset({"b", "a"}),
        bag={2, 1},
        dose=Hold(sets=1, hold_seconds=5, rest_seconds=5),
        either=Hold(sets=2, hold_seconds=5, rest_seconds=5),
        maybe=Application(duration_seconds=60),
        sessions=[seeded(1).value(Session)],
    )
    plain = ours.unstructure(note)
    assert (plain["tags"], plain["bag"]) == (["a", "b"], [1, 2])
    assert plain["day"] == "2025-01-02"
    assert plain["either"]["type"] == "hold"
    # cattrs leaves tuples and members of a StrEnum to the JSON writer.
    plain = json.loads(json.dumps(plain))
    assert ours.structure(plain, Note) == note
    assert ours.structure({**plain, "share": 1}, Note).share == 1.0
    assert ours.structure({**plain, "maybe": None, "dose": None}, Note).maybe is None


@pytest.mark.parametrize("cls", DOCUMENTS, ids=lambda cls: cls.__name__)
def test_every_document_is_structured_without_a_header(cls: type[object]) -> None:
    """The converter's plain values are the document's, without its header."""
    ours = converter()
    value = seeded(6).value(cls)
    plain = ours.unstructure(value, cls)
    document = json.loads(dumps(value))
    header = {key: document.pop(key) for key in ("kind", "schema_version")}
    assert header["schema_version"] == 1
    assert plain == (document["body"] if class_shape(cls).wrapped else document)
    assert ours.structure(json.loads(json.dumps(plain)), cls) == value


def test_a_wrong_value_of_the_library_has_every_problem() -> None:
    """A value of the library's is refused with all its problems, by paths within it."""
    with pytest.raises(DecodeError) as caught:
        converter().structure({"phase": "acut", "guidance": [], "x": 1}, Routine)
    assert [problem.path for problem in caught.value.problems] == ["$.x", "$.phase", "$.guidance"]


def test_a_tampered_value_is_not_unstructured() -> None:
    """What could not be structured again is not unstructured either."""
    hold = Hold(sets=1, hold_seconds=5, rest_seconds=5)
    object.__setattr__(hold, "sets", True)
    with pytest.raises(EncodeError, match=r"\$\.sets: expected a whole number of sets"):
        converter().unstructure(hold)
    note = Note()
    object.__setattr__(note, "either", 5)
    with pytest.raises(EncodeError):
        converter().unstructure(note)


def test_each_converter_is_the_callers_own() -> None:
    """Hooks that a caller adds to one converter don't reach another."""
    mine = converter()
    mine.register_structure_hook(int, lambda value, _: int(value))
    assert mine.structure("3", int) == 3
    with pytest.raises(DecodeError, match=r'\$: expected a whole number, got text "3"'):
        converter().structure("3", int)
