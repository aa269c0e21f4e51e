"""A clinician's decision holds for what was seen, until its day, and never for a red flag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sciatica_pt as spt
from sciatica_pt.overrides import OVERRIDE_RULES
from sciatica_pt.rules import DeclarativeRule, Item, failed

ON = dt.date(2026, 3, 10)
GIVEN, EXPIRES = dt.date(2026, 3, 1), dt.date(2026, 3, 31)
PERSON = spt.Profile(
    phase="subacute",
    others_ruled_out=True,
    flare=False,
    equipment={"towel", "chair"},
    minutes={"mon": 30, "wed": 30, "fri": 30},
    screening=spt.Screening.clear(by="clinician"),
)
WEEK = spt.plan_week(PERSON).routine
REFUSES = attrs.evolve(PERSON, dislikes={"bridge"})


DECISION = spt.Decision(
    role="physician",
    reason="informed-choice",
    comment="Agreed to try it for a month.",
    given=GIVEN,
    expires=EXPIRES,
)


def decide(finding: spt.Finding, **changes: Any) -> spt.Override:
    """Return the decision to let a finding stand."""
    return spt.override(finding, **{"routine": WEEK, "decision": DECISION, **changes})


def on(day: dt.date, given: list[spt.Override]) -> spt.Overrides:
    """Return overrides to be judged for a day."""
    return spt.Overrides(on=day, given=given)


def codes(report: spt.Report) -> set[str]:
    """Return the codes of the findings that nobody lets stand."""
    return {item.code for item in report.findings if item.override is None}


def findings_of(code: str, week: spt.Routine, person: spt.Profile) -> list[spt.Finding]:
    """Return what one rule finds wrong."""
    return [item for item in spt.validate(week, profile=person).findings if item.code == code]


def test_override_lets_its_finding_stand_in_the_report() -> None:
    """What is let stand no longer blocks, and stays with who, why and until when."""
    before = spt.validate(WEEK, profile=REFUSES)
    decisions = [decide(item) for item in before.errors]
    after = spt.validate(WEEK, profile=REFUSES, overrides=on(ON, decisions))
    assert not before.conforms
    assert after.conforms
    assert [item.override for item in after.overridden] == decisions
    assert "let stand by a physician until 2026-03-31" in str(after)
    assert after.findings == after.overridden
    assert spt.loads(spt.dumps(after), spt.Report) == after
    assert spt.loads(spt.dumps(decisions[0]), spt.Override) == decisions[0]


def test_one_override_leaves_the_other_findings() -> None:
    """A decision about one place says nothing of the next."""
    first, *others = spt.validate(WEEK, profile=REFUSES).errors
    report = spt.validate(WEEK, profile=REFUSES, overrides=on(ON, [decide(first)]))
    assert report.errors == tuple(others)
    assert others


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (GIVEN - dt.timedelta(1), False),
        (GIVEN, True),
        (EXPIRES, True),
        (EXPIRES + dt.timedelta(1), False),
    ],
)
def test_override_holds_from_its_first_to_its_last_day(day: dt.date, holds: bool) -> None:
    """Outside its days an override is a finding, and what it was given for blocks again."""
    decisions = [decide(item) for item in spt.validate(WEEK, profile=REFUSES).errors]
    report = spt.validate(WEEK, profile=REFUSES, overrides=on(day, decisions))
    assert report.conforms is holds
    assert codes(report) == (set() if holds else {"SPT703", "SPT905"})


def test_override_that_meets_nothing_is_a_finding() -> None:
    """An override is unused when its finding is gone, its rule unknown, or another came first."""
    (first, *_) = spt.validate(WEEK, profile=REFUSES).errors
    one = decide(first)
    gone = spt.validate(WEEK, profile=PERSON, overrides=on(ON, [one]))
    assert codes(gone) == {"SPT906"}
    assert gone.conforms
    unknown = attrs.evolve(one, code="CLINIC001")
    assert codes(spt.validate(WEEK, profile=PERSON, overrides=on(ON, [unknown]))) == {"SPT906"}
    twice = spt.validate(WEEK, profile=REFUSES, overrides=on(ON, [one, one]))
    assert "SPT906" in codes(twice)
    assert len(twice.overridden) == 1


def longer(week: spt.Routine, by: int) -> spt.Routine:
    """Return the week with longer walks."""
    return attrs.evolve(
        week,
        sessions=[
            attrs.evolve(
                session,
                prescriptions=[
                    attrs.evolve(
                        item,
                        dose=attrs.evolve(
                            item.dose, duration_seconds=item.dose.duration_seconds + by
                        ),
                    )
                    if isinstance(item.dose, spt.Continuous)
                    else item
                    for item in session.prescriptions
                ],
            )
            for session in week.sessions
        ],
    )


@settings(max_examples=15)
@given(st.integers(1, 3000))
def test_a_change_of_dose_ends_an_override(by: int) -> None:
    """Who let one dose stand has said nothing of any other."""
    person = attrs.evolve(PERSON, dislikes={"walking"})
    decisions = [decide(item) for item in spt.validate(WEEK, profile=person).errors]
    assert spt.validate(WEEK, profile=person, overrides=on(ON, decisions)).conforms
    report = spt.validate(longer(WEEK, by), profile=person, overrides=on(ON, decisions))
    assert not report.overridden
    assert {"SPT703", "SPT907"} <= codes(report)


@pytest.mark.parametrize(
    "change", [{"severity": "warning"}, {"why": "For another reason."}, {"since": "0.2.0"}]
)
def test_a_change_of_the_rule_ends_an_override(change: dict[str, str]) -> None:
    """An override is bound to the rule as it read when it was given."""
    rules = spt.rules_of(spt.default_guidance())
    old = rules["SPT703"]
    assert isinstance(old, DeclarativeRule)
    new = attrs.evolve(old, spec=attrs.evolve(old.spec, **change))
    changed = rules.without("SPT703").with_rules(new)
    decisions = [decide(item) for item in spt.validate(WEEK, profile=REFUSES).errors]
    report = spt.validate(WEEK, profile=REFUSES, rules=changed, overrides=on(ON, decisions))
    assert {"SPT703", "SPT907"} <= codes(report)
    assert not report.overridden


def test_an_override_of_another_finding_at_the_place_does_not_fit() -> None:
    """What was seen is part of what was decided."""
    (first, *_) = spt.validate(WEEK, profile=REFUSES).errors
    forged = attrs.evolve(decide(first), fingerprint="0" * 32)
    report = spt.validate(WEEK, profile=REFUSES, overrides=on(ON, [forged]))
    assert "SPT907" in codes(report)
    assert not report.overridden


def test_red_flag_cannot_be_overridden() -> None:
    """An override of a red flag can't be made; a forged one is an error and the flag stays."""
    flagged = attrs.evolve(
        PERSON, screening=spt.Screening(by="person", present={"saddle-numbness"})
    )
    (flag,) = findings_of("SPT601", WEEK, flagged)
    with pytest.raises(spt.InvalidValueError, match="red flags are seen to"):
        decide(flag)
    forged = spt.Override(
        code="SPT601",
        path=flag.path,
        observed=flag.observed,
        fingerprint="0" * 32,
        decision=DECISION,
    )
    report = spt.validate(WEEK, profile=flagged, overrides=on(ON, [forged]))
    assert {"SPT601", "SPT908"} <= {item.code for item in report.errors}
    assert not report.overridden


def test_a_question_cannot_be_overridden() -> None:
    """What was not asked is asked, not waved through."""
    (question, *_) = spt.validate(WEEK).indeterminate
    with pytest.raises(spt.InvalidValueError, match="questions are answered"):
        decide(question)


def test_override_is_made_for_the_week_it_was_found_in() -> None:
    """A week without the finding's place is refused."""
    finding = spt.validate(WEEK, profile=REFUSES).errors[-1]
    with pytest.raises(spt.InvalidValueError, match="the routine in which it was found"):
        decide(finding, routine=attrs.evolve(WEEK, sessions=()))


def test_a_decision_does_not_end_before_it_begins() -> None:
    """The last day is not before the first."""
    with pytest.raises(spt.InvalidValueError, match="2026-03-31"):
        attrs.evolve(DECISION, given=EXPIRES, expires=GIVEN)


def broken_week() -> tuple[spt.Routine, spt.Profile]:
    """Return a week that breaks rules of every scope, and the person it is for."""
    first, *others = WEEK.sessions
    upside_down = attrs.evolve(first, prescriptions=first.prescriptions[::-1])
    habits = [item for item in WEEK.habits if item.activity != "movement-breaks"]
    week = attrs.evolve(WEEK, sessions=[upside_down, *others], habits=habits, phase="chronic")
    return week, attrs.evolve(
        PERSON, minutes={"mon": 5, "wed": 30, "fri": 30}, dislikes={"safe-lifting"}
    )


@pytest.mark.parametrize("code", ["SPT407", "SPT501", "SPT503", "SPT703", "SPT903"])
def test_override_of_every_scope_ends_with_what_it_looked_at(code: str) -> None:
    """A habit, a session, a day or the whole week: a change in it ends the override."""
    week, person = broken_week()
    decisions = [decide(item, routine=week) for item in findings_of(code, week, person)]
    report = spt.validate(week, profile=person, overrides=on(ON, decisions))
    assert {item.code for item in report.overridden} == {code}
    slower = [
        attrs.evolve(item, equipment={"chair"}) if item.activity == "safe-lifting" else item
        for item in longer(week, 60).habits
    ]
    changed = attrs.evolve(longer(week, 60), habits=slower)
    after = spt.validate(changed, profile=person, overrides=on(ON, decisions))
    assert not after.overridden
    assert "SPT907" in codes(after)


@attrs.frozen
class NoWalking:
    """A clinic's rule as an object."""

    version: str
    code: str = "CLINIC001"
    name: str = "no-walking"
    scope: spt.Scope = spt.Scope.ACTIVITY
    severity: spt.Severity = spt.Severity.ERROR
    citations: tuple[spt.Citation, ...] = (spt.Citation(statement="A064"),)

    def check(self, item: Item, context: object, /) -> Iterator[spt.Verdict]:
        """Fail every walk."""
        del context
        if item.prescription.activity == "walking":
            yield failed("no walking here")


def test_the_version_of_a_rule_object_ends_an_override() -> None:
    """A rule of one's own says by its version that its check changed."""
    old, new = NoWalking(version="1"), NoWalking(version="2")
    found = spt.validate(WEEK, profile=PERSON, rules=[old]).errors
    decisions = [decide(item, rules=[old]) for item in found]
    same = spt.validate(WEEK, profile=PERSON, rules=[old], overrides=on(ON, decisions))
    other = spt.validate(WEEK, profile=PERSON, rules=[new], overrides=on(ON, decisions))
    assert same.conforms
    assert codes(other) == {"CLINIC001", "SPT907"}
    with pytest.raises(spt.InvalidValueError, match="of one of the rules"):
        decide(found[0])


def test_rules_about_overrides_have_codes_of_their_own() -> None:
    """No pack's rule has the code of a rule about overrides."""
    assert not OVERRIDE_RULES.keys() & spt.default_guidance().rules.keys()
    assert all(code == rule.code for code, rule in OVERRIDE_RULES.items())


@given(st.permutations(range(4)))
def test_the_order_of_overrides_does_not_matter(order: list[int]) -> None:
    """Decisions about different findings judge the week the same in every order."""
    person = attrs.evolve(PERSON, dislikes={"bridge", "safe-lifting", "movement-breaks"})
    decisions = [decide(item) for item in spt.validate(WEEK, profile=person).errors]
    chosen = [decisions[index] for index in order]
    report = spt.validate(WEEK, profile=person, overrides=on(ON, chosen))
    assert report == spt.validate(WEEK, profile=person, overrides=on(ON, decisions[:4]))


def test_what_was_seen_is_kept_in_the_override() -> None:
    """A reader sees what the clinician saw."""
    tight = attrs.evolve(PERSON, minutes={"mon": 5, "wed": 30, "fri": 30})
    (finding,) = findings_of("SPT503", WEEK, tight)
    assert finding.observed is not None
    assert decide(finding).observed == finding.observed
    assert decide(finding).path == finding.path
    assert decide(finding).decision == DECISION


def test_ways_out_and_older_decisions_are_no_part_of_what_was_seen() -> None:
    """An override given anew for a finding that is let stand is bound to the same thing."""
    before = spt.validate(WEEK, profile=REFUSES)
    (first, *_) = before.errors
    one = decide(first)
    (stands,) = spt.validate(WEEK, profile=REFUSES, overrides=on(ON, [one])).overridden
    assert decide(stands).fingerprint == one.fingerprint
    assert decide(attrs.evolve(first, fixes=())).fingerprint == one.fingerprint
    assert decide(attrs.evolve(first, message="another")).fingerprint != one.fingerprint


def test_a_change_elsewhere_in_the_session_leaves_an_override_alone() -> None:
    """A decision about one activity was about nothing else that is done with it."""
    (first, *_) = spt.validate(WEEK, profile=REFUSES).errors
    monday, *others = WEEK.sessions
    shorter = attrs.evolve(monday, prescriptions=monday.prescriptions[:-1])
    week = attrs.evolve(WEEK, sessions=(shorter, *others))
    report = spt.validate(week, profile=REFUSES, overrides=on(ON, [decide(first)]))
    assert [item.path for item in report.overridden] == [first.path]


@pytest.mark.parametrize(
    ("code", "name", "severity"),
    [
        ("SPT905", "override-in-force", "warning"),
        ("SPT906", "override-used", "warning"),
        ("SPT907", "override-fits", "warning"),
        ("SPT908", "override-allowed", "error"),
    ],
)
def test_a_rule_about_overrides_keeps_its_name_and_weight(
    code: str, name: str, severity: str
) -> None:
    """Programs look for the code and the name, and only a red flag's override is an error."""
    rule = OVERRIDE_RULES[code]
    assert (rule.code, rule.name, rule.severity) == (code, name, severity)


def test_each_rule_about_overrides_has_its_result() -> None:
    """The four are in the report of whoever gives overrides, and hold what they complain of."""
    (first, *_) = spt.validate(WEEK, profile=REFUSES).errors
    one = decide(first)
    late = attrs.evolve(one, decision=attrs.evolve(DECISION, expires=GIVEN))
    lost = attrs.evolve(one, code="CLINIC001")
    other = attrs.evolve(one, fingerprint="0" * 32)
    forged = attrs.evolve(one, code="SPT601")
    report = spt.validate(WEEK, profile=REFUSES, overrides=on(ON, [late, lost, other, forged]))
    results = {item.code: item for item in report.results if item.code in OVERRIDE_RULES}
    assert set(results) == set(OVERRIDE_RULES)
    for code, result in results.items():
        rule = OVERRIDE_RULES[code]
        assert result.outcome is spt.Outcome.FAIL
        assert result.scope is spt.Scope.WEEK
        assert (result.name, result.severity) == (rule.name, rule.severity)
        (complaint,) = result.findings
        assert (complaint.code, complaint.path) == (code, one.path)
        assert [(fix.safe, fix.text, fix.action) for fix in complaint.fixes] == [
            (True, rule.fix, None)
        ]
    assert results["SPT905"].findings[0].observed == "2026-03-10"
    assert results["SPT906"].findings[0].observed is None
    assert results["SPT907"].findings[0].observed == first.observed
    assert [item.code for item in report.results] == sorted(item.code for item in report.results)
    fine = spt.validate(WEEK, profile=PERSON, overrides=on(ON, []))
    assert {item.outcome for item in fine.results if item.code in OVERRIDE_RULES} == {
        spt.Outcome.PASS
    }


def test_the_complaint_of_a_misfit_shows_what_is_there_now() -> None:
    """Of a changed dose the override says what it was given for, the finding what is there."""
    tight = attrs.evolve(PERSON, minutes={"mon": 5, "wed": 30, "fri": 30})
    (finding,) = findings_of("SPT503", WEEK, tight)
    (now,) = findings_of("SPT503", longer(WEEK, 600), tight)[:1]
    report = spt.validate(longer(WEEK, 600), profile=tight, overrides=on(ON, [decide(finding)]))
    (misfit,) = [item for item in report.findings if item.code == "SPT907"]
    assert misfit.observed == now.observed != finding.observed
    assert str(finding.observed) in misfit.message


def in_the_evening(week: spt.Routine, day: str) -> spt.Routine:
    """Return the week with a walk in the evening of a day."""
    walk = spt.Prescription(activity="walking", dose=spt.Continuous(duration_seconds=600, effort=3))
    more = spt.Session(day=day, time_of_day="evening", prescriptions=[walk])
    sessions = sorted(
        [*week.sessions, more], key=lambda item: (item.day.order, item.time_of_day.order)
    )
    return attrs.evolve(week, sessions=sessions)


def slower_habits(week: spt.Routine) -> spt.Routine:
    """Return the week with another habit changed."""
    return attrs.evolve(
        week,
        habits=[
            attrs.evolve(item, equipment={"chair"}) if item.activity == "neutral-spine" else item
            for item in week.habits
        ],
    )


@pytest.mark.parametrize(
    ("code", "change", "holds"),
    [
        ("SPT703", lambda week: in_the_evening(week, "sun"), True),
        ("SPT703", slower_habits, True),
        ("SPT501", lambda week: in_the_evening(week, "mon"), True),
        ("SPT501", slower_habits, True),
        ("SPT503", lambda week: in_the_evening(week, "sun"), True),
        ("SPT503", slower_habits, True),
        ("SPT503", lambda week: in_the_evening(week, "mon"), False),
        ("SPT407", slower_habits, False),
        ("SPT407", lambda week: in_the_evening(week, "sun"), False),
    ],
)
def test_an_override_is_bound_to_what_its_rule_looked_at(
    code: str, change: Any, holds: bool
) -> None:
    """A change elsewhere leaves it in force; what was looked at ends it."""
    week, person = broken_week()
    given = [decide(item, routine=week) for item in findings_of(code, week, person)]
    assert given
    after = spt.validate(change(week), profile=person, overrides=on(ON, given))
    assert {item.code for item in after.overridden} == ({code} if holds else set())


@attrs.frozen
class Discontent:
    """A rule of one's own that finds the same of everything it looks at."""

    scope: spt.Scope
    path: str = ""
    code: str = "CLINIC002"
    name: str = "discontent"
    severity: spt.Severity = spt.Severity.ERROR
    citations: tuple[spt.Citation, ...] = ()

    def check(self, subject: Any, context: object, /) -> Iterator[spt.Verdict]:
        """Fail at the same place with the same words."""
        del subject, context
        yield failed("not content", path=self.path)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        (Discontent(spt.Scope.DAY, "$.sessions[0]"), lambda week: in_the_evening(week, "mon")),
        (Discontent(spt.Scope.WEEK, "$.sessions[0].prescriptions[0]"), slower_habits),
    ],
)
def test_the_same_words_about_something_else_end_an_override(rule: Any, change: Any) -> None:
    """A finding that reads the same is bound to all that its rule looked at."""
    found = spt.validate(WEEK, profile=PERSON, rules=[rule]).errors[:1]
    given = [decide(item, rules=[rule]) for item in found]
    same = spt.validate(WEEK, profile=PERSON, rules=[rule], overrides=on(ON, given))
    other = spt.validate(change(WEEK), profile=PERSON, rules=[rule], overrides=on(ON, given))
    assert same.overridden
    assert not other.overridden


def test_so_many_overrides_are_given_and_no_more() -> None:
    """A thousand decisions about one week are a mistake of whoever sends them."""
    (first, *_) = spt.validate(WEEK, profile=REFUSES).errors
    given = [decide(first)] * 1000
    assert len(on(ON, given).given) == 1000
    with pytest.raises(spt.InvalidValueError, match=r"Overrides.given: expected 0 to 1000 items"):
        on(ON, [*given, given[0]])
