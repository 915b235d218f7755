from __future__ import annotations

import io
import os
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sayso.errors import EmptyText, InputError, NotFound, TooLong
from sayso.record import Article
from sayso.settings import Settings
from sayso.sources import from_bytes, from_text, load

TEXT = "Port stays open\n\nThe port stays open, the minister said.\n"
EXAMPLES = Path(str(resources.files("sayso"))) / "examples" / "articles"


def test_a_file_is_loaded_by_name_or_path(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    assert load(path) == load(str(path)) == from_bytes(TEXT.encode(), name="a.txt")


def test_standard_input_is_loaded_and_its_kind_found_in_it() -> None:
    assert load("-", stdin=io.BytesIO(TEXT.encode())).text == TEXT
    assert load("-", stdin=io.BytesIO(b"---\ntitle: Port\n---\nIt *rained*.")).text == "It rained."
    with pytest.raises(EmptyText):
        load("-", stdin=io.BytesIO(b""))
    with pytest.raises(TooLong):
        load("-", stdin=io.BytesIO(b"a" * 11), settings=Settings(max_bytes=10))


@pytest.mark.parametrize("name", ["missing.txt", "missing/a.txt", "a" * 5000, "a\0b"])
def test_a_file_that_is_not_there_is_not_found(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound):
        load(tmp_path / name)


def test_a_folder_says_to_use_add(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"folder; use `sayso add"):
        load(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    path.chmod(0)
    with pytest.raises(InputError, match="may not be read"):
        load(path)


def test_a_large_file_is_refused_with_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 101)
    with pytest.raises(TooLong, match="more than 100 bytes"):
        load(path, settings=Settings(max_bytes=100))


def test_errors_are_one_line_that_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text(" \n")
    with pytest.raises(EmptyText, match=r"empty\.txt: .*") as caught:
        load(path)
    assert "\n" not in str(caught.value)


def test_five_megabytes_of_text_are_kept_to_the_letter() -> None:
    text = "The port stays open, the minister said.\n\n" * 125_000
    assert from_bytes(text.encode(), name="a.txt").text == text


def test_a_published_date_that_is_none_is_an_error() -> None:
    with pytest.raises(InputError, match="published"):
        from_text(TEXT, published="soon")


def test_loading_a_text_imports_neither_the_web_client_nor_the_page_reader() -> None:
    code = "import sys, sayso.sources; print(sorted({'httpx', 'trafilatura'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


names = st.sampled_from([None, "a.txt", "a.md", "a.html", "a.xml", "a"])
types = st.sampled_from([None, "text/html", "text/plain; charset=utf-16", "text/markdown", "text/html; charset=big5"])
pieces = st.sampled_from(
    [
        b"---\n",
        b"title: x\n",
        b"# ",
        b"<p>",
        b"<div ",
        b"</",
        b"<!--",
        b"<script>",
        b"&#",
        b"![",
        b"](",
        b"\xff\xfe",
        b"\x00",
        b"\r\n",
        b"|-|\n",
        b"- ",
        b"`",
        b"\xe9",
        b"(AP) - ",
        b"PARIS, 3 May",
        "©".encode(),
        b"2024",
        b"[" * 40,
        b"> " * 40,
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400) | st.lists(pieces | st.binary(max_size=4), max_size=40).map(b"".join), names, types)
@example(b"---\n" + b"[" * 3000 + b"\n---\nx", "a.md", None)
@example(b"> " * 3000 + b"x", "a.md", None)
@example(b"*" * 3000 + b"x", "a.md", None)
@example(b"<b>" * 3000 + b"x", "a.html", None)
def test_any_bytes_give_an_article_or_an_input_error(data: bytes, name: str | None, content_type: str | None) -> None:
    try:
        article = from_bytes(data, name=name, content_type=content_type)
    except InputError as error:
        message = str(error)
        assert message.strip() == message.replace("\n", " ")
        return
    assert isinstance(article, Article)
    assert article.text.strip()
    assert 0 <= article.body_start <= len(article.text)
    assert Article.model_validate_json(article.model_dump_json()) == article


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.*")), ids=lambda path: path.name)
def test_every_bundled_article_loads_with_title_outlet_and_date(path: Path) -> None:
    article = load(path)
    assert article.title
    assert article.outlet
    assert article.published
    assert article.published_from
    assert len(article.text) - article.body_start > 1000
    assert "<" not in article.text
