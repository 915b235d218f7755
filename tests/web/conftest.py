"""One small article with nested statements, made by hand, in a real store behind a real application."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from sayso.record import Actor, Article, Link, ReaderInfo, Reading, Span, Statement
from sayso.settings import Settings
from sayso.store import Store
from sayso.web import create_app

TEXT = """Envoy spoke, agency says

The Lund Agency reported that envoy Mira Holt said the talks “may yet fail”.

“We want peace,” a senior official told reporters on Monday. “We ask for nothing else.”

The ministry did not comment.
"""
READER = ReaderInfo(name="hand", version="1", model="none")

Cut = Callable[[str], Span]


def cut_from(text: str) -> Cut:
    """Give a function that cuts the first occurrence of some words out of a text."""

    def cut(words: str) -> Span:
        start = text.index(words)
        return Span.of(text, start, start + len(words))

    return cut


def make_reading(*, title: str = "Envoy spoke, agency says", url: str | None = "https://herald.example/1") -> Reading:
    """Make the reading: a report on a saying, a quote in two pieces by someone unnamed, a silence."""
    cut = cut_from(TEXT)
    outlet = Link(actor=None, name="The Herald")
    agency = Link(actor="a1", name="Lund Agency", span=cut("The Lund Agency"))
    holt = Link(actor="a2", name="Mira Holt", span=cut("envoy Mira Holt"))
    official = Link(actor="a3", name="senior official", span=cut("a senior official"))
    return Reading(
        article=Article(
            text=TEXT,
            title=title,
            url=url,
            outlet="The Herald",
            byline="By Ada Marsh",
            published="2024-03-15",
            published_from="front-matter",
            body_start=TEXT.index("The Lund"),
        ),
        actors=(
            Actor(id="a1", name="Lund Agency", kind="media"),
            Actor(id="a2", name="Mira Holt", kind="person"),
            Actor(id="a3", name="senior official", kind="group", named=False),
            Actor(id="a4", name="reporters", kind="group", named=False),
            Actor(id="a5", name="ministry", kind="government"),
        ),
        statements=(
            Statement(
                id="s1",
                source=cut("The Lund Agency"),
                cue=cut("reported"),
                content=(cut("that envoy Mira Holt said the talks “may yet fail”"),),
                speakers=("a1",),
                certainty="certain",
                chain=(outlet, agency),
                confidence=0.91,
            ),
            Statement(
                id="s2",
                source=cut("envoy Mira Holt"),
                cue=cut("said"),
                content=(cut("the talks “may yet fail”"),),
                speakers=("a2",),
                quote="mixed",
                force="warns",
                certainty="possible",
                inside="s1",
                chain=(outlet, agency, holt),
                confidence=0.42,
            ),
            Statement(
                id="s3",
                source=cut("a senior official"),
                cue=cut("told"),
                content=(cut("“We want peace,”"), cut("“We ask for nothing else.”")),
                speakers=("a3",),
                addressee=("a4",),
                venue=cut("on Monday"),
                quote="direct",
                force="wants",
                chain=(outlet, official),
            ),
            Statement(
                id="s4",
                source=cut("The ministry"),
                cue=cut("did not comment"),
                speakers=("a5",),
                force="silent",
                chain=(outlet, Link(actor="a5", name="ministry", span=cut("The ministry"))),
            ),
        ),
        reader=READER,
    )


@pytest.fixture
def reading() -> Reading:
    return make_reading()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "pages.db") as opened:
        yield opened


class Client:
    """Asks the application as a browser would, in this process; an error inside it is answered, not raised here."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://sayso.test") as client:
                return await client.request(method, path, **more)

        return asyncio.run(asked())

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("GET", path, **more)


@pytest.fixture
def client(store: Store) -> Client:
    return Client(create_app(store, settings=Settings()))
