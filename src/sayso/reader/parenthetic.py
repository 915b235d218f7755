"""Attributions that stand beside a whole clause: "According to the agency, the envoy told deputies that …".

Where the clause is itself a statement, annotators of one level gave its words to the inner speaker alone, and so
does the network: the outer attribution is found without a content. Its content is the rest of its sentence.
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
    return [
        replace(draft, content=_rest(text, draft, starts))
        if not draft.content and draft.source and _PARENTHETIC.match(text, draft.cue[0])
        else draft
        for draft in drafts
    ]


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
