"""Whom a statement is addressed to, and where or through what it is made."""

from __future__ import annotations

import pytest

from sayso.reader.context import addressee_range, venue_range
from sayso.reader.drafts import Draft


def _cut(text: str, found: tuple[int, int] | None) -> str | None:
    return text[slice(*found)] if found else None


@pytest.mark.parametrize(
    ("text", "cue", "content", "addressee", "venue"),
    [
        ("Osk said in a statement that it was over.", "said", "that it was over", None, "a statement"),
        ("Ilm hinted during a press conference that they met.", "hinted", "that they met", None, "a press conference"),
        ("The premier told the visiting envoy that ties grew.", "told", "that ties grew", "the visiting envoy", None),
        ("At a briefing Lin told reporters that both left.", "told", "that both left", "reporters", "a briefing"),
        ("“We go,” he told Orb News on Friday.", "told", "“We go,”", "Orb News", None),
        ("“We go,” she wrote on Telegram.", "wrote", "“We go,”", None, "Telegram"),
        ("He warned Orvania and Kest that it would act.", "warned", "that it would act", "Orvania and Kest", None),
        ("“No,” the envoy said to the council on Monday.", "said", "“No,”", "the council", None),
        ("The ministry said on Tuesday that it would pay.", "said", "that it would pay", None, None),
        ("The ministry said late on Tuesday it would pay.", "said", "it would pay", None, None),
        ("“We go,” she said in a rare late-night televised address.", "said", "“We go,”", None,
         "a rare late-night televised address"),
    ],
)  # fmt: skip
def test_addressee_and_venue(text: str, cue: str, content: str, addressee: str | None, venue: str | None) -> None:
    c, k = text.index(cue), text.index(content)
    draft = Draft((c, c + len(cue)), None, ((k, k + len(content)),), (0.9, 0.9))
    assert _cut(text, addressee_range(text, draft)) == addressee
    assert _cut(text, venue_range(text, draft, (0, len(text)), [])) == venue
