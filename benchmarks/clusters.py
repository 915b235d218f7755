"""Scores of coreference, as in the CoNLL shared tasks (Pradhan et al. 2014): MUC, B³, CEAF-e and their mean.

A clustering is a list of sets of mentions; a mention is anything that can be compared. Singletons are left out by
the caller or not at all.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence, Set
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

__all__ = ["Tally", "f1"]

Clusters = Sequence[Set[Hashable]]


def f1(recall: float, precision: float) -> float:
    """Give the harmonic mean, 0 when both are 0."""
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


@dataclass(slots=True)
class Tally:
    """Counts over documents, for each metric: what of the gold was found, of how much; what found is right, of all."""

    counts: dict[str, list[float]] = field(
        default_factory=lambda: {name: [0.0] * 4 for name in ("mentions", "muc", "b3", "ceafe")}
    )

    def add(self, gold: Clusters, found: Clusters) -> None:
        """Count a document."""
        gold, found = [set(c) for c in gold if c], [set(c) for c in found if c]
        all_gold, all_found = set().union(*gold), set().union(*found)
        both = len(all_gold & all_found)
        similar = np.array([[2 * len(g & f) / (len(g) + len(f)) for f in found] for g in gold])
        best = float(similar[linear_sum_assignment(-similar)].sum()) if gold and found else 0.0
        for name, values in {
            "mentions": (both, len(all_gold), both, len(all_found)),
            "muc": (*_muc(gold, found), *_muc(found, gold)),
            "b3": (*_b_cubed(gold, found), *_b_cubed(found, gold)),
            "ceafe": (best, len(gold), best, len(found)),
        }.items():
            self.counts[name] = [old + new for old, new in zip(self.counts[name], values, strict=True)]

    def scores(self) -> dict[str, tuple[float, float, float]]:
        """Give recall, precision and F1 of each metric, in percent, and of their mean ("conll")."""
        result = {}
        for name, (hit, of, right, among) in self.counts.items():
            recall, precision = 100 * hit / max(of, 1e-9), 100 * right / max(among, 1e-9)
            result[name] = (recall, precision, f1(recall, precision))
        parts = np.array([result[name] for name in ("muc", "b3", "ceafe")])
        result["conll"] = (float(parts[:, 0].mean()), float(parts[:, 1].mean()), float(parts[:, 2].mean()))
        return result


def _muc(of: Clusters, by: Clusters) -> tuple[float, float]:
    """Give how many links of some clusters others keep, and how many there are (Vilain et al. 1995)."""
    where = {mention: number for number, cluster in enumerate(by) for mention in cluster}
    kept = links = 0
    for cluster in of:
        parts = {where[m] for m in cluster if m in where}
        alone = sum(m not in where for m in cluster)
        kept += len(cluster) - len(parts) - alone
        links += len(cluster) - 1
    return kept, links


def _b_cubed(of: Clusters, by: Clusters) -> tuple[float, float]:
    """Give the summed share of each mention's cluster that the others keep with it, and the mentions (Bagga 1998)."""
    where = {mention: cluster for cluster in by for mention in cluster}
    share = sum(len(cluster & where[m]) / len(cluster) for cluster in of for m in cluster if m in where)
    return share, sum(len(cluster) for cluster in of)
