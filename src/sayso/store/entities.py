"""Keeping the actors of all articles together: which entity each actor of a current reading stands for.

*Entity* is the field's word for the one in the world whom mentions in many documents stand for (entity linking,
cross-document coreference); a *persona*, in prosopography and genealogy, is what one source alone shows of them. That
is what guises.py finds and ``identities`` holds: what an actor is taken for by itself, under a key. ``appearances``
says as which identity each actor of a current reading appears, ``voices`` which statements it speaks, and
``identities.entity`` which identities are one (see grouping.py). All of it is derived, in the transaction that writes
the article; what people decided is not, and is looked up here each time an article is read again.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from sayso.record import Reading
from sayso.store.grouping import batches, grouped, mates
from sayso.store.guises import Guise, apart, guises
from sayso.store.locks import hold
from sayso.store.rows import key_of
from sayso.store.schema import (
    actors,
    addresses,
    appearances,
    decision_anchors,
    decision_keys,
    decisions,
    identities,
    readings,
    statements,
    voices,
)

__all__ = ["SUBJECT", "clear", "link", "link_all", "settle", "settle_article", "spoken", "tidy"]

SUBJECT = "entities"  # what a writer holds while it changes who is who


def link(connection: Connection, reading: Reading) -> None:
    """Say who the actors of an article's current reading are, in the caller's transaction.

    ``reading`` is that reading, whose rows are written.
    """
    hold(connection, SUBJECT)
    article = reading.article.id
    before = clear(connection, article)
    found = _decided(connection, article, reading, guises(reading))
    known, made = _identities(connection, found)
    current = select(readings.c.id).where(readings.c.article_id == article, readings.c.current).scalar_subquery()
    query = select(actors.c.id).where(actors.c.reading_id == current).order_by(actors.c.ordinal)
    ids = list(connection.execute(query).scalars())
    if ids:
        linked = [
            {"actor": i, "article_id": article, "identity": known[guise.key]}
            for i, guise in zip(ids, found, strict=True)
        ]
        connection.execute(insert(appearances), linked)
        _give_voices(connection, reading, current, ids)
    # An identity that was seen there before tells nothing new about whose a surname is.
    tidy(connection, before, made | _new_there(connection, set(known.values()) - made, article))


def link_all(connection: Connection) -> int:
    """Say anew who the actors of all current readings are, as after an upgrade of what sayso knows; counts articles."""
    query = select(readings.c.record).where(readings.c.current).order_by(readings.c.id)
    numbers = list(
        connection.execute(select(readings.c.id).where(readings.c.current).order_by(readings.c.id)).scalars()
    )
    for number in numbers:
        record = connection.execute(query.where(readings.c.id == number)).scalar_one()
        link(connection, Reading.from_json(record))
    return len(numbers)


def clear(connection: Connection, article_id: str) -> set[int]:
    """Take the appearances of an article's actors out; gives the identities they had, for :func:`tidy`."""
    here = appearances.c.article_id == article_id
    before = set(connection.execute(select(appearances.c.identity).where(here).distinct()).scalars())
    connection.execute(delete(appearances).where(here))
    return before


def tidy(connection: Connection, before: Collection[int], now: Collection[int] = ()) -> None:
    """Drop the identities that nobody appears as any more, and settle the rest of them and those of ``now``."""
    gone, surnames = set(before) - set(now), set()
    for batch in batches(list(gone)):
        still = connection.execute(select(appearances.c.identity).where(appearances.c.identity.in_(batch)).distinct())
        gone -= set(still.scalars())
    left = mates(connection, gone) - gone
    for batch in batches(gone):
        of_gone = identities.c.id.in_(batch)
        for first, last in connection.execute(select(identities.c.first, identities.c.last).where(of_gone)):
            surnames |= {first, last}
        connection.execute(update(identities).where(identities.c.entity.in_(batch)).values(entity=identities.c.id))
    for batch in batches(gone):
        # A name of which one country is gone may be that of the one country left.
        of_gone = identities.c.id.in_(batch)
        names = select(identities.c.namesake).where(of_gone, identities.c.namesake != "")
        same = select(identities.c.id).where(identities.c.namesake.in_(names))
        left |= set(connection.execute(same).scalars()) - gone
        connection.execute(delete(identities).where(of_gone))
    settle(connection, {*left, *before, *now} - gone, surnames)


def settle(connection: Connection, ids: Collection[int], surnames: Collection[str] = ()) -> None:
    """Put identities, and all whose entity hangs on them, under the entity they belong to."""
    target = grouped(connection, ids, surnames)
    for batch in batches(target):
        query = select(identities.c.id, identities.c.entity).where(identities.c.id.in_(batch))
        for identity, entity in connection.execute(query).all():
            if entity != target[identity]:
                moved = update(identities).where(identities.c.id == identity)
                connection.execute(moved.values(entity=target[identity]))


def settle_article(connection: Connection, article_id: str) -> None:
    """Settle the actors of an article that now stands at another outlet too."""
    hold(connection, SUBJECT)
    query = select(appearances.c.identity).where(appearances.c.article_id == article_id).distinct()
    settle(connection, set(connection.execute(query).scalars()))


def spoken(reading: Reading) -> set[tuple[int, int]]:
    """Give the ordinals of each actor and each statement it is a speaker of."""
    numbers = {actor.id: number for number, actor in enumerate(reading.actors)}
    return {(numbers[who], n) for n, statement in enumerate(reading.statements) for who in statement.speakers}


def _give_voices(connection: Connection, reading: Reading, current: Any, ids: list[int]) -> None:
    query = select(statements.c.id).where(statements.c.reading_id == current).order_by(statements.c.ordinal)
    said = list(connection.execute(query).scalars())
    if pairs := sorted(spoken(reading)):
        connection.execute(insert(voices), [{"actor": ids[who], "statement": said[what]} for who, what in pairs])


def _new_there(connection: Connection, ids: set[int], article: str) -> set[int]:
    """Give those identities that were never seen at an outlet of this article before, if that can matter to anyone."""
    heard: set[int] = set()
    for batch in batches(ids):
        bare = identities.alias("bare")
        either = (bare.c.last == identities.c.last) | (bare.c.last == identities.c.first)
        awaited = select(bare.c.id).where(bare.c.how == "surname", either).exists()
        heard.update(connection.execute(select(identities.c.id).where(identities.c.id.in_(batch), awaited)).scalars())
    here = select(addresses.c.outlet_key).where(addresses.c.article_id == article, addresses.c.outlet_key.is_not(None))
    outlets = connection.execute(here.distinct()).scalars().all()
    seen = select(appearances.c.actor).join(addresses, addresses.c.article_id == appearances.c.article_id)
    seen = seen.where(appearances.c.article_id != article).limit(1)
    return {
        i
        for i in heard
        for outlet in outlets
        if connection.execute(seen.where(appearances.c.identity == i, addresses.c.outlet_key == outlet)).first() is None
    }


def _identities(connection: Connection, found: list[Guise]) -> tuple[dict[str, int], set[int]]:
    """Give the ids of the guises' identities by key, and those that had to be made."""
    fresh: set[int] = set()
    wanted = {guise.key: guise for guise in found}
    known: dict[str, int] = {}
    for batch in batches(wanted):
        query = select(identities.c.id, identities.c.key, identities.c.name).where(identities.c.key.in_(batch))
        for row in connection.execute(query).all():
            known[row.key] = row.id
            if _better(wanted[row.key].name, row.name):
                names = {"name": wanted[row.key].name, "name_key": wanted[row.key].name_key}
                connection.execute(update(identities).where(identities.c.id == row.id).values(names))
    for key, guise in wanted.items():
        if key not in known:
            columns = ("key", "how", "kind", "name", "name_key", "country", "first", "last", "namesake")
            values = {name: getattr(guise, name) for name in columns}
            made = insert(identities).values(values).returning(identities.c.id)
            known[key] = connection.execute(made).scalar_one()
            own = update(identities).where(identities.c.id == known[key])
            connection.execute(own.values(entity=known[key]))
            fresh.add(known[key])
    return known, fresh


def _better(new: str, old: str) -> bool:
    """Say whether a way of writing one name is to be shown: with its accents, not in capitals, then by code point."""
    return _looks(new) > _looks(old)


def _looks(name: str) -> tuple[bool, bool, str]:
    return not name.isascii(), not name.isupper(), name


def _decided(connection: Connection, article: str, reading: Reading, found: list[Guise]) -> list[Guise]:
    """Apply what people decided about this article's actors to what they are taken for."""
    names = [key_of(actor.name) or "" for actor in reading.actors]
    splits = select(decisions.c.id).where(
        decisions.c.kind == "split", decisions.c.article_id == article, decisions.c.undone_at.is_(None)
    )
    for number in connection.execute(splits.order_by(decisions.c.id)).scalars().all():
        keys = set(connection.execute(_keys(number, "a")).scalars())
        meant = [n for n, guise in enumerate(found) if guise.key in keys]
        if not meant:  # read otherwise since: known by name
            called = set(connection.execute(_anchored(number, "a", article)).scalars())
            meant = [n for n, name in enumerate(names) if name in called]
        found = [apart(guise, number) if n in meant else guise for n, guise in enumerate(found)]
    _carry(connection, article, names, found)
    return found


def _keys(number: int, side: str) -> Any:
    of = (decision_keys.c.decision == number) & (decision_keys.c.side == side)
    return select(decision_keys.c.key).where(of)


def _anchored(number: int, side: str, article: str) -> Any:
    of = (decision_anchors.c.decision == number) & (decision_anchors.c.side == side)
    return select(decision_anchors.c.name_key).where(of, decision_anchors.c.article_id == article)


def _carry(connection: Connection, article: str, names: list[str], found: list[Guise]) -> None:
    """Let a merge hold for an actor it was made for when the actor has another key now, read or known otherwise."""
    query = select(decision_anchors.c.decision, decision_anchors.c.side).join(
        decisions, decisions.c.id == decision_anchors.c.decision
    )
    query = query.where(decision_anchors.c.article_id == article, decisions.c.kind == "merge")
    for number, side in connection.execute(query.where(decisions.c.undone_at.is_(None)).distinct()).all():
        keys = set(connection.execute(_keys(number, side)).scalars())
        if any(guise.key in keys for guise in found):
            continue
        called = set(connection.execute(_anchored(number, side, article)).scalars())
        new = {g.key for g, name in zip(found, names, strict=True) if name in called and g.how in ("known", "named")}
        for key in sorted(new - keys):
            connection.execute(insert(decision_keys).values(decision=number, side=side, key=key))
