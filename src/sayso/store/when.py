"""What span of time a date can mean: ISO 8601 and the EDTF that news needs in, first and last moment out."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, datetime

__all__ = ["Moments", "moments", "now"]

_CALENDAR = re.compile(r"(?P<year>\d[\dX]{3})(?:-(?P<month>[\dX]{2})(?:-(?P<day>[\dX]{2}))?)?")
_QUALIFIERS = str.maketrans("", "", "?~%")
_FIRST, _LAST = "0000-01-01T00:00:00", "9999-12-31T23:59:59"


@dataclass(frozen=True, slots=True)
class Moments:
    """The first and last second a date can mean, as written (its own time zone), and the first in UTC."""

    earliest: str
    latest: str
    instant: str


def moments(date: str | None) -> Moments | None:
    """Read an ISO 8601 date or time, or an EDTF date ("2023", "2023-09?", "201X", "2023-09-01/2023-09-13").

    Gives None for no date and for what is not one. A season is read as its year: never too narrow.
    """
    if date is None:
        return None
    start, slash, end = date.strip().partition("/")
    if not slash:
        return _one(start)
    first = _one(start) if start not in ("", "..") else Moments(_FIRST, _FIRST, _FIRST)
    last = _one(end) if end not in ("", "..") else Moments(_LAST, _LAST, _LAST)
    if first is None or last is None or first.earliest > last.latest:
        return None
    return Moments(first.earliest, last.latest, first.instant)


def now() -> str:
    """The time of day in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _one(date: str) -> Moments | None:
    plain = date.translate(_QUALIFIERS)
    if match := _CALENDAR.fullmatch(plain):
        return _days(match["year"], match["month"], match["day"])
    try:
        moment = datetime.fromisoformat(plain)
    except ValueError:
        return None
    written = moment.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0")
    if moment.tzinfo is None:
        return Moments(written, written, written)
    try:
        return Moments(written, written, moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0"))
    except OverflowError:
        return Moments(written, written, written)


def _days(year: str, month: str | None, day: str | None) -> Moments | None:
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    first_month, last_month, first_day, last_day = 1, 12, 1, 31
    if month is not None and month.isdigit() and not 21 <= int(month) <= 41:
        first_month = last_month = int(month)
        if not 1 <= first_month <= 12:
            return None
        last_day = calendar.monthrange(max(last_year, 1), last_month)[1]
        if day is not None and day.isdigit():
            if not 1 <= int(day) <= last_day:
                return None
            first_day = last_day = int(day)
    earliest = f"{first_year:04}-{first_month:02}-{first_day:02}T00:00:00"
    return Moments(earliest, f"{last_year:04}-{last_month:02}-{last_day:02}T23:59:59", earliest)
