"""Whom a name means: what a user types in, the one entity of the store so called out, or an error that suggests."""

from __future__ import annotations

import difflib
import re

from sqlalchemy import ColumnElement, Connection, select

from sayso.errors import NotInStore, QueryError
from sayso.record import Actor, ActorKind
from sayso.store.fulltext import keepable, words
from sayso.store.guises import guise_of
from sayso.store.rows import key_of
from sayso.store.schema import actors, appearances, identities, wikidata

__all__ = ["called", "find", "name_of"]

_NUMBER, _QID = re.compile(r"#?(\d{1,18})"), re.compile(r"Q[1-9]\d*")
_SHOWN = 5  # suggestions
_MOST_NAMES = 20_000  # names that suggestions are looked for in


def find(connection: Connection, name: str, store: str) -> int:
    """Give the id of the one entity a user means: by its number, its Wikidata id, a name or an alias.

    Raises NotInStore when nobody is so called, with names that are like it, and QueryError when several are.
    """
    asked = " ".join(keepable(name).split())
    if number := _NUMBER.fullmatch(asked):
        found = _entities(connection, identities.c.id == int(number[1]))
    elif _QID.fullmatch(asked):
        keys = select(wikidata.c.key).where(wikidata.c.qid == asked)
        found = _entities(connection, identities.c.key.in_(keys))
    else:
        found = called(connection, asked) or _by_word(connection, asked)
    if len(found) == 1:
        return found.pop()
    raise _several(connection, asked, found) if found else _nobody(connection, asked, store)


def called(connection: Connection, name: str, country: str | None = None) -> set[int]:
    """Give the entities that bear a name: as their own, as an alias, or as sayso knows; the surest way that finds any.

    Those who are only described are given where nobody named is so called. ``country`` leaves out those of another.
    """
    key = key_of(" ".join(keepable(name).split()))
    own = identities.c.name_key == key
    used = select(appearances.c.identity).join(actors, actors.c.id == appearances.c.actor)
    alias = identities.c.id.in_(used.where(actors.c.name_key == key))
    known = identities.c.key.in_(_known(name))
    unnamed = identities.c.how == "described"
    for way in (own & ~unnamed, alias & ~unnamed, known, own | alias):
        if found := _entities(connection, way):
            return found if country is None else _of_country(connection, found, country)
    return set()


def name_of(connection: Connection, entity: int) -> str:
    """Give the name of an entity."""
    return str(connection.execute(select(identities.c.name).where(identities.c.id == entity)).scalar_one())


def _entities(connection: Connection, condition: ColumnElement[bool]) -> set[int]:
    return set(connection.execute(select(identities.c.entity).where(condition).distinct()).scalars())


def _known(name: str) -> list[str]:
    kinds: tuple[ActorKind, ...] = ("person", "organisation")
    guises = (guise_of(Actor(id="", name=name, kind=kind), None) for kind in kinds)
    return [guise.key for guise in guises if guise.how == "known"]


def _of_country(connection: Connection, found: set[int], country: str) -> set[int]:
    query = select(identities.c.entity, identities.c.country).where(identities.c.entity.in_(found))
    where: dict[int, set[str]] = {}
    for entity, of in connection.execute(query):
        where.setdefault(entity, set()).add(of)
    return {entity for entity, of in where.items() if country in of or of == {""}}


def _by_word(connection: Connection, name: str) -> set[int]:
    found = words(name)
    if len(found) != 1:
        return set()
    either = (identities.c.last == found[0], identities.c.first == found[0])
    return _entities(connection, either[0]) or _entities(connection, either[1])


def _several(connection: Connection, name: str, found: set[int]) -> QueryError:
    query = select(identities.c.id, identities.c.name, identities.c.country, identities.c.kind)
    rows = connection.execute(query.where(identities.c.id.in_(found)).order_by(identities.c.id).limit(_SHOWN))
    listed = "; ".join(f"{row.id} {row.name} ({row.country or row.kind})" for row in rows)
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    raise QueryError(
        f"several are called {name!r}: {listed}{more}. Give the number that stands before the one you mean"
    )


def _nobody(connection: Connection, name: str, store: str) -> NotInStore:
    query = select(identities.c.name, identities.c.name_key).where(identities.c.how.not_in(("described", "surname")))
    names = {row.name_key: row.name for row in connection.execute(query.order_by(identities.c.id).limit(_MOST_NAMES))}
    asked = key_of(name) or ""
    shared = [key for key in names if asked and set(words(asked)) & set(words(key))]
    by_word = {word: key for key in names for word in words(key)}
    near = [by_word[word] for word in difflib.get_close_matches(asked, by_word, n=_SHOWN, cutoff=0.75)]
    like = difflib.get_close_matches(asked, names, n=_SHOWN, cutoff=0.6)
    keys = list(dict.fromkeys([*like, *near, *shared]))[:_SHOWN]
    if keys:
        meant = ", ".join(names[key] for key in keys)
        return NotInStore(f"nobody in {store} is called {name[:80]!r}; did you mean {meant}?")
    return NotInStore(f"nobody in {store} is called {name[:80]!r}; `sayso actors` lists who is there")
