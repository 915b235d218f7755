"""The record: grounded or not constructible, JSON both ways, the shipped schema in step with the types."""

from __future__ import annotations

import json
import pickle
from importlib import resources

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import GroundingError, RecordError
from sayso.record import Actor, Article, Link, Reading, Span, Statement, json_schema, text_id

TEXT = "“Ja,” said Odo Hask — 👩🏽‍🚀 naïve."


def _reading() -> Reading:
    article = Article(text=TEXT, outlet="The Orum Post", published="2024-03")
    source, cue, content = article.span(11, 19), article.span(6, 10), article.span(0, 5)
    statement = Statement(
        id="s1",
        source=source,
        cue=cue,
        content=(content,),
        speakers=("a1",),
        chain=(Link(name="The Orum Post"), Link(actor="a1", name="Odo Hask", span=source)),
    )
    actor = Actor(id="a1", name="Odo Hask", kind="person", mentions=(source,))
    return Reading(article=article, actors=(actor,), statements=(statement,))


def test_json_goes_both_ways() -> None:
    reading = _reading()
    assert Reading.from_json(reading.to_json()) == reading
    assert Reading.from_json(reading.to_json(indent=2).encode()) == reading


def test_keys_are_null_or_empty_never_absent() -> None:
    statement = json.loads(_reading().to_json())["statements"][0]
    assert statement["venue"] is None
    assert statement["addressee"] == []
    assert set(statement) == set(Statement.model_fields)


@given(st.text(min_size=1, max_size=40), st.integers(-5, 45), st.integers(-5, 45))
def test_a_span_is_a_slice_or_is_not_made(text: str, start: int, end: int) -> None:
    if 0 <= start < end <= len(text):
        assert Span.of(text, start, end).text == text[start:end]
    else:
        with pytest.raises(GroundingError):
            Span.of(text, start, end)


def test_a_reading_with_an_ungrounded_span_cannot_be_made() -> None:
    data = json.loads(_reading().to_json())
    data["statements"][0]["cue"] = {"start": 6, "end": 10, "text": "says"}
    with pytest.raises(GroundingError, match="'said'"):
        Reading.from_json(json.dumps(data))


@pytest.mark.parametrize(
    ("path", "value"),
    [("speakers", ["a9"]), ("inside", "s9"), ("about", ["e3"])],
)
def test_ids_resolve(path: str, value: object) -> None:
    data = json.loads(_reading().to_json())
    data["statements"][0][path] = value
    with pytest.raises(RecordError, match="refers to"):
        Reading.from_json(json.dumps(data))


@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        ("actors", {"id": "x", "name": "Odo Hask", "kind": "person"}),
        ("statements", {"id": "x"}),
        ("events", {"id": "x", "type": "AID", "trigger": {"start": 6, "end": 10, "text": "said"}}),
        ("dates", {"id": "x", "start": 6, "end": 10, "text": "said"}),
    ],
)
def test_an_id_is_given_once(kind: str, entry: dict[str, object]) -> None:
    data = json.loads(_reading().to_json())
    data[kind].append(entry)
    assert Reading.from_json(json.dumps(data))
    data[kind].append(entry)
    with pytest.raises(RecordError, match=f"two {kind} have the id x"):
        Reading.from_json(json.dumps(data))


@pytest.mark.parametrize("inside", [("s1",), ("s2", "s1"), ("s2", "s3", "s2"), (None, "s3", "s4", "s2")])
def test_no_statement_lies_inside_itself(inside: tuple[str | None, ...]) -> None:
    statements = tuple(Statement(id=f"s{n}", inside=outer) for n, outer in enumerate(inside, start=1))
    with pytest.raises(RecordError, match=r"s\d lies inside itself"):
        Reading(article=Article(text=TEXT), statements=statements)


@given(st.lists(st.none() | st.integers(0, 8), max_size=9))
def test_statements_lie_inside_each_other_as_trees(parents: list[int | None]) -> None:
    """Any parent that comes earlier makes a tree, whatever the order the statements are listed in."""
    outer = [f"s{p}" if p is not None and p < n else None for n, p in enumerate(parents)]
    statements = [Statement(id=f"s{n}", inside=inside) for n, inside in enumerate(outer)]
    for listed in (statements, statements[::-1]):
        assert Reading(article=Article(text=TEXT), statements=tuple(listed)).statements == tuple(listed)


def test_the_body_begins_within_the_text() -> None:
    assert Reading(article=Article(text=TEXT, body_start=len(TEXT)))
    with pytest.raises(RecordError, match="body_start"):
        Reading(article=Article(text=TEXT, body_start=len(TEXT) + 1))


@pytest.mark.parametrize("bad", ["", "{}", "[]", "nonsense", '{"schema": "sayso/record/9", "article": {"text": "x"}}'])
def test_what_is_no_record_is_refused_with_a_sentence(bad: str) -> None:
    with pytest.raises(RecordError, match="not a sayso/record/1 record"):
        Reading.from_json(bad)


def test_the_identity_of_an_article_is_that_of_its_words() -> None:
    assert Article(text="a  b\n").id == Article(text="a b").id == text_id("a b")
    assert Article(text="cafe\u0301").id == Article(text="café").id
    assert Article(text="a b").id != Article(text="a c").id


def test_the_shipped_schema_is_that_of_the_types_and_holds_for_records() -> None:
    shipped = json.loads((resources.files("sayso") / "schema" / "record-1.json").read_text(encoding="utf-8"))
    assert shipped == json_schema(), "run: python -m sayso schema > src/sayso/schema/record-1.json"
    jsonschema.Draft202012Validator.check_schema(shipped)
    jsonschema.validate(json.loads(_reading().to_json()), shipped)


def test_errors_survive_a_process_boundary() -> None:
    error = pickle.loads(pickle.dumps(GroundingError(1, 2, "a", "b")))
    assert (error.start, error.end, error.text, error.found) == (1, 2, "a", "b")
