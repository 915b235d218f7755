"""``sayso.actors.resolve``: what it gives, when it refuses, and that no text breaks it."""

from __future__ import annotations

import datetime
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sayso
from sayso.actors import Identity, iso_date, resolve
from sayso.errors import InputError
from sayso.knowledge.countries import countries
from sayso.knowledge.roles import CODES
from sayso.record import ACTOR_KINDS


def test_it_is_reached_from_the_package() -> None:
    found = sayso.actors.resolve("the British prime minister", "2019-08-01")
    assert found is not None
    assert (found.name, found.country, found.roles[0], found.kind) == ("Boris Johnson", "GBR", "GOV", "person")
    assert found.office is not None
    assert found.gender == "m"


def test_importing_sayso_does_not_load_it() -> None:
    code = "import sys, sayso; assert 'sayso.actors' not in sys.modules; sayso.actors.resolve('Kosovo')"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("phrase", "country"),
    [
        ("Kosovo", "XKX"),
        ("South Korean and American officials", "KOR+USA"),
        ("United Nations", None),
        ("officials", None),
    ],
)
def test_countries_are_alpha_3_joined_where_several_and_none_where_there_is_none(
    phrase: str, country: str | None
) -> None:
    found = resolve(phrase)
    assert found is not None
    assert found.country == country


@pytest.mark.parametrize(
    ("date", "name"),
    [
        ("2008-06-01", "George W. Bush"),
        (datetime.date(2010, 6, 1), "Barack Obama"),
        (datetime.datetime(2018, 6, 1, 12, 30, tzinfo=datetime.UTC), "Donald Trump"),
        ("2022", "Joe Biden"),
        ("2022-06", "Joe Biden"),
        ("2022-06-01T08:00:00+02:00", "Joe Biden"),
    ],
)
def test_the_date_decides_who_held_the_office(date: str | datetime.date, name: str) -> None:
    found = resolve("the US president", date)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("date", ["yesterday", "", "2023-13", "2023-02-30", "13/09/2023", "20230913", "-", "2023-9-1"])
def test_what_is_no_date_is_refused_with_what_to_write(date: str) -> None:
    with pytest.raises(InputError, match="write it 2023, 2023-09 or 2023-09-13"):
        resolve("Macron", date)


@pytest.mark.parametrize(
    ("date", "written"), [(None, None), ("2023~", "2023"), ("2023-09-XX", "2023-09"), ("2023-09-13?", "2023-09-13")]
)
def test_the_marks_of_what_is_uncertain_go(date: str | None, written: str | None) -> None:
    assert iso_date(date) == written


@pytest.mark.parametrize("text", ["", " ", "'s", "the", "in Moscow", "…"])
def test_what_is_no_actor_is_none(text: str) -> None:
    assert resolve(text) is None


def _is_well_formed(found: Identity | None) -> bool:
    if found is None:
        return True
    codes = found.country.split("+") if found.country is not None else []
    return (
        found.kind in ACTOR_KINDS
        and all(len(code) == 3 and code.isupper() for code in codes)
        and set(found.roles) <= set(CODES)
        and len(set(found.roles)) == len(found.roles)
        and found.name != ""
        and found.office != ""
        and found.gender in (None, "f", "m")
    )


WORDS = st.sampled_from(
    [
        *("the", "former", "minister", "of", "foreign", "Kim", "president", "'s", ",", "and", "UN", "Georgia", "US"),
        *("Jr.", "spokesman", "Mr", "al-", "de", "Turkey", "officials", "in", "-", "’s", "Jordan", "who", "Democrat"),
    ]
)
PHRASES = st.lists(WORDS, max_size=8).map(" ".join)
TEXTS = st.one_of(st.text(max_size=80), PHRASES)


@given(TEXTS, st.one_of(st.none(), st.dates().map(str)), st.one_of(st.none(), TEXTS))
def test_no_text_and_no_context_breaks_it(text: str, date: str | None, context: str | None) -> None:
    assert _is_well_formed(resolve(text, date, context))


@given(PHRASES, PHRASES)
def test_a_phrase_in_its_sentence_does_not_break_it(before: str, phrase: str) -> None:
    assert _is_well_formed(resolve(phrase, "2020", f"{before} {phrase} said so."))


@pytest.mark.parametrize("words", ["A ", "Aa-", "the ", "A'", "minister of ", "\0", "Kim, "])
@pytest.mark.timeout(20)
def test_long_nonsense_is_done_with_soon(words: str) -> None:
    text = words * 3000
    assert _is_well_formed(resolve(text, "2020", text))


@pytest.mark.parametrize("code", sorted(countries()))
def test_every_country_is_itself(code: str) -> None:
    found = resolve(countries()[code].name)
    assert found is not None
    assert found.country == code
