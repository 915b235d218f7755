"""Asking Wikidata, against a server on this machine that answers as it does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from sayso.errors import FetchError, FetchTimeout
from sayso.settings import Settings
from sayso.sources.wikidata import Wikidata


def claim(value: Any, rank: str = "normal") -> dict[str, Any]:
    held = {"id": value} if str(value).startswith("Q") else value
    return {"rank": rank, "mainsnak": {"datavalue": {"value": held}}}


def item(**claims: Any) -> dict[str, Any]:
    return {name: [claim(value) for value in values] for name, values in claims.items()}


# id: label, claims
ITEMS: dict[str, tuple[str, dict[str, Any]]] = {
    "Q1": ("Ana Roe", item(P31=["Q5"], P27=["Q100"], P106=["Q82955"])),
    "Q2": ("Ana Roe", item(P31=["Q5"], P27=["Q200"], P106=["Q937857"])),
    "Q3": ("Ana Roe", item(P31=["Q4167410"])),
    "Q4": ("Orvania", item(P31=["Q6256"], P298=["ORV"])),
    "Q5555": ("Meridian Wire", item(P31=["Q192283"], P17=["Q100"])),
    "Q6": ("Two Alike", item(P31=["Q5"], P106=["Q82955"])),
    "Q7": ("Two Alike", item(P31=["Q5"], P106=["Q82955"])),
    "Q8": ("Ana Roe Prize", item(P31=["Q5"])),
    "Q100": ("Orvania", item(P31=["Q3624078"], P298=["ORV"])),
    "Q200": ("Lomeria", item(P31=["Q6256"], P298=["LOM"])),
}


class Api:
    """What the server was asked, and what it is to fail with first."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.agents: set[str] = set()
        self.failures: list[tuple[int, dict[str, str], str]] = []
        self.address = ""

    def answer(self, asked: dict[str, str]) -> dict[str, Any]:
        if asked["action"] == "wbsearchentities":
            name = asked["search"].lower()
            hits = [(i, label) for i, (label, _) in ITEMS.items() if label.lower().startswith(name)]
            return {"search": [{"id": i, "match": {"text": label}} for i, label in hits]}
        return {"entities": {i: {"id": i, "claims": ITEMS[i][1]} for i in asked["ids"].split("|")}}


@pytest.fixture
def api() -> Iterator[Api]:
    api = Api()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            api.asked.append(asked)
            api.agents.add(self.headers["User-Agent"])
            status, headers, body = api.failures.pop(0) if api.failures else (200, {}, json.dumps(api.answer(asked)))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        api.address = f"http://127.0.0.1:{server.server_port}/w/api.php"
        yield api
        server.shutdown()
        thread.join()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def wikidata(api: Api, waits: list[float]) -> Iterator[Wikidata]:
    with Wikidata(Settings(wikidata=api.address, user_agent="sayso/test"), sleep=waits.append) as client:
        yield client


@pytest.mark.parametrize(
    ("name", "kind", "country", "found"),
    [
        ("Ana Roe", "person", "ORV", "Q1"),
        ("ana róe", "person", "LOM", None),
        ("Ana Roe", "person", "LOM", "Q2"),
        ("Ana Roe", "person", None, "Q1"),
        ("Ana Roe", "person", "ROU", None),
        ("Ana Roe", "organisation", None, None),
        ("Two Alike", "person", None, None),
        ("Meridian Wire", "media", "ORV", "Q5555"),
        ("Lomeria", "country", "LOM", "Q200"),
        ("Nobody", "person", None, None),
    ],
)
def test_an_item_is_taken_when_it_alone_fits(
    wikidata: Wikidata, name: str, kind: str, country: str | None, found: str | None
) -> None:
    assert wikidata.find(name, kind, country) == found


def test_it_says_who_asks_and_asks_for_a_country_once(wikidata: Wikidata, api: Api) -> None:
    wikidata.find("Ana Roe", "person", "ORV")
    wikidata.find("Meridian Wire", "media", "ORV")
    assert api.agents == {"sayso/test"}
    assert [asked["ids"] for asked in api.asked if asked.get("ids") == "Q100"] == ["Q100"]
    assert {asked["maxlag"] for asked in api.asked} == {"5"}


def test_a_busy_server_is_asked_again_ever_later_as_it_wishes(wikidata: Wikidata, api: Api, waits: list[float]) -> None:
    lag = json.dumps({"error": {"code": "maxlag"}})
    api.failures = [(503, {}, "busy"), (429, {"Retry-After": "7"}, ""), (200, {"Retry-After": "5"}, lag)]
    assert wikidata.find("Ana Roe", "person", "ORV") == "Q1"
    assert waits == [1.0, 7.0, 5.0]


def test_one_that_fails_for_good_is_told(wikidata: Wikidata, api: Api, waits: list[float]) -> None:
    api.failures = [(503, {}, "")] * 4
    with pytest.raises(FetchError, match=r"gives no answer \(503 .*try again later"):
        wikidata.find("Ana Roe", "person")
    assert len(waits) == 3
    api.failures = [(403, {}, "no")]
    with pytest.raises(FetchError, match="403"):
        wikidata.find("Ana Roe", "person")
    api.failures = [(200, {}, "<html>")]
    with pytest.raises(FetchError, match="200"):
        wikidata.find("Ana Roe", "person")
    assert len(waits) == 3, "what will not change is not asked again"


def test_one_that_is_silent_or_not_there_is_told(api: Api) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = Settings(wikidata=f"http://127.0.0.1:{silent.getsockname()[1]}/", fetch_timeout=0.05)
        with Wikidata(settings, sleep=lambda _: None) as client, pytest.raises(FetchTimeout, match=r"0\.05 seconds"):
            client.find("Ana Roe", "person")
    with Wikidata(settings, sleep=lambda _: None) as client, pytest.raises(FetchError, match="gives no answer"):
        client.find("Ana Roe", "person")
