"""A Reading in, its margin out: one card for each statement, in the order in which the text says them.

A card says who speaks through how many mouths, with what force and how surely, and where in the text it stands.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass

from sayso.knowledge.standing import standing
from sayso.record import Actor, Article, Reading, Span, Statement
from sayso.web.forces import SHOWN_FORCES, ShownForce, certainty_words, quote_words
from sayso.web.marks import depths

__all__ = ["UNSURE", "Card", "Mouth", "Parent", "anchor", "cards", "place_of"]

UNSURE = 0.5
"""Below this confidence a card is drawn as a doubtful one."""

_PLAIN_ID = re.compile(r"s[0-9]+")
_DEEPEST_STEP = 4


@dataclass(frozen=True, slots=True)
class Mouth:
    """One link of a chain as shown. ``unnamed`` is true for those the text only describes.

    ``standing`` is office and country of a named one, as far as they are known.
    """

    name: str
    outlet: bool = False
    unnamed: bool = False
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Parent:
    """The card that another is inside; ``near`` when it stands in the same paragraph, so that indentation shows it."""

    anchor: str
    number: str
    near: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One statement in the margin.

    ``anchor`` is its fragment on the page ("s3"), ``number`` what the reader sees; ``step`` is the indentation, 0 to
    4; ``place`` the offset in the text at which the card stands.
    """

    statement: str
    anchor: str
    number: str
    step: int
    place: int
    force: ShownForce
    certainty: str
    quote: str
    percent: int
    unsure: bool
    force_percent: int | None
    force_unsure: bool
    chain: tuple[Mouth, ...]
    addressee: tuple[str, ...]
    venue: str | None
    parent: Parent | None


def anchor(statement_id: str) -> str:
    """Give a statement's fragment on its page: the id itself when it is one of ours, else one made from it."""
    if _PLAIN_ID.fullmatch(statement_id):
        return statement_id
    return f"n{hashlib.sha256(statement_id.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def place_of(statement: Statement) -> Span | None:
    """Choose the span at which the statement is numbered in the text: its cue, else its source, else its content."""
    return statement.cue or statement.source or (statement.content[0] if statement.content else None)


def cards(reading: Reading) -> list[Card]:
    """Make the cards, those inside another right after it; a statement without a span stands at the beginning."""
    actors = {actor.id: actor for actor in reading.actors}
    numbers = _numbers(reading.statements)
    level = depths(reading.statements)
    return [
        _card(statement, reading.article, actors, numbers, min(level[statement.id], _DEEPEST_STEP))
        for statement in _in_order(reading.statements)
    ]


def _numbers(statements: tuple[Statement, ...]) -> dict[str, str]:
    """Number the statements as their ids do; those with ids of another kind by rank."""
    return {
        statement.id: statement.id[1:] if _PLAIN_ID.fullmatch(statement.id) else str(rank)
        for rank, statement in enumerate(statements, start=1)
    }


def _in_order(statements: tuple[Statement, ...]) -> list[Statement]:
    """Sort by place, then walk the nesting depth first, without recursion and without losing a circle."""
    ranked = sorted(statements, key=_place)
    inner: dict[str | None, list[Statement]] = defaultdict(list)
    for statement in ranked:
        inner[statement.inside].append(statement)
    ordered: list[Statement] = []
    seen: set[str] = set()
    for root in [*inner[None], *ranked]:
        waiting = [root]
        while waiting:
            here = waiting.pop()
            if here.id not in seen:
                seen.add(here.id)
                ordered.append(here)
                waiting.extend(reversed(inner[here.id]))
    return ordered


def _place(statement: Statement) -> int:
    span = place_of(statement)
    return span.start if span is not None else 0


def _card(statement: Statement, article: Article, actors: dict[str, Actor], numbers: dict[str, str], step: int) -> Card:
    inside = statement.inside
    return Card(
        statement=statement.id,
        anchor=anchor(statement.id),
        number=numbers[statement.id],
        step=step,
        place=_place(statement),
        force=SHOWN_FORCES[statement.force],
        certainty=certainty_words(statement.certainty, statement.polarity),
        quote=quote_words(statement.quote),
        percent=round(statement.confidence * 100),
        unsure=statement.confidence < UNSURE,
        force_percent=None if statement.force_confidence is None else round(statement.force_confidence * 100),
        force_unsure=statement.force_confidence is not None and statement.force_confidence < UNSURE,
        chain=_chain(statement, article, actors),
        addressee=tuple(actors[actor].name for actor in statement.addressee),
        venue=statement.venue.text if statement.venue is not None else None,
        parent=Parent(anchor(inside), numbers[inside]) if inside is not None else None,
    )


def _chain(statement: Statement, article: Article, actors: dict[str, Actor]) -> tuple[Mouth, ...]:
    """Give the mouths from the outlet inwards; a reading without a chain still has its outlet and speakers."""
    mouths = [
        Mouth(
            link.name,
            outlet=rank == 0 and link.span is None,
            unnamed=link.actor is not None and not actors[link.actor].named,
            standing=_standing(actors[link.actor]) if link.actor is not None else "",
        )
        for rank, link in enumerate(statement.chain)
    ]
    if not mouths:
        mouths = [Mouth(article.outlet or "this article", outlet=True)]
    if len(mouths) == 1 and mouths[0].outlet:
        speakers = [actors[speaker] for speaker in statement.speakers]
        mouths.extend(Mouth(a.name, unnamed=not a.named, standing=_standing(a)) for a in speakers)
        if not speakers:
            mouths.append(Mouth(statement.source.text if statement.source else "not said by whom", unnamed=True))
    return tuple(mouths)


def _standing(actor: Actor) -> str:
    return standing(actor.kind, actor.country, actor.office, actor.name) if actor.named else ""
