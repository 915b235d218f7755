"""Find the phrases of a list in a text: takes phrases with a value each, gives where they stand.

Matching is by case, between word boundaries, the longest phrase first; a phrase of more than three letters is also
met in capitals ("RUSSIA"). Curly and straight apostrophes, and all kinds of space, are the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

__all__ = ["Gazetteer", "bare", "levelled", "unaccented"]

Value = TypeVar("Value")

_WORD = re.compile(r"[^\W_]+")
_LEVEL = str.maketrans({"’": "'", "‘": "'", "\u02bc": "'", "\u00a0": " ", "\u202f": " ", "\n": " ", "\u2011": "-"})
_LONG_ENOUGH_FOR_CAPITALS = 4


def levelled(text: str) -> str:
    """Make apostrophes straight and spaces plain; the length and all offsets stay."""
    return text.translate(_LEVEL)


def unaccented(text: str) -> str:
    """Take the accents from letters; the length and all offsets stay."""
    return "".join(unicodedata.normalize("NFKD", c)[0] if not c.isascii() else c for c in text)


def bare(phrase: str) -> str:
    """Take a leading article and a closing possessive from a phrase ("the Kremlin’s" gives "Kremlin")."""
    phrase = levelled(phrase).strip()
    for ending in ("'s", "'"):
        phrase = phrase.removesuffix(ending)
    return phrase[4:] if phrase[:4] in {"the ", "The "} else phrase


class Gazetteer(Generic[Value]):
    """Phrases with a value each; where a phrase is given twice the first value counts."""

    def __init__(self, phrases: Iterable[tuple[str, Value]]) -> None:
        self._values: dict[str, Value] = {}
        for phrase, value in phrases:
            plain = levelled(phrase)
            self._values.setdefault(plain, value)
            if len(plain) >= _LONG_ENOUGH_FOR_CAPITALS:
                self._values.setdefault(plain.upper(), value)
        starts: dict[str, list[str]] = {}
        for phrase in self._values:
            if first := _WORD.match(phrase):
                starts.setdefault(first[0], []).append(phrase)
        self._starts = {first: sorted(found, key=len, reverse=True) for first, found in starts.items()}

    def get(self, phrase: str) -> Value | None:
        """Look up exactly this phrase, as it stands or without article and possessive; None when it is not listed."""
        plain = levelled(phrase).strip()
        return self._values.get(plain, self._values.get(bare(plain)))

    def find(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """Give start, end (code points, half-open) and value of each phrase, in text order, none overlapping."""
        plain, done = levelled(text), 0
        for word in _WORD.finditer(plain):
            start = word.start()
            if start < done:
                continue
            for phrase in self._starts.get(word[0], ()):
                end = start + len(phrase)
                if plain.startswith(phrase, start) and not (end < len(plain) and plain[end].isalnum()):
                    yield start, end, self._values[phrase]
                    done = end
                    break
