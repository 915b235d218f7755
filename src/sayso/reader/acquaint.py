"""What is known of the figures of a text beyond the text: their kind, country, role and office at the article's date.

A full name is known wherever it stands; a surname alone only where the country of who bears it is spoken of, too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from sayso.knowledge.countries import find_countries
from sayso.knowledge.given_names import gender_of_name
from sayso.knowledge.identity import Identity, identify, known_person
from sayso.knowledge.offices import posts_called
from sayso.knowledge.organisations import organisation_of
from sayso.knowledge.outlets import outlet_of
from sayso.knowledge.roles import roles_of
from sayso.reader.cast import Figure
from sayso.reader.segment import sentence_starts
from sayso.record import Article

__all__ = ["Acquaintance", "office_of"]

_OFFICE_WORDS = re.compile(r"\b(?:the|an?|its|his|her|their|acting|new)\s+", re.I)
_POSSESSOR = re.compile(r"^(?:[A-Z][\w-]*\s?){1,3}[’'](?:s\b)?\s+")
_WHOSE = re.compile(r"\s+of$")
_GONE = re.compile(r"\b(?:former|ex|ousted|deposed|retired|late|then)\b", re.I)
_STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})


class Acquaintance:
    """Tells figures who they are, where that is known at the date of an article."""

    def __init__(self, article: Article) -> None:
        self._text, self._date = article.text, _date(article)
        self._near = {mention.alpha3 for mention in find_countries(article.text)}
        self._starts = sentence_starts(article.text)
        self._met: set[Figure] = set()

    def meet(self, figures: Iterable[Figure]) -> None:
        """Complete the figures that were not met before: kind, country, gender, office and codes."""
        for figure in figures:
            if figure in self._met:
                continue
            self._met.add(figure)
            is_outlet = figure.kind == "media" and outlet_of(figure.name) is not None
            if not figure.named or not figure.mentions or figure.kind == "country" or is_outlet:
                continue
            if (known := self._known(figure)) is not None:
                _tell(figure, known)
            if figure.kind == "person" and figure.gender is None:
                figure.gender = gender_of_name(figure.name)

    def _known(self, figure: Figure) -> Identity | None:
        """Look a figure up, as a body first where it may be one, else as a person."""
        country = figure.country if figure.country and "+" not in figure.country else ""
        only = next(iter(self._near)) if len(self._near) == 1 else ""
        body = organisation_of(figure.name, country or only, self._date)
        if figure.kind != "person" or (body is not None and not figure.descriptors):
            known = identify(figure.name, self._date, self._sentence(figure)) if body is not None else None
            return self._unplaced(figure.name, known) if known is not None else None
        found = known_person(figure.name, self._date, country or None)
        if " " in figure.name:
            return found
        at = figure.mentions[0][0]
        if found is not None and found.country in self._near and self._text[max(0, at - 4) : at].lower() != "the ":
            return found
        if figure.descriptors:
            return None
        other = identify(figure.name, self._date, self._sentence(figure))
        return other if other is not None and other.kind != "person" else None

    def _unplaced(self, name: str, known: Identity) -> Identity:
        """Take the country from a body that any state may have ("Ministry of Transport") where none speaks of it."""
        common = " " in name and bool(roles_of(name.lower()))
        return replace(known, country=None) if common and known.country not in self._near else known

    def _sentence(self, figure: Figure) -> str:
        at = bisect_right(self._starts, figure.mentions[0][0])
        end = self._starts[at] if at < len(self._starts) else len(self._text)
        return self._text[self._starts[at - 1] : end]


def _date(article: Article) -> str | None:
    found = re.match(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", article.published or "")
    return found.group() if found else None


def _tell(figure: Figure, known: Identity) -> None:
    if known.kind == "person" and figure.kind == "person":
        if " " not in figure.name and known.name:
            figure.name = known.name
        figure.gender = figure.gender or known.gender
        figure.office = known.office
    elif known.kind != "person":
        figure.kind = known.kind
    figure.country = known.country or figure.country
    figure.codes = known.roles


def office_of(figure: Figure) -> str | None:
    """Give the office of a person: known at the date, else as the text describes it; None where neither says."""
    if figure.kind != "person" or not figure.named:
        return None
    if figure.office:
        return figure.office
    for words in figure.descriptors:
        plain = _office_in(words)
        if plain and not _GONE.search(words):
            return plain
    return None


def _office_in(words: str) -> str:
    """Give the office a description tells, without whose it is: "Orvania’s Prime Minister" is "prime minister"."""
    plain = _OFFICE_WORDS.sub("", words).strip()
    for mention in reversed(find_countries(plain)):
        plain = plain[: mention.start] + plain[mention.end :]
    plain = _WHOSE.sub("", re.sub(r"[’']s?(?=\s|$)", " ", _POSSESSOR.sub("", plain).strip()))
    head, of, rest = plain.partition(" of ")
    said = [word if word.isupper() and len(word) > 1 else word.lower() for word in head.split()]
    head = " ".join(said)
    if posts_called(head):
        return head
    # "Kest foreign minister": two words and more that are a post are the office, what stands before them is whose.
    if own := next((" ".join(said[n:]) for n in range(1, len(said) - 1) if posts_called(" ".join(said[n:]))), None):
        return own
    plain = f"{head}{of}{rest}"
    return plain if set(roles_of(plain)) & _STATE and len(plain.split()) > 1 else ""
