"""Which statement lies inside which: the network finds cues of every depth, the contents say where each belongs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso.reader.attribution import Range
from sayso.reader.drafts import Draft, covers

__all__ = ["placed"]

_SHARED = 0.5  # of an inner content that must lie within the outer one


def placed(drafts: Sequence[Draft]) -> list[Draft]:
    """Say of each draft in which it lies: the smallest statement whose content holds its cue and most of its words.

    Its source must lie there, too. A parent that is set already, of those given, stays. Returns the drafts in text
    order. Runs in that order with the contents open at each cue, so its cost does not grow with the text's square.
    """
    pieces = [(start, end, draft) for draft in drafts for start, end in draft.content]
    pieces.sort(key=lambda piece: piece[0])
    open_pieces: list[tuple[int, int, Draft]] = []
    result, next_piece, cues = [], 0, {draft.cue for draft in drafts}
    for draft in sorted(drafts, key=lambda d: d.cue):
        while next_piece < len(pieces) and pieces[next_piece][0] <= draft.cue[0]:
            open_pieces.append(pieces[next_piece])
            next_piece += 1
        open_pieces = [piece for piece in open_pieces if piece[1] > draft.cue[0]]
        around = {outer.cue: outer for _, end, outer in open_pieces if draft.cue[1] <= end and _holds(outer, draft)}
        smallest = min(around.values(), key=lambda outer: (outer.size, outer.parent is None), default=None)
        parent = smallest.cue if smallest else None
        result.append(draft if draft.parent in cues else replace(draft, parent=parent))
    return sorted(result, key=lambda d: (d.start, d.cue))


def _holds(outer: Draft, draft: Draft) -> bool:
    if outer.cue == draft.cue or outer.size <= draft.size:
        return False
    if draft.source and not covers(outer.content, draft.source):
        return False
    return _shared(outer.content, draft.content) >= _SHARED * draft.size


def _shared(outer: tuple[Range, ...], inner: tuple[Range, ...]) -> int:
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in outer for b in inner)
