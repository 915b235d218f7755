"""The forms that expressions of time have: patterns over the kinds of words, each with what it means.

In a pattern a kind is written in capitals ("WEAK_MONTH"); a name of ``_PARTS`` stands for a piece of pattern. A form's
reader takes the match and gives a draft, or None where the words around it say that it is no date after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sayso.knowledge.calendar import Word, cue_words, kinds
from sayso.reader.anchors import Anchor, Grain, When, at, period, shifted, tense, valid_day
from sayso.reader.quantities import count_of, duration, year_of

__all__ = ["FORMS", "Draft", "Form", "Scan", "codes_of"]

_LETTERS = {kind: chr(0x4E00 + number) for number, kind in enumerate(kinds())}
_NAMES = {re.sub(r"\W", "_", kind).upper(): letter for kind, letter in _LETTERS.items()}
_PARTS = {
    "MON": "[MONTH WEAK_MONTH SHORT_MONTH]",
    "DAYNUM": "[DAY ORDINAL]",
    "SPELT": "NUMBER_WORD(?:NUMBER_WORD(?:DASH?NUMBER_WORD)?|BIG_NUMBER(?:AND?NUMBER_WORD)?)",
    "ANYYEAR": "(?:[YEAR OLD_YEAR]|SPELT)",
    "STAGE": "(?P<stage>THE?EDGE OF|EARLY DASH?IN?|EARLIER IN?)?",
    "AROUND": "(?P<around>APPROXIMATE)?",
    "WDAY": "(?:[WEEKDAY SHORT_WEEKDAY]COMMA?)?",
    "REL": "(?:THIS(?:LAST|NEXT)|THIS|LAST|NEXT|CURRENT|THAT|PREVIOUS|FOLLOWING|LATEST)",
    "SEASONS": "[SEASON WEAK_SEASON]",
    "MUCH": "(?:APPROXIMATE|MORE THAN|AT LEAST|UP TO|DURING(?=ARTICLE|NUMBER|DAY))",
    "WRITTEN": "[NUMBER_WORD BIG_NUMBER](?:DASH?[NUMBER_WORD BIG_NUMBER]){0,4}",
    "ONE": "(?:[DAY NUMBER YEAR OLD_YEAR]SLASHED?|WRITTEN|ARTICLE WRITTEN|HALF|ARTICLE|ARTICLE?COUPLE OF?|ARTICLE?FEW)",
    "COUNT": "(?:ONE(?:[TO OR DASH]ONE)?(?:AND ARTICLE HALF|AND HALF)?|HALF ARTICLE)",
    "SPAN": "[UNIT UNITS CENTURY QUARTER]",
    "ENDED": "(?P<tail>AGO|EARLIER|BEFORE|FROM PHRASE)?",
}


def codes_of(words: list[Word]) -> str:
    """Write words as one letter each, by kind."""
    return "".join(_LETTERS[word.kind] for word in words)


def _pattern(form: str) -> re.Pattern[str]:
    """Compile a form; raises KeyError for a name that is neither a kind nor a part."""
    while any(re.search(rf"\b{name}\b", form) for name in _PARTS):
        form = re.sub(r"[A-Z_]{2,}", lambda m: _PARTS.get(m[0], m[0]), form)
    form = re.sub(r"[A-Z_]{2,}", lambda m: _NAMES[m[0]], form)
    return re.compile(form.replace(" ", ""))


@dataclass(frozen=True, slots=True)
class Draft:
    """An expression at ``words[start:end]``: what kind it is, its period or its value, and what it may yet join.

    ``clock`` is a time of day ("17:00"); ``value`` holds what is not a period (a duration, an interval).
    """

    start: int
    end: int
    kind: str
    when: When | None = None
    value: str | None = None
    grain: Grain | None = None
    clock: str = ""

    @property
    def is_day(self) -> bool:
        """Whether it is a day to which a time of day may be added."""
        return self.grain == "day" and not self.clock and self.value is None and self.kind == "date"


class Scan:
    """A text as words and letters, with its anchor and the period last mentioned (``last``)."""

    def __init__(self, words: list[Word], anchor: Anchor) -> None:
        self.words, self.codes, self.anchor = words, codes_of(words), anchor
        self.last: When | None = None

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


_Reader = Callable[[Scan, re.Match[str]], Draft | None]


def _relative(scan: Scan, match: re.Match[str], name: str = "rel") -> int | None:
    """Give −1, 0 or 1 for "last", "this", "next"; None for what refers to the period last mentioned."""
    start, end = match.span(name)
    for word in scan.words[start:end][::-1]:
        if word.kind in ("last", "next", "this", "current", "that", "previous", "following", "latest"):
            return {"last": -1, "next": 1, "this": 0, "current": 0}.get(word.kind)
    return 0


def _full(scan: Scan, match: re.Match[str]) -> Draft | None:
    month, day, year = scan.named(match, "m"), scan.named(match, "d"), year_of(scan.words[slice(*match.span("y"))])
    if month is None or day is None:
        return None
    if month.text == "may" and day.kind == "ordinal" and not day.text[0].isdecimal() and not scan.has(match, "of"):
        return None
    if year is not None:
        found = valid_day(year, int(month.value), int(day.value))
        when = When(found, "day") if found else None
    elif rel := scan.named(match, "rel"):
        base = scan.anchor.unit("year", {"last": -1, "next": 1}.get(rel.kind, 0))
        found = valid_day(base.first.year, int(month.value), int(day.value)) if base else None
        when = When(found, "day") if found else None
    else:
        when = scan.anchor.month_day(int(month.value), int(day.value), scan.turn(match))
    if valid_day(2000, int(month.value), int(day.value)) is None:
        return None
    return scan.draft(match, when, "day")


def _days(scan: Scan, match: re.Match[str]) -> Draft | None:
    """Read "May 3-5" and "3 to 5 May" as an interval."""
    month, one, two = scan.named(match, "m"), scan.named(match, "a"), scan.named(match, "b")
    year = year_of(scan.words[slice(*match.span("y"))])
    if month is None or one is None or two is None or int(one.value) >= int(two.value):
        return None
    number = int(month.value)
    if valid_day(2000, number, int(two.value)) is None:
        return None
    if year is None:
        near = scan.anchor.month_day(number, int(one.value), scan.turn(match))
        year = near.first.year if near else None
    first = valid_day(year, number, int(one.value)) if year else None
    last = valid_day(year, number, int(two.value)) if year else None
    value = f"{first.isoformat()}/{last.isoformat()}" if first and last else None
    return Draft(*match.span(), "date", When(last, "day") if last else None, value, "day")


def _month(scan: Scan, match: re.Match[str]) -> Draft | None:
    month = scan.named(match, "m")
    start, end = match.span()
    if month is None:
        return None
    year = year_of(scan.words[slice(*match.span("y"))])
    rel = scan.named(match, "rel") or scan.named(match, "that")
    if year is not None:
        return scan.draft(match, at(year, "month", int(month.value)), "month")
    if rel is None and not scan.named(match, "stage") and not _is_month(scan, start, end, month):
        return None
    if scan.named(match, "that"):
        base = scan.anchor.unit("year", _relative(scan, match, "that") or 0)
        return scan.draft(match, at(base.first.year, "month", int(month.value)) if base else None, "month")
    turn = scan.turn(match)
    if rel is not None:
        turn = {"last": -1, "next": 1, "previous": -1, "following": 1}.get(rel.kind, 0)
        here = scan.anchor.unit("month")
        if turn and here and here.first.month == int(month.value):
            return scan.draft(match, shifted(here, turn, "year"), "month")
    return scan.draft(match, scan.anchor.month(int(month.value), turn), "month")


def _is_month(scan: Scan, start: int, end: int, month: Word) -> bool:
    """Say whether a month's name alone is the month: "in May", "the March report", not "May said", "the March on"."""
    before, after = scan.near(start - 1), scan.near(end)
    if month.kind == "short month":
        return False
    if month.kind == "month":
        return True
    if before.kind in ("in", "during", "since", "by", "to", "from", "between", "of", "early", "before", "every", "last"):
        return after.text not in ("said", "says", "has", "is", "on") or before.kind == "in"
    if before.kind in ("and", "or", "dash"):
        return scan.near(start - 2).kind in ("month", "weak month")
    if month.text in ("april", "june", "august"):
        return before.kind != "stop" and before.kind != "possessive" and after.kind != "possessive"
    return before.kind == "the" and after.kind == "other" and after.text not in ("for", "against", "hare")


def _weekday(scan: Scan, match: re.Match[str]) -> Draft | None:
    word = scan.named(match, "w")
    start, end = match.span()
    if word is None or scan.near(start - 1).text in cue_words("no date before"):
        return None
    if scan.near(end).text in cue_words("no date after") and scan.near(start - 1).kind == "the":
        return None
    rel = scan.named(match, "rel")
    part = scan.named(match, "part")
    if rel is not None and rel.kind in ("previous", "following"):
        when = None
        if scan.last and scan.last.grain == "day":
            turn = -1 if rel.kind == "previous" else 1
            when = Anchor(scan.last.first).weekday(int(word.value), turn, other=True)
    else:
        turn = {"last": -1, "next": 1}.get(rel.kind, 0) if rel else (1 if scan.named(match, "this") else 0)
        when = scan.anchor.weekday(int(word.value), turn or scan.turn(match) or -1, other=bool(rel))
    draft = scan.draft(match, when, "day", "time" if part else "date")
    return draft


def _day_word(scan: Scan, match: re.Match[str]) -> Draft | None:
    word = scan.named(match, "w")
    days = int(word.value) if word else 0
    shift = scan.named(match, "shift")
    if shift is not None:
        if (days, shift.value) not in ((-1, "-1"), (1, "1")):
            return None
        days *= 2
    timed = bool(match["part"]) or (word is not None and word.kind == "tonight")
    return scan.draft(match, scan.anchor.day(days), "day", "time" if timed else "date")


def _deictic(scan: Scan, match: re.Match[str]) -> Draft | None:
    """Read "last month", "the next century", "that year", "the following week", "this fiscal year"."""
    unit = scan.named(match, "unit")
    rel = scan.named(match, "rel")
    grain = _grain(unit)
    start, end = match.span()
    if unit is None or grain is None or grain in ("hour", "duration") or scan.near(end).kind == "old":
        return None
    count = _relative(scan, match)
    the = scan.has(match, "the") and not scan.named(match, "stage")
    if grain == "day" and (rel is None or rel.kind not in ("that", "previous", "following", "next") or not (the or count is None)):
        return None
    back = {"previous": -1, "following": 1}.get(rel.kind, 0) if rel else 0
    if grain == "day" and count == 1:
        count, back = None, 1
    if count is None:
        known = scan.last
        if known is None or _finer(grain, known.grain):
            return scan.draft(match, None, grain)
        return scan.draft(match, shifted(period(known.first, grain), back, grain), grain)
    before = scan.near(start - 1)
    if count and the and before.kind in ("during", "in") and (before.kind == "during" or rel and rel.text != "next"):
        return Draft(start, end, "duration", None, duration(1, unit.value), "duration")
    if count and rel and rel.text == "past" and grain not in ("season", "weekend"):
        return Draft(start, end, "duration", None, duration(1, unit.value), "duration")
    return scan.draft(match, scan.anchor.unit(grain, count), grain)


def _finer(grain: str, than: str) -> bool:
    order = ("day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century")
    return order.index(grain) < order.index(than)


def _grain(unit: Word | None) -> Grain | None:
    if unit is None:
        return None
    if unit.kind in ("quarter", "half", "weekend", "century"):
        return {"quarter": "quarter", "half": "half", "weekend": "weekend", "century": "century"}[unit.kind]  # type: ignore[return-value]
    grains: dict[str, Grain] = {"Y": "year", "M": "month", "W": "week", "D": "day", "10Y": "decade", "100Y": "century"}
    return grains.get(unit.value, "hour" if unit.value.startswith("T") else "quarter" if unit.value == "3M" else "duration")


def _weekend(scan: Scan, match: re.Match[str]) -> Draft | None:
    when = scan.anchor.unit("weekend")
    if when and scan.anchor.first and scan.turn(match) <= 0 and when.first > scan.anchor.first:
        when = scan.anchor.unit("weekend", -1)
    return scan.draft(match, when, "weekend")


def _season(scan: Scan, match: re.Match[str]) -> Draft | None:
    word, rel = scan.named(match, "s"), scan.named(match, "rel")
    if word is None:
        return None
    month = (int(word.value) - 20) * 3
    year = year_of(scan.words[slice(*match.span("y"))])
    if year is not None:
        return scan.draft(match, at(year, "season", month), "season")
    if scan.named(match, "that"):
        base = scan.anchor.unit("year", _relative(scan, match, "that") or 0)
        return scan.draft(match, at(base.first.year, "season", month) if base else None, "season")
    if rel is None:
        if word.kind == "weak season" or scan.near(match.end()).kind == "other" and not scan.named(match, "stage"):
            return None
        return scan.draft(match, scan.anchor.month(month, scan.turn(match), "season"), "season")
    turn = _relative(scan, match)
    when = scan.anchor.month(month, turn or 0, "season")
    now = period(scan.anchor.first, "season") if scan.anchor.first and scan.anchor.grain != "year" else None
    if when and now and turn and when.first == now.first:
        when = shifted(when, turn, "year")
    if when and turn == 0 and scan.anchor.first:
        when = now if now and now.first.month == month else at(scan.anchor.first.year, "season", month)
    return scan.draft(match, when, "season")


def _quarter(scan: Scan, match: re.Match[str]) -> Draft | None:
    word, unit = scan.named(match, "n"), scan.named(match, "unit")
    sign = word.value if word and word.kind == "quarter sign" else ""
    number = int(sign[1] if sign else word.value) if word else 0
    grain: Grain = "half" if sign[:1] == "H" or (unit and unit.kind == "half") else "quarter"
    if not 1 <= number <= (2 if grain == "half" else 4):
        return None
    month = (number - 1) * (6 if grain == "half" else 3) + 1
    year = year_of(scan.words[slice(*match.span("y"))])
    if year is not None:
        return scan.draft(match, at(year, grain, month), grain)
    if scan.named(match, "rel"):
        base = scan.anchor.unit("year", _relative(scan, match) or 0)
        return scan.draft(match, at(base.first.year, grain, month) if base else None, grain)
    if grain == "half":
        return None
    return scan.draft(match, scan.anchor.month(month, scan.turn(match) or -1, grain), grain)


def _same_quarter(scan: Scan, match: re.Match[str]) -> Draft | None:
    """Read "the quarter", "the year-earlier period": the one last mentioned, or that of a year before."""
    known = scan.last if scan.last and scan.last.grain in ("quarter", "month", "half") else None
    if scan.has(match, "period") and not match["ago"] and known is None:
        return None
    when = shifted(known, -1, "year") if known and match["ago"] else known
    return scan.draft(match, when, known.grain if known else "quarter")


def _year(scan: Scan, match: re.Match[str]) -> Draft | None:
    start, end = match.span()
    words = scan.words[slice(*match.span("y"))]
    year = year_of(words)
    if year is None:
        return None
    sure = bool(match["stage"] or match["fiscal"])
    if not sure and not _is_year(scan, start, end, words, bool(match["around"])):
        return None
    return scan.draft(match, at(year), "year")


def _is_year(scan: Scan, start: int, end: int, words: list[Word], around: bool) -> bool:
    before, after = scan.near(start - 1), scan.near(end)
    placed = before.kind in ("in", "since", "by", "of", "to", "from", "between", "before", "during", "early", "season")
    if before.kind in ("dash", "slash") and before.end == words[0].start:
        return scan.near(start - 2).text in ("pre", "post", "mid", "early", "late")
    if after.kind in ("units", "unit", "big number", "slash", "zone") or (after.kind == "dash" and after.start == words[-1].end):
        return False
    counted = after.kind == "other" and after.text.isalpha() and after.text.endswith(("s", "people", "men", "women"))
    if words[0].kind == "number word":
        return placed and not counted
    if words[0].kind == "old year":
        return placed and not counted and before.kind not in ("to", "by", "during") and not around
    if counted and (around or before.kind in ("than", "least", "up", "other", "stop") or int(words[0].value) % 100 == 0):
        return before.kind == "the" and int(words[0].value) % 100 != 0
    return before.text not in ("no", "number", "flight", "room", "page", "route", "highway", "version", "windows")


def _years(scan: Scan, match: re.Match[str]) -> Draft | None:
    """Read "2014-15", "1990-1995" and "2014/15" as an interval of years, "2023-09" as a month."""
    one = scan.words[match.start("a")]
    text = one.text if one.kind == "slashed" else f"{one.text}-{scan.words[match.end() - 1].text}"
    parts = re.fullmatch(r"([0-9]{4})[-/]([0-9]{2}|[0-9]{4})", text)
    if parts is None or not 1500 <= int(parts[1]) < 2200:
        return None
    first = int(parts[1])
    second = int(parts[2]) if len(parts[2]) == 4 else first // 100 * 100 + int(parts[2])
    if len(parts[2]) == 2 and second < first and int(parts[2]) == (first + 1) % 100:
        second += 100
    if first < second:
        return Draft(*match.span(), "date", at(second), f"{first}/{second}", "year")
    if one.kind == "year" and len(parts[2]) == 2 and 1 <= int(parts[2]) <= 12:
        return scan.draft(match, at(first, "month", int(parts[2])), "month")
    return None


def _decade(scan: Scan, match: re.Match[str]) -> Draft | None:
    word = scan.named(match, "n")
    if word is None or (word.text[0].isdecimal() and len(word.text) == 3 and not scan.has(match, "the")):
        return None
    return scan.draft(match, at(int(word.value), "decade"), "decade")


def _century(scan: Scan, match: re.Match[str]) -> Draft | None:
    word = scan.named(match, "n")
    number = int(word.value) if word else 0
    return scan.draft(match, at((number - 1) * 100, "century") if number > 1 else None, "century")


def _numeric(scan: Scan, match: re.Match[str]) -> Draft | None:
    """Read "2023-09-13T10:00Z", "13/9/2023", "13.9.2023" and "9/11"; None where day and month may be either."""
    word = scan.words[match.start()]
    if word.kind == "iso":
        found = valid_day(*(int(part) for part in word.value[:10].split("-")))
        if found is None:
            return None
        clock = word.value[11:]
        return Draft(*match.span(), "time" if clock else "date", When(found, "day"), None, "hour" if clock else "day", clock)
    if word.value == "9/11":
        return Draft(*match.span(), "date", When(date(2001, 9, 11), "day"), None, "day")
    parts = [int(part) for part in re.split(r"[./]", word.value)]
    if len(parts) != 3 or (word.kind == "dotted" and scan.near(match.start() - 1).text == "version"):
        return None
    year = parts[2] if parts[2] > 99 else 2000 + parts[2] if parts[2] < 50 else 1900 + parts[2]
    british, american = valid_day(year, parts[1], parts[0]), valid_day(year, parts[0], parts[1])
    found = british if word.kind == "dotted" else (british or american)
    if found is None or not 1000 <= year < 2200:
        return None
    sure = word.kind == "dotted" or british is None or american is None or british == american
    return Draft(*match.span(), "date", When(found, "day") if sure else None, None, "day")


def _holiday(scan: Scan, match: re.Match[str]) -> Draft | None:
    word, rel = scan.words[match.start("n")], scan.named(match, "rel")
    year = year_of(scan.words[slice(*match.span("y"))])
    if year is not None:
        return scan.draft(match, Anchor(date(year, 1, 1), "year").feast(word.value, 0), "day")
    turn = {"last": -1, "next": 1}.get(rel.kind, 0) if rel else scan.turn(match)
    return scan.draft(match, scan.anchor.feast(word.value, turn), "day")


def _clock(scan: Scan, match: re.Match[str]) -> Draft | None:
    word, zone = scan.words[match.start("n")], scan.named(match, "zone")
    before = scan.near(match.start() - 1)
    clock = word.value
    if word.kind in ("year", "old year", "number"):
        clock = f"{word.text[:2]}:{word.text[2:]}" if re.fullmatch(r"[012][0-9][0-5][0-9]", word.text) else ""
    elif word.kind == "day":
        clock = ""
    elif word.kind == "part" and not clock:
        return None
    elif word.kind == "clock" and not zone and "m" not in word.text and before.kind not in _CLOCKED:
        return None
    if zone and not clock and word.kind != "day":
        return None
    return Draft(*match.span(), "time", None, None, "hour", f"{clock}{zone.value}" if clock and zone else clock or "?")


_CLOCKED = ("at", "by", "since", "to", "from", "approximate", "between", "before")
