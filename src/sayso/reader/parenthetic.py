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

_FAR_THAT = re.compile(r"(?: [\w’'-]+){1,12}? (?P<clause>that\b[^\n;“”\"]{8,}?)(?=\.?\s*$)")
_CITING = re.compile(r"(?:citing|quoting)", re.IGNORECASE)


def complete(text: str, drafts: list[Draft]) -> list[Draft]:
    """Give each parenthetic attribution without content the rest of its sentence; others stay as they are.

    Whom a statement cites ("the Courier, citing two officials, said …") says the same inside it.
    """
    starts = [*sentence_starts(text), len(text)]
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(bisect_right(starts, draft.cue[0]), []).append(draft)
    return [
        _cited(text, draft, by_sentence[bisect_right(starts, draft.cue[0])]) or _completed(text, draft, starts)
        for draft in drafts
    ]


def _cited(text: str, draft: Draft, sentence: list[Draft]) -> Draft | None:
    """Put those who are cited inside the statement of the sentence that cites them; None when there is none."""
    if not _CITING.fullmatch(text, *draft.cue):
        return None
    people = draft.content[0] if len(draft.content) == 1 and draft.source else draft.source
    if people is None or people[0] < draft.cue[1]:
        return None
    citing = [other for other in sentence if other.content and not _CITING.fullmatch(text, *other.cue)]
    apart = [o for o in citing if all(piece[1] <= draft.cue[0] or people[1] <= piece[0] for piece in o.content)]
    host = min(apart, key=lambda o: abs(o.cue[0] - draft.cue[0]), default=None)
    return replace(draft, source=people, content=host.content, parent=host.cue) if host else None


def _completed(text: str, draft: Draft, starts: list[int]) -> Draft:
    if not draft.content and draft.source and _PARENTHETIC.match(text, draft.cue[0]):
        return replace(draft, content=_rest(text, draft, starts))
    if not draft.content and draft.source and (clause := _that_clause(text, draft, starts)):
        return replace(draft, content=(clause,))
    if draft.source is None and draft.content and _closes(text, draft, draft.content[-1]):
        sourced = replace(draft, source=draft.content[-1], content=())
        return replace(sourced, content=_rest(text, sourced, starts))
    return draft


def _that_clause(text: str, draft: Draft, starts: list[int]) -> Range | None:
    """Find the clause that a cue opens from afar: "hinted during a press conference after the talks that …"."""
    match = _FAR_THAT.match(text, draft.cue[1], starts[bisect_right(starts, draft.cue[0])])
    return match.span("clause") if match else None


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
