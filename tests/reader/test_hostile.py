"""Hostile text costs no more than its length: no rule of the reader blows up on runs and repetitions."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from sayso.reader.cast import Cast
from sayso.reader.context import addressee_range, venue_range
from sayso.reader.drafts import Draft, without_slug
from sayso.reader.encode import quote_regions
from sayso.reader.names import find_names
from sayso.reader.omissions import add_omissions
from sayso.reader.parenthetic import complete
from sayso.reader.quotes import run_on
from sayso.reader.segment import sentence_starts
from sayso.reader.speakers import Speakers

BLANKS = " " * 100_000
TEXTS = {
    "blanks": f"Ana Berg,{BLANKS}who{BLANKS}said no.",
    "capitals": "Aa " * 40_000,
    "double spaces": "Berg told" + "  Aa" * 20_000 + " (x",
    "quotation marks": "“‘\"'" * 25_000,
    "formulas": "he declined to comment, " * 4_000,
    "commas": "Ana Berg, " * 10_000,
    "of": "Ministry of " * 10_000,
    "lines": " \n" * 50_000,
    "stops": "A. " * 30_000,
}


def _speakers(text: str) -> object:
    speakers = Speakers(text, Cast(text, find_names(text)))
    return speakers.resolve((0, len(text)))


def _draft(text: str) -> Draft:
    return Draft((5, 9), (0, min(4, len(text))), ((10, len(text)),), (0.9, 0.9))


RULES: dict[str, Callable[[str], object]] = {
    "names": find_names,
    "speakers": _speakers,
    "sentences": sentence_starts,
    "quotes": quote_regions,
    "omissions": lambda text: add_omissions(text, []),
    "parenthetic": lambda text: complete(text, [_draft(text)]),
    "run on": lambda text: run_on(text, [_draft(text)]),
    "slug": lambda text: without_slug(text, _draft(text)),
    "addressee": lambda text: addressee_range(text, Draft((5, 9), None, (), (0.9, 0.9))),
    "venue": lambda text: venue_range(text, _draft(text), (0, len(text)), []),
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_a_rule_takes_time_in_proportion_to_the_text(rule: Callable[[str], object], text: str) -> None:
    began = time.process_time()
    rule(text)
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    "text", ["Ana Berg,  of Norway, said so.", "Ana Berg,     , said so.", "Ana Berg,  who is x, said."]
)
def test_odd_spacing_after_a_name_is_survived(text: str) -> None:
    assert next(name.text for name in find_names(text)) == "Ana Berg"
