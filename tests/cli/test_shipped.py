"""The command line as it is installed, with the shipped model and the bundled articles."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import sayso
from sayso.cli import session
from sayso.reader import Reader
from sayso.record import Reading

from .conftest import Run

EXAMPLES = Path(sayso.__file__).parent / "examples"
FLOORS = {  # some three points below what the shipped reader reaches: processors round differently
    "statements_f1": 0.81,
    "force_accuracy": 0.83,
    "inside_accuracy": 0.95,
    "speaker_accuracy": 0.92,
    "named_speaker_accuracy": 0.93,
    "chain_accuracy": 0.87,
}


def installed(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "import sys; from sayso.cli import main; sys.exit(main())", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, timeout=120, env=dict(os.environ), check=False)


@pytest.mark.parametrize("name", ["01-wire-secret-annex.txt", "03-herald-cut-reprint.html", "04-osna-denial.md"])
def test_a_bundled_article_is_read(name: str) -> None:
    done = installed("read", EXAMPLES / "articles" / name, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    reading = Reading.from_json(done.stdout)
    assert len(reading.statements) >= 8
    assert reading.reader is not None


def test_the_doctor_finds_nothing_wrong() -> None:
    done = installed("doctor", "--json")
    assert [check for check in json.loads(done.stdout)["checks"] if check["mark"] == "fail"] == []
    assert done.returncode == 0


def test_the_shipped_reader_agrees_with_the_bundled_gold(
    sayso: Run, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "get_reader", lambda: reader)
    figures = json.loads(sayso("eval", "--gold", EXAMPLES / "gold", "--json").out)
    assert {name: figures[name] for name, floor in FLOORS.items() if figures[name] < floor} == {}
