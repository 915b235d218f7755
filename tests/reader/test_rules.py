"""The parts of reading that are rules over data files: omissions, parenthetic attributions, deeds, venues."""

from __future__ import annotations

import pytest

from sayso.knowledge.deeds import is_deed
from sayso.knowledge.venues import find_venue
from sayso.reader.drafts import Draft, without_slug
from sayso.reader.omissions import add_omissions
from sayso.reader.parenthetic import complete


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("A spokeswoman for Calder did not immediately respond to a request for comment.",
         "A spokeswoman for Calder", "did not immediately respond", "to a request for comment"),
        ("Prices rose, but the ministry declined to comment.", "the ministry", "declined", "to comment"),
        ("The bulletin made no mention of the prisoners.", "The bulletin", "made no mention", "of the prisoners"),
        ("However, the paper didn’t mention any arms.", "the paper", "didn’t mention", "any arms"),
        ("The company could not be reached for comment.", "The company", "could not be reached", "for comment"),
        ("Hask gave no details.", "Hask", "gave no details", None),
        ("The embassy has not responded to questions, and the army is silent.",
         "The embassy", "has not responded", "to questions"),
    ],
)  # fmt: skip
def test_refusals_and_omissions_are_found(text: str, source: str, cue: str, content: str | None) -> None:
    [draft] = add_omissions(text, [])
    assert draft.source is not None
    assert text[slice(*draft.source)] == source
    assert text[slice(*draft.cue)] == cue
    assert [text[slice(*piece)] for piece in draft.content] == ([content] if content else [])


@pytest.mark.parametrize(
    "text",
    [
        "Output declined to a third of last year’s.",
        "Shares declined by seven per cent.",
        "The plants did not respond well to the frost and they refused the food.",
        "The engine did not return power.",
        "The rooms were not available.",
        "The village could not be reached by road.",
        "He gave no reason to doubt it.",
    ],
)
def test_what_only_sounds_like_a_refusal_is_not_one(text: str) -> None:
    assert add_omissions(text, []) == []


def test_what_the_network_found_is_not_found_again() -> None:
    text = "The ministry declined to comment."
    mine = Draft((13, 21), (0, 12), ((22, 32),), (0.9, 0.9))
    assert add_omissions(text, [mine]) == [mine]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("According to the agency, Calder told deputies that it rained.", "the agency",
         "Calder told deputies that it rained"),
        ("It rained. Calder told deputies so, according to the agency.", "the agency", "Calder told deputies so"),
    ],
)  # fmt: skip
def test_a_parenthetic_attribution_takes_the_rest_of_its_sentence(text: str, source: str, content: str) -> None:
    cue = text.lower().index("according to")
    at = text.index(source)
    [draft] = complete(text, [Draft((cue, cue + 12), (at, at + len(source)), (), (0.9, 0.9))])
    assert [text[slice(*piece)] for piece in draft.content] == [content]


def test_the_source_that_closes_a_headline_is_its_source() -> None:
    text = "Border to close on Friday, documents show\n\nIt rained."
    cue, source = text.index("show"), text.index("documents")
    found = Draft((cue, cue + 4), None, ((0, source - 2), (source, source + 9)), (0.9, 0.9))
    [draft] = complete(text, [found])
    assert draft.source is not None
    assert text[slice(*draft.source)] == "documents"
    assert [text[slice(*piece)] for piece in draft.content] == ["Border to close on Friday"]


def test_another_cue_without_content_stays_without() -> None:
    text = "The envoy spoke. Nobody listened."
    draft = Draft((10, 15), (0, 9), (), (0.9, 0.9))
    assert complete(text, [draft]) == [draft]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("NEW YORK – Ines Calder said no.", "Ines Calder"),
        ("KARSHA, 14 March (Tern Wire) — Ines Calder said no.", "Ines Calder"),
        ("The EU – a union of states – said no.", "The EU – a union of states –"),
    ],
)
def test_a_dateline_is_no_part_of_a_source(text: str, source: str) -> None:
    cue = text.index("said")
    draft = without_slug(text, Draft((cue, cue + 4), (0, cue - 1), ((cue + 5, cue + 7),), (0.9, 0.9)))
    assert draft.source is not None
    assert text[slice(*draft.source)] == source


@pytest.mark.parametrize(
    ("cue", "content", "deed"),
    [
        ("discussed", "the harvest", True),
        ("also discussed", "how to feed the troops", False),
        ("offered", "his full support", True),
        ("agreed", "that it was late", False),
        ("agreed", "to meet", True),
        ("said", "the harvest", False),
        ("held", "talks", True),
    ],
)
def test_deeds_are_told_from_words(cue: str, content: str, deed: bool) -> None:
    assert is_deed(cue, content) is deed


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("said in a statement on Monday", "a statement"),
        ("in an hour-long interview with the paper", "an hour-long interview"),
        ("wrote on X", "X"),
        ("speaking at the daily briefing", "the daily briefing"),
        ("in a field near the river", None),
        ("said on Monday", None),
    ],
)
def test_venues(text: str, venue: str | None) -> None:
    found = find_venue(text)
    assert (text[slice(*found)] if found else None) == venue


def test_whom_a_paper_cites_says_the_same_inside_its_statement() -> None:
    text = "The Courier, citing two officials, said the cranes had never worked."

    def at(part: str) -> tuple[int, int]:
        return text.index(part), text.index(part) + len(part)

    said = Draft(at("said"), at("The Courier"), (at("the cranes had never worked"),), (0.9, 0.9))
    citing = Draft(at("citing"), at("The Courier"), (at("two officials"),), (0.9, 0.9))
    cited, outer = sorted(complete(text, [citing, said]), key=lambda d: d.cue)
    assert (cited.source, cited.content, cited.parent) == (at("two officials"), said.content, said.cue)
    assert outer == said


def test_a_clause_that_its_cue_opens_from_afar_is_its_content() -> None:
    text = "Rask hinted during a press conference after the talks that they spoke of fish. Nobody left."
    cue, source = (5, 11), (0, 4)
    [draft] = complete(text, [Draft(cue, source, (), (0.9, 0.9))])
    assert [text[slice(*piece)] for piece in draft.content] == ["that they spoke of fish"]
