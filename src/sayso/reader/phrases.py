"""Noun phrases of sources: their heads, and what a phrase without a name stands for."""

from __future__ import annotations

import re

from sayso.knowledge.countries import find_countries
from sayso.knowledge.mouths import classes_of, gender_of
from sayso.reader.cast import Figure
from sayso.reader.names import is_organisation_word, is_person_word
from sayso.record import ActorKind

__all__ = [
    "FEMININE",
    "MASCULINE",
    "before_apposition",
    "described",
    "head_end",
    "head_noun",
    "is_definite",
    "is_indefinite",
    "is_medium",
    "is_plural_noun",
    "modifiers",
]

MASCULINE, FEMININE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})

_DETERMINER = re.compile(r"^(?:the|a|an|some|several|many|this|that|these|those|its|his|her|their|our)\s+", re.I)
_INDEFINITE = re.compile(
    r"(?:an?|some|several|many|two|three|four|five|\d+|one|another|any|no|every|each)\b", re.IGNORECASE
)
_DEFINITE = re.compile(r"(?:the|this|that|its|his|her|their)\s", re.I)
_HEAD_ENDS = re.compile(
    r"(?<!\s)\s+(?:of|in|on|at|for|from|with|to|by|who|which|that|close|familiar|briefed|speaking|involved|based|near|"
    r"inside|travelling|traveling|including|such|as|not|within|across|behind|around|seen|obtained|published)\b|,"
)
_APPOSITION = re.compile(r",\s|\s[—–-]\s|\s\(|\swho\b|\swhich\b")
_AGENT = re.compile(r"(?:er|or|ist|ian|ant|eer|ee|man|woman)$")  # "a fishmonger", "his physician"
_QUANTITY = re.compile(
    r"(?:an?|the)\s+(?:number|majority|minority|group|handful|couple|pair|string|series|host)\s+of\s"
)
_ONE_OF_SEVERAL = re.compile(r"(?:one|another|a (?:second|third|former|senior)) (?!another\b)")


def before_apposition(phrase: str) -> str:
    """Give a phrase up to its first apposition, bracket or relative clause; whole when it begins with one."""
    match = _APPOSITION.search(phrase)
    return phrase[: match.start()].rstrip() if match and match.start() > 0 else phrase


def head_end(phrase: str) -> int:
    """Give the offset at which the head noun ends and its complements begin."""
    match = _HEAD_ENDS.search(phrase)
    return match.start() if match else len(phrase)


def head_noun(phrase: str) -> str:
    """Give the last word before the complements ("officials" of "two officials with knowledge of the talks")."""
    phrase = phrase.strip()
    words = phrase[: head_end(phrase)].split()
    return words[-1].strip("“”\"'‘’.,") if words else ""


def modifiers(phrase: str) -> frozenset[str]:
    """Give the lower-case words between the determiner and the head, without those that name a country."""
    phrase = _DETERMINER.sub("", phrase.strip(), count=1)
    named = {word for m in find_countries(phrase) for word in phrase[m.start : m.end].lower().split()}
    return frozenset(phrase[: head_end(phrase)].lower().split()[:-1]) - named


def is_definite(phrase: str) -> bool:
    """Say whether a phrase speaks of something known ("the", "its" …)."""
    return _DEFINITE.match(phrase) is not None


def is_indefinite(phrase: str) -> bool:
    """Say whether a phrase brings in somebody new ("a spokesman", "two officials")."""
    return _INDEFINITE.match(phrase) is not None


def is_plural_noun(head: str) -> bool:
    """Say whether a noun is a plural, by its ending."""
    if head in ("people", "police", "men", "women"):
        return True
    return head.endswith("s") and not head.endswith(("ss", "us", "is"))


def is_medium(phrase: str) -> bool:
    """Say whether a phrase stands for a medium or a document."""
    return bool({"media", "document"} & set(classes_of(phrase)))


def described(phrase: str) -> Figure:
    """Make the figure that a phrase without a name describes."""
    phrase = " ".join(phrase.strip("“”\"'‘’ ,").split())
    low, head = phrase.lower(), head_noun(phrase.lower())
    countries = dict.fromkeys(m.alpha3 for m in find_countries(phrase))
    kind, named = _kind_of(low, head)
    if re.fullmatch(r"[A-Z][\w’'-]+", phrase) and not is_plural_noun(head) and low not in MASCULINE | FEMININE:
        kind, named = "person", True  # one capitalised word, met only at the start of a sentence
    return Figure(
        name=_DETERMINER.sub("", phrase, count=1) or phrase,
        kind=kind,
        country="+".join(countries) or None,
        named=named,
        plural=kind == "group" and (is_plural_noun(head) or _QUANTITY.match(low) is not None),
        gender="m" if low in MASCULINE else "f" if low in FEMININE else gender_of(head),
        descriptors=[low],
    )


def _kind_of(phrase: str, head: str) -> tuple[ActorKind, bool]:
    """Tell what a description stands for and whether that is an identifiable body rather than unnamed people."""
    classes = classes_of(phrase)
    if phrase in MASCULINE | FEMININE:
        return "person", False
    if is_medium(phrase):
        return "media", False
    if _QUANTITY.match(phrase) or is_plural_noun(head) or not head:
        return ("person" if _ONE_OF_SEVERAL.match(phrase) else "group"), False
    if "organisation" in classes or is_organisation_word(head.capitalize()):
        return "organisation", is_definite(phrase)
    if "state" in classes:
        return "country", is_definite(phrase)
    person = is_person_word(head) or _AGENT.search(head) or _ONE_OF_SEVERAL.match(phrase)
    return ("person" if person else "group"), False
