"""What a page says about itself: takes its tree, notes title, byline, outlet, date, language and address.

JSON-LD comes first, then the meta elements, then what the page shows; each finding keeps where it stood.
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from sayso.sources import press
from sayso.sources.dates import iso_date
from sayso.sources.findings import Findings

__all__ = ["note_metadata"]

_ARTICLE_TYPES = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|Report|WebPage)")
_META: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("outlet", ("og:site_name", "application-name", "publisher", "dc.publisher")),  # first: titles end in it
    ("title", ("og:title", "twitter:title", "dc.title", "headline")),
    ("byline", ("author", "byl", "parsely-author", "sailthru.author", "dc.creator")),
    (
        "published",
        (
            "article:published_time",
            "og:published_time",
            "datepublished",
            "parsely-pub-date",
            "sailthru.date",
            "publishdate",
            "pubdate",
            "publish-date",
            "dc.date.issued",
            "dc.date",
            "date",
        ),
    ),
    ("url", ("og:url",)),
)
_MAX_SCRIPT = 2_000_000  # characters of one JSON-LD block
_MAX_VALUE = 1_000  # characters of one value; longer ones are no names or headlines
_SITE_SUFFIX = re.compile(r"^(?P<title>.{8,}?)\s+(?:[|–—·•»-]|::)\s+(?P<site>[^|–—·•»]{2,60})$")


def note_metadata(tree: HtmlElement, findings: Findings) -> None:
    """Note what JSON-LD, meta elements, links, headings and the html element say, the surest first."""
    for item in _linked_data(tree):
        _note_linked_data(item, findings)
    meta = _meta(tree)
    for field, names in _META:
        for name in names:
            if name in meta:
                _note(findings, field, meta[name], name if ":" in name else f"meta {name}")
    for link in tree.xpath("//link[@href][contains(concat(' ', @rel, ' '), ' canonical ')]")[:1]:
        _note(findings, "url", link.get("href"), "canonical link")
    findings.note_language(tree.get("lang"), "html lang")
    findings.note_language(meta.get("og:locale"), "og:locale")
    _note_shown(tree, findings)


def _note(findings: Findings, field: str, value: object, where: str) -> None:
    if not isinstance(value, str) or len(value) > _MAX_VALUE:
        return
    value = " ".join(re.sub(r"<[^<>]*>", "", html.unescape(value)).split())
    if field == "published":
        findings.note(field, iso_date(value), where)
    elif field == "url":
        findings.note(field, value if re.match(r"https?://[^/\s]", value) else None, where)
    elif field == "byline":
        # Some pages put the address of the author's page there.
        findings.note(field, None if re.match(r"https?:", value) else press.byline(value) or value, where)
    elif field == "title" and (site := findings.get("outlet")):
        findings.note(field, _without_site(value, site), where)
    else:
        findings.note(field, value, where)


def _without_site(title: str, site: str) -> str:
    match = _SITE_SUFFIX.match(title)
    return match["title"] if match and press.same_name(match["site"], site) else title


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Give the meta elements by name, property or itemprop in lower case; the first of a name stays."""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            meta.setdefault(name.strip().lower(), content)
    return meta


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Give the JSON-LD objects that describe an article, articles proper before pages."""
    items = [item for block in _linked_blocks(tree) for item in _objects(block)]
    kinds = [(item, str(item.get("@type"))) for item in items]
    articles = [item for item, kind in kinds if _ARTICLE_TYPES.search(kind) and "WebPage" not in kind]
    yield from articles[:1]
    yield from [item for item, kind in kinds if "WebPage" in kind][:1]


def _linked_blocks(tree: HtmlElement) -> Iterator[Any]:
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        source = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        if len(source) > _MAX_SCRIPT:
            continue
        try:
            yield json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue  # many pages carry broken JSON-LD; their meta elements say the same


def _objects(block: Any) -> Iterator[dict[str, Any]]:
    todo = deque([block])
    while todo:
        item = todo.popleft()
        if isinstance(item, list):
            todo.extend(item)
        elif isinstance(item, dict):
            yield item
            todo.extend(item[key] for key in ("@graph", "mainEntity") if key in item)


def _note_linked_data(item: dict[str, Any], findings: Findings) -> None:
    _note(findings, "outlet", _names(item.get("publisher")), "JSON-LD")
    _note(findings, "title", item.get("headline"), "JSON-LD")
    _note(findings, "byline", _names(item.get("author")), "JSON-LD")
    _note(findings, "published", item.get("datePublished"), "JSON-LD")
    page = item.get("mainEntityOfPage")
    for address in (item.get("url"), page.get("@id") if isinstance(page, dict) else page):
        _note(findings, "url", address, "JSON-LD")
    language = item.get("inLanguage")
    findings.note_language(language if isinstance(language, str) else None, "JSON-LD")


def _names(value: Any) -> str | None:
    """Give the name or names of a JSON-LD person or organisation, joined by commas."""
    if isinstance(value, list):
        names = [name for part in value[:20] if not isinstance(part, list) and (name := _names(part))]
        return ", ".join(names) or None
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else None


def _note_shown(tree: HtmlElement, findings: Findings) -> None:
    headings = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    if len(headings) == 1:
        _note(findings, "title", headings[0], "h1")
    title = tree.find(".//head/title")
    if title is not None and title.text:
        text = " ".join(title.text.split())
        match = _SITE_SUFFIX.match(text) if len(text) <= _MAX_VALUE else None
        _note(findings, "title", match["title"] if match else text, "<title>")
    for element in tree.xpath(
        "//time[@datetime][@pubdate or ancestor::article or contains(@itemprop, 'datePublished')]"
    ):
        _note(findings, "published", element.get("datetime"), "time element")
    for element in tree.xpath("//*[@itemprop='datePublished']"):
        _note(findings, "published", element.get("content") or element.get("datetime"), "itemprop datePublished")
