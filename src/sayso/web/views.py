"""What the store gives in, what the pages are given out (see pages.py). Nothing here knows HTTP or HTML."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import quote as url_quote
from urllib.parse import urlencode, urlsplit

from sayso.record import QUOTES, Reading
from sayso.store import ArticleRow, Hit, StatementQuery
from sayso.web.cards import anchor
from sayso.web.forces import SHOWN_FORCES, certainty_words, quote_words
from sayso.web.pages import (
    ArticlePage,
    FoundStatement,
    ListedArticle,
    ListPage,
    SearchPage,
    Turning,
    VersionLink,
)
from sayso.web.rows import rows
from sayso.web.when import When

__all__ = ["article_page", "article_path", "list_page", "search_page", "turning"]

_UNTITLED = "Untitled article"
_CONTEXT = 80  # characters the store gives around a hit; fewer mean that the text begins or ends there


def article_path(article_id: str) -> str:
    """Give the path of an article's page."""
    return f"/articles/{url_quote(article_id, safe='')}"


def article_page(reading: Reading, versions: Sequence[ArticleRow] = ()) -> ArticlePage:
    """Prepare one article; ``versions`` are all versions of it that the store keeps."""
    article = reading.article
    present = {statement.force for statement in reading.statements}
    speakers = {speaker for statement in reading.statements for speaker in statement.speakers}
    return ArticlePage(
        title=article.title or _UNTITLED,
        outlet=article.outlet,
        byline=article.byline,
        dateline=article.dateline,
        agency=article.agency,
        language=article.language,
        published=When.of(article.published, article.published_from),
        link=_web_address(article.url),
        versions=tuple(
            VersionLink(row.version, article_path(row.id), row.id == article.id)
            for row in sorted(versions, key=lambda row: row.version)
        ),
        record=f"/api{article_path(article.id)}",
        rows=rows(reading),
        captions=article.captions,
        statements=len(reading.statements),
        speakers=len(speakers),
        forces=tuple(shown for name, shown in SHOWN_FORCES.items() if name in present),
        reader=f"{reading.reader.name} {reading.reader.version}" if reading.reader is not None else None,
    )


def _web_address(url: str | None) -> str | None:
    """Let only web addresses become links: a url from a page could be a script."""
    if url is None:
        return None
    try:
        return url if urlsplit(url).scheme.lower() in {"http", "https"} else None
    except ValueError:
        return None


def list_page(found: Sequence[ArticleRow], *, total: int, kept: int, text: str, outlet: str, at: Turning) -> ListPage:
    """Prepare one part of the list of articles."""
    return ListPage(
        articles=tuple(
            ListedArticle(
                path=article_path(row.id),
                title=row.title or _UNTITLED,
                outlet=row.outlet,
                published=When.of(row.published),
                statements=row.statements,
                speakers=row.speakers,
                version=row.version,
                superseded=not row.latest,
            )
            for row in found
        ),
        total=total,
        kept=kept,
        text=text,
        outlet=outlet,
        turning=at,
    )


def search_page(query: StatementQuery, hits: Sequence[Hit], *, asked: bool, at: Turning) -> SearchPage:
    """Prepare one part of the answer to a search; without a question there are no hits to show."""
    return SearchPage(
        text=query.text or "",
        force=query.force or "",
        speaker=query.speaker or "",
        outlet=query.outlet or "",
        since=query.since or "",
        until=query.until or "",
        quote=query.quote or "",
        forces=tuple(SHOWN_FORCES.values()),
        quotes=tuple((quote, quote_words(quote)) for quote in QUOTES),  # type: ignore[arg-type]
        asked=asked,
        hits=tuple(_found(hit) for hit in hits),
        turning=at,
    )


def _found(hit: Hit) -> FoundStatement:
    statement = hit.statement
    return FoundStatement(
        path=f"{article_path(hit.article_id)}#{anchor(statement.id)}",
        title=hit.title or _UNTITLED,
        outlet=hit.outlet,
        published=When.of(hit.published),
        force=SHOWN_FORCES[statement.force],
        certainty=certainty_words(statement.certainty, statement.polarity),
        quote=quote_words(statement.quote),
        speakers=tuple(hit.speakers),
        before=_lead(hit),
        passage=_passage(hit),
        after=_trail(hit),
    )


def _passage(hit: Hit) -> tuple[tuple[str, bool], ...]:
    """Cut the passage where pieces of the content begin and end; without a content it is all the statement's own."""
    content = hit.statement.content
    if not content:
        return ((hit.passage, True),)
    base = min(span.start for span in content)
    edges = sorted({edge - base for span in content for edge in (span.start, span.end)})
    return tuple(
        (hit.passage[start:end], any(span.start - base <= start < span.end - base for span in content))
        for start, end in pairwise(edges)
    )


def _lead(hit: Hit) -> str:
    """Give the words before the passage that are of its paragraph, without a word cut in half."""
    before = hit.before.rsplit("\n", 1)[-1]
    if before != hit.before or len(before) < _CONTEXT:
        return before
    return "… " + before.partition(" ")[2]


def _trail(hit: Hit) -> str:
    """Give the words after the passage that are of its paragraph, without a word cut in half."""
    after = hit.after.split("\n", 1)[0]
    if after != hit.after or len(after) < _CONTEXT:
        return after
    return after.rpartition(" ")[0] + " …"


def turning(path: str, asked: dict[str, str], *, offset: int, limit: int, shown: int, more: bool) -> Turning:
    """Say which part of a list is shown and link to its neighbours; ``asked`` is kept in the links."""

    def link(to: int) -> str:
        kept = {name: value for name, value in asked.items() if value}
        query = urlencode({**kept, **({"offset": str(to)} if to else {})})
        return f"{path}?{query}" if query else path

    return Turning(
        first=offset + 1 if shown else 0,
        last=offset + shown,
        previous=link(max(offset - limit, 0)) if offset else None,
        next=link(offset + limit) if more else None,
    )
