"""The command line, in this process and as a process of its own, with a fake reader and a store of the test's own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sayso.cli import main, session
from sayso.settings import default_settings

from .fake import FakeReader

ROOT = Path(__file__).resolve().parents[2]
NEWS = """Lenart Denies The Annex

Osip Lenart said that the lease was public. Mirela Dorran denied that there was an annex.

Lena Odrun said that Davit Sorel warned that the coalition would fall.
"""


@dataclass(frozen=True)
class Ran:
    """How a run ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in [name for name in os.environ if name.startswith("SAYSO_")]:
        monkeypatch.delenv(name)
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SAYSO_STORE", str(tmp_path / "store.db"))
    monkeypatch.setattr(session, "get_reader", FakeReader)
    default_settings.cache_clear()
    yield
    default_settings.cache_clear()


@pytest.fixture
def sayso(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process."""

    def run(*arguments: str | Path) -> Ran:
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run


@pytest.fixture
def process() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run the command line as a process of its own."""

    def run(
        *arguments: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, Path(__file__).with_name("run_fake.py"), *map(str, arguments)]
        return subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            env={**os.environ, **(env or {})},
            cwd=ROOT,
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A small article."""
    file = tmp_path / "lease.txt"
    file.write_text(NEWS, encoding="utf-8")
    return file
