"""Described speakers are told apart by the head of the phrase."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.knowledge.mouths import MouthClass, classes_of, gender_of, is_title, words_of_class


@pytest.mark.parametrize(
    ("phrase", "classes"),
    [
        ("The media outlet", ("media",)),
        ("the report", ("document", "media")),
        ("the state-run agency", ("media",)),
        ("the newspaper’s", ("media",)),
        ("both nations", ("pair",)),
        ("the two leaders", ("pair",)),
        ("Neither side", ("pair",)),
        ("people familiar with the matter", ("unnamed",)),
        ("the joint communique", ("document",)),
        ("a spokeswoman for the ministry", ("person",)),
        ("the kingdom", ("state",)),
        ("the ministry", ("organisation",)),
        ("Osna", ()),
        ("", ()),
    ],
)
def test_classes_of_phrase(phrase: str, classes: tuple[MouthClass, ...]) -> None:
    assert classes_of(phrase) == classes


@pytest.mark.parametrize(
    ("phrase", "gender"),
    [
        ("the spokeswoman", "f"),
        ("the former king", "m"),
        ("Mrs. Orwen", "f"),
        ("Mr Orwen", "m"),
        ("the president", None),
        ("Dr. Orwen", None),
        ("", None),
    ],
)
def test_gender_only_where_the_word_tells(phrase: str, gender: str | None) -> None:
    assert gender_of(phrase) == gender


def test_titles_are_told_by_case_and_dot() -> None:
    assert is_title("Gen.")
    assert is_title("Mr")
    assert not is_title("general")


def test_words_of_a_class_hold_plurals() -> None:
    assert {"agency", "agencies"} <= words_of_class("media")
    assert "both sides" in words_of_class("pair")


@given(st.text(max_size=60))
def test_any_phrase_can_be_asked(phrase: str) -> None:
    assert list(classes_of(phrase)) == sorted(set(classes_of(phrase)))
    assert gender_of(phrase) in {None, "f", "m"}
