"""Where and through what people speak: nouns of venues ("press conference"), media ("statement") and platforms."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources

__all__ = ["find_venue"]

_PREPOSITIONS = r"(?i:in|on|at|during|via|through|over|by|before|inside)"
# Up to four words may stand between the article and the noun: "in a rare late-night televised address".
_NOUN_PHRASE = r"(?:(?:an?|the|his|her|its|their|our|this|that|one|another|\w+['’]s?)\s+)(?:[\w’'-]+\s+){0,4}?"


@cache
def _pattern() -> re.Pattern[str]:
    with resources.files("sayso.knowledge").joinpath("data/venues.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    nouns, platforms = [], []
    for row in rows:
        (platforms if row["class"] == "platform" else nouns).append(re.escape(row["noun"]))
    longest = "|".join(sorted(nouns, key=len, reverse=True))
    names = "|".join(sorted(platforms, key=len, reverse=True))
    return re.compile(
        rf"\b{_PREPOSITIONS}\s+(?P<phrase>{_NOUN_PHRASE}(?:{longest})|{longest}|(?:{names}))\b(?!['’-]\w)",
    )


def find_venue(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Find the first venue, medium or platform named after a preposition in ``text[start:end]``.

    Returns its half-open range without the preposition ("a statement" of "in a statement"), or None.
    """
    match = _pattern().search(text, start, end)
    return match.span("phrase") if match else None
