"""The charts of the documentation, from the data file of the figures and the model's card: SVG, drawn locally."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import altair

from docs.refresh.figures import figures
from sayso.reader import model_folder
from sayso.settings import Settings

__all__ = ["FOLDER", "draw"]

FOLDER = Path(__file__).resolve().parents[1] / "img"
_INK, _QUIET = "#1f4e79", "#9aa5b1"


def draw() -> None:
    """Draw every chart anew."""
    card = json.loads((model_folder(Settings(model=None)) / "model.json").read_text(encoding="utf-8"))
    promised = {"statement": card["reliability"], "force": card["force_reliability"]}
    _reliability(promised).save(FOLDER / "reliability.svg")
    _scaling(figures()["scaling"]["figures"]).save(FOLDER / "scaling.svg")


def _reliability(table: dict[str, list[list[float]]]) -> Any:
    """Plot what was promised against what came true, for statements and forces."""
    rows = [
        {"of": name, "confidence": predicted, "right": right, "how many": count}
        for name, bins in table.items()
        for predicted, right, count in bins
    ]
    base = altair.Chart(altair.Data(values=rows))
    diagonal = altair.Chart(altair.Data(values=[{"x": 0, "y": 0}, {"x": 1, "y": 1}])).mark_line(
        color=_QUIET, strokeDash=[4, 4]
    )
    scale = altair.Scale(domain=[0, 1])
    points = base.mark_line(point=True).encode(
        x=altair.X("confidence:Q", scale=scale, axis=altair.Axis(format="%", title="confidence")),
        y=altair.Y("right:Q", scale=scale, axis=altair.Axis(format="%", title="share that was right")),
        color=altair.Color("of:N", title=None, scale=altair.Scale(range=[_INK, "#b3541e"])),
        size=altair.value(2),
    )
    line = diagonal.encode(x=altair.X("x:Q", scale=scale), y=altair.Y("y:Q", scale=scale))
    return (line + points).properties(width=320, height=320)


def _scaling(found: dict[str, float]) -> Any:
    """Plot seconds and memory against the length of a text, both axes logarithmic."""
    sizes = sorted(int(m[1]) for key in found if (m := re.fullmatch(r"speed/(\d+)_characters_s", key)))
    rows = [
        {"characters": size, "seconds": found[f"speed/{size}_characters_s"], "MB": found[f"speed/{size}_characters_mb"]}
        for size in sizes
    ]
    base = altair.Chart(altair.Data(values=rows)).encode(
        x=altair.X("characters:Q", scale=altair.Scale(type="log"), axis=altair.Axis(format="~s", title="characters"))
    )
    seconds = base.mark_line(point=True, color=_INK).encode(
        y=altair.Y("seconds:Q", scale=altair.Scale(type="log"), axis=altair.Axis(title="seconds, one core"))
    )
    memory = base.mark_line(point=True, color="#b3541e").encode(
        y=altair.Y("MB:Q", scale=altair.Scale(domainMin=0), axis=altair.Axis(title="peak memory, MB"))
    )
    return seconds.properties(width=300, height=220) | memory.properties(width=300, height=220)
