"""Opening a database: a path or a URL in, a Database out, whose two contexts are its only ways to read and write."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from sayso.errors import StoreError, StoreReadOnly
from sayso.store import migrations
from sayso.store.faults import translated, unseen
from sayso.store.fulltext import FullText, PostgresIndex, SqliteIndex
from sayso.store.locks import hold

__all__ = ["Database"]

_WRITES = "sayso_writes"


class Database:
    """One open store: its engine, its name in messages, and its two full-text indexes. Safe in several threads."""

    def __init__(self, engine: Engine, name: str, *, readonly: bool) -> None:
        self.engine, self.name, self.readonly = engine, name, readonly
        self._process = os.getpid()
        self.statement_index, self.article_index = _indexes(engine.dialect.name)

    @classmethod
    def open(cls, target: str | Path, *, readonly: bool = False, timeout: float = 30.0) -> Database:
        """Open a store, making folders and schema where they are missing unless ``readonly``.

        ``timeout`` is how many seconds to wait for another process. Raises StoreError and its kinds.
        """
        url = _url(target)
        if url is None or url.get_backend_name() == "sqlite":
            return _open_sqlite(_path(target, url), readonly=readonly, timeout=timeout)
        if url.get_backend_name() in ("postgresql", "postgres"):
            return _open_postgres(url, readonly=readonly, timeout=timeout)
        raise StoreError(f"no store on {url.get_backend_name()}; give a file path or a postgresql:// URL")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the store, whatever is written meanwhile."""
        with translated(self.name), self._engine().connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, *subjects: str) -> Iterator[Connection]:
        """Give a connection whose changes all happen, or none, while no other writes about the same subjects."""
        if self.readonly:
            raise StoreReadOnly(f"{self.name} was opened read-only; open it without readonly to change it")
        with translated(self.name), self._engine().connect() as connection:
            connection = connection.execution_options(**{_WRITES: True})
            with connection.begin():
                for subject in sorted(subjects):  # in one order, so that two writers never wait for each other
                    hold(connection, subject)
                yield connection

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose(close=self._process == os.getpid())

    def _engine(self) -> Engine:
        if self._process != os.getpid():
            # A forked child must not use, nor close, its parent's connections.
            self.engine.dispose(close=False)
            self._process = os.getpid()
        return self.engine

    def prepare(self, enter: Callable[[], None] | None = None) -> Database:
        """Check the schema and bring it up to date; ``enter`` runs once the database is known to be ours."""
        try:
            with self.reading() as connection:
                steps = migrations.missing(connection, self.name)
            if steps and self.readonly:
                made = "holds no store yet" if len(steps) == len(migrations.MIGRATIONS) else "is of an older sayso"
                raise StoreError(f"{self.name} {made}; open it once without readonly, for example with `sayso add`")
            if enter is not None:
                with translated(self.name):
                    enter()
            if steps:
                with self.writing("schema") as connection:
                    migrations.upgrade(connection, self.name)
        except BaseException:
            self.close()
            raise
        return self


def _indexes(dialect: str) -> tuple[FullText, FullText]:
    of_statements = ("statement_index", ("content", "speakers"), "statements", "id")
    of_articles = ("article_index", ("title", "text"), "articles", "number")
    if dialect == "sqlite":
        return SqliteIndex(*of_statements), SqliteIndex(*of_articles)
    return PostgresIndex(*of_statements, alone=("speakers",)), PostgresIndex(*of_articles)


def _url(target: str | Path) -> URL | None:
    if isinstance(target, Path) or "://" not in target:
        return None
    try:
        return make_url(target)
    except ArgumentError as error:
        raise StoreError(f"{target.split(':')[0]}://… is no database URL; write postgresql://user@host/name") from error


def _path(target: str | Path, url: URL | None) -> Path:
    path = str(target) if url is None else url.database
    if not path or path == ":memory:":
        raise StoreError("a store in memory would not be kept; give a file path")
    return Path(path).expanduser()


def _open_sqlite(path: Path, *, readonly: bool, timeout: float) -> Database:
    name = f"the store {path}"
    if "\0" in str(path):
        raise StoreError("the path of the store holds a NUL character; give another path")
    try:
        exists, is_folder = path.exists(), path.is_dir()
    except OSError as error:
        raise unseen(error, name) from error
    if is_folder:
        raise StoreError(f"{name} is a folder; give the path of a file in it, such as {path / 'sayso.db'}")
    if readonly and not exists:
        raise StoreError(f"there is no store at {path}; `sayso add` makes one")
    if not readonly:
        with translated(name):
            path.parent.mkdir(parents=True, exist_ok=True)
        if not _writable(path.parent) or (exists and not _writable(path)):
            raise StoreReadOnly(f"{name} cannot be written; make it writable, or choose another store (SAYSO_STORE)")
    connect = _reader(path, timeout) if readonly else _connector(path, "rwc", timeout)
    engine = create_engine("sqlite://", creator=connect, pool_size=5, max_overflow=-1, poolclass=QueuePool)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine, name, readonly=readonly).prepare(None if readonly else lambda: _enter_wal(path, timeout))


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _connector(path: Path, mode: str, timeout: float, extra: str = "") -> Callable[[], sqlite3.Connection]:
    uri = f"file:{quote(str(path))}?mode={mode}{extra}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    return connect


def _reader(path: Path, timeout: float) -> Callable[[], sqlite3.Connection]:
    plain = _connector(path, "ro", timeout)
    frozen = _connector(path, "ro", timeout, "&immutable=1")

    def connect() -> sqlite3.Connection:
        try:
            return plain()
        except sqlite3.OperationalError as error:
            # WAL needs a file beside the store; where the folder cannot be written and nothing is pending in a log,
            # nobody can be writing either.
            log = path.with_name(path.name + "-wal")
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
                raise
            if _writable(path.parent) or (log.exists() and log.stat().st_size):
                raise
            return frozen()

    return connect


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _enter_wal(path: Path, timeout: float) -> None:
    # SQLite does not wait here by itself when another process changes the mode at the same moment.
    until = time.monotonic() + timeout
    with closing(sqlite3.connect(path, timeout=timeout, isolation_level=None)) as connection:
        while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.02)
            else:
                return  # a file system that cannot do it keeps the journal it has


def _open_postgres(url: URL, *, readonly: bool, timeout: float) -> Database:
    if url.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise StoreError(f"no store through {url.drivername}; write the address as postgresql://user@host/name")
    url = url.set(drivername="postgresql+psycopg")
    name = f"the store {url.render_as_string(hide_password=True)}"
    settings = f"SET lock_timeout = {max(1, int(timeout * 1000))}"
    if readonly:
        settings += "; SET default_transaction_read_only = on"
    try:
        engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": max(2, int(timeout))})
    except ImportError as error:
        raise StoreError("PostgreSQL needs psycopg; install it with: pip install 'sayso[postgres]'") from error

    def settle(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(settings)
        connection.commit()

    event.listen(engine, "connect", settle)
    database = Database(engine, name, readonly=readonly)
    with database.reading() as connection:
        encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        database.close()
        raise StoreError(f"{name} is encoded as {encoding}; create the database with ENCODING 'UTF8'")
    return database.prepare()
