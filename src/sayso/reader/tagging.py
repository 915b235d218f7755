"""Windows → cue emissions and, for chosen cues, role tags: the network run in batches, nothing decided.

Training, teaching and reading all go through here. Shapes: N windows or cues, L and T sub-tokens, K tags, D the width
of the role head.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from sayso.reader.decode import Chain, marginals, viterbi
from sayso.reader.encode import CLS, PAD, SEP, Tokens, Window
from sayso.reader.scheme import ROLE_TAGS, relative_bucket

__all__ = ["Cue", "Encoded", "Job", "Network", "Tagged", "read_windows", "tag_roles"]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_ROLE_BATCH = 4  # cues a call of the role head: more no longer fit the cache of one core


class Network(Protocol):
    """What computes the scores: ONNX in use, torch in training."""

    cue_chain: Chain
    role_chain: Chain

    def encode(self, ids: Ints, shape: Ints, quote: Ints, mask: Floats) -> tuple[Floats, Floats, Floats]:
        """Give cue emissions (B, L, K), role states (B, L, 3·D) and states of mentions and links (B, L, W)."""
        ...

    def roles(self, value: Floats, gate: Floats, shift: Floats, relative: Ints, mask: Floats) -> tuple[Floats, Floats]:
        """Give role emissions (N, T, 5) and the scores of each force (N, 16)."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """A window to read, of the text with this number."""

    number: int
    window: Window

    @property
    def length(self) -> int:
        return self.window.hi - self.window.lo


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: its first and last token within the window, its probability, and the window's role states (L, 3·D).

    ``left`` and ``right`` bound the tokens in which its roles are looked for.
    """

    job: Job
    first: int
    last: int
    score: float
    states: Floats
    inner: bool = False
    left: int = 0
    right: int = 0

    def reaching(self, left: int, right: int) -> Cue:
        """Look for its roles that far to either side."""
        end = min(self.job.length, self.last + 1 + right)
        return replace(self, left=max(0, self.first - left), right=end)


class Tagged(NamedTuple):
    """What is known of a cue: the tags (T,) of the tokens it reaches, the probability of every tag (T, 5) and force."""

    cue: Cue
    tags: Ints
    likely: Floats
    forces: Floats


class Encoded(NamedTuple):
    """Windows as the encoder sees them: cue emissions (N, L, K), padded, and each window's states.

    ``roles`` are those of statements (l, 3·D), ``who`` those of mentions and links (l, W).
    """

    emit: Floats
    roles: list[Floats]
    who: list[Floats]


def read_windows(network: Network, jobs: list[Job], tokens: Sequence[Tokens], *, batch: int) -> Encoded:
    """Encode windows, sorted by length."""
    emit = np.zeros((len(jobs), max(job.length for job in jobs), len(network.cue_chain.start)), dtype=np.float32)
    states: list[Floats] = []
    who: list[Floats] = []
    for group in _batches(jobs, batch):
        for job, cue, row, other in zip(group, *network.encode(*_inputs(group, tokens)), strict=True):
            emit[len(states), : job.length] = cue[1 : job.length + 1]
            states.append(row[1 : job.length + 1])
            who.append(other[1 : job.length + 1])
    return Encoded(emit, states, who)


def _batches(jobs: list[Job], limit: int) -> Iterator[list[Job]]:
    """Group windows, sorted by length, so that little is padded, up to ``limit`` positions a batch."""
    batch: list[Job] = []
    for job in jobs:
        if batch and ((job.length + 2) * (len(batch) + 1) > limit or job.length > 1.25 * batch[0].length + 4):
            yield batch
            batch = []
        batch.append(job)
    if batch:
        yield batch


def _inputs(batch: list[Job], tokens: Sequence[Tokens]) -> tuple[Ints, Ints, Ints, Floats]:
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


def tag_roles(network: Network, cues: list[Cue]) -> Iterator[Tagged]:
    """Tag the roles of cues around them, in the order of how far they reach."""
    if not cues:
        return
    cues = sorted(cues, key=lambda cue: cue.right - cue.left)
    spans = np.array([cue.right - cue.left for cue in cues])
    emit = np.zeros((len(cues), int(spans.max()), len(ROLE_TAGS)), dtype=np.float32)
    forces: list[Floats] = []
    for start in range(0, len(cues), _ROLE_BATCH):
        group, scores = network.roles(*_role_inputs(cues[start : start + _ROLE_BATCH]))
        emit[start : start + len(group), : group.shape[1]] = group
        likely = np.exp(scores - scores.max(-1, initial=-np.inf, keepdims=True)) if scores.size else scores
        forces.extend(likely / likely.sum(-1, keepdims=True) if scores.size else likely)
    tags = viterbi(emit, network.role_chain, spans)
    yield from map(Tagged, cues, tags, marginals(emit, network.role_chain, spans), forces)


def _role_inputs(cues: list[Cue]) -> tuple[Floats, Floats, Floats, Ints, Floats]:
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
