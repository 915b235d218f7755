from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import EmptyText, InputError
from sayso.record import Article
from sayso.sources import from_bytes

FRONT = """---
title: "Port stays open: minister"
outlet: The Brenn Courier
author: [Ada Kern, Tom Brill]
date: 2024-03-14
url: https://courier.example/port
language: en-GB
note: whatever else stands here
---
"""
BODY = "The port – “our port” – stays open,\nthe minister said.\n\nShe gave no date; A_1 * 2 is not emphasis."


def read(text: str) -> Article:
    return from_bytes(text.encode(), name="article.md")


def test_front_matter_gives_the_metadata_and_the_text_is_what_follows() -> None:
    article = read(FRONT + "\n" + BODY + "\n\n")
    assert article.text == BODY
    assert article.title == "Port stays open: minister"
    assert article.outlet == "The Brenn Courier"
    assert article.byline == "Ada Kern, Tom Brill"
    assert (article.published, article.published_from) == ("2024-03-14", "front matter")
    assert article.url == "https://courier.example/port"
    assert article.language == "en"
    assert article.found["title"] == "front matter"
    assert article.body_start == 0


def test_values_stay_as_they_are_written() -> None:
    article = read("---\ntitle: 2024\noutlet: No\nbyline: ~\ndate: 2024-03-14T05:30:00+02:00\n---\nIt rained.")
    assert (article.title, article.outlet, article.byline) == ("2024", "No", None)
    assert article.published == "2024-03-14T05:30:00+02:00"


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("title: a: b", "line 2"),
        ('title: x\noutlet: "y', "line 3"),
        ("title: x\ndate: yesterday", "line 3"),
        ("title: x\nurl:\n  - {a: b}", "line 4"),
        ("- title", "line 2"),
        ("[" * 5000, "line 2"),
    ],
)
def test_front_matter_that_cannot_be_read_is_an_error_that_names_the_line(front: str, line: str) -> None:
    with pytest.raises(InputError, match=line):
        read(f"---\n{front}\n---\nIt rained.")


def test_front_matter_that_never_closes_is_an_error() -> None:
    with pytest.raises(InputError, match="line 1"):
        read("---\ntitle: x\n\nIt rained.")


def test_two_rules_with_prose_between_them_are_no_front_matter() -> None:
    assert read("---\n\nIt rained.\n\n---\n\nThen it stopped.").text == "It rained.\n\nThen it stopped."


def test_markup_that_holds_nothing_is_empty() -> None:
    with pytest.raises(EmptyText):
        read("<!DOCTYPE")
    assert read("<!DOCTYPE html>\n\nIt rained.").text == "It rained."


def test_front_matter_without_text_is_empty() -> None:
    with pytest.raises(EmptyText):
        read(FRONT)


def test_a_first_heading_is_the_title_and_its_marker_goes() -> None:
    article = read("# Port *stays* open\n\n" + BODY.replace("*", "x"))
    assert article.title == "Port stays open"
    assert article.found["title"] == "heading"
    assert article.text == "Port stays open\n\n" + BODY.replace("*", "x")
    assert article.text[article.body_start :] == BODY.replace("*", "x")


def test_a_heading_that_repeats_the_title_comes_before_the_body_and_another_is_part_of_it() -> None:
    same = read(FRONT + "# Port stays open: Minister\n\nPort stays open: minister\n\nIt rained.")
    assert same.text[same.body_start :] == "It rained."
    other = read(FRONT + "# What we know\n\nIt rained.")
    assert other.text == "What we know\n\nIt rained."
    assert (other.title, other.body_start) == ("Port stays open: minister", 0)


def test_markdown_is_rendered_as_the_words_a_reader_sees() -> None:
    article = read(
        "The *port* is **[open](https://a.example)**, `she` said.\\\nNo \\*date\\* &amp; no place.\n\n\n"
        "## What now?\n\n- one\n- two\n\n> “Never,” he said.\n\n---\n\n| who | what |\n|--|--|\n| she | yes |\n\n"
        "    indented\n\n![A crane](crane.jpg)\n\n<div>Kept <script>alert(1)</script>words</div>\n\n"
        "And <b>bold</b> <script>alert(2)</script>end.\n\n<!-- a remark -->\n"
    )
    assert article.text == (
        "The port is open, she said.\nNo *date* & no place.\n\nWhat now?\n\none\n\ntwo\n\n“Never,” he said.\n\n"
        "who | what\n\nshe | yes\n\nindented\n\nKept words\n\nAnd bold end."
    )
    assert article.captions == ("A crane",)


def test_the_presss_conventions_are_read_in_markdown_too() -> None:
    article = read(FRONT + "\nBRENN, March 15 (Meridian Wire) — " + BODY)
    assert (article.dateline, article.agency) == ("BRENN, March 15", "Meridian Wire")


def test_without_front_matter_or_heading_the_first_line_is_the_title() -> None:
    article = read("Port stays open\n\n" + BODY)
    assert (article.title, article.found["title"]) == ("Port stays open", "first line")


@given(st.text(alphabet="abc .,\n'“”é\u00a0;:!?", min_size=1).filter(str.strip))
def test_a_body_without_markdown_is_kept_as_it_is(text: str) -> None:
    from sayso.sources.markdown import render

    text = text.replace("\n ", "\n").strip().replace("  \n", "\n")
    assert render(text)[1] == text.strip()


def test_long_runs_of_blanks_take_no_time() -> None:
    text = "The port stays open," + " " * 200_000 + "he said."
    start = time.perf_counter()
    assert read(text).text == text
    assert time.perf_counter() - start < 1
