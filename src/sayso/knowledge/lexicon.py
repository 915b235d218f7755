"""The lexicon of attribution cues: takes the words of a cue, gives the entries of ``force_cues.tsv`` met in them.

An entry is met when its words stand in the text in order, each in any of its inflections. Between them may stand
auxiliaries and adverbs ("has repeatedly called again for"), and before a noun up to four other words ("expressed its
deep and growing concern"), but no clause boundary. The "nothing" of "say nothing" has to be what is said, not the
subject of what is said ("said nothing had changed").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from sayso.knowledge.grammar import is_transparent, word_class
from sayso.knowledge.inflection import noun_forms, verb_forms
from sayso.knowledge.tables import listed, rows

if TYPE_CHECKING:
    from sayso.record import Certainty, Force, Polarity

__all__ = ["COLUMNS", "KINDS", "Cue", "Match", "cue_words", "cues", "matches"]

COLUMNS = ("cue", "kind", "forms", "force", "certainty", "polarity", "source")
KINDS = ("verb", "adjective", "noun", "preposition", "adverb", "punctuation")
_GAP = 4
_AFTER_NOTHING = frozenset({"about", "of", "on", "more", "new", "further", "regarding", "concerning"})


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry: its lemma form as in the file, its words with their surface forms, and what it says."""

    cue: str
    kind: str
    words: tuple[str, ...]
    surfaces: tuple[frozenset[str], ...]
    force: Force
    certainty: Certainty
    polarity: Polarity

    @property
    def weight(self) -> int:
        """Number of words that are no particles."""
        return sum(word not in word_class("particle") for word in self.words)


@dataclass(frozen=True, slots=True)
class Match:
    """An entry met in a list of words: ``start`` and ``end`` (exclusive) are positions in that list."""

    start: int
    end: int
    cue: Cue


@cache
def _surfaces(word: str, kind: str, *, head: bool, irregular: tuple[str, ...]) -> frozenset[str]:
    if word in word_class("particle") and not (head and kind == "verb" and word == "back"):
        return frozenset({word})
    if kind == "verb" and head:
        return verb_forms(word, irregular)
    if kind in {"verb", "noun"}:
        return noun_forms(word)
    return frozenset({word})


def _entry(cells: list[str]) -> Cue:
    cue, kind, forms, force, certainty, polarity, _ = cells
    words = tuple(word for word in cue.split() if word not in word_class("article") and word != "be") or (cue,)
    head = next((i for i, word in enumerate(words) if word not in word_class("particle")), 0)
    irregular = listed(forms)
    surfaces = tuple(_surfaces(w, kind, head=i == head, irregular=irregular) for i, w in enumerate(words))
    return Cue(
        cue, kind, words, surfaces, cast("Force", force), cast("Certainty", certainty), cast("Polarity", polarity)
    )


@cache
def cues() -> tuple[Cue, ...]:
    """Load the lexicon, in file order; raises RecordError when the file is damaged."""
    return tuple(_entry(cells) for cells in rows("force_cues.tsv", COLUMNS))


@cache
def _by_first_word() -> dict[str, tuple[Cue, ...]]:
    index: dict[str, list[Cue]] = {}
    for cue in cues():
        for surface in cue.surfaces[0]:
            index.setdefault(surface, []).append(cue)
    return {surface: tuple(found) for surface, found in index.items()}


@cache
def cue_words() -> frozenset[str]:
    """Give every inflected word that betrays a cue by itself, lower case: of entries with one telling word, that word.

    Words of longer idioms ("make official", "bottom line") are ordinary ones elsewhere.
    """
    found: set[str] = {"according", "per"}
    mute = word_class("particle") | word_class("general")
    for cue in cues():
        if cue.kind not in {"preposition", "punctuation"} and not (cue.kind == "verb" and cue.words[0] in mute):
            telling = [s for w, s in zip(cue.words, cue.surfaces, strict=True) if w not in mute or w == "back"]
            found |= telling[0] if len(telling) == 1 else frozenset()
    return frozenset(found - mute)


def _next(cue: Cue, part: int, words: Sequence[str], at: int) -> int | None:
    """Find where the entry's next word stands at or after ``at``; None when the way there is barred."""
    wanted, particle = cue.surfaces[part], cue.words[part] in word_class("particle")
    limit = 1 if cue.words[part] == "nothing" else 2 if particle else _GAP
    passed = 0
    while at < len(words):
        word = words[at]
        if word in wanted:
            return at
        if not (is_transparent(word) or word in word_class("determiner")):
            barred = word in word_class("barrier") or cue.words[part - 1] == "not" or (particle and word != "it")
            passed += 1
            if barred or passed > limit:
                return None
        at += 1
    return None


def _met(cue: Cue, words: Sequence[str], start: int, end: int) -> int | None:
    at = start + 1
    for part in range(1, len(cue.words)):
        found = _next(cue, part, words, at)
        if found is None:
            return None
        if found >= end and cue.words[part] == "nothing" and not _is_object(words, found):
            return None
        at = found + 1
    return at


def _is_object(words: Sequence[str], nothing: int) -> bool:
    """Say whether the "nothing" at that place is the object of the verb before it, as what follows tells."""
    at = nothing + 1
    while at < len(words) and words[at].endswith("ly"):
        at += 1
    return at == len(words) or words[at] in _AFTER_NOTHING


def matches(words: Sequence[str], end: int | None = None) -> Iterator[Match]:
    """Give the longest entry of each kind at each position before ``end``, in text order.

    ``words`` are as of words_of; words from ``end`` on may only complete an entry that starts before it.
    """
    index = _by_first_word()
    for start in range(len(words) if end is None else end):
        best: dict[str, Match] = {}
        for cue in index.get(words[start], ()):
            stop = _met(cue, words, start, end or 0)
            if stop is None:
                continue
            old = best.get(cue.kind)
            if old is None or (cue.weight, len(cue.words), -stop) > (old.cue.weight, len(old.cue.words), -old.end):
                best[cue.kind] = Match(start, stop, cue)
        yield from sorted(best.values(), key=lambda m: _rank(m, words))


def _rank(match: Match, words: Sequence[str]) -> tuple[int, int]:
    """Order the readings of one word: the longer first; after a determiner the noun, after "be" the adjective."""
    before = words[match.start - 1] if match.start else ""
    order = list(KINDS)
    if before in word_class("determiner"):
        order.insert(0, "noun")
    elif any(word in word_class("like be") for word in words[max(0, match.start - 3) : match.start]):
        order.insert(0, "adjective")
    return -match.cue.weight, order.index(match.cue.kind)
