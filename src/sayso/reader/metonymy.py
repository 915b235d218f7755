"""A place name in a text → whether it stands for those who act there ("Moscow said") or for the place ("in Moscow").

After Gritta et al. 2017 the words right around a name tell most; where they leave it open the network's type of the
mention decides, and where it sees none the name is a place.
"""

from __future__ import annotations

import re

from sayso.knowledge.lexicon import cue_words
from sayso.reader.linked import Linked

__all__ = ["acts", "is_placed"]

_PLACED = re.compile(
    r"\b(?:in|at|near|outside|inside|around|across|throughout|into|within|through|via|"
    r"(?:north|south|east|west|capital|city|town) of|(?:born|based) in|"
    r"visit(?:s|ed|ing)?(?: to)?|trip to|return(?:s|ed)? to|travell?ed to)"
    r"(?: the| central| downtown| northern| southern| eastern| western| nearby)?\s+$",
    re.I,
)
_WORD_AFTER = re.compile(
    r"(?:\s+(?:has|have|had|is|was|will|would|also|did|does|may|could|must|should))?(?:\s+not)?\s+([a-z]+)"
)
_ACTING = frozenset({"country", "organisation"})


def is_placed(text: str, start: int) -> bool:
    """Say whether the words before a place name make it a place ("in Moscow", "north of Moscow")."""
    return _PLACED.search(text[max(0, start - 40) : start]) is not None


def acts(text: str, start: int, end: int, linked: Linked) -> bool:
    """Say whether the place name at ``start:end`` (code points) stands for people who act, not for a place."""
    if is_placed(text, start):
        return False
    after = _WORD_AFTER.match(text, end)
    if after and after[1] in cue_words():
        return True
    return linked.type_of(start, end) in _ACTING
