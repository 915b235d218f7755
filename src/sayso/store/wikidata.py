"""Which Wikidata item an entity is, as a user's list or the user's question to Wikidata says; kept by identity key.

So a link survives new articles, new readings and merges. Nothing here asks the network.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from sayso.errors import QueryError
from sayso.store.engine import Database
from sayso.store.entities import SUBJECT
from sayso.store.grouping import batches
from sayso.store.lookup import called, name_of
from sayso.store.portraits import Linked, WikidataRow
from sayso.store.schema import identities, wikidata
from sayso.store.when import now

__all__ = ["ids_of", "is_linked", "link"]

_QID = re.compile(r"Q[1-9]\d*")


def link(database: Database, rows: Iterable[WikidataRow], *, source: str) -> list[Linked]:
    """Link entities to Wikidata items, or take links away; what becomes of each row, in their order.

    ``source`` says who says so ("file", "wikidata.org"). Raises QueryError for what is no Wikidata id.
    """
    asked = list(rows)
    for row in asked:
        if row.qid is not None and not _QID.fullmatch(row.qid):
            raise QueryError(f"{row.name[:80]}: {row.qid[:40]!r} is no Wikidata id; it is written as in Q7747")
    with database.writing(SUBJECT) as connection:
        return [_link(connection, row, source) for row in asked]


def _link(connection: Connection, row: WikidataRow, source: str) -> Linked:
    found = called(connection, row.name, row.country)
    if len(found) != 1:
        return Linked(row.name, row.qid, "several" if found else "nobody")
    (entity,) = found
    name = name_of(connection, entity)
    if ids_of(connection, [entity]).get(entity) == row.qid:
        return Linked(row.name, row.qid, "unchanged", name)
    keys = _keys(connection, entity)
    connection.execute(delete(wikidata).where(wikidata.c.key.in_(keys)))
    if row.qid is None:
        return Linked(row.name, None, "removed", name)
    made = {"qid": row.qid, "source": source, "linked_at": now()}
    connection.execute(insert(wikidata), [{"key": key, **made} for key in keys])
    return Linked(row.name, row.qid, "linked", name)


def _keys(connection: Connection, entity: int) -> list[str]:
    rows = connection.execute(select(identities.c.key, identities.c.how).where(identities.c.entity == entity)).all()
    return [row.key for row in rows if row.how not in ("surname", "described")] or [row.key for row in rows]


def ids_of(connection: Connection, entities: Collection[int]) -> dict[int, str]:
    """Give the Wikidata ids of entities that have one; of several that of the leading identity, else the first."""
    found: dict[int, tuple[bool, str]] = {}
    for batch in batches(entities):
        query = select(identities.c.entity, identities.c.id, wikidata.c.qid)
        query = query.join(wikidata, wikidata.c.key == identities.c.key).where(identities.c.entity.in_(batch))
        for row in connection.execute(query):
            rank = (row.id != row.entity, row.qid)
            found[row.entity] = min(found.get(row.entity, rank), rank)
    return {entity: qid for entity, (_, qid) in found.items()}


def is_linked(entity: ColumnElement[int]) -> ColumnElement[bool]:
    """The condition that an entity has a Wikidata id."""
    linked = identities.alias("linked")
    return entity.in_(select(linked.c.entity).join(wikidata, wikidata.c.key == linked.c.key))
