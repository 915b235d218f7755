"""The forms of dates, years and times of day: how they are written, and what each of them means.

A form's reading takes the match and gives a draft, or None where the words around it say that it is no date after all.
"""

from __future__ import annotations

import re
from datetime import date

from sayso.knowledge.calendar import Word, cue_words
from sayso.reader.anchors import Anchor, When, at, shifted, valid_day
from sayso.reader.datescan import Draft, Form, Scan, relative
from sayso.reader.durations import year_of

__all__ = ["DATE_FORMS"]


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
    elif (month.value, day.value) == ("9", "11") and scan.near(match.end()).text in ("attack", "attacks", "hijackings"):
        when = When(date(2001, 9, 11), "day")
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
        base = scan.anchor.unit("year", relative(scan, match, "that") or 0)
        return scan.draft(match, at(base.first.year, "month", int(month.value)) if base else None, "month")
    turn = scan.turn(match)
    if rel is not None:
        turn = relative(scan, match) or 0
        here = scan.anchor.unit("month")
        if not turn and here:
            return scan.draft(match, at(here.first.year, "month", int(month.value)), "month")
        if turn and here and here.first.month == int(month.value):
            return scan.draft(match, shifted(here, turn, "year"), "month")
    return scan.draft(match, scan.anchor.month(int(month.value), turn, said=rel is not None), "month")


def _is_month(scan: Scan, start: int, end: int, month: Word) -> bool:
    """Say whether a month's name alone is the month: "in May", "the March report", not "May said", "the March on"."""
    before, after = scan.near(start - 1), scan.near(end)
    if month.kind == "short month":
        return False
    if month.kind == "month":
        return True
    if before.kind in (
        "in",
        "during",
        "since",
        "by",
        "to",
        "from",
        "between",
        "of",
        "early",
        "before",
        "every",
        "last",
    ):
        return after.text not in ("said", "says", "has", "is", "on") or before.kind == "in"
    if after.kind in ("and", "or", "dash", "to") and scan.near(end + 1).kind in ("month", "weak month"):
        return True
    if before.kind in ("and", "or", "dash", "to"):
        return scan.near(start - 2).kind in ("month", "weak month")
    if month.text in ("april", "june", "august"):
        named = after.kind in ("possessive", "other") and (after.capital or after.kind == "possessive")
        return before.kind not in ("stop", "possessive") and not named
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
        if not scan.has(match, "the"):
            return None  # "Following Monday's debate"
        when = None
        if scan.last and scan.last.grain == "day":
            turn = -1 if rel.kind == "previous" else 1
            when = Anchor(scan.last.first).weekday(int(word.value), turn, other=True)
    else:
        turn = {"last": -1, "next": 1}.get(rel.kind, 0) if rel else (1 if scan.named(match, "this") else 0)
        when = scan.anchor.weekday(int(word.value), turn or scan.turn(match) or -1, other=bool(rel))
    return scan.draft(match, when, "day", "time" if part else "date")


def _day_word(scan: Scan, match: re.Match[str]) -> Draft | None:
    word = scan.named(match, "w")
    days = int(word.value) if word else 0
    if word and word.capital and word.text == "today" and scan.near(match.start() - 1).capital:
        return None  # "USA Today"
    shift = scan.named(match, "shift")
    if shift is not None:
        if (days, shift.value) not in ((-1, "-1"), (1, "1")):
            return None
        days *= 2
    timed = bool(match["part"]) or (word is not None and word.kind == "tonight")
    return scan.draft(match, scan.anchor.day(days), "day", "time" if timed else "date")


def _year(scan: Scan, match: re.Match[str]) -> Draft | None:
    start, end = match.span()
    words = scan.words[slice(*match.span("y"))]
    year, unit = year_of(words), scan.named(match, "unit")
    if year is None or (unit is not None and unit.value != "Y"):
        return None
    sure = bool(match["stage"] or match["fiscal"] or unit)
    if not sure and not _is_year(scan, start, end, words, bool(match["around"])):
        return None
    return scan.draft(match, at(year), "year")


def _is_year(scan: Scan, start: int, end: int, words: list[Word], around: bool) -> bool:
    before, after = scan.near(start - 1), scan.near(end)
    placed = before.kind in ("in", "since", "by", "of", "to", "from", "between", "before", "during", "early", "season")
    if before.kind in ("dash", "slash") and before.end == words[0].start:
        return scan.near(start - 2).text in ("pre", "post", "mid", "early", "late")
    if after.kind in ("units", "unit", "big number", "slash", "zone") or (
        after.kind == "dash" and after.start == words[-1].end
    ):
        return False
    plain = after.kind == "other" and after.text.isalpha() and not after.capital
    counted = plain and after.text.endswith(("s", "people", "men", "women"))
    if words[0].kind == "number word":
        return (placed or len(words) > 2) and not counted
    if words[0].kind == "old year":
        about = around and scan.near(start).text == "circa"
        return about or (placed and not counted and before.kind not in ("to", "by", "during") and not around)
    if counted and (
        around or before.kind in ("than", "least", "up", "other", "stop") or int(words[0].value) % 100 == 0
    ):
        return before.kind == "the" and int(words[0].value) % 100 != 0
    if words[0].kind == "short year":
        return before.kind in ("in", "of", "since")
    return before.text not in cue_words("no year before")


_YEARLIKE = ("year", "old year", "slashed")


def _years(scan: Scan, match: re.Match[str]) -> Draft | None:
    """Read "2014-15", "1990-1995" and "2014/15" as an interval of years, "2023-09" as a month."""
    one = next(word for word in scan.words[slice(*match.span())] if word.kind in _YEARLIKE)
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


def _numeric(scan: Scan, match: re.Match[str]) -> Draft | None:
    """Read "2023-09-13T10:00Z", "13/9/2023", "13.9.2023" and "9/11"; None where day and month may be either."""
    word = scan.words[match.start()]
    if word.kind == "iso":
        found = valid_day(*(int(part) for part in word.value[:10].split("-")))
        if found is None:
            return None
        clock = word.value[11:]
        return Draft(
            *match.span(), "time" if clock else "date", When(found, "day"), None, "hour" if clock else "day", clock
        )
    if word.value == "9/11":
        return Draft(*match.span(), "date", When(date(2001, 9, 11), "day"), None, "day")
    parts = [int(part) for part in re.split(r"[./]", word.value)]
    if len(parts) != 3 or (word.kind == "dotted" and scan.near(match.start() - 1).text == "version"):
        return None
    if parts[0] >= 1000:
        parts = parts[::-1]
    year = parts[2] if parts[2] > 99 else 2000 + parts[2] if parts[2] < 50 else 1900 + parts[2]
    british, american = valid_day(year, parts[1], parts[0]), valid_day(year, parts[0], parts[1])
    if not 1000 <= year < 2200 or (british is None and american is None):
        return None
    day_first = True if word.kind == "dotted" or word.value[:4].isdecimal() else scan.day_first
    if british is None or american is None or british == american:
        found = british or american
    else:
        found = None if day_first is None else british if day_first else american
    return Draft(*match.span(), "date", When(found, "day") if found else None, None, "day")


def _holiday(scan: Scan, match: re.Match[str]) -> Draft | None:
    word, rel = scan.words[match.start("n")], scan.named(match, "rel")
    if scan.near(match.end()).text in cue_words("no date after"):
        return None
    year = year_of(scan.words[slice(*match.span("y"))])
    if year is not None:
        return scan.draft(match, Anchor(date(year, 1, 1), "year").feast(word.value, 0), "day")
    turn = {"last": -1, "next": 1}.get(rel.kind, 0) if rel else scan.turn(match)
    return scan.draft(match, scan.anchor.feast(word.value, turn, said=rel is not None), "day")


def _clock(scan: Scan, match: re.Match[str]) -> Draft | None:
    word, zone = scan.words[match.start("n")], scan.named(match, "zone")
    before = scan.near(match.start() - 1)
    clock = word.value
    if word.kind in ("year", "old year", "number"):
        clock = f"{word.text[:2]}:{word.text[2:]}" if re.fullmatch(r"[012][0-9][0-5][0-9]", word.text) else ""
    elif word.kind == "day":
        clock = ""
    elif not clock:
        return None
    elif word.kind == "clock" and not zone and "m" not in word.text:
        follows = scan.near(match.end()).kind
        if before.kind not in _CLOCKED and follows not in ("on", "weekday", "day word"):
            return None
    if zone and not clock and word.kind != "day":
        return None
    return Draft(*match.span(), "time", None, None, "hour", f"{clock}{zone.value}" if clock and zone else clock or "?")


_CLOCKED = ("at", "by", "since", "to", "from", "approximate", "between", "before")


DATE_FORMS: tuple[Form, ...] = (
    ("STAGE AROUND WDAY (?P<m>MON)THE?(?P<d>DAYNUM)ITSYEAR", _full),
    ("STAGE AROUND WDAY THE?(?P<d>DAYNUM)OF?(?P<m>MON)ITSYEAR", _full),
    ("FROM?(?P<m>MON)(?P<a>DAY)[DASH TO](?P<b>DAY)(?:COMMA?(?P<y>[YEAR OLD_YEAR]))?", _days),
    ("[FROM BETWEEN]?(?P<a>DAY)[DASH TO AND](?P<b>DAY)OF?(?P<m>MON)(?:COMMA?(?P<y>[YEAR OLD_YEAR]))?", _days),
    ("STAGE AROUND (?P<m>MON)(?:COMMA|OF)?(?P<y>ANYYEAR|SHORT_YEAR)(?P<rel>)(?P<that>)", _month),
    ("STAGE AROUND (?P<rel>THIS?(?:LAST|NEXT)|THIS)?(?P<m>MON)(?:[OF IN]?(?P<that>NEAR)UNIT)?(?P<y>)", _month),
    (
        "STAGE AROUND (?P<this>THIS)?(?:THE?(?P<rel>LAST|NEXT|PREVIOUS|FOLLOWING))?(?P<w>WEEKDAY)(?P<part>PART)?",
        _weekday,
    ),
    ("STAGE(?:THE UNIT (?P<shift>BEFORE))?(?P<w>DAY_WORD|TONIGHT)(?P<part>PART)?", _day_word),
    ("STAGE(?:THE?(?P<unit>UNIT)|THE?(?P<fiscal>FISCAL UNIT?))?AROUND(?P<y>ANYYEAR|SHORT_YEAR)", _year),
    ("(?:FROM|BETWEEN|THE?FISCAL UNIT?)?[YEAR OLD_YEAR]DASH[YEAR OLD_YEAR DAY NUMBER]|SLASHED", _years),
    ("ISO|SLASHED|DOTTED", _numeric),
    ("(?P<rel>THIS|LAST|NEXT)?(?P<n>HOLIDAY)(?:[COMMA OF]?(?P<y>[YEAR OLD_YEAR]))?", _holiday),
    ("APPROXIMATE?(?P<n>CLOCK|PART|DAY O_CLOCK|[YEAR OLD_YEAR NUMBER](?=ZONE))(?P<zone>ZONE)?", _clock),
)
