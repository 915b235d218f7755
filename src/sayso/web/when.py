"""Dates of articles (ISO 8601 or EDTF) in, dates as a reader would write them out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

__all__ = ["When", "date_words"]

_MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_YEAR_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class When:
    """A date: its ``value`` as recorded, in ``words``, and how it was ``found`` (null when that is unknown)."""

    value: str
    words: str
    found: str | None = None

    @classmethod
    def of(cls, value: str | None, found: str | None = None) -> When | None:
        """Make one from a recorded date; nothing from nothing."""
        return cls(value, date_words(value), found) if value else None


def date_words(value: str) -> str:
    """Write a date in words: "15 March 2024, 18:40 (+02:00)"; what is no full date is given as it stands."""
    if (match := _YEAR_MONTH.fullmatch(value)) and 1 <= int(match[2]) <= 12:
        return f"{_MONTHS[int(match[2]) - 1]} {match[1]}"
    try:
        if len(value) == 10:
            return _day(date.fromisoformat(value))
        if len(value) > 10:
            moment = datetime.fromisoformat(value)
            return f"{_day(moment)}, {moment:%H:%M}{_zone(moment)}"
    except ValueError:
        return value
    return value


def _zone(moment: datetime) -> str:
    offset = moment.strftime("%z")
    if not offset:
        return ""
    return " UTC" if offset == "+0000" else f" ({offset[:3]}:{offset[3:5]})"


def _day(moment: date) -> str:
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
