"""Text → sub-tokens, their features and the windows the encoder reads.

Training and inference share this module, so that what the model saw is what it sees.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from sayso.errors import ModelError
from sayso.reader.segment import sentence_starts

__all__ = [
    "CLOSES_QUOTE",
    "CLS",
    "INSIDE_QUOTE",
    "OPENS_QUOTE",
    "PAD",
    "QUOTE_CLASSES",
    "SEP",
    "SHAPE_CLASSES",
    "Tokens",
    "Window",
    "load_tokenizer",
    "quote_regions",
    "tokenize",
    "windows",
]

Ints = NDArray[np.int64]

PAD, CLS, SEP = 0, 101, 102  # of the bert-base-uncased vocabulary
SHAPE_CLASSES = 13  # 0 special; lower, Capital, CAPS, miXed, digit, punctuation; the same at a line's start
QUOTE_CLASSES = 4  # outside 0, and:
INSIDE_QUOTE, OPENS_QUOTE, CLOSES_QUOTE = 1, 2, 3

_PIECE = 100_000  # characters the tokenizer is given at a time

_OPENING = {"“": "”", "„": "”", "«": "»", "‟": "”", "❝": "❞"}
_STRAIGHT = {'"', "＂"}
_MARK = re.compile(r"[“”„«»‟❝❞\"＂\n]|(?<!\w)[‘'](?=[^\W\d])|(?<=[\w,.?!…—-])[’'](?!\w)")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The sub-tokens of one text, as parallel arrays of length n.

    ``starts`` and ``ends`` are code point offsets (half-open), ``word`` numbers the words (sub-tokens of one
    word share a number), ``boundaries`` holds the token indices at which a sentence or line begins.
    """

    ids: Ints
    starts: Ints
    ends: Ints
    word: Ints
    shape: Ints
    quote: Ints
    boundaries: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """Give the half-open token range that covers the characters ``start`` to ``end``."""
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end)
        return first, max(first + 1, last)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch ``lo:hi`` of tokens that is read at once; it answers for ``core_lo:core_hi``."""

    lo: int
    hi: int
    core_lo: int
    core_hi: int


def load_tokenizer(path: Path) -> Tokenizer:
    """Load a ``tokenizer.json`` without truncation or padding; raises ModelError when it is missing or broken."""
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises bare Exception
        raise ModelError(f"{path} cannot be loaded ({error}); reinstall sayso") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _may_be_genitive(text: str, at: int) -> bool:
    """Say whether a closing single mark may be the apostrophe of a plural genitive ("the workers’ demands")."""
    return text[at - 1] == "s" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].islower()


def _closes_later(text: str, marks: list[re.Match[str]], closing: str) -> bool:
    """Say whether the line holds a surer closing mark before another opening one."""
    for match in marks:
        if match.group() != closing or not text[match.start() - 1 : match.start()].strip():
            return False
        if not _may_be_genitive(text, match.start()):
            return True
    return False


def quote_regions(text: str) -> list[tuple[int, int]]:
    """Find the stretches between quotation marks, marks included.

    Returns ascending, disjoint half-open ranges in code points. A quotation ends at its closing mark or at the
    end of its line: over several paragraphs the press opens each and closes only the last. Single marks count
    only where a line holds both an opening and a closing one, so that apostrophes do not.
    """
    regions: list[tuple[int, int]] = []
    opened, closing = -1, ""
    marks = list(_MARK.finditer(text))
    for number, match in enumerate(marks):
        mark, at = match.group(), match.start()
        if mark == "\n":
            if opened >= 0 and closing not in "’'":
                regions.append((opened, at))
            opened = -1
        elif opened >= 0:
            if mark == closing or (mark in _STRAIGHT and closing in _STRAIGHT):
                if mark in "’'" and _may_be_genitive(text, at) and _closes_later(text, marks[number + 1 :], mark):
                    continue
                regions.append((opened, at + 1))
                opened = -1
        elif mark in _OPENING or mark in _STRAIGHT:
            opened, closing = at, _OPENING.get(mark, mark)
        elif mark in "‘'" and (at == 0 or not (text[at - 1].isalnum())):
            opened, closing = at, "’" if mark == "‘" else "'"
    if opened >= 0 and closing not in "’'":
        regions.append((opened, len(text)))
    return regions


def _shape(piece: str) -> int:
    if not piece[:1].isalnum():
        return 6
    if piece.isdigit():
        return 5
    if piece.islower():
        return 1
    if len(piece) > 1 and piece.isupper():
        return 3
    if piece[0].isupper() and not any(c.isupper() for c in piece[1:]):
        return 2
    return 4


def _quote_classes(text: str, starts: Ints, ends: Ints) -> Ints:
    classes = np.zeros(len(starts), dtype=np.int64)
    for lo, hi in quote_regions(text):
        first, last = np.searchsorted(ends, lo, side="right"), np.searchsorted(starts, hi, side="left")
        classes[first:last] = INSIDE_QUOTE
        if first < last:
            classes[first] = OPENS_QUOTE
            if ends[last - 1] == hi and last - first > 1 and not text[hi - 1].isalnum():
                classes[last - 1] = CLOSES_QUOTE
    return classes


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Cut a long text at white space, which no word crosses: the tokenizer's own record of 5 MB takes 300 MB."""
    start = 0
    while start < len(text):
        end = start + _PIECE
        if end < len(text):
            blank = max(text.rfind("\n", start + 1, end), text.rfind(" ", start + 1, end))
            end = blank if blank > 0 else end
        yield start, min(end, len(text))
        start = end


def tokenize(tokenizer: Tokenizer, text: str) -> Tokens:
    """Cut a text into sub-tokens with their features; no special tokens are added.

    A text without anything to read (only white space, say) gives arrays of length 0.
    """
    ids, places, words = [np.empty(0, np.int64)], [np.empty((0, 2), np.int64)], [np.empty(0, np.int64)]
    for start, end in _pieces(text):
        encoding = tokenizer.encode(text[start:end], add_special_tokens=False)
        ids.append(np.asarray(encoding.ids, dtype=np.int64))
        places.append(np.asarray(encoding.offsets, dtype=np.int64).reshape(-1, 2) + start)
        since = int(words[-1][-1]) + 1 if len(words[-1]) else 0
        words.append(np.asarray([w if w is not None else -1 for w in encoding.word_ids], dtype=np.int64) + since)
    offsets = np.concatenate(places)
    starts, ends = np.ascontiguousarray(offsets[:, 0]), np.ascontiguousarray(offsets[:, 1])
    shape = np.fromiter((_shape(text[s:e]) for s, e in offsets.tolist()), dtype=np.int64, count=len(offsets))
    boundaries = np.unique(np.searchsorted(starts, sentence_starts(text), side="left"))
    line_starts = [0, *(m.end() for m in re.finditer(r"\n\s*", text))]
    first_of_line = np.unique(np.searchsorted(starts, line_starts, side="left"))
    shape[first_of_line[first_of_line < len(shape)]] += 6
    return Tokens(
        ids=np.concatenate(ids),
        starts=starts,
        ends=ends,
        word=np.concatenate(words),
        shape=shape,
        quote=_quote_classes(text, starts, ends),
        boundaries=boundaries[boundaries < len(offsets)],
    )


def _snap(boundaries: Ints, lo: int, hi: int, *, last: bool) -> int | None:
    """Give the first (or last) boundary within ``lo`` to ``hi`` inclusive, or None."""
    first = int(np.searchsorted(boundaries, lo, side="left"))
    stop = int(np.searchsorted(boundaries, hi, side="right"))
    if first >= stop:
        return None
    return int(boundaries[stop - 1 if last else first])


def windows(tokens: Tokens, *, size: int, left: int, right: int) -> list[Window]:
    """Cut a text into overlapping windows, at sentence starts where one is near.

    Each window holds at most ``size`` tokens: up to ``left`` before and ``right`` after its core. The cores are
    disjoint and cover the text, so each cue is answered for once. A text of no tokens gives no windows.
    """
    found: list[Window] = []
    total, core = len(tokens), 0
    while core < total:
        lo = max(0, core - left)
        if lo:
            lo = _snap(tokens.boundaries, lo, core, last=False) or lo
        hi = min(total, lo + size)
        if hi == total:
            core_hi = total
        else:
            edge = max(core + 1, hi - right)
            core_hi = _snap(tokens.boundaries, max(core + 1, edge - size // 3), edge, last=True) or edge
        found.append(Window(lo, hi, core, core_hi))
        core = core_hi
    return found
