"""Found against gold: precision, recall and F1 over sets, micro-averaged.

The exact-span scoring of PolNeAR as the documentation's reference page defines it: per article, the set of gold
spans of a role (each contiguous piece by itself, duplicates merged) against the set found.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

__all__ = ["Score", "attribution_scores"]

Range = tuple[int, int]
Roles = tuple[tuple[Range, ...], tuple[Range, ...], tuple[Range, ...]]  # source, cue, content


@dataclass(slots=True)
class Score:
    """Counts of what was right, found and in the gold."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, found: Iterable[Hashable], gold: Iterable[Hashable]) -> None:
        """Count one article's two sets."""
        ours, theirs = set(found), set(gold)
        self.right += len(ours & theirs)
        self.found += len(ours)
        self.gold += len(theirs)

    @property
    def precision(self) -> float:
        """Share of what was found that is right, 0 to 1; 0 when nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found, 0 to 1; 0 when there is no gold."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


def _covered(pieces: Iterable[Range]) -> Iterable[int]:
    for start, end in pieces:
        yield from range(start, end)


def attribution_scores(pairs: Iterable[tuple[Iterable[Roles], Iterable[Roles]]]) -> dict[str, Score]:
    """Score articles, each a pair (found, gold) of statements given as (source, cue, content) pieces.

    Keys: ``source``, ``cue``, ``content`` (exact spans), the same with ``_token`` (covered characters), and
    ``whole`` (statements of which all three roles are exact).
    """
    names = ("source", "cue", "content")
    scores = {key: Score() for key in (*names, "whole", *(f"{name}_token" for name in names))}
    for found, gold in pairs:
        ours, theirs = list(found), list(gold)
        for i, name in enumerate(names):
            pieces = [[p for statement in side for p in statement[i]] for side in (ours, theirs)]
            scores[name].add(*pieces)
            scores[f"{name}_token"].add(*(_covered(side) for side in pieces))
        scores["whole"].add(
            *({tuple(tuple(sorted(role)) for role in statement) for statement in side} for side in (ours, theirs))
        )
    return scores
