"""Asking the store: lists of articles, one reading, searches. Reads only."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, RowMapping, Select, func, select

from sayso.errors import NotInStore, QueryError
from sayso.record import Reading
from sayso.store.answers import Address, ArticleRow
from sayso.store.engine import Database
from sayso.store.fulltext import keepable, terms
from sayso.store.rows import key_of
from sayso.store.schema import actors, addresses, articles, readings, spans, statements

__all__ = [
    "article_row",
    "article_rows",
    "at_outlet",
    "count_articles",
    "counts",
    "known",
    "list_addresses",
    "list_articles",
    "list_versions",
    "load_reading",
    "page",
    "replaced",
    "resolve",
]

_PREFIX = re.compile(r"[0-9a-f]{6,64}")


def resolve(connection: Connection, article_id: str, store: str) -> str:
    """Give the full id for an id or an unambiguous prefix of at least 6 hexadecimal digits; raises NotInStore."""
    prefix = article_id.strip().lower()
    if not _PREFIX.fullmatch(prefix):
        raise NotInStore(f"{article_id[:80]!r} is no article id; give at least 6 of its hexadecimal digits")
    beginning = (articles.c.id >= prefix) & (articles.c.id < prefix + "g")
    found = list(connection.execute(select(articles.c.id).where(beginning).order_by(articles.c.id).limit(2)).scalars())
    if not found:
        raise NotInStore(f"no article {article_id[:16]} in {store}; `sayso list` shows what is there")
    if len(found) > 1:
        raise NotInStore(f"more than one article begins with {article_id[:64]}; give more digits of the id")
    (only,) = found
    return str(only)


def known(database: Database, article_id: str, reader_version: str, model: str) -> bool:
    """Whether the store has a reading of this article by this reader version and model."""
    query = select(readings.c.id).where(
        readings.c.article_id == article_id, readings.c.reader_version == reader_version, readings.c.model == model
    )
    with database.reading() as connection:
        return connection.execute(query.limit(1)).first() is not None


def list_articles(
    database: Database, *, limit: int, offset: int, outlet: str | None, text: str | None
) -> list[ArticleRow]:
    """List articles, newest published first, undated ones last; narrowed as :func:`count_articles` counts them."""
    query = _narrowed(database, article_rows(), outlet, text)
    if query is None:
        return []
    query = page(query.order_by(articles.c.instant.desc(), articles.c.number.desc()), limit, offset)
    with database.reading() as connection:
        return [article_row(row) for row in connection.execute(query).mappings()]


def count_articles(database: Database, *, outlet: str | None = None, text: str | None = None) -> int:
    """Count the articles: texts, whatever the number of their addresses."""
    query = _narrowed(database, select(func.count()).select_from(articles), outlet, text)
    if query is None:
        return 0
    with database.reading() as connection:
        return int(connection.execute(query).scalar_one())


def list_versions(database: Database, article_id: str) -> list[ArticleRow]:
    """List all versions at the URL of an article, oldest first; the article alone where it has no URL."""
    with database.reading() as connection:
        found = resolve(connection, article_id, database.name)
        place, url = connection.execute(select(articles.c.place, articles.c.url).where(articles.c.id == found)).one()
        query = article_rows(addresses).join(addresses, addresses.c.article_id == articles.c.id)
        query = query.where(addresses.c.place == place).order_by(addresses.c.version)
        if url is None:
            query = query.where(articles.c.id == found)
        return [article_row(row) for row in connection.execute(query).mappings()]


def list_addresses(database: Database, article_id: str) -> list[Address]:
    """List every place the text of an article was seen at, first seen first."""
    columns = [addresses.c[name] for name in Address.__slots__]
    with database.reading() as connection:
        found = resolve(connection, article_id, database.name)
        query = select(*columns).where(addresses.c.article_id == found).order_by(addresses.c.id)
        return [Address(**row) for row in connection.execute(query).mappings()]


def load_reading(database: Database, article_id: str) -> Reading:
    """Load the current reading of an article; raises NotInStore, and RecordError when its record is damaged."""
    with database.reading() as connection:
        found = resolve(connection, article_id, database.name)
        query = select(readings.c.record).where(readings.c.article_id == found, readings.c.current)
        record = connection.execute(query).scalar()
    if record is None:
        raise NotInStore(f"no reading of article {found[:12]} in {database.name}; add the article again")
    return Reading.from_json(record)


def counts(database: Database) -> dict[str, int]:
    """Count what the store holds; statements, actors and spans are those of the current readings."""
    current = {"statements": statements, "actors": actors, "spans": spans}
    with database.reading() as connection:
        answer = {
            table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
            for table in (articles, addresses, readings)
        }
        for name, table in current.items():
            query = select(func.count()).select_from(table).join(readings, readings.c.id == table.c.reading_id)
            answer[name] = int(connection.execute(query.where(readings.c.current)).scalar_one())
        outlets = select(func.count(addresses.c.outlet_key.distinct()))
        answer["outlets"] = int(connection.execute(outlets).scalar_one())
    return answer


def page(query: Select[Any], limit: int, offset: int) -> Select[Any]:
    """Cut a page out of a query; raises QueryError when limit or offset is negative or beyond 64 bits."""
    for name, value in (("limit", limit), ("offset", offset)):
        if not 0 <= value < 2**63:
            raise QueryError(f"{name} is {value}; give a number from 0 up")
    return query.limit(limit).offset(offset)


def at_outlet(article_id: ColumnElement[str], outlet: str) -> ColumnElement[bool]:
    """The condition that the text stood at this outlet, in whatever case and accents its name is written."""
    named = addresses.c.outlet_key == key_of(keepable(outlet))
    return select(addresses.c.id).where(addresses.c.article_id == article_id, named).exists()


def replaced(row: FromClause) -> ColumnElement[bool]:
    """The condition that a newer version stands at the URL of a row of ``articles`` or ``addresses``."""
    newer = addresses.alias()
    later = select(newer.c.id).where(newer.c.place == row.c.place, newer.c.version > row.c.version)
    return row.c.url.is_not(None) & later.exists()


def article_rows(described: FromClause = articles) -> Select[Any]:
    """Ask for the columns of an ArticleRow; ``described`` is the table that says where the article stands."""
    names = ("url", "outlet", "title", "published", "version")
    counted = addresses.alias("counted")
    places = select(func.count(counted.c.id)).where(counted.c.article_id == articles.c.id)
    return (
        select(
            articles.c.id,
            *(described.c[name] for name in names),
            articles.c.added_at.label("added"),
            func.coalesce(readings.c.statement_count, 0).label("statements"),
            func.coalesce(readings.c.speaker_count, 0).label("speakers"),
            (~replaced(described)).label("latest"),
            places.scalar_subquery().label("addresses"),
        )
        .select_from(articles)
        .outerjoin(readings, (readings.c.article_id == articles.c.id) & readings.c.current)
    )


def article_row(row: RowMapping) -> ArticleRow:
    """Make an ArticleRow of a row of :func:`article_rows`."""
    return ArticleRow(**{**row, "latest": bool(row["latest"])})  # SQLite has no truth values of its own


def _narrowed(database: Database, query: Select[Any], outlet: str | None, text: str | None) -> Select[Any] | None:
    if outlet is not None:
        query = query.where(at_outlet(articles.c.id, outlet))
    if text is not None and text.strip():
        asked = terms(text)
        if not asked:
            return None
        index = database.article_index
        found = select(index.key()).select_from(index.source()).where(index.matches(asked, {}))
        query = query.where(articles.c.number.in_(found))
    return query
