"""Full-text search: what a user types becomes terms, and two indexes, FTS5 and tsvector, answer them alike.

Terms are never the syntax of an index: every word is quoted. Case and accents do not count in either.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import (
    ColumnElement,
    Connection,
    Double,
    FromClause,
    cast,
    column,
    func,
    literal_column,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.exc import DatabaseError

from sayso.errors import QueryError

__all__ = ["Entry", "FullText", "PostgresIndex", "SqliteIndex", "Term", "fold", "keepable", "terms", "vector", "words"]

_TERM = re.compile(r'"(?P<phrase>[^"]*)"(?P<prefix>\*?)|(?P<word>\S+)')
_MOST_TERMS = 64  # FTS5 refuses expressions deeper than 256

# PostgreSQL's limits on a tsvector: positions, positions of a word; with room to spare: letters of a word, bytes.
_LAST_POSITION, _POSITIONS_PER_WORD, _LONGEST_WORD, _MOST_BYTES = 16_383, 255, 100, 1_000_000
_GAP = 16  # between two fields, so that no phrase runs from one into the other


@dataclass(frozen=True, slots=True)
class Term:
    """One or more words that stand together; the last is only a beginning when ``prefix`` is set."""

    phrase: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of one row: its key and the texts of its fields, in the order of the index."""

    key: int
    fields: tuple[str | None, ...]


def terms(query: str) -> list[Term]:
    """Cut what a user typed into terms; empty when there is no letter or digit in it.

    Raises QueryError when there are more than 64.
    """
    clean = keepable(query)
    found: list[Term] = []
    for match in _TERM.finditer(clean):
        raw = match["phrase"] if match["phrase"] is not None else match["word"]
        prefix = bool(match["prefix"]) or (match["word"] is not None and raw.endswith("*"))
        if words(raw):
            found.append(Term(raw.replace('"', " ").rstrip("*"), prefix))
    if len(found) > _MOST_TERMS:
        raise QueryError(f"a search takes at most {_MOST_TERMS} words; put those that stand together in quotes")
    return found


def keepable(value: str) -> str:
    """Give what a database can be asked: NUL characters as spaces, halves of surrogate pairs as question marks."""
    return value.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def fold(value: str) -> str:
    """Drop case and accents, and make every run of white space one space: what two names are compared by."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFD", value).casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def words(value: str) -> list[str]:
    """Cut a text into folded words: runs of letters and digits, in order."""
    return "".join(c if c.isalnum() else " " for c in fold(value)).split()


def vector(*fields: str | None) -> str:
    """Write texts as a PostgreSQL tsvector with positions, by our own rule for what a word is.

    PostgreSQL's parser would read "Jong-un" and "U.S." in ways FTS5 does not. Above a megabyte of different words,
    further ones are left out: the most a tsvector holds.
    """
    positions: dict[str, list[int]] = {}
    at = size = 0
    for field in fields:
        for word in words(field or ""):
            at, word = at + 1, word[:_LONGEST_WORD]
            if word not in positions:
                size += len(word.encode()) + 4
                if size > _MOST_BYTES:
                    break
                positions[word] = []
            if len(positions[word]) < _POSITIONS_PER_WORD and size <= _MOST_BYTES:
                positions[word].append(min(at, _LAST_POSITION))
                size += 2
        at += _GAP
    return " ".join(
        f"'{word}':{','.join(map(str, places))}" if places else f"'{word}'" for word, places in positions.items()
    )


class FullText(Protocol):
    """One full-text index: of ``fields``, for the rows of one table, by that table's key."""

    def put(self, connection: Connection, entries: Iterable[Entry]) -> None:
        """Add rows to the index, in the caller's transaction."""

    def drop(self, connection: Connection, entries: Iterable[Entry]) -> None:
        """Take rows out; the texts must be those that were put."""

    def holds(self, connection: Connection, entry: Entry) -> bool:
        """Whether the index has this row; on PostgreSQL, with these texts."""

    def broken(self, connection: Connection) -> bool:
        """Whether the index as a whole does not fit its rows; needs a connection that may write, and writes nothing."""

    def strays(self, connection: Connection) -> list[int]:
        """Give the keys of up to 100 entries whose row is gone."""

    def source(self) -> FromClause:
        """The index as something to select from; join it by :meth:`key`."""

    def key(self) -> ColumnElement[int]:
        """The key of the indexed row."""

    def matches(self, asked: list[Term], within: dict[str, list[Term]]) -> ColumnElement[bool]:
        """The condition that all terms are in the row, and those of ``within`` in the field named."""

    def rank(self, asked: list[Term]) -> ColumnElement[float]:
        """How well the row fits: more is better."""


class SqliteIndex:
    """An FTS5 table with external content."""

    def __init__(self, name: str, fields: tuple[str, ...], content: str, content_key: str) -> None:
        self._name, self._fields, self._content, self._content_key = name, fields, content, content_key
        names = ", ".join(fields)
        values = ", ".join(f":{field}" for field in fields)
        self._put = text(f"INSERT INTO {name} (rowid, {names}) VALUES (:key, {values})")  # noqa: S608
        self._drop = text(f"INSERT INTO {name} ({name}, rowid, {names}) VALUES ('delete', :key, {values})")  # noqa: S608

    def _rows(self, entries: Iterable[Entry]) -> list[dict[str, object]]:
        return [{"key": entry.key, **dict(zip(self._fields, entry.fields, strict=True))} for entry in entries]

    def put(self, connection: Connection, entries: Iterable[Entry]) -> None:
        if rows := self._rows(entries):
            connection.execute(self._put, rows)

    def drop(self, connection: Connection, entries: Iterable[Entry]) -> None:
        if rows := self._rows(entries):
            connection.execute(self._drop, rows)

    def holds(self, connection: Connection, entry: Entry) -> bool:
        # Only whether it is there at all: matching row by row slows down as the store grows; `broken` compares texts.
        query = text(f"SELECT 1 FROM {self._name}_docsize WHERE id = :key")  # noqa: S608
        return connection.execute(query, {"key": entry.key}).first() is not None

    def broken(self, connection: Connection) -> bool:
        try:
            connection.execute(text(f"INSERT INTO {self._name} ({self._name}, rank) VALUES ('integrity-check', 1)"))  # noqa: S608
        except DatabaseError as error:
            if getattr(error.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_CORRUPT_VTAB:
                raise
            return True
        return False

    def strays(self, connection: Connection) -> list[int]:
        query = text(
            f"SELECT id FROM {self._name}_docsize"  # noqa: S608
            f" WHERE id NOT IN (SELECT {self._content_key} FROM {self._content}) LIMIT 100"
        )
        return list(connection.execute(query).scalars())

    def source(self) -> FromClause:
        return table(self._name, column("rowid"))

    def key(self) -> ColumnElement[int]:
        return literal_column(f"{self._name}.rowid")

    def matches(self, asked: list[Term], within: dict[str, list[Term]]) -> ColumnElement[bool]:
        parts = [_quoted(term) for term in asked]
        parts += [f"{{{field}}} : {_quoted(term)}" for field, named in within.items() for term in named]
        matching: ColumnElement[bool] = literal_column(self._name).op("MATCH", is_comparison=True)(" AND ".join(parts))
        return matching

    def rank(self, asked: list[Term]) -> ColumnElement[float]:
        return literal_column(f"-bm25({self._name})") if asked else literal_column("0.0", Double())


class PostgresIndex:
    """A table of tsvectors: ``words`` of all fields, and one column for each field that is searched alone."""

    def __init__(
        self, name: str, fields: tuple[str, ...], content: str, content_key: str, *, alone: tuple[str, ...] = ()
    ) -> None:
        self._name, self._fields, self._content, self._content_key = name, fields, content, content_key
        self._alone = alone
        self._columns = ("words", *alone)
        values = ", ".join(f"CAST(:{name} AS tsvector)" for name in self._columns)
        self._put = text(f"INSERT INTO {name} (id, {', '.join(self._columns)}) VALUES (:key, {values})")  # noqa: S608
        same = " AND ".join(f"{name} = CAST(:{name} AS tsvector)" for name in self._columns)
        self._same = text(f"SELECT 1 FROM {name} WHERE id = :key AND {same}")  # noqa: S608
        self._drop = text(f"DELETE FROM {name} WHERE id = :key")  # noqa: S608

    def _row(self, entry: Entry) -> dict[str, object]:
        by_name = dict(zip(self._fields, entry.fields, strict=True))
        alone = {name: vector(by_name[name]) for name in self._alone}
        return {"key": entry.key, "words": vector(*entry.fields), **alone}

    def put(self, connection: Connection, entries: Iterable[Entry]) -> None:
        if rows := [self._row(entry) for entry in entries]:
            connection.execute(self._put, rows)

    def drop(self, connection: Connection, entries: Iterable[Entry]) -> None:
        if rows := [{"key": entry.key} for entry in entries]:
            connection.execute(self._drop, rows)

    def holds(self, connection: Connection, entry: Entry) -> bool:
        return connection.execute(self._same, self._row(entry)).first() is not None

    def broken(self, connection: Connection) -> bool:  # noqa: ARG002
        return False  # `holds` compares whole vectors

    def strays(self, connection: Connection) -> list[int]:
        query = text(
            f"SELECT id FROM {self._name}"  # noqa: S608
            f" WHERE id NOT IN (SELECT {self._content_key} FROM {self._content}) LIMIT 100"
        )
        return list(connection.execute(query).scalars())

    def source(self) -> FromClause:
        return table(self._name, column("id"))

    def key(self) -> ColumnElement[int]:
        return literal_column(f"{self._name}.id")

    def matches(self, asked: list[Term], within: dict[str, list[Term]]) -> ColumnElement[bool]:
        condition: ColumnElement[bool] = literal_column("true")
        for name, named in {"words": asked, **within}.items():
            if named:
                matching = literal_column(f"{self._name}.{name}").op("@@", is_comparison=True)(_tsquery(named))
                condition = condition & matching
        return condition

    def rank(self, asked: list[Term]) -> ColumnElement[float]:
        if not asked:
            return literal_column("0.0", Double())
        return func.ts_rank_cd(literal_column(f"{self._name}.words"), _tsquery(asked), type_=Double())


def _quoted(term: Term) -> str:
    phrase = term.phrase.replace('"', '""')
    return f'"{phrase}"*' if term.prefix else f'"{phrase}"'


def _tsquery_text(asked: list[Term]) -> str:
    parts = []
    for term in asked:
        lexemes = [f"'{word[:_LONGEST_WORD]}'" for word in words(term.phrase)]
        if term.prefix:
            lexemes[-1] += ":*"
        parts.append(f"({' <-> '.join(lexemes)})")
    return " & ".join(parts)


def _tsquery(asked: list[Term]) -> ColumnElement[str]:
    return cast(_tsquery_text(asked), TSQUERY)
