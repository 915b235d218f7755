"""``sayso knowledge``: what is known under a name, and rows of the user's own that are checked, win and go again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sayso import actors
from sayso.cli import knowledge
from sayso.knowledge import offices, organisations, regions
from sayso.settings import default_settings
from sayso.upkeep.tables import forget, own_rows

from .conftest import Run

OFFICE = ("Osip Lenart", "Josip Lenart|=Lenart", "m", "NOR", "minister", "harbour minister", "2031-02", "", "own notes")
PARTY = ("Harbour Party", "Harbourists", "HBP", "party", "NOR", "PTY", "2019", "", "own notes")
REGION = ("Port Halden", "", "Haldener", "NOR", "city", "own notes")


@pytest.fixture(autouse=True)
def own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A folder of the user's own tables, not there yet."""
    folder = tmp_path / "names"
    monkeypatch.setenv("SAYSO_KNOWLEDGE", str(folder))
    default_settings.cache_clear()
    forget()
    yield folder
    monkeypatch.undo()
    default_settings.cache_clear()
    forget()


def table(path: Path, columns: tuple[str, ...], *rows: tuple[str, ...], separator: str = "\t") -> Path:
    path.write_text("".join(separator.join(cells) + "\n" for cells in (columns, *rows)), encoding="utf-8")
    return path


@pytest.fixture
def ministers(tmp_path: Path) -> Path:
    return table(tmp_path / "mine.tsv", offices.COLUMNS, OFFICE)


def with_cells(**changed: str) -> tuple[str, ...]:
    return tuple({**dict(zip(offices.COLUMNS, OFFICE, strict=True)), **changed}.values())


@pytest.mark.parametrize("verb", knowledge.VERBS)
def test_without_rows_of_ones_own_nothing_is_written(sayso: Run, own: Path, verb: str) -> None:
    sayso("knowledge", verb, *(["Macron"] if verb in {"show", "add", "remove"} else []))
    assert not own.exists()


def test_what_was_added_is_known_and_is_gone_when_it_is_removed(sayso: Run, own: Path, ministers: Path) -> None:
    assert actors.resolve("Osip Lenart", "2031-03") == actors.Identity("person", "Osip Lenart")
    assert sayso("knowledge", "add", ministers).out == f"1 added, in {own / 'offices.tsv'}\n"
    found = actors.resolve("Lenart", "2031-03")
    assert found is not None
    assert (found.name, found.country, found.roles) == ("Osip Lenart", "NOR", ("GOV",))
    assert found.office == "harbour minister"
    ran = sayso("knowledge", "remove", ministers)
    assert ran.code == 0
    assert ran.out.startswith("removed\toffices.tsv:2\tOsip Lenart")
    assert not (own / "offices.tsv").exists()
    assert actors.resolve("Lenart", "2031-03") is None or actors.resolve("Lenart", "2031-03") != found


def test_adding_again_replaces_what_is_about_the_same_thing(sayso: Run, tmp_path: Path, ministers: Path) -> None:
    sayso("knowledge", "add", ministers)
    assert json.loads(sayso("knowledge", "add", ministers, "--json").out)["unchanged"] == 1
    ended = table(tmp_path / "ended.tsv", offices.COLUMNS, with_cells(until="2032-01"), with_cells(body="SWE"))
    done = json.loads(sayso("knowledge", "add", ended, "--json").out)
    assert (done["table"], done["added"], done["replaced"], done["unchanged"]) == ("offices.tsv", 1, 1, 0)
    kept = [(row.cells["body"], row.cells["until"]) for row in own_rows("offices.tsv")]
    assert kept == [("NOR", "2032-01"), ("SWE", "")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_may_stand_in_any_order_with_any_separator(sayso: Run, tmp_path: Path, separator: str) -> None:
    columns, row = organisations.COLUMNS[::-1], PARTY[::-1]
    file = table(tmp_path / "parties.csv", columns, row, separator=separator)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))  # as spreadsheets save it
    ran = sayso("knowledge", "add", file)
    assert (ran.code, ran.err) == (0, "")
    found = actors.resolve("the Harbourists")
    assert found is not None
    assert (found.name, found.country, found.roles) == ("Harbour Party", "NOR", ("PTY",))


def test_an_organisation_of_ones_own_wins_over_the_one_shipped(sayso: Run, tmp_path: Path) -> None:
    shipped = actors.resolve("Hamas")
    assert shipped is not None
    assert shipped.roles[:1] != ("NGO",)
    row = ("Hamas", "", "", "ngo", "PSE", "NGO", "", "", "own view")
    sayso("knowledge", "add", table(tmp_path / "o.tsv", organisations.COLUMNS, row))
    found = actors.resolve("Hamas")
    assert found is not None
    assert found.roles == ("NGO",)


def test_a_holder_of_ones_own_wins_over_the_one_shipped(sayso: Run, tmp_path: Path) -> None:
    row = with_cells(body="FRA", post="head of state", titles="president", **{"from": "2024-01"})
    sayso("knowledge", "add", table(tmp_path / "m.tsv", offices.COLUMNS, row))
    found = actors.resolve("the French president", "2024-06")
    assert found is not None
    assert found.name == "Osip Lenart"
    before = actors.resolve("the French president", "2023-06")
    assert before is not None
    assert before.name == "Emmanuel Macron"


def test_a_term_of_ones_own_takes_the_place_of_the_one_shipped(sayso: Run, tmp_path: Path) -> None:
    shipped = {"holder": "Olaf Scholz", "aliases": "", "body": "DEU", "post": "head of government"}
    row = with_cells(**shipped, titles="chancellor", **{"from": "2021-12", "until": "2023-01"})
    sayso("knowledge", "add", table(tmp_path / "m.tsv", offices.COLUMNS, row))
    found = actors.resolve("Scholz", "2024-06")
    assert found is not None
    assert (found.name, found.roles, found.office) == ("Olaf Scholz", ("ELI",), None)


def test_a_region_of_ones_own_is_known(sayso: Run, tmp_path: Path) -> None:
    assert sayso("knowledge", "add", table(tmp_path / "r.tsv", regions.COLUMNS, REGION)).code == 0
    found = actors.resolve("Port Halden officials")
    assert found is not None
    assert found.country == "NOR"


def test_spaces_and_empty_items_are_put_right(sayso: Run, tmp_path: Path) -> None:
    file = tmp_path / "o.csv"
    row = '" Harbour\u00a0 Party ","| Harbourists |",HBP,party,NOR,PTY,2019,,"own\nnotes"'
    file.write_text(f"{','.join(organisations.COLUMNS)}\n{row}\n", encoding="utf-8")
    assert sayso("knowledge", "add", file).code == 0
    [found] = own_rows("organisations.tsv")
    kept = tuple(found.cells[column] for column in ("name", "aliases", "source"))
    assert kept == ("Harbour Party", "Harbourists", "own notes")


@pytest.mark.parametrize(
    ("changed", "column", "advice"),
    [
        ({"holder": ""}, "holder", "fill it in"),
        ({"gender": "male"}, "gender", "write f, m or nothing"),
        ({"body": "Norway"}, "body", "write NOR"),
        ({"body": "NWY"}, "body", "alpha-3"),
        ({"post": "forein minister"}, "post", "did you mean 'foreign minister'?"),
        ({"post": "xyz"}, "post", "it is one of head of state"),
        ({"from": "2031-13"}, "from", "write it 2019, 2019-07 or 2019-07-24"),
        ({"until": "soon"}, "until", "write it 2019"),
        ({"until": "2030"}, "until", "put the two right"),
        ({"source": ""}, "source", "say where you have it from"),
    ],
)
def test_a_wrong_cell_is_refused_with_line_column_and_what_to_do(
    sayso: Run, own: Path, tmp_path: Path, changed: dict[str, str], column: str, advice: str
) -> None:
    file = table(tmp_path / "mine.tsv", offices.COLUMNS, OFFICE, with_cells(**{"body": "SWE", **changed}))
    ran = sayso("knowledge", "add", file)
    assert ran.code == 3
    assert f"mine.tsv line 3, column {column}: " in ran.err
    assert advice in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not own.exists()


@pytest.mark.parametrize(
    ("cells", "column", "advice"),
    [
        ({"kind": "gang"}, "kind", "armed group"),
        ({"country": "Norway"}, "country", "write NOR"),
        ({"codes": "PTY|FOO"}, "codes", "it is one of GOV"),
        ({"codes": ""}, "codes", "fill it in"),
        ({"from": "2019-05"}, "from", "write it 2014"),
    ],
)
def test_a_wrong_organisation_is_refused(
    sayso: Run, tmp_path: Path, cells: dict[str, str], column: str, advice: str
) -> None:
    row = {**dict(zip(organisations.COLUMNS, PARTY, strict=True)), **cells}
    ran = sayso("knowledge", "add", table(tmp_path / "p.tsv", organisations.COLUMNS, tuple(row.values())))
    assert ran.code == 3
    assert f"line 2, column {column}: " in ran.err
    assert advice in ran.err


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        (b"a,b\n1,2\n", 3, "line 1: it names the columns of no table"),
        (b"", 3, "line 1: it names the columns of no table"),
        ("\t".join(offices.COLUMNS[:-1]).encode(), 3, "no column source"),
        ("\t".join(offices.COLUMNS).encode(), 3, "it has no rows"),
        ("\t".join(offices.COLUMNS).encode() + b"\na\tb\n", 3, "line 2: 2 cells, not 9"),
        ("\t".join([*offices.COLUMNS, "notes"]).encode(), 3, "a column 'notes' too many"),
        (b"PK\x03\x04\xff\xfe", 2, "save it as text or CSV in UTF-8"),
        (b"a\0b", 2, "save it as text or CSV in UTF-8"),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    sayso: Run, tmp_path: Path, content: bytes, code: int, message: str
) -> None:
    file = tmp_path / "mine.tsv"
    file.write_bytes(content)
    ran = sayso("knowledge", "add", file)
    assert (ran.code, message in ran.err) == (code, True), ran.err


def test_the_same_thing_twice_in_a_file_is_refused(sayso: Run, tmp_path: Path) -> None:
    ran = sayso("knowledge", "add", table(tmp_path / "m.tsv", offices.COLUMNS, OFFICE, with_cells(gender="")))
    assert ran.code == 3
    assert "are those of line 2" in ran.err


def test_what_is_not_there_is_said(sayso: Run, tmp_path: Path, ministers: Path) -> None:
    assert "there is no file" in sayso("knowledge", "add", tmp_path / "none.tsv").err
    assert "is a folder" in sayso("knowledge", "add", tmp_path).err
    assert "no file and no table" in sayso("knowledge", "remove", "nothing").err
    assert "no rows of your own" in sayso("knowledge", "remove", "offices.tsv").err
    assert "no row of" in sayso("knowledge", "remove", ministers).err
    sayso("knowledge", "add", ministers)
    ran = sayso("knowledge", "remove", "offices.tsv:9")
    assert (ran.code, "has no line 9" in ran.err) == (2, True)


def test_a_row_is_removed_by_its_place_and_a_table_by_its_name(sayso: Run, tmp_path: Path) -> None:
    sayso("knowledge", "add", table(tmp_path / "m.tsv", offices.COLUMNS, OFFICE, with_cells(body="SWE")))
    [gone] = json.loads(sayso("knowledge", "remove", "offices.tsv:2", "--json").out)
    assert (gone["own"], gone["cells"]["body"]) == (True, "NOR")
    assert [row.cells["body"] for row in own_rows("offices.tsv")] == ["SWE"]
    assert sayso("knowledge", "remove", "offices.tsv").code == 0
    assert own_rows("offices.tsv") == []


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written_is_said(sayso: Run, own: Path, ministers: Path) -> None:
    own.mkdir(mode=0o500)
    ran = sayso("knowledge", "add", ministers)
    assert (ran.code, "set SAYSO_KNOWLEDGE" in ran.err) == (5, True)


def test_a_file_in_place_of_the_folder_is_said(sayso: Run, own: Path, ministers: Path) -> None:
    own.write_text("not a folder")
    ran = sayso("knowledge", "add", ministers)
    assert (ran.code, "set SAYSO_KNOWLEDGE to another folder" in ran.err) == (5, True), ran.err


def test_show_prints_terms_in_order_with_the_row_they_are_from(sayso: Run, ministers: Path) -> None:
    lines = sayso("knowledge", "show", "Angela", "Merkel", "--date", "2010-05").out.splitlines()
    assert lines[0].startswith("Angela Merkel at 2010-05: Angela Merkel · chancellor · person · DEU · GOV")
    terms = [line.strip() for line in lines[2:] if "(offices.tsv:" in line]
    assert terms == sorted(terms)
    sayso("knowledge", "add", ministers)
    assert "(yours, offices.tsv:2; own notes)" in sayso("knowledge", "show", "Lenart").out


def shown(sayso: Run, *arguments: str) -> dict[str, Any]:
    ran = sayso("knowledge", "show", *arguments, "--json")
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_show_knows_all_kinds_of_name(sayso: Run) -> None:
    body = shown(sayso, "IAEA")
    assert body["organisations"][0]["cells"]["name"] == "International Atomic Energy Agency"
    assert body["resolved"]["roles"] == ["IGO"]
    country = shown(sayso, "Norway", "--date", "2023-09")
    assert country["countries"][0]["cells"]["alpha3"] == "NOR"
    assert "prime minister" in [row["cells"]["titles"].split("|")[0] for row in country["in_office"]]
    title = shown(sayso, "the prime minister of Norway", "--date", "2010-05")
    assert {row["cells"]["holder"] for row in title["terms"]} == {title["resolved"]["name"]} == {"Jens Stoltenberg"}
    assert shown(sayso, "Yle")["outlets"][0]["cells"]["country"] == "FIN"
    assert shown(sayso, "foreign minister")["posts"] == ["foreign minister"]
    assert shown(sayso, "rebels")["roles"] == ["REB"]
    assert shown(sayso, "Rotterdam")["city_of"] == "NLD"


def test_show_says_when_nothing_is_known_and_what_is_no_date(sayso: Run) -> None:
    ran = sayso("knowledge", "show", "qwrtp zxcv")
    assert (ran.code, ran.out) == (1, "qwrtp zxcv: no actor that is known\n")
    ran = sayso("knowledge", "show", "Macron", "--date", "then")
    assert (ran.code, "write it 2023, 2023-09 or 2023-09-13" in ran.err) == (2, True)


def test_list_counts_shipped_and_own_rows(sayso: Run, own: Path, ministers: Path) -> None:
    sayso("knowledge", "add", ministers)
    rows = {row["table"]: row for row in json.loads(sayso("knowledge", "list", "--json").out)}
    assert rows["offices.tsv"]["own"] == 1
    assert rows["offices.tsv"]["file"] == str(own / "offices.tsv")
    assert (rows["roles.tsv"]["own"], rows["roles.tsv"]["file"]) == (0, None)
    assert [line.split("\t")[0] for line in sayso("knowledge", "list").out.splitlines()] == sorted(rows)


def test_check_finds_what_was_broken_by_hand(sayso: Run, own: Path, ministers: Path) -> None:
    sayso("knowledge", "add", ministers)
    assert "offices.tsv (yours): 1 rows, ok\n" in sayso("knowledge", "check").out
    file = own / "offices.tsv"
    file.write_text(file.read_text().replace("2031-02", "2O31"))
    ran = sayso("knowledge", "check")
    assert ran.code == 1
    assert f"{file} line 2, column from: '2O31' is no date; write it 2019" in ran.out
    file.write_text("holder\n")
    assert "mend the first line" in sayso("knowledge", "check").out


REIGN = """stateabb,ccode,leadid,leader,sdate,smonth,syear,emonth,eyear
USA,2,a,Truman,12,4,1945,1,1953
USA,2,b,Obama,20,1,2009,1,2017
RUS,365,c,Eltsin (2nd time),1,8,1996,12,1999
UKG,200,d,Nobody Atall,1,1,2001,,
,,,,,,,,
"""
COUNTRIES = [
    {"name": {"common": "Norway"}, "cca3": "NOR", "unMember": True, "capital": ["Oslo"],
     "demonyms": {"eng": {"f": "Norwegian", "m": "Norwegian"}}},
    {"name": {"common": "Lomeria"}, "cca3": "LOM", "unMember": True, "capital": [],
     "demonyms": {"eng": {"f": "Lomerian", "m": "Lomerian"}}},
    {"name": {"common": "Aruba"}, "cca3": "ABW", "unMember": False},
]  # fmt: skip


def test_check_says_how_much_of_other_lists_is_known(sayso: Run, tmp_path: Path) -> None:
    (tmp_path / "leaderlist_3_21.csv").write_bytes(REIGN.encode() + "XXX,1,e,Andr\xe9,,,1950,,1960".encode("latin-1"))
    (tmp_path / "countries.json").write_text(json.dumps(COUNTRIES))
    ran = sayso("knowledge", "check", tmp_path, "--missing")
    assert "leaders since 1990: 2 of 3 known (66.7%)\nmissing\tleaders since 1990\tGBR Nobody Atall 2001-01/" in ran.out
    assert "missing\tcountries\tLOM Lomeria" in ran.out
    found = {each["what"]: each for each in json.loads(sayso("knowledge", "check", tmp_path, "--json").out)["coverage"]}
    assert (found["countries"]["known"], found["countries"]["total"]) == (1, 2)
    assert (found["demonyms"]["known"], found["capitals"]["known"]) == (1, 1)
    assert "missing" not in found["capitals"]


def test_check_refuses_lists_that_are_none(sayso: Run, tmp_path: Path) -> None:
    ran = sayso("knowledge", "check", tmp_path)
    assert (ran.code, "holds neither" in ran.err) == (2, True)
    (tmp_path / "countries.json").write_text("[1]")
    assert sayso("knowledge", "check", tmp_path).code == 3
    (tmp_path / "leaderlist_3_21.csv").write_text("a,b\n")
    assert "lacks one of the columns" in sayso("knowledge", "check", tmp_path).err
