"""What JSON libraries accept by mistake is refused, in every place of every kind of document."""

from __future__ import annotations

import json

import pytest

from sciatica_pt.codec import dump_bytes, json_schema, kind_of, loads
from sciatica_pt.codec._shapes import HEADER, REQUIRED, TAG, Many, One, OneOf, class_shape
from sciatica_pt.errors import DecodeError

from .make import DOCUMENTS, seeded
from .placed import Place, all_places, with_token
from .rows import IN_PLACES, WHOLE_DOCUMENTS, beyond, kinds_of

_DOCUMENTS = pytest.mark.parametrize("cls", DOCUMENTS, ids=kind_of)


def _tokens(place: Place, turn: int) -> list[str]:
    kinds = kinds_of(place.shape, optional=place.optional)
    tokens = [*(token for kind in kinds for token in IN_PLACES[kind]), *beyond(place.shape)]
    # Further down they take turns: the class that is there has all of its own places tried with
    # all of them, as a document.
    return tokens if len(place.steps) == 1 else [tokens[turn % len(tokens)]]


def _refusal(text: str | bytes, cls: type[object]) -> DecodeError:
    try:
        value: object = loads(text, cls)
    except DecodeError as error:
        return error
    raise AssertionError(f"accepted as {value}: {text[:2000]!r}")


@_DOCUMENTS
def test_every_place_refuses_what_only_resembles_its_value(cls: type[object]) -> None:
    """No place of any document takes a text of the table, and the error names just that place."""
    for turn, place in enumerate(all_places(cls)):
        for token in _tokens(place, turn):
            error = _refusal(with_token(place, token), cls)
            paths = [problem.path for problem in error.problems]
            assert all(path.startswith(place.path) for path in paths), (place.path, token, error)


@_DOCUMENTS
def test_every_list_refuses_repeats_where_repeats_mean_nothing(cls: type[object]) -> None:
    """An item again, where items have to differ, is a problem with a place of its own."""
    for place in all_places(cls):
        match place.shape:
            case Many(ordered=ordered, constraint=each) if not ordered or each.unique is not None:
                if item := place.held[:1] * 2:
                    error = _refusal(with_token(place, json.dumps(item)), cls)
                    assert [problem.path for problem in error.problems] == [f"{place.path}[1]"]
                    assert error.problems[0].expected == "no repeats"
            case _:
                pass


@_DOCUMENTS
def test_every_object_refuses_keys_that_it_does_not_know(cls: type[object]) -> None:
    """An unknown key is refused at every level, and a misspelt one names what was meant."""
    for place in all_places(cls):
        if not isinstance(place.shape, One | OneOf):
            continue
        error = _refusal(with_token(place, json.dumps({**place.held, "zzzz": 1})), cls)
        assert [item.path for item in error.problems] == [f"{place.path}.zzzz"]
        # In a key of few letters a wrong one leaves too little to go by.
        key = max((key for key in place.held if key != TAG), key=len, default="")
        if len(key) > 3:
            misspelt = {f"{name}y" if name == key else name: it for name, it in place.held.items()}
            error = _refusal(with_token(place, json.dumps(misspelt)), cls)
            hints = {item.path: item.hint for item in error.problems}
            assert hints[f"{place.path}.{key}y"] == f'did you mean "{key}"?'


@_DOCUMENTS
def test_every_object_refuses_a_repeated_key(cls: type[object]) -> None:
    """A key that stands twice is refused at every level, even with the same value both times."""
    for place in all_places(cls):
        if isinstance(place.shape, One | OneOf) and place.held:
            key = next(iter(place.held))
            token = json.dumps(place.held, ensure_ascii=False)
            again = f"{token[:-1]},{json.dumps(key)}:{json.dumps(place.held[key])}}}"
            error = _refusal(with_token(place, again), cls)
            assert [str(item) for item in error.problems] == [
                f"{place.path}.{key}: expected each key once, got the key again"
            ]


@_DOCUMENTS
def test_every_union_needs_its_tag(cls: type[object]) -> None:
    """A missing tag is named with all tags that may stand there."""
    for place in all_places(cls):
        if isinstance(place.shape, OneOf):
            rest = {key: item for key, item in place.held.items() if key != TAG}
            error = _refusal(with_token(place, json.dumps(rest)), cls)
            (problem,) = error.problems
            assert problem.path == f"{place.path}.{TAG}"
            assert problem.expected == f"one of {', '.join(place.shape.classes)}"
            assert problem.hint is None
            error = _refusal(with_token(place, json.dumps({"typ": 1, **rest})), cls)
            assert error.problems[0].hint == f"instead of {place.path}.typ"


@_DOCUMENTS
def test_every_field_without_a_default_is_missed(cls: type[object]) -> None:
    """A field left out is refused where it has no default, and has its default elsewhere."""
    shape = class_shape(cls)
    document = json.loads(dump_bytes(seeded(3).value(cls)))
    body = document["body"] if shape.wrapped else document
    for field in shape.fields:
        held = body.pop(field.name)
        path = f"$.body.{field.name}" if shape.wrapped else f"$.{field.name}"
        if field.default is REQUIRED:
            error = _refusal(json.dumps(document), cls)
            assert f"{path}: expected a value, got no such key" in map(str, error.problems)
        else:
            body[field.name] = json.loads(_default_text(cls, field.name))
            with_default = json.dumps(document)
            del body[field.name]
            assert _result(json.dumps(document), cls) == _result(with_default, cls)
        body[field.name] = held


def _default_text(cls: type[object], name: str) -> str:
    schema = json_schema(cls)
    fields = schema["properties"].get("body", schema)["properties"]
    return json.dumps(fields[name]["default"])


def _result(text: str, cls: type[object]) -> object:
    # A default may not go with the other fields; then both ways have to be refused alike.
    try:
        return loads(text, cls)
    except DecodeError as error:
        return error.as_json()["problems"][0]["expected"]


@_DOCUMENTS
def test_what_is_no_document_is_refused(cls: type[object]) -> None:
    """A text that is no document of any kind ends in the public error, as bytes and as text."""
    for raw in WHOLE_DOCUMENTS.values():
        for text in (raw, raw.decode("utf-8", "surrogateescape")):
            assert _refusal(text, cls).problems[0].path.startswith("$")


@_DOCUMENTS
def test_the_header_is_held_to_the_letter(cls: type[object]) -> None:
    """The kind and the version are required, exact, and named with what was meant."""
    document = json.loads(dump_bytes(seeded(5).value(cls)))
    wrongs: dict[str, tuple[object, ...]] = {
        "kind": (None, True, 1, [], {}, "", "zzz", document["kind"].upper()),
        "schema_version": (None, True, 1.0, "1", [], {}, 0, -1, 2, 10**30),
    }
    for key, wrong in wrongs.items():
        for value in wrong:
            error = _refusal(json.dumps({**document, key: value}), cls)
            assert error.problems[0].path == f"$.{key}"
        rest = {name: item for name, item in document.items() if name != key}
        error = _refusal(json.dumps(rest), cls)
        assert [item.path for item in error.problems] == [f"$.{key}"]
        error = _refusal(json.dumps({**rest, f"{key}x": document[key]}), cls)
        assert error.problems[0].hint == f"instead of $.{key}x"


def test_the_table_has_all_that_was_measured() -> None:
    """The table is no shorter than the list of inputs that other loaders were measured with."""
    headers = len(HEADER) * 2 + 8 + 10
    # Repeats, unknown, misspelt and repeated keys, no tag, and a missing field.
    of_parts = 6
    assert sum(map(len, IN_PLACES.values())) + len(WHOLE_DOCUMENTS) + of_parts + headers >= 102
