"""Emissions → tags: Viterbi and marginals of a linear-chain CRF, batched over chains, in numpy."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Chain", "marginals", "runs", "unsure_stretches", "viterbi"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Chain(NamedTuple):
    """Log scores of a CRF over K tags: ``start`` (K,) and ``trans`` (K, K), forbidden moves strongly negative."""

    start: Floats
    trans: Floats


def viterbi(emit: Floats, chain: Chain, lengths: Ints) -> Ints:
    """Give the best tag numbers (N, T) for emissions (N, T, K); positions past a chain's length are 0."""
    n, steps, k = emit.shape
    rows = np.arange(n)
    back = np.empty((steps, n, k), dtype=np.intp)
    scores = np.empty((steps, n, k), dtype=np.float32)
    scores[0] = chain.start + emit[:, 0]
    by_end = np.ascontiguousarray(chain.trans.T)  # (K to, K from)
    for t in range(1, steps):
        paths = scores[t - 1][:, None, :] + by_end
        paths.argmax(-1, out=back[t])
        np.add(paths.max(-1), emit[:, t], out=scores[t])
    past = np.arange(steps)[:, None] >= lengths[None, :]
    back[past] = np.arange(k)  # past its end a chain stays where it ended
    now = scores[lengths - 1, rows].argmax(-1)
    tags = np.empty((steps, n), dtype=np.int64)
    for t in range(steps - 1, -1, -1):
        tags[t] = now
        now = back[t, rows, now]
    tags[past] = 0
    return np.ascontiguousarray(tags.T)


def marginals(emit: Floats, chain: Chain, lengths: Ints) -> Floats:
    """Give p(tag at t) as (N, T, K) by scaled forward–backward; rows past a chain's length are 0.

    The backward pass is a forward pass over the reversed chain, so that both run in one loop.
    """
    n, steps, _ = emit.shape
    where = np.arange(steps)[None, :]
    mirrored = np.where(where < lengths[:, None], lengths[:, None] - 1 - where, where)[..., None]
    p = np.maximum(np.exp(emit - emit.max(-1, keepdims=True)), 1e-30).astype(np.float32)
    both = np.stack([p, np.take_along_axis(p, mirrored, 1)]).transpose(2, 0, 1, 3).copy()  # (T, 2, N, K)
    a = np.exp(chain.trans)
    moves = np.stack([a, a.T])
    both[0, 0] *= np.exp(chain.start)
    both[0] /= both[0].sum(-1, keepdims=True)
    for t in range(1, steps):
        both[t] *= both[t - 1] @ moves
        both[t] /= both[t].sum(-1, keepdims=True)
    alpha, reverse = both[:, 0].transpose(1, 0, 2), both[:, 1].transpose(1, 0, 2)
    result: Floats = alpha * np.take_along_axis(reverse, mirrored, 1) / p
    result /= np.maximum(result.sum(-1, keepdims=True), 1e-30)
    result[np.broadcast_to(where >= lengths[:, None], (n, steps))] = 0.0
    return result


def unsure_stretches(emit: Floats, lengths: Ints, *, margin: float) -> list[tuple[int, int, int]]:
    """Find the stretches (row, start, end) of chains in which tag 0 is not plainly best, with a plain step around each.

    Where tag 0 leads by ``margin`` a chain falls apart into independent ones, as far as its moves differ by much
    less; most of a text is so. Emissions are (N, T, K).
    """
    unsure = emit[:, :, 0] < emit[:, :, 1:].max(-1) + margin
    unsure &= np.arange(emit.shape[1])[None, :] < lengths[:, None]
    around = unsure.copy()
    around[:, 1:] |= unsure[:, :-1]
    around[:, :-1] |= unsure[:, 1:]
    around &= np.arange(emit.shape[1])[None, :] < lengths[:, None]
    edges = np.diff(np.pad(around, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    return list(zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True))


def runs(tags: Ints, begin: int, inside: int) -> list[tuple[int, int]]:
    """Find the half-open runs that start with tag ``begin`` and go on with ``inside``."""
    found: list[tuple[int, int]] = []
    start = -1
    for i, tag in enumerate(tags.tolist()):
        if start >= 0 and tag != inside:
            found.append((start, i))
            start = -1
        if tag == begin:
            start = i
    if start >= 0:
        found.append((start, len(tags)))
    return found
