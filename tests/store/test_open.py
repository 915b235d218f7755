"""Opening: folders and schema are made, and whatever is in the way is told in one sentence of the right kind."""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from sayso.errors import SchemaTooNew, StoreBusy, StoreError, StoreReadOnly
from sayso.store import StatementQuery, Store
from sayso.store.migrations import MIGRATIONS, Migration

from .build import TEXT, reading
from .conftest import Raw

NOBODY = 65534


LONG = "n" * 5000


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up the rights of root for a while, so that permissions count."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one article in a folder that anyone may enter."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() != "root" or folder.stat().st_mode & 0o005 == 0:
            folder.chmod(folder.stat().st_mode | 0o055)
    path = tmp_path / "there" / "sayso.db"
    with Store.open(path) as store:
        store.add(reading())
    return path


def test_folders_and_schema_are_made_and_kept(target: str) -> None:
    with Store.open(target) as store:
        store.add(reading())
    with Store.open(target) as store:
        assert store.count_articles() == 1
    with Store.open(target, readonly=True) as store:
        assert store.count_articles() == 1
        assert store.readonly
        assert list(store.verify()) == []


def test_sqlite_is_set_up_for_readers_beside_a_writer(path: Path) -> None:
    with Store.open(path) as store, store._database.reading() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 30_000}


def test_a_path_may_be_a_url_and_hold_any_character(tmp_path: Path) -> None:
    odd = tmp_path / "a ?#%é 𝒜.db"
    with Store.open(odd) as store:
        store.add(reading())
    assert odd.exists()
    with Store.open(f"sqlite:///{path_of(tmp_path / 'plain.db')}") as store:
        assert store.count_articles() == 0


def path_of(path: Path) -> str:
    return path.as_posix()


def test_a_store_opened_read_only_is_not_written(target: str) -> None:
    with Store.open(target) as store:
        store.add(reading())
    with Store.open(target, readonly=True) as store:
        for change in (lambda: store.add(reading()), lambda: store.remove(reading().article.id)):
            with pytest.raises(StoreReadOnly, match="was opened read-only; open it without readonly"):
                change()
        with pytest.raises(StoreReadOnly), store._database.reading() as connection:
            connection.execute(text("DELETE FROM spans"))


def test_no_store_is_made_when_it_is_only_to_be_read(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no store at .*; `sayso add` makes one"):
        Store.open(tmp_path / "none.db", readonly=True)
    (tmp_path / "empty.db").touch()
    with pytest.raises(StoreError, match="holds no store yet"):
        Store.open(tmp_path / "empty.db", readonly=True)
    assert not (tmp_path / "none.db").exists()


def test_a_folder_that_cannot_be_made_is_read_only(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    with pytest.raises(StoreReadOnly, match=r"cannot be written; make it writable, or choose another store"):
        Store.open(tmp_path / "file" / "folder" / "sayso.db")
    with pytest.raises(StoreReadOnly):
        Store.open(tmp_path / "file" / "sayso.db")


def test_a_file_or_folder_without_the_right_to_write_is_read_only(path: Path) -> None:
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with as_nobody():
            with pytest.raises(StoreReadOnly):
                Store.open(path)
            with pytest.raises(StoreReadOnly):
                Store.open(path.parent / "new.db")
            with Store.open(path, readonly=True) as store:
                assert store.count_articles() == 1, "it can still be read"
                assert list(store.verify()) == []
    finally:
        path.parent.chmod(0o755)


def test_a_file_that_may_not_be_read_is_told(path: Path) -> None:
    path.chmod(0o000)
    with as_nobody(), pytest.raises(StoreError, match="cannot be"):
        Store.open(path, readonly=True)


def test_a_path_that_cannot_be_looked_at_is_told(path: Path) -> None:
    with pytest.raises(StoreError, match=r"\(File name too long\) cannot be opened"):
        Store.open(path.parent / LONG)
    path.parent.chmod(0o000)
    try:
        with as_nobody():
            for readonly in (False, True):
                with pytest.raises(StoreError, match=r"\(Permission denied\) cannot be opened; check that the path"):
                    Store.open(path, readonly=readonly)
    finally:
        path.parent.chmod(0o755)


def test_a_store_that_another_holds_too_long_is_busy(path: Path) -> None:
    with Store.open(path, timeout=0.05) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match=r"another process holds the store .*; try again"):
            store.add(reading(TEXT + " Later."))
        assert store.count_articles() == 1, "reading goes on"
        other.execute("ROLLBACK")
        assert store.add(reading(TEXT + " Later.")).outcome == "added"


@pytest.mark.postgres
def test_a_server_that_another_holds_too_long_is_busy(target: str) -> None:
    if "://" not in target:
        pytest.skip("SQLite has its own test")
    with Store.open(target, timeout=0.2) as store, Store.open(target) as other:
        with other._database.writing(reading().article.id), pytest.raises(StoreBusy):
            store.add(reading())
        assert store.add(reading()).outcome == "added"


def test_what_is_no_store_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("These are notes, not a database. " * 50)
    with pytest.raises(StoreError, match="is not a sayso store"):
        Store.open(tmp_path / "notes.txt")
    with pytest.raises(StoreError, match="is a folder; give the path of a file"):
        Store.open(tmp_path)
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE bookmarks (url)")
    with pytest.raises(StoreError, match=r"holds another program's tables \(bookmarks"):
        Store.open(tmp_path / "other.db")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("delete",), "it is left as it was"


@pytest.mark.parametrize(
    "target_", [":memory:", "sqlite://", "mysql://host/db", "oracle+x://h", "postgresql+pg8000://h/d"]
)
def test_where_no_store_can_be_is_told(target_: str) -> None:
    if target_ == ":memory:":
        target_ = "sqlite:///:memory:"
    with pytest.raises(StoreError, match=r"; (give|write) "):
        Store.open(target_)


def test_a_missing_driver_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"pip install 'sayso\[postgres\]'"):
        Store.open("postgresql://host/db")


def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        Store.open("postgresql://me:secret@127.0.0.1:1/sayso", timeout=1)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_damaged_file_is_told_and_verify_reports_it(path: Path) -> None:
    with Store.open(path) as store:
        for n in range(60):
            store.add(reading(f"{TEXT} {n}"))
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xff" * (size // 2 - 4096))
    with Store.open(path) as store:
        problems = list(store.verify())
        assert any(problem.kind == "file" for problem in problems)
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 4000)
    with pytest.raises(StoreError, match=r"is damaged \(.*\); restore it from a backup"):
        Store.open(path)


def test_a_full_disk_is_told_and_nothing_is_half_written(path: Path) -> None:
    with Store.open(path) as store:
        with store._database.reading() as connection:
            pages = connection.execute(text("PRAGMA page_count")).scalar()
            connection.execute(text(f"PRAGMA max_page_count = {pages}"))
        texts = (f"{TEXT} {n}" for n in range(1000))
        with pytest.raises(StoreError, match=r"no room is left on the disk of the store .*; free some"):
            deque((store.add(reading(more)) for more in texts), maxlen=0)
    with Store.open(path) as store:
        assert list(store.verify()) == []
        assert store.add(reading(TEXT + " After.")).outcome == "added"


def test_threads_share_one_store(store: Store) -> None:
    failures: list[BaseException] = []

    def work(thread: int) -> None:
        try:
            for n in range(5):
                store.add(reading(f"{TEXT} {thread} {n}"))
                store.search(StatementQuery(text="port"))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert store.count_articles() == 40


def test_a_store_of_a_newer_sayso_is_not_touched(target: str, raw: Raw) -> None:
    Store.open(target).close()
    raw("INSERT INTO sayso_migrations VALUES ('9999 from the future', '2030-01-01', '9.0')")
    for readonly in (False, True):
        with pytest.raises(SchemaTooNew, match=r"'9999 from the future'.*upgrade sayso"):
            Store.open(target, readonly=readonly)


def test_an_older_store_is_upgraded_in_one_go_or_not_at_all(
    target: str, raw: Raw, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(target) as store:
        store.add(reading())
    add_column = Migration(
        "9998 mood", lambda c: c.execute(text("ALTER TABLE statements ADD COLUMN mood TEXT")) and None
    )
    broken = Migration("9999 broken", lambda c: c.execute(text("ALTER TABLE nothing ADD COLUMN mood TEXT")) and None)
    monkeypatch.setattr("sayso.store.migrations.MIGRATIONS", (*MIGRATIONS, add_column, broken))
    with pytest.raises(StoreError, match="nothing"):
        Store.open(target)
    assert len(raw("SELECT name FROM sayso_migrations")) == len(MIGRATIONS)
    monkeypatch.setattr("sayso.store.migrations.MIGRATIONS", (*MIGRATIONS, add_column))
    with pytest.raises(StoreError, match="is of an older sayso; open it once without readonly"):
        Store.open(target, readonly=True)
    with Store.open(target) as store:
        assert store.reading(reading().article.id) == reading()
    ran = raw("SELECT name, ran_at FROM sayso_migrations ORDER BY name")
    assert [row.name for row in ran] == [*(migration.name for migration in MIGRATIONS), "9998 mood"]
    assert raw("SELECT mood FROM statements") == [(None,), (None,)]


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_a_forked_child_does_not_use_its_parents_connections(path: Path) -> None:
    with Store.open(path) as store:
        assert store.count_articles() == 1
        child = os.fork()
        if child == 0:
            status = 1
            try:
                status = 0 if store.add(reading(TEXT + " Child.")).outcome == "added" else 1
            finally:
                os._exit(status)
        assert os.waitpid(child, 0)[1] == 0
        assert store.count_articles() == 2
        assert list(store.verify()) == []
