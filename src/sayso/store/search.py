"""Searching the statements of all current readings: a StatementQuery in, Hits out, best or newest first."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Subquery, Text, case, cast, func, literal, select
from sqlalchemy.dialects import postgresql

from sayso.errors import QueryError
from sayso.record import FORCES, QUOTES, Statement
from sayso.store.answers import Hit, StatementQuery
from sayso.store.engine import Database
from sayso.store.fulltext import Term, terms
from sayso.store.query import at_outlet, page, replaced
from sayso.store.schema import articles, readings, statements
from sayso.store.when import moments

__all__ = ["hit", "search", "shown"]

_CONTEXT = 80  # characters before and after a passage


def search(database: Database, query: StatementQuery) -> list[Hit]:
    """Find statements: the best first where a text is asked for, else the newest first and undated ones last.

    Raises QueryError when a date, force, quote, limit or offset makes no sense.
    """
    asked, speaker = _asked(query.text), _asked(query.speaker)
    if asked == [] or speaker == []:
        return []  # only punctuation was asked for: no statement has it as a word
    picked = _picked(database, query, asked or [], speaker or [])
    with database.reading() as connection:
        return [hit(row) for row in connection.execute(shown(database, picked))]


def _asked(value: str | None) -> list[Term] | None:
    return None if value is None or not value.strip() else terms(value)


def _order(rank: ColumnElement[Any]) -> list[ColumnElement[Any]]:
    return [rank.desc(), statements.c.instant.desc(), statements.c.id]


def _picked(database: Database, query: StatementQuery, asked: list[Term], speaker: list[Term]) -> Subquery:
    # Only keys here: cutting records and texts is left for the page that is shown.
    index = database.statement_index
    rank = index.rank(asked)
    picked = (
        select(statements.c.id, rank.label("rank"))
        .join(readings, readings.c.id == statements.c.reading_id)
        .join(articles, articles.c.id == statements.c.article_id)
        .where(readings.c.current, *_conditions(query))
    )
    if asked or speaker:
        picked = picked.join(index.source(), index.key() == statements.c.id)
        picked = picked.where(index.matches(asked, {"speakers": speaker}))
    order = _order(rank) if asked else _order(rank)[1:]
    return page(picked.order_by(*order), query.limit, query.offset).subquery("picked")


def shown(database: Database, picked: Subquery) -> Select[Any]:
    """Give what is shown of statements, whose ``id`` and ``rank`` are picked; :func:`hit` makes a Hit of each row."""
    text = func.coalesce(readings.c.text, articles.c.text)
    start, end = statements.c.passage_start, statements.c.passage_end
    before = case((start > _CONTEXT, start - _CONTEXT), else_=0)
    return (
        select(
            articles.c.id,
            articles.c.title,
            articles.c.outlet,
            articles.c.published,
            articles.c.url,
            articles.c.version,
            (~replaced(articles)).label("latest"),
            statements.c.speakers,
            _statement(database).label("record"),
            func.substr(text, before + 1, start - before).label("before"),
            func.substr(text, start + 1, end - start).label("passage"),
            func.substr(text, end + 1, _CONTEXT).label("after"),
            picked.c.rank,
        )
        .select_from(picked)
        .join(statements, statements.c.id == picked.c.id)
        .join(readings, readings.c.id == statements.c.reading_id)
        .join(articles, articles.c.id == statements.c.article_id)
        .order_by(*_order(picked.c.rank))
    )


def _statement(database: Database) -> ColumnElement[str]:
    # Cut out of the record by the database: the record itself can be megabytes.
    ordinal = statements.c.ordinal
    if database.engine.dialect.name == "postgresql":
        listed = cast(readings.c.record, postgresql.JSON)["statements"]
        return cast(cast(listed, postgresql.JSON)[ordinal], Text)
    path = literal("$.statements[").concat(cast(ordinal, Text)).concat("]")
    return func.json_extract(readings.c.record, path, type_=Text())


def _conditions(query: StatementQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.force is not None:
        conditions.append(statements.c.force == _listed("force", query.force, FORCES))
    if query.quote is not None:
        conditions.append(statements.c.quote == _listed("quote", query.quote, QUOTES))
    if query.outlet is not None:
        conditions.append(at_outlet(statements.c.article_id, query.outlet))
    if query.since is not None:
        conditions.append(statements.c.latest >= _bound("since", query.since)[0])
    if query.until is not None:
        conditions.append(statements.c.earliest <= _bound("until", query.until)[1])
    if query.latest_only:
        conditions.append(~replaced(articles))
    return conditions


def _listed(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise QueryError(f"no {name} {value[:40]!r}; one of {', '.join(known)}")
    return value


def _bound(name: str, date: str) -> tuple[str, str]:
    found = moments(date)
    if found is None:
        raise QueryError(f"{name}: {date[:40]!r} is no date; write 2023, 2023-09 or 2023-09-13")
    return found.earliest, found.latest


def hit(row: Row[Any]) -> Hit:
    """Make a Hit of a row of :func:`shown`."""
    return Hit(
        article_id=row.id,
        title=row.title,
        outlet=row.outlet,
        published=row.published,
        statement=Statement.model_validate_json(row.record),
        speakers=tuple(name for name in row.speakers.split("\n") if name),
        before=row.before or "",
        passage=row.passage or "",
        after=row.after or "",
        rank=float(row.rank),
        url=row.url,
        version=row.version,
        latest=bool(row.latest),
    )
