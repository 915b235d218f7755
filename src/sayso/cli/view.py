"""The terminal view of a reading: a header, the statements in the order of the text, a count.

Each statement stands under the one it is inside: how firmly it is put, who says it through whom, and the words.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console
from rich.text import Text

from sayso.cli.console import columns
from sayso.cli.forces import force_text
from sayso.cli.words import legend, words
from sayso.knowledge.standing import standing
from sayso.record import FORCES, Article, Reading, Statement

__all__ = ["Page", "day", "in_order", "moment", "number", "show_reading", "when"]

STEP, DEEPEST = 5, 3  # columns a nested statement is set in by, and how often
UNSURE = 0.5  # a force that is less likely than this is said to be unsure
PLAIN = frozenset({"certain", "underspecified"})


@dataclass(frozen=True, slots=True)
class Page:
    """Where lines are put: wrapped to the console's width and set in by ``indent`` columns."""

    console: Console

    @property
    def marked(self) -> bool:
        """Whether roles need marks, because the console shows no bold or underline."""
        return not self.console.is_terminal or self.console.is_dumb_terminal

    def put(self, text: Text, indent: int = 0, lead: Text | None = None) -> None:
        """Print one paragraph; ``lead`` stands in the indent of its first line.

        Control characters, which could steer the terminal, are shown as �.
        """
        text.plain = "".join("�" if unicodedata.category(c) == "Cc" and c != "\n" else c for c in text.plain)
        for i, line in enumerate(text.wrap(self.console, max(16, columns(self.console) - indent))):
            before = lead if lead is not None and i == 0 else Text()
            whole = Text().append_text(before).append(" " * (indent - before.cell_len)).append_text(line)
            whole.rstrip()
            self.console.print(whole, soft_wrap=True)

    def fits(self, text: Text, indent: int) -> bool:
        """Say whether the text stays on one line at that indent."""
        return indent + text.cell_len <= columns(self.console)


def show_reading(console: Console, reading: Reading) -> None:
    """Print a reading; without styles where the console has none, unbroken where it has no width."""
    page = Page(console)
    _header(page, reading)
    blocks = [_block(page, reading, s, min(depth, DEEPEST) * STEP) for s, depth in in_order(reading)]
    # Who says it goes beside the force when that fits nearly everywhere, else below it everywhere.
    fitting = sum(page.fits(_beside(block), block.indent) for block in blocks)
    beside = fitting >= 0.8 * len(blocks)
    for block in blocks:
        _put_block(page, block, beside and page.fits(_beside(block), block.indent))
    _footer(page, reading)


def in_order(reading: Reading) -> Iterator[tuple[Statement, int]]:
    """Give the statements with their depth, in the order of the text, nested ones right after their parent."""
    below: dict[str | None, list[Statement]] = {}
    for statement in reading.statements:
        below.setdefault(statement.inside, []).append(statement)
    stack = [(s, 0) for s in sorted(below.get(None, []), key=_place, reverse=True)]
    while stack:
        statement, depth = stack.pop()
        yield statement, depth
        stack += [(s, depth + 1) for s in sorted(below.get(statement.id, []), key=_place, reverse=True)]


def _place(statement: Statement) -> tuple[int, int]:
    spans = [span for span in (statement.source, statement.cue, *statement.content) if span is not None]
    return min((s.start for s in spans), default=0), -max((s.end for s in spans), default=0)


def _header(page: Page, reading: Reading) -> None:
    article = reading.article
    page.put(Text(article.title or "(untitled)", style="bold"))
    facts = [fact for fact in (article.outlet, when(article), article.byline) if fact]
    page.put(Text(" · ".join(facts)))
    inside = sum(s.inside is not None for s in reading.statements)
    counts = number(len(reading.statements), "statement") + (f", {inside} inside another" if inside else "")
    if reading.events:
        counts += " · " + number(len(reading.events), "event")
    page.put(Text(counts, style="dim"))
    page.put(Text())


def when(article: Article) -> str:
    """Give the date of an article and how it was found, or say that there is none."""
    if article.published is None:
        return "undated"
    source = (article.published_from or "").replace("-", " ")
    return moment(article.published) + (f" (from {source})" if source else "")


def day(published: str | None) -> str:
    """Give the day, or as much of it as is known."""
    return published.partition("T")[0] if published else "undated"


def moment(published: str) -> str:
    """Give a date for people: to the minute when it has a time, as it is when it is no plain ISO 8601."""
    if "T" not in published:
        return published
    try:
        return f"{datetime.fromisoformat(published):%Y-%m-%d %H:%M %z}".rstrip()
    except ValueError:
        return published


def number(count: int, noun: str) -> str:
    """Give "1 statement", "2 statements"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


@dataclass(frozen=True, slots=True)
class _Block:
    indent: int
    head: Text
    chain: Text
    words: Text
    circumstances: str


def _block(page: Page, reading: Reading, statement: Statement, indent: int) -> _Block:
    head = Text().append(f"{statement.id:<{STEP - 1}} ", style="dim").append_text(force_text(statement.force, pad=True))
    head.append(f" {statement.confidence:>4.0%}", style="dim")
    if hedges := _hedges(statement):
        head.append(f"  {hedges}", style="yellow")
    shown = words(reading.article.text, statement, marked=page.marked)
    return _Block(indent, head, _chain(reading, statement), shown, _circumstances(reading, statement))


def _beside(block: _Block) -> Text:
    return Text().append_text(block.head).append("  ").append_text(block.chain)


def _put_block(page: Page, block: _Block, beside: bool) -> None:
    if beside:
        page.put(_beside(block), block.indent)
    else:
        page.put(block.head, block.indent)
        page.put(block.chain, block.indent + STEP)
    page.put(block.words, block.indent + STEP)
    if block.circumstances:
        page.put(Text(block.circumstances, style="dim"), block.indent + STEP)
    page.put(Text())


def _hedges(statement: Statement) -> str:
    found: list[str] = [] if statement.certainty in PLAIN else [statement.certainty]
    found += ["negated"] if statement.polarity == "-" else []
    unsure = statement.force_confidence is not None and statement.force_confidence < UNSURE
    return ", ".join(found + (["force unsure"] if unsure else []))


def _chain(reading: Reading, statement: Statement) -> Text:
    unnamed = {actor.id for actor in reading.actors if not actor.named}
    links = [
        link.name + (" (unnamed)" if link.actor in unnamed and not link.name.startswith("unnamed") else "")
        for link in statement.chain
    ]
    line = Text().append("".join(f"{link} › " for link in links[:-1]), style="dim")
    line.append(links[-1] if links else "nobody named", style="bold")
    return line


def _circumstances(reading: Reading, statement: Statement) -> str:
    told = (
        ["to " + ", ".join(reading.actor(actor).name for actor in statement.addressee)] if statement.addressee else []
    )
    shown = _place(statement)
    if statement.venue is not None and not shown[0] <= statement.venue.start < -shown[1]:
        told.append(" ".join(statement.venue.text.split()))
    if statement.about:
        told.append("about " + ", ".join(statement.about))
    return " · ".join(told)


def _footer(page: Page, reading: Reading) -> None:
    if not reading.statements:
        page.put(Text("Nobody is reported to say anything here."))
    counts = Counter(statement.force for statement in reading.statements)
    tally = Text()
    for force in sorted(counts, key=lambda f: (-counts[f], FORCES.index(f))):
        item = Text().append(f"{counts[force]} ").append_text(force_text(force))
        if tally.plain and not page.fits(tally + item, 3):
            page.put(tally)
            tally = Text()
        tally.append("   " if tally.plain else "").append_text(item)
    page.put(tally)
    speaking = {speaker for statement in reading.statements for speaker in statement.speakers}
    unnamed = sum(not actor.named for actor in reading.actors if actor.id in speaking)
    if speaking:
        page.put(Text(f"{number(len(speaking), 'speaker')}: {len(speaking) - unnamed} named, {unnamed} unnamed"))
        for actor in reading.actors:
            if actor.id in speaking and actor.named:
                told = standing(actor.kind, actor.country, actor.office, actor.name)
                page.put(Text(f"   {actor.name}").append(f"  {told}" if told else "", style="dim"), 3)
    page.put(Text().append("how it is marked: ", style="dim").append_text(legend(marked=page.marked)))
    if reading.reader is not None:
        info = reading.reader
        page.put(Text(f"read by {info.name} {info.version}, model {info.model}", style="dim"))
