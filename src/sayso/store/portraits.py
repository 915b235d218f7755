"""What is asked of the actors of a store and what it answers: plain frozen values, no database in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.store.answers import ArticleRow, Hit

__all__ = ["ActorQuery", "ActorRow", "Called", "Decision", "Linked", "Office", "Portrait", "WikidataRow"]


@dataclass(frozen=True, slots=True)
class ActorQuery:
    """A question to the actors of all current readings; what is None does not narrow it.

    ``country`` is ISO 3166 alpha-3, ``role`` a CAMEO/PLOVER agent code, ``kind`` one of ACTOR_KINDS. With ``outlet``
    only its articles count. ``unnamed`` asks for those who are only described, who are good for one article each,
    instead of the named. ``unlinked`` leaves out those who have a Wikidata id.
    """

    country: str | None = None
    role: str | None = None
    kind: str | None = None
    outlet: str | None = None
    unnamed: bool = False
    unlinked: bool = False
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Called:
    """Words an actor is called by at one outlet (None: unknown), how often and in how many articles.

    Pronouns are left out; of ways of writing that differ in case and accents alone the commonest is given.
    """

    words: str
    outlet: str | None
    times: int
    articles: int


@dataclass(frozen=True, slots=True)
class Office:
    """An office an actor held at the date of ``articles`` articles, the first and the last of which were published
    then (None: undated)."""

    office: str
    first: str | None
    last: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One actor in a list.

    ``id`` is good until the store changes. ``articles`` counts those it appears in, ``statements`` those it speaks;
    ``roles`` and ``offices`` are of all its articles, the most frequent first; ``called`` the most frequent first.
    """

    id: int
    name: str
    kind: str
    country: str | None
    named: bool
    roles: tuple[str, ...]
    offices: tuple[Office, ...]
    articles: int
    statements: int
    called: tuple[Called, ...]
    wikidata: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided: that ``a`` and ``b`` are one and called ``a``, or that whoever is called ``a`` in an
    article is another. ``undone_at`` is None as long as it holds; times are ISO 8601 in UTC."""

    number: int
    kind: Literal["merge", "split"]
    a: str
    b: str | None
    article: str | None
    who: str
    made_at: str
    why: str | None
    undone_at: str | None
    undone_by: str | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """One actor over all articles.

    ``forces`` counts its statements by force, the most frequent first. ``aliases`` are the names it is called by,
    ``epithets`` other words ("the strongman"), each by outlet. ``said`` are its statements, newest first, as many as
    were asked for; ``appears_in`` its articles, newest first, likewise. ``decisions`` are those that made it what it
    is and hold.
    """

    id: int
    name: str
    kind: str
    country: str | None
    named: bool
    roles: tuple[str, ...]
    offices: tuple[Office, ...]
    articles: int
    statements: int
    forces: dict[str, int]
    aliases: tuple[Called, ...]
    epithets: tuple[Called, ...]
    wikidata: str | None
    decisions: tuple[Decision, ...]
    appears_in: tuple[ArticleRow, ...]
    said: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class WikidataRow:
    """A link to make: a name, the Wikidata id (None takes the link away) and, to tell namesakes apart, a country."""

    name: str
    qid: str | None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Linked:
    """What became of a link; ``actor`` is the name it was found under, None where nobody or several are so called."""

    name: str
    qid: str | None
    outcome: Literal["linked", "unchanged", "removed", "nobody", "several"]
    actor: str | None = None
