"""The pages as routes: the list of articles, one article, the search. Each is read with no script running."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from sayso.web.questions import Asked, Offset, StoreOfApp, Words
from sayso.web.rendering import respond
from sayso.web.views import article_page, list_page, search_page, turning

__all__ = ["rooms"]

_ARTICLES = 30
_QUESTIONS = ("text", "force", "speaker", "outlet", "since", "until", "quote")

rooms = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)


@rooms.api_route("/", methods=["GET", "HEAD"])
def articles(store: StoreOfApp, text: Words = "", outlet: Words = "", offset: Offset = 0) -> HTMLResponse:
    """The list of articles, narrowed by words of the title or text and by outlet."""
    text, outlet = text.strip(), outlet.strip()
    found = store.articles(limit=_ARTICLES + 1, offset=offset, outlet=outlet or None, text=text or None)
    shown = found[:_ARTICLES]
    asked = {"text": text, "outlet": outlet}
    at = turning("/", asked, offset=offset, limit=_ARTICLES, shown=len(shown), more=len(found) > _ARTICLES)
    total = store.count_articles(outlet=outlet or None, text=text or None)
    return respond(list_page(shown, total=total, kept=store.count_articles(), text=text, outlet=outlet, at=at))


@rooms.api_route("/articles/{article_id}", methods=["GET", "HEAD"])
def article(article_id: str, store: StoreOfApp) -> HTMLResponse:
    """One article with its statements in place; the beginning of an id will do."""
    reading = store.reading(article_id)
    return respond(article_page(reading, store.versions(reading.article.id)))


@rooms.api_route("/search", methods=["GET", "HEAD"])
def search(store: StoreOfApp, query: Asked) -> HTMLResponse:
    """Statements that answer a search; the bare page asks nothing and finds nothing."""
    asked = {name: str(value) for name in _QUESTIONS if (value := getattr(query, name)) is not None}
    found = store.search(replace(query, limit=query.limit + 1)) if asked else []
    shown, more = found[: query.limit], len(found) > query.limit
    kept = {**asked, "limit": str(query.limit)}
    at = turning("/search", kept, offset=query.offset, limit=query.limit, shown=len(shown), more=more)
    return respond(search_page(query, shown, asked=bool(asked), at=at))
