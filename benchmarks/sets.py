"""Data folders: ``FOLDER/<set>-<split>.jsonl.gz``, or ``FOLDER/<set>.jsonl.gz`` for a set without splits."""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import Any

__all__ = ["arguments", "print_json", "rows"]


def arguments(description: str | None, *, sets: list[str]) -> argparse.ArgumentParser:
    """Make the parser every benchmark shares: ``--data``, ``--split``, ``--set`` (may be repeated) and ``--json``."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the data sets")
    parser.add_argument("--split", default="dev", help="which split to measure (default: dev)")
    parser.add_argument("--set", action="append", dest="sets", metavar="NAME", help=f"default: {', '.join(sets)}")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON: {set/metric: figure}")
    parser.set_defaults(sets=None, default_sets=sets)
    return parser


def rows(folder: Path, name: str, split: str) -> list[dict[str, Any]]:
    """Read a set; exits with a sentence when the folder holds no such file."""
    for path in (folder / f"{name}-{split}.jsonl.gz", folder / f"{name}.jsonl.gz"):
        if path.exists():
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                return [json.loads(line) for line in lines if line.strip()]
    raise SystemExit(f"{folder} holds neither {name}-{split}.jsonl.gz nor {name}.jsonl.gz")


def print_json(figures: dict[str, float]) -> None:
    """Print the closing line of ``--json``."""
    print(json.dumps(figures))
