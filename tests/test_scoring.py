"""Scoring: exact spans as sets, statements paired one to one, the rest judged on the pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.scoring import Comparison, Said, Score, agreement, attribution_scores, pair, same_name


def said(
    id: str = "s1",  # noqa: A002
    source: tuple[int, int] | None = (0, 10),
    cue: tuple[int, int] | None = (11, 15),
    content: tuple[tuple[int, int], ...] = ((16, 116),),
    force: str = "asserts",
    **more: object,
) -> Said:
    return Said(id, source, cue, content, force, **more)  # type: ignore[arg-type]


@st.composite
def statements(draw: st.DrawFn) -> list[Said]:
    span = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: (p[0], p[0] + p[1]))
    roles = draw(st.lists(st.tuples(st.none() | span, st.none() | span, st.lists(span, max_size=2)), max_size=8))
    return [said(f"s{i}", source, cue, tuple(content)) for i, (source, cue, content) in enumerate(roles)]


def test_a_score_is_the_share_of_what_is_found_and_of_what_is_there() -> None:
    score = Score(right=3, found=4, gold=6)
    assert (score.precision, score.recall, score.f1) == (0.75, 0.5, 0.6)
    assert Score().f1 == Score().precision == Score().recall == 0.0


def test_spans_are_counted_as_sets_and_pieces_by_themselves() -> None:
    ours = [said(content=((16, 20), (30, 40)))]
    theirs = [said(content=((16, 20), (30, 41))), said("s2", content=((16, 20),))]
    scores = attribution_scores([([s.roles for s in ours], [s.roles for s in theirs])])
    assert (scores["content"].right, scores["content"].found, scores["content"].gold) == (1, 2, 2)
    assert (scores["source"].right, scores["source"].gold) == (1, 1)
    assert scores["whole"].right == 0


@pytest.mark.parametrize(
    ("found", "same"),
    [
        (said(), True),
        (said(source=(4, 8)), True),
        (said(source=(10, 11)), False),
        (said(source=None), False),
        (said(cue=None), False),
        (said(content=((16, 96),)), True),  # exactly 80%
        (said(content=((16, 95),)), False),
        (said(content=((16, 216),)), True),  # exactly half of it is the gold's
        (said(content=((16, 217),)), False),
        (said(content=()), False),
    ],
)
def test_two_are_the_same_statement_when_sources_and_cues_overlap_and_most_content_is_shared(
    found: Said, same: bool
) -> None:
    assert bool(pair([said()], [found])) is same


def test_statements_without_source_or_content_are_recognised_by_what_they_have() -> None:
    silent = said(source=None, content=())
    assert pair([silent], [said(source=None, content=((16, 20),))])
    assert not pair([silent], [said(content=())])


def test_the_closest_are_paired_first_and_each_once() -> None:
    exact, near = said("exact"), said("near", content=((16, 120),))
    assert [(g.id, f.id) for g, f in pair([said("gold")], [near, exact])] == [("gold", "exact")]
    assert [(g.id, f.id) for g, f in pair([near, exact], [exact])] == [("exact", "exact")]


@given(statements(), statements())
def test_pairing_is_one_to_one(gold: list[Said], found: list[Said]) -> None:
    pairs = pair(gold, found)
    assert len({g.id for g, _ in pairs}) == len({f.id for _, f in pairs}) == len(pairs)


@given(statements())
def test_what_is_compared_with_itself_is_found_whole(gold: list[Said]) -> None:
    comparison = Comparison()
    comparison.add(gold, gold)
    assert comparison.statements.right == len(gold)
    assert all(score.right == score.found == score.gold for score in comparison.spans.values())


def test_a_nested_statement_is_right_only_inside_the_one_found_for_its_parent() -> None:
    nested = said("s2", inside="s1")
    assert agreement(nested, said("b", inside="a"), {"s1": "a"})["inside"]
    assert not agreement(nested, said("b", inside="c"), {"s1": "a"})["inside"]
    assert not agreement(nested, said("b", inside=None), {})["inside"]
    assert not agreement(said(), said("b", inside="a"), {})["inside"]


def test_what_the_gold_does_not_say_is_not_judged() -> None:
    assert set(agreement(said(), said(quote="direct", speakers=("A",), chain=("A",)), {})) == {"force", "inside"}


def test_a_chain_is_right_when_every_link_is() -> None:
    gold = said(chain=("The Post", "KCNA", "Kim Jong-un"))
    assert agreement(gold, said(chain=("the post", "kcna", "Kim Jong-Un")), {})["chain"]
    assert not agreement(gold, said(chain=("the post", "Kim Jong-un")), {})["chain"]


def test_speakers_are_compared_as_a_set() -> None:
    gold = said(speakers=("North Korea", "Russia"))
    assert agreement(gold, said(speakers=("Russia", "North Korea")), {})["speaker"]
    assert not agreement(gold, said(speakers=("Russia",)), {})["speaker"]


def test_two_descriptions_of_somebody_unnamed_count_as_the_same() -> None:
    gold = said(chain=("Post", "unnamed officials"), unnamed=frozenset({"unnamed officials"}))
    found = said(chain=("Post", "two aides"), unnamed=frozenset({"two aides"}))
    assert agreement(gold, found, {})["chain"]
    assert not agreement(gold, said(chain=("Post", "two aides")), {})["chain"]


@pytest.mark.parametrize(
    ("one", "other", "person", "same"),
    [
        ("Matthew Miller", "matthew  miller", False, True),
        ("Matthew Miller", "spokesman Miller", True, True),
        ("South Korea", "North Korea", False, False),
        ("The Kremlin", "Kremlin", False, True),
        ("KCNA", "Korean Central News Agency", False, True),
        ("Ministry of Transport", "MT", False, True),
        ("K", "Kremlin", False, False),
        ("North Korea and Russia", "Russia, North Korea", False, True),
        ("North Korea and Russia", "Russia", False, False),
        ("", "", True, True),
        ("", "Miller", True, False),
    ],
)
def test_names_agree_but_for_case_initials_and_order_and_persons_by_last_name(
    one: str, other: str, person: bool, same: bool
) -> None:
    assert same_name(one, other, person=person) is same


def test_figures_are_flat_and_hold_every_field() -> None:
    comparison = Comparison()
    comparison.add([said(), said("s2", source=(200, 205), cue=(206, 210))], [said(force="denies")])
    figures = comparison.figures()
    assert figures["statements_precision"] == 1.0
    assert figures["statements_recall"] == 0.5
    assert figures["force_accuracy"] == 0.0
    assert figures["force_judged"] == 1
    assert figures["articles"] == 1
