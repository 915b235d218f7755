"""Keeps readings, on SQLite (a file) or PostgreSQL (a URL), with full-text search over what was said and by whom."""

from __future__ import annotations

from sayso.store.answers import Address, AddResult, ArticleRow, Hit, Problem, StatementQuery
from sayso.store.portraits import ActorQuery, ActorRow, Called, Decision, Linked, Office, Portrait, WikidataRow
from sayso.store.store import Store

__all__ = [
    "ActorQuery",
    "ActorRow",
    "AddResult",
    "Address",
    "ArticleRow",
    "Called",
    "Decision",
    "Hit",
    "Linked",
    "Office",
    "Portrait",
    "Problem",
    "StatementQuery",
    "Store",
    "WikidataRow",
]
