"""Refusals and omissions: "did not immediately respond to a request for comment", "made no mention of the prisoners".

The press words them in a few formulas, half of which annotators of statements left unmarked, so that the network
knows them badly. The formulas are in ``knowledge/data/omissions.tsv``; what the network found itself stays.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from sayso.knowledge.tables import rows
from sayso.reader.attribution import Range
from sayso.reader.drafts import Draft
from sayso.reader.segment import sentence_starts

__all__ = ["add_omissions"]

# What follows a verb of declining must be about words: "declined to comment", not "declined to seven per cent".
_SAYING = (
    "comment|say|discuss|answer|speak|talk|elaborate|confirm|deny|disclose|give|provide|name|identify|specify|respond|"
    "reply|explain|take questions|be (?:named|identified|interviewed|quoted)"
)
_OF_WORDS = re.compile(rf"\s+(?:to (?:{_SAYING})|comment|(?:an? |our |\w+ )?(?:interview )?requests?)\b")
# The content runs to the end of its clause.
_CLAUSE_ENDS = (
    r"\s*(?:[.;!?”\"\n]|$)|, (?:and|but|as|while|which|who|saying|citing)\b|"
    r" (?:but|when asked|after|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_CONTENT = re.compile(rf"\s+(?P<content>[^\n.;!?”\"]{{0,400}}?[^\s,.;!?”\"])(?={_CLAUSE_ENDS})")
_CLAUSE_OPENS = re.compile(
    r"(?:[,;:—–]\s+(?:and|but|while|though|although|yet)?\s*|\b(?:but|while|though|although|because|that)\s+)"
)
_LEAD = re.compile(r"^(?:but|and|however|meanwhile|yet|still|so|also|though|while|although)\b,?\s*", re.IGNORECASE)
# How sure such a formula is: annotators of PolNeAR train marked half of them, those of the bundled gold nearly all.
_CONFIDENCE = 0.75
_SUBJECT_REACH = 300  # characters before the cue in which its subject is looked for


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{pattern})\b" for pattern, _ in rows("omissions.tsv", ("pattern", "source"))))


def add_omissions(text: str, drafts: list[Draft]) -> list[Draft]:
    """Add the refusals and omissions whose cue overlaps no statement found before."""
    added: list[Draft] = []
    known = sorted(draft.cue for draft in drafts)
    starts = sentence_starts(text)
    for match in _pattern().finditer(text):
        cue = match.span()
        after = bisect_right(known, cue[0], key=lambda k: k[1])  # the first that ends behind its start
        if after < len(known) and known[after][0] < cue[1]:
            continue
        if re.search(r"\b(?:declin|refus)", match.group()) and not _OF_WORDS.match(text, cue[1]):
            continue
        sentence = starts[bisect_right(starts, cue[0]) - 1]
        source = _subject(text, sentence, cue[0])
        content = _CONTENT.match(text, cue[1])
        if source is not None:
            pieces = (content.span("content"),) if content else ()
            added.append(Draft(cue, source, pieces, (1.0, 1.0), confidence=_CONFIDENCE))
    return sorted([*drafts, *added], key=lambda d: d.cue)


def _subject(text: str, sentence: int, cue: int) -> Range | None:
    """Give the words from the start of the clause to the cue, without connectives; None when they are too many."""
    start = max(sentence, cue - _SUBJECT_REACH)
    openings = [m.end() for m in _CLAUSE_OPENS.finditer(text, start, cue) if text[m.end() : m.end() + 1].strip()]
    start = max([start, *(end for end in openings if end < cue)])
    stretch = text[start:cue]
    lead = _LEAD.match(stretch)
    start += lead.end() if lead else 0
    stripped = text[start:cue].strip().rstrip(",")
    if not stripped or len(stripped.split()) > 14:
        return None
    at = text.index(stripped, start)
    return at, at + len(stripped)
