"""``sayso serve`` and ``sayso demo``: pages of a store from this machine."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from sayso.cli.serve import _address, _listen

from .conftest import ROOT, Run

SCRIPT = Path(__file__).with_name("run_fake.py")


@contextlib.contextmanager
def serving(*arguments: str | Path) -> Iterator[str]:
    """Serve in a process of its own; gives the address, and ends it as Ctrl-C would."""
    command = [sys.executable, SCRIPT, "serve", "--port", "0", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, cwd=ROOT, text=True) as running:
        assert running.stderr is not None
        found = re.search(r"http://\S+", running.stderr.readline())
        assert found is not None
        yield found[0]
        running.send_signal(signal.SIGINT)
        assert running.stderr.read() == ""
        assert running.wait(timeout=30) in (0, 130)


def test_the_store_is_served_until_ctrl_c(sayso: Run, news: Path) -> None:
    assert sayso("add", news).code == 0
    with serving() as address, urllib.request.urlopen(address, timeout=30) as page:  # noqa: S310
        assert page.status == 200
        assert b"Lenart" in page.read()


def test_a_port_that_is_taken_is_one_clear_line(sayso: Run, news: Path) -> None:
    assert sayso("add", news).code == 0
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = sayso("serve", "--port", str(taken.getsockname()[1]))
    assert ran.code == 2
    assert "--port 0" in ran.err
    assert ran.err.count("\n") == 1


def test_without_a_store_there_is_nothing_to_serve(sayso: Run, tmp_path: Path) -> None:
    ran = sayso("serve", "--port", "0")
    assert ran.code == 5
    assert list(tmp_path.iterdir()) == []


def test_the_address_is_one_a_browser_takes() -> None:
    with _listen("127.0.0.1", 0) as listener:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", _address(listener))


def test_the_demo_reads_one_article_keeps_all_and_says_how_to_go_on(sayso: Run, tmp_path: Path) -> None:
    ran = sayso("demo", "--no-serve", "--store", tmp_path / "demo")
    assert ran.code == 0
    assert "Secret annex" in ran.out
    assert f"sayso serve --store {tmp_path / 'demo' / 'sayso.db'}" in ran.out
    articles = json.loads(sayso("list", "--json", "--store", tmp_path / "demo" / "sayso.db").out)
    assert len(articles) >= 14


def test_the_demo_can_be_run_again(sayso: Run, tmp_path: Path) -> None:
    assert sayso("demo", "--store", tmp_path / "demo").code == 0
    ran = sayso("demo", "--store", tmp_path / "demo")
    assert ran.code == 0
    assert "unchanged, in" in ran.out
    assert " added" not in ran.out
