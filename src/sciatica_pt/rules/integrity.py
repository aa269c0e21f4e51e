"""SPT9xx: does the routine belong to this guidance and to this person?"""

from __future__ import annotations

from collections.abc import Iterator

from sciatica_pt.errors import nearest
from sciatica_pt.model.actions import MarkUnscreened, RemoveItem
from sciatica_pt.model.guidelines import RuleSpec
from sciatica_pt.model.routine import GuidanceRef
from sciatica_pt.model.vocabulary import Scope
from sciatica_pt.rules.engine import Check
from sciatica_pt.rules.findings import PASSED, Verdict, failed, unknown
from sciatica_pt.rules.subjects import Context, Item, WeekView

__all__ = ["CHECKS"]


def known_activity(spec: RuleSpec, item: Item, context: Context) -> tuple[Verdict, ...]:
    """The guidance knows the activity."""
    del spec
    if item.activity is not None:
        return (PASSED,)
    near = nearest(item.prescription.activity, context.catalog.activities)
    return (
        failed(
            f"the guidance knows no {item.prescription.activity}, so nothing about it was checked",
            observed=item.prescription.activity,
            expected=near and f"perhaps {near}",
            reduce="Leave it out, correct the id, or layer a pack that defines it.",
            action=RemoveItem(path=item.path),
        ),
    )


def guidance_version(spec: RuleSpec, week: WeekView, context: Context) -> Iterator[Verdict]:
    """The routine was made from the guidance that it is checked against."""
    del spec
    if week.routine.guidance == context.catalog.refs:
        yield PASSED
    else:
        yield failed(
            "the routine was made from other guidance",
            path="$.guidance",
            observed=_refs(week.routine.guidance),
            expected=_refs(context.catalog.refs),
            reduce="Plan it again, or check it against the guidance it names.",
        )


def _refs(refs: tuple[GuidanceRef, ...]) -> str:
    return ", ".join(f"{ref.id} {ref.version}" for ref in refs)


def phase_match(spec: RuleSpec, week: WeekView, context: Context) -> Iterator[Verdict]:
    """The routine was made for the phase that the person is in."""
    del spec
    if context.profile is None:
        yield unknown(
            "nobody has said which phase the person is in",
            "For how many weeks have the symptoms lasted?",
        )
    elif week.routine.phase is context.profile.phase:
        yield PASSED
    else:
        yield failed(
            "the routine was made for another phase",
            path="$.phase",
            observed=f"{week.routine.phase}",
            expected=f"{context.profile.phase}",
            reduce="Plan it again for the present phase.",
        )


def screening_stated(spec: RuleSpec, week: WeekView, context: Context) -> Iterator[Verdict]:
    """A routine made while a red-flag question is open says that it is unscreened.

    Guidance without a red-flag question can't have screened anybody.
    """
    del spec
    profile = context.profile
    open_questions = [
        flag.id
        for flag in context.catalog.red_flags.values()
        if profile is None or flag.state(profile.screening, profile.conditions) is None
    ]
    if week.routine.unscreened or (context.catalog.red_flags and not open_questions):
        yield PASSED
    elif context.profile is None:
        yield unknown(
            "nobody has said whether the red-flag questions were asked",
            "Were all red-flag questions asked, and all answered with no?",
        )
    else:
        yield failed(
            "red-flag questions are open, and the routine does not say so",
            path="$.unscreened",
            observed=f"{len(open_questions)} open" if open_questions else "guidance without any",
            expected="every question answered, or unscreened set",
            reduce="Ask the open questions, or mark the routine as unscreened.",
            action=MarkUnscreened(),
        )


CHECKS: dict[str, tuple[Scope, Check]] = {
    "known-activity": (Scope.ACTIVITY, known_activity),
    "guidance-version": (Scope.WEEK, guidance_version),
    "phase-match": (Scope.WEEK, phase_match),
    "screening-stated": (Scope.WEEK, screening_stated),
}
