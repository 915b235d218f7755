"""What a turn of a transcript does by its own words: takes what is said after "SMITH:", gives force, or None.

"We call on all sides to go home" demands and "That is a lie" denies, though no cue but a colon introduces them: a verb
of saying in the first person does what it says (Austin 1962), and the press's answers are few.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, cast

from sayso.knowledge.force import CueReading, classify
from sayso.knowledge.gazetteer import levelled
from sayso.knowledge.tables import rows

if TYPE_CHECKING:
    from sayso.record import Force

__all__ = ["COLUMNS", "performed"]

COLUMNS = ("pattern", "force", "source")

_OPENING = r"(?:(?:and|but|so|well|look|now|again|frankly|listen|first|honestly)[,;]?\s+)*"
_FIRST_PERSON = re.compile(
    rf"[\"“‘']?{_OPENING}(?:i|we)(?:'d like to| want to| would like to| must| can only)?\s+"
    r"(?P<verb>\S+(?:\s+\S+){0,3})",
    re.I,
)
_DOES = frozenset({"demands", "promises", "denies", "accuses", "asks", "praises", "warns", "threatens", "believes"})


@cache
def _answers() -> tuple[tuple[re.Pattern[str], Force], ...]:
    return tuple(
        (re.compile(rf"[\"“‘']?{_OPENING}{pattern}", re.I), cast("Force", force))
        for pattern, force, _ in rows("answers.tsv", COLUMNS)
    )


def performed(said: str) -> Force | None:
    """Give what the words of a turn do, by its first sentence; None where they only say something."""
    plain = levelled(said).strip()
    for pattern, force in _answers():
        if pattern.match(plain):
            return force
    if (first := _FIRST_PERSON.match(plain)) is None:
        return None
    reading: CueReading = classify(first["verb"], "", "")
    return reading.force if reading.entry is not None and reading.force in _DOES else None
