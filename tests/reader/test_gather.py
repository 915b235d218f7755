"""Descriptions of the text join the figures they stand for, by their cluster or by what is known of the figure."""

from __future__ import annotations

import numpy as np

from sayso.reader.acquaint import Acquaintance
from sayso.reader.cast import Cast, Figure
from sayso.reader.coreference import Clusters
from sayso.reader.gather import gather, is_met_as
from sayso.reader.linked import Linked
from sayso.reader.mentions import Mention
from sayso.reader.names import find_names
from sayso.reader.speakers import Speakers
from sayso.record import Article

PEOPLE = frozenset({"person"})


def _linked(text: str, *marked: tuple[str, int, str]) -> Linked:
    at, mentions, of = 0, [], []
    for phrase, cluster, kind in marked:
        at = text.index(phrase, at)
        mentions.append(Mention(at, at + len(phrase), kind, 1.0, np.zeros(2, dtype=np.float32)))
        of.append(cluster)
        at += len(phrase)
    return Linked(Clusters(tuple(mentions), tuple(of), (1.0,) * len(of)))


def _gathered(text: str, linked: Linked) -> dict[str, list[str]]:
    cast = Cast(text, find_names(text))
    Acquaintance(Article(text=text, published="2020-01-01")).meet(cast.figures)
    gather(text, cast, linked, Speakers(text, cast, linked))
    return {figure.name: [text[a:b] for a, b in figure.mentions] for figure in cast.figures}


def test_a_description_joins_the_name_of_its_cluster_and_a_pronoun_does_not() -> None:
    text = "Ana Berg came. The old hand smiled. She left."
    linked = _linked(text, ("Ana Berg", 0, "person"), ("The old hand", 0, "person"), ("She", 0, "person"))
    assert _gathered(text, linked) == {"Ana Berg": ["Ana Berg", "The old hand"]}


def test_a_cluster_of_two_names_gives_its_descriptions_to_neither() -> None:
    text = "Ana Berg met Olaf Lie. The old hand smiled."
    marked = (("Ana Berg", 0, "person"), ("Olaf Lie", 0, "person"), ("The old hand", 0, "person"))
    found = _gathered(text, _linked(text, *marked))
    assert found == {"Ana Berg": ["Ana Berg"], "Olaf Lie": ["Olaf Lie"]}


def test_an_epithet_finds_the_leader_of_its_state() -> None:
    text = "Chinese President Xi Jinping met Russian President Vladimir Putin. The communist leader smiled."
    linked = _linked(text, ("The communist leader", 0, "person"))
    assert "The communist leader" in _gathered(text, linked)["Xi Jinping"]


def test_what_the_network_takes_for_a_place_is_met_as_no_person() -> None:
    text = "Orvin fell."
    figure = Figure("Orvin", "person", mentions=[(0, 5)])
    assert is_met_as(figure, _linked(text, ("Orvin", 0, "person")), PEOPLE)
    assert not is_met_as(figure, _linked(text, ("Orvin", 0, "place")), PEOPLE)
    assert not is_met_as(figure, _linked(text), PEOPLE)


def test_who_is_brought_in_after_the_name_is_somebody_else() -> None:
    text = "Ana Berg came. A spokeswoman smiled."
    linked = _linked(text, ("Ana Berg", 0, "person"), ("A spokeswoman", 0, "person"))
    assert _gathered(text, linked) == {"Ana Berg": ["Ana Berg"]}
    text = "A spokeswoman smiled. Ana Berg left."
    linked = _linked(text, ("A spokeswoman", 0, "person"), ("Ana Berg", 0, "person"))
    assert sorted(_gathered(text, linked)["Ana Berg"]) == ["A spokeswoman", "Ana Berg"]
