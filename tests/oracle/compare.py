"""What the two validators say of one case, in the same words."""

from __future__ import annotations

import json

from sciatica_pt.codec import dumps
from sciatica_pt.model import Profile, Routine
from sciatica_pt.validation import validate

from .book import Book
from .naive import judge


def verdicts(
    book: Book, routine: Routine, person: Profile | None
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the verdict of each rule that looked at anything: the naive one's, the library's."""
    plain = None if person is None else json.loads(dumps(person))
    naive = judge(book, json.loads(dumps(routine)), plain)
    report = validate(routine, profile=person)
    library = {
        result.code: result.outcome.value
        for result in report.results
        if result.outcome.value != "not-applicable"
    }
    return naive, library
