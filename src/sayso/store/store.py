"""The Store: what the rest of sayso keeps readings in and asks. A thin face; each method names where the work is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType

from sayso.record import Article, Reading
from sayso.store import cast, decisions, query, search, verify, wikidata, write
from sayso.store.answers import Address, AddResult, ArticleRow, Hit, Problem, StatementQuery
from sayso.store.engine import Database
from sayso.store.portraits import ActorQuery, ActorRow, Decision, Linked, Portrait, WikidataRow

__all__ = ["Store"]


class Store:
    """Readings on SQLite or PostgreSQL. Open it with :meth:`open`; use it in a ``with``, from any thread.

    Every method may raise StoreError: StoreBusy when another process holds the store longer than the timeout.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, target: str | Path, *, readonly: bool = False, timeout: float = 30.0) -> Store:
        """Open the store at a file path or a ``postgresql://`` URL; make folders and tables unless ``readonly``.

        ``timeout`` is how many seconds to wait for another process. Raises SchemaTooNew, StoreReadOnly, StoreBusy,
        StoreError.
        """
        return cls(Database.open(target, readonly=readonly, timeout=timeout))

    def close(self) -> None:
        """Close all connections; the store cannot be used after."""
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def readonly(self) -> bool:
        """Whether it was opened for reading only."""
        return self._database.readonly

    def add(self, reading: Reading) -> AddResult:
        """Keep a reading, all of it or nothing.

        The same text by the same reader is "unchanged"; by another reader "read again", and the new reading is the
        current one; another text at a URL of the store is a "new version". Raises RecordError for a record that
        holds NUL characters or an id that is not its text's.
        """
        return write.add(self._database, reading)

    def add_address(self, article: Article) -> AddResult:
        """Note that a text which is known also stands at this article's URL or outlet; raises NotInStore."""
        return write.add_address(self._database, article)

    def remove(self, article_id: str) -> None:
        """Take an article out, with all its readings; raises NotInStore."""
        write.remove(self._database, article_id)

    def known(self, article_id: str, reader_version: str, model: str) -> bool:
        """Whether this article has been read by this reader version with this model."""
        return query.known(self._database, article_id, reader_version, model)

    def articles(
        self, *, limit: int = 50, offset: int = 0, outlet: str | None = None, text: str | None = None
    ) -> list[ArticleRow]:
        """List articles, newest published first and undated ones last.

        ``outlet`` is a name in any case and accents; ``text`` is looked for in title and text, as in
        :class:`StatementQuery`.
        """
        return query.list_articles(self._database, limit=limit, offset=offset, outlet=outlet, text=text)

    def count_articles(self, *, outlet: str | None = None, text: str | None = None) -> int:
        """Count the articles that :meth:`articles` lists over all pages."""
        return query.count_articles(self._database, outlet=outlet, text=text)

    def reading(self, article_id: str) -> Reading:
        """Load the current reading of an article, by id or by 6 or more of its first digits; raises NotInStore."""
        return query.load_reading(self._database, article_id)

    def versions(self, article_id: str) -> list[ArticleRow]:
        """List all versions at the URL of an article, oldest first; raises NotInStore."""
        return query.list_versions(self._database, article_id)

    def addresses(self, article_id: str) -> list[Address]:
        """List every place the text of an article was seen at, first seen first; raises NotInStore."""
        return query.list_addresses(self._database, article_id)

    def search(self, asked: StatementQuery) -> list[Hit]:
        """Find statements of current readings: best first with a text, else newest first; raises QueryError."""
        return search.search(self._database, asked)

    def actors(self, asked: ActorQuery | None = None) -> list[ActorRow]:
        """List who appears over all articles, those with most statements first; raises QueryError."""
        return cast.list_actors(self._database, asked or ActorQuery())

    def count_actors(self, asked: ActorQuery | None = None) -> int:
        """Count the actors that :meth:`actors` lists over all pages."""
        return cast.count_actors(self._database, asked or ActorQuery())

    def actor(self, name: str, *, limit: int = 50, offset: int = 0) -> Portrait:
        """Give one actor over all articles, with ``limit`` of its statements and articles, newest first.

        ``name`` is any name it is called by, its Wikidata id or its number in a list. Raises NotInStore, with
        suggestions, when nobody is so called, QueryError when several are.
        """
        return cast.load_portrait(self._database, name, limit=limit, offset=offset)

    def merge_actors(self, a: str, b: str, *, who: str, why: str | None = None) -> Decision:
        """Decide that two actors are one, called as the first, in what was read and what will be.

        Raises NotInStore, QueryError when a name is that of several or the two are one already.
        """
        return decisions.merge(self._database, a, b, who=who, why=why)

    def split_actor(self, name: str, article: str, *, who: str, why: str | None = None) -> Decision:
        """Decide that whoever is so called in one article is another; raises NotInStore, QueryError."""
        return decisions.split(self._database, name, article, who=who, why=why)

    def undo_decision(self, number: int | None = None, *, who: str) -> Decision:
        """Undo a decision, without a number the last that holds; it stays in the list. Raises QueryError."""
        return decisions.undo(self._database, number, who=who)

    def decisions(self) -> list[Decision]:
        """List all that was decided about actors, oldest first, what was undone too."""
        return decisions.list_decisions(self._database)

    def relink_actors(self) -> int:
        """Say anew who everyone is, with the names and offices known now; decisions hold. Counts articles."""
        return decisions.relink(self._database)

    def link_wikidata(self, rows: Iterable[WikidataRow], *, source: str = "file") -> list[Linked]:
        """Link actors to Wikidata items by name, all or none; raises QueryError for what is no Wikidata id."""
        return wikidata.link(self._database, rows, source=source)

    def counts(self) -> dict[str, int]:
        """Count articles, addresses, readings, outlets, and the statements, actors, spans of current readings."""
        return query.counts(self._database)

    def verify(self, *, progress: Callable[[int, int], None] | None = None) -> Iterator[Problem]:
        """Give every problem found on reading the whole store; nothing when every span is a slice of its article."""
        return verify.verify(self._database, progress=progress)
