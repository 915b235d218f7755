"""A place that acts is told from a place where something is, by the words around it."""

from __future__ import annotations

import pytest

from sayso.reader.coreference import Clusters
from sayso.reader.linked import Linked
from sayso.reader.metonymy import acts

NOTHING = Linked(Clusters((), (), ()))


@pytest.mark.parametrize(
    ("text", "name", "acting"),
    [
        ("Moscow said it would answer.", "Moscow", True),
        ("Analysts say Kampala has denied the charge.", "Kampala", True),
        ("They met in Moscow on Monday.", "Moscow", False),
        ("He flew home after a trip to northern Ghana.", "Ghana", False),
        ("The road from Hanoi was closed.", "Hanoi", False),
    ],
)
def test_the_words_around_a_place_tell(text: str, name: str, acting: bool) -> None:
    start = text.index(name)
    assert acts(text, start, start + len(name), NOTHING) is acting
