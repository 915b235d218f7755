"""The pages over HTTP, on a real store."""

from __future__ import annotations

import html
import re
import time

import pytest

from sayso.record import Article, Link, Reading, Span, Statement
from sayso.store import Store
from sayso.web.headers import SECURITY

from .conftest import READER, TEXT, Client

HOSTILE = "</p><script>alert(1)</script> “<img src=x onerror=alert(2)>” said {{ 7 * 7 }} & <b>Holt</b>."


def _prose(page: str) -> list[str]:
    """The paragraphs as a browser shows them, without the small numbers."""
    found = re.findall(r'<p class="prose[^>]*>(.*?)</p>', page, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", re.sub(r'<a class="ref".*?</a>', "", part))) for part in found]


def test_the_empty_store_says_what_to_do(client: Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "sayso add" in page.text


def test_the_list_names_each_article_with_its_counts(client: Client, store: Store, reading: Reading) -> None:
    store.add(reading)
    page = client.get("/").text
    assert f'href="/articles/{reading.article.id}"' in page
    for words in ("Envoy spoke, agency says", "The Herald", "15 March 2024", "4 statements by 4 speakers"):
        assert words in page


def test_the_list_is_narrowed_by_words_and_outlet(client: Client, store: Store, reading: Reading) -> None:
    store.add(reading)
    assert "Envoy spoke" in client.get("/", params={"text": "peace", "outlet": ""}).text
    assert "No article answers" in client.get("/", params={"text": "volcano"}).text
    assert "No article answers" in client.get("/", params={"outlet": "Other"}).text


def test_the_list_turns_its_pages_and_keeps_the_question(client: Client, store: Store) -> None:
    for rank in range(31):
        article = Article(text=f"Holt spoke of peace on day {rank}.", title=f"Day {rank}", outlet="The Herald")
        store.add(Reading(article=article, reader=READER))
    first = client.get("/", params={"text": "peace"}).text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    assert "1–30 of 31" in first
    second = client.get(html.unescape(following.group(1))).text
    assert "31–31 of 31" in second
    assert 'value="peace"' in second
    assert 'rel="next"' not in second
    assert 'rel="prev"' in second


def test_the_article_is_shown_word_for_word_with_its_cards(client: Client, store: Store, reading: Reading) -> None:
    store.add(reading)
    page = client.get(f"/articles/{reading.article.id}").text
    assert _prose(page) == [part.strip() for part in TEXT.split("\n\n")[1:]]
    for statement in reading.statements:
        assert f'id="{statement.id}"' in page
        assert f'id="at-{statement.id}" href="#{statement.id}"' in page
        assert f'href="#at-{statement.id}"' in page
    for words in ("By Ada Marsh", "(from front matter)", 'href="https://herald.example/1"', "Read by hand 1"):
        assert words in page
    assert f'href="/api/articles/{reading.article.id}" download' in page


def test_the_beginning_of_an_id_leads_to_the_article(client: Client, store: Store, reading: Reading) -> None:
    store.add(reading)
    assert "Envoy spoke" in client.get(f"/articles/{reading.article.id[:10]}").text


def test_versions_link_to_each_other(client: Client, store: Store, reading: Reading) -> None:
    store.add(reading)
    later = Article(text="The talks went on.", title="Corrected", url="https://herald.example/1", outlet="The Herald")
    store.add(Reading(article=later, reader=READER))
    page = client.get(f"/articles/{reading.article.id}").text
    assert f'<a href="/articles/{later.id}">2</a>' in page
    assert '<b aria-current="page">1</b>' in page
    assert "superseded" in client.get("/").text


def test_text_never_runs_as_markup(client: Client, store: Store) -> None:
    said = HOSTILE.index("said")
    hostile = Statement(
        id='"><script>alert(3)</script>',
        source=Span.of(HOSTILE, HOSTILE.index("<b>"), HOSTILE.index(".")),
        cue=Span.of(HOSTILE, said, said + 4),
        content=(Span.of(HOSTILE, 0, said - 1),),
        chain=(Link(name="<i>outlet</i>"), Link(name="<script>alert(4)</script>")),
    )
    article = Article(
        text=HOSTILE,
        title="<script>alert(5)</script>",
        outlet="<u>x</u>",
        byline="<script>",
        url="javascript:alert(6)",
        published="<script>",
        published_from='"onload="',
    )
    store.add(Reading(article=article, statements=(hostile,), reader=READER))
    for path in (f"/articles/{article.id}", "/", "/search?text=alert", '/?text="><script>alert(7)</script>'):
        page = client.get(path).text
        assert not re.findall(r"<script(?! src=\"/static/sayso.js\" defer>)", page), path
        assert not re.search(r"<(img|b|i|u)[ >](?!aria)", page) or path.startswith("/search")
        assert "javascript:" not in page
    assert _prose(client.get(f"/articles/{article.id}").text) == [HOSTILE]


def test_search_finds_statements_and_leads_to_their_card(client: Client, store: Store, reading: Reading) -> None:
    store.add(reading)
    page = client.get("/search", params={"text": "peace", "force": "", "quote": "", "since": "2024"}).text
    assert "senior official" in page
    assert f'href="/articles/{reading.article.id}#s3"' in page
    assert '<option value="wants">' in page
    assert "“We want peace,”</span> a senior official told reporters on Monday. <span" in page
    assert "No statement answers" in client.get("/search", params={"force": "threatens"}).text


def test_the_bare_search_page_asks_nothing(client: Client, store: Store, reading: Reading) -> None:
    store.add(reading)
    page = client.get("/search")
    assert page.status_code == 200
    assert "Statements 1" not in page.text


def test_a_search_turns_its_pages_and_keeps_the_question(client: Client, store: Store, reading: Reading) -> None:
    store.add(reading)
    first = client.get("/search", params={"outlet": "The Herald", "limit": "3", "stray": "x"}).text
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    assert "stray" not in following.group(1)
    second = client.get(html.unescape(following.group(1))).text
    assert "Statements 4–4" in second
    assert 'name="outlet" value="The Herald"' in second


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/articles/0123456789", 404, "no article"),
        ("/nowhere", 404, "no such page"),
        ("/?offset=-1", 422, "offset"),
        ("/search?force=sings", 422, "force"),
        ("/search?since=someday", 422, "is no date"),
        ("/static/none.css", 404, "no such page"),
    ],
)
def test_what_goes_wrong_is_said_on_a_page(client: Client, path: str, status: int, words: str) -> None:
    page = client.get(path)
    assert page.status_code == status
    assert page.headers["content-type"].startswith("text/html")
    assert words in html.unescape(page.text)


@pytest.mark.parametrize("path", ["/", "/search", "/nowhere", "/api/health", "/api/none", "/static/sayso.css"])
def test_every_answer_carries_the_security_headers(client: Client, path: str) -> None:
    answer = client.get(path)
    for name, value in SECURITY.items():
        assert answer.headers.get_list(name) == [value]


def test_an_unforeseen_error_tells_nothing_of_the_inside(
    client: Client, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> int:
        raise RuntimeError("secret path")

    monkeypatch.setattr(store, "count_articles", broken)
    page, answer = client.get("/"), client.get("/api/health")
    assert (page.status_code, answer.status_code) == (500, 500)
    assert "secret" not in page.text + answer.text
    assert answer.json()["ok"] is False
    assert page.headers.get_list("content-security-policy") == [SECURITY["Content-Security-Policy"]]


def test_head_is_answered_where_get_is(client: Client) -> None:
    assert [client.ask("HEAD", path).status_code for path in ("/", "/search")] == [200, 200]


def test_fifty_thousand_words_are_shown_in_a_second_or_so(client: Client, store: Store) -> None:
    paragraph = " ".join(["Holt said that the talks may yet fail."] + ["The river rose again in the night."] * 6)
    count = 1_000
    text = "\n\n".join([paragraph] * count)
    assert len(text.split()) == 50_000

    def at(rank: int, words: str) -> Span:
        start = rank * (len(paragraph) + 2) + paragraph.index(words)
        return Span.of(text, start, start + len(words))

    # Four statements a paragraph, one inside another: more than any newspaper prints.
    statements = [
        Statement(
            id=f"s{rank * 4 + depth + 1}",
            source=at(rank, "Holt"),
            cue=at(rank, "said"),
            content=(at(rank, ("that the talks may yet fail", "the talks may yet fail", "yet fail", "fail")[depth]),),
            inside=f"s{rank * 4 + depth}" if depth else None,
        )
        for rank in range(count)
        for depth in range(4)
    ]
    article = Article(text=text)
    store.add(Reading(article=article, statements=tuple(statements), reader=READER))
    start = time.perf_counter()
    page = client.get(f"/articles/{article.id}")
    took = time.perf_counter() - start
    assert page.text.count('<li class="card') == 4 * count
    assert took < 5, f"{took:.1f} s"  # a second on an idle machine; the limit leaves room for a busy one
