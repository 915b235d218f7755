"""Windows → mentions: which stretches of a text name or stand for someone or something, and of what type.

The network scores every stretch of whole words within a sentence; nested ones are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sayso.reader.encode import Tokens, Window
from sayso.reader.likeness import SORTS, head_place

__all__ = [
    "LINKED",
    "SCHEME",
    "TYPES",
    "WIDEST",
    "WIDTHS",
    "Mention",
    "Mentioner",
    "find_mentions",
    "head_token",
    "stretches",
    "width_bucket",
]

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

TYPES = ("person", "organisation", "place", "country", "group", "role", "event", "work", "other")
LINKED = frozenset({"person", "organisation", "country", "group", "work", "place"})  # what actors are found among
_SORTS = slice(1 + len(TYPES), 1 + len(TYPES) + SORTS)  # the columns of the types of GUM, "none" first
SCHEME = slice(0, 1 + len(TYPES))  # the columns of our own types among the labels of the network, "none" first
_STATES = 128  # width of the states of either end, of mentions and of links
WIDEST = 24  # words; 99.6 % of the mentions of GUM are no longer
_HALF = 0.5
_EDGES = np.array([2, 3, 4, 5, 6, 8, 11, 15, 20])
WIDTHS = len(_EDGES) + 1


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention in code points, half-open.

    ``score`` is the probability that it is one, ``states`` (C,) are those of its ends and of its head, ``sort`` is its
    type in GUM's terms, by number, 0 for none.
    """

    start: int
    end: int
    type: str
    score: float
    states: Floats
    sort: int = 0


def width_bucket(words: Ints) -> Ints:
    """Number the width of stretches in words."""
    return np.searchsorted(_EDGES, words, side="right").astype(np.int64)


def stretches(tokens: Tokens, lo: int, hi: int, *, begin: tuple[int, int] | None = None) -> tuple[Ints, Ints, Ints]:
    """Give first token, last token and width in words of every stretch of whole words within ``lo`` to ``hi``.

    A stretch lies in one sentence and is at most ``WIDEST`` words wide. ``begin`` bounds where it begins, where that
    is not anywhere. Token numbers are those of the text.
    """
    word = tokens.word[lo:hi]
    if not len(word):
        return (np.empty(0, np.int64),) * 3
    is_first = np.diff(word, prepend=word[0] - 1) != 0
    is_first[0] = lo == 0 or tokens.word[lo - 1] != word[0]
    firsts = np.flatnonzero(is_first)
    lasts = np.append(firsts[1:], len(word)) - 1
    edges = np.searchsorted(tokens.boundaries, firsts + lo, side="right")
    number = np.arange(len(firsts))
    until = np.searchsorted(edges, edges, side="right")  # words up to the end of the sentence
    widths = np.minimum(until - number, WIDEST)
    if begin is not None:
        widths[(firsts + lo < begin[0]) | (firsts + lo >= begin[1])] = 0
    start = np.repeat(number, widths)
    offset = np.arange(len(start)) - np.repeat(np.cumsum(widths) - widths, widths)
    return firsts[start] + lo, lasts[start + offset] + lo, offset + 1


def head_token(text: str, tokens: Tokens, first: int, last: int) -> int:
    """Give the token at which the head noun of a stretch (first and last token) ends."""
    start, end = int(tokens.starts[first]), int(tokens.ends[last])
    place = start + head_place(text[start:end])
    return max(first, int(np.searchsorted(tokens.ends[first : last + 1], place, side="right")) - 1 + first)


class Mentioner(Protocol):
    """What scores stretches."""

    def mentions(self, start: Floats, end: Floats, first: Ints, last: Ints, width: Ints) -> Floats:
        """Give the scores (P, labels) of the types of stretches, from the states (T, D) of their ends."""
        ...


def find_mentions(
    network: Mentioner,
    text: str,
    tokens: Tokens,
    window: Window,
    states: Floats,
    *,
    columns: slice = SCHEME,
    types: tuple[str, ...] = TYPES,
    only: set[tuple[int, int]] | None = None,
) -> list[Mention]:
    """Find the mentions that begin in the core of a window, from its states (l, 5·D); in text order, wider first.

    ``columns`` of the network's labels are those of ``types``, "none" before them: our own, or those of a data set.
    ``only`` are places (code points) that are given as mentions, whatever the network thinks.
    """
    first, last, words = stretches(tokens, window.lo, window.hi, begin=(window.core_lo, window.core_hi))
    if not len(first):
        return []
    first, last = first - window.lo, last - window.lo
    start, end, link_start, link_end, link_head = (
        np.ascontiguousarray(states[:, at : at + _STATES]) for at in range(0, 5 * _STATES, _STATES)
    )
    labels = network.mentions(start, end, first, last, width_bucket(words))
    scores = labels[:, columns]
    likely = np.exp(scores - scores.max(-1, keepdims=True))
    likely /= likely.sum(-1, keepdims=True)
    taken = np.flatnonzero(likely[:, 0] < _HALF)
    if only is not None:
        places = zip(tokens.starts[window.lo + first].tolist(), tokens.ends[window.lo + last].tolist(), strict=True)
        taken = np.array([row for row, place in enumerate(places) if place in only], dtype=np.int64)
    found = []
    for row in taken:
        a, b = int(first[row]), int(last[row])
        kind = types[int(likely[row, 1:].argmax())]
        ends = int(tokens.starts[window.lo + a]), int(tokens.ends[window.lo + b])
        head = head_token(text, tokens, window.lo + a, window.lo + b) - window.lo
        reached = link_start[a] + link_end[b] + link_head[head]
        found.append(Mention(*ends, kind, float(1 - likely[row, 0]), reached, int(labels[row, _SORTS].argmax())))
    return sorted(found, key=lambda mention: (mention.start, -mention.end))
