"""What is known of figures beyond the text, and what is not taken for known."""

from __future__ import annotations

import pytest

from sayso.reader.acquaint import Acquaintance, office_of
from sayso.reader.cast import Cast, Figure
from sayso.reader.names import find_names
from sayso.record import Article


def _figures(text: str, published: str | None = "2016-05-01") -> dict[str, Figure]:
    cast = Cast(text, find_names(text))
    Acquaintance(Article(text=text, published=published)).meet(cast.figures)
    return {figure.name: figure for figure in cast.figures}


def test_a_known_person_has_country_office_and_role_at_the_date() -> None:
    found = _figures("Sergei Lavrov and John Kerry met in Geneva.")
    assert (found["Sergei Lavrov"].country, office_of(found["Sergei Lavrov"])) == ("RUS", "foreign minister")
    assert found["John Kerry"].roles[0] == "GOV"
    assert office_of(_figures("John Kerry spoke.", "1995-01-01")["John Kerry"]) != "secretary of state"


def test_a_surname_alone_needs_its_country_in_the_text() -> None:
    assert "Angela Merkel" in _figures("In Berlin on Monday German officials waited. At noon Merkel said no.")
    assert "Angela Merkel" not in _figures("The plumber came. At noon the plumber, Merkel, said no.")
    assert not any("West" in name and " " in name for name in _figures("Washington is wary of a war against the West."))


def test_what_nobody_knows_stays_as_the_text_has_it() -> None:
    found = _figures("Interior Minister Orvin Tessaly spoke.")["Orvin Tessaly"]
    assert (found.country, found.kind, office_of(found)) == (None, "person", "interior minister")


@pytest.mark.parametrize("words", ["former foreign minister", "ex-president"])
def test_a_former_office_is_none(words: str) -> None:
    figure = Figure("Ana Berg", "person", descriptors=[words])
    assert office_of(figure) is None


def test_a_body_is_known_by_name() -> None:
    found = _figures("NATO met. The International Atomic Energy Agency (IAEA) said no.")
    assert found["International Atomic Energy Agency"].roles[0] == "IGO"


def test_given_names_tell_gender_where_nothing_else_does() -> None:
    assert _figures("Yesterday Natalia Orvinska spoke.")["Natalia Orvinska"].gender == "f"


def test_a_body_that_any_state_has_is_of_no_country_the_text_does_not_speak_of() -> None:
    text = "The Chancellery of the Prime Minister said no."
    assert {f.country for f in _figures(text).values()} == {None}


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("Orvania’s Prime Minister", "prime minister"),
        ("the Prime Minister of Orvania", "prime minister"),
        ("Russian President", "president"),
        ("Kest foreign minister", "foreign minister"),
        ("the neighbour", None),
    ],
)
def test_an_office_is_told_without_whose_it_is(words: str, office: str | None) -> None:
    assert office_of(Figure("Ana Berg", "person", descriptors=[words])) == office


def test_names_in_offices_have_their_capitals() -> None:
    assert office_of(_figures("Dmitry Peskov spoke.", "2023-01-01")["Dmitry Peskov"]) == "Kremlin spokesman"
