"""A text as words and letters, on which the forms of dates and durations are matched; what a match becomes at first.

In a pattern a kind of word is written in capitals ("WEAK_MONTH"), a piece of pattern likewise (``_PARTS``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sayso.knowledge.calendar import Word, kinds
from sayso.reader.anchors import Anchor, Grain, When, tense

__all__ = ["Draft", "Form", "Scan", "form", "relative"]

_LETTERS = {kind: chr(0x4E00 + number) for number, kind in enumerate(kinds())}
_NAMES = {re.sub(r"\W", "_", kind).upper(): letter for kind, letter in _LETTERS.items()}
_PARTS = {
    "MON": "[MONTH WEAK_MONTH SHORT_MONTH]",
    "DAYNUM": "[DAY ORDINAL]",
    "SPELT": "NUMBER_WORD(?:NUMBER_WORD(?:DASH?NUMBER_WORD)?|BIG_NUMBER(?:AND?NUMBER_WORD)?)",
    "ANYYEAR": "(?:[YEAR OLD_YEAR]|SPELT)",
    "STAGE": "(?P<stage>THE?EDGE OF|EARLY DASH?IN?|EARLIER IN?)?",
    "AROUND": "(?P<around>APPROXIMATE)?",
    "WDAY": "(?:(?:THIS?[LAST NEXT])?[WEEKDAY SHORT_WEEKDAY]COMMA?)?",
    "REL": "(?:THIS(?:LAST|NEXT)|THIS|LAST|NEXT|CURRENT|THAT|PREVIOUS|FOLLOWING|LATEST)",
    "SEASONS": "[SEASON WEAK_SEASON]",
    "MUCH": "(?:APPROXIMATE|NO?MORE THAN|AT LEAST|UP TO|OVER|AS FEW AS)",
    "WRITTEN": "[NUMBER_WORD BIG_NUMBER](?:DASH?[NUMBER_WORD BIG_NUMBER]){0,4}",
    "ONE": "(?:[DAY NUMBER YEAR OLD_YEAR]SLASHED?|WRITTEN|ARTICLE WRITTEN|HALF|ARTICLE|ARTICLE?COUPLE OF?|ARTICLE?FEW)",
    "COUNT": "(?:ONE(?:[TO OR DASH]ONE)?(?:AND ARTICLE HALF|AND HALF)?|HALF ARTICLE)",
    "SPAN": "[UNIT UNITS CENTURY QUARTER]",
    "ENDED": "(?P<tail>AGO|EARLIER|BEFORE|FROM PHRASE)?",
}


def _pattern(form: str) -> re.Pattern[str]:
    """Compile a form; raises KeyError for a name that is neither a kind nor a part."""
    while any(re.search(rf"\b{name}\b", form) for name in _PARTS):
        form = re.sub(r"[A-Z_]{2,}", lambda m: _PARTS.get(m[0], m[0]), form)
    form = re.sub(r"[A-Z_]{2,}", lambda m: _NAMES[m[0]], form)
    return re.compile(form.replace(" ", ""))


@dataclass(frozen=True, slots=True)
class Draft:
    """An expression at ``words[start:end]``: what kind it is, its period or its value, and what it may yet join.

    ``clock`` is a time of day ("17:00"); ``value`` holds what is not a period (a duration, an interval). What follows may refer to it where it ``settles``.
    """

    start: int
    end: int
    kind: str
    when: When | None = None
    value: str | None = None
    grain: Grain | None = None
    clock: str = ""
    settles: bool = True

    @property
    def is_day(self) -> bool:
        """Whether it is a day to which a time of day may be added."""
        return self.grain == "day" and not self.clock and self.value is None and self.kind == "date"


class Scan:
    """A text as words and letters, with its anchor and the period last mentioned (``last``)."""

    def __init__(self, words: list[Word], anchor: Anchor) -> None:
        self.words, self.anchor = words, anchor
        self.codes = "".join(_LETTERS[word.kind] for word in words)
        self.last: When | None = None
        self.quarter: When | None = None  # the quarter last named as such

    def near(self, place: int) -> Word:
        """Give a word, or an empty one beyond either end."""
        return self.words[place] if 0 <= place < len(self.words) else Word(0, 0, "stop", "", "")

    def named(self, match: re.Match[str], name: str) -> Word | None:
        """Give the first word of a group, None where it is empty."""
        start, end = match.span(name)
        return self.words[start] if end > start else None

    def turn(self, match: re.Match[str]) -> int:
        """Give the tense around a match: −1 past, 1 future, 0 open."""
        return tense(self.words, *match.span())

    def has(self, match: re.Match[str], kind: str) -> bool:
        """Say whether a word of that kind is in the match."""
        return _LETTERS[kind] in match[0]

    def draft(self, match: re.Match[str], when: When | None, grain: Grain, kind: str = "date") -> Draft:
        """Make a draft of a match, approximate where its stage ("early", "the end of") or "around" says so."""
        groups = match.re.groupindex
        stage = self.named(match, "stage") if "stage" in groups else None
        vague = "around" in groups and match["around"] is not None
        if stage and stage.kind != "earlier":
            vague = vague or (stage.kind in ("early", "the", "edge") and grain != "day")
        return Draft(*match.span(), kind, when.about(vague) if when else None, None, grain)


Reading = Callable[[Scan, re.Match[str]], Draft | None]
Form = tuple[re.Pattern[str], Reading]


def form(pattern: str, reading: Reading) -> Form:
    """Make a form of its pattern and of what reads a match of it; raises KeyError for a kind that there is not."""
    return _pattern(pattern), reading


def relative(scan: Scan, match: re.Match[str], name: str = "rel") -> int | None:
    """Give −1, 0 or 1 for "last", "this", "next"; None for what refers to the period last mentioned."""
    start, end = match.span(name)
    for word in scan.words[start:end][::-1]:
        if word.kind in ("last", "next", "this", "current", "that", "previous", "following", "latest"):
            return {"last": -1, "next": 1, "this": 0, "current": 0}.get(word.kind)
    return 0
