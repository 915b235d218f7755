"""The tags the statement model writes and the positions it looks at: shared by training and inference."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["CUE_TAGS", "LEFT_REACH", "RELATIVE_BUCKETS", "RIGHT_REACH", "ROLE_TAGS", "forbidden", "relative_bucket"]

# Inner cues are those of statements that lie inside the content of another.
CUE_TAGS = ("O", "B", "I", "B-inner", "I-inner")
ROLE_TAGS = ("O", "B-source", "I-source", "B-content", "I-content")

# How far from a cue its source and content are looked for, in sub-tokens: holds 99.5% of those in PolNeAR.
LEFT_REACH, RIGHT_REACH = 64, 128

_EDGES = np.array([1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97])
RELATIVE_BUCKETS = 2 * len(_EDGES) + 1


def forbidden(tags: tuple[str, ...]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Give which tags may not start a chain (K,) and which moves are barred (K, K): I after all but its own."""
    inside = np.array([tag.startswith("I") for tag in tags])
    kin = np.array([[a[1:] == b[1:] and a != "O" for b in tags] for a in tags])
    return inside, inside[None, :] & ~kin


def relative_bucket(
    positions: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Number the distance of positions (N, T) from cues that reach from ``first`` to ``last`` (N,), both inclusive.

    0 inside the cue; logarithmic buckets to the left, then to the right.
    """
    before = first[:, None] - positions
    after = positions - last[:, None]
    left = np.searchsorted(_EDGES, before, side="right")
    right = np.searchsorted(_EDGES, after, side="right")
    return np.where(before > 0, left, np.where(after > 0, right + len(_EDGES), 0)).astype(np.int64)
