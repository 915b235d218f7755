"""Searching and listing: words, phrases and beginnings in any case and accents, dates of any grain, never an error."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import NotInStore, QueryError
from sayso.record import Article, Reading, Span, Statement
from sayso.store import StatementQuery, Store

from .build import TEXT, reading
from .conftest import Raw


def found(store: Store, **asked: object) -> list[str]:
    return [hit.statement.id for hit in store.search(StatementQuery(**asked))]  # type: ignore[arg-type]


@pytest.fixture
def filled(store: Store) -> Store:
    store.add(reading(outlet="Paper", title="The lease", published="2024-03-15T18:40:00+02:00"))
    return store


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("port", ["s1"]),
        ("PORT leased", ["s1"]),
        ("orvānia", ["s1"]),
        ('"leased the port"', ["s1"]),
        ('"port the leased"', []),
        ('"leased the po"', []),
        ('"leased the po"*', ["s1"]),
        ("leas*", ["s1"]),
        ("leas", []),
        ("leased zeppelin", []),
        ("branza", ["s2"]),
        ("BRÂNZĂ ours", ["s2"]),
        ("zoë-brânză", ["s2"]),
        ("", ["s1", "s2"]),
        ("   ", ["s1", "s2"]),
        ("—?!", []),
        ('"', []),
        ('"leased', ["s1"]),
    ],
)
def test_words_phrases_and_beginnings(filled: Store, text: str, ids: list[str]) -> None:
    assert sorted(found(filled, text=text)) == ids


@pytest.mark.parametrize(
    "text",
    [
        "a AND",
        "NEAR(",
        "content:port",
        "^port",
        "port)",
        "-port",
        "{x} : y",
        "' OR 1=1 --",
        "\0",
        "\ud800",
        "*",
        '"*',
        "& | !",
    ],
)
def test_the_syntax_of_an_index_is_only_words(filled: Store, text: str) -> None:
    found(filled, text=text, speaker=text)
    filled.articles(text=text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=30) | st.text('ab"*:-(){}^ ', max_size=12))
def test_nothing_typed_is_an_error(filled: Store, text: str) -> None:
    filled.search(StatementQuery(text=text, speaker=text, outlet=text))
    filled.articles(text=text, outlet=text)


def test_more_words_than_an_index_takes_are_refused_clearly(filled: Store) -> None:
    assert found(filled, text="port " * 64) == ["s1"]
    with pytest.raises(QueryError, match="at most 64 words"):
        found(filled, text="port " * 65)


def test_filters_narrow(filled: Store) -> None:
    assert found(filled, force="denies") == ["s1"]
    assert found(filled, quote="direct") == ["s2"]
    assert found(filled, speaker="zoe") == ["s2"]
    assert found(filled, speaker="port") == []
    assert found(filled, speaker="bran*", text="ours") == ["s2"]
    assert found(filled, speaker='"of orvania"', force="denies") == ["s1"]
    assert found(filled, outlet="PAPER") == ["s1", "s2"]
    assert found(filled, outlet="Other") == []
    assert found(filled, limit=1) == ["s1"]
    assert found(filled, limit=1, offset=1) == ["s2"]


@pytest.mark.parametrize(
    ("published", "since", "until", "there"),
    [
        ("2023-09-13", "2023", None, True),
        ("2023-09-13", None, "2023", True),
        ("2023-09-13", None, "2023-09", True),
        ("2023-09-13", None, "2023-09-13", True),
        ("2023-09-13", "2023-09-13", None, True),
        ("2023-09-13", "2023-09-14", None, False),
        ("2023-09-13", None, "2023-09-12", False),
        ("2023-09-13", "2024", None, False),
        ("2023-09-13T23:30:00-05:00", None, "2023-09-13", True),
        ("2023-09-13T23:30:00-05:00", "2023-09-14", None, False),
        ("2023-09-13T10:00", "2023-09-13T11:00", None, False),
        ("2023", "2023-09-13", None, True),
        ("2023", None, "2023-09-13", True),
        ("2023", "2024-01-01", None, False),
        ("2023-09?", "2023-09-30", "2023-09-30", True),
        ("202X", "2029", None, True),
        ("202X", "2030", None, False),
        ("2023-09-01/2023-09-10", "2023-09-05", "2023-09-06", True),
        ("last Friday", "2000", None, False),
        (None, None, "2030", False),
        (None, None, None, True),
    ],
)
def test_dates_of_any_grain_compare(
    store: Store, published: str | None, since: str | None, until: str | None, there: bool
) -> None:
    store.add(reading(published=published))
    assert bool(found(store, since=since, until=until)) is there


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"since": "yesterday"}, "since: 'yesterday' is no date; write 2023"),
        ({"until": "2023-13"}, "until: '2023-13' is no date"),
        ({"force": "claims"}, "no force 'claims'; one of asserts, denies"),
        ({"quote": "loud"}, "no quote 'loud'; one of direct"),
        ({"limit": -1}, "limit is -1"),
        ({"offset": 2**70}, "offset is"),
    ],
)
def test_a_question_without_sense_is_refused(store: Store, asked: dict[str, object], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        found(store, **asked)


def test_a_hit_shows_its_place_in_the_article(store: Store) -> None:
    text = "x" * 100 + "𝒜 " + TEXT + "y" * 100
    store.add(reading(text, outlet="Paper", title="Long", url="https://paper.example/1"))
    (hit,) = store.search(StatementQuery(text="leased"))
    at = text.index("that Orvania")
    assert hit.passage == "that Orvania had leased the port"
    assert hit.before == text[at - 80 : at]
    assert hit.after == text[at + len(hit.passage) :][:80]
    assert hit.speakers == ("minister of Orvania",)
    assert (hit.outlet, hit.title, hit.version, hit.latest) == ("Paper", "Long", 1, True)
    assert hit.statement == store.reading(hit.article_id).statement("s1")
    assert hit.rank > 0


def test_the_better_fit_comes_first_and_without_a_text_the_newer(store: Store) -> None:
    store.add(reading(TEXT + " Old.", published="2020"))
    store.add(reading(TEXT + " New.", published="2024"))
    store.add(reading(TEXT + " Undated."))
    assert [hit.published for hit in store.search(StatementQuery(force="denies"))] == ["2024", "2020", None]
    ranks = [hit.rank for hit in store.search(StatementQuery(text="port"))]
    assert ranks == sorted(ranks, reverse=True)


def test_articles_are_listed_newest_first_and_undated_last(store: Store) -> None:
    for n, published in enumerate(["2023", None, "2024-03-15T01:00:00+09:00", "2024-03-14T23:00:00Z"]):
        store.add(reading(f"{TEXT} {n}", published=published, title=f"Title {n}", outlet="Paper" if n else "Wire"))
    assert [row.title for row in store.articles()] == ["Title 3", "Title 2", "Title 0", "Title 1"]
    assert [row.title for row in store.articles(limit=1, offset=1)] == ["Title 2"]
    assert [row.title for row in store.articles(outlet="wire")] == ["Title 0"]
    assert [row.title for row in store.articles(text='"title 2"')] == ["Title 2"]
    assert store.count_articles() == 4
    assert store.count_articles(text="leased port*") == 4
    assert store.count_articles(text="zeppelin") == store.count_articles(text="!") == 0
    row = store.articles(outlet="wire")[0]
    assert (row.statements, row.speakers, row.latest, row.version) == (2, 2, True, 1)
    assert row.added.endswith("Z")


def test_an_article_is_found_by_the_first_digits_of_its_id(store: Store) -> None:
    kept = reading()
    store.add(kept)
    assert store.reading(kept.article.id[:6]) == store.reading(kept.article.id.upper()) == kept
    for wrong in (kept.article.id[:5], "0" * 64, "", "%" * 6, "not an id", kept.article.id + "0"):
        with pytest.raises(NotInStore):
            store.reading(wrong)
        with pytest.raises(NotInStore):
            store.versions(wrong)


def test_an_ambiguous_prefix_is_refused(store: Store, raw: Raw) -> None:
    for n in range(2):
        store.add(reading(f"{TEXT} {n}"))
    first, second = (row.id for row in store.articles())
    shared = first[:8] + "0" * 56
    raw("DELETE FROM addresses")
    raw("DELETE FROM readings")
    raw("UPDATE articles SET id = :shared WHERE id = :second", shared=shared, second=second)
    with pytest.raises(NotInStore, match="more than one article begins with"):
        store.reading(first[:8])


def test_a_speaker_nobody_resolved_is_found_by_the_words_of_the_source(store: Store) -> None:
    kept = reading()
    unresolved = tuple(s.model_copy(update={"speakers": ()}) for s in kept.statements)
    store.add(kept.model_copy(update={"statements": unresolved}))
    (hit,) = store.search(StatementQuery(speaker="minister"))
    assert hit.speakers == ("The minister",)


def test_a_very_long_content_can_be_kept_and_found(store: Store) -> None:
    text = " ".join(f"word{n}" for n in range(60_000)) + " end"
    whole = Statement(id="s1", content=(Span.of(text, 0, len(text)),))
    store.add(Reading(article=Article(text=text), statements=(whole,)))
    assert found(store, text='"word10 word11"') == ["s1"]
    assert store.count_articles(text="word50000") == 1
    assert list(store.verify()) == []
