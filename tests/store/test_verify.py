"""Whatever is changed behind the store's back, `verify` tells it; what the store wrote itself is clean."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.store import Store

from .build import TEXT, reading
from .conftest import Raw

CLEAN = TEXT + " Untouched."


@pytest.fixture
def filled(store: Store) -> Store:
    store.add(reading(url="https://paper.example/1"))
    store.add(reading(CLEAN))
    return store


def kinds(store: Store, article_id: str | None) -> set[str]:
    problems = list(store.verify())
    assert {problem.article_id for problem in problems} <= {article_id}, "only what was changed is reported"
    return {problem.kind for problem in problems}


@pytest.mark.parametrize(
    ("tamper", "kind"),
    [
        ("UPDATE articles SET text = replace(text, 'denied', 'said!!') WHERE id = :id", "text"),
        ("UPDATE articles SET title = 'Another' WHERE id = :id", "index"),
        ("UPDATE spans SET text = 'denies' WHERE role = 'cue' AND reading_id = :reading", "span"),
        ('UPDATE spans SET start = start + 1, "end" = "end" + 1 WHERE reading_id = :reading', "span"),
        ("UPDATE spans SET start = -5 WHERE reading_id = :reading", "span"),
        ("DELETE FROM spans WHERE role = 'cue' AND reading_id = :reading", "span"),
        ("UPDATE statements SET force = 'asserts' WHERE reading_id = :reading", "statement"),
        ("UPDATE statements SET content = 'Orvania gave the port away' WHERE reading_id = :reading", "index"),
        ("UPDATE statements SET speakers = 'Nobody' WHERE reading_id = :reading", "statement"),
        ("UPDATE actors SET country = 'ORV' WHERE reading_id = :reading", "actor"),
        ("UPDATE readings SET record = replace(record, 'denies', 'asserts') WHERE id = :reading", "record"),
        ("UPDATE readings SET record = replace(record, 'denied', 'claims') WHERE id = :reading", "span"),
        ("UPDATE readings SET record = replace(record, 'outlet', 'letout') WHERE id = :reading", "record"),
        ("UPDATE readings SET record = 'no JSON' WHERE id = :reading", "record"),
        ("UPDATE readings SET record = '[]' WHERE id = :reading", "record"),
        ("UPDATE readings SET text = 'another' WHERE id = :reading", "text"),
        ("UPDATE readings SET current = (1 = 0) WHERE id = :reading", "reading"),
        ("UPDATE readings SET statement_count = 7 WHERE id = :reading", "reading"),
        ("UPDATE readings SET reader_version = '9' WHERE id = :reading", "reading"),
        ("DELETE FROM readings WHERE id = :reading", "reading"),
        ("DELETE FROM addresses WHERE article_id = :id", "address"),
        ("UPDATE addresses SET details = '{}' WHERE article_id = :id", "address"),
        ("UPDATE addresses SET details = '[]' WHERE article_id = :id", "address"),
        ("UPDATE addresses SET outlet = 'Another' WHERE article_id = :id", "address"),
        ("UPDATE articles SET published = '1999' WHERE id = :id", "address"),
    ],
)
def test_a_row_changed_by_hand_is_reported(filled: Store, raw: Raw, tamper: str, kind: str) -> None:
    assert kinds(filled, None) == set()
    tampered = reading().article.id
    (row,) = raw("SELECT id FROM readings WHERE article_id = :id", id=tampered)
    values = {"id": tampered, "reading": row.id}
    raw(tamper, **{name: value for name, value in values.items() if f":{name}" in tamper})
    assert kind in {problem.kind for problem in filled.verify()}


def test_only_the_article_that_was_changed_is_reported(filled: Store, raw: Raw) -> None:
    tampered = reading().article.id
    raw("UPDATE statements SET force = 'asserts' WHERE article_id = :id", id=tampered)
    assert kinds(filled, tampered) == {"statement"}


@pytest.mark.parametrize("readonly", [False, True])
def test_an_index_out_of_step_is_reported(filled: Store, target: str, raw: Raw, readonly: bool) -> None:
    if "://" in target:
        raw("UPDATE statement_index SET words = 'another'")
    else:
        old = raw("SELECT id, content, speakers FROM statements")[0]
        put = "INSERT INTO statement_index (statement_index, rowid, content, speakers) VALUES ('delete', :id, :c, :s)"
        raw(put, id=old.id, c=old.content, s=old.speakers)
    with Store.open(target, readonly=readonly) as store:
        assert {problem.kind for problem in store.verify()} == {"index"}


def test_an_index_of_other_words_is_reported(filled: Store, target: str, raw: Raw) -> None:
    if "://" in target:
        raw("UPDATE article_index SET words = 'another'")
    else:
        raw("INSERT INTO article_index (rowid, title, text) VALUES (1, 'more', 'words')")
    assert {problem.kind for problem in filled.verify()} == {"index"}


def test_an_index_entry_without_its_row_is_reported(filled: Store, target: str, raw: Raw) -> None:
    if "://" in target:
        pytest.skip("a foreign key of PostgreSQL does not allow it")
    raw("INSERT INTO statement_index (rowid, content, speakers) VALUES (999, 'a', 'b')")
    assert ("index", "the full-text index has statement 999, which is gone") in {
        (p.kind, p.detail) for p in filled.verify()
    }


def test_progress_counts_articles(filled: Store) -> None:
    seen: list[tuple[int, int]] = []
    assert list(filled.verify(progress=lambda done, total: seen.append((done, total)))) == []
    assert seen == [(1, 2), (2, 2)]


def test_more_articles_than_one_batch_are_all_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.store.verify._BATCH", 3)
    for n in range(7):
        store.add(reading(f"{TEXT} {n}"))
    seen: list[int] = []
    assert list(store.verify(progress=lambda done, total: seen.append(done))) == []
    assert seen == [1, 2, 3, 4, 5, 6, 7]


def test_an_article_removed_while_verifying_is_passed_over(filled: Store) -> None:
    removed: list[str] = []

    def remove(done: int, total: int) -> None:
        if done == 1:
            removed.append(reading(CLEAN).article.id)
            filled.remove(removed[0])

    watch: Callable[[int, int], None] = remove
    assert list(filled.verify(progress=watch)) == []
    assert removed
