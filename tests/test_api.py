"""``sayso.read``: what a target is taken for, and that the settings hold for all kinds of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import sayso
from sayso import api
from sayso.errors import EmptyText, InputError, NotFound, TooLong
from sayso.record import Article
from sayso.settings import Settings

TEXT = "Odo Hask said that the ferry would sail."


class Echo:
    """A reader that finds nothing."""

    def read(self, article: Article) -> sayso.Reading:
        return sayso.Reading(article=article)


@pytest.fixture(autouse=True)
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "default_reader", lambda settings: Echo())


def test_the_settings_hold_for_a_text_too(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    for target in (TEXT, file, str(file)):
        assert api.read(target).article.text == TEXT
        with pytest.raises(TooLong):
            api.read(target, settings=Settings(max_characters=10))


@pytest.mark.parametrize("address", ["http://news.test/a", "HTTP://news.test/a", "Https://news.test/a b"])
def test_an_address_is_fetched_however_its_scheme_is_written(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    asked: list[object] = []

    def load(target: str | Path, *, settings: Settings | None) -> Article:
        asked.append(target)
        return Article(text=TEXT)

    monkeypatch.setattr(api, "load", load)
    api.read(address)
    assert asked == [address]


def test_a_folder_is_told_from_a_file_that_is_not_there(tmp_path: Path) -> None:
    for target in (tmp_path, str(tmp_path)):
        with pytest.raises(InputError, match="is a folder; use `sayso add"):
            api.read(target)
    with pytest.raises(NotFound, match="no file"):
        api.read("nosuchfile.txt")


@pytest.mark.parametrize("target", ["", " \n"])
def test_nothing_is_an_empty_text(target: str) -> None:
    with pytest.raises(EmptyText):
        api.read(target)


def test_what_cannot_be_a_file_name_is_text() -> None:
    for target in (TEXT * 200, f"{TEXT}\0{TEXT}"):
        assert api.read(target).article.text
