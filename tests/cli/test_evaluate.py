"""``sayso eval``: a gold file or folder, in either form, against fresh readings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sayso.record import Reading

from .conftest import NEWS, Run


@pytest.fixture
def gold(sayso: Run, news: Path, tmp_path: Path) -> Path:
    """A folder with the fake reader's own record as gold, one statement changed and one added."""
    record = json.loads(sayso("read", news, "--json").out)
    record["statements"][0]["force"] = "promises"
    record["statements"].append(record["statements"][1] | {"id": "s999", "source": None})
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "lease.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


def test_precision_recall_and_f1_are_printed_for_every_field(sayso: Run, gold: Path) -> None:
    ran = sayso("eval", "--gold", gold)
    assert ran.code == 0
    rows = {line.split()[0].strip(","): line.split() for line in ran.out.splitlines() if line}
    assert rows["statements"][-3:] == ["100.0%", "80.0%", "88.9%"]
    assert rows["force"] == ["force", "3", "4", "75.0%"]
    assert rows["quote"] == ["quote", "4", "4", "100.0%"]


def test_show_lists_what_was_missed_and_what_differs(sayso: Run, gold: Path) -> None:
    lines = sayso("eval", "--gold", gold / "lease.json", "--show").out.splitlines()
    assert lines[0] == "lease: missed s999 - | denied | that there was an annex"
    assert lines[1].startswith("lease: differs in force: asserts, gold promises: ")


def test_figures_as_json_are_flat(sayso: Run, gold: Path) -> None:
    figures = json.loads(sayso("eval", "--gold", gold, "--json").out)
    assert figures["statements_recall"] == 0.8
    assert figures["force_accuracy"] == 0.75
    assert figures["reader"]["name"] == "fake"
    assert "details" not in figures


def test_the_short_form_names_its_article(sayso: Run, news: Path, tmp_path: Path) -> None:
    text = Reading.from_json(sayso("read", news, "--json").out).article.text
    start = text.index("Mirela Dorran denied")

    def span(words: str) -> dict[str, object]:
        at = text.index(words, start)
        return {"start": at, "end": at + len(words), "text": words}

    statement = {
        "id": "s1", "source": span("Mirela Dorran"), "cue": span("denied"),
        "content": [span("that there was an annex")], "force": "denies", "speakers": ["Dorran"],
    }  # fmt: skip
    file = tmp_path / "seed.json"
    file.write_text(json.dumps({"article": news.name, "statements": [statement]}), encoding="utf-8")
    figures = json.loads(sayso("eval", "--gold", file, "--json").out)
    assert (figures["statements_right"], figures["statements_found"]) == (1, 4)
    assert (figures["speaker_right"], figures["chain_judged"], figures["quote_judged"]) == (1, 0, 0)


def test_gold_that_is_not_there_or_no_gold_is_one_clear_line(sayso: Run, news: Path, tmp_path: Path) -> None:
    for path, code in ((tmp_path / "nothing", 2), (news, 3)):
        ran = sayso("eval", "--gold", path)
        assert ran.code == code
        assert ran.err.count("\n") == 1
    assert NEWS not in ran.err
