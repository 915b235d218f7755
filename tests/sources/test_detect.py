from __future__ import annotations

import codecs

import pytest

from sayso.errors import EmptyText, NotText, TooLong
from sayso.settings import Settings
from sayso.sources import from_bytes
from sayso.sources.detect import charset_of, decode, kind_of

CAFE = "Le maire de Besançon a déclaré que l’hôtel rouvrirait « dès l’été ».\nIl n’a pas précisé où.\n"


@pytest.mark.parametrize(
    "data",
    [
        CAFE.encode("utf-8"),
        CAFE.encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + CAFE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + CAFE.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + CAFE.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + CAFE.encode("utf-32-be"),
        CAFE.encode("cp1252"),
    ],
)
def test_a_text_is_read_in_the_encoding_it_was_saved_in(data: bytes) -> None:
    assert decode(data) == CAFE


@pytest.mark.parametrize(
    "text",
    [
        "São Tomé says no.",
        "Señor Núñez: «Mañana»",
        "Der Außenminister äußerte Übelkeit.",
        "Temperatures fell to -4° C.",
    ],
)
def test_short_latin_1_bytes_come_out_right(text: str) -> None:
    assert decode(text.encode("latin-1")) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Министр сообщил журналистам, что порт останется открытым всю зиму. Он не назвал даты. " * 4, "cp1251"),
        ("大臣は記者団に対し、港は冬の間も開いたままだと述べた。日付は明らかにしなかった。" * 4, "shift_jis"),
    ],
)
def test_other_encodings_are_guessed_from_the_text(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_the_servers_charset_wins_over_the_pages_own_and_both_over_a_guess() -> None:
    page = '<meta charset="koi8-r"><p>Порт открыт</p>'
    assert decode(page.encode("cp1251"), charset="windows-1251") == page
    assert decode(page.encode("koi8-r")) == page
    assert decode(b'<?xml version="1.0" encoding="iso-8859-2"?><p>\xb3</p>').endswith("<p>ł</p>")


def test_a_byte_order_mark_wins_over_the_servers_charset() -> None:
    assert decode("\ufeffPort ouvert à l’aube".encode(), charset="iso-8859-1") == "Port ouvert à l’aube"


def test_latin_1_declared_means_windows_1252_as_in_browsers() -> None:
    assert decode(b"\x93Yes\x94, he said", charset="ISO-8859-1") == "“Yes”, he said"


@pytest.mark.parametrize("charset", ["no-such-charset", "utf-7", "unicode_escape", "hex", "rot13", "idna", "x" * 5000])
def test_a_charset_that_is_none_is_passed_over(charset: str) -> None:
    assert decode("é \\u0041 +AEE-".encode(), charset=charset) == "é \\u0041 +AEE-"


def test_a_page_that_says_utf_16_in_plain_bytes_is_not_utf_16() -> None:
    assert "août" in decode('<meta charset="utf-16"><p>août</p>'.encode())


def test_line_endings_become_line_feeds_and_the_mark_goes() -> None:
    assert decode(b"\xef\xbb\xbfone\r\ntwo\rthree\n") == "one\ntwo\nthree\n"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"GIF89a\x01\x00", "GIF"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "WebP"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "office"),
        (b"{\\rtf1\\ansi Hello}", "RTF"),
        (b"\x7fELF\x02\x01", "program"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"\x00\x00\x00\x18ftypmp42", "film"),
        (b"words and\x00a NUL", "binary"),
        (bytes(range(1, 256)), "binary"),
        ("The port is open.".encode("utf-16-le"), "UTF-16 without a byte order mark"),
    ],
)
def test_what_is_no_text_is_refused_by_the_name_of_what_it_looks_like(data: bytes, name: str) -> None:
    with pytest.raises(NotText, match=name):
        from_bytes(data, name="x.txt")


@pytest.mark.parametrize("data", [b"", b"  \n\t\r\n ", "\ufeff".encode(), "\u00a0\u2003\u200b".encode(), b"\xff\xfe"])
def test_nothing_but_white_space_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyText):
        from_bytes(data)


def test_above_the_limits_it_is_refused_with_the_figures() -> None:
    with pytest.raises(TooLong, match=r"2,001 bytes, the limit is 2,000"):
        from_bytes(b"a" * 2001, settings=Settings(max_bytes=2000))
    with pytest.raises(TooLong, match=r"1,001 characters, the limit is 1,000"):
        from_bytes("é".encode() * 1001, settings=Settings(max_characters=1000))
    assert len(from_bytes("é".encode() * 1000, settings=Settings(max_characters=1000)).text) == 1000


@pytest.mark.parametrize(
    ("text", "name", "content_type", "kind"),
    [
        ("# One", "a.md", None, "markdown"),
        ("# One", "a.MARKDOWN", None, "markdown"),
        ("<p>One", "a.txt", None, "text"),
        ("One", "a.htm", None, "html"),
        ("<!-- x --> <!DOCTYPE html><p>One", None, None, "html"),
        ("<?xml version='1.0'?><html><p>One</html>", "a", None, "html"),
        ("<?xml version='1.0'?><newsItem/>", "a.xml", None, "xml"),
        ("---\ntitle: One\n---\nTwo", None, None, "markdown"),
        ("Who said <b>what</b>?", None, None, "text"),
        ("One", "https://a.example/page.txt", "text/html; charset=utf-8", "html"),
        ("# One", "https://a.example/raw/one.md", "text/plain", "markdown"),
        ("<html>", "https://a.example/one", "text/plain", "text"),
        ("<html>", "https://a.example/one", "application/octet-stream", "html"),
    ],
)
def test_the_kind_follows_media_type_then_suffix_then_content(
    text: str, name: str | None, content_type: str | None, kind: str
) -> None:
    assert kind_of(text, name=name, content_type=content_type) == kind


@pytest.mark.parametrize("content_type", ["image/png", "application/json", "video/mp4", "application/zip"])
def test_a_media_type_that_is_no_article_is_refused_by_name(content_type: str) -> None:
    with pytest.raises(NotText, match=content_type):
        from_bytes(b'{"a": 1}', content_type=content_type)


def test_charset_of_a_content_type() -> None:
    assert charset_of('text/html; charset="UTF-8"') == "UTF-8"
    assert charset_of("text/html") is None
    assert charset_of(None) is None
