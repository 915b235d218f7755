"""Text → sentence starts.

Takes the article's text and gives the offsets at which sentences and lines begin. The reader cuts its
windows there, so a cut in the wrong place costs a little context and never a statement.
"""

from __future__ import annotations

import re

__all__ = ["sentence_starts"]

# A stop, optional closing marks, white space, then something a sentence can begin with.
_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-Z0-9])")
_LINE = re.compile(r"\n\s*")
# Short words before the stop that do not end a sentence: initials and titles.
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov|St|Jr|Sr|Rev|Hon|No|vs|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec))\.\s+$"
)


def sentence_starts(text: str) -> list[int]:
    """Find where sentences and lines begin.

    Returns ascending, unique offsets (code points); the first is always 0. An empty text gives ``[0]``.
    """
    starts = {0}
    starts.update(m.end() for m in _LINE.finditer(text) if m.end() < len(text))
    for match in _SENTENCE.finditer(text):
        if not _ABBREVIATION.search(text, max(0, match.start() - 8), match.end()):
            starts.add(match.end())
    return sorted(starts)
