"""Text → the names in it: capitalised phrases, told apart as persons, organisations, media and countries.

A first reading by general rules of how the English press writes names: a role before it ("Foreign Minister Ana
Berg"), a title ("Mr", "Sir"), an organisation's word ("Council"), a known outlet or country.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from sayso.knowledge.countries import country_of, find_countries
from sayso.knowledge.mouths import classes_of, is_title, words_of_class
from sayso.knowledge.outlets import outlet_named
from sayso.knowledge.roles import roles_of
from sayso.knowledge.tables import words_of
from sayso.record import ActorKind

__all__ = ["Name", "find_names", "is_organisation_word", "is_person_word", "starts_sentence", "strip_possessive"]

_TITLE = "|".join(re.escape(title) for title in sorted(words_of_class("title")) if title.endswith("."))
_WORD = rf"(?:(?:{_TITLE})(?=[ \u00a0][A-Z])|(?:[A-Z]\.)+(?=[ \u00a0][A-Z])|[A-ZÀ-ÖØ-Þ][\w’'-]*(?:\.(?:[A-Z]\.)+)?)"
_PARTICLE = r"(?:de|del|della|da|dos|du|di|la|le|van|von|der|den|ten|ter|bin|ibn|al|el|ul|bint|abu|y|e)"
_OF = r"(?:of(?:\sthe)?|for(?:\sthe)?|and)"
_NAME = re.compile(rf"\b{_WORD}(?:[ \u00a0](?:(?:{_PARTICLE}[ \u00a0]){{0,2}}|(?:{_OF}[ \u00a0])?){_WORD}){{0,11}}")
_WOMEN, _MEN = frozenset({"Mrs", "Ms", "Miss", "Dame", "Lady"}), frozenset({"Mr", "Sir", "Lord"})

_APPOSED = re.compile(r", (?:who is )?(?:(?:the|an?|its|his|her|their) )?([^\n,.;:“”\"()]{3,70})[,.)]")


@dataclass(frozen=True, slots=True)
class Name:
    """One name at half-open offsets of the text; ``descriptor`` is what stands before it ("Russian President"),
    ``how`` for a country how it is named (name, demonym, capital, seat)."""

    start: int
    end: int
    text: str
    kind: ActorKind | None
    country: str | None = None
    how: str | None = None
    descriptor: str = ""
    gender: str | None = None


def is_person_word(word: str) -> bool:
    """Say whether a common noun is a word for a person in a role ("spokesman", "general")."""
    classes = classes_of(word)
    if "person" in classes:
        return True
    if "organisation" in classes or is_organisation_word(word.capitalize()):
        return False
    return bool(roles_of(word)) and word.capitalize() not in words_of("media_words.tsv")


def is_organisation_word(word: str) -> bool:
    """Say whether a capitalised word marks the name of an organisation ("Council")."""
    return word in words_of("organisation_words.tsv")


def strip_possessive(text: str) -> str:
    """Drop a genitive ending: "Russia’s" → "Russia"."""
    return re.sub(r"(?:[’']s|(?<=s)[’'])$", "", text)


def find_names(text: str, start: int = 0, end: int | None = None) -> list[Name]:
    """Find the names in ``text[start:end]``, in order and disjoint."""
    found: list[Name] = []
    for match in _NAME.finditer(text, start, len(text) if end is None else end):
        for lo, hi in _split(text, match.start(), match.end()):
            if (name := _name(text, lo, hi)) is not None:
                found.append(name)
    return found


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a run of capitalised words at genitives and, unless an organisation holds it together, at "and"."""
    pieces: list[tuple[int, int]] = []
    at = start
    for match in re.finditer(r"[’']s?[ \u00a0](?=\S)|[ \u00a0](?:and|of|for)(?: the)?[ \u00a0]", text[start:end]):
        before = text[at : start + match.start()]
        if not match.group().startswith(("’", "'")) and not _ends_before(before, match.group().split()[0]):
            continue
        pieces.append((at, start + match.start()))
        at = start + match.end()
    pieces.append((at, end))
    return pieces


def _ends_before(name: str, joint: str) -> bool:
    """Say whether a name is complete before "and", "of" or "for": "Ana Berg of …", but not "Ministry of …"."""
    words = name.split()
    if any(word in words_of("organisation_words.tsv") or word == "of" for word in words):
        return False
    if joint == "of" and is_person_word(words[-1].lower()):
        return False  # "Secretary of State"
    return joint == "and" or len(words) > 1


def _name(text: str, start: int, end: int) -> Name | None:
    stop = start + len(
        strip_possessive(text[start:end].rstrip(".") if not text[end - 2 : end - 1].isupper() else text[start:end])
    )
    words = list(re.finditer(r"\S+", text[start:stop]))
    first_of_sentence = starts_sentence(text, start)
    while words and _is_no_name(words[0].group(), text[start:stop]) and (first_of_sentence or len(words) == 1):
        words = words[1:]
        first_of_sentence = True
    if not words:
        return None
    start, stop = start + words[0].start(), start + words[-1].end()
    phrase = text[start:stop]
    if len(phrase) == 1:
        return None
    head = _head(phrase)
    descriptor = phrase[:head].strip()
    before = descriptor or _role_before(text, start) or _apposition(text, stop)
    name = phrase[head:]
    outlet = outlet_named(text, start + head, stop)
    kind, country, how = ("media", outlet.country, None) if outlet else _kind(name, before)
    if kind in (None, "person", "organisation") and " " in phrase and phrase.isupper() and how is None:
        return None  # shouting, or a slug
    first = phrase.split()[0].rstrip(".")
    gender = "f" if first in _WOMEN else "m" if first in _MEN else None
    return Name(start + head, stop, name, kind, country, how, before, gender)


def _is_no_name(word: str, phrase: str) -> bool:
    """Say whether a capitalised word is only a function word; "US" is none, unless all around it is capitals."""
    acronym = len(word) > 1 and word.isupper() and not (phrase.isupper() and " " in phrase)
    return word.lower() in words_of("not_names.tsv") and not acronym


def starts_sentence(text: str, at: int) -> bool:
    """Say whether a word at this offset would be capitalised whatever it is."""
    before = text[max(0, at - 4) : at].rstrip(" \u00a0")
    return not before or before[-1] in "\n.!?:“\"‘'«(—–-”’"


def _head(phrase: str) -> int:
    """Give where the name proper begins: after the last title or role word, when something is left after it."""
    at = 0
    words = list(re.finditer(r"\S+", phrase))
    for word, following in pairwise(words):
        title = is_title(word.group()) or is_title(word.group().rstrip(".")) or is_person_word(word.group().lower())
        if following.group()[0].isupper() and title:
            at = following.start()
        elif following.group() == "of" and title:
            after = [w.start() for w in words if w.start() > following.start()]
            at = after[1] if len(after) > 1 else at
    tail = phrase[at:]
    if at and (tail.split()[0] in words_of("organisation_words.tsv") or country_of(tail)):
        return 0
    if not at and len(words) > 2 and country_of(words[0].group()) and not _org_like(phrase):
        return 0
    return at


def _org_like(phrase: str) -> bool:
    return any(word in words_of("organisation_words.tsv") for word in phrase.split()) or " of " in phrase


def _role_before(text: str, start: int) -> str:
    """Give the lower-case role right before a name ("Kremlin spokesman" before "Dmitry Peskov"), or nothing."""
    before = re.split(r"(?<=[a-z)”\"’])[.!?][”\"’)]* ", text[max(0, start - 70) : start])[-1]
    match = re.search(r"(?:[\w’'.-]+ ){0,4}([a-z][\w-]+)[ \u00a0]$", before)
    if match and is_person_word(match.group(1)):
        return re.sub(r"^.*\b(?:the|an?|of|and|said|told|by|with|that)\b ", "", match.group().strip())
    return ""


def _apposition(text: str, end: int) -> str:
    """Give the description in apposition right after a name (", the defence minister,"), or nothing."""
    match = _APPOSED.match(text, end, end + 90)
    if match is None:
        return ""
    head = re.split(r" (?:of|for|at|in|to|who|from|on) ", match.group(1), maxsplit=1)[0].split()
    return match.group(1) if head and is_person_word(head[-1].lower()) else ""


def _kind(name: str, descriptor: str) -> tuple[ActorKind | None, str | None, str | None]:
    mentions = find_countries(name)
    whole = next((m for m in mentions if m.end - m.start == len(name)), None)
    if whole is not None:
        kinds: dict[str, ActorKind] = {"name": "country", "demonym": "group"}
        return kinds.get(whole.how, "government"), whole.alpha3, whole.how
    described = find_countries(descriptor)
    country = described[0].alpha3 if described else None
    if name.split()[-1] in words_of("media_words.tsv") and (" " in name or descriptor):
        return "media", country, None
    if _org_like(name):
        return "organisation", country or (mentions[0].alpha3 if mentions else None), None
    if descriptor:
        return "person", country, None
    if name.isupper() and len(name) > 1:
        return "organisation", country, None
    return ("person" if " " in name else None), country, None
