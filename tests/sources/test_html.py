from __future__ import annotations

import time

import pytest

from sayso.errors import EmptyText
from sayso.record import Article
from sayso.sources import from_bytes

PARAGRAPHS = (
    "The port of Brenn stays open all winter, Transport Minister Ada Kern told reporters on Thursday after a meeting.",
    "She gave no date for the end of the works. “We build until it is built,” she said, and would not go further.",
    "The dockers’ union denied that its members had been asked. Its chairman, Tom Brill, called the plan a fairy tale.",
    "Officials in the neighbouring town fear that ships will no longer call there once the second quay is ready.",
)
ARTICLE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
TEXT = "\n\n".join(PARAGRAPHS)


def page(
    head: str = "", body: str = f"<article><h1>Port stays open</h1>{ARTICLE}</article>", html: str = ""
) -> Article:
    return from_bytes(
        f"<!doctype html><html{html}><head>{head}</head><body>{body}</body></html>".encode(), name="a.html"
    )


def test_the_text_is_headline_blank_line_and_paragraphs() -> None:
    article = page()
    assert article.text == "Port stays open\n\n" + TEXT
    assert article.text[article.body_start :] == TEXT
    assert (article.title, article.found["title"]) == ("Port stays open", "h1")


def test_a_title_repeated_as_first_paragraph_is_not_repeated() -> None:
    article = page("<meta property='og:title' content='Port stays open'>", f"<article><p>Port Stays Open</p>{ARTICLE}")
    assert article.text == "Port stays open\n\n" + TEXT


def test_a_headline_that_differs_from_the_title_is_kept_before_the_body() -> None:
    article = page("<meta property='og:title' content='Brenn: port not to close'>")
    assert article.title == "Brenn: port not to close"
    assert article.text == "Brenn: port not to close\n\nPort stays open\n\n" + TEXT
    assert article.text[article.body_start :] == TEXT


def test_json_ld_comes_before_meta_and_each_finding_says_where_it_was_found() -> None:
    data = (
        '{"@graph": [{"@type": "Organization", "name": "x"}, {"@type": ["NewsArticle"], "headline": "Port &amp; quay",'
        '"author": [{"name": "Ada Kern"}, {"name": "Tom Brill"}], "publisher": {"name": "The Brenn Courier"},'
        '"datePublished": "2024-03-14T05:30:00+02:00", "inLanguage": "en-GB", "url": "https://courier.example/a"}]}'
    )
    article = page(f"<script type='application/ld+json'>{data}</script><meta property='og:title' content='Other'>")
    assert (article.title, article.byline, article.outlet) == (
        "Port & quay",
        "Ada Kern, Tom Brill",
        "The Brenn Courier",
    )
    assert (article.published, article.published_from) == ("2024-03-14T05:30:00+02:00", "JSON-LD")
    assert (article.language, article.url) == ("en", "https://courier.example/a")
    assert set(article.found.values()) == {"JSON-LD"}


def test_meta_elements_say_what_json_ld_does_not() -> None:
    article = page(
        "<script type='application/ld+json'>{broken</script>"
        "<meta property='og:title' content='Port stays open | The Brenn Courier'>"
        "<meta property='og:site_name' content='The Brenn Courier'><meta name='author' content='By Ada Kern'>"
        "<meta property='article:published_time' content='2024-03-14T05:30:00Z'>"
        "<link rel='canonical' href='https://courier.example/port'>",
        html=" lang='en-US'",
    )
    assert (article.title, article.found["title"]) == ("Port stays open", "og:title")
    assert (article.outlet, article.found["outlet"]) == ("The Brenn Courier", "og:site_name")
    assert (article.byline, article.found["byline"]) == ("Ada Kern", "meta author")
    assert (article.published, article.published_from) == ("2024-03-14T05:30:00Z", "article:published_time")
    assert (article.url, article.found["url"]) == ("https://courier.example/port", "canonical link")
    assert (article.language, article.found["language"]) == ("en", "html lang")


def test_the_title_element_and_the_copyright_line_say_what_is_still_missing() -> None:
    article = page(
        "<title>Port stays open | Courier</title>", f"<article>{ARTICLE}</article><footer>© 2023 Courier</footer>"
    )
    assert (article.title, article.found["title"]) == ("Port stays open", "<title>")
    assert (article.outlet, article.found["outlet"]) == ("Courier", "copyright line")
    assert (article.published, article.published_from) == ("2023", "copyright line")


def test_a_date_in_the_address_is_htmldates_finding() -> None:
    data = f"<html><body><article>{ARTICLE}</article></body></html>".encode()
    article = from_bytes(data, url="https://courier.example/2024/03/14/port.html", content_type="text/html")
    assert (article.published, article.published_from) == ("2024-03-14", "htmldate")
    assert (article.url, article.found["url"]) == ("https://courier.example/2024/03/14/port.html", "address")


def test_captions_stand_apart() -> None:
    figure = "<figure><img src=a.jpg><figcaption>A crane in <b>Brenn</b>. (Courier photo)</figcaption></figure>"
    article = page(body=f"<article><h1>Port stays open</h1>{figure}{ARTICLE}</article>")
    assert article.captions == ("A crane in Brenn. (Courier photo)",)
    assert article.text == "Port stays open\n\n" + TEXT


def test_dateline_and_agency_are_read_and_stay_in_the_text() -> None:
    article = page(body=f"<article><h1>Port stays open</h1><p>BRENN, 14 March (Meridian Wire) – It rains.</p>{ARTICLE}")
    assert (article.dateline, article.agency) == ("BRENN, 14 March", "Meridian Wire")
    assert article.text[article.body_start :].startswith("BRENN, 14 March (Meridian Wire) – It rains.\n\nThe port")


def test_lists_quotes_and_line_breaks_keep_their_words_apart() -> None:
    article = page(
        body=f"<article>{ARTICLE}<ul><li>One thing said.</li><li>Another thing said.</li></ul>"
        "<blockquote><p>Never again.</p></blockquote><p>Line one<br>line two</p></article>"
    )
    assert article.text.endswith("One thing said.\n\nAnother thing said.\n\nNever again.\n\nLine one\nline two")


@pytest.mark.parametrize(
    "markup",
    [
        "<html></html>",
        "<!doctype html><html><head><title>Port stays open</title></head><body></body></html>",
        "<html><body><div><img src=a.png><br><hr></div><script>said('nothing')</script></body></html>",
        "<!-- only a remark -->",
        "<html><body><style>p { color: red }</style><template><p>hidden</p></template></body></html>",
        "<html><body><nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav></body></html>",
    ],
)
def test_a_page_of_only_markup_is_empty(markup: str) -> None:
    with pytest.raises(EmptyText, match="no article text was found"):
        from_bytes(markup.encode(), name="a.html")


@pytest.mark.parametrize(
    "wrap",
    [
        lambda a: "<div>" * 10_000 + a + "</div>" * 10_000,
        lambda a: "<div><span>" * 5_000 + a,
        lambda a: f"<div title='{'x' * 1_000_000}'>{a}</div>",
        lambda a: f"<b><i><p></b></p></i></table></html>{a}<p",
        lambda a: "<script>var leak = 'LEAK';</script>" + a + "<script>document.write('<p>LEAK</p>')",
        lambda a: "<style>LEAK</style><noscript><iframe src=LEAK></noscript>" + a + "<svg><text>x</text></svg>",
        lambda a: "<div " + " ".join(f"a{n}=1" for n in range(20_000)) + f">{a}</div>",
        lambda a: "<div" * 50_000 + ">" + a,
        lambda a: "&lt;&#0;&#xD800;&#x1F600;&bogus;" * 1_000 + a,
        lambda a: "<!--" * 10_000 + "-->" + a,
        lambda a: "<p>" + "<a href=x>y</a>" * 20_000 + "</p>" + a,
        lambda a: "<article>" + a + "</article>" + "<p>" * 100_000,
    ],
)
def test_hostile_markup_gives_the_article_quickly_and_no_script(wrap: object) -> None:
    assert callable(wrap)
    start = time.monotonic()
    article = from_bytes(f"<html><body>{wrap(ARTICLE)}</body></html>".encode(), name="a.html")
    assert time.monotonic() - start < 20
    assert PARAGRAPHS[1] in article.text
    assert "LEAK" not in article.text


def test_a_page_with_an_xml_declaration_is_read() -> None:
    data = f'<?xml version="1.0" encoding="iso-8859-1"?><html><body><article>{ARTICLE}</article></body></html>'
    assert TEXT in from_bytes(data.encode("cp1252"), name="a.xhtml").text


def test_long_runs_of_blanks_take_no_time() -> None:
    blanks = " " * 200_000 + "\n" * 200_000
    start = time.perf_counter()
    article = from_bytes(f"<p>The port stays open,{blanks}the minister said.</p>".encode(), name="a.html")
    assert article.text == "The port stays open, the minister said."
    assert time.perf_counter() - start < 1
