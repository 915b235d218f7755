"""Where things stood in a text, so that the one before a place is found without reading the text again."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["Trail"]

Item = TypeVar("Item")

# How far back an antecedent is looked for, in characters: what was last met before that has been forgotten.
_MEMORY = 40_000


class Trail(Generic[Item]):
    """Items at places of a text (offsets in code points), kept in order of place whatever the order of entry."""

    def __init__(self) -> None:
        self._places: list[tuple[int, int]] = []  # place, number of the item
        self._items: list[Item] = []

    def mark(self, place: int, item: Item) -> None:
        """Enter an item."""
        insort(self._places, (place, len(self._items)))
        self._items.append(item)

    def last(
        self, before: int, fits: Callable[[Item], bool] = lambda _: True, *, within: int = _MEMORY
    ) -> tuple[int, Item] | None:
        """Give the last fitting item less than ``within`` characters before a place, with its place, or None."""
        for index in range(bisect_left(self._places, (before, -1)) - 1, -1, -1):
            place, number = self._places[index]
            if place <= before - within:
                return None
            if fits(self._items[number]):
                return place, self._items[number]
        return None

    def between(self, start: int, end: int) -> list[Item]:
        """Give the items at places from ``start`` up to, not including, ``end``, in order."""
        first, last = bisect_left(self._places, (start, -1)), bisect_left(self._places, (end, -1))
        return [self._items[number] for _, number in self._places[first:last]]
