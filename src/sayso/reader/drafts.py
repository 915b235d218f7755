"""The form a statement has while it is being read: ranges of the article's text, before it becomes a record."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sayso.reader.attribution import Attribution, Range

__all__ = ["Draft", "covers", "shifted", "without_slug"]

_SLUG = re.compile(r"[A-Z][A-Z’' .-]+[A-Z](?:,[^–—\n“\"]{1,40}?)?(?: ?\([^)\n]{1,40}\))? [–—-] ")


@dataclass(frozen=True, slots=True)
class Draft:
    """One statement as half-open character ranges of the article; ``parent`` is the cue of the statement around it.

    ``cue`` identifies a draft: no two drafts of a reading share a cue.
    """

    cue: Range
    source: Range | None
    content: tuple[Range, ...]
    scores: tuple[float, float]  # of the cue and of the roles, as in Attribution
    parent: Range | None = None
    confidence: float | None = None  # where no network judged it
    forces: tuple[float, ...] = ()  # probabilities in the order of FORCES, as in Attribution

    @property
    def start(self) -> int:
        """Where the statement's first span begins."""
        return min([self.cue[0], *(r[0] for r in self.content), *([self.source[0]] if self.source else [])])

    @property
    def size(self) -> int:
        """How many characters its content has. A statement is always smaller than the one it lies in."""
        return sum(end - start for start, end in self.content)


def covers(outer: tuple[Range, ...], inner: Range) -> bool:
    """Say whether one of the outer ranges holds the inner one whole."""
    return any(start <= inner[0] and inner[1] <= end for start, end in outer)


def shifted(attribution: Attribution, by: int) -> Draft:
    """Turn an attribution found in a stretch of the article that begins at ``by`` into a draft.

    A source in several pieces keeps the piece nearest the cue; a content piece that swallowed the cue keeps its
    words all the same, since the press does put attributions inside quotations.
    """
    middle = sum(attribution.cue) / 2
    source = min(attribution.source, key=lambda r: abs(sum(r) / 2 - middle), default=None)
    draft = Draft(
        cue=_move(attribution.cue, by),
        source=_move(source, by) if source else None,
        content=tuple(_move(piece, by) for piece in attribution.content),
        scores=(attribution.cue_score, attribution.role_score),
        forces=attribution.forces,
    )
    return replace(draft, content=tuple(sorted(draft.content)))


def without_slug(text: str, draft: Draft) -> Draft:
    """Take a dateline or slug that opens a paragraph ("NEW YORK – ", "KARSHA, 14 March (Wire) — ") out of its spans."""

    def trimmed(r: Range) -> Range:
        opens = r[0] == 0 or text[r[0] - 1] == "\n"
        slug = _SLUG.match(text, r[0], r[1]) if opens else None
        return (slug.end(), r[1]) if slug and slug.end() < r[1] else r

    source = trimmed(draft.source) if draft.source else None
    return replace(draft, source=source, content=tuple(trimmed(piece) for piece in draft.content))


def _move(r: Range, by: int) -> Range:
    return r[0] + by, r[1] + by
