"""A place name in a text → whether it stands for those who act there ("Moscow said") or for the place ("in Moscow").

After Gritta et al. 2017 the words right around a name tell most; where they leave it open the network's type of the
mention decides.
"""

from __future__ import annotations

import re

from sayso.knowledge.lexicon import cue_words
from sayso.reader.linked import Linked

__all__ = ["acts"]

_PLACED = re.compile(
    r"\b(?:in|at|near|outside|inside|around|across|throughout|into|within|north of|south of|east of|west of|"
    r"through|via|visit(?:s|ed|ing)?(?: to)?|born in|based in|capital of|city of|town of|trip to|return(?:ed|s)? to|travell?ed to)"
    r"(?: the| central| downtown| northern| southern| eastern| western| nearby)?\s+$",
    re.I,
)
_LISTED = re.compile(r",\s+$")
_BETWEEN = re.compile(
    r"\b(?:between|against|with|by|from|for|on|urged|told|accused|warned|pressed)\s+(?:the\s+)?$", re.I
)
_WORD_AFTER = re.compile(
    r"\s+(?:has|have|had|is|was|will|would|also|and \w+ have|did|does|may|could|must|should|wants?)?\s*(?:not\s+)?([a-z]+)"
)
_ACTING = frozenset({"country", "organisation", "group", "person"})


def acts(text: str, start: int, end: int, linked: Linked) -> bool:
    """Say whether the place name at ``start:end`` (code points) stands for people who act, not for a place."""
    before = text[max(0, start - 40) : start]
    if _PLACED.search(before):
        return False
    after = _WORD_AFTER.match(text, end)
    if after and after[1] in cue_words():
        return True
    kind = linked.type_of(start, end)
    if kind is not None:
        return kind in _ACTING
    return bool(_BETWEEN.search(before))
