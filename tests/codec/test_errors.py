"""One public error carries all problems of a document, fit to be shown as it is."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from sciatica_pt.codec import dumps, loads
from sciatica_pt.codec._backend import FAST, PLAIN, Backend
from sciatica_pt.codec._document import read_document
from sciatica_pt.errors import DecodeError, SciaticaPTError
from sciatica_pt.guidance import GuidancePack
from sciatica_pt.model.routine import Routine

from .make import seeded

_WRONG = """{
  "kind": "routine", "schema_version": 1, "phase": "subacut",
  "guidance": [{"id": "article", "version": "1.0"}, {"id": "article", "versionq": "1.0"}],
  "sessions": [
    {"day": "mon", "prescriptions": [
      {"activity": "bridge", "dose": {"type": "holds", "sets": 1}},
      {"activity": "Plank!", "dose": {"type": "hold", "sets": 0, "hold_seconds": "30",
       "rest_seconds": 5, "rest_seconds": 6, "effort": NaN}}
    ]}
  ],
  "notes": "a\\u202eb"
}"""


def test_every_problem_is_told_at_once_with_its_place() -> None:
    """Spelling, types, bounds, repeats and tags are reported together, each at its path."""
    with pytest.raises(DecodeError) as caught:
        loads(_WRONG, Routine)
    assert str(caught.value).splitlines() == [
        "this routine document can't be read: 10 problems",
        "  $.sessions[0].prescriptions[1].dose.rest_seconds: expected each key once, got the key "
        "again",
        "  $.sessions[0].prescriptions[1].dose.effort: expected a value that JSON has, got NaN",
        "  $.notes: expected only the keys of routine, got an unknown key",
        '  $.phase: expected a Phase (acute, subacute, chronic), got text "subacut" (did you '
        'mean "subacute"?)',
        "  $.guidance[1].versionq: expected only the keys of guidance-ref, got an unknown key "
        '(did you mean "version"?)',
        "  $.guidance[1].version: expected a value, got no such key",
        "  $.sessions[0].prescriptions[0].dose.type: expected one of repetitions, hold, "
        'continuous, application, recurring, got text "holds" (did you mean "hold"?)',
        "  $.sessions[0].prescriptions[1].activity: expected an id in kebab case matching "
        '[a-z0-9]+(?:-[a-z0-9]+)*, got text "Plank!"',
        "  $.sessions[0].prescriptions[1].dose.sets: expected a whole number of sets from 1 to "
        "20, got 0",
        "  $.sessions[0].prescriptions[1].dose.hold_seconds: expected a whole number of seconds "
        'of hold from 1 to 600, got text "30"',
    ]


def test_the_error_is_json_and_survives_pickling() -> None:
    """A program can pass the error on: as JSON, through a process pool, or copied."""
    with pytest.raises(DecodeError) as caught:
        loads(_WRONG, Routine)
    error = caught.value
    assert isinstance(error, SciaticaPTError)
    assert isinstance(error, ValueError)
    plain = json.loads(json.dumps(error.as_json()))
    assert plain["error"] == "DecodeError"
    assert [item["path"] for item in plain["problems"]] == [item.path for item in error.problems]
    for other in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert other.problems == error.problems
        assert str(other) == str(error)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"kind": x}', 'got text "x" in line 1, column 10'),
        ('{\n "kind": "routine"\n "phase"', "in line 3, column 2"),
        ('{"kind": "a"', "got the end of the text in line 1, column 13"),
        ('{"kind" "a"}', "$.kind: expected a colon"),
        ("{kind: 1}", "expected a key in double quotes"),
        ('["a\n"]', "$[0]: expected a text in double quotes, with escapes that JSON knows"),
        ('{"a b": [trux]}', '$["a b"][0]: expected a JSON value'),
        ('{"a": 01}', 'expected a comma or "}"'),
        ("[1 2]", 'expected a comma or "]"'),
        ("[1,]", "$[1]: expected a JSON value"),
        ("{} {}", "$: expected the end of the document"),
    ],
)
def test_a_break_of_the_grammar_has_line_and_column(text: str, place: str) -> None:
    """What is no JSON is reported where reading had to end, for a person with an editor."""
    with pytest.raises(DecodeError) as caught:
        loads(text, Routine)
    assert place in str(caught.value)


@pytest.mark.parametrize("text", ["\x1b[2J", "a\nb", "\ud83d", "\u202e", '"\\', "\U0001f9d8"])
def test_what_a_document_holds_is_shown_escaped(text: str) -> None:
    """No key and no value of a document reaches a terminal as it is, wherever it is shown."""
    for document in (
        {"kind": text},
        {f"kind{text}": "routine"},
        {"kind": "routine", "schema_version": 1, text: 1, "phase": f"acute{text}"},
        {"kind": "routine", f"schema_version{text}": 1},
    ):
        with pytest.raises(DecodeError) as caught:
            loads(json.dumps(document), Routine)
        shown = str(caught.value).replace("\n  $", "")
        assert shown.isascii()
        assert shown.isprintable()


_EARLY = "the text ends too early"


@pytest.mark.parametrize(
    ("text", "place", "within"),
    [
        ("", (1, 1), ""),
        ("{", (1, 2), "an object that begins in line 1, column 1"),
        ('{\n "a', (2, 4), "a text that begins in line 2, column 2, on level 2"),
        ('{"a"', (1, 5), "an object that begins in line 1, column 1"),
        ('{"a":\n', (2, 1), "an object that begins in line 1, column 1"),
        ('{"a":["\\', (1, 9), "a text that begins in line 1, column 7, on level 3"),
        ('{"a":[tru', (1, 10), "a list that begins in line 1, column 6, on level 2"),
        ('{"a":[[], -', (1, 12), "a list that begins in line 1, column 6, on level 2"),
        ("[1.", (1, 4), "a list that begins in line 1, column 1"),
        ("[1e+", (1, 5), "a list that begins in line 1, column 1"),
        (b'{"\xe2\x82', (1, 3), "a character"),
    ],
)
def test_a_text_that_ends_too_early_says_so(
    text: str | bytes, place: tuple[int, int], within: str
) -> None:
    """A truncated document names its end, and what was open there, and where that began."""
    with pytest.raises(DecodeError) as caught:
        loads(text, Routine)
    (problem,) = caught.value.problems
    assert problem.found == "the end of the text in line {}, column {}".format(*place)
    assert problem.hint == (f"{_EARLY}, within {within}" if within else _EARLY)


@pytest.mark.parametrize("text", ["{} t", "[1 t", '["a\n', "[x", '{"a":1 .', "]"])
def test_a_text_that_is_wrong_before_its_end_is_not_called_truncated(text: str) -> None:
    """What no text could go on with is a mistake where it stands, also if nothing follows it."""
    with pytest.raises(DecodeError) as caught:
        loads(text, Routine)
    assert _EARLY not in str(caught.value)


@pytest.mark.parametrize("backend", [FAST, PLAIN], ids=["orjson", "json"])
def test_a_document_cut_anywhere_is_truncated(backend: Backend) -> None:
    """Wherever a file was cut, the one problem is that it ends too early, and where."""
    text = dumps(seeded(3).value(Routine), indent=1)
    raw = text.encode()
    for end in range(0, len(raw), 1 + len(raw) // 600):
        with pytest.raises(DecodeError) as caught:
            read_document(raw[:end], Routine, backend=backend)
        (problem,) = caught.value.problems
        assert problem.hint is not None
        assert problem.hint.startswith(_EARLY)
        before = raw[:end].decode(errors="ignore")
        line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
        assert problem.found == f"the end of the text in line {line}, column {column}"


def test_many_unknown_words_are_all_told_and_some_get_a_hint() -> None:
    """Looking for near words ends before it takes long; the list of problems goes on."""
    keys = {f"statement{number}": 0 for number in range(900)}
    with pytest.raises(DecodeError) as caught:
        loads(json.dumps({"kind": "guidance-pack", "schema_version": 1, **keys}), GuidancePack)
    unknown = [item for item in caught.value.problems if item.found == "an unknown key"]
    assert [item.path for item in unknown] == [f"$.{key}" for key in keys]
    hints = [item.hint for item in unknown]
    assert hints[0] == 'did you mean "statements"?'
    assert hints[-1] is None
    assert len(set(hints)) == 2
    # An object of more keys than are compared gets no hint either.
    lots = json.dumps({f"kin{number}": 0 for number in range(9_990)} | {"kinds": 1})
    with pytest.raises(DecodeError) as caught:
        loads(lots, GuidancePack)
    assert caught.value.problems[0].hint == "instead of $.kinds"
    assert caught.value.problems[1].hint is None
