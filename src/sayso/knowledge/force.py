"""From an attribution cue to its force: takes the words of a cue and what stands around it, gives a reading.

How a cue is read:

1. The cue is cut into words, contractions undone. Auxiliaries, adverbs and refusals right before it and the first
   words of its content count as context, so that "did not | mention", "declined to | comment", "agreed | to leave"
   and "expressed | his willingness" are read whole.
2. Every entry of ``force_cues.tsv`` in it is looked up, the longest at each word. The first verb or adjective is the
   head; then come nouns, prepositions, adverbs, and last punctuation and bare prepositions.
3. A verb that only opens a saying ("continued to", "responded by") yields to the verb it leads to; a light verb
   ("issue", "repeat", "voice") yields to the noun that says what was issued.
4. A negation that belongs to the head is resolved by the table in :mod:`sayso.knowledge.negation`; a refusal
   ("refused to") is declines, but of a denial it is hints ("refused to rule out"), and of an acceptance denies
   ("refused to accept").
5. could, may and might (possible), likely, probably and should (probable) in the main clause of the content lower the
   certainty of what is asserted; "will" does not, as in FactBank. A negated main clause turns the polarity of what is
   asserted, confirmed or believed. An assertion whose content is a question asks.

A cue without any known word asserts; when it is negated in the past it is silent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sayso.knowledge.certainty import commitment
from sayso.knowledge.grammar import is_transparent, word_class, words_of
from sayso.knowledge.lexicon import Match, cue_words, matches
from sayso.knowledge.negation import Verdict, left_context, manner_of, negated
from sayso.knowledge.tables import rows

if TYPE_CHECKING:
    from sayso.record import Certainty, Force, Polarity

__all__ = ["CueReading", "classify", "cue_words", "usual"]

_USUAL_COLUMNS = ("force", "certainty", "polarity", "source")
_TAIL = 5  # words of the content that may complete a cue
_NEAR = 60  # characters of a content in which a negation is taken to be that of its main verb
_RANKS = {"verb": 0, "adjective": 0, "noun": 1, "preposition": 2, "adverb": 3, "punctuation": 4}
_WEAKER: tuple[Certainty, ...] = ("certain", "probable", "possible")
_SPEAKING = frozenset({"asserts", "confirms", "declines"})
_ROOM_FOR_DOUBT = frozenset({"asserts", "confirms", "believes"})
_TAKES_NEGATION = frozenset({"asserts", "confirms", "believes"})
_CLAUSE = re.compile(
    r"(?<=\w),? \b(?:that|which|who|whom|while|because|although|though|if|after|before|unless|since|but)\b"
    r"|[;\n]|[.!?,][\"”’']?\s+[\"“‘']|[.!?][\"”’']?\s"
)
_POSSIBLE = re.compile(r"\b(?:could|may|might|possibly|perhaps|maybe)\b")
_PROBABLE = re.compile(r"\b(?:likely|probably|should|(?:is|are|was|were) expected to|appears? to|seems? to)\b")
_NEGATED = re.compile(r"\b(?:not|never|no|nobody|none|nothing|neither|cannot)\b|n[’']t\b", re.IGNORECASE)
_AFFIRMING = re.compile(
    r"\b(?:no (?:fewer|less|more|later|earlier|sooner|other) than|no doubt\b(?: that\b)?"
    r"|not (?:only|just|merely|simply)|none other than|nothing (?:less than|short of))\b",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(r"[.,;:!?“”\"()\n]")


@dataclass(frozen=True, slots=True)
class CueReading:
    """What a cue says: ``entry`` is the lemma form it was found under, None when no word of it is known.

    ``polarity`` is that of the content as the source stands to it: "-" where it is denied, disbelieved or unwanted.
    ``turned`` says that the force is not the one listed: a negation, a refusal or a question changed it.
    """

    force: Force
    certainty: Certainty
    polarity: Polarity
    entry: str | None
    turned: bool = False


@dataclass(frozen=True, slots=True)
class _Head:
    match: Match
    anchor: int  # where the verb stands that a negation would be put to


def classify(cue_text: str, before: str = "", content: str = "") -> CueReading:
    """Read a cue; ``before`` is the text right before it, ``content`` what the source says, as far as known."""
    cue = words_of(cue_text)
    lead = words_of(_BOUNDARY.split(before[-80:])[-1])
    lead = left_context(lead, len(lead))
    tail = words_of(content[:80])[:_TAIL]
    words, end = [*lead, *cue, *tail], len(lead) + len(cue)
    head = _head(words, end)
    if head is None:
        manner = manner_of(left_context(words, end)) or ("omitted" if {"not", "failed"} & set(cue) else None)
        force: Force = "silent" if manner == "omitted" else "declines" if manner == "unwilling" else "asserts"
        certainty: Certainty = "certain" if force == "asserts" else "underspecified"
        return CueReading(force, _doubted(force, certainty, words[:end], content), "+", None)
    force, certainty, polarity = _verdict(head, words)
    if force == "asserts" and content.rstrip(" \n\"”’'").endswith("?"):
        force, certainty = "asks", "underspecified"
    if force in _TAKES_NEGATION and _is_negated(content):
        polarity = "-" if polarity == "+" else "+"
    turned = force != head.match.cue.force
    certainty = commitment(force, _doubted(force, certainty, words[:end], content), cue_text, content)
    return CueReading(force, certainty, polarity, head.match.cue.cue, turned)


def usual(force: Force, cue_text: str, content: str) -> tuple[Certainty, Polarity]:
    """Give the certainty and polarity that statements of a force have, as far as the content does not change them."""
    certainty, polarity = _usual()[force]
    if force in _TAKES_NEGATION and _is_negated(content):
        polarity = "-"
    return commitment(force, _doubted(force, certainty, words_of(cue_text), content), cue_text, content), polarity


@cache
def _usual() -> dict[str, tuple[Any, Any]]:
    return {force: (certainty, polarity) for force, certainty, polarity, _ in rows("forces.tsv", _USUAL_COLUMNS)}


def _head(words: Sequence[str], end: int) -> _Head | None:
    found = _chosen(list(matches(words, end)), words)
    if not found:
        return None
    first = min(found, key=lambda m: (_rank(m, words), m.start))
    if first.cue.kind != "verb":
        return _Head(first, first.start)
    if first.cue.words[0] in word_class("light") and first.cue.weight == 1 and (noun := _noun_after(first, words, end)):
        return _Head(noun, first.start)
    opens = first.cue.words[0] in word_class("opening") or (first.cue.force == "asserts" and first.cue.weight > 1)
    if opens and (verb := _verb_after(first, words)):
        return _Head(verb, first.start)
    return _Head(first, first.start)


def _chosen(found: list[Match], words: Sequence[str]) -> list[Match]:
    """Keep the best reading at each word, and of overlapping entries the one with more content words."""
    verbs = [match for match in found if match.cue.kind == "verb"]
    kept: list[Match] = []
    for match in found:
        if match.cue.words[0] == "have" and _is_auxiliary(match, verbs, words):
            continue
        if kept and match.start < kept[-1].end:
            if match.start == kept[-1].start or match.cue.weight <= kept[-1].cue.weight:
                continue
            kept.pop()
        kept.append(match)
    return kept


def _is_auxiliary(have: Match, verbs: Sequence[Match], words: Sequence[str]) -> bool:
    """Say whether "have" only helps a verb that stands between it and its noun ("has denied the plan")."""
    if "been" in words[have.start : have.end]:
        return True
    own = frozenset().union(*have.cue.surfaces)
    between = [words[verb.start] for verb in verbs if have.start < verb.start < have.end]
    # After "have" an -ing form describes the noun: "has growing concerns".
    return any(word not in own and not word.endswith("ing") for word in between)


def _rank(match: Match, words: Sequence[str]) -> int:
    if match.cue.kind == "adjective" and match.start and not _after_be(match, words):
        return 1
    if match.cue.kind == "preposition" and match.cue.weight == 0:
        return 5
    return _RANKS[match.cue.kind]


def _after_be(match: Match, words: Sequence[str]) -> bool:
    before = words[max(0, match.start - 3) : match.start]
    return not word_class("like be").isdisjoint(before) or all(is_transparent(word) for word in before)


def _noun_after(verb: Match, words: Sequence[str], end: int) -> Match | None:
    """Find the noun a light verb carries: in the cue, or among the first words of the content."""
    reach = max(end, min(len(words), verb.end + 4))
    for noun in matches(words, reach):
        if noun.start >= verb.end and noun.cue.kind == "noun":
            return None if word_class("barrier") & set(words[verb.end : noun.start]) else noun
    return None


def _verb_after(opener: Match, words: Sequence[str]) -> Match | None:
    """Find the verb an opener leads to: "… to V", "… by V-ing" or "… V-ing"."""
    for verb in matches(words):
        if verb.start >= opener.end and verb.cue.kind == "verb":
            linked = words[verb.start].endswith("ing") or words[verb.start - 1] in {"to", "by"}
            return verb if linked and not {"that", ":"} & set(words[opener.end : verb.start]) else None
    return None


def _verdict(head: _Head, words: Sequence[str]) -> Verdict:
    cue = head.match.cue
    plain: Verdict = (cue.force, cue.certainty, cue.polarity)
    run = left_context(words, head.anchor)
    refuses = words[head.match.start] in word_class("refusing") and cue.weight == 1
    if refuses and (refused := _refused(head.match, words)):
        return refused
    if "not" in cue.words or "no" in cue.words or _RANKS[cue.kind] >= _RANKS["preposition"]:
        return plain
    inside = set(words[head.anchor : head.match.end])
    if cue.words[0] in word_class("wishing") and manner_of(run) and _speaks_after(head.match, words):
        return "declines", "underspecified", "+"
    manner = manner_of(run) or ("omitted" if "no" in inside or words[head.anchor - 1 : head.anchor] == ["no"] else None)
    if manner is None:
        return plain
    verdict = negated(cue, manner, run)
    asked = words[head.match.end : head.match.end + 1]
    if cue.force == "asserts" and verdict[0] == "denies" and asked and asked[0] in word_class("question"):
        return "declines", "underspecified", "+"
    return verdict


def _speaks_after(wish: Match, words: Sequence[str]) -> bool:
    """Say whether what is wished is to speak ("did not want to comment")."""
    if words[wish.end : wish.end + 1] != ["to"]:
        return False
    return any(m.start == wish.end + 1 and m.cue.kind == "verb" and m.cue.force in _SPEAKING for m in matches(words))


def _refused(refusal: Match, words: Sequence[str]) -> Verdict | None:
    """Read what is refused: "refused to rule out" hints, "refused to accept" denies; None for all else."""
    if words[refusal.end : refusal.end + 1] != ["to"]:
        return None
    for verb in matches(words):
        if verb.start > refusal.end and verb.cue.kind == "verb":
            if verb.cue.force == "denies":
                return "hints", "possible", "+"
            return ("denies", "certain", "-") if verb.cue.words[0] in word_class("accepting") else None
    return None


def _doubted(force: Force, certainty: Certainty, cue: Sequence[str], content: str) -> Certainty:
    """Lower the certainty by the modals of the cue and of the main clause of the content."""
    if force not in _ROOM_FOR_DOUBT or certainty == "underspecified":
        return certainty
    if word_class("hearsay") & set(cue):
        return "underspecified"
    clause = _main_clause(content)
    if {"could", "may", "might"} & set(cue) or _POSSIBLE.search(clause):
        limit: Certainty = "possible"
    else:
        limit = "probable" if _PROBABLE.search(clause) else "certain"
    return max(certainty, limit, key=_WEAKER.index)


def _main_clause(content: str) -> str:
    """Cut the content before its first subordinate clause, clause inside it or second sentence."""
    return _CLAUSE.split(content.strip().removeprefix("that "), maxsplit=1)[0]


def _is_negated(content: str) -> bool:
    """Say whether the main clause of the content is negated near its beginning."""
    return _NEGATED.search(_main_clause(_AFFIRMING.sub("", content))[:_NEAR]) is not None
