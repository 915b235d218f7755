"""The one place where what a database complains of becomes an error of sayso, with a sentence that says what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from sayso.errors import StoreBusy, StoreError, StoreReadOnly

__all__ = ["fault", "is_damage", "translated", "unseen"]

_READ_ONLY = "{store} cannot be written; make it writable, or choose another store (SAYSO_STORE)"
_BUSY = "another process holds {store}; try again when it has finished"
_FULL = "no room is left on the disk of {store}; free some and run the same command again"
_DAMAGED = "{store} is damaged ({cause}); restore it from a backup, or add its articles to a new store"
_NOT_A_STORE = "{store} is not a sayso store; give another path, or move that file away"
_NO_FILE = "{store} cannot be opened; check that the path is right and may be read"
_NO_SERVER = "{store} cannot be reached ({cause}); check its address, user and password, and that the server runs"

# By SQLite's primary result code (https://www.sqlite.org/rescode.html).
_SQLITE: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (StoreBusy, _BUSY),
    sqlite3.SQLITE_LOCKED: (StoreBusy, _BUSY),
    sqlite3.SQLITE_READONLY: (StoreReadOnly, _READ_ONLY),
    sqlite3.SQLITE_PERM: (StoreReadOnly, _READ_ONLY),
    sqlite3.SQLITE_FULL: (StoreError, _FULL),
    sqlite3.SQLITE_CORRUPT: (StoreError, _DAMAGED),
    sqlite3.SQLITE_IOERR: (StoreError, _DAMAGED),
    sqlite3.SQLITE_NOTADB: (StoreError, _NOT_A_STORE),
    sqlite3.SQLITE_CANTOPEN: (StoreError, _NO_FILE),
}

# By SQLSTATE, the longest beginning first (https://www.postgresql.org/docs/current/errcodes-appendix.html).
_POSTGRES: dict[str, tuple[type[StoreError], str]] = {
    "25006": (StoreReadOnly, _READ_ONLY),
    "42501": (StoreReadOnly, _READ_ONLY),
    "53100": (StoreError, _FULL),
    "53300": (StoreBusy, _BUSY),
    "55P03": (StoreBusy, _BUSY),
    "40": (StoreBusy, _BUSY),
    "57014": (StoreBusy, _BUSY),
    "57": (StoreError, _NO_SERVER),
    "08": (StoreError, _NO_SERVER),
    "28": (StoreError, _NO_SERVER),
    "3D": (StoreError, _NO_SERVER),
    "XX": (StoreError, _DAMAGED),
}

# Where folders are made and files written; a look at what is there fails with StoreError (see `unseen`).
_OS: dict[int, tuple[type[StoreError], str]] = {
    errno.ENOSPC: (StoreError, _FULL),
    errno.EDQUOT: (StoreError, _FULL),
    errno.EACCES: (StoreReadOnly, _READ_ONLY),
    errno.EPERM: (StoreReadOnly, _READ_ONLY),
    errno.EROFS: (StoreReadOnly, _READ_ONLY),
    errno.ENOTDIR: (StoreReadOnly, _READ_ONLY),
    errno.EEXIST: (StoreReadOnly, _READ_ONLY),
}


@contextmanager
def translated(store: str) -> Iterator[None]:
    """Run a block so that database and file errors in it come out as StoreError and its kinds, naming the store."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise fault(error, store) from error


def fault(error: Exception, store: str) -> StoreError:
    """Give the error of sayso for one of a database driver, of SQLAlchemy or of the file system."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    if isinstance(cause, OSError):
        kind, sentence = _OS.get(cause.errno or 0, (StoreError, _NO_FILE))
        return kind(sentence.format(store=store))
    code = getattr(cause, "sqlite_errorcode", None)
    if code is not None and (known := _SQLITE.get(code & 0xFF)):
        return known[0](known[1].format(store=store, cause=_line(cause)))
    if isinstance(cause, sqlite3.Error):
        return StoreError(f"{store}: SQLite says {_line(cause)!r}; `sayso doctor` shows what is installed")
    state = getattr(cause, "sqlstate", None) or ""
    for beginning in sorted(_POSTGRES, key=len, reverse=True):
        if state.startswith(beginning):
            kind, sentence = _POSTGRES[beginning]
            return kind(sentence.format(store=store, cause=_line(cause)))
    if not state and type(cause).__name__ == "OperationalError":
        # psycopg gives no SQLSTATE where it found no server to give one.
        return StoreError(_NO_SERVER.format(store=store, cause=_line(cause)))
    return StoreError(f"{store}: the database says {_line(cause)!r}; `sayso doctor` shows what is installed")


def unseen(error: OSError, store: str) -> StoreError:
    """Give the error for a path that cannot even be looked at."""
    return StoreError(_NO_FILE.format(store=f"{store} ({error.strerror})"))


def is_damage(error: StoreError) -> bool:
    """Whether the error says that the store's file itself is damaged."""
    cause = error.__cause__
    cause = cause.orig if isinstance(cause, DBAPIError) and cause.orig is not None else cause
    code = getattr(cause, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
