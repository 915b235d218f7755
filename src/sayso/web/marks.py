"""Text and statements in, the text cut into segments out: each segment knows every span that covers it.

Spans overlap as they like (a source lies inside a content, a content inside another), which markup cannot express
as elements within elements; so the text is cut at every edge, and each piece carries all its marks side by side.
Offsets are Unicode code points, half-open. Nothing here knows HTML.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from sayso.record import Span, Statement

__all__ = ["Mark", "Paragraph", "Role", "Segment", "depths", "marks_of", "paragraphs", "segments"]

Role = Literal["content", "source", "cue"]

_RANK: dict[Role, int] = {"content": 0, "source": 1, "cue": 2}
_BLANK_LINE = re.compile(r"\n(?:[^\S\n]*\n)+")
_LINE = re.compile(r"\n")
_WIDEST_WRAP = 120


@dataclass(frozen=True, slots=True)
class Mark:
    """One span in its role: which statement it belongs to, where the whole span lies, how deep the statement is.

    ``depth`` is 0 for a statement that stands by itself and counts the statements it is inside; ``direct`` is true
    when the statement is quoted word for word.
    """

    statement: str
    role: Role
    start: int
    end: int
    depth: int = 0
    direct: bool = False


@dataclass(frozen=True)
class Segment:
    """A piece of text that no span begins or ends within; ``marks`` are all that cover it, outermost first."""

    start: int
    end: int
    text: str
    marks: tuple[Mark, ...] = ()

    @cached_property
    def layers(self) -> int:
        """How many statements hold this piece as (part of) their content."""
        return len({mark.statement for mark in self.marks if mark.role == "content"})

    @property
    def opening(self) -> tuple[Mark, ...]:
        """The marks whose span begins here."""
        return tuple(mark for mark in self.marks if mark.start == self.start)

    @property
    def closing(self) -> tuple[Mark, ...]:
        """The marks whose span ends here."""
        return tuple(mark for mark in self.marks if mark.end == self.end)

    def ids(self, role: Role) -> tuple[str, ...]:
        """The statements that cover this piece in a role, outermost first, each once."""
        return tuple(dict.fromkeys(mark.statement for mark in self.marks if mark.role == role))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the text, without the white space around it; never empty."""

    start: int
    end: int


def depths(statements: Iterable[Statement]) -> dict[str, int]:
    """Count for each statement id how many statements it is inside; a circle is cut where it comes round again."""
    inside = {statement.id: statement.inside for statement in statements}
    found: dict[str, int] = {}
    for start in inside:
        path: list[str] = []
        here: str | None = start
        while here is not None and here not in found and here not in path:
            path.append(here)
            here = inside.get(here)
        base = found[here] + 1 if here is not None and here in found else 0
        found.update({statement: base + step for step, statement in enumerate(reversed(path))})
    return found


def marks_of(statement: Statement, depth: int = 0) -> Iterator[Mark]:
    """Give the marks of one statement: source, cue, each piece of content."""
    direct = statement.quote == "direct"
    spans: list[tuple[Role, Span | None]] = [("source", statement.source), ("cue", statement.cue)]
    spans.extend(("content", piece) for piece in statement.content)
    for role, span in spans:
        if span is not None:
            yield Mark(statement.id, role, span.start, span.end, depth, direct)


def segments(text: str, statements: Sequence[Statement], *, breaks: Iterable[int] = ()) -> list[Segment]:
    """Cut the text at every edge of every span, and at ``breaks``.

    The segments are in order, none is empty and together they are the text; the segments that carry a mark are
    exactly the slice of its span. Gives nothing for an empty text. Expects spans that are slices of the text, as a
    Reading promises.
    """
    level = depths(statements)
    opens: dict[int, set[Mark]] = defaultdict(set)
    closes: dict[int, set[Mark]] = defaultdict(set)
    for statement in statements:
        for mark in marks_of(statement, level[statement.id]):
            opens[mark.start].add(mark)
            closes[mark.end].add(mark)
    inner_breaks = (edge for edge in breaks if 0 < edge < len(text))
    edges = sorted({0, len(text), *opens, *closes, *inner_breaks})
    active: set[Mark] = set()
    cover: tuple[Mark, ...] = ()
    cut: list[Segment] = []
    for start, end in pairwise(edges):
        if start in opens or start in closes:
            active = (active - closes.get(start, set())) | opens.get(start, set())
            cover = tuple(sorted(active, key=_outermost_first))
        cut.append(Segment(start, end, text[start:end], cover))
    return cut


def _outermost_first(mark: Mark) -> tuple[int, int, int, str]:
    return mark.start - mark.end, mark.depth, _RANK[mark.role], mark.statement


def paragraphs(text: str) -> list[Paragraph]:
    """Find the paragraphs: blank lines part them; single line ends do where lines are not wrapped to a width.

    That is so in a text without blank lines, and in a block with a line longer than anyone wraps to.
    """
    blocks = list(_parts(text, 0, len(text), _BLANK_LINE))
    if len(blocks) == 1:
        return list(_parts(text, 0, len(text), _LINE))
    found: list[Paragraph] = []
    for block in blocks:
        lines = list(_parts(text, block.start, block.end, _LINE))
        unwrapped = any(line.end - line.start > _WIDEST_WRAP for line in lines)
        found.extend(lines if unwrapped else [block])
    return found


def _parts(text: str, start: int, end: int, parting: re.Pattern[str]) -> Iterator[Paragraph]:
    gaps = [edge for gap in parting.finditer(text, start, end) for edge in gap.span()]
    edges = [start, *gaps, end]
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        piece = text[left:right]
        if body := piece.strip():
            lead = len(piece) - len(piece.lstrip())
            yield Paragraph(left + lead, left + lead + len(body))
