"""The CRF's decoding agrees with trying every sequence of tags."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reader.decode import Chain, marginals, runs, unsure_stretches, viterbi
from sayso.reader.scheme import ROLE_TAGS, forbidden


def _chain(rng: np.random.Generator) -> Chain:
    no_start, no_move = forbidden(ROLE_TAGS)
    start = np.where(no_start, -1e4, rng.normal(size=5)).astype(np.float32)
    trans = np.where(no_move, -1e4, rng.normal(size=(5, 5))).astype(np.float32)
    return Chain(start, trans)


def _all_scores(emit: np.ndarray, chain: Chain) -> dict[tuple[int, ...], float]:
    scores = {}
    for tags in itertools.product(range(5), repeat=len(emit)):
        moves = sum(float(chain.trans[a, b]) for a, b in itertools.pairwise(tags))
        scores[tags] = float(chain.start[tags[0]]) + moves + sum(float(emit[t, k]) for t, k in enumerate(tags))
    return scores


@pytest.mark.parametrize("seed", range(5))
def test_viterbi_and_marginals_agree_with_brute_force(seed: int) -> None:
    rng = np.random.default_rng(seed)
    chain, lengths = _chain(rng), np.array([4, 2, 1])
    emit = rng.normal(size=(3, 4, 5), scale=2).astype(np.float32)
    tags, likely = viterbi(emit, chain, lengths), marginals(emit, chain, lengths)
    for row, length in enumerate(lengths):
        scores = _all_scores(emit[row, :length], chain)
        assert tuple(tags[row, :length]) == max(scores, key=scores.__getitem__)
        weights = {k: np.exp(v) for k, v in scores.items()}
        total = sum(weights.values())
        for t in range(length):
            for k in range(5):
                expected = sum(w for path, w in weights.items() if path[t] == k) / total
                assert likely[row, t, k] == pytest.approx(expected, abs=1e-4)


def test_padding_changes_nothing() -> None:
    rng = np.random.default_rng(7)
    chain = _chain(rng)
    emit = rng.normal(size=(1, 6, 5)).astype(np.float32)
    padded = np.concatenate([emit, rng.normal(size=(1, 9, 5)).astype(np.float32)], axis=1)
    assert viterbi(emit, chain, np.array([6]))[0].tolist() == viterbi(padded, chain, np.array([6]))[0, :6].tolist()
    assert not viterbi(padded, chain, np.array([6]))[0, 6:].any()


@given(st.lists(st.integers(0, 2), max_size=30))
def test_runs_are_what_begins_and_goes_on(tags: list[int]) -> None:
    found = runs(np.array(tags, dtype=np.int64), 1, 2)
    assert [start for start, _ in found] == [i for i, tag in enumerate(tags) if tag == 1]
    for start, end in found:
        assert all(tag == 2 for tag in tags[start + 1 : end])
        assert end == len(tags) or tags[end] != 2


def test_no_content_tag_may_follow_a_source() -> None:
    _, no_move = forbidden(ROLE_TAGS)
    tag = ROLE_TAGS.index
    assert no_move[tag("B-source"), tag("I-content")]
    assert no_move[tag("O"), tag("I-source")]
    assert not no_move[tag("B-content"), tag("I-content")]


@pytest.mark.parametrize("seed", range(5))
def test_a_chain_falls_apart_where_nothing_is_plainly_best(seed: int) -> None:
    rng = np.random.default_rng(seed)
    chain, lengths = _chain(rng), np.array([40, 25])
    emit = rng.normal(size=(2, 40, 5)).astype(np.float32)
    emit[..., 0] += np.where(rng.random((2, 40)) < 0.8, 25.0, 0.0)
    whole, likely = viterbi(emit, chain, lengths), marginals(emit, chain, lengths)
    again, chance = np.zeros_like(whole), np.zeros_like(likely)
    chance[..., 0] = np.arange(40)[None, :] < lengths[:, None]
    for row, lo, hi in unsure_stretches(emit, lengths, margin=12.0):
        part, size = emit[row : row + 1, lo:hi], np.array([hi - lo])
        again[row, lo:hi], chance[row, lo:hi] = viterbi(part, chain, size)[0], marginals(part, chain, size)[0]
    assert again.tolist() == whole.tolist()
    assert np.allclose(chance, likely, atol=1e-3)
