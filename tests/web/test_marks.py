"""Cutting the text at every edge of every span."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from sayso.record import Reading, Span, Statement
from sayso.web.marks import Segment, depths, marks_of, paragraphs, segments

from .conftest import TEXT


@st.composite
def texts_with_statements(draw: st.DrawFn) -> tuple[str, list[Statement], list[int]]:
    text = draw(st.text(min_size=1, max_size=60))

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span.of(text, start, draw(st.integers(start + 1, len(text))))

    def maybe() -> Span | None:
        return span() if draw(st.booleans()) else None

    ids = [f"s{rank}" for rank in range(draw(st.integers(0, 6)))]
    made = [
        Statement(
            id=name,
            source=maybe(),
            cue=maybe(),
            content=tuple(span() for _ in range(draw(st.integers(0, 3)))),
            inside=draw(st.sampled_from([None, *(other for other in ids if other != name)])),
        )
        for name in ids
    ]
    return text, made, draw(st.lists(st.integers(-2, len(text) + 2), max_size=4))


@given(texts_with_statements())
def test_segments_are_the_text_and_each_span_is_the_segments_that_carry_it(
    made: tuple[str, list[Statement], list[int]],
) -> None:
    text, statements, breaks = made
    cut = segments(text, statements, breaks=breaks)
    assert "".join(segment.text for segment in cut) == text
    assert all(segment.text == text[segment.start : segment.end] != "" for segment in cut)
    level = depths(statements)
    for statement in statements:
        for mark in marks_of(statement, level[statement.id]):
            carriers = [segment for segment in cut if mark in segment.marks]
            assert "".join(segment.text for segment in carriers) == text[mark.start : mark.end]
            assert [segment for segment in cut if mark in segment.opening] == carriers[:1]
            assert [segment for segment in cut if mark in segment.closing] == carriers[-1:]
    edges = {segment.start for segment in cut}
    assert {edge for edge in breaks if 0 < edge < len(text)} <= edges


def _segment_at(cut: list[Segment], words: str) -> Segment:
    at = TEXT.index(words)
    return next(segment for segment in cut if segment.start <= at < segment.end)


def test_a_source_inside_a_content_is_both_and_the_innermost_comes_last(reading: Reading) -> None:
    cut = segments(TEXT, reading.statements)
    holt = _segment_at(cut, "envoy Mira Holt")
    assert [(mark.statement, mark.role) for mark in holt.marks] == [("s1", "content"), ("s2", "source")]
    talks = _segment_at(cut, "the talks")
    assert talks.ids("content") == ("s1", "s2")
    assert (holt.layers, talks.layers) == (1, 2)


def test_overlap_that_is_no_nesting_keeps_both_marks_where_they_meet() -> None:
    text = "abcdef"
    left = Statement(id="s1", content=(Span.of(text, 0, 4),))
    right = Statement(id="s2", content=(Span.of(text, 2, 6),))
    cut = segments(text, [left, right])
    assert [(segment.text, segment.ids("content")) for segment in cut] == [
        ("ab", ("s1",)),
        ("cd", ("s1", "s2")),
        ("ef", ("s2",)),
    ]


def test_an_empty_text_has_no_segments() -> None:
    assert segments("", []) == []


def test_depth_counts_the_statements_around_and_ends_where_they_go_in_a_circle() -> None:
    chain = [Statement(id="s1"), Statement(id="s2", inside="s1"), Statement(id="s3", inside="s2")]
    assert depths(reversed(chain)) == {"s1": 0, "s2": 1, "s3": 2}
    circle = [Statement(id="s1", inside="s2"), Statement(id="s2", inside="s1")]
    assert sorted(depths(circle).values()) == [0, 1]


def _split(text: str) -> list[str]:
    return [text[part.start : part.end] for part in paragraphs(text)]


def test_blank_lines_part_paragraphs_and_wrapped_lines_stay_together() -> None:
    assert _split("\n one\ntwo \n \n\tthree\n") == ["one\ntwo", "three"]


def test_single_line_ends_part_paragraphs_where_lines_are_not_wrapped() -> None:
    long = "word " * 40 + "end."
    assert _split("one\ntwo\n") == ["one", "two"]
    assert _split(f"Title\n\n{long}\nnext") == ["Title", long, "next"]


def test_long_runs_of_blanks_take_no_time() -> None:
    text = "one" + " " * 200_000 + "two\n\nthree\n" + " " * 200_000 + "four" + "\n \t" * 50_000
    start = time.perf_counter()
    assert len(paragraphs(text)) == 2
    assert time.perf_counter() - start < 1


def test_a_text_of_white_space_has_no_paragraph() -> None:
    assert _split(" \n\n \t\n") == []


@given(st.text(alphabet=st.sampled_from("ab \n\t\r"), max_size=80))
def test_paragraphs_hold_everything_that_is_not_white_space(text: str) -> None:
    assert "".join("".join(_split(text)).split()) == "".join(text.split())
