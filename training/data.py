"""PolNeAR → training windows with gold tags.

Reads ``FOLDER/polnear-<split>.jsonl.gz``: one annotated copy of an article a line, with ``text`` and
``attributions`` whose ``source``, ``cue`` and ``content`` are lists of [start, end) in code points.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from sayso.knowledge.force import cue_words
from sayso.knowledge.grammar import words_of
from sayso.reader.encode import CLS, SEP, Tokens, tokenize
from sayso.reader.scheme import LEFT_REACH, RIGHT_REACH, relative_bucket

__all__ = ["Article", "Batch", "batches", "load", "quiet_words", "read_jsonl"]

STRAIGHT = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True, slots=True)
class Article:
    """One annotated copy: its tokens, twice (as written; with straight quotation marks), and its gold."""

    text: str
    variants: tuple[Tokens, Tokens]
    gold: list[tuple[tuple[int, int], list[tuple[int, int]], list[tuple[int, int]]]]  # cue, source, content: tokens


@dataclass(frozen=True, slots=True)
class Batch:
    """B windows and the N cues in them, padded; see ``training.model`` for the shapes."""

    ids: Tensor
    shape: Tensor
    quote: Tensor
    mask: Tensor
    cue_gold: Tensor  # (B, L − 1): without [CLS]
    cue_mask: Tensor
    rows: Tensor  # (N,)
    first: Tensor
    last: Tensor
    positions: Tensor  # (N, T), clipped to the window
    relative: Tensor
    role_mask: Tensor
    role_gold: Tensor


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Read a gzipped file of one JSON object a line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def load(path: Path, tokenizer: Tokenizer) -> list[Article]:
    """Tokenise every annotated copy and bring its gold to token ranges; attributions without a cue are left out."""
    articles = []
    for row in read_jsonl(path):
        tokens = tokenize(tokenizer, row["text"])
        straight = tokenize(tokenizer, row["text"].translate(STRAIGHT))
        if not np.array_equal(tokens.starts, straight.starts):
            straight = tokens
        gold = []
        for attribution in row["attributions"]:
            if not attribution["cue"]:
                continue
            cue = tokens.locate(attribution["cue"][0][0], attribution["cue"][-1][1])
            source, content = ([tokens.locate(s, e) for s, e in attribution[role]] for role in ("source", "content"))
            gold.append((cue, source, content))
        articles.append(Article(row["text"], (tokens, straight), gold))
    return articles


def quiet_words(rows: list[dict[str, Any]], *, seen: int = 20, share: float = 0.05) -> list[str]:
    """Give the words of the lexicon of cues that were seen often and hardly ever inside a cue, sorted."""
    met: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for row in rows:
        met.update(words_of(row["text"]))
        for attribution in row["attributions"]:
            for start, end in attribution["cue"]:
                inside.update(words_of(row["text"][start:end]))
    return sorted(word for word in cue_words() if met[word] >= seen and inside[word] < share * met[word])


def _cut(tokens: Tokens, size: int, rng: random.Random) -> Iterator[tuple[int, int]]:
    """Cut a text at sentence starts into windows of at most ``size``; the first is of random length."""
    lo, n = 0, len(tokens)
    room = rng.randint(size // 3, size)
    edges = tokens.boundaries.tolist()
    while lo < n:
        hi = min(n, lo + room)
        if hi < n:
            hi = next((e for e in reversed(edges) if lo + room // 2 < e <= hi), hi)
        yield lo, hi
        lo, room = hi, size


def _collate(windows: list[tuple[Article, Tokens, int, int]]) -> Batch:
    size = max(hi - lo for *_, lo, hi in windows) + 2
    ids, shape, quote = (np.zeros((len(windows), size), dtype=np.int64) for _ in range(3))
    mask = np.zeros((len(windows), size), dtype=np.float32)
    cue_gold = np.zeros((len(windows), size - 1), dtype=np.int64)
    cues: list[tuple[int, int, int, list[tuple[int, int]], list[tuple[int, int]]]] = []
    for row, (article, tokens, lo, hi) in enumerate(windows):
        n = hi - lo
        ids[row, 0], ids[row, n + 1] = CLS, SEP
        ids[row, 1 : n + 1], shape[row, 1 : n + 1] = tokens.ids[lo:hi], tokens.shape[lo:hi]
        quote[row, 1 : n + 1], mask[row, : n + 2] = tokens.quote[lo:hi], 1.0
        for (a, b), source, content in article.gold:
            if lo <= a and b <= hi:
                cue_gold[row, a - lo] = 1
                cue_gold[row, a - lo + 1 : b - lo] = 2
                shifted = [[(s - lo, e - lo) for s, e in role] for role in (source, content)]
                cues.append((row, a - lo, b - lo - 1, shifted[0], shifted[1]))
    lengths = np.array([hi - lo for *_, lo, hi in windows])
    n_cues = max(1, len(cues))
    rows, first, last = (np.array([c[i] for c in cues] or [0], dtype=np.int64) for i in range(3))
    left = np.maximum(0, first - LEFT_REACH)
    right = np.minimum(lengths[rows], last + 1 + RIGHT_REACH)
    positions = left[:, None] + np.arange(int((right - left).max()))[None]
    role_mask = (positions < right[:, None]).astype(np.float32)
    role_gold = np.zeros((n_cues, positions.shape[1]), dtype=np.int64)
    for i, (_, _, _, source, content) in enumerate(cues):
        for begin, role in ((3, content), (1, source)):
            for s, e in role:
                s, e = max(s, int(left[i])) - left[i], min(e, int(right[i])) - left[i]
                if s < e:
                    role_gold[i, s], role_gold[i, s + 1 : e] = begin, begin + 1
        for j in range(1, role_gold.shape[1]):  # a source written over a content may leave its tail without a head
            if role_gold[i, j] == 4 and role_gold[i, j - 1] not in (3, 4):
                role_gold[i, j] = 3
    if not cues:
        role_mask[:] = 0.0
    cue_mask = (np.arange(size - 1)[None] < lengths[:, None]).astype(np.float32)
    arrays = (ids, shape, quote, mask, cue_gold, cue_mask, rows, first, last)
    clipped = np.minimum(positions, lengths[rows][:, None] - 1)
    relative = relative_bucket(positions, first, last)
    return Batch(
        *(torch.from_numpy(np.ascontiguousarray(a)) for a in (*arrays, clipped, relative, role_mask, role_gold))
    )


def batches(articles: list[Article], *, size: int, batch: int, straight: float, rng: random.Random) -> Iterator[Batch]:
    """Give one epoch: every article cut anew, windows of like length together, batches in random order.

    ``straight`` is the share of articles read with straight quotation marks.
    """
    cut = [
        (article, tokens, lo, hi)
        for article in articles
        for tokens in [article.variants[rng.random() < straight]]
        for lo, hi in _cut(tokens, size, rng)
    ]
    cut.sort(key=lambda w: w[3] - w[2] + rng.random() * 24)
    groups = [cut[i : i + batch] for i in range(0, len(cut), batch)]
    rng.shuffle(groups)
    for group in groups:
        yield _collate(group)
