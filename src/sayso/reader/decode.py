"""Emissions → tags: Viterbi and marginals of a linear-chain CRF, batched over chains, in numpy."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Chain", "marginals", "runs", "viterbi"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Chain(NamedTuple):
    """Log scores of a CRF over K tags: ``start`` (K,) and ``trans`` (K, K), forbidden moves strongly negative."""

    start: Floats
    trans: Floats


def viterbi(emit: Floats, chain: Chain, lengths: Ints) -> Ints:
    """Give the best tag numbers (N, T) for emissions (N, T, K); positions past a chain's length are 0."""
    n, steps, k = emit.shape
    back = np.zeros((n, steps, k), dtype=np.int8)
    rows = np.arange(n)
    score = chain.start + emit[:, 0]
    best = score.copy()
    for t in range(1, steps):
        paths = score[:, :, None] + chain.trans
        back[:, t] = paths.argmax(1)
        score = paths.max(1) + emit[:, t]
        best = np.where((lengths > t)[:, None], score, best)
    tags = np.zeros((n, steps), dtype=np.int64)
    now = best.argmax(1)
    for t in range(steps - 1, -1, -1):
        live = lengths > t
        tags[live, t] = now[live]
        if t:
            now = np.where(live, back[rows, t, now], now)
    return tags


def marginals(emit: Floats, chain: Chain, lengths: Ints) -> Floats:
    """Give p(tag at t) as (N, T, K) by scaled forward–backward; rows past a chain's length are 0."""
    steps = emit.shape[1]
    p = np.maximum(np.exp(emit - emit.max(-1, keepdims=True)), 1e-30)
    first, a = np.exp(chain.start), np.exp(chain.trans)
    alpha = np.zeros_like(p)
    alpha[:, 0] = first * p[:, 0]
    alpha[:, 0] /= np.maximum(alpha[:, 0].sum(-1, keepdims=True), 1e-30)
    for t in range(1, steps):
        now = (alpha[:, t - 1] @ a) * p[:, t]
        alpha[:, t] = now / np.maximum(now.sum(-1, keepdims=True), 1e-30)
    beta = np.ones_like(p[:, 0])
    result: Floats = np.zeros(p.shape, dtype=np.float32)
    for t in range(steps - 1, -1, -1):
        beta = np.where((lengths > t + 1)[:, None], beta, 1.0)
        now = alpha[:, t] * beta
        result[:, t] = now / np.maximum(now.sum(-1, keepdims=True), 1e-30)
        step = (p[:, t] * beta) @ a.T
        beta = step / np.maximum(step.sum(-1, keepdims=True), 1e-30)
    result[np.arange(steps)[None, :] >= lengths[:, None]] = 0.0
    return result


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
