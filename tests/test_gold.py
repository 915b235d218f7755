"""Gold files: the full record and the short form give the same statements; what is wrong is one clear error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import NotFound, RecordError
from sayso.gold import gold_files, load_gold, said_in
from sayso.record import Actor, Article, Link, Reading, Statement

TEXT = "Osip Lenart said that the lease was public."


def load(path: Path) -> Article:
    return Article(text=path.read_text(encoding="utf-8"))


def reading() -> Reading:
    article = Article(text=TEXT, outlet="Post")
    source = article.span(0, 11)
    statement = Statement(
        id="s1",
        source=source,
        cue=article.span(12, 16),
        content=(article.span(17, 42),),
        speakers=("a1",),
        chain=(Link(name="Post"), Link(actor="a1", name="Osip Lenart", span=source)),
    )
    return Reading(
        article=article, actors=(Actor(id="a1", name="Osip Lenart", kind="person"),), statements=(statement,)
    )


def short(**changes: Any) -> dict[str, Any]:
    statement = {
        "id": "s1",
        "source": {"start": 0, "end": 11, "text": "Osip Lenart"},
        "cue": {"start": 12, "end": 16, "text": "said"},
        "content": [{"start": 17, "end": 42, "text": TEXT[17:42]}],
        "force": "asserts",
        "speakers": ["Osip Lenart"],
        "chain": ["Post", "Osip Lenart"],
        "note": "people keep notes in gold files",
    }
    return {"article": "lease.txt", "statements": [statement | changes]}


def write(path: Path, data: object) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_the_record_and_the_short_form_give_the_same_statement(tmp_path: Path) -> None:
    (tmp_path / "lease.txt").write_text(TEXT, encoding="utf-8")
    full = load_gold(write(tmp_path / "full.json", json.loads(reading().to_json())), load)
    brief = load_gold(write(tmp_path / "short.json", short()), load)
    (one,), (other,) = full.statements, brief.statements
    assert (one.roles, one.force, one.speakers, one.chain) == (other.roles, other.force, other.speakers, other.chain)
    assert full.article.text == brief.article.text == TEXT
    assert one.people == {"Osip Lenart"}
    assert other.quote is None


def test_the_article_may_lie_beside_the_file_or_be_named_from_the_folder_above(tmp_path: Path) -> None:
    (tmp_path / "lease.txt").write_text(TEXT, encoding="utf-8")
    assert load_gold(write(tmp_path / "gold" / "g.json", short()), load).article.text == TEXT


def test_nobody_named_means_the_last_link_only_describes(tmp_path: Path) -> None:
    (tmp_path / "lease.txt").write_text(TEXT, encoding="utf-8")
    gold = load_gold(write(tmp_path / "g.json", short(speakers=[], chain=["Post", "two aides"])), load)
    assert gold.statements[0].unnamed == {"two aides"}


def test_actors_that_are_only_described_are_unnamed() -> None:
    described = reading().model_copy(
        update={"actors": (Actor(id="a1", name="Osip Lenart", kind="group", named=False),)}
    )
    assert said_in(described)[0].unnamed == {"Osip Lenart"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe", "not JSON"),
        (b"[]", "needs the keys"),
        (json.dumps({"article": {"text": "x"}, "statements": [{}]}).encode(), "statements.0.id"),
        (json.dumps(short(force="mumbles")).encode(), "force"),
        (json.dumps(short(cue={"start": 12, "end": 16, "text": "told"})).encode(), "not grounded"),
    ],
)
def test_what_is_no_gold_is_one_clear_error_that_names_the_file(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "lease.txt").write_text(TEXT, encoding="utf-8")
    file = tmp_path / "bad.json"
    file.write_bytes(content)
    with pytest.raises(RecordError, match=message) as caught:
        load_gold(file, load)
    assert "bad.json" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_gives_its_records_sorted_and_none_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "b.json", {})
    write(tmp_path / "a.json", {})
    assert [file.name for file in gold_files(tmp_path)] == ["a.json", "b.json"]
    with pytest.raises(NotFound, match="no gold"):
        gold_files(tmp_path / "nothing")
