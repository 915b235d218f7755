"""What an actor of one article is taken for by itself: a Reading in, for each of its actors a Guise with a key.

Actors whose guises have one key are one, in whatever articles they stand. ``how`` says what the key rests on:
``known`` (knowledge says who it is at the article's date), ``named`` (a full name, its kind and its country),
``surname`` (a person of one word, good for its article until entities.py finds whose it is), ``described`` (nobody
is named; good for its article alone) and ``apart`` (a person parted it from the others).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from sayso.knowledge.countries import countries, government_name, name_of
from sayso.knowledge.identity import Identity, identify, known_person
from sayso.knowledge.mouths import is_title
from sayso.knowledge.offices import terms_of
from sayso.knowledge.organisations import organisation_of
from sayso.knowledge.outlets import outlet_of
from sayso.record import Actor, ActorKind, Reading
from sayso.store.fulltext import words
from sayso.store.rows import digest, key_of
from sayso.store.when import moments

__all__ = ["Guise", "How", "apart", "day_of", "guise_of", "guises"]

How = Literal["known", "named", "surname", "described", "apart"]

_LONGEST = 200  # characters of a key; what is longer is cut and told apart by a digest
_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Guise:
    """What one actor is taken for; ``country`` is "" where unknown, ``first`` and ``last`` are folded words of a
    person's name, ``namesake`` what all of one full name and kind share."""

    key: str
    how: How
    kind: ActorKind
    name: str
    country: str = ""
    first: str = ""
    last: str = ""
    namesake: str = ""

    @property
    def name_key(self) -> str:
        """What the name is compared by."""
        return key_of(self.name) or ""


def guises(reading: Reading) -> list[Guise]:
    """Give the guise of each actor of a reading, in their order; the same reading gives the same."""
    date = day_of(reading.article.published)
    met: Counter[str] = Counter()
    found = []
    for actor in reading.actors:
        guise = guise_of(actor, date)
        if guise.how in ("surname", "described"):
            # Two whom the reader kept apart stay so; numbered by name, as ids change with every reader.
            met[guise.key] += 1
            key = _key(guise.key, reading.article.id, str(met[guise.key]))
            guise = Guise(key, guise.how, guise.kind, guise.name, guise.country, guise.first, guise.last)
        found.append(guise)
    return found


def guise_of(actor: Actor, date: str | None) -> Guise:
    """Give the guise of an actor at a date (ISO 8601, to the day, month or year), without regard to its article."""
    name = " ".join(actor.name.split())
    # "the foreign ministry" of no known country is another one in another article.
    is_common = actor.kind != "person" and not actor.country and name == name.lower()
    if not actor.named or is_common or not words(name):
        return Guise(_key("described", actor.kind, _plain(name)), "described", actor.kind, name, actor.country or "")
    return _person(actor, name, date) if actor.kind == "person" else _body(actor, name, date)


def apart(guise: Guise, decision: int) -> Guise:
    """Give the guise of an actor that a person parted from the others."""
    return Guise(_key("apart", str(decision)), "apart", guise.kind, guise.name, guise.country)


def day_of(published: str | None) -> str | None:
    """Give a date as far as it is certain: to the day, the month or the year; None where not even that."""
    when = moments(published)
    if when is None:
        return None
    return next((when.earliest[:n] for n in (10, 7, 4) if when.earliest[:n] == when.latest[:n]), None)


def _key(*parts: str) -> str:
    whole = "|".join(parts)
    return whole if len(whole) <= _LONGEST else f"{whole[:_LONGEST]}|{digest(*parts)}"


def _plain(name: str) -> str:
    found = words(name)
    return " ".join(found[1:] if found[0:1] and found[0] in _ARTICLES and len(found) > 1 else found)


def _person(actor: Actor, name: str, date: str | None) -> Guise:
    country = actor.country if actor.country and "+" not in actor.country else None
    name = _untitled(name)
    seen = known_person(name, date, country) or known_person(name, date) or identify(name, date)
    if seen is not None and (seen.kind != "person" or not seen.name):
        seen = None
    if seen is not None and seen.name and _is_known(seen, country):
        key = _key("known", "person", seen.name)
        return Guise(key, "known", "person", seen.name, seen.country or country or "", *_ends(words(seen.name)))
    if seen is not None and seen.name and " " in seen.name:
        name = _untitled(seen.name)  # without the title it stood behind
    parts = name.split()
    if len(parts) == 1 or parts[0][0].islower():
        of_name = words(name)
        return Guise(_key("surname", " ".join(of_name)), "surname", "person", name, country or "", last=of_name[-1])
    own = words(name)
    own = [word for n, word in enumerate(own) if len(word) > 1 or n in (0, len(own) - 1)]  # "Mirela A. Dorran"
    return _named("person", name, " ".join(own), country or "", *_ends(own))


def _ends(name: list[str]) -> tuple[str, str]:
    return name[0], name[-1]


def _untitled(name: str) -> str:
    parts = name.split()
    while len(parts) > 1 and is_title(parts[0]):
        parts = parts[1:]
    return " ".join(parts) if words(" ".join(parts)) else name


def _is_known(seen: Identity, country: str | None) -> bool:
    """Say whether this is one person of public life, and of the country the article gives."""
    if country and seen.country and country != seen.country:
        return False
    return any(term.holder == seen.name for term in terms_of(seen.name or ""))


def _named(kind: ActorKind, name: str, plain: str, country: str, first: str = "", last: str = "") -> Guise:
    return Guise(
        _key("named", kind, plain, country), "named", kind, name, country, first, last, _key("named", kind, plain)
    )


def _body(actor: Actor, name: str, date: str | None) -> Guise:
    country = actor.country or ""
    if country in countries() and name in (name_of(country), government_name(country)):
        kind: ActorKind = "country" if name == name_of(country) else "government"
        return _state(kind, country)
    if body := organisation_of(name, country, date):
        if not country or not body.country or body.country == country:
            return _known_body(body.actor_kind, body.name, body.country)
    elif (seen := identify(name, date)) is not None and seen.kind != "person" and seen.name:
        return _seen_body(actor, name, seen)
    return _named(actor.kind, name, _plain(name), country)


def _seen_body(actor: Actor, name: str, seen: Identity) -> Guise:
    code = seen.country or ""
    if actor.country and code and actor.country != code:
        return _named(actor.kind, name, _plain(name), actor.country)
    if code in countries() and seen.name in (name_of(code), government_name(code)):
        return _state("country" if seen.name == name_of(code) else "government", code)
    found = seen.name or name
    if organisation_of(found, code) or outlet_of(found):
        return _known_body(seen.kind, found, code)
    return _named(seen.kind, found, _plain(found), actor.country or code)


def _state(kind: ActorKind, country: str) -> Guise:
    name = name_of(country) if kind == "country" else government_name(country)
    return Guise(_key("known", kind, country), "known", kind, name, country)


def _known_body(kind: ActorKind, name: str, country: str) -> Guise:
    if kind == "government" and country in countries() and name.endswith(" government"):
        return _state(kind, country)  # "the Russian government", "Russia government": one
    return Guise(_key("known", "body", name, country), "known", kind, name, country)
