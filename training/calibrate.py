"""Scores → confidence: a logistic curve over the cue's and the roles' log-odds, fitted on dev (Platt 1999).

A found statement counts as right when an annotator of the article marked one whose cue and source overlap with it
and whose content agrees in four fifths of its characters.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from sayso.reader.attribution import Attribution
from sayso.reader.network import Calibration, log_odds

__all__ = ["calibration_error", "fit", "observations"]

Range = tuple[int, int]
Gold = tuple[tuple[Range, ...], tuple[Range, ...], tuple[Range, ...]]  # source, cue, content


def _characters(pieces: Iterable[Range]) -> set[int]:
    return {i for start, end in pieces for i in range(start, end)}


def _right(found: Attribution, gold: Gold) -> bool:
    source, cue, content = (_characters(role) for role in gold)
    ours = _characters(found.content)
    if not _characters([found.cue]) & cue:
        return False
    if bool(found.source) != bool(source) or (source and not _characters(found.source) & source):
        return False
    return len(ours & content) >= 0.8 * max(len(ours | content), 1)


def observations(
    articles: Iterable[tuple[list[Attribution], list[Gold]]],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give log-odds (N, 2) of cue and roles, and whether each found attribution was right (N,)."""
    x, y = [], []
    for found, gold in articles:
        for attribution in found:
            x.append([log_odds(attribution.cue_score), log_odds(attribution.role_score)])
            y.append(any(_right(attribution, each) for each in gold))
    return np.array(x, dtype=np.float64).reshape(-1, 2), np.array(y, dtype=np.float64)


def fit(x: NDArray[np.float64], y: NDArray[np.float64]) -> Calibration:
    """Fit by Newton's method with a slight ridge, so that separable data does not run away."""
    features = np.column_stack([np.ones(len(x)), x])
    weights = np.zeros(3)
    for _ in range(50):
        p = 1.0 / (1.0 + np.exp(-features @ weights))
        gradient = features.T @ (p - y) + 1e-2 * weights
        hessian = (features * (p * (1 - p))[:, None]).T @ features + 1e-2 * np.eye(3)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    bias, cue, roles = (round(float(w), 4) for w in weights)
    return Calibration(bias=bias, cue=cue, roles=roles)


def calibration_error(x: NDArray[np.float64], y: NDArray[np.float64], *, folds: int = 5, bins: int = 10) -> float:
    """Give the expected calibration error, 0 to 1, each fold predicted by a curve fitted on the others."""
    order = np.random.default_rng(1).permutation(len(y))
    predicted = np.zeros(len(y))
    for fold in range(folds):
        held = order[fold::folds]
        rest = np.setdiff1d(order, held)
        curve = fit(x[rest], y[rest])
        predicted[held] = 1.0 / (1.0 + np.exp(-(curve.bias + x[held] @ np.array([curve.cue, curve.roles]))))
    which = np.minimum((predicted * bins).astype(int), bins - 1)
    gaps = [
        abs(predicted[which == b].mean() - y[which == b].mean()) * (which == b).mean()
        for b in range(bins)
        if (which == b).any()
    ]
    return float(sum(gaps))
