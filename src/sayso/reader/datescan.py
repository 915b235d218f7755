"""A text as words and letters, on which the forms of dates and durations are matched; what a match becomes at first.

In a pattern a kind of word is written in capitals ("WEAK_MONTH"), a piece of pattern likewise (``_PARTS``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from sayso.knowledge.calendar import Word, kinds
from sayso.reader.anchors import Anchor, Grain, When, tense

__all__ = ["Draft", "Form", "Kind", "Reading", "Scan", "pattern", "relative"]

Kind = Literal["date", "time", "duration", "set", "past", "present", "future"]

_PARTS = {
    "MON": "[MONTH WEAK_MONTH SHORT_MONTH]",
    "DAYNUM": "[DAY ORDINAL]",
    "SPELT": "NUMBER_WORD(?:NUMBER_WORD(?:DASH?NUMBER_WORD)?|BIG_NUMBER(?:AND?NUMBER_WORD)?)",
    "ANYYEAR": "(?:[YEAR OLD_YEAR]|SPELT)",
    "STAGE": "(?P<stage>THE?EDGE OF|EARLY DASH?IN?|EARLIER IN?)?",
    "AROUND": "(?P<around>APPROXIMATE)?",
    "WDAY": "(?:(?:THIS?[LAST NEXT])?[WEEKDAY SHORT_WEEKDAY]COMMA?)?",
    "REL": "(?:THIS(?:LAST|NEXT)|THIS|LAST|NEXT|CURRENT|THAT|PREVIOUS|FOLLOWING|LATEST)",
    "NEAR": "[LAST THIS NEXT]",
    "SEASONS": "[SEASON WEAK_SEASON]",
    "MUCH": "(?:APPROXIMATE|NO?MORE THAN|AT LEAST|UP TO|OVER(?=[ARTICLE NUMBER_WORD DAY NUMBER])|AS FEW AS)",
    "WRITTEN": "[NUMBER_WORD BIG_NUMBER](?:DASH?[NUMBER_WORD BIG_NUMBER]){0,4}",
    "ONE": "(?:[DAY NUMBER YEAR OLD_YEAR]SLASHED?|WRITTEN|ARTICLE WRITTEN|HALF|ARTICLE|ARTICLE?COUPLE OF?|ARTICLE?FEW)",
    "COUNT": "(?:ONE(?:[TO OR DASH]ONE)?(?:DASH?AND DASH?(?:ARTICLE DASH?)?HALF)?|HALF ARTICLE)",
    "SPAN": "[UNIT UNITS CENTURY QUARTER]",
    "ITSYEAR": "(?:COMMA?(?P<y>[YEAR OLD_YEAR]|SHORT_YEAR)|OF?(?P<rel>NEAR)UNIT)?",
    "QUARTERS": "(?P<n>ORDINAL)DASH?(?P<unit>QUARTER|HALF)",
    "ENDED": "(?P<tail>AGO|EARLIER|BEFORE|FROM PHRASE)?",
}


@cache
def _letters() -> dict[str, str]:
    return {kind: chr(0x4E00 + number) for number, kind in enumerate(kinds())}


def pattern(form: str) -> re.Pattern[str]:
    """Compile a form; raises KeyError for a name that is neither a kind nor a part."""
    while any(re.search(rf"\b{name}\b", form) for name in _PARTS):
        form = re.sub(r"[A-Z_]{2,}", lambda m: _PARTS.get(m[0], m[0]), form)
    names = {re.sub(r"\W", "_", kind).upper(): letter for kind, letter in _letters().items()}
    form = re.sub(r"[A-Z_]{2,}", lambda m: names[m[0]], form)
    return re.compile(form.replace(" ", ""))


@dataclass(frozen=True, slots=True)
class Draft:
    """An expression at ``words[start:end]``: what kind it is, its period or its value, and what it may yet join.

    ``clock`` is a time of day ("17:00"); ``value`` holds what is not a period (a duration, an interval). What follows
    in the text may refer to it where it ``settles``.
    """

    start: int
    end: int
    kind: Kind
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
        letters = _letters()
        self.codes = "".join(letters[word.kind] for word in words)
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
        return _letters()[kind] in match[0]

    @cached_property
    def day_first(self) -> bool | None:
        """Whether the text writes 13/9/2023 (True) or 9/13/2023 (False); None where nothing in it tells."""
        dates = [word.value.split("/") for word in self.words if word.kind == "slashed" and word.value.count("/") == 2]
        orders = {int(a) > 12 for a, b, _ in dates if (12 < int(a) <= 31) != (12 < int(b) <= 31)}
        return orders.pop() if len(orders) == 1 else None

    def draft(self, match: re.Match[str], when: When | None, grain: Grain, kind: Kind = "date") -> Draft:
        """Make a draft of a match, approximate where its stage ("early", "the end of") or "around" says so."""
        groups = match.re.groupindex
        stage = self.named(match, "stage") if "stage" in groups else None
        vague = "around" in groups and match["around"] is not None
        if stage and stage.kind != "earlier":
            vague = vague or (stage.kind in ("early", "the", "edge") and grain != "day")
        return Draft(*match.span(), kind, when.about(vague) if when else None, None, grain)


Reading = Callable[[Scan, re.Match[str]], Draft | None]
Form = tuple[str, Reading]


def relative(scan: Scan, match: re.Match[str], name: str = "rel") -> int | None:
    """Give −1, 0 or 1 for "last", "this", "next"; None for what refers to the period last mentioned."""
    start, end = match.span(name)
    for word in scan.words[start:end][::-1]:
        if word.kind in ("last", "next", "this", "current", "that", "previous", "following", "latest"):
            return {"last": -1, "next": 1, "this": 0, "current": 0}.get(word.kind)
    return 0
