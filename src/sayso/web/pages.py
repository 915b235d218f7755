"""What each page is given: one frozen type for each template, whose fields are all that the template may use.

The docstring of each type names every field; a test holds templates, fields and docstrings together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sayso.web.cards import Card
from sayso.web.forces import ShownForce
from sayso.web.when import When

__all__ = [
    "ArticlePage",
    "ErrorPage",
    "FoundStatement",
    "ListPage",
    "ListedArticle",
    "Page",
    "Piece",
    "Row",
    "SearchPage",
    "Turning",
    "VersionLink",
]


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment as the template prints it.

    ``kind`` is its class attribute, empty for plain text; ``source``, ``cue`` and ``content`` are the anchors of
    the statements it belongs to in that role, parted by spaces, outermost first; ``numbers`` are the cards whose
    number stands right after it, on a ``ground`` of the classes that go on there.
    """

    text: str
    kind: str = ""
    source: str = ""
    cue: str = ""
    content: str = ""
    numbers: tuple[Card, ...] = ()
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph with the cards beside it; ``headline`` is true for lines above the body."""

    pieces: tuple[Piece, ...]
    cards: tuple[Card, ...]
    headline: bool = False


@dataclass(frozen=True, slots=True)
class VersionLink:
    """Another version of the same article; ``current`` is the one being shown."""

    number: int
    path: str
    current: bool


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article in the list; ``superseded`` says that a newer version is kept."""

    path: str
    title: str
    outlet: str | None
    published: When | None
    statements: int
    speakers: int
    version: int
    superseded: bool


@dataclass(frozen=True, slots=True)
class FoundStatement:
    """One hit of a search, and where it is read.

    ``passage`` is the text from the statement's first word to its last, in pieces, each with whether it is the
    statement's own; ``before`` and ``after`` are the words around it.
    """

    path: str
    title: str
    outlet: str | None
    published: When | None
    force: ShownForce
    certainty: str
    quote: str
    speakers: tuple[str, ...]
    before: str
    passage: tuple[tuple[str, bool], ...]
    after: str


@dataclass(frozen=True, slots=True)
class Turning:
    """Which part of a long list this is: its first and last rank, and the links to the parts around it."""

    first: int
    last: int
    previous: str | None
    next: str | None


class Page:
    """What all pages have in common: the name of the template that shows them."""

    __slots__ = ()
    template: ClassVar[str]


@dataclass(frozen=True, slots=True)
class ArticlePage(Page):
    """One article with its statements in place.

    ``title``, ``outlet``, ``byline``, ``dateline``, ``agency``, ``language``: as the article gives them, null when it
    does not; ``published``: the date and how it was found; ``link``: the original, null unless it is a web address;
    ``versions``: all that are kept, oldest first; ``record``: path of the record's JSON; ``rows``: the paragraphs
    with their cards; ``captions``: kept apart from the text; ``statements``, ``speakers``: how many; ``forces``:
    those that occur, for the legend; ``reader``: name and version of what read it.
    """

    template: ClassVar[str] = "article.html"

    title: str
    outlet: str | None
    byline: str | None
    dateline: str | None
    agency: str | None
    language: str | None
    published: When | None
    link: str | None
    versions: tuple[VersionLink, ...]
    record: str
    rows: tuple[Row, ...]
    captions: tuple[str, ...]
    statements: int
    speakers: int
    forces: tuple[ShownForce, ...]
    reader: str | None


@dataclass(frozen=True, slots=True)
class ListPage(Page):
    """The articles that are kept.

    ``articles``: this part of the list; ``total``: how many there are in all its parts; ``kept``: how many the store
    holds; ``text``, ``outlet``: what the list is narrowed to, empty when it is not; ``turning``: where in the list
    this is.
    """

    template: ClassVar[str] = "list.html"

    articles: tuple[ListedArticle, ...]
    total: int
    kept: int
    text: str
    outlet: str
    turning: Turning


@dataclass(frozen=True, slots=True)
class SearchPage(Page):
    """Statements that answer a search.

    ``text``, ``force``, ``speaker``, ``outlet``, ``since``, ``until``, ``quote``: what was asked, empty when open;
    ``forces``, ``quotes``: what may be chosen, quotes as value and words; ``asked``: whether anything was asked;
    ``hits``: this part of the answer; ``turning``: where in the answer this is.
    """

    template: ClassVar[str] = "search.html"

    text: str
    force: str
    speaker: str
    outlet: str
    since: str
    until: str
    quote: str
    forces: tuple[ShownForce, ...]
    quotes: tuple[tuple[str, str], ...]
    asked: bool
    hits: tuple[FoundStatement, ...]
    turning: Turning


@dataclass(frozen=True, slots=True)
class ErrorPage(Page):
    """Something went wrong. ``status``: the HTTP status; ``heading``: its name; ``message``: what to do."""

    template: ClassVar[str] = "error.html"

    status: int
    heading: str
    message: str
