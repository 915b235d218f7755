"""Bytes → characters, and what kind of source they are.

The encoding is taken from the byte order mark, else from what the server or the page declares, else it is UTF-8 if it
can be, else guessed. Bytes that are no text raise NotText with the name of what they look like.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import PurePosixPath
from typing import Literal

import charset_normalizer

from sayso.errors import EmptyText, NotText

__all__ = ["Kind", "charset_of", "decode", "kind_of", "media_type_of", "require_text"]

Kind = Literal["text", "markdown", "html", "xml"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF; save its text as .txt first"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"PK\x03\x04", "a ZIP archive or an office document (.docx, .odt, .epub); save its text as .txt first"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document (.doc, .xls); save its text as .txt first"),
    (b"{\\rtf", "an RTF document; save its text as .txt first"),
    (b"\x1f\x8b", "a gzip file; unpack it first"),
    (b"BZh91AY&SY", "a bzip2 file; unpack it first"),
    (b"\xfd7zXZ\x00", "an xz file; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd file; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a Windows program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"OggS\x00", "an Ogg sound file"),
    (b"ID3\x02", "an MP3 sound file"),
    (b"ID3\x03", "an MP3 sound file"),
    (b"ID3\x04", "an MP3 sound file"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM film"),
)
# Python knows codecs that no page means by its charset, and that decode to something else than its characters.
_NO_CHARSETS = frozenset({"utf-7", "unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined", "charmap"})
_META_CHARSET = re.compile(rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:-]{2,40})", re.IGNORECASE | re.ASCII)
_XML_ENCODING = re.compile(rb"\s{0,20}<\?xml\s[^>]{0,100}?encoding\s*=\s*[\"']([\w:-]{2,40})", re.IGNORECASE | re.ASCII)
_DECLARED_IN = 4_096  # bytes of a page in which its own declaration may stand
_GUESSED_FROM = 200_000  # bytes an encoding is guessed from
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1b"))
_WESTERN = frozenset("“”‘’‚„–—…•€£¥§©®™°«»¿¡·º ­")

_SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
_MEDIA_TYPES: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
}
_SNIFF = ("application/octet-stream", "application/xml", "text/xml", "application/rss+xml", "application/atom+xml")
_PROLOGUE = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.{0,2000}?-->\s*)*", re.DOTALL)
_HTML_TAGS = r"html|head|body|title|meta|main|article|section|div|p|h1|h2|script|style|table|span|nav|header"
_HTML_START = re.compile(rf"<!doctype\s+html|<(?:{_HTML_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"---[ \t]*\n[A-Za-z][\w -]*:.{0,10000}?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def decode(data: bytes, *, charset: str | None = None) -> str:
    """Decode a text, without byte order mark and with "\\n" as its only line ending.

    ``charset`` is what the server declared. Raises EmptyText when there are no bytes or only white space, NotText when
    they are no text.
    """
    text = _decode(data, charset).replace("\r\n", "\n").replace("\r", "\n")
    if all(unicodedata.category(c)[0] in "ZC" for c in text):
        raise EmptyText("there is no text in it; give a file that holds an article")
    return text


def _decode(data: bytes, charset: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark) and (text := _try(data[len(mark) :], encoding)) is not None:
            return _without_nul(text)
    if (magic := _magic(data)) is not None:
        raise NotText(f"this is not text: it looks like {magic}")
    if charset and (text := _try(data, _python_name(charset))) is not None and "\0" not in text:
        return text
    if b"\0" in data:
        raise NotText(f"this is not text: it looks like {_binary(data)}")
    declared = (m[1].decode("ascii") for p in (_XML_ENCODING, _META_CHARSET) if (m := p.search(data[:_DECLARED_IN])))
    for label in declared:
        # A declaration that can be read byte by byte is not written in the wide encoding it names.
        name = "utf-8" if label.lower().startswith(("utf-16", "utf-32", "ucs")) else _python_name(label)
        if (text := _try(data, name)) is not None:
            return text
    text = _try(data, "utf-8")
    return text if text is not None else _guess(data)


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise NotText("this is not text: it holds NUL characters, as binary data does")
    return text


def _python_name(label: str) -> str:
    """Give Python's name of a declared charset; browsers take Latin-1 and ASCII to mean Windows-1252, so do we."""
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return ""
    if name in {"iso8859-1", "ascii"}:
        return "cp1252"
    return "utf-16-le" if name == "utf-16" else "utf-32-le" if name == "utf-32" else name


def _try(data: bytes, encoding: str) -> str | None:
    if not encoding or encoding.replace("_", "-") in _NO_CHARSETS:
        return None
    try:
        text = data.decode(encoding)
    except (UnicodeError, LookupError):
        return None
    return None if not encoding.startswith("utf") and re.search("[\ud800-\udfff]", text) else text


def _magic(data: bytes) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] in {b"WEBP", b"WAVE", b"AVI "}:
        return "a WebP image" if data[8:12] == b"WEBP" else "a sound file or film"
    if data[4:8] == b"ftyp":
        return "a film or HEIF image"
    return next((name for magic, name in _MAGIC if data.startswith(magic)), None)


def _binary(data: bytes) -> str:
    sample = data[:4_000]
    for offset in (0, 1):
        half = sample[offset::2]
        if half and half.count(0) > 0.8 * len(half) and sample[1 - offset :: 2].count(0) < 0.1 * len(half):
            return "UTF-16 without a byte order mark; save it as UTF-8"
    return "binary data"


def _guess(data: bytes) -> str:
    if len(data.translate(None, _CONTROLS)) < 0.95 * len(data):
        raise NotText("this is not text: it looks like binary data")
    western = _try(data, "cp1252")
    if western is not None and _reads_western(western[:_GUESSED_FROM]):
        return western
    best = charset_normalizer.from_bytes(data[:_GUESSED_FROM]).best()
    text = _try(data, best.encoding) if best is not None else None
    if text is not None:
        return text
    if western is not None:
        return western
    raise NotText("no encoding fits this text; save it as UTF-8")


def _reads_western(text: str) -> bool:
    """Say whether a text decoded as Windows-1252 looks like a Western European language.

    Short texts mislead statistics: there a few accented letters among many plain ones decide. In the wrong encoding
    signs stand inside words and capitals in the middle of them.
    """
    high = [c for c in text if c > "\x7f"]
    letters = sum(c.isalpha() for c in text)
    if sum(c.isalpha() for c in high) > 0.25 * letters or not all(c.isalpha() or c in _WESTERN for c in high):
        return False
    return re.search(r"[a-zà-öø-ÿ][À-ÖØ-ÞŠŽŸŒ][a-zà-öø-ÿ]", text) is None


def charset_of(content_type: str | None) -> str | None:
    """Give the charset of a Content-Type, None when it names none."""
    match = re.search(r"charset\s*=\s*[\"']?([\w:.-]+)", content_type or "", re.IGNORECASE)
    return match[1] if match else None


def media_type_of(content_type: str | None) -> str | None:
    """Give the media type of a Content-Type in lower case without its parameters."""
    return (content_type or "").partition(";")[0].strip().lower() or None


def require_text(content_type: str | None) -> None:
    """Raise NotText when a Content-Type says that what it heads is no article."""
    media = media_type_of(content_type)
    if media is None or media.startswith("text/") or media in _MEDIA_TYPES or media in _SNIFF or media.endswith("+xml"):
        return
    if "/" in media:
        raise NotText(f"this is {media}, not an article; give the address of a page or a text")


def kind_of(text: str, *, name: str | None = None, content_type: str | None = None) -> Kind:
    """Say what kind of source a text is: by media type, else by the suffix of its name, else by how it begins."""
    media = media_type_of(content_type)
    suffix = _SUFFIXES.get(PurePosixPath((name or "").replace("\\", "/")).suffix.lower())
    if media in _MEDIA_TYPES:
        return _MEDIA_TYPES[media]
    if media == "text/plain":
        return "markdown" if suffix == "markdown" else "text"
    if suffix is not None:
        return suffix
    prologue = _PROLOGUE.match(text[:10_000])
    start = prologue.end() if prologue else 0
    if _HTML_START.match(text, start):
        return "html"
    if text[:200].lstrip().startswith("<?xml"):
        return "xml"
    return "markdown" if _FRONT_MATTER.match(text) else "text"
