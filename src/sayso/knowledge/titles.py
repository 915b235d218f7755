"""Titles: takes a phrase, gives the name in it, whose office it is and which ("foreign minister", Russia, Lavrov)."""

from __future__ import annotations

import re

from sayso.knowledge.countries import country_of
from sayso.knowledge.given_names import gender_of_name
from sayso.knowledge.known import CAPITALISED, PARTICLES, Phrase, only_country
from sayso.knowledge.mouths import is_title
from sayso.knowledge.offices import posts_called, terms_of
from sayso.knowledge.organisations import find_organisations, organisation_of
from sayso.knowledge.roles import roles_of
from sayso.knowledge.tables import words_of
from sayso.knowledge.whereabouts import near_countries, places_in

__all__ = ["body_and_words", "name_and_title", "untitled"]

_JOINTS = (" of", " for", " from", " in", " at", " to", " and", " the")
_NAME_AT_END = re.compile(rf"(?:^|(?<=[\s,-]))({CAPITALISED}(?:[ -](?:{PARTICLES}[ -]){{0,2}}{CAPITALISED}){{0,5}})$")


def name_and_title(text: str) -> tuple[str, str]:
    """Part a phrase into the name at its end and the title before it; an apposition counts as a title."""
    apposed = re.fullmatch(r"([^,]+), (?:the |an? )?([^,]+),?", text)
    if apposed and " and " not in apposed[2]:
        first, second = apposed.groups()
        if terms_of(first) or not roles_of(first.lower()):
            return first, second
        return untitled(second), first
    match = _NAME_AT_END.search(text)
    if match is None:
        return "", text
    words = match[1].split()
    titles = [i + 1 for i, word in enumerate(words[:-1]) if _is_title_word(" ".join(words[: i + 1]), word)]
    cut = max(titles, default=0)
    name, title = " ".join(words[cut:]), (text[: match.start()] + " " + " ".join(words[:cut])).strip()
    if (of := re.search(r" of (?:the )?(.+)$", name)) and country_of(of[1]):
        name, title = name[: of.start()], title + of[0]  # "Prime Minister Mahathir Mohamad of Malaysia"
    if not name[:1].isupper():
        return "", text
    is_role = roles_of(words[-1].lower()) and gender_of_name(name) is None
    is_place = any(place.end == len(text) for place in places_in(text, frozenset())) and not terms_of(name)
    is_body = not words_of("organisation_words.tsv").isdisjoint(words[cut:])
    is_no_name = is_role or is_place or is_body or country_of(name) or title.endswith(_JOINTS)
    return ("", text) if is_no_name or not title or not _has_role(title) else (name, title)


def untitled(name: str) -> str:
    """Drop titles and role words before a name ("Ayatollah Ali Khamenei")."""
    words = name.split()
    while len(words) > 1 and (is_title(words[0]) or roles_of(words[0].lower())):
        words = words[1:]
    return " ".join(words)


def _has_role(title: str) -> bool:
    """Say whether a title ends in a role word or names a post."""
    words = title.lower().split()
    return bool(roles_of(title.lower())) or any(posts_called(" ".join(words[-n:])) for n in (1, 2, 3, 4))


def _is_title_word(before: str, word: str) -> bool:
    if is_title(word) or roles_of(word.lower()) or posts_called(word):
        return True
    words = before.lower().split()
    if any(posts_called(" ".join(words[-n:])) for n in range(2, 6) if n <= len(words)):
        return True  # "Secretary of State"
    return country_of(before) is not None or organisation_of(before) is not None


def body_and_words(title: str, phrase: Phrase) -> tuple[str, str]:
    """Part a title into whose it is (alpha-3 or an organisation's name, "") and its words ("foreign minister")."""
    bodies = find_organisations(title)
    if whole := next((b for b in bodies if b[1] - b[0] == len(title)), None):
        return whole[2].country, ""
    near = near_countries(phrase.context, phrase.text) if phrase.context else frozenset()
    named = [(lo, hi) for lo, hi, _ in bodies]
    found = [p for p in places_in(title, near) if not any(lo <= p.start < hi for lo, hi in named)]
    places = [(place.start, place.end, place.country) for place in found]
    body = ""
    cut = places[:1]
    if found and found[0].kind in ("region", "city") and not (bodies and len(found) == 1):
        return found[0].country, title.lower()  # the Chechen leader holds no office of Russia's
    if places:
        body = places[0][2]
    elif bodies and bodies[0][2].kind not in ("government body",):
        body, cut = bodies[0][2].name, [(bodies[0][0], bodies[0][1], bodies[0][2].name)]
    elif bodies:
        body = bodies[0][2].country
        cut = []
    else:
        body = only_country(phrase.context)
    words = title
    for lo, hi, _ in cut:
        words = words[:lo] + words[hi:]
    words = re.sub(r"'s?(?=\s|$)", "", words)
    words = re.sub(r"\s+(?:of|for|from|in)(?: the)?\s*$", "", " ".join(words.split()))
    words = re.sub(r"^(?:of|the|s)\s+", "", words).lower()
    return body, words
