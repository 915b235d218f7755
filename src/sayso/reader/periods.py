"""The forms of longer periods and of what is named from where one stands: "last month", "the third quarter of 2022".

A form's reading takes the match and gives a draft, or None where the words around it say that it is no date after all.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sayso.reader.anchors import Grain, at, period, shifted
from sayso.reader.datescan import Draft, Form, Scan, relative
from sayso.reader.durations import duration, grain_of, year_of

__all__ = ["PERIOD_FORMS"]


def _part(scan: Scan, match: re.Match[str]) -> Draft | None:
    """Read "this morning", "last night", "that evening", "the next morning"."""
    rel = scan.named(match, "rel")
    if scan.words[match.end() - 1].value or rel is None:
        return None
    if rel.kind in ("this", "last"):
        when = scan.anchor.day(-1 if rel.kind == "last" else 0)
    else:
        known = scan.last if scan.last and scan.last.grain == "day" else None
        when = shifted(known, {"next": 1, "following": 1, "previous": -1}.get(rel.kind, 0), "day") if known else None
    return scan.draft(match, when, "day", "time")


def _the_past(scan: Scan, match: re.Match[str]) -> Draft | None:
    if scan.words[match.end() - 1].text != "past" or scan.near(match.end()).kind not in (
        "stop",
        "comma",
        "and",
        "other",
    ):
        return None
    after = scan.near(match.end())
    return (
        Draft(*match.span(), "past") if after.kind != "other" or after.text in ("but", "he", "she", "it", ")") else None
    )


def _deictic(scan: Scan, match: re.Match[str]) -> Draft | None:
    """Read "last month", "the next century", "that year", "the following week", "this fiscal year"."""
    unit = scan.named(match, "unit")
    rel = scan.named(match, "rel")
    grain = grain_of(unit)
    start, end = match.span()
    if unit is None or grain is None or grain in ("hour", "duration") or scan.near(end).kind == "old":
        return None
    count = relative(scan, match)
    the = scan.has(match, "the") and not scan.named(match, "stage")
    if grain == "day" and (
        rel is None or rel.kind not in ("that", "previous", "following", "next") or not (the or count is None)
    ):
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
    if (
        count
        and the
        and before.kind in ("during", "in")
        and (before.kind == "during" or (rel is not None and rel.text != "next"))
    ):
        return Draft(start, end, "duration", None, duration(1, unit.value), "duration")
    if count and rel and rel.text == "past" and grain not in ("season", "weekend"):
        return Draft(start, end, "duration", None, duration(1, unit.value), "duration")
    return scan.draft(match, scan.anchor.unit(grain, count), grain)


def _finer(grain: str, than: str) -> bool:
    order = ("day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century")
    return order.index(grain) < order.index(than)


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
        base = scan.anchor.unit("year", relative(scan, match, "that") or 0)
        return scan.draft(match, at(base.first.year, "season", month) if base else None, "season")
    if rel is None:
        if word.kind == "weak season" or (scan.near(match.end()).kind == "other" and not scan.named(match, "stage")):
            return None
        return scan.draft(match, scan.anchor.month(month, scan.turn(match), "season"), "season")
    turn = relative(scan, match)
    when = scan.anchor.month(month, turn or 0, "season", said=bool(turn))
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
        base = scan.anchor.unit("year", relative(scan, match) or 0)
        return scan.draft(match, at(base.first.year, grain, month) if base else None, grain)
    if grain == "half":
        return None
    turn = 0 if scan.turn(match) > 0 else -1
    return scan.draft(match, scan.anchor.month(month, turn, grain), grain)


def _same_quarter(scan: Scan, match: re.Match[str]) -> Draft | None:
    """Read "the quarter", "the year-earlier period": the quarter last named, or that of a year before."""
    known = scan.quarter
    if match["unit"] and scan.words[match.start("unit")].value != "Y":
        return None
    if scan.has(match, "period") and known is None:
        return None
    if known is None and match["latest"]:
        known = scan.anchor.unit("quarter", -1)
    when = shifted(known, -1, "year") if known and match["ago"] else known
    return replace(scan.draft(match, when, "quarter"), settles=False)


def _decade(scan: Scan, match: re.Match[str]) -> Draft | None:
    word = scan.words[match.end() - 1]
    if word.text[0].isdecimal() and len(word.text) == 3 and not scan.has(match, "the"):
        return None
    return scan.draft(match, at(int(word.value), "decade"), "decade")


def _century(scan: Scan, match: re.Match[str]) -> Draft | None:
    word = scan.named(match, "n")
    number = int(word.value) if word else 0
    return scan.draft(match, at((number - 1) * 100, "century") if number > 1 else None, "century")


PERIOD_FORMS: tuple[Form, ...] = (
    ("STAGE THE?(?P<rel>THIS|LAST|THAT|NEXT|FOLLOWING|PREVIOUS)PART", _part),
    ("THE LAST", _the_past),
    ("STAGE THE?(?P<rel>REL)FISCAL?(?P<unit>UNIT|CENTURY|QUARTER|WEEKEND|HALF)", _deictic),
    ("(?P<stage>THE?EDGE OF|EARLY IN|EARLIER IN)THE FISCAL?(?P<unit>UNIT|CENTURY|QUARTER)(?P<rel>)", _deictic),
    ("(?P<unit>UNIT)(?:POSSESSIVE|DASH)?EDGE(?P<rel>)", _deictic),
    ("STAGE(?:THE|THIS)WEEKEND", _weekend),
    (
        "STAGE(?P<rel>THE?REL)?THE?EARLY?(?P<s>SEASONS)(?:OF?(?P<y>ANYYEAR)(?:DASH DAY)?|OF?(?P<that>NEAR)UNIT)?",
        _season,
    ),
    ("STAGE THE?LATEST?(?P<y>[YEAR OLD_YEAR])POSSESSIVE?FISCAL?QUARTERS(?P<rel>)", _quarter),
    (
        "STAGE THE?FISCAL?DASH?QUARTERS(?:OF?FISCAL?(?P<y>ANYYEAR)|[OF IN]?(?P<rel>THIS|LAST|NEXT|THE)UNIT)?",
        _quarter,
    ),
    ("(?P<rel>NEAR)UNIT POSSESSIVE FISCAL?QUARTERS(?P<y>)", _quarter),
    ("(?P<n>QUARTER_SIGN)COMMA?OF?FISCAL?(?P<y>[YEAR OLD_YEAR]|SHORT_YEAR)?(?P<unit>)(?P<rel>)", _quarter),
    ("THE(?P<latest>LATEST)?THAT?(?:(?P<unit>UNIT)DASH(?P<ago>AGO|EARLIER))?[QUARTER PERIOD]", _same_quarter),
    ("(?P<unit>UNIT)DASH(?P<ago>AGO|EARLIER)[QUARTER PERIOD]?(?P<latest>)", _same_quarter),
    ("STAGE(?:THE?(?P<around>EARLY DASH?)?DECADE|THE(?:EARLY DASH?)?DECADE_NAME)", _decade),
    ("STAGE THE?(?P<n>ORDINAL)DASH?CENTURY", _century),
)
