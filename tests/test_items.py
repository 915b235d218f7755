"""The hand-made items and labels are what their DATA.md says: exact slices, known forces, parents that hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import actors
from benchmarks.force import is_held, items
from sayso.actors import iso_date
from sayso.knowledge.countries import countries
from sayso.knowledge.roles import CODES
from sayso.record import ACTOR_KINDS, CERTAINTIES, FORCES

ROOT = Path(__file__).parents[1]
ACTORS = sorted(ROOT.glob("benchmarks/items/actors/*.jsonl"))
FILES = sorted({*ROOT.glob("benchmarks/items/*/*.jsonl"), *ROOT.glob("training/items/*.jsonl")} - {*ACTORS})


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


@pytest.mark.parametrize("path", ACTORS, ids=lambda path: path.stem)
def test_actors_are_of_the_closed_lists(path: Path) -> None:
    known = {*countries(), "SUN", "YUG", "CSK", "DDR"}
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        assert set(item) == {"text", "date", "context", "country", "roles", "kind", "name", "office", "group"}
        assert item["kind"] in {*ACTOR_KINDS, "none"}
        assert set((item["country"] or "").split("+")) - {""} <= known
        assert set(item["roles"]) <= set(CODES)
        assert item["date"] is None or iso_date(item["date"]) == item["date"]
        assert item["kind"] != "none" or not (item["country"] or item["roles"] or item["name"])


def test_no_actor_is_in_both_halves() -> None:
    dev, held = ({(i["text"], i["date"], i["context"]) for i in actors.items(split)} for split in ("dev", "held"))
    assert not dev & held


def test_an_actor_is_scored_by_set_of_countries_first_role_and_any_name_of_an_organisation() -> None:
    item = {"country": "SUN+USA", "roles": ["GOV", "MIL"], "kind": "group", "name": "IAEA"}
    found = actors.Identity("group", "International Atomic Energy Agency", "USA+RUS", ("GOV",))
    assert set(actors.score(item, found).values()) == {True}
    assert set(actors.score({**item, "name": "Ümit Özdağ"}, actors.Identity("person", "Umit Ozdag")).items()) == {
        ("country", False), ("first_role", False), ("is_actor", True), ("kind", False), ("name", True),
    }  # fmt: skip
    none = {"country": None, "roles": [], "kind": "none", "name": None}
    assert actors.score(none, None) == {"country": True, "first_role": True, "is_actor": True, "kind": True}
    assert not actors.score(none, found)["is_actor"]
