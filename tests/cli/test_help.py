"""Help: every verb explains itself with an example, at any width, without loading what it will not use."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sayso.cli import COMMANDS

from .conftest import Run

HEAVY = ("onnxruntime", "sqlalchemy", "fastapi", "uvicorn", "trafilatura", "lxml", "pydantic")


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_verb_has_help_with_an_example(sayso: Run, verb: str) -> None:
    ran = sayso(*verb.split(), "--help")
    assert ran.code == 0
    assert f"sayso {verb}" in ran.out.split("Example", 1)[1]


@pytest.mark.parametrize("verb", [None, *COMMANDS])
@pytest.mark.parametrize("width", [60, 80])
def test_help_fits_the_terminal(sayso: Run, monkeypatch: pytest.MonkeyPatch, verb: str | None, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    ran = sayso(*(verb.split() if verb else []), "--help")
    examples = [line for line in ran.out.splitlines() if "sayso" in line]
    assert [line for line in ran.out.splitlines() if len(line) > width and line not in examples] == []


def test_without_arguments_there_is_help(sayso: Run) -> None:
    ran = sayso()
    assert ran.code == 0
    assert "Commands:" in ran.out


def test_the_version_is_the_installed_one(sayso: Run) -> None:
    from importlib.metadata import version

    assert sayso("--version").out == f"sayso {version('sayso')}\n"


def test_help_loads_neither_model_nor_store_nor_web() -> None:
    script = (
        "import sys; from sayso.cli import main; code = main(['--help']);"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=True)
    assert done.stderr.decode().strip() == "[]"
