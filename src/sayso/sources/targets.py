"""What the user names → what is to be loaded: folders become their files, feeds become their articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from sayso.errors import InputError
from sayso.settings import Settings, default_settings
from sayso.sources.loading import is_address, read_file

__all__ = ["expand"]

_ARTICLES = frozenset({".txt", ".md", ".markdown", ".html", ".htm"})
_FEEDS = frozenset({".xml", ".rss", ".atom"})


def expand(targets: Iterable[str], *, settings: Settings | None = None) -> Iterator[str]:
    """Give the targets that are to be loaded, in order.

    Folders are walked in the sorted order of their paths, for articles by their suffix; hidden files and folders and
    links to folders are left out. A file that is a feed gives the addresses in it. With ``settings`` addresses are
    asked, and those that answer with a feed give its articles. Everything else is passed on as it is, what cannot be
    read too, so that loading it says what is wrong.
    """
    for target in targets:
        if target == "-":
            yield target
        elif is_address(target):
            yield from [target] if settings is None else _from_address(target, settings)
        elif Path(target).is_dir():
            yield from (str(path) for path in _walk(Path(target)))
        elif Path(target).suffix.lower() in _FEEDS:
            yield from _from_file(target, settings or default_settings())
        else:
            yield target


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if not path.is_symlink():
                yield from _walk(path)
        elif path.suffix.lower() in _ARTICLES:
            yield path


def _from_file(target: str, settings: Settings) -> Iterator[str]:
    from sayso.sources.feeds import feed_items, is_feed

    try:
        data = read_file(Path(target), settings)
    except InputError:
        yield target  # loading it raises the same again, where it is reported
        return
    yield from [item.url for item in feed_items(data)] if is_feed(data) else [target]


def _from_address(target: str, settings: Settings) -> Iterator[str]:
    from sayso.sources.feeds import feed_items, is_feed
    from sayso.sources.fetch import fetch

    try:
        page = fetch(target, settings)
    except InputError:
        yield target  # loading it raises the same again, where it is reported
        return
    if is_feed(page.data, page.content_type):
        yield from (item.url for item in feed_items(page.data, page.url))
    else:
        yield target
