"""What is known of an actor, and what is asked of it: the words the resolver's parts share."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.knowledge.whereabouts import near_countries
from sayso.record import ActorKind

__all__ = [
    "BIG_CITY",
    "CAPITALISED",
    "FORMER",
    "GONE",
    "PARTICLES",
    "Identity",
    "Phrase",
    "only_country",
    "undetermined",
]

BIG_CITY = 100_000  # inhabitants from which a city's name needs no explanation
CAPITALISED = r"[A-ZÀ-ÖØ-Þ‘’'][\w’'.-]*"
PARTICLES = r"(?:de|del|della|da|dos|du|di|la|le|van|von|der|den|ten|ter|bin|ibn|al|el|ul|bint|abu|y|e|of)"
FORMER = re.compile(r"\b(?:former|ex|one-?time|late|retired|ousted|deposed|then|erstwhile|outgoing)\b[- ]?", re.I)
GONE = re.compile(r"\b(?:former|ex|one-?time|retired|ousted|deposed|erstwhile)\b", re.I)
_ARTICLE = re.compile(
    r"^(?:the|a|an|some|several|many|most|other|two|three|four|five|six|\d+|both|all|these|those)\s+", re.I
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of an actor.

    ``name`` is None for those nobody names; ``country`` is alpha-3 ("KOR+USA" where several), None when it has none
    or is unknown; ``roles`` are agent codes, primary first; ``office`` is that at the date asked for.
    """

    kind: ActorKind
    name: str | None = None
    country: str | None = None
    roles: tuple[str, ...] = ()
    office: str | None = None
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, bare and level, with what it was asked with."""

    text: str
    date: str | None = None
    context: str = ""

    @property
    def low(self) -> str:
        return self.text.lower()


def undetermined(text: str) -> str:
    """Drop the article or number a phrase begins with."""
    return _ARTICLE.sub("", text)


def only_country(context: str, phrase: str = "") -> str:
    """Give the one country a sentence speaks of outside a phrase, or ""."""
    found = near_countries(context, phrase)
    return next(iter(found)) if len(found) == 1 else ""
