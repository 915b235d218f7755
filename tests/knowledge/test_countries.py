"""Countries are found by name, demonym, capital and seat, and what only looks like one is not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import RecordError
from sayso.knowledge.countries import country_of, find_countries, government_name, name_of


@pytest.mark.parametrize(
    ("text", "alpha3"),
    [
        ("United States", "USA"),
        ("the U.S.", "USA"),
        ("US", "USA"),
        ("Britain’s", "GBR"),
        ("DPRK", "PRK"),
        ("North Korea's", "PRK"),
        ("South Korean", "KOR"),
        ("the Netherlands", "NLD"),
        ("Pyongyang", "PRK"),
        ("the Kremlin", "RUS"),
        ("Côte d’Ivoire", "CIV"),
        ("RUSSIA", "RUS"),
        ("us", None),
        ("turkey", None),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_country_of_exact_phrase(text: str, alpha3: str | None) -> None:
    assert country_of(text) == alpha3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("South Korean and American officials", [("South Korean", "KOR"), ("American", "USA")]),
        ("North Korea’s leader told us", [("North Korea", "PRK")]),
        ("ate turkey in Turkey", [("Turkey", "TUR")]),
        ("Latin American leaders at the South China Sea", []),
        ("Papua New Guinea and Guinea", [("Papua New Guinea", "PNG"), ("Guinea", "GIN")]),
        ("US-led, pro-Russian", [("US", "USA"), ("Russian", "RUS")]),
        ("US$5 million", []),
        ("Indiana and Romania", [("Romania", "ROU")]),
        ("Frenchmen, Britons and Serbs", [("Frenchmen", "FRA"), ("Britons", "GBR"), ("Serbs", "SRB")]),
        ("Jordan Pellworth met Jordan’s king", [("Jordan", "JOR")]),
        ("Nigerien and Nigerian troops", [("Nigerien", "NER"), ("Nigerian", "NGA")]),
        ("DR Congo and the Republic of the Congo", [("DR Congo", "COD"), ("Republic of the Congo", "COG")]),
    ],
)  # fmt: skip
def test_find_countries_takes_the_longest_reading(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[m.start : m.end], m.alpha3) for m in find_countries(text)] == found


def test_mentions_say_by_what_the_country_is_meant() -> None:
    text = "France, French, Paris and the Élysée"
    assert [m.how for m in find_countries(text)] == ["name", "demonym", "capital", "seat"]


def test_names_of_countries_and_governments() -> None:
    assert name_of("KOR") == "South Korea"
    assert government_name("USA") == "United States government"
    with pytest.raises(RecordError, match="alpha-3"):
        name_of("ZZZ")


@given(
    st.lists(st.sampled_from(["Russia", "us", "the US", "’s ", "Korea", "South ", "\u00a0", "\n", "x", "é", ", "])).map(
        "".join
    )
)
def test_mentions_are_in_order_and_never_overlap(text: str) -> None:
    mentions = find_countries(text)
    assert all(0 <= m.start < m.end <= len(text) for m in mentions)
    assert all(first.end <= second.start for first, second in pairwise(mentions))
