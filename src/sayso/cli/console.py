"""Where output goes: standard output for results, standard error for progress and errors.

In a terminal text is styled and wrapped to its width. Anywhere else there are no control codes and, unless COLUMNS
asks for a width, no line is broken, so that what is printed can be searched.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from typing import Any, TextIO

from rich.console import Console

__all__ = ["UNBROKEN", "columns", "errors", "interactive", "output", "print_json", "print_rows"]

UNBROKEN = 1_000_000  # characters: a width that no line reaches


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise  # called while the error is handled; what to do about it is decided at the edge


def _console(stream: TextIO) -> Console:
    plain = _Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=False)
    if plain.is_terminal or os.environ.get("COLUMNS", "").isdigit():
        return plain
    return _Console(file=stream, highlight=False, markup=False, emoji=False, width=UNBROKEN)


def output() -> Console:
    """Give the console of standard output as it is now."""
    return _console(sys.stdout)


def errors() -> Console:
    """Give the console of standard error as it is now."""
    return _console(sys.stderr)


def interactive() -> bool:
    """Say whether a person sits at standard output."""
    return sys.stdout.isatty()


def columns(console: Console) -> int:
    """Give the width to set text in: at most 100, lines longer than that are hard to read."""
    return console.width if console.width == UNBROKEN else max(20, min(console.width, 100))


def print_json(data: Any, *, indented: bool = True) -> None:
    """Print one JSON value on one line, in a terminal indented unless told not to.

    Where the stream is not UTF-8 the JSON is ASCII.
    """
    utf8 = (sys.stdout.encoding or "utf-8").lower().replace("-", "").startswith("utf8")
    indent = 2 if indented and interactive() else None
    sys.stdout.write(json.dumps(data, ensure_ascii=not utf8, indent=indent) + "\n")


def print_rows(rows: Iterable[Iterable[str]]) -> None:
    """Print a line for each row with tabs between its cells, for other programs to cut."""
    for row in rows:
        sys.stdout.write("\t".join(" ".join(cell.split()) for cell in row) + "\n")
