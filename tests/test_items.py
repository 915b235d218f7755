"""The hand-made items and labels are what their DATA.md says: exact slices, known forces, parents that hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.force import is_held, items
from sayso.record import CERTAINTIES, FORCES

ROOT = Path(__file__).parents[1]
FILES = sorted([*ROOT.glob("benchmarks/items/*/*.jsonl"), *ROOT.glob("training/items/*.jsonl")])


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_every_span_is_a_slice_and_every_parent_holds_what_lies_in_it(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        for statement in item["statements"]:
            spans = [statement["source"], statement["cue"], *statement["content"]]
            spans += [statement.get(role) for role in ("addressee", "venue")]
            for start, end, words in (span for span in spans if span):
                assert item["text"][start:end] == words
                assert words == words.strip() != ""
            assert statement["force"] in FORCES
            if statement["inside"] is not None and statement["cue"]:
                around = item["statements"][statement["inside"]]["content"]
                held = [statement["cue"], *statement["content"]]  # "citing two officials" stands outside, its words in
                assert any(s <= start and end <= e for s, e, _ in around for start, end, _ in held)


def test_no_text_is_in_training_and_in_a_measure() -> None:
    texts = {path: {json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()} for path in FILES}
    trained = set().union(*(found for path, found in texts.items() if "training" in path.parts))
    measured = set().union(*(found for path, found in texts.items() if "benchmarks" in path.parts))
    measured |= {item.text for item in [*items("tune"), *items("held")]}
    assert not trained & measured


def test_labels_are_of_the_closed_lists_and_each_half_has_every_force() -> None:
    for half in ("tune", "held"):
        labelled = items(half)
        for item in labelled:
            assert item.text[slice(*item.cue)].strip()
            assert is_held(item.id) == (half == "held")
            for force, certainty, polarity in item.labels.values():
                assert force in FORCES
                assert certainty in CERTAINTIES
                assert polarity in {"+", "-"}
        assert {item.labels["settled"][0] for item in labelled} == set(FORCES)
