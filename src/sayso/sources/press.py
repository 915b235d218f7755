"""The press's own conventions: datelines and their credits, bylines, copyright lines, headlines.

Takes lines or the start of a body, gives what they state and where it ends. General rules only; what is not written in
one of the known forms is not recognised, which is better than recognised wrongly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.sources.agencies import is_agency
from sayso.sources.dates import DAY_PATTERN, read_day

__all__ = [
    "Copyright",
    "Dateline",
    "byline",
    "copyright_line",
    "dateline",
    "is_headline",
    "same_name",
    "same_words",
]

MAX_HEADLINE = 200  # characters
MAX_BYLINE = 120

# Words in capitals that stand before a dash at the start of a story and are no place.
_LABEL = re.compile(
    r"(?:ANALYSIS|BREAKING|COMMENT|CORRECT(?:ED|ION)|DEVELOPING|EDITORIAL|EXCLUSIVE|EXPLAINE[DR]|FACTBOX|FEATURE|INTERVIEW"
    r"|LIVE|NEWS|NOTE|OPINION|PHOTOS?|PREVIEW|REVIEW|SPECIAL|TIMELINE|UPDATED?|URGENT|VIDEO|WATCH|WRAPUP"
    r"|THE(?! HAGUE| VATICAN))\b"
)
_CAPITALS = r"[^\W\d_a-zß-öø-ÿ][^\W\d_a-zß-öø-ÿ.'’]*"
_CAPITAL_PLACE = rf"{_CAPITALS}(?:[ /-]{_CAPITALS}){{0,4}}"
_TITLE_WORD = r"[^\W\d_][\w.'’-]*"
_REGION = rf"(?:,\s{_TITLE_WORD}(?:\s{_TITLE_WORD}){{0,2}})?"
_PLAIN_PLACE = rf"[^\W\d_a-z][\w.'’-]*(?:[ /]{_TITLE_WORD}){{0,3}}"
_DATE = rf"(?:(?:,|\.)?\s(?P<date>(?i:{DAY_PATTERN}))\.?)?"
_CREDIT = r"(?:\s*(?:\((?P<credit>[^()\n]{2,60})\)|/(?P<slashed>[^/\n]{2,40})/\.?))?"
_DASH = r"\s*(?:[–—―]|--?)(?=\s)\s*"
_PLACED = tuple(
    re.compile(rf"(?P<place>{place}{_REGION}){_DATE},?{_CREDIT}(?P<dash>{_DASH}|(?<=/)\.?\s|(?<=/\.)\s)", flags)
    for place, flags in ((_CAPITAL_PLACE, 0), (_PLAIN_PLACE, 0))
)
_CREDIT_ONLY = re.compile(rf"\((?P<credit>[^()\n]{{2,60}})\){_DASH}")
_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The start of a story: place and date as printed, the credit in brackets, the day, and where the story goes on.

    ``day`` is (year or None, month, day); ``end`` is the offset of the first word after it.
    """

    text: str | None
    credit: str | None
    day: tuple[int | None, int, int] | None
    end: int


@dataclass(frozen=True, slots=True)
class Copyright:
    """Who holds the copyright and the latest year named; either may be None."""

    holder: str | None
    year: int | None


def dateline(body: str) -> Dateline | None:
    """Read the dateline at the very start of a body ("PARIS, 3 May (AP) —", "(Site.com) –"); None without one."""
    head = body[:240]
    if match := _CREDIT_ONLY.match(head):
        credit = match["credit"].strip()
        known = is_agency(credit) or _SITE.fullmatch(credit) is not None
        return Dateline(None, credit, None, match.end()) if known else None
    for pattern, capitals in zip(_PLACED, (True, False), strict=True):
        if (match := pattern.match(head)) and (found := _placed(match, capitals=capitals)):
            return found
    return None


def _placed(match: re.Match[str], *, capitals: bool) -> Dateline | None:
    credit = (match["credit"] or match["slashed"] or "").strip() or None
    day = read_day(match["date"]) if match["date"] else None
    place = match["place"]
    if _LABEL.match(place) or len(place) > 60:
        return None
    if credit is not None and not _names_source(credit, place):
        return None
    if not capitals and day is None and (credit is None or not is_agency(credit, bare_acronym=False)):
        return None  # "Our reporter – who …" has a dash too
    if capitals and credit is None and day is None and (len(place) < 3 or match.string[match.end() :][:1].islower()):
        return None  # "I – …", "NATO – the alliance –"
    text = match.string[: match.end("date") if match["date"] else match.end("place")]
    return Dateline(text, credit, day, match.end())


def _names_source(credit: str, place: str) -> bool:
    """Tell a credit from an acronym written out, as in "WHO (World Health Organization) –"."""
    initials = "".join(word[0] for word in re.findall(r"\w+", credit))
    return not credit[0].islower() | (initials.upper() == place.upper()) or is_agency(credit, bare_acronym=False)


_BYLINE = re.compile(r"B[Yy]:?\s+(?P<name>(?:the\s+)?[^\W\d_a-zß-öø-ÿ].*)")


def byline(line: str) -> str | None:
    """Read a line "By Jane Doe" and give the name or names as printed; None when it is no byline."""
    line = line.strip()
    match = _BYLINE.fullmatch(line) if len(line) <= MAX_BYLINE else None
    if not match or line.endswith((",", ":", ";", "?", "!")) or read_day(match["name"]):
        return None
    if line.endswith(".") and not re.search(r"\b(?:Jr|Sr|[A-Z])\.$", line):
        return None  # a sentence that begins with "By"
    return match["name"].strip()


_COPYRIGHT = re.compile(
    r"(?:copyright(?:\s*(?:©|\(c\)))?|©(?:\s*copyright)?|\(c\)(?:\s*copyright)?)[\s:]*(?P<rest>\S.{0,200})",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?<!\d)(?:[12]\d{3}\s*[-–]\s*)?(?P<year>[12]\d{3})(?!\d)", re.ASCII)
_AFTER_HOLDER = re.compile(
    r"(?<!\b[A-Z])\.\s.*|[,.;|–—-]?\s*\ball rights reserved\b.*"
    r"|\b(?:re)?(?:printed|published|distributed) (?:by|from)\b.*",
    re.IGNORECASE,
)


def copyright_line(line: str) -> Copyright | None:
    """Read a line "Copyright 2023, The X", "© The X 2024. All rights reserved."; None when it is none."""
    match = _COPYRIGHT.match(line.strip())
    if not match:
        return None
    rest = match["rest"].strip()
    years = [int(found["year"]) for found in _YEARS.finditer(rest)]
    if not years and not line.lstrip().startswith("©") and not rest[0].isupper():
        return None  # "Copyright law is …"
    holder = _YEARS.sub("", _AFTER_HOLDER.sub("", rest))
    holder = re.sub(r"^\s*by\s+", "", holder.strip(" \t,;:|–—-"), flags=re.IGNORECASE).strip(" \t,;:|–—-")
    holder = holder.removesuffix(".") if holder.count(".") == 1 else holder
    if len(holder.split()) > 10:
        return None
    return Copyright(holder or None, max(years) if years else None)


def is_headline(line: str) -> bool:
    """Say whether a first line looks like a headline: short, without a final stop, no byline, date or credit."""
    line = line.strip()
    if not line or len(line) > MAX_HEADLINE or not any(c.isalnum() for c in line):
        return False
    if line.endswith((".", ",", ";", ":", ".”", '."', ".’", ",”", ',"')) and not line.endswith("..."):
        return False
    return byline(line) is None and read_day(line) is None and dateline(line) is None and copyright_line(line) is None


def same_words(one: str, other: str) -> bool:
    """Say whether two lines are the same but for case, white space, dashes and other signs."""
    ours, theirs = (re.findall(r"\w+", text.casefold()) for text in (one, other))
    return bool(ours) and ours == theirs


def same_name(one: str, other: str) -> bool:
    """Say whether two names are one: the same words, or one the initials of the other ("LPB", "Lomia Press Bureau")."""
    ours, theirs = (
        re.findall(r"\w+", re.sub(r"^the\s+", "", text.strip(), flags=re.IGNORECASE)) for text in (one, other)
    )
    if [w.casefold() for w in ours] == [w.casefold() for w in theirs]:
        return bool(ours)
    for short, long in ((ours, theirs), (theirs, ours)):
        if len(short) == 1 and len(long) > 1 and short[0].isupper() and short[0] == "".join(w[0] for w in long).upper():
            return True
    return False
