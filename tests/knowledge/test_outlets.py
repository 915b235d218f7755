"""Outlets are known by name, acronym and address; names that are ordinary words need a sign that an outlet is meant."""

from __future__ import annotations

import pytest

from sayso.knowledge.outlets import find_outlets, outlet_at, outlet_of


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
    ("text", "names"),
    [
        ("North Korea’s state-controlled news agency KCNA said", ["Korean Central News Agency"]),
        ("Reuters, AFP and Interfax-Ukraine", ["Reuters", "Agence France-Presse", "Interfax-Ukraine"]),
        ("he told The Times on Monday", ["The Times"]),
        ("The Times reported", ["The Times"]),
        ("Slate magazine", ["Slate"]),
        ("The Australian government said", []),
        ("the times said", []),
        ("the Foreign Affairs Committee", []),
        ("A slate of candidates. Slate roofs.", []),
    ],
)
def test_find_outlets_in_running_text(text: str, names: list[str]) -> None:
    mentions = find_outlets(text)
    assert [mention.outlet.name for mention in mentions] == names
    assert all(text[m.start : m.end].strip() == text[m.start : m.end] for m in mentions)


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
