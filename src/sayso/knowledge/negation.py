"""What a negated cue amounts to: takes the force of the cue and how it is negated, gives the reading.

======== =========================================================== ==========================================
manner   said with                                                   example
======== =========================================================== ==========================================
unwilling will/would not, refuse, decline, not want, unwilling        "would not say", "did not want to comment"
unable    can/could not, unable to                                    "could not confirm"
omitted   did/has not, never, fail, avoid, without, yet to, no …      "did not mention", "has yet to endorse"
disowned  be not, do/does not                                         "is not saying", "does not blame"
======== =========================================================== ==========================================

========= ========== ================= ========= ============================
force     unwilling  unable            omitted   disowned
========= ========== ================= ========= ============================
asserts   declines   declines          silent    denies − (verbs with do: silent)
denies    hints      hints             hints     hints
confirms  declines   asserts, under-   silent    denies −
                     specified
hints     declines   silent            silent    denies −
believes  believes, the polarity turned round, in every manner
fears     believes −, in every manner
wants     wants, the polarity turned round, in every manner
promises  declines   silent            silent    denies −
praises   declines   silent            silent    wants − (adjectives: accuses)
asks      declines   silent            silent    silent
declines  asserts, underspecified, in every manner ("did not refuse")
silent    asserts, in every manner ("did not ignore")
others    declines   silent            silent    denies −
========= ========== ================= ========= ============================

Verbs of answering (comment, respond, reply, return, answer) decline in every manner. Negations with a meaning of
their own ("not rule out", "not know", "could not be reached", "neither confirm nor deny") are entries of
``force_cues.tsv``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from sayso.knowledge.grammar import is_transparent, word_class

if TYPE_CHECKING:
    from sayso.knowledge.lexicon import Cue
    from sayso.record import Certainty, Force, Polarity

__all__ = ["Manner", "Verdict", "left_context", "manner_of", "negated"]

Manner = Literal["unwilling", "unable", "omitted", "disowned"]
Verdict = tuple["Force", "Certainty", "Polarity"]


_DECLINES: Verdict = ("declines", "underspecified", "+")
_SILENT: Verdict = ("silent", "underspecified", "+")
_DENIES: Verdict = ("denies", "certain", "-")
_OPPOSES: Verdict = ("wants", "underspecified", "-")


def left_context(words: Sequence[str], at: int) -> list[str]:
    """Give the unbroken run of auxiliaries, adverbs, negations and verbs of refusal that leads up to ``words[at]``."""
    start = at
    passing = word_class("unwilling") | word_class("omitting") | word_class("wishing") | word_class("link") | {"unable"}
    while start > 0 and (is_transparent(words[start - 1]) or words[start - 1] in passing):
        start -= 1
    return list(words[start:at])


def manner_of(run: Sequence[str]) -> Manner | None:
    """Say how the words before a cue negate it; None when they do not."""
    words = set(run)
    denied = bool(words & word_class("negator"))
    if "unable" in words:
        return "unable"
    if words & word_class("unwilling"):
        return None if denied else "unwilling"
    if words & {"without", "yet"}:
        return "omitted"
    if words & word_class("omitting"):
        return None if denied else "omitted"
    return _denied(words) if denied else None


def _denied(words: set[str]) -> Manner:
    if words & word_class("wishing") or words & {"will", "would"}:
        return "unwilling"
    if words & {"can", "could"}:
        return "unable"
    if words & {"did", "has", "have", "had"} or not words & (word_class("be") | {"do", "does"}):
        return "omitted"
    return "disowned"


def negated(cue: Cue, manner: Manner, run: Sequence[str]) -> Verdict:
    """Read a cue that is negated in that manner, by the table above."""
    if cue.words[0] in word_class("answering"):
        return _DECLINES
    turned: Polarity = "-" if cue.polarity == "+" else "+"
    match cue.force:
        case "denies":
            return "hints", "possible", "+"
        case "believes" | "wants":
            return cue.force, cue.certainty, turned
        case "fears":
            return "believes", "probable", "-"
        case "declines":
            return "asserts", "underspecified", "+"
        case "silent":
            return "asserts", "certain", "+"
    if manner == "unwilling":
        return _DECLINES
    if cue.kind == "adjective":
        return _disowned(cue, ["be"])
    if manner == "omitted":
        return _SILENT
    if manner == "unable":
        return _unable(cue)
    return _disowned(cue, run)


def _unable(cue: Cue) -> Verdict:
    if cue.force == "confirms":
        return "asserts", "underspecified", "+"
    return _DECLINES if cue.force == "asserts" else _SILENT


def _disowned(cue: Cue, run: Sequence[str]) -> Verdict:
    if cue.force == "praises":
        return ("accuses", "certain", "+") if cue.kind == "adjective" else _OPPOSES
    if cue.force == "asks" or (cue.force == "asserts" and not word_class("be") & set(run)):
        return _SILENT
    return _DENIES
