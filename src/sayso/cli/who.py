"""The terminal view of what is known under a name: who it stands for, then each row with where it is from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from sayso.cli.view import Page

if TYPE_CHECKING:
    from sayso.actors import Identity
    from sayso.upkeep.lookup import Known
    from sayso.upkeep.tables import Row

__all__ = ["show_known"]

STEP = 2


def show_known(console: Console, known: Known) -> None:
    """Print what is known; where a row is from stands behind it."""
    page = Page(console)
    at = f" at {known.date}" if known.date else ""
    page.put(Text().append(known.words, "bold").append(at + ": ").append(_identity(known.resolved)))
    sections = {
        "terms of office": (known.terms, _term),
        "organisations": (known.organisations, _organisation),
        "countries": (known.countries, _country),
        "regions": (known.regions, _region),
        "outlets": (known.outlets, _outlet),
        f"in office{at or ' now'}": (known.in_office, _term),
    }
    for heading, (rows, line) in sections.items():
        if rows:
            page.put(Text(heading, "bold"))
        for row in rows:
            page.put(Text(line(row.cells)).append(f"  {_origin(row)}", "dim"), STEP)
    facts = {
        "as a title": known.posts,
        "role": known.roles,
        "city in": (known.city_of,) if known.city_of else (),
    }
    for heading, words in facts.items():
        if words:
            page.put(Text().append(f"{heading}: ", "bold").append(", ".join(words)))


def _identity(found: Identity | None) -> str:
    if found is None:
        return "no actor that is known"
    parts = [found.name, found.office, found.kind, found.country or "no country", " ".join(found.roles) or "no role"]
    return " · ".join(part for part in parts if part)


def _origin(row: Row) -> str:
    return f"({'yours, ' if row.own else ''}{row.place}; {row.cells['source']})"


def _term(cells: dict[str, str]) -> str:
    post = cells["titles"].split("|")[0] or cells["post"]
    return f"{_years(cells)}  {cells['holder']}, {post}, {cells['body']}"


def _organisation(cells: dict[str, str]) -> str:
    alive = f", {_years(cells)}" if cells["from"] or cells["until"] else ""
    whose = _joined(cells["country"], cells["codes"])
    return f"{_named(cells['name'], cells['acronym'])}: {cells['kind']}, {whose}{alive}"


def _country(cells: dict[str, str]) -> str:
    return f"{cells['alpha3']}  {cells['name']}; {_joined(cells['demonyms'], cells['capital'], cells['seats'])}"


def _region(cells: dict[str, str]) -> str:
    return f"{cells['name']}: {cells['kind']}, {cells['country'] or 'disputed'}"


def _outlet(cells: dict[str, str]) -> str:
    return f"{_named(cells['name'], cells['acronym'])}: {cells['ownership']}, {cells['country']}, {cells['domain']}"


def _named(name: str, acronym: str) -> str:
    return f"{name} ({acronym.replace('|', ', ')})" if acronym else name


def _joined(*cells: str) -> str:
    items: Iterable[str] = (cell.replace("|", ", ") for cell in cells if cell)
    return "; ".join(items)


def _years(cells: dict[str, str]) -> str:
    return f"{cells['from'] or '…'} – {cells['until'] or 'now'}"
