"""The features that two mentions share, and which earlier mentions are weighed at all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reader.likeness import FEATURE_SIZES, antecedents, likeness, traits


def _spans(text: str, *phrases: str) -> list[tuple[int, int]]:
    at, found = 0, []
    for phrase in phrases:
        at = text.index(phrase, at)
        found.append((at, at + len(phrase)))
        at += 1
    return found


def _feature(text: str, one: str, other: str, number: int) -> int:
    seen = traits(text, _spans(text, one, other))
    return int(likeness(text, seen, antecedents(seen))[1, 0, number])


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("Ana Berg", "Berg", 3), ("Ana Berg", "Ana Berg", 1), ("Strait Watch Union", "SWU", 6), ("Ana Berg", "Olaf", 7)],
)
def test_names_are_compared_word_by_word(one: str, other: str, alike: int) -> None:
    assert _feature(f"{one} came. Then {other} left.", one, other, 3) == alike


@pytest.mark.parametrize(
    ("text", "one", "other", "place"),
    [
        ("Ana Berg, the minister, left.", "Ana Berg", "the minister", 3),
        ("Ana Berg is the minister.", "Ana Berg", "the minister", 4),
        ("The Strait Union (SU) left.", "The Strait Union", "SU", 5),
        ("Berg and Lie left.", "Berg", "Lie", 6),
        ("The house of Lie fell.", "The house of Lie", "Lie", 1),
        ("Berg left. Later Lie came.", "Berg", "Lie", 0),
    ],
)
def test_how_two_mentions_lie(text: str, one: str, other: str, place: int) -> None:
    assert _feature(text, one, other, 4) == place


def test_pronouns_tell_form_number_and_gender() -> None:
    text = "She met them."
    seen = traits(text, _spans(text, "She", "them"))
    assert seen.number.tolist() == [1, 2]
    assert seen.gender.tolist() == [2, 0]
    assert seen.form[0] != seen.form[1]


def test_far_mentions_are_weighed_only_where_they_share_a_word() -> None:
    words = [f"X{number}" for number in range(150)]
    text = "Berg " + " ".join(words) + " Berg"
    spans = [(0, 4), *_spans(text, *words), (len(text) - 4, len(text))]
    before = antecedents(traits(text, spans))
    assert 0 in before[-1]
    assert 0 not in before[-2]
    assert before[-1, 0] == len(spans) - 2


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 50), st.integers(1, 8)), max_size=8))
def test_any_text_and_places_give_features_within_their_tables(text: str, places: list[tuple[int, int]]) -> None:
    spans = sorted({(a, a + n) for a, n in places if a + n <= len(text)}, key=lambda s: (s[0], -s[1]))
    seen = traits(text, spans)
    features = likeness(text, seen, antecedents(seen))
    assert features.shape[2] == len(FEATURE_SIZES)
    assert (features >= 0).all()
    assert (features < np.array(FEATURE_SIZES)).all()
