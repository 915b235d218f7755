"""Text → its expressions of time, each with its value (ISO 8601 or EDTF) where it can be reckoned.

The words of the text become one letter each, by kind (``sayso.knowledge.calendar``); the forms are patterns over those
letters, tried at every word, the longest winning. So a text is read in time proportional to its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from sayso.knowledge.calendar import words_in
from sayso.reader.anchors import Anchor, Grain, When, shifted
from sayso.reader.dateforms import DATE_FORMS
from sayso.reader.datescan import Draft, Kind, Reading, Scan, pattern
from sayso.reader.durations import DURATION_FORMS
from sayso.reader.periods import PERIOD_FORMS

__all__ = ["Bound", "Found", "Kind", "find_dates"]

Bound = Literal["since", "until"]

_IDLE = frozenset({"other", "stop", "comma", "dash", "and", "to", "of", "possessive", "in", "on", "by", "or", "slash"})
_SINCE, _UNTIL = frozenset({"since"}), frozenset({"until", "till", "til", "by", "before", "through"})


@dataclass(frozen=True, slots=True)
class Found:
    """An expression of time at ``start:end`` (code points), ``text`` being that slice.

    ``value`` is ISO 8601 or EDTF: "2023-09-13", "2023-W37", "2021-24" (winter), "2023-35" (third quarter), "199X",
    "1990/1995", "2022~", "PT2H", "R/P1W"; None when nothing is known to reckon it from, or the words leave it open.
    ``kind`` "past", "present" and "future" are expressions without a period of their own ("recently", "now", "soon").
    ``bound`` says that what is told goes on since or until then: ``interval`` is "2014/.." for "since 2014".
    """

    start: int
    end: int
    text: str
    value: str | None
    grain: Grain | None
    kind: Kind
    bound: Bound | None = None

    @property
    def interval(self) -> str | None:
        """The value with its bound, as an EDTF interval open to one side; the value itself where there is none."""
        if self.value is None or self.bound is None or self.kind not in ("date", "time") or "/" in self.value:
            return self.value
        return f"{self.value}/.." if self.bound == "since" else f"../{self.value}"


def find_dates(text: str, published: str | None = None, *, body_start: int = 0) -> list[Found]:
    """Find the expressions of time in a text, in order and disjoint; no text and no ``published`` raises.

    ``published`` is ISO 8601 or EDTF, as far as it is known ("2023-09-13", "2023"); what it does not tell is left
    open. The dateline is looked for at ``body_start``, the offset (code points) at which the body begins.
    """
    scan = Scan(words_in(text), Anchor.of(text, published, body_start))
    return [_found(text, scan, draft) for draft in _joined(scan, _drafts(scan))]


@cache
def _forms() -> tuple[tuple[re.Pattern[str], Reading], ...]:
    return tuple((pattern(form), reading) for form, reading in (*DATE_FORMS, *PERIOD_FORMS, *DURATION_FORMS))


def _drafts(scan: Scan) -> Iterable[Draft]:
    place, count = 0, len(scan.words)
    while place < count:
        best = _longest(scan, place) if scan.words[place].kind not in _IDLE else None
        if best is None:
            place += 1
            continue
        if best.when is not None and best.settles:
            scan.last = best.when
            scan.quarter = best.when if best.grain == "quarter" else scan.quarter
        yield best
        place = best.end


def _longest(scan: Scan, place: int) -> Draft | None:
    best: Draft | None = None
    for form, reading in _forms():
        match = form.match(scan.codes, place)
        if match and match.end() > (best.end if best else place) and (draft := reading(scan, match)):
            best = draft if best is None or draft.end > best.end else best
    return best


def _joined(scan: Scan, drafts: Iterable[Draft]) -> list[Draft]:
    """Join what stands together: a day and a time of day, the two ends of an interval."""
    joined: list[Draft] = []
    for draft in drafts:
        if joined and (both := _timed(scan, joined[-1], draft) or _between(scan, joined[-1], draft)):
            joined[-1] = both
        else:
            joined.append(draft)
    return joined


def _timed(scan: Scan, one: Draft, two: Draft) -> Draft | None:
    """Make one of "5 p.m." and "Wednesday", in either order, with no more than "on", "at" or a comma between."""
    gap = [word.kind for word in scan.words[one.end : two.start]]
    if len(gap) > 2 or not set(gap) <= {"on", "at", "comma", "the"}:
        return None
    day, time = (one, two) if one.is_day else (two, one)
    if not day.is_day or not time.clock or time.when is not None:
        return None
    return replace(time, start=one.start, end=two.end, when=day.when)


def _between(scan: Scan, one: Draft, two: Draft) -> Draft | None:
    """Make one of "from May 2014 to June 2015", "between 1990 and 1995", "Monday to Friday"."""
    gap = scan.words[one.end : two.start]
    if len(gap) != 1 or {one.kind, two.kind} != {"date"} or one.grain != two.grain or one.value or two.value:
        return None
    before = scan.near(one.start - 1).kind
    if not (gap[0].kind in ("to", "dash") or (gap[0].kind == "and" and before == "between")) or one.clock or two.clock:
        return None
    start = one.start - (before in ("from", "between"))
    first, last = one.when, two.when
    if first is None or last is None:
        return Draft(start, two.end, "date", None, None, two.grain)
    if gap[0].text in ("until", "till") and before != "from":
        return None
    first = _before(first, last, one, scan)
    value = f"{first.edtf()}/{last.edtf()}" if first else None
    return Draft(start, two.end, "date", last, value, two.grain) if value else None


def _before(first: When, last: When, one: Draft, scan: Scan) -> When | None:
    """Give the first end, in the last year or week before the second where it says none itself; None if it is later."""
    kinds = {word.kind for word in scan.words[one.start : one.end]}
    if not kinds & {"year", "old year", "iso", "short year"} and one.grain in ("day", "month"):
        unit: Grain = "week" if "weekday" in kinds else "year"
        while first.first >= last.first and (back := shifted(first, -1, unit)):
            first = back
    return first if first.first < last.first else None


def _found(text: str, scan: Scan, draft: Draft) -> Found:
    start, end = scan.words[draft.start].start, scan.words[draft.end - 1].end
    value = draft.value or (draft.when.edtf() if draft.when else None)
    if draft.clock:
        value = f"{value}T{draft.clock}" if value and draft.clock != "?" else None
    before = scan.near(draft.start - 1).text
    bound: Bound | None = "since" if before in _SINCE else "until" if before in _UNTIL else None
    return Found(start, end, text[start:end], value, draft.grain, draft.kind, bound)
