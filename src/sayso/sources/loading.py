"""A target (file, address, standard input) or bytes or text → Article: finds out what it is and hands it on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from sayso.errors import EmptyText, InputError, NotFound, TooLong
from sayso.record import Article
from sayso.settings import Settings, default_settings
from sayso.sources import detect
from sayso.sources.dates import iso_date
from sayso.sources.feeds import is_feed
from sayso.sources.findings import Findings
from sayso.sources.markdown import article_of_markdown
from sayso.sources.text import article_of_text

__all__ = ["from_bytes", "from_text", "is_address", "load", "read_file"]


def load(target: str | Path, *, settings: Settings | None = None, stdin: BinaryIO | None = None) -> Article:
    """Load an article: "-" is standard input, http:// and https:// are fetched, everything else is a file.

    Raises NotFound, another InputError that says what is wrong with it, or FetchError for an address.
    """
    settings = settings or default_settings()
    if target == "-":
        stream = stdin if stdin is not None else sys.stdin.buffer
        return from_bytes(_limited(stream, "standard input", settings), settings=settings)
    if isinstance(target, str) and is_address(target):
        from sayso.sources.fetch import fetch  # httpx takes longer to import than an article to load

        page = fetch(target, settings)
        return from_bytes(page.data, url=page.url, content_type=page.content_type, settings=settings)
    return from_bytes(read_file(Path(target), settings), name=str(target), settings=settings)


def is_address(target: str) -> bool:
    """Say whether a target is an address on the web rather than a file."""
    return target[:8].lower().startswith(("http://", "https://"))


def read_file(path: Path, settings: Settings) -> bytes:
    """Read a file; raises NotFound, TooLong, or InputError when it is a folder or may not be read."""
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder; use `sayso add {path}` to read what is in it")
        with path.open("rb") as file:
            return _limited(file, str(path), settings)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFound(f"there is no file {path}; check the name") from error
    except PermissionError as error:
        raise InputError(f"{path} may not be read; change its permissions (chmod u+r)") from error
    except (OSError, ValueError) as error:  # a name that is too long or holds a NUL character, a failing disk
        reason = getattr(error, "strerror", None) or str(error)
        raise NotFound(f"{str(path)[:100]!r} cannot be opened ({reason}); check the name") from error


def _limited(stream: BinaryIO, name: str, settings: Settings) -> bytes:
    data = stream.read(settings.max_bytes + 1)
    if len(data) > settings.max_bytes:
        raise TooLong(
            f"{name} has more than {settings.max_bytes:,} bytes, which is the limit; split it or raise SAYSO_MAX_BYTES"
        )
    return data


def from_bytes(
    data: bytes,
    *,
    name: str | None = None,
    url: str | None = None,
    content_type: str | None = None,
    settings: Settings | None = None,
) -> Article:
    """Make an article of the bytes of a file or page.

    ``name`` is the file's name, ``content_type`` what the server said; without them the bytes decide. Raises NotText,
    EmptyText, TooLong, or InputError; the message begins with the name or address when there is one.
    """
    settings = settings or default_settings()
    try:
        return _from_bytes(data, name, url, content_type, settings)
    except InputError as error:
        place = url or name
        if place is None:
            raise
        raise type(error)(f"{place}: {error}") from error


def _from_bytes(
    data: bytes, name: str | None, url: str | None, content_type: str | None, settings: Settings
) -> Article:
    if len(data) > settings.max_bytes:
        raise TooLong(
            f"it has {len(data):,} bytes, the limit is {settings.max_bytes:,}; split it or raise SAYSO_MAX_BYTES"
        )
    if not data:
        raise EmptyText("it is empty; give a file that holds an article")
    detect.require_text(content_type)
    text = detect.decode(data, charset=detect.charset_of(content_type))
    kind = detect.kind_of(text, name=name or url, content_type=content_type)
    findings = Findings()
    findings.note("url", url, "address")
    if kind == "xml":
        if is_feed(data, content_type):
            raise InputError("this is a feed, not an article; use `sayso add` to read the articles it points to")
        raise InputError("this is XML, not an article; give the page or the text itself")
    if kind == "html":
        from sayso.sources.html import article_of_html  # trafilatura takes longer to import than a text to load

        return article_of_html(text, settings, findings)
    return (article_of_markdown if kind == "markdown" else article_of_text)(text, settings, findings)


def from_text(
    text: str,
    *,
    url: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    byline: str | None = None,
    published: str | None = None,
    language: str | None = None,
    dateline: str | None = None,
    agency: str | None = None,
    settings: Settings | None = None,
) -> Article:
    """Make an article of plain text, kept as it is except that line endings become "\\n".

    What is given is taken as given; what is not is looked for in the lines around the body. ``published`` is ISO 8601,
    EDTF or a date in English words. Raises EmptyText, TooLong, or InputError when ``published`` is no date.
    """
    day = iso_date(published) if published is not None else None
    if published is not None and day is None:
        raise InputError(f"published: {published[:40]!r} is no date; write it as 2024-03-14")
    findings = Findings(
        {
            "url": url,
            "outlet": outlet,
            "title": title,
            "byline": byline,
            "published": day,
            "language": language,
            "dateline": dateline,
            "agency": agency,
        }
    )
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return article_of_text(text, settings or default_settings(), findings)
