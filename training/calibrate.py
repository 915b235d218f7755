"""Scores → confidence: what is chosen on labelled data after training.

For statements a logistic curve over the cue's and the roles' log-odds, fitted on dev (Platt 1999); for forces how much
the list of cues counts against the network, chosen on the half of the labelled cues that is not reported.

A found statement counts as right when an annotator of the article marked one whose cue and source overlap with it and
whose content agrees in four fifths of its characters.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.force import macro_f1, reliability
from sayso.reader.attribution import Attribution
from sayso.reader.judge import ForceWeights, Listed, weigh
from sayso.reader.network import Calibration, log_odds

__all__ = ["calibration_error", "choose_weights", "cross_fitted", "fit", "observations"]

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
    """Give log-odds (N, 2) of cue and roles, and whether each outermost attribution found was right (N,)."""
    x, y = [], []
    for found, gold in articles:
        for attribution in (each for each in found if not each.inner):
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


def cross_fitted(x: NDArray[np.float64], y: NDArray[np.float64], *, folds: int = 5) -> NDArray[np.float64]:
    """Give the probability of each observation by a curve fitted on the other folds."""
    order = np.random.default_rng(1).permutation(len(y))
    predicted = np.zeros(len(y))
    for fold in range(folds):
        held = order[fold::folds]
        rest = np.setdiff1d(order, held)
        curve = fit(x[rest], y[rest])
        predicted[held] = 1.0 / (1.0 + np.exp(-(curve.bias + x[held] @ np.array([curve.cue, curve.roles]))))
    return predicted


def calibration_error(predicted: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    """Give the expected calibration error, 0 to 1: the mean gap of the reliability table, by how many it holds."""
    table = reliability(predicted.tolist(), (y > 0).tolist())
    return sum(abs(p - right) * count for p, right, count in table) / max(len(y), 1)


Judged = tuple[Listed, Sequence[float], str]  # the list's reading, the network's probabilities, the right force


def choose_weights(judged: Sequence[Judged]) -> ForceWeights:
    """Choose how much the list of cues counts against the network: macro-F1 first, then the sharpness by likelihood."""
    grid = itertools.product((0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0), (0.0, 1.0, 2.0, 3.0, 4.0, 6.0), (0.0, 0.5, 1.0))
    gold = [right for _, _, right in judged]

    def f1(weights: ForceWeights) -> float:
        found = [weigh(listed, forces, weights).force for listed, forces, _ in judged]
        return macro_f1(gold, found) + 0.1 * sum(g == f for g, f in zip(gold, found, strict=True)) / len(gold)

    best = max((ForceWeights(*weights) for weights in grid), key=f1)
    return max(
        (replace(best, sharpness=s / 20) for s in range(6, 41)), key=lambda weights: _likelihood(judged, weights)
    )


def _likelihood(judged: Sequence[Judged], weights: ForceWeights) -> float:
    total = 0.0
    for listed, forces, right in judged:
        verdict = weigh(listed, forces, weights)
        sure = min(max(verdict.confidence or 0.0, 0.001), 0.999)
        total += math.log(sure if verdict.force == right else 1.0 - sure)
    return total
