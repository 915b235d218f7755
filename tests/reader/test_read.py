"""The whole reader with its shipped model: grounded on any text, long texts too, safe from several threads."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import sayso
from sayso import Article, Reader, Reading, Settings
from sayso.errors import EmptyText, ModelError, NotFound, TooLong
from sayso.sources import load

pytestmark = pytest.mark.model

SAMPLE = (
    "ORUM, 3 May (Tern Wire) – Kest will close its border on Friday, Interior Minister Dana Ruul said.\n\n"
    "“We have no choice,” she told reporters in Orum. According to the news agency Tern, Ruul said the army had "
    "warned that roads were mined. The army did not respond to a request for comment."
)


def _slices(reading: Reading) -> None:
    text = reading.article.text
    assert all(text[s.start : s.end] == s.text for s in reading.spans())


# Words that make the network find statements, so that the property is not only tested on empty readings.
_PIECES = st.sampled_from(
    ["said", "Mr. Oduya", "“we will go”", "according to", "told reporters that", "denied", "\n\n", " ", ", ", "the",
     "é\u0301", "👩🏽‍🚀", "\u200b", "\x00", "‮", "İ", "ﬁ", "\ud7ff", "KCNA", "who", ":", "\t", "中文", "…"]
)  # fmt: skip


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=60).map(" ".join)))
@example("“" * 50)
@example("said " * 300)
def test_any_text_at_all_gives_grounded_spans_or_a_clear_error(reader: Reader, text: str) -> None:
    try:
        reading = reader.read(Article(text=text))
    except EmptyText:
        assert not text.strip()
    else:
        _slices(reading)
        assert Reading.from_json(reading.to_json()) == reading


def test_a_plain_article_is_read(reader: Reader) -> None:
    reading = reader.read(Article(text=SAMPLE, outlet="The Orum Post"))
    said = {s.cue.text: s for s in reading.statements if s.cue is not None}
    assert reading.actor(said["told"].speakers[0]).name == "Dana Ruul"
    assert said["told"].quote == "direct"
    assert [reading.actor(a).name for a in said["told"].addressee] == ["reporters"]
    warned = said["had warned" if "had warned" in said else "warned"]
    assert [link.name for link in warned.chain][:3] == ["The Orum Post", "Tern Wire", "Dana Ruul"]
    assert warned.force == "warns"
    assert any(s.force == "declines" for s in reading.statements)


def test_an_outlet_that_cites_itself_is_one_mouth(reader: Reader) -> None:
    text = "The bridge is closed, the Orum Post reported on Monday. The bridge was built in 1901."
    [statement] = reader.read(Article(text=text, outlet="Orum Post")).statements
    assert [link.name for link in statement.chain] == ["Orum Post"]


def test_reading_twice_gives_the_same(reader: Reader) -> None:
    assert reader.read(Article(text=SAMPLE)) == reader.read(Article(text=SAMPLE))


def test_several_threads_give_what_one_gives(reader: Reader, examples: Path) -> None:
    articles = [load(path) for path in sorted((examples / "articles").glob("0[1-6]*"))]
    alone = [reader.read(article) for article in articles]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(reader.read, articles)) == alone


def test_a_book_of_fifty_thousand_words_is_read_to_its_end(reader: Reader) -> None:
    filler = "The river was low that week and the mills stood still. " * 4500
    reading = reader.read(Article(text=f"{filler}\n\n“It will rain,” said the miller Odo Hask.\n\n{filler}"))
    _slices(reading)
    assert any("It will rain" in span.text for s in reading.statements for span in s.content)


@pytest.mark.timeout(900)
def test_five_megabytes_are_read_to_their_end(reader: Reader, tmp_path: Path) -> None:
    blob = "Zm9yIHRoZSByZWNvcmQ" * 60  # what a careless export leaves in a text: long, and one token each
    dull = f"The harbour administration publishes its figures. {blob} {blob}"
    spoken = "“Everything is ready,” said the harbourmaster Odo Hask."
    path = tmp_path / "archive.txt"
    path.write_text("\n\n".join([*[dull] * 2_250, spoken]), encoding="utf-8")
    assert path.stat().st_size > 5_000_000
    reading = reader.read(load(path))
    _slices(reading)
    last = reading.statements[-1]
    assert last.content[0].text == "“Everything is ready,”"
    assert reading.actor(last.speakers[0]).name == "Odo Hask"


def test_empty_and_overlong_articles_are_refused(reader: Reader) -> None:
    with pytest.raises(EmptyText, match="nothing to read"):
        reader.read(Article(text=" \n\t"))
    small = Reader.load(Settings(max_characters=100))
    with pytest.raises(TooLong, match="SAYSO_MAX_CHARACTERS"):
        small.read(Article(text="x" * 101))


def test_a_repeated_headline_is_read_once(reader: Reader) -> None:
    title = "Minister says border will close"
    text = f"{title}\n\n{title}\n\nThe border is long."
    reading = reader.read(Article(text=text, title=title, body_start=text.index("The border")))
    assert len([s for s in reading.statements if s.cue is not None and s.cue.text == "says"]) == 1


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="reinstall"):
        Reader.load(Settings(model=tmp_path))


def test_read_takes_text_path_and_article(tmp_path: Path, reader: Reader) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SAMPLE, encoding="utf-8")
    assert sayso.read(path).statements == sayso.read(str(path)).statements == sayso.read(SAMPLE).statements
    assert sayso.read(Article(text=SAMPLE)).statements
    with pytest.raises(NotFound, match="no file"):
        sayso.read("nosuchfile.txt")


def test_a_six_hundred_word_article_is_read_within_half_a_second(reader: Reader, examples: Path) -> None:
    words = " ".join(load(p).text for p in sorted((examples / "articles").glob("0[1-4]*"))).split(" ")
    article = Article(text=" ".join(words[:600]))
    reader.read(article)
    times = []
    for _ in range(5):
        began = time.process_time()
        reader.read(article)
        times.append(time.process_time() - began)
    assert min(times) < 0.5


def test_dates_are_slices_with_values(reader: Reader) -> None:
    text = "The talks on September 13 lasted nearly two hours, the ministry said on Wednesday."
    dates = reader.read(Article(text=text, published="2023-09-14")).dates
    assert [(date.text, date.value) for date in dates] == [
        ("September 13", "2023-09-13"),
        ("nearly two hours", "PT2H"),
        ("Wednesday", "2023-09-13"),
    ]
    assert all(text[date.start : date.end] == date.text for date in dates)


def test_who_appears_is_recorded_though_silent(reader: Reader) -> None:
    text = (
        "President Emmanuel Macron met Chancellor Angela Merkel in Brussels. Macron said the French leader had agreed."
    )
    actors = {actor.name: actor for actor in reader.read(Article(text=text, published="2019-05-01")).actors}
    assert (actors["Angela Merkel"].country, actors["Angela Merkel"].office) == ("DEU", "chancellor")
    assert actors["Emmanuel Macron"].country == "FRA"
