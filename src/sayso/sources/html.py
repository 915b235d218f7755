"""A page of HTML → Article: the headline, a blank line and the paragraphs of the body, captions apart.

trafilatura finds the body; the page's own metadata is read first (``metadata``), trafilatura's and htmldate's guesses
fill what is missing. Broken and hostile markup gives what can be read of it, or EmptyText.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import trafilatura
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from trafilatura.settings import Document

from sayso.errors import EmptyText
from sayso.record import Article
from sayso.settings import Settings
from sayso.sources import press
from sayso.sources.findings import Findings
from sayso.sources.metadata import note_metadata
from sayso.sources.text import read_layout

__all__ = ["article_of_html"]

# What a library thinks of a page is no message to the user of sayso; without a handler Python prints it.
for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

_NO_ARTICLE = "no article text was found on this page; give the address of the article itself, or its text"
_DEPTH = 200  # libxml2 stops reading a page 256 elements deep
_WRAPPERS = re.compile(
    r"</?(?:div|span|font|center|section|b|i|em|strong|a|ul|ol|li|blockquote)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_ENDS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)  # what comes after them is part of the page all the same
_XML_DECLARATION = re.compile(r"<\?xml[^<>]*>")
_CAPTION_CLASSES = ("caption", "wp-caption-text", "image-caption", "photo-caption", "figure-caption", "media-caption")
_CAPTIONS = "//figcaption | " + " | ".join(
    f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]" for name in _CAPTION_CLASSES
)
_MAX_CAPTION = 1_000  # characters; what is longer is no caption
_BLOCKS = frozenset({"p", "head", "item", "quote", "code", "list", "table", "row", "div", "ab"})
_NOTICES = "//footer//text() | //small//text() | //*[contains(@class, 'copyright')]//text()"


def article_of_html(markup: str, settings: Settings, findings: Findings) -> Article:
    """Make an article of a page; raises EmptyText when it holds no article text, TooLong."""
    tree = _tree(markup)
    note_metadata(tree, findings)
    _drop_unread(tree)
    captions = _take_captions(tree)
    document = _extract(tree, findings.get("url"))
    headings, blocks = _headings_and_blocks(document.body, findings)
    if not any(any(c.isalpha() for c in block) for block in blocks):
        raise EmptyText(_NO_ARTICLE)
    _note_guesses(document, findings)
    text = "\n\n".join([*headings, *blocks])
    body_start = sum(len(heading) + 2 for heading in headings)
    rights = _rights_notice(tree)
    if rights:
        findings.note("outlet", rights.holder, "copyright line")
    body_start = read_layout(text, findings, body_start=body_start)
    findings.note("outlet", document.sitename, "trafilatura")
    findings.note_press(None, rights)
    return findings.article(text, settings, body_start=body_start, captions=captions)


def _tree(markup: str) -> HtmlElement:
    markup = _ENDS.sub("", _XML_DECLARATION.sub("", markup, count=1))
    tree = _parse(markup)
    if _is_deeper(tree, _DEPTH):
        # Elements that only wrap are dropped, so that what stands below the limit is read too.
        tree = _parse(_WRAPPERS.sub("\n", markup))
    return tree


def _parse(markup: str) -> HtmlElement:
    parser = HTMLParser(remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(markup, parser=parser, ensure_head_body=True)
    except etree.ParserError as error:  # nothing but comments and the like
        raise EmptyText(_NO_ARTICLE) from error


def _is_deeper(tree: HtmlElement, limit: int) -> bool:
    depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return True
    return False


def _drop_unread(tree: HtmlElement) -> None:
    """Drop what no reader sees, and menus, unless the page has put its paragraphs inside one."""
    etree.strip_elements(tree, "script", "style", "template", "svg", with_tail=False)
    for menu in list(tree.iter("nav")):
        if menu.getparent() is not None and menu.find(".//p") is None:
            menu.drop_tree()


def _take_captions(tree: HtmlElement) -> list[str]:
    """Take the captions of pictures out of the page and give them in its order, each once."""
    captions: dict[str, None] = {}
    for element in tree.xpath(_CAPTIONS):
        words = " ".join(element.text_content().split())
        if len(words) <= _MAX_CAPTION and element.getparent() is not None:
            element.drop_tree()
            if words:
                captions[words] = None
    return list(captions)


def _extract(tree: HtmlElement, url: str | None) -> Document:
    document = trafilatura.bare_extraction(
        tree,
        url=url,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={
            "original_date": True,
            "extensive_search": False,  # it takes years of copyright notices for dates
            "max_date": datetime.now(UTC).date().isoformat(),
        },
    )
    if not isinstance(document, Document):
        raise EmptyText(_NO_ARTICLE)
    return document


def _headings_and_blocks(body: etree._Element, findings: Findings) -> tuple[list[str], list[str]]:
    """Give the headline as the page shows it, then the blocks of the body without repetitions of it."""
    blocks = list(_blocks(body))
    first = next(iter(body), None)
    shown = blocks[0] if blocks and first is not None and first.tag == "head" and first.get("rend") == "h1" else None
    findings.note("title", shown, "h1")
    title = findings.get("title")
    headings = [title] if title else []
    if shown:
        blocks = blocks[1:]
        if title and not press.same_words(shown, title):
            headings.append(shown)
    while blocks and any(press.same_words(blocks[0], heading) for heading in headings):
        blocks = blocks[1:]
    return headings, blocks


def _blocks(body: etree._Element) -> Iterator[str]:
    """Give the text of each block, lines joined by single spaces and ``br`` kept as a line end."""
    inline: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if tag in _BLOCKS:
                yield from _flush(inline)
            inline.append("\n" if tag == "lb" else _one_space(element.text))
        else:
            if tag == "cell":
                inline.append(" | ")
            if tag in _BLOCKS or tag == "body":
                yield from _flush(inline)
            inline.append(_one_space(element.tail))
    yield from _flush(inline)


def _one_space(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def _flush(inline: list[str]) -> Iterator[str]:
    block = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", "".join(inline))).strip().removesuffix("|").strip()
    inline.clear()
    if block:
        yield block


def _note_guesses(document: Document, findings: Findings) -> None:
    findings.note("title", document.title, "trafilatura")
    findings.note("byline", document.author, "trafilatura")
    findings.note("published", document.date, "htmldate")


def _rights_notice(tree: HtmlElement) -> press.Copyright | None:
    for text in tree.xpath(_NOTICES)[-200:]:
        if found := press.copyright_line(str(text)):
            return found
    return None
