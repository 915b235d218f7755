"""How far a source commits itself to what it says, by force and the shape of the content (after FactBank).

Takes the force, what the list of cues says of its certainty, the cue and the content; the guideline is
docs/reference/force.md. A claim can be certain, a bare topic or target claims nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.record import Certainty, Force

__all__ = ["commitment"]

# Whether it will be so is open: nothing is claimed.
_OPEN = frozenset({"wants", "demands", "asks", "declines", "silent"})
_FIXED: dict[str, Certainty] = {"promises": "probable", "threatens": "probable", "hints": "possible"}
_MAY = re.compile(r"\b(?:could|may|might|possibly|perhaps)\b", re.IGNORECASE)
_ADVICE = re.compile(
    r"^(?:\w+ ){0,6}?(?:not )?to [a-z]|^(?:them |him |her |us |\w+ )?against\b|\bagainst$", re.IGNORECASE
)
# A wrong or a deed in words of its own: "of taking bribes", "for having stayed", "as a traitor", "that they lied".
_DEED = re.compile(
    r"\b(?:of|for|as|with|by|over) (?:\w+ly |not |having )?\w+ing\b|\bas (?:an? |the |“|\")", re.IGNORECASE
)
_DEED_AFTER_CUE = re.compile(r"^(?:\w+ly |not |having )?\w+ing\b", re.IGNORECASE)
_OPENS_DEED = re.compile(r"\b(?:of|for|as|with|by)$", re.IGNORECASE)
_TOPIC = re.compile(r"\b(?:about|of|on|discuss\w*|address\w*|outlin\w*|detail\w*|describ\w*|focus\w*)$", re.IGNORECASE)
# Signs of a clause: a conjunction, a pronoun or a name before a finite verb, an auxiliary.
_CLAUSE = re.compile(
    r"^(?:that|if|when)\b|^[“\"‘'].*[.,!?][”\"’']?$|\b(?:is|are|was|were|has|have|had|will|would|won[’']t|can|could|may|"
    r"might|must|should|shall|did|does|do|isn[’']t|wasn[’']t|aren[’']t|don[’']t|doesn[’']t|didn[’']t)\b|n[’']t\b",
    re.IGNORECASE | re.DOTALL,
)


def commitment(force: Force, listed: Certainty, cue: str, content: str) -> Certainty:
    """Give the certainty of a statement; ``listed`` is that of its cue, lowered already by modals."""
    if force in _OPEN:
        return "underspecified"
    if force in _FIXED:
        return "possible" if force == "threatens" and _MAY.search(content) else _FIXED[force]
    if force == "warns":
        return _of_warning(cue.strip(), content.strip())
    if force in ("accuses", "praises"):
        return "certain" if _is_claim(cue.strip(), content.strip()) else "underspecified"
    if force == "asserts" and listed == "certain" and _TOPIC.search(cue.strip()) and not _CLAUSE.search(content):
        return "underspecified"
    return listed


def _of_warning(cue: str, content: str) -> Certainty:
    if _ADVICE.search(content) or cue.lower().endswith("against"):
        return "underspecified"
    if not _CLAUSE.search(content) or _MAY.search(content):
        return "possible"
    return "certain"


def _is_claim(cue: str, content: str) -> bool:
    if _CLAUSE.search(content) or _DEED.search(content):
        return True
    return _OPENS_DEED.search(cue) is not None and _DEED_AFTER_CUE.match(content) is not None
