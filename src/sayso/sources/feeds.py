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
_ROOT = re.compile(
    rb"\s*(?:<\?xml[^>]*>|<!--.{0,2000}?-->|<\?[^>]*>|<!DOCTYPE[^>]*>|\s)*<(?:rss[\s>]|feed[\s>]|(?:rdf:)?RDF[\s>])",
    re.DOTALL,
)

_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL)


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
    if _ROOT.match(head):
        return True
    return media_type_of(content_type) in _MEDIA_TYPES and head.lstrip().startswith(b"<?xml")


def feed_items(data: bytes, base_url: str | None = None) -> list[FeedItem]:
    """Give the entries that lead to a web page, in the feed's order, each address once; [] for a broken feed.

    Relative links are resolved against ``base_url``.
    """
    # Entities that a feed declares itself are a way to blow up its reader; none needs them.
    data = _DOCTYPE.sub(b"", data, count=1)
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
