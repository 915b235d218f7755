"""RSS and Atom feeds: bytes → the articles they point to."""

from __future__ import annotations

import io
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import feedparser

from sayso.sources.detect import media_type_of

__all__ = ["FeedItem", "feed_items", "is_feed"]

_MEDIA_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_SPACE = re.compile(rb"\s*")
_ROOT = re.compile(rb"<(?:rss|feed|(?:rdf:)?RDF)[\s>]")
_SUBSET_END = re.compile(rb"\]\s*>")


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry of a feed: the address of its article, its headline, and when it came out (ISO 8601, UTC)."""

    url: str
    title: str | None
    published: str | None


def is_feed(data: bytes, content_type: str | None = None) -> bool:
    """Say whether bytes are an RSS or Atom feed, by their root element, or by a feed's media type on some XML."""
    head = data[:8_000].removeprefix(b"\xef\xbb\xbf")
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        head = head.decode("utf-16", "ignore").encode("utf-8")
    if _ROOT.match(head, _prologue(head)[0]):
        return True
    return media_type_of(content_type) in _MEDIA_TYPES and head.lstrip().startswith(b"<?xml")


def _prologue(data: bytes) -> tuple[int, slice]:
    """Walk over declaration, comments and DOCTYPE; give where the root begins, and the slice of the DOCTYPE."""
    at = len(b"\xef\xbb\xbf") if data.startswith(b"\xef\xbb\xbf") else 0
    doctype = slice(0, 0)
    while True:
        at = _end_of(_SPACE.match(data, at))
        if data.startswith(b"<?", at):
            end = data.find(b"?>", at) + len(b"?>")
        elif data.startswith(b"<!--", at):
            end = data.find(b"-->", at + len(b"<!--")) + len(b"-->")
        elif data.startswith(b"<!DOCTYPE", at):
            end = _doctype_end(data, at)
            doctype = slice(at, max(at, end))
        else:
            return at, doctype
        if end <= at:  # it is never closed
            return at, doctype
        at = end


def _doctype_end(data: bytes, at: int) -> int:
    end = data.find(b">", at) + 1
    subset = data.find(b"[", at, end or None)
    return end if subset < 0 else _end_of(_SUBSET_END.search(data, subset))


def _end_of(match: re.Match[bytes] | None) -> int:
    return match.end() if match else 0


def feed_items(data: bytes, base_url: str | None = None) -> list[FeedItem]:
    """Give the entries that lead to a web page, in the feed's order, each address once; [] for a broken feed.

    Relative links are resolved against ``base_url``.
    """
    # Entities that a feed declares itself are a way to blow up its reader; none needs them.
    doctype = _prologue(data)[1]
    data = data[: doctype.start] + data[doctype.stop :]
    # A stream, since feedparser would take bytes for the name of a file.
    feed = feedparser.parse(io.BytesIO(data), response_headers={"content-location": base_url or ""}, sanitize_html=True)
    items: dict[str, FeedItem] = {}
    for entry in feed.entries:
        link = str(entry.get("link") or "")
        url = urljoin(base_url, link) if base_url and link else link
        if re.match(r"https?://[^/\s]", url):
            items.setdefault(url, FeedItem(url, _title(entry), _published(entry)))
    return list(items.values())


def _title(entry: Any) -> str | None:
    title = re.sub(r"<[^<>]*>", "", str(entry.get("title") or ""))
    return " ".join(title.split()) or None


def _published(entry: Any) -> str | None:
    moment = entry.get("published_parsed")
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", moment) if moment else None
