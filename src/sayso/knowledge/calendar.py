"""The words of the calendar: text → words with what each is ("month", "weekday", "unit" …), and holidays → days.

The words are in ``calendar.tsv`` and the holidays in ``holidays.tsv``. A unit's value is its ISO 8601 designator
("Y", "10Y" for a decade, "TH" for an hour), a season's its EDTF number (21 spring … 24 winter). A holiday's rule is
a day ("12-25"), a weekday of a month ("11 TH+4", "11 MO+1 +1" for the day after it) or days from Easter ("easter-2").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from dateutil.easter import easter
from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

from sayso.knowledge.tables import rows

__all__ = ["COLUMNS", "HOLIDAY_COLUMNS", "Word", "cue_words", "holiday", "kinds", "words_in"]

COLUMNS = ("class", "word", "value", "source")
HOLIDAY_COLUMNS = ("name", "rule", "source")

_DAYS = {"MO": MO, "TU": TU, "WE": WE, "TH": TH, "FR": FR, "SA": SA, "SU": SU}
_CUES = frozenset({"future cue", "future to", "no date after", "no date before", "no year before", "past cue"})
_CAPITAL = frozenset({"month", "weak month", "weekday", "weekdays"})
_SHORT = frozenset({"short month", "short weekday"})
# Kinds that come from the form of a token, not from the table.
_FORMS = (
    *("clock", "comma", "dash", "day", "decade", "dotted", "holiday", "iso", "number", "old year", "other"),
    *("possessive", "quarter sign", "short year", "slash", "slashed", "stop", "year"),
)

_PIECES = r"""
    (?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?
        (?![\w-]|\.[0-9]))
  | (?P<money>[$£€¥₹₽#№]\s?[0-9]++(?:[.,][0-9]++)*+\w*)
  | (?P<slashed>[0-9]{1,4}/[0-9]{1,2}(?:/[0-9]{2,4})?(?![\w/]))
  | (?P<dotted>[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?![\w]|\.[0-9]))
  | (?P<clock>[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?:[aApP]\.\s?[mM]\b\.?|[aApP][mM]\b)|[0-9]{1,2}:[0-9]{2}(?![\w:]))
  | (?P<ordinal>[0-9]{1,2}(?:st|nd|rd|th)\b)
  | (?P<decade>(?:[0-9]{3}|['’])?[0-9]?0['’]?s\b)
  | (?P<short_year>['’‘][0-9]{2}\b)
  | (?P<number>[0-9]++(?:[.,][0-9]++)*+(?![^\W\d_]|_|%))
  | (?P<sign>Q[1-4]\b|H[12]\b|FY(?=\s?[0-9]))
  | (?P<fused>[0-9]\w*%?)
  | (?P<phrase>PHRASES)
  | (?P<short>SHORT)\.
  | (?P<stop>[.!?;:…]|\n[^\S\n]*\n)
  | (?P<possessive>['’]s?\b)
  | (?P<word>[^\W\d_](?:\w|['’](?:clock|ll|t)\b)*)
  | (?P<comma>,) | (?P<dash>[-‐‑–—]) | (?P<slash>/) | (?P<other>[^\s])
"""


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a text at ``start:end`` (code points): what it is, its value, itself in lower case, its case."""

    start: int
    end: int
    kind: str
    value: str
    text: str
    capital: bool = False


@cache
def _entries() -> dict[str, tuple[str, str]]:
    """Load word → (class, value); raises RecordError when the file is damaged."""
    found: dict[str, tuple[str, str]] = {}
    for kind, word, value, _ in rows("calendar.tsv", COLUMNS):
        if kind not in _CUES:
            found[word] = (kind, "" if value == "-" else value)
    return found


@cache
def cue_words(kind: str) -> frozenset[str]:
    """Load the words of a class that stands around dates: "future cue", "future to" (before "to"), "past cue" …"""
    return frozenset(word.replace("’", "'") for of, word, _, _ in rows("calendar.tsv", COLUMNS) if of == kind)


@cache
def kinds() -> tuple[str, ...]:
    """Give every kind a word may be of, in a fixed order."""
    return tuple(sorted({*_FORMS, *(kind for kind, _ in _entries().values())}))


@cache
def _holidays() -> dict[str, str]:
    return {name.replace("’", "'").lower(): rule for name, rule, _ in rows("holidays.tsv", HOLIDAY_COLUMNS)}


@cache
def _token() -> re.Pattern[str]:
    names = sorted((name for name, _, _ in rows("holidays.tsv", HOLIDAY_COLUMNS)), key=len, reverse=True)
    phrases = sorted(
        (word for word, (kind, _) in _entries().items() if kind == "phrase" or " " in word), key=len, reverse=True
    )
    alternatives = [re.escape(name).replace("’", "['’]") for name in names]
    alternatives += [f"(?:{re.escape(p[0])}|{re.escape(p[0].upper())}){re.escape(p[1:])}" for p in phrases]
    shorts = sorted((w for w, (kind, _) in _entries().items() if kind in _SHORT), key=len, reverse=True)
    pattern = _PIECES.replace("PHRASES", rf"(?:{'|'.join(alternatives)})\b")
    pattern = pattern.replace("SHORT", "|".join(f"{w.capitalize()}|{w.upper()}" for w in shorts))
    return re.compile(pattern, re.VERBOSE)


def words_in(text: str) -> list[Word]:
    """Cut text into words, in order and disjoint; takes time in proportion to its length."""
    found = []
    for match in _token().finditer(text):
        form = match.lastgroup or "other"
        whole = match[0]
        kind, value = _READ[form](whole) if form in _READ else (form, whole)
        found.append(Word(*match.span(), kind, value, whole.replace("’", "'").lower(), whole[0].isupper()))
    return found


@lru_cache(maxsize=16384)
def _word(whole: str) -> tuple[str, str]:
    kind, value = _entries().get(whole.lower().replace("’", "'"), ("other", ""))
    if (kind in _CAPITAL or kind in _SHORT) and (not whole[0].isupper() or kind == "short weekday"):
        return "other", ""
    return kind, value


def _short(whole: str) -> tuple[str, str]:
    kind, value = _entries()[whole[:-1].lower()]
    return ("month" if kind == "short month" else kind), value


def _phrase(whole: str) -> tuple[str, str]:
    rule = _holidays().get(whole.replace("’", "'").lower())
    return ("holiday", rule) if rule else _entries()[whole.lower()]


def _number(whole: str) -> tuple[str, str]:
    if re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", whole):
        return "number", whole.replace(",", "")
    if not whole.isdecimal():
        return ("number", whole) if re.fullmatch(r"[0-9]+\.[0-9]+", whole) else ("other", "")
    if len(whole) <= 2 and 1 <= int(whole) <= 31:
        return "day", whole
    if len(whole) == 4 and 1000 <= int(whole) < 2200:
        return ("year" if 1900 <= int(whole) < 2100 else "old year"), whole
    return "number", whole


def _ordinal(whole: str) -> tuple[str, str]:
    return "ordinal", str(int(whole[:-2]))


def _decade(whole: str) -> tuple[str, str]:
    digits = re.sub(r"[^0-9]", "", whole)
    if len(digits) == 2:
        digits = f"{20 if int(digits) <= 20 else 19}{digits}"
    return ("decade", digits) if len(digits) == 4 and digits >= "1000" else ("other", "")


def _sign(whole: str) -> tuple[str, str]:
    return ("fiscal", "") if whole == "FY" else ("quarter sign", whole)


def _clock(whole: str) -> tuple[str, str]:
    """Read "5:30 p.m." as 17:30; what is no time of day is "other"."""
    match = re.match(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?\s?([aApP])?", whole)
    hour, minute, half = (int(match[1]), int(match[2] or 0), (match[3] or "").lower()) if match else (99, 0, "")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 99
    return ("clock", f"{hour:02}:{minute:02}") if hour < 24 and minute < 60 else ("other", "")


_READ: dict[str, Callable[[str], tuple[str, str]]] = {
    "word": _word,
    "short": _short,
    "phrase": _phrase,
    "number": _number,
    "ordinal": _ordinal,
    "decade": _decade,
    "sign": _sign,
    "clock": _clock,
    "short_year": lambda whole: ("short year", whole[1:]),
    "money": lambda _: ("other", "money"),
    "fused": lambda _: ("other", ""),
}


def holiday(rule: str, year: int) -> date | None:
    """Give the day of a holiday's rule in a year; None where it cannot be reckoned."""
    try:
        if rule.startswith("easter"):
            return easter(year) + timedelta(days=int(rule.removeprefix("easter")))
        if "-" in rule and " " not in rule:
            return date(year, int(rule[:2]), int(rule[3:]))
        month, nth, *more = rule.split(" ")
        weekday, count = _DAYS[nth[:2]], int(nth[2:])
        start = date(year, int(month), 1) + (relativedelta(day=31) if count < 0 else relativedelta())
        return start + relativedelta(weekday=weekday(count)) + timedelta(days=int(more[0]) if more else 0)
    except (ValueError, OverflowError):
        return None
