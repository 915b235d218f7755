"""Texts → attributions: the cues the network finds and, for each, its source and content.

This is the model's own reading of a text, without nesting, force or speakers; ``read`` builds on it.
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
from sayso.reader.scheme import CUE_TAGS, LEFT_REACH, RIGHT_REACH, ROLE_TAGS, relative_bucket
from sayso.reader.segment import sentence_starts

__all__ = ["Attribution", "Network", "Reach", "find_attributions"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Range = tuple[int, int]

_BLOCK = 24  # windows whose states are held at a time: some 30 MB
_ROLE_BATCH = 8  # cues a call of the role head: more no longer fit the cache of one core
# Most roles lie this near; looking there first halves the cost of the role head and costs 0.2 points on dev.
_NEAR_REACH = (48, 80)


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
    left: int = 48
    right: int = 32
    eagerness: float = 0.0
    batch: int = 1600


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
        _Job(number, window)
        for number, text_tokens in enumerate(tokens)
        for window in windows(text_tokens, size=reach.window, left=reach.left, right=reach.right)
    ]
    jobs.sort(key=lambda job: job.length)
    found: list[list[Attribution]] = [[] for _ in texts]
    for start in range(0, len(jobs), _BLOCK):
        cues = _find_cues(network, jobs[start : start + _BLOCK], tokens, reach)
        for number, attribution in _find_roles(network, cues, texts, tokens):
            found[number].append(attribution)
    return [sorted(each, key=lambda a: a.cue) for each in found]


@dataclass(frozen=True, slots=True)
class _Job:
    """A window to read, of the text with this number."""

    number: int
    window: Window

    @property
    def length(self) -> int:
        return self.window.hi - self.window.lo


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue: its first and last token within the window, its probability, and the window's role states (L, 3·D).

    ``left`` and ``right`` bound the tokens in which its roles are looked for.
    """

    job: _Job
    first: int
    last: int
    score: float
    states: Floats
    left: int = 0
    right: int = 0

    def reaching(self, left: int, right: int) -> _Cue:
        """Look for its roles that far to either side."""
        end = min(self.job.length, self.last + 1 + right)
        return replace(self, left=max(0, self.first - left), right=end)


def _find_cues(network: Network, jobs: list[_Job], tokens: Sequence[Tokens], reach: Reach) -> list[_Cue]:
    lengths = np.array([job.length for job in jobs])
    emit = np.zeros((len(jobs), int(lengths.max()), len(CUE_TAGS)), dtype=np.float32)
    states: list[Floats] = []
    for batch in _batches(jobs, reach.batch):
        cue, rows = network.encode(*_inputs(batch, tokens))
        for job, row_emit, row_states in zip(batch, cue, rows, strict=True):
            emit[len(states), : job.length] = row_emit[1 : job.length + 1]
            states.append(row_states[1 : job.length + 1])
    emit[:, :, 0] -= reach.eagerness
    tags = viterbi(emit, network.cue_chain, lengths)
    if not tags.any():
        return []
    likely = marginals(emit, network.cue_chain, lengths)
    return [
        _Cue(job, lo, hi - 1, float(min(likely[row, lo, 1], *(1.0 - likely[row, lo:hi, 0]))), states[row])
        for row, job in enumerate(jobs)
        for lo, hi in runs(tags[row, : job.length], 1, 2)
        if job.window.core_lo <= job.window.lo + lo < job.window.core_hi
    ]


def _batches(jobs: list[_Job], limit: int) -> Iterator[list[_Job]]:
    """Group windows, sorted by length, so that little is padded, up to ``limit`` positions a batch."""
    batch: list[_Job] = []
    for job in jobs:
        if batch and ((job.length + 2) * (len(batch) + 1) > limit or job.length > 1.25 * batch[0].length + 4):
            yield batch
            batch = []
        batch.append(job)
    if batch:
        yield batch


def _inputs(batch: list[_Job], tokens: Sequence[Tokens]) -> tuple[Ints, Ints, Ints, Floats]:
    """Give the arrays (B, L) of the encoder: each window between [CLS] and [SEP], padded at its end."""
    ids = np.full((len(batch), max(job.length for job in batch) + 2), PAD, dtype=np.int64)
    shape, quote = np.zeros_like(ids), np.zeros_like(ids)
    mask = np.zeros(ids.shape, dtype=np.float32)
    for row, job in enumerate(batch):
        of, part, end = tokens[job.number], slice(job.window.lo, job.window.hi), job.length + 1
        ids[row, 0], ids[row, end] = CLS, SEP
        ids[row, 1:end], shape[row, 1:end], quote[row, 1:end] = of.ids[part], of.shape[part], of.quote[part]
        mask[row, : end + 1] = 1.0
    return ids, shape, quote, mask


def _find_roles(
    network: Network, cues: list[_Cue], texts: Sequence[str], tokens: Sequence[Tokens]
) -> Iterator[tuple[int, Attribution]]:
    """Find the roles of each cue near it; where they reach the edge of what was looked at, look further."""
    for reach in (_NEAR_REACH, (LEFT_REACH, RIGHT_REACH)):
        further: list[_Cue] = []
        for cue, tags, likely in _tagged(network, [cue.reaching(*reach) for cue in cues]):
            content = runs(tags, 3, 4)
            cut_left = cue.left > 0 and tags[0] > 0
            cut_right = cue.right < cue.job.length and tags[cue.right - cue.left - 1] > 0
            if reach is _NEAR_REACH and (cut_left or cut_right or not content):
                further.append(cue)
            elif tags.any():
                attribution = _attribution(cue, tags, likely, texts[cue.job.number], tokens[cue.job.number])
                run_on = cut_right and content
                yield cue.job.number, _run_on(texts[cue.job.number], attribution) if run_on else attribution
        cues = further


def _tagged(network: Network, cues: list[_Cue]) -> Iterator[tuple[_Cue, Ints, Floats]]:
    """Give each cue with the role tags of the tokens it reaches, and the probability of each tag (T,)."""
    if not cues:
        return
    cues = sorted(cues, key=lambda cue: cue.right - cue.left)
    spans = np.array([cue.right - cue.left for cue in cues])
    emit = np.zeros((len(cues), int(spans.max()), len(ROLE_TAGS)), dtype=np.float32)
    for start in range(0, len(cues), _ROLE_BATCH):
        group = network.roles(*_role_inputs(cues[start : start + _ROLE_BATCH]))
        emit[start : start + len(group), : group.shape[1]] = group
    tags = viterbi(emit, network.role_chain, spans)
    likely = np.take_along_axis(marginals(emit, network.role_chain, spans), tags[..., None], -1)[..., 0]
    yield from zip(cues, tags, likely, strict=True)


def _attribution(cue: _Cue, tags: Ints, likely: Floats, text: str, tokens: Tokens) -> Attribution:
    at = cue.job.window.lo
    source, content = (
        [(at + cue.left + a, at + cue.left + b) for a, b in runs(tags, begin, begin + 1)] for begin in (1, 3)
    )
    where = (at + cue.first, at + cue.last + 1)
    return _to_characters(text, tokens, where, source, content, cue.score, float(likely[tags > 0].min()))


def _role_inputs(cues: list[_Cue]) -> tuple[Floats, Floats, Floats, Ints, Floats]:
    """Give value (N, T, D), gate and shift (N, D), relative positions and mask (N, T) around each cue."""
    depth = cues[0].states.shape[-1] // 3
    longest = max(cue.right - cue.left for cue in cues)
    value = np.zeros((len(cues), longest, depth), dtype=np.float32)
    ends = np.empty((len(cues), 2 * depth), dtype=np.float32)
    for row, cue in enumerate(cues):
        value[row, : cue.right - cue.left] = cue.states[cue.left : cue.right, :depth]
        ends[row] = (cue.states[cue.first, depth:] + cue.states[cue.last, depth:]) / 2
    first, last, left, right = (
        np.array([getattr(cue, name) for cue in cues]) for name in ("first", "last", "left", "right")
    )
    positions = left[:, None] + np.arange(longest)[None, :]
    mask = (positions < right[:, None]).astype(np.float32)
    gate, shift = np.ascontiguousarray(ends[:, :depth]), np.ascontiguousarray(ends[:, depth:])
    return value, gate, shift, relative_bucket(positions, first, last), mask


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
