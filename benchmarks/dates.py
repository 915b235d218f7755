"""Expressions of time: ``python -m benchmarks.dates --data FOLDER [--set timebank] [--set aquaint] [--json]``.

Reads TimeML (TimeBank 1.2 and the AQUAINT TimeML corpus): every TIMEX3 of the running text is gold, the creation time
of the document is what the reader is told of its publication. The sets may measure only. A span counts when both ends
agree (strict) or when the two overlap (relaxed); a value when, written the TimeML way, it is the same. ``value_f1``
asks for the exact span and the value, ``relaxed_value_f1`` (as TempEval-3 counted) for an overlap and the value;
``date_time_…`` is the same over DATE and TIME. For comparison, HeidelTime at TempEval-3, on its own test texts: 81.3
strict, 90.3 relaxed, 77.6 relaxed value (UzZaman et al. 2013).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.sets import arguments, print_json, rows
from sayso.reader.dates import Found, find_dates
from sayso.scoring import Score

__all__ = ["Timex", "document", "main", "timeml"]

_TYPES = ("DATE", "TIME", "DURATION", "SET")
_KINDS = {"date": "DATE", "time": "TIME", "duration": "DURATION", "set": "SET"}
_REFS = {"past": "PAST_REF", "present": "PRESENT_REF", "future": "FUTURE_REF"}
_SEASONS = ("SP", "SU", "FA", "WI")
_PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "tonight": "NI", "overnight": "NI"}
_OPEN = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "TH", "minute": "TM", "decad": "E", "centur": "C"}


@dataclass(frozen=True, slots=True)
class Timex:
    """A marked expression: its half-open range (code points), its type and value, both as TimeML has them."""

    start: int
    end: int
    type: str
    value: str


def document(tml: str) -> tuple[str, str, list[Timex]]:
    """Read a TimeML document: its text, its creation time and what is marked in the text, in order."""
    root = ElementTree.fromstring(tml)
    created = next((t.get("value") or "" for t in root.iter("TIMEX3") if t.get("functionInDocument") != "NONE"), "")
    body = root.find("TEXT")
    pieces: list[str] = []
    marked: list[Timex] = []

    def walk(element: ElementTree.Element) -> None:
        start = sum(map(len, pieces))
        pieces.append(element.text or "")
        for child in element:
            walk(child)
            pieces.append(child.tail or "")
        if element.tag == "TIMEX3":
            end = sum(map(len, pieces))
            marked.append(Timex(start, end, element.get("type") or "", element.get("value") or ""))

    if body is not None:
        walk(body)
    return "".join(pieces), created, sorted(marked, key=lambda t: t.start)


def timeml(found: Found) -> Timex:
    """Write what was found as TimeML has it: seasons and quarters by letters, parts of the day, open references."""
    kind = _KINDS.get(found.kind, "DATE")
    return Timex(found.start, found.end, kind, _REFS.get(found.kind) or _value(found))


def _value(found: Found) -> str:
    value = (found.value or "").replace("~", "")
    words = found.text.lower()
    if found.kind == "duration" and not value:
        unit = next((letter for word, letter in _OPEN.items() if word in words), "")
        return f"PTX{unit[1:]}" if unit.startswith("T") else f"PX{unit}"
    if found.kind == "duration" or found.kind == "set":
        value = value.removeprefix("R/")
        if match := re.fullmatch(r"P([0-9]+)0Y", value):
            return f"P{match[1]}E" if "decade" in words else value
        return value
    if found.grain == "weekend" and value:
        return f"{_week(value[:10])}-WE"
    if match := re.fullmatch(r"([0-9]{4})-([234][0-9])", value):
        number = int(match[2])
        part = _SEASONS[number - 21] if number < 25 else f"Q{number - 32}" if number < 37 else f"H{number - 39}"
        return f"{match[1]}-{part}"
    if found.grain in ("decade", "century"):
        return value.replace("X", "")
    if found.kind == "time" and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        part = next((letters for word, letters in _PARTS.items() if word in words), "")
        return f"{value}T{part}" if part else value
    return re.sub(r"(T[0-9]{2}:[0-9]{2}).*", r"\1", value)


def _week(day: str) -> str:
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year:04}-W{week:02}"


def _overlapping(gold: list[Timex], found: list[Timex]) -> list[tuple[Timex, Timex]]:
    """Pair each marked expression with one that overlaps it, each found one at most once, the exact ones first."""
    pairs: list[tuple[Timex, Timex]] = []
    free = set(found)
    for g in sorted(gold, key=lambda t: not any((f.start, f.end) == (t.start, t.end) for f in found)):
        near = [f for f in free if g.start < f.end and f.start < g.end]
        if near:
            best = min(near, key=lambda f: (abs(f.start - g.start) + abs(f.end - g.end), f.start))
            free.discard(best)
            pairs.append((g, best))
    return pairs


def measure(gold: list[Timex], found: list[Timex], types: tuple[str, ...]) -> dict[str, Score]:
    """Count spans and values of those types in one document, by what was measured."""
    gold = [g for g in gold if g.type in types]
    at = {(f.start, f.end): f for f in found}
    counted = [f for f in found if f.type in types or any(g.start < f.end and f.start < g.end for g in gold)]
    exact = [(g, at[g.start, g.end]) for g in gold if (g.start, g.end) in at]
    right = sum(g.value == f.value for g, f in exact)
    pairs = _overlapping(gold, found)
    return {
        "span": Score(len(exact), len(counted), len(gold)),
        "relaxed": Score(len(pairs), len(counted), len(gold)),
        "value": Score(right, len(counted), len(gold)),
        "relaxed_value": Score(sum(g.value == f.value for g, f in pairs), len(counted), len(gold)),
        "accuracy": Score(right, len(exact), len(exact)),
        "type": Score(sum(g.type == f.type for g, f in exact), len(exact), len(exact)),
    }


def main() -> None:
    """Measure and print."""
    parser = arguments(__doc__, sets=["timebank", "aquaint"])
    parser.add_argument("--errors", type=Path, metavar="FILE", help="write what was missed, by kind, to a file")
    args = parser.parse_args()
    figures: dict[str, float] = {}
    for name in args.sets or args.default_sets:
        totals: dict[tuple[str, str], Score] = {}
        groups = {"all": _TYPES, "date_time": ("DATE", "TIME"), **{t.lower(): (t,) for t in _TYPES}}
        missed: Counter[tuple[str, ...]] = Counter()
        for row in rows(args.data, name, args.split):
            text, created, gold = document(row["tml"])
            found = [timeml(f) for f in find_dates(text, created)]
            for group, types in groups.items():
                for what, score in measure(gold, found, types).items():
                    total = totals.setdefault((group, what), Score())
                    total += score
            missed.update(_errors(text, gold, found))
        figures |= _report(name, totals, list(groups))
        if args.errors:
            lines = ["\t".join((str(count), *error)) for error, count in missed.most_common()]
            (args.errors.with_stem(f"{args.errors.stem}-{name}")).write_text("\n".join(lines) + "\n", encoding="utf-8")
    if args.json:
        print_json(figures)


def _errors(text: str, gold: list[Timex], found: list[Timex]) -> list[tuple[str, ...]]:
    errors: list[tuple[str, ...]] = []
    at = {(f.start, f.end): f for f in found}
    for g in gold:
        said = " ".join(text[g.start : g.end].split())
        if (f := at.get((g.start, g.end))) is not None:
            if g.value != f.value:
                errors.append(("value", g.type, said, g.value, f.value))
        else:
            near = [" ".join(text[f.start : f.end].split()) for f in found if f.start < g.end and g.start < f.end]
            errors.append(("span" if near else "missed", g.type, said, g.value, " | ".join(near)))
    extra = [f for f in found if not any(g.start < f.end and f.start < g.end for g in gold)]
    return errors + [("extra", f.type, " ".join(text[f.start : f.end].split()), "", f.value) for f in extra]


def _report(name: str, totals: dict[tuple[str, str], Score], groups: list[str]) -> dict[str, float]:
    print(f"{name}: {totals['all', 'span'].gold} expressions")
    print(f"{'':12}  gold  strict F1  relaxed F1  value %  value F1  its relaxed  type %")
    figures: dict[str, float] = {}
    for group in groups:
        measures = ("span", "relaxed", "value", "relaxed_value", "accuracy", "type")
        span, relaxed, value, loose, accuracy, kind = (totals[group, what] for what in measures)
        print(
            f"{group:12}{span.gold:6}{100 * span.f1:11.1f}{100 * relaxed.f1:12.1f}"
            f"{100 * accuracy.precision:9.1f}{100 * value.f1:10.1f}{100 * loose.f1:13.1f}{100 * kind.precision:8.1f}"
        )
        prefix = f"{name}/" if group == "all" else f"{name}/{group}_"
        figures |= {
            f"{prefix}span_f1": round(100 * span.f1, 2),
            f"{prefix}relaxed_f1": round(100 * relaxed.f1, 2),
            f"{prefix}value_accuracy": round(100 * accuracy.precision, 2),
            f"{prefix}value_f1": round(100 * value.f1, 2),
            f"{prefix}relaxed_value_f1": round(100 * loose.f1, 2),
        }
    return figures


if __name__ == "__main__":
    main()
