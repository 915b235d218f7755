"""Organisations by name, alias and acronym: takes a phrase or a text, gives what they are, whose and in what role."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.knowledge.gazetteer import Gazetteer, unaccented
from sayso.knowledge.tables import layered, listed
from sayso.record import ActorKind

__all__ = ["COLUMNS", "Organisation", "bodies_called", "find_organisations", "organisation_of", "organisations"]

COLUMNS = ("name", "aliases", "acronym", "kind", "country", "codes", "from", "until", "source")
_GOVERNMENT = frozenset({"government body", "central bank", "intelligence"})


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body with a name; ``country`` is "" for those of none, ``codes`` are agent codes, primary first."""

    name: str
    aliases: tuple[str, ...]
    acronyms: tuple[str, ...]
    kind: str
    country: str
    codes: tuple[str, ...]
    since: str = ""
    until: str = ""

    @property
    def actor_kind(self) -> ActorKind:
        """What it is as an actor: a government, a medium or an organisation."""
        if self.kind in _GOVERNMENT:
            return "government"
        return "media" if self.kind == "media" else "organisation"


@cache
def organisations() -> tuple[Organisation, ...]:
    """Load all organisations, the user's own first; raises RecordError when a file is damaged."""
    return tuple(
        Organisation(name, listed(aliases), listed(acronyms), kind, country, listed(codes), since, until)
        for (name, aliases, acronyms, kind, country, codes, since, until, _), _own in layered(
            "organisations.tsv", COLUMNS, ("name", "country")
        )
    )


@cache
def _gazetteer() -> Gazetteer[tuple[Organisation, ...]]:
    bearers: dict[str, dict[Organisation, None]] = {}
    for acronyms in (False, True):
        for each in organisations():
            for name in each.acronyms if acronyms else (each.name, *each.aliases):
                bearers.setdefault(name, {})[each] = None
    return Gazetteer((name, tuple(each)) for name, each in bearers.items())


def organisation_of(text: str, country: str = "", date: str | None = None) -> Organisation | None:
    """Give the organisation whose name this exactly is, article and possessive aside; None for all else.

    Of several that bear the name ("Supreme Court") it is the one of the country, at the date; where that leaves
    several of different countries, none.
    """
    return _choose(bodies_called(text), country, date)


def bodies_called(text: str) -> tuple[Organisation, ...]:
    """Give all organisations that bear exactly this name, article and possessive aside."""
    plain = unaccented(text)
    spellings = dict.fromkeys((text, text[:1].upper() + text[1:], plain))
    return next((found for spelling in spellings if (found := _gazetteer().get(spelling))), ())


def find_organisations(text: str, country: str = "") -> list[tuple[int, int, Organisation]]:
    """Find organisations in a text: start, end (code points, half-open) and which, longest first, none overlapping.

    ``country`` tells those that share a name apart; a name that stays open is left out.
    """
    met = list(_gazetteer().find(text)) or ([] if text.isascii() else list(_gazetteer().find(unaccented(text))))
    found = ((start, end, _choose(several, country, None)) for start, end, several in met)
    return [(start, end, each) for start, end, each in found if each is not None]


def _choose(several: tuple[Organisation, ...], country: str, date: str | None) -> Organisation | None:
    if date and len(several) > 1:
        year = date[:4]
        living = [e for e in several if (not e.since or e.since <= year) and (not e.until or year <= e.until)]
        several = tuple(living) or several
    own = [each for each in several if each.country == country] if country else []
    if own:
        return own[0]
    if len({each.country for each in several}) == 1:
        return several[0]
    return None
