"""The heads that find mentions and link them, and the documents they learn from.

Mentions: every stretch of words is typed, in the words of each data set by a softmax of its own (nested mentions
stay). Coreference: every mention is linked to one before it or to none (Lee et al. 2017), from the states of its two
ends (Kirstain et al. 2021) and the features of ``sayso.reader.likeness``.
Shapes: T sub-tokens of a text, P stretches, M mentions, K earlier mentions weighed for each.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks.clusters import Tally, f1
from benchmarks.corpora import SCHEMES, SHIPPED_GENRES, Document, Marked, columns, documents
from sayso.reader.encode import CLS, SEP, Tokens, tokenize
from sayso.reader.likeness import FEATURE_SIZES, antecedents, likeness, traits
from sayso.reader.mentions import WIDTHS, head_token, stretches, width_bucket

__all__ = [
    "WHO_WIDTH",
    "LinkHead",
    "MentionHead",
    "Text",
    "Windowed",
    "encoder_inputs",
    "own_documents",
    "text_groups",
    "text_of",
    "texts",
    "who_loss",
    "who_table",
    "windows_of",
]

MENTION_WIDTH, LINK_WIDTH, PAIR_WIDTH = 128, 128, 128
WHO_WIDTH = 2 * MENTION_WIDTH + 3 * LINK_WIDTH
MENTION_WEIGHT, LINK_WEIGHT = 0.6, 0.6
LINKED = frozenset({"gum", "meantime", "news"})  # sets that mark coreference
LABELS = sum(1 + len(types) for types in SCHEMES.values())


class MentionHead(nn.Module):
    """Types stretches from the states of their ends (T, 128 each): scores (P, all labels), "none" first in each set."""

    def __init__(self) -> None:
        super().__init__()
        self.width = nn.Embedding(WIDTHS, MENTION_WIDTH)
        self.norm = nn.LayerNorm(MENTION_WIDTH)
        self.labels = nn.Linear(MENTION_WIDTH, LABELS)
        with torch.no_grad():  # nearly every stretch is none
            for scheme in SCHEMES:
                self.labels.bias[columns(scheme).start] = 7.0

    def forward(self, start: Tensor, end: Tensor, first: Tensor, last: Tensor, width: Tensor) -> Tensor:
        return self.labels(torch.relu(self.norm(start[first] + end[last] + self.width(width))))


class LinkHead(nn.Module):
    """Scores (m, K) of links from mentions (m, C) to earlier ones (n, C), by states and features; no link scores 0."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(LINK_WIDTH)
        self.cross = nn.Linear(LINK_WIDTH, LINK_WIDTH)
        self.later = nn.Linear(LINK_WIDTH, PAIR_WIDTH)
        self.earlier = nn.Linear(LINK_WIDTH, PAIR_WIDTH, bias=False)
        self.tables = nn.ModuleList(nn.Embedding(size, PAIR_WIDTH) for size in FEATURE_SIZES)
        self.inner = nn.Linear(PAIR_WIDTH, PAIR_WIDTH // 2)
        self.out = nn.Linear(PAIR_WIDTH // 2, 1)
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.1)

    def forward(self, later: Tensor, earlier: Tensor, before: Tensor, features: Tensor) -> Tensor:
        one, other = torch.relu(self.norm(later)), torch.relu(self.norm(earlier))
        alike = (self.cross(one)[:, None, :] * other[before]).sum(-1) / LINK_WIDTH**0.5
        pair = self.later(one)[:, None, :] + self.earlier(other)[before]
        for number, table in enumerate(self.tables):
            pair = pair + table(features[..., number])
        return alike + self.out(torch.relu(self.inner(torch.relu(pair))))[..., 0]


class Reads(Protocol):
    """A model with the heads of this module."""

    mention: MentionHead
    link: LinkHead

    def states(self, texts: list[Text]) -> list[Tensor]:
        """Give the states (T, 640) of mentions and links of each text."""
        ...


class Encodes(Protocol):
    """A model with an encoder and the heads of this module."""

    mention: MentionHead
    link: LinkHead

    def encode(self, ids: Tensor, shape: Tensor, quote: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Give, last, the states (B, L, 640) of mentions and links."""
        ...


class Windowed:
    """Reads whole texts with a model, window by window; ``rng`` draws where the windows are cut."""

    def __init__(self, model: Encodes, size: int, rng: random.Random | None = None) -> None:
        self.mention, self.link = model.mention, model.link
        self._model, self._size, self._rng = model, size, rng

    def states(self, texts: list[Text]) -> list[Tensor]:
        """Give the states (T, 640) of mentions and links of each text."""
        return who_states(self._model, texts, self._size, self._rng)


@dataclass(frozen=True, slots=True)
class Text:
    """A document to learn from, in sub-tokens: its mentions (first, last, type number) and what each refers to."""

    document: Document
    tokens: Tokens
    spans: tuple[tuple[int, int], ...]
    types: tuple[int, ...]
    entities: tuple[str | None, ...]


def own_documents(folder: Path) -> list[Document]:
    """Read hand-made items: ``text`` and ``mentions`` as [start, end, type, entity] in code points.

    ``news.jsonl`` is marked in our own types, the others in those of GUM.
    """
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        scheme = "news" if path.stem == "news" else "gum"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            item = json.loads(line)
            mentions = tuple(Marked(*mention) for mention in item["mentions"])
            found.append(Document(f"{path.stem}-{number}", scheme, path.stem, item["text"], mentions))
    return found


def texts(data: Path, items: Path, tokenizer: Tokenizer) -> list[Text]:
    """Read all documents that weights which ship may learn from: of GUM only genres under CC BY and CC BY-SA."""
    every = [d for name in ("gum", "meantime", "re3d", "wikigold") for d in documents(data, name, "train")]
    every = [d for d in every if d.scheme != "gum" or d.genre in SHIPPED_GENRES]
    return [text_of(document, tokenizer) for document in (*every, *own_documents(items))]


def text_of(document: Document, tokenizer: Tokenizer) -> Text:
    tokens = tokenize(tokenizer, document.text)
    types = SCHEMES[document.scheme]
    known: dict[tuple[int, int], tuple[int, str | None]] = {}
    for mention in document.mentions:
        if mention.type in types:
            first, stop = tokens.locate(mention.start, mention.end)
            known.setdefault((first, stop - 1), (1 + types.index(mention.type), mention.entity))
    order = sorted(known, key=lambda span: (span[0], -span[1]))
    kinds, entities = (tuple(known[span][n] for span in order) for n in (0, 1))
    return Text(document, tokens, tuple(order), kinds, entities)  # type: ignore[arg-type]


def text_groups(texts: list[Text], limit: int, rng: random.Random) -> list[list[Text]]:
    """Group texts in random order, each group of about ``limit`` sub-tokens."""
    groups: list[list[Text]] = [[]]
    for text in rng.sample(texts, len(texts)):
        if sum(len(t.tokens) for t in groups[-1]) + len(text.tokens) > limit and groups[-1]:
            groups.append([])
        groups[-1].append(text)
    return groups


def windows_of(tokens: Tokens, size: int, rng: random.Random | None) -> list[tuple[int, int]]:
    """Cut a text into windows without overlap at sentence starts; the first is of random length in training."""
    edges, found, lo = tokens.boundaries.tolist(), [], 0
    room = rng.randint(size // 2, size) if rng else size
    while lo < len(tokens):
        hi = min(len(tokens), lo + room)
        if hi < len(tokens):
            hi = next((e for e in reversed(edges) if lo + room // 3 < e <= hi), hi)
        found.append((lo, hi))
        lo, room = hi, size
    return found


def encoder_inputs(windows: list[tuple[Tokens, int, int]]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Give the arrays (B, L) of the encoder for windows of texts."""
    size = max(hi - lo for _, lo, hi in windows) + 2
    ids, shape, quote = (np.zeros((len(windows), size), dtype=np.int64) for _ in range(3))
    mask = np.zeros((len(windows), size), dtype=np.float32)
    for row, (tokens, lo, hi) in enumerate(windows):
        n = hi - lo
        ids[row, 0], ids[row, n + 1] = CLS, SEP
        ids[row, 1 : n + 1], shape[row, 1 : n + 1] = tokens.ids[lo:hi], tokens.shape[lo:hi]
        quote[row, 1 : n + 1], mask[row, : n + 2] = tokens.quote[lo:hi], 1.0
    ids_, shape_, quote_, mask_ = (torch.from_numpy(a) for a in (ids, shape, quote, mask))
    return ids_, shape_, quote_, mask_


def who_states(model: Encodes, texts: list[Text], size: int, rng: random.Random | None = None) -> list[Tensor]:
    """Encode texts in windows and give the states (T, 640) of each."""
    cut = [(number, *w) for number, text in enumerate(texts) for w in windows_of(text.tokens, size, rng)]
    _, _, who = model.encode(*encoder_inputs([(texts[number].tokens, lo, hi) for number, lo, hi in cut]))
    return [
        torch.cat([who[row, 1 : hi - lo + 1] for row, (of, lo, hi) in enumerate(cut) if of == number])
        for number in range(len(texts))
    ]


def split_states(who: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Part the states (T, 640) into starts and ends of mentions, and those of links: starts, ends and heads."""
    start, end, link = who.split([MENTION_WIDTH, MENTION_WIDTH, 3 * LINK_WIDTH], dim=-1)
    return start, end, link


def mention_scores(head: MentionHead, who: Tensor, tokens: Tokens) -> tuple[NDArray[np.int64], Tensor]:
    """Give every stretch of a text (P, 2) and its scores (P, labels)."""
    first, last, words = stretches(tokens, 0, len(tokens))
    start, end, _ = split_states(who)
    scores = head(start, end, *(torch.from_numpy(a) for a in (first, last, width_bucket(words))))
    return np.stack([first, last], axis=1), scores


def who_loss(model: Reads, texts: list[Text]) -> tuple[Tensor, dict[str, float]]:
    """Mean loss of texts: of the types of their stretches and, where marked, of the links between their mentions."""
    losses, parts = [], {"mention": 0.0, "link": 0.0}
    for text, who in zip(texts, model.states(texts), strict=True):
        places, every = mention_scores(model.mention, who, text.tokens)
        scores = every[:, columns(text.document.scheme)].float()
        known = dict(zip(text.spans, text.types, strict=True))
        gold = torch.tensor([known.get((a, b), 0) for a, b in places.tolist()])
        marked = max(1.0, float((gold > 0).sum()) + 4)
        mention = F.cross_entropy(scores, gold, reduction="sum") / marked
        losses.append(MENTION_WEIGHT * mention)
        parts["mention"] += mention.item() / len(texts)
        if text.document.scheme in LINKED:
            entity = dict(zip(text.spans, text.entities, strict=True))
            for first, last in places[(scores.detach().argmax(-1) > 0).numpy()].tolist():
                entity.setdefault((first, last), None)  # what is wrongly taken for a mention is to stay alone
            spans = sorted(entity, key=lambda span: (span[0], -span[1]))
            score, before = link_scores(model.link, who, text, spans, sorts_of(places, every, spans))
            linked = _link_loss(score.float(), before, [entity[span] for span in spans])
            parts["link"] += linked.item() / len(texts)
            losses.append(LINK_WEIGHT * linked)
    return torch.stack(losses).sum() / len(texts), parts


def sorts_of(places: NDArray[np.int64], scores: Tensor, spans: list[tuple[int, int]]) -> list[int]:
    """Give the type, in GUM's terms, that the network thinks each mention is of; 0 for those it did not score."""
    best = scores.detach()[:, columns("gum")].argmax(-1).tolist()
    known = {(a, b): kind for (a, b), kind in zip(places.tolist(), best, strict=True)}
    return [known.get(span, 0) for span in spans]


def link_scores(
    link: LinkHead, who: Tensor, text: Text, spans: list[tuple[int, int]], sorts: list[int]
) -> tuple[Tensor, NDArray[np.int64]]:
    """Give the scores (M, K) of links between mentions (token ranges, inclusive), and to which earlier ones they go."""
    tokens, words = text.tokens, text.document.text
    places = [(int(tokens.starts[a]), int(tokens.ends[b])) for a, b in spans]
    seen = traits(words, places, sorts, text.document.turns)
    before = antecedents(seen)
    features = likeness(words, seen, before)
    start, end, head = split_states(who)[2].split(LINK_WIDTH, dim=-1)
    heads = [head_token(words, tokens, a, b) for a, b in spans]
    states = start[[a for a, _ in spans]] + end[[b for _, b in spans]] + head[heads]
    return link(states, states, torch.from_numpy(np.maximum(before, 0)), torch.from_numpy(features)), before


def _link_loss(score: Tensor, before: NDArray[np.int64], entities: list[str | None]) -> Tensor:
    """Minus the log probability of all right antecedents together, none where there is none (Lee et al. 2017)."""
    ids = {name: number for number, name in enumerate({e for e in entities if e is not None})}
    of = np.array([ids.get(e, -1) if e is not None else -1 for e in entities])
    right = (of[np.maximum(before, 0)] == of[:, None]) & (before >= 0) & (of[:, None] >= 0)
    score = score.masked_fill(torch.from_numpy(before < 0), -1e4)
    none = score.new_zeros(len(score), 1)
    every = torch.logsumexp(torch.cat([none, score], dim=1), dim=1)
    marked = torch.from_numpy(right)
    goal = torch.where(marked.any(1), torch.logsumexp(score.masked_fill(~marked, -1e4), dim=1), torch.zeros_like(every))
    return (every - goal).mean()


def linked_clusters(
    score: NDArray[np.float32], before: NDArray[np.int64], spans: list[tuple[int, int]]
) -> list[set[tuple[int, int]]]:
    """Link every mention to its best earlier one, where that is better than none; singletons are left out."""
    score = np.where(before >= 0, score, -np.inf)
    of: dict[int, int] = {}
    clusters: list[set[tuple[int, int]]] = []
    for i, best in enumerate(score.argmax(-1)):
        if score[i, best] > 0:
            j = int(before[i, best])
            if j not in of:
                of[j] = len(clusters)
                clusters.append({spans[j]})
            of[i] = of[j]
            clusters[of[j]].add(spans[i])
    return clusters


def who_table(model: Reads, texts: list[Text]) -> dict[str, float]:
    """Score dev texts: F1 of mentions and CoNLL F1, end to end and with gold mentions; in percent."""
    end_to_end, given = Tally(), Tally()
    found = marked = right = 0
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for text in texts:
            [who] = model.states([text])
            places, scores = mention_scores(model.mention, who, text.tokens)
            kinds = scores[:, columns(text.document.scheme)].argmax(-1).numpy()
            guessed = {(int(a), int(b)): int(k) for (a, b), k in zip(places, kinds, strict=True) if k}
            known = dict(zip(text.spans, text.types, strict=True))
            found, marked = found + len(guessed), marked + len(known)
            right += sum(known.get(span) == kind for span, kind in guessed.items())
            if text.document.scheme not in LINKED:
                continue
            by_entity: dict[str, set[tuple[int, int]]] = {}
            for span, entity in zip(text.spans, text.entities, strict=True):
                by_entity.setdefault(entity or str(span), set()).add(span)
            gold = [cluster for cluster in by_entity.values() if len(cluster) > 1]
            for tally, spans in ((end_to_end, list(guessed)), (given, list(known))):
                spans.sort(key=lambda span: (span[0], -span[1]))
                score, before = link_scores(model.link, who, text, spans, sorts_of(places, scores, spans))
                tally.add(gold, linked_clusters(score.float().numpy(), before, spans))
    return {
        "mention_f1": round(100 * f1(right / max(marked, 1), right / max(found, 1)), 1),
        "conll": round(end_to_end.scores()["conll"][2], 1),
        "conll_gold_mentions": round(given.scores()["conll"][2], 1),
    }
