"""What README and documentation show is what the program does now."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.refresh.figures import figures, shipped_model
from docs.refresh.samples import ROOT, fences, needs_reader, pages, samples, stale_pages

SAMPLED = [page for page in pages() if samples(page.read_text(encoding="utf-8"))]
# Commands that a page shows and nobody should run to test it: they install, serve, fetch, or need what is not here.
NOT_RUN = (
    "pip ",
    "python3 -m venv",
    "make ",
    "sayso serve",
    "sayso add",
    "sayso read",
    "curl ",
    "createdb ",
    "export ",
)


def _param(page: Path) -> object:
    runs = needs_reader(page.read_text(encoding="utf-8"))
    return pytest.param(page, id=str(page.relative_to(ROOT)), marks=[pytest.mark.model] if runs else [])


@pytest.mark.parametrize("page", [_param(page) for page in SAMPLED])
def test_the_samples_of_a_page_are_fresh(page: Path) -> None:
    stale = stale_pages([page], write=False)
    assert stale == [], "refresh it with: make examples"


def test_the_figures_are_those_of_the_shipped_model() -> None:
    measured = {name: entry["model"] for name, entry in figures().items()}
    assert set(measured.values()) == {shipped_model()}, "measure again: python -m docs.refresh --figures FOLDER"


@pytest.mark.parametrize("name", ["README.md", "docs/tutorial.md", "docs/how-to/use-from-python.md"])
def test_all_python_of_the_first_pages_is_run(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert _outside_samples(text, "python") == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_outside_samples_are_of_the_kinds_nobody_runs_in_a_test(page: Path) -> None:
    blocks = _outside_samples(page.read_text(encoding="utf-8"), "console")
    shown = [line for block in blocks for line in block.splitlines()]
    assert [line for line in shown if not line.startswith(tuple(f"$ {command}" for command in NOT_RUN))] == []


def _outside_samples(text: str, language: str) -> list[str]:
    outside = "".join(part.split("<!-- end -->\n")[-1] for part in text.split("<!-- sample: "))
    return [body for found, body in fences(outside) if found == language]
