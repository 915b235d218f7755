"""The terminal view: who says it through whom, how firmly, the words; readable at any width and without colour."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.text import Text

from sayso.cli.console import UNBROKEN
from sayso.cli.forces import force_text, glyph
from sayso.cli.view import in_order, moment, show_reading
from sayso.record import FORCES, Actor, Article, Link, Reading, Statement

from .conftest import NEWS
from .fake import FakeReader


def reading() -> Reading:
    article = Article(
        text=NEWS,
        title="Lenart Denies The Annex",
        outlet="Karsha Courier",
        published="2024-03-15T18:40:00+02:00",
        published_from="front-matter",
    )
    return FakeReader().read(article)


def shown(record: Reading, width: int = UNBROKEN, *, terminal: bool = False) -> str:
    out = io.StringIO()
    show_reading(Console(file=out, width=width, force_terminal=terminal, highlight=False, markup=False), record)
    return out.getvalue()


def test_the_header_says_what_was_read_when_it_was_published_and_how_that_is_known() -> None:
    title, facts, counts, *_ = shown(reading()).splitlines()
    assert title == "Lenart Denies The Annex"
    assert facts == "Karsha Courier · 2024-03-15 18:40 +0200 (from front matter)"
    assert counts == "4 statements, 1 inside another"


def test_a_nested_statement_stands_under_its_parent_with_the_whole_chain() -> None:
    lines = shown(reading()).splitlines()
    parent = next(i for i, line in enumerate(lines) if line.endswith("Karsha Courier › Lena Odrun"))
    assert lines[parent + 1] == "     *Lena Odrun* _said_ [that Davit Sorel warned that the coalition would fall]"
    assert lines[parent + 3].startswith("     s")
    assert lines[parent + 3].endswith("▲ warns      90%  Karsha Courier › Lena Odrun › Davit Sorel")
    assert lines[parent + 4] == "          *Davit Sorel* _warned_ [that the coalition would fall]"


def test_the_footer_counts_by_force_and_tells_named_from_unnamed() -> None:
    lines = shown(reading()).splitlines()
    assert "2 ● asserts   1 ✗ denies   1 ▲ warns" in lines
    assert "4 speakers: 4 named, 0 unnamed" in lines
    assert "read by fake 1, model regular expression" in lines


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("terminal", [True, False])
def test_no_line_is_wider_than_the_terminal(width: int, terminal: bool) -> None:
    lines = shown(reading(), width, terminal=terminal).splitlines()
    assert max(Text.from_ansi(line).cell_len for line in lines) <= width


def test_unbroken_text_can_be_searched_and_has_no_control_codes() -> None:
    out = shown(reading())
    assert "that Davit Sorel warned that the coalition would fall" in out
    assert "\x1b" not in out
    assert not [line for line in out.splitlines() if line != line.rstrip()]


def test_control_characters_of_an_article_do_not_reach_the_terminal() -> None:
    text = "Osip Lenart said that \x1b[2Jthe lease \x9b was public."
    out = shown(FakeReader().read(Article(text=text, title="A\x1b]0;owned\x07")))
    assert "\x1b" not in out
    assert "\x9b" not in out
    assert "that �[2Jthe lease � was public" in out


def test_who_is_not_named_is_said_to_be_unnamed_and_hedges_are_shown() -> None:
    article = Article(text="Two aides hinted at a deal in an interview.")
    statement = Statement(
        id="s1",
        source=article.span(0, 9),
        cue=article.span(10, 16),
        content=(article.span(17, 26),),
        speakers=("a1",),
        addressee=("a2",),
        venue=article.span(27, 42),
        force="hints",
        certainty="possible",
        polarity="-",
        chain=(Link(actor="a1", name="two aides", span=article.span(0, 9)),),
    )
    actors = (
        Actor(id="a1", name="two aides", kind="group", named=False),
        Actor(id="a2", name="The Courier", kind="media"),
    )
    out = shown(Reading(article=article, actors=actors, statements=(statement,)))
    assert "s1   ◌ hints     100%  possible, negated  two aides (unnamed)" in out
    assert "     to The Courier · in an interview" in out
    assert "1 speaker: 0 named, 1 unnamed" in out


def test_an_article_in_which_nobody_says_anything_says_so() -> None:
    assert "Nobody is reported to say anything here." in shown(Reading(article=Article(text="Rain fell.")))


def test_statements_come_in_the_order_of_the_text_each_once() -> None:
    record = reading()
    turned = record.model_copy(update={"statements": record.statements[::-1]})
    assert (
        [s.id for s, _ in in_order(turned)] == [s.id for s, _ in in_order(record)] == [s.id for s in record.statements]
    )
    assert [depth for _, depth in in_order(record)] == [0, 0, 0, 1]


def test_every_force_has_a_sign_of_its_own_one_column_wide() -> None:
    assert len({glyph(force) for force in FORCES}) == len(FORCES)
    assert {Text(glyph(force)).cell_len for force in FORCES} == {1}
    assert len({force_text(force, pad=True).cell_len for force in FORCES}) == 1


@pytest.mark.parametrize(
    ("published", "expected"),
    [("2023", "2023"), ("2024-03-15T18:40:00Z", "2024-03-15 18:40 +0000"), ("2024-03-15T18", "2024-03-15 18:00"),
     ("2023-09-XX", "2023-09-XX"), ("not T date", "not T date")],
)  # fmt: skip
def test_a_date_is_shown_as_exactly_as_it_is_known(published: str, expected: str) -> None:
    assert moment(published) == expected
