"""Texts → attributions: the cues the network finds and, for each, its source and content.

This is the model's own reading of a text, without nesting, force or speakers; ``statements`` builds on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sayso.reader.decode import Chain, marginals, runs, viterbi
from sayso.reader.encode import CLS, PAD, SEP, Tokens, Window, windows
from sayso.reader.scheme import LEFT_REACH, RIGHT_REACH, relative_bucket
from sayso.reader.segment import sentence_starts

__all__ = ["Attribution", "Network", "Reach", "find_attributions"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Range = tuple[int, int]


class Network(Protocol):
    """What computes the scores: ONNX in use, torch in training."""

    cue_chain: Chain
    role_chain: Chain

    def encode(self, ids: Ints, shape: Ints, quote: Ints, mask: Floats) -> tuple[Floats, Floats]:
        """Give cue emissions (B, L, 3) and role states (B, L, 3·D)."""
        ...

    def roles(self, value: Floats, gate: Floats, shift: Floats, relative: Ints, mask: Floats) -> Floats:
        """Give role emissions (N, T, 5)."""
        ...


@dataclass(frozen=True, slots=True)
class Reach:
    """How a text is cut and how readily a cue is taken; all sizes in sub-tokens.

    ``eagerness`` is added against the O tag of the cue head: above 0 finds more cues, below 0 fewer.
    """

    window: int = 382
    left: int = 64
    right: int = 48
    eagerness: float = 0.0
    batch: int = 3072


@dataclass(frozen=True, slots=True)
class Attribution:
    """One cue with its roles, as half-open character ranges of the text it was found in.

    ``cue_score`` and ``role_score`` are probabilities of the decoded cue and roles, not yet calibrated.
    """

    cue: Range
    source: tuple[Range, ...]
    content: tuple[Range, ...]
    cue_score: float
    role_score: float


def find_attributions(
    network: Network, texts: Sequence[str], tokens: Sequence[Tokens], reach: Reach
) -> list[list[Attribution]]:
    """Find the attributions of each text, in the order of their cues.

    A cue for which neither source nor content is found is no attribution and is left out.
    """
    jobs = [
        (number, window)
        for number, text_tokens in enumerate(tokens)
        for window in windows(text_tokens, size=reach.window, left=reach.left, right=reach.right)
    ]
    found: list[list[Attribution]] = [[] for _ in texts]
    for batch in _batches(jobs, reach.batch):
        for number, attribution in _read_batch(network, batch, texts, tokens, reach):
            found[number].append(attribution)
    return [sorted(each, key=lambda a: a.cue) for each in found]


def _batches(jobs: list[tuple[int, Window]], limit: int) -> Iterator[list[tuple[int, Window]]]:
    """Group windows of like length, so that little is padded, up to ``limit`` positions a batch."""
    batch: list[tuple[int, Window]] = []
    shortest = 0
    for job in sorted(jobs, key=lambda j: j[1].hi - j[1].lo):
        length = job[1].hi - job[1].lo + 2
        if batch and (length * (len(batch) + 1) > limit or length > 1.25 * shortest + 4):
            yield batch
            batch = []
        if not batch:
            shortest = length
        batch.append(job)
    if batch:
        yield batch


def _read_batch(
    network: Network, batch: list[tuple[int, Window]], texts: Sequence[str], tokens: Sequence[Tokens], reach: Reach
) -> Iterator[tuple[int, Attribution]]:
    lengths = np.array([window.hi - window.lo for _, window in batch])
    size = int(lengths.max()) + 2
    ids = np.full((len(batch), size), PAD, dtype=np.int64)
    shape, quote = np.zeros_like(ids), np.zeros_like(ids)
    mask = np.zeros(ids.shape, dtype=np.float32)
    for row, (number, w) in enumerate(batch):
        end = int(lengths[row]) + 1
        ids[row, 0], ids[row, end] = CLS, SEP
        ids[row, 1:end] = tokens[number].ids[w.lo : w.hi]
        shape[row, 1:end] = tokens[number].shape[w.lo : w.hi]
        quote[row, 1:end] = tokens[number].quote[w.lo : w.hi]
        mask[row, : end + 1] = 1.0
    emit, states = network.encode(ids, shape, quote, mask)
    emit = emit[:, 1:].astype(np.float32)
    emit[:, :, 0] -= reach.eagerness
    tags = viterbi(emit, network.cue_chain, lengths)
    if not tags.any():
        return
    likely = marginals(emit, network.cue_chain, lengths)
    cues: list[tuple[int, int, int, float]] = []  # row, first, last (inclusive, within the window), score
    for row, (_, w) in enumerate(batch):
        for lo, hi in runs(tags[row, : lengths[row]], 1, 2):
            if w.core_lo <= w.lo + lo < w.core_hi:
                score = float(min(likely[row, lo, 1], *(1.0 - likely[row, lo:hi, 0])))
                cues.append((row, lo, hi - 1, score))
    for start in range(0, len(cues), 64):
        yield from _read_roles(network, cues[start : start + 64], batch, lengths, states[:, 1:], texts, tokens)


def _read_roles(
    network: Network,
    cues: list[tuple[int, int, int, float]],
    batch: list[tuple[int, Window]],
    lengths: Ints,
    states: Floats,
    texts: Sequence[str],
    tokens: Sequence[Tokens],
) -> Iterator[tuple[int, Attribution]]:
    rows, first, last = (np.array([cue[i] for cue in cues]) for i in range(3))
    left = np.maximum(0, first - LEFT_REACH)
    right = np.minimum(lengths[rows], last + 1 + RIGHT_REACH)
    span = right - left
    positions = left[:, None] + np.arange(int(span.max()))[None, :]
    mask = (positions < right[:, None]).astype(np.float32)
    inside = np.minimum(positions, lengths[rows][:, None] - 1)
    depth = states.shape[-1] // 3
    value = states[rows[:, None], inside, :depth]
    ends = (states[rows, first, depth:] + states[rows, last, depth:]) / 2
    emit = network.roles(
        np.ascontiguousarray(value),
        np.ascontiguousarray(ends[:, :depth]),
        np.ascontiguousarray(ends[:, depth:]),
        relative_bucket(positions, first, last),
        mask,
    ).astype(np.float32)
    tags = viterbi(emit, network.role_chain, span)
    likely = np.take_along_axis(marginals(emit, network.role_chain, span), tags[..., None], -1)[..., 0]
    for i, (row, lo, hi, score) in enumerate(cues):
        number, window = batch[row]
        offset = window.lo + int(left[i])
        source = [(a + offset, b + offset) for a, b in runs(tags[i], 1, 2)]
        content = [(a + offset, b + offset) for a, b in runs(tags[i], 3, 4)]
        if not source and not content:
            continue
        at_edge = right[i] < lengths[row] and bool(content) and content[-1][1] == offset + span[i]
        marked = np.flatnonzero(tags[i])
        attribution = _to_characters(
            texts[number],
            tokens[number],
            (window.lo + lo, window.lo + hi + 1),
            source,
            content,
            score,
            float(likely[i, marked].min()),
        )
        yield number, _run_on(texts[number], attribution) if at_edge else attribution


def _lines(text: str, start: int, end: int) -> list[Range]:
    """Cut a range at line breaks: a content that runs over paragraphs is in pieces, one a paragraph."""
    pieces = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+", text[start:end])]
    stripped = [
        (lo + len(text[lo:hi]) - len(text[lo:hi].lstrip()), lo + len(text[lo:hi].rstrip())) for lo, hi in pieces
    ]
    return [(lo, hi) for lo, hi in stripped if lo < hi]


def _to_characters(
    text: str,
    tokens: Tokens,
    cue: Range,
    source: list[Range],
    content: list[Range],
    cue_score: float,
    role_score: float,
) -> Attribution:
    """Turn token ranges into character ranges that do not cut a word."""

    def whole_words(lo: int, hi: int) -> Range:
        while lo > 0 and tokens.word[lo - 1] == tokens.word[lo]:
            lo -= 1
        while hi < len(tokens) and tokens.word[hi] == tokens.word[hi - 1]:
            hi += 1
        return int(tokens.starts[lo]), int(tokens.ends[hi - 1])

    return Attribution(
        cue=whole_words(*cue),
        source=tuple(whole_words(*each) for each in source),
        content=tuple(line for each in content for line in _lines(text, *whole_words(*each))),
        cue_score=cue_score,
        role_score=role_score,
    )


def _run_on(text: str, attribution: Attribution) -> Attribution:
    """Let a content that was cut off by the reach of the role head go on to the end of its sentence."""
    start, end = attribution.content[-1]
    paragraph = text.find("\n", end)
    limit = len(text) if paragraph < 0 else paragraph
    nearby = [end + s for s in sentence_starts(text[end:limit]) if s > 0]
    stop = nearby[0] if nearby else limit
    stop = end + len(text[end:stop].rstrip())
    return replace(attribution, content=(*attribution.content[:-1], (start, max(end, stop))))
