"""Statements inside statements: contents are read again, as texts of their own, until nothing new is found.

PolNeAR marks no nesting, so the network finds at most one level at a time. What is found inside a content lies
inside that statement; a statement that was found at both levels is kept once, as the nested one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sayso.knowledge.deeds import is_deed
from sayso.knowledge.force import classify, has_cue_word
from sayso.reader.attribution import Attribution, Range
from sayso.reader.drafts import Draft, covers, shifted

__all__ = ["MAX_DEPTH", "nest"]

MAX_DEPTH = 6  # mouths inside the outermost statement; the press rarely goes beyond three
_POSSESSIVES = frozenset({"his", "her", "its", "their", "my", "our", "your"})
_SHORTEST = 12  # characters a content needs to hold a source, a cue and something said

Find = Callable[[Sequence[str]], list[list[Attribution]]]


def nest(text: str, top: list[Draft], find: Find, *, floor: float) -> list[Draft]:
    """Add the statements inside contents and say of each which statement it lies in.

    ``find`` reads several texts at once; an inner statement is taken when its cue's probability is at least
    ``floor`` and it has both a source and a content. Returns the drafts in text order.
    """
    found = {draft.cue: draft for draft in top}
    layer = list(top)
    for _ in range(MAX_DEPTH):
        layer = [draft for draft in _inner(text, layer, find, floor) if _take(found, draft)]
        if not layer:
            break
    return sorted((_placed(draft, found) for draft in found.values()), key=lambda d: (d.start, d.cue))


def _inner(text: str, layer: list[Draft], find: Find, floor: float) -> list[Draft]:
    stretches = [
        (draft, start, end)
        for draft in layer
        for start, end in (_without_that(text, piece) for piece in draft.content)
        if end - start >= _SHORTEST and has_cue_word(text[start:end])
    ]
    readings = find([text[start:end] for _, start, end in stretches]) if stretches else []
    inner: list[Draft] = []
    for (parent, start, _), attributions in zip(stretches, readings, strict=True):
        for attribution in attributions:
            draft = replace(shifted(attribution, start), parent=parent.cue)
            if attribution.cue_score >= floor and _tells_words(text, draft):
                inner.append(draft)
    return inner


def _tells_words(text: str, draft: Draft) -> bool:
    """Say whether an inner draft is a statement: inside contents the network takes nouns and joint acts for speech.

    A possessive ("his willingness") belongs to the statement around it, a cue the lexicon does not know tells no
    words, and a deed ("offered", "discussed") does so only when a clause follows.
    """
    if draft.source is None or not draft.content or text[slice(*draft.source)].lower() in _POSSESSIVES:
        return False
    cue, content = text[slice(*draft.cue)], text[slice(*draft.content[0])]
    return classify(cue, content=content).entry is not None and not is_deed(cue, content)


def _without_that(text: str, piece: Range) -> Range:
    start, end = piece
    opening = text[start : start + 5].lower()
    return (start + 5, end) if opening == "that " and end - start > 5 else piece


def _take(found: dict[Range, Draft], draft: Draft) -> bool:
    """Enter an inner draft; one whose cue overlaps a cue already found inside the same parent is the same one."""
    for cue, other in found.items():
        if cue[0] < draft.cue[1] and draft.cue[0] < cue[1]:
            if other.parent is None and other.cue != draft.parent:
                del found[cue]
                found[draft.cue] = draft
                return True
            return False
    found[draft.cue] = draft
    return True


def _placed(draft: Draft, found: dict[Range, Draft]) -> Draft:
    """Find the parent of a draft: the smallest statement whose content holds its cue and its source or content."""
    if draft.parent is not None and draft.parent in found:
        return draft
    roles = [r for r in (draft.source, *draft.content) if r is not None]
    around = [
        other
        for other in found.values()
        if other.cue != draft.cue
        and covers(other.content, draft.cue)
        and all(covers(other.content, role) for role in roles)
    ]
    if not around:
        return replace(draft, parent=None)
    return replace(draft, parent=min(around, key=lambda o: sum(e - s for s, e in o.content)).cue)
