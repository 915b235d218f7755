"""What can be said of two mentions from their words and places alone: the features of the coreference head.

Training and reading share this module. Every feature is a small number that the head looks up in a table of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sayso.knowledge.given_names import gender_in
from sayso.knowledge.mouths import gender_of
from sayso.knowledge.pronouns import KINDS, pronoun
from sayso.reader.encode import quote_regions
from sayso.reader.phrases import head_end, head_noun, is_indefinite, is_plural_noun
from sayso.reader.segment import sentence_starts

__all__ = ["FEATURE_SIZES", "NEAREST", "SORTS", "Traits", "antecedents", "head_place", "likeness", "traits", "turns_in"]

Ints = NDArray[np.int64]

_FORMS = (*KINDS, "name", "definite", "indefinite", "bare")
_NUMBERS, _GENDERS = ("", "singular", "plural"), ("", "m", "f", "n")
_STEPS = np.array([1, 2, 3, 4, 5, 8, 12, 20, 40, 80])
_SENTENCES = np.array([1, 2, 3, 5, 9, 17])
_SAME_WORDS = ("none", "name", "phrase", "surname", "part", "head", "acronym", "other name", "first")
_PLACES = ("apart", "holds", "lies in", "apposed", "is", "bracketed", "and", "overlaps")
_QUOTED = 5
SORTS = 11  # types of GUM, "none" first
_TURNS = 3  # said by one speaker, by two, or not known

# Forms, mentions between, sentences between, words in common, place; numbers, genders, quotation, types, turns.
FEATURE_SIZES: tuple[int, ...] = (
    *(len(_FORMS) ** 2, len(_STEPS) + 1, len(_SENTENCES) + 1, len(_SAME_WORDS), len(_PLACES)),
    *(len(_NUMBERS) ** 2, len(_GENDERS) ** 2, _QUOTED, SORTS**2, _TURNS),
)

NEAREST = 100  # mentions before one that are weighed, and as many others as share a word with it:
_ALIKE = 12
_ARTICLE = re.compile(r"^(?:the|a|an|this|that|these|those|his|her|its|their|our|my|your)\s+", re.I)
_DEFINITE = re.compile(r"^(?:the|this|that|these|those|his|her|its|their|our|my|your)\b|.+?[’']s?\s\S", re.I)
_TURN = re.compile(r"^([A-Z][\w.’' -]{0,40}):(?=\s)", re.M)
_FEWEST_TURNS = 3
_WORD = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Traits:
    """What each of M mentions is by its words: parallel arrays (M,), and its words in lower case."""

    spans: Ints  # (M, 2) in code points
    form: Ints
    number: Ints
    gender: Ints
    sentence: Ints
    quotation: Ints  # which quotation it lies in, −1 outside
    sort: Ints  # its type in GUM's terms, 0 unknown
    turn: Ints  # who says it, by number, −1 unknown
    words: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...]


def traits(
    text: str,
    spans: Sequence[tuple[int, int]],
    sorts: Sequence[int] = (),
    turns: Sequence[tuple[int, int, str]] = (),
) -> Traits:
    """Look at mentions (code points, in text order).

    ``sorts`` are their types in GUM's terms, where they are known; ``turns`` are the stretches that one speaker says,
    found in the text where they are not given.
    """
    sentences, regions = sentence_starts(text), quote_regions(text)
    opens = [lo for lo, _ in regions]
    forms, numbers, genders, quoted, words, heads = [], [], [], [], [], []
    for start, end in spans:
        phrase = text[start:end]
        known = pronoun(phrase)
        head = head_noun(phrase)
        heads.append(head.lower())
        words.append(tuple(w.lower().removesuffix("’s").removesuffix("'s") for w in _WORD.findall(_bare(phrase))))
        at = bisect_right(opens, start) - 1
        quoted.append(at if at >= 0 and start < regions[at][1] else -1)
        if known:
            forms.append(_FORMS.index(known.kind))
            numbers.append(_NUMBERS.index(known.number))
            genders.append(_GENDERS.index(known.gender))
            continue
        forms.append(_FORMS.index(_form(phrase, head)))
        plural = is_plural_noun(head.lower()) or " and " in phrase
        numbers.append(_NUMBERS.index("plural" if plural else "singular"))
        genders.append(_GENDERS.index(gender_of(phrase) or gender_in(phrase) or ""))
    sentence = [bisect_right(sentences, start) for start, _ in spans]
    kinds = list(sorts) or [0] * len(spans)
    return Traits(
        np.array(spans, dtype=np.int64).reshape(-1, 2),
        np.array(forms, dtype=np.int64),
        np.array(numbers, dtype=np.int64),
        np.array(genders, dtype=np.int64),
        np.array(sentence, dtype=np.int64),
        np.array(quoted, dtype=np.int64),
        np.array(kinds, dtype=np.int64),
        np.array(_who_says(list(turns) or turns_in(text), spans), dtype=np.int64),
        words=tuple(words),
        heads=tuple(heads),
    )


def _who_says(turns: Sequence[tuple[int, int, str]], spans: Sequence[tuple[int, int]]) -> list[int]:
    """Number the speakers in whose turns mentions begin, −1 outside turns."""
    begins = [start for start, _, _ in turns]
    names = {name: number for number, name in enumerate(dict.fromkeys(name for *_, name in turns))}
    found = []
    for start, _ in spans:
        at = bisect_right(begins, start) - 1
        found.append(names[turns[at][2]] if at >= 0 and start < turns[at][1] else -1)
    return found


def turns_in(text: str) -> list[tuple[int, int, str]]:
    """Find the turns of a transcript, paragraphs that begin with a speaker's name and a colon, to the next turn."""
    found = list(_TURN.finditer(text))
    if len(found) < _FEWEST_TURNS:
        return []
    ends = [*(match.start() for match in found[1:]), len(text)]
    return [(match.end(), end, match[1]) for match, end in zip(found, ends, strict=True)]


def head_place(phrase: str) -> int:
    """Give the offset in a phrase at which its head noun ends: before "of France", a comma or a relative clause."""
    end = len(phrase[: head_end(phrase)].rstrip())
    return end or len(phrase)


def _bare(phrase: str) -> str:
    return _ARTICLE.sub("", phrase, count=1)


def _form(phrase: str, head: str) -> str:
    if head[:1].isupper() and not is_indefinite(phrase):
        return "name"
    if is_indefinite(phrase):
        return "indefinite"
    return "definite" if _DEFINITE.match(phrase) else "bare"


def antecedents(of: Traits, nearest: int = NEAREST) -> Ints:
    """Give the earlier mentions that are weighed for each, (M, K), −1 where there are none.

    The ``nearest`` so many, and from farther back those that share the head or the last word.
    """
    count = len(of.words)
    near = min(nearest, max(1, count - 1))
    found = np.arange(count)[:, None] - 1 - np.arange(near)[None, :]
    found[found < 0] = -1
    if count <= nearest + 1:
        return found
    alike = np.full((count, _ALIKE), -1, dtype=np.int64)
    met: dict[str, list[int]] = defaultdict(list)
    for i, words in enumerate(of.words):
        keys = {of.heads[i], words[-1] if words else ""} - {""}
        if pronoun(of.heads[i]) is None:
            far = sorted({j for key in keys for j in _last_before(met[key], i - near)}, reverse=True)[:_ALIKE]
            alike[i, : len(far)] = far
            for key in keys:
                met[key].append(i)
    return np.concatenate([found, alike], axis=1)


def _last_before(numbers: list[int], limit: int) -> list[int]:
    """Give the last few of ascending numbers that are below a limit."""
    end = bisect_left(numbers, limit)
    return numbers[max(0, end - _ALIKE) : end]


def likeness(text: str, of: Traits, before: Ints, lo: int = 0, hi: int | None = None) -> Ints:
    """Give the features (m, K, F) of the mentions ``lo:hi`` with each of their earlier ones; those of −1 mean nothing.

    ``before`` (M, K) is what ``antecedents`` gave.
    """
    before = before[lo:hi]
    j = np.maximum(before, 0)
    i = np.broadcast_to(np.arange(lo, lo + len(before))[:, None], before.shape)
    steps = np.searchsorted(_STEPS, i - j, side="right")
    apart = np.searchsorted(_SENTENCES, of.sentence[i] - of.sentence[j], side="right")
    quoted = np.where(
        of.quotation[j] < 0,
        np.where(of.quotation[i] < 0, 0, 1),
        np.where(of.quotation[i] < 0, 2, np.where(of.quotation[i] == of.quotation[j], 3, 4)),
    )
    features = (
        of.form[j] * len(_FORMS) + of.form[i],
        steps,
        apart,
        _same_words(of, before, lo),
        _places(text, of, j, i),
        of.number[j] * len(_NUMBERS) + of.number[i],
        of.gender[j] * len(_GENDERS) + of.gender[i],
        quoted,
        of.sort[j] * SORTS + of.sort[i],
        np.where((of.turn[j] < 0) | (of.turn[i] < 0), 0, np.where(of.turn[j] == of.turn[i], 1, 2)),
    )
    return np.stack(features, axis=-1)


def _same_words(of: Traits, before: Ints, lo: int) -> Ints:
    """Say what the words of two mentions have in common, as a number of ``_SAME_WORDS``."""
    result = np.zeros(before.shape, dtype=np.int64)
    name = _FORMS.index("name")
    met = {*np.unique(before).tolist(), *range(lo, lo + len(before))} - {-1}
    words_of = {i: frozenset(of.words[i]) for i in met}
    for row, earlier in enumerate(before):
        i = lo + row
        mine = words_of[i]
        for column, j in enumerate(earlier.tolist()):
            if j >= 0 and ((of.form[i] == name and of.form[j] == name) or not mine.isdisjoint(words_of[j])):
                result[row, column] = _SAME_WORDS.index(_common(of, j, i, name))
    return result


def _common(of: Traits, j: int, i: int, name: int) -> str:
    a, b = of.words[j], of.words[i]
    both = of.form[j] == name and of.form[i] == name
    if a == b:
        return "name" if both else "phrase"
    if both:
        if a and b and (a[-1] == b[-1]):
            return "surname"
        if _is_acronym(a, b) or _is_acronym(b, a):
            return "acronym"
        if set(b) <= set(a) or set(a) <= set(b):
            return "part"
        return "first" if a and b and a[0] == b[0] else "other name"
    if of.heads[j] == of.heads[i] and of.heads[i]:
        return "head"
    return "part" if set(a) & set(b) and (set(b) <= set(a) or set(a) <= set(b)) else "none"


def _is_acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    if len(short) != 1 or len(long) < 2 or len(short[0]) < 2:
        return False
    letters = short[0].replace(".", "")
    initials = "".join(word[0] for word in long)
    return letters in (initials, "".join(w[0] for w in long if w not in ("of", "the", "and", "for", "in", "on")))


_BETWEEN = (
    (re.compile(r",\s*(?:the\s+)?$"), "apposed"),
    (re.compile(r"\s+(?:is|was|are|were|became|remains|remained)\s+(?:also\s+|now\s+)?(?:the\s+|an?\s+)?$"), "is"),
    (re.compile(r"\s*\((?:the\s+)?$"), "bracketed"),
    (re.compile(r",?\s+(?:and|or)\s+(?:the\s+)?$"), "and"),
)


def _places(text: str, of: Traits, j: Ints, i: Ints) -> Ints:
    """Say how two mentions lie to each other, as a number of ``_PLACES``."""
    starts, ends = of.spans[:, 0], of.spans[:, 1]
    holds = (ends[j] >= ends[i]) & (starts[j] <= starts[i])
    lies = (starts[j] == starts[i]) & (ends[i] > ends[j])
    over = (ends[j] > starts[i]) & ~holds & ~lies
    result = np.where(holds, 1, np.where(lies, 2, np.where(over, 7, 0)))
    near = (starts[i] >= ends[j]) & (starts[i] - ends[j] <= 16) & (j != i)
    for row, column in zip(*np.nonzero(near), strict=True):
        a, b = int(ends[j[row, column]]), int(starts[i[row, column]])
        for pattern, what in _BETWEEN:
            if pattern.fullmatch(text[a:b]):
                result[row, column] = _PLACES.index(what)
                break
    return result
