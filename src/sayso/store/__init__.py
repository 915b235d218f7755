"""Keeps readings, on SQLite (a file) or PostgreSQL (a URL), with full-text search over what was said and by whom."""

from __future__ import annotations

from sayso.store.answers import Address, AddResult, ArticleRow, Hit, Problem, StatementQuery
from sayso.store.store import Store

__all__ = ["AddResult", "Address", "ArticleRow", "Hit", "Problem", "StatementQuery", "Store"]
