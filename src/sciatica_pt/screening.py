"""What to ask before anything is planned, and what the answers mean."""

from __future__ import annotations

import attrs

from sciatica_pt.guidance import Catalog, default_guidance
from sciatica_pt.model.constraints import Each, Instance, Member, Optional, Text, as_tuple, checked
from sciatica_pt.model.evidence import CITATIONS, Citation
from sciatica_pt.model.safety import Fact, RedFlag, Screening
from sciatica_pt.model.vocabulary import (
    FactKind,
    ScreeningStatus,
    Tier,
    as_screening_status,
)

__all__ = ["IntakeItem", "ScreeningResult", "intake", "screen"]


@attrs.frozen(kw_only=True, field_transformer=checked)
class IntakeItem:
    """One question of a form, answered by yes, no or not at all.

    Attributes:
        ask: the question, spoken to the person.
        reason: why it is asked.
        flag: the red flag that a yes reveals; `None` when the question settles a fact.
        fact: the fact that the answer settles; `None` when the question is about a red flag.
        citations: the statements that make it matter.
    """

    ask: str = attrs.field(validator=Text("a question"))
    reason: str = attrs.field(validator=Text("a reason"))
    flag: RedFlag | None = attrs.field(default=None, validator=Optional(Instance(RedFlag)))
    fact: Fact | None = attrs.field(default=None, validator=Optional(Instance(Fact)))
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)


@attrs.frozen(kw_only=True, field_transformer=checked)
class ScreeningResult:
    """What the answers to the red-flag questions mean.

    Attributes:
        status: clear, refer when any flag is present, or incomplete when a question is open.
        present: the flags that are present, the most urgent first; each says what to do.
        open: the flags nobody asked about, the most urgent first.
    """

    status: ScreeningStatus = attrs.field(
        converter=as_screening_status, validator=Member(ScreeningStatus)
    )
    present: tuple[RedFlag, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(RedFlag), unique="id")
    )
    open: tuple[RedFlag, ...] = attrs.field(
        converter=as_tuple, validator=Each(Instance(RedFlag), unique="id")
    )

    @property
    def tier(self) -> Tier | None:
        """How soon the most urgent flag must be seen to; `None` when none is present."""
        return self.present[0].tier if self.present else None


_FLAG_REASON = "A yes means that something else must be seen to before any exercise."
_FIRST = tuple(FactKind)


def intake(guidance: Catalog | None = None) -> tuple[IntakeItem, ...]:
    """Return what to ask a person, so that an app can render a form.

    Red flags come first, the most urgent leading, because a yes ends the form.
    Then come the facts, kind by kind, those on which most activities depend leading.

    Args:
        guidance: the guidance whose rules need the answers; `None` for the bundled packs.
    """
    catalog = default_guidance() if guidance is None else guidance
    weight = {
        fact: sum(
            restriction.when == fact
            for restrictions in catalog.restrictions.values()
            for restriction in restrictions
        )
        for fact in catalog.questions
    }
    flags = [
        IntakeItem(ask=flag.ask, reason=_FLAG_REASON, flag=flag, citations=flag.citations)
        for flag in catalog.red_flags.values()
    ]
    facts = [
        IntakeItem(
            ask=question.ask,
            reason=question.reason,
            fact=question.fact,
            citations=question.citations,
        )
        for question in sorted(
            catalog.questions.values(),
            key=lambda item: (
                _FIRST.index(item.fact.kind),
                -weight[item.fact],
                item.fact.value,
            ),
        )
    ]
    return (*flags, *facts)


def screen(
    screening: Screening | None,
    *,
    conditions: frozenset[str] = frozenset(),
    guidance: Catalog | None = None,
) -> ScreeningResult:
    """Return what answers to the red-flag questions mean.

    One flag is enough to refer, whatever else is open.

    Args:
        screening: the answers; `None` when nobody asked.
        conditions: ids of the person's conditions, some of which are red flags in themselves.
        guidance: the guidance whose red flags are meant; `None` for the bundled packs.

    >>> screen(Screening.clear(by="person")).status
    <ScreeningStatus.CLEAR: 'clear'>
    >>> screen(None).status
    <ScreeningStatus.INCOMPLETE: 'incomplete'>
    """
    catalog = default_guidance() if guidance is None else guidance
    flags = tuple(catalog.red_flags.values())
    answers = {flag.id: flag.state(screening, conditions) for flag in flags}
    present = tuple(flag for flag in flags if answers[flag.id] is True)
    unasked = tuple(flag for flag in flags if answers[flag.id] is None)
    if present:
        status = ScreeningStatus.REFER
    else:
        status = ScreeningStatus.INCOMPLETE if unasked else ScreeningStatus.CLEAR
    return ScreeningResult(status=status, present=present, open=unasked)
