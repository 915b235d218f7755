"""The figures of the documentation: one data file in, tables out; and the commands that fill it."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.attribution import PUBLISHED
from benchmarks.coreference import PUBLISHED as COREFERENCE
from sayso.reader import model_folder
from sayso.reader.network import model_name
from sayso.settings import Settings

__all__ = ["FILE", "figures", "measure", "shipped_model", "table"]

FILE = Path(__file__).resolve().parents[1] / "figures.json"

Row = tuple[str, str, str]  # key, label, format

_GOLD: tuple[Row, ...] = (
    ("statements_f1", "statements found, F1", ".1%"),
    ("source_f1", "source, exact spans, F1", ".1%"),
    ("cue_f1", "cue, exact spans, F1", ".1%"),
    ("content_f1", "content, exact spans, F1", ".1%"),
    ("whole_f1", "whole statements exact, F1", ".1%"),
    ("force_accuracy", "force right", ".1%"),
    ("inside_accuracy", "nesting right", ".1%"),
    ("speaker_accuracy", "speaker right", ".1%"),
    ("named_speaker_accuracy", "speaker right, where sayso names one", ".1%"),
    ("chain_accuracy", "whole chain right", ".1%"),
)
_SPEED: tuple[Row, ...] = (
    ("speed/600_words_s", "a 600-word article, seconds", ".2f"),
    ("speed/600_words_per_s", "such articles a second, read together", ".1f"),
    ("speed/articles_per_s", "bundled articles a second", ".1f"),
    ("speed/tokens_per_s", "sub-tokens a second", ",.0f"),
    ("speed/ratio_to_encoder", "of the bare encoder's speed", ".0%"),
    ("speed/start_up_s", "start-up with the model, seconds", ".1f"),
    ("speed/peak_memory_mb", "memory at most, MB", ",.0f"),
)
_ACTORS: tuple[Row, ...] = (
    ("actors/country", "country right", ".1f"),
    ("actors/first_role", "first role code right", ".1f"),
    ("actors/is_actor", "told from what is no actor", ".1f"),
    ("actors/name", "name right, where the set gives one", ".1f"),
)
_ENTITIES: tuple[Row, ...] = (
    ("gum/span_f1", "GUM dev, every noun phrase that refers, 10 types", ".1f"),
    ("meantime/span_f1", "MEANTIME, a fifth kept back, 6 types", ".1f"),
    ("re3d/span_f1", "re3d, a fifth kept back, 11 types", ".1f"),
    ("wikigold/span_f1", "wikigold, a fifth kept back, 4 types", ".1f"),
)
_COMMANDS = {
    "accuracy": "python -m benchmarks.attribution --data FOLDER --json",
    "gold": "sayso eval --gold src/sayso/examples/gold --json",
    "phenomena": "python -m benchmarks.phenomena --json",
    "force": "python -m benchmarks.force --data FOLDER --json",
    "actors": "python -m benchmarks.actors --json",
    "entities": "python -m benchmarks.entities --data FOLDER --json",
    "coreference": "python -m benchmarks.coreference --data FOLDER --json",
    "metonymy": "python -m benchmarks.metonymy --data FOLDER --json",
    "speed": "python -m benchmarks.speed --json",
    "scaling": "python -m benchmarks.speed --scaling --repeats 1 --json",
}


def figures() -> dict[str, dict[str, Any]]:
    """Read the data file: for each table its command, date, machine, model and figures."""
    data: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return data


def table(name: str) -> str:
    """Write one table of figures in Markdown, with the command, date and machine it comes from."""
    entry = figures()[name]
    rows = _TABLES[name](entry)
    note = f"Model {entry['model']}; `{entry['command']}`; {entry['date']}, {entry['machine']}."
    return "\n".join(rows) + f"\n\n{note}\n"


def _accuracy(entry: dict[str, Any]) -> list[str]:
    kinds = ("source_exact_f1", "cue_exact_f1", "content_exact_f1", "whole_f1")
    ours = tuple(entry["figures"][f"polnear/{kind}"] for kind in kinds)
    head = ["| PolNeAR dev, F1 in percent | source | cue | content | whole statement |", "|---|--:|--:|--:|--:|"]
    rows = {"**sayso**": ours, **PUBLISHED}
    return head + [
        f"| {label} | " + " | ".join("–" if cell is None else f"{cell:.1f}" for cell in cells) + " |"
        for label, cells in rows.items()
    ]


def _gold(entry: dict[str, Any]) -> list[str]:
    found = dict(entry["figures"])
    for key, _, _ in _GOLD[:5]:  # from the counts: the shares in the file are rounded once already
        name = key.removesuffix("_f1")
        found[key] = 2 * found[f"{name}_right"] / (found[f"{name}_found"] + found[f"{name}_gold"])
    head = f"| {found['articles']} bundled articles, {found['statements_gold']} statements | |"
    return [head, "|---|--:|", *_lines(_GOLD, found)]


def _speed(entry: dict[str, Any]) -> list[str]:
    return ["| reading, one thread | |", "|---|--:|", *_lines(_SPEED, entry["figures"])]


def _phenomena(entry: dict[str, Any]) -> list[str]:
    found = entry["figures"]
    rows = [
        "| hand-made items, held out, percent | statements found | and force, addressee, venue right |",
        "|---|--:|--:|",
    ]
    for kind in sorted(key.removesuffix("/found") for key in found if key.endswith("/found")):
        name = kind.replace("_", " ")
        rows.append(f"| {name} | {found[f'{kind}/found']:.0f} | {found[f'{kind}/right']:.0f} |")
    false = found["narration/false_per_1000_words"]
    return [*rows, f"| narration: false statements in 1,000 words | {false:.2f} | |"]


def _force(entry: dict[str, Any]) -> list[str]:
    found = entry["figures"]
    rows = ["| labelled cues, held half, percent | macro-F1 | accuracy | annotators agree |", "|---|--:|--:|--:|"]
    for name in ("force", "certainty", "polarity"):
        cells = (found[f"force/{name}_{kind}"] for kind in ("macro_f1", "accuracy", "agreement"))
        rows.append(f"| {name} | " + " | ".join(f"{100 * cell:.1f}" for cell in cells) + " |")
    return rows


def _actors(entry: dict[str, Any]) -> list[str]:
    return ["| 280 actor strings, held out, percent | |", "|---|--:|", *_lines(_ACTORS, entry["figures"])]


def _entities(entry: dict[str, Any]) -> list[str]:
    return ["| mentions, exact ends and type, F1 in percent | |", "|---|--:|", *_lines(_ENTITIES, entry["figures"])]


def _coreference(entry: dict[str, Any]) -> list[str]:
    found = entry["figures"]
    rows = ["| coreference, CoNLL F1 without singletons, percent | end to end | mentions given |", "|---|--:|--:|"]
    for name, label in (("gum", "GUM dev, 15 genres"), ("meantime", "MEANTIME, a fifth kept back")):
        cells = (found[f"{name}/{key}"] for key in ("conll_f1", "conll_f1_gold_mentions"))
        rows.append(f"| {label} | " + " | ".join(f"{cell:.1f}" for cell in cells) + " |")
    cells = (found[f"gum/{key}_news_interview"] for key in ("conll_f1", "conll_f1_gold_mentions"))
    rows.append("| GUM dev, news and interviews | " + " | ".join(f"{cell:.1f}" for cell in cells) + " |")
    return [*rows, *(f"| {label} | {figure:.1f} | – |" for label, figure in COREFERENCE.items())]


def _metonymy(entry: dict[str, Any]) -> list[str]:
    found = entry["figures"]["geowebnews/literal_metonymic_accuracy"]
    head = ["| GeoWebNews, percent | |", "|---|--:|"]
    return [*head, f"| a place told from those who act there | {found:.1f} |"]


def _scaling(entry: dict[str, Any]) -> list[str]:
    found = entry["figures"]
    rows = ["| one text of so many characters | seconds, one core | peak memory, MB |", "|--:|--:|--:|"]
    for size in sorted(int(key.split("/")[1].split("_")[0]) for key in found if key.endswith("characters_s")):
        seconds, memory = (found[f"speed/{size}_characters_{unit}"] for unit in ("s", "mb"))
        rows.append(f"| {size:,} | {seconds:.1f} | {memory:,.0f} |")
    return rows


def _lines(rows: tuple[Row, ...], found: dict[str, float]) -> list[str]:
    return [f"| {label} | {format(found[key], how)} |" for key, label, how in rows]


_TABLES = {
    "accuracy": _accuracy,
    "gold": _gold,
    "phenomena": _phenomena,
    "force": _force,
    "actors": _actors,
    "entities": _entities,
    "coreference": _coreference,
    "metonymy": _metonymy,
    "speed": _speed,
    "scaling": _scaling,
}


def measure(data: Path) -> None:
    """Run the commands and write the data file; takes minutes."""
    model = shipped_model()
    measured = {
        name: {
            "command": command,
            "date": datetime.now(UTC).date().isoformat(),
            "machine": machine(),
            "model": model,
            "figures": _last_line(command.replace("FOLDER", str(data))),
        }
        for name, command in _COMMANDS.items()
    }
    FILE.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")


def shipped_model() -> str:
    """Give the name of the shipped model, which tells its files apart."""
    return model_name(model_folder(Settings(model=None)))


def _last_line(command: str) -> dict[str, Any]:
    words = command.split()
    program = [sys.executable, *words[1:]] if words[0] == "python" else [sys.executable, "-m", *words]
    done = subprocess.run(program, capture_output=True, text=True, check=True)  # noqa: S603
    found: dict[str, Any] = json.loads(done.stdout.strip().split("\n")[-1])
    return {key: value for key, value in found.items() if key not in ("gold", "reader")}


def machine() -> str:
    """Name this machine: its processor and how many cores it has."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists() and (name := re.search(r"^model name\s*: (.+)$", info.read_text(), re.MULTILINE)):
        cpu = re.sub(r"\((?:R|TM)\)", "", name[1]).strip()
    return f"{cpu}, {os.cpu_count()} cores"
