"""Everything the tables know under a name: takes words and a date, gives what is known and the rows it is from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sayso.actors import Identity, iso_date, resolve
from sayso.knowledge import outlets as outlet_table
from sayso.knowledge.countries import country_of
from sayso.knowledge.offices import Term, posts, posts_called, terms, terms_of
from sayso.knowledge.organisations import Organisation, bodies_called
from sayso.knowledge.regions import Region, city_country, region_of
from sayso.knowledge.roles import roles_of
from sayso.upkeep.tables import Row, all_rows

__all__ = ["Known", "known"]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known under a name.

    ``terms`` are those of people who bear it, or of the one it stands for, oldest first, ``in_office`` those of a
    country or organisation at the date, highest post first; each with the row it is from. ``posts`` and ``roles`` are
    what it means as a title or description; ``city_of`` is the country of a city of that name.
    """

    words: str
    date: str | None
    resolved: Identity | None
    terms: tuple[Row, ...] = ()
    organisations: tuple[Row, ...] = ()
    countries: tuple[Row, ...] = ()
    regions: tuple[Row, ...] = ()
    outlets: tuple[Row, ...] = ()
    in_office: tuple[Row, ...] = ()
    posts: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    city_of: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no table knows anything under the name."""
        tables = (self.terms, self.organisations, self.countries, self.regions, self.outlets, self.in_office)
        return self.resolved is None and not any((*tables, self.posts, self.roles, self.city_of))


def known(words: str, date: str | None = None) -> Known:
    """Look a name up in all tables, at a date (ISO 8601) or now; raises InputError when the date is none."""
    at = iso_date(date)
    resolved = resolve(words, at)
    meant = resolved.name if resolved and resolved.name else words
    bodies = bodies_called(words) or bodies_called(meant)
    held = terms_of(words) or terms_of(meant)
    country = country_of(words)
    region, outlet = region_of(words), outlet_table.outlet_of(words)
    return Known(
        words,
        at,
        resolved,
        tuple(_term_rows(sorted(held, key=lambda term: (term.since, term.until or "9999")))),
        tuple(_organisation_rows(bodies)),
        tuple(_where("countries.tsv", lambda cells: cells["alpha3"] == country) if country else ()),
        tuple(_region_rows(region) if region else ()),
        tuple(_where("outlets.tsv", lambda cells: cells["name"] == outlet.name) if outlet else ()),
        tuple(_term_rows(_in_office({country or "", *(body.name for body in bodies)}, at))),
        posts_called(words),
        roles_of(words),
        city_country(words),
    )


def _in_office(bodies: set[str], date: str | None) -> Iterator[Term]:
    held = (term for term in terms() if term.body in bodies and term.covers(date))
    yield from sorted(held, key=lambda term: (posts()[term.post].rank, term.since))


def _term_rows(found: Iterable[Term]) -> Iterator[Row]:
    """Give the row of each term."""
    wanted = list(found)
    if not wanted:
        return
    rows: dict[tuple[str, ...], Row] = {}
    for row in all_rows("offices.tsv"):
        rows.setdefault(tuple(row.cells[c] for c in ("holder", "body", "post", "from", "until")), row)
    for term in wanted:
        key = (term.holder, term.body, term.post, term.since, term.until)
        if key in rows:
            yield rows[key]


def _organisation_rows(found: tuple[Organisation, ...]) -> Iterator[Row]:
    keys = {(body.name, body.country, body.kind) for body in found}
    yield from _where("organisations.tsv", lambda c: (c["name"], c["country"], c["kind"]) in keys) if keys else ()


def _region_rows(region: Region) -> Iterator[Row]:
    return _where("regions.tsv", lambda cells: (cells["name"], cells["country"]) == (region.name, region.country))


def _where(table: str, holds: Callable[[dict[str, str]], bool]) -> Iterator[Row]:
    return (row for row in all_rows(table) if holds(row.cells))
