"""The losses of mentions and links are what they say, and our own training items are well-formed (needs torch)."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch: pip install 'sayso[train]'")

ITEMS = Path(__file__).parents[2] / "training" / "who_items"


def test_a_link_is_learnt_to_any_right_antecedent_or_to_none() -> None:
    from training.who import _link_loss

    before = np.array([[-1, -1], [0, -1], [1, 0]])
    score = torch.tensor([[0.0, 0.0], [2.0, 0.0], [1.0, 3.0]])
    found = _link_loss(score, before, ["a", "a", None])
    first = 0.0  # nothing before it, linked to none
    second = math.log(1 + math.exp(2)) - 2
    third = math.log(1 + math.exp(1) + math.exp(3))  # is to stay alone
    assert found.item() == pytest.approx((first + second + third) / 3, abs=1e-5)


def test_clusters_follow_the_best_link_that_beats_none() -> None:
    from training.who import linked_clusters

    before = np.array([[-1, -1], [0, -1], [1, 0], [2, 1]])
    score = np.array([[9.0, 9.0], [-1.0, 9.0], [-2.0, 1.0], [0.5, 0.7]], dtype=np.float32)
    spans = [(0, 0), (2, 2), (4, 4), (6, 6)]
    assert linked_clusters(score, before, spans) == [{(0, 0), (4, 4)}, {(2, 2), (6, 6)}]


def test_own_items_stand_where_they_say() -> None:
    from training.who import own_documents

    found = own_documents(ITEMS)
    assert len(found) > 100
    for document in found:
        for mention in document.mentions:
            words = document.text[mention.start : mention.end]
            assert words
            assert words == words.strip()
