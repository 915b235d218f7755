"""How each force is shown: a small glyph of its own, so that it is told apart without colour, and what it means."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.record import Certainty, Force, Polarity, Quote

__all__ = ["SHOWN_FORCES", "ShownForce", "certainty_words", "quote_words"]


@dataclass(frozen=True, slots=True)
class ShownForce:
    """One force as the page shows it: the word, its glyph and one line on what the speaker does."""

    name: Force
    glyph: str
    meaning: str


SHOWN_FORCES: dict[Force, ShownForce] = {
    shown.name: shown
    for shown in (
        ShownForce("asserts", "•", "says that it is so"),
        ShownForce("denies", "×", "says that it is not so"),
        ShownForce("confirms", "✓", "says that what others said is so"),
        ShownForce("hints", "…", "lets it be understood without saying it"),
        ShownForce("believes", "≈", "thinks or expects that it is so"),
        ShownForce("warns", "!", "says that harm may come"),
        ShownForce("fears", "~", "is afraid that it may come"),
        ShownForce("wants", "◦", "wishes or intends it"),
        ShownForce("promises", "§", "undertakes to do it"),
        ShownForce("threatens", "†", "says they will do harm"),
        ShownForce("demands", "»", "says that others must do it"),
        ShownForce("accuses", "→", "says that someone did wrong"),
        ShownForce("praises", "+", "says that someone did well"),
        ShownForce("asks", "?", "puts a question"),
        ShownForce("declines", "–", "was asked and would not say"),
        ShownForce("silent", "∅", "did not mention it"),
    )
}

_CERTAINTY: dict[tuple[Certainty, Polarity], str] = {
    ("certain", "+"): "certain",
    ("certain", "-"): "certainly not",
    ("probable", "+"): "probable",
    ("probable", "-"): "probably not",
    ("possible", "+"): "possible",
    ("possible", "-"): "possibly not",
    ("underspecified", "+"): "",
    ("underspecified", "-"): "negated",
}

_QUOTE: dict[Quote, str] = {"direct": "word for word", "indirect": "reported", "mixed": "partly quoted"}


def certainty_words(certainty: Certainty, polarity: Polarity) -> str:
    """Say how sure the speaker is and of yes or no; empty when the text leaves both open."""
    return _CERTAINTY[certainty, polarity]


def quote_words(quote: Quote) -> str:
    """Say how far the words are the speaker's own."""
    return _QUOTE[quote]
