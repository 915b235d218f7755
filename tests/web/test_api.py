"""The REST API over HTTP, on a real store."""

from __future__ import annotations

import pytest

from sayso.record import SCHEMA, Reading
from sayso.store import Store

from .conftest import Client


def test_health_says_what_is_kept(client: Client, store: Store, reading: Reading) -> None:
    store.add(reading)
    assert client.get("/api/health").json() == {"ok": True, "schema": SCHEMA, "articles": 1}


def test_an_article_is_its_record(client: Client, store: Store, reading: Reading) -> None:
    store.add(reading)
    answer = client.get(f"/api/articles/{reading.article.id[:12]}")
    assert answer.headers["content-type"] == "application/json"
    assert Reading.from_json(answer.content) == store.reading(reading.article.id)


def test_the_list_goes_on_where_next_says(client: Client, store: Store, reading: Reading) -> None:
    store.add(reading)
    first = client.get("/api/articles", params={"limit": 1}).json()
    assert (first["ok"], first["total"], first["next"]) == (True, 1, None)
    assert first["articles"][0]["id"] == reading.article.id
    assert first["articles"][0]["statements"] == 4
    assert client.get("/api/articles", params={"outlet": "Other"}).json()["total"] == 0


def test_search_gives_the_statement_with_the_words_around_it(client: Client, store: Store, reading: Reading) -> None:
    store.add(reading)
    answer = client.get("/api/search", params={"text": "talks", "force": "warns"}).json()
    (hit,) = answer["hits"]
    assert hit["statement"]["id"] == "s2"
    assert hit["passage"] == "the talks “may yet fail”"
    assert hit["speakers"] == ["Mira Holt"]


def test_search_goes_on_where_next_says(client: Client, store: Store, reading: Reading) -> None:
    store.add(reading)
    seen: list[str] = []
    offset = 0
    while offset is not None:
        part = client.get("/api/search", params={"limit": 3, "offset": offset}).json()
        seen.extend(hit["statement"]["id"] for hit in part["hits"])
        offset = part["next"]
    assert sorted(seen) == ["s1", "s2", "s3", "s4"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/articles/0123456789", 404),
        ("/api/none", 404),
        ("/api/articles?limit=0", 422),
        ("/api/search?force=sings", 422),
        ("/api/search?since=someday", 422),
    ],
)
def test_every_error_has_one_shape(client: Client, path: str, status: int) -> None:
    answer = client.get(path)
    body = answer.json()
    assert answer.status_code == status
    assert body.keys() == {"ok", "error", "status"}
    assert (body["ok"], body["status"]) == (False, status)
    assert "\n" not in body["error"]


def test_a_wrong_method_has_the_error_shape_too(client: Client) -> None:
    answer = client.ask("POST", "/api/articles")
    assert (answer.status_code, answer.json()["ok"]) == (405, False)
    assert "GET" in answer.headers["allow"]


def test_the_description_is_there_and_its_pages_from_elsewhere_are_not(client: Client) -> None:
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) == {"/api/articles", "/api/articles/{article_id}", "/api/search", "/api/health"}
    for path in ("/docs", "/redoc", "/api/docs"):
        assert client.get(path).status_code == 404
