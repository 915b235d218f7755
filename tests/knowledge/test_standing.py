"""An actor in a few words."""

from __future__ import annotations

import pytest

from sayso.knowledge.standing import standing


@pytest.mark.parametrize(
    ("kind", "country", "office", "name", "words"),
    [
        ("person", "AZE", "foreign minister", "Ana Berg", "foreign minister, Azerbaijan"),
        ("group", "KOR+USA", None, "officials", "South Korea, United States"),
        ("government", "FRA", None, "France government", ""),
        ("country", "FRA", None, "France", ""),
        ("person", None, None, "Ana Berg", ""),
        ("person", "QQQ", None, "Ana Berg", "QQQ"),
    ],
)
def test_office_and_country_where_they_are_known(
    kind: str, country: str | None, office: str | None, name: str, words: str
) -> None:
    assert standing(kind, country, office, name) == words
