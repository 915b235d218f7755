"""The one call most programs need: something to read → its Reading."""

from __future__ import annotations

from pathlib import Path

from sayso.errors import NotFound
from sayso.reader import default_reader
from sayso.record import Article, Reading
from sayso.settings import Settings
from sayso.sources import from_text, load
from sayso.sources.loading import is_address

__all__ = ["read"]


def read(target: str | Path | Article, *, settings: Settings | None = None) -> Reading:
    """Read an article: a path, an ``http(s)`` address, an Article, or the text itself.

    A string counts as text when it holds a line break or a space and no file has that name. The model is loaded on
    the first call and kept. Raises InputError (NotFound, EmptyText, TooLong, NotText, FetchError; InputError itself
    for a folder) when there is nothing to read, ModelError when the model is broken.
    """
    return default_reader(settings).read(_article(target, settings))


def _article(target: str | Path | Article, settings: Settings | None) -> Article:
    if isinstance(target, Article):
        return target
    if isinstance(target, Path) or is_address(target) or _exists(target):
        return load(target, settings=settings)
    if not target or any(c.isspace() for c in target):
        return from_text(target, settings=settings)
    raise NotFound(f"no file {target!r}: give a path, an http address or the text of an article")


def _exists(target: str) -> bool:
    try:
        return target != "" and Path(target).exists()  # an empty path is the folder one is in
    except (OSError, ValueError):  # too long for a file name, or with a NUL: then it is text
        return False
