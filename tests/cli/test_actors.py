"""Who appears over all articles, one of them whole, and what a person decides about it, on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sayso.sources import wikidata
from sayso.store import Store

from ..store.people import Who, article
from .conftest import Run
from .test_entry import in_terminal


@pytest.fixture
def ids(tmp_path: Path) -> list[str]:
    """A store of three articles; gives their ids."""
    regent = Who(
        "Osip Lenart",
        country="ORV",
        roles=("GOV",),
        office="regent",
        words=("Osip Lenart", "Lenart", "the strongman"),
        force="denies",
    )
    officials = Who("officials", "group", named=False)
    kept = [
        article(regent, Who("Meridian Wire", "media"), officials, more="One. "),
        article("Lenart", "Mirela Dorran", more="Two. "),
        article("Lenart", "Ana Roe", outlet="Herald", more="Three. "),
    ]
    with Store.open(tmp_path / "store.db") as store:
        return [store.add(reading).article_id for reading in kept]


def names(out: str) -> list[str]:
    return [line.split("\t")[1] for line in out.splitlines()]


def test_the_list_is_a_line_an_actor_for_other_programs(sayso: Run, ids: list[str]) -> None:
    first = sayso("actors").out.splitlines()[0].split("\t")
    assert first[1:] == ["Osip Lenart", "person", "ORV", "2", "2", "regent", ""]
    assert names(sayso("actors", "--country", "orv", "--role", "gov").out) == ["Osip Lenart"]
    assert names(sayso("actors", "--kind", "media").out) == ["Meridian Wire"]
    assert names(sayso("actors", "--outlet", "herald").out) == ["Ana Roe", "Lenart"]
    assert names(sayso("actors", "--unnamed").out) == ["officials"]
    assert len(sayso("actors", "--limit", "2").out.splitlines()) == 2


def test_the_list_as_json_has_every_key(sayso: Run, ids: list[str]) -> None:
    rows: list[dict[str, Any]] = json.loads(sayso("actors", "--json").out)
    keys = "id name kind country named roles offices articles statements called wikidata"
    assert all(list(row) == keys.split() for row in rows)
    assert rows[0]["called"][0] == {"words": "Lenart", "outlet": "Paper", "times": 2, "articles": 2}
    assert rows[0]["offices"] == [{"office": "regent", "first": "2023-09-06", "last": "2023-09-06", "articles": 1}]


def test_the_list_in_a_terminal_says_what_each_is_called_where(ids: list[str]) -> None:
    shown = in_terminal("actors", "--limit", "1", env={"COLUMNS": "90"})
    assert "called Lenart (Paper)" in shown
    assert "1 of 5 actors" in shown
    assert max(map(len, shown.splitlines())) < 130


def test_what_makes_no_sense_is_refused_in_one_line(sayso: Run, ids: list[str]) -> None:
    for wrong in (["--kind", "alien"], ["--country", "Orvania"], ["--limit", "5", "undo"]):
        ran = sayso("actors", *wrong)
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1), wrong
    assert "--limit stands before undo" in sayso("actors", "--limit", "5", "undo").err


def test_one_actor_is_shown_with_forces_epithets_and_articles(sayso: Run, ids: list[str]) -> None:
    shown = sayso("actor", "Osip Lenart").out
    for part in ("regent, 1 article, 2023-09-06", "2 statements in 2 articles", "1 ✗ denies", "the strongman (1)"):
        assert part in shown
    seen = json.loads(sayso("actor", "Osip Lenart", "--json").out)
    assert seen["forces"] == {"asserts": 1, "denies": 1}
    assert [each["words"] for each in seen["epithets"]] == ["the strongman"]
    assert {row["id"] for row in seen["appears_in"]} == set(ids[:2])
    assert len(seen["said"]) == 2


def test_nobody_so_called_gets_suggestions(sayso: Run, ids: list[str]) -> None:
    ran = sayso("actor", "Osip Lenhart")
    assert (ran.code, ran.out) == (5, "")
    assert "is called 'Osip Lenhart'; did you mean Osip Lenart" in ran.err
    ran = sayso("actor", "Lenart")
    assert (ran.code, "several are called 'Lenart'" in ran.err) == (2, True)


def test_a_merge_is_made_listed_and_undone(sayso: Run, ids: list[str]) -> None:
    ran = sayso("actors", "merge", "Osip Lenart", "Ana Roe", "--why", "a pen name", "--who", "ben")
    assert ran.out == "1: Ana Roe is Osip Lenart\n"
    assert "Ana Roe" not in names(sayso("actors").out)
    assert "decided by ben: a pen name" in sayso("actor", "Ana Roe").out
    assert sayso("actors", "undo").out == "1: Ana Roe is Osip Lenart: undone\n"
    assert "Ana Roe" in names(sayso("actors").out)
    line = sayso("actors", "decisions").out.strip().split("\t")
    assert (line[0], *line[2:5]) == ("1", "ben", "Ana Roe is Osip Lenart", "a pen name")
    assert json.loads(sayso("actors", "decisions", "--json").out)[0]["undone_at"]
    assert sayso("actors", "undo").code == 2


def test_a_split_takes_the_first_digits_of_an_article(sayso: Run, ids: list[str]) -> None:
    ran = sayso("actors", "split", "Osip Lenart", "--article", ids[1][:8])
    assert ran.out == f"1: Osip Lenart in {ids[1][:10]} is another\n"
    assert names(sayso("actors").out).count("Lenart") == 2
    assert sayso("verify", "--quiet").code == 0
    assert sayso("actors", "relink").out == "linked anew: the actors of 3 articles\n"


def test_a_file_links_to_wikidata(sayso: Run, ids: list[str], tmp_path: Path) -> None:
    file = tmp_path / "ids.tsv"
    file.write_text("name\tqid\tcountry\nOsip Lenart\tQ7\torv\nLenart\tQ8\nNobody\tQ9\n", encoding="utf-8")
    ran = sayso("actors", "link", file)
    assert ran.out == "1 linked, 1 several, 1 nobody\n"
    assert ran.err.splitlines() == ["several called Lenart", "nobody called Nobody"]
    assert names(sayso("actors").out)[0] == "Osip Lenart"
    assert sayso("actor", "Q7").out.startswith("Osip Lenart")
    file.write_text("Osip Lenart\t-\n", encoding="utf-8")
    assert sayso("actors", "link", file).out == "1 removed\n"
    for wrong in ("Osip Lenart", "Osip Lenart\tP31", "\tQ1"):
        file.write_text(wrong, encoding="utf-8")
        assert sayso("actors", "link", file).code == 2
    assert sayso("actors", "link", tmp_path / "none.tsv").code == 2
    assert "give a file, or --online" in sayso("actors", "link").err


def test_wikidata_is_asked_only_when_told_to(sayso: Run, ids: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def find(self: wikidata.Wikidata, name: str, kind: str, country: str | None = None) -> str | None:
        asked.append((name, kind, country))
        return "Q42" if name == "Ana Roe" else None

    monkeypatch.setattr(wikidata.Wikidata, "find", find)
    sayso("actors")
    assert asked == []
    ran = sayso("actors", "link", "--online", "--json")
    assert {each["outcome"] for each in json.loads(ran.out)} == {"linked", "nobody"}
    assert ("Osip Lenart", "person", "ORV") in asked
    assert json.loads(sayso("actor", "Ana Roe", "--json").out)["wikidata"] == "Q42"
    assert sayso("actors", "link", "--online").out != ""
    assert asked.count(("Ana Roe", "person", None)) == 1
