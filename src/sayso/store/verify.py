"""Proving a whole store: every span re-sliced, every id hashed again, every row derived again from its record.

Goes article by article, each in its own short transaction: memory does not grow, writers are not held up, and what
is removed meanwhile is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, func, select, text

from sayso.errors import GroundingError, RecordError, StoreError
from sayso.record import Article, Reading, text_id
from sayso.store import entities, rows
from sayso.store.answers import Problem, ProblemKind
from sayso.store.engine import Database
from sayso.store.faults import is_damage
from sayso.store.grouping import grouped
from sayso.store.schema import (
    actors,
    addresses,
    appearances,
    articles,
    identities,
    readings,
    spans,
    statements,
    voices,
)

__all__ = ["verify"]

_BATCH = 500


def verify(database: Database, *, progress: Callable[[int, int], None] | None = None) -> Iterator[Problem]:
    """Give every problem of the store; ``progress`` is called with articles done and articles in all.

    A damaged file is a problem, not an error; StoreError is raised when the store cannot be reached at all.
    """
    try:
        yield from _whole(database)
        yield from _entities(database)
        with database.reading() as connection:
            total = int(connection.execute(select(func.count()).select_from(articles)).scalar_one())
        for done, number in enumerate(_numbers(database), start=1):
            yield from _article(database, number)
            if progress is not None:
                progress(done, max(done, total))
    except StoreError as error:
        if not is_damage(error):
            raise
        yield Problem(None, "file", str(error))


def _numbers(database: Database) -> Iterator[int]:
    last = -(2**62)
    while True:
        query = select(articles.c.number).where(articles.c.number > last).order_by(articles.c.number).limit(_BATCH)
        with database.reading() as connection:
            batch = list(connection.execute(query).scalars())
        yield from batch
        if len(batch) < _BATCH:
            return
        last = batch[-1]


def _whole(database: Database) -> list[Problem]:
    problems: list[Problem] = []
    with database.reading() as connection:
        if connection.dialect.name == "sqlite":
            checked = connection.execute(text("PRAGMA integrity_check")).scalars()
            problems += [Problem(None, "file", line) for line in checked if line != "ok"]
            for row in connection.execute(text("PRAGMA foreign_key_check")):
                problems.append(Problem(None, "reference", f"row {row[1]} of {row[0]} refers to no row of {row[2]}"))
        for name, index in (("statement", database.statement_index), ("article", database.article_index)):
            for key in index.strays(connection):
                problems.append(Problem(None, "index", f"the full-text index has {name} {key}, which is gone"))
    if not database.readonly and not problems:
        with database.writing() as connection:
            for name, index in (("statements", database.statement_index), ("articles", database.article_index)):
                if index.broken(connection):
                    problems.append(Problem(None, "index", f"the full-text index of {name} does not fit them"))
    return problems


def _entities(database: Database) -> Iterator[Problem]:
    """Say again which identities are one, some at a time."""
    last = 0
    while True:
        with database.reading() as connection:
            query = select(identities).where(identities.c.id > last).order_by(identities.c.id).limit(_BATCH)
            batch = {row.id: row for row in connection.execute(query)}
            target = grouped(connection, batch)
            query = select(identities.c.id).where(identities.c.id.in_(batch))
            empty = set(connection.execute(query.where(~_appears())).scalars())
        for i, row in batch.items():
            if row.entity != target[i]:
                yield Problem(None, "entity", f"{row.key} belongs to the entity {target[i]}, not to {row.entity}")
            if i in empty:
                yield Problem(None, "entity", f"nobody appears as {row.key}")
        if len(batch) < _BATCH:
            return
        last = max(batch)


def _appears() -> Any:
    return select(appearances.c.actor).where(appearances.c.identity == identities.c.id).exists()


def _article(database: Database, number: int) -> list[Problem]:
    with database.reading() as connection:
        row = connection.execute(select(articles).where(articles.c.number == number)).mappings().first()
        if row is None:
            return []
        article = dict(row)
        problems = _Problems(article["id"])
        if text_id(article["text"]) != article["id"]:
            problems.add("text", f"the text has the SHA-256 {text_id(article['text'])[:16]}…, not its id")
        if not database.article_index.holds(connection, rows.article_entry(article)):
            problems.add("index", "the full-text index does not have this article as it is")
        _addresses(connection, article, problems)
        of_article = select(readings).where(readings.c.article_id == article["id"]).order_by(readings.c.id)
        current = 0
        for kept in connection.execute(of_article).mappings():
            current += bool(kept["current"])
            _reading(database, connection, article, dict(kept), problems)
        if current != 1:
            problems.add("reading", f"{current} current readings, not one")
    return problems.found


def _addresses(connection: Connection, article: dict[str, Any], problems: _Problems) -> None:
    here = select(addresses).where(addresses.c.article_id == article["id"]).order_by(addresses.c.id)
    places = set()
    for row in connection.execute(here).mappings():
        places.add(row["place"])
        where = f"address {row['id']}"
        sliced = article["text"] if row["text"] is None else row["text"]
        if text_id(sliced) != article["id"]:
            problems.add("text", f"{where}: its own text is not this article's")
        try:
            there = Article.model_validate({**json.loads(row["details"]), "text": sliced})
        except (ValueError, TypeError) as error:
            problems.add("address", f"{where}: its details are no article: {str(error).splitlines()[0]}")
            continue
        wrong = [name for name, value in rows.address_columns(there, there.version).items() if row[name] != value]
        if row["place"] == article["place"]:
            wrong += [name for name, value in rows.article_columns(there).items() if article[name] != value]
        if wrong:
            problems.add("address", f"{where}: {', '.join(dict.fromkeys(wrong))} differ from what was read there")
    if article["place"] not in places:
        problems.add("address", "the address it was first seen at is missing")


class _Problems:
    def __init__(self, article_id: str) -> None:
        self._article_id = article_id
        self.found: list[Problem] = []

    def add(self, kind: ProblemKind, detail: str) -> None:
        self.found.append(Problem(self._article_id, kind, detail))


def _reading(
    database: Database, connection: Connection, article: dict[str, Any], kept: dict[str, Any], problems: _Problems
) -> None:
    sliced = article["text"] if kept["text"] is None else kept["text"]
    where = f"reading {kept['id']}"
    if text_id(sliced) != article["id"]:
        problems.add("text", f"{where}: its own text is not this article's")
    stored = {
        table.name: [dict(r) for r in connection.execute(_of_reading(table, kept["id"])).mappings()]
        for table in (statements, spans, actors)
    }
    for row in stored["spans"]:
        _slice(sliced, row, f"{where}: {row['role']} of {row['owner']}", problems)
    for row in stored["statements"]:
        if not database.statement_index.holds(connection, rows.statement_entry(row)):
            problems.add("index", f"{where}: the full-text index does not have {row['statement']} as it is")
    if rows.digest(kept["record"]) != kept["digest"]:
        problems.add("record", f"{where}: the record was changed after it was written")
    reading = _record(sliced, kept["record"], where, problems)
    if reading is not None:
        if reading.article.text != sliced or reading.article.id != article["id"]:
            problems.add("record", f"{where}: the record is of another text")
        _derived(reading, kept, stored, where, problems)
        _linked(connection, reading, kept, where, problems)


def _linked(connection: Connection, reading: Reading, kept: dict[str, Any], where: str, problems: _Problems) -> None:
    """Compare who appears and who speaks; of a reading that is not current nobody does."""
    query = select(actors.c.ordinal).join(appearances, appearances.c.actor == actors.c.id)
    there = set(connection.execute(query.where(actors.c.reading_id == kept["id"])).scalars())
    if there != (set(range(len(reading.actors))) if kept["current"] else set()):
        problems.add("entity", f"{where}: {len(there)} of its actors are linked to entities")
    pairs = select(actors.c.ordinal, statements.c.ordinal).select_from(voices)
    pairs = pairs.join(actors, actors.c.id == voices.c.actor).join(statements, statements.c.id == voices.c.statement)
    spoken = {(who, what) for who, what in connection.execute(pairs.where(actors.c.reading_id == kept["id"]))}
    if spoken != (entities.spoken(reading) if kept["current"] else set()):
        problems.add("entity", f"{where}: who speaks which statement differs from the record")


def _of_reading(table: Any, reading_id: int) -> Any:
    return select(table).where(table.c.reading_id == reading_id).order_by(table.c.ordinal, table.c.id)


def _record(sliced: str, record: str, where: str, problems: _Problems) -> Reading | None:
    try:
        data = json.loads(record)
    except ValueError as error:
        problems.add("record", f"{where}: the record is no JSON: {error}")
        return None
    if isinstance(data, dict):
        for path, span in _json_spans({key: value for key, value in data.items() if key != "article"}, "record"):
            _slice(sliced, span, f"{where}: {path}", problems)
    try:
        return Reading.from_json(record)
    except GroundingError:
        return None  # told above, span by span
    except RecordError as error:
        problems.add("record", f"{where}: {error}")
        return None


def _json_spans(data: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(data, list):
        for index, value in enumerate(data):
            yield from _json_spans(value, f"{path}.{index}")
    elif isinstance(data, dict):
        if {"start", "end", "text"} <= data.keys():
            yield path, data
        for key, value in data.items():
            yield from _json_spans(value, f"{path}.{key}")


def _slice(sliced: str, span: dict[str, Any], what: str, problems: _Problems) -> None:
    start, end, said = span["start"], span["end"], span["text"]
    whole = isinstance(start, int) and isinstance(end, int) and 0 <= start < end
    there = sliced[start:end] if whole else ""
    if not whole or there != said:
        problems.add("span", f"{what}: {start}:{end} says {str(said)[:60]!r}, there stands {there[:60]!r}")


def _derived(
    reading: Reading, kept: dict[str, Any], stored: dict[str, list[dict[str, Any]]], where: str, problems: _Problems
) -> None:
    kinds: tuple[tuple[ProblemKind, str, list[dict[str, Any]]], ...] = (
        ("statement", "statements", rows.statement_rows(reading)),
        ("span", "spans", rows.span_rows(reading)),
        ("actor", "actors", rows.actor_rows(reading)),
    )
    for kind, name, derived in kinds:
        there = stored[name]
        if len(derived) != len(there):
            problems.add(kind, f"{where}: {len(there)} rows of {name}, the record has {len(derived)}")
        for expected, row in zip(derived, there, strict=False):
            if wrong := [column for column, value in expected.items() if row[column] != value]:
                problems.add(kind, f"{where}: {name} {row['ordinal']} differs from the record in {', '.join(wrong)}")
    differ = [column for column, value in rows.reading_columns(reading).items() if kept[column] != value]
    if differ:
        problems.add("reading", f"{where}: {', '.join(differ)} differ from the record")
