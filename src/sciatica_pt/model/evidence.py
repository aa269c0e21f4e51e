"""Where things come from: sources, the statements taken from them, and citations of those."""

from __future__ import annotations

import attrs

from sciatica_pt.errors import InvalidValueError
from sciatica_pt.model.constraints import (
    ID,
    KEY,
    Each,
    Flag,
    Instance,
    Member,
    Optional,
    Text,
    Whole,
    as_tuple,
    checked,
)
from sciatica_pt.model.vocabulary import (
    CitationRole,
    SourceKind,
    StatementKind,
    StatementUse,
    as_citation_role,
    as_source_kind,
    as_statement_kind,
    as_statement_use,
)

__all__ = ["CITATIONS", "Citation", "Dispute", "Source", "Statement"]


@attrs.frozen(kw_only=True, field_transformer=checked)
class Source:
    """A publication that statements come from.

    Attributes:
        id: stable id.
        kind: what sort of publication it is.
        title: its title.
        publisher: the authors, body or site that published it.
        year: year of publication, from 1900 to 2200; `None` when the source states none.
        url: its address; `None` when it has none.
        doi: its Digital Object Identifier; `None` when it has none.
        note: how it was read, for instance through a secondary copy; `None` when directly.
    """

    id: str = attrs.field(validator=ID)
    kind: SourceKind = attrs.field(converter=as_source_kind, validator=Member(SourceKind))
    title: str = attrs.field(validator=Text("a title"))
    publisher: str = attrs.field(validator=Text("a publisher"))
    year: int | None = attrs.field(default=None, validator=Optional(Whole("years", 1900, 2200)))
    url: str | None = attrs.field(
        default=None, validator=Optional(Text("a web address", r"https?://[!-~]+", 400))
    )
    doi: str | None = attrs.field(
        default=None, validator=Optional(Text("a DOI", r"10\.[0-9]{4,9}/[!-~]+", 200))
    )
    note: str | None = attrs.field(default=None, validator=Optional(Text("a note")))


@attrs.frozen(kw_only=True, field_transformer=checked)
class Statement:
    """One thing a source says, in this project's own words.

    Attributes:
        id: stable id; unique over all layered packs.
        source: id of the source.
        locator: where in the source, such as section and paragraph; `None` when unknown.
        kind: what the statement is about.
        text: what the source says, paraphrased.
        verified: whether the source itself was seen to say so.
        use: what became of the statement.
        reason: why it was left out, when `use` is excluded; otherwise `None`.
    """

    id: str = attrs.field(validator=KEY)
    source: str = attrs.field(validator=ID)
    locator: str | None = attrs.field(default=None, validator=Optional(Text("a locator")))
    kind: StatementKind = attrs.field(converter=as_statement_kind, validator=Member(StatementKind))
    text: str = attrs.field(validator=Text("a statement"))
    verified: bool = attrs.field(validator=Flag())
    use: StatementUse = attrs.field(converter=as_statement_use, validator=Member(StatementUse))
    reason: str | None = attrs.field(default=None, validator=Optional(Text("a reason")))

    def __attrs_post_init__(self) -> None:
        excluded = self.use is StatementUse.EXCLUDED
        if excluded is (self.reason is None):
            raise InvalidValueError(
                where=f"Statement.reason of {self.id}",
                expected="a reason exactly when the statement is excluded",
                found="no reason" if self.reason is None else "a reason",
            )


@attrs.frozen(kw_only=True, field_transformer=checked)
class Citation:
    """A reference to a statement, and how the statement bears on what cites it.

    Attributes:
        statement: id of the statement.
        role: whether it supports, limits or contradicts.
        note: how it was read, where that is not plain; `None` otherwise.
    """

    statement: str = attrs.field(validator=KEY)
    role: CitationRole = attrs.field(
        default=CitationRole.SUPPORTS,
        converter=as_citation_role,
        validator=Member(CitationRole),
    )
    note: str | None = attrs.field(default=None, validator=Optional(Text("a note")))


#: The constraint on a field of citations: at least one, and none cited twice.
CITATIONS = Each(Instance(Citation), minimum=1, maximum=100, unique="statement")


@attrs.frozen(kw_only=True, field_transformer=checked)
class Dispute:
    """Evidence that limits or contradicts statements, shown wherever they are shown.

    Attributes:
        id: stable id.
        statements: ids of the statements in dispute.
        text: the point of the dispute, in a sentence or two.
        citations: the statements that limit or contradict them.
    """

    id: str = attrs.field(validator=ID)
    statements: tuple[str, ...] = attrs.field(
        converter=as_tuple, validator=Each(KEY, 1, 100, unique="")
    )
    text: str = attrs.field(validator=Text("the point of the dispute"))
    citations: tuple[Citation, ...] = attrs.field(converter=as_tuple, validator=CITATIONS)

    def __attrs_post_init__(self) -> None:
        if all(citation.role is CitationRole.SUPPORTS for citation in self.citations):
            raise InvalidValueError(
                where=f"Dispute.citations of {self.id}",
                expected="a citation that limits or contradicts",
                found="only citations that support",
            )
