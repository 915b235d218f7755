"""The article laid out: paragraphs as pieces, cards beside them."""

from __future__ import annotations

from sayso.record import Reading
from sayso.web.rows import rows

from .conftest import TEXT


def test_rows_hold_the_body_word_for_word(reading: Reading) -> None:
    laid = ["".join(piece.text for piece in row.pieces) for row in rows(reading)]
    assert laid == [part.strip() for part in TEXT.split("\n\n")[1:]]


def test_a_title_line_is_kept_when_it_is_not_the_title(reading: Reading) -> None:
    article = reading.article.model_copy(update={"title": "Another"})
    first = rows(reading.model_copy(update={"article": article}))[0]
    assert first.headline
    assert first.pieces[0].text == "Envoy spoke, agency says"


def test_every_statement_has_one_card_and_one_number_in_its_paragraph(reading: Reading) -> None:
    laid = rows(reading)
    assert [[card.anchor for card in row.cards] for row in laid] == [["s1", "s2"], ["s3"], ["s4"]]
    for row in laid:
        numbered = sorted(card.anchor for piece in row.pieces for card in piece.numbers)
        assert numbered == sorted(card.anchor for card in row.cards)


def test_the_number_stands_right_after_the_cue(reading: Reading) -> None:
    after = {card.anchor: piece.text for row in rows(reading) for piece in row.pieces for card in piece.numbers}
    assert after == {"s1": "reported", "s2": "said", "s3": "told", "s4": "did not comment"}


def test_pieces_name_their_roles_layers_and_edges(reading: Reading) -> None:
    pieces = {piece.text: piece for row in rows(reading) for piece in row.pieces}
    holt = pieces["envoy Mira Holt"]
    assert set(holt.kind.split()) == {"source", "content", "layer1"}
    assert (holt.source, holt.content) == ("s2", "s1")
    talks = pieces["the talks “may yet fail”"]
    assert set(talks.kind.split()) == {"content", "layer2", "opens", "closes"}
    assert set(pieces["“We want peace,”"].kind.split()) == {"content", "layer1", "direct", "opens", "closes"}


def test_indentation_shows_a_parent_only_where_it_stands_beside(reading: Reading) -> None:
    inner = rows(reading)[0].cards[1]
    assert inner.parent is not None
    assert inner.parent.near
    silent = reading.statements[3].model_copy(update={"inside": "s1"})
    moved = rows(reading.model_copy(update={"statements": (*reading.statements[:3], silent)}))
    assert moved[2].cards[0].parent is not None
    assert not moved[2].cards[0].parent.near


def test_a_number_within_a_content_stands_on_its_ground(reading: Reading) -> None:
    grounds = {card.anchor: piece.ground for row in rows(reading) for piece in row.pieces for card in piece.numbers}
    assert grounds == {"s1": "", "s2": "content layer1", "s3": "", "s4": ""}
