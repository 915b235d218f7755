"""The REST API: the list, one record (as DESIGN calls it ``sayso/record/1``), the search, the health. All JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from sayso.record import SCHEMA, Reading, Statement
from sayso.web.questions import Asked, Limit, Offset, StoreOfApp, Words

__all__ = ["Failure", "api"]


class _Entry(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ArticleEntry(_Entry):
    """An article in a list."""

    id: str
    url: str | None
    outlet: str | None
    title: str | None
    published: str | None
    version: int
    statements: int
    speakers: int
    latest: bool


class ArticleList(BaseModel):
    """One part of the list: ``total`` counts all parts, ``next`` is the offset of the following, null at the end."""

    ok: Literal[True] = True
    total: int
    articles: list[ArticleEntry]
    next: int | None


class HitEntry(_Entry):
    """A statement that answers a search, with the words around it."""

    article_id: str
    title: str | None
    outlet: str | None
    published: str | None
    statement: Statement
    speakers: list[str]
    before: str
    passage: str
    after: str
    url: str | None
    version: int
    latest: bool


class HitList(BaseModel):
    """One part of the answer, best first; ``next`` is the offset of the following part, null at the end."""

    ok: Literal[True] = True
    hits: list[HitEntry]
    next: int | None


class Health(BaseModel):
    """That it works, which record it speaks and how much it keeps."""

    ok: Literal[True] = True
    schema_: str = Field(serialization_alias="schema")
    articles: int


class Failure(BaseModel):
    """What every error looks like; ``status`` is the HTTP status."""

    ok: Literal[False] = False
    error: str
    status: int


_ERRORS: dict[int | str, dict[str, Any]] = {"default": {"model": Failure, "description": "what went wrong"}}

api = APIRouter(prefix="/api", responses=_ERRORS)


@api.get("/articles")
def articles(
    store: StoreOfApp, text: Words = "", outlet: Words = "", limit: Limit = 50, offset: Offset = 0
) -> ArticleList:
    """List the articles that are kept."""
    asked_outlet, asked_text = outlet.strip() or None, text.strip() or None
    found = store.articles(limit=limit + 1, offset=offset, outlet=asked_outlet, text=asked_text)
    return ArticleList(
        total=store.count_articles(outlet=asked_outlet, text=asked_text),
        articles=[ArticleEntry.model_validate(row) for row in found[:limit]],
        next=offset + limit if len(found) > limit else None,
    )


@api.get("/articles/{article_id}", response_model=Reading)
def article(article_id: str, store: StoreOfApp) -> Response:
    """Give the record of one article; the beginning of its id will do."""
    return Response(store.reading(article_id).to_json().encode("utf-8", "replace"), media_type="application/json")


@api.get("/search")
def search(store: StoreOfApp, query: Asked) -> HitList:
    """Find statements by words, force, speaker, outlet, date and quote."""
    found = store.search(replace(query, limit=query.limit + 1))
    return HitList(
        hits=[HitEntry.model_validate(hit) for hit in found[: query.limit]],
        next=query.offset + query.limit if len(found) > query.limit else None,
    )


@api.get("/health")
def health(store: StoreOfApp) -> Health:
    """Say that the store can be read."""
    return Health(schema_=SCHEMA, articles=store.count_articles())
