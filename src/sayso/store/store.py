"""The Store: what the rest of sayso keeps readings in and asks. A thin face; each method names where the work is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from sayso.record import Article, Reading
from sayso.store import query, search, verify, write
from sayso.store.answers import Address, AddResult, ArticleRow, Hit, Problem, StatementQuery
from sayso.store.engine import Database

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

    def counts(self) -> dict[str, int]:
        """Count articles, addresses, readings, outlets, and the statements, actors, spans of current readings."""
        return query.counts(self._database)

    def verify(self, *, progress: Callable[[int, int], None] | None = None) -> Iterator[Problem]:
        """Give every problem found on reading the whole store; nothing when every span is a slice of its article."""
        return verify.verify(self._database, progress=progress)
