"""Asking who appears: lists of actors over all articles, and one of them whole. Reads only."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, func, literal, literal_column, select

from sayso.errors import QueryError
from sayso.record import ACTOR_KINDS
from sayso.store import callings
from sayso.store.answers import Hit
from sayso.store.decisions import holding
from sayso.store.engine import Database
from sayso.store.fulltext import words
from sayso.store.lookup import find
from sayso.store.portraits import ActorQuery, ActorRow, Portrait
from sayso.store.query import article_row, article_rows, at_outlet, page
from sayso.store.schema import actors, appearances, articles, identities, statements, voices
from sayso.store.search import hit, shown
from sayso.store.wikidata import ids_of, is_linked

__all__ = ["count_actors", "list_actors", "load_portrait"]

_CODE = re.compile(r"[A-Z]{3}")


def list_actors(database: Database, asked: ActorQuery) -> list[ActorRow]:
    """List actors, those with most statements first, then those in most articles, then by name.

    Raises QueryError when the country, role, kind, limit or offset makes no sense.
    """
    said, where = func.count(voices.c.statement.distinct()), func.count(appearances.c.article_id.distinct())
    leading = identities.alias("leading")
    query = _picked(identities.c.entity, where.label("articles"), said.label("statements"))
    query = _narrowed(query.outerjoin(voices, voices.c.actor == appearances.c.actor), asked)
    query = query.join(leading, leading.c.id == identities.c.entity)
    query = query.group_by(identities.c.entity, leading.c.name_key)
    query = query.order_by(said.desc(), where.desc(), leading.c.name_key, identities.c.entity)
    with database.reading() as connection:
        rows = connection.execute(page(query, asked.limit, asked.offset)).all()
        return _rows(connection, {row.entity: (row.articles, row.statements) for row in rows})


def count_actors(database: Database, asked: ActorQuery) -> int:
    """Count the actors that :func:`list_actors` lists over all pages."""
    query = _narrowed(_picked(func.count(identities.c.entity.distinct())), asked)
    with database.reading() as connection:
        return int(connection.execute(query).scalar_one())


def load_portrait(database: Database, name: str, *, limit: int, offset: int) -> Portrait:
    """Give one actor with ``limit`` of its statements and articles; raises NotInStore, and QueryError for several."""
    with database.reading() as connection:
        entity = find(connection, name, database.name)
        query = _picked(func.count(appearances.c.article_id.distinct()), func.count(voices.c.statement.distinct()))
        query = query.outerjoin(voices, voices.c.actor == appearances.c.actor).where(identities.c.entity == entity)
        (row,) = _rows(connection, {entity: tuple(connection.execute(query).one())})
        used = select(actors.c.name).join(appearances, appearances.c.actor == actors.c.id)
        used = used.join(identities, identities.c.id == appearances.c.identity).where(identities.c.entity == entity)
        names = {word for each in (row.name, *connection.execute(used.distinct()).scalars()) for word in words(each)}
        named = {called.words: callings.is_name(called.words, names) for called in row.called}
        shared = ("id", "name", "kind", "country", "named", "roles", "offices", "articles", "statements", "wikidata")
        return Portrait(
            **{column: getattr(row, column) for column in shared},
            forces=_forces(connection, entity),
            aliases=tuple(called for called in row.called if row.named and named[called.words]),
            epithets=tuple(called for called in row.called if not (row.named and named[called.words])),
            decisions=tuple(holding(connection, entity)),
            appears_in=tuple(
                article_row(each) for each in connection.execute(page(_articles(entity), limit, offset)).mappings()
            ),
            said=tuple(_said(database, connection, entity, limit, offset)),
        )


def _picked(*columns: Any) -> Select[Any]:
    query = select(*columns).select_from(identities)
    return query.join(appearances, appearances.c.identity == identities.c.id)


def _narrowed(query: Select[Any], asked: ActorQuery) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = [(identities.c.how == "described") == asked.unnamed]
    if asked.country is not None:
        if not _CODE.fullmatch(asked.country):
            raise QueryError(f"country {asked.country[:40]!r} is no code; write three capitals, as in RUS")
        several = literal("+").concat(identities.c.country).concat("+")
        conditions.append(_entity_where(several.like(f"%+{asked.country}+%")))
    if asked.role is not None:
        if not _CODE.fullmatch(asked.role):
            raise QueryError(f"role {asked.role[:40]!r} is no code; write three capitals, as in GOV")
        conditions.append(_entity_where(actors.c.roles.like(f'%"{asked.role}"%')))
    if asked.kind is not None:
        if asked.kind not in ACTOR_KINDS:
            raise QueryError(f"no kind {asked.kind[:40]!r}; one of {', '.join(ACTOR_KINDS)}")
        leading = identities.alias("kinds")
        conditions.append(identities.c.entity.in_(select(leading.c.id).where(leading.c.kind == asked.kind)))
    if asked.outlet is not None:
        conditions.append(at_outlet(appearances.c.article_id, asked.outlet))
    if asked.unlinked:
        conditions.append(~is_linked(identities.c.entity))
    return query.where(*conditions)


def _entity_where(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    found = _picked(identities.c.entity).join(actors, actors.c.id == appearances.c.actor).where(condition)
    return identities.c.entity.in_(found.correlate(None))


def _rows(connection: Connection, counted: dict[int, tuple[int, int]]) -> list[ActorRow]:
    leading = {row.id: row for row in connection.execute(select(identities).where(identities.c.id.in_(counted))).all()}
    where = _countries(connection, counted)
    called, held = callings.callings(connection, counted), callings.offices(connection, counted)
    codes, linked = callings.roles(connection, counted), ids_of(connection, counted)
    return [
        ActorRow(
            id=entity,
            name=leading[entity].name,
            kind=leading[entity].kind,
            country=leading[entity].country or where.get(entity),
            named=leading[entity].how != "described",
            roles=tuple(dict.fromkeys(code for each in codes[entity] for code in json.loads(each))),
            offices=tuple(held[entity]),
            articles=in_articles,
            statements=said,
            called=tuple(called[entity]),
            wikidata=linked.get(entity),
        )
        for entity, (in_articles, said) in counted.items()
    ]


def _countries(connection: Connection, entities: Collection[int]) -> dict[int, str]:
    """Give the first, by code, of the countries that any identity of an entity has."""
    query = select(identities.c.entity, func.min(identities.c.country)).where(identities.c.entity.in_(entities))
    rows = connection.execute(query.where(identities.c.country != "").group_by(identities.c.entity))
    return {row[0]: row[1] for row in rows}


def _forces(connection: Connection, entity: int) -> dict[str, int]:
    spoken = _spoken(entity).subquery("spoken")
    query = select(statements.c.force, func.count()).join(spoken, spoken.c.statement == statements.c.id)
    rows = connection.execute(query.group_by(statements.c.force)).all()
    return {row[0]: row[1] for row in sorted(rows, key=lambda row: (-row[1], row[0]))}


def _spoken(entity: int) -> Select[Any]:
    query = _picked(voices.c.statement).join(voices, voices.c.actor == appearances.c.actor)
    return query.where(identities.c.entity == entity).distinct()


def _said(database: Database, connection: Connection, entity: int, limit: int, offset: int) -> list[Hit]:
    rank = literal_column("0", Integer).label("rank")
    picked = select(statements.c.id, rank).where(statements.c.id.in_(_spoken(entity)))
    picked = picked.order_by(statements.c.instant.desc(), statements.c.id)
    query = shown(database, page(picked, limit, offset).subquery("picked"))
    return [hit(row) for row in connection.execute(query)]


def _articles(entity: int) -> Select[Any]:
    found = _picked(appearances.c.article_id).where(identities.c.entity == entity)
    query = article_rows().where(articles.c.id.in_(found))
    return query.order_by(articles.c.instant.desc(), articles.c.number.desc())
