"""Kinds of quotation, and quotations over paragraphs."""

from __future__ import annotations

import pytest

from sayso.reader.drafts import Draft
from sayso.reader.encode import quote_regions
from sayso.reader.quotes import quote_kind, run_on


def _draft(text: str, cue: str, content: str) -> Draft:
    c, k = text.index(cue), text.index(content)
    return Draft((c, c + len(cue)), None, ((k, k + len(content)),), (0.9, 0.9))


@pytest.mark.parametrize(
    ("text", "content", "kind"),
    [
        ("“We will sign,” she said.", "“We will sign,”", "direct"),
        ("He said that the deal was “dead”.", "that the deal was “dead”", "mixed"),
        ("He said that the deal was off.", "that the deal was off", "indirect"),
        ("'We sign tomorrow,' he said.", "'We sign tomorrow,'", "direct"),
    ],
)
def test_kind_of_quotation(text: str, content: str, kind: str) -> None:
    start = text.index(content)
    assert quote_kind(text, ((start, start + len(content)),), quote_regions(text)) == kind


def test_an_unclosed_quotation_goes_on_in_the_next_paragraph() -> None:
    told = "“We came at dawn,” said Orla Quist. “We found the gate open."
    text = f"{told}\n\n“Nobody was there.\n\n“We left.”\n\nThe gate is old."
    [draft] = run_on(text, [_draft(text, "said", "“We found the gate open.")])
    assert [text[s:e] for s, e in draft.content] == ["“We found the gate open.", "“Nobody was there.", "“We left.”"]


def test_a_paragraph_with_a_cue_of_its_own_is_left_alone() -> None:
    text = "“One,” said Ann Ode.\n\n“Two,” said Ben Ulm."
    drafts = [_draft(text, "said Ann"[:4], "“One,”"), Draft((28, 32), (33, 40), ((22, 28),), (0.9, 0.9))]
    assert sorted(run_on(text, drafts), key=lambda d: d.cue) == drafts


def test_narration_after_a_quotation_is_not_taken_in() -> None:
    text = "“One,” said Ann Ode.\n\nThe hall was empty."
    draft = _draft(text, "said", "“One,”")
    assert run_on(text, [draft]) == [draft]


def test_unclosed_paragraphs_before_an_attributed_quotation_are_its_beginning() -> None:
    text = "It was late.\n\n“We came at dawn.\n\n“We found the gate open.\n\n“Nobody was there,” said Orla Quist."
    [draft] = run_on(text, [_draft(text, "said", "“Nobody was there,”")])
    pieces = ["“We came at dawn.", "“We found the gate open.", "“Nobody was there,”"]
    assert [text[s:e] for s, e in draft.content] == pieces


def test_a_closed_quotation_before_another_is_not_its_beginning() -> None:
    text = "“We came at dawn.”\n\n“Nobody was there,” said Orla Quist."
    draft = _draft(text, "said", "“Nobody was there,”")
    assert run_on(text, [draft]) == [draft]
