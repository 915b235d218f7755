"""Readings to store: a small one written by hand, and a hypothesis strategy for any valid one."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from sayso.record import (
    ACTOR_KINDS,
    CERTAINTIES,
    EVENT_STATUSES,
    FORCES,
    QUOTES,
    Actor,
    Article,
    Date,
    Event,
    Link,
    Place,
    ReaderInfo,
    Reading,
    Span,
    Statement,
)

__all__ = ["READER", "find", "reading", "readings"]

READER = ReaderInfo(name="sayso", version="1", model="small")
TEXT = "KARSHA — The minister denied that Orvania had leased the port. “It is ours,” Zoë Brânză said on Friday."


def find(text: str, part: str) -> Span:
    """Cut the first occurrence of a part out of a text."""
    start = text.index(part)
    return Span.of(text, start, start + len(part))


def reading(text: str = TEXT, *, reader: ReaderInfo | None = READER, **article: Any) -> Reading:
    """Build a reading of TEXT, or of a text that begins with it: two statements, two actors, a chain, an event."""
    minister, zoe = find(text, "The minister"), find(text, "Zoë Brânză")
    return Reading(
        article=Article(text=text, **article),
        actors=(
            Actor(id="a1", name="minister of Orvania", kind="group", named=False, mentions=(minister,)),
            Actor(id="a2", name="Zoë Brânză", kind="person", country="ROU", roles=("GOV",), mentions=(zoe,)),
        ),
        statements=(
            Statement(
                id="s1",
                source=minister,
                cue=find(text, "denied"),
                content=(find(text, "that Orvania had leased the port"),),
                speakers=("a1",),
                force="denies",
                chain=(Link(name="Outlet"), Link(actor="a1", name="minister", span=minister)),
                confidence=0.1 + 0.2,
            ),
            Statement(
                id="s2",
                source=zoe,
                cue=find(text, "said"),
                content=(find(text, "“It is ours,”"),),
                speakers=("a2",),
                quote="direct",
                about=("s1",),
            ),
        ),
        events=(Event(id="e1", type="AGREE", trigger=find(text, "leased"), status="denied", reported_by=("s1",)),),
        dates=(Date(id="d1", **find(text, "Friday").model_dump(), value="2024-03-15", grain="day"),),
        reader=reader,
    )


# Any text a store keeps: astral characters and lone combining marks too, but no NUL and no half surrogate pair.
_texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60)
_optional = st.none() | _texts
_dates = st.sampled_from(["2023", "2023-09", "2023-09-13", "2024-02-29T23:00:00-05:00", "201X", "../2023", "2023-21?"])


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Build any valid reading: arbitrary text, spans anywhere in it, every reference resolved."""
    text = draw(_texts.filter(bool))

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span.of(text, start, draw(st.integers(start + 1, len(text))))

    def spans() -> tuple[Span, ...]:
        return tuple(span() for _ in range(draw(st.integers(0, 2))))

    def one(values: Any) -> Any:
        return draw(st.sampled_from(values))

    def some(ids: list[str]) -> tuple[str, ...]:
        return tuple(draw(st.lists(st.sampled_from(ids), max_size=2))) if ids else ()

    actor_ids = [f"a{n}" for n in range(draw(st.integers(0, 3)))]
    statement_ids = [f"s{n}" for n in range(draw(st.integers(0, 3)))]
    actors = tuple(
        Actor(id=i, name=draw(_texts), kind=one(ACTOR_KINDS), office=draw(_optional), mentions=spans())
        for i in actor_ids
    )
    statements = tuple(
        Statement(
            id=i,
            source=one([None, span()]),
            cue=one([None, span()]),
            content=spans(),
            speakers=some(actor_ids),
            addressee=some(actor_ids),
            venue=one([None, span()]),
            quote=one(QUOTES),
            force=one(FORCES),
            certainty=one(CERTAINTIES),
            polarity=one("+-"),
            inside=one([None, *statement_ids[:n]]),  # only of those before it, so that none is inside itself
            about=some(statement_ids),
            chain=tuple(Link(name=draw(_texts), span=one([None, span()])) for _ in range(draw(st.integers(0, 2)))),
            confidence=draw(st.floats(0, 1)),
        )
        for n, i in enumerate(statement_ids)
    )
    place = Place(name=draw(_texts), lat=draw(st.none() | st.floats(-90, 90)), span=one([None, span()]))
    events = tuple(
        Event(id=f"e{n}", type=draw(_texts), trigger=span(), place=one([None, place]), status=one(EVENT_STATUSES))
        for n in range(draw(st.integers(0, 2)))
    )
    article = Article(
        text=text,
        url=draw(_optional),
        outlet=draw(_optional),
        title=draw(_optional),
        published=draw(st.none() | _dates | _texts),
        captions=tuple(draw(st.lists(_texts, max_size=2))),
        found=draw(st.dictionaries(_texts, _texts, max_size=2)),
        version=draw(st.integers(1, 3)),
    )
    reader = one([None, ReaderInfo(name=draw(_texts), version=draw(_texts), model=draw(_texts))])
    return Reading(article=article, actors=actors, statements=statements, events=events, reader=reader)
