"""The kit for rules: it lets a sound rule pass and catches each way to break one's word."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

import attrs
import pytest

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model import Citation
from sciatica_pt.model.actions import RemoveItem
from sciatica_pt.model.vocabulary import Outcome, Scope, Severity
from sciatica_pt.rules import PASSED, Context, Verdict, WeekView, failed, rules_of, unknown
from sciatica_pt.testing import check_rule, sample_guidance
from sciatica_pt.testing._rule_kit import exists

SAMPLE = sample_guidance()
Says = Callable[[Any, Context], Iterable[Any]]


@attrs.frozen
class Mine:
    """A rule of one's own, whose check is a function."""

    says: Says
    scope: Scope = Scope.WEEK
    code: str = "CLINIC001"
    name: str = "mine"
    severity: Severity = Severity.ERROR
    citations: Any = (Citation(statement="S001"),)

    def check(self, subject: Any, context: Context, /) -> Iterable[Any]:
        """Say what the function says."""
        return self.says(subject, context)


def always(verdict: object) -> Says:
    """Return the check that says one thing of everything."""

    def says(subject: Any, context: Context) -> Iterable[Any]:
        return [verdict]

    return says


def sound(subject: Any, context: Context) -> Iterable[Verdict]:
    """Pass with a person, ask without."""
    del subject
    yield PASSED if context.profile else unknown("nobody is known", "Who is it?", path="$.phase")


def kit(rule: Any) -> None:
    """Run the kit on a few weeks of the made-up guidance."""
    check_rule(rule, guidance=SAMPLE, max_examples=8)


@pytest.mark.parametrize("scope", [scope for scope in Scope if scope is not Scope.PROGRESSION])
def test_a_sound_rule_passes(scope: Scope) -> None:
    """A rule that keeps its word passes, whatever it looks at."""
    kit(Mine(sound, scope=scope))


@pytest.mark.parametrize("code", sorted(rules_of(SAMPLE)))
def test_every_check_of_the_library_passes(code: str) -> None:
    """What the library asks of others it keeps itself."""
    check_rule(rules_of(SAMPLE)[code], guidance=SAMPLE, max_examples=6)


def test_bundled_guidance_is_meant_when_none_is_named() -> None:
    """A rule that cites the bundled guidance needs no other."""
    check_rule(Mine(sound, citations=(Citation(statement="A001"),)), max_examples=2)


def _raises(subject: Any, context: Context) -> Iterable[Verdict]:
    raise ZeroDivisionError


def _moody() -> Says:
    moods = itertools.cycle([PASSED, failed("no")])

    def says(subject: Any, context: Context) -> Iterable[Verdict]:
        return [next(moods)]

    return says


def _meddles(subject: Any, context: Context) -> Iterable[Verdict]:
    object.__setattr__(subject.routine, "unscreened", not subject.routine.unscreened)
    yield PASSED


_READ = itertools.count()


class _Fickle(Mine):
    """A rule whose code changes whenever it is read."""

    def __getattribute__(self, name: str) -> Any:
        if name == "severity":
            return list(Severity)[next(_READ) % 2]
        return super().__getattribute__(name)


BROKEN: dict[str, tuple[Any, str]] = {
    "cites what nobody says": (
        Mine(sound, citations=(Citation(statement="S999"),)),
        "cites what the guidance does not say: .*S999",
    ),
    "cites a word": (Mine(sound, citations=("S001",)), "must be a tuple of Citation"),
    "cites a list": (
        Mine(sound, citations=[Citation(statement="S001")]),
        "must be a tuple of Citation",
    ),
    "changes its face": (_Fickle(sound), "must be the same whenever they are read"),
    "changes its mind": (Mine(_moody()), "must say the same when it is asked again"),
    "says no verdict": (Mine(always(True)), "must yield nothing but Verdict"),
    "says error": (
        Mine(always(Verdict(outcome=Outcome.ERROR))),
        "must say pass, fail or indeterminate, not error",
    ),
    "says not applicable": (
        Mine(always(Verdict(outcome=Outcome.NOT_APPLICABLE))),
        "must say pass, fail or indeterminate, not not-applicable",
    ),
    "asks nothing": (
        Mine(always(Verdict(outcome=Outcome.INDETERMINATE, message="hm"))),
        "must name the question to ask exactly when it can't judge",
    ),
    "asks about a failure": (
        Mine(always(Verdict(outcome=Outcome.FAIL, message="no", question="Really?"))),
        "must name the question to ask exactly when it can't judge",
    ),
    "names no place": (
        Mine(always(failed("no", path="$.sessions[40]"))),
        r"a place that the routine doesn't have: \$\.sessions\[40\]",
    ),
    "can't be reported": (
        Mine(always(failed("\x00"))),
        "must give verdicts that can be reported",
    ),
    "meddles": (Mine(_meddles), "must change nothing that it is given"),
}


@pytest.mark.parametrize(("rule", "promise"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_promise_is_named(rule: Any, promise: str) -> None:
    """The kit fails with the promise that was broken."""
    with pytest.raises(AssertionError, match=promise):
        kit(rule)


@attrs.frozen
class _Adding(Mine):
    """A rule that also says what it adds up."""

    limit: int = 3
    each: int = 1

    def amount(self, prescription: Any, activity: Any, /) -> int:
        """Return the same for all."""
        del prescription, activity
        return self.each


@attrs.frozen
class _Monotone(Mine):
    """A rule that also says whether more never mends it."""

    monotone: bool = True


def _at_most(most: int) -> Says:
    def says(subject: Any, context: Context) -> Iterable[Verdict]:
        items = subject.scheduled if isinstance(subject, WeekView) else subject.items
        known = [item for item in items if item.activity is not None]
        yield PASSED if len(known) <= most else failed("too much")

    return says


def _a_pair(subject: Any, context: Context) -> Iterable[Verdict]:
    """Want an even number of things, so that one more may mend it."""
    yield failed("odd") if len(subject.scheduled) % 2 else PASSED


@pytest.mark.parametrize(
    "rule",
    [
        _Adding(_at_most(3)),
        _Adding(_at_most(2)),
        _Adding(_at_most(3), scope=Scope.DAY),
        _Adding(_at_most(3), scope=Scope.SESSION),
        _Monotone(_at_most(3)),
        _Monotone(_a_pair, monotone=False),
    ],
)
def test_what_a_rule_truly_says_of_itself_passes(rule: Any) -> None:
    """A limit may be no stricter than the check; what is not claimed is not looked at."""
    check_rule(rule, guidance=SAMPLE, max_examples=12)


@pytest.mark.parametrize(
    ("rule", "promise"),
    [
        (_Adding(_at_most(4)), "accepts 4, and yet its limit is 3"),
        (_Adding(_at_most(4), scope=Scope.DAY), "accepts 4, and yet its limit is 3"),
        (_Adding(_at_most(4), scope=Scope.SESSION), "accepts 4, and yet its limit is 3"),
        (_Adding(always(PASSED), scope=Scope.ACTIVITY), "must look at more than one activity"),
        (_Adding(_at_most(3), each=-1), "must add amounts of 0 or more"),
        (_Monotone(_a_pair), "says that more never mends it, but turns a week down only without"),
    ],
)
def test_what_a_rule_wrongly_says_of_itself_is_caught(rule: Any, promise: str) -> None:
    """A planner that relied on it would miss the best week."""
    with pytest.raises(AssertionError, match=promise):
        check_rule(rule, guidance=SAMPLE, max_examples=200)


def test_a_rule_that_raises_is_caught() -> None:
    """The exception itself shows where."""
    with pytest.raises(ZeroDivisionError):
        kit(Mine(_raises))


@pytest.mark.parametrize("rule", ["SPT101", object(), Mine])
def test_what_is_no_rule_is_refused(rule: Any) -> None:
    """It is not even run."""
    with pytest.raises((InvalidValueError, AssertionError)):
        kit(rule)


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("$", True),
        ("$.a", True),
        ("$.a[1].b", True),
        ("a", False),
        ("$.b", False),
        ("$.a[2]", False),
        ("$.a.b", False),
        ("$.a[1].b.c", False),
        ("$x", False),
        ("$.a[1", False),
    ],
)
def test_a_place_exists_or_not(path: str, there: bool) -> None:
    """A path leads somewhere in the document, or the kit says so."""
    assert exists(path, {"a": [1, {"b": 2}]}) is there


def test_a_fix_that_names_an_impossible_place_is_caught() -> None:
    """The class of a bug: a rule that broke in silence whenever it offered its fix."""

    def offers(subject: Any, context: Context) -> Iterable[Verdict]:
        yield failed("no", reduce="Leave it out.", action=RemoveItem(path=subject.routine.phase))

    with pytest.raises((AssertionError, InvalidValueError), match="path"):
        kit(Mine(offers))
