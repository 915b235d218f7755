"""Clusters of mentions → for a phrase, the other phrases of the text that stand for the same."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict

from sayso.reader.coreference import Clusters
from sayso.reader.mentions import Mention

__all__ = ["Linked"]

_AROUND = 32  # mentions of a cluster to either side that are looked at
_SLACK = 3  # characters by which the ends of a phrase and of its mention may differ: a comma, a genitive


class Linked:
    """Looks up the clusters of one text by place."""

    def __init__(self, clusters: Clusters) -> None:
        self._clusters = clusters
        self._starts = [mention.start for mention in clusters.mentions]
        self._members: dict[int, list[int]] = defaultdict(list)
        for number, cluster in enumerate(clusters.of):
            self._members[cluster].append(number)

    def at(self, start: int, end: int) -> int | None:
        """Give the number of the mention that is this phrase, but for a comma or genitive, or None."""
        lo, hi = bisect_left(self._starts, start - _SLACK), bisect_right(self._starts, start + _SLACK)
        mentions = self._clusters.mentions
        close = [n for n in range(lo, hi) if abs(mentions[n].end - end) <= _SLACK]
        return min(close, key=lambda n: (abs(mentions[n].end - end), abs(mentions[n].start - start)), default=None)

    def others(self, number: int) -> list[Mention]:
        """Give the mentions of its cluster around it: those before it, the nearest first, then those after it."""
        members = self._members[self._clusters.of[number]]
        at = bisect_left(members, number)
        near = (*reversed(members[max(0, at - _AROUND) : at]), *members[at + 1 : at + 1 + _AROUND])
        return [self._clusters.mentions[n] for n in near]

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions, in text order."""
        return self._clusters.mentions

    def clusters(self) -> list[list[Mention]]:
        """Give the clusters of two and more mentions."""
        mentions = self._clusters.mentions
        return [[mentions[n] for n in members] for members in self._members.values() if len(members) > 1]

    def sure(self, number: int) -> float:
        """Give how sure the link of a mention is, 0 to 1."""
        return self._clusters.sure[number]

    def type_of(self, start: int, end: int) -> str | None:
        """Give the type of the narrowest mention that ends with a name and begins at or before it, or None."""
        best: Mention | None = None
        hi = bisect_right(self._starts, start)
        for number in range(hi - 1, max(-1, hi - 40), -1):
            mention = self._clusters.mentions[number]
            if abs(mention.end - end) <= _SLACK and (best is None or mention.start > best.start):
                best = mention
        return best.type if best else None
