"""Given names: takes a person's name, gives the gender it tells."""

from __future__ import annotations

from functools import cache
from typing import Literal, cast

from sayso.knowledge.tables import rows

__all__ = ["COLUMNS", "gender_in", "gender_of_name"]

COLUMNS = ("name", "gender", "source")


@cache
def _genders() -> dict[str, Literal["f", "m"]]:
    return {name: cast("Literal['f', 'm']", gender) for name, gender, _ in rows("given_names.tsv", COLUMNS)}


def gender_of_name(name: str) -> Literal["f", "m"] | None:
    """Give the gender of who bears a full name, by its first word; None for a single word and a name not listed."""
    first, _, rest = name.partition(" ")
    return _genders().get(first) if rest else None


def gender_in(phrase: str) -> Literal["f", "m"] | None:
    """Give the gender that a given name tells in a phrase that names a person, wherever titles stand before it."""
    words = phrase.split()
    return next((gender for word in words[:-1] if (gender := _genders().get(word)) is not None), None)
