"""What an expression of time is reckoned from: publication date, dateline or the date last mentioned → a period.

The publication date counts as far as it is known: "2023" gives "September 13" its year and leaves "Wednesday" open.
A dateline of the week before publication goes before it, for there the text was written. The arithmetic is dateutil's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

from sayso.knowledge.calendar import Word, cue_words, holiday
from sayso.sources.press import dateline

__all__ = ["Anchor", "Grain", "When", "at", "period", "shifted", "tense", "valid_day"]

Grain = Literal[
    "year", "month", "day", "hour", "week", "weekend", "quarter", "half", "season", "decade", "century", "duration"
]

_STEPS: dict[str, relativedelta] = {
    "year": relativedelta(years=1),
    "half": relativedelta(months=6),
    "quarter": relativedelta(months=3),
    "month": relativedelta(months=1),
    "week": relativedelta(weeks=1),
    "weekend": relativedelta(weeks=1),
    "day": relativedelta(days=1),
    "season": relativedelta(years=1),
    "decade": relativedelta(years=10),
    "century": relativedelta(years=100),
}
_FINENESS = {"day": 0, "week": 0, "weekend": 0, "month": 1, "quarter": 1, "half": 1, "season": 1}
_PUBLISHED = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?![0-9])")
_UNSAID = 300  # days within which another year goes unsaid
_NEAR = 7  # days by which a dateline may be older than the publication
_LOOK_BACK, _LOOK_AHEAD = 24, 14  # words


@dataclass(frozen=True, slots=True)
class When:
    """A period of the calendar: its first day and how long it is."""

    first: date
    grain: Grain
    approximate: bool = False

    def edtf(self) -> str:
        """Write it as ISO 8601 or EDTF: "2023-09-13", "2023-W37", "2021-24" (winter), "2023-35" (third quarter)."""
        value = _written(self.first, self.grain)
        return f"{value}~" if self.approximate and self.grain not in ("week", "weekend") else value

    def about(self, approximate: bool) -> When:
        """Give the same period, marked as approximate where told."""
        return replace(self, approximate=self.approximate or approximate)


def _written(first: date, grain: Grain) -> str:
    year, month = f"{first.year:04}", first.month
    if grain in ("year", "month", "day"):
        return first.isoformat()[: {"year": 4, "month": 7, "day": 10}[grain]]
    if grain == "week":
        iso = first.isocalendar()
        return f"{iso.year:04}-W{iso.week:02}"
    if grain == "weekend":
        return f"{first.isoformat()}/{(first + timedelta(days=1)).isoformat()}"
    if grain == "season":
        return f"{year}-{20 + month // 3}"
    if grain == "quarter":
        return f"{year}-{33 + (month - 1) // 3}"
    if grain == "half":
        return f"{year}-{40 + (month - 1) // 6}"
    return f"{year[:3]}X" if grain == "decade" else f"{year[:2]}XX"


def valid_day(year: int, month: int, day: int) -> date | None:
    """Give the day, None where the calendar has no such one."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def at(year: int, grain: Grain = "year", month: int = 1) -> When | None:
    """Give the period of that grain that begins in the month of the year; None outside the years 1 to 9999."""
    first = valid_day(year, month, 1)
    return When(first, grain) if first else None


def period(day: date, grain: Grain) -> When:
    """Give the period of that grain that holds the day; the winter of January is that of the year before."""
    first = day
    if grain == "week":
        first = _back(day, day.weekday())
    elif grain == "weekend":
        first = _back(day, day.weekday() - 5) if day.weekday() > 4 else _ahead(day, 5 - day.weekday())
    elif grain != "day":
        months = {"month": 1, "quarter": 3, "half": 6}.get(grain, 12)
        first = day.replace(day=1, month=(day.month - 1) // months * months + 1)
    if grain in ("decade", "century"):
        size = 10 if grain == "decade" else 100
        first = first.replace(year=max(1, first.year // size * size))
    if grain == "season":
        month = day.month // 3 * 3
        first = first.replace(month=month) if month else first.replace(year=max(1, first.year - 1), month=12)
    return When(first, grain)


def _back(day: date, days: int) -> date:
    return date.fromordinal(max(1, day.toordinal() - days))


def _ahead(day: date, days: int) -> date:
    return date.fromordinal(min(date.max.toordinal(), day.toordinal() + days))


def shifted(when: When, count: int, unit: Grain) -> When | None:
    """Move a period by so many units, as "a year earlier" does; None outside the years 1 to 9999."""
    try:
        moved = when.first + _STEPS[unit] * count
    except (ValueError, OverflowError):
        return None
    return period(moved, when.grain)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day a text speaks from, or its month or year where no more is known (``grain``); ``first`` None: nothing."""

    first: date | None
    grain: Grain = "day"

    @classmethod
    def of(cls, text: str, published: str | None, body_start: int = 0) -> Anchor:
        """Find the anchor in what is known of the publication and in the dateline; never raises."""
        known = _published(published)
        start = dateline(text[body_start : body_start + 400])
        if start is None or start.day is None:
            return known
        year, month, day = start.day
        if year is not None:
            written = valid_day(year, month, day)
        else:
            nearest = known.month_day(month, day, 0)
            written = nearest.first if nearest else None
        if written is None:
            return known
        if known.first is None or known.grain != "day" or 0 <= (known.first - written).days <= _NEAR:
            return cls(written, "day")
        return known

    def unit(self, grain: Grain, count: int = 0) -> When | None:
        """Give this (0), the last (−1), the next (1) … period of the grain; None when the anchor is not so fine."""
        return shifted(here, count, grain) if (here := self._here(grain)) else None

    def _here(self, grain: Grain) -> When | None:
        fine = {"day": 0, "month": 1, "year": 2}[self.grain]
        if self.first is None or _FINENESS.get(grain, 2) < fine:
            return None
        return period(self.first, grain)

    def day(self, days: int) -> When | None:
        """Give the day so many days on; None when the anchor is not a day."""
        return self.unit("day", days)

    def month(self, month: int, turn: int, grain: Grain = "month", *, said: bool = False) -> When | None:
        """Give the month (or the quarter, half or season that begins with it) nearest, last (−1) or next (1).

        ``said``: "last" or "next" stands before it; else the tense tells, and only as far as the year may go unsaid.
        """
        return self._nearest([at(year, grain, month) for year in self._years()], turn, said)

    def month_day(self, month: int, day: int, turn: int) -> When | None:
        """Give the day of that month: the nearest one, the last (−1) or the coming one (1)."""
        days = [valid_day(year, month, day) for year in self._years(9)]
        return self._nearest([When(found, "day") for found in days if found], turn)

    def feast(self, rule: str, turn: int, *, said: bool = False) -> When | None:
        """Give a holiday of a rule of ``holidays.tsv``: the nearest, the last (−1) or the coming one (1)."""
        days = [holiday(rule, year) for year in self._years()]
        return self._nearest([When(found, "day") for found in days if found], turn, said)

    def weekday(self, number: int, turn: int, *, other: bool = False) -> When | None:
        """Give the last (−1) or the coming (1) weekday (Monday is 1), the anchor itself unless it must be another."""
        if self.first is None or self.grain != "day":
            return None
        step = (number - self.first.isoweekday()) % 7 if turn > 0 else -((self.first.isoweekday() - number) % 7)
        if step == 0 and other:
            step = 7 * turn
        return self.day(step)

    def _years(self, around: int = 1) -> list[int]:
        if self.first is None:
            return []
        year = self.first.year
        return [year] if self.grain == "year" else [y for y in range(year - around, year + around + 1) if 0 < y <= 9999]

    def _nearest(self, found: Sequence[When | None], turn: int, said: bool = False) -> When | None:
        places = [when for when in found if when is not None]
        if self.first is None or not places:
            return None
        if self.grain == "year":
            return next((when for when in places if when.first.year == self.first.year), None)
        here = self.first if self.grain == "day" else period(self.first, "month").first
        if turn < 0:
            places = [w for w in places if w.first <= here and (said or _unsaid(here, w))] or places
        elif turn > 0:
            places = [
                w for w in places if period(here, w.grain).first <= w.first and (said or _unsaid(here, w))
            ] or places
        return min(places, key=lambda w: abs((w.first - here).days))


def _unsaid(here: date, when: When) -> bool:
    """Say whether the press leaves the year out: in the year itself and for some months to either side."""
    return when.first.year == here.year or abs((when.first - here).days) <= _UNSAID


def _published(published: str | None) -> Anchor:
    match = _PUBLISHED.match(published.strip()) if published else None
    if match is None or "/" in (published or ""):
        return Anchor(None)
    grain: Grain = "day" if match[3] else "month" if match[2] else "year"
    first = valid_day(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    return Anchor(first, grain) if first else Anchor(None)


def tense(words: Sequence[Word], start: int, end: int) -> int:
    """Say whether the words around ``words[start:end]`` put it in the past (−1), the future (1) or leave it open (0).

    The nearest verb of the sentence before it tells, or else the first one after it.
    """
    before = words[start - 1].text if start else ""
    if before == "since" or (before == "as" and start > 1 and words[start - 2].text in ("soon", "early")):
        return -1 if before == "since" else 1
    for at_word in range(start - 1, max(-1, start - 1 - _LOOK_BACK), -1):
        if words[at_word].kind == "stop":
            break
        if turn := _turn(words, at_word):
            return turn
    if before in ("by", "until", "before", "till"):
        return 1
    for at_word in range(end, min(len(words), end + _LOOK_AHEAD)):
        if words[at_word].kind == "stop":
            break
        if turn := _turn(words, at_word):
            return turn
    return 0


def _turn(words: Sequence[Word], at_word: int) -> int:
    text = words[at_word].text
    if text in cue_words("future cue"):
        return 1
    if text == "to" and at_word and words[at_word - 1].text in cue_words("future to"):
        return 1
    past = text in cue_words("past cue") or (len(text) > 4 and text.endswith("ed"))
    follows = words[at_word + 1].text if at_word + 1 < len(words) else ""
    return -1 if past and follows != "to" else 0
