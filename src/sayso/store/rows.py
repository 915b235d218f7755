"""What the tables say of a Reading: a Reading in, the rows of statements, spans and actors out, always the same.

`add` writes these rows, and `verify` derives them again from the stored record to compare.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from sayso.errors import RecordError
from sayso.record import Article, Reading, Span, Statement, text_id
from sayso.store.fulltext import Entry, fold
from sayso.store.when import moments

__all__ = [
    "actor_rows",
    "address_columns",
    "article_columns",
    "article_entry",
    "digest",
    "key_of",
    "place_of",
    "reading_columns",
    "refuse_unkeepable",
    "span_rows",
    "statement_entry",
    "statement_rows",
]

Row = dict[str, Any]

_LONGEST_KEY = 200  # a B-tree of PostgreSQL takes 2,700 bytes


def digest(*parts: str) -> str:
    """Give the SHA-256 of strings, told apart from any other cut of the same characters."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def key_of(name: str | None) -> str | None:
    """Give what a name is compared by: without case and accents, at most 200 characters."""
    return None if name is None else fold(name)[:_LONGEST_KEY]


def place_of(article: Article) -> str:
    """Give the digest that tells one address of a text from another: of its URL, else of its outlet and title."""
    if article.url is not None:
        return digest("url", article.url)
    return digest("outlet", article.outlet or "", article.title or "")


def reading_columns(reading: Reading) -> Row:
    """Give the columns of ``readings`` that say who read and how much was found.

    ``signature`` is a digest of the reader; of the findings where none signed, so that two hands are not taken for one.
    """
    reader = reading.reader
    if reader is None:
        found = reading.model_dump_json(exclude={"article"})
        signed: Row = {"reader_name": "", "reader_version": "", "model": "", "signature": digest("unsigned", found)}
    else:
        signature = digest("reader", reader.name, reader.version, reader.model)
        signed = {"reader_name": reader.name, "reader_version": reader.version, "model": reader.model}
        signed["signature"] = signature
    speakers = {name for row in statement_rows(reading) for name in row["speakers"].split("\n") if name}
    return {**signed, "statement_count": len(reading.statements), "speaker_count": len(speakers)}


def refuse_unkeepable(article: Article, data: Any) -> None:
    """Raise RecordError where the record holds what no database keeps, or an id that is not its text's.

    ``data`` is the record as plain Python. A NUL cannot be stored in PostgreSQL and ends a text in SQLite; half a
    surrogate pair has no UTF-8.
    """
    for where, value in _strings(data, ""):
        if "\0" in value:
            raise RecordError(f"{where} holds a NUL character at {value.index(chr(0))}; remove it and read again")
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise RecordError(f"{where} holds half a character at {error.start}; decode the file again") from error
    if article.id != text_id(article.text):
        raise RecordError(
            f"article.id {article.id[:16]!r} is not the SHA-256 of its text; leave it empty to have it set"
        )


def article_columns(article: Article) -> Row:
    """Give the columns of ``articles`` that describe one, without text, version and history."""
    described = (
        "url",
        "outlet",
        "title",
        "byline",
        "published",
        "published_from",
        "language",
        "dateline",
        "agency",
        "body_start",
    )
    return {
        **{name: getattr(article, name) for name in described},
        "captions": json.dumps(article.captions, ensure_ascii=False),
        "found": json.dumps(article.found, ensure_ascii=False),
        **_when(article),
    }


def address_columns(article: Article, version: int) -> Row:
    """Give the columns of ``addresses`` that describe one, without its text and history."""
    described = ("url", "outlet", "title", "byline", "published")
    return {
        **{name: getattr(article, name) for name in described},
        "place": place_of(article),
        "outlet_key": key_of(article.outlet),
        "version": version,
        "details": article.model_copy(update={"version": version}).model_dump_json(exclude={"text"}),
    }


def article_entry(row: Row) -> Entry:
    """Give what the full-text index has of a row of ``articles``."""
    return Entry(row["number"], (row["title"], row["text"]))


def statement_entry(row: Row) -> Entry:
    """Give what the full-text index has of a row of ``statements``."""
    return Entry(row["id"], (row["content"], row["speakers"]))


def statement_rows(reading: Reading) -> list[Row]:
    """Give the rows of ``statements``, in the order of the reading, without keys."""
    names = {actor.id: actor.name for actor in reading.actors}
    article = reading.article
    shared = {"published": article.published, "outlet": article.outlet, **_when(article)}
    return [
        {**_statement_row(s, names), "article_id": article.id, "ordinal": ordinal, **shared}
        for ordinal, s in enumerate(reading.statements)
    ]


def _statement_row(statement: Statement, names: dict[str, str]) -> Row:
    pieces = {
        "source": () if statement.source is None else (statement.source,),
        "cue": () if statement.cue is None else (statement.cue,),
        "content": statement.content,
    }
    row: Row = {"statement": statement.id}
    for role, spans in pieces.items():
        row[role] = " ".join(span.text for span in spans) if spans else None
        row[f"{role}_start"], row[f"{role}_end"] = _extent(spans)
    row["passage_start"], row["passage_end"] = _extent(pieces["content"] or pieces["cue"] or pieces["source"])
    speakers = [" ".join(names[actor].split()) for actor in dict.fromkeys(statement.speakers)]
    if not speakers and statement.source is not None:
        speakers = [" ".join(statement.source.text.split())]
    return {
        **row,
        "force": statement.force,
        "certainty": statement.certainty,
        "polarity": statement.polarity,
        "quote": statement.quote,
        "speakers": "\n".join(speakers),
        "confidence": statement.confidence,
    }


def _extent(spans: tuple[Span, ...]) -> tuple[int | None, int | None]:
    if not spans:
        return None, None
    return min(span.start for span in spans), max(span.end for span in spans)


def span_rows(reading: Reading) -> list[Row]:
    """Give one row of ``spans`` for every span of the reading, without keys; ``ordinal`` counts from 0 over all."""
    return [
        {"owner": owner, "role": role, "ordinal": ordinal, "start": span.start, "end": span.end, "text": span.text}
        for ordinal, (owner, role, span) in enumerate(_spans(reading))
    ]


def _spans(reading: Reading) -> Iterator[tuple[str, str, Span]]:
    for actor in reading.actors:
        for mention in actor.mentions:
            yield actor.id, "mention", mention
    for s in reading.statements:
        for role, span in (("source", s.source), ("cue", s.cue), ("venue", s.venue)):
            if span is not None:
                yield s.id, role, span
        for piece in s.content:
            yield s.id, "content", piece
        for link in s.chain:
            if link.span is not None:
                yield s.id, "link", link.span
    for event in reading.events:
        yield event.id, "trigger", event.trigger
        if event.place is not None and event.place.span is not None:
            yield event.id, "place", event.place.span
    for date in reading.dates:
        yield date.id, "date", date.span


def actor_rows(reading: Reading) -> list[Row]:
    """Give the rows of ``actors``, in the order of the reading, without keys."""
    return [
        {
            "article_id": reading.article.id,
            "ordinal": ordinal,
            "actor": actor.id,
            "name": actor.name,
            "name_key": key_of(actor.name),
            "kind": actor.kind,
            "country": actor.country,
            "roles": json.dumps(actor.roles),
            "office": actor.office,
            "named": actor.named,
        }
        for ordinal, actor in enumerate(reading.actors)
    ]


def _when(article: Article) -> Row:
    when = moments(article.published)
    if when is None:
        return {"earliest": None, "latest": None, "instant": ""}
    return {"earliest": when.earliest, "latest": when.latest, "instant": when.instant}


def _strings(data: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, str):
        yield where, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield where, key
            yield from _strings(value, f"{where}.{key}" if where else key)
    elif isinstance(data, list | tuple):
        for index, value in enumerate(data):
            yield from _strings(value, f"{where}.{index}")
