"""Putting readings in and taking articles out, each in one transaction that also keeps the full-text indexes in step.

The text is the article: one row per SHA-256, however many addresses it stands at. Versions are counted per URL. A
text that comes back to a URL where it stood before is not a new version, so that adding a folder twice changes
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from sayso.errors import NotInStore
from sayso.record import Article, Reading
from sayso.store import entities, rows
from sayso.store.answers import AddOutcome, AddResult
from sayso.store.engine import Database
from sayso.store.locks import hold
from sayso.store.query import resolve
from sayso.store.schema import actors, addresses, articles, readings, spans, statements
from sayso.store.when import now

__all__ = ["add", "add_address", "remove"]


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where an article stands in the store once its text and address are in it."""

    version: int
    supersedes: str | None
    new_text: bool
    new_address: bool
    # None where the store keeps the text as it came; the text as it came where only its white space differs.
    own_text: str | None


def add(database: Database, reading: Reading) -> AddResult:
    """Keep a reading; raises RecordError when it cannot be kept as it is, StoreError when the store fails."""
    article = reading.article
    rows.refuse_unkeepable(article, reading.model_dump())
    with database.writing(article.id, rows.place_of(article)) as connection:
        standing = _place(database, connection, article)
        fresh = _keep_reading(database, connection, reading, standing)
        if fresh and not standing.new_text and not standing.new_address and standing.own_text is None:
            _describe_again(database, connection, article, standing.version)
        if fresh:
            entities.link(connection, reading)
        elif standing.new_address:
            entities.settle_article(connection, article.id)
    return _result(article.id, standing, fresh)


def add_address(database: Database, article: Article) -> AddResult:
    """Note that a text which has been read also stands at this article's address.

    Raises NotInStore when its text is not in the store.
    """
    rows.refuse_unkeepable(article, article.model_dump())
    with database.writing(article.id, rows.place_of(article)) as connection:
        if connection.execute(select(articles.c.number).where(articles.c.id == article.id)).first() is None:
            raise NotInStore(f"no article {article.id[:12]} in {database.name}; add a reading of it")
        standing = _place(database, connection, article)
        if standing.new_address:
            entities.settle_article(connection, article.id)
    return _result(article.id, standing, fresh=False)


def remove(database: Database, article_id: str) -> None:
    """Take an article out with its readings and addresses; the versions after it then follow the one before it.

    Takes a full id or a prefix; raises NotInStore.
    """
    with database.reading() as connection:
        found = resolve(connection, article_id, database.name)
        places = connection.execute(select(addresses.c.place).where(addresses.c.article_id == found)).scalars().all()
    with database.writing(found, *places) as connection:
        row = connection.execute(select(articles).where(articles.c.id == found)).mappings().first()
        if row is None:
            raise NotInStore(f"no article {found[:12]} in {database.name}; another process has just removed it")
        indexed = select(statements.c.id, statements.c.content, statements.c.speakers)
        old = connection.execute(indexed.where(statements.c.article_id == found)).mappings().all()
        database.statement_index.drop(connection, [rows.statement_entry(dict(r)) for r in old])
        database.article_index.drop(connection, [rows.article_entry(dict(row))])
        here = select(addresses.c.place, addresses.c.supersedes).where(addresses.c.article_id == found)
        for place, before in connection.execute(here).all():
            for table in (articles, addresses):
                after = (table.c.supersedes == found) & (table.c.place == place)
                connection.execute(update(table).where(after).values(supersedes=before))
        hold(connection, entities.SUBJECT)
        before = entities.clear(connection, found)
        connection.execute(delete(articles).where(articles.c.id == found))
        entities.tidy(connection, before)


def _result(article_id: str, standing: _Standing, fresh: bool) -> AddResult:
    outcome: AddOutcome = "unchanged"
    if standing.new_address and standing.supersedes is not None:
        outcome = "new version"
    elif standing.new_text:
        outcome = "added"
    elif fresh:
        outcome = "read again"
    elif standing.new_address:
        outcome = "added"
    return AddResult(article_id, outcome, standing.version, reprint=standing.new_address and not standing.new_text)


def _place(database: Database, connection: Connection, article: Article) -> _Standing:
    place = rows.place_of(article)
    kept = connection.execute(select(articles.c.text).where(articles.c.id == article.id)).scalar()
    own_text = None if kept is None or kept == article.text else article.text
    at_place = select(addresses.c.version, addresses.c.supersedes).where(
        addresses.c.article_id == article.id, addresses.c.place == place
    )
    if (known := connection.execute(at_place).first()) is not None:
        return _Standing(known.version, known.supersedes, new_text=False, new_address=False, own_text=own_text)
    version, supersedes = _next_version(connection, article, place)
    if kept is None:
        history = {"version": version, "supersedes": supersedes, "place": place}
        _insert_article(database, connection, article, history)
    columns = rows.address_columns(article, version)
    history = {"article_id": article.id, "supersedes": supersedes, "first_seen": now(), "text": own_text}
    connection.execute(insert(addresses).values({**columns, **history}))
    return _Standing(version, supersedes, new_text=kept is None, new_address=True, own_text=own_text)


def _next_version(connection: Connection, article: Article, place: str) -> tuple[int, str | None]:
    if article.url is None:
        return article.version, None
    last = select(addresses.c.version, addresses.c.article_id).where(addresses.c.place == place)
    row = connection.execute(last.order_by(addresses.c.version.desc()).limit(1)).first()
    if row is None:
        return article.version, None
    return max(article.version, row.version + 1), row.article_id


def _insert_article(database: Database, connection: Connection, article: Article, history: dict[str, Any]) -> None:
    row = {"id": article.id, "text": article.text, "added_at": now(), **rows.article_columns(article), **history}
    number = connection.execute(insert(articles).values(row).returning(articles.c.number)).scalar_one()
    database.article_index.put(connection, [rows.article_entry({**row, "number": number})])


def _describe_again(database: Database, connection: Connection, article: Article, version: int) -> None:
    # A newer sayso may find a title or date the older missed; what the older found stays in its own record.
    place = rows.place_of(article)
    there = (addresses.c.article_id == article.id) & (addresses.c.place == place) & addresses.c.text.is_(None)
    connection.execute(update(addresses).where(there).values(rows.address_columns(article, version)))
    here = (articles.c.id == article.id) & (articles.c.place == place)
    old = connection.execute(select(articles).where(here)).mappings().first()
    if old is not None:
        columns = rows.article_columns(article)
        database.article_index.drop(connection, [rows.article_entry(dict(old))])
        connection.execute(update(articles).where(here).values(columns))
        database.article_index.put(connection, [rows.article_entry({**old, **columns})])


def _keep_reading(database: Database, connection: Connection, reading: Reading, standing: _Standing) -> bool:
    kept = reading.model_copy(update={"article": reading.article.model_copy(update={"version": standing.version})})
    columns = rows.reading_columns(kept)
    of_article = readings.c.article_id == kept.article.id
    known = select(readings.c.id).where(of_article, readings.c.signature == columns["signature"])
    if connection.execute(known).first() is not None:
        return False
    connection.execute(update(readings).where(of_article, readings.c.current).values(current=False))
    record = kept.to_json()
    row = {
        **columns,
        "article_id": kept.article.id,
        "made_at": now(),
        "record": record,
        "digest": rows.digest(record),
        "text": standing.own_text,
        "current": True,
    }
    reading_id = connection.execute(insert(readings).values(row).returning(readings.c.id)).scalar_one()
    derived = ((statements, rows.statement_rows), (spans, rows.span_rows), (actors, rows.actor_rows))
    for table, rows_of in derived:
        found = rows_of(kept)
        if found:
            connection.execute(insert(table), [{**r, "reading_id": reading_id} for r in found])
    indexed = select(statements.c.id, statements.c.content, statements.c.speakers)
    new = connection.execute(indexed.where(statements.c.reading_id == reading_id)).mappings().all()
    database.statement_index.put(connection, [rows.statement_entry(dict(r)) for r in new])
    return True
