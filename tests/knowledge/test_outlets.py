"""Outlets are known by name, acronym and address; names that are ordinary words need a sign that an outlet is meant."""

from __future__ import annotations

import pytest

from sayso.knowledge.outlets import outlet_at, outlet_named, outlet_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("KCNA", "Korean Central News Agency"),
        ("the New York Times", "New York Times"),
        ("The New York Times’s", "New York Times"),
        ("the Guardian", "The Guardian"),
        ("AP", "Associated Press"),
        ("Der Spiegel", "Der Spiegel"),
        ("the report", None),
    ],
)
def test_outlet_of_exact_name(text: str, name: str | None) -> None:
    outlet = outlet_of(text)
    assert (outlet.name if outlet else None) == name


@pytest.mark.parametrize(
    ("text", "part", "name"),
    [
        ("North Korea’s state-controlled news agency KCNA said", "KCNA", "Korean Central News Agency"),
        ("he told The Times on Monday", "Times", "The Times"),
        ("The Times reported", "Times", "The Times"),
        ("Slate magazine", "Slate", "Slate"),
        ("The Australian government said", "Australian", None),
        ("Australian officials said", "Australian", None),
        ("Slate roofs are dear.", "Slate", None),
    ],
)
def test_a_name_that_is_a_word_needs_a_sign_that_an_outlet_is_meant(text: str, part: str, name: str | None) -> None:
    start = text.index(part)
    outlet = outlet_named(text, start, start + len(part))
    assert (outlet.name if outlet else None) == name


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://edition.cnn.com/2023/09/14/world", "CNN"),
        ("www.bbc.co.uk", "BBC"),
        ("bbc.com/news", "BBC"),
        ("KCNA.kp", "Korean Central News Agency"),
        ("notcnn.com", None),
        ("example.org", None),
        ("", None),
    ],
)
def test_outlet_at_host_or_url(address: str, name: str | None) -> None:
    outlet = outlet_at(address)
    assert (outlet.name if outlet else None) == name


def test_an_outlet_carries_country_ownership_and_wire() -> None:
    kcna, post = outlet_of("KCNA"), outlet_of("Washington Post")
    assert kcna is not None
    assert post is not None
    assert (kcna.country, kcna.ownership, kcna.wire) == ("PRK", "state", True)
    assert (post.country, post.ownership, post.wire) == ("USA", "private", False)
