"""Descriptions: takes a phrase without a known name ("two Iraqi officials"), gives kind, country and role."""

from __future__ import annotations

import re

from sayso.knowledge.countries import find_countries
from sayso.knowledge.grammar import word_class
from sayso.knowledge.known import BIG_CITY, CAPITALISED, GONE, PARTICLES, Identity, Phrase, only_country, undetermined
from sayso.knowledge.mouths import classes_of
from sayso.knowledge.organisations import Organisation, find_organisations
from sayso.knowledge.regions import city_country, find_regions
from sayso.knowledge.roles import roles_of
from sayso.knowledge.tables import words_of
from sayso.knowledge.whereabouts import near_countries, places_in
from sayso.record import ActorKind

__all__ = ["described", "is_only_a_place"]

_PLACED = re.compile(r"\b(?:in|at|near|outside|inside|around|across|throughout)(?: the)? $")
_NAME = re.compile(rf"{CAPITALISED}(?:[ -](?:{PARTICLES}[ -])*{CAPITALISED}){{1,5}}")
_AWAY = re.compile(r"\s(?:in|at|from)\s")
_STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})
_TOWARDS = re.compile(r"\s(?:to|with|on|about|against|over|towards?)\s")
_SINGULAR = ("ss", "us", "is", "forces", "services", "headquarters")
_PEOPLE = ("people", "men", "women", "troops", "civilians", "militia")


def described(phrase: Phrase, country: str = "") -> Identity | None:
    """Identify what is only described, by its head noun, the places in it and its role words."""
    text = undetermined(phrase.text)
    low = text.lower()
    bodies = find_organisations(text, only_country(text) or only_country(phrase.context))
    classes = {str(kind) for kind in classes_of(low)} - {"document"}
    codes = roles_of(low)
    where = country or _countries_of(text, phrase, bodies)
    of_state = not word_class("of a state").isdisjoint(low.split()[-1:])
    if not codes and not classes and not (of_state and where) and not (bodies and bodies[-1][1] < len(text)):
        return _bare_name(phrase, text)
    from_body = [code for _, _, body in bodies for code in body.codes]
    if from_body and (not codes or _is_generic(low)):
        codes = tuple(dict.fromkeys([*from_body, *([] if _is_generic(low) else codes)]))
    if not codes and of_state and (where or find_regions(text)):
        codes = ("GOV",)
    if not where and not bodies and codes[:1] and codes[0] in _STATE and phrase.text[:4].lower() == "the ":
        where = only_country(phrase.context, phrase.text)  # "the kingdom's energy minister"
    if GONE.search(low) and (codes[:1] in ((), ("GOV",), ("SPY",), ("MIL",))):
        codes = ("ELI",)
    international = any("IGO" in body.codes for _, _, body in bodies)
    return Identity(_kind(low, classes), None, None if international else (where or None), codes)


def _is_generic(low: str) -> bool:
    """Say whether a description holds a word that takes its role from the body beside it ("a NATO commander")."""
    return not word_class("of a body").isdisjoint(re.findall(r"[\w-]+", low))


def _countries_of(text: str, phrase: Phrase, bodies: list[tuple[int, int, Organisation]]) -> str:
    """Give the countries a description belongs to, joined by "+", in the order of the text."""
    near = near_countries(phrase.context, phrase.text) if phrase.context else frozenset()
    head = _TOWARDS.split(text, maxsplit=1)[0]
    if head != text and places_in(head, near):
        text = head  # of "the Swiss ambassador to Tehran" the country is Switzerland
    if (away := _AWAY.search(text)) and places_in(text[: away.start()], near):
        text = text[: away.start()]  # of "Filipino nurses in Saudi Arabia" the Philippines
    named = [(lo, hi) for lo, hi, _ in bodies]
    places = [p for p in places_in(text, near) if not any(lo <= p.start < hi for lo, hi in named)]
    found = {place.country: None for place in places if place.kind in ("country", "capital") and place.country}
    found = found or {place.country: None for place in places if place.country}
    if not found and any(place.kind == "region" and not place.country for place in places):
        return next(iter(near)) if len(near) == 1 else ""  # Punjab is of the country that is spoken of
    found = found or {body.country: None for _, _, body in bodies if body.country}
    return "+".join(dict.fromkeys(code for codes in found for code in codes.split("+")))


def _kind(low: str, classes: set[str]) -> ActorKind:
    head = re.split(r"\s(?:of|for|from|in|at|with|to|on|by|who|which|that|briefed|familiar|close)\s|,", low)[0].split()
    last = head[-1] if head else low
    plural = (last.endswith("s") and not last.endswith(_SINGULAR)) or last in _PEOPLE
    if "media" in classes:
        return "media"
    is_body = "organisation" in classes or last.capitalize() in words_of("organisation_words.tsv")
    if last == "police" or (is_body and not plural):
        codes = roles_of(low)
        return "government" if codes[:1] == ("GOV",) and last != "police" else "organisation"
    if plural:
        return "group"
    return "person" if "person" in classes or roles_of(low) or classes else "group"


def _bare_name(phrase: Phrase, text: str) -> Identity | None:
    """Take what is only capitalised words for an unknown person, or for a body by a word of it; None for a thing."""
    words = text.split()
    last = words[-1] if words else ""
    if last.lower() in word_class("thing"):
        return None
    if (people := _people(text)) is not None:
        return people
    if _NAME.fullmatch(text) is None:
        known = len(words) == 1 and text[:1].isupper() and phrase.context and not is_only_a_place(phrase)
        country = city_country(text, at_least=BIG_CITY) if known else None
        return Identity("government", text, country, ("GOV",)) if country else None
    near = near_countries(phrase.context, phrase.text) if phrase.context else frozenset()
    place = next(iter(places_in(text, near)), None)
    country = (place.country if place else next(iter(near)) if len(near) == 1 else "") or None
    if any(word in words_of("media_words.tsv") for word in re.split(r"[ -]", last)):
        return Identity("media", text, country, ("MED",))
    if any(word in words_of("organisation_words.tsv") for word in words):
        return Identity("organisation", text, country, roles_of(text.lower()))
    if place is not None and (place.end - place.start == len(text) or find_countries(text)):
        return None
    return Identity("person", text)


def _people(text: str) -> Identity | None:
    """Take a plural demonym at the end of a phrase for a people ("ordinary Iranians")."""
    mentions = find_countries(text)
    if mentions and mentions[-1].how == "demonym" and mentions[-1].end == len(text) and text.endswith("s"):
        return Identity("group", None, mentions[-1].alpha3, ("CVL",))
    return None


def is_only_a_place(phrase: Phrase) -> bool:
    """Say whether every time the sentence says the name it is only where something is ("in Moscow")."""
    if not phrase.context:
        return False
    at = [m.start() for m in re.finditer(re.escape(phrase.text), phrase.context)]
    return bool(at) and all(_PLACED.search(phrase.context[:i]) for i in at)
