"""The style sheet and script: nothing from elsewhere, and text that can be read by everyone (WCAG AA)."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

STATIC = files("sayso.web") / "static"
CSS = (STATIC / "sayso.css").read_text("utf-8")
TEXT_ON = [
    *((ink, ground) for ink in ("ink", "quiet", "link") for ground in ("paper", "lit-card")),
    *(("ink", ground) for ground in ("layer1", "layer2", "layer3", "layer4", "lit")),
    ("paper", "link"),
]
LINE_ON = [(line, ground) for line in ("source", "cue") for ground in ("paper", "layer1", "layer2", "layer3", "lit")]


def _palette(theme: str) -> dict[str, str]:
    light, dark, *_ = re.findall(r":root\s*\{(.*?)\}", CSS, re.DOTALL)
    found = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", light))
    return found if theme == "light" else {**found, **dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", dark))}


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_stands_out_from_its_ground(theme: str, ink: str, ground: str) -> None:
    palette = _palette(theme)
    assert _contrast(palette[ink], palette[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), LINE_ON)
def test_the_lines_of_marks_stand_out_from_their_ground(theme: str, line: str, ground: str) -> None:
    palette = _palette(theme)
    assert _contrast(palette[line], palette[ground]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_bars_of_contents_stand_out_from_the_paper(theme: str) -> None:
    palette = _palette(theme)
    assert _contrast(palette["bar"], palette["paper"]) >= 3


def test_source_cue_and_content_differ_in_more_than_colour() -> None:
    rules = {
        name: re.search(rf"^\.{name} \{{(.*?)\}}", CSS, re.MULTILINE) for name in ("source", "cue", "direct", "opens")
    }
    shapes = {name: rule.group(1) if rule else "" for name, rule in rules.items()}
    assert "underline solid" in shapes["source"]
    assert "font-weight" in shapes["source"]
    assert "underline dotted" in shapes["cue"]
    assert "italic" in shapes["cue"]
    assert "double" in shapes["direct"]
    assert "border-left" in shapes["opens"]


def test_style_and_script_load_nothing_from_elsewhere() -> None:
    for entry in STATIC.iterdir():
        source = entry.read_text("utf-8")
        assert not re.search(r"https?://|@import|url\(|\bfetch\(|innerHTML|\beval\(", source), entry.name
