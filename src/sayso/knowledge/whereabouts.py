"""Places in a phrase, each with the country it lies in: countries, demonyms, capitals, regions, cities.

Of several places of one name ("Victoria", "Córdoba") it is the one in a country the sentence speaks of besides, else
the best known: a country before its capital before a region before the largest city.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest
from typing import Literal

from sayso.knowledge.countries import country_mention
from sayso.knowledge.gazetteer import unaccented
from sayso.knowledge.regions import cities_called, region_of
from sayso.knowledge.tables import rows

__all__ = ["COMPOUND_COLUMNS", "Where", "near_countries", "places_in"]

COMPOUND_COLUMNS = ("prefix", "country", "source")

Kind = Literal["country", "capital", "region", "world region", "city"]
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_LONGEST = 4  # words of a place's name


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a phrase at half-open offsets; ``country`` is "" where it is in none or disputed."""

    start: int
    end: int
    country: str
    kind: Kind


@cache
def _compounds() -> tuple[re.Pattern[str], dict[str, str]]:
    """Load the first halves of adjectives of two nations ("Franco-German"), and the pattern that finds them."""
    halves = {half: country for half, country, _ in rows("compounds.tsv", COMPOUND_COLUMNS)}
    return re.compile(rf"\b({'|'.join(halves)})-(?=[A-Z])"), halves


@lru_cache(maxsize=4096)
def near_countries(context: str, phrase: str) -> frozenset[str]:
    """Give the countries a sentence speaks of outside a phrase."""
    at = context.find(phrase)
    rest = context[:at] + " … " + context[at + len(phrase) :] if at >= 0 else context
    found = {place.country for place in places_in(rest, frozenset())}
    return frozenset(code for codes in found for code in codes.split("+") if code)


def places_in(text: str, near: frozenset[str]) -> list[Where]:
    """Find the places in a phrase, in order, the longest names first; ``near`` are countries spoken of besides."""
    prefix, halves = _compounds()
    found = [Where(m.start(), m.end() - 1, halves[m[1]], "country") for m in prefix.finditer(text)]
    plain = prefix.sub(lambda m: " " * len(m[0]), text)
    words = [m.span() for m in _WORD.finditer(plain)]
    done = 0
    for first, (start, _) in enumerate(words):
        if start < done or not text[start].isupper():
            continue
        for size in range(min(_LONGEST, len(words) - first), 0, -1):
            end = words[first + size - 1][1]
            gram = re.sub(r"[’']s?$", "", text[start:end])
            where = _place(gram, start, near) or _place(gram.rstrip(".,-"), start, near)
            where = where or (None if gram.isascii() else _place(unaccented(gram), start, near))
            if where is not None:
                found.append(where)
                done = end
                break
    found.sort(key=lambda where: where.start)
    return list(_settled(text, found))


def _place(gram: str, start: int, near: frozenset[str]) -> Where | None:
    """Look a name up as every kind of place and choose."""
    options: list[tuple[str, Kind]] = []
    mention = country_mention(gram)
    if mention is not None and mention.how != "seat":
        options.append((mention.alpha3, "capital" if mention.how == "capital" else "country"))
    if (region := region_of(gram)) is not None:
        options.append((region.country, "world region" if region.kind == "world region" else "region"))
    options += [(city.country, "city") for city in cities_called(gram)]
    if not options or (mention is not None and mention.how in ("name", "demonym")):
        return Where(start, start + len(gram), *options[0]) if options else None
    close = [option for option in options if option[0] in near]
    return Where(start, start + len(gram), *(close or options)[0])


def _settled(text: str, found: list[Where]) -> Iterator[Where]:
    """Give a place that another explains ("Paris, Texas") the country of that one."""
    for place, following in zip_longest(found, found[1:]):
        explains = following is not None and following.kind in ("country", "region") and following.country
        if explains and place.kind in ("city", "capital") and text[place.end : following.start] == ", ":
            yield Where(place.start, place.end, following.country, place.kind)
        else:
            yield place
