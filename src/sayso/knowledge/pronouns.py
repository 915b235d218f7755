"""Pronouns: takes a word, gives what kind of pronoun it is, its number and its gender."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sayso.knowledge.tables import rows

__all__ = ["COLUMNS", "KINDS", "Pronoun", "pronoun"]

COLUMNS = ("word", "kind", "number", "gender", "source")
KINDS = ("i", "we", "you", "he", "she", "it", "they", "this", "who", "one")


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun; ``number`` is singular, plural or empty, ``gender`` m, f, n or empty."""

    kind: str
    number: str
    gender: str


@cache
def _known() -> dict[str, Pronoun]:
    return {word: Pronoun(kind, number, gender) for word, kind, number, gender, _ in rows("pronouns.tsv", COLUMNS)}


def pronoun(word: str) -> Pronoun | None:
    """Look up a word, whatever its case; None when it is no pronoun. Raises RecordError when the file is damaged."""
    return _known().get(word.lower())
