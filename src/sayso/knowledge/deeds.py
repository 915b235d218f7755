"""Verbs of joint acts and deeds ("discussed", "offered", "signed") that report no words unless a clause follows.

``deeds.tsv`` lists them: ``topic`` verbs name what was talked about, ``deed`` verbs what was done.
"""

from __future__ import annotations

import re
from functools import cache

from sayso.knowledge.inflection import verb_forms
from sayso.knowledge.tables import rows

__all__ = ["is_deed"]

_CLAUSE = re.compile(r"\W*(?:that|whether|if|how|why|when|where)\b|[“\"‘«]", re.IGNORECASE)
# Verbs of the list whose past is irregular.
_IRREGULAR = {"hold": ("held",), "meet": ("met",), "give": ("gave", "given")}


@cache
def _forms() -> frozenset[str]:
    forms: set[str] = set()
    for verb, _, _ in rows("deeds.tsv", ("verb", "class", "source")):
        head, _, rest = verb.partition(" ")
        forms.update(f"{form} {rest}".strip() for form in verb_forms(head, _IRREGULAR.get(head, ())))
    return frozenset(forms)


@cache
def _pattern() -> re.Pattern[str]:
    longest = "|".join(sorted(map(re.escape, _forms()), key=len, reverse=True))
    return re.compile(rf"\b(?:{longest})\b", re.IGNORECASE)


def is_deed(cue: str, content: str) -> bool:
    """Say whether a cue tells of an act, not of words: a verb of the list that no clause or quotation follows."""
    return _pattern().search(cue) is not None and _CLAUSE.match(content) is None
