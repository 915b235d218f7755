from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.record import Article
from sayso.sources import from_bytes, from_text

BODY = "The port stays open all winter, the minister said.\n\nShe gave no date. No one asked.\n"


def read(text: str) -> Article:
    article = from_bytes(text.encode(), name="article.txt")
    assert article.text == text
    return article


def body(article: Article) -> str:
    return article.text[article.body_start :]


def test_the_first_line_is_the_title_when_it_looks_like_a_headline() -> None:
    article = read("Port stays open, minister says\n\n" + BODY)
    assert article.title == "Port stays open, minister says"
    assert article.found["title"] == "first line"
    assert body(article) == BODY


def test_a_title_that_is_repeated_is_not_read_twice() -> None:
    for gap in ("\n", "\n\n", "\n \n\n"):
        article = read(f"\n Port stays open{gap}Port stays open{gap}PORT STAYS OPEN\n\n{BODY}")
        assert article.title == "Port stays open"
        assert body(article) == BODY


def test_a_first_line_that_is_a_sentence_or_belongs_to_the_body_is_no_title() -> None:
    for text in (BODY, "Port stays open\n" + BODY, "Port stays open", "Port stays open.\n\n" + BODY):
        article = read(text)
        assert article.title is None
        assert article.body_start == 0


def test_byline_and_date_line_are_noted_and_come_before_the_body() -> None:
    article = read("Port stays open\n\nBy Ada Kern and Tom Brill\nMarch 14, 2024\n\n" + BODY)
    assert article.byline == "Ada Kern and Tom Brill"
    assert article.published == "2024-03-14"
    assert article.published_from == "date line"
    assert article.found["byline"] == "byline"
    assert body(article) == BODY


def test_dateline_with_an_agency_s_credit() -> None:
    article = read("Port stays open\n\nBRENN, 14 March (Meridian Wire) – " + BODY + "\n© 2024 The Brenn Courier\n")
    assert article.dateline == "BRENN, 14 March"
    assert article.agency == "Meridian Wire"
    assert article.outlet == "The Brenn Courier"
    assert article.published == "2024-03-14"
    assert article.published_from == "dateline and copyright line"
    assert body(article).startswith("BRENN, 14 March (Meridian Wire) – The port")


def test_a_credit_that_is_the_copyright_holder_is_the_outlet_and_no_agency() -> None:
    article = read("Port stays open\n\n(Harbour-Post.com) – " + BODY + "\nCopyright 2023, Harbour-Post.com")
    assert article.outlet == "Harbour-Post.com"
    assert article.found["outlet"] == "copyright line"
    assert article.agency is None
    assert article.dateline is None
    assert (article.published, article.published_from) == ("2023", "copyright line")


def test_an_outlets_own_initials_in_the_dateline_make_no_agency_of_it() -> None:
    assert read("BRENN (SBN) — " + BODY + "\n© SBN 2024").agency is None
    assert read("BRENN (BPB) — " + BODY + "\n© Brenn Press Bureau 2024").agency == "BPB"


def test_a_credit_nobody_knows_is_the_outlet_when_there_is_no_other() -> None:
    article = read("BRENN, 3 May (Strait Dispatch) -- " + BODY)
    assert (article.outlet, article.found["outlet"]) == ("Strait Dispatch", "dateline credit")
    assert article.agency is None
    assert read("BRENN, 3 May (Strait Dispatch) -- " + BODY + "\n© 2024 The Courier").agency == "Strait Dispatch"


def test_a_year_in_the_dateline_dates_the_article() -> None:
    article = read("BEIJING, Oct. 3, 2023 (Xinhua) -- " + BODY)
    assert (article.published, article.published_from) == ("2023-10-03", "dateline")


def test_a_text_without_any_of_it_has_none_of_it() -> None:
    article = read(BODY)
    for value in (
        article.url,
        article.outlet,
        article.title,
        article.byline,
        article.published,
        article.published_from,
    ):
        assert value is None
    assert (article.language, article.dateline, article.agency, article.found) == (None, None, None, {})
    assert article.captions == ()


def test_what_is_given_is_kept_and_what_is_not_is_looked_for() -> None:
    text = "Port stays open\n\nBRENN (Meridian Wire) – " + BODY
    article = from_text(text, url="https://a.example/1", outlet="The Courier", published="14 March 2024")
    assert article.text == text
    assert (article.outlet, article.found["outlet"]) == ("The Courier", "given")
    assert (article.published, article.published_from) == ("2024-03-14", "given")
    assert article.title == "Port stays open"
    assert article.agency == "Meridian Wire"
    other = from_text(text, title="Another title")
    assert (other.title, other.body_start) == ("Another title", 0)


@given(st.text())
def test_any_text_in_utf_8_comes_back_as_it_was(text: str) -> None:
    import unicodedata

    text = "A" + text.replace("\0", "").encode("utf-8", "ignore").decode()
    article = from_bytes(text.encode(), name="any.txt")
    assert article.text == text.replace("\r\n", "\n").replace("\r", "\n")
    assert 0 <= article.body_start <= len(article.text)
    assert unicodedata.is_normalized("NFC", article.text) == unicodedata.is_normalized("NFC", text)


lines = st.sampled_from(
    [
        "Port stays open",
        "By Ada Kern",
        "March 14, 2024",
        "BRENN (AP) — It rained.",
        "© 2024 The X",
        "",
        " ",
        "It rained.",
    ]
)


@given(st.lists(lines, min_size=1, max_size=12).map("\n".join).filter(str.strip))
def test_the_body_begins_at_a_word_of_the_text(text: str) -> None:
    article = from_text(text)
    assert article.text == text
    assert article.body_start == 0 or article.text[article.body_start : article.body_start + 1].strip()
