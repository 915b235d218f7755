"""Texts → attributions: the cues the network finds and, for each, its source and content.

This is the model's own reading of a text, without force or speakers; ``read`` builds on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sayso.reader.decode import marginals, runs, unsure_stretches, viterbi
from sayso.reader.encode import CLOSES_QUOTE, INSIDE_QUOTE, OPENS_QUOTE, Tokens, windows
from sayso.reader.scheme import LEFT_REACH, RIGHT_REACH
from sayso.reader.segment import sentence_starts
from sayso.reader.tagging import Cue, Encoded, Floats, Job, Network, Tagged, read_windows, tag_roles

__all__ = ["Attribution", "Range", "Reach", "find_attributions", "judged_forces"]

Range = tuple[int, int]

_BLOCK = 24  # windows whose states are held at a time: some 30 MB
_MARGIN = 12.0  # log-odds by which "no cue" must lead for a text to fall apart there
# Most roles lie this near; looking there first halves the cost of the role head and costs 0.2 points on dev.
_NEAR_REACH = (48, 80)


@dataclass(frozen=True, slots=True)
class Reach:
    """How a text is cut and how readily a cue is taken; all sizes in sub-tokens.

    ``eagerness`` is added against the O tag of the cue head: above 0 finds more cues, below 0 fewer.
    """

    window: int = 446
    left: int = 48
    right: int = 32
    eagerness: float = 0.0
    batch: int = 450  # one full window: more no longer fit the cache of one core


@dataclass(frozen=True, slots=True)
class Attribution:
    """One cue with its roles, as half-open character ranges of the text it was found in.

    ``cue_score`` and ``role_score`` are probabilities of the decoded cue and roles, not yet calibrated. ``inner``
    says that the network takes it to lie inside the content of another. ``forces`` are the probabilities of the forces
    in the order of :data:`sayso.record.FORCES`, empty where the network does not judge them.
    """

    cue: Range
    source: tuple[Range, ...]
    content: tuple[Range, ...]
    cue_score: float = 1.0
    role_score: float = 1.0
    inner: bool = False
    forces: tuple[float, ...] = ()


Seen = Callable[[Job, Floats], None]


def find_attributions(
    network: Network, texts: Sequence[str], tokens: Sequence[Tokens], reach: Reach, seen: Seen | None = None
) -> list[list[Attribution]]:
    """Find the attributions of each text, in the order of their cues.

    A cue for which neither source nor content is found is no attribution and is left out. ``seen`` is shown every
    window with its states of mentions and links (l, W), so that others need not encode it again.
    """
    jobs = [
        Job(number, window)
        for number, text_tokens in enumerate(tokens)
        for window in windows(text_tokens, size=reach.window, left=reach.left, right=reach.right)
    ]
    jobs.sort(key=lambda job: job.length)
    found: list[list[Attribution]] = [[] for _ in texts]
    for start in range(0, len(jobs), _BLOCK):
        block = jobs[start : start + _BLOCK]
        encoded = read_windows(network, block, tokens, batch=reach.batch)
        if seen is not None:
            for job, states in zip(block, encoded.who, strict=True):
                seen(job, states)
        cues = _find_cues(network, block, encoded, reach)
        for number, attribution in _find_roles(network, cues, texts, tokens):
            found[number].append(attribution)
    return [sorted(each, key=lambda a: a.cue) for each in found]


def judged_forces(network: Network, tokens: Tokens, cue: Range, reach: Reach) -> tuple[float, ...]:
    """Give the probabilities of the forces of a cue that is given, in the order of FORCES; empty outside any token."""
    first, end = tokens.locate(*cue)
    for window in windows(tokens, size=reach.window, left=reach.left, right=reach.right):
        if window.core_lo <= first < window.core_hi and end <= window.hi:
            job = Job(0, window)
            [states] = read_windows(network, [job], [tokens], batch=reach.batch).roles
            given = Cue(job, first - window.lo, end - 1 - window.lo, 1.0, states).reaching(1, 1)
            [tagged] = tag_roles(network, [given])
            return tuple(tagged.forces.tolist())
    return ()


def _find_cues(network: Network, jobs: list[Job], encoded: Encoded, reach: Reach) -> list[Cue]:
    emit, states = encoded.emit, encoded.roles
    lengths = np.array([job.length for job in jobs])
    emit[:, :, 0] -= reach.eagerness
    stretches = unsure_stretches(emit, lengths, margin=_MARGIN)
    if not stretches:
        return []
    sizes = np.array([hi - lo for _, lo, hi in stretches])
    cut = np.zeros((len(stretches), int(sizes.max()), emit.shape[-1]), dtype=np.float32)
    for number, (row, lo, hi) in enumerate(stretches):
        cut[number, : hi - lo] = emit[row, lo:hi]
    tags, likely = viterbi(cut, network.cue_chain, sizes), marginals(cut, network.cue_chain, sizes)
    begins = likely[:, :, 1::2].sum(-1)
    return [
        Cue(
            job,
            at + lo,
            at + hi - 1,
            float(min(begins[number, lo], *(1.0 - likely[number, lo:hi, 0]))),
            states[row],
            inner=begin > 1,
        )
        for number, (row, at, _) in enumerate(stretches)
        for job in [jobs[row]]
        for begin in range(1, emit.shape[-1], 2)
        for lo, hi in runs(tags[number], begin, begin + 1)
        if job.window.core_lo <= job.window.lo + at + lo < job.window.core_hi
    ]


def _find_roles(
    network: Network, cues: list[Cue], texts: Sequence[str], tokens: Sequence[Tokens]
) -> Iterator[tuple[int, Attribution]]:
    """Find the roles of each cue near it; where they reach the edge of what was looked at, look further."""
    for reach in (_NEAR_REACH, (LEFT_REACH, RIGHT_REACH)):
        further: list[Cue] = []
        for tagged in tag_roles(network, [cue.reaching(*reach) for cue in cues]):
            cue, tags = tagged.cue, tagged.tags
            content = runs(tags, 3, 4)
            cut_left = cue.left > 0 and tags[0] > 0
            cut_right = cue.right < cue.job.length and tags[cue.right - cue.left - 1] > 0
            if reach is _NEAR_REACH and (cut_left or cut_right or not content):
                further.append(cue)
            elif tags.any():
                edges = (cut_left and tags[0] > 2, cut_right and tags[cue.right - cue.left - 1] > 2)
                yield cue.job.number, _attribution(tagged, texts[cue.job.number], tokens[cue.job.number], edges)
        cues = further


def _attribution(tagged: Tagged, text: str, tokens: Tokens, cut: tuple[bool, bool]) -> Attribution:
    """Give what was tagged in characters; ``cut`` says where the reach of the role head cut a content off."""
    cue, tags = tagged.cue, tagged.tags
    at = cue.job.window.lo
    source, content = (
        [(at + cue.left + a, at + cue.left + b) for a, b in runs(tags, begin, begin + 1)] for begin in (1, 3)
    )
    if cut[0]:
        content[0] = (_quotation_start(tokens, content[0][0]), content[0][1])
    if cut[1]:
        content[-1] = (content[-1][0], _quotation_end(tokens, content[-1][1]))
    found = _to_characters(text, tokens, (at + cue.first, at + cue.last + 1), source, content)
    likely = np.take_along_axis(tagged.likely, tags[:, None], -1)[tags > 0]
    if cut[1] and not tokens.quote[content[-1][1] - 1]:
        found = _run_on(text, found)
    return replace(
        found,
        cue_score=cue.score,
        role_score=float(likely.min()),
        inner=cue.inner,
        forces=tuple(tagged.forces.tolist()),
    )


def _quotation_start(tokens: Tokens, at: int) -> int:
    """Give the token that opens the quotation around a token; outside quotations, that begins its sentence."""
    lo = at
    while lo > 0 and tokens.quote[lo] == INSIDE_QUOTE:
        lo -= 1
    if tokens.quote[lo] == OPENS_QUOTE:
        return lo
    before = int(np.searchsorted(tokens.boundaries, at, side="right")) - 1
    return int(tokens.boundaries[max(0, before)])


def _quotation_end(tokens: Tokens, end: int) -> int:
    """Give the end of the quotation that the token before ``end`` stands in, or ``end`` outside quotations."""
    quote = tokens.quote
    while (
        end < len(tokens)
        and quote[end - 1] in (INSIDE_QUOTE, OPENS_QUOTE)
        and quote[end] in (INSIDE_QUOTE, CLOSES_QUOTE)
    ):
        end += 1
    return end


def _lines(text: str, start: int, end: int) -> list[Range]:
    """Cut a range at line breaks: a content that runs over paragraphs is in pieces, one a paragraph."""
    pieces = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+", text[start:end])]
    stripped = [
        (lo + len(text[lo:hi]) - len(text[lo:hi].lstrip()), lo + len(text[lo:hi].rstrip())) for lo, hi in pieces
    ]
    return [(lo, hi) for lo, hi in stripped if lo < hi]


def _to_characters(text: str, tokens: Tokens, cue: Range, source: list[Range], content: list[Range]) -> Attribution:
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
