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


@cache
def _table() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Give each row of the file with the words of its entry, articles and "be" left out."""
    skipped = word_class("article") | {"be"}
    table = []
    for cells in rows("force_cues.tsv", COLUMNS):
        words = tuple([word for word in cells[0].split(" ") if word not in skipped])
        table.append((tuple(cells), words or (cells[0],)))  # tuples of strings cost the garbage collector nothing
    return tuple(table)


def _head(words: tuple[str, ...], particles: frozenset[str]) -> int:
    if words[0] not in particles:
        return 0
    return next((i for i, word in enumerate(words) if word not in particles), 0)


@cache
def _entry(number: int) -> Cue:
    """Make the entry of a row; most are never met, so each is made when it is."""
    (cue, kind, forms, force, certainty, polarity, _), words = _table()[number]
    head, irregular = _head(words, word_class("particle")), listed(forms)
    surfaces = tuple(_surfaces(w, kind, head=i == head, irregular=irregular) for i, w in enumerate(words))
    return Cue(
        cue, kind, words, surfaces, cast("Force", force), cast("Certainty", certainty), cast("Polarity", polarity)
    )


@cache
def cues() -> tuple[Cue, ...]:
    """Load the whole lexicon, in file order; raises RecordError when the file is damaged."""
    return tuple(_entry(number) for number in range(len(_table())))


@cache
def _by_first_word() -> dict[str, list[list[int]]]:
    """Give for each form of a first word the rows of its entries, those alike in how it inflects together."""
    alike: dict[tuple[str, str, bool, str], list[int]] = {}
    particles = word_class("particle")
    for number, (cells, words) in enumerate(_table()):
        alike.setdefault((words[0], cells[1], _head(words, particles) == 0, cells[2]), []).append(number)
    index: dict[str, list[list[int]]] = {}
    for (word, kind, head, forms), numbers in alike.items():
        for surface in _surfaces(word, kind, head=head, irregular=listed(forms)):
            index.setdefault(surface, []).append(numbers)
    return index


@cache
def _starting(surface: str) -> tuple[Cue, ...]:
    """Give the entries whose first word has this form, in file order."""
    numbers = sorted(number for group in _by_first_word().get(surface, ()) for number in group)
    return tuple(_entry(number) for number in numbers)


@cache
def cue_words() -> frozenset[str]:
    """Give every inflected word that betrays a cue by itself, lower case: of entries with one telling word, that word.

    Words of longer idioms ("make official", "bottom line") are ordinary ones elsewhere.
    """
    particles = word_class("particle")
    mute = particles | word_class("general")
    telling: set[tuple[str, str, bool, str]] = set()
    for cells, words in _table():
        kind = cells[1]
        if kind in ("preposition", "punctuation") or (kind == "verb" and words[0] in mute):
            continue
        told = [word for word in words if word not in mute or word == "back"]
        if len(told) == 1:
            telling.add((told[0], kind, words[_head(words, particles)] == told[0], cells[2]))
    found: set[str] = {"according", "per"}
    for word, kind, head, forms in telling:
        found |= _surfaces(word, kind, head=head, irregular=listed(forms))
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
        for cue in _starting(words[start]) if words[start] in index else ():
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
