"""The program that refreshes the samples: what it runs, what it keeps, and when it calls a sample stale."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from docs.refresh import __main__ as command
from docs.refresh.figures import figures
from docs.refresh.running import Workspace
from docs.refresh.samples import fresh, same


def page(what: str, body: str) -> str:
    return f"before\n<!-- sample: {what} -->\n{body}<!-- end -->\nafter\n"


def test_a_command_is_run_and_its_old_output_replaced() -> None:
    stale = page("run", "```console\n$ echo one | cat\nold\n$ echo two | cat\n```\n")
    assert fresh(stale, examples=None) == page("run", "```console\n$ echo one | cat\none\n$ echo two | cat\ntwo\n```\n")


def test_python_keeps_its_names_over_the_blocks_of_a_page_and_prints_below() -> None:
    first = page("run", "```python\nx = 2\n```\n")
    second = page("run", "```python\nprint(x + 1)\n```\n\n```text\nold\n```\n")
    shown = fresh(first + second, examples=None)
    assert shown == first + second.replace("old", "3")
    assert fresh(shown, examples=None) == shown


def test_what_is_left_out_is_counted() -> None:
    trimmed = fresh(page("run, first 2, last 1", "```console\n$ seq 9 | cat\n```\n"), examples=None)
    assert "$ seq 9 | cat\n1\n2\n… 6 more lines …\n9\n```" in trimmed


def test_text_outside_the_markers_is_left_alone() -> None:
    text = "```console\n$ rm -rf nothing\n```\n"
    assert fresh(text, examples=None) == text


def test_a_command_that_fails_stops_the_refresh_unless_it_is_to_fail() -> None:
    body = "```console\n$ sayso read nothing.txt\n$ echo $?\n```\n"
    with pytest.raises(RuntimeError, match=r"sayso read nothing.txt` exits with 2"):
        fresh(page("run", body), examples=None)
    assert "check the name\n$ echo $?\n2\n" in fresh(page("fail", body), examples=None)


def test_a_workspace_leaves_folder_and_environment_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_THREADS", "7")
    before = dict(os.environ), Path.cwd()
    with Workspace(examples=None) as workspace:
        assert "SAYSO_THREADS" not in os.environ
        workspace.shell("export SAYSO_STORE=other.db")
    assert (dict(os.environ), Path.cwd()) == before


@pytest.mark.parametrize(
    ("old", "new", "what", "alike"),
    [
        ("s1 asserts  98%  A", "s1 asserts 100%  A", "run", True),
        ("s1 asserts  98%  A", "s1 asserts  91%  A", "run", False),
        ("s1 asserts  98%  A", "s1 denies   98%  A", "run", False),
        ('"confidence": 0.976', '"confidence": 0.961', "get", True),
        ('"confidence": 0.976', '"confidence": 0.9', "get", False),
        ('"start": 12', '"start": 13', "run", False),
        ("$ sayso eval\n177 found", "$ sayso eval\n179 found", "run", True),
        ("$ sayso eval\n177 found", "$ sayso eval\n190 found", "run", False),
        ("--port <int range>  Port [x<=1]", "--port INTEGER  Port", "help serve", False),
        ("--port <int range>  Port [x<=1]", "--port  Port", "help serve", True),
    ],
)
def test_a_sample_is_stale_when_more_than_rounding_differs(
    old: str, new: str, what: str, alike: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docs.refresh.samples.machine", lambda: figures()["accuracy"]["machine"])
    assert same(old, new, what) is alike


def test_on_another_machine_a_sample_may_differ_in_a_line_of_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("docs.refresh.samples.machine", lambda: "another, 7 cores")
    old = "".join(f"line {letter}\n" for letter in "abcdefghijklmnop")
    assert same(old, old.replace("line e", "other e"), "run")
    assert not same(old, old.replace("line", "other", 6), "run")


def test_check_names_the_stale_page_and_the_command_and_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stale = tmp_path / "page.md"
    stale.write_text(page("run", "```console\n$ echo one | cat\nold\n```\n"))
    monkeypatch.setattr("docs.refresh.samples.ROOT", tmp_path)
    monkeypatch.setattr(command, "pages", lambda: [stale])
    before = stale.read_text()
    assert command.main(["--check"]) == 1
    assert capsys.readouterr().out == "stale: page.md\nrefresh them with: make examples\n"
    assert stale.read_text() == before
    assert command.main([]) == 0
    assert "\none\n" in stale.read_text()
    assert command.main(["--check"]) == 0
