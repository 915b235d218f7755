"""Which identities are one entity: ids of identities in, for each the id of the one that leads its entity out.

The answer depends on what the store holds and what people decided, never on the order in which articles came, so
that `verify` can ask again. Three rules, each seen over the whole store:

1. A full name whose country is not known is that of the one country that bears it, where there is just one.
2. What a person merged is one, and is called as they said.
3. A person of one word is the one entity of that surname that is of the same country or, where one of the two
   countries is not known, was seen in the same outlet, when there is exactly one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from sayso.store.fulltext import words
from sayso.store.schema import addresses, appearances, decision_keys, decisions, identities

__all__ = ["batches", "grouped", "mates"]

_BATCH = 500  # values in one condition
_FAMED = ("known", "named")
_RANK = {"known": 0, "named": 1, "apart": 2, "surname": 3, "described": 4}


def batches(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Cut values into lists that fit into one condition."""
    found = list(values)
    for start in range(0, len(found), _BATCH):
        yield found[start : start + _BATCH]


def mates(connection: Connection, ids: Collection[int]) -> set[int]:
    """Give all identities that are now of one entity with any of these, these included."""
    found = set(ids)
    for batch in batches(ids):
        of = select(identities.c.entity).where(identities.c.id.in_(batch))
        found.update(connection.execute(select(identities.c.id).where(identities.c.entity.in_(of))).scalars())
    return found


def grouped(connection: Connection, seeds: Collection[int], surnames: Collection[str] = ()) -> dict[int, int]:
    """Give the leading identity of these identities and of all whose entity hangs on them or on the surnames."""
    known, merges = _whole(connection, mates(connection, seeds))
    merged = {key for merge in merges for key in merge.keys}
    firm = {i: row for i, row in known.items() if row.how != "surname" or row.key in merged}
    answer = _lead(firm, merges)
    full = [row for row in known.values() if row.how in _FAMED]
    asked = {word for row in full for word in (row.first, row.last)} | set(surnames)
    bare = {i for i, row in known.items() if row.how == "surname"}
    return answer | _surnames(connection, asked - {""}, bare, answer)


@dataclass(frozen=True, slots=True)
class _Merge:
    number: int
    keys: frozenset[str]
    named_after: frozenset[str]


def _whole(connection: Connection, ids: set[int]) -> tuple[dict[int, Row[Any]], list[_Merge]]:
    """Give the identities that rules 1 and 2 tie to these, through any number of others, and the merges at work."""
    known: dict[int, Row[Any]] = {}
    merges: dict[int, _Merge] = {}
    waiting = set(ids)
    while waiting:
        new = [row for b in batches(waiting) for row in connection.execute(select(identities).where(_in(b)))]
        known |= {row.id: row for row in new}
        found = {row.id for row in new}
        for batch in batches({row.namesake for row in new if row.namesake}):
            found.update(connection.execute(select(identities.c.id).where(identities.c.namesake.in_(batch))).scalars())
        fresh = _merges(connection, {row.key for row in new}, merges)
        for batch in batches({key for merge in fresh for key in merge.keys}):
            found.update(connection.execute(select(identities.c.id).where(identities.c.key.in_(batch))).scalars())
        waiting = mates(connection, found) - known.keys()
    return known, sorted(merges.values(), key=lambda merge: merge.number)


def _in(ids: list[int]) -> Any:
    return identities.c.id.in_(ids)


def _merges(connection: Connection, keys: set[str], known: dict[int, _Merge]) -> list[_Merge]:
    numbers: set[int] = set()
    for batch in batches(keys):
        query = select(decision_keys.c.decision).join(decisions, decisions.c.id == decision_keys.c.decision)
        query = query.where(
            decision_keys.c.key.in_(batch), decisions.c.kind == "merge", decisions.c.undone_at.is_(None)
        )
        numbers.update(connection.execute(query.distinct()).scalars())
    fresh = []
    for number in numbers - known.keys():
        query = select(decision_keys.c.side, decision_keys.c.key).where(decision_keys.c.decision == number)
        sides = connection.execute(query).all()
        after = frozenset(row.key for row in sides if row.side == "a")
        known[number] = _Merge(number, frozenset(row.key for row in sides), after)
        fresh.append(known[number])
    return fresh


def _lead(firm: dict[int, Row[Any]], merges: list[_Merge]) -> dict[int, int]:
    above = {i: i for i in firm}

    def top(i: int) -> int:
        while above[i] != i:
            i = above[i]
        return i

    def join(ids: Iterable[int]) -> None:
        found = [top(i) for i in ids]
        for i in found[1:]:
            above[top(i)] = top(found[0])

    namesakes: dict[str, list[int]] = {}
    for i, row in firm.items():
        if row.namesake:
            namesakes.setdefault(row.namesake, []).append(i)
    for ids in namesakes.values():
        if len({firm[i].country for i in ids} - {""}) <= 1:
            join(ids)
    by_key = {row.key: i for i, row in firm.items()}
    for merge in merges:
        join(by_key[key] for key in sorted(merge.keys) if key in by_key)
    together: dict[int, list[int]] = {}
    for i in firm:
        together.setdefault(top(i), []).append(i)
    answer: dict[int, int] = {}
    for ids in together.values():
        leading = _first(firm, ids, merges)
        answer |= dict.fromkeys(ids, leading)
    return answer


def _first(firm: dict[int, Row[Any]], ids: list[int], merges: list[_Merge]) -> int:
    """Choose who leads: of those a person named it after last, else of all, the best known, then the longest name."""
    for merge in reversed(merges):
        if chosen := [i for i in ids if firm[i].key in merge.named_after]:
            ids = chosen
            break

    def order(i: int) -> tuple[int, bool, int, str]:
        row = firm[i]
        return _RANK[row.how], not row.country, -len(words(row.name)), row.key

    return min(ids, key=order)


def _surnames(connection: Connection, asked: set[str], ids: set[int], led: dict[int, int]) -> dict[int, int]:
    """Give, by rule 3, the entity of these and of all whose word is asked for, those of one word that nobody merged."""
    answer: dict[int, int] = {}
    taken = select(decision_keys.c.key).join(decisions, decisions.c.id == decision_keys.c.decision)
    taken = taken.where(decisions.c.kind == "merge", decisions.c.undone_at.is_(None))
    query = select(identities).where(identities.c.how == "surname", identities.c.key.not_in(taken))
    bare: dict[int, Row[Any]] = {}
    for column, values in ((identities.c.last, sorted(asked)), (identities.c.id, sorted(ids))):
        for batch in batches(values):
            bare |= {row.id: row for row in connection.execute(query.where(column.in_(batch)))}
    for batch in batches(sorted({row.last for row in bare.values()})):
        named = identities.c.last.in_(batch) | identities.c.first.in_(batch)
        full = connection.execute(select(identities).where(identities.c.how.in_(_FAMED), named)).all()
        entities = {row.id: led.get(row.id, row.entity) for row in full}
        members = _members(connection, set(entities.values()), led)
        mine = [row for row in bare.values() if row.last in set(batch)]
        seen = _outlets(connection, [row.id for row in (*mine, *(m for rows in members.values() for m in rows))])
        bearers = _Bearers(full)
        for row in mine:
            fitting = {entities[i] for i in bearers.of(row)}
            close = [entity for entity in fitting if _is_close(row, members[entity], seen)]
            answer[row.id] = close[0] if len(close) == 1 else row.id
    return answer


def _members(connection: Connection, entities: set[int], led: dict[int, int]) -> dict[int, list[Row[Any]]]:
    """Give the identities with a full name of each entity, as it is led now, or is in the store where it is not."""
    found: dict[int, list[Row[Any]]] = {entity: [] for entity in entities}
    anew = [i for i, entity in led.items() if entity in entities]
    famed = select(identities).where(identities.c.how.in_(_FAMED))
    for column, values in ((identities.c.id, anew), (identities.c.entity, list(entities))):
        for batch in batches(values):
            for row in connection.execute(famed.where(column.in_(batch))):
                if column is identities.c.id or row.id not in led:
                    found[led.get(row.id, row.entity)].append(row)
    return found


class _Bearers:
    """Full names by their last and first word."""

    def __init__(self, full: Iterable[Row[Any]]) -> None:
        self._last: dict[str, list[tuple[int, list[str]]]] = {}
        self._first: dict[str, list[tuple[int, list[str]]]] = {}
        for row in full:
            name = words(row.name)
            self._last.setdefault(row.last, []).append((row.id, name))
            self._first.setdefault(row.first, []).append((row.id, name))

    def of(self, bare: Row[Any]) -> list[int]:
        """Give those of a surname: it stands last; where nobody's does, first, as in East Asia."""
        own = words(bare.name)
        last = [i for i, name in self._last.get(own[-1], ()) if name[-len(own) :] == own]
        return last or [i for i, name in self._first.get(own[0], ()) if name[: len(own)] == own]


def _is_close(bare: Row[Any], rows: list[Row[Any]], seen: dict[int, set[str]]) -> bool:
    where = {row.country for row in rows} - {""}
    if bare.country and where:
        return bare.country in where
    return any(seen.get(bare.id, set()) & seen.get(row.id, set()) for row in rows)


def _outlets(connection: Connection, ids: list[int]) -> dict[int, set[str]]:
    seen: dict[int, set[str]] = {}
    for batch in batches(ids):
        query = select(appearances.c.identity, addresses.c.outlet_key)
        query = query.join(addresses, addresses.c.article_id == appearances.c.article_id)
        query = query.where(appearances.c.identity.in_(batch), addresses.c.outlet_key.is_not(None))
        for identity, outlet in connection.execute(query.distinct()):
            seen.setdefault(identity, set()).add(outlet)
    return seen
