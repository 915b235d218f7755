"""Who held which office when: takes names, titles, countries and dates, gives terms of office.

A term belongs to a country (alpha-3) or an organisation; its post is one of a closed list whose words
("foreign minister", "minister of foreign affairs") and agent codes are in ``posts.tsv``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sayso.knowledge.gazetteer import levelled
from sayso.knowledge.tables import layered, listed, rows

__all__ = [
    "COLUMNS",
    "POST_COLUMNS",
    "SYSTEM_COLUMNS",
    "Post",
    "Term",
    "folded",
    "holders",
    "leader_post",
    "posts",
    "posts_called",
    "terms",
    "terms_of",
]

COLUMNS = ("holder", "aliases", "gender", "body", "post", "titles", "from", "until", "source")
POST_COLUMNS = ("post", "codes", "words", "source")
SYSTEM_COLUMNS = ("country", "leader", "source")


@dataclass(frozen=True, slots=True)
class Post:
    """A kind of office; ``rank`` is 0 for the first of the list, ``codes`` are empty where the body's count."""

    name: str
    codes: tuple[str, ...]
    words: tuple[str, ...]
    rank: int


@dataclass(frozen=True, slots=True)
class Term:
    """One person in one office; ``since`` and ``until`` are ISO 8601 months or years, "" where open.

    ``own`` is one of the user's rows, which wins where another is said to have held the office.
    """

    holder: str
    aliases: tuple[str, ...]
    short: tuple[str, ...]
    gender: str
    body: str
    post: str
    titles: tuple[str, ...]
    since: str
    until: str
    own: bool = False

    def covers(self, date: str | None) -> bool:
        """Say whether the office was held at a date (ISO 8601, to the year or finer); without a date, still is."""
        if not date:
            return not self.until
        return self.since[: len(date)] <= date[: len(self.since)] and (
            not self.until or date[: len(self.until)] <= self.until[: len(date)]
        )

    def over(self, date: str | None) -> bool:
        """Say whether the term had ended at a date; without a date, whether it has."""
        return bool(self.until) and (not date or date[: len(self.until)] > self.until[: len(date)])


@cache
def posts() -> dict[str, Post]:
    """Load the kinds of office by name, in order of rank; raises RecordError when the file is damaged."""
    return {
        name: Post(name, listed(codes), listed(words), rank)
        for rank, (name, codes, words, _) in enumerate(rows("posts.tsv", POST_COLUMNS))
    }


@cache
def terms() -> tuple[Term, ...]:
    """Load all terms, the user's own first; raises RecordError when a file is damaged."""
    return tuple(_term(cells, own) for cells, own in layered("offices.tsv", COLUMNS, ("holder", "body", "post")))


def _term(cells: list[str], own: bool) -> Term:
    holder, aliases, gender, body, post, titles, since, until, _ = cells
    names = listed(aliases)
    short = tuple(name[1:] for name in names if name.startswith("="))
    return Term(
        holder,
        tuple(name for name in names if not name.startswith("=")),
        short or (holder.split()[-1],),
        gender,
        body,
        post,
        tuple(title.lower() for title in listed(titles)),
        since,
        until,
        own,
    )


@cache
def leader_post(country: str) -> str:
    """Give the post of the one the press calls a country's leader."""
    led = {code: post for code, post, _ in rows("systems.tsv", SYSTEM_COLUMNS)}
    return led.get(country, "head of state")


_DROPPED = str.maketrans({".": None, "'": None, "`": None, "-": " ", ",": " "})


def folded(name: str) -> str:
    """Make a name comparable: no accents, dots, hyphens or apostrophes, lower case, single spaces."""
    if not name.isascii():
        name = unicodedata.normalize("NFKD", levelled(name)).encode("ascii", "ignore").decode()
    return " ".join(name.translate(_DROPPED).lower().split())


@cache
def _by_name() -> dict[str, tuple[Term, ...]]:
    found: dict[str, dict[Term, None]] = {}
    for term in terms():
        for name in (term.holder, *term.aliases, *term.short):
            found.setdefault(folded(name), {})[term] = None
    return {name: tuple(each) for name, each in found.items()}


def terms_of(name: str) -> tuple[Term, ...]:
    """Give the terms of all who bear a name, full or as the press shortens it; accents and dots do not matter."""
    key = folded(name)
    found = _by_name().get(key, ())
    if not found and len(words := key.split()) > 2:
        found = _by_name().get(f"{words[0]} {words[-1]}", ())  # a middle name or initial
    return found


@cache
def _by_body() -> dict[str, tuple[Term, ...]]:
    found: dict[str, list[Term]] = {}
    for term in terms():
        found.setdefault(term.body, []).append(term)
    return {body: tuple(each) for body, each in found.items()}


def posts_called(words: str, body: str = "") -> tuple[str, ...]:
    """Give the posts that a title names ("minister of foreign affairs"), by rank; a body's own titles come first."""
    plain = " ".join(levelled(words).lower().split())
    own = [term.post for term in _by_body().get(body, ()) if plain in term.titles]
    general = [post.name for post in posts().values() if plain in post.words]
    if plain in ("leader", "ruler") and body:
        general = [leader_post(body), *general]
    return tuple(dict.fromkeys([*general, *sorted(set(own), key=lambda post: posts()[post].rank)]))


def holders(body: str, title: str, date: str | None) -> tuple[Term, ...]:
    """Give who held the office of that title in a country or organisation at a date, now without a date; by rank."""
    called = posts_called(title, body)
    plain = " ".join(levelled(title).lower().split())
    held = [term for term in _by_body().get(body, ()) if term.covers(date)]
    held = _in_turn(held, date)
    overruled = {term.post for term in held if term.own and _one_of_a_kind(term.post)}
    held = [term for term in held if term.own or term.post not in overruled]
    exact = [term for term in held if plain in term.titles]
    by_post = ([term for term in held if term.post == post and _one_of_a_kind(post)] for post in called)
    kinds = next(filter(None, by_post), [])
    return tuple(_distinct(exact if len({t.holder for t in exact}) == 1 else kinds or exact))


def _in_turn(held: list[Term], date: str | None) -> list[Term]:
    """Of two who held a post in the month in which it changed hands give the first before its middle, else the second.

    Most terms are known to the month only.
    """
    if not date or len(date) < 10:
        return held
    month, early = date[:7], date[8:10] < "16"
    leaving = {term.post for term in held if term.until[:7] == month}
    coming = {term.post for term in held if term.since[:7] == month}
    changed = leaving & coming
    return [t for t in held if t.post not in changed or (t.until[:7] == month if early else t.since[:7] == month)]


def _one_of_a_kind(post: str) -> bool:
    return posts()[post].rank < posts()["minister"].rank or post in (
        *("army chief", "central bank governor", "opposition leader", "head of organisation", "UN ambassador"),
        *("national security adviser", "speaker of parliament"),
    )


def _distinct(found: Iterable[Term]) -> list[Term]:
    return list({folded(term.holder): term for term in found}.values())
