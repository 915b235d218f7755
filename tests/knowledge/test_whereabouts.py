"""Places in a phrase, told apart from those of the same name by what the sentence speaks of besides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.knowledge.whereabouts import near_countries, places_in


@pytest.mark.parametrize(
    ("text", "near", "countries"),
    [
        ("the mayor of Paris, Texas", (), ["USA", "USA"]),
        ("the mayor of Paris", (), ["FRA"]),
        ("Victoria's premier", ("CAN",), ["CAN"]),
        ("Victoria's premier", (), ["AUS"]),
        ("the mayor of Santiago de Compostela", (), ["ESP"]),
        ("Franco-German officials", (), ["FRA", "DEU"]),
        ("Kenyan and Ugandan troops", (), ["KEN", "UGA"]),
        ("Latin American leaders", (), [""]),
        ("the table", (), []),
    ],
)
def test_a_place_is_in_the_country_that_is_meant(text: str, near: tuple[str, ...], countries: list[str]) -> None:
    assert [place.country for place in places_in(text, frozenset(near))] == countries


def test_a_sentence_speaks_of_countries_outside_the_phrase() -> None:
    sentence = "In Lahore, Punjab's finance minister blamed Islamabad."
    assert near_countries(sentence, "Punjab's finance minister") == {"PAK"}


@given(st.text(max_size=80))
def test_places_are_slices_in_order(text: str) -> None:
    found = places_in(text, frozenset())
    assert all(0 <= place.start < place.end <= len(text) for place in found)
    assert [place.start for place in found] == sorted(place.start for place in found)
