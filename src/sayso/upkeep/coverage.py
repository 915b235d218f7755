"""How much of other people's lists the tables know: takes a folder with such lists, gives what is known and missing.

``leaderlist_3_21.csv`` is REIGN's list of leaders by country and month; a leader who ruled in 1990 or later counts as
known when a head of state or government of that country at that time bears one of the names. ``countries.json`` is
that of mledoze/countries; of it the members of the United Nations, Kosovo, Palestine, Taiwan and the Vatican count.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from sayso.errors import NotFound, RecordError
from sayso.knowledge.countries import countries, country_of
from sayso.knowledge.offices import Term, folded, terms

__all__ = ["LEADERS", "PLACES", "Coverage", "country_coverage", "coverage", "leader_coverage"]

LEADERS, PLACES = "leaderlist_3_21.csv", "countries.json"
_FROM = 1990
_LEADING = ("head of state", "head of government")
_ALIKE = 0.75  # two spellings of one name ("Yeltsin", "Eltsin") agree this far; the country and the time do, too
_BESIDES_MEMBERS = frozenset({"UNK", "PSE", "TWN", "VAT"})
_COLUMNS = {"stateabb", "leader", "syear", "smonth", "eyear", "emonth"}


@dataclass(slots=True)
class Coverage:
    """How many of a list are known; ``missing`` are the others, as people write them."""

    what: str
    known: int = 0
    missing: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many there are in the list."""
        return self.known + len(self.missing)

    def count(self, known: bool, name: str) -> None:
        """Count one of the list."""
        if known:
            self.known += 1
        else:
            self.missing.append(name)


def coverage(folder: Path) -> list[Coverage]:
    """Compare with each list the folder holds; raises NotFound when it holds none, RecordError when one is damaged."""
    found: list[Coverage] = []
    if (folder / LEADERS).is_file():
        found.append(leader_coverage(folder / LEADERS))
    if (folder / PLACES).is_file():
        found += country_coverage(folder / PLACES)
    if not found:
        raise NotFound(f"{folder} holds neither {LEADERS} (REIGN) nor {PLACES} (mledoze/countries); put one there")
    return found


def leader_coverage(file: Path) -> Coverage:
    """Compare with a list of leaders by state and month; raises RecordError when it is none."""
    rows = csv.DictReader(_text(file).splitlines())
    if not set(rows.fieldnames or ()) >= _COLUMNS:
        raise RecordError(f"{file} line 1: it lacks one of the columns {', '.join(sorted(_COLUMNS))}; get it again")
    result = Coverage("leaders since 1990")
    for row in rows:
        name, code = (row["leader"] or "").strip(), _alpha3().get(row["stateabb"] or "")
        if not name or not (row["syear"] or "").isdigit() or int(row["eyear"] or 9999) < _FROM:
            continue
        since, until = _month(row["syear"], row["smonth"], "01"), _month(row["eyear"], row["emonth"], "12")
        until = until or "9999"
        known = code is not None and any(_is_same(name, term) for term in _leaders(code) if _meet(term, since, until))
        result.count(known, f"{code or row['stateabb']} {name} {since}/{until.replace('9999', '')}")
    return result


def _month(year: str | None, month: str | None, without: str) -> str:
    return f"{year}-{int(month):02}" if year and month and month.isdigit() else f"{year}-{without}" if year else ""


@cache
def _alpha3() -> dict[str, str]:
    """Load the codes of the Correlates of War list of states, as ISO 3166-1 alpha-3."""
    lines = (files("sayso.upkeep") / "cow.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {code: alpha3 for code, alpha3, _ in (line.split("\t") for line in lines)}


def _leaders(code: str) -> Iterator[Term]:
    bodies = {code, "YUG"} if code == "SRB" else {code}
    return (term for term in terms() if term.body in bodies and term.post in _LEADING)


def _meet(term: Term, since: str, until: str) -> bool:
    return term.since[:7] <= until[: len(term.since)] and (not term.until or since[: len(term.until)] <= term.until[:7])


def _is_same(name: str, term: Term) -> bool:
    """Say whether a leader of the list is the holder of a term: a name of theirs is the same, or spelled alike."""
    ours = {word for each in (term.holder, *term.aliases, *term.short) for word in folded(each).split()}
    bare = re.sub(r"\(.*?\)", " ", name).replace(".", " ")  # "(2nd time)", "J.Smith"
    words = [word for word in folded(bare).split() if len(word) > 1]
    return any(word in ours for word in words) or any(
        SequenceMatcher(None, word, other, autojunk=False).ratio() >= _ALIKE
        for word in words
        for other in ours
        if min(len(word), len(other)) > 3
    )


def country_coverage(file: Path) -> list[Coverage]:
    """Compare with a list of countries, their demonyms and capitals; raises RecordError when it is none."""
    places, demonyms, capitals = Coverage("countries"), Coverage("demonyms"), Coverage("capitals")
    try:
        for entry in json.loads(_text(file)):
            if not entry.get("unMember") and entry["cca3"] not in _BESIDES_MEMBERS:
                continue
            code = "XKX" if entry["cca3"] == "UNK" else entry["cca3"]
            name = entry["name"]["common"]
            places.count(code in countries() and _means(name, code), f"{code} {name}")
            for demonym in sorted(_demonyms(entry)):
                demonyms.count(_means(demonym, code), f"{code} {demonym}")
            for capital in entry.get("capital") or ():
                capitals.count(_means(capital, code), f"{code} {capital}")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RecordError(f"{file} is not the list of mledoze/countries ({error}); get it again") from error
    return [places, demonyms, capitals]


def _means(name: str, code: str) -> bool:
    return country_of(name) == code


def _demonyms(entry: dict[str, Any]) -> set[str]:
    of_both: Iterable[str] = entry.get("demonyms", {}).get("eng", {}).values()
    return {part.strip() for demonym in of_both for part in demonym.split(",") if part.strip()}


def _text(file: Path) -> str:
    data = file.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:  # as REIGN's is
        return data.decode("cp1252", errors="replace")
