"""What people decide about who is who: entities in, a decision kept with who, when and why, and everyone settled anew.

A decision is kept as the keys of the identities it is about, and as the names they had in their articles, so that it
holds when those are read again and when sayso knows more. It is never deleted: undoing it is noted beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, insert, select, update

from sayso.errors import NotInStore, QueryError
from sayso.record import Reading
from sayso.store import entities
from sayso.store.engine import Database
from sayso.store.grouping import batches
from sayso.store.lookup import find, name_of
from sayso.store.portraits import Decision
from sayso.store.query import resolve
from sayso.store.schema import (
    actors,
    appearances,
    articles,
    decision_anchors,
    decision_keys,
    decisions,
    identities,
    readings,
)
from sayso.store.when import now

__all__ = ["holding", "list_decisions", "merge", "relink", "split", "undo"]

_MOST_ANCHORS = 200  # articles of each side that are remembered, the newest first
_SURE = ("known", "named", "apart")


def merge(database: Database, a: str, b: str, *, who: str, why: str | None) -> Decision:
    """Make two entities one, called as the first; raises NotInStore, QueryError when they are one already."""
    with database.writing(entities.SUBJECT) as connection:
        one, other = (find(connection, name, database.name) for name in (a, b))
        if one == other:
            raise QueryError(f"{a!r} and {b!r} are one already: {name_of(connection, one)}")
        row = {"kind": "merge", "a": name_of(connection, one), "b": name_of(connection, other)}
        number = _keep(connection, row, who, why)
        for side, entity in (("a", one), ("b", other)):
            _remember(connection, number, side, _members(connection, entity), article=None)
        entities.settle(connection, {one, other})
        return _decision(connection, number)


def split(database: Database, name: str, article: str, *, who: str, why: str | None) -> Decision:
    """Part whoever is called so in one article from the entity; raises NotInStore, QueryError when it is alone."""
    with database.writing(entities.SUBJECT) as connection:
        article_id = resolve(connection, article, database.name)
        entity = find(connection, name, database.name)
        called = name_of(connection, entity)
        of_entity = select(identities.c.id).where(identities.c.entity == entity)
        here = (appearances.c.article_id == article_id) & appearances.c.identity.in_(of_entity)
        found = set(connection.execute(select(appearances.c.identity).where(here).distinct()).scalars())
        if not found:
            raise NotInStore(f"{called} does not appear in article {article_id[:12]}; `sayso actor` lists where")
        elsewhere = select(appearances.c.actor).where(appearances.c.identity.in_(of_entity))
        if connection.execute(elsewhere.where(appearances.c.article_id != article_id).limit(1)).first() is None:
            raise QueryError(f"{called} appears in article {article_id[:12]} alone; there is nothing to part it from")
        row = {"kind": "split", "a": called, "b": None, "article_id": article_id}
        number = _keep(connection, row, who, why)
        _remember(connection, number, "a", found, article=article_id)
        _read_again(connection, article_id)
        return _decision(connection, number)


def undo(database: Database, number: int | None, *, who: str) -> Decision:
    """Undo a decision, the last one that holds where no number is given; raises QueryError when there is none."""
    with database.writing(entities.SUBJECT) as connection:
        query = select(decisions).where(decisions.c.undone_at.is_(None)).order_by(decisions.c.id.desc()).limit(1)
        row = connection.execute(query if number is None else query.where(decisions.c.id == number)).first()
        if row is None:
            what = "no decision holds" if number is None else f"no decision {number} holds"
            raise QueryError(f"{what}, so there is nothing to undo; `sayso actors decisions` lists them")
        undone = update(decisions).where(decisions.c.id == row.id)
        connection.execute(undone.values(undone_at=now(), undone_by=who))
        if row.kind == "split":
            _read_again(connection, row.article_id)
        else:
            keys = select(decision_keys.c.key).where(decision_keys.c.decision == row.id)
            parted = select(identities.c.id).where(identities.c.key.in_(keys))
            entities.settle(connection, set(connection.execute(parted).scalars()))
        return _decision(connection, row.id)


def list_decisions(database: Database) -> list[Decision]:
    """List all decisions, the undone ones too, oldest first."""
    with database.reading() as connection:
        rows = connection.execute(select(decisions).order_by(decisions.c.id)).mappings()
        return [_of_row(dict(row)) for row in rows]


def holding(connection: Connection, entity: int) -> list[Decision]:
    """List the decisions that hold and are about an entity, oldest first."""
    keys = select(identities.c.key).where(identities.c.entity == entity)
    about = select(decision_keys.c.decision).where(decision_keys.c.key.in_(keys))
    apart = [
        int(key.partition("|")[2]) for key in connection.execute(keys.where(identities.c.how == "apart")).scalars()
    ]
    query = select(decisions).where(
        decisions.c.undone_at.is_(None), decisions.c.id.in_(about) | decisions.c.id.in_(apart)
    )
    return [_of_row(dict(row)) for row in connection.execute(query.order_by(decisions.c.id)).mappings()]


def relink(database: Database) -> int:
    """Say anew who everyone is, with what is known now; decisions hold. Gives the number of articles."""
    with database.writing(entities.SUBJECT) as connection:
        return entities.link_all(connection)


def _keep(connection: Connection, row: dict[str, Any], who: str, why: str | None) -> int:
    made = {**row, "who": who, "why": why, "made_at": now()}
    return int(connection.execute(insert(decisions).values(made).returning(decisions.c.id)).scalar_one())


def _members(connection: Connection, entity: int) -> set[int]:
    rows = connection.execute(select(identities.c.id, identities.c.how).where(identities.c.entity == entity)).all()
    # What hangs on a surname follows by itself, as long as there is something it hangs on.
    return {row.id for row in rows if row.how in _SURE} or {row.id for row in rows}


def _remember(connection: Connection, number: int, side: str, ids: Iterable[int], *, article: str | None) -> None:
    anchors: dict[tuple[str, str], None] = {}
    for batch in batches(ids):
        keys = connection.execute(select(identities.c.key).where(identities.c.id.in_(batch))).scalars()
        connection.execute(insert(decision_keys), [{"decision": number, "side": side, "key": key} for key in keys])
        query = select(actors.c.article_id, actors.c.name_key).join(appearances, appearances.c.actor == actors.c.id)
        query = query.join(articles, articles.c.id == actors.c.article_id).where(appearances.c.identity.in_(batch))
        if article is not None:
            query = query.where(actors.c.article_id == article)
        newest = query.order_by(articles.c.instant.desc(), actors.c.id).limit(_MOST_ANCHORS)
        anchors |= {(row.article_id, row.name_key): None for row in connection.execute(newest)}
    if anchors:
        rows = [{"decision": number, "side": side, "article_id": a, "name_key": n} for a, n in anchors]
        connection.execute(insert(decision_anchors), rows[:_MOST_ANCHORS])


def _read_again(connection: Connection, article_id: str) -> None:
    query = select(readings.c.record).where(readings.c.article_id == article_id, readings.c.current)
    if (record := connection.execute(query).scalar()) is not None:
        entities.link(connection, Reading.from_json(record))


def _decision(connection: Connection, number: int) -> Decision:
    return _of_row(dict(connection.execute(select(decisions).where(decisions.c.id == number)).mappings().one()))


def _of_row(row: dict[str, Any]) -> Decision:
    names = {"number": row.pop("id"), "article": row.pop("article_id")}
    return Decision(**names, **row)
