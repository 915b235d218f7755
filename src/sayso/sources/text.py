"""Plain text → Article. The text is kept as it is, so that offsets into the article are offsets into the file.

What the lines before and after the body say (headline, byline, date, copyright) is read by the rules of ``press``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.record import Article
from sayso.settings import Settings
from sayso.sources import press
from sayso.sources.dates import read_line
from sayso.sources.findings import Findings

__all__ = ["article_of_text", "read_layout"]

_HEAD = 6_000  # characters in which the lines before the body are looked for
_TAIL = 2_000  # and those after it
_HEAD_LINES = 8
_TAIL_LINES = 6


def article_of_text(text: str, settings: Settings, findings: Findings) -> Article:
    """Make an article of plain text with "\\n" as its only line ending; raises EmptyText and TooLong."""
    body_start = read_layout(text, findings)
    return findings.article(text, settings, body_start=body_start)


def read_layout(text: str, findings: Findings, *, body_start: int = 0) -> int:
    """Note what the lines around the body say, from ``body_start`` on; give the offset at which the body begins.

    The headline, its repetitions, a byline and a date line come before the body.
    """
    lines = list(_lines(text, body_start))
    index = _skip_title(lines, findings)
    index = _skip_credits(lines, index, findings)
    if index < len(lines):
        body_start = lines[index].start
    end = next((c for line in _last_lines(text) if (c := press.copyright_line(line))), None)
    findings.note_press(press.dateline(text[body_start : body_start + 400]), end)
    return body_start


class _Line:
    """A non-empty line of the head: its offset, its words, and whether a blank line or the end comes after it."""

    __slots__ = ("alone", "start", "words")

    def __init__(self, start: int, words: str, alone: bool) -> None:
        self.start, self.words, self.alone = start, words, alone


def _lines(text: str, start: int) -> Iterator[_Line]:
    head = text[start : start + _HEAD]
    spans = [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", head)][: _HEAD_LINES + 1]
    for number, (begin, end) in enumerate(spans):
        follows = spans[number + 1][0] if number + 1 < len(spans) else len(head)
        line = head[begin:end]
        indent = len(line) - len(line.lstrip())
        yield _Line(start + begin + indent, line.strip(), head.count("\n", end, follows) > 1)


def _last_lines(text: str) -> list[str]:
    lines = [line for line in text[-_TAIL:].split("\n") if line.strip()]
    return lines[: -_TAIL_LINES - 1 : -1]


def _skip_title(lines: list[_Line], findings: Findings) -> int:
    """Give the number of lines that are the title, noting it when it was not known."""
    if len(lines) < 2:
        return 0
    title = findings.get("title")
    first = lines[0].words
    if title is not None and not press.same_words(first, title):
        return 0
    index = 1
    while index < len(lines) and press.same_words(lines[index].words, first):
        index += 1
    if index == len(lines):
        return 0
    if title is None:
        if not (lines[index - 1].alone and press.is_headline(first)):
            return 0
        findings.note("title", first, "first line")
    return index


def _skip_credits(lines: list[_Line], index: int, findings: Findings) -> int:
    """Give the index of the first line that is neither byline nor date, at most four lines on."""
    for line in lines[index : index + 4]:
        if name := press.byline(line.words):
            findings.note("byline", name, "byline")
        elif day := read_line(line.words):
            findings.note("published", day, "date line")
        else:
            break
        index += 1
    return index
