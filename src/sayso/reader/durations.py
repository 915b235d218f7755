"""Counts, durations and what is told by them: "nearly two hours", "three weeks ago", "a year earlier", "every Friday".

A duration's value is ISO 8601 ("PT2H"), None where the count is left open ("several months").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.knowledge.calendar import Word
from sayso.reader.anchors import Anchor, Grain, shifted
from sayso.reader.datescan import Draft, Form, Kind, Scan

__all__ = ["DURATION_FORMS", "count_of", "duration", "grain_of", "year_of"]

_SMALLER = {"Y": (12, "M"), "TH": (60, "TM"), "TM": (60, "TS"), "D": (24, "TH"), "W": (7, "D")}
_GRAINS: dict[str, Grain] = {
    "Y": "year",
    "M": "month",
    "W": "week",
    "D": "day",
    "10Y": "decade",
    "100Y": "century",
    "1000Y": "duration",
    "2W": "week",
    "3M": "quarter",
    "TH": "hour",
    "TM": "hour",
    "TS": "hour",
}
_NAMED: dict[str, Grain] = {"quarter": "quarter", "half": "half", "weekend": "weekend", "century": "century"}
_LASTING = frozenset({"after", "before", "last", "lasted", "lasts", "take", "took", "takes", "spent", "spend", "least"})


def grain_of(unit: Word | None) -> Grain | None:
    """Give the grain of a word for a unit ("weeks" is week, "minutes" hour); None without one."""
    return (_NAMED.get(unit.kind) or _GRAINS.get(unit.value)) if unit else None


def year_of(words: Sequence[Word]) -> int | None:
    """Read a year in digits ("2014", "'98") or in words ("nineteen ninety-seven", "two thousand"); None else."""
    if not words:
        return None
    first = words[0]
    if first.kind in ("year", "old year"):
        return int(first.value)
    if first.kind == "short year":
        return (1900 if int(first.value) > 29 else 2000) + int(first.value)
    numbers = [int(w.value) for w in words if w.kind in ("number word", "big number")]
    if len(numbers) > 1 and numbers[1] == 1000:
        return 2000 + sum(numbers[2:]) if numbers[0] == 2 and sum(numbers[2:]) < 100 else None
    if len(numbers) < 2 or not 10 <= numbers[0] <= 20 or numbers[1] < 10 or words[1].text == "dozen":
        return None
    if len(numbers) == 3 and (numbers[1] < 20 or numbers[2] > 9):
        return None
    return numbers[0] * 100 + sum(numbers[1:]) if sum(numbers[1:]) < 100 else None


def count_of(words: Sequence[Word]) -> float | None:
    """Read a count ("two", "a couple of", "2 1/2", "an hour and a half"); None where it is open ("a few", "2 to 3")."""
    kinds = [word.kind for word in words]
    if "few" in kinds or "to" in kinds or "or" in kinds:
        return None
    half = 0.5 if "half" in kinds else 0.0
    digits = [word for word in words if word.kind in ("day", "number", "year", "old year")]
    if len(digits) > 1:
        return None
    if digits:
        return float(digits[0].value) + half + sum(_fraction(word.text) for word in words if word.kind == "slashed")
    numbers = [int(word.value) for word in words if word.kind in ("number word", "big number", "couple")]
    if not numbers:
        return half if half and "and" not in kinds else 1 + half
    total = current = 0
    for number in numbers:
        if number in (100, 1000):
            current = max(current, 1) * number
            total, current = (total + current, 0) if number == 1000 else (total, current)
        else:
            current += number
    return total + current + half


def _fraction(text: str) -> float:
    above, _, below = text.partition("/")
    return int(above) / int(below) if below.isdecimal() and int(below) else 0.0


def duration(count: float, unit: str) -> str:
    """Write so many units as ISO 8601: 3 of "W" is P3W, 1.5 of "Y" P18M, 2 of "TH" PT2H, 3 of "10Y" P30Y."""
    match = re.fullmatch(r"([0-9]*)(T?[A-Z])", unit)
    count, letter = count * int((match and match[1]) or 1), match[2] if match else "D"
    while count != int(count) and letter in _SMALLER:
        times, letter = _SMALLER[letter]
        count *= times
    number = f"{count:.2f}".rstrip("0").rstrip(".") if count != int(count) else str(int(count))
    return f"PT{number}{letter[1:]}" if letter[0] == "T" else f"P{number}{letter}"


def _duration(scan: Scan, match: re.Match[str]) -> Draft | None:
    unit, tail = scan.named(match, "unit"), scan.named(match, "tail")
    start, end = match.span()
    counted = scan.words[slice(*match.span("count"))]
    if unit is None or not _is_duration(scan, match, unit, counted):
        return None
    if match["dash"]:
        start = _without_article(scan, match, start)
    counted = [*counted, *scan.words[slice(*match.span("half"))]]
    count = count_of(counted)
    if tail is not None:
        return _told(scan, match, count, unit, tail)
    follows = scan.near(end)
    if follows.kind == "since" or follows.text in ("after", "before"):
        return Draft(start, end, "date", None, None, grain_of(unit))  # reckoned from an event
    return Draft(start, end, "duration", None, duration(count, unit.value) if count else None, "duration")


def _without_article(scan: Scan, match: re.Match[str], start: int) -> int:
    """Leave the article to the noun in "a two-year ban", "the 30-day truce"."""
    if match["lead"] and scan.words[match.end("lead") - 1].kind == "the":
        start = match.end("lead")
    return start + 1 if scan.words[start].kind == "article" and start + 1 < match.start("dash") else start


def _is_duration(scan: Scan, match: re.Match[str], unit: Word, counted: Sequence[Word]) -> bool:
    start, end = match.span()
    before, after = scan.near(start - 1), scan.near(end)
    if after.kind == "old" or (after.kind == "dash" and scan.near(end + 1).kind == "old"):
        return False
    if before.kind == "dash" and before.end == scan.near(start).start and scan.near(start - 2).kind == "other":
        return False
    singular = unit.kind in ("unit", "century", "quarter")
    if (unit.kind == "quarter" and (counted[-1].kind == "article" or match["dash"])) or (
        unit.text == "quarters" and (match["dash"] or after.kind == "of")
    ):
        return False
    if not singular or match["dash"]:
        return counted[-1].kind != "article" or bool(match["dash"]) or any(w.kind != "article" for w in counted)
    if len(counted) == 1 and counted[0].kind == "article":
        marked = match["tail"] or match["half"] or match["much"] or match["lead"]
        return (
            bool(marked)
            or before.kind in ("during", "in", "over")
            or before.text in _LASTING
            or after.text in ("after", "before")
        )
    return count_of(counted) in (1, 0.5) or (unit.kind == "unit" and after.kind == "other" and after.text.isalpha())


def _told(scan: Scan, match: re.Match[str], count: float | None, unit: Word, tail: Word) -> Draft | None:
    """Read "two weeks ago", "a year earlier", "three days later"; "two days before the vote" hangs on an event."""
    start, end = match.span()
    grain = grain_of(unit)
    if grain == "hour" or grain is None or grain == "duration":
        late = end - 1 if tail.kind == "before" else end
        return Draft(start, late, "time", None, None, "hour")
    turn = -1 if tail.kind == "ago" else 1 if tail.kind == "from" else int(tail.value)
    if tail.kind == "before" and scan.near(end).kind not in ("stop", "comma", "and"):
        return Draft(start, end - 1, "date", None, None, grain)
    if tail.kind == "before":
        turn = int(tail.value)
    if count is None:
        return Draft(start, end, "past" if turn < 0 else "future", None, None, grain)
    steps = int(count)
    if count != steps:
        steps, grain = (int(count * 12), "month") if grain == "year" else (round(count), grain)
    known = scan.last
    settles = grain != "year"
    if tail.kind in ("ago", "from") and not (
        known and known.grain in ("quarter", "half") and grain == "year" and steps == 1
    ):
        when = scan.anchor.unit(grain, steps * turn)
        return Draft(start, end, "date", when.about(bool(match["much"])) if when else None, None, grain)
    if known is None:
        return Draft(start, end, "date", None, None, grain)
    if grain in ("day", "week") and known.grain != "day":
        return Draft(start, end, "date", None, None, grain)
    if known.grain == "day" and grain != "day":
        when = Anchor(known.first).unit(grain, steps * turn)
    else:
        when = shifted(known, steps * turn, grain)
    return Draft(start, end, "date", when, None, when.grain if when else grain, settles=settles)


def _bare(scan: Scan, match: re.Match[str]) -> Draft | None:
    """Read "for years", "recent months", "days ago", "the past few weeks"."""
    start, end = match.span()
    tail, unit = scan.named(match, "tail"), scan.named(match, "unit")
    before = scan.near(start - 1)
    grain = grain_of(unit)
    if scan.named(match, "recent"):
        return Draft(start, end, "past", None, None, grain)
    if match["next"]:
        return Draft(start, end, "future", None, None, grain)
    if tail is not None and tail.kind == "before":
        return Draft(start, end - 1, "date", None, None, grain)
    if tail is not None:
        return Draft(start, end, "past" if tail.value != "1" else "future", None, None, grain)
    if before.kind in ("during", "in", "over") or before.text in _LASTING:
        return Draft(start, end, "duration", None, None, "duration")
    return None


def _day_before(scan: Scan, match: re.Match[str]) -> Draft | None:
    """Read "the day before" and "the day after": from the day last mentioned, or from an event that is named."""
    start, end = match.span()
    tail = scan.words[end - 1]
    if scan.words[match.start("unit")].value != "D":
        return None
    when = None
    if scan.near(end).kind in ("stop", "comma", "and") and scan.last and scan.last.grain == "day":
        when = shifted(scan.last, int(tail.value), "day")
    return Draft(start, end, "date", when, None, "day")


def _set(scan: Scan, match: re.Match[str]) -> Draft | None:
    start, end = match.span()
    word = scan.words[end - 1]
    if word.kind == "repeated":
        after = scan.near(end)
        if word.capital and start and scan.near(start - 1).kind != "stop":
            return None
        if word.text != "daily" and after.kind == "other" and after.text.isalpha():
            return None  # "a weekly newspaper"
        return Draft(start, end, "set", None, f"R/{word.value}", "duration")
    values = {"weekday": "P1W", "weekdays": "P1W", "month": "P1Y", "weak month": "P1Y", "season": "P1Y", "part": "P1D"}
    value = values.get(word.kind) or duration(1, word.value or "W")
    return Draft(start, end, "set", None, f"R/{value}", "duration")


def _every(scan: Scan, match: re.Match[str]) -> Draft | None:
    """Read "every two weeks"."""
    count = count_of(scan.words[slice(*match.span("count"))])
    value = f"R/{duration(count, scan.words[match.end() - 1].value)}" if count else None
    return Draft(*match.span(), "set", None, value, "duration")


def _phrase(scan: Scan, match: re.Match[str]) -> Draft | None:
    word = scan.words[match.start()]
    after = scan.near(match.end()).text
    if (word.text == "now" and after == "that") or after in ("after", "before", "thereafter", "afterwards"):
        return None
    kinds: dict[str, Kind] = {"past": "past", "present": "present", "future": "future"}
    return Draft(*match.span(), kinds[word.value])


_LEAD = "(?P<much>MUCH)?(?P<lead>THE?(?:LAST|NEXT|FOLLOWING|PREVIOUS|LATEST|CURRENT|ORDINAL)|THE)?"
_COUNTED = "(?P<count>COUNT)(?P<dash>DASH)?(?:MORE|LATEST)?(?P<unit>SPAN)(?P<half>AND ARTICLE HALF)?ENDED"

DURATION_FORMS: tuple[Form, ...] = (
    (_LEAD + _COUNTED, _duration),
    ("THE?(?:(?P<recent>RECENT|LAST)|(?P<next>NEXT))FEW?(?P<unit>UNITS)(?P<tail>)", _bare),
    ("(?P<recent>)(?P<next>)(?P<unit>UNITS)(?:OR UNITS)?ENDED", _bare),
    ("THE(?P<unit>UNIT)BEFORE", _day_before),
    ("EVERY(?:UNIT|CENTURY|QUARTER|WEEKDAY|MONTH|WEAK_MONTH|SEASON|PART|WEEKEND)|WEEKDAYS|REPEATED", _set),
    ("EVERY(?P<count>COUNT)UNITS", _every),
    ("PHRASE", _phrase),
)
