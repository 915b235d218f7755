"""The closed classes of English that stand around a cue, and the cutting of a cue into words.

The classes are in ``word_classes.tsv``. Cutting takes text and gives lower-case words in which contractions are
undone: "hasn’t" gives ``has``, ``not``; "never" and "no longer" give ``not``; "he’s" gives ``he``, ``be``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from sayso.knowledge.tables import rows

__all__ = ["COLUMNS", "WordClass", "is_transparent", "word_class", "words_of"]

COLUMNS = ("class", "word", "source")

WordClass = Literal[
    "accepting",
    "adverb",
    "answering",
    "article",
    "auxiliary",
    "barrier",
    "be",
    "complement",
    "determiner",
    "former",
    "general",
    "hearsay",
    "light",
    "like be",
    "link",
    "negator",
    "no adverb",
    "of a body",
    "of a state",
    "omitting",
    "opening",
    "particle",
    "question",
    "refusing",
    "thing",
    "unwilling",
    "wishing",
]

_CONTRACTIONS = (
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"\b(?:can't|cannot)\b"), "can not"),
    (re.compile(r"\bshan't\b"), "shall not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'(?:s|re|m)\b"), " be"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'d\b"), " would"),
    (re.compile(r"\b(?:never|no longer|not yet)\b"), "not"),
)
_NOT_ONLY = re.compile(r"\bnot (?:only|just|merely|simply|for the first time)\b")
_WORD = re.compile(r"[^\W_]+(?:[-./][^\W_]+)*|[:—–―]|(?<!\S)-(?!\S)")


@cache
def word_class(name: WordClass) -> frozenset[str]:
    """Load the words of a class, lower case; raises RecordError when the file is damaged."""
    return frozenset(_classes()[name])


@cache
def _classes() -> dict[str, list[str]]:
    classes: dict[str, list[str]] = {}
    for name, word, _ in rows("word_classes.tsv", COLUMNS):
        classes.setdefault(name, []).append(word)
    return classes


def words_of(text: str) -> list[str]:
    """Cut text into lower-case words, contractions undone; of punctuation only the colon and dashes are kept."""
    text = text.lower().replace("’", "'").replace("‘", "'").replace("\u02bc", "'")
    for pattern, plain in _CONTRACTIONS:
        text = pattern.sub(plain, text)
    return _WORD.findall(_NOT_ONLY.sub(" ", text))


@lru_cache(maxsize=4096)
def is_transparent(word: str) -> bool:
    """Say whether the word is an auxiliary, an adverb or a negation, which may stand inside or before a cue."""
    if word in word_class("auxiliary") or word in word_class("adverb"):
        return True
    return word.endswith("ly") and word not in word_class("no adverb")
