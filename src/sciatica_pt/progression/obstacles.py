"""What stands in the way of a change, and what forced one: the rule, in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from sciatica_pt.model.evidence import Citation
from sciatica_pt.model.profile import Profile
from sciatica_pt.model.progression import Effect, ProgressionRule
from sciatica_pt.model.routine import Routine
from sciatica_pt.planning.candidates import Rejection
from sciatica_pt.progression.editing import activities_of
from sciatica_pt.progression.fitting import Fitter
from sciatica_pt.progression.paths import Move
from sciatica_pt.progression.situation import rule_of
from sciatica_pt.rules import Finding

__all__ = ["Obstacle", "comfort_over", "day_left_out", "forced", "obstacle", "out_of_phase"]


@attrs.frozen(kw_only=True)
class Obstacle:
    """A rule that decided in place of the logs.

    Attributes:
        text: what it says, as the end of a sentence without its full stop.
        code: its code; `None` when people asked for it or nobody can name it.
        citations: the statements it rests on.
    """

    text: str
    code: str | None = None
    citations: tuple[Citation, ...] = ()


_CROWDED = Obstacle(text="the rest of the week comes first")
_ELSEWHERE = "someone asked for it to be elsewhere"
_NO_ROOM = "there is no room for it: "
_NOT_NOW = "the next version is not for this person now: "


def _by_rule(rule: ProgressionRule | None, text: str) -> Obstacle:
    """Return a rule of progression as an obstacle; without one, what is said all the same."""
    if rule is None:
        return Obstacle(text=text)
    return Obstacle(text=text, code=rule.code, citations=rule.citations)


def _by_finding(finding: Finding, lead: str = "") -> Obstacle:
    text = f"{lead}{finding.message}".rstrip(".")
    return Obstacle(text=text, code=finding.code, citations=finding.citations)


def _by_ramp(rule: ProgressionRule) -> Obstacle:
    return _by_rule(rule, f"{_NO_ROOM}{rule.summary}".rstrip("."))


def obstacle(
    fitter: Fitter, routine: Routine, profile: Profile, move: Move, *, back: bool
) -> Obstacle:
    """Return what stands in the way of a rise in a week.

    Args:
        fitter: what tries changes.
        routine: the week.
        profile: the person.
        move: the rise.
        back: whether what rises was reached before, so that the ramp doesn't bind.
    """
    return next(_obstacles(fitter, routine, profile, move, back=back), _CROWDED)


def _obstacles(
    fitter: Fitter, routine: Routine, profile: Profile, move: Move, *, back: bool
) -> Iterator[Obstacle]:
    if move.becomes is not None:
        found = fitter.considered(move.becomes, profile, routine.phase)
        if isinstance(found, Rejection):
            yield from (_by_finding(item, _NOT_NOW) for item in found.findings)
    for week, person in fitter.ways(routine, profile, move, up=True):
        yield from (
            _by_ramp(rule) for rule in fitter.ramps if not back and not fitter.within(rule, week)
        )
        yield from (_by_finding(item, _NO_ROOM) for item in fitter.report(week, person).errors)
        if not fitter.asked.allows(week):
            yield Obstacle(text=_ELSEWHERE)
    if move.days is not None:
        # The bouts can't be shortened enough for one more day.
        yield from map(_by_ramp, fitter.ramps)


def forced(fitter: Fitter, routine: Routine, profile: Profile) -> dict[str, Obstacle]:
    """Return what a week would break, for each activity: what is said of it, else of the week."""
    errors = fitter.report(routine, profile).errors
    whole = [item for item in errors if item.activity is None]
    found = {
        name: [*(item for item in errors if item.activity == name), *whole]
        for name in activities_of(routine)
    }
    return {name: _by_finding(items[0]) for name, items in found.items() if items}


def out_of_phase(
    before: Routine, after: Routine, rules: tuple[ProgressionRule, ...]
) -> dict[str, Obstacle]:
    """Return, for each activity that a new phase changes, that it is the new phase."""
    rule, old, new = rule_of(rules, Effect.PHASE), activities_of(before), activities_of(after)
    gone = _by_rule(rule, "The new phase has no dose near enough to what was done")
    less = _by_rule(rule, "What is above the most of the new phase comes down to it")
    return {
        name: gone if name not in new else less
        for name, item in old.items()
        if name not in new or new[name].dose != item.dose
    }


def comfort_over(names: Iterable[str], rules: tuple[ProgressionRule, ...]) -> dict[str, Obstacle]:
    """Return, for each comfort of a flare-up that is past its height, that it is over."""
    rule = rule_of(rules, Effect.SETTLE)
    return dict.fromkeys(names, _by_rule(rule, "The flare-up it was for is past its height"))


def day_left_out(
    before: Routine, after: Routine, rules: tuple[ProgressionRule, ...]
) -> dict[str, Obstacle]:
    """Return, for each activity that goes with the days that were missed, that it is that."""
    rule = rule_of(rules, Effect.MISSED)
    gone = activities_of(before).keys() - activities_of(after).keys()
    return dict.fromkeys(gone, _by_rule(rule, "All its days were missed"))
