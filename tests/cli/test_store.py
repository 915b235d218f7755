"""The verbs over a store: add, list, show, search, verify."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.record import Article, Reading

from .conftest import NEWS, Run
from .fake import FakeReader
from .test_entry import in_terminal

Process = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles that can be read and one that cannot."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "lease.txt").write_text(NEWS, encoding="utf-8")
    (folder / "rain.txt").write_text("Ana Roe said that it rained.", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


@pytest.fixture
def filled(sayso: Run, folder: Path) -> Path:
    (folder / "empty.txt").unlink()
    assert sayso("add", folder).code == 0
    return folder


def test_a_fault_of_the_reader_costs_one_article_and_not_the_rest(
    sayso: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = FakeReader()
    read = reader.read

    def faulty(article: Article) -> Reading:
        if "trips" in article.text:
            raise IndexError("list index out of range")
        return read(article)

    monkeypatch.setattr(reader, "read", faulty)
    monkeypatch.setattr("sayso.cli.session.get_reader", lambda: reader)
    (folder / "0-trips.txt").write_text("Ann said that it trips over itself.", encoding="utf-8")
    result = sayso("add", str(folder), "--json")
    assert result.code == 1
    added = json.loads(result.out)
    assert added["failed"] >= 1
    assert added["added"] >= 1
    assert "please report it" in next(a["error"] for a in added["articles"] if a["target"].endswith("0-trips.txt"))


def test_a_bad_file_is_reported_and_does_not_stop_the_rest(sayso: Run, folder: Path) -> None:
    ran = sayso("add", folder, folder / "nothing.txt")
    assert ran.code == 1
    assert ran.out.startswith("2 added, 2 failed, in ")
    assert [line.split(":")[0] for line in ran.err.splitlines()] == ["failed", "added", "added", "failed"]


def test_adding_twice_changes_nothing(sayso: Run, filled: Path) -> None:
    ran = sayso("add", filled)
    assert ran.code == 0
    assert ran.out.startswith("2 unchanged, in ")


def test_the_summary_as_json_counts_and_names_every_target(sayso: Run, folder: Path, tmp_path: Path) -> None:
    ran = sayso("add", folder, "--json", "--store", tmp_path / "other.db")
    summary = json.loads(ran.out)
    assert (summary["added"], summary["failed"], summary["unchanged"]) == (2, 1, 0)
    assert summary["store"] == str(tmp_path / "other.db")
    assert {a["outcome"] for a in summary["articles"]} == {"added", "failed"}


def test_a_terminal_gets_a_bar_and_only_the_failures(folder: Path) -> None:
    shown = in_terminal("add", folder)
    assert "3/3" in shown
    assert "failed: " in shown
    assert "added: " not in shown
    assert "2 added, 1 failed" in shown


def test_the_list_is_a_line_an_article_for_other_programs(sayso: Run, filled: Path) -> None:
    rows = [line.split("\t") for line in sayso("list").out.splitlines()]
    assert sorted(row[3] for row in rows) == ["1", "4"]
    assert all(len(row) == 5 and len(row[0]) == 10 for row in rows)
    assert len(sayso("list", "--limit", "1").out.splitlines()) == 1


def test_the_list_in_a_terminal_fits_it(filled: Path) -> None:
    shown = in_terminal("list", env={"COLUMNS": "60"})
    assert "4 statements" in shown


def test_show_takes_the_first_digits_and_gives_the_record_that_was_read(sayso: Run, filled: Path) -> None:
    ids = [line.split("\t")[0] for line in sayso("list").out.splitlines()]
    for short in ids:
        stored = Reading.from_json(sayso("show", short, "--json").out)
        assert stored.article.id.startswith(short)
        assert "_said_" in sayso("show", short).out
    ran = sayso("show", "ffffffffff")
    assert (ran.code, ran.err.count("\n")) == (5, 1)


def test_search_finds_by_words_force_and_speaker(sayso: Run, filled: Path) -> None:
    def found(*arguments: str) -> list[str]:
        return [line.split("\t")[5] for line in sayso("search", *arguments).out.splitlines()]

    assert found("lease") == ["Osip Lenart"]
    assert found("--force", "denies") == ["Mirela Dorran"]
    assert found("--speaker", "Sorel") == ["Davit Sorel"]
    assert found("lease", "--force", "denies") == []


@pytest.mark.parametrize("option", ["--since", "--until"])
@pytest.mark.parametrize("date", ["2023", "2023-09", "2023-09-XX", "202X", "2023-09?", "2023-09-01/..", "20230913"])
def test_a_search_takes_every_date_the_store_takes(sayso: Run, filled: Path, option: str, date: str) -> None:
    assert sayso("search", "lease", option, date).code == 0


@pytest.mark.parametrize("date", ["yesterday", "2023-13", "2023-02-30", "2023-09-13Tnoon", ""])
def test_a_search_names_the_option_with_what_is_no_date(sayso: Run, filled: Path, date: str) -> None:
    ran = sayso("search", "--until", date)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "--until" in ran.err


def test_a_hit_shows_the_words_around_with_the_cue_told_apart(sayso: Run, filled: Path) -> None:
    line = sayso("search", "lease").out
    assert "*Osip Lenart* _said_ [that the lease was public]. Mirela Dorran" in line
    shown = in_terminal("search", "lease")
    assert "\x1b[3;4msaid\x1b[0m" in shown
    assert "1 statement" in shown


def test_hits_as_json_hold_the_statement(sayso: Run, filled: Path) -> None:
    (hit,) = json.loads(sayso("search", "lease", "--json").out)
    assert hit["statement"]["cue"]["text"] == "said"
    assert hit["speakers"] == ["Osip Lenart"]


def test_verify_proves_a_sound_store(sayso: Run, filled: Path) -> None:
    ran = sayso("verify")
    assert ran.code == 0
    assert ran.out == "2 articles checked: every span is a slice of its article\n"
    assert json.loads(sayso("verify", "--json").out) == {"articles": 2, "problems": []}
    assert sayso("verify", "--quiet").out == ""


def test_verify_finds_a_text_that_was_changed(sayso: Run, filled: Path, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "store.db") as database:
        database.execute("UPDATE articles SET text = replace(text, 'lease', 'lemon')")
    database.close()
    ran = sayso("verify")
    assert ran.code == 1
    assert all(len(line.split("\t")) == 3 for line in ran.out.splitlines())
    assert ran.out
    assert "wrong" in ran.err


@pytest.mark.parametrize("verb", [["list"], ["search", "x"], ["show", "abcdef"], ["verify"]])
def test_without_a_store_there_is_one_clear_line_and_none_is_made(sayso: Run, tmp_path: Path, verb: list[str]) -> None:
    ran = sayso(*verb)
    assert ran.code == 5
    assert "sayso add" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_read_only_store_can_be_read_and_says_that_it_cannot_be_written(
    sayso: Run, filled: Path, tmp_path: Path
) -> None:
    store = tmp_path / "locked" / "store.db"
    store.parent.mkdir()
    (tmp_path / "store.db").rename(store)
    store.chmod(0o444)
    store.parent.chmod(0o555)
    try:
        assert sayso("list", "--store", store).code == 0
        from os import geteuid

        if geteuid() != 0:  # root may write everywhere
            ran = sayso("add", filled, "--store", store)
            assert (ran.code, ran.err.count("\n")) == (5, 1)
    finally:
        store.parent.chmod(0o755)
        store.chmod(0o644)


def test_a_file_that_is_no_store_is_one_clear_line(sayso: Run, news: Path) -> None:
    for verb in ("list", "verify"):
        ran = sayso(verb, "--store", news)
        assert ran.code == 5
        assert ran.err.startswith("sayso: error: ")
        assert ran.err.count("\n") == 1
