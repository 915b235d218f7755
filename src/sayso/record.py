"""The words of sayso as types, with JSON in and out. Every other module speaks them; this one imports only errors.

Offsets are Unicode code points into ``Article.text``, half-open. A :class:`Reading` is checked when it is made or read
from JSON: spans that are not slices of its article raise :class:`~sayso.errors.GroundingError`; an id that is given
twice or does not resolve, a statement that lies inside itself (by way of others, too) and a body that begins beyond
the text raise :class:`~sayso.errors.RecordError`. Pydantic's ``model_copy(update=…)`` and ``model_construct`` check
nothing: make a new Reading instead.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sayso.errors import GroundingError, RecordError

__all__ = [
    "ACTOR_KINDS",
    "CERTAINTIES",
    "EVENT_STATUSES",
    "FORCES",
    "QUOTES",
    "SCHEMA",
    "Actor",
    "ActorKind",
    "Article",
    "Certainty",
    "Date",
    "Event",
    "EventStatus",
    "Force",
    "Link",
    "Place",
    "Polarity",
    "Quote",
    "ReaderInfo",
    "Reading",
    "Span",
    "Statement",
    "json_schema",
    "normalised_text",
    "text_id",
]

SCHEMA = "sayso/record/1"

Force = Literal[
    "asserts",
    "denies",
    "confirms",
    "hints",
    "believes",
    "warns",
    "fears",
    "wants",
    "promises",
    "threatens",
    "demands",
    "accuses",
    "praises",
    "asks",
    "declines",
    "silent",
]
Quote = Literal["direct", "indirect", "mixed"]
Certainty = Literal["certain", "probable", "possible", "underspecified"]
Polarity = Literal["+", "-"]
ActorKind = Literal["person", "organisation", "country", "government", "media", "group"]
EventStatus = Literal["happened", "under way", "planned", "possible", "alleged", "denied", "hypothetical"]

FORCES: tuple[str, ...] = get_args(Force)
QUOTES: tuple[str, ...] = get_args(Quote)
CERTAINTIES: tuple[str, ...] = get_args(Certainty)
ACTOR_KINDS: tuple[str, ...] = get_args(ActorKind)
EVENT_STATUSES: tuple[str, ...] = get_args(EventStatus)

Confidence = Annotated[float, Field(ge=0.0, le=1.0)]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Record):
    """A slice of the article: ``article.text[start:end] == text``, ``0 <= start < end``."""

    start: Annotated[int, Field(ge=0)]
    end: int
    text: str

    @model_validator(mode="after")
    def _measure(self) -> Span:
        if self.end <= self.start or self.end - self.start != len(self.text):
            raise GroundingError(self.start, self.end, self.text, None)
        return self

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Cut the span out of a text; raises GroundingError when the range is empty or outside."""
        if not 0 <= start < end <= len(text):
            raise GroundingError(start, end, text[start:end], None)
        return cls(start=start, end=end, text=text[start:end])


def normalised_text(text: str) -> str:
    """Give the text whose hash identifies an article: NFC, runs of white space as one space, trimmed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def text_id(text: str) -> str:
    """Give the article id: SHA-256 of the normalised text, 64 hexadecimal digits."""
    return hashlib.sha256(normalised_text(text).encode("utf-8", "surrogatepass")).hexdigest()


class Article(_Record):
    """One text as it was published, with what is known about it and how that was found.

    ``body_start`` is the offset at which the body begins in ``text``: before it stands the headline, as often as
    the page repeats it. ``found`` says for ``title``, ``byline``, ``outlet``, ``agency`` … where each came from
    ("front matter", "og:title", "first line" …); ``published_from`` says it for the date. ``published`` is ISO 8601
    or EDTF ("2023" when only the year is known). ``captions`` are kept apart from the text.
    """

    id: str = ""
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published: str | None = None
    published_from: str | None = None
    language: str | None = None
    dateline: str | None = None
    agency: str | None = None
    version: Annotated[int, Field(ge=1)] = 1
    captions: tuple[str, ...] = ()
    found: dict[str, str] = {}
    body_start: Annotated[int, Field(ge=0)] = 0
    text: str

    @model_validator(mode="before")
    @classmethod
    def _identify(cls, data: Any) -> Any:
        if isinstance(data, dict) and not data.get("id") and isinstance(data.get("text"), str):
            return {**data, "id": text_id(data["text"])}
        return data

    def span(self, start: int, end: int) -> Span:
        """Cut a span out of the text; raises GroundingError when the range is empty or outside."""
        return Span.of(self.text, start, end)


class Actor(_Record):
    """Who speaks or acts. ``country`` is ISO 3166 alpha-3, joined by "+" where a group is of several
    ("KOR+USA"); ``roles`` are CAMEO/PLOVER agent codes, primary first.

    ``named`` is false for those the text only describes ("South Korean and American officials").
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    roles: tuple[str, ...] = ()
    office: str | None = None
    named: bool = True
    mentions: tuple[Span, ...] = ()


class Link(_Record):
    """One mouth in a chain; the outlet itself has no span."""

    actor: str | None = None
    name: str
    span: Span | None = None


class Statement(_Record):
    """Something someone says, with its source, cue and content as spans (content may be in pieces).

    ``confidence`` is the calibrated probability that the statement is one and its spans are right,
    ``force_confidence`` that its force is, None where nothing judged it.
    """

    id: str
    source: Span | None = None
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    speakers: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    venue: Span | None = None
    quote: Quote = "indirect"
    force: Force = "asserts"
    certainty: Certainty = "underspecified"
    polarity: Polarity = "+"
    inside: str | None = None
    about: tuple[str, ...] = ()
    chain: tuple[Link, ...] = ()
    confidence: Confidence = 1.0
    force_confidence: Confidence | None = None


class Place(_Record):
    """Where an event happened; latitude and longitude in degrees (WGS 84) when known."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    span: Span | None = None


class Event(_Record):
    """Something that happened, will, may or is said to have; type, mode and context are PLOVER's."""

    id: str
    type: str
    mode: str | None = None
    context: tuple[str, ...] = ()
    cameo: str | None = None
    trigger: Span
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    place: Place | None = None
    date: str | None = None
    status: EventStatus = "happened"
    reported_by: tuple[str, ...] = ()
    confidence: Confidence = 1.0


class Date(_Record):
    """A time expression and, when an anchor is known, its value (ISO 8601 or EDTF) and grain (day, month …)."""

    id: str
    start: int
    end: int
    text: str
    value: str | None = None
    grain: str | None = None

    @property
    def span(self) -> Span:
        """The expression as a span."""
        return Span(start=self.start, end=self.end, text=self.text)


class ReaderInfo(_Record):
    """Which reader made the reading: its name, its version and the model file it used."""

    name: str
    version: str
    model: str


class Reading(_Record):
    """One article with everything one reader version found in it.

    Raises GroundingError when a span is not a slice of the article, RecordError when an id does not resolve.
    """

    schema_: Annotated[Literal["sayso/record/1"], Field(alias="schema")] = "sayso/record/1"
    article: Article
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    dates: tuple[Date, ...] = ()
    reader: ReaderInfo | None = None

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @model_validator(mode="after")
    def _check(self) -> Reading:
        text = self.article.text
        for span in self.spans():
            if text[span.start : span.end] != span.text:
                raise GroundingError(span.start, span.end, span.text, text[span.start : span.end])
        if self.article.body_start > len(text):
            raise RecordError(f"article.body_start is {self.article.body_start}, the text has {len(text)} characters")
        self._check_ids()
        _refuse_circles({s.id: s.inside for s in self.statements})
        return self

    def _check_ids(self) -> None:
        actors = _unique("actors", self.actors)
        statements = _unique("statements", self.statements)
        reports = statements | _unique("events", self.events)
        dates = _unique("dates", self.dates)
        for statement in self.statements:
            links = {link.actor for link in statement.chain if link.actor is not None}
            _resolve(statement.id, {*statement.speakers, *statement.addressee, *links}, actors)
            _resolve(statement.id, set(statement.about), reports)
            _resolve(statement.id, {statement.inside} - {None}, statements)
        for event in self.events:
            _resolve(event.id, {*event.actor, *event.recipient}, actors)
            _resolve(event.id, set(event.reported_by), statements)
            _resolve(event.id, {event.date} - {None}, dates)

    def spans(self) -> Iterator[Span]:
        """Give every span of the reading, repeated ones too, in no promised order."""
        for actor in self.actors:
            yield from actor.mentions
        for s in self.statements:
            yield from (span for span in (s.source, s.cue, s.venue, *s.content) if span is not None)
            yield from (link.span for link in s.chain if link.span is not None)
        for event in self.events:
            yield event.trigger
            if event.place is not None and event.place.span is not None:
                yield event.place.span
        yield from (date.span for date in self.dates)

    def actor(self, actor_id: str) -> Actor:
        """Look up an actor; raises RecordError when there is none of that id."""
        for actor in self.actors:
            if actor.id == actor_id:
                return actor
        raise RecordError(f"no actor {actor_id!r} in this reading")

    def statement(self, statement_id: str) -> Statement:
        """Look up a statement; raises RecordError when there is none of that id."""
        for statement in self.statements:
            if statement.id == statement_id:
                return statement
        raise RecordError(f"no statement {statement_id!r} in this reading")

    def to_json(self, *, indent: int | None = None) -> str:
        """Write the record as JSON text; keys that do not apply are null or empty, never absent."""
        data = self.model_dump(mode="json", by_alias=True)
        return json.dumps(data, ensure_ascii=False, indent=indent)

    @classmethod
    def from_json(cls, data: str | bytes) -> Reading:
        """Read a record; raises RecordError when it is not one, GroundingError when a span is not a slice."""
        try:
            return cls.model_validate_json(data)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "the record"
            raise RecordError(f"not a {SCHEMA} record: {where}: {first['msg']}") from error


def _resolve(owner: str, ids: set[Any], known: set[str]) -> None:
    if missing := ids - known:
        raise RecordError(f"{owner} refers to {', '.join(sorted(missing))}, which this reading does not hold")


def _unique(kind: str, entries: Iterable[Actor | Statement | Event | Date]) -> set[str]:
    known: set[str] = set()
    for entry in entries:
        if entry.id in known:
            raise RecordError(f"two {kind} have the id {entry.id}; give each its own")
        known.add(entry.id)
    return known


def _refuse_circles(inside: dict[str, str | None]) -> None:
    """Follow each statement outward, over ground not walked before: each is passed once."""
    clear: set[str] = set()
    for first in inside:
        path: set[str] = set()
        at: str | None = first
        while at is not None and at not in clear:
            if at in path:
                raise RecordError(f"{at} lies inside itself; an outermost statement has null in its `inside`")
            path.add(at)
            at = inside[at]
        clear |= path


def json_schema() -> dict[str, Any]:
    """Generate the JSON Schema (2020-12) of the record, as shipped in ``schema/record-1.json``."""
    schema = Reading.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": SCHEMA}
