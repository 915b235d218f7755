"""A statement's own words, cut from the article in their order, with source, cue and content told apart.

In a terminal by weight, slant and underline; in plain text by marks: ``*source*``, ``_cue_``, ``[content]``. No
quotation mark is added: those that stand there are the article's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.text import Text

from sayso.record import Span, Statement

__all__ = ["MARKS", "STYLES", "legend", "words", "words_in"]

STYLES = {"source": "bold", "cue": "italic underline", "content": "", "": "dim"}
MARKS = {"source": ("*", "*"), "cue": ("_", "_"), "content": ("[", "]"), "": ("", "")}
LONGEST_GAP = 90  # characters between two roles that are shown; more is left out as …

Piece = tuple[str, str]  # role or "", text


def _paint(statement: Statement) -> dict[int, str]:
    # The later one wins where two overlap: a cue inside its content is still the cue.
    spans: list[tuple[str, Span | None]] = [("content", span) for span in statement.content]
    spans += [("source", statement.source), ("cue", statement.cue)]
    return {i: role for role, span in spans if span is not None for i in range(span.start, span.end)}


def _pieces(window: str, base: int, roles: dict[int, str]) -> Iterator[Piece]:
    for role, positions in groupby(range(base, base + len(window)), key=lambda i: roles.get(i, "")):
        places = list(positions)
        yield role, window[places[0] - base : places[-1] + 1 - base]


def _join(pieces: Iterable[Piece], *, marked: bool) -> Text:
    line = Text()
    for role, piece in pieces:
        before, after = MARKS[role] if marked else ("", "")
        flat = "".join(" " if c.isspace() else c for c in piece)
        body = " ".join(flat.split())
        lead = " " if flat.startswith(" ") and line.plain and not line.plain.endswith(" ") else ""
        tail = " " if flat.endswith(" ") and body else ""
        line.append(lead)
        line.append(f"{before}{body}{after}" if body else "", style=STYLES[role])
        line.append(tail)
    return line


def words(text: str, statement: Statement, *, marked: bool) -> Text:
    """Give the stretch of the article from the statement's first word to its last, on one line.

    What stands between two of its parts is shown when it is short, … when it is long.
    """
    roles = _paint(statement)
    if not roles:
        return Text()
    first, last = min(roles), max(roles)
    pieces = _pieces(text[first : last + 1], first, roles)
    return _join(((r, p if r or len(p) <= LONGEST_GAP else " … ") for r, p in pieces), marked=marked)


def words_in(window: str, base: int, statement: Statement, *, marked: bool) -> Text:
    """Give a window of the article, which starts at offset ``base`` of it, with the statement's parts told apart.

    A source and cue that lie outside the window are put in front.
    """
    roles = _paint(statement)
    named = [("source", statement.source), ("cue", statement.cue)]
    outside = [(r, s) for r, s in named if s is not None and not base <= s.start < s.end <= base + len(window)]
    pieces: list[Piece] = []
    for role, span in sorted(outside, key=lambda item: item[1].start):
        pieces += [(role, span.text), ("", " … ")]
    return _join([*pieces, *_pieces(window, base, roles)], marked=marked)


def legend(*, marked: bool) -> Text:
    """Explain how the roles are told apart, in their own look."""
    line = Text()
    for i, role in enumerate(("source", "cue", "content")):
        before, after = MARKS[role] if marked else ("", "")
        line.append("  " if i else "")
        line.append(f"{before}{role}{after}", style=STYLES[role])
    return line
