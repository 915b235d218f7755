"""Gold files: what a careful reader found in an article, in the full form or a short one.

Takes a file or folder; gives :class:`GoldArticle` objects to compare with fresh readings. The full form is the
record that ``sayso read --json`` writes. In the short form ``article`` is a path, relative to the file or to the
folder above it, speakers and chain are lists of names, and everything but id, spans and force may be left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from sayso.errors import GroundingError, NotFound, RecordError
from sayso.knowledge.pronouns import pronoun
from sayso.record import Article, Force, Quote, Reading, Span
from sayso.scoring import Range, Said

__all__ = ["GoldArticle", "gold_files", "load_gold", "said_in"]

Loader = Callable[[Path], Article]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One article with the statements a person found in it."""

    name: str
    article: Article
    statements: tuple[Said, ...]


class _Short(BaseModel):
    """A statement in the short form; keys it does not know are let be, people keep notes in gold files."""

    model_config = ConfigDict(extra="ignore")

    id: str
    source: Span | None = None
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    force: Force
    quote: Quote | None = None
    inside: str | None = None
    speakers: tuple[str, ...] | None = None
    chain: tuple[str, ...] | None = None

    def spans(self) -> Iterator[Span]:
        yield from (span for span in (self.source, self.cue, *self.content) if span is not None)

    def said(self) -> Said:
        chain = self.chain or ()
        # A speaker list that is empty says: nobody is named; the last link then describes who speaks.
        unnamed = {name for name in chain if name.casefold().startswith("unnamed")}
        unnamed |= set(chain[-1:]) if self.speakers == () else set()
        return Said(
            self.id,
            _range(self.source),
            _range(self.cue),
            tuple((span.start, span.end) for span in self.content),
            self.force,
            self.quote,
            self.inside,
            self.speakers,
            self.chain,
            unnamed=frozenset(unnamed),
        )


def _range(span: Span | None) -> Range | None:
    return None if span is None else (span.start, span.end)


def said_in(reading: Reading) -> tuple[Said, ...]:
    """Give the statements of a reading as they are compared, in its order."""
    actors = {actor.id: actor for actor in reading.actors}
    unnamed_actors = {actor.id for actor in reading.actors if not actor.named}
    people = frozenset(actor.name for actor in reading.actors if actor.kind == "person")
    met = {
        actor.name: frozenset((span.start, span.end) for span in actor.mentions if pronoun(span.text) is None)
        for actor in reading.actors
    }
    return tuple(
        Said(
            s.id,
            _range(s.source),
            _range(s.cue),
            tuple((span.start, span.end) for span in s.content),
            s.force,
            s.quote,
            s.inside,
            tuple(actors[speaker].name for speaker in s.speakers),
            tuple(link.name for link in s.chain),
            people | {link.name for link in s.chain if link.actor and actors[link.actor].kind == "person"},
            frozenset(
                {link.name for link in s.chain if link.actor in unnamed_actors}
                | {actors[speaker].name for speaker in s.speakers if speaker in unnamed_actors}
            ),
            met,
        )
        for s in reading.statements
    )


def gold_files(path: Path) -> list[Path]:
    """List the gold files at a path: the file itself, or every ``*.json`` under the folder, sorted.

    Raises NotFound when there is none.
    """
    if path.is_dir():
        files = sorted(file for file in path.rglob("*.json") if file.is_file())
    else:
        files = [path] if path.is_file() else []
    if not files:
        raise NotFound(f"no gold at {path}: give a record file or a folder with *.json records")
    return files


def load_gold(file: Path, load: Loader) -> GoldArticle:
    """Read one gold file; ``load`` gives the article when the file only names it.

    Raises RecordError when it is neither form or a span is not a slice of the article, and what ``load`` raises.
    """
    try:
        data = json.loads(file.read_bytes())
    except ValueError as error:
        raise RecordError(f"{file} is not a gold file: not JSON in UTF-8 ({error})") from error
    if not isinstance(data, dict) or "article" not in data or "statements" not in data:
        raise RecordError(f"{file} is not a gold file: it needs the keys article and statements")
    if isinstance(data["article"], str):
        return _load_short(file, data, load)
    try:
        reading = Reading.from_json(json.dumps(data))
    except RecordError as error:
        raise RecordError(f"{file}: {error}") from error
    return GoldArticle(file.stem, reading.article, said_in(reading))


def _load_short(file: Path, data: dict[str, Any], load: Loader) -> GoldArticle:
    places = [folder / data["article"] for folder in (file.parent, file.parent.parent)]
    article = load(next((place for place in places if place.is_file()), places[0]))
    try:
        statements = [_Short.model_validate(item) for item in data["statements"]]
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RecordError(f"{file}: a statement is wrong at {where}: {first['msg']}") from error
    for statement in statements:
        for span in statement.spans():
            there = article.text[span.start : span.end]
            if there != span.text:
                raise RecordError(f"{file}: {GroundingError(span.start, span.end, span.text, there)}")
    return GoldArticle(file.stem, article, tuple(statement.said() for statement in statements))
