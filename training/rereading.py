"""Statements inside statements, for a teacher that knows one level: contents are read again until nothing is new.

PolNeAR marks no nesting, so a network trained on it alone finds at most one level at a time. What is found inside a
content lies inside that statement; a statement that was found at both levels is kept once, as the nested one.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Sequence
from dataclasses import replace

from sayso.knowledge.deeds import is_deed
from sayso.knowledge.force import classify, cue_words
from sayso.knowledge.grammar import words_of
from sayso.reader.attribution import Attribution, Range
from sayso.reader.drafts import Draft, covers, shifted

__all__ = ["MAX_DEPTH", "nest"]

MAX_DEPTH = 6  # mouths inside the outermost statement; the press rarely goes beyond three
_POSSESSIVES = frozenset({"his", "her", "its", "their", "my", "our", "your"})
_SHORTEST = 12  # characters a content needs to hold a source, a cue and something said

Find = Callable[[Sequence[str]], list[list[Attribution]]]


def nest(text: str, top: list[Draft], find: Find, *, floor: float, quiet: frozenset[str] = frozenset()) -> list[Draft]:
    """Add the statements inside contents and say of each which statement it lies in.

    ``find`` reads several texts at once; an inner statement is taken when its cue's probability is at least
    ``floor`` and it has both a source and a content. A content is read again only when it holds a word of the
    lexicon of cues that is not ``quiet`` (words that hardly ever are cues). Returns the drafts in text order.
    """
    found = _Found(top)
    layer = list(top)
    for _ in range(MAX_DEPTH):
        layer = [draft for draft in _inner(text, layer, find, floor, quiet) if found.take(draft)]
        if not layer:
            break
    return sorted((found.placed(draft) for draft in found.drafts()), key=lambda d: (d.start, d.cue))


def _inner(text: str, layer: list[Draft], find: Find, floor: float, quiet: frozenset[str]) -> list[Draft]:
    stretches = [
        (draft, start, end)
        for draft in layer
        for start, end in (_without_that(text, piece) for piece in draft.content)
        if end - start >= _SHORTEST and not quiet.issuperset(cue_words() & set(words_of(text[start:end])))
    ]
    readings = find([text[start:end] for _, start, end in stretches]) if stretches else []
    inner: list[Draft] = []
    for (parent, start, _), attributions in zip(stretches, readings, strict=True):
        for attribution in attributions:
            draft = replace(shifted(attribution, start), parent=parent.cue)
            if attribution.cue_score >= floor and draft.size < parent.size and _tells_words(text, draft):
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


class _Found:
    """The drafts found so far, no two with overlapping cues."""

    def __init__(self, drafts: list[Draft]) -> None:
        self._by_cue: dict[Range, Draft] = {}
        self._parents: set[Range] = set()
        self._cues: list[Range] = []  # sorted; overlapping cues of one reading of a text do not occur
        for draft in drafts:
            self._enter(draft)

    def drafts(self) -> list[Draft]:
        return list(self._by_cue.values())

    def _enter(self, draft: Draft) -> None:
        if draft.cue not in self._by_cue:
            insort(self._cues, draft.cue)
        self._by_cue[draft.cue] = draft
        if draft.parent is not None:
            self._parents.add(draft.parent)

    def take(self, draft: Draft) -> bool:
        """Enter an inner draft, unless its cue overlaps one found before; it replaces an outermost one."""
        at = bisect_left(self._cues, draft.cue)
        for cue in self._cues[max(0, at - 1) : at + 2]:
            if cue[0] < draft.cue[1] and draft.cue[0] < cue[1]:
                if self._by_cue[cue].parent is not None or cue == draft.parent or cue in self._parents:
                    # what others lie in cannot move inside one of them
                    return False
                del self._by_cue[cue]
                self._cues.remove(cue)
                break
        self._enter(draft)
        return True

    def placed(self, draft: Draft) -> Draft:
        """Find the parent of a draft: the smallest statement near it whose content holds its cue and its roles."""
        if draft.parent in self._by_cue:
            return draft
        roles = [draft.cue, *draft.content, *([draft.source] if draft.source else [])]
        at = bisect_left(self._cues, draft.cue)
        near = [self._by_cue[cue] for cue in (*self._cues[max(0, at - 4) : at], *self._cues[at + 1 : at + 5])]
        around = [o for o in near if o.size > draft.size and all(covers(o.content, role) for role in roles)]
        smallest = min(around, key=lambda o: o.size, default=None)
        return replace(draft, parent=smallest.cue if smallest else None)
