"""What the network is shown: tokens that map back onto the text, windows that answer for every token once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from sayso.reader import model_folder
from sayso.reader.encode import load_tokenizer, quote_regions, tokenize, windows
from sayso.reader.segment import sentence_starts
from sayso.settings import default_settings

PROSE = "The minister spoke. “We go,” she said. Nobody asked why!\nA line begins here. "


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer(model_folder(default_settings()) / "tokenizer.json")


@given(text=st.text(max_size=300))
def test_tokens_lie_in_the_text_in_order(tokenizer: Tokenizer, text: str) -> None:
    tokens = tokenize(tokenizer, text)
    pairs = list(zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True))
    assert pairs == sorted(pairs)
    assert all(0 <= start < end <= len(text) for start, end in pairs)
    assert len(tokens.ids) == len(tokens.shape) == len(tokens.quote) == len(tokens.word)


@given(repeat=st.integers(0, 40), size=st.integers(20, 100))
def test_each_token_is_answered_for_by_one_window(tokenizer: Tokenizer, repeat: int, size: int) -> None:
    tokens = tokenize(tokenizer, PROSE * repeat)
    found = windows(tokens, size=size, left=size // 4, right=size // 8)
    answered = [i for w in found for i in range(w.core_lo, w.core_hi)]
    assert answered == list(range(len(tokens)))
    assert all(w.lo <= w.core_lo < w.core_hi <= w.hi and w.hi - w.lo <= size for w in found)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “we go” and left.", ["“we go”"]),
        ('She said "no" and "never" twice.', ['"no"', '"never"']),
        ("“It runs on\n“over lines” he said", ["“It runs on", "“over lines”"]),
        ("The workers’ rights and the state's role.", []),
        ("‘I shall not,’ said the chairman’s aide.", ["‘I shall not,’"]),
        ("Prices rose in the '90s, the drivers' union said.", []),
        ("«Non», dit-elle.", ["«Non»"]),
        ("Nothing at all.", []),
    ],
)
def test_quotation_marks_make_regions(text: str, quoted: list[str]) -> None:
    assert [text[lo:hi] for lo, hi in quote_regions(text)] == quoted


@given(st.text(alphabet="ab “”\"'‘’\n.,", max_size=80))
def test_quote_regions_are_disjoint_and_in_the_text(text: str) -> None:
    at = 0
    for lo, hi in quote_regions(text):
        assert at <= lo < hi <= len(text)
        at = hi


def test_initials_and_titles_end_no_sentence() -> None:
    text = "Mr. J. Roth met Gen. Adeyo. They spoke."
    assert [text[s:] for s in sentence_starts(text)] == [text, "They spoke."]


@given(st.text(max_size=200))
def test_sentence_starts_begin_at_nought_and_rise(text: str) -> None:
    starts = sentence_starts(text)
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert all(start < max(1, len(text)) for start in starts)
