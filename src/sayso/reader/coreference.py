"""Mentions → clusters: which mentions of a text stand for the same.

Every mention is linked to the earlier one that scores best, or to none (Lee et al. 2017), by the network from the
states of both and from the features of ``likeness``; mentions that hang together are a cluster.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sayso.reader.likeness import NEAREST, antecedents, likeness, traits
from sayso.reader.mentions import Mention

__all__ = ["Clusters", "Linker", "link"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_BLOCK = 256  # mentions that are linked at a time


class Linker(Protocol):
    """What scores links."""

    def links(self, later: Floats, earlier: Floats, before: Ints, features: Ints) -> Floats:
        """Give scores (m, K) of links from mentions (m, C) to those among earlier ones (n, C) that ``before`` names."""
        ...


@dataclass(frozen=True, slots=True)
class Clusters:
    """The mentions of a text, in order, and for each the number of its cluster and how sure its link back is.

    ``sure`` is the probability of the chosen antecedent, or of none, among all that were weighed.
    """

    mentions: tuple[Mention, ...]
    of: tuple[int, ...]
    sure: tuple[float, ...]

    def together(self, number: int) -> list[Mention]:
        """Give the mentions of a cluster, in order."""
        return [mention for mention, cluster in zip(self.mentions, self.of, strict=True) if cluster == number]


def link(
    network: Linker,
    text: str,
    mentions: Sequence[Mention],
    turns: Sequence[tuple[int, int, str]] = (),
    nearest: int = NEAREST,
) -> Clusters:
    """Link the mentions (in text order, the wider first where two begin together) of a text.

    ``turns`` are the stretches that one speaker says, where they are known; ``nearest`` is how many mentions before
    one are weighed.
    """
    if not mentions:
        return Clusters((), (), ())
    states = np.stack([mention.states for mention in mentions])
    seen = traits(text, [(m.start, m.end) for m in mentions], [m.sort for m in mentions], turns)
    before = antecedents(seen, nearest)
    of, sure = list(range(len(mentions))), [1.0] * len(mentions)
    for lo in range(0, len(mentions), _BLOCK):
        rows = before[lo : lo + _BLOCK]
        needed, place = np.unique(np.maximum(rows, 0), return_inverse=True)
        features = likeness(text, seen, before, lo, lo + len(rows))
        scores = network.links(states[lo : lo + len(rows)], states[needed], place.reshape(rows.shape), features)
        scores = np.where(rows < 0, -np.inf, scores)
        top = np.maximum(scores.max(-1, initial=0.0), 0.0)
        likely = np.exp(scores - top[:, None])
        none = np.exp(-top)
        total = likely.sum(-1) + none
        best = likely.argmax(-1)
        for row, column in enumerate(best):
            taken = likely[row, column] > none[row]
            sure[lo + row] = float(max(likely[row, column], none[row]) / total[row])
            if taken:
                of[lo + row] = of[int(rows[row, column])]
    return Clusters(tuple(mentions), tuple(of), tuple(sure))
