"""What the store is asked and what it answers: plain frozen values, no database in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.record import Statement

__all__ = ["AddOutcome", "AddResult", "Address", "ArticleRow", "Hit", "Problem", "ProblemKind", "StatementQuery"]

AddOutcome = Literal["added", "unchanged", "new version", "read again"]
ProblemKind = Literal[
    "file", "reference", "text", "address", "record", "span", "statement", "actor", "entity", "reading", "index"
]


@dataclass(frozen=True, slots=True)
class AddResult:
    """What adding a reading did.

    ``version`` counts from 1 under one URL. ``reprint`` is true when the text was in the store already, from
    another address: the address was added, the text was not kept twice.
    """

    article_id: str
    outcome: AddOutcome
    version: int
    reprint: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """One place where a text was published. ``supersedes`` is the id of the version before it at this URL."""

    article_id: str
    url: str | None
    outlet: str | None
    title: str | None
    byline: str | None
    published: str | None
    version: int
    supersedes: str | None
    first_seen: str


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article in a list.

    ``statements`` and ``speakers`` are counted in its current reading; ``added`` is ISO 8601 in UTC; ``latest`` is
    false when a newer version stands at its URL; ``addresses`` counts the places the same text was found at.
    """

    id: str
    url: str | None
    outlet: str | None
    title: str | None
    published: str | None
    version: int
    added: str
    statements: int
    speakers: int
    latest: bool
    addresses: int = 1


@dataclass(frozen=True, slots=True)
class StatementQuery:
    """A question to the statements of all current readings; what is None does not narrow it.

    ``text`` is looked for in contents and speakers, ``speaker`` in speakers alone: every word must be there, in any
    order, whatever its case and accents; ``"words in quotes"`` must stand together and ``missil*`` is a beginning.
    ``since`` and ``until`` are ISO 8601 or EDTF, both included: ``until="2023"`` runs to the end of that year, and an
    article of which only the year is known is found by any day of it. ``latest_only`` leaves out replaced versions.
    """

    text: str | None = None
    force: str | None = None
    speaker: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    quote: str | None = None
    limit: int = 50
    offset: int = 0
    latest_only: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A statement found.

    ``passage`` is the article's text from the first to the last piece of the content (of the cue, or of the source,
    where there is no content); ``before`` and ``after`` are up to 80 characters around it. ``speakers`` are names,
    or the words of the source where no speaker is known. A higher ``rank`` fits better; it is 0.0 without a text.
    """

    article_id: str
    title: str | None
    outlet: str | None
    published: str | None
    statement: Statement
    speakers: tuple[str, ...]
    before: str
    passage: str
    after: str
    rank: float
    url: str | None = None
    version: int = 1
    latest: bool = True


@dataclass(frozen=True, slots=True)
class Problem:
    """Something `verify` found wrong; ``article_id`` is None when it concerns the store as a whole."""

    article_id: str | None
    kind: ProblemKind
    detail: str
