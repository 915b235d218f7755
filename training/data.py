"""PolNeAR → training windows with gold tags.

Reads ``FOLDER/polnear-<split>.jsonl.gz``: one annotated copy of an article a line, with ``text`` and
``attributions`` whose ``source``, ``cue`` and ``content`` are lists of [start, end) in code points.
"""

from __future__ import annotations

import gzip
import json
import random
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from sayso.knowledge.force import classify
from sayso.reader.encode import CLS, SEP, Tokens, tokenize
from sayso.reader.scheme import CUE_TAGS, LEFT_REACH, RIGHT_REACH, ROLE_TAGS, relative_bucket
from sayso.reader.segment import sentence_starts
from sayso.record import FORCES

__all__ = [
    "Article",
    "Batch",
    "Gold",
    "Lesson",
    "batches",
    "grouped",
    "load",
    "load_items",
    "read_jsonl",
    "taught",
]

LISTED_FORCE = 0.25  # weight of a force that a word list gave, against one that a person gave
STRAIGHT = str.maketrans("“”‘’", "\"\"''")


Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Gold:
    """One attribution to learn, in token ranges; ``inner`` says that it lies inside the content of another.

    ``soft`` (T, 5) are a teacher's probabilities of the role tags from the token ``soft_at`` on. ``force`` numbers its
    force (−1: not known) and ``sure`` weighs it: 1 where a person labelled it, less where a word list did.
    """

    cue: Range
    source: list[Range]
    content: list[Range]
    inner: bool = False
    soft: NDArray[np.float16] | None = None
    soft_at: int = 0
    force: int = -1
    sure: float = 0.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a teacher says of one text: ``cue`` (n, 3), its probabilities of O, B and I, and attributions.

    ``roles`` are attributions by cue, with soft roles: those an annotator marked or, without annotation, the teacher.
    """

    cue: NDArray[np.float16]
    roles: dict[Range, Gold]
    inner: list[Gold]


@dataclass(frozen=True, slots=True)
class Article:
    """One annotated copy: its tokens, twice (as written; with straight quotation marks), and what to learn.

    ``cue`` (n, 3) are a teacher's probabilities of the outermost cue tags, if one was asked.
    """

    text: str
    variants: tuple[Tokens, Tokens]
    gold: list[Gold]
    cue: NDArray[np.float16] | None = None
    annotated: bool = True


@dataclass(frozen=True, slots=True)
class Batch:
    """B windows and the N cues in them, padded; see ``training.model`` for the shapes."""

    ids: Tensor
    shape: Tensor
    quote: Tensor
    mask: Tensor
    cue_gold: Tensor  # (B, L − 1): without [CLS]
    cue_soft: Tensor  # (B, L − 1, K): what is to be learnt of each token
    cue_mask: Tensor
    rows: Tensor  # (N,)
    first: Tensor
    last: Tensor
    positions: Tensor  # (N, T), clipped to the window
    relative: Tensor
    role_mask: Tensor
    role_gold: Tensor
    role_soft: Tensor  # (N, T, 5)
    force: Tensor  # (N,)
    sure: Tensor  # (N,), 0 where the force is not known


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Read a gzipped file of one JSON object a line."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def load(path: Path, tokenizer: Tokenizer, lessons: dict[str, Lesson] | None = None) -> list[Article]:
    """Tokenise every annotated copy and bring its gold to token ranges; attributions without a cue are left out.

    ``lessons`` by text add a teacher's probabilities and the attributions inside contents.
    """
    articles = []
    for row in read_jsonl(path):
        text = row["text"]
        tokens = tokenize(tokenizer, text)
        lesson = (lessons or {}).get(text)
        gold = []
        for attribution in row["attributions"]:
            if not attribution["cue"]:
                continue
            cue = tokens.locate(attribution["cue"][0][0], attribution["cue"][-1][1])
            source, content = ([tokens.locate(s, e) for s, e in attribution[role]] for role in ("source", "content"))
            told = lesson.roles.get(cue) if lesson else None
            soft, soft_at = (told.soft, told.soft_at) if told else (None, 0)
            gold.append(Gold(cue, source, content, soft=soft, soft_at=soft_at))
        if lesson:
            gold += [g for g in lesson.inner if not any(g.cue[0] < o.cue[1] and o.cue[0] < g.cue[1] for o in gold)]
        gold = _with_listed_force(text, tokens, gold)
        articles.append(Article(text, _variants(tokenizer, text, tokens), gold, lesson.cue if lesson else None))
    return articles


def load_items(folder: Path, tokenizer: Tokenizer) -> list[Article]:
    """Read the hand-made items of a folder: every level marked, each statement with its force."""
    articles = []
    for line in (line for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()):
        item = json.loads(line)
        tokens = tokenize(tokenizer, item["text"])
        gold = []
        for s in item["statements"]:
            cue, *source = (tokens.locate(*span[:2]) for span in (s["cue"], s["source"]) if span)
            content = [tokens.locate(*span[:2]) for span in s["content"]]
            inner = s["inside"] is not None
            gold.append(Gold(cue, source, content, inner=inner, force=FORCES.index(s["force"]), sure=1.0))
        articles.append(Article(item["text"], _variants(tokenizer, item["text"], tokens), gold))
    return articles


def _with_listed_force(text: str, tokens: Tokens, every: list[Gold]) -> list[Gold]:
    """Add the force that the list of cues gives, where it knows the cue."""
    sentences = sentence_starts(text)
    known = []
    for gold in every:
        start, end = int(tokens.starts[gold.cue[0]]), int(tokens.ends[gold.cue[1] - 1])
        sentence = sentences[bisect_right(sentences, start) - 1]
        content = " ".join(text[tokens.starts[a] : tokens.ends[b - 1]] for a, b in gold.content)
        reading = classify(text[start:end], text[sentence:start], content)
        force = FORCES.index(reading.force) if reading.entry is not None else -1
        known.append(replace(gold, force=force, sure=LISTED_FORCE if force >= 0 else 0.0))
    return known


def taught(tokenizer: Tokenizer, lessons: dict[str, Lesson]) -> list[Article]:
    """Give texts that nobody annotated, to be learnt from a teacher alone."""
    articles = []
    for text, lesson in lessons.items():
        tokens = tokenize(tokenizer, text)
        gold = _with_listed_force(text, tokens, [*lesson.roles.values(), *lesson.inner])
        articles.append(Article(text, _variants(tokenizer, text, tokens), gold, lesson.cue, annotated=False))
    return articles


def _variants(tokenizer: Tokenizer, text: str, tokens: Tokens) -> tuple[Tokens, Tokens]:
    straight = tokenize(tokenizer, text.translate(STRAIGHT))
    return tokens, straight if np.array_equal(tokens.starts, straight.starts) else tokens


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


def _collate(windows: list[tuple[Article, Tokens, int, int]], trust: float) -> Batch:
    size = max(hi - lo for *_, lo, hi in windows) + 2
    ids, shape, quote = (np.zeros((len(windows), size), dtype=np.int64) for _ in range(3))
    mask = np.zeros((len(windows), size), dtype=np.float32)
    cue_gold = np.zeros((len(windows), size - 1), dtype=np.int64)
    cue_soft = np.zeros((len(windows), size - 1, len(CUE_TAGS)), dtype=np.float32)
    cues: list[tuple[int, Gold, int]] = []  # row, attribution, where its window begins
    for row, (article, tokens, lo, hi) in enumerate(windows):
        n = hi - lo
        ids[row, 0], ids[row, n + 1] = CLS, SEP
        ids[row, 1 : n + 1], shape[row, 1 : n + 1] = tokens.ids[lo:hi], tokens.shape[lo:hi]
        quote[row, 1 : n + 1], mask[row, : n + 2] = tokens.quote[lo:hi], 1.0
        for gold in article.gold:
            a, b = gold.cue
            if lo <= a and b <= hi:
                begin = 3 if gold.inner else 1
                cue_gold[row, a - lo] = begin
                cue_gold[row, a - lo + 1 : b - lo] = begin + 1
                cues.append((row, gold, lo))
        cue_soft[row, :n] = _cue_soft(article, cue_gold[row, :n], lo, hi, trust)
    lengths = np.array([hi - lo for *_, lo, hi in windows])
    rows = np.array([row for row, _, _ in cues] or [0], dtype=np.int64)
    first = np.array([gold.cue[0] - lo for _, gold, lo in cues] or [0], dtype=np.int64)
    last = np.array([gold.cue[1] - lo - 1 for _, gold, lo in cues] or [0], dtype=np.int64)
    left = np.maximum(0, first - LEFT_REACH)
    right = np.minimum(lengths[rows], last + 1 + RIGHT_REACH)
    positions = left[:, None] + np.arange(int((right - left).max()))[None]
    role_mask = (positions < right[:, None]).astype(np.float32) * bool(cues)
    role_gold = np.zeros(positions.shape, dtype=np.int64)
    role_soft = np.zeros((*positions.shape, len(ROLE_TAGS)), dtype=np.float32)
    for i, (row, gold, lo) in enumerate(cues):
        span = (int(left[i]) + lo, int(right[i]) + lo)
        role_gold[i] = _role_tags(gold, *span, positions.shape[1])
        role_soft[i] = _role_soft(gold, role_gold[i], *span, trust if windows[row][0].annotated else 1.0)
    cue_mask = (np.arange(size - 1)[None] < lengths[:, None]).astype(np.float32)
    clipped = np.minimum(positions, lengths[rows][:, None] - 1)
    relative = relative_bucket(positions, first, last)
    arrays = (ids, shape, quote, mask, cue_gold, cue_soft, cue_mask, rows, first, last)
    force = np.array([max(gold.force, 0) for _, gold, _ in cues] or [0], dtype=np.int64)
    sure = np.array([gold.sure for _, gold, _ in cues] or [0.0], dtype=np.float32)
    arrays = (*arrays, clipped, relative, role_mask, role_gold, role_soft, force, sure)
    return Batch(*(torch.from_numpy(np.ascontiguousarray(a)) for a in arrays))


def _cue_soft(article: Article, gold: NDArray[np.int64], lo: int, hi: int, trust: float) -> NDArray[np.float32]:
    """Mix what was marked with what the teacher says of outermost cues; inner ones keep what was marked."""
    marked = np.eye(len(CUE_TAGS), dtype=np.float32)[gold]
    if article.cue is None:
        return marked
    share = trust if article.annotated else 1.0
    outer = gold < 3
    mixed = (1 - share) * marked
    mixed[:, :3] += share * article.cue[lo:hi]
    return np.where(outer[:, None], mixed, marked)


def _role_tags(gold: Gold, lo: int, hi: int, length: int) -> NDArray[np.int64]:
    """Give the role tags of the tokens ``lo`` to ``hi``, padded; where roles overlap the source wins."""
    tags = np.zeros(length, dtype=np.int64)
    for begin, role in ((3, gold.content), (1, gold.source)):
        for s, e in role:
            s, e = max(s, lo) - lo, min(e, hi) - lo
            if s < e:
                tags[s], tags[s + 1 : e] = begin, begin + 1
    orphans = (tags[1:] == 4) & (tags[:-1] < 3)  # a source written over a content may leave its tail without a head
    tags[1:][orphans] = 3
    return tags


def _role_soft(gold: Gold, tags: NDArray[np.int64], lo: int, hi: int, trust: float) -> NDArray[np.float32]:
    marked = np.eye(len(ROLE_TAGS), dtype=np.float32)[tags]
    if gold.soft is None:
        return marked
    start, stop = max(lo, gold.soft_at), min(hi, gold.soft_at + len(gold.soft))
    if start < stop:
        said = gold.soft[start - gold.soft_at : stop - gold.soft_at].astype(np.float32)
        part = slice(start - lo, stop - lo)
        marked[part] = (1 - trust) * marked[part] + trust * said
    return marked


Windows = list[tuple[Article, Tokens, int, int]]


def grouped(articles: list[Article], *, size: int, batch: int, straight: float, rng: random.Random) -> list[Windows]:
    """Cut every article anew and group windows of like length, in random order.

    ``straight`` is the share of articles read with straight quotation marks. A group holds as many windows as
    ``batch`` windows of ``size`` have sub-tokens, at most eight times as many.
    """
    cut = [
        (article, tokens, lo, hi)
        for article in articles
        for tokens in [article.variants[rng.random() < straight]]
        for lo, hi in _cut(tokens, size, rng)
    ]
    cut.sort(key=lambda w: w[3] - w[2] + rng.random() * 24)
    groups: list[Windows] = [[]]
    longest = 0
    for window in cut:
        longest = max(longest, window[3] - window[2])
        if longest * (len(groups[-1]) + 1) > batch * size or len(groups[-1]) == 8 * batch:
            groups.append([])
            longest = window[3] - window[2]
        groups[-1].append(window)
    rng.shuffle(groups)
    return groups


def batches(groups: list[Windows], *, trust: float = 0.0) -> Iterator[Batch]:
    """Give the batches of an epoch; ``trust`` is the weight of a teacher where there is an annotation, too."""
    return (_collate(group, trust) for group in groups if group)
