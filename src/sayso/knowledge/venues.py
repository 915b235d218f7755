"""Where and through what people speak: nouns of venues ("press conference"), media ("statement") and platforms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sayso.knowledge.tables import rows

__all__ = ["find_venue", "is_venue"]

_PREPOSITIONS = r"(?i:in|on|at|during|via|through|over|by|before|inside)"
# Up to four words may stand between the article and the noun: "in a rare late-night televised address".
_NOUN_PHRASE = r"(?:(?:an?|the|his|her|its|their|our|this|that|one|another|\w+['’]s?)\s+)(?:[\w’'-]+\s+){0,4}?"


@cache
def _nouns() -> dict[str, str]:
    return {noun: kind for noun, kind, _ in rows("venues.tsv", ("noun", "class", "source"))}


def _any_of(nouns: Iterable[str]) -> str:
    return "|".join(re.escape(noun) for noun in sorted(nouns, key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    longest = _any_of(noun for noun, kind in _nouns().items() if kind != "platform")
    names = _any_of(noun for noun, kind in _nouns().items() if kind == "platform")
    opens = rf"(?:{_PREPOSITIONS}|(?i:(?:took|takes|taking) to|used|uses|using))"
    return re.compile(
        rf"\b{opens}\s+(?P<phrase>{_NOUN_PHRASE}(?:{longest})|{longest}|(?:{names}))\b(?!['’-]\w)",
    )


def find_venue(text: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Find the first venue, medium or platform named after a preposition in ``text[start:end]``.

    Returns its half-open range without the preposition ("a statement" of "in a statement"), or None.
    """
    match = _pattern().search(text, start, len(text) if end is None else end)
    return match.span("phrase") if match else None


@cache
def _venue_at_end() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any_of(noun for noun, kind in _nouns().items() if kind == 'venue')})$")


def is_venue(phrase: str) -> bool:
    """Say whether a noun phrase names an occasion ("a press conference"), not somebody who is told something."""
    return _venue_at_end().search(phrase) is not None
