"""The article page in a real Chromium, from a real server on this machine."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from sayso.record import Reading
from sayso.settings import Settings
from sayso.store import Store
from sayso.web import create_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]


@pytest.fixture
def address(store: Store, reading: Reading) -> Iterator[str]:
    store.add(reading)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(store, settings=Settings()), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=20)
    listener.close()


def _open(url: str, profile: Path) -> tuple[str, str]:
    """Open a page and give its document after the script has run, and what the console said."""
    assert CHROMIUM is not None
    ran = subprocess.run(
        [
            *(CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *("--enable-logging=stderr", f"--user-data-dir={profile}", "--dump-dom", url),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    console = "\n".join(line for line in ran.stderr.splitlines() if "CONSOLE" in line)
    return ran.stdout, console


def test_the_article_opens_with_its_cards_and_without_a_word_on_the_console(
    address: str, reading: Reading, tmp_path: Path
) -> None:
    document, console = _open(f"{address}/articles/{reading.article.id}", tmp_path / "profile")
    assert console == ""
    assert re.findall(r'<li class="card [^"]*" id="(s\d)"', document) == ["s1", "s2", "s3", "s4"]
    assert 'class="reading linked"' in document


def test_a_link_to_a_statement_lights_its_card_and_spans(address: str, reading: Reading, tmp_path: Path) -> None:
    document, console = _open(f"{address}/articles/{reading.article.id}#s2", tmp_path / "profile")
    assert console == ""
    assert re.findall(r'<li class="card [^"]*lit" id="(s\d)"', document) == ["s2"]
    lit = {
        role: re.findall(rf'<span class="[^"]*lit-{role}[^"]*"[^>]*>([^<]+)<', document) for role in ("source", "cue")
    }
    assert lit == {"source": ["envoy Mira Holt"], "cue": ["said"]}
    assert re.findall(r'<span class="[^"]*lit-content[^"]*"[^>]*>([^<]+)<', document) == ["the talks “may yet fail”"]
