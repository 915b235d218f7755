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
from sayso.record import ActorKind

__all__ = ["described", "is_only_a_place"]

_PLACED = re.compile(r"\b(?:in|at|near|outside|inside|around|across|throughout)(?: the)? $")
_THINGS = ("Ocean", "Sea", "River", "War", "Street", "Day")
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
    where = country or _countries_of(text, bodies)
    if not codes and not classes and not (bodies and bodies[-1][1] < len(text)):
        return _bare_name(phrase, text)
    from_body = [code for _, _, body in bodies for code in body.codes]
    if from_body and (not codes or _is_generic(low)):
        codes = tuple(dict.fromkeys([*from_body, *([] if _is_generic(low) else codes)]))
    if not codes and (where or find_regions(text)) and re.search(r"\bleaders?$", low):
        codes = ("GOV",)
    if GONE.search(low) and (codes[:1] in ((), ("GOV",), ("SPY",), ("MIL",))):
        codes = ("ELI",)
    international = any("IGO" in body.codes for _, _, body in bodies)
    return Identity(_kind(low, classes), None, None if international else (where or None), codes)


def _is_generic(low: str) -> bool:
    """Say whether a description holds a word that takes its role from the body beside it ("a NATO commander")."""
    return not word_class("of a body").isdisjoint(re.findall(r"[\w-]+", low))


def _countries_of(text: str, bodies: list[tuple[int, int, Organisation]]) -> str:
    """Give the countries a description belongs to, joined by "+", in the order of the text."""
    head = _TOWARDS.split(text, maxsplit=1)[0]
    if head != text and (find_countries(head) or find_regions(head)):
        text = head  # of "the Swiss ambassador to Tehran" the country is Switzerland
    parts = find_regions(text)
    wide = [(lo, hi) for lo, hi, _ in parts]
    found = {m.alpha3: None for m in find_countries(text) if not any(lo <= m.start < hi for lo, hi in wide)}
    found = found or {region.country: None for _, _, region in parts if region.country}
    found = found or {body.country: None for _, _, body in bodies if body.country}
    if not found and not parts:
        for match in re.finditer(rf"{CAPITALISED}(?: {CAPITALISED}){{0,2}}", text):
            codes = (city_country(name) for name in (match[0], *match[0].split()) if len(name) > 3)
            if code := next(filter(None, codes), None):
                return code
    return "+".join(found)


def _kind(low: str, classes: set[str]) -> ActorKind:
    head = re.split(r"\s(?:of|for|from|in|at|with|to|on|by|who|which|that|briefed|familiar|close)\s|,", low)[0].split()
    last = head[-1] if head else low
    plural = (last.endswith("s") and not last.endswith(_SINGULAR)) or last in _PEOPLE
    if "media" in classes:
        return "media"
    if last == "police" or ("organisation" in classes and not plural):
        codes = roles_of(low)
        return "government" if codes[:1] == ("GOV",) and last != "police" else "organisation"
    if plural:
        return "group"
    return "person" if "person" in classes or roles_of(low) or classes else "group"


def _bare_name(phrase: Phrase, text: str) -> Identity | None:
    """Take what is only capitalised words for an unknown person, unless it names a place or thing."""
    words = text.split()
    if re.fullmatch(rf"{CAPITALISED}(?:[ -](?:{PARTICLES}[ -])*{CAPITALISED}){{1,4}}", text):
        if (
            city_country(text, at_least=BIG_CITY)
            or find_countries(text)
            or text.split()[-1] in ("Ocean", "Sea", "River", "War", "Street", "Day")
        ):
            return None
        return Identity("person", text)
    if len(words) == 1 and text[:1].isupper() and city_country(text, at_least=BIG_CITY) and not is_only_a_place(phrase):
        return Identity("government", text, city_country(text, at_least=BIG_CITY), ("GOV",)) if phrase.context else None
    return None


def is_only_a_place(phrase: Phrase) -> bool:
    """Say whether every time the sentence says the name it is only where something is ("in Moscow")."""
    if not phrase.context:
        return False
    at = [m.start() for m in re.finditer(re.escape(phrase.text), phrase.context)]
    located = [
        bool(re.search(r"\b(?:in|at|near|outside|inside|around|across|throughout)(?: the)? $", phrase.context[:i]))
        for i in at
    ]
    return bool(located) and all(located)
