"""Around a cue: whom it is addressed to and where or through what it is said."""

from __future__ import annotations

import re
from bisect import bisect_right

from sayso.knowledge.venues import find_venue, is_venue
from sayso.reader.attribution import Range
from sayso.reader.drafts import Draft

__all__ = ["addressee_range", "sentence_around", "venue_range"]

_DETERMINER = r"(?:the|a|an|his|her|its|their|our|my|your|some|several|two|three|both|all|other|fellow)"
_CAPITALISED = r"(?:(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sen|Rep)\.|(?:[A-Z]\.)+|[A-Z][\w’'-]*)"
# A noun phrase right after a verb of telling: a determiner and its words, capitalised words, a bare plural.
_NOUN_PHRASE = re.compile(
    rf" (?P<to>to )?(?P<phrase>(?:{_DETERMINER} )?"
    rf"(?:{_CAPITALISED}(?: (?:(?:of|and|for|the|de|al|bin) )?{_CAPITALISED}){{0,8}}(?: [a-z][\w’'-]+s)?"
    r"|(?:[a-z][\w’'-]*(?: [\w’'-]+){0,3}?))"
    r")(?= (?:that|in|on|at|during|by|via|of|after|before|as|how|why|what|whether|to|when|while|not|there|from|over|"
    r"through|following|ahead|near|beside|aboard|amid|outside|inside|about|last|this|yesterday|today|earlier|later|late|early|again)\b"
    r"| ?(?:[,.:;—–“\"‘]|$))"
)
_NO_ADDRESSEE = re.compile(
    r"(?:that|in|on|at|by|during|after|before|when|while|as|for|from|with|via|about|over|of|it|there|and|but|or|"
    r"also|later|earlier|again|yesterday|today|tomorrow|now|then|this|last|next|how|why|what|whether|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|[\w]+ly|so|not|to)\b",
    re.IGNORECASE,
)
_TELLING = re.compile(
    r"\b(?:tell|tells|told|telling|inform\w*|assur(?:e|es|ed|ing)|remind\w*|warn\w*|brief\w*|advis(?:e|es|ed|ing)|"
    r"promis(?:e|es|ed|ing)|ask\w*|urg(?:e|es|ed|ing)|notif(?:y|ies|ied)|confid\w*|wrote|write|writes|"
    r"order\w*|persuad\w*|convinc\w*|reassur\w*|instruct\w*|admonish\w*)$"
)


def sentence_around(starts: list[int], length: int, at: int) -> Range:
    """Give the sentence that holds the offset ``at``; ``starts`` as of sentence_starts."""
    number = bisect_right(starts, at)
    return starts[number - 1], starts[number] if number < len(starts) else length


# "Speaking to lawmakers, he said …": before the source, in the same sentence.
_SPEAKING_TO = re.compile(
    rf"\b(?:[Ss]peaking|[Tt]alking) (?:to|with) (?P<phrase>(?:{_DETERMINER} )?"
    rf"(?:{_CAPITALISED}(?: {_CAPITALISED}){{0,5}}|"
    r"[a-z][\w’'-]*(?: [a-z][\w’'-]*){0,3}?))(?=,| (?:on|in|at|after|during|before|from|by|outside|ahead|via|about)\b)"
    r"[^.;!?\n]*$"
)


def addressee_range(text: str, draft: Draft) -> Range | None:
    """Find the noun phrase a statement is addressed to, or None.

    It stands right after a verb of telling (or "said to"), or after "speaking to" before the source.
    """
    return _told(text, draft) or _spoken_to(text, draft)


def _spoken_to(text: str, draft: Draft) -> Range | None:
    before = draft.source[0] if draft.source else draft.cue[0]
    match = _SPEAKING_TO.search(text, max(0, before - 200, text.rfind("\n", 0, before) + 1), before)
    return match.span("phrase") if match else None


def _told(text: str, draft: Draft) -> Range | None:
    after = [start for start, _ in draft.content if start >= draft.cue[1]]
    limit = min([*after, draft.cue[1] + 120, len(text)])
    newline = text.find("\n", draft.cue[1], limit)
    limit = newline if newline >= 0 else limit
    match = _NOUN_PHRASE.match(text, draft.cue[1], limit)
    if match is None or _NO_ADDRESSEE.match(match["phrase"]) or is_venue(match["phrase"]):
        return None  # "told a press conference" names a venue
    if match["to"] is None and not _TELLING.search(text[draft.cue[0] : draft.cue[1]]):
        return None
    return match.span("phrase")


def venue_range(text: str, draft: Draft, region: Range, others: list[Range]) -> Range | None:
    """Find the venue or medium named in the words that belong to the statement but to neither source nor content.

    ``region`` is the sentence, or the content the statement lies in; ``others`` are spans of other statements, beyond
    which nothing is looked for. The gap that holds the cue is searched first. Returns a range or None.
    """
    own = sorted([draft.cue, *draft.content, *([draft.source] if draft.source else [])])
    inside = [r for r in own if region[0] <= r[0] < region[1]]
    first, last = inside[0][0], max(end for _, end in inside)
    low = max([region[0], *(end for _, end in others if end <= first)])
    high = min([region[1], *(start for start, _ in others if start >= last)])
    at, gaps = low, []
    for start, end in [*(r for r in own if r != draft.cue), (high, high)]:
        if at < min(start, high):
            gaps.append((at, min(start, high)))
        at = max(at, end)
    gaps.sort(key=lambda gap: (not gap[0] <= draft.cue[0] < gap[1], abs(gap[0] - draft.cue[1])))
    told = _NOUN_PHRASE.match(text, draft.cue[1], min(high, draft.cue[1] + 120))
    if told and not _NO_ADDRESSEE.match(told["phrase"]) and is_venue(told["phrase"]):
        return told.span("phrase")
    return next((found for gap in gaps if (found := find_venue(text, *gap))), None)
