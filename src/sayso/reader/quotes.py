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
    """Give the paragraphs of a quotation that runs over several to the statement that has one of them.

    The press opens each paragraph of a long quotation and closes only the last. A paragraph that is one whole
    quotation without a cue of its own also goes on from the quotation before it; an unclosed one belongs to the
    statement that has the paragraph after it.
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
        elif speaking is not None and body[0] in _OPENING and _closings(body) in ([], [len(body) - 1]):
            draft = result[speaking]
            result[speaking] = replace(draft, content=(*draft.content, _bare(text, start, end)))
            taken.add(number)
        else:
            speaking = None
    return [_begun_before(text, draft, paragraphs, taken) for draft in result.values()]


def _begun_before(text: str, draft: Draft, paragraphs: list[Range], taken: set[int]) -> Draft:
    """Add the unclosed quotations of the paragraphs right before the one that a content opens."""
    if not draft.content or not paragraphs:
        return draft
    first = draft.content[0][0]
    number = bisect_right(paragraphs, first, key=lambda p: p[0]) - 1
    start, _ = paragraphs[number]
    if text[start:first].strip() or text[first] not in _OPENING:
        return draft
    before: list[Range] = []
    for at in range(number - 1, -1, -1):
        piece = _bare(text, *paragraphs[at])
        body = text[slice(*piece)]
        if at in taken or body[0] not in _OPENING or _closings(body):
            break
        before.insert(0, piece)
    return replace(draft, content=(*before, *draft.content))


def _bare(text: str, start: int, end: int) -> Range:
    body = text[start:end].strip()
    at = start + text[start:end].index(body)
    return at, at + len(body)


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


def _closings(paragraph: str) -> list[int]:
    """Give where the mark that opens a paragraph is closed; one quotation is closed at its end or not at all."""
    closing = {"“": "”", "„": "”", "«": "»", '"': '"', "‘": "’", "'": "'"}[paragraph[0]]
    ends = [m.start() for m in re.finditer(re.escape(closing), paragraph) if m.start()]
    if closing in "’'":  # apostrophes look the same: only a mark before a space or at the end closes
        return [e for e in ends if not paragraph[e + 1 : e + 2].strip() and paragraph[e - 1] in ",.?!…"]
    return ends
