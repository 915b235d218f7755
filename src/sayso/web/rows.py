"""A Reading in, the rows of its page out: each paragraph as pieces with their classes, and the cards beside it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sayso.record import Reading
from sayso.web.cards import Card, anchor, cards, place_of
from sayso.web.marks import Mark, Paragraph, Segment, paragraphs, segments
from sayso.web.pages import Piece, Row

__all__ = ["rows"]

_DEEPEST_LAYER = 4


def rows(reading: Reading) -> tuple[Row, ...]:
    """Lay the text out in paragraphs, each with its cards.

    Every statement gets one card, in the paragraph where it is numbered. Lines above the body that only repeat the
    title and say nothing are left out, since the page has the title already.
    """
    article, text = reading.article, reading.article.text
    parts = paragraphs(text)
    edges = [edge for part in parts for edge in (part.start, part.end)]
    cut = segments(text, reading.statements, breaks=edges)
    beside = _cards_by_paragraph(cards(reading), parts)
    numbered = {anchor(s.id): span.end for s in reading.statements if (span := place_of(s)) is not None}
    laid: list[Row] = []
    at = 0
    for rank, part in enumerate(parts):
        while cut[at].start < part.start:
            at += 1
        inside = []
        while at < len(cut) and cut[at].end <= part.end:
            inside.append(cut[at])
            at += 1
        own = beside.get(rank, [])
        headline = part.start < article.body_start
        if headline and not own and text[part.start : part.end] == article.title:
            continue
        laid.append(Row(_pieces(inside, own, numbered), tuple(own), headline))
    return tuple(laid)


def _cards_by_paragraph(margin: Sequence[Card], parts: Sequence[Paragraph]) -> dict[int, list[Card]]:
    starts = [part.start for part in parts]
    beside: dict[int, list[Card]] = defaultdict(list)
    for card in margin:
        beside[max(bisect_right(starts, card.place) - 1, 0)].append(card)
    return {rank: _near(own) for rank, own in beside.items()}


def _near(own: Sequence[Card]) -> list[Card]:
    """Note on the cards of one paragraph which have their parent beside them."""
    here = {card.anchor for card in own}
    return [
        replace(card, parent=replace(card.parent, near=True)) if card.parent and card.parent.anchor in here else card
        for card in own
    ]


def _pieces(inside: Sequence[Segment], own: Sequence[Card], numbered: dict[str, int]) -> tuple[Piece, ...]:
    """Make the pieces of a paragraph; a card's number goes after the piece with which its span ends here."""
    starts = [segment.start for segment in inside]
    after: dict[int, list[Card]] = defaultdict(list)
    for card in own:
        end = numbered.get(card.anchor, 0)
        after[max(bisect_left(starts, end) - 1, 0)].append(card)
    pieces = [_piece(segment) for segment in inside]
    for rank, numbers in after.items():
        pieces[rank] = replace(pieces[rank], numbers=tuple(numbers))
    return tuple(pieces)


def _piece(segment: Segment) -> Piece:
    if not segment.marks:
        return Piece(segment.text)
    source, cue, content = (
        " ".join(anchor(statement) for statement in segment.ids(role)) for role in ("source", "cue", "content")
    )
    said = _content_classes(segment)
    roles = [kind for kind, holds in (("source", source), ("cue", cue)) if holds]
    edges = [kind for kind, marks in (("opens", segment.opening), ("closes", segment.closing)) if _any_content(marks)]
    return Piece(
        segment.text,
        " ".join([*roles, *said, *edges]),
        source,
        cue,
        content,
        ground="" if "closes" in edges else " ".join(said),
    )


def _content_classes(segment: Segment) -> list[str]:
    """Name how what is said looks: how many contents lie over each other, whether it is word for word."""
    if not segment.layers:
        return []
    direct = any(mark.direct for mark in segment.marks if mark.role == "content")
    return ["content", f"layer{min(segment.layers, _DEEPEST_LAYER)}", *(["direct"] if direct else [])]


def _any_content(marks: Sequence[Mark]) -> bool:
    return any(mark.role == "content" for mark in marks)
