"""Markdown with optional YAML front matter → Article.

The article's text is what a reader of the rendered page reads: blocks separated by one blank line, without markers,
link targets and HTML. A body without any Markdown in it is kept as it is, stripped at both ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sayso.errors import EmptyText, InputError
from sayso.record import Article
from sayso.settings import Settings
from sayso.sources import press
from sayso.sources.dates import iso_date
from sayso.sources.findings import Findings
from sayso.sources.text import read_layout

__all__ = ["article_of_markdown", "render"]

_KEYS = {
    "title": "title",
    "headline": "title",
    "outlet": "outlet",
    "publisher": "outlet",
    "byline": "byline",
    "author": "byline",
    "authors": "byline",
    "published": "published",
    "date": "published",
    "url": "url",
    "canonical_url": "url",
    "language": "language",
    "lang": "language",
    "agency": "agency",
    "dateline": "dateline",
}
_MAX_FRONT_MATTER = 100_000  # characters
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY_LINE = re.compile(r"[A-Za-z][\w -]*:(?:\s|$)")


def article_of_markdown(text: str, settings: Settings, findings: Findings) -> Article:
    """Make an article of Markdown with "\\n" as its only line ending.

    Raises InputError naming the line when the front matter cannot be read, EmptyText, TooLong.
    """
    source, front = _split(text)
    _note_front(front, findings)
    heading, body, captions = render(source)
    if not body:
        raise EmptyText("there is no text after the front matter; write the article below the second ---")
    start = 0
    title = findings.get("title")
    if heading and (title is None or press.same_words(title, heading)) and body != heading:
        findings.note("title", heading, "heading")
        start = len(heading) + len(body[len(heading) :]) - len(body[len(heading) :].lstrip())
        start = _skip_repetitions(body, start, heading)
    start = read_layout(body, findings, body_start=start)
    return findings.article(body, settings, body_start=start, captions=captions)


def _skip_repetitions(body: str, start: int, heading: str) -> int:
    while match := re.match(r"([^\n]+)\s+(?=\S)", body[start:]):
        if not press.same_words(match[1], heading):
            break
        start += match.end()
    return start


def _split(text: str) -> tuple[str, dict[str, tuple[str, int]]]:
    """Give the Markdown and the front matter as key → (value, line number)."""
    opening = re.match(r"---[ \t]*\n", text)
    if not opening:
        return text, {}
    closing = _CLOSING.search(text, opening.end(), opening.end() + _MAX_FRONT_MATTER)
    if not closing:
        if _KEY_LINE.match(text, opening.end()):
            raise InputError("front matter: it opens on line 1 and never closes; end it with a line ---")
        return text, {}
    block = text[opening.end() : closing.start()]
    node = _parse(block)
    if node is None or isinstance(node, yaml.ScalarNode):
        # Prose between two rules is Markdown, not metadata; an empty block is nothing.
        return (text if block.strip() and node is not None else text[closing.end() :]), {}
    return text[closing.end() :], _fields(node)


def _parse(block: str) -> yaml.Node | None:
    try:
        # Composing builds no objects, and aliases are not expanded.
        return yaml.compose(block, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        # What is never closed is noticed at the end, but has to be mended where it begins.
        at_end = error.context_mark and "end of stream" in str(error.problem)
        mark = error.context_mark if at_end else error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 1
        raise InputError(
            f"front matter: line {line} is not YAML ({error.problem}); quote the value or mend it"
        ) from error
    except yaml.YAMLError as error:
        raise InputError("front matter: line 1 opens YAML that holds characters YAML forbids; remove them") from error
    except RecursionError as error:
        raise InputError("front matter: line 2 opens YAML that is nested too deep; write key: value lines") from error


def _fields(node: yaml.Node) -> dict[str, tuple[str, int]]:
    if not isinstance(node, yaml.MappingNode):
        raise InputError("front matter: line 2 is a list; write key: value lines, as in title: …")
    fields: dict[str, tuple[str, int]] = {}
    for key, value in node.value:
        name = _KEYS.get(str(key.value).strip().lower()) if isinstance(key, yaml.ScalarNode) else None
        if name is None:
            continue
        line = value.start_mark.line + 2
        parts = value.value if isinstance(value, yaml.SequenceNode) else [value]
        if not all(isinstance(part, yaml.ScalarNode) for part in parts):
            raise InputError(f"front matter: line {line}: {key.value} has to be text; write {key.value}: …")
        joined = ", ".join(str(part.value) for part in parts if part.tag != "tag:yaml.org,2002:null")
        fields.setdefault(name, (joined, line))
    return fields


def _note_front(front: dict[str, tuple[str, int]], findings: Findings) -> None:
    for field, (value, line) in front.items():
        if field == "published" and value.strip():
            day = iso_date(value)
            if day is None:
                raise InputError(f"front matter: line {line}: {value[:40]!r} is no date; write it as 2024-03-14")
            findings.note(field, day, "front matter")
        elif field == "language":
            findings.note_language(value, "front matter")
        else:
            findings.note(field, value, "front matter")


def render(source: str) -> tuple[str | None, str, tuple[str, ...]]:
    """Render Markdown as plain text: (first-level heading it opens with, text, texts of its images)."""
    tokens = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table").parse(source)
    if _is_plain(tokens):
        return None, source.strip(), ()
    captions: list[str] = []
    blocks: list[str] = []
    heading: str | None = None
    row: list[str] | None = None
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            blocks.append(" | ".join(row))
            row = None
        elif token.type == "inline":
            block = _inline(token.children or [], captions)
            if row is not None:
                row.append(block)
            else:
                if (
                    not any(b for b in blocks)
                    and before is not None
                    and (before.type, before.tag) == ("heading_open", "h1")
                ):
                    heading = block
                blocks.append(block)
        elif token.type in {"code_block", "fence"}:
            blocks.append(token.content.strip("\n"))
        elif token.type == "html_block":
            blocks.extend(_html_text(token.content).split("\n\n"))
    text = "\n\n".join(block for block in blocks if block.strip())
    return heading or None, text.strip(), tuple(captions)


def _is_plain(tokens: Sequence[Token]) -> bool:
    for token in tokens:
        if token.type == "inline":
            children = token.children or []
            if any(child.type not in {"text", "softbreak"} for child in children):
                return False
            words = "".join(child.content if child.type == "text" else "\n" for child in children)
            if words != "\n".join(line.rstrip(" \t") for line in token.content.split("\n")):
                return False
        elif token.type not in {"paragraph_open", "paragraph_close"}:
            return False
    return True


def _inline(children: Sequence[Token], captions: list[str]) -> str:
    parts: list[str] = []
    hidden = ""
    for child in children:
        if child.type == "html_inline":
            hidden = _hidden_after(child.content, hidden)
        elif hidden:
            continue
        elif child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
        elif child.type == "image":
            caption = str(child.attrs.get("title") or child.content).strip()
            if caption:
                captions.append(" ".join(caption.split()))
    return "".join(parts).strip()


def _hidden_after(tag: str, hidden: str) -> str:
    """Give the element whose content is not shown that is open after an inline tag, "" when none is."""
    match = re.match(r"<(/?)(script|style|template)\b", tag, re.IGNORECASE)
    if not match:
        return hidden
    if match[1]:
        return "" if hidden == match[2].lower() else hidden
    return hidden or match[2].lower()


def _html_text(markup: str) -> str:
    """Give the words of a block of HTML inside Markdown, without scripts, styles and comments."""
    try:
        tree = lxml_html.fragment_fromstring(markup, create_parent="div")
    except lxml_html.etree.ParserError:  # "Document is empty": a doctype and nothing else, say
        return ""
    lxml_html.etree.strip_elements(tree, "script", "style", "template", lxml_html.etree.Comment, with_tail=False)
    return re.sub(r"[ \t]+", " ", str(tree.text_content())).strip()
