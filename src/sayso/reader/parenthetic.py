"""Attributions that stand beside a whole clause: "According to the agency, the envoy told …", "…, documents show".

Where the clause is itself a statement, annotators of one level gave its words to the inner speaker alone, and so
does the network: the outer attribution is found without a content. Its content is the rest of its sentence. Of a
headline's closing attribution ("Border to close, sources say") it sometimes takes the source for what is said.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from sayso.reader.attribution import Range
from sayso.reader.drafts import Draft
from sayso.reader.segment import sentence_starts

__all__ = ["complete"]

_PARENTHETIC = re.compile(r"(?:according to|in the (?:words|view|opinion|eyes) of|per|citing|quoting)\b", re.IGNORECASE)


def complete(text: str, drafts: list[Draft]) -> list[Draft]:
    """Give each parenthetic attribution without content the rest of its sentence; others stay as they are."""
    starts = [*sentence_starts(text), len(text)]
    return [_completed(text, draft, starts) for draft in drafts]


def _completed(text: str, draft: Draft, starts: list[int]) -> Draft:
    if not draft.content and draft.source and _PARENTHETIC.match(text, draft.cue[0]):
        return replace(draft, content=_rest(text, draft, starts))
    if draft.source is None and draft.content and _closes(text, draft, draft.content[-1]):
        sourced = replace(draft, source=draft.content[-1], content=())
        return replace(sourced, content=_rest(text, sourced, starts))
    return draft


def _closes(text: str, draft: Draft, piece: Range) -> bool:
    """Say whether a piece is a short phrase between a comma and a cue that ends its line: ", documents show"."""
    start, end = piece
    ends_line = text[draft.cue[1] : draft.cue[1] + 1] in ("\n", "")
    after_comma = text[max(0, start - 2) : start] == ", " and text[end : draft.cue[0]] == " "
    return ends_line and after_comma and len(text[start:end].split()) <= 4


def _rest(text: str, draft: Draft, starts: list[int]) -> tuple[Range, ...]:
    after = bisect_right(starts, draft.cue[0])
    begin, end = starts[after - 1], starts[after]
    spans = [draft.cue, *([draft.source] if draft.source else [])]
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    pieces = (_trimmed(text, begin, first), _trimmed(text, last, end))
    return tuple(piece for piece in pieces if piece is not None)


def _trimmed(text: str, start: int, end: int) -> Range | None:
    """Drop the commas, dashes and the final stop around a clause; None when nothing of it is left."""
    part = text[start:end]
    lead = len(part) - len(part.lstrip(" \t\n,;:–—"))
    bare = part.strip(" \t\n,;:–—").removesuffix(".")
    return (start + lead, start + lead + len(bare)) if len(bare.split()) > 2 else None
