from __future__ import annotations

import time
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.settings import Settings
from sayso.sources import expand, from_bytes
from sayso.sources.feeds import FeedItem, feed_items, is_feed

from .conftest import Site

RSS = b"""<?xml version="1.0" encoding="utf-8"?>
<!-- by hand -->
<rss version="2.0"><channel><title>The Brenn Courier</title><link>https://courier.example/</link>
<item><title>Port &lt;b&gt;stays&lt;/b&gt; open</title><link>https://courier.example/port</link>
<pubDate>Thu, 14 Mar 2024 05:30:00 +0200</pubDate></item>
<item><title>Quay</title><link>/quay</link></item>
<item><title>Again</title><link>https://courier.example/port</link></item>
<item><title>Mail</title><link>mailto:desk@courier.example</link></item>
<item><title>No link</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><entry><title>Quay</title>
<link href="https://courier.example/quay"/><published>2024-03-15T10:00:00Z</published></entry></feed>"""


def test_the_items_of_a_feed_are_its_articles_each_once_in_order() -> None:
    assert feed_items(RSS, "https://courier.example/rss") == [
        FeedItem("https://courier.example/port", "Port stays open", "2024-03-14T03:30:00Z"),
        FeedItem("https://courier.example/quay", "Quay", None),
    ]
    assert feed_items(ATOM.encode()) == [FeedItem("https://courier.example/quay", "Quay", "2024-03-15T10:00:00Z")]


@pytest.mark.parametrize(
    ("data", "content_type", "yes"),
    [
        (RSS, None, True),
        (ATOM.encode(), None, True),
        (b"\xef\xbb\xbf" + RSS, "text/plain", True),
        (ATOM.encode("utf-16"), None, True),
        (b"<rdf:RDF xmlns='x'>", None, True),
        (b"<?xml version='1.0'?><x/>", "application/rss+xml; charset=utf-8", True),
        (b"<?xml version='1.0'?><newsItem/>", "application/xml", False),
        (b"<html><body>rss</body></html>", None, False),
        (b"The feed said no.", None, False),
        (b"", None, False),
    ],
)
def test_feeds_are_told_by_their_root_or_media_type(data: bytes, content_type: str | None, yes: bool) -> None:
    assert is_feed(data, content_type) is yes


def test_the_prologue_before_the_root_is_walked_over() -> None:
    prologue = b"<?xml version='1.0'?>\n<!-- a > b --><?style href='x>y'?>\n<!DOCTYPE rss [<!ENTITY a 'b>c'>]>\n"
    assert is_feed(prologue + b"<rss>")
    assert not is_feed(prologue + b"<html>")
    assert feed_items(prologue + RSS[RSS.index(b"<rss") :]) == feed_items(RSS)


@pytest.mark.parametrize(
    "piece", [b"<?xml>", b"<?xml?>", b"<!---->", b"<!--", b" ", b"\n<!-- -->", b"<!DOCTYPE", b"<!DOCTYPE [", b"] "]
)
@pytest.mark.parametrize("opening", [b"", b"<!DOCTYPE r ["])
def test_a_hostile_prologue_takes_no_time(opening: bytes, piece: bytes) -> None:
    data = opening + piece * 10_000 + b"x"
    start = time.perf_counter()
    assert not is_feed(data)
    assert feed_items(data) == []
    assert time.perf_counter() - start < 1


def test_broken_and_hostile_feeds_give_what_can_be_read() -> None:
    assert feed_items(b"<rss><channel><item><title>x") == []
    bomb = b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 1000 + b'"><!ENTITY c "' + b"&b;" * 1000 + b'">]>'
    items = feed_items(b"<?xml version='1.0'?>" + bomb + RSS.replace(b"Quay", b"&c;")[38:], "https://courier.example/")
    assert all(len(item.title or "") < 1000 for item in items)


def test_a_feed_is_no_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(RSS)
    assert feed_items(str(tmp_path / "feed.xml").encode()) == []


def test_a_feed_given_as_an_article_says_what_to_do() -> None:
    with pytest.raises(InputError, match="sayso add"):
        from_bytes(RSS, name="rss.xml")
    with pytest.raises(InputError, match="XML"):
        from_bytes(b"<?xml version='1.0'?><newsItem/>", name="a.xml")


def test_folders_are_walked_in_sorted_order_for_articles(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "d/z.html", "d/y.htm", "c.markdown", "x.pdf", ".hidden.txt", ".git/a.txt", "D.TXT"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "d" / "loop").symlink_to(tmp_path)
    found = [str(Path(path).relative_to(tmp_path)) for path in expand([str(tmp_path)])]
    assert found == ["D.TXT", "a.txt", "b.md", "c.markdown", "d/y.htm", "d/z.html"]


def test_other_targets_are_passed_on_as_they_are() -> None:
    targets = ["-", "missing.txt", "missing.xml", "https://courier.example/a", "some.pdf"]
    assert list(expand(targets)) == targets


@pytest.mark.parametrize("suffix", [".xml", ".rss", ".atom"])
def test_a_file_that_is_a_feed_gives_its_addresses(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"feed{suffix}"
    path.write_bytes(RSS)
    assert list(expand([str(path)])) == ["https://courier.example/port"]
    path.write_text("<?xml version='1.0'?><newsItem/>")
    assert list(expand([str(path)])) == [str(path)]


def test_an_address_that_answers_with_a_feed_gives_its_articles_when_asked(site: Site, local: Settings) -> None:
    feed = site.serve("/rss", RSS.replace(b"https://courier.example", site.url.encode()), "application/rss+xml")
    page = site.serve("/page", b"<html><p>x", "text/html")
    missing = site.url + "/none"
    assert list(expand([feed, page, missing])) == [feed, page, missing]
    found = list(expand([feed, page, missing], settings=local))
    assert found == [site.url + "/port", site.url + "/quay", page, missing]
