"""Names that mean several things: takes a name and its sentence, gives the sense, where a sign in the sentence says.

The usual sense ("Georgia" the country) needs no sign and is not listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sayso.knowledge.tables import listed, rows

__all__ = ["COLUMNS", "Sense", "meant"]

COLUMNS = ("phrase", "sense", "country", "kind", "signs", "before", "after", "source")


_A_PERSON = re.compile(
    r", (?:who(?:se)?|an? (?:[\w-]+ ){0,3}?(?:man|woman|actor|actress|player|singer|boy|girl|star))\b"
)


@dataclass(frozen=True, slots=True)
class Sense:
    """An unusual sense of a name: words that give it away anywhere near, right before, or right after it."""

    phrase: str
    sense: str
    country: str
    kind: str
    signs: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


@cache
def _senses() -> tuple[Sense, ...]:
    return tuple(
        Sense(phrase, sense, country, kind, listed(signs), listed(before), listed(after))
        for phrase, sense, country, kind, signs, before, after, _ in rows("ambiguous.tsv", COLUMNS)
    )


def meant(phrase: str, context: str) -> Sense | None:
    """Give the unusual sense a phrase has, by what it holds or by its sentence; None for the usual sense."""
    for sense in _senses():
        at = re.search(rf"(?<!\w){re.escape(sense.phrase)}(?!\w)", phrase)
        if at is None:
            continue
        where = context if phrase in context else phrase
        here = where.find(phrase) + at.start() if phrase in where else at.start()
        before, after = where[:here].rstrip(), where[here + len(sense.phrase) :].lstrip()
        if after.startswith("'s "):
            after = after[3:]
        if any(before.endswith(word) for word in sense.before) or any(
            re.match(rf"{re.escape(word)}(?!\w)", after) for word in sense.after
        ):
            return sense
        if sense.kind == "person" and phrase == sense.phrase and _A_PERSON.match(after):
            return sense
        if any(re.search(rf"(?<!\w){re.escape(sign)}(?!\w)", where) for sign in sense.signs):
            return sense
    return None
