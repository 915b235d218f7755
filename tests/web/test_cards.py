"""The margin: one card a statement, with its chain, force and place."""

from __future__ import annotations

from typing import get_args

from sayso.record import FORCES, Actor, Article, Certainty, Polarity, Reading, Statement
from sayso.web.cards import anchor, cards
from sayso.web.forces import SHOWN_FORCES, certainty_words


def test_each_force_has_a_glyph_of_its_own() -> None:
    assert tuple(SHOWN_FORCES) == FORCES
    assert len({shown.glyph for shown in SHOWN_FORCES.values()}) == len(FORCES)
    assert all(shown.meaning for shown in SHOWN_FORCES.values())


def test_each_certainty_is_told_from_the_others() -> None:
    told = [certainty_words(sure, sign) for sure in get_args(Certainty) for sign in get_args(Polarity)]
    assert len(set(told)) == len(told)


def test_a_card_tells_the_chain_from_the_outlet_inwards(reading: Reading) -> None:
    _, inner, official, _ = cards(reading)
    assert [mouth.name for mouth in inner.chain] == ["The Herald", "Lund Agency", "Mira Holt"]
    assert [mouth.outlet for mouth in inner.chain] == [True, False, False]
    assert [mouth.unnamed for mouth in official.chain] == [False, True]


def test_a_card_tells_force_certainty_quote_and_doubt(reading: Reading) -> None:
    outer, inner, official, _ = cards(reading)
    assert (inner.force.name, inner.certainty, inner.quote) == ("warns", "possible", "partly quoted")
    assert (inner.percent, inner.unsure, outer.unsure) == (42, True, False)
    assert (official.addressee, official.venue) == (("reporters",), "on Monday")


def test_a_nested_card_follows_its_parent_a_step_further_in(reading: Reading) -> None:
    turned = reading.model_copy(update={"statements": tuple(reversed(reading.statements))})
    assert [(card.anchor, card.step) for card in cards(turned)] == [("s1", 0), ("s2", 1), ("s3", 0), ("s4", 0)]
    inner = cards(turned)[1]
    assert inner.parent is not None
    assert inner.parent.anchor == "s1"


def test_without_a_chain_the_outlet_and_the_speakers_make_one() -> None:
    holt = Actor(id="a1", name="Mira Holt", kind="person")
    article = Article(text="Nothing.", outlet="The Herald")
    told, untold = (Statement(id="s1", speakers=("a1",)), Statement(id="s2"))
    first, second = cards(Reading(article=article, actors=(holt,), statements=(told, untold)))
    assert [mouth.name for mouth in first.chain] == ["The Herald", "Mira Holt"]
    assert second.chain[-1].unnamed


def test_an_id_that_is_not_ours_becomes_a_safe_fragment() -> None:
    assert anchor("s12") == "s12"
    odd = anchor('"><script> x')
    assert odd.isalnum()
    assert odd == anchor('"><script> x') != anchor("content")
