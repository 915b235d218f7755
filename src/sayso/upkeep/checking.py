"""Whether rows are good: takes rows of a table, gives what is wrong with them, where, and what to do about it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from sayso.actors import iso_date
from sayso.errors import InputError, RecordError
from sayso.knowledge.countries import countries, country_of
from sayso.knowledge.offices import posts
from sayso.knowledge.organisations import organisation_of
from sayso.knowledge.roles import CODES
from sayso.knowledge.tables import listed
from sayso.upkeep.tables import EXTENSIBLE, Row, own_rows, shipped_names, shipped_rows

__all__ = ["Problem", "check_all", "problems", "problems_of_table"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a cell; ``advice`` says what to do."""

    file: str
    line: int
    column: str
    what: str
    advice: str

    def __str__(self) -> str:
        where = f" line {self.line}" if self.line else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}{where}{column}: {self.what}; {self.advice}"


Fault = tuple[str, str, str]  # column, what is wrong, what to do
_REQUIRED = {
    "offices.tsv": ("holder", "body", "post", "source"),
    "organisations.tsv": ("name", "kind", "codes", "source"),
    "regions.tsv": ("name", "kind", "source"),
}
_LISTS = frozenset({"aliases", "titles", "acronym", "codes", "demonyms"})


def problems(rows: Iterable[Row], *, bodies: Iterable[str] = ()) -> Iterator[Problem]:
    """Give all that is wrong with rows of a table that users may extend.

    ``bodies`` are names that count as organisations beside those of the tables.
    """
    also = frozenset(bodies)
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        for column, what, advice in _faults(row, also):
            yield Problem(row.file, row.line, column, what, advice)
        earlier = first.setdefault(row.key(), row.line)
        if earlier != row.line:
            what = f"the {' and '.join(EXTENSIBLE[row.table].key)} are those of line {earlier}"
            yield Problem(row.file, row.line, EXTENSIBLE[row.table].key[0], what, "leave one of the two out")


def _faults(row: Row, also: frozenset[str]) -> Iterator[Fault]:
    cells = row.cells
    for column in _REQUIRED[row.table]:
        if not cells[column]:
            why = "say where you have it from" if column == "source" else "fill it in"
            yield column, "it is empty", why
    for column, cell in cells.items():
        if cell != " ".join(cell.split()):
            yield column, f"{cell!r} has spaces too many", "leave them out"
        if column in _LISTS and any(not item.strip() or item != item.strip() for item in listed(cell)):
            yield column, f"{cell!r} has an empty item or spaces around |", "write it a|b"
    yield from _KINDS[row.table](cells, also)


def _office(cells: dict[str, str], also: frozenset[str]) -> Iterator[Fault]:
    if cells["gender"] not in ("", "f", "m"):
        yield "gender", f"{cells['gender']!r} is no gender of the tables", "write f, m or nothing"
    body = cells["body"]
    if body and body not in _codes() and body not in also and body not in _bodies() and organisation_of(body) is None:
        yield "body", f"{body!r} is neither a country's code nor an organisation that is known", _country_advice(body)
    if (post := cells["post"]) and post not in posts():
        near = difflib.get_close_matches(post.lower(), posts(), n=1)
        some = f"did you mean {near[0]!r}?" if near else f"it is one of {', '.join(posts())}"
        yield "post", f"{post!r} is no post that is known", some
    yield from _dates(cells)


def _organisation(cells: dict[str, str], _: frozenset[str]) -> Iterator[Fault]:
    if (kind := cells["kind"]) and kind not in _organisation_kinds():
        yield "kind", f"{kind!r} is no kind of organisation", f"it is one of {', '.join(_organisation_kinds())}"
    yield from _country(cells)
    for code in listed(cells["codes"]):
        if code not in CODES:
            yield "codes", f"{code!r} is no agent code", f"it is one of {', '.join(CODES)}"
    for column in ("from", "until"):
        if not re.fullmatch(r"(?:\d{4})?", cells[column]):
            yield column, f"{cells[column]!r} is no year", "write it 2014, or nothing where it is open"
    yield from _dates(cells, order_only=True)


def _region(cells: dict[str, str], _: frozenset[str]) -> Iterator[Fault]:
    yield from _country(cells)


_KINDS: dict[str, Callable[[dict[str, str], frozenset[str]], Iterator[Fault]]] = {
    "offices.tsv": _office,
    "organisations.tsv": _organisation,
    "regions.tsv": _region,
}


def _country(cells: dict[str, str]) -> Iterator[Fault]:
    code = next((code for code in cells["country"].split("+") if code and code not in _codes()), None)
    if code is not None:
        yield "country", f"{code!r} is no country's code", _country_advice(code)


def _country_advice(code: str) -> str:
    if found := country_of(code):
        return f"write {found}"
    return "use ISO 3166-1 alpha-3 in capitals, or add the organisation first"


def _dates(cells: dict[str, str], *, order_only: bool = False) -> Iterator[Fault]:
    since, until = cells["from"], cells["until"]
    for column in () if order_only else ("from", "until"):
        if cells[column] and not _is_date(cells[column]):
            yield column, f"{cells[column]!r} is no date", "write it 2019, 2019-07 or 2019-07-24"
    length = min(len(since), len(until))
    if since[:length] > until[:length]:
        yield "until", f"{until} is before {since}", "put the two right"


def _is_date(cell: str) -> bool:
    try:
        return iso_date(cell) == cell
    except InputError:
        return False


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    """Codes that a row may have: those of the countries, and of parts and former ones that shipped rows have."""
    used = {row.cells["country"] for name in ("organisations.tsv", "regions.tsv") for row in shipped_rows(name)}
    return frozenset(countries()) | {code for code in used | _bodies() if re.fullmatch("[A-Z]{3}", code)}


@lru_cache(maxsize=1)
def _bodies() -> frozenset[str]:
    return frozenset(row.cells["body"] for row in shipped_rows("offices.tsv"))


@lru_cache(maxsize=1)
def _organisation_kinds() -> tuple[str, ...]:
    return tuple(sorted({row.cells["kind"] for row in shipped_rows("organisations.tsv")}))


def problems_of_table(name: str, *, own: bool) -> tuple[int, list[Problem]]:
    """Check a shipped table, or the user's own one of that name; gives the number of rows and what is wrong."""
    try:
        rows = own_rows(name) if own else shipped_rows(name)
    except RecordError as error:
        return 0, [Problem(name, 0, "", str(error), "nothing else of it was checked")]
    found = list(problems(rows)) if name in EXTENSIBLE else list(_plain_problems(rows))
    return len(rows), found


def _plain_problems(rows: list[Row]) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        if not row.cells.get("source"):
            yield Problem(row.file, row.line, "source", "it is empty", "say where it is from")
        earlier = seen.setdefault(tuple(row.cells.values()), row.line)
        if earlier != row.line:
            yield Problem(row.file, row.line, "", f"it is the same as line {earlier}", "leave one of the two out")


def check_all() -> Iterator[tuple[str, bool, int, list[Problem]]]:
    """Check all tables: for each its name, whether it is the user's own, its rows and what is wrong with it."""
    for name in shipped_names():
        yield (name, False, *problems_of_table(name, own=False))
    for name in EXTENSIBLE:
        count, found = problems_of_table(name, own=True)
        if count or found:
            yield name, True, count, found
