"""What actors are called and what they held, by outlet and date: entities in, Called and Office out.

The words are those of the articles: an actor's mentions, or its name where the reader marked none. A text that
stands at two outlets is the word of both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Select, func, select

from sayso.knowledge.pronouns import pronoun
from sayso.store.fulltext import fold, words
from sayso.store.grouping import batches
from sayso.store.portraits import Called, Office
from sayso.store.schema import actors, addresses, appearances, articles, identities, spans

__all__ = ["callings", "is_name", "offices", "roles"]

_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")


def callings(connection: Connection, entities: Collection[int]) -> dict[int, list[Called]]:
    """Give the words each entity is called by at each outlet, pronouns left out, the most frequent first."""
    counted: dict[tuple[int, str, str | None], Counter[str]] = {}
    seen: dict[tuple[int, str, str | None], set[str]] = {}
    for batch in batches(entities):
        for entity, text, outlet, article, times in connection.execute(_used(batch)):
            bare = _POSSESSIVE.sub("", " ".join(text.split()))
            if not words(bare) or pronoun(bare) is not None:
                continue
            key = (entity, fold(bare), outlet)
            counted.setdefault(key, Counter())[bare] += times
            seen.setdefault(key, set()).add(article)
    found: dict[int, list[Called]] = {entity: [] for entity in entities}
    for (entity, _, outlet), writings in counted.items():
        commonest = min(writings, key=lambda text: (-writings[text], text))
        called = Called(commonest, outlet, writings.total(), len(seen[entity, fold(commonest), outlet]))
        found[entity].append(called)
    return {entity: sorted(each, key=_order) for entity, each in found.items()}


def _order(called: Called) -> tuple[int, str, str]:
    return -called.times, called.words, called.outlet or ""


def _used(entities: list[int]) -> Select[Any]:
    places = select(addresses.c.article_id, addresses.c.outlet).distinct().subquery("places")
    text = func.coalesce(spans.c.text, actors.c.name)
    marked = (spans.c.reading_id == actors.c.reading_id) & (spans.c.owner == actors.c.actor)
    return (
        _appearing(entities, identities.c.entity, text, places.c.outlet, actors.c.article_id, func.count())
        .outerjoin(spans, marked & (spans.c.role == "mention"))
        .join(places, places.c.article_id == actors.c.article_id)
        .group_by(identities.c.entity, text, places.c.outlet, actors.c.article_id)
    )


def _appearing(entities: Iterable[int], *columns: Any) -> Select[Any]:
    query = select(*columns).select_from(identities).where(identities.c.entity.in_(entities))
    query = query.join(appearances, appearances.c.identity == identities.c.id)
    return query.join(actors, actors.c.id == appearances.c.actor)


def is_name(called: str, names: Collection[str]) -> bool:
    """Say whether words are a name, not a description: they share a capitalised word with a name, or have no other.

    ``names`` are the words of the actor's names, folded.
    """
    parts = _ARTICLE.sub("", called).split()
    capitals = [part for part in parts if not part[0].islower()]
    return len(capitals) == len(parts) or any(word in names for part in capitals for word in words(part))


def offices(connection: Connection, entities: Collection[int]) -> dict[int, list[Office]]:
    """Give the offices each entity held at the dates of its articles, the most frequent first."""
    found: dict[int, list[Office]] = {entity: [] for entity in entities}
    when = articles.c.published
    counts = (func.min(when), func.max(when), func.count(articles.c.id.distinct()))
    for batch in batches(entities):
        query = _appearing(batch, identities.c.entity, actors.c.office, *counts)
        query = query.join(articles, articles.c.id == actors.c.article_id).where(actors.c.office.is_not(None))
        for entity, *office in connection.execute(query.group_by(identities.c.entity, actors.c.office)):
            found[entity].append(Office(*office))
    return {entity: sorted(held, key=lambda o: (-o.articles, o.office)) for entity, held in found.items()}


def roles(connection: Connection, entities: Collection[int]) -> dict[int, list[str]]:
    """Give the role codes of each entity as JSON lists, in which its actors have them, the most frequent first."""
    found: dict[int, list[str]] = {entity: [] for entity in entities}
    for batch in batches(entities):
        query = _appearing(batch, identities.c.entity, actors.c.roles, func.count())
        rows = connection.execute(query.group_by(identities.c.entity, actors.c.roles)).all()
        for entity, codes, _ in sorted(rows, key=lambda row: (-row[2], row[1])):
            found[entity].append(codes)
    return found
