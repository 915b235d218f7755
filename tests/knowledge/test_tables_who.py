"""The tables of who is who: columns, closed lists, dates in order, no row twice, each with its source."""

from __future__ import annotations

from importlib.resources import files

import pytest

from sayso.knowledge import given_names, homonyms, offices, organisations, pronouns, regions, tables
from sayso.knowledge.countries import countries
from sayso.knowledge.roles import CODES
from sayso.upkeep.checking import problems_of_table
from sayso.upkeep.tables import EXTENSIBLE, shipped_names, shipped_rows

# Each table with its columns and those that say which thing a row is about.
TABLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "offices.tsv": (offices.COLUMNS, ("holder", "body", "post", "from")),
    "organisations.tsv": (organisations.COLUMNS, ("name", "country")),
    "regions.tsv": (regions.COLUMNS, ("name", "country")),
    "given_names.tsv": (given_names.COLUMNS, ("name",)),
    "posts.tsv": (offices.POST_COLUMNS, ("post",)),
    "systems.tsv": (offices.SYSTEM_COLUMNS, ("country",)),
    "ambiguous.tsv": (homonyms.COLUMNS, ("phrase", "sense")),
    "pronouns.tsv": (pronouns.COLUMNS, ("word",)),
}
LISTS = {"aliases", "titles", "acronym", "codes", "demonyms", "words", "signs", "before", "after"}


def cells(name: str) -> list[dict[str, str]]:
    columns, _ = TABLES[name]
    return [dict(zip(columns, row, strict=True)) for row in tables.rows(name, columns)]


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_a_source_and_none_is_there_twice(name: str) -> None:
    _, key = TABLES[name]
    rows = cells(name)
    assert rows
    assert [row for row in rows if not row["source"]] == []
    keys = [tuple(row[column] for column in key) for row in rows]
    assert len(keys) == len(set(keys)), sorted({each for each in keys if keys.count(each) > 1})[:5]


@pytest.mark.parametrize("name", TABLES)
def test_cells_are_trimmed_and_lists_have_no_empty_items(name: str) -> None:
    for row in cells(name):
        for column, cell in row.items():
            assert cell == " ".join(cell.split()), row
            if column in LISTS:
                assert all(item and item == item.strip() for item in tables.listed(cell)), row


@pytest.mark.parametrize("name", EXTENSIBLE)
def test_the_check_that_users_run_finds_nothing_wrong(name: str) -> None:
    count, found = problems_of_table(name, own=False)
    assert count == len(shipped_rows(name))
    assert [str(problem) for problem in found] == []


def test_all_tables_are_checked() -> None:
    assert set(TABLES) <= set(shipped_names())


def test_terms_are_of_known_posts_and_bodies() -> None:
    bodies = {row["body"] for row in cells("offices.tsv")}
    states = {body for body in bodies if len(body) == 3 and body.isupper()}
    assert len(states & countries().keys()) >= 190
    assert {row["post"] for row in cells("offices.tsv")} <= offices.posts().keys()
    assert {row["gender"] for row in cells("offices.tsv")} <= {"f", "m", ""}


@pytest.mark.parametrize("country", sorted(set(countries()) - {"ESH", "PRI"}))
def test_every_country_has_a_leader_in_its_leading_post(country: str) -> None:
    if country in {"SMR", "GRL"}:
        pytest.skip("a state without a leader the news speaks of")
    assert offices.leader_post(country) in {"head of state", "head of government"}
    leading = [t for t in offices.terms() if t.body == country and t.post in {"head of state", "head of government"}]
    assert leading


@pytest.mark.parametrize(
    ("country", "title", "date", "holder"),
    [
        ("USA", "president", "2018-03", "Donald Trump"),
        ("GBR", "prime minister", "1995", "John Major"),
        ("DEU", "chancellor", "2010-05-01", "Angela Merkel"),
        ("RUS", "president", "2009", "Dmitry Medvedev"),
        ("FRA", "president", "2015", "François Hollande"),
        ("PRK", "leader", "2023-09-13", "Kim Jong Un"),
    ],
)
def test_the_holder_of_an_office_is_the_one_at_the_date(country: str, title: str, date: str, holder: str) -> None:
    assert [offices.folded(term.holder) for term in offices.holders(country, title, date)] == [offices.folded(holder)]


def test_posts_have_codes_and_words_in_small_letters() -> None:
    known = offices.posts()
    assert next(iter(known)) == "head of state"
    for post in known.values():
        assert set(post.codes) <= set(CODES)
        assert post.words
        assert all(word == word.lower() for word in post.words)
        assert len(post.words) == len(set(post.words)), post.name
    # Only posts in a body of any kind take the codes of that body.
    assert all(post.codes for post in known.values() if "organisation" not in post.name)


def test_systems_name_countries_and_a_leading_post() -> None:
    for row in cells("systems.tsv"):
        assert row["country"] in countries()
        assert row["leader"] in {"head of state", "head of government"}


def test_organisations_of_the_world_are_of_no_country() -> None:
    known = {body.acronyms[0]: body for body in organisations.organisations() if body.acronyms}
    assert {"IAEA", "NATO", "OPEC"} <= known.keys()
    assert {known[acronym].country for acronym in ("IAEA", "NATO", "OPEC")} == {""}
    assert all(body.codes for body in organisations.organisations())


def test_given_names_have_a_gender() -> None:
    rows = cells("given_names.tsv")
    assert {row["gender"] for row in rows} <= {"f", "m"}
    assert all(" " not in row["name"] for row in rows)


def test_regions_are_of_a_country_or_disputed() -> None:
    found = {code for region in regions.regions() for code in region.country.split("+") if code}
    assert found <= countries().keys()
    lies_in = {region.name: region.country for region in regions.regions()}
    assert (lies_in["Texas"], lies_in["Bavaria"]) == ("USA", "DEU")


def test_unusual_senses_have_a_sign_and_a_known_kind() -> None:
    for row in cells("ambiguous.tsv"):
        assert row["signs"] or row["before"] or row["after"], row
        assert row["kind"] in {"region", "person", "country", "organisation", "place", "none", ""}, row
        assert not row["country"] or row["country"] in countries(), row
        assert (row["kind"] not in {"region", "country", "place"}) or row["country"], row


def test_pronouns_are_of_known_kind_number_and_gender() -> None:
    for row in cells("pronouns.tsv"):
        assert row["word"] == row["word"].lower()
        assert row["kind"] in pronouns.KINDS
        assert row["number"] in {"singular", "plural", ""}
        assert row["gender"] in {"f", "m", "n", ""}


def test_codes_of_states_in_other_lists_lead_to_countries() -> None:
    lines = (files("sayso.upkeep") / "cow.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t") == ["code", "alpha3", "source"]
    rows = [line.split("\t") for line in lines[1:]]
    assert [code for code, *_ in rows] == sorted({code for code, *_ in rows})
    assert {alpha3 for _, alpha3, _ in rows} <= countries().keys() | {"DDR"}
    assert all(source for *_, source in rows)
