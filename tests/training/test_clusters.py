"""The scores of coreference are those of the CoNLL tasks, on examples worked out by hand."""

from __future__ import annotations

import pytest

from benchmarks.clusters import Tally


def _scores(gold: list[set[str]], found: list[set[str]]) -> dict[str, tuple[float, float, float]]:
    tally = Tally()
    tally.add(gold, found)
    return tally.scores()


def test_what_is_the_same_is_perfect() -> None:
    clusters = [set("abc"), set("de")]
    assert all(values == pytest.approx((100, 100, 100)) for values in _scores(clusters, clusters).values())


def test_a_mention_in_the_wrong_cluster() -> None:
    scores = _scores([set("abc"), set("de")], [set("ab"), set("cde")])
    assert scores["muc"] == pytest.approx((66.67, 66.67, 66.67), abs=0.01)
    assert scores["b3"] == pytest.approx((73.33, 73.33, 73.33), abs=0.01)
    assert scores["ceafe"] == pytest.approx((80, 80, 80))
    assert scores["conll"][2] == pytest.approx((66.67 + 73.33 + 80) / 3, abs=0.01)


def test_all_in_one_cluster_keeps_every_link_and_little_precision() -> None:
    scores = _scores([set("ab"), set("cd")], [set("abcd")])
    assert scores["muc"][:2] == pytest.approx((100, 66.67), abs=0.01)
    assert scores["b3"][:2] == pytest.approx((100, 50))
    assert scores["ceafe"][:2] == pytest.approx((33.33, 66.67), abs=0.01)


def test_mentions_nobody_marked_cost_precision_only() -> None:
    scores = _scores([set("ab")], [set("ab"), set("xy")])
    assert scores["muc"][:2] == pytest.approx((100, 50))
    assert scores["mentions"][:2] == pytest.approx((100, 50))


def test_nothing_found_is_zero_and_documents_add_up() -> None:
    assert _scores([set("ab")], [])["conll"] == pytest.approx((0, 0, 0))
    tally = Tally()
    tally.add([set("ab")], [set("ab")])
    tally.add([set("cd")], [])
    assert tally.scores()["muc"][:2] == pytest.approx((50, 100))
