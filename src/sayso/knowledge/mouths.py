"""Words for speakers that are described, not named: takes a noun phrase, gives what kind of mouth it may be.

Classes: ``media`` ("the agency", "the paper"), ``pair`` ("both nations"), ``document`` ("the report"), ``unnamed``
("officials", "people familiar with"), ``organisation`` ("the ministry"), ``state`` ("the kingdom"), ``person``
("the spokeswoman") and ``title`` ("Mr.", "Gen."). A word may be of several classes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, cast

from sayso.knowledge.gazetteer import levelled
from sayso.knowledge.inflection import plural
from sayso.knowledge.tables import rows

__all__ = [
    "COLUMNS",
    "Gender",
    "Mouth",
    "MouthClass",
    "classes_of",
    "gender_of",
    "is_title",
    "mouths",
    "words_of_class",
]

COLUMNS = ("word", "class", "gender", "source")

MouthClass = Literal["media", "pair", "document", "unnamed", "organisation", "state", "person", "title"]
Gender = Literal["f", "m"]

_COMPLEMENT = re.compile(
    r"\s+(?:of|for|from|in|at|with|to|on|by|who|which|that|whose|about|between|close|familiar|"
    r"briefed|speaking|involved)\b|,"
)
_DETERMINER = re.compile(r"(?:the|this|that|these|those|a|an|its|his|her|their|our|my|one|some|another)\s+")


@dataclass(frozen=True, slots=True)
class Mouth:
    """One word for a speaker in one class; ``gender`` is None where the word does not tell."""

    word: str
    kind: MouthClass
    gender: Gender | None


@cache
def mouths() -> tuple[Mouth, ...]:
    """Load the words, in file order; raises RecordError when the file is damaged."""
    return tuple(
        Mouth(word, cast("MouthClass", kind), cast("Gender", gender) if gender else None)
        for word, kind, gender, _ in rows("mouths.tsv", COLUMNS)
    )


@cache
def words_of_class(kind: MouthClass) -> frozenset[str]:
    """Give all words of a class, singular and plural; lower case, but titles and proper names as written."""
    found = [mouth.word for mouth in mouths() if mouth.kind == kind]
    return frozenset(found if kind in {"title", "pair"} else [*found, *map(plural, found)])


@cache
def _index() -> dict[str, tuple[Mouth, ...]]:
    found: dict[str, list[Mouth]] = {}
    for mouth in mouths():
        if mouth.kind != "title":
            forms = {mouth.word.lower()} if mouth.kind == "pair" else {mouth.word, plural(mouth.word)}
            for form in forms:
                found.setdefault(form, []).append(mouth)
    return {form: tuple(known) for form, known in found.items()}


@lru_cache(maxsize=8192)
def _known(phrase: str) -> tuple[Mouth, ...]:
    """Look up a phrase: whole, then its head with ever fewer words before it."""
    plain = " ".join(levelled(phrase).lower().split()).removesuffix("'s").removesuffix("'")
    whole = _DETERMINER.sub("", plain, count=1) if _DETERMINER.match(plain) else plain
    for form in (plain, whole):
        if form in _index():
            return _index()[form]
    words = _COMPLEMENT.split(whole, maxsplit=1)[0].split()
    for first in range(len(words)):
        if known := _index().get(" ".join(words[first:])):
            return known
    return ()


def classes_of(phrase: str) -> tuple[MouthClass, ...]:
    """Give the classes of a noun phrase by its head ("the state-run agency" is media), in alphabetical order.

    Articles and complements do not matter ("people familiar with the talks"); empty when the head is not listed.
    """
    return tuple(sorted({mouth.kind for mouth in _known(phrase)}))


def gender_of(phrase: str) -> Gender | None:
    """Give the gender the head of a noun phrase or a title before a name tells ("the spokeswoman"); None if none."""
    title = _titles().get(levelled(phrase).partition(" ")[0]) if " " in phrase else None
    told = {mouth.gender for mouth in _known(phrase)} | {title}
    told.discard(None)
    return told.pop() if len(told) == 1 else None


@cache
def _titles() -> dict[str, Gender | None]:
    return {mouth.word: mouth.gender for mouth in mouths() if mouth.kind == "title"}


def is_title(word: str) -> bool:
    """Say whether this is a title that stands before a person's name, by case and dot as in the press."""
    return word in words_of_class("title")
