"""Quotation marks: what kind of quotation a content is, and quotations that run on over paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from sayso.reader.attribution import Range
from sayso.reader.drafts import Draft
from sayso.record import Quote

__all__ = ["quote_kind", "run_on"]

_OPENING, _CLOSING = "“\"„«‘'", "”\"»’'"
_WORD = re.compile(r"\w")


def quote_kind(text: str, content: tuple[Range, ...], regions: list[Range]) -> Quote:
    """Tell direct (all within quotation marks), mixed (some words) and indirect; ``regions`` as of quote_regions."""
    quoted = words = 0
    for start, end in content:
        words += len(_WORD.findall(text[start:end]))
        for index in range(bisect_right(regions, start, key=lambda r: r[1]), len(regions)):
            lo, hi = regions[index]
            if lo >= end:
                break
            quoted += len(_WORD.findall(text[max(lo, start) : min(hi, end)]))
    if not quoted:
        return "indirect"
    return "direct" if quoted >= 0.95 * words else "mixed"


def run_on(text: str, drafts: list[Draft]) -> list[Draft]:
    """Give a quotation that goes on in later paragraphs to the statement that began it.

    The press opens each paragraph of a long quotation and closes only the last. A paragraph that is one whole
    quotation without a cue of its own also goes on from the quotation before it.
    """
    paragraphs = _paragraphs(text)
    starts = [start for start, _ in paragraphs]
    taken: set[int] = set()
    ending: dict[int, list[Draft]] = {}  # by the paragraph in which their content ends
    for draft in drafts:
        if draft.content:
            ending.setdefault(bisect_right(starts, draft.content[-1][0]) - 1, []).append(draft)
        for start, _ in (draft.cue, *([draft.source] if draft.source else []), *draft.content):
            taken.add(bisect_right(starts, start) - 1)
    result: dict[Range, Draft] = {draft.cue: draft for draft in drafts}
    speaking: Range | None = None  # the cue of the statement whose quotation may go on
    for number, (start, end) in enumerate(paragraphs):
        body = text[start:end].strip()
        if number in taken:
            last = max(ending.get(number, []), key=lambda d: d.content[-1][1], default=None)
            speaking = last.cue if last and _is_quoted(text, last.content[-1]) else None
        elif speaking is not None and body[0] in _OPENING and _one_quotation(body):
            draft = result[speaking]
            at = start + text[start:end].index(body)
            result[speaking] = replace(draft, content=(*draft.content, (at, at + len(body))))
        else:
            speaking = None
    return list(result.values())


def _paragraphs(text: str) -> list[Range]:
    """Give the lines that hold more than white space."""
    found: list[Range] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            found.append((at, at + len(line)))
        at += len(line) + 1
    return found


def _is_quoted(text: str, piece: Range) -> bool:
    return text[piece[0]] in _OPENING or text[piece[1] - 1] in _CLOSING


def _one_quotation(paragraph: str) -> bool:
    """Say whether a paragraph is one quotation: opened at its start, closed at its end or not at all."""
    closing = {"“": "”", "„": "”", "«": "»", '"': '"', "‘": "’", "'": "'"}[paragraph[0]]
    inner = paragraph[1:]
    if closing in "’'":  # apostrophes look the same: only a mark before a space or at the end closes
        ends = [m.start() for m in re.finditer(rf"{closing}(?=\s|$)", inner) if inner[m.start() - 1] in ",.?!…"]
    else:
        ends = [m.start() for m in re.finditer(re.escape(closing), inner)]
    return not ends or ends == [len(inner) - 1]
