"""Dates as the press and web pages write them: takes a string, gives ISO 8601 or EDTF, or None.

Only what can be read in one way is read: 3/4/2024 is left alone.
"""

from __future__ import annotations

import re
from datetime import date, datetime

__all__ = ["DAY_PATTERN", "iso_date", "read_day", "read_line"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_YEAR = r"(?:,?\s+(?P<year>\d{4}))?"


_DAY_FIRST = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}{_YEAR}"
_MONTH_FIRST = rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_YEAR}"
_ISO = r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
# Plain groups only, so that a larger pattern can hold it.
DAY_PATTERN = _WEEKDAY + "(?:" + "|".join(re.sub(r"\?P<\w+>", "?:", p) for p in (_DAY_FIRST, _MONTH_FIRST, _ISO)) + ")"

_DAYS = tuple(re.compile(_WEEKDAY + p, re.IGNORECASE) for p in (_DAY_FIRST, _MONTH_FIRST, _ISO))
_LINE = re.compile(
    rf"(?:(?:first )?(?:published|posted|issued|date|dated)(?: on| at)?\s*:?\s+)?(?P<date>{DAY_PATTERN})"
    r"(?:(?:\s*[,|•·–-]\s*|\s+at\s+|\s+|T)\d{1,2}[:.h]\d{2}.{0,30})?",
    re.IGNORECASE,
)


def read_day(text: str) -> tuple[int | None, int, int] | None:
    """Read "14 March 2024", "March 14", "2024-03-14" … as (year or None, month, day); None when it is no such day."""
    for pattern in _DAYS:
        if match := pattern.fullmatch(text.strip()):
            year = int(match["year"]) if match["year"] else None
            month = int(match["month"]) if match["month"].isdigit() else _MONTHS.index(match["month"][:3].lower()) + 1
            day = int(match["day"])
            return (year, month, day) if _exists(year or 2000, month, day) else None
    return None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def read_line(line: str) -> str | None:
    """Read a line that holds only a full date, with a time or "Published:" at most; gives YYYY-MM-DD or None."""
    match = _LINE.fullmatch(line.strip()) if len(line) <= 80 else None
    day = read_day(match["date"]) if match else None
    return f"{day[0]:04}-{day[1]:02}-{day[2]:02}" if day and day[0] else None


def iso_date(value: str) -> str | None:
    """Normalise a date given as data: ISO 8601 (kept as written, also "2024" and "2024-03"), or one in English words.

    Gives None when it cannot be read or no such day exists.
    """
    value = value.strip()
    if re.fullmatch(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2]))?", value, re.ASCII):
        return value
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return read_line(value)
    if re.match(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        return value
    return moment.isoformat()  # the basic and week forms ("20240314", "2024-W11-4") are written out
