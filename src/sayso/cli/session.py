"""The things a verb works with: the settings, the reader and the store. Each is made here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sayso.record import Article, ReaderInfo, Reading
    from sayso.settings import Settings
    from sayso.store import Store

__all__ = ["Reads", "get_reader", "open_store", "settings", "store_place"]


class Reads(Protocol):
    """What the verbs need of a reader."""

    @property
    def info(self) -> ReaderInfo: ...

    def read(self, article: Article) -> Reading: ...

    def read_many(self, articles: Sequence[Article]) -> list[Reading]: ...


def settings() -> Settings:
    """Give the settings; raises ConfigError naming the variable that is wrong."""
    from sayso.settings import default_settings

    return default_settings()


def get_reader() -> Reads:
    """Give the reader, loaded on the first call; raises ModelError when its model is missing or broken."""
    from sayso.reader import default_reader

    return default_reader(settings())


def store_place(store: str | None) -> str:
    """Give the path or URL of the store: the one asked for, or the one of the settings."""
    return store or settings().store


def open_store(store: str | None, *, readonly: bool = False, make: bool = False) -> Store:
    """Open the store; raises StoreError, and NotInStore when there is none and it is not to be made."""
    from sayso.errors import NotInStore
    from sayso.store import Store

    place = store_place(store)
    if not make and "://" not in place and not Path(place).exists():
        raise NotInStore(f"there is no store at {place}: `sayso add` makes one, --store names another")
    return Store.open(place, readonly=readonly)
