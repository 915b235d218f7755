"""Cutting cues into words, and inflecting lemmas."""

from __future__ import annotations

import pytest

from sayso.knowledge.gazetteer import Gazetteer
from sayso.knowledge.grammar import words_of
from sayso.knowledge.inflection import plural, verb_forms


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hasn’t denied", ["has", "not", "denied"]),
        ("cannot confirm", ["can", "not", "confirm"]),
        ("won't say", ["will", "not", "say"]),
        ("has never said", ["has", "not", "said"]),
        ("no longer believes", ["not", "believes"]),
        ("not only said", ["said"]),
        ("said:", ["said", ":"]),
        ("he's op-ed", ["he", "be", "op-ed"]),
        ("“deep concern”", ["deep", "concern"]),
    ],
)
def test_contractions_are_undone(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("deny", {"denies", "denied", "denying"}),
        ("admit", {"admits", "admitted", "admitting"}),
        ("urge", {"urges", "urged", "urging"}),
        ("quip", {"quips", "quipped", "quipping"}),
        ("agree", {"agrees", "agreed", "agreeing"}),
        ("stress", {"stresses", "stressed", "stressing"}),
        ("vow", {"vows", "vowed", "vowing"}),
    ],
)
def test_verb_forms_hold_the_regular_ones(verb: str, forms: set[str]) -> None:
    assert forms <= verb_forms(verb)


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("spokeswoman", "spokeswomen"),
        ("agency", "agencies"),
        ("judge", "judges"),
        ("coach", "coaches"),
        ("German", "Germans"),
    ],
)
def test_plural(noun: str, many: str) -> None:
    assert plural(noun) == many


def test_gazetteer_levels_apostrophes_and_spaces_and_keeps_offsets() -> None:
    gazetteer = Gazetteer([("Côte d'Ivoire", 1), ("Abu Dhabi", 2)])
    text = "in Côte d’Ivoire and Abu\u00a0Dhabi"
    assert [(text[start:end], value) for start, end, value in gazetteer.find(text)] == [
        ("Côte d’Ivoire", 1),
        ("Abu\u00a0Dhabi", 2),
    ]
