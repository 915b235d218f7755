"""What a turn of a transcript does by its own first words."""

from __future__ import annotations

import pytest

from sayso.knowledge.performative import performed


@pytest.mark.parametrize(
    ("said", "force"),
    [
        ("Yes.", "confirms"),
        ("No. We never met.", "denies"),
        ("That is simply false, and he knows it.", "denies"),
        ("And we urge both parties to return to the table.", "demands"),
        ("I promise you that the bridge will be open by May.", "promises"),
        ("Well, I believe they will sign.", "believes"),
        ("I won't speculate on that.", "declines"),
        ("The bridge will be open by May.", None),
        ("I said so last week.", None),
        ("", None),
    ],
)
def test_answers_and_first_persons_do_what_they_say(said: str, force: str | None) -> None:
    assert performed(said) == force
