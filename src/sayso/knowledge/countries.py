"""Countries by name, demonym, capital and seat of government: takes text, gives ISO 3166-1 alpha-3 codes.

Covers the members of the United Nations and the countries that news treats as such. "Kremlin" and "White House" are
seats: they stand for a government. What only looks like a country ("Latin American", "South China Sea") is in
``not_countries.tsv`` and is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from sayso.errors import RecordError
from sayso.knowledge.gazetteer import Gazetteer, levelled
from sayso.knowledge.lexicon import cue_words
from sayso.knowledge.roles import roles_of
from sayso.knowledge.tables import listed, rows

__all__ = [
    "COLUMNS",
    "EPITHET_COLUMNS",
    "NOT_COLUMNS",
    "Country",
    "CountryMention",
    "How",
    "countries",
    "countries_by_epithet",
    "country_mention",
    "country_of",
    "find_countries",
    "government_name",
    "name_of",
]

COLUMNS = ("alpha3", "name", "aliases", "demonyms", "capital", "seats", "given", "source")
EPITHET_COLUMNS = ("word", "countries", "source")
NOT_COLUMNS = ("phrase", "what", "source")

How = Literal["name", "demonym", "capital", "seat"]

_NO_PLURAL = ("ese", "sh", "ss", "nch", "tch", "ois", "men", "man", "s")
_NEXT_NAME = re.compile(r" ([A-Z][a-zà-ÿ]+(?:[-'][A-Z]?[a-zà-ÿ]+)*)")


@dataclass(frozen=True, slots=True)
class Country:
    """One country; ``given`` are those of its names that are also given names of people ("Jordan")."""

    alpha3: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capital: tuple[str, ...]
    seats: tuple[str, ...]
    given: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountryMention:
    """Where a country is mentioned (code points, half-open) and by what."""

    start: int
    end: int
    alpha3: str
    how: How


@cache
def countries() -> dict[str, Country]:
    """Load the countries by alpha-3 code; raises RecordError when the file is damaged."""
    return {
        alpha3: Country(alpha3, name, *(listed(cell) for cell in (aliases, demonyms, capital, seats, given)))
        for alpha3, name, aliases, demonyms, capital, seats, given, _ in rows("countries.tsv", COLUMNS)
    }


def _phrases() -> Iterator[tuple[str, tuple[str, How] | None]]:
    for phrase, _, _ in rows("not_countries.tsv", NOT_COLUMNS):
        yield phrase, None
    by_kind: dict[How, list[tuple[str, str]]] = {how: [] for how in get_args(How)}
    for country in countries().values():
        code = country.alpha3
        by_kind["name"] += [(word, code) for word in (country.name, *country.aliases)]
        by_kind["demonym"] += [(word, code) for demonym in country.demonyms for word in _people(demonym)]
        by_kind["capital"] += [(word, code) for word in country.capital]
        by_kind["seat"] += [(word, code) for word in country.seats]
    for how, words in by_kind.items():
        yield from ((word, (code, how)) for word, code in words)


def _people(demonym: str) -> tuple[str, ...]:
    if demonym == "Czech" or not demonym.endswith(_NO_PLURAL) or demonym.endswith(("German", "Roman", "Oman")):
        return demonym, demonym + "s"
    return (demonym,)


@cache
def _gazetteer() -> Gazetteer[tuple[str, How] | None]:
    return Gazetteer(_phrases())


@cache
def _given_names() -> frozenset[str]:
    return frozenset(name for country in countries().values() for name in country.given)


def _is_person(text: str, start: int, end: int) -> bool:
    """Say whether a given name is followed by a surname: a capitalised word that is no office and no verb of saying."""
    following = _NEXT_NAME.match(text, end)
    if following is None or text[start:end] not in _given_names():
        return False
    word = following[1]
    return word.lower() not in cue_words() and not roles_of(word) and _gazetteer().get(word) is None


@cache
def _epithets() -> dict[str, frozenset[str]]:
    return {word: frozenset(listed(codes)) for word, codes, _ in rows("epithets.tsv", EPITHET_COLUMNS)}


def countries_by_epithet(phrase: str) -> tuple[frozenset[str], frozenset[str]]:
    """Give the countries that a state's leader may be of by what the phrase calls him ("the communist leader").

    With them the words, in lower case, that told it; two empty sets where no word does.
    """
    words = levelled(phrase).lower().split()
    for size in (2, 1):
        for at in range(len(words) - size + 1):
            if found := _epithets().get(" ".join(words[at : at + size])):
                return found, frozenset(words[at : at + size])
    return frozenset(), frozenset()


def country_of(text: str) -> str | None:
    """Give the code of what is exactly a name, alias, demonym, capital or seat of a country; None for all else.

    An article before it and a possessive after it do not matter.
    """
    found = _gazetteer().get(text)
    return found[0] if found else None


def country_mention(text: str) -> CountryMention | None:
    """Give the country that this exactly names, and how, as ``country_of`` does; None for all else."""
    found = _gazetteer().get(text)
    return CountryMention(0, len(text), *found) if found else None


def find_countries(text: str) -> list[CountryMention]:
    """Find all mentions of countries, in text order, none overlapping; the longest reading wins."""
    plain = levelled(text)
    return [
        CountryMention(start, end, *found)
        for start, end, found in _gazetteer().find(plain)
        if found and plain[end : end + 1] != "$" and not _is_person(plain, start, end)
    ]


def name_of(alpha3: str) -> str:
    """Give the usual English name of a country; raises RecordError for a code that no country has."""
    country = countries().get(alpha3)
    if country is None:
        raise RecordError(f"no country has the code {alpha3!r}; use ISO 3166-1 alpha-3 in capitals")
    return country.name


def government_name(alpha3: str) -> str:
    """Name the government of a country ("United States government"); raises RecordError as name_of does."""
    return f"{name_of(alpha3)} government"
