"""The data files: sorted, complete, without repeats, each row with its source and with values of the closed lists."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files

import pytest

from sayso.errors import RecordError
from sayso.knowledge import calendar, countries, grammar, lexicon, mouths, outlets, roles, tables, whereabouts
from sayso.record import CERTAINTIES, FORCES

TABLES = {
    "countries.tsv": (countries.COLUMNS, 1),
    "force_cues.tsv": (lexicon.COLUMNS, 2),
    "mouths.tsv": (mouths.COLUMNS, 2),
    "not_countries.tsv": (countries.NOT_COLUMNS, 1),
    "outlets.tsv": (outlets.COLUMNS, 1),
    "roles.tsv": (roles.COLUMNS, 1),
    "word_classes.tsv": (grammar.COLUMNS, 2),
    "compounds.tsv": (whereabouts.COMPOUND_COLUMNS, 1),
    "epithets.tsv": (countries.EPITHET_COLUMNS, 1),
    "calendar.tsv": (calendar.COLUMNS, 2),
    "holidays.tsv": (calendar.HOLIDAY_COLUMNS, 1),
}
OPTIONAL = {"forms", "aliases", "demonyms", "capital", "seats", "given", "acronym", "common", "gender", "codes"}


@pytest.mark.parametrize("name", TABLES)
def test_rows_are_sorted_and_unique(name: str) -> None:
    columns, width = TABLES[name]
    keys = [tuple(row[:width]) for row in tables.rows(name, columns)]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", TABLES)
def test_cells_are_filled_and_trimmed(name: str) -> None:
    columns, _ = TABLES[name]
    for row in tables.rows(name, columns):
        for column, cell in zip(columns, row, strict=True):
            assert cell or column in OPTIONAL, (row, column)
            assert cell == " ".join(cell.split()), row
            assert all(item == item.strip() and item for item in tables.listed(cell)), row


def test_cues_keep_to_the_closed_lists() -> None:
    known = lexicon.cues()
    assert len(known) >= 700
    assert {cue.force for cue in known} == set(FORCES)
    assert {cue.certainty for cue in known} <= set(CERTAINTIES)
    assert {cue.polarity for cue in known} == {"+", "-"}
    assert {cue.kind for cue in known} == set(lexicon.KINDS)


def test_no_two_cues_have_the_same_words() -> None:
    keys = [(cue.words, cue.kind) for cue in lexicon.cues()]
    assert len(keys) == len(set(keys))


def test_denials_deny_the_content() -> None:
    assert all(cue.polarity == "-" for cue in lexicon.cues() if cue.force == "denies")


def test_word_classes_are_those_of_the_type() -> None:
    in_file = {row[0] for row in tables.rows("word_classes.tsv", grammar.COLUMNS)}
    assert in_file == set(grammar.WordClass.__args__)  # type: ignore[attr-defined]


def test_countries_cover_the_united_nations_and_more() -> None:
    known = countries.countries()
    assert len(known) >= 197
    assert {"TWN", "PSE", "XKX", "VAT"} <= known.keys()
    assert all(len(code) == 3 and code.isupper() for code in known)
    names = [name for country in known.values() for name in (country.name, *country.aliases, *country.seats)]
    assert len(names) == len(set(names))


def test_outlets_have_known_countries_and_ownership() -> None:
    known = outlets.outlets()
    assert len(known) >= 170
    assert {outlet.country for outlet in known} <= countries.countries().keys()
    assert {outlet.ownership for outlet in known} == {"state", "public", "private", "party"}
    domains = [domain for outlet in known for domain in outlet.domains]
    assert all(outlet.domains for outlet in known)
    assert len(domains) == len(set(domains))


def test_no_two_outlets_share_a_name() -> None:
    names = [name for o in outlets.outlets() for name in (o.name, *o.aliases, o.acronym) if name]
    assert len(names) == len(set(names))


def test_roles_have_codes_of_the_list_or_are_generic() -> None:
    known = roles.roles()
    assert len(known) >= 250
    assert {code for role in known for code in role.codes} == set(roles.CODES)
    assert all(role.codes or role.generic for role in known)


def test_mouths_have_known_classes_and_genders() -> None:
    known = mouths.mouths()
    assert {mouth.kind for mouth in known} == set(mouths.MouthClass.__args__)  # type: ignore[attr-defined]
    assert {mouth.gender for mouth in known} == {None, "f", "m"}


def test_a_damaged_table_is_refused_with_its_line() -> None:
    with pytest.raises(RecordError, match="columns"):
        list(tables.rows("roles.tsv", ("word", "code")))


def test_the_tables_are_shipped() -> None:
    shipped = {file.name for file in (files("sayso.knowledge") / "data").iterdir() if file.name.endswith(".tsv")}
    assert set(TABLES) <= shipped


LOADING = """
import sys, time
from sayso.knowledge import countries, force, mouths, outlets, roles
begun = time.process_time()
force.classify("said"), force.cue_words(), countries.country_of("x"), outlets.outlet_of("x"), outlets.outlet_at("x.org")
roles.roles_of("x"), mouths.classes_of("x")
print(time.process_time() - begun)
heavy = {"pydantic", "numpy", "onnxruntime", "sqlalchemy", "httpx", "torch"} & set(sys.modules)
assert not heavy, heavy
"""


def test_everything_loads_in_150_ms_without_heavy_packages() -> None:
    runs = [
        subprocess.run([sys.executable, "-c", LOADING], capture_output=True, text=True, check=True) for _ in range(3)
    ]
    assert min(float(run.stdout) for run in runs) < 0.15
