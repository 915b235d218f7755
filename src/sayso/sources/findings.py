"""What was found out about an article on the way, first finding first: the one form in which all kinds of source hand
over their metadata. Takes notes of (field, value, where it stood), gives the Article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.errors import EmptyText, TooLong
from sayso.record import Article
from sayso.settings import Settings
from sayso.sources.agencies import is_agency
from sayso.sources.press import Copyright, Dateline, same_name

__all__ = ["Findings"]

FIELDS = ("url", "outlet", "title", "byline", "published", "language", "dateline", "agency")


class Findings:
    """Fields of an article with where each was found. The first finding of a field stays."""

    def __init__(self, given: dict[str, str | None] | None = None) -> None:
        self._values: dict[str, str] = {}
        self._found: dict[str, str] = {}
        for field, value in (given or {}).items():
            self.note(field, value, "given")

    def note(self, field: str, value: str | None, where: str) -> None:
        """Keep a value unless there is one already or it is empty; white space in it becomes single spaces."""
        if field not in FIELDS:
            raise ValueError(f"an article has no field {field!r}")
        clean = " ".join(value.split()) if value else ""
        if clean and field not in self._values:
            self._values[field] = clean
            self._found[field] = where

    def get(self, field: str) -> str | None:
        """Give the value kept for a field, None when nothing was found."""
        return self._values.get(field)

    def note_language(self, tag: str | None, where: str) -> None:
        """Keep the language of a tag such as "en-GB": its first part in lower case."""
        if tag and (match := re.match(r"\s*([A-Za-z]{2,3})(?:[-_][\w-]*)?\s*$", tag)):
            self.note("language", match[1].lower(), where)

    def note_press(self, start: Dateline | None, end: Copyright | None) -> None:
        """Keep what the dateline and the copyright line say, each with the other in view."""
        if end:
            self.note("outlet", end.holder, "copyright line")
        if start:
            self.note("dateline", start.text, "dateline")
            self._note_credit(start)
        self._note_day(start, end)

    def _note_credit(self, start: Dateline) -> None:
        credit = start.credit
        if credit is None:
            return
        outlet = self.get("outlet")
        own = outlet is not None and same_name(credit, outlet)
        # An outlet signs its own datelines; its name alone makes no agency of it, initials of a longer one do.
        acronym_counts = not own or credit.casefold() != (outlet or "").casefold()
        another = outlet is not None and not own and start.text is not None
        if another or is_agency(credit, bare_acronym=acronym_counts):
            self.note("agency", credit, "dateline credit")
        self.note("outlet", None if self.get("agency") == credit else credit, "dateline credit")

    def _note_day(self, start: Dateline | None, end: Copyright | None) -> None:
        year = end.year if end else None
        if start and start.day:
            own_year, month, day = start.day
            if own_year:
                self.note("published", f"{own_year:04}-{month:02}-{day:02}", "dateline")
            elif year:
                self.note("published", f"{year:04}-{month:02}-{day:02}", "dateline and copyright line")
        if year:
            self.note("published", f"{year:04}", "copyright line")

    def article(self, text: str, settings: Settings, *, body_start: int = 0, captions: Sequence[str] = ()) -> Article:
        """Make the article; raises TooLong when the text is above ``settings.max_characters``, EmptyText when blank."""
        if len(text) > settings.max_characters:
            raise TooLong(
                f"the text has {len(text):,} characters, the limit is {settings.max_characters:,}; "
                "split it or raise SAYSO_MAX_CHARACTERS"
            )
        if not text.strip():
            raise EmptyText("there is no text in it; give a file that holds an article")
        found = {field: where for field, where in self._found.items() if field != "published"}
        return Article(
            **{field: self._values.get(field) for field in FIELDS},
            published_from=self._found.get("published"),
            found=found,
            captions=tuple(captions),
            body_start=body_start,
            text=text,
        )
