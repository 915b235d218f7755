"""News organisations: takes a name, a text or an address, gives outlets with country, ownership and domain.

Names that are also ordinary words ("The Times", "Slate") are found in running text only where something says that an
outlet is meant: a verb of saying or a word like "newspaper" after it, or "told" or "according to" before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast
from urllib.parse import urlsplit

from sayso.knowledge.gazetteer import Gazetteer, bare, levelled
from sayso.knowledge.lexicon import cue_words
from sayso.knowledge.mouths import words_of_class
from sayso.knowledge.tables import listed, rows

__all__ = ["COLUMNS", "Outlet", "Ownership", "outlet_at", "outlet_named", "outlet_of", "outlets"]

COLUMNS = ("name", "aliases", "acronym", "country", "ownership", "wire", "domain", "common", "source")

Ownership = Literal["state", "public", "private", "party"]

_TOLD = re.compile(
    r"\b(?:told|telling|tells|according to|reported by|published (?:by|in)|interview (?:with|by|in)|"
    r"quoted by|cited by|citing|quoting|newspaper|daily|magazine|agency|broadcaster|website|outlet)(?: the)? $",
    re.IGNORECASE,
)
_AFTER = re.compile(r"(?:'s?)?(?:,? (?:also|later|first|has|had|have|which|of London))* ([a-z][a-z-]+)")


@dataclass(frozen=True, slots=True)
class Outlet:
    """One news organisation; ``wire`` is true for agencies, ``common`` are its names that are ordinary words too."""

    name: str
    aliases: tuple[str, ...]
    acronym: str | None
    country: str
    ownership: Ownership
    wire: bool
    domains: tuple[str, ...]
    common: tuple[str, ...]


@cache
def outlets() -> tuple[Outlet, ...]:
    """Load all outlets, by name; raises RecordError when the file is damaged."""
    return tuple(
        Outlet(
            name,
            listed(aliases),
            acronym or None,
            country,
            cast("Ownership", ownership),
            wire == "yes",
            listed(domain),
            listed(common),
        )
        for name, aliases, acronym, country, ownership, wire, domain, common, _ in rows("outlets.tsv", COLUMNS)
    )


def _phrases() -> Iterator[tuple[str, Outlet]]:
    for outlet in outlets():
        for name in (outlet.name, *outlet.aliases, outlet.acronym):
            if name:
                yield name, outlet
                if name[:4] != "The " and " " in name:
                    yield "The " + name, outlet


@cache
def _gazetteer() -> Gazetteer[Outlet]:
    return Gazetteer(_phrases())


@cache
def _domains() -> dict[str, Outlet]:
    return {domain: outlet for outlet in outlets() for domain in outlet.domains}


def outlet_of(text: str) -> Outlet | None:
    """Give the outlet whose name, alias or acronym this exactly is, article and possessive aside; None for all else."""
    return _gazetteer().get(text) or _gazetteer().get("The " + bare(text))


def _is_meant(text: str, start: int, end: int) -> bool:
    if _TOLD.search(text[max(0, start - 30) : start]):
        return True
    after = _AFTER.match(text, end)
    return after is not None and (after[1] in cue_words() or after[1] in words_of_class("media"))


def outlet_named(text: str, start: int, end: int) -> Outlet | None:
    """Give the outlet that ``text[start:end]`` (code points, half-open) names, None when it names none.

    A name that is an ordinary word ("Slate", "The Australian") needs a sign around it that an outlet is meant.
    """
    outlet = outlet_of(text[start:end])
    if outlet is None:
        return None
    plain = levelled(text[max(0, start - 40) : end + 60])
    at = start - max(0, start - 40)
    names = {bare(name) for name in outlet.common}
    is_common = bare(plain[at : at + end - start]) in names
    return None if is_common and not _is_meant(plain, at, at + end - start) else outlet


def outlet_at(address: str) -> Outlet | None:
    """Give the outlet that publishes at a host name or URL, subdomains included; None for an unknown one."""
    host = (urlsplit(address).hostname if "//" in address else address.split("/", 1)[0]) or ""
    labels = host.lower().rstrip(".").split(".")
    for first in range(len(labels) - 1):
        if found := _domains().get(".".join(labels[first:])):
            return found
    return None
