"""One public error carries all problems of a document, fit to be shown as it is."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from sciatica_pt.codec import loads
from sciatica_pt.errors import DecodeError, SciaticaPTError
from sciatica_pt.model.routine import Routine

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
        ('{"kind": "a"', "got the end in line 1, column 13"),
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
