"""Statements found in a store, as text: for people with the words around them, for programs as cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from sayso.cli.forces import force_text
from sayso.cli.listing import SHORT_ID
from sayso.cli.view import Page, day, number
from sayso.cli.words import words_in
from sayso.store import Hit

__all__ = ["cells", "show_hits"]

STEP = 3  # columns the words are set in by


def cells(hit: Hit) -> list[str]:
    """Give article id, statement id, date, outlet, force, speakers and the words in their place."""
    who = ", ".join(hit.speakers)
    words = _in_place(hit, marked=True).plain
    return [
        hit.article_id[:SHORT_ID],
        hit.statement.id,
        hit.published or "",
        hit.outlet or "",
        hit.statement.force,
        who,
        words,
    ]


def show_hits(console: Console, hits: Sequence[Hit]) -> None:
    """Print each statement with force, speakers, its words in their place, and where it stands."""
    page = Page(console)
    for hit in hits:
        page.put(force_text(hit.statement.force, pad=True).append("  ").append(_speakers(hit), style="bold default"))
        page.put(_in_place(hit, marked=page.marked), STEP)
        where = [f"{hit.article_id[:SHORT_ID]} {hit.statement.id}", hit.outlet, day(hit.published), hit.title]
        page.put(Text(" · ".join(part for part in where if part), style="dim"), STEP)
        page.put(Text())
    page.put(Text(number(len(hits), "statement") if hits else "No statement matches.", style="dim"))


def _speakers(hit: Hit) -> str:
    return ", ".join(hit.speakers) or "nobody named"


def _in_place(hit: Hit, *, marked: bool) -> Text:
    said = hit.statement
    spans = said.content or tuple(span for span in (said.cue, said.source) if span is not None)[:1]
    start = min((span.start for span in spans), default=len(hit.before))
    # What stands around was cut by number of characters: leave out the halves of words.
    before = re.sub(r"^\w\S*\s*", "", hit.before) if len(hit.before) < start else hit.before
    after = re.sub(r"\S*\w$", "", hit.after)
    line = Text().append("… " if len(before) < start else "", style="dim")
    line.append_text(words_in(before + hit.passage + after, start - len(before), said, marked=marked))
    return line.append(" …" if after != hit.after else "", style="dim")
