"""How each force looks: a glyph that tells it apart without colour, and a colour by family."""

from __future__ import annotations

from rich.text import Text

__all__ = ["FORCE_WIDTH", "force_text", "glyph"]

# Families share a colour: saying so, saying no, holding back, dread, wanting, judging, not saying.
_LOOKS = {
    "asserts": ("●", "cyan"),
    "confirms": ("✓", "green"),
    "denies": ("✗", "red"),
    "hints": ("◌", "yellow"),
    "believes": ("○", "yellow"),
    "warns": ("▲", "magenta"),
    "fears": ("▽", "magenta"),
    "threatens": ("▼", "magenta"),
    "wants": ("→", "blue"),
    "demands": ("⇒", "blue"),
    "promises": ("◆", "blue"),
    "accuses": ("◄", "red"),
    "praises": ("★", "green"),
    "asks": ("?", "yellow"),
    "declines": ("–", "bright_black"),
    "silent": ("∅", "bright_black"),
}
FORCE_WIDTH = max(map(len, _LOOKS))


def glyph(force: str) -> str:
    """Give the sign of a force, one column wide."""
    return _LOOKS[force][0]


def force_text(force: str, *, pad: bool = False) -> Text:
    """Give sign and word of a force in its colour; padded, all are equally wide."""
    sign, colour = _LOOKS[force]
    return Text(f"{sign} {force:<{FORCE_WIDTH}}" if pad else f"{sign} {force}", style=colour)
