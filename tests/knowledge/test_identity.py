"""Who a phrase stands for: what it is called, at a date, in a sentence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.knowledge.identity import identify
from sayso.knowledge.offices import holders, posts_called, terms, terms_of
from sayso.knowledge.organisations import bodies_called, organisation_of


@pytest.mark.parametrize(
    ("phrase", "date", "name"),
    [
        ("the Russian president", "2001-05-02", "Vladimir Putin"),
        ("Russia's president", "2010-05-02", "Dmitry Medvedev"),
        ("the German leader", "2010-01-01", "Angela Merkel"),
        ("Mr. Obama", "2010-01-01", "Barack Obama"),
        ("U.S. Secretary of State John Kerry", "2014-01-01", "John Kerry"),
        ("President Barack H. Obama", "2010-01-01", "Barack Obama"),
        ("Minister of Foreign Affairs of Russia", "2016-01-01", "Sergei Lavrov"),
    ],
)
def test_people_are_known_by_name_or_office_at_a_date(phrase: str, date: str, name: str) -> None:
    found = identify(phrase, date)
    assert found is not None
    assert found.name is not None
    assert terms_of(found.name)[0].holder == terms_of(name)[0].holder


@pytest.mark.parametrize(
    ("phrase", "country", "role", "kind"),
    [
        ("two Kenyan soldiers", "KEN", "MIL", "group"),
        ("Texas lawmakers", "USA", "LEG", "group"),
        ("the mayor of Lyon", "FRA", "GOV", "person"),
        ("the Swiss ambassador to Tehran", "CHE", "GOV", "person"),
        ("South Korean and American officials", "KOR+USA", "GOV", "group"),
        ("NATO", None, "IGO", "organisation"),
        ("Georgia's parliament", "GEO", "LEG", "organisation"),
        ("former Israeli prime minister Ehud Olmert", "ISR", "ELI", "person"),
    ],
)
def test_descriptions_tell_country_and_role(phrase: str, country: str | None, role: str, kind: str) -> None:
    found = identify(phrase)
    assert found is not None
    assert (found.country, found.roles[:1], found.kind) == (country, (role,), kind)


@pytest.mark.parametrize("phrase", ["the table", "in Moscow", "Indian Ocean", "the peace deal", "", "  ", "42"])
def test_what_is_no_actor_is_none(phrase: str) -> None:
    assert identify(phrase) is None


def test_a_name_that_means_several_things_follows_its_sentence() -> None:
    state = identify("Georgia", None, "Voters in Atlanta waited for hours as Georgia counted its ballots.")
    country = identify("Georgia", None, "Georgia recalled its ambassador from Moscow.")
    assert state is not None
    assert country is not None
    assert (state.country, country.country) == ("USA", "GEO")
    player = identify("Michael Jordan")
    assert player is not None
    assert (player.kind, player.country) == ("person", None)


def test_the_end_of_a_body_s_name_is_nobody_s_name() -> None:
    found = identify("Lomerian Press Bureau")
    assert found is not None
    assert found.name in (None, "Lomerian Press Bureau")


def test_what_is_not_known_is_not_made_up() -> None:
    found = identify("Orvin Tessaly", "2020-01-01")
    assert found is not None
    assert (found.country, found.roles, found.office) == (None, (), None)


def test_a_term_covers_its_first_and_last_month() -> None:
    term = next(t for t in terms_of("Barack Obama") if t.post == "head of state")
    assert term.covers(term.since)
    assert term.covers(term.until)
    assert not term.covers("1999")
    assert not term.covers("2020-01-01")
    assert term.over("2020-01-01")


def test_offices_are_called_many_ways() -> None:
    for words in ("foreign minister", "minister of foreign affairs", "top diplomat"):
        assert posts_called(words)[0] == "foreign minister"
    assert [t.holder for t in holders("USA", "secretary of state", "2014-01-01")] == ["John Kerry"]


def test_one_holder_of_one_post_at_a_time_at_the_top() -> None:
    """Two heads of government of one country at once are an error of the table, save in the month of the change."""
    clashes = []
    by_body: dict[str, list] = {}
    for term in terms():
        if term.post == "head of government" and len(term.since) >= 7:
            by_body.setdefault(term.body, []).append(term)
    for some in by_body.values():
        some.sort(key=lambda t: t.since)
        clashes += [
            (one.holder, other.holder)
            for one, other in pairwise(some)
            if one.until and one.until[:7] > other.since[:7] and one.holder != other.holder
        ]
    assert len(clashes) < 0.03 * sum(map(len, by_body.values())), clashes


def test_homonymous_bodies_are_told_apart_by_country() -> None:
    of_all = bodies_called("Social Democrats")
    assert len({body.country for body in of_all}) > 1
    assert organisation_of("Social Democrats") is None
    for country in sorted({body.country for body in of_all} - {""}):
        found = organisation_of("Social Democrats", country)
        assert found is not None
        assert found.country == country


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_words_and_any_context_are_answered(words: str, context: str) -> None:
    found = identify(words, "2020-01-01", context)
    assert found is None or found.kind
