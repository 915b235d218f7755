"""What a database complains of is one clear line of the right kind."""

from __future__ import annotations

import errno
import sqlite3

import pytest

from sayso.errors import StoreBusy, StoreError, StoreReadOnly
from sayso.store.faults import fault, is_damage, translated


def sqlite_error(code: int) -> sqlite3.Error:
    error = sqlite3.DatabaseError("it went\nwrong")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY, StoreBusy),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, StoreBusy),
        (sqlite3.SQLITE_LOCKED, StoreBusy),
        (sqlite3.SQLITE_READONLY_DIRECTORY, StoreReadOnly),
        (sqlite3.SQLITE_PERM, StoreReadOnly),
        (sqlite3.SQLITE_FULL, StoreError),
        (sqlite3.SQLITE_CORRUPT_VTAB, StoreError),
        (sqlite3.SQLITE_IOERR_READ, StoreError),
        (sqlite3.SQLITE_NOTADB, StoreError),
        (sqlite3.SQLITE_CANTOPEN, StoreError),
        (sqlite3.SQLITE_ERROR, StoreError),
    ],
)
def test_every_code_of_sqlite_has_its_kind(code: int, kind: type[StoreError]) -> None:
    told = fault(sqlite_error(code), "the store x.db")
    assert type(told) is kind
    assert "the store x.db" in str(told)
    assert "\n" not in str(told)


@pytest.mark.parametrize(
    ("state", "kind", "part"),
    [
        ("25006", StoreReadOnly, "cannot be written"),
        ("42501", StoreReadOnly, "cannot be written"),
        ("53100", StoreError, "no room is left"),
        ("53300", StoreBusy, "try again"),
        ("55P03", StoreBusy, "try again"),
        ("40P01", StoreBusy, "try again"),
        ("57P03", StoreError, "cannot be reached"),
        ("28P01", StoreError, "cannot be reached"),
        ("3D000", StoreError, "cannot be reached"),
        ("XX001", StoreError, "is damaged"),
        ("42601", StoreError, "the database says"),
    ],
)
def test_every_state_of_postgresql_has_its_kind(state: str, kind: type[StoreError], part: str) -> None:
    errors = pytest.importorskip("psycopg.errors")
    told = fault(errors.lookup(state)("it went\nwrong"), "the store pg")
    assert type(told) is kind
    assert part in str(told)
    assert "\n" not in str(told)


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, StoreError), (errno.EROFS, StoreReadOnly), (errno.EACCES, StoreReadOnly), (errno.EIO, StoreError)],
)
def test_the_file_system_has_its_kinds(number: int, kind: type[StoreError]) -> None:
    with pytest.raises(StoreError) as caught, translated("the store"):
        raise OSError(number, "no")
    assert type(caught.value) is kind


def test_damage_is_told_from_other_faults() -> None:
    for code, damage in (
        (sqlite3.SQLITE_CORRUPT_VTAB, True),
        (sqlite3.SQLITE_NOTADB, True),
        (sqlite3.SQLITE_BUSY, False),
    ):
        with pytest.raises(StoreError) as caught, translated("the store"):
            raise sqlite_error(code)
        assert is_damage(caught.value) is damage
