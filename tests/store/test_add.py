"""Adding: nothing twice, nothing overwritten, nothing lost, nothing half-written."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from sayso.errors import NotInStore, RecordError
from sayso.record import Article, ReaderInfo, Reading
from sayso.store import AddResult, StatementQuery, Store

from .build import TEXT, reading, readings
from .conftest import Raw

URL = "https://paper.example/lease"
NEWER = ReaderInfo(name="sayso", version="2", model="small")


def test_a_reading_comes_back_as_it_went_in(store: Store) -> None:
    kept = reading(url=URL, outlet="Paper", published="2024-03-15", captions=("A port.",), found={"title": "og:title"})
    result = store.add(kept)
    assert result == AddResult(kept.article.id, "added", 1)
    assert store.reading(result.article_id) == kept
    assert store.counts() == {
        "articles": 1,
        "addresses": 1,
        "readings": 1,
        "statements": 2,
        "actors": 2,
        "spans": 11,
        "outlets": 1,
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=readings())
def test_any_valid_reading_comes_back_and_verifies(store: Store, kept: Reading) -> None:
    for row in store.articles(limit=1000):
        store.remove(row.id)
    store.add(kept)
    assert store.reading(kept.article.id) == kept
    assert list(store.verify()) == []
    found = store.search(StatementQuery(limit=1000))
    assert sorted(h.statement.id for h in found) == sorted(s.id for s in kept.statements)
    for hit in found:
        assert hit.before + hit.passage + hit.after in kept.article.text
    store.remove(kept.article.id)
    assert set(store.counts().values()) == {0}
    assert list(store.verify()) == []


def test_adding_twice_changes_nothing(store: Store, raw: Raw) -> None:
    store.add(reading(url=URL))
    before = raw("SELECT * FROM articles"), raw("SELECT * FROM readings"), store.counts()
    assert store.add(reading(url=URL)).outcome == "unchanged"
    assert (raw("SELECT * FROM articles"), raw("SELECT * FROM readings"), store.counts()) == before


def test_another_reader_version_reads_again_and_the_old_reading_stays(store: Store, raw: Raw) -> None:
    store.add(reading(url=URL))
    again = reading(url=URL, title="Found by the newer", reader=NEWER)
    assert store.add(again).outcome == "read again"
    assert store.reading(again.article.id) == again
    assert store.articles()[0].title == "Found by the newer"
    assert store.count_articles(text="newer") == 1
    assert len(raw("SELECT 1 FROM readings")) == 2
    assert len(store.search(StatementQuery())) == 2, "only the current reading is searched"
    assert store.known(again.article.id, "1", "small")
    assert store.known(again.article.id, "2", "small")
    assert not store.known(again.article.id, "2", "large")
    assert not store.known("0" * 64, "1", "small")
    assert store.add(reading(url=URL)).outcome == "unchanged"
    assert store.reading(again.article.id).reader == NEWER
    assert list(store.verify()) == []


def test_unsigned_readings_are_told_apart_by_what_they_found(store: Store) -> None:
    one = reading(reader=None)
    assert store.add(one).outcome == "added"
    assert store.add(one).outcome == "unchanged"
    other = one.model_copy(update={"events": ()})
    assert store.add(other).outcome == "read again"
    assert store.reading(one.article.id) == other


def test_a_changed_article_is_a_new_version_and_the_old_stays(store: Store) -> None:
    first, second = reading(url=URL), reading(TEXT + " It was corrected.", url=URL)
    one, two = store.add(first), store.add(second)
    assert (two.outcome, two.version) == ("new version", 2)
    assert store.reading(one.article_id) == first
    assert store.reading(two.article_id).article.version == 2
    assert [(row.id, row.version, row.latest) for row in store.versions(one.article_id)] == [
        (one.article_id, 1, False),
        (two.article_id, 2, True),
    ]
    assert store.versions(two.article_id) == store.versions(one.article_id)
    assert [address.supersedes for address in store.addresses(two.article_id)] == [one.article_id]
    assert store.add(first).outcome == store.add(second).outcome == "unchanged", "a folder added twice changes nothing"
    assert len(store.search(StatementQuery())) == 4
    assert {hit.version for hit in store.search(StatementQuery(latest_only=True))} == {2}
    assert list(store.verify()) == []


def test_removing_a_version_links_the_next_to_the_one_before(store: Store) -> None:
    ids = [store.add(reading(TEXT + " More." * n, url=URL)).article_id for n in range(3)]
    store.remove(ids[1][:12])
    assert [(row.id, row.version) for row in store.versions(ids[0])] == [(ids[0], 1), (ids[2], 3)]
    assert store.addresses(ids[2])[0].supersedes == ids[0]
    with pytest.raises(NotInStore):
        store.reading(ids[1])
    with pytest.raises(NotInStore):
        store.remove(ids[1])
    assert list(store.verify()) == []


def test_a_reprint_is_one_text_with_two_addresses(store: Store) -> None:
    store.add(reading(url=URL, outlet="Paper", title="Ours"))
    elsewhere = reading(url="https://courier.example/1", outlet="Courier", title="Theirs")
    result = store.add(elsewhere)
    assert (result.outcome, result.version, result.reprint) == ("added", 1, True)
    assert store.add(elsewhere).outcome == "unchanged"
    assert store.count_articles() == store.count_articles(outlet="courier") == 1
    assert [(a.outlet, a.title) for a in store.addresses(result.article_id)] == [
        ("Paper", "Ours"),
        ("Courier", "Theirs"),
    ]
    assert store.articles()[0].addresses == 2
    assert len(store.search(StatementQuery(outlet="COURIER"))) == 2


def test_a_known_text_at_a_new_address_is_noted_without_a_reading(store: Store) -> None:
    kept = reading(url=URL)
    with pytest.raises(NotInStore):
        store.add_address(kept.article)
    store.add(kept)
    assert store.add_address(kept.article).outcome == "unchanged"
    there = Article(text=TEXT, outlet="Courier", title="Without URL")
    assert store.add_address(there).reprint
    assert [a.outlet for a in store.addresses(kept.article.id)] == [None, "Courier"]


def test_a_text_with_other_white_space_is_the_same_article_and_its_spans_still_slice(store: Store) -> None:
    spaced = TEXT.replace(" ", "  ", 2)
    one = store.add(reading(url=URL))
    assert store.add(reading(spaced, url=URL)).outcome == "unchanged"
    again = reading(spaced, url=URL, reader=NEWER)
    assert store.add(again) == AddResult(one.article_id, "read again", 1)
    assert store.reading(one.article_id) == again
    assert list(store.verify()) == []
    (hit,) = store.search(StatementQuery(force="denies"))
    assert hit.passage == "that Orvania had leased the port"


def test_a_text_that_no_database_keeps_is_refused_with_its_place(store: Store) -> None:
    with pytest.raises(RecordError, match=r"article\.text holds a NUL character at 1; remove it"):
        store.add(Reading(article=Article(text="a\0b")))
    half = Article.model_construct(text="a\ud800", id="0" * 64, found={})
    with pytest.raises(RecordError, match=r"article\.text holds half a character at 1"):
        store.add(Reading.model_construct(article=half))
    with pytest.raises(RecordError, match=r"not the SHA-256 of its text"):
        store.add(Reading(article=Article(id="gold-1", text="a")))
    assert store.count_articles() == 0


_together: Any = None


def _wait_for(barrier: Any) -> None:
    global _together
    _together = barrier


def _add_one(target: str) -> str:
    _together.wait(120)
    with Store.open(target) as store:
        return store.add(reading(url=URL)).outcome


def test_twenty_processes_add_the_same_article_once(target: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(20, _wait_for, (spawn.Barrier(20),)) as pool:
        outcomes = pool.map(_add_one, [target] * 20, chunksize=1)
    assert sorted(outcomes) == ["added"] + ["unchanged"] * 19
    with Store.open(target) as store:
        assert store.counts()["readings"] == 1
        assert list(store.verify()) == []


def test_a_killed_process_leaves_whole_articles_only(target: str, tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[2])\n"
        "from build import TEXT, reading\n"
        "from sayso.store import Store\n"
        "store = Store.open(sys.argv[1])\n"
        "for n in range(100000):\n"
        "    store.add(reading(f'{TEXT} {n}'))\n"
        "    print(n, flush=True)\n"
    )
    for _ in range(3):
        command = [sys.executable, "-c", script, target, str(Path(__file__).parent)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for _ in range(7):
                child.stdout.readline()
            os.kill(child.pid, signal.SIGKILL)
    with Store.open(target) as store:
        assert store.count_articles() >= 7
        assert list(store.verify()) == []
        assert store.counts()["statements"] == 2 * store.count_articles()
        assert store.add(reading("Added after. " + TEXT)).outcome == "added"
